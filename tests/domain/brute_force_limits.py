"""A second count of time limits, made to be obviously right and slow: it walks the minutes one by one and asks a list of days.

It shares nothing with the program: not its calendar (it reads the days itself), not its arithmetic, not its names for the switches.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import date, datetime, timedelta

MINUTE = timedelta(minutes=1)
ONE_DAY = timedelta(days=1)
IsWorkday = Callable[[date], bool]


def workdays_by_hand(text: str) -> IsWorkday:
    """Whether a day is worked, from the calendar file's own lines: later papers first, then the plain week."""
    years = sorted(tomllib.loads(text)["year"], key=lambda year: int(year["year"]), reverse=True)
    papers = [year for year in years if year.get("announced", True)] + [
        year for year in years if not year.get("announced", True)
    ]
    named: dict[date, bool] = {}
    for paper in papers:
        for span in paper.get("workdays", []):
            for day in _days(span):
                named.setdefault(day, True)
        for span in paper.get("off", []):
            for day in _days(span):
                named.setdefault(day, False)
    return lambda day: named.get(day, day.weekday() < 5)


def _days(span: str) -> list[date]:
    first, last = (date.fromisoformat(end) for end in (span.split("..") * 2)[:2])
    return [first + timedelta(step) for step in range((last - first).days + 1)]


def end_of_limit(
    start: datetime,
    amount: int,
    *,
    unit: str,
    is_workday: IsWorkday,
    from_the_same_day: bool = False,
    a_day_off_waits: bool = False,
    closing: str = "24:00",
    counts_itself: bool = True,
    cutoff: str = "24:00",
) -> datetime:
    """The minute at which the limit ends. `start` is a whole minute."""
    if unit == "hour":
        return _walk(start, amount * 60)
    minute = _arrival(start, from_the_same_day, a_day_off_waits, closing, cutoff, is_workday)
    if not from_the_same_day:
        minute = _next_midnight(minute)
    wanted = amount if counts_itself else max(1, amount - 1)
    begun: set[date] = set()
    while True:
        day = minute.date()
        if unit == "day" or is_workday(day):
            begun.add(day)
            if len(begun) == wanted and _time(minute + MINUTE) == closing:
                return minute + MINUTE
        minute += MINUTE


def _walk(minute: datetime, minutes: int) -> datetime:
    for _ in range(minutes):
        minute += MINUTE
    return minute


def _arrival(
    minute: datetime, from_the_same_day: bool, a_day_off_waits: bool, closing: str, cutoff: str, is_workday: IsWorkday
) -> datetime:
    """The minute from which it counts as having come."""
    time = f"{minute:%H:%M}"
    if time > cutoff or (from_the_same_day and time >= closing):
        minute = _next_midnight(minute)
    while a_day_off_waits and not is_workday(minute.date()):
        minute = _next_midnight(minute)
    return minute


def _next_midnight(minute: datetime) -> datetime:
    minute += MINUTE
    while minute.hour or minute.minute:
        minute += MINUTE
    return minute


def _time(minute: datetime) -> str:
    """The time of day at the end of a minute: midnight ends the day before it."""
    time = f"{minute:%H:%M}"
    return "24:00" if time == "00:00" else time
