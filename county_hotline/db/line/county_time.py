"""对时: this PC's clock set right by the hub's, as far as that is known; and what every new entry says of it (`ClockNote`).

The hub is heard in a round; between rounds the PC's clock is believed to be wrong by as much as then. That it was set *back* meanwhile
is noticed: against the monotonic clock while the program runs, and against the hub's last word for good. That it was set *forward*
cannot be told from a PC that slept; the hub's receipt puts that right (see `domain.counted_time`).
"""

from __future__ import annotations

from collections.abc import Callable

from county_hotline.clock import Clock
from county_hotline.domain.counted_time import TOLERANCE_MS, ClockNote

_NOTE = "clock.heard"


class CountyTime:
    """A `Clock` by which limits may be counted."""

    def __init__(self, clock: Clock, recall: Callable[[str], str | None], remember: Callable[[str, str], None]) -> None:
        """`recall` and `remember` are the file's notes."""
        self._clock = clock
        self._recall = recall
        self._remember = remember
        self._known = False
        self._hub_ms, self._skew_ms = 0, 0
        self._wall_ms, self._steady_s = 0, 0.0
        """What both clocks of this PC said when the hub was heard; 0 where that was before this start."""

    def heard(self, hub_ms: int) -> int:
        """The hub's clock says so now. This PC's minus the hub's, ms. It is written down now and then, not with every round."""
        self._recollect()
        written, was = self._hub_ms, self._skew_ms
        self._wall_ms, self._steady_s = self._clock.now_ms(), self._clock.monotonic_s()
        self._hub_ms, self._skew_ms = hub_ms, self._wall_ms - hub_ms
        if abs(hub_ms - written) >= 3_600_000 or abs(was - self._skew_ms) >= TOLERANCE_MS:
            self._remember(_NOTE, f"{hub_ms} {self._skew_ms}")
        return self._skew_ms

    def note(self, now_ms: int) -> ClockNote:
        """What an entry written now, at `now_ms` by this PC's wall clock, says of that clock."""
        self._recollect()
        skew_ms = self._skew_ms + self._set_back(now_ms)
        if abs(skew_ms) < TOLERANCE_MS:
            skew_ms = 0
        if self._hub_ms and now_ms - skew_ms < self._hub_ms - TOLERANCE_MS:
            return ClockNote(seen_ms=self._hub_ms)
        return ClockNote(skew_ms=skew_ms)

    def now_ms(self) -> int:
        """What the hub's clock says now, as far as that is known here."""
        now_ms = self._clock.now_ms()
        note = self.note(now_ms)
        return max(now_ms - note.skew_ms, note.seen_ms)

    def monotonic_s(self) -> float:
        return self._clock.monotonic_s()

    def _set_back(self, now_ms: int) -> int:
        """By how much the wall clock was set back since the hub was heard (negative), while this program ran."""
        if not self._wall_ms:
            return 0
        passed = (self._clock.monotonic_s() - self._steady_s) * 1000
        moved = round(now_ms - self._wall_ms - passed)
        return moved if moved <= -TOLERANCE_MS else 0

    def _recollect(self) -> None:
        if self._known:
            return
        self._known = True
        text = (self._recall(_NOTE) or "").split()
        if len(text) == 2:
            self._hub_ms, self._skew_ms = int(text[0]), int(text[1])
