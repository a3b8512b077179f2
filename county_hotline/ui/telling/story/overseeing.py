"""What is said of 催办、督办、亮牌、认定、申诉 and 期限重算."""

from __future__ import annotations

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
from county_hotline.domain.vocabulary import Card
from county_hotline.ui.telling.story.ground import (
    Reading,
    decided_sign,
    given,
    sentences,
    sign_of,
    signed,
    verdict,
    words_of,
)
from county_hotline.wording import say, word

signed("megaphone", "amber", Urged)
signed("flag-fill", "red", SupervisionIssued)
signed("flag", "blue", SupervisionReplied, SupervisionClosed)
signed("puzzle", "amber", HardCaseAsked)
signed("slash-circle", "amber", UnreasonableAsked)
signed("shield-exclamation", "amber", AppealAsked)
signed("calculator", "quiet", DueRecomputed)


@sign_of.register
def _hard_case_sign(fact: HardCaseDecided) -> tuple[str, str]:
    return decided_sign(approved=fact.approved)


@sign_of.register
def _unreasonable_sign(fact: UnreasonableDecided) -> tuple[str, str]:
    return decided_sign(approved=fact.approved)


@sign_of.register
def _appeal_sign(fact: AppealDecided) -> tuple[str, str]:
    return decided_sign(approved=fact.approved)


@sign_of.register
def _card_sign(fact: CardShown) -> tuple[str, str]:
    return ("square-fill", "red") if fact.card is Card.RED else ("square-half", "amber")


@sign_of.register
def _card_back_sign(_fact: CardTakenBack) -> tuple[str, str]:
    return "square", "quiet"


@words_of.register
def _urged(fact: Urged, reading: Reading) -> str:
    key = "urged_by_caller" if fact.by_caller else "urged"
    return sentences(say(f"order.story.{key}", agency=reading.unit(fact.agency)), fact.words)


@words_of.register
def _supervision_issued(fact: SupervisionIssued, reading: Reading) -> str:
    key = "supervised_jointly" if fact.joint else "supervised"
    head = say(f"order.story.{key}", name=fact.supervision, cause=word(fact.cause), units=reading.units(fact.agencies))
    by = say("order.story.answer_by", at=reading.by(fact.reply_by)) if fact.reply_by else ""
    return sentences(head, fact.requirement, by, given("order.story.copied_to", fact.copied_to))


@words_of.register
def _supervision_replied(fact: SupervisionReplied, reading: Reading) -> str:
    return sentences(say("order.story.supervision_answer", name=fact.supervision, agency=reading.unit(fact.agency)), fact.words)


@words_of.register
def _supervision_closed(fact: SupervisionClosed, reading: Reading) -> str:
    key = "supervision_withdrawn" if fact.withdrawn else "supervision_done"
    return sentences(say(f"order.story.{key}", name=fact.supervision), given("order.story.opinion", fact.opinion))


@words_of.register
def _card_shown(fact: CardShown, reading: Reading) -> str:
    head = say("order.story.card", card=word(fact.card), agency=reading.unit(fact.agency))
    return sentences(head, given("order.story.reason", fact.cause))


@words_of.register
def _card_taken_back(fact: CardTakenBack, reading: Reading) -> str:
    head = say("order.story.card_back", card=word(fact.card), agency=reading.unit(fact.agency))
    return sentences(head, given("order.story.reason", fact.reason))


@words_of.register
def _hard_case_asked(fact: HardCaseAsked, reading: Reading) -> str:
    return fact.words


@words_of.register
def _hard_case_decided(fact: HardCaseDecided, reading: Reading) -> str:
    return verdict("hard_case", approved=fact.approved, opinion=fact.opinion, unit=reading.unit(fact.agency))


@words_of.register
def _unreasonable_asked(fact: UnreasonableAsked, reading: Reading) -> str:
    return sentences(fact.words, given("order.story.basis", fact.basis), given("order.story.evidence", fact.evidence))


@words_of.register
def _unreasonable_decided(fact: UnreasonableDecided, reading: Reading) -> str:
    return verdict("unreasonable", approved=fact.approved, opinion=fact.opinion, unit=reading.unit(fact.agency))


@words_of.register
def _appeal_asked(fact: AppealAsked, reading: Reading) -> str:
    return sentences(given("order.story.against", fact.against), fact.words, given("order.story.evidence", fact.evidence))


@words_of.register
def _appeal_decided(fact: AppealDecided, reading: Reading) -> str:
    return verdict("appeal", approved=fact.approved, opinion=fact.opinion, unit=reading.unit(fact.agency))


@words_of.register
def _recomputed(fact: DueRecomputed, reading: Reading) -> str:
    return sentences(say("order.story.calendar", calendar=fact.calendar), *(_moved(moved, reading) for moved in fact.moved))


def _moved(moved: Moved, reading: Reading) -> str:
    who = reading.unit(moved.agency) if moved.agency else say("order.story.whole_order")
    key = "moved_again" if moved.provisional else "moved"
    return say(f"order.story.{key}", who=who, before=reading.day(moved.before), day=reading.day(moved.due_on))
