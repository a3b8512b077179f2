"""What is said of a parcel that does no harm and yet is not what one expects: read before, older than another, one before it missing."""

from __future__ import annotations

import msgspec

from county_hotline.db.beside.parcels import IN, Parcels
from county_hotline.sync.parcel.bag import Bag


class Remark(msgspec.Struct, frozen=True):
    """`error.<code>` says it; `details` are numbers and names of ends."""

    code: str
    details: dict[str, str | int] = {}


def on(found: Bag, ledger: Parcels) -> list[Remark]:
    """How this parcel stands to those of its sender read before. It is read all the same: whatever is in it twice changes nothing."""
    sender, serial = found.label.sender, found.label.serial
    last = ledger.last(sender, IN)
    if ledger.has(sender, found.digest):
        return [Remark("I192", {"serial": serial})]
    if serial <= last:
        return [Remark("I193", {"serial": serial, "last": last})]
    if found.label.previous > last:
        return [Remark("I194", {"serial": serial, "previous": found.label.previous, "last": last})]
    return []
