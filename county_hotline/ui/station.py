"""What the frame shows of the station, fetched from the desk off the screen's thread."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from county_hotline.background import Runner
from county_hotline.domain.reference import StationCard
from county_hotline.domain.shifts import Shift
from county_hotline.domain.views import Counts, Line, RoundReport
from county_hotline.errors import HotlineError, Unreachable
from county_hotline.signals import Bulletin, Changes
from county_hotline.ui.looking import Looking
from county_hotline.ui.tones import Tone
from county_hotline.wording import say, sentence

if TYPE_CHECKING:
    from county_hotline.ui.services import Services


@dataclass(frozen=True, slots=True)
class Standing:
    """One look at the station."""

    card: StationCard
    counts: Counts
    line: Line
    facts: tuple[str, ...]
    waiting: Mapping[str, int]
    """How many things wait, by page."""
    shift: Shift | None = None
    """交接班 that another officer left, to be taken over."""


class StationWork(Protocol):
    """What is asked of the desk."""

    def look(self) -> Standing:
        """Counts, line, and what the status bar says. On the desk's lane."""
        ...

    def sync(self) -> RoundReport:
        """One round. On the wire's lane."""
        ...


class DeskStation:
    """`StationWork` over the real desk."""

    def __init__(self, services: Services) -> None:
        self._desk = services.desk

    def look(self) -> Standing:
        """See `StationWork`."""
        from county_hotline.desk import handing_over, line, looking_up, today

        desk = self._desk
        counts = looking_up.counts(desk)
        waiting = {"sync": counts.waiting, "today": today.waiting(desk), **today.waiting_elsewhere(desk)}
        shift = handing_over.to_take_over(desk) if desk.officer is not None else None
        return Standing(desk.card, counts, line.line(desk), self._facts(), waiting, shift)

    def sync(self) -> RoundReport:
        """See `StationWork`."""
        from county_hotline.desk import line

        return line.sync_now(self._desk)

    def _facts(self) -> tuple[str, ...]:
        pack, calendar = self._desk.store.reference.rule_pack(), self._desk.store.reference.calendar()
        years = [year for year in sorted(calendar.years) if calendar.years[year].announced] if calendar else []
        free_gb = shutil.disk_usage(self._desk.home.path).free / 1e9
        return (
            say("ui.status.pack", title=pack.title) if pack else say("ui.status.no_pack"),
            say("ui.status.calendar", year=years[-1]) if years else say("ui.status.no_calendar"),
            say("ui.status.disk", free=f"{free_gb:,.0f}" if free_gb >= 1 else f"{free_gb:.1f}"),
        )


class Frame(Protocol):
    """What the presenter needs of the frame."""

    def show_standing(self, standing: Standing) -> None:
        """Counts, line and facts."""
        ...

    def show_busy(self) -> None:
        """A round is running."""
        ...

    def murmur(self, words: str, tone: Tone = Tone.QUIET) -> None:
        """A fading line."""
        ...

    def fail(self, fault: Exception) -> None:
        """Say a failure."""
        ...


class StationPresenter:
    """Keeps the frame true: looks when the news says so, and does the round of F5."""

    def __init__(self, frame: Frame, work: StationWork, *, desk_lane: Runner, wire_lane: Runner, bulletin: Bulletin) -> None:
        self._frame, self._work = frame, work
        self._wire_lane = wire_lane
        self._is_syncing = False
        self._looking = Looking(desk_lane, ask=lambda: work.look, show=self._looked, fail=frame.fail)
        self._watchers: list[Callable[[bool], None]] = []
        self._cancel: Callable[[], None] = bulletin.subscribe(self._news)

    def look(self) -> None:
        """Look again; one look at a time, and one more if news came meanwhile."""
        self._looking.look()

    def sync(self) -> None:
        """One round; a second press while it runs changes nothing."""
        if self._is_syncing:
            return
        self._set_syncing(yes=True)
        self._frame.show_busy()
        self._wire_lane.run(self._work.sync, self._synced, self._sync_failed)

    def watch(self, told: Callable[[bool], None]) -> Callable[[], None]:
        """`told(True)` when a round begins, `told(False)` when it has ended, and at once how it is now. The answer cancels it."""
        self._watchers.append(told)
        told(self._is_syncing)
        return lambda: self._watchers.remove(told) if told in self._watchers else None

    def close(self) -> None:
        """Hear no news any more."""
        self._cancel()

    def _set_syncing(self, *, yes: bool) -> None:
        self._is_syncing = yes
        for told in tuple(self._watchers):
            told(yes)

    def _news(self, changes: Changes) -> None:
        if changes.counts or changes.work_orders or changes.reference:
            self.look()

    def _looked(self, standing: Standing) -> None:
        if not self._is_syncing:
            self._frame.show_standing(standing)

    def _synced(self, report: RoundReport) -> None:
        self._set_syncing(yes=False)
        if report.fault:
            # A round that could not be ended is daily bread: said quietly; the line's chip says the rest.
            self._frame.murmur(sentence(HotlineError(report.fault, **dict(report.fault_details))), Tone.AMBER)
        else:
            self._frame.murmur(say("ui.synced", sent=report.sent, received=report.received), Tone.GREEN)
        self.look()

    def _sync_failed(self, fault: Exception) -> None:
        self._set_syncing(yes=False)
        self.look()
        if isinstance(fault, Unreachable):
            self._frame.murmur(sentence(fault), Tone.AMBER)
        else:
            self._frame.fail(fault)
