"""Noticing that the line is back: while it is down, a cheap question now and then; the first yes starts a round."""

from __future__ import annotations

import logging
from collections.abc import Callable

from county_hotline.background import Runner
from county_hotline.clock import Clock
from county_hotline.sync.backoff import Backoff

log = logging.getLogger(__name__)


class LineProbe:
    """Ticked like the timetable. `is_there` (such as `transport.is_listening`) may take seconds, so it runs on `runner`'s lane."""

    def __init__(
        self,
        *,
        is_there: Callable[[], bool],
        returned: Callable[[], None],
        runner: Runner,
        clock: Clock,
        backoff: Backoff | None = None,
    ) -> None:
        self._is_there = is_there
        self._returned = returned
        self._runner = runner
        self._clock = clock
        self._backoff = backoff or Backoff(first_s=5.0, most_s=60.0)
        self._due_s: float | None = None
        self._asking = False

    def line_lost(self) -> None:
        """A round ended for want of a line: begin to ask. Again while asking: nothing changes."""
        if self._due_s is None:
            self._due_s = self._clock.monotonic_s() + self._backoff.failed()

    def line_found(self) -> None:
        """A round reached the hub: stop asking."""
        self._due_s = None
        self._backoff.reset()

    def tick(self) -> None:
        if self._due_s is None or self._asking or self._clock.monotonic_s() < self._due_s:
            return
        self._asking = True
        self._runner.run(self._is_there, self._answered, self._failed)

    def _answered(self, there: bool) -> None:
        self._asking = False
        if self._due_s is None:
            return
        if there:
            log.info("line_returned")
            self._due_s = None
            self._returned()
        else:
            self._due_s = self._clock.monotonic_s() + self._backoff.failed()

    def _failed(self, fault: Exception) -> None:
        log.debug("probe_failed error=%s", type(fault).__name__)
        self._answered(False)
