"""What the facts of 催办、督办、亮牌、认定、申诉 and 期限重算 do to an order."""

from __future__ import annotations

from collections.abc import Callable

from msgspec.structs import replace

from county_hotline.domain.facts import (
    AppealAsked,
    AppealDecided,
    CardShown,
    CardTakenBack,
    DueRecomputed,
    HardCaseAsked,
    HardCaseDecided,
    Moved,
    SupervisionClosed,
    SupervisionIssued,
    SupervisionReplied,
    UnreasonableAsked,
    UnreasonableDecided,
    Urged,
)
from county_hotline.domain.folding.ground import asked, decided, on_round, step
from county_hotline.domain.happened import Happened
from county_hotline.domain.standing_parts import Application, Oversight, Supervision, Urge, Warned
from county_hotline.domain.vocabulary import Ask
from county_hotline.domain.work_order import WorkOrder


def _watch(order: WorkOrder, change: Callable[[Oversight], Oversight]) -> WorkOrder:
    return replace(order, oversight=change(order.oversight))


@step.register
def _urged(fact: Urged, order: WorkOrder, event: Happened) -> WorkOrder:
    urge = Urge(fact.agency, event.counted_at, fact.by_caller, fact.words)
    return _watch(order, lambda o: replace(o, urges=(*o.urges, urge)))


@step.register
def _issued(fact: SupervisionIssued, order: WorkOrder, event: Happened) -> WorkOrder:
    if any(s.supervision == fact.supervision for s in order.oversight.supervisions):
        return order
    new = Supervision(
        supervision=fact.supervision,
        cause=fact.cause,
        agencies=fact.agencies,
        requirement=fact.requirement,
        reply_by=fact.reply_by,
        issued_at=event.counted_at,
        copied_to=fact.copied_to,
        joint=fact.joint,
    )
    return _watch(order, lambda o: replace(o, supervisions=(*o.supervisions, new)))


def _on_supervision(order: WorkOrder, name: str, change: Callable[[Supervision], Supervision]) -> WorkOrder:
    def changed(oversight: Oversight) -> Oversight:
        return replace(
            oversight,
            supervisions=tuple(change(s) if s.supervision == name and s.is_open else s for s in oversight.supervisions),
        )

    return _watch(order, changed)


@step.register
def _supervision_replied(fact: SupervisionReplied, order: WorkOrder, event: Happened) -> WorkOrder:
    answer = (fact.agency, event.counted_at, fact.words)
    return _on_supervision(order, fact.supervision, lambda s: replace(s, replies=(*s.replies, answer)))


@step.register
def _supervision_closed(fact: SupervisionClosed, order: WorkOrder, event: Happened) -> WorkOrder:
    return _on_supervision(
        order,
        fact.supervision,
        lambda s: replace(s, closed_at=event.counted_at, opinion=fact.opinion, withdrawn=fact.withdrawn),
    )


@step.register
def _card_shown(fact: CardShown, order: WorkOrder, event: Happened) -> WorkOrder:
    card = Warned(fact.agency, fact.card, event.counted_at, fact.cause)
    return _watch(order, lambda o: replace(o, cards=(*o.cards, card)))


@step.register
def _card_taken_back(fact: CardTakenBack, order: WorkOrder, event: Happened) -> WorkOrder:
    def taken_back(oversight: Oversight) -> Oversight:
        cards = list(oversight.cards)
        for place in range(len(cards) - 1, -1, -1):
            card = cards[place]
            if card.agency == fact.agency and card.card is fact.card and card.taken_back_at is None:
                cards[place] = replace(card, taken_back_at=event.counted_at)
                break
        return replace(oversight, cards=tuple(cards))

    return _watch(order, taken_back)


@step.register
def _hard_case_asked(fact: HardCaseAsked, order: WorkOrder, event: Happened) -> WorkOrder:
    return asked(order, _application(Ask.HARD_CASE, fact, event))


@step.register
def _unreasonable_asked(fact: UnreasonableAsked, order: WorkOrder, event: Happened) -> WorkOrder:
    application = replace(_application(Ask.UNREASONABLE, fact, event), basis=fact.basis, wanted=fact.evidence)
    return asked(order, application)


@step.register
def _appeal_asked(fact: AppealAsked, order: WorkOrder, event: Happened) -> WorkOrder:
    application = replace(_application(Ask.APPEAL, fact, event), basis=fact.evidence, wanted=fact.against)
    return asked(order, application)


def _application(ask: Ask, fact: HardCaseAsked | UnreasonableAsked | AppealAsked, event: Happened) -> Application:
    return Application(
        entry_id=event.entry_id,
        ask=ask,
        agency=fact.agency,
        asked_at=event.counted_at,
        officer=event.officer,
        words=fact.words,
    )


@step.register
def _hard_case_decided(fact: HardCaseDecided, order: WorkOrder, event: Happened) -> WorkOrder:
    order, holds = decided(order, fact.asked, Ask.HARD_CASE, event, approved=fact.approved, opinion=fact.opinion)
    return _watch(order, lambda o: replace(o, hard_case=True)) if holds and fact.approved else order


@step.register
def _unreasonable_decided(fact: UnreasonableDecided, order: WorkOrder, event: Happened) -> WorkOrder:
    order, holds = decided(order, fact.asked, Ask.UNREASONABLE, event, approved=fact.approved, opinion=fact.opinion)
    return _watch(order, lambda o: replace(o, unreasonable=True)) if holds and fact.approved else order


@step.register
def _appeal_decided(fact: AppealDecided, order: WorkOrder, event: Happened) -> WorkOrder:
    return decided(order, fact.asked, Ask.APPEAL, event, approved=fact.approved, opinion=fact.opinion)[0]


@step.register
def _recomputed(fact: DueRecomputed, order: WorkOrder, event: Happened) -> WorkOrder:
    order = _watch(order, lambda o: replace(o, calendar=fact.calendar))
    for moved in fact.moved:
        order = _moved(order, moved)
    return order


def _moved(order: WorkOrder, moved: Moved) -> WorkOrder:
    """A limit moves only if it is still the one that was counted anew: an extension granted meanwhile stands."""
    if moved.agency:
        return on_round(
            order,
            moved.agency,
            lambda a: replace(a, due_on=moved.due_on, due_at=moved.due_at) if a.due_on == moved.before else a,
        )
    if order.accepted is None or order.accepted.due_on != moved.before:
        return order
    accepted = replace(order.accepted, due_on=moved.due_on, due_at=moved.due_at, due_provisional=moved.provisional)
    return replace(order, accepted=accepted)
