"""Where a picture was taken, written into it by the telephone: found and taken out, every pixel left as it was. Pure; knows no names.

JPEG (Exif, XMP, IPTC, also in pictures appended to it), PNG, WebP and TIFF. Everything is blanked in place, so nothing that points into the
file points elsewhere afterwards; only chunks of PNG, which nothing points at, are left out. Not looked into: HEIC and AVIF, videos (also one
appended to a JPEG as a moving photo), and what a maker hides in its own notes: for those the answer is `UNSURE`.
"""

from __future__ import annotations

import re
import struct
import zlib
from collections.abc import Iterator
from enum import Enum
from typing import Final, NamedTuple


class Place(str, Enum):
    """What is known of the place in a file."""

    NONE = "none"  # nothing in it says where it was taken
    TAKEN_OUT = "taken_out"
    UNSURE = "unsure"  # a picture or video of a kind not looked into
    NO_PICTURE = "no_picture"


class Looked(NamedTuple):
    """A file's bytes without the place, and what was done."""

    content: bytes
    place: Place


HEAD_BYTES: Final = 16
"""So many bytes tell of what kind a file is."""
_JPEG, _PNG = b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n"
_TIFF: Final = {b"II*\0": "<", b"MM\0*": ">"}
_EXIF: Final = b"Exif\0\0"
_GPS: Final = 0x8825
_SIZES: Final = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8, 11: 4, 12: 8}
"""Bytes of a value by its TIFF type."""
_XMP: Final = (b"http://ns.adobe.com/xap/1.0/\0", b"http://ns.adobe.com/xmp/extension/\0")
_XMP_PLACES: Final = re.compile(
    rb"GPS|geo:lat|Iptc4xmp(Core|Ext):(Location|City|Country|Province)|photoshop:(City|State|Country)", re.IGNORECASE
)
_IPTC_PLACES: Final = re.compile(rb"\x1c\x02[\x1a\x1b\x5a\x5c\x5f\x64\x65]")
"""Datasets 2:26, 27, 90, 92, 95, 100, 101: location, city, province, country."""
_PNG_TEXTS: Final = (b"tEXt", b"zTXt", b"iTXt")
_MOST_UNPACKED: Final = 4 << 20


def is_looked_into(head: bytes) -> bool:
    """Whether a file that begins so is a picture this looks into."""
    return head.startswith((_JPEG, _PNG, *_TIFF)) or (head[:4] == b"RIFF" and head[8:12] == b"WEBP")


def kind_of(head: bytes) -> Place:
    """For files that are not looked into: `UNSURE` where they may know a place, else `NO_PICTURE`."""
    known = head[4:8] == b"ftyp" or head[:4] in (b"\x1aE\xdf\xa3", b"RIFF") or head[:3] == b"FLV"
    return Place.UNSURE if known else Place.NO_PICTURE


def without_place(content: bytes) -> Looked:
    """The same picture with nothing in it that says where it was taken. Never raises: what cannot be read is blanked as a whole."""
    if not is_looked_into(content[:HEAD_BYTES]):
        return Looked(content, kind_of(content[:HEAD_BYTES]))
    if content.startswith(_PNG):
        cleaned = _png(content)
    else:
        picture = bytearray(content)
        if content[:4] in _TIFF:
            _tiff(picture, 0, len(picture))
        elif content[:4] == b"RIFF":
            _webp(picture)
        else:
            _jpeg(picture)
        cleaned = bytes(picture)
    if content.startswith(_JPEG) and _has_video(content):
        return Looked(cleaned, Place.UNSURE)
    return Looked(cleaned, Place.NONE if cleaned == content else Place.TAKEN_OUT)


def _has_video(content: bytes) -> bool:
    """A moving photo: behind the picture lies a video."""
    return re.search(rb"\xff\xd9.{0,4096}?\0\0\0[\x08-\x40]ftyp", content, re.DOTALL) is not None


# ---------------------------------------------------------------- JPEG


def _jpeg(picture: bytearray) -> None:
    """Every Exif block, also of pictures that lie behind the first; every XMP packet and IPTC block that names a place."""
    for found in re.finditer(re.escape(_EXIF), bytes(picture)):
        start = found.end()
        _tiff(picture, start, _end_of_segment(picture, found.start(), 64 << 10))
    extended = b"".join(_payload(picture, at) for at in _segments(picture, _XMP[1]))
    for mark in _XMP:
        for at in list(_segments(picture, mark)):
            if _XMP_PLACES.search(_payload(picture, at)) or (mark == _XMP[1] and _XMP_PLACES.search(extended)):
                _blank(picture, at, _end_of_segment(picture, at, 0))
    for at in list(_segments(picture, b"Photoshop 3.0\0")):
        if _IPTC_PLACES.search(_payload(picture, at)):
            _blank(picture, at, _end_of_segment(picture, at, 0))


def _segments(picture: bytearray, mark: bytes) -> Iterator[int]:
    """Where the payload of each APPn segment that begins with `mark` begins."""
    for found in re.finditer(re.escape(mark), bytes(picture)):
        at = found.start()
        if at >= 4 and picture[at - 4] == 0xFF and 0xE0 <= picture[at - 3] <= 0xEF:
            yield at


def _end_of_segment(picture: bytearray, at: int, otherwise: int) -> int:
    """Where the segment whose payload begins at `at` ends; `otherwise` bytes on where no segment is told."""
    if at >= 4 and picture[at - 4] == 0xFF and 0xE0 <= picture[at - 3] <= 0xEF:
        return min(len(picture), at - 2 + int.from_bytes(picture[at - 2 : at], "big"))
    return min(len(picture), at + otherwise)


def _payload(picture: bytearray, at: int) -> bytes:
    return bytes(picture[at : _end_of_segment(picture, at, 0)])


def _blank(picture: bytearray, start: int, end: int) -> None:
    picture[start:end] = bytes(max(0, end - start))


# ---------------------------------------------------------------- TIFF, and Exif, which is one


def _tiff(picture: bytearray, start: int, end: int) -> None:
    """Blank the place in the TIFF structure at [start, end). What cannot be followed is blanked whole, unless it is the whole file."""
    order = _TIFF.get(bytes(picture[start : start + 4]))
    if order is None or end - start < 8:
        return
    try:
        _directories(picture, start, end, order)
    except (struct.error, IndexError, ValueError):
        if start:
            _blank(picture, start, end)


def _directories(picture: bytearray, start: int, end: int, order: str) -> None:
    seen: set[int] = set()
    (at,) = struct.unpack_from(f"{order}I", picture, start + 4)
    while at and at not in seen:
        seen.add(at)
        at = _directory(picture, start, end, start + at, order)


def _directory(picture: bytearray, start: int, end: int, at: int, order: str) -> int:
    """One directory: its pointer to the place goes, and what it points to. Where the next directory is; 0 at the last."""
    count = _count(picture, at, end, order)
    for place in range(count):
        entry = at + 2 + place * 12
        tag, _, _, value = struct.unpack_from(f"{order}HHII", picture, entry)
        if tag == _GPS:
            _places(picture, start, end, start + value, order)
            rest = bytes(picture[entry + 12 : at + 2 + count * 12 + 4])
            picture[entry : entry + len(rest) + 12] = rest + bytes(12)
            struct.pack_into(f"{order}H", picture, at, count - 1)
            count -= 1
            break
    following: int = struct.unpack_from(f"{order}I", picture, at + 2 + count * 12)[0]
    return following


def _places(picture: bytearray, start: int, end: int, at: int, order: str) -> None:
    """The directory of the place itself, with all its values."""
    count = _count(picture, at, end, order)
    for place in range(count):
        entry = at + 2 + place * 12
        _, kind, many, value = struct.unpack_from(f"{order}HHII", picture, entry)
        size = _SIZES.get(kind, 1) * many
        if 4 < size <= end - start and start + value + size <= end:
            _blank(picture, start + value, start + value + size)
    _blank(picture, at, at + 2 + count * 12)


def _count(picture: bytearray, at: int, end: int, order: str) -> int:
    (count,) = struct.unpack_from(f"{order}H", picture, at)
    if at + 2 + count * 12 + 4 > end:
        raise ValueError
    return int(count)


# ---------------------------------------------------------------- PNG, WebP


def _png(content: bytes) -> bytes:
    kept = [_PNG]
    at = len(_PNG)
    while at + 12 <= len(content):
        length, kind = struct.unpack_from(">I4s", content, at)
        if at + 12 + length > len(content):
            break
        body = content[at + 8 : at + 8 + length]
        whole = content[at : at + 12 + length]
        if kind == b"eXIf":
            exif = bytearray(b"\0" + body)  # so that a block that cannot be followed is blanked
            _tiff(exif, 1, len(exif))
            body = bytes(exif[1:])
            whole = struct.pack(">I4s", length, kind) + body + struct.pack(">I", zlib.crc32(kind + body))
        if kind not in _PNG_TEXTS or not _tells_a_place(kind, body):
            kept.append(whole)
        at += 12 + length
    return b"".join((*kept, content[at:]))


def _tells_a_place(kind: bytes, body: bytes) -> bool:
    keyword, _, rest = body.partition(b"\0")
    if keyword.startswith(b"Raw profile type"):
        return True  # Exif, XMP or IPTC in hexadecimal
    packed = rest[1:] if kind == b"zTXt" else rest[2:].split(b"\0", 2)[-1] if kind == b"iTXt" and rest[:1] == b"\1" else b""
    if packed:
        try:
            rest += zlib.decompressobj().decompress(packed, _MOST_UNPACKED)
        except zlib.error:
            return True
    return _XMP_PLACES.search(keyword + rest) is not None


def _webp(picture: bytearray) -> None:
    at = 12
    while at + 8 <= len(picture):
        length = int.from_bytes(picture[at + 4 : at + 8], "little")
        kind, start, end = bytes(picture[at : at + 4]), at + 8, min(len(picture), at + 8 + length)
        if kind == b"EXIF":
            _tiff(picture, start + (len(_EXIF) if picture[start : start + 6] == _EXIF else 0), end)
        elif kind == b"XMP " and _XMP_PLACES.search(bytes(picture[start:end])):
            _blank(picture, start, end)
        at = start + length + length % 2
