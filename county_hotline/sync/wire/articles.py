"""知识库 on the wire, as JSON Lines: a page the hub hands out under its signature, and what a station hands in. Knows no HTTP."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Final

import msgspec

from county_hotline.db.beside.knowledge_items import Item
from county_hotline.domain.articles import Written, read
from county_hotline.errors import HubRejected
from county_hotline.ids import StationId
from county_hotline.sync import protocol
from county_hotline.sync.keys import KeyPair, PublicKey

VERSION: Final = 1


class PageHead(msgspec.Struct, frozen=True):
    """The line before a page."""

    v: int
    county: str
    station: StationId
    """For whom it was made: not everybody is told of every report."""
    after: int
    through: int
    """All that the station is told of the places after `after`, up to this one."""
    last: int
    """The hub's last place when it was made."""
    count: int
    algorithm: str = ""
    key: str = ""
    """Key id."""
    signature: bytes = b""
    """Over `statement`."""


class OfferHead(msgspec.Struct, frozen=True):
    """The line before what a station hands in."""

    v: int
    count: int


class Line(msgspec.Struct, frozen=True, omit_defaults=True):
    """One item; its body is passed on to the letter."""

    k: str
    b: msgspec.Raw
    p: int = 0


class Taken(msgspec.Struct, frozen=True):
    """What the hub says of what was handed in."""

    taken: tuple[tuple[str, str, int], ...] = ()
    """Kind, name, place."""
    refused: tuple[tuple[str, str, str], ...] = ()
    """Kind, name, why: A324 it does not stand on the hub's newest, A325 the centre alone writes it, A326 it cannot be read, H204."""


class Page(msgspec.Struct, frozen=True):
    """A page, read and proved to be the hub's."""

    head: PageHead
    items: tuple[tuple[Written, Item], ...]


def statement(head: PageHead, lines: bytes) -> bytes:
    """What a hub signs of a page."""
    said = (head.county, head.station, head.after, head.through, head.last, hashlib.sha256(lines).hexdigest())
    return "\n".join((f"{protocol.PROTOCOL} knowledge 1", *map(str, said), "")).encode()


def page(head: PageHead, items: Iterable[Item], pair: KeyPair) -> bytes:
    """The page's bytes, under the hub's name."""
    lines = _lines(items)
    public = pair.public
    signed = msgspec.structs.replace(
        head, algorithm=public.algorithm, key=public.key_id, signature=pair.sign(statement(head, lines))
    )
    return msgspec.json.encode(signed) + b"\n" + lines


def read_page(body: bytes, hub: PublicKey) -> tuple[PageHead, bytes]:
    """Its head and its lines, once the hub's signature was found right. Raises HubRejected H202, A321 as the caller words it."""
    first, found, lines = body.partition(b"\n")
    head = protocol.decoded(first, PageHead)
    if not found or head.v != VERSION or not 0 <= head.after <= head.through <= head.last:
        raise HubRejected("H202", why="knowledge")
    if head.algorithm != hub.algorithm or not hub.has_signed(statement(head, lines), head.signature):
        raise HubRejected("H202", why="signature")
    return head, lines


def items_of(head: PageHead, lines: bytes) -> tuple[tuple[Written, Item], ...]:
    """What stands in a page, in the order of the places. Raises HubRejected H202 where it is torn or malformed."""
    items = tuple(_items(lines))
    if len(items) != head.count or any(not head.after < item.place <= head.through for _, item in items):
        raise HubRejected("H202", why="count")
    return items


def offer(items: Sequence[Item]) -> bytes:
    """What a station hands in."""
    return msgspec.json.encode(OfferHead(VERSION, len(items))) + b"\n" + _lines(items)


def offered(body: bytes) -> tuple[Line, ...]:
    """What a station handed in, not looked into yet. Raises HubRejected H202."""
    first, found, lines = body.partition(b"\n")
    head = protocol.decoded(first, OfferHead)
    rows = tuple(protocol.decoded(line, Line) for line in lines.split(b"\n") if line)
    if not found or head.v != VERSION or len(rows) != head.count:
        raise HubRejected("H202", why="knowledge")
    return rows


def _lines(items: Iterable[Item]) -> bytes:
    return b"".join(msgspec.json.encode(Line(item.kind, msgspec.Raw(item.body), item.place)) + b"\n" for item in items)


def _items(lines: bytes) -> Iterable[tuple[Written, Item]]:
    for row in lines.split(b"\n"):
        if not row:
            continue
        line = protocol.decoded(row, Line)
        try:
            yield read(line.k, bytes(line.b)), Item(line.k, bytes(line.b), line.p)
        except (msgspec.MsgspecError, ValueError) as fault:
            raise HubRejected("H202", why="item") from fault
