"""A kept file of an older schema or fold is brought up to this program's: its journal stays, indexes and tables follow."""

from __future__ import annotations

import hashlib
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from sqlcipher3.dbapi2 import Connection

from county_hotline.clock import SystemClock
from county_hotline.db import journal
from county_hotline.db.beside import memos
from county_hotline.db.opening import PRAGMAS, open_database
from county_hotline.db.store import Store
from county_hotline.db.tables import projection

JOURNAL: Final = ("entries", "words", "persons", "receipts", "chains", "notes", "reference", "ranks")
"""What is not made from something else: where one of these looks otherwise, the file is made anew."""
SAMPLE: Final = 500
PLAN: Final = "SELECT type, name, sql FROM sqlite_master WHERE sql IS NOT NULL AND name NOT LIKE 'sqlite_%'"


def mark_of(texts: Sequence[str]) -> str:
    """By which texts a file was made, in eight characters."""
    return hashlib.sha256(f"{len(texts)}{texts[0]}{texts[-1]}".encode()).hexdigest()[:8]


@contextmanager
def in_one_go(db: Connection) -> Iterator[None]:
    """One transaction without the disk's safety, and with much memory."""
    db.execute("PRAGMA journal_mode = DELETE")
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -3000000", "secure_delete = OFF"):
        db.execute(f"PRAGMA {pragma}")
    db.execute("INSERT INTO search (search, rank) VALUES ('hashsize', ?)", (64 << 20,))
    db.execute("BEGIN")
    yield
    db.execute("INSERT INTO search (search, rank) VALUES ('hashsize', ?)", (1 << 20,))
    db.execute("COMMIT")
    for name in ("journal_mode", "synchronous", "cache_size", "secure_delete"):
        db.execute(f"PRAGMA {name} = {PRAGMAS[name]}")


def renewed(path: Path, key: bytes) -> bool:
    """Whether the file is now as this program would have made it. False: it has to be made anew."""
    wanted = _plan_of_now(key)
    database = open_database(path, key)
    with database.connection_context():
        db = database.connection()
        found = {(kind, name): sql for kind, name, sql in db.execute(PLAN)}
        if found == wanted and memos.note(db, projection.FOLDED_BY) == projection.FOLD:
            return True
        changed = {
            name
            for kind, name in {**found, **wanted}
            if kind == "table" and found.get((kind, name)) != wanted.get((kind, name))
        }
        if changed & set(JOURNAL):
            return False
        print(
            f"bringing {path} up to date: {', '.join(sorted(name for _, name in _changed(found, wanted))) or 'fold'}",
            file=sys.stderr,
        )
        _adapt(db, found, wanted)
        folds_anew = not _folds_alike(db)
        if not folds_anew:
            memos.set_note(db, projection.FOLDED_BY, projection.FOLD)
    if folds_anew:
        _fold_anew(path, key)
    return True


def _changed(found: dict[tuple[str, str], str], wanted: dict[tuple[str, str], str]) -> list[tuple[str, str]]:
    return [each for each in {**found, **wanted} if found.get(each) != wanted.get(each)]


def _folds_alike(db: Connection) -> bool:
    """Whether orders drawn at random fold to what lies here."""
    from benchmarks._million import card

    last = db.execute("SELECT max(entry) FROM entries").fetchone()[0] or 0
    drawn = [random.Random(5).randint(1, last) for _ in range(SAMPLE)] if last else []
    for at in drawn:
        (number,) = db.execute("SELECT work_order FROM entries WHERE entry = ?", (at,)).fetchone()
        first = journal.row_of(db, number)
        assert first is not None
        made = projection.folded(number, first, journal.story(db, number), card())
        here = db.execute("SELECT * FROM work_orders WHERE row = ?", (first,)).fetchone()
        if here != made.row or not projection._parts_agree(db, made):  # noqa: SLF001
            return False
    return True


def _plan_of_now(key: bytes) -> dict[tuple[str, str], str]:
    with tempfile.TemporaryDirectory() as folder:
        database = open_database(Path(folder) / "journal.db", key)
        with database.connection_context():
            return {(kind, name): sql for kind, name, sql in database.connection().execute(PLAN)}


def _adapt(db: Connection, found: dict[tuple[str, str], str], wanted: dict[tuple[str, str], str]) -> None:
    """Drop what is other, make what is missing; tables before their indexes."""
    db.execute("PRAGMA foreign_keys = OFF")
    for kind, name in _changed(found, wanted):
        if (kind, name) in found:
            db.execute(f"DROP {kind} IF EXISTS {name}")
    here = {(kind, name) for kind, name, _ in db.execute(PLAN)}
    for kind in ("table", "index", "trigger", "view"):
        for (of, name), sql in wanted.items():
            if of == kind and (of, name) not in here:
                begin = time.perf_counter()
                db.execute(sql)
                print(f"  {kind} {name}: {time.perf_counter() - begin:.0f} s", file=sys.stderr, flush=True)
                here = {(each, called) for each, called, _ in db.execute(PLAN)}


def _fold_anew(path: Path, key: bytes) -> None:
    from benchmarks._million import card

    database = open_database(path, key)
    begin = time.perf_counter()
    with database.connection_context():
        db = database.connection()
        with in_one_go(db):
            projection.rebuild(db, card())
    print(f"  folded anew in {time.perf_counter() - begin:.0f} s", file=sys.stderr)
    Store.open(path, key, clock=SystemClock()).close()
