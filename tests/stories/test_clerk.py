"""A scripted clerk takes requests in the real window by keys alone: each is in the store exactly as typed, and sooner than on paper."""

from __future__ import annotations

import json
import random
import sys
from pathlib import Path

import pytest

from county_hotline.domain.vocabulary import StationRole
from county_hotline.signals import Bulletin
from tests.support.ticking_clock import TickingClock
from tests.support.windows import a_desk
from tools import clerk
from tools.clerk_hands import keys_for, shortest
from tools.clerk_work import SAMPLES, Way, intakes, read

on_x = pytest.mark.skipif(sys.platform == "win32", reason="keys are struck on X only")


def run(capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, dict[str, float]]:
    ended = clerk.main([*options, "--json"])
    told = json.loads(capsys.readouterr().out)
    assert told["wrong"] == 0
    figures: dict[str, float] = told["figures"]
    return ended, figures


@on_x
@pytest.mark.screen
def test_three_requests_are_in_the_store_as_typed_and_sooner_than_on_paper(capsys: pytest.CaptureFixture[str]) -> None:
    ended, figures = run(capsys, "--count", "3", "--past", "0", "--seed", "3")

    assert (ended, figures["intakes"]) == (0, 3)
    assert figures["keys_beside_text"] < figures["paper_beside_content"]


@on_x
@pytest.mark.screen
@pytest.mark.long
def test_a_hundred_requests_are_in_the_store_as_typed_and_sooner_than_on_paper(capsys: pytest.CaptureFixture[str]) -> None:
    ended, figures = run(capsys, "--count", "100", "--past", "100")

    assert (ended, figures["intakes"]) == (0, 100)


def test_pinyin_is_counted_letter_by_letter_with_one_choice_for_two_characters() -> None:
    assert keys_for("路灯", 2) == len("lu" + "deng") + 1
    assert keys_for("路灯亮，3盏", 2) == len("lu" + "deng" + "liang") + 2 + 2 + len("zhan") + 1
    assert keys_for("13805330000", 2) == 11


def test_fewest_letters_are_typed_and_a_line_further_down_costs_its_arrows() -> None:
    lines = {"l": ["a", "b", "c", "d", "e", "路"], "ld": ["b", "路"], "ldz": ["b", "路"]}

    assert shortest("路灯站", "路", lambda typed: lines[typed]) == ("ld", 1)


def test_what_is_not_in_the_store_as_typed_is_told(tmp_path: Path, clock: TickingClock) -> None:
    desk = a_desk(tmp_path / "home", clock, Bulletin(), role=StationRole.CENTRE)
    desk.officer = clerk.DISPATCHER
    [asked] = intakes(desk, read(SAMPLES), 1, random.Random(1), pasted=0)
    assert asked.way is Way.TYPED
    assert len(clerk.faults(desk, [asked], set())) == 1

    clerk.make_past(desk, [asked])

    [fault] = clerk.faults(desk, [asked], set())
    desk.store.close()
    assert asked.phone in fault
