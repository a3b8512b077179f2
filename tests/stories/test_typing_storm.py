"""The power goes while somebody types: at most the last 300 ms are lost, and every form is offered again."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tools.screens import virtual_screen
from tools.typing_storm import TypingStorm, summed_up

pytestmark = [pytest.mark.screen, pytest.mark.skipif(sys.platform == "win32", reason="xdotool types on X only")]


def storm(folder: Path, kills: int, seed: int) -> None:
    with virtual_screen() as display:
        killed = TypingStorm(folder, display, seed)
        found = [killed.kill_once() for _ in range(kills)]
    sys.stdout.write("\n".join(["", *(each.told() for each in found), summed_up(found), ""]))  # pytest shows it with -s or -rP

    assert [each for each in found if not each.is_well] == []
    assert [each.offered for each in found] == list(range(1, kills + 1))


def test_killed_while_chinese_is_typed_it_loses_no_more_than_the_last_300_ms(tmp_path: Path) -> None:
    storm(tmp_path / "home", 3, seed=11)


@pytest.mark.long
def test_killed_200_times_it_loses_no_more_than_the_last_300_ms_each_time(tmp_path: Path) -> None:
    storm(tmp_path / "home", 200, seed=1)
