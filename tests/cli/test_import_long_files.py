"""import of long files: how far it is, Ctrl+C, and where the rows given back are put."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

from county_hotline.desk import importing
from tests.cli.conftest import Hotline
from tests.cli.test_importing import HEADERS, rows, titles, write_csv


@pytest.fixture(autouse=True)
def short_steps(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ten rows a transaction: twenty-five rows are a long file."""
    monkeypatch.setattr(importing, "AT_ONCE", 10)


def test_on_a_terminal_it_shows_how_far_it_is(
    hotline: Hotline, hall: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)

    said = hotline("import", write_csv(tmp_path / "old.csv", rows(25)), "--home", hall)

    assert "\r已看 10 / 25 行\r已看 20 / 25 行\r已看 25 / 25 行\n" in said.err


def test_away_from_a_terminal_it_is_silent(hotline: Hotline, hall: Path, tmp_path: Path) -> None:
    assert hotline("import", write_csv(tmp_path / "old.csv", rows(25)), "--home", hall).err == ""


@pytest.fixture
def interrupted(monkeypatch: pytest.MonkeyPatch) -> None:
    """A person presses Ctrl+C while the second ten rows are being read."""
    real = importing._kept
    pressed: list[int] = []

    def kept(*told: object, **how: object) -> object:
        pressed.append(1)
        if len(pressed) == 2:
            os.kill(os.getpid(), signal.SIGINT)
        return real(*told, **how)  # type: ignore[arg-type]

    monkeypatch.setattr(importing, "_kept", kept)


@pytest.mark.usefixtures("interrupted")
def test_ctrl_c_finishes_the_rows_in_hand_and_says_what_went_in(hotline: Hotline, hall: Path, tmp_path: Path) -> None:
    file = write_csv(tmp_path / "old.csv", rows(35))

    said = hotline("import", file, "--home", hall)

    assert said.code == 1
    assert "按 Ctrl+C 停下了：看到第 20 行，共 35 行" in said.out
    assert "导入 20 件" in said.out
    assert len(titles(hotline, hall)) == 20
    again = hotline.json("import", file, "--home", hall)["report"]
    assert (again["accepted"], again["known"], again["stopped"]) == (15, 20, False)  # type: ignore[index]


@pytest.mark.usefixtures("interrupted")
def test_afterwards_ctrl_c_means_again_what_it_meant(hotline: Hotline, hall: Path, tmp_path: Path) -> None:
    before = signal.getsignal(signal.SIGINT)

    hotline("import", write_csv(tmp_path / "old.csv", rows(35)), "--home", hall)

    assert signal.getsignal(signal.SIGINT) is before


def test_rows_given_back_from_a_read_only_folder_lie_in_the_home(hotline: Hotline, hall: Path, tmp_path: Path) -> None:
    table = rows(4)
    table[2][7] = ""
    archive = tmp_path / "archive"
    archive.mkdir()
    file = write_csv(archive / "old.csv", table)
    archive.chmod(0o555)

    said = hotline("import", file, "--home", hall)
    archive.chmod(0o755)

    assert [each.name for each in archive.iterdir()] == ["old.csv"]
    assert (hall / "old.csv.退回.csv").exists()
    assert f"退回的行在：{hall / 'old.csv.退回.csv'}" in said.out
    assert f"原文件的文件夹 {archive} 不让写" in said.out


def test_the_command_to_copy_stands_in_quotes_where_a_name_has_blanks(hotline: Hotline, hall: Path, tmp_path: Path) -> None:
    table = [[f"A-{place:04d}", "附件2", f"{row[7]}{place}"] for place, row in enumerate(rows(9))]
    file = write_csv(tmp_path / "old list.csv", table, ("编号", "来源", "内容"))

    said = hotline("import", file, "--home", hall, "--place", "燕崖镇", "--header-row", "1")

    assert f"import '{file}' --map 1=external_number --map 3=content --place 燕崖镇 --home {hall}" in said.err


def test_columns_of_which_nothing_is_taken_are_named(hotline: Hotline, hall: Path, tmp_path: Path) -> None:
    file = write_csv(
        tmp_path / "old.csv", [["A-0001", "村口的路灯三天不亮了，请修一修。", "晴", ""]], ("编号", "内容", "天气", "备用")
    )

    assert "没有用到的列：第 3 列“天气”（" in hotline("import", file, "--home", hall).out


def test_a_sheet_behind_a_password_is_called_so(hotline: Hotline, hall: Path, tmp_path: Path) -> None:
    (tmp_path / "old.xlsx").write_bytes(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512))

    assert hotline("import", tmp_path / "old.xlsx", "--home", hall, "--json").facts["code"] == "I129"


def test_one_doubtful_column_does_not_take_the_others_away(hotline: Hotline, hall: Path, tmp_path: Path) -> None:
    headers = (*HEADERS, "来源")
    file = write_csv(tmp_path / "old.csv", [[*row, "附件2"] for row in rows(9)], headers)

    asked = hotline("import", file, "--home", hall, "--json")
    taken = hotline.json("import", file, "--home", hall, "--yes")

    assert asked.facts["code"] == "I110"
    assert sorted(taken["columns"].values()) == sorted(  # type: ignore[attr-defined]
        ["external_number", "name", "phone", "came_at", "place", "category", "category", "content"]
    )
    assert taken["report"]["accepted"] == 9  # type: ignore[index]
