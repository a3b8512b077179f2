"""Where the hub should be stands something else, on a real port: a portal, a port that hangs up, another county's hub. Nothing changes here."""

from __future__ import annotations

import http.server
import socketserver
import threading
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path

import pytest

from county_hotline.hub.serve import HubThread
from county_hotline.sync.round.engine import Engine
from county_hotline.sync.wire.transport import HttpTransport
from tests.support.line import Post, a_card, a_hub
from tests.support.ticking_clock import TickingClock

KEPT = ("entries", "words", "persons", "receipts", "chains", "held", "work_orders", "search_newest", "notes")


class Portal(http.server.BaseHTTPRequestHandler):
    """Says 200 and shows its own page, whatever is asked."""

    def do_GET(self) -> None:
        body = "<html>请先登录网络</html>".encode()
        self.rfile.read(int(self.headers.get("content-length", 0)))
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_POST(self) -> None:
        self.do_GET()

    def log_message(self, *_: object) -> None:
        return


class HangsUp(socketserver.BaseRequestHandler):
    """Takes the connection and closes it."""

    def handle(self) -> None:
        self.request.recv(1)


@contextmanager
def served(handler: type[socketserver.BaseRequestHandler]) -> Iterator[str]:
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()
        thread.join()


@contextmanager
def another_county(folder: Path, clock: TickingClock) -> Iterator[str]:
    other = a_hub(folder / "other", clock)
    with HubThread(other) as thread:
        yield thread.url
    assert other.store.verify().entries == 0, "it was given nothing"
    other.store.close()


def something(who: str, folder: Path, clock: TickingClock) -> AbstractContextManager[str]:
    if who == "another county":
        return another_county(folder, clock)
    return served(Portal if who == "portal" else HangsUp)


def state(post: Post) -> dict[str, list[tuple[object, ...]]]:
    """Rows, receipts, cursor: all of them."""
    return {name: post.store.database.execute_sql(f"SELECT * FROM {name}").fetchall() for name in KEPT}


@pytest.mark.parametrize(
    ("who", "codes"), [("portal", ("N110",)), ("hangs up", ("N105", "N106")), ("another county", ("A101",))]
)
def test_what_is_not_our_hub_changes_nothing_here(
    who: str, codes: tuple[str, ...], tmp_path: Path, clock: TickingClock
) -> None:
    hub = a_hub(tmp_path / "hub", clock)
    post = Post.enrolled(tmp_path / "hall", hub, a_card(), clock=clock)
    post.accept("已传的件")
    assert post.sync().complete
    waiting = post.accept("还没有传的件")
    before, cursor = state(post), post.store.cursor()
    with something(who, tmp_path, clock) as url:
        line = HttpTransport(url, post.pair, post.hub.key, clock=clock)
        report = Engine(post.store, line, hub=post.hub, pair=post.pair, clock=clock, tell=post.tell).round()
        line.close()

    assert report.fault in codes
    after = state(post)
    assert {name for name in KEPT if after[name] != before[name]} <= {"notes"}, "how the line stands is noted, nothing else"
    assert post.store.cursor() == cursor
    assert not report.complete
    assert post.sync().sent == 1, "the real hub is given what waited"
    assert hub.store.resolve(waiting) == waiting
    post.close()
    hub.store.close()
