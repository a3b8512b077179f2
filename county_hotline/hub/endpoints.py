"""What the hub answers to each request: who asks is proved first, then bytes are unpacked, then the answer is signed. Knows no server."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Final
from urllib.parse import parse_qs, urlsplit

import msgspec

from county_hotline import __version__
from county_hotline.errors import HotlineError, HubRejected, NotTrusted
from county_hotline.hub import files, knowledge, line, proof, relays, stations, streaming
from county_hotline.hub.asking import Endpoints, Hub, Question, Reply, now_s
from county_hotline.sync import protocol
from county_hotline.sync.keys import PublicKey
from county_hotline.sync.protocol import Enrolled, EnrolmentRequest, Hello, Problem
from county_hotline.sync.wire import packing, signing
from county_hotline.sync.wire.signing import Answered, Asked

log = logging.getLogger(__name__)

_SMALL_BYTES: Final = 512
"""Below this packing gains nothing."""
_STRANGER_BYTES: Final = 16 << 10
_QUIET_S: Final = 2.0


def answer(hub: Hub, asked: Asked, address: str) -> Answered:
    """The signed answer to any request whatever. Never raises."""
    return _answered(hub, asked, lambda: _route(hub, asked, address))


class Stream:
    """A stream of frames whose pieces are still arriving. Each call is a short one, on whatever thread."""

    def __init__(self, hub: Hub, asked: Asked) -> None:
        self._hub = hub
        self._asked = asked
        self._intake: streaming.Intake | None = None

    def begin(self) -> Answered | None:
        """Prove who asks, before a byte is looked at. The answer where it is no already."""
        self._hub.arriving[id(self)] = self._hub.clock.monotonic_s()
        return self._try(self._open)

    def take(self, piece: bytes) -> Answered | None:
        """Keep what is whole now. The answer where that went wrong; what came before it is kept."""
        self._hub.arriving[id(self)] = self._hub.clock.monotonic_s()
        return self._try(lambda: self._opened().take(piece))

    def end(self) -> Answered:
        """All has arrived."""
        return _answered(self._hub, self._asked, lambda: Reply(protocol.encoded(self._opened().receipt())))

    def settle(self) -> None:
        """After the answer is on its way, or nobody is left to be answered: what was put off for it, unless more is arriving."""
        self.arrived()
        try:
            with self._hub.store.connected():
                self._hub.store.fold_put_off(wait=self._is_more_arriving)
        except HotlineError as fault:
            log.warning("fold_put_off_failed code=%s", fault.code)  # it is tried again with the next stream, or at opening

    def arrived(self) -> None:
        """No more of it comes, however it ended."""
        self._hub.arriving.pop(id(self), None)

    def _is_more_arriving(self) -> bool:
        """A stream that has gone quiet is not waited for: it may be dead, or held open to keep this hub from its work."""
        now = self._hub.clock.monotonic_s()
        return any(now - at < _QUIET_S for at in list(self._hub.arriving.values()))

    def _open(self) -> None:
        self._intake = streaming.opened(self._hub, _question(self._asked, ""))

    def _opened(self) -> streaming.Intake:
        if self._intake is None:
            raise HubRejected("H202", why="begin")
        return self._intake

    def _try(self, step: Callable[[], None]) -> Answered | None:
        try:
            with self._hub.store.connected():
                step()
        except Exception as fault:  # noqa: BLE001 - told like every other
            return _signed(self._hub, self._asked, _fault_reply(self._asked, fault))
        return None


def _answered(hub: Hub, asked: Asked, work: Callable[[], Reply]) -> Answered:
    try:
        with hub.store.connected():
            reply = work()
    except Exception as fault:  # noqa: BLE001 - whatever it is, the asker is told, and a bug is logged
        reply = _fault_reply(asked, fault)
    return _signed(hub, asked, reply)


def _fault_reply(asked: Asked, fault: Exception) -> Reply:
    if isinstance(fault, HotlineError):
        return _refused(fault)
    log.error("request_failed path=%s", asked.target.partition("?")[0][:80], exc_info=fault)
    return Reply(protocol.encoded(Problem("E000")), status=500)


def too_large(hub: Hub, asked: Asked) -> Answered:
    """The signed answer to a request of which the server would not even read the body."""
    return _signed(hub, asked, _refused(HubRejected("H203", limit=hub.limits.batch_bytes)))


def _route(hub: Hub, asked: Asked, address: str) -> Reply:
    if not signing.is_target(asked.target):
        raise HubRejected("H204")
    path = urlsplit(asked.target).path
    endpoint = ENDPOINTS.get((asked.method, path))
    if endpoint is None:
        raise HubRejected("H204", path=path[:80])
    return endpoint(hub, _question(asked, address))


def _question(asked: Asked, address: str) -> Question:
    query = {name: values[-1] for name, values in parse_qs(urlsplit(asked.target).query).items()}
    return Question(asked, query, address)


def _hello(hub: Hub, question: Question) -> Reply:
    card = hub.card
    hub.store.epochs.given_so_far()
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
        knowledge=hub.store.knowledge.last_place(),
        vocabularies=hub.vocabularies,
        lineage=hub.store.epochs.earlier(),
    )
    return Reply(protocol.encoded(hello), never_packed=True)


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
    replaced = len(hub.storage.keys(enrolled.card.station)) > 1
    return Reply(protocol.encoded(Enrolled(enrolled.card, hub.card, hub.store.reference.version(), replaced)))


def _health(hub: Hub, question: Question) -> Reply:
    """For the county's monitoring: the database answers."""
    return Reply(msgspec.json.encode({"status": "ok", "program": __version__, "epoch": hub.store.epoch()[:8]}))


ENDPOINTS: Final[Endpoints] = {
    ("GET", "/v1/hello"): _hello,
    ("POST", "/v1/enrolments"): _enrol,
    ("GET", "/healthz"): _health,
    ("POST", "/v2/frames"): streaming.whole,
    **line.ENDPOINTS,
    **proof.ENDPOINTS,
    **files.ENDPOINTS,
    **knowledge.ENDPOINTS,
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
    if reply.never_packed or len(reply.body) < _SMALL_BYTES:
        encoding = packing.PLAIN
    headers = {"content-type": reply.media_type, "cache-control": "no-store, no-transform", **reply.headers}
    if encoding != packing.PLAIN:
        headers["content-encoding"] = encoding
    answered = Answered(reply.status, headers, packing.pack(reply.body, encoding), asked)
    signing.sign_answer(answered, hub.pair, now_s=now_s(hub))
    return answered
