"""恢复本机: a station whose data were put back begins a new life and gets back from the hub all it had ever sent, in whatever way they were."""

from __future__ import annotations

import shutil
from contextlib import AbstractContextManager
from pathlib import Path

import pytest
from sqlcipher3.dbapi2 import Connection

from county_hotline.db.store import Store
from county_hotline.hub.asking import Hub
from county_hotline.ids import Life, Number
from tests.support.line import KEY, Post, a_card
from tests.support.restored import backed_up, hub_put_back, put_back


@pytest.fixture
def folder(hall: Post, tmp_path: Path) -> Path:
    return tmp_path / a_card().station


@pytest.fixture
def backup(hall: Post, centre: Post, folder: Path, tmp_path: Path) -> Path:
    hall.accept("昨天的")
    quiet(hall, centre)
    return backed_up(hall.store, folder, tmp_path / "hall-backup")


def quiet(*posts: Post) -> None:
    for _ in range(2):
        for post in posts:
            report = post.sync()
            assert (report.fault, report.complete) == ("", True), report


def today(hall: Post, centre: Post) -> list[Number]:
    numbers = [hall.accept("今天的"), hall.accept("今天的第二件")]
    quiet(hall, centre)
    centre.dispatch(numbers[0])
    quiet(centre, hall)
    hall.correct(numbers[0], "改过的")
    quiet(hall, centre)
    return numbers


def whole(hub: Hub, *posts: Post) -> None:
    numbers = {Number(row[0]) for row in hub.store.database.execute_sql("SELECT number FROM work_orders").fetchall()}
    for post in posts:
        for number in numbers:
            assert post.store.order(number) == hub.store.order(number)
        counts = post.store.counts()
        assert (counts.balanced, counts.waiting) == (True, 0)
        assert post.store.verify().sound
    assert hub.store.verify().sound


def test_an_older_database_over_a_newer_one_gets_back_what_it_had_sent(
    hub: Hub, hall: Post, centre: Post, folder: Path, backup: Path
) -> None:
    numbers = today(hall, centre)

    hall.store = put_back(hall.store, folder, backup)
    new = hall.accept("恢复之后")
    quiet(hall, centre)

    assert hall.store.life() == "B"
    assert hall.store.order(numbers[0]).accepted is not None
    assert new not in numbers
    whole(hub, hall, centre)


def test_a_database_alone_on_a_new_pc_gets_back_what_it_had_sent(
    hub: Hub, hall: Post, centre: Post, folder: Path, backup: Path
) -> None:
    today(hall, centre)
    hall.store.close()
    shutil.rmtree(folder)
    folder.mkdir()
    shutil.copyfile(backup / "journal.db", folder / "journal.db")

    hall.store = Store.open(folder / "journal.db", KEY, clock=hall.clock)
    hall.accept("在新电脑上")
    quiet(hall, centre)

    assert hall.store.life() != "A"
    whole(hub, hall, centre)


def test_a_folder_put_back_with_its_mark_goes_on_in_a_new_life_by_itself_at_the_first_contact(
    hub: Hub, hall: Post, centre: Post, folder: Path, backup: Path
) -> None:
    numbers = today(hall, centre)
    hall.store = put_back(hall.store, folder, backup, whole=True)
    assert hall.store.life() == "A", "nothing on this disk says that it was put back"

    quiet(hall, centre)
    new = hall.accept("恢复之后")
    quiet(hall, centre)

    assert hall.store.life() == "B"
    assert new not in numbers
    whole(hub, hall, centre)


def test_what_was_unsent_in_the_folder_and_sent_since_is_no_second_writing(
    hub: Hub, hall: Post, centre: Post, folder: Path, tmp_path: Path
) -> None:
    hall.accept("昨天没传的")
    copy = backed_up(hall.store, folder, tmp_path / "unsent")
    today(hall, centre)

    hall.store = put_back(hall.store, folder, copy, whole=True)
    quiet(hall, centre)

    assert hall.store.life() == "B"
    whole(hub, hall, centre)


def test_a_copy_and_its_original_both_put_back_take_the_same_letter_and_part_at_the_first_contact(
    hub: Hub, hall: Post, centre: Post, folder: Path, backup: Path, tmp_path: Path
) -> None:
    """Each is sure of the next letter. Who speaks second has written nothing in it yet, and takes one after all the hub knows."""
    today(hall, centre)
    shutil.copytree(folder, tmp_path / "copy")
    clone = Post(put_back(hall.store, tmp_path / "copy", backup), hall.clock, hall.pair, hall.hub, hall.transport)
    hall.store = put_back(hall.store, folder, backup)
    assert hall.store.life() == clone.store.life() == "B"

    first = hall.accept("在原来的")
    hall.sync()
    hall.store.begin_life()
    hall.accept("又另起一段")
    quiet(hall, clone)
    second = clone.accept("在副本上")
    quiet(clone, hall, centre)

    assert (hall.store.life(), clone.store.life()) == ("C", "D")
    assert first != second
    whole(hub, hall, clone, centre)
    clone.store.close()


def test_an_act_that_waited_while_a_new_life_began_is_written_in_it(hall: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    """A round begins it while an officer's act waits for the file: the old life must not go on by one."""
    really = hall.store.immediate

    def after_the_round() -> AbstractContextManager[Connection]:
        monkeypatch.setattr(hall.store, "immediate", really)
        hall.store.begin_life()
        return really()

    monkeypatch.setattr(hall.store, "immediate", after_the_round)
    number = hall.accept()

    assert [event.life for event in hall.store.view(number).story] == ["B"]


def test_a_new_life_begins_only_where_the_old_one_ends_as_was_seen(hall: Post) -> None:
    hall.accept()
    seen = hall.store.head(a_card().station, Life("A"))
    hall.accept("这时又写了一件")

    assert hall.store.begin_life(after=seen) == hall.store.life() == "A"


@pytest.mark.parametrize("times", [2, 3])
def test_restored_again_and_again_begins_as_many_lives(
    times: int, hub: Hub, hall: Post, centre: Post, folder: Path, backup: Path
) -> None:
    given = set()
    for _ in range(times):
        given.add(hall.accept("又一件"))
        quiet(hall, centre)
        hall.store = put_back(hall.store, folder, backup)
    quiet(hall, centre)

    assert hall.store.life() == "ABCD"[times]
    assert len(given) == times
    whole(hub, hall, centre)


def test_what_was_only_in_the_lost_part_is_lost_and_nothing_else_is(
    hub: Hub, hall: Post, centre: Post, folder: Path, backup: Path
) -> None:
    sent = today(hall, centre)
    lost = hall.accept("只在丢掉的那份里")

    hall.store = put_back(hall.store, folder, backup)
    new = hall.accept("恢复之后")
    quiet(hall, centre)

    assert new != lost
    assert hall.store.order(lost).entries == 0
    assert hall.store.order(sent[0]).accepted is not None
    whole(hub, hall, centre)


def test_what_was_unsent_in_the_backup_still_goes_in(hub: Hub, hall: Post, centre: Post, folder: Path, tmp_path: Path) -> None:
    kept = hall.accept("昨天没传的")
    copy = backed_up(hall.store, folder, tmp_path / "unsent")
    lost = hall.accept("今天没传的")

    hall.store = put_back(hall.store, folder, copy)
    quiet(hall, centre)

    assert hub.store.order(kept).entries == 1
    assert hub.store.order(lost).entries == 0
    whole(hub, hall, centre)


def test_both_ends_put_back_find_together_again(
    hub: Hub, hall: Post, centre: Post, folder: Path, backup: Path, tmp_path: Path
) -> None:
    """The hub as of yesterday, the station as of the day before; the centre has all of it."""
    hub_copy = backed_up(hub.store, tmp_path / "hub", tmp_path / "hub-backup")
    numbers = today(hall, centre)
    hub_put_back(hub, tmp_path / "hub", hub_copy)
    hall.store = put_back(hall.store, folder, backup)

    new = hall.accept("恢复之后")
    quiet(hall, centre)

    assert centre.store.order(numbers[0]).accepted is not None
    assert {each.number for each in centre.store.unplaced()} == set(numbers)
    assert hall.store.life() == Life("B")
    assert hub.store.order(new) == hall.store.order(new) == centre.store.order(new)
    assert hub.store.verify().sound
    assert centre.store.verify().sound


def test_a_station_put_back_to_before_the_hub_was_follows_it_again(
    hub: Hub, hall: Post, centre: Post, folder: Path, backup: Path, tmp_path: Path
) -> None:
    """The epoch its receipts were signed in goes back with the database, whatever identity.toml says by now."""
    hub_copy = backed_up(hub.store, tmp_path / "hub", tmp_path / "hub-backup")
    today(hall, centre)
    hub_put_back(hub, tmp_path / "hub", hub_copy)
    quiet(hall, centre)
    hall.store = put_back(hall.store, folder, backup)

    quiet(hall, centre)

    assert hall.store.note("sync.epoch") == hub.store.epoch()
    whole(hub, hall, centre)
