"""A hall of its own for each test, and a whole county where more than one is needed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.builders import a_card
from tests.support.stations import County, Station
from tests.support.ticking_clock import TickingClock


@pytest.fixture
def hall(tmp_path: Path, clock: TickingClock) -> Iterator[Station]:
    station = Station(tmp_path / "hall", clock, a_card())
    yield station
    station.store.close()


@pytest.fixture
def county(tmp_path: Path, clock: TickingClock) -> Iterator[County]:
    county = County(tmp_path, clock)
    yield county
    county.close()
