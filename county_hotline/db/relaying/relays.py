"""A hub's dealings with hubs below and above it, each step one transaction of its store."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Final, TypeVar

from sqlcipher3.dbapi2 import Connection

from county_hotline.db import entries_here, journal
from county_hotline.db.beside import erasing
from county_hotline.db.line import ranking, taking_batches
from county_hotline.db.line.lapsing import Present
from county_hotline.db.line.taking_batches import Told
from county_hotline.db.opening import translated
from county_hotline.db.relaying import below, giving_back, relay_down, relay_up, relayed, signed_above
from county_hotline.db.relaying.below import Below, Homes, KeyBelow
from county_hotline.db.relaying.relay_up import Bundle, Chain
from county_hotline.db.store import Store
from county_hotline.domain import sight
from county_hotline.domain.entries import Entry
from county_hotline.domain.facts import WordsErased
from county_hotline.domain.receipts import Head, Page, Receipt, Run
from county_hotline.domain.reference import StationCard
from county_hotline.ids import EntryId, Life, Number, StationId

T = TypeVar("T")

_DOUBTS: Final = "relay.doubts "
"""Note, with the relay's name after it."""


class Relays:
    """`store` is a hub's, whose own tables (`hub.storage`) are there."""

    def __init__(self, store: Store) -> None:
        self._store = store

    # ------------------------------------------------------------ the hub above

    def homes(self) -> Homes:
        """Where the stations that this hub knows are enrolled."""
        return self._read(below.homes)

    def stations(self) -> list[Below]:
        """All stations below relays."""
        return self._read(below.stations)

    def card_of(self, station: StationId) -> StationCard | None:
        """A station below, as it was introduced."""
        return self._read(lambda db: below.card_of(db, station))

    def keys_of(self, station: StationId) -> list[KeyBelow]:
        """Every key it was introduced with."""
        return self._read(lambda db: below.keys_of(db, station))

    def introduce(self, introduced: Sequence[Below]) -> None:
        """Write down who stands below; see `below.introduce`."""
        with self._store.immediate() as db:
            below.introduce(db, introduced)

    def receive(
        self,
        relay: StationId,
        entries: Sequence[Entry],
        *,
        seal: tuple[str, bytes],
        now_ms: int,
        writer: StationCard,
        told: Told,
        anew: bool = False,
    ) -> tuple[Receipt, tuple[Run, ...]]:
        """A batch that `relay` passes on; see `relayed.receive`."""
        with self._store.immediate() as db:
            answer = relayed.receive(db, relay, entries, seal=seal, now_ms=now_ms, writer=writer, told=told, anew=anew)
            self._store.epochs.catch_up(db, entries)
        self._wipe_after(entries)
        return answer

    def learn(self, relay: StationId, ranks: Mapping[EntryId, int], *, anew: bool = False) -> None:
        """Ranks that a relay says of entries that are here; see `relayed.learn_from_relay`."""
        with self._store.immediate() as db:
            relayed.learn_from_relay(db, relay, ranks, anew=anew)

    def may_show(self, sha256: str) -> bool:
        """Whether the hub above may have this file; see `relay_up.may_show`."""
        return self._read(lambda db: relay_up.may_show(db, sha256))

    def says_anew(self) -> bool:
        """Whether this hub, or one whose ranks it passes on, was ever put back from a backup: then what it says now of ranks counts."""
        return bool(self._store.epochs.earlier()) or self._read(ranking.have_lapsed)

    def heads_below(self, relay: StationId) -> tuple[Head, ...]:
        """How far this hub holds each chain below the relay."""
        rows = self._read(
            lambda db: db.execute(
                "SELECT c.station, c.life, c.serial, c.hash FROM chains c JOIN below b ON b.station = c.station "
                "WHERE b.relay = ? ORDER BY c.station, c.life",
                (relay,),
            ).fetchall()
        )
        return tuple(Head(StationId(station), Life(life), serial, digest) for station, life, serial, digest in rows)

    def missing(self, bases: Collection[str], came: Collection[EntryId]) -> int:
        """How many entries that these bases name neither are here nor `came` with them."""
        horizons = {each for basis in bases if (each := sight.horizon_in(basis))} - set(came)
        heads = {(*author, serial) for basis in bases for author, serial in sight.heads_in(basis).items()}
        return self._read(
            lambda db: (
                sum(entries_here.one(db, each) is None for each in horizons)
                + sum(journal.hash_at(db, *head) is None for head in heads)
            )
        )

    def doubt(self, relay: StationId, count: int) -> None:
        """So many entries came by this relay before what their authors had seen."""
        self._store.set_note(_DOUBTS + relay, str(self.doubts(relay) + count))

    def doubts(self, relay: StationId) -> int:
        """How many entries ever came by this relay before what their authors had seen."""
        return int(self._store.note(_DOUBTS + relay) or "0")

    # ------------------------------------------------------------ the relay

    def next_up(self, *, entries: int, without: Collection[Chain]) -> Bundle | None:
        """The next batch for the hub above; see `relay_up.next_up`."""
        return self._read(lambda db: relay_up.next_up(db, entries=entries, without=without))

    def released(self) -> Bundle | None:
        """A batch with words that were held back; see `relay_up.released`."""
        return self._read(relay_up.released)

    def signed(self, sent: Bundle, receipt: Receipt, ranks: Sequence[Run]) -> set[Number]:
        """The hub above has it; see `signed_above.signed`."""
        with self._store.immediate() as db:
            return signed_above.signed(db, sent, receipt, ranks)

    def compare(self, heads: Sequence[Head]) -> None:
        """Raises NotTrusted A103, A315; see `signed_above.compare`."""
        self._read(lambda db: signed_above.compare(db, heads))

    def lost(self, heads: Sequence[Head]) -> tuple[int, int]:
        """Of how many entries that the hub above signed for it has none any more, and for how many it signed."""
        return self._read(lambda db: signed_above.lost(db, heads))

    def hash_above(self, place: int) -> bytes:
        """Of the entry at this place of the hub above, where it is known here; else empty."""
        return self._read(lambda db: signed_above.hash_above(db, place))

    def lapse(self, heads: Sequence[Head], present: Present) -> set[Number]:
        """The hub above was put back; see `signed_above.lapse`."""
        with self._store.immediate() as db:
            return signed_above.lapse(db, heads, present)

    def lacking(self, heads: Sequence[Head]) -> tuple[tuple[Head, int], ...]:
        """Chains of stations enrolled here of which the hub above holds more than this one, with how far they are here."""
        return self._read(lambda db: signed_above.lacking(db, heads))

    def receive_back(
        self, entries: Sequence[Entry], *, seal: tuple[str, bytes], now_ms: int, writer: StationCard, told: Told
    ) -> None:
        """A batch of a station enrolled here that the hub above gave back, sealed (key id, signature) by the station."""
        key, signature = seal
        with self._store.immediate() as db:
            taking_batches.receive(
                db, entries[0].station, entries, signature=signature, key=key, now_ms=now_ms, writer=writer, told=told
            )
            relayed.expect_no_person(db, entries)
            self._store.epochs.catch_up(db, entries)
        self._wipe_after(entries)

    def chain_below(self, relay: StationId, chain: Chain, *, after: int, limit: int) -> Bundle | None:
        """What a relay that was put back asks for; see `giving_back.chain`."""
        return self._read(lambda db: giving_back.chain(db, relay, chain, after=after, limit=limit))

    def later_ranks(self, *, limit: int) -> tuple[dict[EntryId, int], int, bool]:
        """See `relay_up.later_ranks`."""
        return self._read(lambda db: relay_up.later_ranks(db, limit=limit))

    def ranks_went(self, through: int) -> None:
        """Ranks up to this place of this hub's order are above."""
        self._store.set_note(relay_up.RANKED, str(through))

    def unsigned(self) -> int:
        """How many entries from below the hub above has not signed for."""
        return self._read(relay_up.unsigned)

    def cursor(self) -> int:
        """Up to which place of the hub above this relay has taken in."""
        return self._read(relay_down.cursor)

    def take_in(self, page: Page) -> set[Number]:
        """A page of the hub above; see `relay_down.take_in`."""
        with self._store.immediate() as db:
            touched = relay_down.take_in(db, page)
            self._store.epochs.catch_up(db, [each.entry for each in page.entries])
        self._wipe_after([each.entry for each in page.entries])
        return touched

    def set_takers(self, stations: Sequence[StationId]) -> None:
        """The stations enrolled at the hub above itself."""
        said = " ".join(stations)
        if self._store.note(relay_up.TAKERS) != said:
            self._store.set_note(relay_up.TAKERS, said)

    def _read(self, ask: Callable[[Connection], T]) -> T:
        """Several questions, one picture."""
        with translated():
            db = self._store.database.connection()
            db.execute("BEGIN")
            try:
                return ask(db)
            finally:
                db.execute("COMMIT")

    def _wipe_after(self, entries: Sequence[Entry]) -> None:
        if any(entry.kind == WordsErased.kind for entry in entries):
            erasing.finish(self._store)
