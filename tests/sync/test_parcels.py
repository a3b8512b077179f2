"""Parcels between a station and its hub: what is lost, copied, old, another's, of another hub, of a newer release does no harm and says so."""

from __future__ import annotations

import hashlib
import io
import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from county_hotline.db.beside.reference import Bundle
from county_hotline.db.line.lapsing import EPOCH
from county_hotline.db.store import Store
from county_hotline.domain.facts import AttachmentAdded
from county_hotline.domain.files import FileWay
from county_hotline.domain.reference import StationCard
from county_hotline.domain.views import RoundWay
from county_hotline.errors import BadInput, HotlineError
from county_hotline.hub import parcels
from county_hotline.hub.asking import Hub
from county_hotline.ids import Life, Number
from county_hotline.sync import keys
from county_hotline.sync.parcel import bag, contents, going_up, label, sealing, stick
from county_hotline.sync.parcel.contents import Request
from county_hotline.sync.parcel.remarks import Remark
from county_hotline.wording import sentence
from tests.support.line import KEY, Post, a_card, a_hub
from tests.support.parcels import answer_for, end_of, export, hand_in, import_, members_of, there_and_back, zipped
from tests.support.restored import backed_up, hub_put_back
from tests.support.ticking_clock import TickingClock
from tests.support.world import picture

Enrol = Callable[[StationCard, TickingClock], Post]
A = Life("A")


@pytest.fixture
def second(enrolled: Enrol) -> Post:
    return enrolled(a_card("04"), TickingClock())


def refused(code: str, do: Callable[[], object]) -> HotlineError:
    """What was said; it must have a sentence."""
    with pytest.raises(HotlineError) as met:
        do()
    assert met.value.code == code
    assert "…" not in sentence(met.value)
    assert "什么都没有变" in sentence(met.value)
    return met.value


def codes(remarks: list[Remark]) -> list[str]:
    for remark in remarks:
        assert "…" not in sentence(HotlineError(remark.code, **dict(remark.details)))
    return [remark.code for remark in remarks]


# ---------------------------------------------------------------- there and back


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
    backup = tmp_path / "copy.db"
    hall.store.database.execute_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copyfile(tmp_path / "370323-03" / "journal.db", backup)
    twin = Store.open(backup, KEY, clock=hall.clock)
    twin.database.execute_sql("UPDATE notes SET value = 'A' WHERE key = 'life'")
    twin.close()
    twin = Store.open(backup, KEY, clock=hall.clock)
    hall.accept("此处")
    other = Post(twin, hall.clock, hall.pair, hall.hub, hall.transport)
    if twin.life() != A:
        pytest.fail("the copy noticed by itself")
    other.accept("彼处")
    there_and_back(hall, hub, tmp_path)

    received, answer = hand_in(hub, export(other, tmp_path), tmp_path)

    assert [problem.code for problem in received.problems] == ["A311"]
    with pytest.raises(HotlineError) as met:
        import_(other, answer)
    assert met.value.code in {"A311", "A104"}
    twin.close()


# ---------------------------------------------------------------- what is not for here


def test_a_parcel_for_another_station_is_told(hall: Post, second: Post, hub: Hub, tmp_path: Path) -> None:
    second.accept()
    _, answer = hand_in(hub, export(second, tmp_path), tmp_path)
    before = picture(hall.store)

    fault = refused("I182", lambda: import_(hall, answer))

    assert fault.details == {"receiver": "370323-04", "ours": "370323-03"}
    assert picture(hall.store) == before


def test_a_parcel_that_goes_the_other_way_is_told(hall: Post, hub: Hub, tmp_path: Path) -> None:
    up = export(hall, tmp_path)
    _, down = hand_in(hub, up, tmp_path)

    refused("I186", lambda: import_(hall, up))
    refused("I186", lambda: parcels.take(hub, down))


def test_a_station_unknown_to_the_hub_is_told(hall: Post, tmp_path: Path, clock: TickingClock) -> None:
    elsewhere = a_hub(tmp_path / "elsewhere", clock)
    other = Post.enrolled(tmp_path / "05", elsewhere, a_card("05"), clock=TickingClock())
    hub_of_hall = hall.hub
    other.hub = hub_of_hall
    path = export(other, tmp_path)
    hub = a_hub(tmp_path / "hub", clock)

    refused("I188", lambda: parcels.take(hub, path))

    other.close()
    elsewhere.store.close()
    hub.store.close()


def test_another_key_than_the_enrolled_one_is_told(hall: Post, hub: Hub, tmp_path: Path) -> None:
    hall.accept()
    hall.pair = keys.make()

    refused("I189", lambda: parcels.take(hub, export(hall, tmp_path)))

    assert hub.store.verify().entries == 0


def test_an_answer_that_the_hub_did_not_sign_is_told(hall: Post, hub: Hub, tmp_path: Path) -> None:
    """Everybody may seal something to a station: its key is no secret."""
    hall.accept()
    _, answer = hand_in(hub, export(hall, tmp_path), tmp_path)
    found = bag.opened(answer)
    forged = tmp_path / "forged.zip"
    forged.write_bytes(bag.made(found.label, found.content, keys.make()).zipped())

    refused("I189", lambda: import_(hall, forged))

    assert hall.store.counts().waiting == 1


def test_a_parcel_of_another_hub_is_told_on_both_sides(hall: Post, hub: Hub, tmp_path: Path, clock: TickingClock) -> None:
    elsewhere = a_hub(tmp_path / "elsewhere", clock)
    other = Post.enrolled(tmp_path / "03-there", elsewhere, a_card("03"), clock=TickingClock())
    up = export(other, tmp_path)
    _, down = hand_in(elsewhere, up, tmp_path)

    refused("I184", lambda: parcels.take(hub, up))
    refused("I184", lambda: import_(hall, down))

    other.close()
    elsewhere.store.close()


def test_an_epoch_that_the_hub_never_heard_of_is_told(hall: Post, hub: Hub, tmp_path: Path) -> None:
    hall.accept()
    hall.store.set_note(EPOCH, "ANOTHER")

    refused("I190", lambda: parcels.take(hub, export(hall, tmp_path)))


def test_stations_with_no_line_go_on_with_a_hub_that_was_put_back(hall: Post, centre: Post, hub: Hub, tmp_path: Path) -> None:
    first = hall.accept("昨天的")
    for post in (hall, centre, hall):
        there_and_back(post, hub, tmp_path)
    copy = backed_up(hub.store, tmp_path / "hub", tmp_path / "backup")
    second = hall.accept("今天的")
    there_and_back(hall, hub, tmp_path)
    there_and_back(centre, hub, tmp_path)
    centre.dispatch(second)
    _, old = hand_in(hub, export(centre, tmp_path), tmp_path)
    import_(centre, old)
    third = hall.accept("没送的")
    up = export(hall, tmp_path)

    hub_put_back(hub, tmp_path / "hub", copy)
    received, answer = hand_in(hub, up, tmp_path)  # made before anybody there knew
    import_(hall, answer)
    for post in (hall, centre, centre, hall):
        there_and_back(post, hub, tmp_path)

    assert [problem.code for problem in received.problems] == ["A310"]
    assert all(post.store.counts().waiting == 0 for post in (hall, centre))
    for number in (first, second, third):
        assert hall.store.order(number) == centre.store.order(number) == hub.store.order(number)
    assert hub.store.order(second).lead is not None
    refused("I190", lambda: import_(centre, old))


def test_receipts_that_would_leave_a_hole_are_left_for_another_day(hall: Post, hub: Hub, tmp_path: Path) -> None:
    """Else what is before them would never be sent."""
    for _ in range(2):
        hall.accept()
        there_and_back(hall, hub, tmp_path)
    hall.accept()
    _, answer = hand_in(hub, export(hall, tmp_path), tmp_path)
    hall.store.database.execute_sql("UPDATE chains SET receipted = 0")

    taken = import_(hall, answer)

    assert codes(taken.remarks) == ["I195"]
    assert hall.store.receipted(A) == 0
    assert there_and_back(hall, hub, tmp_path).signed_for == 3


def test_a_parcel_sealed_to_a_key_that_was_replaced_is_told(hall: Post, hub: Hub, tmp_path: Path) -> None:
    hall.accept()
    _, down = hand_in(hub, export(hall, tmp_path), tmp_path)
    hall.pair = keys.make()

    refused("I183", lambda: import_(hall, down))


def test_a_parcel_of_a_newer_form_is_told(hall: Post, hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    hall.accept()
    monkeypatch.setattr(label, "FORM", 2)
    up = export(hall, tmp_path)
    monkeypatch.undo()

    assert refused("I185", lambda: parcels.take(hub, up)).details == {"form": 2, "newest": 1}


def test_nobody_puts_anothers_content_into_a_bag_of_their_own(hall: Post, second: Post, hub: Hub, tmp_path: Path) -> None:
    hall.accept()
    stolen = bag.opened(export(hall, tmp_path))
    theirs = msgspec.structs.replace(stolen.label, station="370323-04", sender_key=second.pair.key_id)
    made = bag.made(theirs, stolen.content, second.pair)
    path = tmp_path / "forged.zip"
    path.write_bytes(made.zipped())

    refused("I191", lambda: parcels.take(hub, path))


def test_a_station_cannot_hand_in_anothers_entries(hall: Post, second: Post, hub: Hub, tmp_path: Path) -> None:
    hall.accept()
    found = bag.opened(export(hall, tmp_path))
    with contents.opened(sealing.opened(found.content, hub.pair)) as inside:
        request = contents.head_of(inside, found.label, Request)
        members = {f"{contents.BATCHES}{name}": body for name, body in contents.members(inside, contents.BATCHES)}
    tag = msgspec.structs.replace(found.label, station="370323-04", sender_key=second.pair.key_id)
    plain = contents.packed(msgspec.structs.replace(request, label=tag), members)
    path = tmp_path / "forged.zip"
    path.write_bytes(bag.made(tag, sealing.sealed(plain, hub.pair.public), second.pair).zipped())

    received = parcels.take(hub, path)

    assert [problem.code for problem in received.problems] == ["A301"]
    assert hub.store.verify().entries == 0


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


# ---------------------------------------------------------------- attachments


def attach(post: Post, number: Number, body: bytes, *, personal: bool = False) -> str:
    """A file put to an order, as the desk does it."""
    sha256 = hashlib.sha256(body).hexdigest()
    post.store.files.begin(sha256, post.store.life())
    post.store.files.shelf.keep(io.BytesIO(body), sha256)
    post.record(
        number,
        AttachmentAdded(name="照片.jpg", media_type="image/jpeg", size_bytes=len(body), sha256=sha256, personal=personal),
    )
    post.store.files.note_here(sha256, len(body))
    return sha256


def test_attachments_go_with_the_parcel_and_come_with_the_answer(hall: Post, centre: Post, hub: Hub, tmp_path: Path) -> None:
    sha256 = attach(hall, hall.accept(), b"picture" * 1000)

    received, answer = hand_in(hub, export(hall, tmp_path), tmp_path)
    import_(hall, answer)
    taken = there_and_back(centre, hub, tmp_path)

    assert received.files == {sha256: 7000}
    assert hall.store.files.unsent() == ()
    assert taken.files == 1
    assert centre.store.files.shelf.has(sha256)


def test_a_file_larger_than_a_parcel_goes_in_several(
    hall: Post, centre: Post, hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("county_hotline.sync.parcel.pieces.ROOM", 3000)
    sha256 = attach(hall, hall.accept(), b"picture" * 1000)

    came = []
    for _ in range(3):
        received, answer = hand_in(hub, export(hall, tmp_path), tmp_path)
        came.append(received.files[sha256])
        import_(hall, answer)
    fetched = [there_and_back(centre, hub, tmp_path).files for _ in range(3)]

    assert came == [3000, 6000, 7000]
    assert fetched == [0, 0, 1]


def test_a_large_file_nobody_spoke_of_waits_and_one_for_the_parcel_goes(
    hall: Post, hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("county_hotline.sync.parcel.pieces.SMALL", 10)
    sha256 = attach(hall, hall.accept(), b"picture" * 1000)

    first, _ = hand_in(hub, export(hall, tmp_path), tmp_path)
    hall.store.files.let_wait(sha256, FileWay.PARCEL)
    second, _ = hand_in(hub, export(hall, tmp_path), tmp_path)

    assert (first.files, second.files) == ({}, {sha256: 7000})


def test_a_file_that_is_not_what_its_name_says_is_thrown_away(hall: Post, hub: Hub, tmp_path: Path) -> None:
    sha256 = attach(hall, hall.accept(), b"picture" * 1000)
    hall.store.files.shelf.path(sha256).write_bytes(b"PICTURE" * 1000)

    received, _ = hand_in(hub, export(hall, tmp_path), tmp_path)

    assert received.files == {sha256: 0}
    assert not hub.store.files.shelf.has(sha256)


def test_a_file_that_shows_a_confidential_caller_goes_to_nobody_else(
    hall: Post, centre: Post, agency: Post, hub: Hub, tmp_path: Path
) -> None:
    number = hall.accept(confidential=True)
    sha256 = attach(hall, number, b"her face" * 100, personal=True)
    there_and_back(hall, hub, tmp_path)
    there_and_back(centre, hub, tmp_path)
    centre.dispatch(number)
    there_and_back(centre, hub, tmp_path)

    for _ in range(2):
        _, answer = hand_in(hub, export(agency, tmp_path), tmp_path)
        assert bag.opened(answer).label.files == 0
        import_(agency, answer)

    assert centre.store.files.shelf.has(sha256)
    assert not agency.store.files.shelf.has(sha256)


def test_an_old_answer_does_not_hold_again_what_was_released(hall: Post, hub: Hub, tmp_path: Path) -> None:
    hall.dispatch(hall.accept())  # not a hall's to write
    _, first = hand_in(hub, export(hall, tmp_path), tmp_path)
    hub.store.database.execute_sql("DELETE FROM held")  # somebody repaired it
    _, second = hand_in(hub, export(hall, tmp_path), tmp_path)

    import_(hall, second)
    import_(hall, first)

    assert hall.store.held() == ()
