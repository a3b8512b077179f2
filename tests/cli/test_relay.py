"""hub join, hub sync, stations: a hub below another, at the command line, over real sockets."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Hotline, RunningHub


def a_code(hotline: Hotline, hub: RunningHub, station: str = "370324-00") -> str:
    asked = ("--station", station, "--role", "relay", "--name", "示例下级平台")
    return str(hotline.json("enrol", "--home", hub.home, *asked)["code"])


def a_hub_below(hotline: Hotline, hub: RunningHub, folder: Path) -> Path:
    home = folder / "below"
    hotline.json("init", "--home", home, "--role", "hub")
    said = hotline("hub", "join", hub.url, a_code(hotline, hub), "--home", home)
    assert said.code == 0, said.out
    assert "370324-00" in said.out
    return home


def test_a_hub_joins_and_does_a_round(hotline: Hotline, hub: RunningHub, tmp_path: Path) -> None:
    below = a_hub_below(hotline, hub, tmp_path)

    facts = hotline.json("hub", "sync", "--home", below)
    report = facts["report"]

    assert isinstance(report, dict)
    assert report["complete"]
    said = hotline("stations", "--home", below)
    assert hub.url in said.out
    assert "下级平台" in hotline("stations", "--home", hub.home).out


def test_a_hub_with_none_above_says_so(hotline: Hotline, tmp_path: Path) -> None:
    home = tmp_path / "alone"
    hotline.json("init", "--home", home, "--role", "hub")

    said = hotline("hub", "sync", "--home", home)

    assert said.code == 1
    assert "没有上级平台" in said.out


def test_a_stations_code_lets_no_hub_in_and_a_relays_code_no_station(hotline: Hotline, hub: RunningHub, tmp_path: Path) -> None:
    below = tmp_path / "below"
    hotline.json("init", "--home", below, "--role", "hub")
    for_station = str(hotline.json("enrol", "--home", hub.home, "--station", "03", "--role", "hall")["code"])

    said = hotline("hub", "join", hub.url, for_station, "--home", below, "--json")
    assert said.facts["code"] == "A330"

    said = hotline("join", "--home", tmp_path / "new", "--hub", hub.url, "--code", a_code(hotline, hub), "--json")
    assert said.facts["code"] == "A330"


def test_joining_needs_an_address_and_a_code(hotline: Hotline, tmp_path: Path) -> None:
    said = hotline("hub", "join", "--home", tmp_path / "below", "--json")

    assert said.facts["code"] == "I120"


def test_a_relays_name_is_a_stations(hotline: Hotline, hub: RunningHub) -> None:
    said = hotline("enrol", "--home", hub.home, "--station", "县平台", "--role", "relay", "--json")

    assert said.facts["code"] == "I109"


def test_the_hub_above_that_was_restored_is_trusted_by_a_persons_word(
    hotline: Hotline, hub: RunningHub, tmp_path: Path
) -> None:
    below = a_hub_below(hotline, hub, tmp_path)

    said = hotline("hub", "join", "--same-hub", "--yes", "--home", below)

    assert said.code == 0
    assert "没有换过数据" in said.out
