"""What the facts of 一线处置 do to an order. A fact about a call that is not here changes nothing."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from msgspec.structs import replace

from county_hotline.domain.facts import (
    ArrivalSigned,
    CallAnswered,
    CallCancelled,
    CallScored,
    SiteFindings,
    Task,
    UnitsCalled,
)
from county_hotline.domain.folding.ground import step
from county_hotline.domain.happened import Happened
from county_hotline.domain.standing_parts import Arrival, Assignment, Call, Score
from county_hotline.domain.vocabulary import AssignmentRole, AssignmentState
from county_hotline.domain.work_order import WorkOrder

Named = CallAnswered | ArrivalSigned | SiteFindings | CallScored | CallCancelled


@step.register
def _called(fact: UnitsCalled, order: WorkOrder, event: Happened) -> WorkOrder:
    if any(call.name == (fact.caller, fact.call) for call in order.calls):
        return order
    return replace(order, calls=(*order.calls, Call(fact, event.counted_at)))


def _on_call(order: WorkOrder, fact: Named, change: Callable[[Call], Call]) -> WorkOrder:
    name = (fact.caller, fact.call)
    return replace(order, calls=tuple(change(call) if call.name == name else call for call in order.calls))


@step.register
def _answered(fact: CallAnswered, order: WorkOrder, event: Happened) -> WorkOrder:
    def answered(call: Call) -> Call:
        others = tuple(a for a in call.answers if a[0] != fact.agency)
        return replace(call, answers=(*others, (fact.agency, fact.comes, fact.words)))

    return _on_call(order, fact, answered)


@step.register
def _arrived(fact: ArrivalSigned, order: WorkOrder, event: Happened) -> WorkOrder:
    def arrived(call: Call) -> Call:
        if any(a.agency == fact.agency and a.name == fact.name for a in call.arrivals):
            return call
        return replace(call, arrivals=(*call.arrivals, Arrival(fact.agency, fact.arrived_at, fact.name, fact.post)))

    return _on_call(order, fact, arrived)


@step.register
def _found(fact: SiteFindings, order: WorkOrder, event: Happened) -> WorkOrder:
    """The division of work makes helpers of the units that have a share and none in hand yet."""

    def found(call: Call) -> Call:
        return call if call.found_at else replace(call, findings=fact.findings, tasks=fact.tasks, found_at=event.counted_at)

    changed = _on_call(order, fact, found)
    known = {(fact.caller, fact.call)} & {call.name for call in order.calls if call.is_open}
    if not known:
        return changed
    busy = {a.agency for a in changed.assignments if a.is_live and (a.is_working or a is order.lead)}
    shares = tuple(_share(task, event.counted_at) for task in _by_unit(fact.tasks) if task.agency not in busy)
    if changed.ended is not None:
        return changed
    return replace(changed, assignments=(*changed.assignments, *shares))


def _by_unit(tasks: Iterable[Task]) -> Iterable[Task]:
    """One share a unit, whatever number of lines it has: all its work, until the earliest of its days."""
    of_unit: dict[str, Task] = {}
    for task in tasks:
        before = of_unit.get(task.agency)
        of_unit[task.agency] = task if before is None else _both(before, task)
    return of_unit.values()


def _both(one: Task, other: Task) -> Task:
    first = min((each for each in (one, other) if each.due_on), key=lambda each: each.due_on, default=one)
    return Task(one.agency, f"{one.work}\n{other.work}", first.due_on, first.due_at)


def _share(task: Task, at: int) -> Assignment:
    return Assignment(
        agency=task.agency,
        role=AssignmentRole.HELPER,
        state=AssignmentState.IN_HAND,
        due_on=task.due_on,
        due_at=task.due_at,
        dispatched_at=at,
        signed_at=at,
        advice=task.work,
    )


@step.register
def _scored(fact: CallScored, order: WorkOrder, event: Happened) -> WorkOrder:
    """一呼叫一考核: the first score of a pair stands."""

    def scored(call: Call) -> Call:
        if any((s.by, s.of) == (fact.by, fact.of) for s in call.scores):
            return call
        return replace(call, scores=(*call.scores, Score(fact.by, fact.of, fact.score, fact.words)))

    return _on_call(order, fact, scored)


@step.register
def _cancelled(fact: CallCancelled, order: WorkOrder, event: Happened) -> WorkOrder:
    return _on_call(order, fact, lambda call: replace(call, cancelled=fact.reason or "-") if call.is_open else call)
