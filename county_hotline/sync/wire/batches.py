"""A batch: one life's entries in serial order as JSON Lines, held together by the station's signature over its chain. Knows no HTTP.

First line the head, then one line an entry, last line the seal. The same bytes may travel in a request or lie in a file.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import msgspec

from county_hotline.domain.entries import Entry
from county_hotline.errors import HubRejected, NotTrusted
from county_hotline.ids import Life, StationId
from county_hotline.sync import protocol
from county_hotline.sync.keys import KeyPair, PublicKey
from county_hotline.sync.wire.lines import Context, Line, entry_of, line_of


class BatchHead(msgspec.Struct, frozen=True):
    """First line: whose chain, from where on."""

    v: int
    station: StationId
    life: Life
    first: int
    """Serial of the first entry."""
    count: int
    prev: bytes
    """Hash of the entry before the first; empty where the life begins."""


class BatchSeal(msgspec.Struct, frozen=True):
    """Last line: the chain's end and the station's name under it."""

    serial: int
    hash: bytes
    algorithm: str
    key: str
    """Key id."""
    signature: bytes


@dataclass(frozen=True, slots=True)
class Batch:
    """What came out of the lines: sound, in order, and signed by the station it names."""

    station: StationId
    life: Life
    entries: tuple[Entry, ...]
    signature: bytes


def encode(entries: Sequence[Entry], pair: KeyPair) -> bytes:
    """The batch's lines, sealed by `pair`. `entries` are of one life, in serial order, without gap; at least one."""
    return encode_under(entries, seal_of(entries[-1], pair))


def seal_of(last: Entry, pair: KeyPair) -> BatchSeal:
    """The station's word for its chain as far as `last`."""
    statement = protocol.chain_statement(last.station, last.life, last.serial, last.hash)
    return BatchSeal(
        serial=last.serial,
        hash=last.hash,
        algorithm=pair.public.algorithm,
        key=pair.key_id,
        signature=pair.sign(statement),
    )


def encode_under(entries: Sequence[Entry], seal: BatchSeal) -> bytes:
    """The lines of a batch that its author sealed, perhaps long ago: so a hub passes it on."""
    first = entries[0]
    head = BatchHead(
        v=protocol.LINES_VERSION,
        station=first.station,
        life=first.life,
        first=first.serial,
        count=len(entries),
        prev=first.prev_hash,
    )
    before = Context()
    return _encoder.encode_lines([head, *(line_of(entry, before) for entry in entries), seal])


def decode(body: bytes, key_of: Callable[[StationId], PublicKey | None], limits: protocol.Limits) -> Batch:
    """The batch in `body`, every hash computed anew.

    Raises HubRejected H201 (one entry too large), H202 (torn or malformed), H203 (too many entries);
    NotTrusted A301 where the chain's end or its signature is not the station's.
    """
    head, middle, seal = _parts(body, limits)
    before = Context()
    entries = []
    prev_hash = head.prev
    for serial, line in enumerate(middle, start=head.first):
        entry = entry_of(line, before, station=head.station, life=head.life, serial=serial, prev_hash=prev_hash)
        prev_hash = entry.hash
        entries.append(entry)
    if entries[-1].serial != seal.serial or prev_hash != seal.hash:
        raise HubRejected("H202", why="chain", serial=seal.serial)
    key = key_of(head.station)
    statement = protocol.chain_statement(head.station, head.life, seal.serial, seal.hash)
    if key is None or key.algorithm != seal.algorithm or not key.has_signed(statement, seal.signature):
        raise NotTrusted("A301", station=head.station, life=head.life, serial=seal.serial)
    return Batch(head.station, head.life, tuple(entries), seal.signature)


def _parts(body: bytes, limits: protocol.Limits) -> tuple[BatchHead, list[Line], BatchSeal]:
    rows = body.split(b"\n")
    if len(rows) < 4 or rows[-1]:
        raise HubRejected("H202", why="lines")
    if len(rows) - 3 > limits.batch_entries:
        raise HubRejected("H203", limit=limits.batch_entries)
    longest = max(range(len(rows)), key=lambda row: len(rows[row]))
    if len(rows[longest]) > limits.line_bytes:
        raise HubRejected("H201", line=longest, limit=limits.line_bytes)
    try:
        head = _head_decoder.decode(rows[0])
        middle = _line_decoder.decode_lines(b"\n".join(rows[1:-2]))
        seal = _seal_decoder.decode(rows[-2])
    except (msgspec.MsgspecError, ValueError, RecursionError) as fault:
        raise HubRejected("H202", why="json") from fault
    if head.count != len(middle) or head.first < 1 or head.v != protocol.LINES_VERSION:
        raise HubRejected("H202", why="head")
    return head, middle, seal


_encoder = msgspec.json.Encoder()
_head_decoder = msgspec.json.Decoder(BatchHead)
_line_decoder = msgspec.json.Decoder(Line)
_seal_decoder = msgspec.json.Decoder(BatchSeal)
