"""What is said of 审核、评价、回访 and the end."""

from __future__ import annotations

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
from county_hotline.domain.vocabulary import DISSATISFIED, FollowUpResult, Satisfaction
from county_hotline.ui.telling.story.ground import Reading, clauses, given, sentences, sign_of, signed, words_of
from county_hotline.wording import say, word

signed("arrow-repeat", "amber", RedoOrdered)
signed("arrow-counterclockwise", "amber", Reopened)
signed("check-circle-fill", "green", Finished)
signed("archive", "quiet", Archived)
signed("globe", "blue", Published)
_UNREACHED = (FollowUpResult.NO_ANSWER, FollowUpResult.WRONG_NUMBER)


@sign_of.register
def _review_sign(fact: Reviewed) -> tuple[str, str]:
    return ("check2-circle", "green") if fact.passed else ("arrow-repeat", "amber")


@sign_of.register
def _rating_sign(fact: Rated) -> tuple[str, str]:
    return _said_sign(fact.satisfaction)


@sign_of.register
def _follow_up_sign(fact: FollowedUp) -> tuple[str, str]:
    if fact.result in _UNREACHED:
        return "telephone-x", "quiet"
    return _said_sign(fact.satisfaction) if fact.satisfaction else ("telephone", "blue")


def _said_sign(satisfaction: Satisfaction) -> tuple[str, str]:
    return ("emoji-frown", "amber") if satisfaction in DISSATISFIED else ("emoji-smile", "green")


@words_of.register
def _reviewed(fact: Reviewed, reading: Reading) -> str:
    head = say(f"order.story.review.{'yes' if fact.passed else 'no'}", agency=reading.unit(fact.agency))
    new = say("order.story.redo_until", day=reading.day(fact.due_on)) if not fact.passed and fact.due_on else ""
    call = say("order.story.follow_up_by", at=reading.by(fact.follow_up_by)) if fact.passed and fact.follow_up_by else ""
    return sentences(head, given("order.story.opinion", fact.opinion), new, call)


@words_of.register
def _redo_ordered(fact: RedoOrdered, reading: Reading) -> str:
    until = say("order.story.redo_until", day=reading.day(fact.due_on)) if fact.due_on else ""
    return sentences(
        say("order.story.redo", agency=reading.unit(fact.agency)), given("order.story.opinion", fact.opinion), until
    )


def _solved(*, solved: bool | None) -> str:
    return "" if solved is None else say(f"order.story.thinks.{'yes' if solved else 'no'}")


@words_of.register
def _rated(fact: Rated, reading: Reading) -> str:
    return sentences(clauses(word(fact.satisfaction), _solved(solved=fact.solved), word(fact.channel)), fact.words)


@words_of.register
def _followed_up(fact: FollowedUp, reading: Reading) -> str:
    said = word(fact.satisfaction) if fact.satisfaction else ""
    asked = [
        say(f"order.story.{name}.{'yes' if answer else 'no'}")
        for name, answer in (("contacted", fact.contacted), ("genuine", fact.genuine))
        if answer is not None
    ]
    again = say("order.story.next_try", at=reading.at(fact.next_try_at)) if fact.next_try_at else ""
    return sentences(clauses(word(fact.result), said, _solved(solved=fact.solved)), clauses(*asked), fact.words, again)


@words_of.register
def _reopened(fact: Reopened, reading: Reading) -> str:
    return given("order.story.reason", fact.reason)


@words_of.register
def _finished(fact: Finished, reading: Reading) -> str:
    return sentences(word(fact.outcome), fact.opinion)


@words_of.register
def _archived(fact: Archived, reading: Reading) -> str:
    keep = say("order.story.keep", years=fact.keep_years) if fact.keep_years else say("order.story.keep_for_ever")
    return clauses(given("order.story.file_number", fact.file_number), keep)


@words_of.register
def _published(fact: Published, reading: Reading) -> str:
    photos = say("order.story.photos", count=len(fact.photos)) if fact.photos else ""
    return sentences(fact.title, fact.text, photos)
