"""A work order as it stands: the fold of what happened to it, in the agreed order. Total: `apply` never raises, it notes."""

from __future__ import annotations

from collections.abc import Iterable
from functools import singledispatch

import msgspec
from msgspec.structs import replace

from county_hotline.domain.clashes import Clash, clashes_in
from county_hotline.domain.facts import (
    Accepted,
    AttachmentAdded,
    Corrected,
    Dispatched,
    Fact,
    Finished,
    Person,
    Replied,
    SignedFor,
    Withheld,
    changed_fields,
)
from county_hotline.domain.happened import Happened
from county_hotline.domain.numbering import is_of
from county_hotline.domain.vocabulary import AssignmentRole, AssignmentState, Outcome, Stage
from county_hotline.ids import AgencyCode, EntryId, Number, OfficerId, StationId


class Assignment(msgspec.Struct, frozen=True):
    """派单一轮: one agency's share of the order."""

    agency: AgencyCode
    role: AssignmentRole
    state: AssignmentState
    due_on: str
    dispatched_at: int
    advice: str = ""
    signed_at: int | None = None
    signer: OfficerId | None = None
    replied_at: int | None = None
    internal: str = ""
    public: str = ""
    solved: bool | None = None


class WorkOrder(msgspec.Struct, frozen=True):
    """工单 as the journal tells it so far. `accepted` is None while its acceptance is not here (or its words are erased)."""

    number: Number
    stage: Stage = Stage.UNREAD
    accepted: Accepted | None = None
    """With corrections laid over it."""
    person: Person | None = None
    station: StationId | None = None
    """Where it was accepted."""
    officer: OfficerId | None = None
    accepted_at: int = 0
    assignments: tuple[Assignment, ...] = ()
    attachments: tuple[AttachmentAdded, ...] = ()
    outcome: Outcome | None = None
    opinion: str = ""
    finished_at: int | None = None
    clashes: tuple[Clash, ...] = ()
    """待核对: what two people did without seeing each other and which cannot simply both hold."""
    erased: bool = False
    """The words of its acceptance were erased by law: what it was about is known to nobody any more."""
    entries: int = 0
    last_entry: EntryId | None = None
    touched_at: int = 0

    @property
    def lead(self) -> Assignment | None:
        """牵头单位's round, the latest one."""
        return next((a for a in reversed(self.assignments) if a.role is AssignmentRole.LEAD), None)

    @property
    def due_on(self) -> str:
        """办理期限 in force: the lead's, else the estimate of acceptance; empty where none is known."""
        if self.lead is not None and self.lead.due_on:
            return self.lead.due_on
        return self.accepted.due_on if self.accepted else ""

    @property
    def is_confidential(self) -> bool:
        return self.accepted is not None and self.accepted.confidential


def fold(number: Number, happened: Iterable[Happened]) -> WorkOrder:
    """The order after everything in `happened`, which is in the agreed order."""
    story = tuple(happened)
    order = WorkOrder(number=number)
    for event in story:
        order = apply(order, event)
    return replace(order, clashes=clashes_in(story))


def apply(order: WorkOrder, event: Happened) -> WorkOrder:
    """The order after one more event. What no longer fits changes nothing but the count (and is noted by `clashes`)."""
    order = _fold(event.fact, order, event)
    return replace(
        order,
        entries=order.entries + 1,
        last_entry=event.entry_id,
        touched_at=max(order.touched_at, event.recorded_at),
        stage=_stage(order),
    )


def _stage(order: WorkOrder) -> Stage:
    if order.outcome is not None:
        return Stage.FINISHED
    lead = order.lead
    if lead is None:
        return Stage.TO_DISPATCH if order.accepted else Stage.UNREAD
    return {
        AssignmentState.TO_SIGN: Stage.TO_SIGN,
        AssignmentState.IN_HAND: Stage.IN_HAND,
        AssignmentState.REPLIED: Stage.TO_REVIEW,
    }.get(lead.state, Stage.IN_HAND)


@singledispatch
def _fold(fact: Fact, order: WorkOrder, event: Happened) -> WorkOrder:
    """Facts that change no state (notes, erasures, unknown kinds)."""
    return order


@_fold.register
def _accepted(fact: Accepted, order: WorkOrder, event: Happened) -> WorkOrder:
    if order.accepted is not None or not is_of(order.number, event.station):
        return order
    return replace(
        order,
        accepted=fact,
        person=event.person,
        station=event.station,
        officer=event.officer,
        accepted_at=event.recorded_at,
    )


@_fold.register
def _withheld(fact: Withheld, order: WorkOrder, event: Happened) -> WorkOrder:
    if fact.kind_on_disk != Accepted.kind or order.accepted is not None:
        return order
    return replace(order, erased=True, station=event.station, officer=event.officer, accepted_at=event.recorded_at)


@_fold.register
def _corrected(fact: Corrected, order: WorkOrder, event: Happened) -> WorkOrder:
    if order.accepted is None:
        return order
    accepted = order.accepted
    for name, value in changed_fields(fact).items():
        accepted = _with(accepted, name, value)
    person = event.person if fact.person and event.person is not None else order.person
    return replace(order, accepted=accepted, person=person)


def _with(accepted: Accepted, name: str, value: object) -> Accepted:
    return replace(accepted, **{name: value})


@_fold.register
def _dispatched(fact: Dispatched, order: WorkOrder, event: Happened) -> WorkOrder:
    others = tuple(
        _withdrawn(a) if fact.role is AssignmentRole.LEAD and a.role is AssignmentRole.LEAD else a for a in order.assignments
    )
    new = Assignment(
        agency=fact.agency,
        role=fact.role,
        state=AssignmentState.TO_SIGN,
        due_on=fact.due_on,
        dispatched_at=event.recorded_at,
        advice=fact.advice,
    )
    return replace(order, assignments=(*others, new), outcome=None, opinion="", finished_at=None)


def _withdrawn(assignment: Assignment) -> Assignment:
    return replace(assignment, state=AssignmentState.WITHDRAWN)


@_fold.register
def _signed_for(fact: SignedFor, order: WorkOrder, event: Happened) -> WorkOrder:
    def signed(a: Assignment) -> Assignment:
        if a.state is not AssignmentState.TO_SIGN:
            return a
        return replace(a, state=AssignmentState.IN_HAND, signed_at=event.recorded_at, signer=event.officer)

    return _on_assignment(order, fact.agency, signed)


@_fold.register
def _replied(fact: Replied, order: WorkOrder, event: Happened) -> WorkOrder:
    def replied(a: Assignment) -> Assignment:
        if a.state is AssignmentState.WITHDRAWN:
            return a
        return replace(
            a,
            state=AssignmentState.REPLIED,
            replied_at=event.recorded_at,
            internal=fact.internal,
            public=fact.public,
            solved=fact.solved,
        )

    return _on_assignment(order, fact.agency, replied)


def _on_assignment(order: WorkOrder, agency: AgencyCode, change: object) -> WorkOrder:
    """`change` applied to the agency's latest round; nothing where it has none."""
    rounds = list(order.assignments)
    for place in range(len(rounds) - 1, -1, -1):
        if rounds[place].agency == agency:
            rounds[place] = change(rounds[place])  # type: ignore[operator]
            break
    return replace(order, assignments=tuple(rounds))


@_fold.register
def _finished(fact: Finished, order: WorkOrder, event: Happened) -> WorkOrder:
    return replace(order, outcome=fact.outcome, opinion=fact.opinion, finished_at=event.recorded_at)


@_fold.register
def _attachment_added(fact: AttachmentAdded, order: WorkOrder, event: Happened) -> WorkOrder:
    if any(a.sha256 == fact.sha256 for a in order.attachments):
        return order
    return replace(order, attachments=(*order.attachments, fact))
