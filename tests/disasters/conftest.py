"""A hub, its posts, another hub with nothing in it, and the way from a post to whatever is put in the hub's place."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from county_hotline.hub.asking import Hub
from county_hotline.sync.wire.transport import HttpTransport
from tests.support.flaky import FlakyWire
from tests.support.line import URL, Post, a_hub
from tests.support.posts import agency, centre, enrolled, hall, hub
from tests.support.ticking_clock import TickingClock

__all__ = ["agency", "centre", "enrolled", "hall", "hub"]


@pytest.fixture
def empty_hub(tmp_path: Path) -> Iterator[Hub]:
    made = a_hub(tmp_path / "another", TickingClock())
    yield made
    made.store.close()


def wire_of(post: Post) -> FlakyWire:
    assert isinstance(post.wire, FlakyWire)
    return post.wire


def over(post: Post, wire: httpx2.BaseTransport) -> HttpTransport:
    """The post's way to its hub, with this wire under it."""
    return HttpTransport(URL, post.pair, post.hub.key, clock=post.clock, wire=wire)
