"""What a station may do with a file at a hub: it goes wherever the entry that names it goes, and no further (P9)."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

import msgspec
from sqlcipher3.dbapi2 import Connection

from county_hotline.db.beside import file_senders, files, knowledge_items
from county_hotline.db.line import routing
from county_hotline.db.relaying import below
from county_hotline.domain.files import Naming
from county_hotline.domain.reference import StationCard
from county_hotline.ids import Number, StationId


class FileRights(NamedTuple):
    """What a station may do with a file at this hub."""

    sizes: frozenset[int] = frozenset()
    """How large entries that concern the station say it is; none: the file is not the station's concern, and it learns nothing of it."""
    may_send: bool = False
    may_have: bool = False
    has_sent: bool = False
    """All of it, or was given it."""

    @property
    def may_know(self) -> bool:
        """Whether the file is here."""
        return self.may_have or self.has_sent


def rights_of(db: Connection, reader: StationCard, sha256: str) -> FileRights:
    """A file goes wherever the entry that names it goes. One that shows the caller goes wherever the person's words of that entry go (P9):
    so the clerk said (personal), or nobody was asked before the order became confidential. Whoever reads an entry reads the hash, so only
    who had the file can bring it to anybody by naming it."""
    named = files.naming(db, sha256)
    senders = file_senders.senders(db, sha256)
    mine = _naming_for(db, named, reader)
    had = _by_who_had_it(db, named, senders)
    may_have = any(_is_given(db, each, reader) for each in mine if each in had)
    return FileRights(frozenset(each.size for each in mine), bool(mine), may_have, reader.station in senders)


def with_articles(db: Connection, rights: FileRights, reader: StationCard, sha256: str) -> FileRights:
    """What else it may where a version of an article names the file: its author may send it, and who had the file (see `file_rights`)
    brings it to everybody; but what an order shows a caller in goes no further for it (P9)."""
    named = knowledge_items.naming(db, sha256)
    if not named:
        return rights
    senders = file_senders.senders(db, sha256)
    shows_a_caller = any(each.is_personal is not False for each in files.naming(db, sha256))
    return FileRights(
        sizes=rights.sizes | {size for size, _ in named},
        may_send=rights.may_send or any(author == reader.station for _, author in named),
        may_have=rights.may_have or (not shows_a_caller and any(author in senders for _, author in named)),
        has_sent=rights.has_sent,
    )


def _naming_for(db: Connection, named: Sequence[Naming], reader: StationCard) -> list[Naming]:
    numbers = {each.number for each in named}
    concerned = numbers if routing.is_central(reader) else routing.concerning(db, reader, numbers)
    return [each for each in named if each.number in concerned or each.station == reader.station]


def _by_who_had_it(db: Connection, named: Sequence[Naming], senders: Collection[str]) -> list[Naming]:
    """Of namings, in the order in which they came: those by stations that have sent the file, or could have fetched it by an earlier one.
    Where nobody has sent it yet (or a hub put back from a backup has forgotten who did), the first is believed. So is, where a relay has
    sent it, the first from below that relay: it had the file of that station."""
    had: list[Naming] = []
    vouched: set[str] = set()
    for each in named:
        relay = below.relay_of(db, StationId(each.station)) or ""
        by_relay = relay in senders and relay not in vouched
        vouched |= {relay} if by_relay else set()
        if by_relay or each.station in senders or (not had and not senders) or _could_fetch(db, had, each.station):
            had.append(each)
    return had


def _could_fetch(db: Connection, had: Sequence[Naming], station: str) -> bool:
    row = db.execute(
        "SELECT card FROM hub_stations WHERE station = ? UNION ALL SELECT card FROM below WHERE station = ?", (station, station)
    ).fetchone()
    if row is None:
        return False
    card = msgspec.json.decode(row[0], type=StationCard)
    return any(_is_given(db, each, card) for each in _naming_for(db, had, card))


def _is_given(db: Connection, named: Naming, reader: StationCard) -> bool:
    return named.is_personal is False or _is_told_the_caller(db, named.number, reader)


def _is_told_the_caller(db: Connection, number: Number, reader: StationCard) -> bool:
    """Whether a page for the reader would carry the person's words of an entry of this order."""
    if routing.is_central(reader):
        return True
    is_here = db.execute("SELECT 1 FROM entries e JOIN receipts r ON r.entry = e.entry WHERE e.work_order = ?", (number,))
    return is_here.fetchone() is not None and not routing.closed_to(db, reader, [number])
