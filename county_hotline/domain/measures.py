"""What 总览 measures of one order: a pure function of the order as it stands, kept as one narrow row beside it."""

from __future__ import annotations

from typing import Final

import msgspec

from county_hotline.domain.standing_parts import Assignment
from county_hotline.domain.vocabulary import REACHED, AssignmentState, FollowUpResult, Satisfaction, Stage
from county_hotline.domain.work_order import WorkOrder

FINISHED: Final = frozenset({Stage.FINISHED, Stage.ARCHIVED})
"""办结 as it is counted: the other ways to end (告知, 转接, 并单, 作废) are no 办结."""
UNKNOWN: Final = -1
LEVELS: Final = {
    Satisfaction.VERY_GOOD: 5,
    Satisfaction.GOOD: 4,
    Satisfaction.FAIR: 3,
    Satisfaction.BAD: 2,
    Satisfaction.VERY_BAD: 1,
}
NOT_RATED: Final = 0


class Measures(msgspec.Struct, frozen=True, kw_only=True):
    """One order in figures. A yes or no that is not known is `UNKNOWN`. Nothing of the caller stands here."""

    stage: int
    place: str
    category: str
    agency: str
    """Lead; empty while no unit has it (a hint is nobody's yet)."""
    dispatched_at: int | None = None
    """首次派单, UTC ms; None while there was none."""
    finished_at: int | None = None
    """办结, UTC ms; None while it is not."""
    due_at: int = 0
    """办理期限 in force, UTC ms; 0 where none is known."""
    in_time: int = UNKNOWN
    """按时办结: finished within its limit, approved extensions included; unknown where no limit was known."""
    answered: int = 0
    """直接答复: answered at once, without a unit."""
    rounds: int = 0
    """派单 rounds that had a known limit to be signed for and were not taken away before."""
    signed: int = 0
    """Those of them signed for within it."""
    rounds_apart: int = 0
    """Rounds left out: no limit to sign known, or taken away unsigned."""
    replied: int = UNKNOWN
    """及时回复: the lead replied within its limit (1), late (0), or not yet or without a known limit (unknown)."""
    satisfaction: int = NOT_RATED
    """1 to 5, 5 the best; 0: not rated, or it does not count (不合理诉求)."""
    called: int = UNKNOWN
    """回访: 1 reached, 0 tried and not reached (or still to be called), unknown where nobody is to be called."""
    solved: int = UNKNOWN
    """已解决, as the caller said it when called back."""
    follow_up_by: int = 0
    """回访时限 while a call back is waited for, UTC ms."""


def measures_of(order: WorkOrder) -> Measures:
    """The order in figures. See `domain.rates` for what they are put together to."""
    accepted, lead = order.accepted, order.lead
    finished = (order.finished_at or None) if order.stage in FINISHED else None
    counted = [each for each in order.assignments if each.sign_by and not _taken_unsigned(each)]
    return Measures(
        stage=int(order.stage),
        place=accepted.place if accepted else "",
        category=accepted.category if accepted else "",
        agency=lead.agency if lead else "",
        dispatched_at=min((each.dispatched_at for each in order.assignments), default=None),
        finished_at=finished,
        due_at=order.due_at,
        in_time=int(finished <= order.due_at) if finished and order.due_at else UNKNOWN,
        answered=int(order.taking.answered is not None),
        rounds=len(counted),
        signed=sum(each.signed_at is not None and each.signed_at <= each.sign_by for each in counted),
        rounds_apart=len(order.assignments) - len(counted),
        replied=_replied(lead, order.due_at),
        satisfaction=LEVELS[order.satisfaction] if order.satisfaction is not None else NOT_RATED,
        called=_called(order),
        solved=_solved(order),
        follow_up_by=order.closing.follow_up_by,
    )


def _taken_unsigned(each: Assignment) -> bool:
    return each.signed_at is None and each.state in (AssignmentState.WITHDRAWN, AssignmentState.RETURNED)


def _replied(lead: Assignment | None, due_at: int) -> int:
    """A lead that was given no limit of its own is held to the order's."""
    limit = lead.ends_at or due_at if lead else 0
    if lead is None or lead.replied_at is None or not limit:
        return UNKNOWN
    return int(lead.replied_at <= limit)


def _called(order: WorkOrder) -> int:
    tried = [each.result for each in order.closing.follow_ups if each.result is not FollowUpResult.NOT_NEEDED]
    if any(result in REACHED for result in tried):
        return 1
    return 0 if tried or order.closing.follow_up_by else UNKNOWN


def _solved(order: WorkOrder) -> int:
    said = [each.solved for each in order.closing.follow_ups if each.result in REACHED and each.solved is not None]
    return int(said[-1]) if said else UNKNOWN
