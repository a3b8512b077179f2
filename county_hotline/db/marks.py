"""The high-water mark beside the database: how far its own chain had come, so that a database put back from yesterday is noticed.

Written after each commit, without forcing it to the disk (after a power cut an older mark does no harm). A database that is
behind its mark was restored; one without a mark was copied here alone. Either way a new life begins, so that numbers and serials
the hub may know are never given again.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import Final

from county_hotline.domain.receipts import Head
from county_hotline.errors import StoreFault
from county_hotline.ids import Life

Marked = tuple[Life, int, str]
"""Life, serial, and the first half of the hash at that serial."""
LIVES = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


class Mark:
    """One small file, overwritten in place."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._descriptor: int | None = None

    def __del__(self) -> None:
        """Whoever opens and closes many homes keeps none of their files open."""
        if self._descriptor is not None:
            os.close(self._descriptor)

    def read(self) -> Marked | None:
        """None where there is no mark or it cannot be read."""
        try:
            life, serial, *digest = self._path.read_text("ascii").split()[:3]
            return Life(life), int(serial), "".join(digest)  # a life that has written nothing yet has no last hash
        except (OSError, ValueError):
            return None

    def exists(self) -> bool:
        return self._path.exists()

    def write(self, head: Head) -> None:
        """Failure to write is no failure of the act: the mark is a second net."""
        line = f"{head.life} {head.serial:012d} {head.hash.hex()[:32]:<32}\n".encode("ascii")
        with contextlib.suppress(OSError):
            if self._descriptor is None:
                self._descriptor = os.open(self._path, os.O_WRONLY | os.O_CREAT, 0o600)
            os.lseek(self._descriptor, 0, os.SEEK_SET)
            os.write(self._descriptor, line)


def is_behind(marked: Marked, life: Life, head: Head | None, hash_at: Callable[[int], bytes | None]) -> bool:
    """Whether a file in `life` whose chain ends at `head` is older than its mark, or another than the one that was marked."""
    marked_life, serial, digest = marked
    if marked_life != life:
        return marked_life > life
    if serial > (head.serial if head else 0):
        return True
    found = hash_at(serial)
    return found is not None and not found.hex().startswith(digest)


SPARE: Final = 3
"""Letters that a PC which takes a station over leaves to the one before: for lives it may have begun without a line."""


def next_life(used: set[str], *, certain: bool, spare: int = 0) -> Life:
    """The next letter when all earlier lives are known for certain; else any later one, for another copy may have taken the next. `spare`:
    so many are left out, as long as there are more.

    Never an earlier one: a life that left no trace in this file may have left some at the hub. Raises StoreFault S108 when no later
    letter is left: the station needs a new station code.
    """
    later = [letter for letter in LIVES if letter > max(used, default="")]
    if not later:
        raise StoreFault("S108")
    return Life(later[min(spare, len(later) - 1)] if certain else secrets.choice(later))
