"""A line that does whatever lines do: loses, doubles, delays, reorders, cuts at any byte, drips, answers with someone else's page."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Final

import httpx2

from county_hotline.hub import endpoints
from county_hotline.sync.wire.signing import Answered, Asked
from tests.support.flaky import PORTAL
from tests.support.simulator.machines import HubMachine, Pc
from tests.support.simulator.power import PowerCut
from tests.support.simulator.topology import CITY

if TYPE_CHECKING:
    from tests.support.simulator.world import World

PIECES: Final = 4
"""An answer that drips comes in so many pieces."""


class Wire(Enum):
    """What may happen to a request."""

    REFUSE = "no connection"
    CUT_UP = "cut on the way up, at any byte"
    LATE = "given up on, and delivered later, perhaps days later"
    DOUBLE = "delivered twice"
    CUT_DOWN = "cut on the way down, at any byte: the hub has done it"
    TORN_UP = "a bad gateway passes a shortened request on"
    SHORT = "a bad gateway passes a shortened answer on as whole"
    GARBLE = "one byte of the answer is another"
    STALE = "the answer to an earlier request"
    PORTAL = "a captive portal's page, status 200"
    REDIRECT = "sent elsewhere"
    GATEWAY = "a gateway says 502"
    TOO_LARGE = "a gateway says 413"
    DRIP = "what is said comes in drips, and takes minutes"


@dataclass
class Weather:
    """How one PC's line is just now."""

    bad: float = 0.0
    narrow: int | None = None
    """So many bytes pass between two cuts; None: any number."""


@dataclass(frozen=True)
class Answer:
    """Bytes as they come back."""

    status: int
    headers: dict[str, str]
    body: bytes


_HTML: Final = {"content-type": "text/html"}
_PAGES: Final = {
    Wire.PORTAL: Answer(200, _HTML, PORTAL),
    Wire.REDIRECT: Answer(302, {"location": "http://login.test/"}, b""),
    Wire.GATEWAY: Answer(502, _HTML, b"<h1>502</h1>"),
    Wire.TOO_LARGE: Answer(413, _HTML, b"<h1>413</h1>"),
}


_WHOLE: Final = frozenset({Wire.LATE, Wire.DOUBLE, Wire.TORN_UP, *_PAGES})
"""Where a gateway has taken the whole request in before it passes it on, or at all."""


class HubIsOff(Exception):
    """The hub's power went while it was asked."""


class SimulatedWire(httpx2.BaseTransport):
    """One PC's line to its hub, or one hub's to the hub above."""

    def __init__(self, world: World, pc: Pc | HubMachine, hub: HubMachine) -> None:
        self._world = world
        self._pc = pc
        self._hub = hub
        self._earlier: list[Answer] = []

    def handle_request(self, request: httpx2.Request) -> httpx2.Response:
        world, pc = self._world, self._pc
        fate = world.fate_of(pc)
        pc.power.boundary()
        if fate is Wire.REFUSE:
            raise httpx2.ConnectError(fate.value)
        try:
            if fate not in _WHOLE and request.url.path == "/v2/frames":
                answer = self._spoilt(self._flow(request, fate), fate)
            else:
                asked = self._sent(request, fate)
                self._wait()
                answer = self._answer(asked, fate)
        except HubIsOff as off:
            raise httpx2.ReadError("the hub's power went") from off
        self._wait()
        return httpx2.Response(answer.status, headers=answer.headers, stream=_Pieces(self, answer, fate))

    def _wait(self) -> None:
        """The world goes on. Raises PowerCut where this PC is off meanwhile: a hub may be asked while it waits itself."""
        boots = self._pc.boots
        self._pc.power.boundary()
        self._world.meanwhile(self._pc)
        if self._pc.boots != boots:
            raise PowerCut(self._pc.power)

    def deliver(self, asked: Asked) -> Answer | None:
        """The hub's answer; None where its power went."""
        return self._of_the_hub(lambda: endpoints.answer(self._hub.hub, asked, "10.0.0.7"))

    def _late(self, asked: Asked) -> None:
        """It arrives after all, and nobody hears the answer."""
        with contextlib.suppress(HubIsOff):
            self.deliver(_again(asked))

    def _of_the_hub(self, ask: Callable[[], Answered | None]) -> Answer | None:
        """What a hub says or does; None where it says nothing, or its power went."""
        world, hub = self._world, self._hub
        world.count("piece")
        try:
            with world.at_risk(hub):
                answered = ask()
        except PowerCut as cut:
            if cut.power is not hub.power:
                raise
            world.reboot(hub)
            raise HubIsOff from cut
        if answered is None:
            return None
        world.books.tap(self._pc.card, answered)
        return _answer_of(answered)

    def _flow(self, request: httpx2.Request, fate: Wire | None) -> Answer:
        """A stream of frames: the hub keeps what is whole as it arrives, however the stream ends."""
        asked = Asked(request.method, request.url.raw_path.decode(), _fields(request), b"")
        stream = endpoints.Stream(self._hub.hub, asked)
        boots = self._hub.boots
        try:
            return self._poured(stream, request, fate, boots)
        finally:
            if self._hub.boots == boots and not self._hub.power.dead:
                with contextlib.suppress(HubIsOff):
                    self._of_the_hub(stream.settle)  # what the hub put off until nobody waited for it

    def _poured(self, stream: endpoints.Stream, request: httpx2.Request, fate: Wire | None, boots: int) -> Answer:
        """The answer to a stream, piece by piece. Raises httpx2.WriteError where the line is cut on the way."""
        world, pc = self._world, self._pc
        said = self._of_the_hub(stream.begin)
        left = world.weather[pc.name].narrow
        for piece in request.stream:  # type: ignore[union-attr]
            for part in _cut_up(piece, PIECES):
                self._wait()
                if self._hub.boots != boots:
                    raise HubIsOff
                cut = world.part_of(len(part) + 1) if fate is Wire.CUT_UP and world.part_of(3) == 0 else None
                if left is not None:
                    cut, left = (left if len(part) > left else cut), left - len(part)
                if said is None:
                    said = self._of_the_hub(lambda part=part, cut=cut: stream.take(part[:cut]))  # type: ignore[misc]
                if cut is not None:
                    raise httpx2.WriteError(Wire.CUT_UP.value)
                if fate is Wire.DRIP:
                    world.passes(ms=world.drip_ms())
        answer = said or self._of_the_hub(stream.end)
        assert isinstance(answer, Answer)
        return answer

    def _sent(self, request: httpx2.Request, fate: Wire | None) -> Asked:
        """The request as it comes out at the other end. Raises httpx2.WriteError where the line is cut before."""
        world, body = self._world, b""
        for piece in request.stream:  # type: ignore[union-attr]
            world.count("piece")
            body += piece
            if fate is Wire.DRIP:
                world.passes(ms=world.drip_ms())
        narrow = world.weather[self._pc.name].narrow
        if fate is Wire.CUT_UP or (narrow is not None and len(body) > narrow):
            raise httpx2.WriteError(Wire.CUT_UP.value)
        if fate is Wire.TORN_UP and body:
            body = body[: world.part_of(len(body))]
            world.books.altered.add(self._pc.name)
        if isinstance(self._pc, HubMachine):
            world.books.tap_upwards(CITY, body, _fields(request))
        return Asked(request.method, request.url.raw_path.decode(), _fields(request), body)

    def _answer(self, asked: Asked, fate: Wire | None) -> Answer:
        world = self._world
        if fate is Wire.LATE:
            world.later(lambda: self._late(asked))
            raise httpx2.ReadTimeout(fate.value)
        if fate in _PAGES:
            return _PAGES[fate]
        answer = self.deliver(asked)
        if fate is Wire.DOUBLE:
            answer = self.deliver(_again(asked))
        assert answer is not None
        return self._spoilt(answer, fate)

    def _spoilt(self, answer: Answer, fate: Wire | None) -> Answer:
        world = self._world
        self._earlier = [*self._earlier[-3:], answer]
        if fate is Wire.STALE:
            return self._earlier[0]
        if fate is Wire.SHORT:
            return Answer(answer.status, answer.headers, answer.body[: world.part_of(len(answer.body))])
        if fate is Wire.GARBLE and answer.body:
            at = world.part_of(len(answer.body))
            turned = bytes([answer.body[at] ^ (1 << (at % 8))])
            return Answer(answer.status, answer.headers, answer.body[:at] + turned + answer.body[at + 1 :])
        return answer

    def pieces(self, answer: Answer, fate: Wire | None) -> Iterator[bytes]:
        """The answer's body as it comes in. Raises httpx2.ReadError where the line is cut."""
        world, body = self._world, answer.body
        narrow = world.weather[self._pc.name].narrow
        ends = None
        if fate is Wire.CUT_DOWN:
            ends = world.part_of(len(body) + 1)
        elif narrow is not None and len(body) > narrow:
            ends = narrow
        for piece in _cut_up(body[:ends], PIECES if fate is Wire.DRIP else 1):
            world.count("piece")
            self._pc.power.boundary()
            if fate is Wire.DRIP:
                world.passes(ms=world.drip_ms())
            yield piece
        if ends is not None:
            raise httpx2.ReadError(Wire.CUT_DOWN.value)


class _Pieces(httpx2.SyncByteStream):
    def __init__(self, wire: SimulatedWire, answer: Answer, fate: Wire | None) -> None:
        self._of = wire, answer, fate

    def __iter__(self) -> Iterator[bytes]:
        wire, answer, fate = self._of
        yield from wire.pieces(answer, fate)


def _cut_up(body: bytes, parts: int) -> Iterator[bytes]:
    size = max(1, -(-len(body) // parts))
    for start in range(0, len(body), size):
        yield body[start : start + size]


def _fields(request: httpx2.Request) -> dict[str, str]:
    return {name.lower(): value for name, value in request.headers.items()}


def _again(asked: Asked) -> Asked:
    return Asked(asked.method, asked.target, dict(asked.headers), asked.body)


def _answer_of(answered: Answered) -> Answer:
    return Answer(answered.status_code, dict(answered.headers), answered.body)
