"""Where things lie, and replacing a small file whole or not at all."""

from __future__ import annotations

import errno
import os
import sys
from pathlib import Path

import pytest

from county_hotline.errors import StoreFault
from county_hotline.paths import Home, default_home, store_fault, write_atomically


def test_a_home_makes_its_folders_for_its_owners_eyes_alone(tmp_path: Path) -> None:
    home = Home(tmp_path / "站点 03" / "data")

    home.ensure()
    home.ensure()

    assert all(folder.is_dir() for folder in (home.keys, home.slips, home.attachments, home.logs))
    assert sys.platform == "win32" or home.keys.stat().st_mode & 0o077 == 0


def test_everything_of_a_station_lies_in_its_home(tmp_path: Path) -> None:
    home = Home(tmp_path)

    own = (
        home.database,
        home.keys,
        home.identity,
        home.settings,
        home.wording,
        home.slips,
        home.attachments,
        home.logs,
        home.lock,
    )
    assert {path.parent for path in own} == {tmp_path}
    assert len(set(own)) == len(own)


def test_a_home_where_a_file_stands_in_the_way_says_so(tmp_path: Path) -> None:
    (tmp_path / "keys").write_text("no folder")

    with pytest.raises(StoreFault, match="S107"):
        Home(tmp_path).ensure()


def test_the_users_own_folder_is_the_default(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    monkeypatch.setattr(sys, "platform", "linux")

    assert default_home() == Home(tmp_path / ".local" / "share" / "county-hotline")


def test_on_windows_it_is_the_local_profile(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "platform", "win32")
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path))

    assert default_home() == Home(tmp_path / "county-hotline")


def test_a_portable_program_keeps_its_data_beside_itself(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "county-hotline"))
    assert default_home() != Home(tmp_path / "data")

    (tmp_path / "data").mkdir()

    assert default_home() == Home(tmp_path / "data")


def test_a_file_is_replaced_whole_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "settings.toml"
    file.write_bytes(b"old")

    write_atomically(file, b"new")

    assert file.read_bytes() == b"new"
    assert [found.name for found in tmp_path.iterdir()] == ["settings.toml"]


def test_who_reads_while_a_file_is_replaced_reads_the_old_one_to_its_end(tmp_path: Path) -> None:
    file = tmp_path / "identity.toml"
    file.write_bytes(b"old and long")

    with file.open("rb") as reader:
        write_atomically(file, b"new")

        assert reader.read() == b"old and long"


def test_a_full_disk_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    file = tmp_path / "settings.toml"
    file.write_bytes(b"old")
    monkeypatch.setattr(os, "fsync", full)

    with pytest.raises(StoreFault, match="S101"):
        write_atomically(file, b"new")

    assert file.read_bytes() == b"old"
    assert [found.name for found in tmp_path.iterdir()] == ["settings.toml"]


def test_a_folder_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(StoreFault, match="S107"):
        write_atomically(tmp_path / "nowhere" / "file", b"new")


@pytest.mark.parametrize(
    ("number", "code"),
    [(errno.ENOSPC, "S101"), (errno.EDQUOT, "S101"), (errno.EROFS, "S102"), (errno.EACCES, "S102"), (errno.EIO, "S107")],
)
def test_what_the_system_says_becomes_one_of_ours(number: int, code: str) -> None:
    assert store_fault(OSError(number, "x"), Path("a")).code == code
