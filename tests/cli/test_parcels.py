"""`county-hotline parcel` between a station and a hub that have no line: as an officer and an operator type it."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from county_hotline.app.station import open_station
from county_hotline.hub.serve import open_hub
from county_hotline.hub.stations import make_code
from county_hotline.paths import Home
from county_hotline.sync import enrolling
from tests.cli.conftest import Hotline
from tests.support.line import URL, DirectWire
from tests.support.ticking_clock import TickingClock


class Apart:
    """A station and its hub, which met once and have had no line since."""

    def __init__(self, hotline: Hotline, hall: Path, folder: Path, clock: TickingClock) -> None:
        self.hall, self.hub = hall, folder / "hub"
        self.stick, self.back = folder / "stick", folder / "back"
        self.stick.mkdir()
        self.back.mkdir()
        assert hotline("init", "--role", "hub", "--home", self.hub).code == 0
        hub = open_hub(Home(self.hub), clock=clock)
        station = open_station(Home(hall), clock=clock)
        code = make_code(hub.storage, station.desk.card, now_ms=clock.now_ms())
        enrolling.enrol(station.store, Home(hall), url=URL, code=code, clock=clock, wire=DirectWire(hub))
        station.close()
        hub.store.close()


@pytest.fixture
def apart(hotline: Hotline, hall: Path, tmp_path: Path, clock: TickingClock) -> Apart:
    return Apart(hotline, hall, tmp_path, clock)


def only(folder: Path) -> Path:
    (path,) = folder.iterdir()
    return path


def test_there_and_back(hotline: Hotline, apart: Apart, request_file: Path) -> None:
    hotline.json("register", "--home", apart.hall, "--from-json", request_file, "--no-slip")

    exported = hotline("parcel", "export", apart.stick, "--home", apart.hall)
    seen = hotline.json("parcel", "inspect", only(apart.stick), "--home", apart.hub)
    taken = hotline("parcel", "import", only(apart.stick), "--answer-to", apart.back, "--home", apart.hub)
    imported = hotline("parcel", "import", only(apart.back), "--home", apart.hall)

    assert exported.code == taken.code == imported.code == 0, exported.err + taken.err + imported.err
    assert seen["name"] == "370323-03-up-000001"
    assert str(seen["check_code"]) in exported.out
    assert seen["is_signed"] is True
    assert "新收 1 条" in taken.out
    assert "县中心签收 1 条" in imported.out
    assert (apart.hall / "slips" / "370323-03-up-000001.pdf").is_file()
    assert (apart.hub / "slips" / "370323-03-down-000001.pdf").is_file()
    assert "U 盘" in hotline("rounds", "--home", apart.hall).out


def test_the_hub_makes_one_for_a_station(hotline: Hotline, apart: Apart) -> None:
    facts = hotline.json("parcel", "export", apart.back, "--for", "370323-03", "--as-folder", "--home", apart.hub)

    assert only(apart.back).is_dir()
    assert hotline.json("parcel", "import", only(apart.back), "--home", apart.hall)["told"] == []
    assert facts["exported"]["name"] == "370323-03-down-000001"  # type: ignore[index]


@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["export", "nowhere"], "找不到"),
        (["import", "nowhere.zip"], "找不到"),
        (["import"], "少了"),
        (["inspect", "{request}"], "不是连心桥的数据包"),
        (["import", "{stick}"], "另一个方向"),
        (["folders", "--out-folder", "nowhere"], "找不到"),
    ],
)
def test_what_is_wrong_is_said_in_chinese(
    arguments: list[str], says: str, hotline: Hotline, apart: Apart, request_file: Path
) -> None:
    hotline("parcel", "export", apart.stick, "--home", apart.hall)
    given = [word.format(request=request_file, stick=only(apart.stick)) for word in arguments]

    said = hotline("parcel", *given, "--home", apart.hall)

    assert said.code != 0
    assert says in said.err


def test_a_hub_must_be_told_for_whom(hotline: Hotline, apart: Apart) -> None:
    assert "--for" in hotline("parcel", "export", apart.back, "--home", apart.hub).err
    assert "没有站点 370323-99" in hotline("parcel", "export", apart.back, "--for", "370323-99", "--home", apart.hub).err


def test_read_again_says_so_and_is_no_failure(hotline: Hotline, apart: Apart, request_file: Path) -> None:
    hotline.json("register", "--home", apart.hall, "--from-json", request_file, "--no-slip")
    hotline("parcel", "export", apart.stick, "--home", apart.hall)
    hotline("parcel", "import", only(apart.stick), "--home", apart.hub)
    copy = shutil.copy(only(apart.stick), apart.back / "copy.zip")

    said = hotline("parcel", "import", copy, "--home", apart.hub)

    assert said.code == 0
    assert "以前读过" in said.out
    assert "--for 370323-03" in said.out


def test_the_ledger_and_the_folders_are_told(hotline: Hotline, apart: Apart) -> None:
    assert "还没有" in hotline("parcel", "list", "--home", apart.hall).out
    hotline("parcel", "export", apart.stick, "--home", apart.hall)

    assert "导出" in hotline("parcel", "list", "--home", apart.hall).out
    assert hotline.json("parcel", "folders", "--in-folder", apart.back, "--home", apart.hub)["in_folder"] == str(apart.back)
    assert hotline.json("parcel", "folders", "--in-folder", "-", "--home", apart.hub)["in_folder"] == ""
