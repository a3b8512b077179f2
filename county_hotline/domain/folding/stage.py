"""工单状态 from everything else: one function, so that the stage cannot disagree with what it stands for."""

from __future__ import annotations

from county_hotline.domain.vocabulary import AssignmentState, Stage
from county_hotline.domain.work_order import WorkOrder

_BY_LEAD = {
    AssignmentState.TO_SIGN: Stage.TO_SIGN,
    AssignmentState.IN_HAND: Stage.IN_HAND,
    AssignmentState.SUSPENDED: Stage.IN_HAND,
    AssignmentState.REPLIED: Stage.TO_REVIEW,
    AssignmentState.REDO: Stage.TO_REDO,
    AssignmentState.DONE: Stage.TO_FOLLOW_UP,
    AssignmentState.RETURNED: Stage.TO_DISPATCH,
    AssignmentState.WITHDRAWN: Stage.TO_DISPATCH,
}


def stage_of(order: WorkOrder) -> Stage:
    """Where the order stands."""
    if order.ended is not None:
        return order.ended
    if order.accepted is None and not order.assignments:
        return Stage.UNREAD
    lead = order.lead
    if order.taking.asked is not None and (lead is None or not lead.is_live):
        return Stage.TO_COMPLETE  # a unit that has it does not wait for what was asked unseen by the dispatcher
    return Stage.TO_DISPATCH if lead is None else _BY_LEAD[lead.state]
