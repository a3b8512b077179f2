"""台账 with a million orders against a thousand: opening, the next page, filters and sorting, with what was typed and without.

    python -m benchmarks.register [--orders 1000000] [--data MESSAGES] [--cache FOLDER] [--json]

Each question is asked of both files in turn; the first answer (cold) is left out. The files are kept (`_million`).
"""

from __future__ import annotations

import argparse
import json
import statistics
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks._million import DAY_MS, LAST_MS, RARE_AGENCY, RARE_CATEGORY, made, with_arguments
from benchmarks.accept import KEY
from county_hotline.clock import SystemClock
from county_hotline.db.store import Store
from county_hotline.domain.views import RegisterQuery, RegisterSort
from county_hotline.domain.vocabulary import Stage, Urgency
from county_hotline.ids import AgencyCode

FEW = 1_000
ROUNDS = 9
TARGET, TARGET_MS = 1.2, 50.0
QUESTIONS = {
    "open": RegisterQuery(),
    "by_due": RegisterQuery(sort=RegisterSort.DUE),
    "by_agency_reversed": RegisterQuery(sort=RegisterSort.AGENCY, is_reversed=True),
    "to_dispatch": RegisterQuery(stages=(Stage.TO_DISPATCH,)),
    "not_ended_by_due": RegisterQuery(ended=False, sort=RegisterSort.DUE),
    "agency": RegisterQuery(agency=AgencyCode("37032320")),
    "rare_agency": RegisterQuery(agency=RARE_AGENCY),
    "rare_category": RegisterQuery(category=RARE_CATEGORY, sort=RegisterSort.DUE),
    "critical_this_month": RegisterQuery(urgency=Urgency.CRITICAL, since=LAST_MS - 30 * DAY_MS),
    "frequent_word": RegisterQuery(text="请尽快"),
    "frequent_word_rare_filter": RegisterQuery(text="请尽快", agency=RARE_AGENCY),
    "rare_word": RegisterQuery(text="王伟"),
    "frequent_word_by_due": RegisterQuery(text="请尽快", sort=RegisterSort.DUE),
}


def asked(store: Store, query: RegisterQuery, after: str | None) -> tuple[float, str | None]:
    """Milliseconds of one page, and where the next begins."""
    begin = time.perf_counter()
    page = store.register(query, after=after, limit=50)
    return (time.perf_counter() - begin) * 1e3, page.next_after


def measure(stores: dict[str, Store]) -> dict[str, dict[str, float]]:
    """Medians in milliseconds, by question and file."""
    found: dict[str, dict[str, float]] = {}
    for name, query in QUESTIONS.items():
        times: dict[str, list[float]] = {f"{size}{page}": [] for size in stores for page in ("", "_next")}
        for nth in range(ROUNDS + 1):
            for size, store in stores.items():
                took, after = asked(store, query, None)
                further = asked(store, query, after)[0] if after else took
                if nth:
                    times[size].append(took)
                    times[f"{size}_next"].append(further)
        found[name] = {size: round(statistics.median(each), 2) for size, each in times.items()}
    return found


def main() -> None:
    """Measure and print."""
    given = with_arguments(argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])).parse_args()
    stores = {
        size: Store.open(made(count, given.data, cache=given.cache), KEY, clock=SystemClock())
        for size, count in (("few", FEW), ("many", given.orders))
    }
    found = measure(stores)
    for store in stores.values():
        store.close()
    if given.json:
        print(json.dumps(found))
        return
    print(f"{'question':28}{given.orders:>12,}{FEW:>10,}   ratio    next page (target ≤ {TARGET} × and ≤ {TARGET_MS:.0f} ms)")
    for name, ms in found.items():
        print(f"{name:28}{ms['many']:>9.1f} ms{ms['few']:>7.1f} ms{ms['many'] / ms['few']:>8.1f}{ms['many_next']:>10.1f} ms")


if __name__ == "__main__":
    main()
