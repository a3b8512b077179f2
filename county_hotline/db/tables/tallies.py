"""总览 as the tables have it: counts over the narrow rows of `measures`. One condition a figure, for its count and for its list alike.

Days of acceptance come from the index over `work_orders` alone, what is open from the index of what is open: an order's words are not read.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Final, NamedTuple

import msgspec
from sqlcipher3.dbapi2 import Connection

from county_hotline.domain import rates
from county_hotline.domain.civil_time import DAY_MS, civil, start_of_day_ms
from county_hotline.domain.rates import Formula, Population
from county_hotline.domain.tallies import NONE, OTHERS, STANDING, Counted, Day, Flow, Group, Ratio, Slice, Standing, UnitRate
from county_hotline.domain.tasks import TaskKind
from county_hotline.domain.vocabulary import ENDED

TOWNSHIP: Final = 9
HEAD: Final = 2
"""Digits of a township, and of a category's head."""
CHINA_MS: Final = 8 * 3_600_000
DAYS_AHEAD: Final = 7
_DAY_OF: Final = "({moment} + 28800000) / 86400000"
_ENDED: Final = ",".join(str(int(stage)) for stage in sorted(ENDED))
_TOWNSHIP_OF: Final = "CASE WHEN length(m.place) >= 9 THEN substr(m.place, 1, 9) ELSE '' END"
_BY_TIME: Final = "work_orders o CROSS JOIN measures m ON m.row = o.row"
_SPAN_OF: Final = {
    Population.ACCEPTED: (_BY_TIME, "o.accepted_at >= ? AND o.accepted_at < ?"),
    Population.DISPATCHED: ("measures m", "m.dispatched_at >= ? AND m.dispatched_at < ?"),
    Population.FINISHED: ("measures m", "m.finished_at >= ? AND m.finished_at < ?"),
}
_WHAT: Final = {
    Counted.ACCEPTED: (Population.ACCEPTED, ""),
    Counted.ANSWERED: (Population.ACCEPTED, "m.answered = 1"),
    Counted.DISPATCHED: (Population.DISPATCHED, ""),
    Counted.FINISHED: (Population.FINISHED, ""),
    Counted.IN_TIME: (Population.FINISHED, "m.in_time = 1"),
    Counted.FINISHED_LATE: (Population.FINISHED, "m.in_time = 0"),
    Counted.RATED: (Population.FINISHED, "m.satisfaction > 0"),
    Counted.SATISFIED: (Population.FINISHED, "m.satisfaction >= 4"),
    Counted.FAIRLY_SATISFIED: (Population.FINISHED, "m.satisfaction >= 3"),
    Counted.DISSATISFIED: (Population.FINISHED, "m.satisfaction BETWEEN 1 AND 2"),
    Counted.UNREACHED: (Population.FINISHED, "m.called = 0"),
    Counted.UNSOLVED: (Population.FINISHED, "m.solved = 0"),
    Counted.SIGNED_LATE: (Population.DISPATCHED, "m.signed < m.rounds"),
    Counted.REPLIED_LATE: (Population.DISPATCHED, "(m.replied = 0 OR {late})"),
}
_RATIOS: Final = {
    "signed_in_time": ("m.signed", "m.rounds", "m.rounds_apart"),
    "finished_in_time": ("m.in_time = 1", "m.in_time >= 0", "m.in_time < 0"),
    "satisfied": ("m.satisfaction >= 4", "m.satisfaction > 0", "m.satisfaction = 0"),
    "fairly_satisfied": ("m.satisfaction >= 3", "m.satisfaction > 0", "m.satisfaction = 0"),
    "solved": ("m.solved = 1", "m.solved >= 0", "m.solved < 0"),
    "called_back": ("m.called = 1", "m.called >= 0", "m.called < 0"),
    "answered": ("m.answered", "1", "0"),
}


class Rows(NamedTuple):
    """FROM and WHERE of a figure, with their values."""

    tables: str
    where: str
    values: tuple[object, ...]


def rows_of(wanted: Slice) -> Rows:
    """Which orders these are. `m` is their measures, `o` (where it stands in `tables`) their row."""
    if wanted.what in STANDING:
        tables, parts, values = _standing(wanted)
    else:
        population, more = _WHAT[wanted.what]
        tables, span = _SPAN_OF[population]
        more = more.replace("{late}", _unreplied(wanted.at))
        parts, values = [span, *([more] if more else [])], [wanted.since, wanted.until]
    for part, given in _filters(wanted):
        parts.append(part)
        values += given
    return Rows(tables, " AND ".join(parts), tuple(values))


def listed(wanted: Slice) -> tuple[str, list[object]]:
    """A query of their row numbers, with its values, for whoever lists them."""
    rows = rows_of(wanted)
    return f"(SELECT m.row FROM {rows.tables} WHERE {rows.where})", list(rows.values)


def told_of(wanted: Slice, row: str) -> tuple[str, list[object]]:
    """A condition on the order whose row number stands in the column `row`, with its values: only that order is looked at."""
    rows = rows_of(wanted)
    same = f"m.row = {row} AND o.row = {row}" if " o " in rows.tables else f"m.row = {row}"
    return f"EXISTS (SELECT 1 FROM {rows.tables} WHERE {same} AND {rows.where})", list(rows.values)


def count(db: Connection, wanted: Slice) -> int:
    """How many orders the figure counts."""
    rows = rows_of(wanted)
    found: int = db.execute(f"SELECT count(*) FROM {rows.tables} WHERE {rows.where}", rows.values).fetchone()[0]
    return found


def _standing(wanted: Slice) -> tuple[str, list[str], list[object]]:
    if wanted.what is Counted.TO_FOLLOW_UP:
        return "measures m", ["m.follow_up_by > 0"], []
    tables, parts = _BY_TIME, ["o.open = 1"]
    if wanted.what is Counted.OVERDUE:
        return tables, [*parts, "o.due_at > 0", "o.due_at < ?"], [wanted.until]
    if wanted.what is Counted.DUE:
        return tables, [*parts, "o.due_at >= ?", "o.due_at <= ?"], [max(1, wanted.since), wanted.until]
    if wanted.what is Counted.NO_LIMIT:
        return tables, [*parts, "o.due_at = 0"], []
    return tables, parts, []


def _filters(wanted: Slice) -> list[tuple[str, list[object]]]:
    found: list[tuple[str, list[object]]] = []
    if wanted.place == NONE:
        found.append((f"{_TOWNSHIP_OF} = ''", []))
    elif wanted.place:
        found.append(("m.place = ?", [wanted.place]) if wanted.is_place_alone else _beginning("m.place", wanted.place))
    if wanted.category:
        found.append(_beginning("m.category", wanted.category) if wanted.category != NONE else ("m.category = ''", []))
    if wanted.agency:
        found.append(("m.agency = ?", ["" if wanted.agency == NONE else wanted.agency]))
    if wanted.stage is not None:
        found.append(("m.stage = ?", [int(wanted.stage)]))
    if wanted.not_places:
        found.append((f"{_places_in(wanted.place)} NOT IN ({_marks(wanted.not_places)})", list(wanted.not_places)))
    if wanted.not_categories:
        marks = _marks(wanted.not_categories)
        found.append((f"substr(m.category, 1, {HEAD}) NOT IN ({marks})", list(wanted.not_categories)))
    return found


def _beginning(column: str, code: str) -> tuple[str, list[object]]:
    return f"substr({column}, 1, ?) = ?", [len(code), code]


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))


# ---------------------------------------------------------------- figures together


def flow(db: Connection, scope: Slice, *, now: int) -> Flow:
    """What happened in [scope.since, scope.until), within the place, unit and category of `scope`."""
    accepted, answered = _sums(db, scope, Population.ACCEPTED, ("1", "m.answered"))
    dispatched, signed, rounds, apart, replied, due, waits = _sums(
        db, scope, Population.DISPATCHED, ("1", *_RATIOS["signed_in_time"], *_reply(now))
    )
    of_finished = [formula for formula in rates.FORMULAS if formula.population is Population.FINISHED]
    wanted = [part for formula in of_finished for part in _RATIOS[formula.name]]
    finished, unrated, unreached, *sums = _sums(
        db, scope, Population.FINISHED, ("1", "m.satisfaction = 0", "m.called = 0", *wanted)
    )
    ratios = {
        "answered": Ratio(answered, accepted),
        "signed_in_time": Ratio(signed, rounds, apart),
        "replied_in_time": Ratio(replied, due, waits),
    }
    ratios |= {formula.name: Ratio(*sums[3 * at : 3 * at + 3]) for at, formula in enumerate(of_finished)}
    length = scope.until - scope.since
    before = count(db, _of(scope, Counted.ACCEPTED, since=scope.since - length, until=scope.since))
    looked_at: dict[str, int] = {}
    for population in Population:  # one walk for all of a population
        of_it = [formula for formula in rates.FORMULAS if formula.population is population]
        conditions = [_WHAT[formula.look_at][1].replace("{late}", _unreplied(now)) for formula in of_it]
        looked_at |= zip((formula.name for formula in of_it), _sums(db, scope, population, conditions), strict=True)
    return Flow(accepted, before, dispatched, finished, answered, unrated, unreached, ratios, looked_at)


def to_look_at(scope: Slice, formula: Formula, *, now: int) -> Slice:
    """The orders behind a rate that are worth opening."""
    return msgspec.structs.replace(_of(scope, formula.look_at), at=now if formula.look_at is Counted.REPLIED_LATE else 0)


def _reply(now: int) -> tuple[str, str, str]:
    """及时回复: in time, should have been by now, not yet."""
    late = _unreplied(now)
    return "m.replied = 1", f"(m.replied >= 0 OR {late})", f"(m.replied < 0 AND NOT {late})"


def _unreplied(now: int) -> str:
    return f"(m.replied < 0 AND m.due_at BETWEEN 1 AND {int(now)} AND m.stage NOT IN ({_ENDED}))"


def _sums(db: Connection, scope: Slice, population: Population, wanted: Sequence[str]) -> tuple[int, ...]:
    what = {Population.ACCEPTED: Counted.ACCEPTED, Population.DISPATCHED: Counted.DISPATCHED}.get(population, Counted.FINISHED)
    rows = rows_of(_of(scope, what))
    sums = ", ".join(f"coalesce(sum({part}), 0)" for part in wanted)
    found: tuple[int, ...] = db.execute(f"SELECT {sums} FROM {rows.tables} WHERE {rows.where}", rows.values).fetchone()
    return found


def _of(scope: Slice, what: Counted, *, since: int | None = None, until: int | None = None) -> Slice:
    return Slice(
        what,
        scope.since if since is None else since,
        scope.until if until is None else until,
        place=scope.place,
        category=scope.category,
        agency=scope.agency,
    )


def standing(db: Connection, scope: Slice, *, now: int, soon: int) -> Standing:
    """What is so now within the place, unit and category of `scope`. `soon`: what is due until then is 临期 (UTC ms)."""
    rows = rows_of(_of(scope, Counted.OPEN))
    late = f"o.due_at > 0 AND o.due_at < {int(now)}"
    stages = db.execute(
        f"SELECT m.stage, count(*), sum({late}), sum(o.due_at BETWEEN {int(now)} AND {int(soon)}), sum(o.due_at = 0) "
        f"FROM {rows.tables} WHERE {rows.where} GROUP BY m.stage ORDER BY m.stage",
        rows.values,
    ).fetchall()
    return Standing(
        open=sum(row[1] for row in stages),
        overdue=sum(row[2] for row in stages),
        due_soon=sum(row[3] for row in stages),
        no_limit=sum(row[4] for row in stages),
        to_follow_up=count(db, _of(scope, Counted.TO_FOLLOW_UP)),
        stages=tuple(Group(str(stage), n, n, overdue) for stage, n, overdue, _soon, _none in stages),
        days=_days_ahead(db, scope, now),
    )


def day_ahead(now: int, at: int) -> tuple[int, int]:
    """From and until when (both included, UTC ms) a limit ends on the day `at` days after today; of today what is left. A limit that ends at
    midnight ends with the day before it."""
    first = date.fromisoformat(civil(now).date().isoformat()) + timedelta(days=at)
    begin = start_of_day_ms(first.isoformat())
    return (now if at == 0 else begin + 1), begin + DAY_MS


def _days_ahead(db: Connection, scope: Slice, now: int) -> tuple[Day, ...]:
    found = []
    for at in range(DAYS_AHEAD):
        since, until = day_ahead(now, at)
        due = count(db, _of(scope, Counted.DUE, since=since, until=until))
        found.append(Day(civil(until - DAY_MS).date().isoformat(), due=due))
    return tuple(found)


def trend(db: Connection, scope: Slice, *, days: Sequence[str]) -> tuple[Day, ...]:
    """登记 and 办结 of each of these days (ISO dates in a row)."""
    if not days:
        return ()
    since, until = start_of_day_ms(days[0]), start_of_day_ms(days[-1]) + DAY_MS
    counts: dict[Counted, dict[int, int]] = {}
    for what, moment in ((Counted.ACCEPTED, "o.accepted_at"), (Counted.FINISHED, "m.finished_at")):
        rows = rows_of(_of(scope, what, since=since, until=until))
        sql = f"SELECT {_DAY_OF.format(moment=moment)}, count(*) FROM {rows.tables} WHERE {rows.where} GROUP BY 1"
        counts[what] = dict(db.execute(sql, rows.values).fetchall())

    def of(what: Counted, day: str) -> int:
        return counts[what].get((start_of_day_ms(day) + CHINA_MS) // DAY_MS, 0)

    return tuple(Day(day, of(Counted.ACCEPTED, day), of(Counted.FINISHED, day)) for day in days)


def by_place(db: Connection, scope: Slice, *, now: int, most: int) -> tuple[Group, ...]:
    """受理 of the span by township, the biggest first; the rest together as 其他. Of a chosen township its villages."""
    return _grouped(db, scope, _places_in(scope.place), now=now, most=most)


def _places_in(place: str) -> str:
    return _TOWNSHIP_OF if len(place) < TOWNSHIP else "m.place"


def by_category(db: Connection, scope: Slice, *, now: int, most: int) -> tuple[Group, ...]:
    """受理 of the span by head of category, the biggest first; the rest together as 其他."""
    return _grouped(db, scope, f"substr(m.category, 1, {HEAD})", now=now, most=most)


def _grouped(db: Connection, scope: Slice, column: str, *, now: int, most: int) -> tuple[Group, ...]:
    rows = rows_of(_of(scope, Counted.ACCEPTED))
    is_open = f"m.stage NOT IN ({_ENDED})"
    late = f"{is_open} AND m.due_at > 0 AND m.due_at < {int(now)}"
    found = db.execute(
        f"SELECT {column}, count(*), sum({is_open}), sum({late}) FROM {rows.tables} WHERE {rows.where} GROUP BY 1 ORDER BY 2 DESC, 1",
        rows.values,
    ).fetchall()
    groups = [Group(*row) for row in found]
    if len(groups) <= most + 1:
        return tuple(groups)
    rest = groups[most:]
    summed = Group(OTHERS, sum(g.count for g in rest), sum(g.open for g in rest), sum(g.overdue for g in rest))
    return (*groups[:most], summed)


def by_unit(db: Connection, scope: Slice, *, formula: Formula = rates.FINISHED_IN_TIME, most: int) -> tuple[UnitRate, ...]:
    """按时办结率 of the units that closed most, the worst first: what to mend, not a ranking."""
    above, below, apart = _RATIOS[formula.name]
    rows = rows_of(_of(scope, Counted.FINISHED))
    found = db.execute(
        f"SELECT m.agency, sum({above}), sum({below}), sum({apart}) FROM {rows.tables} WHERE {rows.where} AND m.agency <> '' "
        "GROUP BY 1 HAVING sum(" + below + ") > 0 ORDER BY 3 DESC, 1 LIMIT ?",
        (*rows.values, most),
    ).fetchall()
    units = [UnitRate(agency, Ratio(top, bottom, left)) for agency, top, bottom, left in found]
    return tuple(sorted(units, key=lambda each: (each.ratio.numerator / each.ratio.denominator, each.agency)))


def waiting(db: Connection, units: Sequence[str], *, now: int, soon: int) -> list[tuple[str, int, int]]:
    """待办 of these units by kind: how many orders wait, and how many of them are late. Others' limits (`WATCH`) only where they end before
    `soon`, UTC ms."""
    sql = (
        "SELECT kind, count(DISTINCT row), count(DISTINCT CASE WHEN due_at > 0 AND due_at < ? THEN row END) FROM tasks "
        f"WHERE unit IN ({_marks(units)}) AND (kind <> ? OR due_at BETWEEN 1 AND ?) GROUP BY kind"
    )
    found: list[tuple[str, int, int]] = db.execute(sql, (now, *units, TaskKind.WATCH.value, soon)).fetchall()
    return found
