"""Fixtures of a hub and its posts on folders of their own; the folders that want them name them in their conftest."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from county_hotline.domain.reference import StationCard
from county_hotline.hub.asking import Hub
from tests.support.flaky import FlakyWire
from tests.support.line import AGENCY_CARD, CENTRE_CARD, DirectWire, Post, a_card, a_hub
from tests.support.ticking_clock import TickingClock


@pytest.fixture
def hub(tmp_path: Path, clock: TickingClock) -> Iterator[Hub]:
    hub = a_hub(tmp_path / "hub", clock)
    yield hub
    hub.store.close()


@pytest.fixture
def enrolled(tmp_path: Path, hub: Hub) -> Iterator[Callable[[StationCard, TickingClock], Post]]:
    """Lets a station in; each has a flaky wire that behaves until told otherwise."""
    posts: list[Post] = []

    def enrol(card: StationCard, clock: TickingClock) -> Post:
        wire = FlakyWire(DirectWire(hub))
        post = Post.enrolled(tmp_path / card.station, hub, card, clock=clock, wire=wire)
        posts.append(post)
        return post

    yield enrol
    for post in posts:
        post.close()


@pytest.fixture
def hall(enrolled: Callable[[StationCard, TickingClock], Post]) -> Post:
    return enrolled(a_card(), TickingClock())


@pytest.fixture
def centre(enrolled: Callable[[StationCard, TickingClock], Post]) -> Post:
    return enrolled(CENTRE_CARD, TickingClock())


@pytest.fixture
def agency(enrolled: Callable[[StationCard, TickingClock], Post]) -> Post:
    return enrolled(AGENCY_CARD, TickingClock())
