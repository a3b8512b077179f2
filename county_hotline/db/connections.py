"""Connections to the one file, one a thread, and transactions on them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Self

from peewee import InterfaceError
from playhouse.sqlcipher_ext import SqlCipherDatabase
from sqlcipher3 import dbapi2 as sqlite
from sqlcipher3.dbapi2 import Connection

from county_hotline.db.opening import translated

_WRITES = (sqlite.SQLITE_INSERT, sqlite.SQLITE_UPDATE, sqlite.SQLITE_DELETE)
_OK: int = sqlite.SQLITE_OK
_DENY: int = sqlite.SQLITE_DENY


class Connections:
    """Each thread that asks opens its own (`connect` or `connected`); asking without one raises instead of quietly opening a third."""

    def __init__(self, database: SqlCipherDatabase) -> None:
        self.database = database
        """peewee's handle; for the hub's own tables too."""

    def connect(self) -> None:
        """Open the calling thread's connection."""
        with translated():
            self.database.connect(reuse_if_open=True)

    def close(self) -> None:
        """Close the calling thread's connection."""
        self.database.close()

    @contextmanager
    def connected(self) -> Iterator[Self]:
        """The calling thread's connection, for as long as the block lasts."""
        was_open = not self.database.is_closed()
        self.connect()
        try:
            yield self
        finally:
            if not was_open:
                self.close()

    @contextmanager
    def immediate(self) -> Iterator[Connection]:
        """One writing transaction: all of it or nothing. Raises StoreFault."""
        with translated():
            db = self._db()
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
                db.execute("COMMIT")
            except BaseException:
                if db.in_transaction:
                    db.execute("ROLLBACK")
                raise

    @contextmanager
    def keeping_off(self, *tables: str) -> Iterator[None]:
        """As long as the block lasts this thread's connection cannot write into these tables, whatever code below it tries."""

        def judge(action: int, table: str | None, *_: object) -> int:
            return _DENY if action in _WRITES and table in tables else _OK

        self._db().set_authorizer(judge)
        try:
            yield
        finally:
            self._db().set_authorizer(None)

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """One consistent picture for several questions."""
        with translated():
            db = self._db()
            if db.in_transaction:
                yield db
                return
            db.execute("BEGIN")
            try:
                yield db
            finally:
                db.execute("COMMIT")

    def _db(self) -> Connection:
        if self.database.is_closed():  # peewee would quietly open one here, and nobody would close it
            raise InterfaceError("this thread has no connection: see Connections.connected")
        return self.database.connection()
