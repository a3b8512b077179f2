"""What can be said of a parcel without opening it, and whether this PC would take it: for whoever holds the stick."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec

from county_hotline.sync.keys import PublicKey
from county_hotline.sync.parcel import bag
from county_hotline.sync.parcel.label import Label

KeyOf = Callable[[Label], PublicKey | None]
"""The key this PC knows of a parcel's sender."""

GROUP = 4


class Inspected(msgspec.Struct, frozen=True):
    """One parcel as its outside shows it: whole, as its manifests say."""

    label: Label
    digest: str
    size: int
    """Of its encrypted content, bytes."""
    is_signed: bool | None
    """By the key this PC knows of its sender; None where it knows none."""

    @property
    def check_code(self) -> str:
        return check_code(self.digest)


def inspect(path: Path, key_of: KeyOf) -> Inspected:
    """Raises BadInput I180, I181, I185, I187, I196, I197."""
    found = bag.opened(path)
    key = key_of(found.label)
    return Inspected(found.label, found.digest, len(found.content), None if key is None else found.is_signed_by(key))


def check_code(digest: str) -> str:
    """核对码: the first sixteen digits in groups, to be compared by eye: `3F2A 91C0 77DE 5B12`."""
    short = digest[: 4 * GROUP].upper()
    return " ".join(short[start : start + GROUP] for start in range(0, len(short), GROUP))
