"""同步 without Tk: looks again when the news says so, and starts rounds; the window does them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from county_hotline.background import Runner
from county_hotline.signals import Bulletin, Changes
from county_hotline.ui.looking import Looking
from county_hotline.ui.screens.sync.carrying import Carrying, CarryingScreen
from county_hotline.ui.screens.sync.checking import Checking, CheckingScreen
from county_hotline.ui.screens.sync.choosing import Choosing, ChoosingScreen
from county_hotline.ui.screens.sync.telling import SyncTold, sync_told
from county_hotline.ui.screens.sync.work import SyncFacts, SyncWork


class SyncScreen(ChoosingScreen, CheckingScreen, CarryingScreen, Protocol):
    """What the presenter needs of the view."""

    def is_seen(self) -> bool:
        """Whether the page is in front."""
        ...

    def show(self, told: SyncTold) -> None:
        """The page."""
        ...

    def show_running(self, *, yes: bool) -> None:
        """A round is running, or no more."""
        ...

    def start_round(self) -> None:
        """Ask the window for one."""
        ...


class SyncPresenter:
    """One look at a time; what did not change is not drawn again."""

    def __init__(self, view: SyncScreen, work: SyncWork, runner: Runner, bulletin: Bulletin, *, wire: Runner) -> None:
        self._view = view
        self._work = work
        self._choosing = Choosing(view, work, wire)
        self._checking = Checking(view, work, wire)
        self._told: SyncTold | None = None
        self._is_running = False
        self._looking = Looking(runner, ask=lambda: work.look, show=self._looked, fail=view.fail)
        self._carrying = Carrying(view, work, wire, self._looking.look)
        self._cancel: Callable[[], None] = bulletin.subscribe(self._news)

    def shown(self) -> None:
        """In front now: times may have become other days, so always look."""
        self._looking.look()

    def left(self) -> None:
        """Behind another page: what was found of the line is old by the next look."""
        self._checking.close()

    def close(self) -> None:
        """Hear no news any more."""
        self._cancel()

    def start(self) -> None:
        """立即同步; a second press while a round runs changes nothing."""
        if not self._is_running:
            self._view.start_round()

    def stop(self) -> None:
        """停下: the round that runs."""
        if self._is_running:
            self._work.halt()

    def check(self) -> None:
        """检查线路."""
        self._checking.start()

    def give(self) -> None:
        """导出到 U 盘."""
        self._carrying.give()

    def take(self) -> None:
        """读入 U 盘回执."""
        self._carrying.take()

    def carry(self, what: str, path: str) -> None:
        """A button of the notice about a stick."""
        self._carrying.choose(what, path)

    def carry_away(self) -> None:
        """知道了."""
        self._carrying.close()

    def choose(self, name: str) -> None:
        """An act of the notice about 基础数据."""
        self._choosing.do(name)

    def running(self, *, yes: bool) -> None:
        """The window says that a round begins or has ended."""
        self._is_running = yes
        self._view.show_running(yes=yes)
        if not yes and self._view.is_seen():
            self._looking.look()

    def _news(self, changes: Changes) -> None:
        if (changes.counts or changes.work_orders or changes.reference) and self._view.is_seen():
            self._looking.look()

    def _looked(self, facts: SyncFacts) -> None:
        told = sync_told(facts)
        if told != self._told:
            self._told = told
            self._view.show(told)
        self._choosing.see(facts)
