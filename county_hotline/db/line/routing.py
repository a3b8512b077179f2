"""Whom an order concerns, on a hub: the units and stations it came from or went to; the centre's desks see all.

A reader's feed is ordered by *position*: an entry's place in the hub's order, or, for what was written before the order
concerned the reader, the place at which it began to. So a cursor is one number and nothing is skipped.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Sequence
from typing import Final, NamedTuple

import msgspec
from sqlcipher3.dbapi2 import Connection

from county_hotline.db import entries_here, journal
from county_hotline.db.relaying import below
from county_hotline.domain.entries import Entry
from county_hotline.domain.facts import (
    Accepted,
    Corrected,
    Dispatched,
    RepeatJoined,
    SiteFindings,
    SupervisionIssued,
    UnitsCalled,
    Unknown,
)
from county_hotline.domain.folding import fold
from county_hotline.domain.numbering import is_of, is_valid, station_in
from county_hotline.domain.receipts import Page, Received
from county_hotline.domain.reference import StationCard
from county_hotline.domain.upcasts import read_fact
from county_hotline.domain.vocabulary import StationRole
from county_hotline.ids import EntryId, Life, Number, StationId

_NOT_MINE: Final = f"NOT (e.station = ? AND e.life = ?) AND (e.station = ? OR {journal.NOT_HELD})"
"""A station whose data were put back lacks what it wrote in earlier lives: that it gets back whatever is held of it."""
_NOT_FROM_BELOW: Final = f"e.station NOT IN (SELECT station FROM below WHERE relay = ?) AND {journal.NOT_HELD}"
_CONCERNED: Final = (
    "EXISTS (SELECT 1 FROM concerns c WHERE c.reader IN (?,?) AND c.work_order = e.work_order AND c.since <= r.hub_seq)"
)
_AGAIN: Final = (
    f"FROM redelivered d JOIN entries e ON e.entry = d.entry JOIN receipts r ON r.entry = e.entry WHERE {journal.NOT_HELD}"
)
_CONCERNED_AGAIN: Final = (
    "EXISTS (SELECT 1 FROM concerns c WHERE c.reader IN (?,?) AND c.work_order = e.work_order AND c.since <= d.hub_seq)"
)
_SAYS_WHOSE: Final = (
    "SELECT e.station, e.kind, e.version, w.body FROM entries e JOIN receipts r ON r.entry = e.entry "
    f"LEFT JOIN words w ON w.entry = e.entry WHERE e.work_order = ? AND e.kind IN (?,?) AND {journal.NOT_HELD} ORDER BY r.hub_seq"
)
_FRESH: Final = f"FROM receipts r JOIN entries e ON e.entry = r.entry WHERE (e.station = ? OR {_CONCERNED})"
_LATE: Final = (
    "FROM concerns c CROSS JOIN entries e ON e.work_order = c.work_order JOIN receipts r ON r.entry = e.entry "
    "WHERE c.reader IN (?,?) AND e.station <> ? AND r.hub_seq < c.since AND NOT EXISTS (SELECT 1 FROM concerns d WHERE d.reader IN (?,?) "
    "AND d.work_order = c.work_order AND (d.since < c.since OR (d.since = c.since AND d.reader < c.reader)))"
)


def route(db: Connection, received: Sequence[Received], writer: StationCard | None) -> None:
    """Note whom these entries' orders concern from now on; `writer` sent them, and none of them is held back (`admitting` has seen to it
    that dispatches, supervisions and calls are its to write). Nothing else makes an order anybody's concern.

    An agency that lets go of an order still gets what is written of it: the words on its card, its appeal or its share come later.
    """
    lines: dict[tuple[str, str], int] = {}
    for each in received:
        for reader in _readers_of(db, each.entry, writer):
            lines.setdefault((reader, each.entry.work_order), each.hub_seq)
    lines = {**below.relays_concerned(db, lines), **lines}
    db.executemany("INSERT OR IGNORE INTO concerns VALUES (?,?,?)", [(*key, seq) for key, seq in lines.items()])


_BRINGING: Final = frozenset(
    fact.kind for fact in (Accepted, Dispatched, UnitsCalled, SiteFindings, SupervisionIssued, RepeatJoined)
)


def _readers_of(db: Connection, entry: Entry, writer: StationCard | None) -> list[str]:
    if entry.kind not in _BRINGING:
        return []
    match read_fact(entry.kind, entry.version, entry.words.body if entry.words else None):
        case Accepted(unit=unit) if is_of(entry.work_order, entry.station):
            return [f"station {entry.station}", *_units(unit)]
        case Dispatched(agency=agency):
            return _units(agency)
        case UnitsCalled(agencies=agencies) | SupervisionIssued(agencies=agencies):
            return _units(*agencies)
        case SiteFindings(tasks=tasks):
            return _units(*(task.agency for task in tasks))
        case RepeatJoined(repeat=repeat):
            return _tellers_of(db, repeat, writer)
        case _ if entry.kind == Accepted.kind and is_of(entry.work_order, entry.station):
            return [f"station {entry.station}"]  # of a newer release, or without its words
    return []


def _units(*agencies: str) -> list[str]:
    return [f"unit {agency}" for agency in agencies if agency]


def _tellers_of(db: Connection, repeat: Number, writer: StationCard | None) -> list[str]:
    """Who took a repeat has to tell its caller what became of the order it goes on in. Only the centre joins another's repeat."""
    if not is_valid(repeat):
        return []
    took = unit_that_took(db, repeat)
    if writer is not None and not (is_central(writer) or is_of(repeat, writer.station) or took == writer.unit):
        return []
    stations = db.execute("SELECT reader FROM concerns WHERE work_order = ? AND reader LIKE 'station %'", (repeat,)).fetchall()
    return [f"station {station_in(repeat)}", *(row[0] for row in stations), *_units(took)]


def unit_that_took(db: Connection, number: Number) -> str:
    """受理单位 as the order's acceptance says; empty where that is not here or cannot be read."""
    for version, body in db.execute(
        "SELECT e.version, w.body FROM entries e LEFT JOIN words w ON w.entry = e.entry "
        f"WHERE e.work_order = ? AND e.kind = ? AND e.station = ? AND {journal.NOT_HELD} ORDER BY e.entry",
        (number, Accepted.kind, station_in(number)),
    ):
        match read_fact(Accepted.kind, version, body):
            case Accepted(unit=unit):
                return unit
    return ""


def has_in_hand(db: Connection, number: Number, card: StationCard) -> bool:
    """Whether the order was taken by this station or its unit, or given to the unit to handle; being called or supervised is not it."""
    if is_central(card) or is_of(number, card.station) or unit_that_took(db, number) == card.unit:
        return True
    given = db.execute(
        "SELECT e.kind, e.version, w.body FROM entries e JOIN words w ON w.entry = e.entry "
        f"WHERE e.work_order = ? AND e.kind IN (?,?) AND {journal.NOT_HELD}",
        (number, Dispatched.kind, SiteFindings.kind),
    )
    for kind, version, body in given:
        match read_fact(kind, version, body):
            case Dispatched(agency=agency) if agency == card.unit:
                return True
            case SiteFindings(tasks=tasks) if any(task.agency == card.unit for task in tasks):
                return True
    return False


def concerning(db: Connection, card: StationCard, numbers: Iterable[Number]) -> set[Number]:
    """Which of these orders the hub has made this station's concern."""
    found: set[Number] = set()
    for part in journal.in_parts(numbers):
        marks = ",".join("?" * len(part))
        rows = db.execute(
            f"SELECT work_order FROM concerns WHERE reader IN (?,?) AND work_order IN ({marks})", (*keys(card), *part)
        )
        found.update(Number(row[0]) for row in rows)
    return found


def is_central(card: StationCard) -> bool:
    """Whether the station is given everything."""
    return card.role is StationRole.CENTRE


def keys(card: StationCard) -> tuple[str, str]:
    """Under what a station stands in `concerns`."""
    return f"station {card.station}", f"unit {card.unit}"


def page_for(db: Connection, reader: StationCard, *, after: int, limit: int, life: Life) -> Page:
    """What concerns `reader` after its cursor, but for what it wrote itself in `life`. At least one whole position a page."""
    end = max(journal.last_place(db), after)
    feed = _feed_of(reader, life)
    cut = feed.cut(db, after, limit)
    cursor = end if cut is None else cut
    entries = feed.entries(db, after, cursor)
    if not is_central(reader):
        entries = _entitled(db, entries, reader)
    return Page(tuple(_said_why_held(db, entries, reader.station)), cursor, cut is None)


def stays_concerned(db: Connection, card: StationCard) -> None:
    """A station that belongs to another unit from now on keeps what concerned it by its old one."""
    db.execute(
        "INSERT OR IGNORE INTO concerns SELECT ?, work_order, since FROM concerns WHERE reader = ?",
        keys(card),
    )


def _feed_of(reader: StationCard, life: Life) -> _All | _Feed:
    if is_central(reader):
        return _All((reader.station, life, reader.station))
    if reader.role is StationRole.RELAY:
        return _Feed(keys(reader), reader.station, (reader.station,), _NOT_FROM_BELOW)
    return _Feed(keys(reader), reader.station, (reader.station, life, reader.station))


class _All(NamedTuple):
    """What the centre's desks are given: everything, at its own place."""

    mine: tuple[StationId, Life, StationId]
    """Values of `_NOT_MINE`."""

    def cut(self, db: Connection, after: int, limit: int) -> int | None:
        """The place in the hub's order at which a page of about `limit` ends; None where all that is left fits."""
        places = db.execute(
            f"SELECT r.hub_seq FROM receipts r JOIN entries e ON e.entry = r.entry WHERE r.hub_seq > ? AND {_NOT_MINE} "
            f"UNION ALL SELECT d.hub_seq {_AGAIN} AND d.hub_seq > ? ORDER BY 1 LIMIT ?",
            (after, *self.mine, after, limit + 1),
        ).fetchall()
        return places[limit - 1][0] if len(places) > limit else None

    def entries(self, db: Connection, after: int, through: int) -> list[Received]:
        fresh = entries_here.between(db, after, through, _NOT_MINE, self.mine)
        return _once(fresh, entries_here.again(db, after, through, journal.NOT_HELD, ()))


class _Feed(NamedTuple):
    """What one reader is given: `fresh` entries at their own place in the hub's order; `late` ones, written before their order concerned
    the reader, at the place from which on it does; and those handed out once more. Its own are never late, whatever concerns it: so a
    chain comes back in its own order. All questions begin at the cursor, however much lies before it."""

    readers: tuple[str, str]
    own: StationId
    mine: tuple[str, ...]
    but: str = _NOT_MINE
    """SQL over e: without what the reader wrote itself; `mine` are its values."""

    def cut(self, db: Connection, after: int, limit: int) -> int | None:
        """The place in the hub's order at which a page of about `limit` ends; None where all that is left fits."""
        fresh = db.execute(
            f"SELECT r.hub_seq, 1 {_FRESH} AND r.hub_seq > ? AND {self.but} ORDER BY r.hub_seq LIMIT ?",
            (self.own, *self.readers, after, *self.mine, limit + 1),
        ).fetchall()
        late = db.execute(
            f"SELECT c.since, count(*) {_LATE} AND c.since > ? AND {self.but} GROUP BY c.since ORDER BY c.since LIMIT ?",
            (*self.readers, self.own, *self.readers, after, *self.mine, limit + 1),
        ).fetchall()
        again = db.execute(
            f"SELECT d.hub_seq, 1 {_AGAIN} AND {_CONCERNED_AGAIN} AND d.hub_seq > ? ORDER BY d.hub_seq LIMIT ?",
            (*self.readers, after, limit + 1),
        ).fetchall()
        total, at = 0, after
        for position, count in sorted((*fresh, *late, *again)):
            if total >= limit and position > at:
                return at
            total, at = total + count, position
        return None

    def entries(self, db: Connection, after: int, through: int) -> list[Received]:
        again = entries_here.again(db, after, through, f"{_CONCERNED_AGAIN} AND {journal.NOT_HELD}", self.readers)
        found = sorted((*self.late(db, after, through), *self.fresh(db, after, through)), key=lambda each: each.hub_seq)
        return _once(found, again)

    def fresh(self, db: Connection, after: int, through: int) -> list[Received]:
        whose = f"(e.station = ? OR {_CONCERNED}) AND {self.but}"
        return entries_here.between(db, after, through, whose, (self.own, *self.readers, *self.mine))

    def late(self, db: Connection, after: int, through: int) -> list[Received]:
        rows = db.execute(
            f"SELECT r.hub_seq {_LATE} AND c.since > ? AND c.since <= ? AND {self.but}",
            (*self.readers, self.own, *self.readers, after, through, *self.mine),
        ).fetchall()
        return entries_here.at(db, [row[0] for row in rows])


def _once(found: Sequence[Received], again: Sequence[Received]) -> list[Received]:
    """Each entry once, though a page may reach from its own place to where it was handed out again."""
    here = {each.entry.entry_id for each in found}
    more = {each.entry.entry_id: each for each in again if each.entry.entry_id not in here}
    return [*found, *more.values()]


def _said_why_held(db: Connection, entries: Sequence[Received], own: StationId) -> list[Received]:
    """The same entries; a station's own that do not stand at this hub say so."""
    why: dict[EntryId, str] = {}
    for part in journal.in_parts(each.entry.entry_id for each in entries if each.entry.station == own):
        marks = ",".join("?" * len(part))
        sql = f"SELECT entry_id, code FROM held WHERE here AND code <> 'H108' AND entry_id IN ({marks})"
        why.update(db.execute(sql, part).fetchall())
    if not why:
        return list(entries)
    return [msgspec.structs.replace(each, held=why.get(each.entry.entry_id, "")) for each in entries]


def _entitled(db: Connection, entries: Sequence[Received], reader: StationCard) -> list[Received]:
    """The same entries without the person's words of confidential orders, unless they come from the reader's own unit or are its own
    words (P9)."""
    closed = closed_to(db, reader, {each.entry.work_order for each in entries if _tells_of_a_caller(each, reader)})
    return [
        _without_person(each) if each.entry.work_order in closed and _tells_of_a_caller(each, reader) else each
        for each in entries
    ]


def _tells_of_a_caller(received: Received, reader: StationCard) -> bool:
    return received.entry.person is not None and received.entry.station != reader.station


def closed_to(db: Connection, reader: StationCard, numbers: Iterable[Number]) -> set[Number]:
    """Those of these orders whose caller is kept from the reader."""
    stations: set[str] = {reader.station}
    units: set[str] = {reader.unit}
    if reader.role is StationRole.RELAY and numbers:
        stations, units = below.behind(db, reader.station)
    return {number for number in numbers if is_closed(db, number, stations, units)}


def is_closed(db: Connection, number: Number, stations: Container[str], units: Container[str]) -> bool:
    """Whether the caller is kept from a reader that speaks for these stations and units. Anybody may close an order; only the station
    that took it may open it again. What cannot be read here (a newer release's, erased) is taken for confidential."""
    if station_in(number) in stations:
        return False
    closed, was_closed = True, False
    for station, kind, version, body in db.execute(_SAYS_WHOSE, (number, Accepted.kind, Corrected.kind)):
        match read_fact(kind, version, body):
            case Accepted(unit=unit, confidential=confidential) if is_of(number, station):
                if unit in units:
                    return False
                closed = confidential
            case Corrected(confidential=bool(confidential)) if confidential or is_of(number, station):
                closed, was_closed = confidential, was_closed or confidential
            case Unknown():
                closed = True
    if (
        not closed and was_closed
    ):  # opened again, or unseen by whoever closed it: then it stays closed until somebody settles (ADR 0021)
        return fold(number, journal.story(db, number)).is_confidential
    return closed


def _without_person(received: Received) -> Received:
    return msgspec.structs.replace(received, entry=msgspec.structs.replace(received.entry, person=None))
