"""From the counter to the platform and back, by commands alone, over a real hub."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from county_hotline.clock import SystemClock
from tests.cli.conftest import Hotline, RunningHub

ROOT = Path(__file__).resolve().parents[2]


def joined(hotline: Hotline, hub: RunningHub, home: Path, station: str, role: str) -> Path:
    code = str(hotline.json("enrol", "--home", hub.home, "--station", station, "--role", role)["code"])
    hotline.json("join", "--home", home, "--hub", hub.url, "--code", code, "--password", "mima1234")
    return home


def test_an_order_goes_from_the_hall_to_the_agency_and_back(
    hotline: Hotline, hub: RunningHub, hall: Path, tmp_path: Path, request_file: Path
) -> None:
    number = str(hotline.json("register", "--home", hall, "--from-json", request_file)["number"])
    joined(hotline, hub, hall, "03", "hall")
    centre = joined(hotline, hub, tmp_path / "centre", "01", "centre")
    agency = joined(hotline, hub, tmp_path / "agency", "21", "agency")

    assert hotline.json("sync", "--home", hall)["report"]["sent"] == 1  # type: ignore[index]
    hotline.json("sync", "--home", centre)
    hotline.json("dispatch", number, "--to", "县住建局", "--home", centre, "--officer", "0101")
    hotline.json("sync", "--home", centre)
    hotline.json("sync", "--home", agency)
    hotline.json("sign-for", number, "--home", agency, "--officer", "2101")
    hotline.json("reply", number, "--text", "已换灯泡", "--public", "已修好", "--solved", "yes", "--home", agency)
    hotline.json("sync", "--home", agency)
    hotline.json("sync", "--home", centre)
    hotline.json("finish", number, "--outcome", "solved", "--home", centre)
    hotline.json("sync", "--home", centre)
    said = hotline("sync", "--home", hall)
    seen = hotline.json("show", number, "--home", hall)

    assert "收到 4 条" in said.out
    assert seen["stage"] == "finished"
    assert [event["kind"].removeprefix("work_order.") for event in seen["history"]] == [  # type: ignore[attr-defined]
        "accepted",
        "dispatched",
        "signed_for",
        "replied",
        "finished",
    ]
    assert not any(event["waiting"] for event in seen["history"])  # type: ignore[attr-defined]
    for home in (hall, centre, agency, hub.home):
        assert hotline("verify", "--home", home).code == 0
    assert {each["station"]["station"] for each in hotline.json("stations", "--home", hub.home)["stations"]} == {  # type: ignore[attr-defined]
        "370323-01",
        "370323-03",
        "370323-21",
    }


def test_enrol_at_a_station_is_join(hotline: Hotline, hub: RunningHub, tmp_path: Path) -> None:
    code = str(hotline.json("enrol", "--home", hub.home, "--station", "04", "--role", "hall")["code"])

    facts = hotline.json("enrol", "--home", tmp_path / "new", "--hub", hub.url, "--code", code.lower())

    assert facts["station"]["station"] == "370323-04"  # type: ignore[index]


def test_joining_twice_with_one_code_is_one_success(hotline: Hotline, hub: RunningHub, hall: Path) -> None:
    code = str(hotline.json("enrol", "--home", hub.home, "--station", "03", "--role", "hall")["code"])

    assert hotline("join", "--home", hall, "--hub", hub.url, "--code", code).code == 0
    assert hotline("join", "--home", hall, "--hub", hub.url, "--code", code).code == 0


def test_a_station_with_entries_does_not_become_another(
    hotline: Hotline, hub: RunningHub, hall: Path, request_file: Path
) -> None:
    hotline.json("register", "--home", hall, "--from-json", request_file, "--no-slip")
    code = str(hotline.json("enrol", "--home", hub.home, "--station", "04", "--role", "hall")["code"])

    said = hotline("join", "--home", hall, "--hub", hub.url, "--code", code, "--json")

    assert said.code == 1
    assert said.facts["code"] == "A218"
    assert hotline("list", "--home", hall).code == 0


def test_a_hub_is_no_station_and_a_station_no_hub(hotline: Hotline, hub: RunningHub, hall: Path) -> None:
    assert hotline("list", "--home", hub.home, "--json").facts["code"] == "R215"
    assert hotline("stations", "--home", hall, "--json").facts["code"] == "R217"
    assert hotline("hub", "--home", hall, "--json").facts["code"] == "R212"


def test_a_hub_is_a_process_that_ends_when_told(hotline: Hotline, tmp_path: Path, hall: Path) -> None:
    line = [sys.executable, str(ROOT / "main.py"), "hub", "--home", str(tmp_path / "hub"), "--port", "0"]
    with subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=dict(os.environ)) as process:
        assert process.stdout is not None
        url = process.stdout.readline().decode("utf-8").split()[-1]
        hotline.clock.now = SystemClock().now_ms()  # the hub's process has the real clock, and a code is good for a day
        code = str(hotline.json("enrol", "--home", tmp_path / "hub", "--station", "03", "--role", "hall")["code"])
        joined_now = hotline("join", "--home", hall, "--hub", url, "--code", code)
        second = hotline("hub", "--home", tmp_path / "hub", "--json")
        process.send_signal(signal.SIGTERM)
        rest, errors = process.communicate(timeout=30)

    assert joined_now.code == 0, joined_now.err
    assert second.facts["code"] == "S104"
    assert process.returncode == 0
    assert "县中心停了" in rest.decode("utf-8")
    assert errors == b""


def test_the_demo_plays_the_whole_thread(hotline: Hotline, tmp_path: Path) -> None:
    facts = hotline.json("demo", "--home", tmp_path / "demo")

    assert len(facts["steps"]) == 10  # type: ignore[arg-type]
    assert all(Path(slip).read_bytes().startswith(b"%PDF") for slip in facts["slips"])  # type: ignore[attr-defined]
    assert all(report["sound"] for report in facts["verified"].values())  # type: ignore[attr-defined]


def test_a_demo_step_that_is_not_as_it_should_be_ends_it(
    hotline: Hotline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from county_hotline.cli import demo

    monkeypatch.setattr(demo, "HISTORY", 6)

    said = hotline("demo", "--home", tmp_path / "demo", "--json")

    assert said.code == 1
    assert said.facts["code"] == "R219"


def test_the_demo_does_not_play_in_a_stations_folder(hotline: Hotline, hall: Path) -> None:
    assert hotline("demo", "--home", hall, "--json").facts["code"] == "R216"


def test_without_a_screen_try_plays_the_demo(hotline: Hotline, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("DISPLAY", raising=False)

    assert hotline.json("try", "--home", tmp_path / "demo")["number"]
