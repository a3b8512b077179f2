"""When things are done by themselves: `schedule`, ticked by the window, anchored to the clock that never runs backwards.

`schedule` alone asks the wall clock: set back by twelve hours it stops for twelve hours. So every job is set anew when the wall
clock is seen to jump, and when its interval was changed in the settings.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass

import schedule

from county_hotline.clock import Clock

log = logging.getLogger(__name__)

JUMP_S = 30.0


@dataclass(slots=True)
class _Regular:
    name: str
    every_s: Callable[[], int]
    do: Callable[[], None]
    job: schedule.Job | None = None


class Timetable:
    """Jobs at intervals. `tick` is called about once a second and does what is due; missed ones are done once, not ten times."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._scheduler = schedule.Scheduler()
        self._regular: list[_Regular] = []
        self._lead_s = self._lead()

    def every(self, name: str, every_s: Callable[[], int], do: Callable[[], None]) -> None:
        """From now on, `do` every so many seconds; `every_s` is asked again at each tick."""
        regular = _Regular(name, every_s, do)
        self._regular.append(regular)
        self._anchor(regular)

    def tick(self) -> None:
        """Do what is due. A job that fails is logged and comes again."""
        lead_s = self._lead()
        if abs(lead_s - self._lead_s) > JUMP_S:
            log.warning("wall_clock_jumped by_s=%d", lead_s - self._lead_s)
            for regular in self._regular:
                self._anchor(regular)
        self._lead_s = lead_s
        for regular in self._regular:
            if regular.job is None or regular.job.interval != regular.every_s():
                self._anchor(regular)
        self._scheduler.run_pending()

    def _anchor(self, regular: _Regular) -> None:
        if regular.job is not None:
            self._scheduler.cancel_job(regular.job)
        regular.job = self._scheduler.every(regular.every_s()).seconds.do(_guarded, regular)

    def _lead(self) -> float:
        """How far the wall clock is ahead of the steady one; it changes only when somebody sets the wall clock."""
        return self._clock.now_ms() / 1000 - self._clock.monotonic_s()


def _guarded(regular: _Regular) -> None:
    try:
        regular.do()
    except Exception:
        log.exception("timetable_job_failed job=%s", regular.name)
