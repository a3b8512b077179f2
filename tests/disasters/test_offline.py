"""What befell users who worked without a line: threads 11 and 12 of docs/disasters.md. (13: tests/desk, attachments.)"""

from __future__ import annotations

import random

import pytest

from county_hotline.errors import HotlineError
from county_hotline.hub.asking import Hub
from county_hotline.sync.wire import batches
from tests.disasters.conftest import wire_of
from tests.support.flaky import BAD, at_random
from tests.support.line import Post


def test_11_a_batch_cut_at_any_byte_is_not_taken_for_a_batch(hall: Post, hub: Hub) -> None:
    """enketo/enketo PR #1584: an empty body was sent and stored; corrupted submissions."""
    for title in ("路灯不亮", "水压不足"):
        hall.accept(title)
    entries = hall.store.unsent(hall.store.life(), after=0, limit=10)
    whole = batches.encode(entries, hall.pair)

    for length in range(len(whole)):
        with pytest.raises(HotlineError) as fault:
            batches.decode(whole[:length], lambda station: hall.pair.public, hub.limits)
        assert fault.value.code in ("H202", "A301"), length

    assert len(batches.decode(whole, lambda station: hall.pair.public, hub.limits).entries) == 2


@pytest.mark.parametrize("seed", range(6))
def test_12_the_three_figures_are_what_lies_on_both_sides_whatever_the_line_did(seed: int, hall: Post, hub: Hub) -> None:
    """Esri/Survey123Community#389, #326: 27 forms became 31, 28 became 42."""
    chance = random.Random(seed)
    wire_of(hall).follow(at_random(chance, 0.5))
    for place in range(20):
        hall.accept(f"第{place}件")
        if chance.random() < 0.4:
            hall.sync()
            counts = hall.store.counts()
            at_hub = hub.store.verify().orders
            assert counts.stored == counts.received + counts.waiting == place + 1
            assert counts.received <= at_hub <= place + 1, "signed for: there for certain; there: perhaps not yet signed for"
    wire_of(hall).follow(())
    hall.sync()

    counts = hall.store.counts()
    assert (counts.stored, counts.received, counts.waiting) == (20, 20, 0)
    assert hub.store.verify().orders == 20
    assert counts.balanced
    assert set(wire_of(hall).seen) & set(BAD)
