"""What 总览 asks of the desk."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol

from county_hotline.domain import rates
from county_hotline.domain.tallies import Counted, Slice
from county_hotline.domain.vocabulary import Stage
from county_hotline.ui.telling.names import Names, names_of

if TYPE_CHECKING:
    from county_hotline.desk.desk import Desk
    from county_hotline.desk.overview import Overview

SPANS = ("today", "week", "month", "own")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is looked at: a span by name (`own`: with its days), a region, and the unit that leads."""

    span: str = "today"
    first: str = ""
    last: str = ""
    place: str = ""
    agency: str = ""


@dataclass(frozen=True, slots=True)
class OverviewFacts:
    """One look."""

    asked: Asked
    overview: Overview
    names: Names
    target: int = 0
    """按时办结率 that the county aims at, per cent; 0: none."""
    spans: dict[str, tuple[str, str]] = field(default_factory=dict)


class OverviewWork(Protocol):
    """On the desk's lane; `slice_of` wherever it is asked."""

    def look(self, asked: Asked) -> OverviewFacts:
        """Every figure. Refuses (R620, R621) days that are none, or too many."""
        ...

    def slice_of(self, facts: OverviewFacts, key: str) -> Slice:
        """Which orders the figure of that key counts."""
        ...

    def print(self, facts: OverviewFacts) -> str:
        """The figures on A4; where the file lies. Raises StoreFault S103."""
        ...


class DeskOverview:
    """`OverviewWork` over the real desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def look(self, asked: Asked) -> OverviewFacts:
        """See `OverviewWork`."""
        from county_hotline.desk import overview
        from county_hotline.settings import OVERVIEW_TARGET

        desk, spans = self._desk, overview.spans(self._desk)
        first, last = overview.own_span(asked.first, asked.last) if asked.span == "own" else spans[asked.span]
        found = overview.overview(desk, overview.Scope(first, last, asked.place, asked.agency))
        return OverviewFacts(asked, found, names_of(desk), int(desk.settings.value(OVERVIEW_TARGET)), spans)

    def slice_of(self, facts: OverviewFacts, key: str) -> Slice:
        """See `OverviewWork`. `accepted`, `due:2` (the day after tomorrow), `place:370323103`, `stage:40`, `rate:satisfied`."""
        from county_hotline.desk import overview

        found = facts.overview
        kind, _, code = key.partition(":")
        match kind:
            case "place":
                return overview.place_bar(found, code)
            case "category":
                return overview.category_bar(found, code)
            case "stage":
                return overview.stage_bar(found, code)
            case "to_review":
                return overview.stage_bar(found, str(int(Stage.TO_REVIEW)))
            case "rate":
                return overview.behind(found, next(each for each in rates.FORMULAS if each.name == code))
            case "due":
                return overview.figure(found, Counted.DUE, at=int(code))
            case "due_soon":
                return overview.figure(found, Counted.DUE, at=-1)
            case _:
                return overview.figure(found, Counted(kind))

    def print(self, facts: OverviewFacts) -> str:
        """See `OverviewWork`."""
        from county_hotline.desk import overview
        from county_hotline.forms.overview_sheet import draw_overview
        from county_hotline.ui.screens.overview.paper import content_of

        path = overview.paper_path(self._desk, facts.overview)
        draw_overview(content_of(facts, self._desk.store.reference.bundle().title), path)
        overview.printed(self._desk, facts.overview)
        return str(path)
