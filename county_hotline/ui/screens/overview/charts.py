"""What each chart of 总览 is told. Pure; no word of it is about a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from county_hotline.domain.rates import hundredths, percent
from county_hotline.domain.tallies import OTHERS, Group
from county_hotline.domain.vocabulary import Stage
from county_hotline.forms.chart_parts import Bar, Column, Point
from county_hotline.ui.screens.overview.work import OverviewFacts
from county_hotline.wording import say, word

MARKED_DAYS = 5
"""A day in so many is written under the trend."""


@dataclass(frozen=True, slots=True)
class ChartTold:
    """What one chart shows. `words`: for each key, what its figure is called."""

    kind: str
    """bars, columns or trend."""
    rows: tuple[Bar, ...] | tuple[Column, ...] | tuple[Point, ...]
    most: float = 0.0
    target: float | None = None
    names: dict[str, str] = field(default_factory=dict)
    """The whole label of what was cut, and what its number means, by key."""


def trend_told(facts: OverviewFacts) -> ChartTold:
    """The last thirty days, today the last and always marked."""
    days = facts.overview.trend
    last = len(days) - 1
    return ChartTold(
        "trend",
        tuple(
            Point(day.day[5:] if (last - at) % MARKED_DAYS == 0 else "", day.accepted, day.finished)
            for at, day in enumerate(days)
        ),
    )


def week_told(facts: OverviewFacts) -> ChartTold:
    """What is late, then what ends today and on each of the six days after it."""
    standing = facts.overview.standing
    rows = [Column("overdue", say("overview.chart.late"), standing.overdue, is_late=True)]
    for at, day in enumerate(standing.days):
        weekday = say(f"weekday.{date.fromisoformat(day.day).isoweekday()}")
        label = say("overview.chart.today") if at == 0 else day.day[5:]
        rows.append(Column(f"due:{at}", label, day.due, below=day.day[5:] if at == 0 else weekday))
    return ChartTold("columns", tuple(rows))


def places_told(facts: OverviewFacts) -> ChartTold:
    """受理 by township, or by village within a chosen one."""
    names = facts.names.places

    def name(code: str) -> str:
        if code == OTHERS:
            return say("overview.rest")
        return names[code].name if code in names else code or say("overview.unknown_place")

    return _bars("place", facts.overview.places, name, share=False)


def categories_told(facts: OverviewFacts) -> ChartTold:
    """受理 by head of category. A share is of the classified ones (DOMAIN 5.2, share by type), and of nothing else."""
    names = facts.names.categories

    def name(code: str) -> str:
        if code == OTHERS:
            return say("overview.rest")
        return names[code].name if code in names else code or say("overview.unknown_category")

    return _bars("category", facts.overview.categories, name, share=True)


def _bars(kind: str, groups: Sequence[Group], name: object, *, share: bool) -> ChartTold:
    named = {group.code: name(group.code) for group in groups} if callable(name) else {}
    classified = sum(group.count for group in groups if group.code)
    rows = []
    for group in groups:
        note = f"{round(100 * group.count / classified)}%" if share and group.code and classified else ""
        if group.overdue:
            late = say("overview.chart.of_them_late", count=group.overdue)
            note = f"{note} {late}".strip() if share else late
        rows.append(Bar(f"{kind}:{group.code}", named[group.code], group.count, f"{group.count:,}", note, group.overdue))
    return ChartTold("bars", tuple(rows), names={f"{kind}:{code}": words for code, words in named.items()})


def stages_told(facts: OverviewFacts) -> ChartTold:
    """What is open, by stage."""
    rows = []
    for group in facts.overview.standing.stages:
        note = say("overview.chart.of_them_late", count=group.overdue) if group.overdue else ""
        label = word(Stage(int(group.code)))
        rows.append(Bar(f"stage:{group.code}", label, group.count, f"{group.count:,}", note, group.overdue))
    return ChartTold("bars", tuple(rows), names={row.key: row.label for row in rows})


def units_told(facts: OverviewFacts, target: float | None) -> ChartTold:
    """按时办结率 by unit."""
    rows = []
    for each in facts.overview.units:
        value = hundredths(each.ratio) or 0
        of = say("overview.rate.of", numerator=each.ratio.numerator, denominator=each.ratio.denominator)
        below = target is not None and value < target * 100
        label = facts.names.short(each.agency)
        rows.append(
            Bar(f"unit:{each.agency}", label, value / 100, f"{percent(each.ratio)}%", of, is_below=below, is_in_column=True)
        )
    return ChartTold(
        "bars", tuple(rows), 100.0, target, {f"unit:{u.agency}": facts.names.agency(u.agency) for u in facts.overview.units}
    )
