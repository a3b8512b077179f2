"""网闸摆渡目录: what is whole is read and moved aside, what is bad is moved aside with the reason, what is not ours is left; nothing is deleted."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from county_hotline.domain.reference import StationCard
from county_hotline.domain.views import RoundWay
from county_hotline.errors import BadInput, StoreFault
from county_hotline.hub import parcel_ferry
from county_hotline.hub.asking import Hub
from county_hotline.settings import PARCEL_IN, PARCEL_OUT, Settings
from county_hotline.sync.parcel import coming_down, going_up, stick
from county_hotline.sync.parcel.watched import WatchedFolder
from tests.support.line import Post, a_card
from tests.support.parcels import end_of, export, hand_in
from tests.support.ticking_clock import TickingClock

Enrol = Callable[[StationCard, TickingClock], Post]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "ferry"
    made.mkdir()
    return made


def names(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_a_parcel_is_read_once_it_stands_still_and_moved_aside(folder: Path) -> None:
    read: list[str] = []
    watched = WatchedFolder(folder, lambda path: read.append(path.name))
    (folder / "a.zip").write_bytes(b"one")

    first = watched.look()
    with (folder / "a.zip").open("ab") as file:
        file.write(b", two")
    second = watched.look()
    third = watched.look()

    assert (first, second, third) == (0, 0, 1)
    assert names(folder) == ["已读/a.zip"]
    assert (folder / "已读" / "a.zip").read_bytes() == b"one, two"


@pytest.mark.parametrize("name", ["a.zip.part", "a.zip.tmp", "a.part", ".a.zip", "~a.zip", "readme.txt"])
def test_what_is_still_being_written_or_no_parcel_is_left(name: str, folder: Path) -> None:
    (folder / name).write_bytes(b"?")
    watched = WatchedFolder(folder, lambda path: pytest.fail(path.name))

    assert [watched.look() for _ in range(3)] == [0, 0, 0]
    assert names(folder) == [name]


def test_a_bad_one_is_moved_aside_with_the_reason_in_chinese(folder: Path) -> None:
    (folder / "a.zip").write_bytes(b"no zip")
    watched = WatchedFolder(folder, lambda path: bad("I180"))

    assert [watched.look() for _ in range(3)] == [0, 0, 0]

    assert names(folder) == ["不能读/a.zip", "不能读/a.zip.txt"]
    assert "不是连心桥的数据包" in (folder / "不能读" / "a.zip.txt").read_text("utf-8-sig")
    assert (folder / "不能读" / "a.zip").read_bytes() == b"no zip"


def test_one_for_somebody_else_is_left_for_them(folder: Path) -> None:
    tries = []

    def read(path: Path) -> None:
        tries.append(path)
        bad("I182", receiver="370323-04", ours="370323-03")

    (folder / "a.zip").write_bytes(b"theirs")
    watched = WatchedFolder(folder, read)
    for _ in range(4):
        watched.look()

    assert len(tries) == 1
    assert names(folder) == ["a.zip"]


def test_names_that_are_there_already_are_kept_apart(folder: Path) -> None:
    watched = WatchedFolder(folder, lambda path: None)
    for body in (b"first", b"second"):
        (folder / "a.zip").write_bytes(body)
        watched.look()
        watched.look()

    assert names(folder) == ["已读/a-2.zip", "已读/a.zip"]


@pytest.mark.skipif(os.name == "nt" or not hasattr(os, "geteuid"), reason="needs the rights of Unix")
def test_a_folder_that_may_only_be_read_is_read_once(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[str] = []
    (folder / "a.zip").write_bytes(b"one")
    watched = WatchedFolder(folder, lambda path: read.append(path.name))

    def refuses(*_: object) -> object:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "rename", refuses)
    for _ in range(4):
        watched.look()

    assert read == ["a.zip"]
    assert names(folder) == ["a.zip"]


def test_what_our_own_disk_could_not_take_is_tried_again(folder: Path) -> None:
    faults = [StoreFault("S101")]
    (folder / "a.zip").write_bytes(b"one")
    watched = WatchedFolder(folder, lambda path: raise_first(faults))

    watched.look()
    with pytest.raises(StoreFault):
        watched.look()

    assert watched.look() == 1


def test_a_folder_that_is_not_there_is_empty(tmp_path: Path) -> None:
    assert WatchedFolder(tmp_path / "nowhere", lambda path: None).look() == 0


def bad(code: str, **details: object) -> None:
    raise BadInput(code, **details)


def raise_first(faults: list[StoreFault]) -> None:
    if faults:
        raise faults.pop()


# ---------------------------------------------------------------- both ends


class Ferried:
    """Folders on both sides and the gate between them, turn by turn."""

    def __init__(self, hub: Hub, post: Post, folder: Path) -> None:
        self.post = post
        self.out, self.come, self.hub_in, self.hub_out = (folder / name for name in ("out", "in", "hub-in", "hub-out"))
        for each in (self.out, self.come, self.hub_in, self.hub_out):
            each.mkdir(parents=True)
        settings = Settings(folder / "settings.toml")
        settings.change(PARCEL_IN, str(self.hub_in))
        settings.change(PARCEL_OUT, str(self.hub_out))
        self.hub_ferry = parcel_ferry.HubFerry(hub, settings)
        self.watched = WatchedFolder(self.come, self._read)

    def turn(self) -> tuple[int, int]:
        """Each side looks twice (a file must stand still), the gate moves what lies there. How many parcels each side made."""
        if going_up.has_news(end_of(self.post)):
            parcel, handed = going_up.make(end_of(self.post))
            stick.put(parcel, self.out)
            going_up.is_sent(end_of(self.post), parcel, handed)
        up = self._carry(self.out, self.hub_in)
        self.hub_ferry.run()
        self.hub_ferry.run()
        down = self._carry(self.hub_out, self.come)
        self.watched.look()
        self.watched.look()
        return up, down

    def _read(self, path: Path) -> None:
        coming_down.take(end_of(self.post), path, way=RoundWay.FOLDER, tell=lambda changes: None)

    @staticmethod
    def _carry(start: Path, end: Path) -> int:
        found = list(start.glob("*.zip"))
        for path in found:
            shutil.move(path, end / path.name)
        return len(found)


def test_two_folders_and_a_gate_are_a_line(hall: Post, centre: Post, hub: Hub, tmp_path: Path) -> None:
    ferried = Ferried(hub, hall, tmp_path / "hall")
    number = hall.accept()
    turns = [ferried.turn() for _ in range(4)]
    centre.sync()
    centre.dispatch(number)
    centre.sync()
    later = [ferried.turn() for _ in range(5)]

    assert hall.store.counts().waiting == 0
    assert hall.store.order(number).lead is not None
    assert hall.store.rounds(1)[0].way is RoundWay.FOLDER
    assert turns[0] == (1, 1)
    assert turns[-1] == (0, 0)  # nothing new: nothing goes
    assert later[-2:] == [(0, 0), (0, 0)]
    assert sum(map(sum, [*turns, *later])) <= 8


def test_what_the_gate_lost_goes_again_after_some_hours(hall: Post, hub: Hub, tmp_path: Path) -> None:
    ferried = Ferried(hub, hall, tmp_path / "hall")
    hall.accept()
    ferried.turn()
    hall.accept()
    parcel, handed = going_up.make(end_of(hall))
    going_up.is_sent(end_of(hall), parcel, handed)  # and never came over

    quiet = ferried.turn()
    hall.clock.now += going_up.AGAIN_MS + 1
    again = ferried.turn()

    assert quiet == (0, 0)
    assert again[0] == 1
    assert hall.store.counts().waiting == 0


def test_stations_may_share_one_folder(hall: Post, enrolled: Enrol, hub: Hub, tmp_path: Path) -> None:
    second = enrolled(a_card("04"), TickingClock())
    shared = tmp_path / "shared"
    shared.mkdir()
    for post in (hall, second):
        post.accept()
        hand_in(hub, export(post, tmp_path / "up"), shared)
    readers = [
        WatchedFolder(
            shared,
            lambda path, post=post: coming_down.take(end_of(post), path, way=RoundWay.FOLDER, tell=lambda changes: None),  # type: ignore[misc]
        )
        for post in (hall, second)
    ]

    for _ in range(3):
        for reader in readers:
            reader.look()

    assert all(post.store.counts().waiting == 0 for post in (hall, second))
    assert names(shared) == ["已读/370323-03-down-000001.zip", "已读/370323-04-down-000001.zip"]
