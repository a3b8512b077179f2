"""What 同步 asks of the desk."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from county_hotline.domain.views import Counts, HeldRecord, Line, RegisterQuery, RegisterRow, RoundReport

if TYPE_CHECKING:
    from county_hotline.desk.desk import Desk

ROUNDS = 50
CLASHES = 50


@dataclass(frozen=True, slots=True)
class SyncFacts:
    """One look at the line."""

    counts: Counts
    line: Line
    rounds: tuple[RoundReport, ...]
    held: tuple[HeldRecord, ...]
    clashes: tuple[RegisterRow, ...]
    clashes_total: int
    now: int


class SyncWork(Protocol):
    """On the desk's lane."""

    def look(self) -> SyncFacts:
        """Counts, line, rounds, what is held and what needs a person."""
        ...


class DeskSync:
    """`SyncWork` over the real desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def look(self) -> SyncFacts:
        """See `SyncWork`."""
        from county_hotline.desk import line, looking_up

        desk = self._desk
        clashes = looking_up.register(desk, RegisterQuery(clashes_only=True), limit=CLASHES)
        return SyncFacts(
            looking_up.counts(desk),
            line.line(desk),
            line.rounds(desk, ROUNDS),
            line.held(desk),
            clashes.rows,
            clashes.total,
            desk.clock.now_ms(),
        )
