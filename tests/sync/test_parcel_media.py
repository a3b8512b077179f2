"""A stick that is full, read-only, not there, or pulled out in the middle: each has its name, and there is a whole parcel or none."""

from __future__ import annotations

import contextlib
import errno
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from county_hotline.errors import BadInput
from county_hotline.hub.asking import Hub
from county_hotline.sync.parcel import bag, going_up, stick
from county_hotline.sync.parcel.bag import Made
from county_hotline.wording import sentence
from tests.support.line import Post
from tests.support.parcels import end_of, export, there_and_back
from tests.support.source import ROOT

NOBODY = 65534
MEGABYTE = 1 << 20


@pytest.fixture
def small_stick(tmp_path: Path) -> Iterator[Path]:
    """Two megabytes, where the system lets us have them."""
    folder = tmp_path / "stick"
    folder.mkdir()
    made = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", str(folder)], capture_output=True, check=False)
    if made.returncode:
        pytest.skip("only root may mount a stick; what the system says is tried in any case")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=False, capture_output=True)


@pytest.fixture
def parcel(hall: Post) -> Made:
    hall.accept()
    return going_up.make(end_of(hall))[0]


def refused(code: str, parcel: Made, folder: Path, *, as_folder: bool = False) -> None:
    with pytest.raises(BadInput) as met:
        stick.put(parcel, folder, as_folder=as_folder)
    assert met.value.code == code
    assert "…" not in sentence(met.value)


@pytest.mark.parametrize("as_folder", [False, True])
def test_a_full_stick_is_told_and_nothing_is_left_on_it(as_folder: bool, small_stick: Path, parcel: Made) -> None:
    ballast = small_stick / "ballast"
    with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        while file.write(bytes(4096)):
            pass

    refused("I198", parcel, small_stick, as_folder=as_folder)

    assert list(small_stick.iterdir()) == [ballast]
    ballast.unlink()
    assert bag.opened(stick.put(parcel, small_stick, as_folder=as_folder)).digest == parcel.digest


def test_a_read_only_stick_is_told(small_stick: Path, parcel: Made) -> None:
    subprocess.run(["mount", "-o", "remount,ro", str(small_stick)], check=True)

    refused("I199", parcel, small_stick)


def test_a_stick_that_is_not_there_is_told(tmp_path: Path, parcel: Made) -> None:
    refused("I196", parcel, tmp_path / "nowhere")


STEPS = ("open", "fsync", "rename", "fsync of the folder")


@pytest.mark.parametrize("step", STEPS)
def test_pulled_out_at_any_step_there_is_a_whole_parcel_or_none(
    step: str, hall: Post, hub: Hub, parcel: Made, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the system says then: EIO, whatever is asked of it."""
    folder = tmp_path / "stick"
    folder.mkdir()

    def gone(*_: object, **__: object) -> object:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patched:
        if step == "open":
            patched.setattr(Path, "open", gone)
        elif step == "fsync":
            patched.setattr(os, "fsync", gone)
        elif step == "rename":
            patched.setattr(Path, "rename", gone)
        else:
            patched.setattr(stick, "settle", gone)
        refused("I197", parcel, folder)

    left = sorted(folder.iterdir())
    assert len(left) == (step == "fsync of the folder")
    assert all(bag.opened(path).digest == parcel.digest for path in left)
    assert there_and_back(hall, hub, tmp_path).signed_for == 1


def test_unmounted_in_the_middle_nothing_is_lost(small_stick: Path, hall: Post, hub: Hub, tmp_path: Path) -> None:
    hall.accept()
    parcel, _ = going_up.make(end_of(hall))
    written = stick._write

    def pulled(path: Path, content: bytes) -> None:
        written(path, content)
        subprocess.run(["umount", "-l", str(small_stick)], check=True)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(stick, "_write", pulled)
        refused("I197", parcel, small_stick)

    assert list(small_stick.iterdir()) == []
    assert there_and_back(hall, hub, tmp_path).signed_for == 1


def test_a_stick_pulled_out_while_it_is_read_is_told(
    hall: Post, hub: Hub, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = export(hall, tmp_path)

    def gone(*_: object, **__: object) -> object:
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(Path, "open", gone)

    with pytest.raises(BadInput) as met:
        bag.opened(path)
    assert met.value.code == "I197"


def test_killed_while_writing_leaves_nothing_that_could_be_taken_for_a_parcel(tmp_path: Path) -> None:
    program = (
        "import os, sys; from pathlib import Path; from county_hotline.sync.parcel import bag, stick; "
        "from tests.sync.test_parcel_readers import SENDER, a_label; "
        "stick._named = lambda *_: os._exit(9); "
        "stick.put(bag.made(a_label(), bytes(1000), SENDER), Path(sys.argv[1]))"
    )

    ended = subprocess.run([sys.executable, "-c", program, str(tmp_path)], cwd=ROOT, check=False)

    assert ended.returncode == 9
    assert [path.suffix for path in tmp_path.iterdir()] == [stick.UNFINISHED]


def test_nobodys_file_is_replaced(parcel: Made, tmp_path: Path) -> None:
    theirs = tmp_path / f"{parcel.label.name}.zip"
    theirs.write_bytes(b"somebody's")

    path = stick.put(parcel, tmp_path)

    assert theirs.read_bytes() == b"somebody's"
    assert path.name == f"{parcel.label.name}-2.zip"


def test_names_fit_any_stick(parcel: Made, tmp_path: Path) -> None:
    name = stick.put(parcel, tmp_path).name

    assert name.isascii()
    assert name == "370323-03-up-000001.zip"
