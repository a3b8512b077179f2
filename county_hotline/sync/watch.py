"""The round that runs, as a person sees it. A leaf: screens and desks have one long before the wire is loaded."""

from __future__ import annotations

from dataclasses import dataclass

from county_hotline.domain.views import Progress


@dataclass(slots=True)
class RoundWatch:
    """What a person sees of the round that runs, and whether they want it to stop. One thread writes, another reads: whole values only."""

    progress: Progress | None = None
    """None while no round runs."""
    is_halted: bool = False

    def begins(self) -> None:
        """A round begins; what was asked of the one before is past."""
        self.progress, self.is_halted = Progress(), False

    def over(self) -> None:
        """The round has ended, whatever ended it."""
        self.progress = None
