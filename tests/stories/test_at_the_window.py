"""The whole thread at the window, by keyboard alone: registered with no line, dispatched, signed for, replied to, reviewed, finished, seen again."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tools.pictures import Play
from tools.screens import virtual_screen
from tools.seats import PROGRAM


def answer(*command: str) -> dict[str, Any]:
    """What a command says with --json."""
    done = subprocess.run([*PROGRAM, *command, "--json"], capture_output=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


@pytest.mark.screen
@pytest.mark.skipif(sys.platform == "win32", reason="xdotool types on X only")
def test_a_request_taken_with_no_line_is_finished_and_seen_by_keyboard_alone(tmp_path: Path) -> None:
    home = tmp_path / "试用"

    with virtual_screen() as display:
        Play(display, home, None).whole()

    hall = str(home / "hall")
    [row] = answer("list", "--home", hall)["rows"]  # one order, no more: F9 registered once
    shown = answer("show", str(row["number"]), "--home", hall)
    kinds = [line["kind"] for line in shown["history"]]
    assert kinds == [f"work_order.{act}" for act in ("accepted", "dispatched", "signed_for", "replied", "reviewed", "finished")]
    assert len(list((home / "hall" / "slips").rglob("*.pdf"))) == 1
    assert answer("verify", "--home", hall)["report"]["sound"] is True
