"""办理期限: by which moment an order must be done, and why then. Pure: the same start, limit and calendar give the same answer.

No counters run anywhere: a date is computed anew whenever something it depends on changes.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from itertools import islice

import msgspec

from county_hotline.domain.calendars import ONE_DAY, Calendar
from county_hotline.domain.civil_time import civil, end_of_day_ms, moment_ms
from county_hotline.domain.rule_packs import RestDay, RulePack, Span, Start, TimeLimit, Unit
from county_hotline.domain.trace_lines import TraceLine

__all__ = ["DayLine", "Due", "TraceLine", "deadline_ms", "due", "extended", "extended_ms", "workdays_left"]

HOUR_MS = 3_600_000
LISTED_DAYS = 15
"""More counted days than these are named by the first and the last only."""
_COUNTED = {
    (False, False): "counted_workdays",
    (True, False): "counted_workdays_skipped",
    (False, True): "counted_workdays_made_up",
    (True, True): "counted_workdays_skipped_made_up",
}


class DayLine(msgspec.Struct, frozen=True):
    """One day on the way to the due date. `why` is a wording key below `trace.day.`."""

    on: date
    why: str
    counted: int = 0
    """The how-manieth day it is; 0: skipped. Under a limit in hours: how many minutes of it count."""

    @property
    def line(self) -> TraceLine:
        """The day as a sentence."""
        values: dict[str, str | int] = {"on": f"{self.on:%m-%d}", "weekday": self.on.isoweekday(), "counted": self.counted}
        values.update(hours=self.counted // 60, minutes=self.counted % 60)
        return TraceLine(f"day.{self.why}", values)


class Due(msgspec.Struct, frozen=True):
    """预计办结日期, whether a paper still to come may move it, and the lines that say why."""

    on: date
    provisional: bool
    trace: tuple[TraceLine, ...]
    at: str = "24:00"
    """Until when on that day."""
    at_ms: int = 0
    """The very moment it ends, UTC ms."""
    days: tuple[DayLine, ...] = ()
    """Every day from the arrival to the end."""


class _Way(msgspec.Struct, frozen=True):
    """From the arrival to the days that count."""

    came: datetime
    is_late: bool
    """After the cut-off: it counts as come the next day."""
    arrived: date
    """The day it counts as come."""
    first: date
    """From here on days may count."""


def due(start: datetime, limit: TimeLimit, calendar: Calendar) -> Due:
    """When what came at `start` (civil time in China) is due.

    Days: the rules of DOMAIN 1.4 (次日起, 含本数) and 1.7 (end of day, arrival on a day off). What comes after the cut-off minute
    counts as come the next day; if days count from the day of arrival itself, a day that has ended counts no more either.
    Hours are clock hours and run at once, over nights and days off.
    """
    if limit.unit is Unit.HOUR:
        return _by_hours(start, limit)
    way = _way(start, limit, calendar)
    amount = limit.amount if limit.counts_itself else max(1, limit.amount - 1)
    if limit.unit is Unit.WORKDAY:
        counted = _nth(way.first - ONE_DAY, amount, calendar)
        line = _counted_line(way.first, counted, calendar)
    else:
        counted = tuple(_days_from(way.first, way.first + timedelta(days=amount - 1)))
        line = TraceLine("counted_days", {"amount": amount, **_named("last", counted[-1])})
    asked = _asked_of_calendar(way, counted, limit)
    unsettled = [day for day in asked if not calendar.is_settled(day)]
    trace = [_start_line(way, counted[0], limit), line]
    if not limit.counts_itself:
        trace.append(TraceLine("not_itself", {"amount": limit.amount, "counted": amount}))
    return Due(
        counted[-1],
        provisional=bool(unsettled),
        trace=(*trace, _source(limit, asked and counted, unsettled)),
        at=limit.end_of_day,
        at_ms=end_of_day_ms(counted[-1].isoformat(), limit.end_of_day),
        days=_day_lines(way, counted, limit, calendar),
    )


def deadline_ms(start_ms: int, span: Span | None, pack: RulePack, calendar: Calendar) -> int:
    """When a step that began at `start_ms` is due by the pack's span for it, UTC ms; 0 where the pack has none."""
    return due(civil(start_ms), pack.span_limit(span), calendar).at_ms if span else 0


def extended(due_on: date, amount: int, calendar: Calendar, unit: Unit = Unit.WORKDAY) -> date:
    """延期: so many (working) days after the old due date, not after today (DOMAIN 1.7). Hours are for `extended_ms`."""
    if unit is Unit.DAY:
        return due_on + timedelta(days=amount)
    return _nth(due_on, amount, calendar)[-1]


def extended_ms(due_ms: int, span: Span, end_of_day: str, calendar: Calendar) -> int:
    """延期 to the minute: the moment after which the order is overdue once `span` was granted on top of its old moment `due_ms`.

    `end_of_day` is the pack's. Midnight ends the day before it.
    """
    if span.unit is Unit.HOUR:
        return due_ms + span.amount * HOUR_MS
    last = extended(civil(due_ms - 1).date(), span.amount, calendar, span.unit)
    return end_of_day_ms(last.isoformat(), end_of_day)


def workdays_left(today: date, due_on: date, calendar: Calendar) -> int:
    """Working days from tomorrow to the due date; 0 on the day itself, negative once late (working days since)."""
    if due_on < today:
        return -_workdays_between(due_on, today, calendar)
    return _workdays_between(today, due_on, calendar)


def _workdays_between(after: date, until: date, calendar: Calendar) -> int:
    return sum(calendar.is_workday(after + step * ONE_DAY) for step in range(1, (until - after).days + 1))


def _by_hours(start: datetime, limit: TimeLimit) -> Due:
    end = start + timedelta(hours=limit.amount)
    first = TraceLine("start_at_once", {**_named("start", start.date()), "time": f"{start:%H:%M}"})
    counted = TraceLine("counted_hours", {"amount": limit.amount, "time": f"{end:%H:%M}", **_named("last", end.date())})
    days = []
    for day in _days_from(start.date(), end.date()):
        midnight = datetime.combine(day, datetime.min.time(), start.tzinfo)
        share = min(end, midnight + ONE_DAY) - max(start, midnight)
        days.append(DayLine(day, "hours", round(share.total_seconds() / 60)))
    trace = (first, counted, _source(limit, ()))
    at_ms = moment_ms(start) + limit.amount * HOUR_MS
    return Due(end.date(), provisional=False, trace=trace, at=f"{end:%H:%M}", at_ms=at_ms, days=tuple(days))


def _way(start: datetime, limit: TimeLimit, calendar: Calendar) -> _Way:
    minute = f"{start:%H:%M}"
    from_today = limit.start is Start.SAME_DAY
    is_late = bool(limit.cutoff and minute > limit.cutoff) or (from_today and minute >= limit.end_of_day)
    arrived = start.date() + ONE_DAY if is_late else start.date()
    if limit.rest_day is RestDay.AS_NEXT_WORKDAY and not calendar.is_workday(arrived):
        arrived = next(calendar.workdays_after(arrived))
    return _Way(start, is_late, arrived, arrived if from_today else arrived + ONE_DAY)


def _asked_of_calendar(way: _Way, counted: Sequence[date], limit: TimeLimit) -> Sequence[date]:
    """The days about which it mattered whether they are working days."""
    begin = way.came.date() + (ONE_DAY if way.is_late else timedelta())
    asked_of_arrival = limit.rest_day is RestDay.AS_NEXT_WORKDAY
    if limit.unit is Unit.DAY:
        return _days_from(begin, way.arrived) if asked_of_arrival else ()
    return _days_from(begin if asked_of_arrival else way.first, counted[-1])


def _nth(after: date, amount: int, calendar: Calendar) -> tuple[date, ...]:
    return tuple(islice(calendar.workdays_after(after), amount))


def _days_from(first: date, last: date) -> Sequence[date]:
    return [first + step * ONE_DAY for step in range((last - first).days + 1)]


def _day_lines(way: _Way, counted: Sequence[date], limit: TimeLimit, calendar: Calendar) -> tuple[DayLine, ...]:
    came, place_of = way.came.date(), {day: place for place, day in enumerate(counted, start=1)}

    def why(day: date) -> str:
        if day in place_of:
            return "natural" if limit.unit is Unit.DAY else calendar.kind_of(day).value
        if day == came and way.is_late:
            return "late"
        if day == way.arrived and limit.start is not Start.SAME_DAY:
            return "next_day" if day == came else "arrived"
        return calendar.kind_of(day).value

    return tuple(DayLine(day, why(day), place_of.get(day, 0)) for day in _days_from(came, counted[-1]))


def _start_line(way: _Way, first: date, limit: TimeLimit) -> TraceLine:
    came = way.came.date()
    values: dict[str, str | int] = {**_named("start", came), **_named("first", first)}
    if way.is_late:
        closing = limit.cutoff if limit.cutoff and f"{way.came:%H:%M}" > limit.cutoff else limit.end_of_day
        return TraceLine("start_late", {**values, "time": f"{way.came:%H:%M}", "cutoff": closing})
    if way.arrived != came:
        return TraceLine("start_rest_day", {**values, **_named("arrived", way.arrived)})
    if first == came:
        return TraceLine("start_same_day", _named("start", came))
    if limit.unit is Unit.DAY:
        return TraceLine("start_next_day", values)
    return TraceLine("start_next_workday" if limit.start is Start.NEXT_WORKDAY else "start_same_day_rest", values)


def _counted_line(first: date, counted: Sequence[date], calendar: Calendar) -> TraceLine:
    """Which days were counted, and where a paper made them differ from the plain week."""
    days = _days_from(first, counted[-1])
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
