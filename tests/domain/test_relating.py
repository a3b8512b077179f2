"""关联 and 同一事项: they move nothing else of an order, and what two people do unseen comes to the same however it is ordered."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from county_hotline.domain.facts import Clustered, Fact, Linked, Nothing, Unclustered, Unlinked
from county_hotline.domain.folding import fold
from county_hotline.domain.happened import Happened
from county_hotline.domain.standing_parts import Cluster
from county_hotline.ids import ClusterId, Number
from tests.domain.any_story import NUMBER, relating, stories
from tests.domain.test_clashes import wrote

OTHER, K1, K2 = Number("370323-03A-261121-00021"), ClusterId("K1"), ClusterId("K2")


def folded(*facts: Fact) -> object:
    order = fold(NUMBER, [wrote(fact, place, "370323-03") for place, fact in enumerate(facts)])
    return order.links, order.cluster


@pytest.mark.parametrize(
    ("facts", "links", "cluster"),
    [
        ((Linked(OTHER), Linked(OTHER)), (OTHER,), None),
        ((Linked(NUMBER),), (), None),
        ((Linked(OTHER), Unlinked(OTHER)), (), None),
        ((Unlinked(OTHER), Linked(OTHER)), (OTHER,), None),
        ((Clustered(K1, "甲"), Clustered(K2, "乙")), (), Cluster(K2, "乙")),
        ((Clustered(K1, "甲"), Unclustered(K1)), (), None),
    ],
)
def test_what_stands_in_the_end(facts: tuple[Fact, ...], links: tuple[Number, ...], cluster: Cluster | None) -> None:
    assert folded(*facts) == (links, cluster)


def test_taking_out_of_one_matter_and_moving_to_another_come_to_the_same_either_way_round() -> None:
    before, out, moved = Clustered(K1, "甲"), Unclustered(K1), Clustered(K2, "乙")

    assert folded(before, out, moved) == folded(before, moved, out) == ((), Cluster(K2, "乙"))


@given(story=stories(max_size=12), data=st.data())
def test_they_change_no_stage_no_unit_and_no_limit(story: tuple[Happened, ...], data: st.DataObject) -> None:
    """The same story with something said of relations in between: the order stands as it stood, but for them."""
    places = [place for place, event in enumerate(story) if isinstance(event.fact, (Linked, Unlinked, Clustered, Unclustered))]
    others = list(story)
    for place in places:
        others[place] = replace(story[place], fact=data.draw(relating) if data.draw(st.booleans()) else Nothing())
    one, two = fold(NUMBER, story), fold(NUMBER, others)

    assert (one.stage, one.assignments, one.due_on, one.outcome) == (two.stage, two.assignments, two.due_on, two.outcome)
