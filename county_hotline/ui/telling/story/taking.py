"""What is said of 受理."""

from __future__ import annotations

from enum import Enum

from county_hotline.domain.facts import (
    Accepted,
    AnsweredAtOnce,
    Corrected,
    EmergencyTransferred,
    Merged,
    MoreAsked,
    MoreGiven,
    PathTold,
    RepeatJoined,
    Voided,
    changed_fields,
)
from county_hotline.domain.vocabulary import HandedOver, SourceLevel
from county_hotline.ui.telling.story.ground import Reading, clauses, given, sentences, sign_of, signed, words_of
from county_hotline.wording import say, word

QUOTED = 40

signed("pencil-square", "blue", Accepted)
signed("pencil", "quiet", Corrected)
signed("chat-quote", "green", AnsweredAtOnce)
signed("signpost-split", "blue", PathTold)
signed("chat-left-dots", "amber", MoreAsked)
signed("chat-left-text", "quiet", MoreGiven)
signed("box-arrow-in-right", "quiet", Merged)
signed("layers", "quiet", RepeatJoined)
signed("x-circle", "quiet", Voided)


@sign_of.register
def _emergency_sign(fact: EmergencyTransferred) -> tuple[str, str]:
    return ("telephone-x", "amber") if fact.result is HandedOver.NO_ANSWER else ("telephone-forward", "red")


@words_of.register
def _accepted(fact: Accepted, reading: Reading) -> str:
    above = "" if fact.source_level is SourceLevel.COUNTY else word(fact.source_level)
    due = say("order.story.estimate", day=fact.due_on[5:]) if fact.due_on else ""
    outer = say("order.story.outer", at=reading.by(fact.external_due_at)) if fact.external_due_at else ""
    return clauses(above, word(fact.channel), word(fact.matter_kind), due, outer)


@words_of.register
def _corrected(fact: Corrected, reading: Reading) -> str:
    changed = [
        say("order.story.now", field=say(f"field.{name}"), value=_shown(name, value, reading))
        for name, value in changed_fields(fact).items()
    ]
    person = [say("field.person")] if fact.person else []
    return say("order.story.corrected", fields="；".join([*changed, *person]), reason=fact.reason)


def _shown(name: str, value: object, reading: Reading) -> str:
    if isinstance(value, Enum):
        return word(value)
    if isinstance(value, bool):
        return say("order.story.yes" if value else "order.story.no")
    text = {"place": reading.names.place, "category": reading.names.category}.get(name, str)(str(value)).replace("\n", " ")
    return text if len(text) <= QUOTED else f"{text[:QUOTED]}…"


@words_of.register
def _emergency(fact: EmergencyTransferred, reading: Reading) -> str:
    head = say("order.story.emergency", line=fact.line.value, at=reading.at(fact.handed_at), result=word(fact.result))
    three = say("order.story.three_party", who=fact.participants) if fact.three_party else ""
    return sentences(head, given("order.story.taker", fact.taker), three, fact.words)


@words_of.register
def _answered(fact: AnsweredAtOnce, reading: Reading) -> str:
    version = say("order.story.version", version=fact.article_version) if fact.article_version else ""
    source = say("order.story.article", title=fact.article_title or fact.article, version=version) if fact.article else ""
    content = "" if fact.content is None else say(f"order.story.content.{'yes' if fact.content else 'no'}")
    return sentences(fact.answer, source, content)


@words_of.register
def _path_told(fact: PathTold, reading: Reading) -> str:
    signed_for = "" if fact.signed is None else say(f"order.story.notice.{'yes' if fact.signed else 'no'}")
    handed = say("order.story.handed", to=clauses(fact.handed_to, fact.handed_number)) if fact.handed_to else ""
    path = given("order.story.path", fact.path)
    return sentences(fact.words, path, given("order.story.basis", fact.basis), handed, signed_for)


@words_of.register
def _more_asked(fact: MoreAsked, reading: Reading) -> str:
    by = say("order.story.by", at=reading.by(fact.by)) if fact.by else ""
    return sentences(fact.wanted, by)


@words_of.register
def _more_given(fact: MoreGiven, reading: Reading) -> str:
    return fact.words


@words_of.register
def _merged(fact: Merged, reading: Reading) -> str:
    return sentences(say("order.story.into", number=fact.into), given("order.story.reason", fact.reason))


@words_of.register
def _repeat_joined(fact: RepeatJoined, reading: Reading) -> str:
    return say("order.story.repeat", number=fact.repeat)


@words_of.register
def _voided(fact: Voided, reading: Reading) -> str:
    return sentences(word(fact.reason), fact.words)
