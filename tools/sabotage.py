"""Break journal and sync on purpose, one thing at a time, in a copy, and see which tests notice: `python -m tools.sabotage [I1 P3 ...]`.

A test that nothing makes fail proves nothing. What each sabotage did when it was last run stands in docs/invariants.md.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Final

from tools.sabotages_of_sync import LIST as OF_SYNC
from tools.sabotages_of_sync import SIMULATOR, Sabotage

ROOT = Path(__file__).resolve().parent.parent
COPIED = ("county_hotline", "tests", "tools", "pyproject.toml")
PATIENCE_S = 900
WORLDS: Final = ("--first", "1", "--seeds", "30", "--steps", "4000", "--quick", "--stop")
"""As long as the simulator looks for it."""


_DB = "county_hotline/db"
LIST: Final = (
    Sabotage(
        "I1",
        "an act is journalled and answered, but the order's row is not written",
        f"{_DB}/tables/projection.py",
        "    db.execute(_WRITE, made.row)\n",
        "    pass\n",
        "test_i1*",
    ),
    Sabotage(
        "I1",
        "no refold when a receipt moves an act behind another's",
        f"{_DB}/line/taking_pages.py",
        "    for number in shared:\n        projection.refold(db, number, card)\n",
        "    pass\n",
        "test_i1* test_exchange.py",
    ),
    Sabotage(
        "I1",
        "the fold in an order of its own (arrival, not the hub's)",
        f"{_DB}/journal.py",
        '"r.hub_seq IS NULL, k.rank IS NULL, k.rank, r.hub_seq, e.entry"',
        '"e.entry"',
        "test_i1* test_exchange.py",
    ),
    Sabotage(
        "I1",
        "clashes are not taken out of the table before they are written again",
        f"{_DB}/tables/projection.py",
        '        db.execute(f"DELETE FROM {table} WHERE row = ?", (first,))\n',
        '        if table != "clashes":\n            db.execute(f"DELETE FROM {table} WHERE row = ?", (first,))\n',
        "test_i1*",
    ),
    Sabotage(
        "I1",
        "what an order waited for stays when it no longer does",
        f"{_DB}/tables/projection.py",
        '        db.execute(f"DELETE FROM {table} WHERE row = ?", (first,))\n',
        '        db.execute(f"DELETE FROM {table} WHERE row = ?", (first,))\n    made = made._replace(tasks=())\n',
        "test_i1* test_waiting.py",
    ),
    Sabotage(
        "I1",
        "verify does not look at what orders wait for",
        f"{_DB}/tables/projection.py",
        " and tuple(tasks) == made.tasks",
        "",
        "test_i1*",
    ),
    Sabotage(
        "I1",
        "a station that comes to belong to another unit keeps the tasks of the one before",
        f"{_DB}/store.py",
        "            if was is None or (was.unit, was.role) != (card.unit, card.role):\n",
        "            if was is None:\n",
        "test_waiting.py",
    ),
    Sabotage(
        "I1",
        "the index keeps the old text of a corrected order",
        f"{_DB}/tables/projection.py",
        "    if before[_KEY] != made.row[_KEY]:",
        "    if False:",
        "test_i1* test_search.py",
    ),
    Sabotage(
        "I1",
        "an order of which everything is held gets a row all the same",
        f"{_DB}/journal.py",
        'f"SELECT min(e.entry) FROM entries e WHERE e.work_order = ? AND {NOT_HELD}"',
        'f"SELECT min(e.entry) FROM entries e WHERE e.work_order = ?"',
        "test_i1* test_exchange.py",
    ),
    Sabotage(
        "I1",
        "erasing does not fold the order again at the hub",
        f"{_DB}/line/placing.py",
        "    _fold(db, numbers, known | erased,",
        "    _fold(db, numbers - erased, known,",
        "test_i1* test_i3*",
    ),
    Sabotage(
        "I2",
        "a serial is skipped",
        f"{_DB}/writing.py",
        "(head.serial + 1, head.hash) if head else (1, GENESIS)",
        "(head.serial + 2, head.hash) if head else (1, GENESIS)",
        "test_i2*",
    ),
    Sabotage(
        "I2",
        "the hash of the entry before is left out",
        f"{_DB}/writing.py",
        "(head.serial + 1, head.hash) if head else (1, GENESIS)",
        "(head.serial + 1, GENESIS) if head else (1, GENESIS)",
        "test_i2*",
    ),
    Sabotage(
        "I2",
        "the hub takes what does not follow",
        f"{_DB}/line/taking_batches.py",
        "        if entry.serial != have + 1:\n            raise",
        "        if False:\n            raise",
        "test_i2*",
    ),
    Sabotage(
        "I2",
        "the hub does not compare hashes of the next entry",
        f"{_DB}/line/taking_batches.py",
        "        if entry.prev_hash != last_hash:\n            raise",
        "        if False:\n            raise",
        "test_i2*",
    ),
    Sabotage(
        "I2",
        "BEGIN IMMEDIATE becomes BEGIN",
        f"{_DB}/connections.py",
        'db.execute("BEGIN IMMEDIATE")',
        'db.execute("BEGIN")',
        "test_many_at_once.py",
    ),
    Sabotage(
        "I3",
        "no trigger against UPDATE of entries",
        f"{_DB}/schema/0001_first.sql",
        "CREATE TRIGGER entries_never_change BEFORE UPDATE ON entries\nBEGIN SELECT raise(ABORT, 'journal is append-only'); END;\n",
        "",
        "test_i3*",
    ),
    Sabotage(
        "I3",
        "INSERT OR REPLACE may delete (recursive triggers off)",
        f"{_DB}/opening.py",
        '"recursive_triggers": 1',
        '"recursive_triggers": 0',
        "test_i3*",
    ),
    Sabotage(
        "I3",
        "freed pages keep their bytes",
        f"{_DB}/opening.py",
        '"secure_delete": 1',
        '"secure_delete": 0',
        "test_i3*",
    ),
    Sabotage(
        "I3",
        "the index is not squeezed after an erasure",
        f"{_DB}/beside/erasing.py",
        "    search.squeeze(lambda statement, pages: _step(store, statement, pages))\n",
        "",
        "test_i3*",
    ),
    Sabotage(
        "I3",
        "the write-ahead log is not cut after an erasure",
        f"{_DB}/beside/erasing.py",
        "PRAGMA wal_checkpoint(TRUNCATE)",
        "PRAGMA wal_checkpoint(PASSIVE)",
        "test_i3*",
    ),
    Sabotage(
        "I3",
        "an erasure that came before its words is forgotten",
        f"{_DB}/line/placing.py",
        "    asked += journal.erasures_of(db, known)\n",
        "",
        "test_i3*",
    ),
    Sabotage(
        "I3",
        "an erasure may reach into another order",
        f"{_DB}/journal.py",
        '"SELECT t.entry FROM entries t JOIN entries f ON f.work_order = t.work_order WHERE t.entry_id = ? AND f.entry = ?"',
        '"SELECT t.entry FROM entries t, entries f WHERE t.entry_id = ? AND f.entry = ?"',
        "test_i3*",
    ),
    Sabotage(
        "I4",
        "the cursor may go back",
        f"{_DB}/line/taking_pages.py",
        '        "WHERE CAST(excluded.value AS INTEGER) > CAST(value AS INTEGER)",\n',
        '        "",\n',
        "test_exchange.py",
    ),
    Sabotage(
        "I4",
        "the hub does not skip what it has",
        f"{_DB}/line/taking_batches.py",
        "    new = [entry for entry in entries if entry.serial > have]\n",
        "    new = list(entries)\n",
        "test_exchange.py test_i1*",
    ),
    Sabotage(
        "I5",
        "a page's cursor lies one too far",
        f"{_DB}/line/routing.py",
        "entries, reader.station)), cursor, cut is None)",
        "entries, reader.station)), cursor + 1, cut is None)",
        "test_exchange.py",
    ),
    Sabotage(
        "I5",
        "what was written before an order concerned a reader is left out",
        f"{_DB}/line/routing.py",
        "sorted((*self.late(db, after, through), *self.fresh(db, after, through))",
        "sorted((*self.fresh(db, after, through),)",
        "test_exchange.py",
    ),
    Sabotage(
        "I6",
        "rollback becomes commit",
        f"{_DB}/connections.py",
        'db.execute("ROLLBACK")',
        'db.execute("COMMIT")',
        "test_i6* test_i2*",
    ),
    Sabotage(
        "I6",
        "the officer is told with no commit at all",
        f"{_DB}/connections.py",
        '                db.execute("COMMIT")\n            except BaseException:',
        "                pass\n            except BaseException:",
        "test_i6*",
    ),
    Sabotage(
        "I6",
        "the journal commits before the tables are written",
        f"{_DB}/store.py",
        "            projection.write_new(db, [made])\n",
        '            db.execute("COMMIT")\n            db.execute("BEGIN IMMEDIATE")\n            projection.write_new(db, [made])\n',
        "test_i6*",
    ),
    Sabotage(
        "I6",
        "synchronous is NORMAL",
        f"{_DB}/opening.py",
        '"synchronous": 2',
        '"synchronous": 1',
        "test_i6*",
    ),
    Sabotage(
        "I6",
        "the mark is made only with the first acceptance (a kill in between looks like a copy)",
        f"{_DB}/store.py",
        "        if not self._mark.exists():\n",
        "        if False:\n",
        "test_numbers.py test_i6*",
    ),
    Sabotage(
        "I7",
        "clash detection is off",
        "county_hotline/domain/clashes.py",
        "    sight = Sight(story)\n",
        "    return ()\n",
        "test_i7*",
    ),
    Sabotage(
        "I7",
        "the basis is not written",
        f"{_DB}/store.py",
        "                basis = sight.of_others(db, number, hand.card.station, hand.life)\n",
        "                basis = None\n",
        "test_i7*",
    ),
    Sabotage(
        "I7",
        "a clash is seen in one direction only",
        "county_hotline/domain/clashes.py",
        "    graded = grade(first.fact, second.fact) or grade(second.fact, first.fact)\n",
        "    graded = grade(first.fact, second.fact)\n",
        "test_i7*",
    ),
    Sabotage(
        "I6",
        "of several facts in one act, each is a transaction of its own",
        f"{_DB}/store.py",
        "                entries.append(entry)\n",
        '                entries.append(entry)\n                db.execute("COMMIT")\n                db.execute("BEGIN IMMEDIATE")\n',
        "test_several_at_once.py",
    ),
    Sabotage(
        "I9",
        "an older release's tables are not folded anew",
        f"{_DB}/store.py",
        "            store._fold_anew()\n",
        "",
        "test_i9*",
    ),
    Sabotage(
        "I9",
        "the schema's number goes up with no step for it",
        f"{_DB}/opening.py",
        "SCHEMA_VERSION = 3",
        "SCHEMA_VERSION = 4",
        "test_i9*",
    ),
    Sabotage(
        "I9",
        "a field of a fact is renamed",
        "county_hotline/domain/facts/taking.py",
        '    place_detail: str = ""\n    urgency',
        '    place_words: str = ""\n    urgency',
        "test_i9*",
    ),
    Sabotage(
        "I9",
        "the envelope's hash takes its fields in another order",
        "county_hotline/domain/entries.py",
        "            entry.station,\n            entry.life,\n            entry.serial,\n            entry.basis,",
        "            entry.life,\n            entry.station,\n            entry.serial,\n            entry.basis,",
        "test_i9*",
    ),
    Sabotage(
        "P9",
        "the person of a confidential order goes to everyone",
        f"{_DB}/line/routing.py",
        "        entries = _entitled(db, entries, reader)\n",
        "        pass\n",
        "test_exchange.py",
    ),
    Sabotage(
        "numbers",
        "after a restore the old life goes on",
        f"{_DB}/store.py",
        "elif marked is not None and is_behind(",
        "elif False and is_behind(",
        "test_numbers.py",
    ),
)


def main() -> int:
    """0 when every sabotage was noticed."""
    wanted = set(sys.argv[1:])
    chosen = [each for each in (*LIST, *OF_SYNC) if not wanted or each.breaks in wanted]
    with tempfile.TemporaryDirectory() as name:
        copy = Path(name)
        for part in COPIED:
            source = ROOT / part
            if source.is_dir():
                shutil.copytree(source, copy / part, ignore=shutil.ignore_patterns("__pycache__"))
            else:
                shutil.copy(source, copy / part)
        if any(each.tests == SIMULATOR for each in chosen) and (broken := _broken(copy)):
            print(f"The sources as they are break a promise already, so nothing can be said: {broken[0]}")
            return 2
        unnoticed = [each.what for each in chosen if not _is_noticed(copy, each)]
    print(f"{len(chosen) - len(unnoticed)} of {len(chosen)} noticed.")
    return 1 if unnoticed else 0


def _is_noticed(copy: Path, sabotage: Sabotage) -> bool:
    file = copy / sabotage.file
    whole = file.read_text(encoding="utf-8")
    if sabotage.old not in whole:
        print(f"STALE       {sabotage.breaks:8} {sabotage.what}: the line is no longer there", flush=True)
        return False
    file.write_text(whole.replace(sabotage.old, sabotage.new, 1), encoding="utf-8")
    try:
        failed = _broken(copy) if sabotage.tests == SIMULATOR else _failed(copy, sabotage.tests)
    finally:
        file.write_text(whole, encoding="utf-8")
    print(f"{'noticed' if failed else 'NOT NOTICED':11} {sabotage.breaks:8} {sabotage.what}: {', '.join(failed)}", flush=True)
    return bool(failed)


def _broken(copy: Path) -> list[str]:
    """Which promise the simulator saw broken, and after how many steps."""
    line = [sys.executable, "-B", "-m", "tools.simulate", *WORLDS]
    surroundings = {**os.environ, "PYTHONHASHSEED": "0"}
    outcome = subprocess.run(line, cwd=copy, env=surroundings, check=False, capture_output=True, text=True, timeout=PATIENCE_S)
    if outcome.returncode == 0:
        return []
    rows = outcome.stdout.splitlines()
    seen = next((row for row in rows if row.startswith("BROKEN")), "BROKEN at once")
    steps = re.search(r"(\d+) steps \(", outcome.stdout)
    return [f"{seen[7:90]} (after {steps[1] if steps else 0} steps)"]


def _failed(copy: Path, tests: str) -> list[str]:
    """The names of the tests that fail, at most three."""
    patterns = [pattern if "/" in pattern else f"db/{pattern}" for pattern in tests.split()]
    chosen = sorted(str(path.relative_to(copy)) for pattern in patterns for path in (copy / "tests").glob(pattern))
    line = [sys.executable, "-B", "-m", "pytest", "-q", "-p", "no:randomly", "-p", "no:cacheprovider", "--maxfail=3", *chosen]
    outcome = subprocess.run(line, cwd=copy, check=False, capture_output=True, text=True, timeout=PATIENCE_S)
    if outcome.returncode not in (0, 1):
        raise RuntimeError(f"the tests did not run: {outcome.stdout[-2_000:]}{outcome.stderr[-2_000:]}")
    rows = (row for row in outcome.stdout.splitlines() if row.startswith(("FAILED", "ERROR")))
    names = list(dict.fromkeys(row.split("::")[-1].split(" ")[0].split("[")[0] for row in rows))
    return names or ["?"] * outcome.returncode


if __name__ == "__main__":
    raise SystemExit(main())
