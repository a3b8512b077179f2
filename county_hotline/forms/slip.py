"""受理回执 (F1): what the citizen carries home. Drawn as an A5 page or an 80 mm receipt from one content."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from county_hotline.forms import slip_80mm, slip_a5
from county_hotline.forms.fonts import PAPER_LOCK, Fonts, fonts_of
from county_hotline.forms.page import Sheet
from county_hotline.forms.slip_content import SlipContent, copy_for_caller, copy_to_keep
from county_hotline.paths import write_atomically

__all__ = ["SlipContent", "SlipResult", "copy_for_caller", "copy_to_keep", "draw_slip_80mm", "draw_slip_a5"]


@dataclass(frozen=True, slots=True)
class SlipResult:
    """Where the slip lies, and the characters it had to spell as `[U+...]`: the officer is told of them."""

    path: Path
    missing_glyphs: tuple[str, ...]


def draw_slip_a5(content: SlipContent, path: Path, *, fonts: Fonts | None = None) -> SlipResult:
    """A5 landscape; it also fits half a sheet of 241 mm continuous paper. Raises StoreFault, and then there is no half of a file."""
    with PAPER_LOCK:
        return _saved(slip_a5.sheet(content, fonts or fonts_of()), content, path)


def draw_slip_80mm(content: SlipContent, path: Path, *, fonts: Fonts | None = None) -> SlipResult:
    """A roll of 80 mm, 72 mm of it printable, as long as it needs. Raises StoreFault, and then there is no half of a file."""
    with PAPER_LOCK:
        return _saved(slip_80mm.sheet(content, fonts or fonts_of()), content, path)


def _saved(sheet: Sheet, content: SlipContent, path: Path) -> SlipResult:
    write_atomically(path, sheet.pdf(printed_at=content.printed_at))
    return SlipResult(path, tuple(sheet.missing))
