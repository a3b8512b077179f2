"""待办 without Tk: looks when the news says so, remembers which line was chosen, and knows what F9 does."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from county_hotline.background import Runner
from county_hotline.signals import Bulletin, Changes
from county_hotline.ui.looking import Looking, still_chosen
from county_hotline.ui.screens.today.telling import LineTold, TodayTold, today_told
from county_hotline.ui.screens.today.work import TodayFacts, TodayWork


class TodayScreen(Protocol):
    """What the presenter needs of the view."""

    def is_seen(self) -> bool:
        """Whether the page is in front."""
        ...

    def show(self, told: TodayTold, *, mine: bool, keep: str) -> None:
        """The list; the line `keep` stays chosen where it is still there."""
        ...

    def show_chosen(self, line: LineTold | None) -> None:
        """The chosen line at the right, and what F9 would do."""
        ...

    def open(self, number: str, act: str) -> None:
        """The order, at an act (or none)."""
        ...

    def fail(self, fault: Exception) -> None:
        """Say a failure."""
        ...


class TodayPresenter:
    """The list follows the news: what arrives by sync appears without asking."""

    def __init__(self, view: TodayScreen, work: TodayWork, runner: Runner, bulletin: Bulletin) -> None:
        self._view, self._work = view, work
        self._mine = False
        self._chosen = ""
        self._told: TodayTold | None = None
        self._looking = Looking(runner, ask=self._question, show=self._looked, fail=view.fail)
        self._cancel: Callable[[], None] = bulletin.subscribe(self._news)

    def shown(self) -> None:
        """In front."""
        self._looking.look()

    def close(self) -> None:
        """Hear no news any more."""
        self._cancel()

    def only_mine(self, *, yes: bool) -> None:
        """我的 or 全站."""
        self._mine = yes
        self._looking.look()

    def turn(self) -> None:
        """我的 to 全站 and back."""
        self.only_mine(yes=not self._mine)

    def choose(self, key: str) -> None:
        """A line was chosen."""
        self._chosen = key
        self._view.show_chosen(self._line(key))

    def do_next(self) -> None:
        """F9: the chosen line's next step."""
        line = self._line(self._chosen)
        if line is not None and line.number:
            self._view.open(line.number, line.act)

    def open_chosen(self) -> None:
        """回车: the order itself."""
        line = self._line(self._chosen)
        if line is not None and line.number:
            self._view.open(line.number, "")

    def _line(self, key: str) -> LineTold | None:
        lines = self._told.lines if self._told else ()
        return next((line for line in lines if line.key == key), None)

    def _question(self) -> Callable[[], TodayFacts]:
        mine = self._mine
        return lambda: self._work.look(mine=mine)

    def _looked(self, facts: TodayFacts) -> None:
        self._told = today_told(facts, mine=self._mine)
        self._chosen = still_chosen(self._chosen, [line.key for line in self._told.lines if line.number])
        self._view.show(self._told, mine=self._mine, keep=self._chosen)
        self._view.show_chosen(self._line(self._chosen))

    def _news(self, changes: Changes) -> None:
        if not (changes.work_orders or changes.reference):
            return
        if self._view.is_seen():
            self._looking.look()
