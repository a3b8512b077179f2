"""Figures of 总览 by hand: whether an order is one of those a figure counts, told from the order as it is folded. Knows no table and no SQL."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import timedelta

import msgspec

from county_hotline.domain.civil_time import civil
from county_hotline.domain.rates import FORMULAS
from county_hotline.domain.tallies import NONE, OTHERS, Counted, Day, Flow, Group, Ratio, Slice, Standing, UnitRate
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
        limit = lead.ends_at or order.due_at
        return lead.replied_at <= limit if limit else None
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


# ---------------------------------------------------------------- figures together


def flow_of(orders: Sequence[WorkOrder], scope: Slice, now: int) -> Flow:
    """What happened in the span, counted order by order."""

    def count(what: Counted, wanted: Slice = scope) -> int:
        return sum(belongs(order, msgspec.structs.replace(wanted, what=what, at=now)) for order in orders)

    def those(what: Counted) -> list[WorkOrder]:
        return [order for order in orders if belongs(order, msgspec.structs.replace(scope, what=what))]

    came, sent, done = those(Counted.ACCEPTED), those(Counted.DISPATCHED), those(Counted.FINISHED)
    before = msgspec.structs.replace(scope, since=2 * scope.since - scope.until, until=scope.since)
    rated = [order.satisfaction for order in done]
    rounds = [is_signed for order in sent for is_signed in rounds_of(order)]
    answered = sum(order.taking.answered is not None for order in came)
    assigned = sum(len(order.assignments) for order in sent)
    return Flow(
        accepted=len(came),
        before=count(Counted.ACCEPTED, before),
        dispatched=len(sent),
        finished=len(done),
        answered=answered,
        unrated=rated.count(None),
        unreached=[reached(order) for order in done].count(False),
        ratios={
            "answered": Ratio(answered, len(came)),
            "signed_in_time": Ratio(sum(rounds), len(rounds), assigned - len(rounds)),
            "replied_in_time": ratio([replied(order, now) for order in sent]),
            "finished_in_time": ratio([in_time(order) for order in done]),
            "satisfied": ratio([None if each is None else each in GOOD for each in rated]),
            "fairly_satisfied": ratio([None if each is None else each in (*GOOD, Satisfaction.FAIR) for each in rated]),
            "solved": ratio([solved(order) for order in done]),
            "called_back": ratio([reached(order) for order in done]),
        },
        looked_at={formula.name: count(formula.look_at) for formula in FORMULAS},
    )


def ratio(values: Sequence[bool | None]) -> Ratio:
    """So many were so, of all that were or were not; those of which it is not known stand apart."""
    apart = sum(each is None for each in values)
    return Ratio(sum(each is True for each in values), len(values) - apart, apart)


def standing_of(orders: Sequence[WorkOrder], scope: Slice, now: int, soon: int) -> Standing:
    """What is so now, counted order by order."""
    here = [order for order in orders if lies_within(order, scope)]
    waits = [order for order in here if order.stage not in ENDED]
    today = civil(now).date()
    ahead = [today + timedelta(days=at) for at in range(7)]
    ends = [
        max(today, civil(order.due_at - 1).date()) for order in waits if order.due_at >= now
    ]  # what ends this moment: today
    stages = []
    for stage in sorted({order.stage for order in waits}):
        those = [order for order in waits if order.stage is stage]
        stages.append(Group(str(int(stage)), len(those), len(those), sum(is_late(order, now) for order in those)))
    return Standing(
        open=len(waits),
        overdue=sum(is_late(order, now) for order in waits),
        due_soon=sum(now <= order.due_at <= soon for order in waits),
        no_limit=sum(order.due_at == 0 for order in waits),
        to_follow_up=sum(order.closing.follow_up_by > 0 for order in here),
        stages=tuple(stages),
        days=tuple(Day(day.isoformat(), due=ends.count(day)) for day in ahead),
    )


def is_late(order: WorkOrder, now: int) -> bool:
    """超期 as of now."""
    return order.stage not in ENDED and 0 < order.due_at < now


def trend_of(orders: Sequence[WorkOrder], scope: Slice, now: int, days: int) -> tuple[Day, ...]:
    """登记 and 办结 of the last days, today the last."""
    here = [order for order in orders if lies_within(order, scope)]
    came = [civil(order.accepted_at).date() for order in here]
    done = [civil(at).date() for order in here if (at := finished_at(order))]
    last = civil(now).date()
    every = [last - timedelta(days=at) for at in reversed(range(days))]
    return tuple(Day(day.isoformat(), came.count(day), done.count(day)) for day in every)


def bars_of(
    orders: Sequence[WorkOrder], scope: Slice, now: int, most: int, code: Callable[[WorkOrder], str]
) -> tuple[Group, ...]:
    """受理 of the span by a code, the biggest first; the rest together, where that is more than one."""
    came = [order for order in orders if belongs(order, msgspec.structs.replace(scope, what=Counted.ACCEPTED))]
    groups = []
    for name in {code(order) for order in came}:
        those = [order for order in came if code(order) == name]
        waits, late = sum(o.stage not in ENDED for o in those), sum(is_late(o, now) for o in those)
        groups.append(Group(name, len(those), waits, late))
    groups.sort(key=lambda each: (-each.count, each.code))
    if len(groups) <= most + 1:
        return tuple(groups)
    rest = groups[most:]
    others = Group(OTHERS, sum(g.count for g in rest), sum(g.open for g in rest), sum(g.overdue for g in rest))
    return (*groups[:most], others)


def units_of(orders: Sequence[WorkOrder], scope: Slice, most: int) -> tuple[UnitRate, ...]:
    """按时办结率 of the units that closed most, the worst first."""
    done = [order for order in orders if belongs(order, msgspec.structs.replace(scope, what=Counted.FINISHED)) and order.lead]
    units = {order.lead.agency for order in done if order.lead}
    found = [UnitRate(unit, ratio([in_time(o) for o in done if o.lead and o.lead.agency == unit])) for unit in units]
    found = sorted((each for each in found if each.ratio.denominator), key=lambda each: (-each.ratio.denominator, each.agency))
    return tuple(sorted(found[:most], key=lambda each: (each.ratio.numerator / each.ratio.denominator, each.agency)))
