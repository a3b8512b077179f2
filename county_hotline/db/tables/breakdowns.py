"""总览 taken apart: 受理 of a span by place and by category, 按时办结率 by unit. Counting in Python is twice as quick as SQLite's sorting by group."""

from __future__ import annotations

from collections import Counter
from typing import Final, cast

from sqlcipher3.dbapi2 import Connection

from county_hotline.db.tables.tallies import ENDED_STAGES, HEAD, RATIOS, figure_of, places_in, rows_of
from county_hotline.domain import rates
from county_hotline.domain.rates import Formula
from county_hotline.domain.tallies import OTHERS, Counted, Group, Ratio, Slice, UnitRate

_LATE: Final = 2


def by_place_and_category(db: Connection, scope: Slice, *, now: int, most: int) -> tuple[tuple[Group, ...], tuple[Group, ...]]:
    """受理 of the span by township (of a chosen township by its villages), and by head of category; the biggest first, the rest together
    as 其他. One walk for both."""
    rows = rows_of(figure_of(scope, Counted.ACCEPTED))
    is_open = f"m.stage NOT IN ({ENDED_STAGES})"
    late = f"m.due_at > 0 AND m.due_at < {int(now)}"
    kinds = f"{places_in(scope.place)}, substr(m.category, 1, {HEAD}), CASE WHEN {is_open} THEN 1 + ({late}) ELSE 0 END"
    told = Counter(db.execute(f"SELECT {kinds} FROM {rows.tables} WHERE {rows.where}", rows.values))
    return _grouped(told, 0, most), _grouped(told, 1, most)


def _grouped(told: Counter[tuple[object, ...]], at: int, most: int) -> tuple[Group, ...]:
    """By the value at this place of what was told; the last says whether it is open (1) and late (2)."""
    counts, opened, overdue = Counter[str](), Counter[str](), Counter[str]()
    for each, count_of_it in told.items():
        name, state = cast("str", each[at]), each[2]
        counts[name] += count_of_it
        opened[name] += count_of_it if state else 0
        overdue[name] += count_of_it if state == _LATE else 0
    by_size = sorted(counts, key=lambda name: (-counts[name], name))
    groups = [Group(name, counts[name], opened[name], overdue[name]) for name in by_size]
    if len(groups) <= most + 1:
        return tuple(groups)
    rest = groups[most:]
    summed = Group(OTHERS, sum(g.count for g in rest), sum(g.open for g in rest), sum(g.overdue for g in rest))
    return (*groups[:most], summed)


def by_unit(db: Connection, scope: Slice, *, formula: Formula = rates.FINISHED_IN_TIME, most: int) -> tuple[UnitRate, ...]:
    """按时办结率 of the units that closed most, the worst first: what to mend, not a ranking."""
    rows = rows_of(figure_of(scope, Counted.FINISHED))
    parts = ", ".join(RATIOS[formula.name])
    told = Counter(
        db.execute(f"SELECT m.agency, {parts} FROM {rows.tables} WHERE {rows.where} AND m.agency <> ''", rows.values)
    )
    sums: dict[str, list[int]] = {}
    for (agency, *of_one), count_of_it in told.items():
        kept = sums.setdefault(agency, [0, 0, 0])
        for at, part in enumerate(of_one):
            kept[at] += part * count_of_it
    biggest = sorted((agency for agency in sums if sums[agency][1]), key=lambda agency: (-sums[agency][1], agency))[:most]
    units = [UnitRate(agency, Ratio(*sums[agency])) for agency in biggest]
    return tuple(sorted(units, key=lambda each: (each.ratio.numerator / each.ratio.denominator, each.agency)))
