"""The hub's process is killed while batches come in: what it signed for it has, what it has it has once, and the rounds go on."""

from __future__ import annotations

import random
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support import processes
from tests.support.processes import HubProcess

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="SIGKILL")
EACH = 60
"""Orders before each kill: one batch."""
LATEST_S = 0.06


@pytest.mark.parametrize("kills", [3, pytest.param(20, marks=pytest.mark.long)])
def test_a_hub_killed_in_the_midst_of_batches_loses_and_doubles_nothing(kills: int, tmp_path: Path, rng: random.Random) -> None:
    hub, station = HubProcess(tmp_path / "hub"), tmp_path / "hall"
    processes.done_here("init", "--role", "hub", "--home", hub.home)
    try:
        processes.join(hub, hub.start(), station)
        broken = sum(_killed_in_a_round(hub, station, kill, rng) for kill in range(kills))
        last = processes.ask("sync", "--home", station)
    finally:
        hub.kill()

    assert broken > 0, "no kill met a round: the test proves nothing"
    assert last["report"]["complete"]
    processes.agree(hub.home, station, kills * EACH)


def _killed_in_a_round(hub: HubProcess, station: Path, kill: int, rng: random.Random) -> bool:
    """Orders, a round, and the hub's end soon after it began to write. Whether the round was broken by it."""
    file = processes.requests(station.parent, EACH, str(kill))
    processes.done_here("register", "--home", station, "--from-json", file, "--no-slip")
    log = hub.home / "journal.db-wal"
    before = _written(log)
    round_ = processes.begun("sync", "--home", station, "--json")
    while _written(log) == before and not _ended(round_, 0.001):
        pass
    _ended(round_, rng.uniform(0, LATEST_S))
    hub.kill()
    report = processes.answered(round_)["report"]
    processes.done_here("verify", "--home", hub.home)
    hub.start()
    return bool(report["fault"])


def _written(log: Path) -> tuple[int, int]:
    """How much the hub has written so far."""
    try:
        found = log.stat()
    except FileNotFoundError:
        return 0, 0
    return found.st_size, found.st_mtime_ns


def _ended(process: subprocess.Popen[bytes], patience_s: float) -> bool:
    try:
        process.wait(patience_s)
    except subprocess.TimeoutExpired:
        return False
    return True
