"""来电弹屏 with real processes: the number comes into the window that runs, and what is in work there stays."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from county_hotline.desk.intake_form import IntakeForm
from tools.one_desk import OneDesk
from tools.screens import virtual_screen
from tools.seats import PROGRAM

PATIENCE_S = 20.0
CALLER = "13800000001"


def pop(home: Path, caller: str) -> subprocess.CompletedProcess[bytes]:
    """The number goes in by standard input, where no list of processes shows it."""
    command = [*PROGRAM, "pop", "--caller", "-", "--home", str(home)]
    return subprocess.run(command, input=f"{caller}\n".encode(), capture_output=True, check=False, timeout=60)


def wait_for(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.1)


@pytest.mark.screen
@pytest.mark.skipif(sys.platform == "win32", reason="xdotool types on X only")
def test_who_rings_stands_in_the_form_and_the_form_in_work_is_a_draft(tmp_path: Path) -> None:
    with virtual_screen() as display:
        desk = OneDesk(tmp_path / "home", display)
        assert (
            b"R580"
            in subprocess.run(
                [*PROGRAM, "pop", "--caller", CALLER, "--home", str(desk.home.path), "--json"], capture_output=True, check=False
            ).stdout
        )
        program = desk.sit_down()
        try:
            desk.keys.type("13900000009")
            before = desk.keys.wait()
            assert pop(desk.home.path, CALLER).returncode == 0
            wait_for(lambda: not any(desk.home.rings.iterdir()))
            assert desk.keys.wait() != before
            desk.keys.type("示例")  # the name is what is asked next
            wait_for(lambda: len(desk.drafts()) == 2)
        finally:
            program.terminate()
            program.wait(timeout=20)

        phones = {form.phone: form for form in desk.drafts().values()}
        assert set(phones) == {"13900000009", CALLER}
        assert phones[CALLER].name == "示例"
        assert isinstance(phones[CALLER], IntakeForm)
    logs = b"".join(file.read_bytes() for file in desk.home.logs.iterdir())
    assert CALLER.encode() not in logs
