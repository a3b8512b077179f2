"""总览 without Tk: what is looked at, when to look again, and which figure is opened."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from county_hotline.background import Runner
from county_hotline.signals import Bulletin, Changes
from county_hotline.ui.later import Later
from county_hotline.ui.looking import Looking
from county_hotline.ui.screens.overview.telling import OverviewTold, overview_told
from county_hotline.ui.screens.overview.work import SPANS, Asked, OverviewFacts, OverviewWork
from county_hotline.wording import say

MINUTE_MS = 60_000
SOON_MS = 1500
"""Many acts in a row are counted once."""
Choices = tuple[tuple[str, str], ...]


class OverviewScreen(Protocol):
    """What the presenter needs of the view."""

    def is_seen(self) -> bool:
        """Whether the page or its wall is in front."""
        ...

    def show_asked(self, asked: Asked, choices: dict[str, Choices]) -> None:
        """What is chosen, and what may be."""
        ...

    def show(self, told: OverviewTold) -> None:
        """Every figure."""
        ...

    def show_wall(self, today: OverviewFacts, month: OverviewFacts) -> None:
        """大屏, where it is open."""
        ...

    def wants_wall(self) -> bool:
        """Whether 大屏 is open."""
        ...

    def open(self, argument: str) -> None:
        """The register, at these orders."""
        ...

    def say_printed(self, path: str) -> None:
        """It was printed."""
        ...

    def fail(self, fault: Exception) -> None:
        """Say a failure."""
        ...


Seen = tuple[OverviewFacts, OverviewFacts | None, OverviewFacts | None]


class OverviewPresenter:
    """Looks again a little after something happened, and every minute while somebody can see it."""

    def __init__(self, view: OverviewScreen, work: OverviewWork, runner: Runner, *, bulletin: Bulletin, later: Later) -> None:
        self._view, self._work, self._runner, self._later = view, work, runner, later
        self._asked = Asked()
        self._facts: OverviewFacts | None = None
        self._told: OverviewTold | None = None
        self._looking: Looking[Seen] = Looking(runner, ask=self._question, show=self._looked, fail=view.fail)
        self._is_soon = False
        self._cancel: Callable[[], None] = bulletin.subscribe(self._news)
        self._stop_minute = later.call(MINUTE_MS, self._minute)

    # -- what the view reports --------------------------------------------------------------------------------------

    def shown(self) -> None:
        """In front."""
        self._looking.look()

    def close(self) -> None:
        """Hear no news and no minutes any more."""
        self._cancel()
        self._stop_minute()

    def choose_span(self, name: str) -> None:
        """今日, 本周, 本月; 自定 begins with the days looked at so far."""
        if name == "own" and self._facts is not None:
            scope = self._facts.overview.scope
            self._asked = replace(self._asked, span=name, first=scope.first, last=scope.last)
        else:
            self._asked = replace(self._asked, span=name)
        self._show_asked()
        self._looking.look()

    def turn_span(self) -> None:
        """The next of 今日, 本周, 本月."""
        at = SPANS.index(self._asked.span)
        self.choose_span(SPANS[(at + 1) % (len(SPANS) - 1)])

    def choose_days(self, first: str, last: str) -> None:
        """自定: these days. What they are not is said once both are whole."""
        if len(first.strip()) == len(last.strip()) == len("2026-11-21"):
            self._use(replace(self._asked, span="own", first=first, last=last))

    def choose_place(self, code: str) -> None:
        """A township or village, or everywhere."""
        self._use(replace(self._asked, place=code))

    def choose_agency(self, code: str) -> None:
        """A unit that leads, or all."""
        self._use(replace(self._asked, agency=code))

    def open(self, key: str) -> None:
        """Exactly the orders of this figure, in the register."""
        if self._facts is None or self._told is None or key not in self._told.figures:
            return
        wanted = self._work.slice_of(self._facts, key)
        self._view.open(f"={self._told.figures[key]}\n{wanted.encode()}")

    def print(self) -> None:
        """The figures on A4."""
        facts = self._facts
        if facts is not None:
            self._runner.run(lambda: self._work.print(facts), self._view.say_printed, self._view.fail)

    def look(self) -> None:
        """Once more, at once."""
        self._looking.look()

    # -- its own affairs --------------------------------------------------------------------------------------------

    def _use(self, asked: Asked) -> None:
        if asked != self._asked:
            self._asked = asked
            self._looking.look()

    def _question(self) -> Callable[[], Seen]:
        asked, work, wall = self._asked, self._work, self._view.wants_wall()

        def look() -> Seen:
            page = work.look(asked)
            if not wall:
                return page, None, None
            return page, work.look(Asked("today")), work.look(Asked("month"))

        return look

    def _looked(self, seen: Seen) -> None:
        facts, today, month = seen
        if facts.asked != self._asked:
            self._looking.look()
            return
        first_time = self._facts is None or self._facts.names != facts.names
        self._facts, self._told = facts, overview_told(facts)
        if first_time:
            self._show_asked()
        self._view.show(self._told)
        if today is not None and month is not None:
            self._view.show_wall(today, month)

    def _show_asked(self) -> None:
        choices: dict[str, Choices] = {}
        if self._facts is not None:
            names, everywhere = self._facts.names, ("", say("overview.everywhere"))
            towns = sorted(code for code in names.places if len(code) == len("370323103"))
            choices["place"] = (everywhere, *((code, names.places[code].name) for code in towns))
            choices["agency"] = (everywhere, *((code, names.short(code)) for code in sorted(names.agencies)))
        self._view.show_asked(self._asked, choices)

    def _news(self, changes: Changes) -> None:
        if (changes.work_orders or changes.counts or changes.reference) and self._view.is_seen() and not self._is_soon:
            self._is_soon = True
            self._later.call(SOON_MS, self._soon)

    def _soon(self) -> None:
        self._is_soon = False
        if self._view.is_seen():
            self._looking.look()

    def _minute(self) -> None:
        self._stop_minute = self._later.call(MINUTE_MS, self._minute)
        if self._view.is_seen():
            self._looking.look()
