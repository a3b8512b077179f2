"""基础数据两边都改过: from the command line a person is told what differs, and puts one over the other; nothing goes without a word."""

from __future__ import annotations

from pathlib import Path

import pytest

from county_hotline.app.station import open_station
from county_hotline.db.beside.reference import Bundle
from county_hotline.paths import Home
from tests.cli.conftest import Hotline, RunningHub
from tests.cli.test_the_whole_thread import joined


def bundle_of(home: Path) -> Bundle:
    station = open_station(Home(home))
    try:
        return station.store.reference.bundle()
    finally:
        station.close()


def change(home: Path, **parts: object) -> None:
    station = open_station(Home(home))
    station.store.reference.change(**parts)
    station.close()


@pytest.fixture
def conflict(hotline: Hotline, hub: RunningHub, tmp_path: Path) -> tuple[Path, Path]:
    """Two desks of the centre, each with a change the other has not seen; the first one's is the county's."""
    first = joined(hotline, hub, tmp_path / "first", "01", "centre")
    second = joined(hotline, hub, tmp_path / "second", "02", "centre")
    lines = bundle_of(first).duty_lines
    change(first, title="甲改的", duty_lines=lines[1:])
    change(second, title="乙改的", rest_days=("2026-12-24",))
    hotline.json("sync", "--home", first)
    said = hotline("sync", "--home", second)
    assert "A324" in hotline("sync", "--home", second, "--json").out
    assert "--keep-ours" in said.out
    return first, second


def test_this_stations_is_put_over_the_hubs_after_what_differs_was_told(hotline: Hotline, conflict: tuple[Path, Path]) -> None:
    first, second = conflict

    said = hotline("sync", "--keep-ours", "--yes", "--home", second)
    hotline.json("sync", "--home", first)

    assert said.code == 0
    assert "单据抬头：只有本站有 0 条，只有县中心有 0 条，写得不同 1 条" in said.err
    assert "归属清单：只有本站有 1 条" in said.err
    assert "县自定休息日：只有本站有 1 条" in said.err
    assert (bundle_of(first).title, bundle_of(first).rest_days) == ("乙改的", ("2026-12-24",))
    assert hotline("sync", "--home", second).code == 0


def test_the_hubs_is_taken_instead(hotline: Hotline, conflict: tuple[Path, Path]) -> None:
    _, second = conflict

    facts = hotline.json("sync", "--take-theirs", "--yes", "--home", second)

    assert (bundle_of(second).title, bundle_of(second).rest_days) == ("甲改的", ())
    assert {each["name"] for each in facts["lists"]} == {"title", "duty_lines", "rest_days"}  # type: ignore[attr-defined]
    assert hotline("sync", "--home", second).code == 0


def test_without_a_word_nothing_is_put_over_anything(hotline: Hotline, conflict: tuple[Path, Path]) -> None:
    first, second = conflict

    said = hotline("sync", "--keep-ours", "--home", second)

    assert (said.code, "两份都在" in said.err) == (1, True)
    assert (bundle_of(first).title, bundle_of(second).title) == ("甲改的", "乙改的")


def test_one_of_the_two_is_named(hotline: Hotline, conflict: tuple[Path, Path]) -> None:
    assert hotline("sync", "--keep-ours", "--take-theirs", "--home", conflict[1]).code == 2


def test_where_there_is_nothing_to_choose_it_says_so(hotline: Hotline, hub: RunningHub, tmp_path: Path) -> None:
    home = joined(hotline, hub, tmp_path / "first", "01", "centre")

    assert hotline.json("sync", "--home", home)
    said = hotline("sync", "--take-theirs", "--yes", "--home", home)

    assert (said.code, "不用定" in said.err) == (1, True)
