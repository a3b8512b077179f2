"""网闸摆渡目录: a folder that something else fills and empties. What is still being written is left; what was read is moved aside; nothing of
anybody's is ever deleted."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from county_hotline.errors import BadInput, HotlineError, HubRejected, NotTrusted
from county_hotline.sync.parcel.bag import ENDING
from county_hotline.wording import say, sentence

log = logging.getLogger(__name__)

_NOT_OURS: Final = frozenset({"I182", "I184", "I186"})
"""Somebody else's, who may share this folder: left where it is."""
_NOT_NOW: Final = frozenset({"I196", "I197", "I198", "I199"})
"""Gone, or not to be read just now, or its answer could not be put down: looked at again."""

Stamp = tuple[int, int]


@dataclass(slots=True)
class WatchedFolder:
    """One folder, looked into every few minutes. `read` reads one parcel and raises what it finds wrong with it."""

    folder: Path
    read: Callable[[Path], object]
    _seen: dict[Path, Stamp] = field(default_factory=dict)
    """Size and time of each file at the last look: one that has not changed since is no longer being written."""
    _done: dict[Path, Stamp] = field(default_factory=dict)
    """What was read, or is not ours, and still lies there (a folder that may only be read)."""

    def look(self) -> int:
        """Read what is there and whole, oldest name first. How many parcels were read. A folder that is not there is empty."""
        seen, count = self._seen, 0
        self._seen = {path: stamp for path in self._parcels() if (stamp := _stamp(path)) is not None}
        for path, stamp in self._seen.items():
            if self._done.get(path) == stamp or seen.get(path) != stamp:
                continue
            count += self._try(path, stamp)
        return count

    def _try(self, path: Path, stamp: Stamp) -> bool:
        try:
            self.read(path)
        except (BadInput, NotTrusted, HubRejected) as fault:
            self._refused(path, stamp, fault)
            return False
        self._done[path] = stamp
        self._aside(path, say("parcel.folder.read"))
        return True

    def _refused(self, path: Path, stamp: Stamp, fault: HotlineError) -> None:
        if fault.code in _NOT_NOW:
            return
        self._done[path] = stamp
        if fault.code in _NOT_OURS:
            return
        log.warning("parcel_unreadable name=%s code=%s", path.name[:80], fault.code)
        moved = self._aside(path, say("parcel.folder.unreadable"))
        if moved is not None:
            _note(moved.with_name(f"{moved.name}.txt"), sentence(fault))

    def _parcels(self) -> list[Path]:
        try:
            return sorted(path for path in self.folder.iterdir() if _may_be_one(path))
        except OSError:
            return []

    def _aside(self, path: Path, name: str) -> Path | None:
        """Into the folder of this name beside it; None where that cannot be, then it stays."""
        target = self.folder / name
        try:
            target.mkdir(exist_ok=True)
            for nth in range(1, 1000):
                free = target / (path.name if nth == 1 else f"{path.stem}-{nth}{path.suffix}")
                if not free.exists():
                    return path.rename(free)
        except OSError as fault:
            log.warning("parcel_not_moved name=%s errno=%s", path.name[:80], fault.errno)
        return None


def _may_be_one(path: Path) -> bool:
    """Only whole names: what other programs write first has another ending, or begins with a dot or `~`."""
    return path.suffix.lower() == ENDING and path.name[0] not in ".~" and path.is_file()


def _stamp(path: Path) -> Stamp | None:
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_size, found.st_mtime_ns


def _note(path: Path, words: str) -> None:
    """With a byte order mark, so that any editor of Windows reads it."""
    try:
        path.write_text(words + "\n", encoding="utf-8-sig", newline="\r\n")
    except OSError as fault:
        log.warning("parcel_reason_not_written errno=%s", fault.errno)
