"""Moments as people read them; another station's entry may say any moment."""

from __future__ import annotations

import pytest

from county_hotline.clock import local, shown
from county_hotline.domain.civil_time import EARLIEST_MS, LATEST_MS, civil
from county_hotline.ui.telling.standing import moment


@pytest.mark.parametrize("ms", [2**62, -(2**62), 10**15, -(10**15), 2**53])
def test_a_moment_beyond_every_calendar_is_shown_and_stops_nothing(ms: int) -> None:
    bound = LATEST_MS if ms > 0 else EARLIEST_MS

    assert civil(ms) == civil(bound) == local(ms).replace(tzinfo=None)
    assert shown(ms)[:4] in ("1900", "9000")
    assert moment(ms, year=2026)


def test_other_moments_are_what_they_were() -> None:
    assert (civil(EARLIEST_MS).year, civil(LATEST_MS).year) == (1900, 9000)
    assert shown(1795223520000) == "2026-11-21 09:12"
