"""Civil time in China: between a moment (UTC ms, as the journal has it) and a day or time of day (as the law counts)."""

from __future__ import annotations

from datetime import date, datetime, timedelta, timezone
from typing import Final

CHINA: Final = timezone(timedelta(hours=8))
"""One zone for the whole country, without summer time since 1992."""
DAY_MS: Final = 86_400_000
EARLIEST_MS: Final = -2_208_988_800_000
"""1900-01-01."""
LATEST_MS: Final = 221_845_392_000_000
"""9000-01-01: days can be counted on from it."""


def civil(ms: int) -> datetime:
    """The moment as a clock in China shows it, without a zone. What no calendar can show (another's entry may say anything) is shown as the
    first or last moment that can be, so that nobody's order cannot be opened for it."""
    return datetime.fromtimestamp(min(max(ms, EARLIEST_MS), LATEST_MS) / 1000, CHINA).replace(tzinfo=None)


def moment_ms(at: datetime) -> int:
    """The moment a clock in China shows `at` (without a zone), UTC ms."""
    return round(at.replace(tzinfo=CHINA).timestamp() * 1000)


def start_of_day_ms(iso: str) -> int:
    """When that day (ISO) begins; 0 for what is no day."""
    try:
        return moment_ms(datetime.combine(date.fromisoformat(iso), datetime.min.time()))
    except ValueError:
        return 0


def end_of_day_ms(iso: str, end: str = "24:00") -> int:
    """When that day (ISO) ends: at midnight, or at an office's closing time (`HH:MM`); 0 for what is no day."""
    begin = start_of_day_ms(iso)
    hours, _, minutes = end.partition(":")
    return begin + (int(hours) * 60 + int(minutes)) * 60_000 if begin else 0


def ends_at(due_on: str, due_at: int) -> int:
    """The moment a limit ends: as it was written, else (facts of 0.1.0 know only the day) the end of that day; 0 where there is none."""
    return due_at or end_of_day_ms(due_on)
