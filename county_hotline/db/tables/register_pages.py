"""台账 by pages: rows in the order of one key, begun where the page before ended, in either direction; further on in one leap.

However many orders there are, few are looked at. A question is taken apart into what indexes answer by arrival, the text's among them, and
short sets (`asked_parts`). What one of them has few of is read and sorted. Else either rows are taken from the newest arrival on until none that
is newer can be left (`spans`), where few of all orders pass, or they are picked out of a walk along the key's index, which reads row
numbers alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property
from itertools import islice
from typing import Final, Self, cast
from weakref import WeakKeyDictionary

from peewee import SQL
from playhouse.sqlcipher_ext import SqlCipherDatabase

from county_hotline.db.models import WorkOrderRow
from county_hotline.db.tables import asked_parts, search
from county_hotline.db.tables.members import READ, Arrivals, Members, Rows, Source, Window, sparsest_first, within
from county_hotline.db.tables.queries import filtered, is_everything, row_of
from county_hotline.db.tables.spans import BLOCK_BITS, Bounds
from county_hotline.db.tables.walks import Edge, Row, Walk, key_of
from county_hotline.domain.views import RegisterPage, RegisterQuery, RegisterRow, RegisterSort

COUNTED: Final = 1_000
"""Of a list that is narrowed so many are counted at first; the number grows as one reads on."""
SORTED: Final = 4_000
"""So many are quicker read and sorted than picked out of a walk in which one of hundreds is wanted."""
LONGEST: Final = 4_000
"""So many of a walk are looked at together."""
LONG_SPAN: Final = 40_000
"""Of so many orders a span of time is rather walked along another key than read and sorted."""
READ_TO_WALKED: Final = 6
"""Reading a row costs as much as so many steps along an index."""


def register(
    db: SqlCipherDatabase, query: RegisterQuery, *, after: str | None, limit: int, regions: search.Regions = search.NO_REGIONS
) -> RegisterPage:
    """A page of 台账. `after` is the `next_after` of the page before, or what `further` answered. Raises ValueError for another text."""
    with _Asked(db, query, regions, after) as asked:
        rows = asked.rows(limit + 1)
        shown, place = rows[:limit], asked.edge.place if asked.edge else 0
        if len(rows) <= limit:
            return RegisterPage(tuple(map(row_of, shown)), place + len(shown), None)
        total, more = asked.count()
        total = max(total, place + len(rows))
        following = Edge.of(shown[-1], asked.key, place + len(shown), (total, more)).written()
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
    with _Asked(db, query, regions, after) as asked:
        found = asked.rows(1, skip=rows - 1) if rows > 0 else []
        if not found:
            return None
        total, more = asked.count()
        place = (asked.edge.place if asked.edge else 0) + rows
        return Edge.of(found[0], asked.key, place, (max(total, place), more)).written()


def arrivals(
    db: SqlCipherDatabase, query: RegisterQuery, *, limit: int, regions: search.Regions = search.NO_REGIONS
) -> list[int]:
    """The rows of the whole list in its order, by their arrival: what was listed at one moment, however long one reads it."""
    with _Asked(db, query, regions, None) as asked:
        return asked.arrivals(limit)


def arrived(db: SqlCipherDatabase, rows: Sequence[int]) -> tuple[RegisterRow, ...]:
    """These rows, in the order given; those no longer here are left out."""
    found = WorkOrderRow.select().where(WorkOrderRow.row.in_(rows)).tuples().execute(db)
    by_arrival = {row[0]: row_of(row) for row in found}
    return tuple(by_arrival[row] for row in rows if row in by_arrival)


class _Asked:
    """One question to 台账. A context: what the indexes still have to say is given up at its end."""

    def __init__(self, db: SqlCipherDatabase, query: RegisterQuery, regions: search.Regions, after: str | None) -> None:
        self._db, self._query = db, query
        self.key = key_of(query, is_open=asked_parts.is_open(query))
        self.edge = None if after is None else Edge.read(after, self.key)
        self._descends = self.key.is_descending != query.is_reversed
        self._wanted = filtered(query)
        self._walk = Walk(db, self._wanted, self.key, descends=self._descends)
        self._text = asked_parts.text_of(query, regions)
        self._is_nothing = bool(query.text.strip()) and search.wanted(query.text, regions) is None
        self._is_nothing |= bool(query.stages) and not asked_parts.stages_of(query)
        self._sets, self._are_all_short = asked_parts.short_sets(db.connection(), query)
        self._open: list[Arrivals] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        for each in self._open:
            each.close()

    def rows(self, limit: int, *, skip: int = 0) -> list[Row]:
        """So many after the edge, less the first few."""
        if self._is_nothing:
            return []
        if not self._parts and (index := self._walked()):
            return self._walk.rows(self.edge, limit, skip=skip, index=index)
        if not self._parts:
            return list(islice(self._picked(), skip, skip + limit))
        rows = self._few()
        if rows is not None:
            return self._walk.sorted(rows, self.edge, limit, skip=skip)
        if self._query.sort is RegisterSort.TIME and self._is_rather_read(limit + skip):
            return self._by_arrival(limit + skip)[skip:]
        return list(islice(self._picked(), skip, skip + limit))

    def count(self) -> tuple[int, int]:
        """How many rows are known of, and whether (1) there may be more."""
        if self.edge is not None:
            return self.edge.total, self.edge.more
        if self._is_nothing:
            return 0, 0
        if not self._parts and is_everything(self._query):
            return _all_orders(self._db), 0
        if not self._parts:
            index = self.key.walked if self._query.sort is RegisterSort.DUE and not self._query.since else "work_orders_by_time"
            found = self._walk.counted(COUNTED + 1, index=index)
        else:
            found = self._counted(is_told=asked_parts.are_told(self._query, all_short=self._are_all_short))
        return min(found, COUNTED), int(found > COUNTED)

    def _counted(self, *, is_told: bool) -> int:
        first, *others = sparsest_first(self._parts)
        found = 0
        for some in first.chunks():
            rows = within(others, some)
            found += len(rows) if is_told else self._walk.counted_among(rows)
            if found > COUNTED:
                break
        return found

    def arrivals(self, limit: int) -> list[int]:
        """The rows of the whole list, by arrival. Everything is read once, so one sort is as good as any walk."""
        if self._is_nothing:
            return []
        if not self._parts:
            return self._walk.numbers_in_order(self._wanted, limit, index=self.key.walked)
        first, *others = sparsest_first(self._parts)
        rows = [row for some in first.chunks() for row in within(others, some)]
        db = self._db.connection()
        db.execute("CREATE TEMP TABLE IF NOT EXISTS listed (row INTEGER PRIMARY KEY)")
        db.execute("DELETE FROM listed")
        db.executemany("INSERT INTO listed VALUES (?)", ((row,) for row in rows))
        here = self._wanted.where(SQL('EXISTS (SELECT 1 FROM listed WHERE listed.row = "t1"."row")'))
        return self._walk.numbers_in_order(here, limit, index="")

    def _walked(self) -> str:
        """The index to walk along where no part is asked. By another key than time a short span of time is read and sorted; empty: of a long one
        rows are picked."""
        query = self._query
        if query.sort is RegisterSort.TIME or not (query.since or query.until):
            return self.key.walked
        sql = "SELECT count(*) FROM (SELECT 1 FROM work_orders WHERE accepted_at >= ? AND accepted_at < ? LIMIT ?)"
        values = (query.since, query.until or 1 << 62, LONG_SPAN)
        (count,) = self._db.connection().execute(sql, values).fetchone()
        return "" if count == LONG_SPAN else "work_orders_by_time"

    @cached_property
    def _parts(self) -> list[Members]:
        db, window = self._db.connection(), self._window()
        sources = [] if self._text is None else [Source.of_text(db, self._text)]
        sources += asked_parts.by_arrival(self._query)
        descends = self._descends or self._query.sort is not RegisterSort.TIME
        self._open = [Arrivals(db, source, window, descends=descends) for source in sources]
        return [*self._open, *self._sets]

    def _window(self) -> Window:
        """Between which arrivals everything lies that is wanted from the edge on."""
        query, by_time = self._query, self._query.sort is RegisterSort.TIME
        newest = [query.until - 1] if query.until else []
        oldest = [query.since] if query.since else []
        if self.edge is not None and by_time:
            (newest if self._descends else oldest).append(cast("int", self.edge.value))
        bounds = self._bounds if newest or oldest else None
        return Window(
            bounds.first_arrival(max(oldest), descends=False) if bounds and oldest else None,
            bounds.first_arrival(min(newest), descends=True) if bounds and newest else None,
        )

    @cached_property
    def _bounds(self) -> Bounds:
        return Bounds(self._db.connection())

    def _few(self) -> list[int] | None:
        """All rows that every part has, where one has few, or where a walk would look at hundreds for one."""
        for part in self._parts:
            if (few := part.few()) is not None:
                return within([other for other in self._parts if other is not part], few)
        first, *others = sparsest_first(self._parts)
        if isinstance(first, Rows) or self._query.sort is RegisterSort.TIME:
            return None
        rows: list[int] = []
        for some in first.chunks():
            rows += some
            if len(rows) > SORTED:
                return None
        return within(others, rows)

    def _is_rather_read(self, limit: int) -> bool:
        """Whether by time it is quicker to read what arrived than to walk: where few of all orders pass. Of what arrived a block and a half have to
        be read before it is known that nothing newer is left."""
        first = sparsest_first(self._parts)[0]
        if not isinstance(first, Arrivals):
            return False
        begin = self._window().last if self._descends else self._window().first
        sql = f"SELECT coalesce({'max' if self._descends else 'min'}(row), 0) FROM work_orders"
        begin = cast("int", self._db.connection().execute(sql).fetchone()[0]) if begin is None else begin
        walked = (limit * first.spacing() + abs(begin - first.begins)) / self._all_spacing()
        return walked > READ_TO_WALKED * (limit + 1.5 * (1 << BLOCK_BITS) / first.spacing())

    def _all_spacing(self) -> float:
        """How far apart the newest orders lie, in arrival numbers."""
        sql = "SELECT max(row) - min(row), count(*) FROM (SELECT row FROM work_orders ORDER BY row DESC LIMIT ?)"
        far, count = cast("tuple[int | None, int]", self._db.connection().execute(sql, (READ,)).fetchone())
        return max(1.0, (far or 0) / max(1, count))

    def _by_arrival(self, limit: int) -> list[Row]:
        """By time: rows from one end on, until what was not looked at yet can only come after them."""
        first, *others = sparsest_first(self._parts)
        best: list[tuple[int, int]] = []
        for taken in first.chunks():
            if some := within(others, taken):
                best += self._walk.values_among(some, self.edge)
                best.sort(reverse=self._descends)
                del best[limit:]
            if self._is_over(taken[-1], best, limit):
                break
        found = self._walk.among([row for _, row in best])
        return [found[row] for _, row in best if row in found]

    def _is_over(self, row: int, best: Sequence[tuple[int, int]], limit: int) -> bool:
        bound = self._bounds.newest_before(row) if self._descends else self._bounds.oldest_after(row)
        if bound is None:
            return True
        if len(best) < limit:
            return False
        return bound <= best[-1][0] if self._descends else bound >= best[-1][0]

    def _picked(self) -> Iterator[Row]:
        """Along the key's index, those that every part has."""
        numbers, size, window = self._walk.numbers(self.edge), READ, self._window()
        parts = sparsest_first(self._parts)
        while some := list(islice(numbers, size)):
            members = within(parts, [row for row in some if window.holds(row)])
            found = self._walk.among(members)
            yield from (found[row] for row in members if row in found)
            size = min(LONGEST, READ * size // max(1, len(found)))


_TOTALS: WeakKeyDictionary[SqlCipherDatabase, tuple[int, int, int]] = WeakKeyDictionary()
"""Of each file, the last arrival, how many orders there were up to it, and how often that was asked since they were counted."""
RECOUNTED: Final = 200


def _all_orders(db: SqlCipherDatabase) -> int:
    """How many orders there are: they only grow, but for one whose first record was held back; so all are counted at every
    two-hundredth time only, from the shortest index; else those that came since."""
    last, known, asked = _TOTALS.get(db, (0, 0, RECOUNTED))
    if asked >= RECOUNTED:
        last, known, asked = 0, 0, 0
    narrowed = "WHERE row > ?" if last else ""
    sql = f"SELECT (SELECT count(*) FROM work_orders {narrowed}), (SELECT coalesce(max(row), ?) FROM work_orders)"
    came, newest = db.execute_sql(sql, (last, last) if last else (last,)).fetchone()
    _TOTALS[db] = newest, known + came, asked + 1
    return int(known + came)
