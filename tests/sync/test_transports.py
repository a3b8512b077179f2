"""The contract, kept over the hub's application in process, and over real HTTP on loopback."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from county_hotline.hub.app import create_app
from county_hotline.hub.endpoints import Hub
from county_hotline.hub.serve import HubThread
from county_hotline.sync.transport import HttpTransport, Transport, is_listening
from tests.support.line import URL, DirectWire, Post
from tests.support.wires import AsgiWire
from tests.sync.contract import OpenLine, TransportContract


class TestWithoutAServer(TransportContract):
    """The endpoints alone, as most tests here use them."""

    @pytest.fixture
    def open_line(self, hub: Hub) -> OpenLine:
        return lambda post: HttpTransport(URL, post.pair, post.hub.key, clock=post.clock, wire=DirectWire(hub))


class TestInProcess(TransportContract):
    """Litestar's routes, no socket."""

    @pytest.fixture
    def open_line(self, hub: Hub) -> Iterator[OpenLine]:
        wire = AsgiWire(create_app(hub))
        yield lambda post: HttpTransport(URL, post.pair, post.hub.key, clock=post.clock, wire=wire)
        wire.close()


class TestOverLoopback(TransportContract):
    """uvicorn and a socket."""

    @pytest.fixture
    def open_line(self, hub: Hub) -> Iterator[OpenLine]:
        lines: list[Transport] = []
        with HubThread(hub) as served:

            def open_line(post: Post) -> Transport:
                lines.append(HttpTransport(served.url, post.pair, post.hub.key, clock=post.clock))
                return lines[-1]

            yield open_line
            for line in lines:
                line.close()


def test_a_hub_that_runs_is_heard_and_one_that_stopped_is_not(hub: Hub) -> None:
    served = HubThread(hub).start()
    heard = is_listening(served.url)
    served.stop()

    assert heard
    assert not is_listening(served.url)
