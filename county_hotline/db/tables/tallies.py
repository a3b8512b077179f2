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
from county_hotline.domain.tallies import NONE, STANDING, Counted, Day, Flow, Group, Ratio, Slice, Standing
from county_hotline.domain.tasks import TaskKind
from county_hotline.domain.vocabulary import ENDED

TOWNSHIP: Final = 9
HEAD: Final = 2
"""Digits of a township, and of a category's head."""
CHINA_MS: Final = 8 * 3_600_000
DAYS_AHEAD: Final = 7
_DAY_OF: Final = "({moment} + 28800000) / 86400000"
ENDED_STAGES: Final = ",".join(str(int(stage)) for stage in sorted(ENDED))
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
RATIOS: Final = {
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
    are_told_alone = rows.tables == _BY_TIME and "m." not in rows.where  # by an index over the orders
    tables = "work_orders o" if are_told_alone else rows.tables
    found: int = db.execute(f"SELECT count(*) FROM {tables} WHERE {rows.where}", rows.values).fetchone()[0]
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
        found.append((f"{places_in(wanted.place)} NOT IN ({_marks(wanted.not_places)})", list(wanted.not_places)))
    if wanted.not_categories:
        marks = _marks(wanted.not_categories)
        found.append((f"substr(m.category, 1, {HEAD}) NOT IN ({marks})", list(wanted.not_categories)))
    return found


def places_in(place: str) -> str:
    """By what orders of a chosen place are told apart: by township, within a township by village."""
    return _TOWNSHIP_OF if len(place) < TOWNSHIP else "m.place"


def _beginning(column: str, code: str) -> tuple[str, list[object]]:
    return f"substr({column}, 1, ?) = ?", [len(code), code]


def _marks(values: Sequence[object]) -> str:
    return ",".join("?" * len(values))


# ---------------------------------------------------------------- figures together


def flow(db: Connection, scope: Slice, *, now: int) -> Flow:
    """What happened in [scope.since, scope.until), within the place, unit and category of `scope`."""
    told: dict[Population, list[int]] = {}
    looked_at: dict[str, int] = {}
    for population in Population:  # one walk for all of a population
        of_it = [formula for formula in rates.FORMULAS if formula.population is population]
        conditions = [_WHAT[formula.look_at][1].replace("{late}", _unreplied(now)) for formula in of_it]
        sums = _sums(db, scope, population, (*_flowing(population, now), *conditions))
        looked_at |= zip((formula.name for formula in of_it), sums[len(sums) - len(of_it) :], strict=True)
        told[population] = list(sums[: len(sums) - len(of_it)])
    accepted, answered = told[Population.ACCEPTED]
    dispatched, signed, rounds, apart, replied, due, waits = told[Population.DISPATCHED]
    finished, unrated, unreached, *sums_of_finished = told[Population.FINISHED]
    ratios = {
        "answered": Ratio(answered, accepted),
        "signed_in_time": Ratio(signed, rounds, apart),
        "replied_in_time": Ratio(replied, due, waits),
    }
    ratios |= {formula.name: Ratio(*sums_of_finished[3 * at : 3 * at + 3]) for at, formula in enumerate(_of_finished())}
    length = scope.until - scope.since
    before = count(db, figure_of(scope, Counted.ACCEPTED, since=scope.since - length, until=scope.since))
    return Flow(accepted, before, dispatched, finished, answered, unrated, unreached, ratios, looked_at)


def _of_finished() -> list[Formula]:
    return [formula for formula in rates.FORMULAS if formula.population is Population.FINISHED]


def _flowing(population: Population, now: int) -> tuple[str, ...]:
    """What is summed up of a population, in the order in which `flow` reads it."""
    if population is Population.ACCEPTED:
        return "1", "m.answered"
    if population is Population.DISPATCHED:
        return "1", *RATIOS["signed_in_time"], *_reply(now)
    return "1", "m.satisfaction = 0", "m.called = 0", *(part for formula in _of_finished() for part in RATIOS[formula.name])


def to_look_at(scope: Slice, formula: Formula, *, now: int) -> Slice:
    """The orders behind a rate that are worth opening."""
    return msgspec.structs.replace(figure_of(scope, formula.look_at), at=now if formula.look_at is Counted.REPLIED_LATE else 0)


def _reply(now: int) -> tuple[str, str, str]:
    """及时回复: in time, should have been by now, not yet."""
    late = _unreplied(now)
    return "m.replied = 1", f"(m.replied >= 0 OR {late})", f"(m.replied < 0 AND NOT {late})"


def _unreplied(now: int) -> str:
    return f"(m.replied < 0 AND m.due_at BETWEEN 1 AND {int(now)} AND m.stage NOT IN ({ENDED_STAGES}))"


def _sums(db: Connection, scope: Slice, population: Population, wanted: Sequence[str]) -> tuple[int, ...]:
    what = {Population.ACCEPTED: Counted.ACCEPTED, Population.DISPATCHED: Counted.DISPATCHED}.get(population, Counted.FINISHED)
    rows = rows_of(figure_of(scope, what))
    sums = ", ".join(f"coalesce(sum({part}), 0)" for part in wanted)
    found: tuple[int, ...] = db.execute(f"SELECT {sums} FROM {rows.tables} WHERE {rows.where}", rows.values).fetchone()
    return found


def figure_of(scope: Slice, what: Counted, *, since: int | None = None, until: int | None = None) -> Slice:
    """Another figure within the place, category and unit of `scope`, and its span where none is given."""
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
    rows = rows_of(figure_of(scope, Counted.OPEN))
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
        to_follow_up=count(db, figure_of(scope, Counted.TO_FOLLOW_UP)),
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
        due = count(db, figure_of(scope, Counted.DUE, since=since, until=until))
        found.append(Day(civil(until - DAY_MS).date().isoformat(), due=due))
    return tuple(found)


def trend(db: Connection, scope: Slice, *, days: Sequence[str]) -> tuple[Day, ...]:
    """登记 and 办结 of each of these days (ISO dates in a row)."""
    if not days:
        return ()
    since, until = start_of_day_ms(days[0]), start_of_day_ms(days[-1]) + DAY_MS
    counts: dict[Counted, dict[int, int]] = {}
    for what, moment in ((Counted.ACCEPTED, "o.accepted_at"), (Counted.FINISHED, "m.finished_at")):
        rows = rows_of(figure_of(scope, what, since=since, until=until))
        sql = f"SELECT {_DAY_OF.format(moment=moment)}, count(*) FROM {rows.tables} WHERE {rows.where} GROUP BY 1"
        counts[what] = dict(db.execute(sql, rows.values).fetchall())

    def of(what: Counted, day: str) -> int:
        return counts[what].get((start_of_day_ms(day) + CHINA_MS) // DAY_MS, 0)

    return tuple(Day(day, of(Counted.ACCEPTED, day), of(Counted.FINISHED, day)) for day in days)


def waiting(db: Connection, units: Sequence[str], *, now: int, soon: int) -> list[tuple[str, int, int]]:
    """待办 of these units by kind: how many orders wait, and how many of them are late. Others' limits (`WATCH`) only where they end before
    `soon`, UTC ms."""
    sql = (
        "SELECT kind, count(DISTINCT row), count(DISTINCT CASE WHEN due_at > 0 AND due_at < ? THEN row END) FROM tasks "
        f"WHERE unit IN ({_marks(units)}) AND (kind <> ? OR due_at BETWEEN 1 AND ?) GROUP BY kind"
    )
    found: list[tuple[str, int, int]] = db.execute(sql, (now, *units, TaskKind.WATCH.value, soon)).fetchall()
    return found
