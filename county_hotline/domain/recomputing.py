"""期限重算: when a year's calendar arrives or is mended, the dates that were counted are counted again; dates somebody set stay.

How a counted date is told from one that somebody set:
- The estimate of acceptance is only ever counted. It moves while it is marked 暂定, and, where the calendar it was counted by is
  still known (one of `before`), whenever that calendar gives exactly this date for it.
- A round's date was counted if it is the estimate itself (what a dispatcher is offered), or if one of `before` gives exactly this
  date: from the acceptance, from the dispatch (packs whose returns restart the caller's limit), or as a redo's limit. Once
  an order was counted again by the calendar in force, what that one gives for any of these stays.
- What was counted from a wrong clock (`clocked_at`) is counted again from when the order was really accepted, as far as that is known:
  whatever the calendar in force, or one of `before`, gives from that clock was counted.
- Any other date was set by a person: typed at dispatch, granted as an extension, given at resumption. It does not move. A person
  who types exactly the date that was offered has taken the offer, and nobody can tell the two apart.
Limits in hours need no calendar and move only for a wrong clock. What has ended keeps its dates.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from county_hotline.domain.calendars import Calendar
from county_hotline.domain.civil_time import civil
from county_hotline.domain.facts import Accepted, Moved
from county_hotline.domain.order_limits import limit_of
from county_hotline.domain.reference import Campaign
from county_hotline.domain.rule_packs import RulePack, TimeLimit, Unit
from county_hotline.domain.standing_parts import Assignment
from county_hotline.domain.time_limits import Due, due
from county_hotline.domain.work_order import WorkOrder
from county_hotline.ids import AgencyCode


def moved_limits(
    order: WorkOrder,
    pack: RulePack,
    calendar: Calendar,
    *,
    before: Iterable[Calendar] = (),
    campaigns: Iterable[Campaign] = (),
) -> tuple[Moved, ...]:
    """The dates of this order that `calendar` counts otherwise than they stand; empty where none moves.

    `pack` is the one the order was accepted under (another one moves nothing); `before`: calendars once in force. An estimate whose date stays but is 暂定 no more is
    among them.
    """
    accepted = order.accepted
    if accepted is None or order.is_ended or accepted.rule_pack != pack.reference:
        return ()
    limit = limit_of(accepted, pack, campaigns, at=order.accepted_at)
    was_right = order.clocked_at == order.accepted_at
    if limit is None or (limit.unit is Unit.HOUR and was_right):
        return ()
    before = tuple(before) if was_right else (*before, calendar)
    found = [*_of_estimate(order, accepted, limit, calendar=calendar, before=before)]
    for each in order.live:
        if each.is_working and each is _latest(order, each.agency):
            found += _of_round(order, each, _counts(order, each, pack, limit), calendar=calendar, before=before)
    return tuple(found)


def _of_estimate(
    order: WorkOrder, accepted: Accepted, limit: TimeLimit, *, calendar: Calendar, before: tuple[Calendar, ...]
) -> Iterator[Moved]:
    if not accepted.due_on:
        return
    was_counted = accepted.due_provisional or any(_once(start, limit, before, accepted.due_on) for start in _starts(order))
    new = _due(order.accepted_at, limit, calendar)
    if was_counted and (new.on.isoformat(), new.provisional) != (accepted.due_on, accepted.due_provisional):
        yield _moved(AgencyCode(""), accepted.due_on, new)


def _of_round(
    order: WorkOrder,
    each: Assignment,
    counts: list[tuple[int, TimeLimit]],
    *,
    calendar: Calendar,
    before: tuple[Calendar, ...],
) -> Iterator[Moved]:
    estimate = order.accepted
    is_the_offer = estimate is not None and estimate.due_provisional and each.due_on == estimate.due_on
    if not each.due_on or (each.extensions and not each.redo):
        return
    was_counted_by_it = order.oversight.calendar == calendar.version
    if (
        was_counted_by_it
        and not is_the_offer
        and any(_on(start, limit, calendar) == each.due_on for start, limit in counts if start not in _starts(order)[1:])
    ):
        return
    for place, (start, limit) in enumerate(counts):
        if (is_the_offer and place == 0) or _once(start, limit, before, each.due_on):
            new = _due(order.accepted_at if start in _starts(order) else start, limit, calendar)
            if new.on.isoformat() != each.due_on:
                yield _moved(each.agency, each.due_on, new)
            return


def _counts(order: WorkOrder, each: Assignment, pack: RulePack, limit: TimeLimit) -> list[tuple[int, TimeLimit]]:
    """From when and by which limit this round's date may have been counted; the first one is what a dispatcher is offered."""
    counts = [(start, limit) for start in _starts(order)]
    if pack.sending_back and pack.sending_back.restarts_callers_limit:
        counts.append((each.dispatched_at, limit))
    if each.redo and pack.redo and pack.redo.limit:
        counts.append((each.reviewed_at or each.dispatched_at, pack.span_limit(pack.redo.limit)))
    return [(start, one) for start, one in counts if one.unit is not Unit.HOUR or order.clocked_at != order.accepted_at]


def _starts(order: WorkOrder) -> tuple[int, ...]:
    """From when the estimate may have been counted: the acceptance, and what the clock of its PC said it was."""
    return tuple(dict.fromkeys((order.accepted_at, order.clocked_at)))


def _latest(order: WorkOrder, agency: AgencyCode) -> Assignment | None:
    """The round a recomputation would reach."""
    return next((a for a in reversed(order.assignments) if a.agency == agency), None)


def _due(start_ms: int, limit: TimeLimit, calendar: Calendar) -> Due:
    return due(civil(start_ms), limit, calendar)


def _on(start_ms: int, limit: TimeLimit, calendar: Calendar) -> str:
    return _due(start_ms, limit, calendar).on.isoformat()


def _once(start_ms: int, limit: TimeLimit, before: tuple[Calendar, ...], day: str) -> bool:
    """Whether one of the calendars once in force counts to this day."""
    return any(_on(start_ms, limit, calendar) == day for calendar in before)


def _moved(agency: AgencyCode, before: str, new: Due) -> Moved:
    return Moved(agency, before, new.on.isoformat(), new.at_ms, new.provisional)
