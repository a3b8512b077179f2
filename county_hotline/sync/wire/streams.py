"""A stream: frames packed one after another as one zstd stream, each flushed, so that what arrived can be read however the line ends.

Packing goes over a dictionary of our own words where little is sent; how hard it is packed depends on how slow the line was.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from importlib import resources
from typing import Final, NamedTuple

import zstandard

from county_hotline.db.store import Store
from county_hotline.domain.entries import Entry
from county_hotline.errors import HubRejected
from county_hotline.sync.keys import PublicKey
from county_hotline.sync.protocol import Limits
from county_hotline.sync.wire.frames import Frame
from county_hotline.sync.wire.unframing import TEXT_BYTES, Sealed, Splitter

VOCABULARIES: Final = (0, 1)
"""Dictionaries a stream may be packed over, by their version; 0 is none."""
WINDOW_LOG: Final = 20
"""One MiB of what was said before; as much memory, at the hub, for each stream that arrives."""
FEW: Final = 500
"""Up to so many entries the dictionary saves bytes; beyond, zstd's smaller tables for it cost more."""
NEAR_S: Final = 0.05
"""A hub that answers a small question so fast is on the same network."""

_SLICE: Final = 512
"""Bytes unpacked at once: a block of 128 KiB takes four, so no more than 16 MiB come out before they are counted."""
_USUAL_BYTES: Final = 8 << 10
"""What mostly comes out of that."""
_RATIO: Final = 200
_SMALL_BYTES: Final = 1 << 20
_PACE: Final = "sync.pace"


class Pace(NamedTuple):
    """How to pack for a line: zstd's level, and how many entries a frame."""

    level: int
    entries: int


SLOW: Final = Pace(19, 10)
_PACES: Final = ((100_000, 19), (1_000_000, 9))
"""Bytes a second up to which this level packs faster than an old PC's line takes; 3 beyond."""
_FRAME_S: Final = 0.3
"""What a cut may cost."""
_ENTRY_BYTES: Final = 170
_FEWEST, _MOST = 10, 200
_MEASURED_S: Final = 0.5
_MEASURED_BYTES: Final = 4_000
"""Less says nothing of a line: it lay in buffers."""


def pace_of(store: Store, *, near: bool) -> Pace:
    """By what the line did when last something was sent; where nothing was, a near hub is taken for a fast one."""
    noted = store.note(_PACE) or ""
    if not noted.isdecimal():
        return Pace(3, _MOST) if near else SLOW
    speed = int(noted)
    level = next((level for most, level in _PACES if speed <= most), 3)
    return Pace(level, max(_FEWEST, min(_MOST, int(speed * _FRAME_S / _ENTRY_BYTES))))


def note_pace(store: Store, sent_bytes: int, took_s: float) -> None:
    """So much went through in so long. What took no time was fast; what was little and took some says nothing."""
    if sent_bytes < _MEASURED_BYTES and took_s < _MEASURED_S:
        return
    speed = int(sent_bytes / max(took_s, 0.001))
    noted = store.note(_PACE) or ""
    before = int(noted) if noted.isdecimal() else speed
    if not before / 2 < speed < before * 2 or not noted:
        store.set_note(_PACE, str((before + speed) // 2))


# ---------------------------------------------------------------- packing


@cache
def vocabulary(version: int) -> zstandard.ZstdCompressionDict | None:
    """The dictionary of this version; None for 0. Raises HubRejected H206 for one unknown here."""
    if version not in VOCABULARIES:
        raise HubRejected("H206", version=version)
    if version == 0:
        return None
    words = (resources.files("county_hotline.data") / "vocabulary" / f"{version}.txt").read_bytes()
    return zstandard.ZstdCompressionDict(words, dict_type=zstandard.DICT_TYPE_RAWCONTENT)


class Packer:
    """Packs frames of one stream. The text of a frame and what is random in it are blocks of their own."""

    def __init__(self, level: int, version: int) -> None:
        given = {"chain_log": WINDOW_LOG, "hash_log": WINDOW_LOG - 1} if level > 9 else {}
        parameters = zstandard.ZstdCompressionParameters.from_level(
            level, window_log=WINDOW_LOG, write_checksum=0, write_content_size=0, write_dict_id=0, **given
        )
        dictionary = vocabulary(version)
        self._packer = zstandard.ZstdCompressor(compression_params=parameters, dict_data=dictionary).compressobj()

    def pack(self, frame: Frame) -> bytes:
        return b"".join(self._block(part) for part in frame)

    def _block(self, part: bytes) -> bytes:
        return self._packer.compress(part) + self._packer.flush(zstandard.COMPRESSOBJ_FLUSH_BLOCK)


class Unpacker:
    """Unpacks one stream as it comes, within bounds: of each slice, of one frame, and of the whole (`_RATIO`)."""

    def __init__(self, version: int, key: PublicKey, limits: Limits) -> None:
        unpacker = zstandard.ZstdDecompressor(dict_data=vocabulary(version), max_window_size=1 << WINDOW_LOG)
        self._unpacker = unpacker.decompressobj(write_size=_USUAL_BYTES)
        self._splitter = Splitter(limits, key.algorithm)
        self._most_bytes = limits.batch_bytes
        self._packed = self._plain = 0

    def feed(self, piece: bytes) -> Iterator[Sealed]:
        """The frames that are whole now. Raises HubRejected H202 (no stream of ours), H203 (more comes out than may)."""
        for at in range(0, len(piece), _SLICE):
            yield from self._splitter.feed(self._unpacked(piece[at : at + _SLICE]))

    def _unpacked(self, slice_: bytes) -> bytes:
        self._packed += len(slice_)
        try:
            plain = self._unpacker.decompress(slice_)
        except zstandard.ZstdError as fault:
            raise HubRejected("H202", why="zstd") from fault
        self._plain += len(plain)
        if self._packed > self._most_bytes or self._plain > max(_SMALL_BYTES, self._packed * _RATIO):
            raise HubRejected("H203", limit=self._most_bytes)
        return plain


def parts(entries: Sequence[Entry], size: int) -> Iterator[Sequence[Entry]]:
    """Frames' worth of entries: at most `size`, and no more words than a frame may hold."""
    begin, weight = 0, 0
    for place, entry in enumerate(entries):
        own = sum(len(words.body) for words in (entry.words, entry.person) if words is not None)
        if place > begin and (place - begin >= size or weight + own > TEXT_BYTES // 2):
            yield entries[begin:place]
            begin, weight = place, 0
        weight += own
    if entries:
        yield entries[begin:]
