"""The line is cut for real: hub and station in two networks of one PC, the link between them taken down in the midst of rounds."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.support import processes
from tests.support.processes import HubProcess

ORDERS = 300
RATE = "160kbit"
"""Slow enough that a round lasts some seconds, so that cuts meet it."""
FORGETFUL = 0.7
"""How often connections do not outlive a cut. TCP outlives short ones by itself; then the round is only late."""
HUB_ADDRESS, STATION_ADDRESS = "10.199.0.1", "10.199.0.2"


class TwoNetworks:
    """Two network namespaces with one line between them: `hub` at its one end, `post` at the other."""

    def __init__(self) -> None:
        self.hub, self.post = f"hotline-{os.getpid()}-hub", f"hotline-{os.getpid()}-post"
        self.ends = ((self.hub, "line0"), (self.post, "line1"))

    def lay(self) -> None:
        for name in (self.hub, self.post):
            _ip("netns", "add", name)
            _ip("-n", name, "link", "set", "lo", "up")
        _ip("-n", self.hub, "link", "add", "line0", "type", "veth", "peer", "name", "line1", "netns", self.post)
        for (name, end), address in zip(self.ends, (HUB_ADDRESS, STATION_ADDRESS), strict=True):
            _ip("-n", name, "address", "add", f"{address}/30", "dev", end)
            _ip("-n", name, "link", "set", end, "up")
            slow = [
                "tc",
                "-n",
                name,
                "qdisc",
                "add",
                "dev",
                end,
                "root",
                "tbf",
                "rate",
                RATE,
                "burst",
                "4kb",
                "latency",
                "400ms",
            ]
            subprocess.run(slow, check=True, capture_output=True)

    def turn(self, end: int, way: str) -> None:
        name, device = self.ends[end]
        _ip("-n", name, "link", "set", device, way)

    def forget(self) -> None:
        """What a gateway does that lost its state with the line: connections under way are reset, not merely late."""
        subprocess.run(["ip", "netns", "exec", self.post, "ss", "-K", "dst", HUB_ADDRESS], check=False, capture_output=True)

    def within(self, name: str) -> tuple[str, ...]:
        return ("ip", "netns", "exec", name)

    def clear(self) -> None:
        for name in (self.hub, self.post):
            subprocess.run(["ip", "netns", "delete", name], check=False, capture_output=True)


def _ip(*words: str) -> None:
    subprocess.run(["ip", *words], check=True, capture_output=True)


@contextmanager
def two_networks() -> Iterator[TwoNetworks]:
    if sys.platform != "linux" or os.geteuid() != 0 or not (shutil.which("ip") and shutil.which("tc")):
        pytest.skip("needs root on Linux, and ip and tc (iproute2)")
    networks = TwoNetworks()
    try:
        try:
            networks.lay()
        except subprocess.CalledProcessError as fault:
            pytest.skip(f"this machine lays no network of its own: {fault.stderr.decode().strip()}")
        yield networks
    finally:
        networks.clear()


@pytest.mark.parametrize(
    ("cuts", "longest_s"),
    [(3, 0.8), pytest.param(12, 35.0, marks=pytest.mark.long)],
    ids=["a few short cuts", "many long cuts"],
)
def test_a_line_cut_in_the_midst_of_rounds_loses_and_doubles_nothing(
    cuts: int, longest_s: float, tmp_path: Path, rng: random.Random
) -> None:
    hub_home, station = tmp_path / "hub", tmp_path / "hall"
    processes.done_here("init", "--role", "hub", "--home", hub_home)
    with two_networks() as networks:
        hub = HubProcess(hub_home, host=HUB_ADDRESS, within=networks.within(networks.hub))
        try:
            processes.join(hub, hub.start(), station, within=networks.within(networks.post))
            file = processes.requests(tmp_path, ORDERS, "cut")
            processes.done_here("register", "--home", station, "--from-json", file, "--no-slip")
            met, reports = _rounds_until_all_is_there(networks, station, cuts, longest_s, rng)
        finally:
            hub.kill()

    log = (station / "logs" / "county-hotline.log").read_text("utf-8")
    assert log.count("request_cut") + sum(bool(report["fault"]) for report in reports) > 0, "no cut broke a request"
    assert met > 0
    assert sum(report["sent"] for report in reports) <= ORDERS, "an entry counts as sent once"
    processes.agree(hub_home, station, ORDERS)


def _rounds_until_all_is_there(
    networks: TwoNetworks, station: Path, cuts: int, longest_s: float, rng: random.Random
) -> tuple[int, list[dict[str, Any]]]:
    """Rounds one after another, the line going and coming, until nothing waits. How many cuts met a round, and the reports."""
    met, reports = 0, []
    for _ in range(40):
        round_ = processes.begun("sync", "--home", station, "--json", within=networks.within(networks.post))
        while met < cuts and not _ended(round_, rng.uniform(0.5, 1.5)):
            end = rng.randrange(2)
            networks.turn(end, "down")
            _ended(round_, rng.uniform(0.1, longest_s))
            if rng.random() < FORGETFUL:
                networks.forget()
            networks.turn(end, "up")
            met += 1
        said = processes.answered(round_)
        reports.append(said["report"])
        assert not str(said["report"]["fault"]).startswith("A"), "a cut line is no reason to distrust"
        if said["report"]["complete"] and said["counts"]["waiting"] == 0:
            return met, reports
    raise AssertionError(f"still not all there: {reports[-3:]}")


def _ended(process: subprocess.Popen[bytes], patience_s: float) -> bool:
    """Wait so long for its end. A round that ended early still lets the cut last."""
    until = time.monotonic() + patience_s
    try:
        process.wait(patience_s)
    except subprocess.TimeoutExpired:
        return False
    time.sleep(max(0.0, min(0.3, until - time.monotonic())))
    return True
