"""I4: Delivering any page any number of times, in any interruption, changes nothing after the first."""

from __future__ import annotations

import contextlib
import random

from hypothesis import given, settings
from hypothesis import strategies as st

from county_hotline.db.line import taking_pages
from county_hotline.db.store import Store
from county_hotline.domain.receipts import Page
from county_hotline.errors import NotTrusted
from county_hotline.ids import Life
from county_hotline.sync import protocol
from county_hotline.sync.wire import batches, pages
from tests.support.world import FACTS, World, picture

A = Life("A")
EXAMPLES = settings(settings(), max_examples=max(10, settings().max_examples // 6))


class Interrupted(Exception):
    """The plug is pulled after everything was written and before it is kept."""


def a_history(world: World, seed: int) -> None:
    """Both posts do this and that to shared orders; everything is at the hub, and the second post knows only part of it."""
    chance = random.Random(seed)
    for _ in range(2):
        world.accept(chance.randrange(2))
    world.quiet()
    for _ in range(2):
        for _ in range(3):
            world.act(chance.randrange(2), chance.choice(world.numbers), chance.choice(FACTS)(chance))
    for _ in range(4):
        world.accept(0)
        world.act(0, chance.choice(world.numbers), chance.choice(FACTS)(chance))
    world.posts[0].sync()


def pages_for(world: World, size: int) -> list[Page]:
    """What the second post has not taken in yet, as it comes off the wire."""
    found, post = [], world.posts[1]
    card = post.store.station()
    assert card is not None
    after, complete = post.store.cursor(), False
    while not complete:
        page = pages.decode(pages.encode(world.hub.store.page_for(card, after=after, limit=size, life=A)))
        found.append(page)
        after, complete = page.cursor, page.complete
    return found


def interrupted(store: Store, page: Page) -> None:
    """All of it is written, then the transaction dies."""
    with contextlib.suppress(Interrupted), store.immediate() as db:
        taking_pages.take_in(db, page, store._known_card())
        raise Interrupted


def entries_of(store: Store) -> set[str]:
    return {row[0] for row in store.database.connection().execute("SELECT entry_id FROM entries")}


@EXAMPLES
@given(
    seed=st.integers(0, 2**16), size=st.integers(1, 4), again=st.lists(st.integers(0, 30), max_size=12), cut=st.integers(0, 3)
)
def test_pages_delivered_again_and_cut_short_change_nothing_after_the_first(
    seed: int, size: int, again: list[int], cut: int
) -> None:
    world = World()
    try:
        a_history(world, seed)
        store = world.posts[1].store
        todo = pages_for(world, size)
        for place, page in enumerate(todo):
            before = picture(store)
            if place % 4 == cut:
                interrupted(store, page)
                assert picture(store) == before, "an interrupted page left something behind"
            store.take_in(page)
            once = picture(store)
            store.take_in(page)
            assert picture(store) == once, "the same page twice"
        assert entries_of(world.hub.store) <= entries_of(store), "the pages left something out"
        once = picture(store)
        for pick in again:
            store.take_in(todo[pick % len(todo)])
        assert picture(store) == once, "old pages again, in any order"
        world.quiet()
        world.all_agree()
    finally:
        world.close()


@EXAMPLES
@given(seed=st.integers(0, 2**16), cuts=st.lists(st.tuples(st.integers(0, 9), st.integers(1, 9)), min_size=1, max_size=10))
def test_a_batch_delivered_again_changes_nothing_at_the_hub_and_its_receipt_nothing_here(
    seed: int, cuts: list[tuple[int, int]]
) -> None:
    world = World()
    try:
        a_history(world, seed)
        post, hub = world.posts[0], world.hub.store
        everything = post.store.unsent(A, after=0, limit=99)
        station = world.hub.storage.station_by_key(post.pair.key_id)
        assert station is not None
        once, here = picture(hub), picture(post.store)
        for start, length in cuts:
            part = everything[start % len(everything) :][:length]
            sent = batches.decode(batches.encode(part, post.pair), lambda _: post.pair.public, protocol.Limits())
            receipt = hub.receive(station.card.station, sent.entries, signature=sent.signature, now_ms=1)
            post.store.take_receipt(receipt)
            assert picture(hub) == once
            assert picture(post.store) == here
    finally:
        world.close()


def test_the_same_serial_with_other_bytes_is_an_incident_not_a_duplicate() -> None:
    world = World()
    try:
        world.accept(0)
        world.quiet()
        twin = World()
        twin.accept(0)
        (other,) = twin.posts[0].store.unsent(A, after=0, limit=1)
        twin.close()

        try:
            world.hub.store.receive(other.station, [other], signature=b"", now_ms=1)
            code = ""
        except NotTrusted as fault:
            code = fault.code

        assert code == "A311"
        assert world.hub.store.verify().entries == 1
    finally:
        world.close()
