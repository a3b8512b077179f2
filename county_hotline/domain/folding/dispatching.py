"""What the facts of 派单 do to an order."""

from __future__ import annotations

from msgspec.structs import replace

from county_hotline.domain.civil_time import end_of_day_ms
from county_hotline.domain.facts import Dispatched, Recalled, SendBackAsked, SendBackDecided
from county_hotline.domain.folding.ground import asked, decided, going_on, lapsed, on_round, step
from county_hotline.domain.happened import Happened
from county_hotline.domain.standing_parts import Application, Assignment
from county_hotline.domain.vocabulary import Ask, AssignmentRole, AssignmentState
from county_hotline.domain.work_order import WorkOrder


@step.register
def _dispatched(fact: Dispatched, order: WorkOrder, event: Happened) -> WorkOrder:
    """A new unit in the lead takes the place of the one before; a fallback leads only where the rule says so or nobody else does."""
    lead = order.lead
    leads = fact.role is AssignmentRole.LEAD or (
        fact.role is AssignmentRole.FALLBACK and (fact.fallback_rule or lead is None or not lead.is_live)
    )
    others = tuple(
        _moved_on(a, event.counted_at) if leads and a.role is not AssignmentRole.HELPER else a for a in order.assignments
    )
    role = fact.role if leads or fact.role is AssignmentRole.HELPER else AssignmentRole.HELPER
    new = Assignment(
        agency=fact.agency,
        role=role,
        state=AssignmentState.TO_SIGN,
        due_on=fact.due_on,
        due_at=fact.due_at or end_of_day_ms(fact.due_on),
        sign_by=fact.sign_by,
        contact_by=fact.contact_by,
        dispatched_at=event.counted_at,
        advice=fact.advice,
        reason=fact.reason,
        basis=fact.basis,
    )
    moved = [was.agency for was, now in zip(order.assignments, others, strict=True) if was is not now]
    order = going_on(replace(order, assignments=(*others, new)))
    for agency in moved:
        order = lapsed(order, agency, event)
    return order


def _moved_on(assignment: Assignment, at: int) -> Assignment:
    if not assignment.is_live:
        return assignment
    return replace(assignment, state=AssignmentState.WITHDRAWN, ended_at=at)


@step.register
def _recalled(fact: Recalled, order: WorkOrder, event: Happened) -> WorkOrder:
    return lapsed(on_round(order, fact.agency, lambda a: _moved_on(a, event.counted_at)), fact.agency, event)


@step.register
def _send_back_asked(fact: SendBackAsked, order: WorkOrder, event: Happened) -> WorkOrder:
    return asked(
        order,
        Application(
            entry_id=event.entry_id,
            ask=Ask.SEND_BACK,
            agency=fact.agency,
            asked_at=event.counted_at,
            officer=event.officer,
            words=fact.words,
            reason=fact.reason.value,
            basis=fact.basis,
            wanted=fact.proposed,
        ),
    )


@step.register
def _send_back_decided(fact: SendBackDecided, order: WorkOrder, event: Happened) -> WorkOrder:
    order, holds = decided(order, fact.asked, Ask.SEND_BACK, event, approved=fact.approved, opinion=fact.opinion)
    if not holds or not fact.approved:
        return order

    def let_go(a: Assignment) -> Assignment:
        return replace(a, state=AssignmentState.RETURNED, ended_at=event.counted_at) if a.is_live else a

    return on_round(order, fact.agency, let_go)
