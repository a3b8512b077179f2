"""期限重算: which dates move when the calendar has changed, recorded by the centre; and the county's own rest days (县自定休息日)."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import msgspec

from county_hotline.clock import local
from county_hotline.db.beside.memos import DATED_WRONG
from county_hotline.desk import changing
from county_hotline.desk.desk import Desk
from county_hotline.domain.calendars import Calendar
from county_hotline.domain.decisions import recompute as decide_recompute
from county_hotline.domain.facts import Fact, Moved, Person
from county_hotline.domain.recomputing import moved_limits
from county_hotline.domain.typed_times import read_day
from county_hotline.domain.views import RegisterQuery, RegisterSort
from county_hotline.domain.vocabulary import StationRole
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import BadInput, Refusal
from county_hotline.ids import Number
from county_hotline.signals import Changes

AT_A_TIME = 200
LOOKED = "recomputing.looked"
"""Note: which reference data dates were last looked through by, when (UTC ms), and how many orders would move; parted by spaces."""
LOOK_AGAIN_MS = 10 * 60_000
"""Orders come and go meanwhile; the figure in the rail may be so old."""


class MovedOrder(msgspec.Struct, frozen=True):
    """One order whose dates the calendar in force counts otherwise than they stand."""

    number: Number
    title: str
    moved: tuple[Moved, ...]


class Year(msgspec.Struct, frozen=True):
    """One year of the calendar."""

    year: int
    announced: bool
    """Whether the State Council's paper is here; else its days are an estimate from the law."""
    off: int
    """Days off it names."""
    made_up: int
    """Working days on a weekend it names (调休上班)."""
    papers: tuple[str, ...]


def years(desk: Desk) -> tuple[Year, ...]:
    """Years the calendar knows, the latest first."""
    calendar = desk.store.reference.calendar()
    found = calendar.years.values() if calendar else ()
    return tuple(
        Year(each.year, each.announced, len(each.off), len(each.workdays), each.papers)
        for each in sorted(found, key=lambda each: -each.year)
    )


def rest_days(desk: Desk) -> tuple[str, ...]:
    """县自定休息日, ISO dates in their order."""
    return tuple(sorted(desk.store.reference.bundle().rest_days))


def add_rest_day(desk: Desk, typed: str) -> tuple[str, ...]:
    """Another day on which the county does not work. Raises BadInput R455 for what is no day; refuses who may not change the county's lists."""
    changing.allowed(desk)
    day = read_day(typed, local(desk.clock.now_ms()).date())
    if not isinstance(day, date):
        raise BadInput("R455", field="day", typed=typed[:20])
    return _keep(desk, {*rest_days(desk), day.isoformat()})


def drop_rest_day(desk: Desk, day: str) -> tuple[str, ...]:
    """The county works on that day after all. Refuses who may not change the county's lists."""
    return _keep(desk, {*rest_days(desk)} - {day})


def moved_orders(desk: Desk) -> tuple[MovedOrder, ...]:
    """Orders in hand whose counted dates the calendar in force gives otherwise, the nearest date first."""
    calendar = desk.store.reference.calendar()
    return tuple(_moved_orders(desk, calendar)) if calendar is not None else ()


def would_move(desk: Desk) -> int:
    """How many orders' dates another calendar counted, at the centre, or a wrong clock, at most ten minutes old: a person presses 重算. 0 at any
    other station, and where no calendar was ever replaced and no entry ever dated wrong here."""
    store = desk.store
    if desk.card.role is not StationRole.CENTRE or not (store.reference.calendars() or store.note(DATED_WRONG)):
        return 0
    version, at, count = map(int, (desk.store.note(LOOKED) or "0 0 0").split())
    if version == desk.store.reference.version() and 0 <= desk.clock.now_ms() - at < LOOK_AGAIN_MS:
        return count
    return _looked(desk, len(moved_orders(desk)))


def _looked(desk: Desk, count: int) -> int:
    desk.store.set_note(LOOKED, f"{desk.store.reference.version()} {desk.clock.now_ms()} {count}")
    return count


def recompute(desk: Desk) -> int:
    """Record the dates as the calendar in force counts them; answers for how many orders. Refuses (R204) an officer without the duty,
    and (R456) a station that is not the centre."""
    officer = desk.needs("recompute")
    if desk.card.role is not StationRole.CENTRE:
        raise Refusal("R456")
    calendar = desk.store.reference.calendar()
    found = moved_orders(desk)
    if calendar is None or not found:
        return 0
    for start in range(0, len(found), AT_A_TIME):
        steps = [(each.number, _deciding(each, calendar)) for each in found[start : start + AT_A_TIME]]
        desk.store.record_together(steps, officer=officer.officer)
    _looked(desk, 0)
    desk.tell(Changes(work_orders=frozenset(each.number for each in found), counts=True))
    return len(found)


class _Decide:
    """The fact of one order, decided on the order as it then stands."""

    def __init__(self, each: MovedOrder, version: str) -> None:
        self._each, self._version = each, version

    def __call__(self, order: WorkOrder) -> tuple[Fact, Person | None]:
        return decide_recompute(order, self._version, self._each.moved), None


def _deciding(each: MovedOrder, calendar: Calendar) -> _Decide:
    return _Decide(each, calendar.version)


def _moved_orders(desk: Desk, calendar: Calendar) -> Iterator[MovedOrder]:
    store = desk.store
    campaigns = store.reference.bundle().campaigns
    before = store.reference.calendars()
    after: str | None = None
    while True:
        page = store.register(RegisterQuery(ended=False, sort=RegisterSort.DUE), after=after, limit=AT_A_TIME)
        for row in page.rows:
            order = store.order(row.number)
            pack = store.reference.pack(order.accepted.rule_pack) if order.accepted else None
            moved = moved_limits(order, pack, calendar, before=before, campaigns=campaigns) if pack else ()
            if moved:
                yield MovedOrder(row.number, row.title, moved)
        after = page.next_after
        if after is None:
            return


def _keep(desk: Desk, days: set[str]) -> tuple[str, ...]:
    changing.allowed(desk)
    changing.change(desk, rest_days=tuple(sorted(days)))
    return rest_days(desk)
