"""待核对 where a record was held: who had not seen it is told of it when it stands; who had, is told nothing when it is gone."""

from __future__ import annotations

from pathlib import Path

import pytest

from county_hotline.domain.facts import NoteAdded, Recalled, Withdrawn
from county_hotline.hub.asking import Hub
from county_hotline.ids import EntryId, Number
from tests.support.line import WATER, Post, a_card
from tests.support.restored import backed_up, put_back


@pytest.fixture
def dispatched(hall: Post, centre: Post, agency: Post) -> Number:
    number = hall.accept()
    hall.sync()
    centre.sync()
    centre.dispatch(number)
    for post in (centre, agency, hall):
        post.sync()
    return number


def last_entry(post: Post, number: Number) -> EntryId:
    return post.store.view(number).story[-1].entry_id


def listed(number: Number, hub: Hub, *posts: Post) -> list[set[tuple[str, EntryId, EntryId]]]:
    return [
        {(clash.code, clash.first, clash.second) for clash in store.order(number).clashes}
        for store in (hub.store, *(post.store for post in posts))
    ]


def test_what_was_written_while_a_record_was_held_had_not_seen_it_wherever_it_stands(
    dispatched: Number, hall: Post, centre: Post, agency: Post, hub: Hub
) -> None:
    """The record keeps its old place, and the centre had read past that before it wrote: by place alone it would count as seen."""
    agency.finish(dispatched)  # not its to do: held, and what it writes after it with it
    wrong = last_entry(agency, dispatched)
    agency.reply(dispatched)
    reply = last_entry(agency, dispatched)
    agency.sync()
    hall.record(dispatched, NoteAdded(text="来电人又来问过"))
    hall.sync()
    centre.sync()
    centre.record(dispatched, Recalled(WATER, "改派"))
    recall = last_entry(centre, dispatched)
    centre.sync()
    assert listed(dispatched, hub, hall, centre) == [set()] * 3

    agency.record(dispatched, Withdrawn(entry_id=wrong, why="不归本站"))
    agency.sync()
    for post in (hall, centre, agency):
        post.sync()

    assert listed(dispatched, hub, hall, centre, agency) == [{("recalled_while_replied", reply, recall)}] * 4


def test_who_saw_the_record_once_it_stood_wrote_knowing_it(
    dispatched: Number, hall: Post, centre: Post, agency: Post, hub: Hub
) -> None:
    agency.finish(dispatched)
    wrong = last_entry(agency, dispatched)
    agency.reply(dispatched)
    agency.sync()
    hall.record(dispatched, NoteAdded(text="来电人又来问过"))
    hall.sync()
    agency.record(dispatched, Withdrawn(entry_id=wrong, why="不归本站"))
    agency.sync()
    centre.sync()
    centre.record(dispatched, Recalled(WATER, "改派"))
    for post in (centre, hall, agency):
        post.sync()

    assert listed(dispatched, hub, hall, centre, agency) == [set()] * 4


def test_what_a_former_life_wrote_was_seen_though_its_last_record_reaches_nobody_else(
    dispatched: Number, hall: Post, centre: Post, hub: Hub, tmp_path: Path
) -> None:
    folder = tmp_path / a_card().station
    copy = backed_up(hall.store, folder, tmp_path / "backup")
    hall.correct(dispatched, "村口路灯不亮")
    hall.finish(dispatched)  # not its to do
    wrong = last_entry(hall, dispatched)
    hall.sync()
    hall.store = put_back(hall.store, folder, copy)
    for _ in range(2):
        hall.sync()
    assert wrong in {event.entry_id for event in hall.store.view(dispatched).story}

    hall.correct(dispatched, "村口两盏路灯不亮")
    hall.record(dispatched, Withdrawn(entry_id=wrong, why="不归本站"))
    for post in (hall, centre, hall):
        post.sync()

    assert listed(dispatched, hub, hall, centre) == [set()] * 3
    assert hub.store.order(dispatched).accepted is not None
    assert hub.store.order(dispatched).accepted.title == "村口两盏路灯不亮"  # type: ignore[union-attr]
