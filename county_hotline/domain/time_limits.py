"""办理期限: by which day an order must be done, and why that day. Pure: the same start, limit and calendar give the same answer.

No counters run anywhere: a date is computed anew whenever something it depends on changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import islice

import msgspec

from county_hotline.domain.calendars import ONE_DAY, Calendar
from county_hotline.domain.rule_packs import RestDay, Start, TimeLimit, Unit

LISTED_DAYS = 15
"""More counted days than these are named by the first and the last only."""
_COUNTED = {
    (False, False): "counted_workdays",
    (True, False): "counted_workdays_skipped",
    (False, True): "counted_workdays_made_up",
    (True, True): "counted_workdays_skipped_made_up",
}


class TraceLine(msgspec.Struct, frozen=True):
    """One line of 为什么是这一天: `code` is a wording key below `trace.`; a value named `…weekday` is 1..7."""

    code: str
    values: dict[str, str | int] = {}


class Due(msgspec.Struct, frozen=True):
    """预计办结日期, whether a paper still to come may move it, and the three lines that say why."""

    on: date
    provisional: bool
    trace: tuple[TraceLine, ...]
    at: str = "24:00"
    """Until when on that day."""


def due(start: datetime, limit: TimeLimit, calendar: Calendar) -> Due:
    """The due date of what came at `start` (civil time in China)."""
    day = _arrival(start.date(), limit, calendar)
    if limit.unit is Unit.WORKDAY:
        return _by_workdays(start.date(), day, limit, calendar=calendar)
    if limit.unit is Unit.HOUR:
        end = start + timedelta(hours=limit.amount)
        first = TraceLine("start_at_once", {**_named("start", start.date()), "time": f"{start:%H:%M}"})
        counted = TraceLine("counted_hours", {"amount": limit.amount, "time": f"{end:%H:%M}", **_named("last", end.date())})
        return Due(end.date(), provisional=False, trace=(first, counted, _source(limit, ())), at=f"{end:%H:%M}")
    first_day = day if limit.start is Start.SAME_DAY else day + ONE_DAY
    last = first_day + timedelta(days=limit.amount - 1)
    trace = (
        TraceLine("start_next_day", {**_named("start", start.date()), **_named("first", first_day)}),
        TraceLine("counted_days", {"amount": limit.amount, **_named("last", last)}),
        _source(limit, ()),
    )
    return Due(last, provisional=False, trace=trace, at=limit.end_of_day)


def extended(due_on: date, amount: int, calendar: Calendar) -> date:
    """延期: so many working days after the old due date."""
    return _nth(due_on, amount, calendar)[-1]


def workdays_left(today: date, due_on: date, calendar: Calendar) -> int:
    """Working days from tomorrow to the due date; 0 on the day itself, negative once late (working days since)."""
    if due_on < today:
        return -_workdays_between(due_on, today, calendar)
    return _workdays_between(today, due_on, calendar)


def _workdays_between(after: date, until: date, calendar: Calendar) -> int:
    return sum(calendar.is_workday(after + step * ONE_DAY) for step in range(1, (until - after).days + 1))


def _arrival(day: date, limit: TimeLimit, calendar: Calendar) -> date:
    if limit.rest_day is RestDay.AS_NEXT_WORKDAY and not calendar.is_workday(day):
        return next(calendar.workdays_after(day))
    return day


def _by_workdays(came: date, day: date, limit: TimeLimit, *, calendar: Calendar) -> Due:
    before_first = day - ONE_DAY if limit.start is Start.SAME_DAY else day
    counted = _nth(before_first, limit.amount, calendar)
    unsettled = [step for step in _days_from(before_first + ONE_DAY, counted[-1]) if not calendar.is_settled(step)]
    trace = (
        _start_line(came, counted[0], limit),
        _counted_line(before_first, counted, calendar),
        _source(limit, counted, unsettled),
    )
    return Due(counted[-1], provisional=bool(unsettled), trace=trace, at=limit.end_of_day)


def _nth(after: date, amount: int, calendar: Calendar) -> tuple[date, ...]:
    return tuple(islice(calendar.workdays_after(after), amount))


def _days_from(first: date, last: date) -> Sequence[date]:
    return [first + step * ONE_DAY for step in range((last - first).days + 1)]


def _start_line(came: date, first: date, limit: TimeLimit) -> TraceLine:
    if first == came:
        return TraceLine("start_same_day", _named("start", came))
    code = "start_next_workday" if limit.start is Start.NEXT_WORKDAY else "start_same_day_rest"
    return TraceLine(code, {**_named("start", came), **_named("first", first)})


def _counted_line(before_first: date, counted: Sequence[date], calendar: Calendar) -> TraceLine:
    """Which days were counted, and where a paper made them differ from the plain week."""
    days = _days_from(before_first + ONE_DAY, counted[-1])
    made_up = [day for day in counted if calendar.is_named(day)]
    skipped = _holidays(days, calendar)
    code = _COUNTED[bool(skipped), bool(made_up)]
    values: dict[str, str | int] = {"amount": len(counted), "days": _listed(counted)}
    if skipped:
        values["skipped"] = skipped
    if made_up:
        values["made_up"] = _listed(made_up)
    return TraceLine(code, values)


def _holidays(days: Sequence[date], calendar: Calendar) -> str:
    """`10-01..10-07`: each run of days off that is more than a plain weekend."""
    runs: list[list[date]] = []
    for day in days:
        if calendar.is_workday(day):
            continue
        if runs and day - runs[-1][-1] == ONE_DAY:
            runs[-1].append(day)
        else:
            runs.append([day])
    longer = [run for run in runs if any(calendar.is_named(day) for day in run)]
    return " ".join(f"{run[0]:%m-%d}" if len(run) == 1 else f"{run[0]:%m-%d}..{run[-1]:%m-%d}" for run in longer)


def _listed(days: Sequence[date]) -> str:
    """`23 24 25` within one month, `12-31 01-04` across; long lists by their ends."""
    shape = "%d" if len({(day.year, day.month) for day in days}) == 1 else "%m-%d"
    if len(days) > LISTED_DAYS:
        return f"{days[0]:%m-%d} … {days[-1]:%m-%d}"
    if len(days) == 1:
        return f"{days[0]:%m-%d}"
    return " ".join(day.strftime(shape) for day in days)


def _source(limit: TimeLimit, counted: Sequence[date], unsettled: Sequence[date] = ()) -> TraceLine:
    if unsettled:
        # What is missing for the last week of December is the paper of the year after.
        years = sorted({day.year if day.month < 12 else day.year + 1 for day in unsettled})
        return TraceLine("source_provisional", {"pack": limit.pack, "years": _years(years)})
    if not counted:
        return TraceLine("source_no_calendar", {"pack": limit.pack})
    return TraceLine("source", {"pack": limit.pack, "years": _years(sorted({day.year for day in counted}))})


def _years(years: Sequence[int]) -> str:
    return "、".join(str(year) for year in years)


def _named(name: str, day: date) -> dict[str, str | int]:
    prefix = "" if name == "start" else f"{name}_"
    return {name: f"{day:%m-%d}", f"{prefix}weekday": day.isoweekday()}
