"""Paper and charts as pictures: a page of a PDF as PNG bytes of a wanted width. pypdfium2 is loaded when the first is made."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

from county_hotline.forms.fonts import PAPER_LOCK

_SIGNATURE = b"\x89PNG\r\n\x1a\n"
_QUICK = 1
"""A picture lives for a look: small files are not worth waiting for."""


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG and its size in pixels."""

    png: bytes
    width: int
    height: int


def picture(pdf: bytes, *, width: int, page: int = 0) -> Picture:
    """A page, `width` pixels wide, on white. Raises ValueError for a page that is not there."""
    import pypdfium2

    with PAPER_LOCK:  # pdfium too serves one caller at a time
        document = pypdfium2.PdfDocument(pdf)
        try:
            if not 0 <= page < len(document):
                msg = f"page {page}"
                raise ValueError(msg)
            sheet = document[page]
            bitmap = sheet.render(scale=(width - 0.5) / sheet.get_width(), rev_byteorder=True, may_draw_forms=False)
            rows = _rows(bytes(bitmap.buffer), bitmap.stride, bitmap.width, bitmap.height, channels=bitmap.n_channels)
            return Picture(png_of(rows, bitmap.width, bitmap.height), bitmap.width, bitmap.height)
        finally:
            document.close()


def _rows(raw: bytes, stride: int, width: int, height: int, *, channels: int) -> list[bytes]:
    """Each row's red, green and blue."""
    lines = [raw[at * stride : at * stride + width * channels] for at in range(height)]
    if channels == 3:
        return lines
    return [b"".join(line[at : at + 3] for at in range(0, len(line), channels)) for line in lines]


def png_of(rows: list[bytes], width: int, height: int) -> bytes:
    """A PNG of rows of red, green and blue."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    body = zlib.compress(b"".join(b"\0" + row for row in rows), _QUICK)
    return _SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))
