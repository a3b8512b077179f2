"""恢复县中心: a hub put back from a backup takes a new epoch; stations go on by themselves and send again what it lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from county_hotline.db.line import epochs
from county_hotline.domain.epochs import Branch, Earlier, Standing, lineage
from county_hotline.domain.reference import StationCard
from county_hotline.hub.asking import Hub
from county_hotline.hub.storage import Storage
from county_hotline.ids import Number
from county_hotline.sync.round import restoring
from tests.support.line import Post, a_card, a_hub
from tests.support.restored import backed_up, hub_put_back, now_speaks_to
from tests.support.ticking_clock import TickingClock

EnrolAs = Callable[[StationCard, TickingClock], Post]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "hub"


@pytest.fixture
def backup(hub: Hub, hall: Post, centre: Post, agency: Post, folder: Path, tmp_path: Path) -> Path:
    """Of a day on which everybody had something."""
    quiet(hall, centre, agency)
    number = hall.accept("昨天的")
    quiet(hall, centre, agency)
    centre.dispatch(number)
    quiet(hall, centre, agency)
    return backed_up(hub.store, folder, tmp_path / "backup")


def quiet(*posts: Post) -> None:
    for _ in range(2):
        for post in posts:
            report = post.sync()
            assert (report.fault, report.complete) == ("", True), (post.store.station(), report)


def today(hall: Post, centre: Post, agency: Post) -> list[Number]:
    """What happens after the backup: a whole life, another order, and something that is not sent."""
    first, second = hall.accept("今天的"), hall.accept("今天的第二件")
    quiet(hall, centre, agency)
    centre.dispatch(first)
    quiet(hall, centre, agency)
    agency.sign_for(first)
    agency.reply(first)
    quiet(hall, centre, agency)
    centre.finish(first)
    quiet(hall, centre, agency)
    return [first, second, hall.accept("没传的")]


def all_agree(hub: Hub, *posts: Post) -> None:
    numbers = {Number(row[0]) for row in hub.store.database.execute_sql("SELECT number FROM work_orders").fetchall()}
    for number in numbers:
        above = hub.store.order(number)
        for post in posts:
            here = post.store.order(number)
            assert here.entries == 0 or here == above, number
    assert hub.store.verify().sound
    for post in posts:
        assert post.store.verify().sound
        counts = post.store.counts()
        assert (counts.balanced, counts.waiting) == (True, 0)
        assert post.store.unplaced() == ()


def test_all_that_the_hub_lost_comes_again_by_itself(
    hub: Hub, hall: Post, centre: Post, agency: Post, backup: Path, folder: Path
) -> None:
    numbers = today(hall, centre, agency)
    before = [hall.store.order(number) for number in numbers]
    entries = hub.store.verify().entries
    epoch = hub.store.epoch()

    hub_put_back(hub, folder, backup)
    quiet(hall, agency, centre)

    assert hub.store.epoch() != epoch
    assert hub.store.verify().entries == entries + 1
    all_agree(hub, hall, centre, agency)
    assert [hall.store.order(number).stage for number in numbers] == [order.stage for order in before]
    assert {post.store.note("sync.epoch") for post in (hall, centre, agency)} == {hub.store.epoch()}


def test_answers_that_come_again_before_their_questions_are_told_after_them(
    hub: Hub, hall: Post, centre: Post, agency: Post, backup: Path, folder: Path
) -> None:
    """The agency sends first what it signed and replied; only then does the centre send the dispatch."""
    first, *_ = today(hall, centre, agency)
    told = [event.entry_id for event in centre.store.view(first).story]
    hub_put_back(hub, folder, backup)

    quiet(agency, hall, centre)

    for store in (hall.store, centre.store, agency.store, hub.store):
        assert [event.entry_id for event in store.view(first).story] == told
        assert store.order(first).clashes == ()


def test_what_the_hub_lost_of_others_stays_shown_until_its_author_sends_it_again(
    hub: Hub, hall: Post, centre: Post, agency: Post, backup: Path, folder: Path
) -> None:
    first, second, _ = today(hall, centre, agency)
    hub_put_back(hub, folder, backup)

    report = centre.sync()

    assert report.fault == ""
    assert centre.store.order(first).accepted is not None
    assert {(each.number, each.station) for each in centre.store.unplaced()} == {
        (first, "370323-03"),
        (second, "370323-03"),
        (first, "370323-20"),
    }
    centre.record(first, msgspec.structs.replace(centre.store.view(first).story[-1].fact))
    quiet(hall, agency, centre)
    all_agree(hub, hall, centre, agency)
    assert centre.store.order(first).clashes == ()


def test_unsent_counts_rise_again_and_nothing_else_changes_here(
    hub: Hub, hall: Post, centre: Post, agency: Post, backup: Path, folder: Path
) -> None:
    today(hall, centre, agency)
    hub_put_back(hub, folder, backup)
    entries = hall.store.verify().entries
    hello = hall.transport.hello()

    changed = restoring.follow(hall.store, hello, hall.hub)
    again = restoring.follow(hall.store, hello, hall.hub)

    assert (len(changed), again) == (2, frozenset())
    assert hall.store.counts().waiting == 3
    assert hall.store.counts().balanced
    assert hall.store.verify().entries == entries
    assert hall.store.verify().sound


@pytest.mark.parametrize("times", [2, 3])
def test_a_hub_put_back_several_times_is_followed_as_often(
    times: int, hub: Hub, hall: Post, centre: Post, agency: Post, backup: Path, folder: Path
) -> None:
    for time in range(times):
        today(hall, centre, agency)
        hub_put_back(hub, folder, backup)
        if time % 2:
            quiet(centre)

    quiet(hall, centre, agency)

    all_agree(hub, hall, centre, agency)


def test_a_station_that_was_away_over_two_restores_finds_its_way(
    hub: Hub, hall: Post, centre: Post, agency: Post, backup: Path, folder: Path, tmp_path: Path
) -> None:
    """The second backup is of the time after the first restore; the third is the first one again."""
    today(hall, centre, agency)
    hub_put_back(hub, folder, backup)
    quiet(hall, centre)
    later = backed_up(hub.store, folder, tmp_path / "later")
    hall.accept("第二次之后")
    quiet(hall)
    hub_put_back(hub, folder, later)
    quiet(hall)
    hub_put_back(hub, folder, backup)

    quiet(hall, centre, agency)

    all_agree(hub, hall, centre, agency)


def test_a_hub_that_did_not_notice_is_told_and_the_stations_go_on(
    hub: Hub, hall: Post, centre: Post, agency: Post, backup: Path, folder: Path, clock: TickingClock, enrolled: EnrolAs
) -> None:
    """The whole folder was put back, mark and all; another spoke to it, and was given old places anew, before anybody told it."""
    other = enrolled(a_card("04"), TickingClock())
    today(hall, centre, agency)
    clock.advance(hours=1)
    other.clock.advance(hours=1)
    hub_put_back(hub, folder, backup, whole=True)
    other = enrolled(a_card("04"), TickingClock(now=clock.now))
    other.accept("恢复之后、发觉之前")
    quiet(other)
    assert hall.sync().fault == "A103"

    hub.store.epochs.begin(through=hub.store.epochs.through_before(clock.now))
    quiet(hall, centre, agency, other)
    quiet(hall, centre, agency, other)

    all_agree(hub, hall, centre, agency, other)


def test_a_hub_told_too_late_without_saying_since_when_is_not_believed(
    hub: Hub, hall: Post, centre: Post, agency: Post, backup: Path, folder: Path, enrolled: EnrolAs
) -> None:
    today(hall, centre, agency)
    hub_put_back(hub, folder, backup, whole=True)
    other = enrolled(a_card("04"), TickingClock())
    other.accept("恢复之后、发觉之前")
    quiet(other)
    before = centre.store.verify()

    hub.store.epochs.begin()

    assert centre.sync().fault == "A351"
    assert centre.store.verify() == before


def test_more_than_a_backup_of_yesterday_explains_asks_a_person(
    hub: Hub, hall: Post, centre: Post, agency: Post, backup: Path, folder: Path
) -> None:
    for _ in range(restoring.PLAUSIBLE + 1):
        hall.accept("很多")
    quiet(hall)
    hub_put_back(hub, folder, backup)
    before = hall.store.verify()

    report = hall.sync()

    assert report.fault == "A353"
    assert report.fault_details == {"lost": 201, "of": 203}
    assert hall.store.verify() == before
    assert restoring.trust_again(hall.store, hall.transport.hello(), hall.hub)
    quiet(hall, centre, agency)
    all_agree(hub, hall, centre, agency)


def test_a_hub_that_knows_nothing_of_our_epoch_is_gone_on_with_only_by_a_persons_word(
    hub: Hub, hall: Post, centre: Post, agency: Post, backup: Path, folder: Path
) -> None:
    """Both the file and its mark are of a time before this epoch: nothing here says what they have in common."""
    today(hall, centre, agency)
    hub.store.epochs.begin()
    quiet(hall, centre, agency)
    hub_put_back(hub, folder, backup, whole=True)
    (folder / epochs.FILE).unlink()
    hub_put_back(hub, folder, backup)
    before = hall.store.verify()

    assert hall.sync().fault == "A102"
    assert hall.store.verify() == before
    for post in (hall, centre, agency):
        assert restoring.trust_again(post.store, post.transport.hello(), post.hub)
    quiet(hall, centre, agency)
    all_agree(hub, hall, centre, agency)


def test_two_hubs_with_one_key_are_noticed_when_the_older_one_answers_again(
    hub: Hub, hall: Post, centre: Post, agency: Post, backup: Path, tmp_path: Path, clock: TickingClock
) -> None:
    """The database alone was copied to another PC, which took a new epoch, and the first one went on."""
    (backup / epochs.FILE).unlink()
    other = a_hub(backup, clock)
    other.pair = hub.pair
    assert other.store.epoch() != hub.store.epoch()
    number = hall.accept("给第一个")
    quiet(hall)
    now_speaks_to(hall, other)
    quiet(hall)
    assert other.store.order(number).entries == 1
    before = hall.store.verify()

    now_speaks_to(hall, hub)

    assert hall.sync().fault == "A352"
    assert hall.store.verify() == before
    other.store.close()


def test_two_hubs_that_are_the_same_in_everything_are_noticed_by_what_one_of_them_lacks(
    hub: Hub, hall: Post, centre: Post, agency: Post, backup: Path, clock: TickingClock
) -> None:
    other = a_hub(backup, clock)
    other.pair = hub.pair
    assert other.store.epoch() == hub.store.epoch()
    hall.accept("给第一个")
    quiet(hall)

    now_speaks_to(hall, other)

    assert hall.sync().fault == "A103"
    other.store.close()


def test_a_hub_opened_again_keeps_its_epoch(hub: Hub, hall: Post, folder: Path) -> None:
    hall.accept()
    quiet(hall)
    epoch = hub.store.epoch()

    for _ in range(2):
        hub.store.close()
        again = a_hub(folder, hub.clock)
        hub.store, hub.storage = again.store, again.storage

    assert hub.store.epoch() == epoch
    assert hub.store.epochs.earlier() == ()


@pytest.mark.parametrize("mark", [b"", b"x", b"\xff\xfe", b"E 5"])
def test_a_mark_that_cannot_be_read_is_no_restore(mark: bytes, hub: Hub, hall: Post, folder: Path) -> None:
    hall.accept()
    quiet(hall)
    epoch = hub.store.epoch()
    hub.store.close()
    (folder / epochs.FILE).write_bytes(mark)

    again = a_hub(folder, hub.clock)
    hub.store, hub.storage = again.store, again.storage

    assert (hub.store.epoch() == epoch) == (mark != b"E 5")


def test_a_hub_of_an_earlier_release_has_no_mark_and_gets_one_with_its_next_batch(hub: Hub, hall: Post, folder: Path) -> None:
    hall.accept()
    quiet(hall)
    epoch = hub.store.epoch()
    with hub.store.immediate() as db:
        db.execute("DELETE FROM notes WHERE key = ?", (epochs.MARKED,))
    hub.store.close()
    (folder / epochs.FILE).unlink()
    again = a_hub(folder, hub.clock)
    hub.store, hub.storage = again.store, Storage(again.store)

    hall.accept()
    quiet(hall)

    assert hub.store.epoch() == epoch
    assert (folder / epochs.FILE).read_text().split()[:2] == [epoch, "000000000000002"]


def test_what_epochs_have_in_common_is_told_over_every_branch() -> None:
    """A to 100 became B, B to 150 became C; then A's backup of 80 was put back, and A's of 130."""
    branches = (Branch("B", "A", 100), Branch("C", "B", 150), Branch("D", "A", 80), Branch("E", "A", 130))

    assert {each.epoch: each.through for each in lineage("C", branches)} == {"A": 100, "B": 150, "D": 80, "E": 100}
    assert {each.epoch: each.through for each in lineage("D", branches)} == {"A": 80, "B": 80, "C": 80, "E": 80}
    assert {each.epoch: each.through for each in lineage("E", branches)} == {"A": 130, "B": 100, "C": 100, "D": 80}
    assert lineage("A", ()) == ()
    assert lineage("X", (Branch("X", "X", 1),)) == ()


def test_a_parcel_asks_how_its_epoch_stands(
    hub: Hub, hall: Post, centre: Post, agency: Post, backup: Path, folder: Path
) -> None:
    today(hall, centre, agency)
    was = hub.store.epoch()
    hub_put_back(hub, folder, backup)
    quiet(hall)

    for asked in ({}, {"hub": hall.hub}):
        store = hall.store if asked else hub.store
        assert restoring.standing(store, was, **asked) == (Standing.EARLIER, 2)
        assert restoring.standing(store, hub.store.epoch(), **asked)[0] is Standing.PRESENT
        assert restoring.standing(store, "OTHER", **asked) == (Standing.UNKNOWN, 0)


def test_a_hello_is_never_packed_however_much_it_says(hub: Hub, hall: Post) -> None:
    """Ends of release 0.1 read it before they agree on a way of packing."""
    for _ in range(30):
        hub.store.epochs.begin()

    hello = hall.transport.hello()

    assert len(hello.lineage) == 30
    assert hello.lineage[0] == Earlier(hall.hub.epoch, 0)
    assert hall.sync().fault == ""
