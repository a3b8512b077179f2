"""The manual as it goes into the program: its pages as they are, its pictures in so few colours that they take three quarters of the room."""

from __future__ import annotations

import shutil
from pathlib import Path

from PIL import Image

COLOURS = 32
"""Screens of ours have about twenty, and the shades between; what is lost cannot be seen."""
INSIDE = "county_hotline/manual"


def gathered(manual: Path, work: Path) -> list[tuple[str, str]]:
    """(file, folder inside the program) for PyInstaller; the smaller pictures are written to `work`."""
    shutil.rmtree(work, ignore_errors=True)
    (work / "pictures").mkdir(parents=True)
    pages = [(str(page), INSIDE) for page in sorted(manual.glob("*.md"))]
    pictures = [_smaller(picture, work / "pictures") for picture in sorted((manual / "pictures").glob("*.png"))]
    return [*pages, *((str(picture), f"{INSIDE}/pictures") for picture in pictures)]


def _smaller(picture: Path, folder: Path) -> Path:
    with Image.open(picture) as opened:
        opened.convert("RGB").quantize(COLOURS).save(folder / picture.name, "PNG", optimize=True)
    return folder / picture.name
