"""Whose hub it is: told by its id when a station joins, and by a person's word after the hub was restored from a backup."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from county_hotline.clock import SystemClock
from county_hotline.desk.founding import open_store
from county_hotline.hub.serve import HubThread, open_hub
from county_hotline.paths import Home
from tests.cli.conftest import Hotline, RunningHub
from tests.cli.test_importing import Terminal
from tests.support.ticking_clock import TickingClock


def a_code(hotline: Hotline, hub: RunningHub) -> tuple[str, str]:
    facts = hotline.json("enrol", "--home", hub.home, "--station", "03", "--role", "hall")
    return str(facts["code"]), str(facts["hub_id"])


def test_the_code_comes_with_the_id_of_its_hub(hotline: Hotline, hub: RunningHub) -> None:
    said = hotline("enrol", "--home", hub.home, "--station", "03", "--role", "hall")

    _, hub_id = a_code(hotline, hub)
    assert f"县中心代号：{hub_id}" in said.out
    assert f"--hub-id {hub_id}" in said.out


def test_a_hub_with_the_id_that_was_read_out_is_joined(hotline: Hotline, hub: RunningHub, hall: Path) -> None:
    code, hub_id = a_code(hotline, hub)
    spoken = f" {hub_id[:8].upper()}-{hub_id[8:]}"

    assert hotline("join", "--home", hall, "--hub", hub.url, "--hub-id", spoken, "--code", code).code == 0


def test_a_hub_with_another_id_is_not_joined(hotline: Hotline, hub: RunningHub, hall: Path) -> None:
    code, hub_id = a_code(hotline, hub)
    before = (hall / "identity.toml").read_bytes()

    said = hotline("join", "--home", hall, "--hub", hub.url, "--hub-id", "0123456789abcdef", "--code", code, "--json")

    assert said.facts["code"] == "A216"
    assert hub_id in str(said.facts["message"])
    assert (hall / "identity.toml").read_bytes() == before
    assert hotline("join", "--home", hall, "--hub", hub.url, "--code", code).code == 0


def test_a_station_that_knows_its_hub_is_not_talked_into_another(hotline: Hotline, hub: RunningHub, hall: Path) -> None:
    code, _ = a_code(hotline, hub)
    hotline.json("join", "--home", hall, "--hub", hub.url, "--code", code)

    said = hotline("join", "--home", hall, "--hub", hub.url, "--hub-id", "0123456789abcdef", "--code", code, "--json")

    assert said.facts["code"] == "A216"


def test_joining_needs_address_and_code(hotline: Hotline, hall: Path) -> None:
    said = hotline("join", "--home", hall)

    assert said.code == 2
    assert "--hub, --code" in said.err


def test_a_folder_that_did_not_come_in_is_no_station_yet(hotline: Hotline, hub: RunningHub, tmp_path: Path) -> None:
    unreached = hotline("join", "--home", tmp_path / "new", "--hub", "http://127.0.0.1:1", "--code", "7K2M-Q9XD-41TV")

    assert unreached.code == 1
    assert unreached.err.startswith("没有接入县中心，什么都没有变。")
    assert hotline("list", "--home", tmp_path / "new", "--json").facts["code"] == "R200"
    code, hub_id = a_code(hotline, hub)
    assert hotline("join", "--home", tmp_path / "new", "--hub", hub.url, "--hub-id", hub_id, "--code", code).code == 0
    assert hotline("list", "--home", tmp_path / "new").code == 0


def test_a_clock_that_is_off_is_spoken_of_at_the_next_round(
    hotline: Hotline, hall: Path, tmp_path: Path, clock: TickingClock
) -> None:
    hotline.json("init", "--role", "hub", "--home", tmp_path / "hub")
    opened = open_hub(Home(tmp_path / "hub"), clock=TickingClock())
    with HubThread(opened) as thread:
        code, _ = a_code(hotline, RunningHub(tmp_path / "hub", thread.url))
        hotline.json("join", "--home", hall, "--hub", thread.url, "--code", code)
        right = hotline("sync", "--home", hall)
        clock.set_to(2009, 3, 4)
        wrong = hotline("sync", "--home", hall)
    opened.store.close()

    assert right.err == ""
    assert (wrong.code, right.code) == (0, 0)
    assert "这里是 2009-03-04" in wrong.err
    assert "县中心是 2026-11-21" in wrong.err


@pytest.fixture
def restored(hotline: Hotline, hub: RunningHub, hall: Path, request_file: Path) -> Path:
    """A station with an order to send, whose hub has come back under a new epoch."""
    code, _ = a_code(hotline, hub)
    hotline.json("join", "--home", hall, "--hub", hub.url, "--code", code)
    hotline.json("register", "--home", hall, "--from-json", request_file, "--no-slip")
    store = open_store(Home(hub.home), SystemClock())
    store.set_note("epoch", "0RESTORED0RESTORED0RESTORE")
    store.close()
    return hall


def test_a_restored_hub_stops_the_round_and_says_what_to_run(hotline: Hotline, restored: Path) -> None:
    said = hotline("sync", "--home", restored, "--json")

    assert said.facts["code"] == "A102"
    assert "join --same-hub" in str(said.facts["message"])


def test_without_a_persons_word_a_restored_hub_is_not_trusted(hotline: Hotline, restored: Path) -> None:
    said = hotline("join", "--home", restored, "--same-hub", "--json")

    assert said.facts["code"] == "R220"
    assert hotline("sync", "--home", restored, "--json").facts["code"] == "A102"


def test_with_a_persons_word_the_round_goes_on(hotline: Hotline, restored: Path) -> None:
    first = hotline("join", "--home", restored, "--same-hub", "--yes")
    again = hotline("join", "--home", restored, "--same-hub", "--yes")

    assert "还是原来那个" in first.out
    assert "没有换过数据" in again.out
    assert hotline.json("sync", "--home", restored)["report"]["sent"] == 1  # type: ignore[index]


@pytest.mark.parametrize(("answer", "code"), [("y\n", 0), ("n\n", 1)])
def test_at_a_terminal_the_person_is_asked(
    hotline: Hotline, restored: Path, monkeypatch: pytest.MonkeyPatch, answer: str, code: int
) -> None:
    monkeypatch.setattr(sys, "stdin", Terminal(answer))
    monkeypatch.setattr(sys.stderr, "isatty", lambda: True, raising=False)

    said = hotline("join", "--home", restored, "--same-hub")

    assert said.code == code
    assert "请先打电话问清楚" in said.err


def test_a_station_that_never_joined_has_no_hub_to_trust(hotline: Hotline, hall: Path) -> None:
    assert hotline("join", "--home", hall, "--same-hub", "--yes", "--json").facts["code"] == "R209"
