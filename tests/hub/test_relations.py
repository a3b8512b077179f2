"""关联 and 同一事项 on their way: they bring no order to anybody, and only whom an order concerns says what it has to do with others."""

from __future__ import annotations

import pytest

from county_hotline.domain.facts import Clustered, Linked, Unknown
from county_hotline.domain.upcasts import words_of
from county_hotline.hub.asking import Hub
from county_hotline.ids import ClusterId, Number
from tests.hub.test_routing import TOWN_2, Enrol, concerned, forge
from tests.support.line import Post, a_card
from tests.support.ticking_clock import TickingClock


@pytest.fixture
def second_hall(enrolled: Enrol) -> Post:
    return enrolled(a_card("04", unit=TOWN_2), TickingClock())


def test_a_link_and_a_matter_bring_an_order_to_nobody(hall: Post, second_hall: Post, centre: Post, hub: Hub) -> None:
    mine, other = hall.accept(), second_hall.accept("路灯还是不亮", unit=TOWN_2)
    for post in (hall, second_hall, centre):
        post.sync()
    for number, linked in ((mine, other), (other, mine)):
        centre.record(number, Linked(other=linked))
        centre.record(number, Clustered(cluster=ClusterId("K1"), name="路灯"))
    for post in (centre, hall, second_hall):
        post.sync()

    assert (concerned(hub, hall), concerned(hub, second_hall)) == ({mine}, {other})
    assert hall.store.order(mine).links == (other,)
    assert hall.store.order(other).entries == 0


def test_nobody_says_of_an_order_that_does_not_concern_him_that_it_has_to_do_with_his(
    hall: Post, second_hall: Post, centre: Post, hub: Hub
) -> None:
    mine, other = hall.accept(), second_hall.accept("路灯还是不亮", unit=TOWN_2)
    for post in (hall, second_hall, centre):
        post.sync()

    assert forge(second_hall, mine, Linked(other=other)) == ["H106"]
    assert hub.store.order(mine).links == ()


def test_an_older_release_keeps_and_passes_on_what_it_cannot_read(hall: Post, centre: Post) -> None:
    """As `Unknown` is treated: seen here the other way round, by a kind of tomorrow in the same story."""
    number = hall.accept()
    hall.sync()
    centre.sync()

    class Tomorrow(Linked, frozen=True, omit_defaults=True, rename="camel"):
        kind = "work_order.linked_tomorrow"

    centre.record(number, Tomorrow(other=Number("370323-03A-261121-00021")))
    centre.record(number, Linked(other=Number("370323-03A-261121-00021")))
    centre.sync()
    hall.sync()

    story = hall.store.view(number).story
    assert isinstance(story[1].fact, Unknown)
    assert story[2].fact == Linked(other=Number("370323-03A-261121-00021"))
    assert hall.store.order(number).links == (Number("370323-03A-261121-00021"),)
    assert words_of(story[2].fact) == b'{"other":"370323-03A-261121-00021"}'
