"""What the hub answers to each request: who asks is proved first, then bytes are unpacked, then the answer is signed. Knows no server."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Final
from urllib.parse import parse_qs, urlsplit

import msgspec

from county_hotline import __version__
from county_hotline.clock import Clock
from county_hotline.db.store import Store
from county_hotline.errors import HotlineError, HubRejected, NotTrusted
from county_hotline.hub import receiving, referring, serving, stations
from county_hotline.hub.stations import WrongTries
from county_hotline.hub.storage import EnrolledStation, Storage
from county_hotline.ids import Life
from county_hotline.sync import packing, protocol, signing
from county_hotline.sync.keys import KeyPair, PublicKey
from county_hotline.sync.protocol import Enrolled, EnrolmentRequest, Hello, HubCard, Limits, Problem, ReferenceOffer
from county_hotline.sync.signing import Answered, Asked

log = logging.getLogger(__name__)

_SMALL_BYTES: Final = 512
"""Below this packing gains nothing."""
_STRANGER_BYTES: Final = 16 << 10


@dataclass(slots=True)
class Hub:
    """Everything an endpoint needs."""

    store: Store
    storage: Storage
    pair: KeyPair
    clock: Clock
    limits: Limits = field(default_factory=Limits)
    wrong_tries: WrongTries = field(default_factory=WrongTries)

    @property
    def card(self) -> HubCard:
        key = self.pair.public
        return HubCard(hub_id=key.key_id, algorithm=key.algorithm, public_key=key.raw, epoch=self.store.epoch())


@dataclass(frozen=True, slots=True)
class Question:
    """One request, taken apart."""

    asked: Asked
    query: dict[str, str]
    address: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What is to be signed and sent."""

    body: bytes
    status: int = 200
    media_type: str = protocol.JSON


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
    )
    return Reply(protocol.encoded(hello))


def _enrol(hub: Hub, question: Question) -> Reply:
    """The one endpoint where the asker brings its own key; the code is what lets it in."""
    now_s = hub.clock.monotonic_s()
    hub.wrong_tries.check(question.address, now_s)
    request = protocol.decoded(_small_plain(question.asked), EnrolmentRequest)
    signing.verify_request(question.asked, PublicKey(request.public_key, request.algorithm), now_s=_now_s(hub))
    if request.hub_id != hub.pair.key_id:
        raise NotTrusted("A216", ours=hub.pair.key_id, theirs=request.hub_id[:16])
    try:
        enrolled = stations.enrol(hub.storage, request, now_ms=hub.clock.now_ms())
    except NotTrusted as fault:
        if fault.code in ("A210", "A211", "A212"):
            hub.wrong_tries.note(question.address, now_s)
        raise
    return Reply(protocol.encoded(Enrolled(enrolled.card, hub.card, hub.store.reference.version())))


def _heads(hub: Hub, question: Question) -> Reply:
    return Reply(protocol.encoded(serving.heads(hub.store, _known(hub, question))))


def _push(hub: Hub, question: Question) -> Reply:
    station = _known(hub, question)
    lines = _unpacked(hub, question.asked)
    receipt = receiving.receive(hub.store, station, lines, limits=hub.limits, now_ms=hub.clock.now_ms())
    return Reply(protocol.encoded(receipt))


def _pull(hub: Hub, question: Question) -> Reply:
    station = _known(hub, question)
    limit = max(1, min(_number(question, "limit", 200), hub.limits.page_entries))
    life = Life(question.query.get("life", ""))
    lines = serving.page(hub.store, station, after=_number(question, "after", 0), limit=limit, life=life)
    return Reply(lines, media_type=protocol.LINES)


def _receipt(hub: Hub, question: Question) -> Reply:
    station = _known(hub, question)
    limit = max(1, min(_number(question, "limit", 200), hub.limits.page_entries))
    life = Life(question.query.get("life", ""))
    found = serving.receipt(hub.storage, station, life=life, after=_number(question, "after", 0), limit=limit)
    return Reply(protocol.encoded(found))


def _reference(hub: Hub, question: Question) -> Reply:
    _known(hub, question)
    return Reply(protocol.encoded(referring.newer(hub.store, hub.pair, _number(question, "after", 0))))


def _offered_reference(hub: Hub, question: Question) -> Reply:
    station = _known(hub, question)
    offer = protocol.decoded(_unpacked(hub, question.asked), ReferenceOffer)
    return Reply(protocol.encoded(referring.take(hub.store, station, offer)))


def _health(hub: Hub, question: Question) -> Reply:
    """For the county's monitoring: the database answers."""
    return Reply(msgspec.json.encode({"status": "ok", "program": __version__, "epoch": hub.store.epoch()[:8]}))


ENDPOINTS: Final[dict[tuple[str, str], Callable[[Hub, Question], Reply]]] = {
    ("GET", "/v1/hello"): _hello,
    ("POST", "/v1/enrolments"): _enrol,
    ("GET", "/v1/heads"): _heads,
    ("POST", "/v1/entries"): _push,
    ("GET", "/v1/entries"): _pull,
    ("GET", "/v1/receipts"): _receipt,
    ("GET", "/v1/reference"): _reference,
    ("POST", "/v1/reference"): _offered_reference,
    ("GET", "/healthz"): _health,
}


def _known(hub: Hub, question: Question) -> EnrolledStation:
    """The station whose key signed this request. Raises NotTrusted A201 (no such key here), A202, A203; A105 for its version."""
    station = hub.storage.station_by_key(signing.key_id_of(question.asked))
    if station is None:
        raise NotTrusted("A201")
    signing.verify_request(question.asked, station.key, now_s=_now_s(hub))
    spoken = question.asked.headers.get(protocol.VERSION_FIELD, str(protocol.NEWEST))
    if not spoken.isdecimal() or not protocol.OLDEST <= int(spoken) <= protocol.NEWEST:
        raise NotTrusted("A105", ours=f"{protocol.OLDEST}-{protocol.NEWEST}", theirs=spoken[:8])
    hub.storage.seen(station, hub.clock.now_ms())
    return station


def _unpacked(hub: Hub, asked: Asked) -> bytes:
    """Only ever called for a body whose sender is proved. Raises HubRejected H202, H203, H205."""
    if len(asked.body) > hub.limits.batch_bytes:
        raise HubRejected("H203", limit=hub.limits.batch_bytes)
    return packing.unpack(asked.body, asked.headers.get("content-encoding", packing.PLAIN), packing.Bounds())


def _small_plain(asked: Asked) -> bytes:
    """A stranger's body: short, and never unpacked."""
    if asked.headers.get("content-encoding", packing.PLAIN) != packing.PLAIN:
        raise HubRejected("H205", field="content-encoding")
    if len(asked.body) > _STRANGER_BYTES:
        raise HubRejected("H203", limit=_STRANGER_BYTES)
    return asked.body


def _number(question: Question, name: str, otherwise: int) -> int:
    text = question.query.get(name, str(otherwise))
    if not text.isdecimal() or len(text) > 18:
        raise HubRejected("H205", field=name)
    return int(text)


def _now_s(hub: Hub) -> int:
    return hub.clock.now_ms() // 1000


def _refused(fault: HotlineError) -> Reply:
    details = {name: value if isinstance(value, int) else str(value) for name, value in fault.details.items()}
    return Reply(protocol.encoded(Problem(fault.code, details)), status=_status(fault))


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
    headers = {"content-type": reply.media_type, "cache-control": "no-store, no-transform"}
    if encoding != packing.PLAIN:
        headers["content-encoding"] = encoding
    answered = Answered(reply.status, headers, packing.pack(reply.body, encoding), asked)
    signing.sign_answer(answered, hub.pair, now_s=_now_s(hub))
    return answered
