"""台账 by pages: a walk along one key, begun where the page before ended, in either direction; further on in one leap."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final, NamedTuple, cast

from peewee import Field, ModelSelect
from playhouse.sqlcipher_ext import SqlCipherDatabase

from county_hotline.db.models import WorkOrderRow
from county_hotline.db.tables.queries import filtered, row_of
from county_hotline.domain.views import RegisterPage, RegisterQuery, RegisterRow, RegisterSort

Row = tuple[object, ...]


class _Key(NamedTuple):
    """What is sorted by. Rows whose value is `absent` come last; None: every row has one."""

    field: Field
    place: int
    """Of the column within a row."""
    is_descending: bool = False
    absent: int | str | None = None


_KEYS: Final[Mapping[RegisterSort, _Key]] = {
    RegisterSort.TIME: _Key(WorkOrderRow.accepted_at, 22, is_descending=True),
    RegisterSort.DUE: _Key(WorkOrderRow.due_at, 20, absent=0),
    RegisterSort.STAGE: _Key(WorkOrderRow.stage, 4),
    RegisterSort.AGENCY: _Key(WorkOrderRow.agency, 17, absent=""),
    RegisterSort.FINISHED: _Key(WorkOrderRow.finished_at, 23, is_descending=True, absent=0),
}


class _Edge(NamedTuple):
    """Where a page ended: the last row's arrival and value, and how many there are in all, so that only the first page counts them."""

    row: int
    total: int
    value: int | str

    @classmethod
    def read(cls, after: str, key: _Key) -> _Edge:
        row, total, value = after.split(" ", 2)
        return cls(int(row), int(total), value if isinstance(key.absent, str) else int(value))

    def written(self) -> str:
        return f"{self.row} {self.total} {self.value}"


def register(db: SqlCipherDatabase, query: RegisterQuery, *, after: str | None, limit: int) -> RegisterPage:
    """A page of 台账. `after` is the `next_after` of the page before, or what `further` answered. Raises ValueError for another text."""
    key, wanted = _KEYS[query.sort], filtered(query)
    edge = None if after is None else _Edge.read(after, key)
    rows = _Walk(db, wanted, key, is_reversed=query.is_reversed).rows(edge, limit + 1)
    total = edge.total if edge else len(rows) if len(rows) <= limit else wanted.count(db)
    shown = rows[:limit]
    following = _edge_of(shown[-1], key, total).written() if len(rows) > limit else None
    return RegisterPage(tuple(row_of(row) for row in shown), total, following)


def further(db: SqlCipherDatabase, query: RegisterQuery, *, after: str | None, rows: int) -> str | None:
    """From where a page begins so many rows further on than after `after`: one question, however far. None where there are not that many."""
    key, wanted = _KEYS[query.sort], filtered(query)
    edge = None if after is None else _Edge.read(after, key)
    walk = _Walk(db, wanted, key, is_reversed=query.is_reversed)
    found = walk.rows(edge, 1, skip=rows - 1) if rows > 0 else []
    total = edge.total if edge else wanted.count(db)
    return _edge_of(found[0], key, total).written() if found else None


def arrivals(db: SqlCipherDatabase, query: RegisterQuery, *, limit: int) -> list[int]:
    """The rows of the whole list in its order, by their arrival: what was listed at one moment, however long one reads it."""
    wanted = filtered(query)
    found = _Walk(db, wanted, _KEYS[query.sort], is_reversed=query.is_reversed, whole=False).rows(None, limit)
    return [cast("int", row[0]) for row in found]


def arrived(db: SqlCipherDatabase, rows: Sequence[int]) -> tuple[RegisterRow, ...]:
    """These rows, in the order given; those no longer here are left out."""
    found = WorkOrderRow.select().where(WorkOrderRow.row.in_(rows)).tuples().execute(db)
    by_arrival = {row[0]: row_of(row) for row in found}
    return tuple(by_arrival[row] for row in rows if row in by_arrival)


def _edge_of(row: Row, key: _Key, total: int) -> _Edge:
    value = cast("int | str | None", row[key.place])
    return _Edge(cast("int", row[0]), total, cast("int | str", key.absent) if value is None else value)


class _Walk:
    """The wanted rows along one key. Two plain walks along an index are quicker than one sort of everything."""

    def __init__(
        self,
        db: SqlCipherDatabase,
        wanted: ModelSelect[WorkOrderRow],
        key: _Key,
        *,
        is_reversed: bool,
        whole: bool = True,
    ) -> None:
        self._db, self._wanted, self._key, self._whole = db, wanted, key, whole
        self._descends = key.is_descending != is_reversed

    def rows(self, edge: _Edge | None, limit: int, *, skip: int = 0) -> list[Row]:
        """So many after the edge, less the first few."""
        if edge is not None and edge.value == self._key.absent:
            return self._without(edge.row, limit, skip)
        found = self._with(edge, limit, skip)
        if self._key.absent is None or len(found) == limit:
            return found
        rest = max(0, skip - self._ahead(edge).count(self._db)) if skip and not found else 0
        return found + self._without(None, limit - len(found), rest)

    def _ahead(self, edge: _Edge | None) -> ModelSelect[WorkOrderRow]:
        """Those that have a value, after the edge."""
        field, row = self._key.field, WorkOrderRow.row
        here = self._wanted
        if self._key.absent is not None:
            here = here.where(field != "" if self._key.absent == "" else field > 0)
        if edge is None:
            return here
        if self._descends:
            return here.where((field < edge.value) | ((field == edge.value) & (row < edge.row)))
        return here.where((field > edge.value) | ((field == edge.value) & (row > edge.row)))

    def _with(self, edge: _Edge | None, limit: int, skip: int) -> list[Row]:
        field, row = self._key.field, WorkOrderRow.row
        by = (field.desc(), row.desc()) if self._descends else (field, row)
        return self._taken(self._ahead(edge).order_by(*by), limit, skip)

    def _without(self, after: int | None, limit: int, skip: int) -> list[Row]:
        field, row = self._key.field, WorkOrderRow.row
        here = self._wanted.where(field.is_null() if field.null else field == self._key.absent)
        if after is not None:
            here = here.where(row < after if self._descends else row > after)
        return self._taken(here.order_by(row.desc() if self._descends else row), limit, skip)

    def _taken(self, ordered: ModelSelect[WorkOrderRow], limit: int, skip: int) -> list[Row]:
        if not self._whole:
            ordered = ordered.select(WorkOrderRow.row)
        return list(ordered.limit(limit).offset(skip).tuples().execute(self._db))
