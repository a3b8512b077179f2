"""诊断这条线路: one question after another, from the hub's name to its own word, so that a person knows whom to call. Changes nothing."""

from __future__ import annotations

from collections.abc import Callable

from county_hotline.clock import Clock
from county_hotline.domain.counted_time import TOLERANCE_MS
from county_hotline.domain.views import Finding
from county_hotline.errors import HotlineError
from county_hotline.sync import guards
from county_hotline.sync.identity import HubAddress
from county_hotline.sync.protocol import Hello
from county_hotline.sync.round import restoring
from county_hotline.sync.wire import http_line
from county_hotline.sync.wire.transport import Transport


class Diagnosis:
    """One look at the line to `hub`."""

    def __init__(self, transport: Transport, hub: HubAddress, *, clock: Clock) -> None:
        self._transport = transport
        self._hub = hub
        self._clock = clock
        self._hello: Hello | None = None

    def findings(self) -> tuple[Finding, ...]:
        """What each step found; after the first that failed the others were not asked. Never raises what the line or the hub does."""
        found: list[Finding] = []
        for step, ask in self._steps().items():
            try:
                found.append(ask())
            except HotlineError as fault:
                found.append(Finding(step, well=False, code=fault.code, figures=fault.figures()))
                break
        return (*found, *(Finding(step) for step in list(self._steps())[len(found) :]))

    def _steps(self) -> dict[str, Callable[[], Finding]]:
        """In the order in which they are asked."""
        return {"name": self._name, "reach": self._reach, "hub": self._speak, "clock": self._compare, "key": self._be_known}

    def _name(self) -> Finding:
        return Finding("name", well=True, figures={"address": http_line.address_of(self._hub.url)})

    def _reach(self) -> Finding:
        return Finding("reach", well=True, figures={"took_ms": self._timed(lambda: http_line.connect(self._hub.url))})

    def _speak(self) -> Finding:
        """A hub, ours, and one that remembers us."""
        hellos: list[Hello] = []
        took_ms = self._timed(lambda: hellos.append(self._transport.hello()))
        self._hello = hellos[0]
        guards.same_hub(self._hello, self._hub)
        restoring.shared(self._hello, self._hub.epoch)
        return Finding(
            "hub", well=True, figures={"took_ms": took_ms, "program": self._hello.program, "hub": self._hello.hub_id}
        )

    def _compare(self) -> Finding:
        skew_ms = self._clock.now_ms() - self._hello.now if self._hello else 0
        return Finding("clock", well=abs(skew_ms) < TOLERANCE_MS, figures={"skew_ms": skew_ms})

    def _be_known(self) -> Finding:
        return Finding("key", well=True, figures={"took_ms": self._timed(self._transport.heads)})

    def _timed(self, step: Callable[[], object]) -> int:
        """Milliseconds it took."""
        began = self._clock.monotonic_s()
        step()
        return round((self._clock.monotonic_s() - began) * 1000)
