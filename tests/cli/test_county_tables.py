"""county import, county export: the county's tables through Excel, at the centre, from the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from county_hotline.cli import main
from tests.cli.conftest import PASSWORD, Hotline
from tests.support.ticking_clock import TickingClock


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("centre") / "home"
    assert main(["init", "--home", str(home), "--role", "centre", "--password", PASSWORD], clock=TickingClock()) == 0
    return home


@pytest.mark.parametrize("table", ["agencies", "categories", "places", "grids"])
def test_a_table_goes_out_and_comes_in_the_same(hotline: Hotline, centre: Path, tmp_path: Path, table: str) -> None:
    file = tmp_path / "表.xlsx"

    assert hotline("county", "export", table, file, "--home", centre).code == 0
    said = hotline("county", "import", table, file, "--home", centre)

    assert said.code == 0, said.out
    assert "不用写" in said.out
    assert "〔" not in said.out


def test_a_wrong_row_stops_all_until_the_right_ones_are_asked_for(hotline: Hotline, centre: Path, tmp_path: Path) -> None:
    file = tmp_path / "单位.csv"
    file.write_text("单位代码,单位名称,电话\n370323D91,沂源县甲局,0533-3240000\n37032391,沂源县乙局,\n", encoding="utf-8")

    first = hotline("county", "import", "agencies", file, "--home", centre)
    again = hotline("county", "import", "agencies", file, "--home", centre, "--take-right", "--json").facts
    last = hotline("county", "import", "agencies", file, "--home", centre, "--dry-run", "--json").facts

    assert first.code == 1
    assert "第 3 行" in first.out
    assert "什么都没有写" in first.out
    assert (again["new"], again["wrong"], again["taken"]) == (1, 1, True)
    assert (last["new"], last["same"], last["taken"]) == (0, 1, False)
    assert "请照这样写：370323 开头的 9 位编码" in (tmp_path / "单位.csv.退回.csv").read_text(encoding="utf-8-sig")


def test_a_trial_says_what_would_change_and_writes_nothing(hotline: Hotline, centre: Path, tmp_path: Path) -> None:
    file = tmp_path / "类别.csv"
    file.write_text("编码,名称\n01,农业农村\n98,网络消费\n", encoding="utf-8")

    for _ in range(2):
        said = hotline("county", "import", "categories", file, "--home", centre, "--dry-run")
        assert "新增 1" in said.out
        assert "第 3 行  新增  98  网络消费" in said.out
    assert [each.name for each in tmp_path.iterdir()] == ["类别.csv"]


def test_a_hall_looks_and_takes_out_but_does_not_change(hotline: Hotline, hall: Path, tmp_path: Path) -> None:
    file = tmp_path / "表.xlsx"

    assert hotline("county", "export", "agencies", file, "--home", hall).code == 0
    assert hotline("county", "import", "agencies", file, "--home", hall, "--json").facts["code"] == "R400"
