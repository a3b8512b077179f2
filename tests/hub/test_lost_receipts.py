"""A receipt whose answer was lost is asked for again, and says what the first one would have: each entry's place, its moment, what is held."""

from __future__ import annotations

from county_hotline.domain.facts import Dispatched
from county_hotline.hub.asking import Hub
from county_hotline.hub.streaming import Intake
from county_hotline.ids import Life
from county_hotline.sync.wire import batches, frames, streams
from tests.support.line import WATER, Post

A = Life("A")


def sent_without_answer(post: Post, hub: Hub, *, after: int) -> None:
    """What the station has not sent reaches the hub; the answer is lost."""
    post.transport.hello()
    post.transport.push(batches.encode(post.store.unsent(A, after=after, limit=9), post.pair))
    hub.clock.advance(hours=30)  # type: ignore[attr-defined]
    post.clock.advance(hours=30)


def moments(post: Post, hub: Hub) -> list[tuple[int | None, int | None]]:
    numbers = [row[0] for row in hub.store.database.execute_sql("SELECT number FROM work_orders ORDER BY row")]
    here = [event for number in numbers for event in post.store.view(number).story]
    above = [event for number in numbers for event in hub.store.view(number).story]
    return [(one.received_at, other.received_at) for one, other in zip(here, above, strict=True)]


def test_each_entry_keeps_the_moment_at_which_it_came(hall: Post, hub: Hub) -> None:
    hall.accept()
    sent_without_answer(hall, hub, after=0)
    hall.accept()
    sent_without_answer(hall, hub, after=1)

    assert hall.sync().fault == ""

    received = moments(hall, hub)
    assert all(here == above for here, above in received)
    assert len(set(received)) == 2


def test_what_is_sent_again_keeps_the_moment_at_which_it_first_came(hall: Post, hub: Hub) -> None:
    hall.accept()
    sent_without_answer(hall, hub, after=0)
    hall.accept()
    hall.transport.hello()

    hall.store.take_receipt(hall.transport.push(batches.encode(hall.store.unsent(A, after=0, limit=9), hall.pair)))

    received = moments(hall, hub)
    assert all(here == above for here, above in received)
    assert len(set(received)) == 2


def test_what_the_hub_holds_is_known_though_the_answer_that_said_so_was_lost(hall: Post, hub: Hub) -> None:
    number = hall.accept()
    hall.record(number, Dispatched(agency=WATER))  # not a hall's to write
    sent_without_answer(hall, hub, after=0)

    hall.sync()

    assert [held.code for held in hall.store.held()] == ["H106"]


def test_what_arrived_late_in_a_stream_is_not_said_to_have_come_with_the_first(hall: Post, hub: Hub) -> None:
    hall.accept()
    hall.accept()
    station = hub.storage.station_by_key(hall.pair.key_id)
    assert station is not None
    intake = Intake(hub, station, A, after=0, version=0)
    packer, before = streams.Packer(3, 0), frames.Context(station.card.station, A)

    for entry in hall.store.unsent(A, after=0, limit=9):
        intake.take(packer.pack(frames.encode([entry], hall.pair, before)))
        hub.clock.advance(minutes=10)  # type: ignore[attr-defined]
    hub.store.fold_put_off()
    hall.store.take_receipt(intake.receipt())

    received = moments(hall, hub)
    assert all(here == above for here, above in received)
    assert len(set(received)) == 2
