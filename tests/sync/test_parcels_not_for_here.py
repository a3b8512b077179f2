"""Parcels that are another's, of another hub, key, epoch or release do no harm and say so."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from county_hotline.db.line.lapsing import EPOCH
from county_hotline.domain.reference import StationCard
from county_hotline.hub import parcels
from county_hotline.hub.asking import Hub
from county_hotline.ids import Life
from county_hotline.sync import keys
from county_hotline.sync.parcel import bag, contents, label, sealing
from county_hotline.sync.parcel.contents import Request
from tests.support.line import Post, a_card, a_hub
from tests.support.parcels import (
    codes,
    export,
    hand_in,
    import_,
    refused,
    there_and_back,
)
from tests.support.restored import backed_up, hub_put_back
from tests.support.ticking_clock import TickingClock
from tests.support.world import picture

Enrol = Callable[[StationCard, TickingClock], Post]
A = Life("A")


@pytest.fixture
def second(enrolled: Enrol) -> Post:
    return enrolled(a_card("04"), TickingClock())


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
