"""Figures of 总览 by hand: whether an order is one of those a figure counts, told from the order as it is folded. Knows no table and no SQL."""

from __future__ import annotations

from county_hotline.domain.tallies import NONE, Counted, Slice
from county_hotline.domain.vocabulary import ENDED, REACHED, AssignmentState, FollowUpResult, Satisfaction, Stage
from county_hotline.domain.work_order import WorkOrder

GOOD = (Satisfaction.VERY_GOOD, Satisfaction.GOOD)
TOWNSHIP = 9
"""Digits of a township's code."""


def in_span(at: int | None, wanted: Slice) -> bool:
    return at is not None and wanted.since <= at < wanted.until


def finished_at(order: WorkOrder) -> int | None:
    return order.finished_at if order.stage in (Stage.FINISHED, Stage.ARCHIVED) else None


def first_dispatch(order: WorkOrder) -> int | None:
    return min((each.dispatched_at for each in order.assignments), default=None)


def rounds_of(order: WorkOrder) -> list[bool]:
    """Of each round that counts for 及时签收, whether it was signed for in time."""
    gone = (AssignmentState.WITHDRAWN, AssignmentState.RETURNED)
    counted = [a for a in order.assignments if a.sign_by and (a.signed_at or a.state not in gone)]
    return [a.signed_at is not None and a.signed_at <= a.sign_by for a in counted]


def replied(order: WorkOrder, now: int) -> bool | None:
    """In time, late, or (None) not to be said yet."""
    lead = order.lead
    if lead is not None and lead.replied_at is not None:
        return lead.replied_at <= lead.ends_at if lead.ends_at else None
    if order.stage not in ENDED and 0 < order.due_at <= now:
        return False
    return None


def reached(order: WorkOrder) -> bool | None:
    tried = [f.result for f in order.closing.follow_ups if f.result is not FollowUpResult.NOT_NEEDED]
    if not tried and not order.closing.follow_up_by:
        return None
    return any(result in REACHED for result in tried)


def solved(order: WorkOrder) -> bool | None:
    said = [f.solved for f in order.closing.follow_ups if f.result in REACHED and f.solved is not None]
    return said[-1] if said else None


def in_time(order: WorkOrder) -> bool | None:
    at = finished_at(order)
    return at <= order.due_at if at and order.due_at else None


def belongs(order: WorkOrder, wanted: Slice) -> bool:
    """Whether the order is one of those the figure counts."""
    due, said = order.due_at, order.satisfaction
    if not lies_within(order, wanted):
        return False
    done, sent = in_span(finished_at(order), wanted), in_span(first_dispatch(order), wanted)
    came, is_open = in_span(order.accepted_at, wanted), order.stage not in ENDED
    return {
        Counted.ACCEPTED: came,
        Counted.ANSWERED: came and order.taking.answered is not None,
        Counted.DISPATCHED: sent,
        Counted.SIGNED_LATE: sent and not all(rounds_of(order)),
        Counted.REPLIED_LATE: sent and replied(order, wanted.at) is False,
        Counted.FINISHED: done,
        Counted.IN_TIME: done and in_time(order) is True,
        Counted.FINISHED_LATE: done and in_time(order) is False,
        Counted.RATED: done and said is not None,
        Counted.SATISFIED: done and said in GOOD,
        Counted.FAIRLY_SATISFIED: done and said in (*GOOD, Satisfaction.FAIR),
        Counted.DISSATISFIED: done and said in (Satisfaction.BAD, Satisfaction.VERY_BAD),
        Counted.UNREACHED: done and reached(order) is False,
        Counted.UNSOLVED: done and solved(order) is False,
        Counted.OPEN: is_open,
        Counted.OVERDUE: is_open and 0 < due < wanted.until,
        Counted.DUE: is_open and due > 0 and wanted.since <= due <= wanted.until,
        Counted.NO_LIMIT: is_open and due == 0,
        Counted.TO_FOLLOW_UP: order.closing.follow_up_by > 0,
    }[wanted.what]


def lies_within(order: WorkOrder, scope: Slice) -> bool:
    """Whether it is of the place, the category, the unit and the stage, whenever it was."""
    accepted = order.accepted
    place, category = (accepted.place, accepted.category) if accepted is not None else ("", "")
    bar = township(order) if len(scope.place) < TOWNSHIP else place
    return (
        _is_of(place, scope)
        and (category == "" if scope.category == NONE else category.startswith(scope.category))
        and scope.agency in ("", (order.lead.agency if order.lead else NONE))
        and scope.stage in (None, order.stage)
        and (not scope.not_places or bar not in scope.not_places)
        and (not scope.not_categories or category[:2] not in scope.not_categories)
    )


def _is_of(place: str, scope: Slice) -> bool:
    if scope.place == NONE:
        return len(place) < TOWNSHIP
    return place == scope.place if scope.place and scope.is_place_alone else place.startswith(scope.place)


def township(order: WorkOrder) -> str:
    """Where it happened; nothing where only the county is known."""
    place = order.accepted.place if order.accepted is not None else ""
    return place[:TOWNSHIP] if len(place) >= TOWNSHIP else ""
