"""A chart as a picture for the screen: drawn on a lane, by the code that draws it on paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

from county_hotline.forms.chart_parts import Bar, Column, Look, Point, Region
from county_hotline.ui.screens.overview.charts import ChartTold
from county_hotline.wording import say

if TYPE_CHECKING:
    from county_hotline.forms.charts import Chart
    from county_hotline.forms.raster import Picture


def drawn(told: ChartTold, look: Look) -> tuple[Picture, tuple[Region, ...]]:
    """The picture, and where in it each figure stands. Not on the screen's thread."""
    from county_hotline.forms import charts, raster

    chart = chart_of(told, look)
    return raster.picture(charts.pdf_of(chart), width=round(look.width)), chart.regions


def chart_of(told: ChartTold, look: Look) -> Chart:
    """The chart itself, for paper too."""
    from county_hotline.forms import charts

    if told.kind == "trend":
        points = [row for row in told.rows if isinstance(row, Point)]
        return charts.trend(points, look, bar=say("overview.chart.bar"), line=say("overview.chart.line"))
    if told.kind == "columns":
        return charts.columns([row for row in told.rows if isinstance(row, Column)], look)
    return charts.bars([row for row in told.rows if isinstance(row, Bar)], look, most=told.most, target=told.target)
