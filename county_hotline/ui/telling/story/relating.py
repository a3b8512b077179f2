"""What is said of 关联 and 同一事项."""

from __future__ import annotations

from county_hotline.domain.facts import Clustered, Linked, Unclustered, Unlinked
from county_hotline.ui.telling.story.ground import Reading, given, sentences, signed, words_of
from county_hotline.wording import say

signed("link-45deg", "quiet", Linked)
signed("link-45deg", "quiet", Unlinked)
signed("collection", "quiet", Clustered)
signed("collection", "quiet", Unclustered)


@words_of.register
def _linked(fact: Linked, reading: Reading) -> str:
    return sentences(say("order.story.linked", number=fact.other), given("order.story.reason", fact.reason))


@words_of.register
def _unlinked(fact: Unlinked, reading: Reading) -> str:
    return sentences(say("order.story.unlinked", number=fact.other), given("order.story.reason", fact.reason))


@words_of.register
def _clustered(fact: Clustered, reading: Reading) -> str:
    return say("order.story.clustered", name=fact.name)


@words_of.register
def _unclustered(fact: Unclustered, reading: Reading) -> str:
    return sentences(say("order.story.unclustered"), given("order.story.reason", fact.reason))
