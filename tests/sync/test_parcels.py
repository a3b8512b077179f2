"""Parcels between a station and its hub: there and back, read again, out of order, killed in the middle; nothing is lost or doubled."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from county_hotline.db.beside.reference import Bundle
from county_hotline.db.store import Store
from county_hotline.domain.reference import StationCard
from county_hotline.domain.views import RoundWay
from county_hotline.errors import BadInput, HotlineError
from county_hotline.hub import parcels
from county_hotline.hub.asking import Hub
from county_hotline.ids import Life
from county_hotline.sync.parcel import bag, contents, going_up, stick
from tests.support.line import KEY, Post
from tests.support.parcels import (
    answer_for,
    codes,
    end_of,
    export,
    hand_in,
    import_,
    members_of,
    there_and_back,
    zipped,
)
from tests.support.ticking_clock import TickingClock
from tests.support.world import picture

Enrol = Callable[[StationCard, TickingClock], Post]
A = Life("A")


def test_a_stick_there_and_back_is_a_round(hall: Post, centre: Post, hub: Hub, tmp_path: Path) -> None:
    number = hall.accept()
    taken = there_and_back(hall, hub, tmp_path)
    centre_taken = there_and_back(centre, hub, tmp_path)

    assert (taken.signed_for, taken.complete) == (1, True)
    assert centre_taken.received == 1
    assert hall.store.counts().waiting == 0
    assert centre.store.order(number) == hall.store.order(number) == hub.store.order(number)
    (report,) = hall.store.rounds(5)
    assert (report.way, report.sent, report.complete) == (RoundWay.STICK, 1, True)


def test_what_the_hub_got_by_stick_the_line_does_not_send_again(hall: Post, hub: Hub, tmp_path: Path) -> None:
    hall.accept()
    hand_in(hub, export(hall, tmp_path), tmp_path)

    report = hall.sync()

    assert (report.fault, report.sent, report.complete) == ("", 1, True)
    assert hub.store.verify().entries == 1


def test_a_lost_stick_costs_nothing(hall: Post, hub: Hub, tmp_path: Path) -> None:
    hall.accept()
    export(hall, tmp_path).unlink()
    hall.accept()

    received, answer = hand_in(hub, export(hall, tmp_path), tmp_path)
    taken = import_(hall, answer)

    assert received.entries == 2
    assert codes(received.remarks) == ["I194"]  # the first is missed, and nothing is missing
    assert taken.signed_for == 2


def test_a_lost_answer_is_made_again_from_the_same_stick(hall: Post, hub: Hub, tmp_path: Path) -> None:
    hall.accept()
    up = export(hall, tmp_path)
    hand_in(hub, up, tmp_path)[1].unlink()

    received, answer = hand_in(hub, up, tmp_path)
    taken = import_(hall, answer)

    assert (received.entries, codes(received.remarks)) == (0, ["I192"])
    assert taken.signed_for == 1


def test_an_answer_may_be_made_later(hall: Post, centre: Post, hub: Hub, tmp_path: Path) -> None:
    number = hall.accept()
    parcels.take(hub, export(hall, tmp_path))
    centre.sync()
    centre.dispatch(number)
    centre.sync()

    taken = import_(hall, answer_for(hub, hall, tmp_path))

    assert (taken.signed_for, taken.received) == (1, 1)
    assert hall.store.order(number).lead is not None


def test_a_station_that_never_sent_any_may_be_given_one(hall: Post, centre: Post, hub: Hub, tmp_path: Path) -> None:
    hall.accept()
    hall.sync()

    taken = import_(centre, answer_for(hub, centre, tmp_path))

    assert taken.received == 1


def test_as_a_folder_it_is_the_same(hall: Post, hub: Hub, tmp_path: Path) -> None:
    hall.accept()
    up = export(hall, tmp_path / "up", as_folder=True)

    _, answer = hand_in(hub, up, tmp_path / "down", as_folder=True)

    assert up.is_dir()
    assert answer.is_dir()
    assert import_(hall, answer).signed_for == 1


def test_an_archivist_may_have_packed_it_anew(hall: Post, hub: Hub, tmp_path: Path) -> None:
    hall.accept()
    members = members_of(export(hall, tmp_path))

    other = zipped({"__MACOSX/._x": b"?", **members}, tmp_path / "other.zip", base="")

    assert parcels.take(hub, other).entries == 1


def test_held_records_are_told_in_the_answer(hall: Post, agency: Post, hub: Hub, tmp_path: Path) -> None:
    number = hall.accept()
    hall.dispatch(number)  # not a hall's to write

    taken = there_and_back(hall, hub, tmp_path)

    assert taken.signed_for == 2
    assert set(taken.held.values()) == {"H106"}
    assert [record.code for record in hall.store.held()] == ["H106"]


def test_an_entry_longer_than_any_hub_takes_goes_without_its_words(hall: Post, hub: Hub, tmp_path: Path) -> None:
    hall.accept(content="路" * 400_000)
    hall.accept()

    taken = there_and_back(hall, hub, tmp_path)

    assert taken.signed_for == 2
    assert "H104" in taken.held.values()
    assert hall.store.verify().sound


def test_reference_data_go_both_ways(hall: Post, centre: Post, hub: Hub, tmp_path: Path) -> None:
    hub.store.reference.take_bundle(msgspec.json.encode(Bundle(1, "370323", "沂源县", "示例热线")))
    there_and_back(centre, hub, tmp_path)
    centre.store.reference.change(title="改过的热线")

    there_and_back(centre, hub, tmp_path)
    there_and_back(hall, hub, tmp_path)

    assert hub.store.reference.bundle().title == "改过的热线"
    assert hall.store.reference.bundle().title == "改过的热线"
    assert not centre.sync().fault


def test_what_the_hub_did_not_take_is_told_in_the_answer(hall: Post, hub: Hub, tmp_path: Path) -> None:
    """A copy of this station's data went on writing somewhere else: the hub holds another chain."""
    hall.accept()
    there_and_back(hall, hub, tmp_path)
    backup = tmp_path / "copy" / "journal.db"
    backup.parent.mkdir()
    hall.store.database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    for name in ("journal.db", ".mark"):
        shutil.copyfile(tmp_path / "370323-03" / name, backup.with_name(name))
    twin = Store.open(backup, KEY, clock=hall.clock)
    hall.accept("此处")
    other = Post(twin, hall.clock, hall.pair, hall.hub, hall.transport)
    assert twin.life() == A, "nothing tells a whole copy"
    other.accept("彼处")
    there_and_back(hall, hub, tmp_path)

    received, answer = hand_in(hub, export(other, tmp_path), tmp_path)

    assert [problem.code for problem in received.problems] == ["A311"]
    with pytest.raises(HotlineError) as met:
        import_(other, answer)
    assert met.value.code in {"A311", "A104"}
    twin.close()


# ---------------------------------------------------------------- old, again, out of order


def test_read_again_changes_nothing(hall: Post, centre: Post, hub: Hub, tmp_path: Path) -> None:
    number = hall.accept()
    hall.sync()
    centre.sync()
    centre.dispatch(number)
    centre.sync()
    hall.accept()
    up = export(hall, tmp_path)
    _, down = hand_in(hub, up, tmp_path)
    import_(hall, down)
    station, above = picture(hall.store), picture(hub.store)

    again, once_more = import_(hall, down), parcels.take(hub, up)

    assert (codes(again.remarks), codes(once_more.remarks)) == (["I192"], ["I192"])
    assert (again.received, again.signed_for, once_more.entries) == (0, 0, 0)
    assert (picture(hall.store), picture(hub.store)) == (station, above)


def test_an_old_one_that_comes_late_changes_nothing(hall: Post, hub: Hub, tmp_path: Path) -> None:
    hall.accept()
    first = export(hall, tmp_path)
    hall.accept()
    _, late = hand_in(hub, export(hall, tmp_path), tmp_path)
    _, newer = hand_in(hub, first, tmp_path)
    import_(hall, newer)
    before = picture(hall.store)

    taken = import_(hall, late)

    assert codes(taken.remarks) == ["I193"]
    assert picture(hall.store) == before
    assert hall.store.counts().waiting == 0


def test_pages_that_would_leave_a_hole_are_left_for_another_day(hall: Post, centre: Post, hub: Hub, tmp_path: Path) -> None:
    """The station's data were put back from yesterday; the parcel made for it since begins further on."""
    number = hall.accept()
    there_and_back(hall, hub, tmp_path)
    there_and_back(centre, hub, tmp_path)
    centre.dispatch(number)
    there_and_back(centre, hub, tmp_path)
    there_and_back(hall, hub, tmp_path)
    _, answer = hand_in(hub, export(hall, tmp_path), tmp_path)
    hall.store.set_note("sync.cursor", "0")

    taken = import_(hall, answer)

    assert codes(taken.remarks) == ["I195"]
    assert not taken.complete
    assert hall.store.cursor() == 0
    assert there_and_back(hall, hub, tmp_path).complete
    assert hall.store.cursor() > 0


def test_pages_made_for_an_earlier_life_are_left_and_receipts_are_taken(hall: Post, hub: Hub, tmp_path: Path) -> None:
    hall.accept()
    _, answer = hand_in(hub, export(hall, tmp_path), tmp_path)
    hall.store.begin_life()

    taken = import_(hall, answer)

    assert codes(taken.remarks) == ["I195"]
    assert taken.signed_for == 1


def test_what_found_no_room_goes_with_the_next(
    hall: Post, centre: Post, hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(contents, "AIM_BYTES", 1)
    monkeypatch.setattr("county_hotline.hub.parcel_answers._PAGE_ENTRIES", 2)
    monkeypatch.setattr("county_hotline.sync.parcel.going_up.MOST", 2)
    for _ in range(5):
        hall.accept()

    signed = [there_and_back(hall, hub, tmp_path).signed_for for _ in range(3)]
    read = [there_and_back(centre, hub, tmp_path) for _ in range(3)]

    assert signed == [2, 2, 1]
    assert [taken.received for taken in read] == [2, 2, 1]
    assert [taken.complete for taken in read] == [False, False, True]


# ---------------------------------------------------------------- killed in the middle


class Killed(BaseException):
    """The program is gone, as by a power cut."""


@pytest.mark.parametrize("step", range(6))
def test_a_kill_between_any_two_steps_loses_nothing_and_again_finishes(
    step: int, hall: Post, centre: Post, hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("county_hotline.hub.parcel_answers._PAGE_ENTRIES", 1)
    monkeypatch.setattr("county_hotline.sync.parcel.going_up.MOST", 1)
    numbers = [hall.accept(), hall.accept()]
    hall.sync()
    centre.sync()
    for number in numbers:
        centre.dispatch(number)
    centre.sync()
    hall.accept()
    hall.accept()
    up = export(hall, tmp_path)
    with Kill(step, monkeypatch):
        parcels.take(hub, up)
    _, answer = hand_in(hub, up, tmp_path)
    with Kill(step, monkeypatch):
        import_(hall, answer)

    import_(hall, answer)

    assert hall.store.counts().waiting == 0
    assert all(hall.store.order(number).lead is not None for number in numbers)
    assert all(store.verify().sound for store in (hall.store, hub.store))
    assert hall.store.verify().entries == hub.store.verify().entries


class Kill:
    """The next transactions after `step` of them never happen."""

    def __init__(self, step: int, monkeypatch: pytest.MonkeyPatch) -> None:
        self._left = step
        self._monkeypatch = monkeypatch

    def __enter__(self) -> None:
        self._immediate = Store.immediate
        outer = self

        def immediate(store: Store) -> object:
            if outer._left == 0:
                raise Killed
            outer._left -= 1
            return outer._immediate(store)

        self._monkeypatch.setattr(Store, "immediate", immediate)

    def __exit__(self, kind: type[BaseException] | None, *_: object) -> bool:
        self._monkeypatch.setattr(Store, "immediate", self._immediate)
        return kind is Killed


def test_a_serial_is_given_once_whatever_became_of_its_parcel(hall: Post, hub: Hub, tmp_path: Path) -> None:
    hall.accept()
    parcel, _ = going_up.make(end_of(hall))
    with pytest.raises(BadInput) as met:
        stick.put(parcel, tmp_path / "nowhere")

    path = export(hall, tmp_path)

    assert met.value.code == "I196"
    found = bag.opened(path).label
    assert (found.serial, found.previous) == (2, 0)
    assert path.name == "370323-03-up-000002.zip"
    assert parcels.take(hub, path).remarks == []
