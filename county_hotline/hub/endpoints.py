"""What the hub answers to each request: who asks is proved first, then bytes are unpacked, then the answer is signed. Knows no server."""

from __future__ import annotations

import logging
from typing import Final
from urllib.parse import parse_qs, urlsplit

import msgspec

from county_hotline import __version__
from county_hotline.errors import HotlineError, HubRejected, NotTrusted
from county_hotline.hub import files, line, proof, relays, stations
from county_hotline.hub.asking import Endpoints, Hub, Question, Reply, now_s
from county_hotline.sync import packing, protocol, signing
from county_hotline.sync.keys import PublicKey
from county_hotline.sync.protocol import Enrolled, EnrolmentRequest, Hello, Problem
from county_hotline.sync.signing import Answered, Asked

log = logging.getLogger(__name__)

_SMALL_BYTES: Final = 512
"""Below this packing gains nothing."""
_STRANGER_BYTES: Final = 16 << 10


def answer(hub: Hub, asked: Asked, address: str) -> Answered:
    """The signed answer to any request whatever. Never raises."""
    try:
        with hub.store.connected():
            reply = _route(hub, asked, address)
    except HotlineError as fault:
        reply = _refused(fault)
    except Exception:
        log.exception("request_failed path=%s", urlsplit(asked.target).path)
        reply = Reply(protocol.encoded(Problem("E000")), status=500)
    return _signed(hub, asked, reply)


def too_large(hub: Hub, asked: Asked) -> Answered:
    """The signed answer to a request of which the server would not even read the body."""
    return _signed(hub, asked, _refused(HubRejected("H203", limit=hub.limits.batch_bytes)))


def _route(hub: Hub, asked: Asked, address: str) -> Reply:
    parts = urlsplit(asked.target)
    endpoint = ENDPOINTS.get((asked.method, parts.path))
    if endpoint is None:
        raise HubRejected("H204", path=parts.path[:80])
    query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
    return endpoint(hub, Question(asked, query, address))


def _hello(hub: Hub, question: Question) -> Reply:
    card = hub.card
    hello = Hello(
        protocol=protocol.PROTOCOL,
        hub_id=card.hub_id,
        algorithm=card.algorithm,
        public_key=card.public_key,
        epoch=card.epoch,
        now=hub.clock.now_ms(),
        oldest=protocol.OLDEST,
        newest=protocol.NEWEST,
        program=__version__,
        limits=hub.limits,
        reference=hub.store.reference.version(),
        signs_reference=True,
        proves=True,
        files=True,
        relays=True,
    )
    return Reply(protocol.encoded(hello))


def _enrol(hub: Hub, question: Question) -> Reply:
    """The one endpoint where the asker brings its own key; the code is what lets it in."""
    at_s = hub.clock.monotonic_s()
    hub.wrong_tries.check(question.address, at_s)
    request = protocol.decoded(_small_plain(question.asked), EnrolmentRequest)
    signing.verify_request(question.asked, PublicKey(request.public_key, request.algorithm), now_s=now_s(hub))
    if request.hub_id != hub.pair.key_id:
        raise NotTrusted("A216", ours=hub.pair.key_id, theirs=request.hub_id[:16])
    try:
        enrolled = stations.enrol(hub.storage, request, now_ms=hub.clock.now_ms())
    except NotTrusted as fault:
        if fault.code in ("A210", "A211", "A212"):
            hub.wrong_tries.note(question.address, at_s)
        raise
    return Reply(protocol.encoded(Enrolled(enrolled.card, hub.card, hub.store.reference.version())))


def _health(hub: Hub, question: Question) -> Reply:
    """For the county's monitoring: the database answers."""
    return Reply(msgspec.json.encode({"status": "ok", "program": __version__, "epoch": hub.store.epoch()[:8]}))


ENDPOINTS: Final[Endpoints] = {
    ("GET", "/v1/hello"): _hello,
    ("POST", "/v1/enrolments"): _enrol,
    ("GET", "/healthz"): _health,
    **line.ENDPOINTS,
    **proof.ENDPOINTS,
    **files.ENDPOINTS,
    **relays.ENDPOINTS,
}


def _small_plain(asked: Asked) -> bytes:
    """A stranger's body: short, and never unpacked."""
    if asked.headers.get("content-encoding", packing.PLAIN) != packing.PLAIN:
        raise HubRejected("H205", field="content-encoding")
    if len(asked.body) > _STRANGER_BYTES:
        raise HubRejected("H203", limit=_STRANGER_BYTES)
    return asked.body


def _refused(fault: HotlineError) -> Reply:
    return Reply(protocol.encoded(Problem(fault.code, fault.figures())), status=_status(fault))


def _status(fault: HotlineError) -> int:
    """For people who read logs; stations go by the code."""
    match fault.code[0], fault.code[1]:
        case "A", "2":
            return 429 if fault.code == "A213" else 401
        case "A", _:
            return 409
        case "H", _:
            return {"H201": 413, "H203": 413, "H204": 404}.get(fault.code, 400)
        case _:
            return 503


def _signed(hub: Hub, asked: Asked, reply: Reply) -> Answered:
    offered = asked.headers.get("accept-encoding", "")
    encoding = packing.agreed(tuple(part.split(";")[0].strip() for part in offered.split(",")))
    if len(reply.body) < _SMALL_BYTES:
        encoding = packing.PLAIN
    headers = {"content-type": reply.media_type, "cache-control": "no-store, no-transform", **reply.headers}
    if encoding != packing.PLAIN:
        headers["content-encoding"] = encoding
    answered = Answered(reply.status, headers, packing.pack(reply.body, encoding), asked)
    signing.sign_answer(answered, hub.pair, now_s=now_s(hub))
    return answered
