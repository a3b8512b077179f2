"""A line on which one question takes longer than clocks may differ is a slow line, and no wrong clock: it is not called a matter of trust."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from county_hotline.hub.asking import Hub
from tests.support.line import CENTRE_CARD, DirectWire, Post, a_hub
from tests.support.ticking_clock import TickingClock

SLOW_S = 400.0
"""Longer than a hub lets the time of a request be off."""


class SlowWire(DirectWire):
    """Each request to `slow` is on its way for long, there and back."""

    def __init__(self, hub: Hub, clock: TickingClock) -> None:
        super().__init__(hub)
        self._clock = clock
        self.slow = ""
        self.on_the_way_s = SLOW_S

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        if self.slow and self.slow in request.url.raw_path.decode():
            self._clock.advance(seconds=self.on_the_way_s)
        return super().handle_request(request)


@pytest.fixture
def post(tmp_path: Path) -> Iterator[Post]:
    """A post whose hub is on the same true time."""
    clock = TickingClock()
    hub = a_hub(tmp_path / "hub", clock)
    wire = SlowWire(hub, clock)
    made = Post.enrolled(tmp_path / "post", hub, CENTRE_CARD, clock=clock, wire=wire)
    yield made
    made.close()
    hub.store.close()


def test_a_hello_that_took_ten_minutes_tells_no_time(post: Post) -> None:
    post.accept()
    assert isinstance(post.wire, SlowWire)
    post.wire.slow = "/v1/hello"

    assert post.sync().fault == "N113"
    post.wire.slow = ""
    assert post.sync().fault == ""


def test_a_batch_that_was_on_its_way_for_too_long_is_a_cut_and_no_wrong_clock(post: Post) -> None:
    for _ in range(3):
        post.accept()
    assert isinstance(post.wire, SlowWire)
    post.wire.slow = "/v1/entries"

    report = post.sync()

    assert report.fault == "N116"  # tried on, with less each time, until the round had lasted long enough
    post.wire.slow = ""
    assert post.sync().fault == ""
    assert post.store.counts().waiting == 0


def test_a_line_that_takes_two_minutes_for_everything_still_works(post: Post) -> None:
    post.accept()
    assert isinstance(post.wire, SlowWire)
    post.wire.slow, post.wire.on_the_way_s = "/v1/", 120.0

    assert post.sync().fault == ""
    assert post.store.counts().waiting == 0
