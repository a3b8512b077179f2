"""What the facts after a unit's reply do to an order."""

from __future__ import annotations

from msgspec.structs import replace

from county_hotline.domain.facts import (
    Archived,
    Finished,
    FollowedUp,
    Published,
    Rated,
    RedoOrdered,
    Reopened,
    Reviewed,
)
from county_hotline.domain.folding.ground import ended, going_on, on_round, step
from county_hotline.domain.happened import Happened
from county_hotline.domain.standing_parts import Assignment, Closing
from county_hotline.domain.vocabulary import DISSATISFIED, REACHED, AssignmentState, FollowUpResult, Satisfaction, Stage
from county_hotline.domain.work_order import WorkOrder


@step.register
def _reviewed(fact: Reviewed, order: WorkOrder, event: Happened) -> WorkOrder:
    def reviewed(a: Assignment) -> Assignment:
        if a.state is not AssignmentState.REPLIED:
            return a
        if fact.passed:
            return replace(a, state=AssignmentState.DONE, reviewed_at=event.counted_at, opinion=fact.opinion)
        return replace(
            a,
            state=AssignmentState.REDO,
            reviewed_at=event.counted_at,
            opinion=fact.opinion,
            redo=a.redo + 1,
            due_on=fact.due_on or a.due_on,
            due_at=fact.due_at or a.due_at,
        )

    changed = on_round(order, fact.agency, reviewed)
    if changed is order or not fact.passed:
        return changed
    leads = order.lead is not None and order.lead.agency == fact.agency
    by = fact.follow_up_by if leads else order.closing.follow_up_by or fact.follow_up_by  # a helper's takes no call back away
    return replace(changed, closing=replace(changed.closing, follow_up_by=by))


@step.register
def _redo_ordered(fact: RedoOrdered, order: WorkOrder, event: Happened) -> WorkOrder:
    """A new round for the unit, a helper's too: the order goes on. The round before stays as it ended."""
    before = next((a for a in reversed(order.assignments) if a.agency == fact.agency), None)
    if before is None:
        return order
    new = Assignment(
        agency=fact.agency,
        role=before.role,
        state=AssignmentState.REDO,
        due_on=fact.due_on,
        due_at=fact.due_at,
        dispatched_at=event.counted_at,
        reason=fact.opinion,
        redo=before.redo + 1,
    )
    assignments = tuple(
        replace(a, state=AssignmentState.DONE) if a is before and a.state is AssignmentState.REPLIED else a
        for a in order.assignments
    )
    closing = replace(order.closing, redo=order.closing.redo + 1, dissatisfied=False, follow_up_by=0)
    return going_on(replace(order, assignments=(*assignments, new), closing=closing))


@step.register
def _rated(fact: Rated, order: WorkOrder, event: Happened) -> WorkOrder:
    closing = replace(order.closing, ratings=(*order.closing.ratings, fact))
    return replace(order, closing=_judged(closing, fact.satisfaction))


@step.register
def _followed_up(fact: FollowedUp, order: WorkOrder, event: Happened) -> WorkOrder:
    is_over = fact.result in REACHED or fact.result is FollowUpResult.NOT_NEEDED
    by = 0 if is_over else fact.next_try_at
    closing = replace(order.closing, follow_ups=(*order.closing.follow_ups, fact), follow_up_by=by)
    return replace(order, closing=_judged(closing, fact.satisfaction))


def _judged(closing: Closing, satisfaction: Satisfaction | None) -> Closing:
    if satisfaction is None:
        return closing
    return replace(closing, dissatisfied=satisfaction in DISSATISFIED)


@step.register
def _reopened(fact: Reopened, order: WorkOrder, event: Happened) -> WorkOrder:
    if order.ended is None:
        return order
    closing = replace(
        order.closing,
        reopened=order.closing.reopened + 1,
        reasons=(*order.closing.reasons, fact.reason),
        archived_at=None,
        follow_up_by=0,
        dissatisfied=False,
    )
    taking = replace(order.taking, merged_into=None)
    assignments = tuple(
        replace(a, state=AssignmentState.WITHDRAWN, ended_at=a.ended_at or event.counted_at)
        if a is order.lead and a.is_live
        else a
        for a in order.assignments
    )
    return going_on(replace(order, closing=closing, taking=taking, assignments=assignments))


@step.register
def _finished(fact: Finished, order: WorkOrder, event: Happened) -> WorkOrder:
    """A reply that nobody had reviewed is taken to have passed. An opinion judges a caller's dissatisfaction; finishing again only that."""
    assignments = tuple(
        replace(a, state=AssignmentState.DONE, reviewed_at=a.reviewed_at or event.counted_at)
        if a.state is AssignmentState.REPLIED
        else a
        for a in order.assignments
    )
    at = order.finished_at if order.ended is Stage.FINISHED and order.finished_at else event.counted_at
    closing = replace(order.closing, dissatisfied=False) if fact.opinion else order.closing
    order = ended(replace(order, assignments=assignments, closing=closing), Stage.FINISHED, at)
    return replace(order, outcome=fact.outcome, opinion=fact.opinion)


@step.register
def _archived(fact: Archived, order: WorkOrder, event: Happened) -> WorkOrder:
    if order.ended is None:
        return order
    closing = replace(order.closing, archived_at=event.counted_at, file_number=fact.file_number)
    return replace(order, closing=closing, ended=Stage.ARCHIVED)


@step.register
def _published(fact: Published, order: WorkOrder, event: Happened) -> WorkOrder:
    return replace(order, closing=replace(order.closing, published=fact))
