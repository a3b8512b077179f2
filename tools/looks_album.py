"""The pictures of one look at the pages, with what a machine finds wrong in them, and contact sheets of them."""

from __future__ import annotations

import os
import tkinter as tk
from collections.abc import Sequence
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont, ImageGrab

from tests.support.seen import faults

COLUMNS, THUMB = 3, 640


class Album:
    """The pictures of one run, in one folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.taken: list[Path] = []
        self.said: list[str] = []

    def take(self, root: tk.Tk, name: str) -> None:
        """What the window shows, and what a machine finds wrong in it."""
        highest = [root, *(each for each in root.winfo_children() if isinstance(each, tk.Toplevel) and each.winfo_ismapped())]
        box = (0, 0, max(each.winfo_width() for each in highest), max(each.winfo_height() for each in highest))
        path = self.folder / f"{name}.png"
        ImageGrab.grab(box, xdisplay=os.environ["DISPLAY"]).convert("RGB").save(path)
        self.taken.append(path)
        self.said += [f"{name}: {fault}" for fault in faults(root)]

    def sheets(self, name: str, at_once: int = 12) -> None:
        """Contact sheets."""
        for nth in range(0, len(self.taken), at_once):
            _sheet(self.taken[nth : nth + at_once]).save(self.folder / f"sheet-{name}-{nth // at_once + 1}.png")


def _sheet(pictures: Sequence[Path]) -> Image.Image:
    face = ImageFont.load_default(16)
    small = [Image.open(path) for path in pictures]
    height = round(THUMB * small[0].height / small[0].width)
    rows = -(-len(small) // COLUMNS)
    sheet = Image.new("RGB", (COLUMNS * (THUMB + 8), rows * (height + 28)), "#606060")
    draw = ImageDraw.Draw(sheet)
    for nth, (path, picture) in enumerate(zip(pictures, small, strict=True)):
        x, y = nth % COLUMNS * (THUMB + 8), nth // COLUMNS * (height + 28)
        draw.text((x + 4, y + 2), path.stem, fill="white", font=face)
        sheet.paste(picture.resize((THUMB, height), Image.Resampling.LANCZOS), (x, y + 24))
    return sheet
