"""The one file that speaks HTTP: bytes there and back, and every failure of the line as Unreachable. Knows no protocol of ours."""

from __future__ import annotations

import socket
import ssl
from collections.abc import Iterable, Iterator
from typing import Final

import httpx2
import msgspec

from county_hotline.clock import Clock
from county_hotline.errors import BadInput, Unreachable
from county_hotline.sync.wire import packing
from county_hotline.sync.wire.signing import Answered, Asked

Wire = httpx2.BaseTransport
"""What carries the bytes: sockets, or in tests the hub in the same process."""
PATIENCE_S: Final = 30.0
"""Without a byte of progress for so long, the line is taken for cut."""
REQUEST_S: Final = 900.0
"""However slowly the bytes come, one request ends after so long."""
_PIECE: Final = 64 << 10
_PACKED_ANSWER_BYTES: Final = 32 << 20


class Traffic(msgspec.Struct):
    """What a round cost, counted as it happens."""

    requests: int = 0
    bytes_sent: int = 0
    bytes_received: int = 0


class HttpLine:
    """Requests to one address, one after another, on one kept connection."""

    def __init__(self, url: str, *, clock: Clock, wire: Wire | None = None, authority: str | None = None) -> None:
        """`wire` is given by tests; else a real connection is made when first needed. Raises BadInput I610."""
        self.traffic = Traffic()
        self._clock = clock
        self._client = httpx2.Client(
            base_url=_checked(url),
            transport=wire,
            verify=_certificates(url, authority),
            timeout=httpx2.Timeout(PATIENCE_S, connect=10.0),
            follow_redirects=False,
            trust_env=False,
        )

    def exchange(self, asked: Asked, pieces: Iterable[bytes] | None = None) -> Answered:
        """The answer of whoever answers; `pieces` in place of the body where it is made while it is sent. Raises Unreachable N1xx for
        whatever the line does."""
        fields = {**asked.headers, "accept-encoding": ", ".join(packing.ENCODINGS)}
        if asked.body and pieces is None:
            fields["content-length"] = str(len(asked.body))
        end = self._clock.monotonic_s() + REQUEST_S
        self.traffic.requests += 1
        try:
            body = pieces if pieces is not None else _cut_up(asked.body)
            content = self._counted(body, end) if asked.body or pieces is not None else None
            with self._client.stream(asked.method, asked.target, headers=fields, content=content) as response:
                answer = self._drained(response, end)
                answer_fields = dict(response.headers.items())
                return Answered(response.status_code, answer_fields, answer, asked)
        except (httpx2.RequestError, httpx2.InvalidURL, ssl.SSLError, OSError) as fault:
            raise _unreachable(fault) from fault

    def close(self) -> None:
        """Let go of the connection."""
        self._client.close()

    def _counted(self, pieces: Iterable[bytes], end: float) -> Iterator[bytes]:
        for piece in pieces:
            self._in_time(end)
            self.traffic.bytes_sent += len(piece)
            yield piece

    def _drained(self, response: httpx2.Response, end: float) -> bytes:
        """The answer as sent, still packed."""
        pieces = []
        size = 0
        for piece in response.iter_raw():
            self._in_time(end)
            size += len(piece)
            self.traffic.bytes_received += len(piece)
            if size > _PACKED_ANSWER_BYTES:
                raise Unreachable("N110", status=response.status_code)
            pieces.append(piece)
        return b"".join(pieces)

    def _in_time(self, end: float) -> None:
        if self._clock.monotonic_s() > end:
            raise Unreachable("N113")


def _cut_up(body: bytes) -> Iterator[bytes]:
    for start in range(0, len(body), _PIECE):
        yield body[start : start + _PIECE]


def is_listening(url: str, patience_s: float = 3.0) -> bool:
    """Whether something takes connections at the hub's address: the cheap question asked while the line is down."""
    try:
        connect(url, patience_s)
    except Unreachable:
        return False
    return True


def connect(url: str, patience_s: float = 10.0) -> None:
    """Make a connection and let it go. Raises Unreachable N101 where nothing takes it, N102 where the name is unknown."""
    try:
        socket.create_connection(_place_of(url), patience_s).close()
    except OSError as fault:
        raise Unreachable("N102" if isinstance(fault, socket.gaierror) else "N101") from fault


def address_of(url: str) -> str:
    """The number behind the hub's name. Raises Unreachable N102 where it is unknown."""
    host, port = _place_of(url)
    try:
        return str(socket.getaddrinfo(host, port, proto=socket.IPPROTO_TCP)[0][4][0])
    except OSError as fault:
        raise Unreachable("N102") from fault


def _place_of(url: str) -> tuple[str, int]:
    address = httpx2.URL(url)
    return address.host, address.port or (443 if address.scheme == "https" else 80)


_FAULTS: Final[tuple[tuple[type[BaseException], str], ...]] = (
    (httpx2.TimeoutException, "N104"),
    (httpx2.ProxyError, "N107"),
    (httpx2.UnsupportedProtocol, "N106"),
    (httpx2.ReadError, "N105"),
    (httpx2.WriteError, "N105"),
    (httpx2.CloseError, "N105"),
    (httpx2.RemoteProtocolError, "N105"),
    (httpx2.ConnectError, "N101"),
)
"""What the library raises, and what it is to us. First fit; anything else of the line is N106."""


def _unreachable(fault: BaseException) -> Unreachable:
    for cause in _causes(fault):
        if isinstance(cause, ssl.SSLCertVerificationError):
            return Unreachable("N103")
        if isinstance(cause, socket.gaierror):
            return Unreachable("N102")
    return Unreachable(next((code for kind, code in _FAULTS if isinstance(fault, kind)), "N106"))


def _causes(fault: BaseException) -> Iterator[BaseException]:
    seen: BaseException | None = fault
    while seen is not None:
        yield seen
        seen = seen.__cause__ or seen.__context__


def _checked(url: str) -> str:
    """Raises BadInput I610 for an address no hub can have."""
    try:
        address = httpx2.URL(url)
    except httpx2.InvalidURL as fault:
        raise BadInput("I610", url=url) from fault
    if address.scheme not in ("http", "https") or not address.host or address.query or address.path not in ("", "/"):
        raise BadInput("I610", url=url)
    return url


def _certificates(url: str, authority: str | None) -> ssl.SSLContext | bool:
    """The system's certificates, and a county's own authority where one is named. Loading them takes 80 ms, so only for TLS."""
    if authority is None:
        return url.startswith("https:")
    context = ssl.create_default_context()
    context.load_verify_locations(cafile=authority)
    return context
