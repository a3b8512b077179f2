"""What the life of a work order costs, each against its natural limit, in turn: a due date, a fold, the list of what is to be done.

    python benchmarks/life.py [--orders 5000] [--rounds 7] [--json]

- due: a limit with its trace, against walking the same days with a set of days off and no trace.
- fold: the story of an order with a send-back, an extension, a redo and a call back, against decoding its words alone.
- todo: 待办 of the centre (first 500 lines and both counts), against one plain indexed SELECT of the same 500 rows.
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from county_hotline.clock import SystemClock
from county_hotline.db.store import Store
from county_hotline.desk import Desk, founding, today
from county_hotline.desk.founding import NewStation
from county_hotline.domain import facts as f
from county_hotline.domain.calendars import Calendar
from county_hotline.domain.folding import fold
from county_hotline.domain.happened import Happened
from county_hotline.domain.reference import Account
from county_hotline.domain.time_limits import due
from county_hotline.domain.upcasts import read_fact, words_of
from county_hotline.domain.vocabulary import (
    Channel,
    ExtensionReason,
    FollowUpResult,
    MatterKind,
    OfficerRole,
    Outcome,
    Satisfaction,
    SendBackReason,
    StationRole,
)
from county_hotline.ids import AgencyCode, EntryId, Life, Number, OfficerId, StationId
from county_hotline.paths import Home
from county_hotline.settings import Settings

NUMBER = Number("370323-03A-261121-0007X")
WATER, HOUSING = AgencyCode("370323D02"), AgencyCode("370323D04")
MOMENT = 1_795_223_520_000


def main() -> int:
    """0."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        desk = _desk(Path(folder), options.orders)
        calendar = desk.store.reference.calendar()
        assert calendar is not None
        found = {
            "due": _ratio(lambda: _dues(desk, calendar), lambda: _naive_dues(calendar), options.rounds),
            "fold": _ratio(_folds, _decodes, options.rounds),
            "todo": _ratio(lambda: _todo(desk), lambda: _plain(desk.store), options.rounds),
        }
        desk.store.close()
    if options.json:
        print(json.dumps(found))
        return 0
    for name, (ours, limit) in found.items():
        print(f"{name:<6} {ours * 1000:9.2f} ms against {limit * 1000:9.2f} ms: {ours / limit:5.2f} x")
    return 0


def _ratio(ours: Callable[[], object], limit: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Median seconds of each, one after the other in turn."""
    times: tuple[list[float], list[float]] = ([], [])
    for _ in range(rounds):
        for kept, work in zip(times, (ours, limit), strict=True):
            begun = time.perf_counter()
            work()
            kept.append(time.perf_counter() - begun)
    return statistics.median(times[0]), statistics.median(times[1])


# ---------------------------------------------------------------- due


STARTS = [datetime(2026, 1, 1, 9) + timedelta(hours=31 * step) for step in range(280)]  # noqa: DTZ001 - civil time


def _dues(desk: Desk, calendar: Calendar) -> None:
    pack = desk.store.reference.rule_pack()
    limit = pack.limit_for(MatterKind.HELP) if pack else None
    assert limit is not None
    for start in STARTS:
        due(start, limit, calendar)


def _naive_dues(calendar: Calendar) -> None:
    off = {date(2026, 1, 1) + timedelta(days=step) for step in range(800)}
    off = {day for day in off if not calendar.is_workday(day)}
    for start in STARTS:
        day, left = start.date(), 5
        while left:
            day += timedelta(days=1)
            left -= day not in off


# ---------------------------------------------------------------- fold


def _story() -> tuple[Happened, ...]:
    told = (
        f.Accepted(
            "7K2M9QXA", WATER, Channel.VISIT, MatterKind.HELP, "", "370323109", "t", "c" * 200, MOMENT, due_on="2026-11-30"
        ),
        f.Dispatched(WATER, due_on="2026-11-30"),
        f.SignedFor(WATER),
        f.SendBackAsked(WATER, SendBackReason.NOT_OUR_DUTY, "b" * 60, proposed=HOUSING),
        f.SendBackDecided(WATER, True, "o", EntryId("e-3")),
        f.Dispatched(HOUSING, due_on="2026-11-30", reason="r"),
        f.SignedFor(HOUSING),
        f.ContactMade(HOUSING, MOMENT, True, "w" * 40),
        f.ExtensionAsked(HOUSING, "2026-12-07", ExtensionReason.WORKS, "w" * 60),
        f.ExtensionDecided(HOUSING, True, "o", EntryId("e-8"), due_on="2026-12-07"),
        f.Replied(HOUSING, "i" * 200, "p" * 120),
        f.Reviewed(HOUSING, False, "o"),
        f.Replied(HOUSING, "i" * 200, "p" * 120),
        f.Reviewed(HOUSING, True, follow_up_by=MOMENT),
        f.FollowedUp(FollowUpResult.RATED, MOMENT, satisfaction=Satisfaction.GOOD),
        f.Finished(Outcome.SOLVED),
    )
    return tuple(
        Happened(
            EntryId(f"e-{place}"), fact, StationId("370323-03"), Life("A"), place + 1, OfficerId("0301 甲"), MOMENT + place
        )
        for place, fact in enumerate(told)
    )


STORY = _story()
WORDS = [(event.fact.kind, words_of(event.fact)) for event in STORY]
LIVES = 300


def _folds() -> None:
    for _ in range(LIVES):
        fold(NUMBER, STORY)


def _decodes() -> None:
    for _ in range(LIVES):
        for kind, words in WORDS:
            read_fact(kind, 1, words)


# ---------------------------------------------------------------- todo


def _desk(folder: Path, orders: int) -> Desk:
    """The centre, with so many orders waiting to be dispatched."""
    clock, home = SystemClock(), Home(folder)
    store = founding.open_store(home, clock)
    store.set_station(founding.card_for(founding.load_county(store), NewStation(role=StationRole.CENTRE)))
    officer = Account(OfficerId("0101 负责人"), "0101", "负责人", (OfficerRole.LEADER,))
    for begin in range(0, orders, 500):
        makes = [_make(begin + step) for step in range(min(500, orders - begin))]
        store.accept_many(makes, officer=officer.officer)
    return Desk(store, home, clock, Settings(home.settings), lambda _changes: None, officer=officer)


def _make(place: int) -> Callable[[Number], tuple[f.Accepted, f.Person]]:
    day = (date(2026, 11, 1) + timedelta(days=place % 60)).isoformat()
    accepted = f.Accepted(
        "7K2M9QXA", WATER, Channel.PHONE, MatterKind.HELP, "", "370323109", f"路灯不亮{place}", "三盏。", MOMENT, due_on=day
    )
    return lambda _number: (accepted, f.Person(name="示例", phone=f"138{place:08d}"))


def _todo(desk: Desk) -> None:
    today.today(desk)


def _plain(store: Store) -> None:
    sql = "SELECT o.* FROM tasks t JOIN work_orders o ON o.row = t.row WHERE t.unit = 'centre' ORDER BY t.due_at LIMIT 500"
    store.database.execute_sql(sql).fetchall()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--orders", type=int, default=5000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


if __name__ == "__main__":
    raise SystemExit(main())
