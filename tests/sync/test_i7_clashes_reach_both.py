"""I7: What two people did without seeing each other, and which cannot both hold, is on the review list of both."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from county_hotline.db.store import Store
from county_hotline.domain.facts import Corrected, Dispatched, Fact, Finished
from county_hotline.domain.views import RegisterQuery
from county_hotline.domain.vocabulary import Outcome
from county_hotline.ids import EntryId, Number
from tests.support.line import HOUSING, WATER
from tests.support.world import World

EXAMPLES = settings(settings(), max_examples=max(10, settings().max_examples // 5))


@dataclass(frozen=True)
class Pair:
    """Two acts that cannot both hold."""

    code: str
    one: Fact
    other: Fact


PAIRS = (
    Pair("two_leads", Dispatched(agency=WATER), Dispatched(agency=HOUSING)),
    Pair("same_field_corrected", Corrected(reason="甲", title="路灯"), Corrected(reason="乙", title="水管")),
    Pair("two_outcomes", Finished(outcome=Outcome.SOLVED), Finished(outcome=Outcome.UNSOLVED)),
    Pair("finished_while_dispatched", Finished(outcome=Outcome.SOLVED), Dispatched(agency=WATER)),
)


def review_list(store: Store) -> dict[Number, set[tuple[str, frozenset[EntryId]]]]:
    """待核对 as the register shows it, with the pairs the order itself names."""
    rows = store.register(RegisterQuery(clashes_only=True), after=None, limit=99).rows
    return {
        row.number: {(clash.code, frozenset((clash.first, clash.second))) for clash in store.order(row.number).clashes}
        for row in rows
    }


def last_entry(store: Store, number: Number) -> EntryId:
    return store.view(number).story[-1].entry_id


@EXAMPLES
@given(
    pairs=st.lists(st.sampled_from(PAIRS), min_size=1, max_size=3),
    swapped=st.booleans(),
    first_to_sync=st.integers(0, 1),
    seed=st.integers(0, 2**16),
)
def test_acts_unseen_by_each_other_are_on_both_lists_whatever_the_line_did(
    pairs: list[Pair], swapped: bool, first_to_sync: int, seed: int
) -> None:
    world = World()
    try:
        expected: dict[Number, tuple[str, frozenset[EntryId]]] = {}
        for pair in pairs:
            number = world.accept(0)
            world.quiet()
            acts = (pair.other, pair.one) if swapped else (pair.one, pair.other)
            for who, fact in enumerate(acts):
                world.act(who, number, fact)
            expected[number] = (pair.code, frozenset(last_entry(post.store, number) for post in world.posts))
            for who in (first_to_sync, 1 - first_to_sync):
                world.bad_line(who, seed)
                world.posts[who].sync()
        world.quiet()

        for store in world.stores:
            found = review_list(store)
            assert set(found) == set(expected)
            for number, clash in expected.items():
                assert clash in found[number]
    finally:
        world.close()


@EXAMPLES
@given(pair=st.sampled_from(PAIRS), who=st.integers(0, 1), same=st.booleans())
def test_acts_that_were_seen_are_on_nobodys_list(pair: Pair, who: int, same: bool) -> None:
    world = World()
    try:
        number = world.accept(0)
        world.quiet()
        world.act(who, number, pair.one)
        world.quiet()
        world.act(who if same else 1 - who, number, pair.other)
        world.quiet()

        assert [review_list(store) for store in world.stores] == [{}, {}, {}]
    finally:
        world.close()


@pytest.mark.parametrize("pair", PAIRS, ids=lambda pair: pair.code)
def test_both_acts_stay_in_the_history(pair: Pair) -> None:
    world = World()
    try:
        number = world.accept(0)
        world.quiet()
        world.act(0, number, pair.one)
        world.act(1, number, pair.other)
        world.quiet()

        for store in world.stores:
            assert [event.fact for event in store.view(number).story[1:]] == [pair.one, pair.other]
    finally:
        world.close()
