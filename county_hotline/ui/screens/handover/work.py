"""What 交接班 asks of the desk and of paper."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from county_hotline.domain.shifts import Shift

if TYPE_CHECKING:
    from county_hotline.desk.desk import Desk
    from county_hotline.forms.raster import Picture

KEPT = 30


@dataclass(frozen=True, slots=True)
class HandoverFacts:
    """One look."""

    own: Shift
    """As it would be handed over now; number 0."""
    waiting: Shift | None
    """Another officer's, still to be taken over."""
    kept: tuple[Shift, ...]
    notes: str
    officer: str
    now: int


class HandoverWork(Protocol):
    """On the desk's lane, but for `preview`: on the drawing's."""

    def look(self, notes: str | None) -> HandoverFacts:
        """The station now. `notes` None: those kept. Refuses (R622) notes that are too long."""
        ...

    def keep_notes(self, notes: str) -> None:
        """What is being written stays."""
        ...

    def hand_over(self, notes: str) -> Shift:
        """交班."""
        ...

    def take_over(self, shift: int) -> Shift:
        """接班. Refuses R623, R624."""
        ...

    def print(self, shift: Shift) -> tuple[str, int]:
        """Where the paper lies, and how many characters it had to spell. Raises StoreFault S103."""
        ...

    def preview(self, shift: Shift, width: int, now: int) -> Picture:
        """The paper as a picture so wide."""
        ...


class DeskHandover:
    """`HandoverWork` over the real desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def look(self, notes: str | None) -> HandoverFacts:
        """See `HandoverWork`."""
        from county_hotline.desk import handing_over

        desk = self._desk
        written = handing_over.notes(desk) if notes is None else notes
        own = Shift(0, handing_over.gather(desk, written))
        kept = handing_over.kept(desk, KEPT)
        officer = desk.signed_in().officer
        return HandoverFacts(own, handing_over.to_take_over(desk), kept, written, officer, desk.clock.now_ms())

    def keep_notes(self, notes: str) -> None:
        """See `HandoverWork`."""
        from county_hotline.desk import handing_over

        handing_over.keep_notes(self._desk, notes)

    def hand_over(self, notes: str) -> Shift:
        """See `HandoverWork`."""
        from county_hotline.desk import handing_over

        return handing_over.hand_over(self._desk, notes)

    def take_over(self, shift: int) -> Shift:
        """See `HandoverWork`."""
        from county_hotline.desk import handing_over

        return handing_over.take_over(self._desk, shift)

    def print(self, shift: Shift) -> tuple[str, int]:
        """See `HandoverWork`."""
        from county_hotline.desk import handing_over
        from county_hotline.forms.shift_sheet import draw_shift

        path = handing_over.paper_path(self._desk, shift)
        missing = draw_shift(shift, path, printed_at=self._desk.clock.now_ms())
        handing_over.printed(self._desk, shift)
        return str(path), len(missing)

    def preview(self, shift: Shift, width: int, now: int) -> Picture:
        """See `HandoverWork`."""
        from county_hotline.forms import raster, shift_sheet

        return raster.picture(shift_sheet.preview(shift, printed_at=now), width=width)
