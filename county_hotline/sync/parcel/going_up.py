"""A parcel from a station to its hub: everything without its receipt, and what the answer should contain. A lost stick costs nothing."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from typing import Final

import msgspec

from county_hotline import __version__
from county_hotline.clock import Clock
from county_hotline.db.beside.parcels import Parcels
from county_hotline.db.beside.reference import CHANGED_HERE
from county_hotline.db.store import Store
from county_hotline.domain.articles import digest
from county_hotline.domain.entries import Entry
from county_hotline.domain.reference import StationCard
from county_hotline.domain.vocabulary import StationRole
from county_hotline.errors import Refusal
from county_hotline.sync import protocol
from county_hotline.sync.identity import HubAddress
from county_hotline.sync.keys import KeyPair
from county_hotline.sync.parcel import bag, contents, pieces, sealing
from county_hotline.sync.parcel.bag import Made
from county_hotline.sync.parcel.contents import Request
from county_hotline.sync.parcel.label import Label, Way
from county_hotline.sync.round import bundles, restoring
from county_hotline.sync.round.outbox import MOST, next_batch
from county_hotline.sync.wire import articles, batches, lines

log = logging.getLogger(__name__)

MADE: Final = "parcel.made"
"""Note: what the last parcel made here held (`Handed`)."""
AGAIN_MS: Final = 6 * 3_600_000
"""What is still without its receipt after so long goes into a watched folder once more."""
_KNOWLEDGE_BYTES: Final = 8 << 20
_LONG_BODY: Final = 256 << 10
"""From here on an entry is measured as the hub will measure its line."""


class Handed(msgspec.Struct, frozen=True):
    """What a parcel that was made held."""

    at: int
    cursor: int
    ends: dict[str, int]
    """By life, the last serial in it."""
    offered: str = ""
    """Version of the reference data offered in it."""
    is_whole: bool = True
    """Whether all that was unsent found room."""
    knowledge: str = ""
    """Digest of what was handed in for the knowledge base."""


@dataclass(frozen=True, slots=True)
class StationEnd:
    """One station, as far as its parcels need it."""

    store: Store
    pair: KeyPair
    hub: HubAddress
    clock: Clock

    @property
    def card(self) -> StationCard:
        """Refuses (R200) where no station was set up."""
        card = self.store.station()
        if card is None:
            raise Refusal("R200")
        return card

    @property
    def epoch(self) -> str:
        """The hub's, in which the receipts here were signed."""
        return restoring.pinned(self.store, self.hub)

    @property
    def ledger(self) -> Parcels:
        return Parcels(self.store)


@dataclass(slots=True)
class _Load:
    """Batches as they are gathered."""

    members: dict[str, bytes]
    ends: dict[str, int]
    entries: int = 0
    size: int = 0
    is_whole: bool = True
    """Whether all that was unsent found room."""


def make(end: StationEnd) -> tuple[Made, Handed]:
    """A parcel for the hub. It has its serial; once it lies on its medium, `is_sent` is told. Raises StoreFault."""
    store = end.store
    load = _batches(end)
    _again(end, load)
    offered, knowledge = _offer(end, load), _offer_knowledge(end, load)
    files = pieces.Load(store.files.shelf, load.members)
    spoken_of = pieces.add_unsent(store, files)
    now = max(0, end.clock.now_ms())
    serial, previous = end.ledger.begin(end.hub.hub_id, now)
    label = Label(
        way=Way.UP,
        station=end.card.station,
        hub=end.hub.hub_id,
        sender_key=end.pair.key_id,
        receiver_key=end.hub.key.key_id,
        epoch=end.epoch,
        serial=serial,
        previous=previous,
        made_at=now,
        program=__version__,
        entries=load.entries,
        files=files.count,
    )
    heads = store.heads(end.card.station)
    request = Request(
        label=label,
        life=store.life(),
        cursor=store.cursor(),
        receipted={head.life: store.receipted(head.life) for head in heads},
        heads=heads,
        reference=store.reference.version(),
        knowledge=store.knowledge.position(end.epoch, end.card.role.value),
        files=spoken_of,
        wants=pieces.wanted(store),
    )
    content = sealing.sealed(contents.packed(request, load.members), end.hub.key)
    return bag.made(label, content, end.pair), Handed(
        now, request.cursor, load.ends, offered, load.is_whole and files.is_whole, knowledge
    )


def is_sent(end: StationEnd, parcel: Made, handed: Handed) -> None:
    """The parcel lies on its medium."""
    label = parcel.label
    end.ledger.finish(end.hub.hub_id, label.serial, digest=parcel.digest, entries=label.entries, files=label.files)
    end.store.set_note(MADE, msgspec.json.encode(handed).decode())
    log.info("parcel_made name=%s entries=%d", label.name, label.entries)


def has_news(end: StationEnd) -> bool:
    """Whether a parcel made now would tell the hub more than the last one did, or the last one seems to have been lost."""
    store, noted = end.store, end.store.note(MADE)
    before = msgspec.json.decode(noted, type=Handed) if noted else None
    if before is None or before.cursor != store.cursor():
        return True
    ends = {life: head.serial for life in store.unsent_lives() if (head := store.head(end.card.station, life))}
    offered = store.note(CHANGED_HERE) or ""
    if any(serial > before.ends.get(life, 0) for life, serial in ends.items()) or offered not in ("", before.offered):
        return True
    items = store.knowledge.waiting(_KNOWLEDGE_BYTES)
    if items and digest(articles.offer(items)) != before.knowledge:
        return True
    return bool(ends) and abs(end.clock.now_ms() - before.at) > AGAIN_MS


def _batches(end: StationEnd) -> _Load:
    """What is unsent."""
    load = _Load({}, {})
    for life in end.store.unsent_lives():
        after = end.store.receipted(life)
        while batch := next_batch(end.store, life, after=after, limit=MOST):
            if load.size > contents.AIM_BYTES:
                load.is_whole = False
                return load
            body = batches.encode([_fitting(entry) for entry in batch], end.pair)
            load.members[f"{contents.BATCHES}{life}-{batch[0].serial:09d}.jsonl"] = body
            after = load.ends[life] = batch[-1].serial
            load.size, load.entries = load.size + len(body), load.entries + len(batch)
    return load


def _again(end: StationEnd, load: _Load) -> None:
    """Records that went up without their words and are to be sent again, where a hub can take them whole."""
    for entry in end.store.quarantine.to_send_again():
        if _fitting(entry) is entry:
            load.members[f"{contents.AGAIN}{entry.entry_id}.jsonl"] = batches.encode([entry], end.pair)


def _fitting(entry: Entry) -> Entry:
    """An entry longer than any hub takes goes without its words: the chain goes on, the words wait here for repair, as over the line."""
    if sum(len(words.body) for words in (entry.words, entry.person) if words is not None) < _LONG_BODY:
        return entry
    long = len(msgspec.json.encode(lines.line_of(entry, lines.Context())))
    return entry if long <= protocol.Limits().line_bytes else msgspec.structs.replace(entry, words=None, person=None)


def _offer(end: StationEnd, load: _Load) -> str:
    """The reference data changed here, where this is a station of the centre: their version, or nothing."""
    if end.store.note(CHANGED_HERE) is None or end.card.role is not StationRole.CENTRE:
        return ""
    offer = bundles.offer_of(end.store)
    load.members[contents.OFFER] = protocol.encoded(offer)
    return str(offer.version)


def _offer_knowledge(end: StationEnd, load: _Load) -> str:
    """What was written here for the knowledge base and the hub has not taken: its digest, or nothing."""
    items = end.store.knowledge.waiting(_KNOWLEDGE_BYTES)
    if not items:
        return ""
    load.members[contents.KNOWLEDGE_OFFER] = body = articles.offer(items)
    return digest(body)
