"""What an act does to an order while another stands in its place: it is kept and told, but moves nothing."""

from __future__ import annotations

from functools import singledispatch

from msgspec.structs import replace

from county_hotline.domain.facts import AnsweredAtOnce, Corrected, Dispatched, EmergencyTransferred, Fact, PathTold
from county_hotline.domain.folding.ground import step
from county_hotline.domain.happened import Happened
from county_hotline.domain.standing_parts import Assignment
from county_hotline.domain.vocabulary import AssignmentRole, AssignmentState
from county_hotline.domain.weighing import Fields
from county_hotline.domain.work_order import WorkOrder


def set_aside(order: WorkOrder, event: Happened, aside: Fields) -> WorkOrder:
    """The order after an act of which `aside` does not stand: a correction without these fields, anything else as its trace alone."""
    fact = event.fact
    if isinstance(fact, Corrected):
        kept = {name: None for name in aside if name != "person"}
        return step(replace(fact, **kept, person=fact.person and "person" not in aside), order, event)
    return _trace(fact, order, event)


@singledispatch
def _trace(fact: Fact, order: WorkOrder, event: Happened) -> WorkOrder:
    return order


@_trace.register
def _(fact: Dispatched, order: WorkOrder, event: Happened) -> WorkOrder:
    """A round that the unit need not begin. The lead that stands stays the last."""
    round_ = Assignment(
        agency=fact.agency,
        role=fact.role,
        state=AssignmentState.WITHDRAWN,
        due_on=fact.due_on,
        due_at=fact.due_at,
        dispatched_at=event.counted_at,
        advice=fact.advice,
        reason=fact.reason,
        basis=fact.basis,
        ended_at=event.counted_at,
    )
    lead = order.lead
    place = len(order.assignments) if lead is None or fact.role is AssignmentRole.HELPER else order.assignments.index(lead)
    return replace(order, assignments=(*order.assignments[:place], round_, *order.assignments[place:]))


@_trace.register
def _(fact: EmergencyTransferred, order: WorkOrder, event: Happened) -> WorkOrder:
    return replace(order, taking=replace(order.taking, emergencies=(*order.taking.emergencies, fact)))


@_trace.register
def _(fact: AnsweredAtOnce, order: WorkOrder, event: Happened) -> WorkOrder:
    return replace(order, taking=replace(order.taking, answered=fact))


@_trace.register
def _(fact: PathTold, order: WorkOrder, event: Happened) -> WorkOrder:
    return replace(order, taking=replace(order.taking, path=fact))
