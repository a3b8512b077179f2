"""来电弹屏: a number reaches the open window once, and nobody else."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from county_hotline import paths
from county_hotline.desk import popping
from county_hotline.errors import BadInput, Refusal
from county_hotline.paths import Home

NOW = 1_795_223_520_000


@pytest.fixture
def home(tmp_path: Path) -> Home:
    return Home(tmp_path)


def test_a_ring_is_told_once_in_its_order_and_leaves_nothing(home: Home) -> None:
    held = paths.hold(home)
    popping.ring(home, " 138 0000 0001 ", now=NOW)
    popping.ring(home, "0591-87654321", now=NOW + 5)

    assert popping.rung(home, now=NOW + 10) == ("13800000001", "0591-87654321")
    assert popping.rung(home, now=NOW + 10) == ()
    assert list(home.rings.iterdir()) == []
    held.release()


def test_without_an_open_window_nothing_is_left_lying_about(home: Home) -> None:
    with pytest.raises(Refusal, match="R580"):
        popping.ring(home, "13800000001", now=NOW)
    paths.hold(home).release()  # there was a window once
    with pytest.raises(Refusal, match="R580"):
        popping.ring(home, "13800000001", now=NOW)

    assert not home.rings.exists()


@pytest.mark.parametrize("caller", ["", "林秀英", "1380", "13800000001;rm", "1" * 200])
def test_what_is_no_number_is_not_passed_on(home: Home, caller: str) -> None:
    held = paths.hold(home)
    with pytest.raises(BadInput, match="I200"):
        popping.ring(home, caller, now=NOW)
    held.release()


def test_who_has_long_hung_up_is_not_shown(home: Home) -> None:
    held = paths.hold(home)
    popping.ring(home, "13800000001", now=NOW)

    assert popping.rung(home, now=NOW + popping.LASTS_MS + 1) == ()
    assert list(home.rings.iterdir()) == []
    held.release()


@pytest.mark.skipif(sys.platform == "win32", reason="rights of POSIX")
def test_only_this_user_may_look(home: Home) -> None:
    held = paths.hold(home)
    popping.ring(home, "13800000001", now=NOW)

    assert home.rings.stat().st_mode & 0o077 == 0
    assert all(file.stat().st_mode & 0o077 == 0 for file in home.rings.iterdir())
    held.release()
