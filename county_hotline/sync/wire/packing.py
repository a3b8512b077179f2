"""Compression by name, and its undoing within stated bounds: what is packed by another is never trusted with our memory."""

from __future__ import annotations

import gzip
import io
import zlib
from dataclasses import dataclass
from typing import Final

import zstandard

from county_hotline.errors import HubRejected

ZSTD: Final = "zstd"
GZIP: Final = "gzip"
PLAIN: Final = "identity"
ENCODINGS: Final = (ZSTD, GZIP, PLAIN)
"""What this release packs and unpacks, best first."""

_LEVELS: Final = ((512 << 10, 9), (64 << 20, 6))
"""zstd's level up to so many bytes: half a megabyte packs in 15 ms at level 9, which a slow line gives back many times."""
_WINDOW_BYTES: Final = 8 << 20


@dataclass(frozen=True, slots=True)
class Bounds:
    """How much may come out. A text of people's words never shrinks a thousandfold; a bomb does."""

    size_bytes: int = 64 << 20
    ratio: int = 200
    small_bytes: int = 1 << 20
    """Below this the ratio does not matter."""

    def for_packed(self, size_bytes: int) -> int:
        """The most that may come out of so many packed bytes."""
        return min(self.size_bytes, max(self.small_bytes, size_bytes * self.ratio))


def agreed(offered: tuple[str, ...]) -> str:
    """The best way of packing that the other side also knows."""
    return next((name for name in ENCODINGS if name in offered), PLAIN)


def pack(plain: bytes, encoding: str) -> bytes:
    """Raises HubRejected H205 for a way of packing unknown here."""
    if encoding == ZSTD:
        level = next((level for most, level in _LEVELS if len(plain) <= most), 3)
        return zstandard.ZstdCompressor(level=level).compress(plain)
    if encoding == GZIP:
        return gzip.compress(plain, compresslevel=6, mtime=0)
    if encoding == PLAIN:
        return plain
    raise HubRejected("H205", field="content-encoding")


def unpack(packed: bytes, encoding: str, bounds: Bounds) -> bytes:
    """Raises HubRejected H202 when torn, H203 when more comes out than `bounds` allow, H205 for an unknown way of packing."""
    limit = bounds.for_packed(len(packed))
    if encoding == ZSTD:
        plain = _unpack_zstd(packed, limit)
    elif encoding == GZIP:
        plain = _unpack_gzip(packed, limit)
    elif encoding == PLAIN:
        plain = packed
    else:
        raise HubRejected("H205", field="content-encoding")
    if len(plain) > limit:
        raise HubRejected("H203", limit=limit)
    return plain


def _unpack_zstd(packed: bytes, limit: int) -> bytes:
    reader = zstandard.ZstdDecompressor(max_window_size=_WINDOW_BYTES).stream_reader(io.BytesIO(packed))
    try:
        # One byte more than allowed tells too much from just enough; a torn end is found by the batch's own last line.
        return reader.read(limit + 1)
    except zstandard.ZstdError as fault:
        raise HubRejected("H202", why="zstd") from fault


def _unpack_gzip(packed: bytes, limit: int) -> bytes:
    unpacker = zlib.decompressobj(wbits=31)
    try:
        return unpacker.decompress(packed, limit + 1)
    except zlib.error as fault:
        raise HubRejected("H202", why="gzip") from fault
