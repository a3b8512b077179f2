"""Trying again, smaller, while the line now and then lets something through."""

from __future__ import annotations

import logging
from typing import Final

from county_hotline.errors import Unreachable
from county_hotline.sync.round.outbox import BatchSize

log = logging.getLogger(__name__)

CUTS: Final = frozenset({"N104", "N105", "N112", "N113", "N114"})
"""Failures a smaller request may survive. Any other of the line ends the round."""
PATIENCE: Final = 12
"""So many cuts one after another without an entry getting through, and the line is given up for this round."""


class Persistence:
    """Tries a request again, smaller, while the line now and then lets one through."""

    def __init__(self, size: BatchSize) -> None:
        self.size = size
        self._cuts = 0

    def passed(self, entries: int) -> None:
        self._cuts = 0
        self.size.passed(entries)

    def got_on(self) -> None:
        """A request was cut, but not before some of it was kept: there is nothing to be made smaller."""
        self._cuts = 0

    def cut(self, fault: Unreachable, *, was_small: bool = False) -> None:
        """Raises `fault` again where trying on makes no sense. A small question is not made smaller."""
        self._cuts += 1
        if fault.code not in CUTS or self._cuts >= PATIENCE:
            raise fault
        if not was_small:
            self.size.cut()
        log.info("request_cut code=%s entries=%d", fault.code, self.size.entries)
