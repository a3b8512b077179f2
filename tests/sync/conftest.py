"""A hub and its posts on folders of their own; some of them on one version of the county's reference data."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from county_hotline.domain.reference import StationCard
from county_hotline.domain.vocabulary import StationRole
from county_hotline.hub.asking import Hub
from tests.support.bundles import a_bundle
from tests.support.line import Post, a_card
from tests.support.posts import agency, centre, enrolled, hall, hub
from tests.support.ticking_clock import TickingClock

__all__ = ["agency", "centre", "enrolled", "hall", "hub"]

Enrol = Callable[[StationCard, TickingClock], Post]


@pytest.fixture
def other(enrolled: Enrol) -> Post:
    """A second desk of the centre."""
    return enrolled(a_card("91", StationRole.CENTRE, "37032300"), TickingClock())


@pytest.fixture
def third_version(hub: Hub, centre: Post, other: Post, hall: Post) -> None:
    """All of the county on the hub's third version."""
    hub.store.reference.take_bundle(a_bundle(3))
    for post in (centre, other, hall):
        post.sync()
