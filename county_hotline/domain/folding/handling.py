"""What the facts of 办理 do to an order."""

from __future__ import annotations

from msgspec.structs import replace

from county_hotline.domain.facts import (
    CitizenTold,
    ContactMade,
    ExtensionAsked,
    ExtensionDecided,
    Replied,
    Resumed,
    SignedFor,
    SuspensionAsked,
    SuspensionDecided,
)
from county_hotline.domain.folding.ground import asked, decided, lapsed, on_round, step
from county_hotline.domain.happened import Happened
from county_hotline.domain.standing_parts import Application, Assignment, ToldCitizen, ToTell
from county_hotline.domain.vocabulary import Ask, AssignmentState, Told
from county_hotline.domain.work_order import WorkOrder

_SIGNABLE = (AssignmentState.TO_SIGN, AssignmentState.REDO)


@step.register
def _signed_for(fact: SignedFor, order: WorkOrder, event: Happened) -> WorkOrder:
    def signed(a: Assignment) -> Assignment:
        if a.state not in _SIGNABLE:
            return a
        return replace(a, state=AssignmentState.IN_HAND, signed_at=event.counted_at, signer=event.officer)

    return on_round(order, fact.agency, signed)


@step.register
def _contact_made(fact: ContactMade, order: WorkOrder, event: Happened) -> WorkOrder:
    def contacted(a: Assignment) -> Assignment:
        first = fact.contacted_at if fact.reached and a.contacted_at is None else a.contacted_at
        return replace(a, contacted_at=first, contact_tries=a.contact_tries + 1)

    return on_round(order, fact.agency, contacted)


@step.register
def _extension_asked(fact: ExtensionAsked, order: WorkOrder, event: Happened) -> WorkOrder:
    return asked(order, _application(Ask.EXTENSION, fact, event, words=fact.words, wanted=fact.until))


@step.register
def _suspension_asked(fact: SuspensionAsked, order: WorkOrder, event: Happened) -> WorkOrder:
    words = "\n".join(part for part in (fact.words, fact.resume_when) if part)
    return asked(order, _application(Ask.SUSPENSION, fact, event, words=words, wanted=fact.review_on))


def _application(ask: Ask, fact: ExtensionAsked | SuspensionAsked, event: Happened, *, words: str, wanted: str) -> Application:
    return Application(
        entry_id=event.entry_id,
        ask=ask,
        agency=fact.agency,
        asked_at=event.counted_at,
        officer=event.officer,
        words=words,
        reason=fact.reason.value,
        wanted=wanted,
    )


@step.register
def _extension_decided(fact: ExtensionDecided, order: WorkOrder, event: Happened) -> WorkOrder:
    order, holds = decided(order, fact.asked, Ask.EXTENSION, event, approved=fact.approved, opinion=fact.opinion)
    if not holds or not fact.approved:
        return order

    def longer(a: Assignment) -> Assignment:
        return replace(a, due_on=fact.due_on, due_at=fact.due_at, extensions=a.extensions + 1) if a.is_live else a

    return _must_tell(on_round(order, fact.agency, longer), Told.EXTENSION, fact.agency, event, by=fact.tell_by)


@step.register
def _suspension_decided(fact: SuspensionDecided, order: WorkOrder, event: Happened) -> WorkOrder:
    application = next((a for a in order.applications if a.entry_id == fact.asked), None)
    order, holds = decided(order, fact.asked, Ask.SUSPENSION, event, approved=fact.approved, opinion=fact.opinion)
    if not holds or not fact.approved:
        return order

    def suspended(a: Assignment) -> Assignment:
        if a.state is not AssignmentState.IN_HAND:
            return a
        return replace(
            a,
            state=AssignmentState.SUSPENDED,
            suspended_at=event.counted_at,
            review_on=fact.review_on,
            resume_when=application.words if application else "",
        )

    return _must_tell(on_round(order, fact.agency, suspended), Told.SUSPENSION, fact.agency, event, by=0)


@step.register
def _resumed(fact: Resumed, order: WorkOrder, event: Happened) -> WorkOrder:
    def resumed(a: Assignment) -> Assignment:
        if a.state is not AssignmentState.SUSPENDED:
            return a
        return replace(
            a,
            state=AssignmentState.IN_HAND,
            suspended_at=None,
            review_on="",
            resume_when="",
            due_on=fact.due_on or a.due_on,
            due_at=fact.due_at or a.due_at,
        )

    return on_round(order, fact.agency, resumed)


def _must_tell(order: WorkOrder, about: Told, agency: str, event: Happened, *, by: int) -> WorkOrder:
    return replace(order, to_tell=(*order.to_tell, ToTell(about, agency, event.counted_at, by)))  # type: ignore[arg-type]


@step.register
def _citizen_told(fact: CitizenTold, order: WorkOrder, event: Happened) -> WorkOrder:
    told = ToldCitizen(fact.about, fact.told_at, fact.reached, fact.words, fact.agency)
    open_still = tuple(t for t in order.to_tell if t.about is not fact.about)
    return replace(order, told=(*order.told, told), to_tell=open_still)


@step.register
def _replied(fact: Replied, order: WorkOrder, event: Happened) -> WorkOrder:
    def replied(a: Assignment) -> Assignment:
        if not a.is_live:
            return a
        return replace(
            a,
            state=AssignmentState.REPLIED,
            replied_at=event.counted_at,
            internal=fact.internal,
            public=fact.public,
            solved=fact.solved,
            genuine=fact.genuine,
            beyond_duty=fact.beyond_duty,
            unsolved_reason=fact.unsolved_reason,
            signed_off_by=fact.signed_off_by,
            photos=fact.photos,
            reviewed_at=None,
        )

    return lapsed(on_round(order, fact.agency, replied), fact.agency, event)
