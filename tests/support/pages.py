"""The pages of an encrypted database and of its write-ahead log, decrypted outside SQLite: also free pages and stale frames."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from county_hotline.db.opening import PAGE_BYTES
from tests.support.builders import KEY

RESERVED = 80
"""SQLCipher 4: sixteen bytes of initial vector and sixty-four of HMAC-SHA512 at the end of every page."""
SALT = 16
LOG_HEADER = 32
FRAME_HEADER = 24


def decrypted_pages(path: Path, key: bytes = KEY) -> Iterator[tuple[str, bytes]]:
    """Each page with where it stands."""
    content = path.read_bytes()
    for place in range(0, len(content), PAGE_BYTES):
        yield f"page {place // PAGE_BYTES + 1}", _page(content[place : place + PAGE_BYTES], key, first=place == 0)
    log = path.with_name(path.name + "-wal")
    frames = log.read_bytes()[LOG_HEADER:] if log.exists() else b""
    for place in range(0, len(frames), FRAME_HEADER + PAGE_BYTES):
        number = int.from_bytes(frames[place : place + 4], "big")
        page = frames[place + FRAME_HEADER : place + FRAME_HEADER + PAGE_BYTES]
        yield f"log {place // (FRAME_HEADER + PAGE_BYTES)}", _page(page, key, first=number == 1)


def _page(page: bytes, key: bytes, *, first: bool) -> bytes:
    begin = SALT if first else 0
    body, vector = page[begin:-RESERVED], page[-RESERVED:][:16]
    decryptor = Cipher(algorithms.AES(key), modes.CBC(vector)).decryptor()
    return decryptor.update(body) + decryptor.finalize()
