"""What is said of 一线处置: 呼叫, 报到, 处置, 互评."""

from __future__ import annotations

from county_hotline.domain.facts import (
    ArrivalSigned,
    CallAnswered,
    CallCancelled,
    CallScored,
    SiteFindings,
    Task,
    UnitsCalled,
)
from county_hotline.ui.telling.story.ground import Reading, clauses, given, sentences, sign_of, signed, words_of
from county_hotline.wording import say

signed("people", "blue", UnitsCalled)
signed("geo-alt-fill", "green", ArrivalSigned)
signed("clipboard-check", "blue", SiteFindings)
signed("star-half", "quiet", CallScored)
signed("x-circle", "amber", CallCancelled)


@sign_of.register
def _answer_sign(fact: CallAnswered) -> tuple[str, str]:
    return ("person-walking", "blue") if fact.comes else ("person-x", "amber")


@words_of.register
def _units_called(fact: UnitsCalled, reading: Reading) -> str:
    head = say(
        "order.story.called",
        call=fact.call,
        units=reading.units(fact.agencies),
        at=reading.at(fact.meet_at),
        where=fact.meet_where,
    )
    people = say("order.story.three_people", handler=fact.handler, in_charge=fact.in_charge, chief=fact.chief)
    return sentences(head, fact.matter, people)


@words_of.register
def _call_answered(fact: CallAnswered, reading: Reading) -> str:
    key = "comes" if fact.comes else "cannot_come"
    return sentences(say(f"order.story.{key}", agency=reading.unit(fact.agency), call=fact.call), fact.words)


@words_of.register
def _arrival_signed(fact: ArrivalSigned, reading: Reading) -> str:
    who = clauses(fact.name, fact.post)
    return say("order.story.arrived", agency=reading.unit(fact.agency), who=who, at=reading.at(fact.arrived_at))


@words_of.register
def _site_findings(fact: SiteFindings, reading: Reading) -> str:
    return "\n".join([fact.findings, *(share_words(task, reading) for task in fact.tasks)])


def share_words(task: Task, reading: Reading) -> str:
    """`分工：县水务公司 换管，最迟 11-24 周二`."""
    until = say("order.story.until", day=reading.day(task.due_on)) if task.due_on else ""
    return clauses(say("order.story.share", agency=reading.unit(task.agency), work=task.work), until)


@words_of.register
def _call_scored(fact: CallScored, reading: Reading) -> str:
    head = say("order.story.scored", by=reading.unit(fact.by), of=reading.unit(fact.of), score=fact.score)
    return sentences(head, fact.words)


@words_of.register
def _call_cancelled(fact: CallCancelled, reading: Reading) -> str:
    return sentences(say("order.story.call_off", call=fact.call), given("order.story.reason", fact.reason))
