"""One life that went on at two places: what the hub does not have is written once more in a new life, under numbers of its own."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from county_hotline.db.line.forks import FORK
from county_hotline.domain.facts import NoteAdded, RepeatJoined, Withdrawn, WordsErased
from county_hotline.domain.vocabulary import Erasure
from county_hotline.errors import StoreFault
from county_hotline.hub.asking import Hub
from county_hotline.ids import Number
from county_hotline.sync.protocol import Hello
from tests.support.line import Post, a_card
from tests.support.restored import backed_up, put_back


@pytest.fixture
def old(hall: Post, centre: Post) -> Number:
    """An order both copies have."""
    number = hall.accept("昨天的")
    for post in (hall, centre, hall):
        assert post.sync().fault == ""
    return number


@pytest.fixture
def copy(hall: Post, old: Number, tmp_path: Path) -> Path:
    return backed_up(hall.store, tmp_path / a_card().station, tmp_path / "copy")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / a_card().station


def restored_whole(hall: Post, folder: Path, copy: Path) -> None:
    hall.store = put_back(hall.store, folder, copy, whole=True)
    assert hall.store.life() == "A"


def behind_the_hub(hall: Post, centre: Post, folder: Path, copy: Path) -> None:
    """The whole folder is put back to before a request that the hub has."""
    hall.accept("县中心已有的")
    quiet(hall, centre)
    restored_whole(hall, folder, copy)


def quiet(*posts: Post) -> None:
    for _ in range(2):
        for post in posts:
            report = post.sync()
            assert (report.fault, report.complete, report.differences) == ("", True, ()), report


def everything(post: Post) -> dict[str, list[tuple[object, ...]]]:
    db = post.store.database.connection()
    tables = [row[0] for row in db.execute("SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%VIRTUAL%'")]
    return {table: db.execute(f"SELECT * FROM {table}").fetchall() for table in tables}


def whole(hub: Hub, *posts: Post) -> None:
    numbers = {Number(row[0]) for row in hub.store.database.execute_sql("SELECT number FROM work_orders").fetchall()}
    for post in posts:
        for number in numbers:
            assert post.store.order(number) == hub.store.order(number)
        counts = post.store.counts()
        assert (counts.balanced, counts.waiting) == (True, 0)
        assert post.store.verify().sound, post.store.verify().problems
    assert hub.store.verify().sound


@pytest.mark.parametrize("more_there", [0, 3])
def test_numbers_given_twice_stand_for_both_callers_in_the_end(
    more_there: int, hub: Hub, hall: Post, centre: Post, old: Number, folder: Path, copy: Path
) -> None:
    """Whichever chain is the longer one."""
    first = hall.accept("县中心已有的")
    for _ in range(more_there):
        hall.record(first, NoteAdded(text="又记一笔"))
    quiet(hall, centre)
    restored_whole(hall, folder, copy)
    second = hall.accept("恢复之后登记的")
    hall.record(second, NoteAdded(text=f"见 {second}"))
    hall.record(old, NoteAdded(text="旧件上的"))
    assert first == second, "the danger: two callers hold a slip with one number"

    told = hall.sync()
    given = hall.store.leave_fork()
    quiet(hall, centre)

    assert (told.fault, told.fault_details) == ("A354", {"first": 2, "count": 3})
    assert [each.was for each in given] == [first]
    now = given[0].now
    titles = {number: hub.store.order(number).accepted for number in (first, now)}
    assert [each and each.title for each in titles.values()] == ["县中心已有的", "恢复之后登记的"]
    assert [event.fact for event in hub.store.view(now).story][1:] == [NoteAdded(text=f"见 {now}")]
    assert NoteAdded(text="旧件上的") in [event.fact for event in hub.store.view(old).story]
    person = hall.store.view(now).story[0].person
    assert person is not None
    assert person == centre.store.view(now).story[0].person
    assert hall.store.life() == "B"
    assert hall.store.note(FORK) is None
    whole(hub, hall, centre)


def test_a_folder_cloned_whole_parts_and_neither_disk_loses_anything(
    hub: Hub, hall: Post, centre: Post, old: Number, copy: Path
) -> None:
    clone = Post(
        put_back(hall.store, copy, shutil.copytree(copy, copy.with_name("again")), whole=True),
        hall.clock,
        hall.pair,
        hall.hub,
        hall.transport,
    )
    hall.store = put_back(hall.store, copy.with_name(a_card().station), copy.with_name("again"), whole=True)
    ours, theirs = hall.accept("在原来的"), clone.accept("在副本上")
    quiet(hall)

    assert clone.sync().fault == "A354"
    given = clone.store.leave_fork()
    quiet(clone, hall, centre)

    assert ours == theirs == given[0].was
    assert {hub.store.order(number).entries for number in (ours, given[0].now)} == {1}
    whole(hub, hall, clone, centre)
    clone.store.close()


def test_what_names_an_entry_or_a_number_names_what_it_became(
    hub: Hub, hall: Post, centre: Post, old: Number, folder: Path, copy: Path
) -> None:
    behind_the_hub(hall, centre, folder, copy)
    second = hall.accept("恢复之后登记的")
    hall.record(second, NoteAdded(text="误记"))
    hall.record(second, Withdrawn(entry_id=hall.store.view(second).story[-1].entry_id, why="误记"))
    hall.record(old, RepeatJoined(repeat=second))
    hall.sync()

    now = hall.store.leave_fork()[0].now

    story = hall.store.view(now).story
    assert [type(event.fact).__name__ for event in story] == ["Accepted", "NoteAdded", "Withdrawn"]
    assert isinstance(story[-1].fact, Withdrawn)
    assert story[-1].fact.entry_id == story[1].entry_id
    assert hall.store.view(old).story[-1].fact == RepeatJoined(repeat=now)
    assert hall.store.verify().sound
    assert hall.store.counts().balanced


def test_words_erased_before_stay_erased_and_the_erasure_goes_on(
    hub: Hub, hall: Post, centre: Post, old: Number, folder: Path, copy: Path
) -> None:
    behind_the_hub(hall, centre, folder, copy)
    target = hall.store.view(old).story[0].entry_id
    hall.record(old, WordsErased(entry_id=target, ground="本人申请", erasure=Erasure.PERSON))
    hall.sync()

    assert hall.store.leave_fork() == ()
    quiet(hall, centre)

    assert hub.store.view(old).story[0].person is None
    whole(hub, hall, centre)


def test_what_cannot_be_written_once_more_is_left_exactly_as_it_was(
    hub: Hub, hall: Post, centre: Post, old: Number, folder: Path, copy: Path
) -> None:
    behind_the_hub(hall, centre, folder, copy)
    second = hall.accept("恢复之后登记的")
    erased = hall.store.view(second).story[0].entry_id
    hall.record(second, WordsErased(entry_id=erased, ground="本人申请", erasure=Erasure.PERSON))
    hall.sync()
    before = everything(hall)

    with pytest.raises(StoreFault, match="S130"):
        hall.store.leave_fork()

    assert everything(hall) == before
    assert hall.store.life() == "A"
    assert hall.sync().fault == "A354", "and still nothing is sent"


def test_an_envelope_of_each_stays_on_the_disk_and_nothing_else_can_go(
    hub: Hub, hall: Post, centre: Post, old: Number, folder: Path, copy: Path
) -> None:
    behind_the_hub(hall, centre, folder, copy)
    second = hall.accept("恢复之后登记的")
    was = hall.store.view(second).story[0]
    hall.sync()
    now = hall.store.leave_fork()[0].now

    db = hall.store.database.connection()
    kept = db.execute("SELECT entry_id, work_order, life, serial, now FROM forked").fetchall()
    assert kept == [(was.entry_id, second, "A", 2, now)]
    for statement in (
        "DELETE FROM entries",
        "DELETE FROM words",
        "DELETE FROM persons",
        "DELETE FROM forked",
        "UPDATE forked SET now = ''",
    ):
        with pytest.raises(Exception, match=r"append-only|only by an erasure"):
            db.execute(statement)


def test_nothing_is_left_where_no_round_found_a_fork(hall: Post, old: Number) -> None:
    assert hall.store.leave_fork() == ()
    assert hall.store.life() == "A"


def test_a_hub_of_before_cannot_say_where_they_part_and_a_person_is_asked(
    monkeypatch: pytest.MonkeyPatch, hub: Hub, hall: Post, centre: Post, old: Number, folder: Path, copy: Path
) -> None:
    behind_the_hub(hall, centre, folder, copy)
    hall.accept("恢复之后登记的")
    monkeypatch.setattr(Hello, "proves", False)

    assert hall.sync().fault == "A311"
    assert hall.store.note(FORK) is None
