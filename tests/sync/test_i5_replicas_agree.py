"""I5: Two replicas that hold the same receipts show the same work orders."""

from __future__ import annotations

import random

from hypothesis import settings
from hypothesis.stateful import precondition, rule

from county_hotline.domain.facts import Dispatched
from county_hotline.ids import Life
from county_hotline.sync.wire import batches
from tests.support.line import HOUSING, WATER
from tests.support.posts_on_lines import SEED, PostsOnLines
from tests.support.world import FACTS, World


class TwoPostsAndAHub(PostsOnLines):
    """Random acts over lines that lose, double, reorder and truncate; at the end, quiet, and everyone must agree."""

    @precondition(lambda self: self.world and self.world.numbers)
    @rule(seed=SEED)
    def both_act_on_one_order_unseen(self, seed: int) -> None:
        """The steering rule: chance alone hardly ever leads two posts to one order at once."""
        chance = random.Random(seed)
        self._world.quiet()
        number = chance.choice(self._world.numbers)
        for who in (0, 1):
            self._world.act(who, number, chance.choice(FACTS)(chance))

    def teardown(self) -> None:
        if self.world is None:
            return
        try:
            self.world.quiet()
            self.world.all_agree()
        finally:
            self.world.close()


TestReplicasAgree = TwoPostsAndAHub.TestCase
TestReplicasAgree.settings = settings(settings(), max_examples=max(12, settings().max_examples // 4), stateful_step_count=16)


def test_a_receipt_that_comes_after_the_pages_puts_its_entry_in_its_place() -> None:
    """Never so in one round over HTTP, but parcels and lines may be mixed in any order."""
    world = World()
    try:
        number = world.accept(0)
        world.quiet()
        here, there = world.posts
        world.act(0, number, Dispatched(agency=WATER))
        lines = batches.encode(here.store.unsent(Life("A"), after=1, limit=9), here.pair)
        late = here.transport
        late.hello()
        receipt = late.push(lines)
        world.act(1, number, Dispatched(agency=HOUSING))
        there.sync()
        card = here.store.station()
        assert card is not None
        here.store.take_in(world.hub.store.page_for(card, after=here.store.cursor(), limit=9, life=Life("A")))

        here.store.take_receipt(receipt)

        world.all_agree()
        assert [a.agency for a in here.store.order(number).assignments] == [WATER, HOUSING]
    finally:
        world.close()
