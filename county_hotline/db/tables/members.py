"""Which rows are wanted, asked so that a million orders are never looked through: short sets, and rows by arrival as far as needed."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from collections.abc import Set as AbstractSet
from functools import cached_property
from itertools import islice
from typing import Final, NamedTuple, Protocol

from sqlcipher3.dbapi2 import Connection

from county_hotline.db.tables.search import Wanted

FEW: Final = 600
"""So many rows are quicker read and sorted than any walk is walked."""
MANY: Final = 20_000
"""So many row numbers of a short set are listed at most."""
READ: Final = 64
"""So many are looked at first."""
PER_ROW: Final = 150
"""Further rows of an index are read in so much less time than another question takes to be begun."""


class Members(Protocol):
    """A set of rows."""

    def among(self, rows: Collection[int]) -> AbstractSet[int]:
        """Those of the rows that are in it."""

    def few(self) -> Sequence[int] | None:
        """All of them, where they are few."""

    def spacing(self) -> float:
        """How far apart they lie on an average, in arrival numbers. After `few` only."""

    def chunks(self) -> Iterator[list[int]]:
        """All of them."""


class Rows:
    """The rows a short question answers."""

    def __init__(self, rows: frozenset[int]) -> None:
        self._rows = rows

    @classmethod
    def of(cls, db: Connection, question: str, values: Sequence[object]) -> Rows | None:
        """None where there are more than `MANY`: then they are told by each row's own columns."""
        found = db.execute(f"SELECT row FROM ({question}) LIMIT ?", (*values, MANY + 1)).fetchall()
        return cls(frozenset(row for (row,) in found)) if len(found) <= MANY else None

    def among(self, rows: Collection[int]) -> AbstractSet[int]:
        return self._rows.intersection(rows)

    def few(self) -> Sequence[int] | None:
        return tuple(self._rows) if len(self._rows) <= FEW else None

    def spacing(self) -> float:
        return max(1.0, (max(self._rows) - min(self._rows)) / len(self._rows))

    def chunks(self) -> Iterator[list[int]]:
        rows = iter(self._rows)
        while some := list(islice(rows, 1_000)):
            yield some


class Source(NamedTuple):
    """A question that an index answers by arrival, from either end, from any place on."""

    parts: tuple[tuple[str, str], ...]
    """SELECTs without their order, and the column of each that is the arrival number."""
    values: tuple[object, ...]
    newest: tuple[int, ...] = ()
    """What is not in the index yet."""
    is_slow_to_begin: bool = False
    """Every question costs as much as all of its rows: what begins with one character is put together out of many words."""

    @classmethod
    def of_text(cls, db: Connection, wanted: Wanted) -> Source:
        """What the text index finds."""
        newest = db.execute(f"SELECT row FROM search_newest WHERE {wanted.newest}", wanted.values).fetchall()
        listed = (("SELECT rowid FROM search WHERE search MATCH ?", "rowid"),)
        return cls(listed, (wanted.match,), tuple(row for (row,) in newest), '"*' in wanted.match)

    def sql(self, edge: str, *, descends: bool) -> str:
        """`edge`: a condition on `{row}`, begun with AND."""
        selects = (f"{select} {edge.replace('{row}', column)}" for select, column in self.parts)
        by = self.parts[0][1] if len(self.parts) == 1 else "1"
        return f"{' UNION '.join(selects)} ORDER BY {by} {'DESC' if descends else 'ASC'}"


class Window(NamedTuple):
    """Between which arrival numbers, both included, rows are looked for."""

    first: int | None = None
    last: int | None = None

    def sql(self) -> str:
        first = "" if self.first is None else f"AND {{row}} >= {self.first}"
        return first if self.last is None else f"{first} AND {{row}} <= {self.last}"

    def holds(self, row: int) -> bool:
        return (self.first is None or row >= self.first) and (self.last is None or row <= self.last)


_EVERYTHING: Final = Window()


class Arrivals:
    """Rows by arrival from one end of a window on, read as far as somebody asks. Call `close` when done."""

    def __init__(self, db: Connection, source: Source, window: Window = _EVERYTHING, *, descends: bool = True) -> None:
        self._db, self._source, self._descends = db, source, descends
        self._newest = sorted((row for row in source.newest if window.holds(row)), reverse=descends)
        self._not_indexed = frozenset(source.newest)
        self._cursor = db.execute(source.sql(window.sql(), descends=descends), source.values)
        self._ahead: list[int] = []
        self._seen: list[int] = []
        self._has_ended = False

    def close(self) -> None:
        self._cursor.close()

    def take(self, count: int) -> list[int]:
        """So many further ones; fewer at the end."""
        if len(self._ahead) < count and not self._has_ended:
            more = [row for (row,) in self._cursor.fetchmany(count)]
            self._has_ended = len(more) < count
            self._ahead += more
        found: list[int] = []
        while self._newest and len(found) < count:
            is_next = not self._ahead or (self._newest[0] > self._ahead[0]) == self._descends
            found.append((self._newest if is_next else self._ahead).pop(0))
        left = count - len(found)
        found += self._ahead[:left]
        del self._ahead[:left]
        self._seen += found
        return found

    def among(self, rows: Collection[int]) -> AbstractSet[int]:
        """Those of the rows that are in it, whatever the window."""
        found, rest = self._not_indexed.intersection(rows), sorted(rows)
        if not rest:
            return found
        if self._source.is_slow_to_begin:
            return found | self._all.intersection(rows)
        limit = PER_ROW * len(rest)
        asked = self._source.sql(f"AND {{row}} BETWEEN {rest[0]} AND {rest[-1]}", descends=False)
        here = [row for (row,) in self._db.execute(f"{asked} LIMIT {limit}", self._source.values)]
        told = found | set(here).intersection(rows)
        if len(here) < limit:
            return told
        return told | {row for row in rest if row > here[-1] and self._has(row)}

    @cached_property
    def _all(self) -> frozenset[int]:
        return frozenset(row for (row,) in self._db.execute(self._source.sql("", descends=True), self._source.values))

    def _has(self, row: int) -> bool:
        return (
            self._db.execute(self._source.sql(f"AND {{row}} = {row}", descends=True), self._source.values).fetchone()
            is not None
        )

    def few(self) -> Sequence[int] | None:
        if len(self._seen) <= FEW and not self._is_exhausted:
            self.take(FEW + 1 - len(self._seen))
        return tuple(self._seen) if len(self._seen) <= FEW and self._is_exhausted else None

    @property
    def _is_exhausted(self) -> bool:
        return self._has_ended and not self._newest and not self._ahead

    @property
    def begins(self) -> int:
        """The first of them. After `few` only."""
        return self._seen[0]

    def spacing(self) -> float:
        return max(1.0, abs(self._seen[0] - self._seen[-1]) / len(self._seen))

    def chunks(self) -> Iterator[list[int]]:
        """From the window's end on, in growing pieces."""
        at, size = 0, READ
        while at < len(self._seen) or self.take(size):
            some = self._seen[at : at + size]
            at += len(some)
            yield some
            size = min(2 * size, 1_000)


def within(parts: Sequence[Members], rows: Collection[int]) -> list[int]:
    """Those of the rows that every part has, as they were ordered."""
    left = set(rows)
    for part in parts:
        if left:
            left &= part.among(left)
    return [row for row in rows if row in left]


def sparsest_first(parts: Sequence[Members]) -> list[Members]:
    """The one to begin with at the front. After `few` of each."""
    return sorted(parts, key=lambda part: (part.few() is None, 0.0 if part.few() is not None else -part.spacing()))
