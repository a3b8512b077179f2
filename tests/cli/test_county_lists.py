"""duty-list, packs, articles: read at any station, changed at the centre."""

from __future__ import annotations

from importlib import resources
from pathlib import Path

import pytest

from county_hotline.cli import main
from tests.cli.conftest import PASSWORD, Hotline
from tests.support.ticking_clock import TickingClock

SHIPPED = Path(str(resources.files("county_hotline") / "rule_packs"))


@pytest.fixture(scope="module")
def centre(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("centre") / "home"
    assert main(["init", "--home", str(home), "--role", "centre", "--password", PASSWORD], clock=TickingClock()) == 0
    return home


def test_whose_a_matter_is_is_asked_at_any_station(hotline: Hotline, hall: Path) -> None:
    facts = hotline.json("duty-list", "--home", hall, "--text", "停水好几天了", "--place", "燕崖镇")
    said = hotline("duty-list", "--home", hall, "--text", "停水好几天了")

    assert facts["suggestions"]
    assert "归属清单第" in said.out


def test_the_list_goes_out_and_comes_in_the_same(hotline: Hotline, centre: Path, tmp_path: Path) -> None:
    file = tmp_path / "清单.xlsx"
    before = hotline.json("duty-list", "--home", centre)["lines"]

    assert hotline("duty-list", "--home", centre, "--export", file).code == 0
    said = hotline("duty-list", "--home", centre, "--import", file, "--replace")

    assert said.code == 0, said.out
    assert hotline.json("duty-list", "--home", centre)["lines"] == before


def test_rows_that_cannot_be_read_are_given_back_with_the_reason(hotline: Hotline, centre: Path, tmp_path: Path) -> None:
    file = tmp_path / "清单.csv"
    file.write_text("事项,牵头\n窨井盖破损,县天文局\n", encoding="utf-8")

    said = hotline("duty-list", "--home", centre, "--import", file)

    assert said.code == 1
    assert "县天文局" in said.out
    assert (tmp_path / "清单.csv.退回.csv").exists()


def test_a_hall_changes_no_list(hotline: Hotline, hall: Path, tmp_path: Path) -> None:
    file = tmp_path / "清单.csv"
    file.write_text("事项,牵头\n窨井盖破损,县住建局\n", encoding="utf-8")

    assert hotline("duty-list", "--home", hall, "--import", file, "--json").facts["code"] == "R400"


def test_packs_are_shown_checked_tried_and_taken(hotline: Hotline, centre: Path) -> None:
    other = next(file for file in sorted(SHIPPED.glob("*.toml")) if file.stem != "shandong-2020")

    shown = hotline("packs", "--home", centre)
    checked = hotline("packs", "--home", centre, "--check", other)
    tried = hotline.json("packs", "--home", centre, "--preview", other)
    taken = hotline.json("packs", "--home", centre, "--take", other)

    assert "在用" in shown.out
    assert "〔pack" not in shown.out + checked.out
    assert tried["orders"] == 0
    assert hotline.json("packs", "--home", centre)["in_force"] == taken["pack"]


def test_a_pack_that_cannot_be_read_says_where(hotline: Hotline, hall: Path, tmp_path: Path) -> None:
    file = tmp_path / "坏.toml"
    file.write_text('name = "x"\nversion = 0\n', encoding="utf-8")

    assert hotline("packs", "--home", hall, "--check", file, "--json").facts["code"] == "I105"
    assert hotline("packs", "--home", hall, "--check", tmp_path / "没有.toml", "--json").facts["code"] == "I101"


def test_articles_are_found_by_words(hotline: Hotline, hall: Path) -> None:
    everything = hotline.json("articles", "--home", hall)["articles"]
    assert isinstance(everything, list)

    found = hotline.json("articles", "--home", hall, "--text", everything[0]["title"])["articles"]

    assert isinstance(found, list)
    assert found[0]["code"] == everything[0]["code"]
    assert "没有找到" in hotline("articles", "--home", hall, "--text", "星际旅行").out
