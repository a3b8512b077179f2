"""Zip files of strangers, read within bounds and never unpacked onto the disk: no bomb, no doubled name, no path out of the folder, no link."""

from __future__ import annotations

import errno
import os
import re
import stat
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import BinaryIO, Final

from county_hotline.errors import BadInput

_MADE_AT: Final = (1980, 1, 1, 0, 0, 0)
"""The oldest moment a zip can name: what is the same gives the same bytes."""
_WAYS: Final = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_ENCRYPTED: Final = 0x1
_LINE: Final = 512
"""Bytes of the directory for one member: our longest names are a fifth of that."""
_END: Final = re.compile(rb"PK\x05\x06(?=.{8}(.{4}))", re.DOTALL)
"""The end of the directory, with its size. Anything that looks like it is looked at: which of several is the end, readers disagree."""
_TAIL: Final = 22 + 65_535 + 20
_LOCATOR: Final = 20
_UNREADABLE: Final = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    RuntimeError,
    EOFError,
    ValueError,
    OverflowError,
    IndexError,
    KeyError,
)
"""What the library says of bytes that are no zip, or a torn one."""


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much may be inside."""

    members: int
    member_bytes: int
    total_bytes: int
    ratio: int = 200
    small_bytes: int = 1 << 20
    """Below this the ratio does not matter."""


def written(members: dict[str, bytes], into: BinaryIO, *, packed: bool) -> None:
    """A zip of these members in their order; the same members are the same bytes."""
    with zipfile.ZipFile(into, "w") as file:
        for name, body in members.items():
            entry = zipfile.ZipInfo(name, _MADE_AT)
            entry.create_system = 0
            entry.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
            file.writestr(entry, body)


class BoundedZip:
    """The members of one zip, by name; each is read when asked for."""

    def __init__(self, file: zipfile.ZipFile, bounds: Bounds) -> None:
        """Raises BadInput I187 (too much inside) or I180 (nothing of ours: links, doubled or strange names, ways of packing)."""
        self._file = file
        entries = file.infolist()
        if len(entries) > bounds.members or sum(entry.file_size for entry in entries) > bounds.total_bytes:
            raise BadInput("I187", limit=bounds.total_bytes >> 20)
        self._entries: dict[str, zipfile.ZipInfo] = {}
        for entry in entries:
            if entry.is_dir():
                continue
            _is_plain(entry)
            _is_no_bomb(entry, bounds)
            if entry.filename in self._entries:
                raise BadInput("I180")
            self._entries[entry.filename] = entry

    def __contains__(self, name: str) -> bool:
        return name in self._entries

    def names(self) -> tuple[str, ...]:
        """In the order in which they lie there."""
        return tuple(self._entries)

    def read(self, name: str) -> bytes:
        """The member whole. Raises BadInput I181 where it is not there or is torn."""
        entry = self._entries.get(name)
        if entry is None:
            raise BadInput("I181", part=name)
        with as_damage(name), self._file.open(entry) as member:
            body = member.read(entry.file_size + 1)
        if len(body) != entry.file_size:
            raise BadInput("I181", part=name)
        return body


@contextmanager
def opened(file: BinaryIO, bounds: Bounds) -> Iterator[BoundedZip]:
    """The zip in `file`. Raises BadInput I180 where it is none (or its end is missing), I187 where too much is in it; OSError as the
    medium does."""
    _has_small_directory(file, bounds)
    try:
        found = zipfile.ZipFile(file)
    except _UNREADABLE as fault:
        raise BadInput("I180") from fault
    except OSError as fault:
        if fault.errno != errno.EINVAL:  # a place before the beginning of the file, where a changed directory leads
            raise
        raise BadInput("I180") from fault
    with found:
        yield BoundedZip(found, bounds)


def _has_small_directory(file: BinaryIO, bounds: Bounds) -> None:
    """The library makes an object of every line of the directory before anybody can count them. Raises BadInput I187; I180 for the form of
    zips beyond 4 GiB, which no parcel is."""
    file.seek(max(0, file.seek(0, os.SEEK_END) - _TAIL))
    tail = file.read(_TAIL)
    for found in _END.finditer(tail):
        if tail[: found.start()][-_LOCATOR:].startswith(b"PK\x06\x07"):
            raise BadInput("I180")
        if int.from_bytes(found[1], "little") > bounds.members * _LINE:
            raise BadInput("I187", limit=bounds.total_bytes >> 20)
    file.seek(0)


@contextmanager
def as_damage(name: str) -> Iterator[None]:
    """What the library says of a torn member, as BadInput I181."""
    try:
        yield
    except _UNREADABLE as fault:
        raise BadInput("I181", part=name) from fault
    except OSError as fault:
        if fault.errno != errno.EINVAL:
            raise
        raise BadInput("I181", part=name) from fault


def _is_plain(entry: zipfile.ZipInfo) -> None:
    """Nothing is ever unpacked to a path, yet such a name or a link says that this file means no good."""
    name, mode = entry.filename, entry.external_attr >> 16
    kind = stat.S_IFMT(mode)
    strange = name != entry.orig_filename or "\\" in name or ":" in name or not name.isprintable()
    if strange or any(part in ("", ".", "..") for part in name.split("/")) or kind not in (0, stat.S_IFREG):
        raise BadInput("I180")
    if entry.compress_type not in _WAYS or entry.flag_bits & _ENCRYPTED:
        raise BadInput("I180")


def _is_no_bomb(entry: zipfile.ZipInfo, bounds: Bounds) -> None:
    most = min(bounds.member_bytes, max(bounds.small_bytes, entry.compress_size * bounds.ratio))
    if entry.file_size > most:
        raise BadInput("I187", limit=most >> 20)
