"""Where the time comes from. Nothing else in the package asks the PC for it."""

from __future__ import annotations

import time
from datetime import datetime, timedelta, timezone
from typing import Protocol

CHINA = timezone(timedelta(hours=8), "UTC+8")
"""China has one civil time and no summer time (GB/T 7408), so the zone needs no database on the PC."""


class Clock(Protocol):
    """What the program may ask about time."""

    def now_ms(self) -> int:
        """This PC's wall clock as UTC milliseconds; it may lie by years."""
        ...

    def monotonic_s(self) -> float:
        """Seconds that only ever grow, whatever is done to the wall clock."""
        ...


class SystemClock:
    """The PC's own clock."""

    def now_ms(self) -> int:
        return time.time_ns() // 1_000_000

    def monotonic_s(self) -> float:
        return time.monotonic()


_EARLIEST_MS, _LATEST_MS = -2_208_988_800_000, 221_845_392_000_000
"""1900 and 9000: another's entry may say any moment."""


def local(ms: int) -> datetime:
    """UTC milliseconds as civil time in China. What no calendar can show is shown as the first or last moment that can be."""
    return datetime.fromtimestamp(min(max(ms, _EARLIEST_MS), _LATEST_MS) / 1000, CHINA)


def shown(ms: int) -> str:
    """UTC milliseconds as they stand on screens and paper: `2026-11-21 09:12`."""
    return local(ms).strftime("%Y-%m-%d %H:%M")
