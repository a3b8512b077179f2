"""Which rows are wanted, asked so that a million orders are never looked through: hits of the index as far as needed, and short sets."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from typing import Final, Protocol

from sqlcipher3.dbapi2 import Connection

from county_hotline.db.tables.search import Wanted

FEW: Final = 600
"""So many rows are quicker read and sorted than any walk is walked."""
MANY: Final = 20_000
"""So many row numbers are listed at most; whether a further one is wanted is asked one by one."""


class Members(Protocol):
    """A set of rows."""

    def __contains__(self, row: int) -> bool: ...

    def few(self) -> Sequence[int] | None:
        """All of them, where they are few."""

    def __iter__(self) -> Iterator[int]:
        """All of them, in any order."""


class Rows:
    """The rows a short question answers."""

    def __init__(self, rows: frozenset[int]) -> None:
        self._rows = rows

    @classmethod
    def of(cls, db: Connection, question: str, values: Sequence[object]) -> Rows | None:
        """None where there are more than `MANY`: then they are told by each row's own columns."""
        found = db.execute(f"SELECT row FROM ({question}) LIMIT ?", (*values, MANY + 1)).fetchall()
        return cls(frozenset(row for (row,) in found)) if len(found) <= MANY else None

    def __contains__(self, row: int) -> bool:
        return row in self._rows

    def __iter__(self) -> Iterator[int]:
        return iter(self._rows)

    def few(self) -> Sequence[int] | None:
        return tuple(self._rows) if len(self._rows) <= FEW else None


class Hits:
    """What the text index finds, by arrival from one end on, read as far as somebody asks. Call `close` when done."""

    def __init__(self, db: Connection, wanted: Wanted, *, descends: bool = True, until: int | None = None) -> None:
        self._db, self._wanted, self._descends = db, wanted, descends
        order = "DESC" if descends else "ASC"
        edge = "" if until is None else f"AND rowid {'<=' if descends else '>='} {until}"
        newest = db.execute(f"SELECT row FROM search_newest WHERE {wanted.newest}", wanted.values).fetchall()
        self._newest = sorted(row for (row,) in newest)
        self._not_indexed = frozenset(self._newest)
        if until is not None:
            self._newest = [row for row in self._newest if (row <= until if descends else row >= until)]
        if not descends:
            self._newest.reverse()
        self._cursor = db.execute(
            f"SELECT rowid FROM search WHERE search MATCH ? {edge} ORDER BY rowid {order}", (wanted.match,)
        )
        self._indexed: list[int] = []
        self._seen: set[int] = set()
        self._last: int | None = None
        self._ended = False

    def close(self) -> None:
        self._cursor.close()

    def take(self, count: int) -> list[int]:
        """So many further ones; fewer at the end."""
        found: list[int] = []
        while len(found) < count:
            if not self._indexed and not self._ended:
                self._indexed = [row for (row,) in self._cursor.fetchmany(count)][::-1]
                self._ended = not self._indexed
            sources = [source for source in (self._indexed, self._newest) if source]
            if not sources:
                break
            found.append((max if self._descends else min)(sources, key=lambda source: source[-1]).pop())
        if found:
            self._last = found[-1]
            self._seen.update(found)
        return found

    @property
    def is_exhausted(self) -> bool:
        return self._ended and not self._newest

    def few(self) -> Sequence[int] | None:
        if len(self._seen) <= FEW and not self.is_exhausted:
            self.take(FEW + 1 - len(self._seen))
        return tuple(self._seen) if len(self._seen) <= FEW else None

    def __iter__(self) -> Iterator[int]:
        yield from tuple(self._seen)
        while more := self.take(1_000):
            yield from more

    def __contains__(self, row: int) -> bool:
        while not self._reached(row) and len(self._seen) < MANY:
            self.take(max(1_000, len(self._seen)))
        if self._reached(row):
            return row in self._seen
        asked = self._db.execute("SELECT 1 FROM search WHERE search MATCH ? AND rowid = ?", (self._wanted.match, row))
        return row in self._not_indexed or asked.fetchone() is not None

    def _reached(self, row: int) -> bool:
        if self.is_exhausted:
            return True
        return self._last is not None and (row >= self._last if self._descends else row <= self._last)


def within(parts: Sequence[Members], rows: Sequence[int]) -> list[int]:
    """Those of the rows that every part has."""
    return [row for row in rows if all(row in part for part in parts)]


def listed(parts: Sequence[Members], limit: int) -> list[int] | None:
    """All rows that every part has, where one of the parts has no more than the limit."""
    for shortest in sorted(parts, key=lambda part: isinstance(part, Hits)):
        rows = list(islice(shortest, limit + 1))
        if len(rows) <= limit:
            return within([part for part in parts if part is not shortest], rows)
    return None


def counted(parts: Sequence[Members], limit: int) -> int:
    """How many rows all parts have, up to a limit."""
    shortest, *others = sorted(parts, key=lambda part: part.few() is None)
    return sum(1 for _ in islice((row for row in shortest if all(row in other for other in others)), limit))
