"""What hub and station promise each other: receipts for what was sent, pages of what concerns a station. Plain values."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from county_hotline.domain.entries import Entry
from county_hotline.ids import EntryId, Life, StationId


class Run(msgspec.Struct, frozen=True, array_like=True):
    """Serials `first`..`last` of one life stand at the hub from `hub_seq` on, one after another."""

    first: int
    last: int
    hub_seq: int
    received_at: int = 0
    """UTC ms of the hub's clock when they came, where not at the receipt's own time: what counts of their times hangs on it."""


class Held(msgspec.Struct, frozen=True, array_like=True):
    """An entry the hub keeps but holds back (with what depends on it) until it is repaired; `code` says why."""

    entry_id: EntryId
    code: str


class Receipt(msgspec.Struct, frozen=True):
    """签收: what the hub holds of one life of one station, signed by the hub on the wire."""

    station: StationId
    life: Life
    last_serial: int
    """How far the hub's copy of this chain goes now."""
    last_hash: bytes
    runs: tuple[Run, ...]
    """Where the entries of the batch stand (also those the hub already had)."""
    received_at: int
    """UTC ms, the hub's clock."""
    held: tuple[Held, ...] = ()


class Received(msgspec.Struct, frozen=True):
    """An entry with its place in the hub's order."""

    hub_seq: int
    received_at: int
    entry: Entry
    """`person` is left out where this station is not entitled to it."""
    rank: int | None = None
    """Its place in the order of its work order's own hub, where that is another than the one that says this, and known."""
    held: str = ""
    """The reader's own, given back: why the hub does not let it stand. Empty: it stands, or is settled."""


class Page(msgspec.Struct, frozen=True):
    """What concerns a station after its cursor. `cursor` is where the next page begins."""

    entries: tuple[Received, ...]
    cursor: int
    complete: bool
    """True when nothing more is waiting."""


def runs_of(placed: Iterable[tuple[int, int, int]], receipt_at: int) -> tuple[Run, ...]:
    """Runs of entries given as (serial, hub_seq, received_at), in serial order: neighbours in both that came at the same time.
    `receipt_at` is the receipt's own time."""
    runs: list[Run] = []
    for serial, seq, received_at in placed:
        at = 0 if received_at == receipt_at else received_at
        last = runs[-1] if runs else None
        if last and serial == last.last + 1 and seq == last.hub_seq + serial - last.first and at == last.received_at:
            runs[-1] = Run(last.first, serial, last.hub_seq, at)
        else:
            runs.append(Run(serial, serial, seq, at))
    return tuple(runs)


class Head(msgspec.Struct, frozen=True):
    """The end of one life's chain as one side holds it."""

    station: StationId
    life: Life
    serial: int
    hash: bytes
