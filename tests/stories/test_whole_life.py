"""Stories a hotline officer can read, played on a county of real stores: one file each in whole_life/."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.support.story_county import StoryCounty
from tests.support.story_script import read_script
from tests.support.story_teller import StoryTeller
from tests.support.ticking_clock import TickingClock

STORIES = sorted((Path(__file__).parent / "whole_life").glob("*.txt"))


@pytest.mark.parametrize("path", STORIES, ids=lambda path: path.stem)
def test_it_goes_as_told(path: Path, tmp_path: Path, clock: TickingClock) -> None:
    script = read_script(path)
    county = StoryCounty(tmp_path, clock, rule_pack=script.rule_pack)
    try:
        StoryTeller(script, county, clock).tell()
    finally:
        county.close()
