"""What is said of 办理."""

from __future__ import annotations

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
from county_hotline.ui.telling.story.ground import Reading, decided_sign, given, sentences, sign_of, signed, verdict, words_of
from county_hotline.wording import say, word

signed("inbox", "quiet", SignedFor)
signed("calendar-plus", "amber", ExtensionAsked)
signed("pause-circle", "amber", SuspensionAsked)
signed("play-circle", "blue", Resumed)
signed("chat-left-text", "green", Replied)


@sign_of.register
def _contact_sign(fact: ContactMade) -> tuple[str, str]:
    return ("telephone", "blue") if fact.reached else ("telephone-x", "amber")


@sign_of.register
def _extension_sign(fact: ExtensionDecided) -> tuple[str, str]:
    return decided_sign(approved=fact.approved)


@sign_of.register
def _suspension_sign(fact: SuspensionDecided) -> tuple[str, str]:
    return decided_sign(approved=fact.approved)


@sign_of.register
def _told_sign(fact: CitizenTold) -> tuple[str, str]:
    return ("telephone-outbound", "blue") if fact.reached else ("telephone-x", "amber")


@words_of.register
def _contact_made(fact: ContactMade, reading: Reading) -> str:
    key = "reached" if fact.reached else "not_reached"
    return sentences(say(f"order.story.{key}", at=reading.at(fact.contacted_at)), fact.words)


@words_of.register
def _extension_asked(fact: ExtensionAsked, reading: Reading) -> str:
    return sentences(say("order.story.wants_until", day=reading.day(fact.until), reason=word(fact.reason)), fact.words)


@words_of.register
def _extension_decided(fact: ExtensionDecided, reading: Reading) -> str:
    said = verdict("extension", approved=fact.approved, opinion=fact.opinion, unit=reading.unit(fact.agency))
    new = say("order.story.new_limit", day=reading.day(fact.due_on)) if fact.approved and fact.due_on else ""
    tell = say("order.story.tell_by", at=reading.by(fact.tell_by)) if fact.approved and fact.tell_by else ""
    return sentences(said, new, tell)


@words_of.register
def _suspension_asked(fact: SuspensionAsked, reading: Reading) -> str:
    return sentences(
        word(fact.reason),
        fact.words,
        say("order.story.resume_when", words=fact.resume_when),
        say("order.story.review_on", day=reading.day(fact.review_on)),
        given("order.story.sealed_by", fact.sealed_by),
    )


@words_of.register
def _suspension_decided(fact: SuspensionDecided, reading: Reading) -> str:
    said = verdict("suspension", approved=fact.approved, opinion=fact.opinion, unit=reading.unit(fact.agency))
    if not fact.approved:
        return said
    review = say("order.story.review_on", day=reading.day(fact.review_on)) if fact.review_on else ""
    return sentences(said, review, say(f"order.story.clock.{'waits' if fact.stops_clock else 'runs'}"))


@words_of.register
def _resumed(fact: Resumed, reading: Reading) -> str:
    new = say("order.story.new_limit", day=reading.day(fact.due_on)) if fact.due_on else ""
    return sentences(fact.words, new)


@words_of.register
def _citizen_told(fact: CitizenTold, reading: Reading) -> str:
    key = "told_of" if fact.reached else "told_nobody"
    return sentences(say(f"order.story.{key}", about=word(fact.about), at=reading.at(fact.told_at)), fact.words)


@words_of.register
def _replied(fact: Replied, reading: Reading) -> str:
    solved = "" if fact.solved is None else say("order.story.solved" if fact.solved else "order.story.unsolved")
    genuine = "" if fact.genuine is None else say(f"order.story.genuine.{'yes' if fact.genuine else 'no'}")
    beyond = say("order.story.beyond_duty") if fact.beyond_duty else ""
    judged = sentences(
        solved, given("order.story.unsolved_why", fact.unsolved_reason), genuine, beyond, given("order.story.signed_off", fact.signed_off_by)
    )  # fmt: skip
    public = say("order.story.public", words=fact.public) if fact.public else ""
    return "\n".join(part for part in (fact.internal, public, judged) if part)
