"""Whom search is measured beside: the same orders' words bare for LIKE, in FTS5 trigram, and in PostgreSQL under pg_trgm; made once and kept.

The words of an order stand in one column, field by field, as a program that searches by LIKE would keep them; nothing is folded or left out.
PostgreSQL is a cluster of our own beside the files, reached by a socket, running only while it is asked; without its programs it is left out.
"""

# ruff: noqa: S608 - our own words, PostgreSQL's own programs
from __future__ import annotations

import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from benchmarks._million import Request

PAGE: Final = 50
_DEBIAN: Final = "/usr/lib/postgresql"
_TIME: Final = re.compile(r"^Time: ([0-9.]+) ms", re.MULTILINE)
_SETTINGS: Final = (
    "listen_addresses = ''\nshared_buffers = 1GB\nmax_wal_size = 4GB\nmaintenance_work_mem = 512MB\nwork_mem = 32MB\n"
)


def bare(requests: Iterable[Request]) -> Iterator[tuple[int, str]]:
    """Row and words of each order, the rows as they are numbered where the orders arrive; of a confidential caller nothing."""
    row = 1
    for each in requests:
        said, who = each.accepted, each.person
        caller = () if said.confidential else (who.name, who.phone, who.address)
        fields = (each.number, said.query_code, said.title, said.content, said.demand, said.place_detail, *caller)
        yield row, "\n".join(fields)
        row += 1 + len(each.further)


class Sqlite:
    """LIKE over the bare words, and FTS5 trigram over the same, in a plain file."""

    def __init__(self, path: Path) -> None:
        self._db = sqlite3.connect(path, isolation_level=None)

    @classmethod
    def made(cls, path: Path, requests: Iterable[Request]) -> Sqlite:
        """The file, made now unless it is there whole."""
        if not path.with_suffix(".done").exists():
            path.unlink(missing_ok=True)
            begin = time.perf_counter()
            db = sqlite3.connect(path, isolation_level=None)
            for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -1000000"):
                db.execute(f"PRAGMA {pragma}")
            db.execute("CREATE TABLE bare (row INTEGER PRIMARY KEY, words TEXT NOT NULL)")
            db.execute("CREATE VIRTUAL TABLE three USING fts5 (words, content = '', tokenize = 'trigram')")
            db.execute("BEGIN")
            db.executemany("INSERT INTO bare VALUES (?,?)", bare(requests))
            db.execute("INSERT INTO three (rowid, words) SELECT row, words FROM bare")
            db.execute("COMMIT")
            db.close()
            path.with_suffix(".done").touch()
            print(f"LIKE and trigram: made in {time.perf_counter() - begin:.0f} s", file=sys.stderr)
        return cls(path)

    def words(self) -> Iterator[tuple[int, str]]:
        """Every order's words, by row."""
        yield from self._db.execute("SELECT row, words FROM bare ORDER BY row")

    def like(self, typed: str) -> list[int]:
        """All rows that LIKE finds: what is true."""
        return self._rows("SELECT row FROM bare WHERE words LIKE ? ESCAPE '\\'", pattern(typed))

    def like_page(self, typed: str) -> list[int]:
        return self._rows(f"SELECT row FROM bare WHERE words LIKE ? ESCAPE '\\' ORDER BY row DESC LIMIT {PAGE}", pattern(typed))

    def trigram(self, typed: str) -> list[int]:
        return self._rows("SELECT rowid FROM three WHERE three MATCH ?", quoted(typed))

    def trigram_page(self, typed: str) -> list[int]:
        return self._rows(f"SELECT rowid FROM three WHERE three MATCH ? ORDER BY rowid DESC LIMIT {PAGE}", quoted(typed))

    def close(self) -> None:
        self._db.close()

    def _rows(self, sql: str, value: str) -> list[int]:
        return [row for (row,) in self._db.execute(sql, (value,))]


def pattern(typed: str) -> str:
    """As LIKE takes it."""
    return "%" + re.sub(r"([\\%_])", r"\\\1", typed) + "%"


def quoted(typed: str) -> str:
    """As FTS5 takes a string."""
    return '"' + typed.replace('"', '""') + '"'


class Postgres:
    """A running cluster with the bare words under a GIN index of trigrams."""

    def __init__(self, socket: str) -> None:
        self._line = [_program("psql"), "-h", socket, "-U", "postgres", "-X", "-q", "-A", "-t", "-v", "ON_ERROR_STOP=1"]

    def times(self, typed: Sequence[str], rounds: int) -> dict[str, list[float]]:
        """Milliseconds of each newest page, as the server's own client counts them."""
        page = "SELECT row FROM bare WHERE words LIKE {} ORDER BY row DESC LIMIT " + str(PAGE)
        asked = "\n".join(f"{page.format(_literal(pattern(each)))};" for each in typed for _ in range(rounds))
        found = [float(ms) for ms in _TIME.findall(self.run(f"\\o /dev/null\n\\timing on\n{asked}\n"))]
        return {each: found[at * rounds : (at + 1) * rounds] for at, each in enumerate(typed)}

    def counts(self, typed: Sequence[str]) -> list[int]:
        """How many rows each finds."""
        asked = "\n".join(f"SELECT count(*) FROM bare WHERE words LIKE {_literal(pattern(each))};" for each in typed)
        return [int(line) for line in self.run(asked).split()]

    def run(self, sql: str) -> str:
        """What psql answers to these lines."""
        return subprocess.run(self._line, input=sql, check=True, capture_output=True, text=True).stdout

    def fill(self, rows: Iterable[tuple[int, str]]) -> None:
        begin = time.perf_counter()
        self.run("DROP TABLE IF EXISTS bare; CREATE TABLE bare (row bigint PRIMARY KEY, words text NOT NULL); CREATE EXTENSION IF NOT EXISTS pg_trgm;")  # fmt: skip
        copy = subprocess.Popen([*self._line, "-c", "COPY bare FROM STDIN"], stdin=subprocess.PIPE, text=True, encoding="utf-8")
        assert copy.stdin is not None
        for row, words in rows:
            copy.stdin.write(
                f"{row}\t{words.replace(chr(92), chr(92) * 2).replace(chr(9), ' ').replace(chr(10), chr(92) + 'n')}\n"
            )
        copy.stdin.close()
        if copy.wait() != 0:
            raise SystemExit("PostgreSQL did not take the orders")
        self.run("CREATE INDEX bare_words ON bare USING gin (words gin_trgm_ops); VACUUM ANALYZE bare;")
        print(f"PostgreSQL: made in {time.perf_counter() - begin:.0f} s", file=sys.stderr)


@contextmanager
def postgres(folder: Path, rows: Iterable[tuple[int, str]]) -> Iterator[Postgres | None]:
    """The cluster, made and filled now unless it is there whole; None where PostgreSQL is not installed."""
    if not _program("initdb") or not _program("psql"):
        print("PostgreSQL is not here: measured without it (Debian: apt-get install postgresql-15)", file=sys.stderr)
        yield None
        return
    data = folder / "postgres"
    if not (data / "PG_VERSION").exists():
        data.mkdir(parents=True, exist_ok=True)
        _own(data)
        _as_postgres("initdb", "-D", str(data), "-U", "postgres", "--locale=C.UTF-8", "-E", "UTF8", "-A", "trust")
        with (data / "postgresql.conf").open("a", encoding="utf-8") as settings:
            settings.write(_SETTINGS)
    with tempfile.TemporaryDirectory(prefix="pg-") as socket:
        _own(Path(socket))
        _as_postgres("pg_ctl", "-D", str(data), "-l", str(data / "log"), "-o", f"-k {socket}", "-w", "start")
        try:
            server = Postgres(socket)
            if not folder.joinpath("postgres.done").exists():
                server.fill(rows)
                folder.joinpath("postgres.done").touch()
            yield server
        finally:
            _as_postgres("pg_ctl", "-D", str(data), "-m", "fast", "-w", "stop")


def _literal(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def _program(name: str) -> str:
    found = sorted(Path(_DEBIAN).glob(f"*/bin/{name}"))
    return str(found[-1]) if found else shutil.which(name) or ""


def _as_postgres(name: str, *arguments: str) -> None:
    """PostgreSQL refuses to run as root."""
    line = [_program(name), *arguments]
    if os.geteuid() == 0:
        line = ["runuser", "-u", "postgres", "--", *line]
    subprocess.run(line, check=True, stdout=subprocess.DEVNULL, cwd="/")


def _own(folder: Path) -> None:
    folder.chmod(0o700)
    if os.geteuid() == 0:
        shutil.chown(folder, "postgres")
