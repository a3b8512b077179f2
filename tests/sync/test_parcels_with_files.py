"""Attachments go by parcel too, to whom they may go."""

from __future__ import annotations

import hashlib
import io
from collections.abc import Callable
from pathlib import Path

import pytest

from county_hotline.domain.facts import AttachmentAdded
from county_hotline.domain.files import FileWay
from county_hotline.domain.reference import StationCard
from county_hotline.hub.asking import Hub
from county_hotline.ids import Life, Number
from county_hotline.sync.parcel import bag
from tests.support.line import Post
from tests.support.parcels import (
    export,
    hand_in,
    import_,
    there_and_back,
)
from tests.support.ticking_clock import TickingClock

Enrol = Callable[[StationCard, TickingClock], Post]
A = Life("A")


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
