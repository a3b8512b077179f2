"""A page of what concerns a station, as JSON Lines; its first line says how many follow, so that a torn page is known. Knows no HTTP."""

from __future__ import annotations

import msgspec

from county_hotline.domain.receipts import Page, Received
from county_hotline.errors import HubRejected
from county_hotline.ids import Life, StationId
from county_hotline.sync import protocol
from county_hotline.sync.wire.lines import Context, Line, entry_of, line_of


class PageHead(msgspec.Struct, frozen=True):
    """First line."""

    v: int
    cursor: int
    complete: bool
    count: int


class Place(msgspec.Struct, frozen=True, omit_defaults=True):
    """The line before each entry's own: where it stands in the hub's order and in its own chain."""

    q: int
    """hub_seq, after the entry before."""
    t: int = 0
    """received_at, ms after the entry before."""
    a: StationId | None = None
    """Station and life, where another than in the entry before."""
    l: Life | None = None  # noqa: E741 - one letter on the wire
    n: int = 1
    """Serial, after the entry before (from 0 where station or life changes)."""
    k: int | None = None
    """Rank: its place in the order of its work order's own hub, where that is another. Ends of before 0.2 pass it over."""
    h: str = ""
    """Why the hub holds it back, where it is the reader's own. Ends of before 0.2 pass it over."""
    p: bytes | None = None
    """Hash of the entry before it in its chain, where that is not the entry before on this page."""


class _Run:
    """What the entry before said of its place."""

    __slots__ = ("hash", "hub_seq", "life", "lines", "received_at", "serial", "station")

    def __init__(self) -> None:
        self.hub_seq = 0
        self.received_at = 0
        self.station = StationId("")
        self.life = Life("")
        self.serial = 0
        self.hash = b""
        self.lines = Context()


def encode(page: Page) -> bytes:
    """The page's lines."""
    head = PageHead(v=protocol.LINES_VERSION, cursor=page.cursor, complete=page.complete, count=len(page.entries))
    run = _Run()
    rows: list[msgspec.Struct] = [head]
    for received in page.entries:
        rows.append(_place_of(received, run))
        rows.append(line_of(received.entry, run.lines))
        run.hash = received.entry.hash
    return _encoder.encode_lines(rows)


def decode(body: bytes) -> Page:
    """The page in `body`, every hash computed anew. Raises HubRejected H202 where it is torn or malformed."""
    rows = body.split(b"\n")
    if rows[-1]:
        raise HubRejected("H202", why="lines")
    try:
        head = _head_decoder.decode(rows[0])
        places = _place_decoder.decode_lines(b"\n".join(rows[1:-1:2]))
        lines = _line_decoder.decode_lines(b"\n".join(rows[2:-1:2]))
    except (msgspec.MsgspecError, ValueError) as fault:
        raise HubRejected("H202", why="json") from fault
    if not len(places) == len(lines) == head.count or head.v != protocol.LINES_VERSION:
        raise HubRejected("H202", why="head")
    run = _Run()
    entries = tuple(_received(place, line, run) for place, line in zip(places, lines, strict=True))
    return Page(entries=entries, cursor=head.cursor, complete=head.complete)


def _place_of(received: Received, run: _Run) -> Place:
    entry = received.entry
    moved = (entry.station, entry.life) != (run.station, run.life)
    place = Place(
        q=received.hub_seq - run.hub_seq,
        t=received.received_at - run.received_at,
        a=entry.station if moved else None,
        l=entry.life if moved else None,
        n=entry.serial - (0 if moved else run.serial),
        k=received.rank,
        h=received.held,
        p=None if entry.prev_hash == run.hash else entry.prev_hash,
    )
    run.hub_seq, run.received_at = received.hub_seq, received.received_at
    run.station, run.life, run.serial = entry.station, entry.life, entry.serial
    return place


def _received(place: Place, line: Line, run: _Run) -> Received:
    run.hub_seq += place.q
    run.received_at += place.t
    if place.a is not None and place.l is not None:
        run.station, run.life, run.serial = place.a, place.l, 0
    run.serial += place.n
    entry = entry_of(
        line,
        run.lines,
        station=run.station,
        life=run.life,
        serial=run.serial,
        prev_hash=run.hash if place.p is None else place.p,
    )
    run.hash = entry.hash
    return Received(hub_seq=run.hub_seq, received_at=run.received_at, entry=entry, rank=place.k, held=place.h)


_encoder = msgspec.json.Encoder()
_head_decoder = msgspec.json.Decoder(PageHead)
_place_decoder = msgspec.json.Decoder(Place)
_line_decoder = msgspec.json.Decoder(Line)
