"""Files with orders, for tests: put on a post's shelf and named, as the desk does it."""

from __future__ import annotations

import hashlib
import io
import random

from county_hotline.db.store import Store
from county_hotline.domain.facts import AttachmentAdded, Person
from county_hotline.ids import Number
from tests.support.line import OFFICER, Post

KIB = 1024


def noise(size: int, seed: int = 0) -> bytes:
    """Bytes that no packing makes smaller."""
    return random.Random(seed).randbytes(size)


def attached(post: Post, number: Number, content: bytes, *, name: str = "现场.jpg", personal: bool | None = None) -> str:
    """The file's hash."""
    sha256 = hashlib.sha256(content).hexdigest()
    post.store.files.shelf.keep(io.BytesIO(content), sha256)
    fact = AttachmentAdded(
        name="附件.jpg" if personal else name,
        sha256=sha256,
        size_bytes=len(content),
        media_type="image/jpeg",
        personal=personal,
    )
    person = Person(original={"name": name}) if personal else None
    post.store.record(number, lambda order: (fact, person), officer=OFFICER)
    return sha256


def lies_at(store: Store, sha256: str) -> bytes | None:
    """The whole file as it lies there, or None."""
    shelf = store.files.shelf
    return shelf.path(sha256).read_bytes() if shelf.has(sha256) else None
