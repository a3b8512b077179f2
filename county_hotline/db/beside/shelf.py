"""Files by their hash on the disk: written piece by piece, whole only once their hash was found right, never under a person's name."""

from __future__ import annotations

import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from io import FileIO
from pathlib import Path
from typing import BinaryIO, Final

from county_hotline.paths import settle, store_fault

_READ: Final = 1 << 20
RESERVE_BYTES: Final = 1 << 30
"""Of the disk, or a tenth of a small one, that no file of others may take."""


class Shelf:
    """The folder of one home: `<2 signs>/<sha256>` is a whole file, `<sha256>.<whose>.part` one that is still coming."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def path(self, sha256: str) -> Path:
        """Where the whole file lies, or would."""
        return self._folder / sha256[:2] / sha256

    def has(self, sha256: str) -> bool:
        """Whether the whole file is here."""
        return self.path(sha256).is_file()

    def size(self, sha256: str) -> int:
        """Bytes of the whole file; 0 where it is not here."""
        return _size(self.path(sha256))

    def has_room(self) -> bool:
        """Whether files may still grow here: the last of a disk is kept for the journal, or a few large files would stop all writing."""
        return self.room() > 0

    def room(self) -> int:
        """Bytes of the disk that files may still take."""
        try:
            disk = shutil.disk_usage(self._folder)
        except OSError:
            return RESERVE_BYTES  # what is wrong is told by the writing itself
        return max(0, disk.free - min(RESERVE_BYTES, disk.total // 10))

    def coming(self, whose: str) -> dict[str, int]:
        """The files of which this one has sent pieces and not all, with how far each has come."""
        end = f".{whose}.part"
        return {part.name.removesuffix(end): _size(part) for part in self._folder.glob(f"??/*{end}")}

    def came(self, sha256: str, whose: str = "") -> int:
        """How far the file has come here, bytes; `whose` keeps several senders' pieces apart."""
        return self.size(sha256) or _size(self._part(sha256, whose))

    def read(self, sha256: str, offset: int, length: int) -> bytes:
        """A piece of the whole file; empty behind its end. Raises StoreFault where it is not here or cannot be read."""
        path = self.path(sha256)
        try:
            with path.open("rb") as file:
                file.seek(offset)
                return file.read(length)
        except OSError as exc:
            raise store_fault(exc, path) from exc

    def append(self, sha256: str, offset: int, piece: bytes, whose: str = "") -> int:
        """Put `piece` behind what has come, and force it to the disk. How far the file has come then.

        A piece that begins behind what is here is not taken, one that was here before changes nothing. Raises StoreFault (S101: disk full);
        then the part is as before.
        """
        if self.has(sha256):
            return self.came(sha256, whose)
        return self.append_apart(sha256, offset, piece, whose)

    def came_apart(self, sha256: str, whose: str) -> int:
        """How far this one's own pieces reach, whether or not the whole file is here."""
        return _size(self._part(sha256, whose))

    def append_apart(self, sha256: str, offset: int, piece: bytes, whose: str) -> int:
        """As `append`, of a file that may be here already."""
        part = self._part(sha256, whose)
        have = _size(part)
        fresh = piece[have - offset :] if offset <= have < offset + len(piece) else b""
        if not fresh:
            return have
        try:
            part.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with _opened(part, have) as file:
                _write(file, fresh)
        except OSError as exc:
            raise store_fault(exc, part) from exc
        return have + len(fresh)

    def finish(self, sha256: str, whose: str = "") -> bool:
        """All bytes are here: check them and give the file its place. False where they are not what the hash says; then they are thrown
        away and the file begins again. Raises StoreFault."""
        part = self._part(sha256, whose)
        if self.has(sha256):
            part.unlink(missing_ok=True)
            return True
        try:
            if _digest(part) != sha256:
                part.unlink()
                return False
            part.replace(self.path(sha256))
            settle(part.parent)
        except OSError as exc:
            raise store_fault(exc, part) from exc
        return True

    def is_same(self, sha256: str, whose: str) -> bool:
        """Whether what this one has sent of a file that is here is that file. It is taken away in any case. Raises StoreFault."""
        part = self._part(sha256, whose)
        try:
            same = _digest(part) == sha256
            part.unlink()
        except OSError as exc:
            raise store_fault(exc, part) from exc
        return same

    def keep(self, source: BinaryIO | Iterator[bytes], sha256: str) -> None:
        """Put a file that is at hand into its place: temporary name, forced to the disk, checked, renamed. Raises StoreFault S107 where
        the bytes turned out to be others."""
        pieces = iter(lambda: source.read(_READ), b"") if hasattr(source, "read") else source
        whose = f"own{os.getpid()}"
        part = self._part(sha256, whose)
        try:
            part.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            with _opened(part, 0) as file:
                for piece in pieces:
                    _write(file, piece)
        except OSError as exc:
            part.unlink(missing_ok=True)
            raise store_fault(exc, part) from exc
        if not self.finish(sha256, whose):
            raise store_fault(OSError(), part)

    def put_aside(self, sha256: str) -> None:
        """Its bytes are not what its name says: it stays for whoever looks into it, under another name."""
        path = self.path(sha256)
        try:
            path.replace(path.with_name(f"{sha256}.damaged"))
        except OSError as exc:
            raise store_fault(exc, path) from exc

    def forget(self, sha256: str) -> bool:
        """Take the file and its pieces away. False where the system would not let one go (it is open somewhere): ask again later."""
        gone = True
        for path in (self.path(sha256), *self.path(sha256).parent.glob(f"{sha256}.*.part")):
            try:
                path.unlink(missing_ok=True)
            except OSError:
                gone = False
        return gone

    def sweep(self, before_s: float) -> int:
        """Take away pieces of files that have not grown since then (seconds of the epoch): whoever goes on with one begins again. How
        many. One that cannot go waits for the next time."""
        gone = 0
        for part in self._folder.glob("??/*.part"):
            try:
                if part.stat().st_mtime < before_s:
                    part.unlink()
                    gone += 1
            except OSError:
                continue
        return gone

    def _part(self, sha256: str, whose: str) -> Path:
        return self.path(sha256).with_name(f"{sha256}.{whose or 'line'}.part")


@contextmanager
def _opened(part: Path, have: int) -> Iterator[FileIO]:
    """The part from `have` on, for writing; forced to the disk at the end, cut back to `have` where that fails."""
    descriptor = os.open(part, os.O_WRONLY | os.O_CREAT | getattr(os, "O_BINARY", 0), 0o600)
    with os.fdopen(
        descriptor, "wb", buffering=0
    ) as file:  # what is written is on its way: nothing follows after it was cut back
        file.truncate(have)
        file.seek(have)
        try:
            yield file
            os.fsync(file.fileno())
        except OSError:
            _cut_back(file, have)
            raise


def _cut_back(file: FileIO, have: int) -> None:
    try:
        os.ftruncate(file.fileno(), have)
    except OSError:
        return


def _write(file: FileIO, piece: bytes) -> None:
    left = memoryview(piece)
    while left:
        left = left[file.write(left) :]


def digest_of(path: Path) -> tuple[str, int]:
    """SHA-256 and size of any file. Raises OSError."""
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(_READ):
            digest.update(piece)
            size += len(piece)
    return digest.hexdigest(), size


def _digest(path: Path) -> str:
    return digest_of(path)[0]


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
