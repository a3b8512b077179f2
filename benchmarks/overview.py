"""总览 with a thousand orders and with a million, in one run: today, this month, a year; what is open; a figure's list in the register.

    python -m benchmarks.overview [--orders 1000000] [--rounds 7] [--json]

Two hundred orders a day, so that a million are nearly fourteen years; today's are the same in both files, and as many are open. The anchor is
the same question over a thousand orders. Target: today at most 1.2 times it, or 50 ms; a year at most 400 ms. Rows are written into the
tables straight: measures as folding makes them, the words as long as real ones.
"""

from __future__ import annotations

import argparse
import json
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.accept import KEY
from county_hotline.clock import SystemClock
from county_hotline.db.opening import PRAGMAS
from county_hotline.db.store import Store
from county_hotline.db.tables import breakdowns, tallies
from county_hotline.domain.tallies import Counted, Slice
from county_hotline.domain.views import RegisterQuery

DAY_MS, DAY_ORDERS, OPEN = 86_400_000, 200, 400
NOW = 1_795_223_520_000
MIDNIGHT = NOW - 9 * 3_600_000 - 12 * 60_000
TARGET, TARGET_MS, YEAR_MS = 1.2, 50.0, 400.0
WORDS = "村口到卫生室的路灯三天不亮，晚上看不清路，老人和学生出行不便，希望尽快修好"


def rows(count: int) -> Iterator[tuple[tuple[object, ...], tuple[object, ...]]]:
    """The newest order first: its row of work_orders and of measures."""
    for nth in range(count):
        chance = random.Random(nth)
        at = MIDNIGHT + DAY_MS - nth * (DAY_MS // DAY_ORDERS)
        is_open = nth < 2 * OPEN and nth % 2 == 0
        due, stage = at + chance.randrange(1, 9) * DAY_MS, 40 if is_open else 80
        place = f"37032310{chance.randrange(1, 9)}{chance.randrange(200, 240)}"
        category, agency = f"{chance.randrange(1, 15):02d}{chance.randrange(1, 9):02d}", f"370323{chance.randrange(20, 59)}"
        finished = None if is_open else at + chance.randrange(1, 7) * DAY_MS
        row = count - nth
        order = (
            row, f"370323-03A-{row:011d}", 1, 0, stage, int(is_open), WORDS[:18], "王**", "138****4472", f"138{row:08d}", "help", "phone", "normal",
            category, place, "", "", agency, 0, "2026-11-30", due, 0, at, finished, 0, "8K3D71Q2", "", 0, "\n0301 受理员甲\n", 0, 3, at, row,
        )  # fmt: skip
        measured = (
            row, stage, place, category, agency, at + 3_600_000, finished, due, -1 if is_open else int((finished or 0) <= due), 0, 1, 1, 0,
            -1 if is_open else 1, 0 if is_open else chance.randrange(6), -1 if is_open else 1, -1, 0,
        )  # fmt: skip
        yield order, measured


def made(folder: Path, count: int) -> Store:
    """A station's file with so many orders in its tables."""
    store = Store.open(folder / f"{count}.db", KEY, clock=SystemClock())
    db = store.database.connection()
    for pragma in ("journal_mode = MEMORY", "synchronous = OFF", "cache_size = -200000"):
        db.execute(f"PRAGMA {pragma}")
    db.execute("BEGIN")
    everything = rows(count)
    while some := list(islice(everything, 5_000)):
        for into, nth in (("INSERT INTO work_orders VALUES", 0), ("INSERT INTO measures VALUES", 1)):
            db.executemany(f"{into} ({','.join('?' * len(some[0][nth]))})", [pair[nth] for pair in some])
    db.execute("COMMIT")
    for name in ("cache_size", "synchronous", "journal_mode"):
        db.execute(f"PRAGMA {name} = {PRAGMAS[name]}")
    return store


def questions(store: Store) -> dict[str, Callable[[], object]]:
    """What the page asks, and the register behind a figure."""
    db = store.database.connection()

    def page(days: int) -> Callable[[], object]:
        scope = Slice(since=MIDNIGHT - (days - 1) * DAY_MS, until=MIDNIGHT + DAY_MS)
        last = date(2026, 11, 21)
        month = [(last - timedelta(days=at)).isoformat() for at in reversed(range(30))]

        def ask() -> object:
            return (
                tallies.flow(db, scope, now=NOW),
                tallies.standing(db, scope, now=NOW, soon=NOW + DAY_MS),
                tallies.trend(db, scope, days=month),
                breakdowns.by_place_and_category(db, scope, now=NOW, most=8),
                breakdowns.by_unit(db, scope, most=8),
            )

        return ask

    late = RegisterQuery(figure=Slice(Counted.OVERDUE, until=NOW))
    today = RegisterQuery(figure=Slice(Counted.ACCEPTED, MIDNIGHT, MIDNIGHT + DAY_MS))
    return {
        "today": page(1),
        "month": page(30),
        "year": page(366),
        "list of what is late": lambda: store.register(late, after=None, limit=50),
        "list of today": lambda: store.register(today, after=None, limit=50),
    }


def measured(ask: Callable[[], object], rounds: int) -> float:
    """Milliseconds, the median; the first, which warms, is left out."""
    ask()
    took = []
    for _ in range(rounds):
        begin = time.perf_counter()
        ask()
        took.append((time.perf_counter() - begin) * 1000)
    return statistics.median(took)


def main() -> int:
    """0 where every target is met."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, default=1_000_000)
    parser.add_argument("--rounds", type=int, default=7)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        found = {}
        for count in (1_000, options.orders):
            store = made(Path(folder), count)
            found[count] = {name: measured(ask, options.rounds) for name, ask in questions(store).items()}
            store.close()
    few, many = found[1_000], found[options.orders]
    if options.json:
        print(json.dumps({"few": few, "many": many}))
    else:
        for name, took in many.items():
            print(f"{name:>22}: {took:8.1f} ms, {took / few[name]:6.2f} x the same with a thousand ({few[name]:.1f} ms)")
    is_quick = many["today"] <= max(TARGET * few["today"], TARGET_MS) and many["year"] <= YEAR_MS
    return 0 if is_quick else 1


if __name__ == "__main__":
    sys.exit(main())
