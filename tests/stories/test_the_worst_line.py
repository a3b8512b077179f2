"""P6 for real: a hub and a station as processes on a line of 256 kbit/s, 600 ms there and back, losing two packets in a hundred, cut every
few seconds, either side killed now and then. Everything arrives, once, and the bytes are counted."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support import bad_line, processes
from tests.support.bad_line import BadLine, Quality
from tests.support.cutter import Cutter
from tests.support.processes import HubProcess

NARROW = Quality(up_kbit=256, down_kbit=1024, delay_ms=300, loss_percent=2.0)


@pytest.mark.parametrize(
    ("orders", "every_s", "kills"),
    [
        (60, 3.0, 1),
        pytest.param(1_000, 5.0, 0, marks=pytest.mark.long),
        pytest.param(1_000, 15.0, 0, marks=pytest.mark.long),
        pytest.param(600, 5.0, 12, marks=pytest.mark.long),
    ],
    ids=["a little, cut every 3 s", "much, cut every 5 s", "much, cut every 15 s", "cut every 5 s and killed"],
)
def test_on_the_worst_line_everything_arrives_once(
    orders: int, every_s: float, kills: int, tmp_path: Path, rng: random.Random, record_property: Callable[[str, object], None]
) -> None:
    hub_home, station = tmp_path / "hub", tmp_path / "hall"
    processes.done_here("init", "--role", "hub", "--home", hub_home)
    with bad_line.bad_line(NARROW) as line:
        hub = HubProcess(hub_home, host=bad_line.HUB_ADDRESS, within=line.within(line.hub))
        try:
            url = hub.start()
            _join_at_home(hub, station, line)
            file = processes.requests(tmp_path, orders, "worst")
            processes.done_here("register", "--home", station, "--from-json", file, "--no-slip")
            port = int(url.rpartition(":")[2])
            with Cutter(line.hub, (bad_line.HUB_ADDRESS, port), every_s, host=bad_line.HUB_ADDRESS) as cutter:
                _now_at(station, f"http://{cutter.address[0]}:{cutter.address[1]}")
                reports, broken = _until_all_is_there(line, hub, station, kills, rng)
        finally:
            hub.kill()

    record_property("cuts", cutter.cuts)
    record_property("bytes_up", cutter.passed_up)
    assert cutter.cuts > 0, "no cut met a connection: the test proves nothing"
    assert broken >= min(kills, 1)
    assert sum(report["sent"] for report in reports) <= orders, "an entry counts as sent once"
    processes.agree(hub_home, station, orders)


def _join_at_home(hub: HubProcess, station: Path, line: BadLine) -> None:
    """接入 before the story begins, at the hub's own end of the line: it is the rounds that are tried."""
    code = processes.ask("enrol", "--home", hub.home, "--station", "03", "--role", "hall")["code"]
    url = hub.url
    words = ("join", "--home", station, "--hub", url, "--code", code, "--password", processes.PASSWORD)
    processes.ask(*words, within=line.within(line.hub))


def _now_at(station: Path, url: str) -> None:
    """The hub's address is another one now; its key is the same."""
    file = station / "identity.toml"
    lines = [f'url = "{url}"' if row.startswith("url = ") else row for row in file.read_text("utf-8").splitlines()]
    file.write_text("\n".join(lines) + "\n", "utf-8")


def _until_all_is_there(
    line: BadLine, hub: HubProcess, station: Path, kills: int, rng: random.Random
) -> tuple[list[dict[str, Any]], int]:
    """Rounds one after another, the sides killed in the midst of the first ones, until nothing waits."""
    reports, met = [], 0
    for _ in range(60):
        round_ = processes.begun("sync", "--home", station, "--json", within=line.within(line.post))
        if met < kills and _is_killed(round_, hub, rng):
            met += 1
            continue
        said = processes.answered(round_)
        reports.append(said["report"])
        assert not str(said["report"]["fault"]).startswith("A"), "a bad line is no reason to distrust"
        if said["report"]["complete"] and said["counts"]["waiting"] == 0:
            return reports, met
    raise AssertionError(f"still not all there: {reports[-3:]}")


def _is_killed(round_: subprocess.Popen[bytes], hub: HubProcess, rng: random.Random) -> bool:
    """SIGKILL for the station's round or for the hub, some time after it began; False where the round had ended before."""
    try:
        round_.wait(rng.uniform(2.0, 6.0))
    except subprocess.TimeoutExpired:
        if rng.random() < 0.5:
            hub.kill()
            hub.start()
        round_.kill()
        round_.communicate()
        return True
    return False
