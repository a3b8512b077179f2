"""When things happen by themselves: `schedule`, ticked from outside, that keeps going when someone sets the PC's clock back.

`schedule` compares wall-clock times, so a clock set back twelve hours would stop it for twelve hours. Here each tick compares the
wall clock with the monotonic one; when they part, the jobs are moved along.
"""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Callable
from typing import Final

import schedule

from county_hotline.clock import Clock

log = logging.getLogger(__name__)

JUMP_S: Final = 30.0
"""Clocks drift apart by less; more was a person, a time server, or a night's sleep."""


class Timetable:
    """Jobs by interval or time of day. `tick()` is called about once a second, from Tk's `after` or a loop; jobs must be short."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._scheduler = schedule.Scheduler()
        self._apart_s = self._distance_s()

    def every(self, minutes: float, work: Callable[[], None]) -> Callable[[], None]:
        """Do `work` every so many minutes. Returns the function that cancels it."""
        return self._add(self._scheduler.every(max(1, round(minutes * 60))).seconds, work)

    def daily(self, at: str, work: Callable[[], None]) -> Callable[[], None]:
        """Do `work` every day at this civil time, `12:30`. A time slept through is made up for once."""
        return self._add(self._scheduler.every().day.at(at), work)

    def tick(self) -> None:
        """Do what is due. Nothing a job does can stop the timetable."""
        self._re_anchor()
        self._scheduler.run_pending()

    def _add(self, job: schedule.Job, work: Callable[[], None]) -> Callable[[], None]:
        job.do(_never_raising(work))
        return lambda: self._scheduler.cancel_job(job)

    def _re_anchor(self) -> None:
        """A clock set back: every job's next time goes back with it. A leap forward (sleep, or a clock put right) needs nothing:
        what is due now runs once."""
        apart_s = self._distance_s()
        jump_s = apart_s - self._apart_s
        if abs(jump_s) <= JUMP_S:
            return
        self._apart_s = apart_s
        log.warning("clock_jumped seconds=%d", int(jump_s))
        if jump_s > 0:
            return
        now = dt.datetime.fromtimestamp(self._clock.now_ms() / 1000)  # noqa: DTZ006 - schedule speaks naive local time
        for job in self._scheduler.get_jobs():
            if job.next_run is None:
                continue
            if job.at_time is None:
                job.next_run += dt.timedelta(seconds=jump_s)
            while job.next_run - now > _longest(job):
                job.next_run -= dt.timedelta(days=1)

    def _distance_s(self) -> float:
        return self._clock.now_ms() / 1000 - self._clock.monotonic_s()


def _longest(job: schedule.Job) -> dt.timedelta:
    """A time of day is meant on the clock as it now stands, so it is never more than a day away."""
    return dt.timedelta(days=1) if job.at_time is not None else dt.timedelta.max


def _never_raising(work: Callable[[], None]) -> Callable[[], None]:
    """An exception would escape `run_pending` and leave the job due for ever."""

    def guarded() -> None:
        try:
            work()
        except Exception:
            log.exception("job_failed")

    return guarded
