"""The PCs of a simulated county: each a folder, a plug, a clock that may lie, and a program that forgets everything when the power goes."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx2
import msgspec

from county_hotline.db.store import Store
from county_hotline.domain.facts import Fact, Person
from county_hotline.domain.reference import StationCard
from county_hotline.domain.views import RoundReport
from county_hotline.hub import above, joining_above
from county_hotline.hub.asking import Hub
from county_hotline.hub.storage import Storage
from county_hotline.ids import EntryId, Life, Number
from county_hotline.sync import keys, protocol
from county_hotline.sync.identity import HubAddress, Identity
from county_hotline.sync.protocol import Hello, Limits
from county_hotline.sync.round.engine import Engine
from county_hotline.sync.wire.transport import HttpTransport
from tests.support.line import KEY, URL
from tests.support.simulator.power import POWERS, Power, PowerCut

SMALL: Limits = Limits(batch_entries=12, batch_bytes=1 << 20, line_bytes=6_000, page_entries=8)
"""What a simulated hub takes in one request: little, so that few entries already make several."""


OF_0_1 = frozenset(
    [
        "protocol",
        "hub_id",
        "algorithm",
        "public_key",
        "epoch",
        "now",
        "oldest",
        "newest",
        "program",
        "encodings",
        "limits",
        "reference",
        "signs_reference",
    ]
)
"""What a hello said in release 0.1."""


@dataclass
class Time:
    """The world's true time."""

    ms: int = 1_795_223_520_000


@dataclass
class Clock:
    """A PC's clock: `off_ms` wrong; its monotonic half is right."""

    time: Time
    off_ms: int = 0

    def now_ms(self) -> int:
        return self.time.ms + self.off_ms

    def monotonic_s(self) -> float:
        return self.time.ms / 1_000


class Machine:
    """A folder with a database, on a plug."""

    def __init__(self, name: str, folder: Path, clock: Clock) -> None:
        self.name = name
        self.folder = folder
        self.clock = clock
        self.power = POWERS[str(folder)] = Power(name)
        self.store: Store
        self.boots = 0

    @property
    def file(self) -> Path:
        return self.folder / "journal.db"

    def boot(self) -> None:
        """Open everything. Raises PowerCut where the power goes meanwhile."""
        self.store = Store.open(self.file, KEY, clock=self.clock)
        self.boots += 1

    def pull(self) -> None:
        """Off, whatever was going on: what was not committed is gone."""
        if hasattr(self, "store"):
            self.store.database.close()
        self.power.restored()

    @contextmanager
    def looked_at(self) -> Iterator[Store]:
        """Reading for the world's own books: no boundary is counted, no power goes."""
        watched, self.power.watched = self.power.watched, False
        try:
            yield self.store
        finally:
            self.power.watched = watched

    def back_up(self, name: str) -> Path:
        """A copy of the file as a nightly job makes it."""
        with self.looked_at() as store:
            store.database.connection().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        copy = self.folder.with_name(f"{self.folder.name}-{name}.db")
        shutil.copyfile(self.file, copy)
        return copy

    def put_back(self, copy: Path) -> None:
        """An older file in the place of the present one. The machine is off."""
        for ending in ("-wal", "-shm"):
            self.file.with_name(self.file.name + ending).unlink(missing_ok=True)
        shutil.copyfile(copy, self.file)

    def close(self) -> None:
        self.pull()
        POWERS.pop(str(self.folder), None)


class HubMachine(Machine):
    """A hub with everything it keeps in memory; with a `link`, also its rounds with the hub above."""

    hub: Hub
    link: Identity | None = None
    wire: httpx2.BaseTransport
    depth = 0
    pending = None

    @property
    def card(self) -> StationCard:
        """What it is at the hub above."""
        assert self.link is not None
        return self.link.station

    def boot(self) -> None:
        super().boot()
        self.hub = Hub(
            store=self.store,
            storage=Storage(self.store),
            pair=keys.keep(self.folder / "keys", "hub"),
            clock=self.clock,
            limits=SMALL,
        )

    def round(self) -> RoundReport:
        """One with the hub above."""
        assert self.link is not None
        assert self.link.hub is not None
        transport = joining_above.line_above(self.hub, self.link.hub, wire=self.wire)
        try:
            return above.Upward(self.hub, self.link, transport).round()
        finally:
            transport.close()


@dataclass
class Pending:
    """An act that was begun: what it would write."""

    number: Number | None
    facts: list[tuple[Fact, Person | None]]
    seen: frozenset[EntryId]
    fault: str = ""
    """With which code the hub must hold it; empty for a good one."""


@dataclass
class Backup:
    """A copy and how far the station's own lives had come in it."""

    copy: Path
    lives: dict[Life, int] = field(default_factory=dict)


class OldTransport(HttpTransport):
    """As a station of release 0.1 speaks: protocol 1, and deaf to all that a hello says of later things."""

    def hello(self) -> Hello:
        hello = super().hello()
        self._version = protocol.OLDEST
        later = {field.name: field.default for field in msgspec.structs.fields(Hello) if field.name not in OF_0_1}
        return msgspec.structs.replace(hello, newest=protocol.OLDEST, **later)


class Pc(Machine):
    """One station's PC."""

    transport: HttpTransport
    hub_name = "county"
    is_old = False
    """It speaks protocol 1 only (P8)."""

    def __init__(self, name: str, folder: Path, clock: Clock, card: StationCard, address: HubAddress) -> None:
        super().__init__(name, folder, clock)
        self.card = card
        self.address = address
        self.wire: httpx2.BaseTransport
        self.pair: keys.KeyPair
        self.depth = 0
        self.noted: dict[Life, int] = {}
        self.pending: Pending | None = None
        self.backups: list[Backup] = []
        self.restores = 0

    def boot(self) -> None:
        super().boot()
        self.pair = keys.keep(self.folder / "keys", "station")
        speaks = OldTransport if self.is_old else HttpTransport
        self.transport = speaks(URL, self.pair, self.address.key, clock=self.clock, wire=self.wire)

    def pull(self) -> None:
        super().pull()
        if hasattr(self, "transport"):
            self.transport.close()

    def round(self) -> RoundReport:
        engine = Engine(self.store, self.transport, hub=self.address, pair=self.pair, clock=self.clock)
        return engine.round()

    def entry_ids(self) -> set[EntryId]:
        with self.looked_at() as store:
            return {EntryId(row[0]) for row in store.database.connection().execute("SELECT entry_id FROM entries")}

    def lives(self) -> dict[Life, int]:
        """How far this station's own lives have come on this PC."""
        with self.looked_at() as store:
            sql = "SELECT life, max(serial) FROM entries WHERE station = ? GROUP BY life"
            return {Life(life): serial for life, serial in store.database.connection().execute(sql, (self.card.station,))}


def until_it_opens(machine: Machine) -> None:
    """The power may go while the program starts, too."""
    while True:
        try:
            machine.boot()
        except PowerCut as cut:
            if cut.power is not machine.power:
                raise
            machine.pull()
        else:
            return
