"""Hubs above hubs with their stations: real stores, real answers, and a wire between any two that may be bad."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

import msgspec

from county_hotline.db.store import Store
from county_hotline.domain.reference import StationCard
from county_hotline.domain.views import RoundReport
from county_hotline.domain.vocabulary import StationRole
from county_hotline.domain.work_order import WorkOrder
from county_hotline.hub import above, joining_above
from county_hotline.hub.asking import Hub
from county_hotline.hub.stations import make_code
from county_hotline.hub.storage import Storage
from county_hotline.ids import AgencyCode, Number, StationId
from county_hotline.paths import Home
from tests.support.flaky import FlakyWire
from tests.support.line import KEY, URL, DirectWire, Post, a_hub
from tests.support.ticking_clock import TickingClock

ROUNDS_TO_QUIET = 8
WATER = AgencyCode("37032320")
HOUSING = AgencyCode("37032421")
ROADS = AgencyCode("37030021")


def a_relay_card(station: str, name: str = "下级平台") -> StationCard:
    return StationCard(
        station=StationId(station),
        county=station[:6],
        county_name=name,
        unit=AgencyCode(""),
        unit_name=name,
        role=StationRole.RELAY,
    )


def a_card_of(station: str, role: StationRole, unit: str) -> StationCard:
    return StationCard(
        station=StationId(station),
        county=station[:6],
        county_name="示例县",
        unit=AgencyCode(unit),
        unit_name="示例单位",
        role=role,
    )


@dataclass
class Level:
    """One hub, and its line to the hub above it."""

    name: str
    home: Home
    hub: Hub
    above: Level | None = None
    wire: FlakyWire | None = None

    @property
    def store(self) -> Store:
        return self.hub.store

    def join(self, upper: Level, station: str) -> None:
        """Stand below `upper` under this name."""
        code = make_code(upper.hub.storage, a_relay_card(station), now_ms=upper.hub.clock.now_ms())
        joining_above.join(self.hub, self.home, url=URL, code=code, wire=DirectWire(upper.hub))
        self.above, self.wire = upper, FlakyWire(DirectWire(upper.hub))

    def sync(self) -> RoundReport:
        """One round with the hub above."""
        link = joining_above.link_of(self.home)
        assert link is not None
        assert link.hub is not None
        transport = joining_above.line_above(self.hub, link.hub, wire=self.wire)
        return above.Upward(self.hub, link, transport).round()

    def restart(self) -> None:
        """The hub's program is closed and opened again."""
        self.store.close()
        store = Store.open(self.home.database, KEY, clock=self.hub.clock)
        self.hub.store, self.hub.storage = store, Storage(store)


class Levels:
    """Hubs and stations by the names a test gives them."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="levels-"))
        self.clock = TickingClock()
        self.hubs: dict[str, Level] = {}
        self.posts: dict[str, Post] = {}
        self.at: dict[str, str] = {}
        self.wires: dict[str, FlakyWire] = {}
        self.numbers: list[Number] = []

    def hub(self, name: str, above: str = "", as_station: str = "") -> Level:
        home = Home(self.folder / name)
        level = self.hubs[name] = Level(name, home, a_hub(home.path, self.clock))
        if above:
            level.join(self.hubs[above], as_station)
        return level

    def post(self, name: str, at: str, station: str, role: StationRole, unit: str) -> Post:
        card = a_card_of(station, role, unit)
        wire = self.wires[name] = FlakyWire(DirectWire(self.hubs[at].hub))
        self.posts[name] = Post.enrolled(self.folder / name, self.hubs[at].hub, card, clock=TickingClock(), wire=wire)
        self.at[name] = at
        return self.posts[name]

    def accept(self, who: str, title: str = "路灯不亮", **changes: object) -> Number:
        card = self.posts[who].store.station()
        assert card is not None
        self.numbers.append(self.posts[who].accept(title, **{"unit": card.unit, **changes}))
        return self.numbers[-1]

    def sync(self, *names: str) -> list[RoundReport]:
        """One round each, in this order."""
        return [(self.posts.get(name) or self.hubs[name]).sync() for name in names]

    def quiet(self) -> None:
        """Good lines and rounds for everybody, until a whole turn brings nobody anything."""
        for wire in (*self.wires.values(), *(level.wire for level in self.hubs.values() if level.wire)):
            wire.follow(())
        below = [name for name, level in reversed(self.hubs.items()) if level.above]
        reports: list[RoundReport] = []
        for _ in range(ROUNDS_TO_QUIET):
            reports = self.sync(*self.posts, *below)
            assert not any(report.fault for report in reports), reports
            if not any(report.sent or report.received for report in reports):
                return
        raise AssertionError(f"never quiet: {reports}")

    # ------------------------------------------------------------ what must hold

    @property
    def stores(self) -> dict[str, Store]:
        return {
            **{name: post.store for name, post in self.posts.items()},
            **{name: each.store for name, each in self.hubs.items()},
        }

    def holders(self, number: Number) -> dict[str, WorkOrder]:
        """The order as everybody folds it who has anything of it."""
        found = {name: store.order(number) for name, store in self.stores.items()}
        return {name: order for name, order in found.items() if order.entries}

    def all_agree(self, numbers: Iterable[Number] = ()) -> None:
        """P5: whoever holds an order folds it alike, but for the callers kept from them; journals are sound; hubs hold the same chains.
        A station of which something is held shows its own until that is repaired."""
        for number in numbers or self.numbers:
            found = {
                name: bare(order) for name, order in self.holders(number).items() if not self._waits_for_repair(name, number)
            }
            assert len(found) > 1, f"{number} is with {list(found)} alone"
            first = next(iter(found.values()))
            differing = [name for name, order in found.items() if order != first]
            assert not differing, f"{number}: {differing} differ from {next(iter(found))}"
            told = {name: [event.entry_id for event in self.stores[name].view(number).story] for name in found}
            assert len({tuple(events) for events in told.values()}) == 1, f"{number} is told in another order: {told}"
        problems = {name: store.verify().problems for name, store in self.stores.items()}
        assert not any(problems.values()), problems
        for level in self.hubs.values():
            if level.above is not None:
                theirs = chains(level.above.store)
                assert chains(level.store).items() <= theirs.items()

    def _waits_for_repair(self, name: str, number: Number) -> bool:
        if name not in self.posts:
            return False
        sql = "SELECT 1 FROM held h JOIN entries e ON e.entry_id = h.entry_id WHERE e.work_order = ? AND h.code IN ('H103', 'H106')"
        return self.posts[name].store.database.execute_sql(sql, (number,)).fetchone() is not None

    def close(self) -> None:
        for post in self.posts.values():
            post.close()
        for level in self.hubs.values():
            level.store.close()
        shutil.rmtree(self.folder, ignore_errors=True)


def a_city() -> Levels:
    """A city over two counties, one of which has a town with a hub of its own: a hall and an agency here and there, centres everywhere."""
    made = Levels()
    made.hub("city")
    made.hub("county", "city", "370323-00")
    made.hub("other", "city", "370324-00")
    made.hub("town", "county", "370323-T1")
    made.post("city centre", "city", "370300-01", StationRole.CENTRE, "370300C00")
    made.post("city hall", "city", "370300-03", StationRole.HALL, "370300103")
    made.post("centre", "county", "370323-01", StationRole.CENTRE, "370323C00")
    made.post("water", "county", "370323-20", StationRole.AGENCY, WATER)
    made.post("hall", "town", "370323-03", StationRole.HALL, "370323103")
    made.post("housing", "other", "370324-21", StationRole.AGENCY, HOUSING)
    return made


def bare(order: WorkOrder) -> WorkOrder:
    """The order without the caller."""
    return msgspec.structs.replace(order, person=None)


def chains(store: Store) -> dict[tuple[str, str], tuple[int, bytes]]:
    """The ends of all chains a hub holds whole."""
    rows = store.database.execute_sql("SELECT station, life, serial, hash FROM chains").fetchall()
    return {(row[0], row[1]): (row[2], row[3]) for row in rows}


def chain_ends(level: Level, post: Post) -> set[tuple[int, bytes]]:
    """Where a station's chains end at this hub."""
    card = post.store.station()
    assert card is not None
    return {(head.serial, head.hash) for head in level.store.heads(card.station)}
