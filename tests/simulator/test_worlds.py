"""Whole counties in one process, seed by seed, on the worst lines and power supplies there are: P1 to P9 after every quiet period."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
KEPT = [
    line.split() for line in (Path(__file__).parent / "seeds.txt").read_text("utf-8").splitlines() if line and line[0] != "#"
]
"""Worlds that once broke a promise: seed and steps of each."""
IN_ALL = 10_000_000
PARTS = 16


def simulated(*arguments: str) -> str:
    """What the simulator says, in a process of its own: there it may put its dice and its plugs in the program's place."""
    line = [sys.executable, "-W", "error", "-m", "tools.simulate", *arguments]
    done = subprocess.run(
        line, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": "0"}, check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stdout[-4_000:] + done.stderr[-4_000:]
    return done.stdout


def test_a_few_worlds_keep_every_promise() -> None:
    said = simulated("--first", "1", "--seeds", "4", "--steps", "1500", "--quick")

    assert "0 broken" in said


@pytest.mark.parametrize(("seed", "steps"), KEPT[-4:])
def test_a_world_that_broke_a_promise_once_keeps_it_now(seed: str, steps: str) -> None:
    simulated("--seed", seed, "--steps", steps)


def test_the_same_seed_does_the_same_in_another_process() -> None:
    assert simulated("--seed", "11", "--steps", "900") == simulated("--seed", "11", "--steps", "900")


def test_clocks_that_lie_by_years_change_neither_order_nor_completeness() -> None:
    simulated("--clocks", "--first", "21", "--seeds", "1", "--steps", "900")


@pytest.mark.long
@pytest.mark.parametrize(("seed", "steps"), KEPT)
def test_every_world_that_broke_a_promise_once_keeps_it_now(seed: str, steps: str) -> None:
    simulated("--seed", seed, "--steps", steps)


@pytest.mark.long
def test_clocks_that_lie_by_years_change_nothing_in_many_worlds() -> None:
    simulated("--clocks", "--first", "1000", "--seeds", "60", "--steps", "3000")


@pytest.mark.long
@pytest.mark.parametrize("part", range(PARTS))
def test_ten_million_steps_keep_every_promise(part: int) -> None:
    simulated("--first", str(1_000_000 * (part + 1)), "--total", str(IN_ALL // PARTS))
