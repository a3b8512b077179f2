"""Looking for words that must not be there: in bytes of any kind, in whatever writing, packed or not, in a decrypted database."""

from __future__ import annotations

import base64
import contextlib
import json
import select
import socket
import threading
import zlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

import pypdfium2
import zstandard
from cryptography.hazmat.primitives.ciphers import Cipher
from cryptography.hazmat.primitives.ciphers.algorithms import AES256
from cryptography.hazmat.primitives.ciphers.modes import CBC
from sqlcipher3 import dbapi2 as sqlcipher

PAGE = 4096
RESERVED = 80
"""SQLCipher 4 keeps an initialisation vector of 16 bytes and a checksum of 64 at the end of each page."""
SALT = 16
ZSTD_MAGIC, GZIP_MAGIC = b"\x28\xb5\x2f\xfd", b"\x1f\x8b\x08"
MOST = 64 << 20
SHORTEST = 6
"""Fewer bytes than these stand in any file by chance."""


def writings(mark: str) -> dict[str, bytes]:
    """The mark as any program might have written it down."""
    plain = mark.encode()
    found = {
        "UTF-8": plain,
        "UTF-16": mark.encode("utf-16-le"),
        "UTF-16, big end first": mark.encode("utf-16-be"),
        "GB18030": mark.encode("gb18030"),
        "hexadecimal": plain.hex().encode(),
        "HEXADECIMAL": plain.hex().upper().encode(),
        "JSON": json.dumps(mark)[1:-1].encode(),
        "URL": quote(mark).encode(),
    }
    for shift in range(3):  # inside base 64 of a longer text: the first and last characters depend on the neighbours
        coded = base64.b64encode(bytes(shift) + plain)
        found[f"base 64, {shift}"] = coded[4 if shift else 0 : -4 if (shift + len(plain)) % 3 else None]
    return {how: written for how, written in found.items() if len(written) >= SHORTEST}


def found_in(raw: bytes, marks: Iterable[str]) -> list[str]:
    """Which marks stand in these bytes, and how written; what is packed in them is unpacked and looked into too."""
    pieces = [raw, *unpacked(raw)]
    return [
        f"{mark} ({how})"
        for mark in marks
        for how, written in writings(mark).items()
        if any(written in piece for piece in pieces)
    ]


def unpacked(raw: bytes) -> Iterator[bytes]:
    """What zstd and gzip frames anywhere in these bytes hold."""
    for at in _places(raw, ZSTD_MAGIC):
        with contextlib.suppress(zstandard.ZstdError):
            yield zstandard.ZstdDecompressor().decompressobj().decompress(raw[at:])
    for at in _places(raw, GZIP_MAGIC):
        with contextlib.suppress(zlib.error):
            yield zlib.decompressobj(wbits=31).decompress(raw[at:], MOST)


def _places(raw: bytes, magic: bytes) -> Iterator[int]:
    at = raw.find(magic)
    while at >= 0:
        yield at
        at = raw.find(magic, at + 1)


def bytes_of(file: Path) -> bytes:
    """A file as it lies there; of a PDF its text too."""
    raw = file.read_bytes()
    if file.suffix == ".pdf":
        document = pypdfium2.PdfDocument(raw)
        raw += "\n".join(page.get_textpage().get_text_range() for page in document).encode()
        document.close()
    return raw


def rows_of(database: Path, key: bytes) -> bytes:
    """Every value of every table of an encrypted database, the search index's own tables and the words it knows among them."""
    connection = sqlcipher.connect(str(database))
    try:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
        connection.execute("CREATE VIRTUAL TABLE temp.known USING fts5vocab('main', 'search', 'instance')")
        names = [row[0] for row in connection.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        values: list[bytes] = []
        for name in [*names, "known"]:
            for row in connection.execute(f'SELECT * FROM "{name}"'):
                values += [value if isinstance(value, bytes) else str(value).encode() for value in row]
    finally:
        connection.close()
    return b"\n".join(values)


def pages_of(database: Path, key: bytes) -> bytes:
    """The decrypted pages of the file, free ones too: what a thief of file and key could read, deleted or not."""
    raw = database.read_bytes()
    plain = bytearray()
    for start in range(0, len(raw), PAGE):
        page = raw[start : start + PAGE]
        body = page[SALT if start == 0 else 0 : PAGE - RESERVED]
        opened = Cipher(AES256(key), CBC(page[PAGE - RESERVED : PAGE - RESERVED + 16])).decryptor()
        plain += opened.update(body) + opened.finalize()
    return bytes(plain)


class Wiretap:
    """A port of its own before another one; keeps every byte that goes either way."""

    def __init__(self, port: int) -> None:
        self._port = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.url = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._kept: list[list[bytes]] = []
        self._threads = [threading.Thread(target=self._serve, daemon=True)]
        self._threads[0].start()

    def heard(self) -> bytes:
        """Each direction of each connection as one piece."""
        return b"\n".join(b"".join(pieces) for pieces in self._kept)

    def close(self) -> None:
        """No more connections; those under way end with their ends."""
        self._listener.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(20)
        self._listener.close()

    def _serve(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            self._threads.append(threading.Thread(target=self._carry, args=(near,), daemon=True))
            self._threads[-1].start()

    def _carry(self, near: socket.socket) -> None:
        up: list[bytes] = []
        down: list[bytes] = []
        self._kept += [up, down]
        with near, socket.create_connection(("127.0.0.1", self._port)) as far, contextlib.suppress(OSError):
            ways = {near.fileno(): (near, far, up), far.fileno(): (far, near, down)}
            waiting = select.poll()  # not select.select: a run of many tests may have more than 1,024 files open
            for descriptor in ways:
                waiting.register(descriptor, select.POLLIN)
            while True:
                for descriptor, _ in waiting.poll():
                    end, other, pieces = ways[descriptor]
                    piece = end.recv(1 << 16)
                    if not piece:
                        return
                    pieces.append(piece)
                    other.sendall(piece)
