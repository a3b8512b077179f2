"""Stations and a hub with real files, which exchange in memory: what the store promises, with no line between."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from county_hotline.db.store import Store
from county_hotline.domain.clashes import Clash
from county_hotline.domain.facts import (
    Corrected,
    Dispatched,
    Fact,
    Finished,
    NoteAdded,
    Person,
    Replied,
    SignedFor,
    WordsErased,
)
from county_hotline.domain.reference import StationCard
from county_hotline.domain.vocabulary import AssignmentRole, Erasure, Outcome, StationRole
from county_hotline.domain.work_order import WorkOrder
from county_hotline.ids import AgencyCode, EntryId, Life, Number
from tests.support.builders import CENTRE, KEY, OFFICER, TOWN, WATER, a_card, made
from tests.support.ticking_clock import TickingClock


class Box:
    """A store in a folder of its own, opened and closed at will."""

    def __init__(self, folder: Path, clock: TickingClock, card: StationCard | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.clock = clock
        self.store = self._opened()
        if card is not None:
            self.store.set_station(card)

    @property
    def path(self) -> Path:
        return self.folder / "journal.db"

    def restart(self) -> None:
        """The program is closed and opened again."""
        self.store.close()
        self.store = self._opened()

    def back_up(self, name: str = "backup") -> Path:
        """The database alone, as a nightly copy has it."""
        self.store.database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        copy = self.folder.with_name(f"{self.folder.name}-{name}.db")
        shutil.copyfile(self.path, copy)
        return copy

    def restore(self, copy: Path) -> None:
        """An older file is put in the place of the present one."""
        self.store.close()
        for ending in ("-wal", "-shm"):
            self.path.with_name(self.path.name + ending).unlink(missing_ok=True)
        shutil.copyfile(copy, self.path)
        self.store = self._opened()

    def numbers(self) -> set[Number]:
        rows = self.store.database.execute_sql("SELECT number FROM work_orders").fetchall()
        return {Number(row[0]) for row in rows}

    def _opened(self) -> Store:
        return Store.open(self.path, KEY, clock=self.clock)


class Station(Box):
    """A station with an officer at it."""

    def __init__(self, folder: Path, clock: TickingClock, card: StationCard) -> None:
        super().__init__(folder, clock, card)
        self.card = card

    def accept(self, person: Person | None = None, **given: object) -> Number:
        return self.store.accept(made(person, **given), officer=OFFICER).number

    def record(self, number: Number, fact: Fact, person: Person | None = None) -> WorkOrder:
        """Write a fact as it is, whatever the decisions would say."""
        return self.store.record(number, lambda order: (fact, person), officer=OFFICER)

    def dispatch(self, number: Number, agency: AgencyCode = WATER, role: AssignmentRole = AssignmentRole.LEAD) -> WorkOrder:
        return self.record(number, Dispatched(agency=agency, role=role, due_on="2026-12-01"))

    def sign_for(self, number: Number) -> WorkOrder:
        return self.record(number, SignedFor(agency=self.card.unit))

    def reply(self, number: Number, text: str = "已修好") -> WorkOrder:
        return self.record(number, Replied(agency=self.card.unit, internal=text, public=text))

    def finish(self, number: Number, outcome: Outcome = Outcome.SOLVED) -> WorkOrder:
        return self.record(number, Finished(outcome=outcome))

    def correct(self, number: Number, **fields: object) -> WorkOrder:
        return self.record(number, Corrected(reason="写错了", **fields))  # type: ignore[arg-type]

    def note(self, number: Number, text: str = "已电话告知") -> WorkOrder:
        return self.record(number, NoteAdded(text=text))

    def erase(self, number: Number, entry_id: EntryId, erasure: Erasure = Erasure.BOTH) -> WorkOrder:
        return self.record(number, WordsErased(entry_id=entry_id, ground="本人申请", erasure=erasure))

    def clashes(self, number: Number) -> list[Clash]:
        return sorted(self.store.order(number).clashes, key=lambda clash: (clash.code, clash.first, clash.second))


class Party(Protocol):
    """Who exchanges with a hub."""

    store: Store
    card: StationCard


class Hub(Box):
    """The level above, asked directly."""

    def take_from(self, station: Party, *, batch: int = 50, life: Life | None = None) -> int:
        """What the station has not sent, in batches, each answered by a receipt. How many entries."""
        taken = 0
        for each in [life] if life else station.store.unsent_lives():
            while entries := station.store.unsent(each, after=station.store.receipted(each), limit=batch):
                receipt = self.store.receive(
                    station.card.station, entries, signature=b"", now_ms=self.clock.now_ms(), writer=station.card
                )
                station.store.take_receipt(receipt)
                taken += len(entries)
        return taken

    def give_to(self, station: Party, *, limit: int = 50) -> int:
        """What concerns the station after its cursor, page by page. How many entries."""
        given, complete = 0, False
        while not complete:
            page = self.store.page_for(station.card, after=station.store.cursor(), limit=limit, life=station.store.life())
            station.store.take_in(page)
            given, complete = given + len(page.entries), page.complete
        return given


class County:
    """示例: a hall, the centre's two desks, one agency, and the hub between them."""

    def __init__(self, folder: Path, clock: TickingClock) -> None:
        self.hub = Hub(folder / "hub", clock)
        self.hall = Station(folder / "hall", clock, a_card("03", StationRole.HALL, TOWN))
        self.centre = Station(folder / "centre", clock, a_card("01", StationRole.CENTRE, CENTRE))
        self.second = Station(folder / "second", clock, a_card("02", StationRole.CENTRE, CENTRE))
        self.agency = Station(folder / "agency", clock, a_card("20", StationRole.AGENCY, WATER))

    @property
    def stations(self) -> tuple[Station, ...]:
        return self.hall, self.centre, self.second, self.agency

    def sync(self, *stations: Station) -> None:
        """One round each: what was left by an old life comes back first, then all is sent, then all is read."""
        for station in stations or self.stations:
            if station.store.unsent_lives() not in ([], [station.store.life()]):
                self.hub.give_to(station)
            self.hub.take_from(station)
            self.hub.give_to(station)

    def sync_until_quiet(self) -> None:
        for _ in range(2):
            self.sync()

    def sharing(self, number: Number) -> tuple[Station, Station]:
        """Both desks of the centre, after all have seen the order."""
        self.sync_until_quiet()
        assert number in self.centre.numbers() & self.second.numbers()
        return self.centre, self.second

    def close(self) -> None:
        for box in (self.hub, *self.stations):
            box.store.close()


@contextmanager
def opened(make: Callable[[], Box]) -> Iterator[Box]:
    """A box that is closed again, whatever happens."""
    box = make()
    try:
        yield box
    finally:
        box.store.close()
