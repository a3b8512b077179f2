"""U 盘: the sticks that are plugged in, and which data parcels for this station lie on them."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path
from typing import NamedTuple

from county_hotline.db.beside.parcels import Parcels
from county_hotline.desk.desk import Desk
from county_hotline.domain.views import ParcelFound
from county_hotline.errors import HotlineError
from county_hotline.sync.parcel import inspecting
from county_hotline.sync.parcel.label import Way

MOUNTS = Path("/proc/self/mounts")
MOUNTED_BELOW = ("/media/", "/run/media/")
REMOVABLE = 2
"""GetDriveTypeW's word for it."""


class Medium(NamedTuple):
    """One stick."""

    path: Path
    free_bytes: int

    @property
    def name(self) -> str:
        """As people call it."""
        return self.path.name or str(self.path)


def plugged_in() -> tuple[Medium, ...]:
    """The sticks that can be written to now, in the system's order."""
    found = []
    for place in _drives() if sys.platform == "win32" else _mounts():
        try:
            if os.access(place, os.W_OK):
                found.append(Medium(place, shutil.disk_usage(place).free))
        except OSError:
            continue  # pulled out a moment ago
    return tuple(found)


def parcels_for_us(desk: Desk, folder: Path) -> tuple[ParcelFound, ...]:
    """Whole answers of the hub for this station that lie in `folder`, oldest first; those read before are marked."""
    station, ledger = desk.card.station, Parcels(desk.store)
    found = []
    for path in _named(folder, f"{station}-{Way.DOWN.value}-"):
        try:
            seen = inspecting.inspect(path, lambda label: None)
        except (HotlineError, OSError):
            continue  # what is no parcel is told when a person chooses it
        was_read = ledger.has(seen.label.sender, seen.digest)
        found.append(ParcelFound(str(path), seen.label.serial, seen.label.made_at, seen.label.entries, was_read))
    return tuple(sorted(found, key=lambda each: (each.made_at, each.serial)))


def _named(folder: Path, beginning: str) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if path.name.startswith(beginning))
    except OSError:
        return []


def _mounts() -> list[Path]:
    """Linux: what the desktop mounted for whoever sits here."""
    try:
        rows = MOUNTS.read_text("utf-8", "replace").splitlines()
    except OSError:
        return []
    places = [row.split()[1] for row in rows if len(row.split()) > 1]
    return [Path(_unescaped(place)) for place in places if place.startswith(MOUNTED_BELOW)]


def _unescaped(place: str) -> str:
    r"""A blank stands as `\040` there."""
    for code, letter in (("\\040", " "), ("\\011", "\t"), ("\\134", "\\")):
        place = place.replace(code, letter)
    return place


def _drives() -> list[Path]:
    """Windows: drives that can be taken out."""
    if sys.platform != "win32":
        return []
    import ctypes

    letters = ctypes.windll.kernel32.GetLogicalDrives()
    roots = [f"{chr(65 + place)}:\\" for place in range(26) if letters >> place & 1]
    return [Path(root) for root in roots if ctypes.windll.kernel32.GetDriveTypeW(root) == REMOVABLE]
