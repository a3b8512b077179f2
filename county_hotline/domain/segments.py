"""责任时段: who had the order in hand at each moment of its life, so that the parts add up exactly to the whole.

Clocks of several PCs may run backwards against each other: a later entry is taken to have happened no earlier than the one before.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta
from typing import Final

import msgspec

from county_hotline.domain.calendars import Calendar
from county_hotline.domain.civil_time import DAY_MS, civil, start_of_day_ms
from county_hotline.domain.folding import prefixes
from county_hotline.domain.happened import Happened
from county_hotline.domain.standing_parts import Assignment
from county_hotline.domain.tasks import CENTRE
from county_hotline.domain.vocabulary import AssignmentRole, AssignmentState
from county_hotline.domain.work_order import WorkOrder
from county_hotline.ids import AgencyCode, Number

CALLER: Final = AgencyCode("caller")
"""诉求人: asked for more, the order waits for them."""
NOBODY: Final = AgencyCode("nobody")
"""It had ended, and went on later: nobody's time."""
_UNITS: Final = {
    AssignmentState.TO_SIGN: "to_sign",
    AssignmentState.IN_HAND: "in_hand",
    AssignmentState.SUSPENDED: "suspended",
    AssignmentState.REDO: "redo",
    AssignmentState.ASKS_BACK: "asks_back",
    AssignmentState.ASKS_EXTENSION: "asks_extension",
}
"""While a unit has it. Its clock runs on until the centre has decided what it asks for (DOMAIN 2.2, step 9)."""
_CENTRES: Final = {AssignmentState.REPLIED: "to_review", AssignmentState.DONE: "to_follow_up"}


class Segment(msgspec.Struct, frozen=True):
    """One stretch of time in one hand."""

    begin: int
    """UTC ms."""
    end: int
    holder: AgencyCode
    """A unit, or `CENTRE`, `CALLER`, `NOBODY`."""
    why: str
    """A wording key below `segment.`."""
    assignment: int | None = None
    """Which round (its place in the order's assignments) where a unit had it."""

    @property
    def length_ms(self) -> int:
        return self.end - self.begin


class _Hand(msgspec.Struct, frozen=True):
    holder: AgencyCode
    why: str
    assignment: int | None = None


def segments_of(number: Number, story: Iterable[Happened], *, until_ms: int) -> tuple[Segment, ...]:
    """Who had it, from its acceptance to its end (to `until_ms` while it goes on): contiguous, and exactly that long together.

    Empty for an order that is not accepted here, and for one that ended at the moment it was accepted.
    """
    return tuple(_joined((begin, end, _hand(order)) for begin, end, order in _stretches(number, story, until_ms)))


def helper_spans(number: Number, story: Iterable[Happened], *, until_ms: int) -> tuple[Segment, ...]:
    """协办: when each helper's round waited for that helper. Beside the segments, not among them: helpers work at the same time."""
    of_round: dict[int, list[tuple[int, int, _Hand]]] = {}
    for begin, end, order in _stretches(number, story, until_ms):
        for place, hand in _helpers(order):
            of_round.setdefault(place, []).append((begin, end, hand))
    return tuple(span for place in sorted(of_round) for span in _joined(of_round[place]))


def held_ms(segments: Iterable[Segment]) -> dict[AgencyCode, int]:
    """How long each had it altogether."""
    total: dict[AgencyCode, int] = {}
    for segment in segments:
        total[segment.holder] = total.get(segment.holder, 0) + segment.length_ms
    return total


def working_ms(begin: int, end: int, calendar: Calendar) -> int:
    """How much of the time from `begin` to `end` (UTC ms) lies in working days. Office hours are not known here: a working day
    counts with its whole 24 hours."""
    total = 0
    day = civil(begin).date()
    while (midnight := start_of_day_ms(day.isoformat())) < end:
        if calendar.is_workday(day):
            total += min(end, midnight + DAY_MS) - max(begin, midnight)
        day += timedelta(days=1)
    return total


def _stretches(number: Number, story: Iterable[Happened], until_ms: int) -> Iterator[tuple[int, int, WorkOrder]]:
    """(begin, end, the order as it stood) from the acceptance on. Stretches without length are left out."""
    told = [(event.counted_at, order) for event, order in prefixes(number, story)]
    last = told[-1][1] if told else None
    if last is None or (last.accepted is None and not last.erased):
        return
    begin = last.accepted_at
    end = max(begin, until_ms if last.finished_at is None else last.finished_at)
    standing: WorkOrder | None = None
    at = begin
    for counted_at, order in told:
        if order.accepted is None and not order.erased:
            continue
        now = min(end, max(at, counted_at)) if standing is not None else begin
        if standing is not None and now > at:
            yield at, now, standing
        at, standing = now, order
    if standing is not None and end > at:
        yield at, end, standing


def _hand(order: WorkOrder) -> _Hand:
    """In whose hand it is."""
    if order.ended is not None:
        return _Hand(NOBODY, "closed")
    lead = order.lead
    if lead is None or not lead.is_live:
        if order.taking.asked is not None:
            return _Hand(CALLER, "to_complete")
        return _Hand(CENTRE, "to_dispatch")
    if lead.state in _CENTRES:
        return _Hand(CENTRE, _CENTRES[lead.state])
    return _Hand(lead.agency, _why(order, lead), _place(order, lead))


def _helpers(order: WorkOrder) -> Iterator[tuple[int, _Hand]]:
    if order.ended is not None:
        return
    for place, each in enumerate(order.assignments):
        if each.role is AssignmentRole.HELPER and each.is_working:
            yield place, _Hand(each.agency, _why(order, each), place)


def _why(order: WorkOrder, assignment: Assignment) -> str:
    is_suspended = assignment.state is AssignmentState.SUSPENDED
    return _UNITS[assignment.state if is_suspended else order.state_of(assignment)]


def _place(order: WorkOrder, assignment: Assignment) -> int:
    return next(place for place, each in enumerate(order.assignments) if each is assignment)


def _joined(stretches: Iterable[tuple[int, int, _Hand]]) -> Iterator[Segment]:
    """Neighbours in the same hand for the same reason are one."""
    open_: tuple[int, int, _Hand] | None = None
    for begin, end, hand in stretches:
        if open_ is not None and open_[1] == begin and open_[2] == hand:
            open_ = (open_[0], end, hand)
            continue
        if open_ is not None:
            yield _segment(*open_)
        open_ = (begin, end, hand)
    if open_ is not None:
        yield _segment(*open_)


def _segment(begin: int, end: int, hand: _Hand) -> Segment:
    return Segment(begin, end, hand.holder, hand.why, hand.assignment)
