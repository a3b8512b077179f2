"""How long it will take at today's speed: from what the last rounds sent, in what time. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

from county_hotline.domain.views import RoundReport

ROUNDS: Final = 8
"""So many rounds that sent something are looked at: the line of this morning is not the line of last week."""


class Pace(NamedTuple):
    """The line as it lately was."""

    bytes_per_s: float
    bytes_an_entry: float

    def seconds(self, entries: int, file_bytes: int = 0) -> int:
        """How long so much would take, rounded up."""
        return -int(-(entries * self.bytes_an_entry + file_bytes) // self.bytes_per_s)


def pace(rounds: Iterable[RoundReport]) -> Pace | None:
    """From the latest of these rounds (newest first); None where none sent anything."""
    told = [each for each in rounds if each.sent and each.bytes_sent and each.ended_at > each.started_at][:ROUNDS]
    if not told:
        return None
    seconds = sum(each.ended_at - each.started_at for each in told) / 1000
    moved = sum(each.bytes_sent + each.bytes_received for each in told)
    return Pace(moved / seconds, sum(each.bytes_sent for each in told) / sum(each.sent for each in told))
