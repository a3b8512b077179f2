"""Where the window stood last on these screens, and whether that place is still to be seen. No Tk."""

from __future__ import annotations

import json
import logging
from dataclasses import asdict, dataclass
from pathlib import Path

log = logging.getLogger(__name__)

KEPT = 8
"""Arrangements of screens that are remembered."""
GRIP = 120
"""So many pixels of its head must be on the screen for a hand to pull it back."""


@dataclass(frozen=True, slots=True)
class Place:
    """One window's place. `page` is the page in front, by its name."""

    width: int
    height: int
    x: int
    y: int
    zoomed: bool = True
    page: str = ""

    @property
    def geometry(self) -> str:
        """As Tk says it."""
        return f"{self.width}x{self.height}{self.x:+d}{self.y:+d}"


def fitted(place: Place, screen: tuple[int, int, int, int], least: tuple[int, int]) -> Place | None:
    """The place as it can be on this screen (left, top, width, height of everything seen); None where it is not to be seen any more."""
    left, top, wide, high = screen
    width, height = min(max(place.width, least[0]), wide), min(max(place.height, least[1]), high)
    is_seen = place.x + width >= left + GRIP and place.x <= left + wide - GRIP and top <= place.y <= top + high - GRIP
    if not is_seen:
        return None
    x = min(max(place.x, left), left + wide - width)
    y = min(max(place.y, top), top + high - height)
    return Place(width, height, x, y, place.zoomed, place.page)


class Places:
    """Kept in a small file of ours beside the fonts' list: nothing in it names anybody. One that cannot be read is as if there were none."""

    def __init__(self, file: Path) -> None:
        self._file = file

    def of(self, screens: str) -> Place | None:
        """The place last kept for this arrangement (`1920x1080`)."""
        kept = self._read().get(screens)
        if not isinstance(kept, dict):
            return None
        try:
            place = Place(**kept)
        except TypeError:
            return None
        kinds = (int, int, int, int, bool, str)
        return place if all(type(each) is kind for each, kind in zip(asdict(place).values(), kinds, strict=True)) else None

    def keep(self, screens: str, place: Place) -> None:
        """For the next time. A disk that is full costs the place, nothing else."""
        kept = {**{key: value for key, value in self._read().items() if key != screens}, screens: asdict(place)}
        while len(kept) > KEPT:
            del kept[next(iter(kept))]
        try:
            self._file.parent.mkdir(parents=True, exist_ok=True)
            self._file.write_text(json.dumps(kept), encoding="utf-8")
        except OSError:
            log.warning("place_not_kept")

    def _read(self) -> dict[str, object]:
        try:
            kept = json.loads(self._file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return kept if isinstance(kept, dict) else {}
