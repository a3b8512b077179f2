"""Every way a request can fail is of exactly one class: the line's (N), trust's (A), a record's (H)."""

from __future__ import annotations

import socket
import ssl

import httpx2
import pytest

from county_hotline.errors import HotlineError, HubRejected, NotTrusted, Unreachable
from county_hotline.sync import keys, protocol
from county_hotline.sync.wire import http_line, signing
from county_hotline.sync.wire.packing import GZIP, PLAIN, ZSTD
from county_hotline.sync.wire.transport import HttpTransport
from tests.support.line import URL, Once
from tests.support.ticking_clock import TickingClock

HUB = keys.make()


class Failing(httpx2.BaseTransport):
    """Raises the same fault for every request."""

    def __init__(self, fault: Exception) -> None:
        self._fault = fault

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        raise self._fault


class Saying(httpx2.BaseTransport):
    """Gives the same status and body to every request; signed by `pair` where one is given."""

    def __init__(self, status: int, body: bytes, pair: keys.KeyPair | None = None) -> None:
        self._status = status
        self._body = body
        self._pair = pair

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        asked = signing.Asked(request.method, request.url.raw_path.decode(), {n.lower(): v for n, v in request.headers.items()})
        answered = signing.Answered(self._status, {"content-type": "text/html"}, self._body, asked)
        if self._pair is not None:
            signing.sign_answer(answered, self._pair, now_s=0)
        return httpx2.Response(self._status, headers=answered.headers, stream=Once(self._body))


def line_over(wire: httpx2.BaseTransport) -> HttpTransport:
    return HttpTransport(URL, keys.make(), HUB.public, clock=TickingClock(), wire=wire)


def caused_by(outer: Exception, inner: Exception) -> Exception:
    outer.__cause__ = inner
    return outer


@pytest.mark.parametrize(
    ("fault", "code"),
    [
        (httpx2.ConnectError("refused"), "N101"),
        (caused_by(httpx2.ConnectError("dns"), socket.gaierror(-2, "unknown")), "N102"),
        (caused_by(httpx2.ConnectError("tls"), ssl.SSLCertVerificationError("expired")), "N103"),
        (httpx2.ConnectTimeout("slow"), "N104"),
        (httpx2.ReadTimeout("slow"), "N104"),
        (httpx2.WriteTimeout("slow"), "N104"),
        (httpx2.PoolTimeout("slow"), "N104"),
        (httpx2.ReadError("reset"), "N105"),
        (httpx2.WriteError("reset"), "N105"),
        (httpx2.CloseError("reset"), "N105"),
        (httpx2.RemoteProtocolError("closed early"), "N105"),
        (httpx2.LocalProtocolError("odd"), "N106"),
        (httpx2.UnsupportedProtocol("ftp"), "N106"),
        (httpx2.DecodingError("odd"), "N106"),
        (httpx2.ProxyError("no"), "N107"),
        (ssl.SSLError("odd"), "N106"),
        (ConnectionResetError("reset"), "N106"),
    ],
)
def test_every_fault_of_the_socket_is_the_lines(fault: Exception, code: str) -> None:
    with pytest.raises(Unreachable) as met:
        line_over(Failing(fault)).heads()

    assert met.value.code == code


UNSIGNED = {413: "N112", 502: "N111", 503: "N111", 504: "N111"}


@pytest.mark.parametrize("status", [200, 201, 204, 301, 302, 307, 400, 401, 403, 404, 407, 413, 429, 500, 502, 503, 504])
def test_every_status_nobody_signed_is_the_lines(status: int) -> None:
    with pytest.raises(Unreachable) as met:
        line_over(Saying(status, b"<html>" if status != 204 else b"")).heads()

    assert met.value.code == UNSIGNED.get(status, "N110")


@pytest.mark.parametrize("status", [200, 302, 401, 500])
def test_what_another_key_signed_is_not_our_hub_speaking(status: int) -> None:
    problem = protocol.encoded(protocol.Problem("A201"))

    with pytest.raises(Unreachable) as met:
        line_over(Saying(status, problem, keys.make())).heads()

    assert met.value.code == "N110"


@pytest.mark.parametrize(
    ("status", "code", "kind", "raised"),
    [
        (401, "A201", NotTrusted, "A201"),
        (409, "A311", NotTrusted, "A311"),
        (429, "A213", NotTrusted, "A213"),
        (400, "H202", HubRejected, "H202"),
        (413, "H201", HubRejected, "H201"),
        (404, "H204", HubRejected, "H204"),
        (500, "E000", Unreachable, "N114"),
        (503, "S101", Unreachable, "N114"),
        (500, "H202", Unreachable, "N114"),
    ],
)
def test_the_hubs_own_no_is_of_the_class_its_code_names(status: int, code: str, kind: type[HotlineError], raised: str) -> None:
    with pytest.raises(kind) as met:
        line_over(Saying(status, protocol.encoded(protocol.Problem(code)), HUB)).heads()

    assert met.value.code == raised


@pytest.mark.parametrize("body", [b"", b"{}", b"[1]", b'{"station": 1}', b"\xff"])
def test_what_the_hub_signed_but_cannot_be_read_is_the_hubs_trouble(body: bytes) -> None:
    with pytest.raises(Unreachable) as met:
        line_over(Saying(200, body, HUB)).heads()

    assert met.value.code == "N115"


def test_an_answer_without_end_is_dropped(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http_line, "_PACKED_ANSWER_BYTES", 1_000)

    with pytest.raises(Unreachable) as met:
        line_over(Saying(200, bytes(1_001), HUB)).heads()

    assert met.value.code == "N110"


def test_a_request_that_crawls_for_ever_is_given_up() -> None:
    clock = TickingClock()

    class Crawling(httpx2.BaseTransport):
        def handle_request(self, request: httpx2.Request) -> httpx2.Response:
            clock.advance(seconds=http_line.REQUEST_S + 1)
            return httpx2.Response(200, stream=Once(b"."))

    with pytest.raises(Unreachable) as met:
        HttpTransport(URL, keys.make(), HUB.public, clock=clock, wire=Crawling()).heads()

    assert met.value.code == "N113"


@pytest.mark.parametrize("url", ["hub", "ftp://hub", "http://", "http://hub/path", "http://hub/?x=1", "http://hub:x", ""])
def test_an_address_no_hub_can_have_is_said_at_once(url: str) -> None:
    with pytest.raises(HotlineError) as met:
        HttpTransport(url, keys.make(), None, clock=TickingClock())

    assert met.value.code == "I610"


@pytest.mark.parametrize("encoding", [ZSTD, GZIP, PLAIN])
def test_every_way_of_packing_comes_back(encoding: str) -> None:
    from county_hotline.sync.wire.packing import Bounds, pack, unpack

    assert unpack(pack(b"x" * 5_000, encoding), encoding, Bounds()) == b"x" * 5_000


def test_a_portal_that_apes_a_hello_is_no_hub() -> None:
    hello = protocol.Hello(
        protocol=protocol.PROTOCOL,
        hub_id=HUB.key_id,
        algorithm=keys.ED25519,
        public_key=HUB.public.raw,
        epoch="E",
        now=0,
        oldest=1,
        newest=1,
        program="?",
    )

    with pytest.raises(Unreachable) as met:
        line_over(Saying(200, protocol.encoded(hello))).hello()

    assert met.value.code == "N110"
