"""Opening the encrypted file: the connection's settings, the schema's age, and the one place where SQLite's errors become ours."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import resources
from pathlib import Path

import peewee
from playhouse.sqlcipher_ext import SqlCipherDatabase
from sqlcipher3 import dbapi2 as sqlite

from county_hotline.errors import JournalDamaged, StoreFault

log = logging.getLogger(__name__)

SCHEMA_VERSION = 4
PAGE_BYTES = 4096
PRAGMAS = {
    "cipher_page_size": PAGE_BYTES,
    "journal_mode": "wal",
    "synchronous": 2,
    "foreign_keys": 1,
    "busy_timeout": 5000,
    "cache_size": -16_000,
    "temp_store": 2,
    "wal_autocheckpoint": 2000,
    "recursive_triggers": 1,
    "secure_delete": 1,
}
"""FULL: a commit is on the disk before the officer is told. temp_store in memory: no words in a temporary file."""

_FAULTS = (
    ("database or disk is full", "S101"),
    ("disk i/o error", "S101"),
    ("readonly database", "S102"),
    ("unable to open database", "S102"),
    ("database is locked", "S104"),
    ("file is not a database", "S106"),
    ("file is encrypted", "S106"),
    ("malformed", "J111"),
)

DATABASE_ERRORS = (sqlite.DatabaseError, sqlite.InterfaceError, peewee.PeeweeException)


def open_database(path: Path, key: bytes) -> SqlCipherDatabase:
    """The file at `path`, made and brought to this release's schema where needed. `key` is 32 raw bytes.

    Raises StoreFault: S101 full, S102 not writable, S104 locked, S105 written by a newer release, S106 wrong key or no database.
    """
    database = SqlCipherDatabase(str(path), passphrase=f"x'{key.hex()}'", pragmas=PRAGMAS, autoconnect=False)
    with translated(), database.connection_context():
        _migrate(database)
    return database


@contextmanager
def translated() -> Iterator[None]:
    """SQLite's and peewee's errors as StoreFault; the only place that reads their messages."""
    try:
        yield
    except DATABASE_ERRORS as exc:
        message = str(exc).lower()
        code = next((code for part, code in _FAULTS if part in message), "S107")
        log.warning("store_fault code=%s error=%s", code, type(exc).__name__)
        fault = JournalDamaged(code) if code.startswith("J") else StoreFault(code)
        raise fault from exc


def _migrate(database: SqlCipherDatabase) -> None:
    """Bring the schema to this release's version, one numbered step at a time, each in its own transaction."""
    connection = database.connection()
    found = connection.execute("PRAGMA user_version").fetchone()[0]
    if found > SCHEMA_VERSION:
        raise StoreFault("S105", found=found, known=SCHEMA_VERSION)
    for version in range(found + 1, SCHEMA_VERSION + 1):
        connection.execute("BEGIN IMMEDIATE")
        try:
            if connection.execute("PRAGMA user_version").fetchone()[0] < version:
                for statement in _statements(_script(version)):
                    connection.execute(statement)
                connection.execute(f"PRAGMA user_version = {version}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
        log.info("schema_raised to=%d", version)


def _script(version: int) -> str:
    folder = resources.files("county_hotline.db") / "schema"
    name = next(f.name for f in folder.iterdir() if f.name.startswith(f"{version:04d}_"))
    return (folder / name).read_text(encoding="utf-8")


def _statements(script: str) -> Iterator[str]:
    """The script's statements, one by one: `executescript` would commit behind the transaction's back."""
    pending = ""
    for line in script.splitlines():
        if line.strip() and not line.strip().startswith("--"):
            pending += line + "\n"
            if sqlite.complete_statement(pending):
                yield pending
                pending = ""
