"""What every endpoint of the hub stands on: the hub itself, one question, one reply, and how it is proved who asks. Knows no server."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from county_hotline.clock import Clock
from county_hotline.db.store import Store
from county_hotline.errors import HubRejected, NotTrusted
from county_hotline.hub import former
from county_hotline.hub.stations import WrongTries
from county_hotline.hub.storage import EnrolledStation, Storage
from county_hotline.sync import protocol
from county_hotline.sync.keys import KeyPair
from county_hotline.sync.protocol import HubCard, Limits
from county_hotline.sync.wire import packing, signing, streams
from county_hotline.sync.wire.signing import Asked


@dataclass(slots=True)
class Hub:
    """Everything an endpoint needs."""

    store: Store
    storage: Storage
    pair: KeyPair
    clock: Clock
    limits: Limits = field(default_factory=Limits)
    wrong_tries: WrongTries = field(default_factory=WrongTries)
    arriving: dict[int, float] = field(default_factory=dict)
    """Streams that are just arriving, and when each last brought something (monotonic, s): what was put off waits for them."""
    vocabularies: tuple[int, ...] = streams.VOCABULARIES
    """Over which dictionaries it takes streams; none where a gateway in front of it would have to keep each whole."""

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
    headers: dict[str, str] = field(default_factory=dict)
    """Beside the signed ones, for whoever only looks."""
    never_packed: bool = False
    """A hello is read before anybody has agreed on anything."""


Endpoint = Callable[[Hub, Question], Reply]
Endpoints = dict[tuple[str, str], Endpoint]
"""What answers to a method and a path. What is asked for in particular stands in the query, never in the path."""


def known(hub: Hub, question: Question, *, by_head: bool = False, hands_in: bool = False) -> EnrolledStation:
    """The station whose key signed this request; `by_head`: its head alone, for its body is still to come; `hands_in`: a former key of
    it, too, while a person lets it (see `former`).

    Raises NotTrusted A201 (no such key here), A202, A203; A105 for its version; A350 another PC took the station over.
    """
    key_id = signing.key_id_of(question.asked)
    present = hub.storage.station_by_key(key_id)
    station = present or former.of_key(hub.store, key_id)
    if station is None:
        raise NotTrusted("A201")
    verify = signing.verify_head if by_head else signing.verify_request
    verify(question.asked, station.key, now_s=now_s(hub))
    if present is None and not (hands_in and former.may_hand_in(hub.store, station.card.station, hub.clock.now_ms())):
        raise former.replaced(station)
    spoken = question.asked.headers.get(protocol.VERSION_FIELD, str(protocol.NEWEST))
    if not spoken.isdecimal() or not protocol.OLDEST <= int(spoken) <= protocol.NEWEST:
        raise NotTrusted("A105", ours=f"{protocol.OLDEST}-{protocol.NEWEST}", theirs=spoken[:8])
    if present is not None:
        hub.storage.seen(station, hub.clock.now_ms())
    return station


def unpacked(hub: Hub, asked: Asked) -> bytes:
    """Only ever called for a body whose sender is proved. Raises HubRejected H202, H203, H205."""
    if len(asked.body) > hub.limits.batch_bytes:
        raise HubRejected("H203", limit=hub.limits.batch_bytes)
    return packing.unpack(asked.body, asked.headers.get("content-encoding", packing.PLAIN), packing.Bounds())


def number(question: Question, name: str, otherwise: int) -> int:
    """A number of the query. Raises HubRejected H205 where it is none."""
    text = question.query.get(name, str(otherwise))
    if not text.isdecimal() or len(text) > 18:
        raise HubRejected("H205", field=name)
    return int(text)


def now_s(hub: Hub) -> int:
    """The hub's own clock, seconds."""
    return hub.clock.now_ms() // 1000
