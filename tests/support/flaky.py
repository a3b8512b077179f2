"""A wire that does what village lines do: loses, doubles, reorders, truncates, answers with someone else's page."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator
from enum import Enum

import httpx2

from tests.support.line import Once, Torn

PORTAL = b"<!doctype html><html><body>\xe6\xac\xa2\xe8\xbf\x8e\xe4\xbd\xbf\xe7\x94\xa8 WiFi <form action=/login></form></body></html>"


class Act(Enum):
    """What happens to one request."""

    PASS = "passes"
    REFUSE = "no connection"
    CUT_BEFORE = "cut on the way there: the hub never hears of it"
    CUT_INSIDE = "cut while it is sent: the hub has the beginning"
    CUT_AFTER = "cut on the way back: the hub has done it"
    DOUBLE = "delivered twice"
    LATE = "given up, and delivered only after the next one"
    TRUNCATE = "half of the answer"
    PORTAL = "a captive portal's page, status 200"
    REDIRECT = "sent elsewhere"
    STALE = "the answer to the request before"
    GARBLE = "one digit of the answer is another"
    GATEWAY = "a gateway says 502"
    TOO_LARGE = "a gateway says 413"


BAD = tuple(act for act in Act if act is not Act.PASS)


class FlakyWire(httpx2.BaseTransport):
    """Does to each request what the script says, and passes everything once the script is over. `seen` has what was done."""

    def __init__(self, wire: httpx2.BaseTransport, script: Iterable[Act] = ()) -> None:
        self._wire = wire
        self._script: Iterator[Act] = iter(script)
        self._late: httpx2.Request | None = None
        self._before: tuple[int, dict[str, str], bytes] | None = None
        self.seen: list[Act] = []
        self.largest_passed: int | None = None
        """When set, any request with a longer body is cut, whatever the script says."""
        self.cut_at: int | None = None
        """The byte before which the next ones are cut inside."""

    def follow(self, script: Iterable[Act]) -> None:
        self._script = iter(script)

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        request = _whole(request)
        act = next(self._script, Act.PASS)
        if self.largest_passed is not None and len(_body(request)) > self.largest_passed:
            act = Act.CUT_BEFORE
        self.seen.append(act)
        if act in _UNHEARD:
            raise _UNHEARD[act](act.value)
        if act is Act.CUT_INSIDE:
            self._cut_inside(request)
        if act is Act.LATE:
            self._deliver_late()
            self._late = request
            raise httpx2.ReadTimeout(act.value)
        if act in _PAGES:
            return _answer(*_PAGES[act])
        answer = self._deliver(request)
        if act is Act.DOUBLE:
            answer = self._deliver(request)
        self._deliver_late()
        stale, self._before = self._before, answer
        if act is Act.CUT_AFTER:
            raise httpx2.ReadError(act.value)
        return _answer(*_spoilt(act, answer, stale))

    def _deliver(self, request: httpx2.Request) -> tuple[int, dict[str, str], bytes]:
        response = self._wire.handle_request(_whole(request))
        body = b"".join(response.stream)  # type: ignore[arg-type]
        return response.status_code, dict(response.headers.items()), body

    def _cut_inside(self, request: httpx2.Request) -> None:
        """Anywhere; where, hangs on the body itself."""
        body = _body(request)
        at = self.cut_at if self.cut_at is not None else sum(body) % (len(body) + 1)
        torn = httpx2.Request(request.method, request.url, headers=request.headers, stream=Torn(body[:at]))
        self._wire.handle_request(torn)
        raise httpx2.WriteError(Act.CUT_INSIDE.value)  # a wire that waits for all of it has kept nothing

    def _deliver_late(self) -> None:
        if self._late is not None:
            late, self._late = self._late, None
            self._deliver(late)


_UNHEARD = {Act.REFUSE: httpx2.ConnectError, Act.CUT_BEFORE: httpx2.WriteError}
_HTML = {"content-type": "text/html"}
_PAGES: dict[Act, tuple[int, dict[str, str], bytes]] = {
    Act.PORTAL: (200, _HTML, PORTAL),
    Act.REDIRECT: (302, {"location": "http://login.test/"}, b""),
    Act.GATEWAY: (502, _HTML, b"<h1>502</h1>"),
    Act.TOO_LARGE: (413, _HTML, b"<h1>413</h1>"),
}


def _spoilt(
    act: Act, answer: tuple[int, dict[str, str], bytes], stale: tuple[int, dict[str, str], bytes] | None
) -> tuple[int, dict[str, str], bytes]:
    status, headers, body = answer
    if act is Act.TRUNCATE:
        return status, headers, body[: len(body) // 2]
    if act is Act.GARBLE:
        return status, headers, _turned(body)
    if act is Act.STALE and stale is not None:
        return stale
    return answer


def _turned(body: bytes) -> bytes:
    """Still well-formed, where it was: only a signature can tell. Which digit depends on the answer itself."""
    digits = [place for place, byte in enumerate(body) if 0x30 <= byte <= 0x39]
    if not digits:
        return body + b"?"
    place = digits[sum(body) % len(digits)]
    return body[:place] + (b"1" if body[place : place + 1] != b"1" else b"2") + body[place + 1 :]


def at_random(chance: random.Random, share: float = 0.4) -> Iterator[Act]:
    """A bad line for ever: each request has this chance to meet something bad."""
    while True:
        yield chance.choice(BAD) if chance.random() < share else Act.PASS


def _whole(request: httpx2.Request) -> httpx2.Request:
    """The same request with its body in memory, so that it can be delivered again."""
    body = _body(request)
    again = httpx2.Request(request.method, request.url, headers=request.headers, stream=Once(body))
    again.extensions = request.extensions
    return again


def _body(request: httpx2.Request) -> bytes:
    return b"".join(request.stream)  # type: ignore[arg-type]


def _answer(status: int, headers: dict[str, str], body: bytes) -> httpx2.Response:
    return httpx2.Response(status, headers=headers, stream=Once(body))
