"""最迟办结 of an order, why it is that day, and who had it for how long: figures that add up. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from county_hotline.clock import local
from county_hotline.domain.segments import CALLER, NOBODY, Segment
from county_hotline.domain.tasks import CENTRE
from county_hotline.domain.time_limits import Due
from county_hotline.domain.vocabulary import StationRole
from county_hotline.domain.work_order import WorkOrder
from county_hotline.ui.telling.marks import Mark
from county_hotline.ui.telling.names import Names
from county_hotline.ui.telling.standing import Lamp, WorkdaysLeft, day_words, left_mark, moment, no_lamp
from county_hotline.wording import explain, has, say, word

MINUTE_MS = 60_000
DAYS_SHOWN = 20
"""A longer way is told by its first and last days only."""


@dataclass(frozen=True, slots=True)
class SegmentTold:
    """各环节用时, one stretch of time in one hand."""

    holder: str
    why: str
    span: str
    lasted: str
    minutes: int
    is_late: bool = False


@dataclass(frozen=True, slots=True)
class LimitTold:
    """The pinned date and what opens below it."""

    words: str
    left: Mark
    gone: float | None
    why: tuple[str, ...]
    """为什么是这一天, line by line."""
    days: tuple[str, ...] = ()
    """逐日, where the way is not too long to be read."""
    segments: tuple[SegmentTold, ...] = ()
    whole: str = ""
    """All of them together."""


def limit_told(
    order: WorkOrder,
    names: Names,
    left: WorkdaysLeft,
    *,
    today: str,
    now: int,
    due: Due | None,
    segments: Sequence[Segment],
    lamp: Lamp = no_lamp,
) -> LimitTold:
    """`due` is what the order's own pack makes of it, where it can be counted here."""
    year = int(today[:4])
    told = _segments(segments, order, names, year=year)
    whole = lasted(sum(each.minutes for each in told))
    why, days = _why(order, due, year=year), _days(due)
    if order.ended is not None:
        words = say("order.limit.ended", how=word(order.ended), at=moment(order.finished_at or order.touched_at, year=year))
        mark = Mark(say("order.limit.whole", time=whole) if told else "", "quiet")
        return LimitTold(words, mark, None, why, days, told, whole)
    if not order.due_on:
        return LimitTold(say("register.no_limit"), Mark(""), None, (), (), told, whole)
    left_days, all_days = left(order.due_on, at=now), left(order.due_on, at=order.accepted_at)
    since = order.lead.dispatched_at if order.lead else order.accepted_at
    mark = left_mark(left_days, order.due_on, today=today, light=lamp(order.due_at, since))
    gone = 1.0 if mark.tone == "red" else max(0.0, min(1.0, 1 - (left_days or 0) / max(1, all_days or 1)))
    return LimitTold(_words(order, year=year), mark, gone, why, days, told, whole)


def _words(order: WorkOrder, *, year: int) -> str:
    """`最迟 11-24 周二 18:00`; an upper level's tighter limit is said to be one."""
    day, end = order.due_on, ""
    if order.due_at:
        last = local(order.due_at - 1)
        day = last.date().isoformat()
        end = "" if f"{last:%H:%M}" == "23:59" else f" {local(order.due_at):%H:%M}"
    above = order.accepted.external_due_at if order.accepted else 0
    provisional = order.accepted is not None and order.accepted.due_provisional and order.lead is None
    words = say("register.due_provisional" if provisional else "register.due", day=f"{day_words(day, year=year)}{end}")
    return f"{words} ・ {say('order.limit.above')}" if above and above == order.due_at else words


def _why(order: WorkOrder, due: Due | None, *, year: int) -> tuple[str, ...]:
    """The pack's own count, and what moved the date away from it: an extension, a person."""
    if due is None:
        return (say("order.limit.no_count"),) if order.due_on else ()
    lines = [explain(line.code, **line.values) for line in due.trace]
    counted = due.on.isoformat()
    above = order.accepted.external_due_at if order.accepted else 0
    if order.due_on and order.due_on != counted and above != order.due_at:
        lead = order.lead
        key = "extended" if lead is not None and lead.extensions else "by_hand"
        days = {"counted": day_words(counted, year=year), "day": day_words(order.due_on, year=year)}
        lines.append(say(f"order.limit.{key}", **days))
    return tuple(lines)


def _days(due: Due | None) -> tuple[str, ...]:
    if due is None or len(due.days) > DAYS_SHOWN:
        return ()
    return tuple(explain(day.line.code, **day.line.values) for day in due.days)


def _segments(segments: Sequence[Segment], order: WorkOrder, names: Names, *, year: int) -> tuple[SegmentTold, ...]:
    told = []
    for each in segments:
        minutes = each.end // MINUTE_MS - each.begin // MINUTE_MS  # whole minutes of the clock: they add up exactly
        round_ = (
            order.assignments[each.assignment]
            if each.assignment is not None and each.assignment < len(order.assignments)
            else None
        )
        told.append(
            SegmentTold(
                _holder(each.holder, names),
                say(f"segment.{each.why}") if has(f"segment.{each.why}") else each.why,
                say("order.limit.span", begin=moment(each.begin, year=year), end=moment(each.end, year=year)),
                lasted(minutes),
                minutes,
                bool(round_ and round_.due_at and each.end > round_.due_at and each.holder == round_.agency),
            )
        )
    return tuple(told)


def _holder(holder: str, names: Names) -> str:
    if holder == CENTRE:
        return word(StationRole.CENTRE)
    if holder in (CALLER, NOBODY):
        return say(f"order.limit.{holder}")
    return names.short(holder)


def lasted(minutes: int) -> str:
    """`3 日 6 小时 5 分`: natural days of 24 hours."""
    days, rest = divmod(minutes, 24 * 60)
    hours, mins = divmod(rest, 60)
    parts = [(days, "days"), (hours, "hours"), (mins, "minutes")]
    shown = [say(f"order.limit.{name}", count=count) for count, name in parts if count]
    return " ".join(shown) or say("order.limit.minutes", count=0)
