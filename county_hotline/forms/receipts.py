"""The 80 mm slip as the dots a thermal printer burns: free of the printer's own fonts, so rare characters print."""

from __future__ import annotations

from typing import TYPE_CHECKING

from county_hotline.forms import slip_80mm
from county_hotline.forms.fonts import PAPER_LOCK, Fonts, fonts_of
from county_hotline.forms.slip_content import SlipContent

if TYPE_CHECKING:
    from PIL.Image import Image

DOTS_PER_MM = 8
FINER = 4
"""Drawn so many times finer, then averaged: strokes keep their weight."""
THRESHOLD = 175
"""Of 255; darker than this burns. Fattens a regular weight by a touch."""


def receipt_picture(content: SlipContent, *, fonts: Fonts | None = None) -> Image:
    """One bit a dot, 576 dots wide: what is printable of the roll."""
    from PIL.Image import Dither
    from pypdfium2 import PdfDocument

    with PAPER_LOCK:
        written = slip_80mm.sheet(content, fonts or fonts_of()).pdf(printed_at=content.printed_at)
        document = PdfDocument(written)
        try:
            page = document[0]
            drawn = page.render(scale=DOTS_PER_MM * FINER * 25.4 / 72, grayscale=True).to_pil()
        finally:
            document.close()
    dots: Image = drawn.convert("L").reduce(FINER)
    left = slip_80mm.MARGIN
    paper = dots.crop((left, 0, left + slip_80mm.WIDTH, dots.height))
    burnt: Image = paper.point([0 if shade < THRESHOLD else 255 for shade in range(256)]).convert("1", dither=Dither.NONE)
    return burnt
