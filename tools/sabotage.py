"""Break journal and sync on purpose, one thing at a time, in a copy, and see which tests notice: `python -m tools.sabotage [I1 P3 ...]`.

A test that nothing makes fail proves nothing. docs/invariants.md has the list; each entry is one test of `make test-long` as well.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Final

from tools.sabotages_of_journal import LIST as OF_JOURNAL
from tools.sabotages_of_sync import LIST as OF_SYNC
from tools.spoiling import KEPT, PASSED, SIMULATOR, Copy, Outcome, Sabotage

LIST: Final = (*OF_JOURNAL, *OF_SYNC)
ALL_AT_ONCE_S: Final = 900


def main() -> int:
    """0 where every sabotage was noticed, by tests that pass on the sources as they are."""
    wanted = sys.argv[1:]
    chosen = [each for each in LIST if not wanted or each.breaks in wanted or any(word in each.what for word in wanted)]
    with tempfile.TemporaryDirectory() as name:
        copy = Copy(Path(name))
        if fails := _fails_unspoilt(copy, chosen):
            print(f"Nothing can be said: this fails on the sources as they are: {fails}")
            return 2
        tried = [(each, _told(each, copy.tried(each))) for each in chosen]
    print()
    for sabotage, outcome in tried:
        print(f"| {sabotage.breaks} | {sabotage.what} | {outcome.noticed_by or '**not noticed**'} | {outcome.seconds:.0f} |")
    unnoticed = sum(not outcome.noticed_by for _, outcome in tried)
    took = sum(outcome.seconds for _, outcome in tried)
    print(f"\n{len(tried) - unnoticed} of {len(tried)} noticed, {took:.0f} s.")
    return 1 if unnoticed or not tried else 0


def _fails_unspoilt(copy: Copy, chosen: list[Sabotage]) -> str:
    """What fails of all these tests where nothing is spoilt."""
    named = dict.fromkeys(test for each in chosen for test in each.tests.split() if not test.startswith(SIMULATOR))
    if any(each.tests.startswith(SIMULATOR) for each in chosen):
        _, said = copy.failure(SIMULATOR, patience_s=ALL_AT_ONCE_S)
        if said != KEPT:
            return said
    said = copy.failure(" ".join(named), patience_s=ALL_AT_ONCE_S)[1] if named else PASSED
    return "" if said == PASSED else said


def _told(sabotage: Sabotage, outcome: Outcome) -> Outcome:
    verdict = "noticed" if outcome.noticed_by else "NOT NOTICED"
    print(f"{verdict:11} {outcome.seconds:4.0f} s {sabotage.breaks:8} {sabotage.what}: {outcome.said[:160]}", flush=True)
    return outcome


if __name__ == "__main__":
    raise SystemExit(main())
