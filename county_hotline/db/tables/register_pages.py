"""台账 by pages: rows in the order of one key, begun where the page before ended, in either direction; further on in one leap.

However many orders there are, few are looked at. What was typed and what an order is are asked of the text index, what is waited for of
short indexes (`members`). Few hits are read and sorted. Many are taken from the newest arrival on until none that is newer can be left
(`spans`), or, for another order than that of time, picked out of a walk along the key's index, which reads row numbers alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Final, NamedTuple, Self, cast
from weakref import WeakKeyDictionary

from peewee import SQL, Field, ModelSelect
from playhouse.sqlcipher_ext import SqlCipherDatabase

from county_hotline.db.models import WorkOrderRow
from county_hotline.db.tables import relations, search, tallies
from county_hotline.db.tables.members import FEW, MANY, Hits, Members, Rows, counted, listed, within
from county_hotline.db.tables.queries import filtered, is_everything, row_of
from county_hotline.db.tables.spans import Bounds
from county_hotline.domain.civil_time import start_of_day_ms
from county_hotline.domain.views import RegisterPage, RegisterQuery, RegisterRow, RegisterSort
from county_hotline.domain.vocabulary import AssignmentState

COUNTED: Final = 1_000
"""Of a list that is narrowed so many are counted at first; the number grows as one reads on."""
READ: Final = 64
Row = tuple[object, ...]


class _Key(NamedTuple):
    """What is sorted by. Rows whose value is `absent` come last; None: every row has one."""

    field: Field
    place: int
    """Of the column within a row."""
    walked: str
    """The index that has them in order."""
    is_descending: bool = False
    absent: int | str | None = None


_KEYS: Final[Mapping[RegisterSort, _Key]] = {
    RegisterSort.TIME: _Key(WorkOrderRow.accepted_at, 22, "work_orders_by_time", is_descending=True),
    RegisterSort.DUE: _Key(WorkOrderRow.due_at, 20, "work_orders_by_limit", absent=0),
    RegisterSort.STAGE: _Key(WorkOrderRow.stage, 4, "work_orders_by_stage"),
    RegisterSort.AGENCY: _Key(WorkOrderRow.agency, 17, "work_orders_by_agency", absent=""),
    RegisterSort.FINISHED: _Key(WorkOrderRow.finished_at, 23, "work_orders_by_finish", is_descending=True, absent=0),
}


class _Edge(NamedTuple):
    """Where a page ended: the last row's arrival and value; how many rows are before the next, and how many are known of in all (fewer
    than there are, where `more`), so that only the first page counts them."""

    row: int
    place: int
    total: int
    more: int
    value: int | str

    @classmethod
    def read(cls, after: str, key: _Key) -> _Edge:
        row, place, total, more, value = after.split(" ", 4)
        return cls(int(row), int(place), int(total), int(more), value if isinstance(key.absent, str) else int(value))

    def written(self) -> str:
        return f"{self.row} {self.place} {self.total} {self.more} {self.value}"


def register(
    db: SqlCipherDatabase, query: RegisterQuery, *, after: str | None, limit: int, regions: search.Regions = search.NO_REGIONS
) -> RegisterPage:
    """A page of 台账. `after` is the `next_after` of the page before, or what `further` answered. Raises ValueError for another text."""
    with _Asked(db, query, regions) as asked:
        edge = None if after is None else _Edge.read(after, asked.key)
        rows = asked.rows(edge, limit + 1)
        shown, place = rows[:limit], edge.place if edge else 0
        if len(rows) <= limit:
            return RegisterPage(tuple(map(row_of, shown)), place + len(shown), None)
        total, more = (edge.total, edge.more) if edge else asked.count()
        total = max(total, place + len(rows))
        following = _edge_of(shown[-1], asked.key, place + len(shown), total, more).written()
        return RegisterPage(tuple(map(row_of, shown)), total, following, is_more=bool(more))


def further(
    db: SqlCipherDatabase,
    query: RegisterQuery,
    *,
    after: str | None,
    rows: int,
    regions: search.Regions = search.NO_REGIONS,
) -> str | None:
    """From where a page begins so many rows further on than after `after`: one question, however far. None where there are not that many."""
    with _Asked(db, query, regions) as asked:
        edge = None if after is None else _Edge.read(after, asked.key)
        found = asked.rows(edge, 1, skip=rows - 1) if rows > 0 else []
        if not found:
            return None
        total, more = (edge.total, edge.more) if edge else asked.count()
        place = (edge.place if edge else 0) + rows
        return _edge_of(found[0], asked.key, place, max(total, place), more).written()


def arrivals(
    db: SqlCipherDatabase, query: RegisterQuery, *, limit: int, regions: search.Regions = search.NO_REGIONS
) -> list[int]:
    """The rows of the whole list in its order, by their arrival: what was listed at one moment, however long one reads it."""
    with _Asked(db, query, regions) as asked:
        return asked.arrivals(limit)


def arrived(db: SqlCipherDatabase, rows: Sequence[int]) -> tuple[RegisterRow, ...]:
    """These rows, in the order given; those no longer here are left out."""
    found = WorkOrderRow.select().where(WorkOrderRow.row.in_(rows)).tuples().execute(db)
    by_arrival = {row[0]: row_of(row) for row in found}
    return tuple(by_arrival[row] for row in rows if row in by_arrival)


def _edge_of(row: Row, key: _Key, place: int, total: int, more: int) -> _Edge:
    value = cast("int | str | None", row[key.place])
    return _Edge(cast("int", row[0]), place, total, more, cast("int | str", key.absent) if value is None else value)


class _Asked:
    """One question to 台账. A context: what the index still has to say is given up at its end."""

    def __init__(self, db: SqlCipherDatabase, query: RegisterQuery, regions: search.Regions) -> None:
        self._db, self._query, self.key = db, query, _KEYS[query.sort]
        self._descends = self.key.is_descending != query.is_reversed
        self._wanted = filtered(query)
        typed = search.wanted(query.text, regions) if query.text.strip() else None
        self._is_nothing = bool(query.text.strip()) and typed is None
        self._match = search.of_kinds(_kinds(query), typed)
        self._sets: list[Rows] = [
            rows for question, values in _short(query) if (rows := Rows.of(db.connection(), question, values)) is not None
        ]
        self._open: list[Hits] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for hits in self._open:
            hits.close()

    def rows(self, edge: _Edge | None, limit: int, *, skip: int = 0) -> list[Row]:
        """So many after the edge, less the first few."""
        if self._is_nothing:
            return []
        parts = self._parts(edge)
        few = next((few for part in parts if (few := part.few()) is not None), None)
        if few is None and parts and isinstance(parts[0], Hits) and self._query.sort is RegisterSort.TIME:
            return self._by_arrival(parts[0], parts[1:], edge, limit + skip)[skip:]
        rows = within(parts, few) if few is not None else listed(parts, MANY) if parts else None
        walk = self._walk(self._wanted, self.key.walked)
        if rows is not None and len(rows) <= FEW:
            here = self._wanted.where(WorkOrderRow.row.in_(rows))
            return self._walk(here, "").rows(edge, limit, skip=skip)
        if rows is not None:
            return self._walk(self._among(rows), self.key.walked).rows(edge, limit, skip=skip)
        if not parts:
            return walk.rows(edge, limit, skip=skip)
        return list(islice(self._picked(walk, parts, edge), skip, skip + limit))

    def _walk(self, wanted: ModelSelect[WorkOrderRow], index: str, *, whole: bool = True) -> _Walk:
        return _Walk(self._db, wanted, self.key, descends=self._descends, index=index, whole=whole)

    def _among(self, rows: Sequence[int]) -> ModelSelect[WorkOrderRow]:
        """The wanted of many rows: SQLite looks them up in a table in memory while it walks."""
        db = self._db.connection()
        db.execute("CREATE TEMP TABLE IF NOT EXISTS listed (row INTEGER PRIMARY KEY)")
        db.execute("DELETE FROM listed")
        db.executemany("INSERT INTO listed VALUES (?)", ((row,) for row in rows))
        return self._wanted.where(SQL('EXISTS (SELECT 1 FROM listed WHERE listed.row = "t1"."row")'))

    def arrivals(self, limit: int) -> list[int]:
        """The rows of the whole list, by arrival. Everything is read once, so one sort is as good as any walk."""
        if self._is_nothing:
            return []
        parts = self._parts(None)
        if not parts:
            walk = self._walk(self._wanted, self.key.walked, whole=False)
        else:
            shortest, *others = sorted(parts, key=lambda part: part.few() is None)
            rows = [row for row in shortest if all(row in other for other in others)]
            here = self._among(rows) if len(rows) > FEW else self._wanted.where(WorkOrderRow.row.in_(rows))
            walk = self._walk(here, "", whole=False)
        return [cast("int", row[0]) for row in walk.rows(None, limit)]

    def count(self) -> tuple[int, int]:
        """How many rows are known of, and whether (1) there may be more."""
        parts = self._parts(None)
        if self._is_nothing:
            return 0, 0
        if not parts and is_everything(self._query):
            return _all_orders(self._db), 0
        if parts and not _is_told_by_its_columns(self._query, len(self._sets)):
            found = counted(parts, COUNTED + 1)
        elif parts:
            found = self._counted_by_reading(parts)
        else:
            found = self._wanted.select(SQL("1")).limit(COUNTED + 1).count(self._db)
        return min(found, COUNTED), int(found > COUNTED)

    def _counted_by_reading(self, parts: Sequence[Members]) -> int:
        shortest, *others = sorted(parts, key=lambda part: part.few() is None)
        rows, found = (row for row in shortest if all(row in other for other in others)), 0
        while found <= COUNTED and (some := list(islice(rows, 500))):
            found += self._wanted.where(WorkOrderRow.row.in_(some)).count(self._db)
        return found

    def _parts(self, edge: _Edge | None) -> list[Members]:
        if self._match is None:
            return list(self._sets)
        until = None
        if edge is not None and self._query.sort is RegisterSort.TIME:
            until = Bounds(self._db.connection()).first_arrival(cast("int", edge.value), descends=self._descends)
        hits = Hits(
            self._db.connection(),
            self._match,
            descends=self._descends or self._query.sort is not RegisterSort.TIME,
            until=until,
        )
        self._open.append(hits)
        return [hits, *self._sets]

    def _by_arrival(self, hits: Hits, others: Sequence[Members], edge: _Edge | None, limit: int) -> list[Row]:
        """By time: hits from one end on, until what was not looked at yet can only come after them."""
        bounds = Bounds(self._db.connection())
        walk = self._walk(self._wanted, "")
        best: list[Row] = []
        size = READ
        while taken := hits.take(size):
            if some := within(others, taken):
                best += walk.among(some, edge)
                best.sort(key=lambda row: (row[self.key.place], row[0]), reverse=self._descends)
                del best[limit:]
            if self._is_over(bounds, taken[-1], best, limit):
                break
            size = min(2 * size, 1_000)
        return best

    def _is_over(self, bounds: Bounds, row: int, best: Sequence[Row], limit: int) -> bool:
        bound = bounds.newest_before(row) if self._descends else bounds.oldest_after(row)
        if bound is None or (self._descends and bound < self._query.since):
            return True
        if len(best) < limit:
            return False
        last = cast("int", best[-1][self.key.place])
        return bound <= last if self._descends else bound >= last

    def _picked(self, walk: _Walk, parts: Sequence[Members], edge: _Edge | None) -> Iterator[Row]:
        """Along the key's index, those that every part has."""
        numbers = walk.numbers(edge)
        picked = (row for row in numbers if all(row in part for part in parts))
        size = READ
        while some := list(islice(picked, size)):
            found = {row[0]: row for row in walk.among(some, None)}
            yield from (found[row] for row in some if row in found)
            size = 500


_TOTALS: WeakKeyDictionary[SqlCipherDatabase, tuple[int, int, int]] = WeakKeyDictionary()
"""Of each file, the last arrival, how many orders there were up to it, and how often that was asked since they were counted."""
RECOUNTED: Final = 50


def _all_orders(db: SqlCipherDatabase) -> int:
    """How many orders there are: they only grow, but for one whose first record was held back; so all are counted at every fiftieth time
    only, else those that came since."""
    last, known, asked = _TOTALS.get(db, (0, 0, RECOUNTED))
    if asked >= RECOUNTED:
        last, known, asked = 0, 0, 0
    came, newest = db.execute_sql(
        "SELECT count(*), coalesce(max(row), ?) FROM work_orders WHERE row > ?", (last, last)
    ).fetchone()
    _TOTALS[db] = newest, known + came, asked + 1
    return int(known + came)


def _kinds(query: RegisterQuery) -> list[tuple[str, str]]:
    """What the index knows of an order besides its words; the letters are those of `projection._kinds`."""
    told = {
        "p": query.place if len(query.place) in (6, 9, 12) else "",
        "c": query.category if len(query.category) in (2, 4, 6, 8) else "",
        "h": query.channel.value if query.channel else "",
        "k": query.matter_kind.value if query.matter_kind else "",
        "u": query.urgency.value if query.urgency else "",
        "e": query.event,
        "z": query.campaign,
        "s": "1" if query.confidential_only else "",
        "a": query.agency,
    }
    return [(letter, code) for letter, code in told.items() if search.flat(code)]


def _short(query: RegisterQuery) -> Iterator[tuple[str, Sequence[object]]]:
    """Questions whose answers are short, each from an index of its own: what is waited for is never most of a million orders."""
    orders = "SELECT row FROM work_orders INDEXED BY"
    if query.stages:
        asked = ",".join("?" * len(query.stages))
        yield f"{orders} work_orders_by_stage WHERE stage IN ({asked})", [int(stage) for stage in query.stages]
    if query.overdue_at or query.overdue_before:
        late = query.overdue_at - 1 if query.overdue_at else start_of_day_ms(query.overdue_before)
        yield f"{orders} work_orders_by_due WHERE open = 1 AND due_at > 0 AND due_at <= ?", [late]
    flags = {
        f"{orders} work_orders_by_due WHERE open = 1": query.ended is False and not query.stages,
        f"{orders} work_orders_waiting WHERE unsent > 0": query.waiting_only,
        f"{orders} work_orders_clashing WHERE clashes > 0": query.clashes_only,
        f"SELECT row FROM assignments WHERE state = {int(AssignmentState.SUSPENDED)}": query.suspended_only,
    }
    yield from ((question, []) for question, is_asked in flags.items() if is_asked)
    if query.cluster:
        yield relations.MEMBERS, [query.cluster]
    if query.figure is not None:
        question, values = tallies.listed(query.figure)
        yield f"SELECT * FROM {question}", values
    if (query.since or query.until) and query.sort is not RegisterSort.TIME:
        until = query.until or 1 << 62
        yield f"{orders} work_orders_by_time WHERE accepted_at >= ? AND accepted_at < ?", [query.since, until]


def _is_told_by_its_columns(query: RegisterQuery, sets: int) -> bool:
    """Whether something is asked that no part answers: then the rows have to be read."""
    told = sets == sum(1 for _ in _short(query)) and query.ended is not True and not (query.since or query.until)
    return not told or len(query.place) not in (0, 6, 9, 12) or len(query.category) not in (0, 2, 4, 6, 8)


class _Walk:
    """The wanted rows along one key. Two plain walks along an index are quicker than one sort of everything."""

    def __init__(
        self,
        db: SqlCipherDatabase,
        wanted: ModelSelect[WorkOrderRow],
        key: _Key,
        *,
        descends: bool,
        index: str,
        whole: bool = True,
    ) -> None:
        self._db, self._wanted, self._key, self._whole = db, wanted, key, whole
        self._descends, self._index = descends, index

    def rows(self, edge: _Edge | None, limit: int, *, skip: int = 0) -> list[Row]:
        """So many after the edge, less the first few."""
        if edge is not None and edge.value == self._key.absent:
            return self._taken(self._without(edge.row), limit, skip)
        found = self._taken(self._with(edge), limit, skip)
        if self._key.absent is None or len(found) == limit:
            return found
        rest = max(0, skip - self._ahead(edge).count(self._db)) if skip and not found else 0
        return found + self._taken(self._without(None), limit - len(found), rest)

    def among(self, rows: Sequence[int], edge: _Edge | None) -> list[Row]:
        """Those of these rows that are wanted and after the edge, in no order. By time only, where there is an edge."""
        here = self._ahead(edge) if edge is not None else self._wanted
        return list(here.where(WorkOrderRow.row.in_(rows)).tuples().execute(self._db))

    def numbers(self, edge: _Edge | None) -> Iterator[int]:
        """The arrival numbers after the edge, wanted or not, read from the index alone."""
        everything = _Walk(
            self._db, WorkOrderRow.select(WorkOrderRow.row), self._key, descends=self._descends, index=self._index
        )
        if edge is None or edge.value != self._key.absent:
            yield from (cast("int", row[0]) for row in everything._run(everything._with(edge)))
            edge = None
        if self._key.absent is not None:
            yield from (cast("int", row[0]) for row in everything._run(everything._without(edge.row if edge else None)))

    def _ahead(self, edge: _Edge | None) -> ModelSelect[WorkOrderRow]:
        """Those that have a value, after the edge."""
        field, row = self._key.field, WorkOrderRow.row
        here = self._wanted
        if self._key.absent is not None:
            here = here.where(field != "" if self._key.absent == "" else field > 0)
        if edge is None:
            return here
        if self._descends:
            return here.where((field <= edge.value) & ((field < edge.value) | (row < edge.row)))
        return here.where((field >= edge.value) & ((field > edge.value) | (row > edge.row)))

    def _with(self, edge: _Edge | None) -> ModelSelect[WorkOrderRow]:
        field, row = self._key.field, WorkOrderRow.row
        by = (field.desc(), row.desc()) if self._descends else (field, row)
        return self._ahead(edge).order_by(*by)

    def _without(self, after: int | None) -> ModelSelect[WorkOrderRow]:
        field, row = self._key.field, WorkOrderRow.row
        here = self._wanted.where(field.is_null() if field.null else field == self._key.absent)
        if after is not None:
            here = here.where(row < after if self._descends else row > after)
        return here.order_by(row.desc() if self._descends else row)

    def _taken(self, ordered: ModelSelect[WorkOrderRow], limit: int, skip: int) -> list[Row]:
        if not self._whole:
            ordered = ordered.select(WorkOrderRow.row)
        return list(self._run(ordered.limit(limit).offset(skip)))

    def _run(self, asked: ModelSelect[WorkOrderRow]) -> Iterator[Row]:
        """With the key's own index: without figures of how often values stand SQLite takes any filter's index for the better one."""
        sql, values = self._db.get_sql_context().sql(asked).query()
        if self._index and (self._key.field.null is False or "IS NULL" not in sql):
            sql = sql.replace(' AS "t1"', f' AS "t1" INDEXED BY {self._index}', 1)
        return iter(self._db.connection().execute(sql, values))
