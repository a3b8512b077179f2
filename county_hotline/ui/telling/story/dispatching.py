"""What is said of 派单."""

from __future__ import annotations

from county_hotline.domain.facts import Dispatched, Recalled, SendBackAsked, SendBackDecided
from county_hotline.ui.telling.story.ground import (
    Reading,
    clauses,
    decided_sign,
    given,
    sentences,
    sign_of,
    signed,
    verdict,
    words_of,
)
from county_hotline.wording import say, word

signed("send-fill", "blue", Dispatched)
signed("box-arrow-right", "amber", Recalled)
signed("reply", "amber", SendBackAsked)


@sign_of.register
def _send_back_sign(fact: SendBackDecided) -> tuple[str, str]:
    return ("arrow-return-left", "amber") if fact.approved else decided_sign(approved=False)


@words_of.register
def _dispatched(fact: Dispatched, reading: Reading) -> str:
    to = say("order.story.to", agency=reading.unit(fact.agency), role=word(fact.role))
    until = say("order.story.until", day=fact.due_on[5:]) if fact.due_on else ""
    sign_by = say("order.story.sign_by", at=reading.by(fact.sign_by)) if fact.sign_by else ""
    return sentences(
        clauses(to, sign_by, until),
        given("order.story.moved_why", fact.reason),
        given("order.story.basis", fact.basis),
        given("order.story.advice", fact.advice),
    )


@words_of.register
def _recalled(fact: Recalled, reading: Reading) -> str:
    return sentences(say("order.story.recalled", agency=reading.unit(fact.agency)), given("order.story.reason", fact.reason))


@words_of.register
def _send_back_asked(fact: SendBackAsked, reading: Reading) -> str:
    proposed = say("order.story.proposed", agency=reading.unit(fact.proposed)) if fact.proposed else ""
    return sentences(word(fact.reason), fact.words, given("order.story.basis", fact.basis), proposed)


@words_of.register
def _send_back_decided(fact: SendBackDecided, reading: Reading) -> str:
    return verdict("send_back", approved=fact.approved, opinion=fact.opinion, unit=reading.unit(fact.agency))
