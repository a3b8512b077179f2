"""总览 on paper: the same figures in the same words."""

from __future__ import annotations

from county_hotline.clock import local
from county_hotline.forms.chart_parts import Bar, Point
from county_hotline.forms.overview_sheet import Line, OverviewPaper
from county_hotline.ui.screens.overview import telling
from county_hotline.ui.screens.overview.work import OverviewFacts
from county_hotline.wording import say


def content_of(facts: OverviewFacts, hotline: str) -> OverviewPaper:
    """What is printed of this look."""
    told, found = telling.overview_told(facts), facts.overview
    where = [facts.names.card.unit_name]
    where += [facts.names.place(facts.asked.place)] if facts.asked.place else []
    where += [facts.names.agency(facts.asked.agency)] if facts.asked.agency else []
    return OverviewPaper(
        hotline=hotline,
        where=" ・ ".join(where),
        first=found.scope.first,
        last=found.scope.last,
        as_of=say("form.overview.as_of", at=f"{local(found.now):%Y-%m-%d %H:%M}", line=told.line),
        printed_at=found.now,
        counts=tuple((tile.label, tile.figure) for tile in told.tiles),
        rates=tuple(Line(rate.label, rate.percent, rate.of, rate.apart or rate.formula) for rate in told.rates),
        trend=tuple(row for row in told.trend.rows if isinstance(row, Point)),
        bar=say("overview.chart.bar"),
        line=say("overview.chart.line"),
        places=tuple(row for row in told.places.rows if isinstance(row, Bar)),
        categories=tuple(row for row in told.categories.rows if isinstance(row, Bar)),
    )
