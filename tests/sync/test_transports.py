"""The contract, kept over the hub's application in process, and over real HTTP on loopback."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from county_hotline.errors import HubRejected
from county_hotline.hub.app import create_app
from county_hotline.hub.asking import Hub
from county_hotline.hub.serve import HubThread
from county_hotline.sync.protocol import Limits
from county_hotline.sync.wire.http_line import is_listening
from county_hotline.sync.wire.transport import HttpTransport, Transport
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


def test_more_than_the_server_reads_is_a_matter_of_size_not_of_trust(hall: Post, hub: Hub) -> None:
    hub.limits = Limits(batch_bytes=100)
    wire = AsgiWire(create_app(hub))
    line = HttpTransport(URL, hall.pair, hall.hub.key, clock=hall.clock, wire=wire)
    line.hello()

    with pytest.raises(HubRejected) as met:
        line.push(bytes(random.Random(1).randbytes(5_000)))

    line.close()
    assert met.value.code == "H203"
