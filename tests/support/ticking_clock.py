"""A clock that a test turns by hand."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from county_hotline.clock import CHINA

MORNING = 1_795_223_520_000
"""2026-11-21 09:12 in China, as UTC milliseconds."""


@dataclass
class TickingClock:
    """A `county_hotline.clock.Clock`. It stands still until told to move; the wall clock may also go back, or be wrong."""

    now: int = MORNING
    steady: float = 1_000.0
    step_ms: int = 0
    """How far the wall clock moves by itself each time it is read."""

    def now_ms(self) -> int:
        self.now += self.step_ms
        return self.now

    def monotonic_s(self) -> float:
        return self.steady

    def advance(self, *, ms: int = 0, seconds: float = 0, minutes: float = 0, hours: float = 0, days: float = 0) -> None:
        """Real time passes: both clocks move on."""
        passed_ms = ms + round((seconds + 60 * minutes + 3_600 * hours + 86_400 * days) * 1_000)
        if passed_ms < 0:
            raise ValueError("real time does not run backwards; use wind_back")
        self.now += passed_ms
        self.steady += passed_ms / 1_000

    def wind_back(self, *, ms: int = 0, seconds: float = 0, days: float = 0) -> None:
        """Someone sets the wall clock back; no real time passes. (Forward: a negative amount.)"""
        self.now -= ms + round((seconds + 86_400 * days) * 1_000)

    def set_to(self, year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> None:
        """Someone sets the wall clock to this civil time in China; no real time passes."""
        self.now = round(datetime(year, month, day, hour, minute, tzinfo=CHINA).timestamp() * 1_000)
