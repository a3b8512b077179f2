"""Reference data of the sample county, and one order to play acts on."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from county_hotline.db.store import Store
from county_hotline.desk import founding
from county_hotline.desk.founding import NewStation
from county_hotline.paths import Home
from tests.support.desks import Counters
from tests.support.play import Play
from tests.support.ticking_clock import TickingClock


@pytest.fixture
def store(tmp_path: Path, clock: TickingClock) -> Iterator[Store]:
    """A new home's database with the sample county in it."""
    home = Home(tmp_path / "home")
    made = founding.open_store(home, clock)
    founding.load_county(made)
    founding.settle(made, home, founding.card_for(made.reference.bundle(), NewStation()))
    yield made
    made.close()


@pytest.fixture
def play(tmp_path: Path, clock: TickingClock) -> Iterator[Play]:
    counters = Counters(tmp_path, clock)
    yield Play(counters)
    counters.close()
