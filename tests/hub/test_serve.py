"""A hub as a process: it says where it listens, answers, and ends when told."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from county_hotline.errors import BadInput
from county_hotline.hub.asking import Hub
from county_hotline.hub.serve import HubThread, open_hub
from county_hotline.paths import Home
from county_hotline.sync import keys
from county_hotline.sync.wire.transport import HttpTransport
from tests.support.ticking_clock import TickingClock

SERVE = (
    "import sys; from pathlib import Path; from county_hotline.hub.serve import run_hub; from county_hotline.paths import Home; "
    "run_hub(Home(Path(sys.argv[1])), port=0, announce=lambda url: print(url, flush=True))"
)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows knows no SIGTERM")
def test_a_hub_answers_where_it_says_and_ends_when_told(tmp_path: Path) -> None:
    root = Path(__file__).resolve().parents[2]
    process = subprocess.Popen(
        [sys.executable, "-c", SERVE, str(tmp_path / "hub")], stdout=subprocess.PIPE, text=True, cwd=root
    )
    assert process.stdout is not None
    url = process.stdout.readline().strip()
    line = HttpTransport(url, keys.make(), None, clock=TickingClock())
    hello = line.hello()
    line.close()

    process.send_signal(signal.SIGTERM)
    code = process.wait(20)
    process.stdout.close()

    assert hello.protocol == "county-hotline"
    assert code in (0, -signal.SIGTERM)


def test_a_port_in_use_is_said(hub: Hub) -> None:
    with HubThread(hub) as served, pytest.raises(BadInput) as met:
        HubThread(hub, port=int(served.url.rsplit(":", 1)[1]))

    assert met.value.code == "I620"


def test_a_hub_opened_again_is_the_same_hub(tmp_path: Path) -> None:
    first = open_hub(Home(tmp_path / "hub"))
    was = (first.pair.key_id, first.store.epoch())
    first.store.close()

    again = open_hub(Home(tmp_path / "hub"))
    found = (again.pair.key_id, again.store.epoch())
    again.store.close()

    assert found == was


def test_answers_do_not_wait_for_more_to_send(hub: Hub) -> None:
    """Without TCP's name on it asyncio leaves Nagle's algorithm on, and each answer comes 40 ms late."""
    with HubThread(hub) as served:
        assert served._listener.proto == socket.IPPROTO_TCP
