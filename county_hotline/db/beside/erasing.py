"""After words were erased: what the search index and the write-ahead log still hold of them goes too, and the files they named."""

from __future__ import annotations

from contextlib import AbstractContextManager
from typing import Protocol

from playhouse.sqlcipher_ext import SqlCipherDatabase
from sqlcipher3.dbapi2 import Connection

from county_hotline.db.beside import memos
from county_hotline.db.beside.files import Files
from county_hotline.db.opening import translated
from county_hotline.db.tables import search


class Erasing(Protocol):
    """As much of a store as is needed here."""

    database: SqlCipherDatabase
    files: Files

    def note(self, key: str) -> str | None: ...

    def immediate(self) -> AbstractContextManager[Connection]: ...


def finish(store: Erasing) -> bool:
    """Wipe what was left, in short steps, so that nobody waits; nothing where nothing was erased. Freed pages are overwritten as they
    are freed (`secure_delete`), so index and log are all there is.

    False where another connection is just reading the log: then the next opening or erasure goes on with it.
    """
    if store.note(memos.ERASING) is None:
        return True
    wiped = store.files.wipe()
    search.squeeze(lambda statement, pages: _step(store, statement, pages))
    with translated():
        busy = store.database.connection().execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    if wiped and not busy:
        with store.immediate() as db:
            memos.drop_note(db, memos.ERASING)
    return wiped and not busy


def _step(store: Erasing, statement: str, pages: int) -> int:
    with store.immediate() as db:
        before = db.total_changes
        db.execute(statement, (pages,))
        return int(db.total_changes - before)
