"""Wanted rows along one key: what 台账 is sorted by, the indexes that have it in order, and where a page ended."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Final, NamedTuple, TypeAlias, cast

from peewee import SQL, Field, ModelSelect, Node
from playhouse.sqlcipher_ext import SqlCipherDatabase

from county_hotline.db.models import WorkOrderRow
from county_hotline.domain.views import RegisterQuery, RegisterSort

Row = tuple[object, ...]
Select: TypeAlias = "ModelSelect[WorkOrderRow]"


class Key(NamedTuple):
    """What is sorted by. Rows whose value is `absent` come last; None: every row has one."""

    field: Field
    place: int
    """Of the column within a row."""
    walked: str
    """The index that has them in order."""
    is_descending: bool = False
    absent: int | str | None = None
    only: tuple[Node, ...] = ()
    """Conditions that this index answers alone."""


_KEYS: Final[Mapping[RegisterSort, Key]] = {
    RegisterSort.TIME: Key(WorkOrderRow.accepted_at, 22, "work_orders_by_time", is_descending=True),
    RegisterSort.DUE: Key(WorkOrderRow.due_at, 20, "work_orders_by_limit", absent=0),
    RegisterSort.STAGE: Key(WorkOrderRow.stage, 4, "work_orders_by_stage"),
    RegisterSort.AGENCY: Key(WorkOrderRow.agency, 17, "work_orders_by_agency", absent=""),
    RegisterSort.FINISHED: Key(WorkOrderRow.finished_at, 23, "work_orders_by_finish", is_descending=True, absent=0),
}


def key_of(query: RegisterQuery, *, is_open: bool) -> Key:
    """What this question is sorted by. `is_open`: only orders that have not ended are wanted, and they have an index by limit of their own."""
    key = _KEYS[query.sort]
    if query.sort is RegisterSort.DUE and is_open:
        return key._replace(walked="work_orders_by_due", only=(SQL('"t1"."open" = 1'),))
    if query.sort is RegisterSort.TIME:
        since = (WorkOrderRow.accepted_at >= query.since,) if query.since else ()
        until = (WorkOrderRow.accepted_at < query.until,) if query.until else ()
        return key._replace(only=(*since, *until))
    return key


class Edge(NamedTuple):
    """Where a page ended: the last row's arrival and value; how many rows are before the next, and how many are known of in all (fewer
    than there are, where `more`), so that only the first page counts them."""

    row: int
    place: int
    total: int
    more: int
    value: int | str

    @classmethod
    def read(cls, after: str, key: Key) -> Edge:
        row, place, total, more, value = after.split(" ", 4)
        return cls(int(row), int(place), int(total), int(more), value if isinstance(key.absent, str) else int(value))

    @classmethod
    def of(cls, row: Row, key: Key, place: int, known: tuple[int, int]) -> Edge:
        """Behind this row."""
        value = cast("int | str | None", row[key.place])
        absent = cast("int | str", key.absent)
        return cls(cast("int", row[0]), place, *known, absent if value is None else value)

    def written(self) -> str:
        return f"{self.row} {self.place} {self.total} {self.more} {self.value}"


class Walk:
    """The wanted rows along one key. Two plain walks along an index are quicker than one sort of everything."""

    def __init__(self, db: SqlCipherDatabase, wanted: Select, key: Key, *, descends: bool) -> None:
        self._db, self._wanted, self._key, self._descends = db, wanted, key, descends

    def rows(self, edge: Edge | None, limit: int, *, skip: int = 0, index: str) -> list[Row]:
        """So many after the edge, less the first few, along this index."""
        if index == self._key.walked:
            return self._taken(self._wanted, edge, (limit, skip), index=index)
        taken = self._taken(self._wanted.select(WorkOrderRow.row), edge, (limit, skip), index=index)
        numbers = [cast("int", row[0]) for row in taken]
        found = self.among(numbers)
        return [found[row] for row in numbers if row in found]

    def sorted(self, rows: Sequence[int], edge: Edge | None, limit: int, *, skip: int = 0) -> list[Row]:
        """The same of these rows only: they are read and sorted."""
        return self._taken(self._wanted.where(_is_in(rows)), edge, (limit, skip), index="")

    def numbers_in_order(self, wanted: Select, limit: int, *, index: str) -> list[int]:
        """The arrival numbers alone of all these rows."""
        found = self._taken(wanted.select(WorkOrderRow.row), None, (limit, 0), index=index)
        return [cast("int", row[0]) for row in found]

    def counted(self, limit: int, *, index: str) -> int:
        """How many there are, up to a limit, looked for along this index (not one of some rows only)."""
        return sum(1 for _ in self._run(self._wanted.select(SQL("1")).limit(limit), index))

    def counted_among(self, rows: Sequence[int]) -> int:
        """How many of these are wanted."""
        return sum(1 for _ in self._run(self._wanted.where(_is_in(rows)).select(SQL("1")), "")) if rows else 0

    def numbers(self, edge: Edge | None) -> Iterator[int]:
        """The arrival numbers after the edge, wanted or not, read from the index alone."""
        everything = WorkOrderRow.select(WorkOrderRow.row)
        everything = everything.where(*self._key.only) if self._key.only else everything
        if edge is None or edge.value != self._key.absent:
            yield from (cast("int", row[0]) for row in self._run(self._with(everything, edge), self._key.walked))
            edge = None
        if self._key.absent is not None:
            rest = self._without(everything, edge.row if edge else None)
            yield from (cast("int", row[0]) for row in self._run(rest, self._key.walked))

    def among(self, rows: Sequence[int]) -> dict[int, Row]:
        """Those of these rows that are wanted, by their arrival."""
        return {cast("int", row[0]): row for row in self._run(self._wanted.where(_is_in(rows)), "")} if rows else {}

    def values_among(self, rows: Sequence[int], edge: Edge | None) -> list[tuple[int, int]]:
        """Value and arrival of those of these rows that are wanted and after the edge, in no order. By time only."""
        here = self._ahead(self._wanted, edge).where(_is_in(rows)).select(self._key.field, WorkOrderRow.row)
        return cast("list[tuple[int, int]]", list(self._run(here, "")))

    def _taken(self, wanted: Select, edge: Edge | None, counts: tuple[int, int], *, index: str) -> list[Row]:
        limit, skip = counts
        if edge is not None and edge.value == self._key.absent:
            return list(self._run(self._without(wanted, edge.row).limit(limit).offset(skip), index))
        found = list(self._run(self._with(wanted, edge).limit(limit).offset(skip), index))
        if self._key.absent is None or len(found) == limit:
            return found
        rest = max(0, skip - self._ahead(wanted, edge).count(self._db)) if skip and not found else 0
        left = self._without(wanted, None).limit(limit - len(found)).offset(rest)
        return found + list(self._run(left, index))

    def _ahead(self, wanted: Select, edge: Edge | None) -> Select:
        """Those that have a value, after the edge."""
        field, row = self._key.field, WorkOrderRow.row
        if self._key.absent is not None:
            wanted = wanted.where(field != "" if self._key.absent == "" else field > 0)
        if edge is None:
            return wanted
        if self._descends:
            return wanted.where((field <= edge.value) & ((field < edge.value) | (row < edge.row)))
        return wanted.where((field >= edge.value) & ((field > edge.value) | (row > edge.row)))

    def _with(self, wanted: Select, edge: Edge | None) -> Select:
        field, row = self._key.field, WorkOrderRow.row
        by = (field.desc(), row.desc()) if self._descends else (field, row)
        return self._ahead(wanted, edge).order_by(*by)

    def _without(self, wanted: Select, after: int | None) -> Select:
        field, row = self._key.field, WorkOrderRow.row
        here = wanted.where(field.is_null() if field.null else field == self._key.absent)
        if after is not None:
            here = here.where(row < after if self._descends else row > after)
        return here.order_by(row.desc() if self._descends else row)

    def _run(self, asked: Select, index: str) -> Iterator[Row]:
        """With the key's own index: without figures of how often values stand SQLite takes any filter's index for the better one. peewee
        only writes the question; converting a thousand rows of 33 cells would take longer than reading them."""
        sql, values = self._db.get_sql_context().sql(asked).query()
        if index and (self._key.field.null is False or "IS NULL" not in sql):
            sql = sql.replace(' AS "t1"', f' AS "t1" INDEXED BY {index}', 1)
        return iter(self._db.connection().execute(sql, values))


def _is_in(rows: Sequence[int]) -> Node:
    return SQL(f'"t1"."row" IN ({",".join(map(str, rows))})')
