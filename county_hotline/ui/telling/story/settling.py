"""What is said of 待核对 that was settled: whose act or value stands, and why."""

from __future__ import annotations

from county_hotline.domain.facts import ClashSettled
from county_hotline.ids import EntryId
from county_hotline.ui.telling.story.ground import Reading, clauses, sentences, signed, words_of
from county_hotline.wording import say

signed("intersect", "blue", ClashSettled)


@words_of.register
def _settled(fact: ClashSettled, reading: Reading) -> str:
    if fact.to_centre:
        return sentences(say("order.story.settled.centre"), fact.reason)
    if fact.fields:
        return sentences(clauses(*(_field(name, act, reading) for name, act in fact.fields.items())), fact.reason)
    if not fact.stands:
        return sentences(say("order.story.settled.both"), fact.reason)
    who, act = _hand(fact.stands, reading)
    return sentences(say("order.story.settled.one", who=who, act=act), fact.reason)


def _field(name: str, act: EntryId, reading: Reading) -> str:
    field = say(f"field.{name}")
    return (
        say("order.story.settled.field", field=field, who=_hand(act, reading)[0])
        if act
        else say("order.story.settled.anew", field=field)
    )


def _hand(act: EntryId, reading: Reading) -> tuple[str, str]:
    return reading.hands.get(act, (say("order.story.settled.gone"), ""))
