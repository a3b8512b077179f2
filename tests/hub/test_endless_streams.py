"""A stream that never ends keeps the hub from nothing, and a PC that was replaced cannot go on with one it had begun."""

from __future__ import annotations

import socket
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from county_hotline.hub import app, endpoints
from county_hotline.hub.asking import Hub
from county_hotline.hub.serve import HubThread
from county_hotline.ids import Life
from tests.support.attaching import attached, lies_at, noise
from tests.support.line import Post, a_card
from tests.support.streams import code_of, head_of, of_post
from tests.support.ticking_clock import TickingClock


def test_a_stream_that_says_nothing_does_not_keep_others_files_out(hall: Post, agency: Post, hub: Hub) -> None:
    quiet = endpoints.Stream(hub, head_of(agency, hub))
    assert quiet.begin() is None
    sha256 = attached(hall, hall.accept(), noise(1000))

    report = hall.sync()

    assert (report.files_sent, report.files_fault) == (1, "")
    assert lies_at(hub.store, sha256) is not None
    quiet.settle()


def test_the_server_ends_a_stream_that_says_nothing(hall: Post, hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "_QUIET_S", 0.2)
    asked = head_of(hall, hub)
    fields = "".join(f"{name}: {value}\r\n" for name, value in asked.headers.items())
    with HubThread(hub) as server:
        where = urlsplit(server.url)
        with socket.create_connection((where.hostname, where.port), timeout=20) as line:
            line.sendall(f"POST {asked.target} HTTP/1.1\r\nHost: hub\r\nTransfer-Encoding: chunked\r\n{fields}\r\n".encode())
            answer = line.recv(4096)

    assert answer.startswith(b"HTTP/1.1 400"), answer[:80]
    assert hub.arriving == {}


def test_a_pc_that_is_replaced_while_it_streams_brings_no_more(hall: Post, hub: Hub, tmp_path: Path) -> None:
    made = of_post(hall, 9)
    stream = endpoints.Stream(hub, head_of(hall, hub))
    assert stream.begin() is None
    assert stream.take(made.pieces[0]) is None

    (tmp_path / "new").mkdir()
    Post.taking_over(tmp_path / "new", hub, a_card(), clock=TickingClock()).close()

    answer = stream.take(made.pieces[1])
    assert answer is not None
    assert code_of(answer) == "A350"
    head = hub.store.head(a_card().station, Life("A"))
    assert head is not None
    assert head.serial == 3
    stream.settle()
