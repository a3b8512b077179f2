"""Between which moments the orders of every 4,096 arrival numbers were accepted: what lets hits by arrival be put in order of time."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import accumulate
from typing import Final

from sqlcipher3.dbapi2 import Connection

BLOCK_BITS: Final = 12
HOUR_MS: Final = 3_600_000


def widen(db: Connection, moments: Iterable[tuple[int, int]]) -> None:
    """Orders of these arrival numbers were accepted at these moments (UTC ms). Whole hours are kept, so that most orders write nothing."""
    widest: dict[int, tuple[int, int]] = {}
    for row, moment in moments:
        low, high = widest.get(row >> BLOCK_BITS, (moment, moment))
        widest[row >> BLOCK_BITS] = min(low, moment), max(high, moment)
    for block, (low, high) in widest.items():
        known = db.execute("SELECT oldest, newest FROM spans WHERE block = ?", (block,)).fetchone()
        if known is None or low < known[0] or high > known[1]:
            oldest, newest = known or (low, high)
            span = min(oldest, low - low % HOUR_MS), max(newest, high - high % HOUR_MS + HOUR_MS)
            db.execute("INSERT OR REPLACE INTO spans VALUES (?,?,?)", (block, *span))


def clear(db: Connection) -> None:
    """No order is here any more."""
    db.execute("DELETE FROM spans")


class Bounds:
    """What can still come of rows that were not looked at yet."""

    def __init__(self, db: Connection) -> None:
        found = db.execute("SELECT block, oldest, newest FROM spans ORDER BY block").fetchall()
        self._blocks = [block for block, _, _ in found]
        self._newest = list(accumulate((newest for _, _, newest in found), max))
        self._oldest = list(accumulate((oldest for _, oldest, _ in reversed(found)), min))[::-1]

    def newest_before(self, row: int) -> int | None:
        """No row below this one was accepted later; None where there is none."""
        place = bisect_right(self._blocks, (row - 1) >> BLOCK_BITS)
        return self._newest[place - 1] if place else None

    def oldest_after(self, row: int) -> int | None:
        """No row above this one was accepted earlier; None where there is none."""
        place = bisect_left(self._blocks, (row + 1) >> BLOCK_BITS)
        return self._oldest[place] if place < len(self._blocks) else None

    def first_arrival(self, moment: int, *, descends: bool) -> int | None:
        """No row beyond this one (above, where it descends) was accepted up to (from, where it ascends) this moment; None: any may be."""
        if descends:
            place = bisect_right(self._oldest, moment)
            return None if place == len(self._blocks) else (self._blocks[place] << BLOCK_BITS) - 1
        place = bisect_left(self._newest, moment)
        return self._blocks[place] << BLOCK_BITS if 0 < place < len(self._blocks) else None
