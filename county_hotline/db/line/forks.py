"""At a station whose present life went on at two places: what was written here under serials that the hub has otherwise is written once more.

Every fact goes into a new life, of the same order; an order accepted here meanwhile bears a number that the hub has given to another caller,
and gets a new one. The envelopes of the old entries stay in `forked`. Inside one transaction of `store`.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from sqlcipher3.dbapi2 import Connection

from county_hotline.db import entries_here, journal, writing
from county_hotline.db.tables import projection
from county_hotline.db.writing import Hand
from county_hotline.domain import sight
from county_hotline.domain.entries import Entry
from county_hotline.domain.facts import Accepted, Unknown
from county_hotline.domain.numbering import is_of
from county_hotline.domain.reference import StationCard
from county_hotline.domain.upcasts import read_fact, read_person
from county_hotline.domain.views import Renumbered
from county_hotline.errors import StoreFault
from county_hotline.ids import EntryId, Life, Number

FORK: Final = "sync.fork"
"""Note: the life that went on at two places, the last serial that both have, and the lives the hub knows; parted by spaces."""
_ALL: Final = 1 << 40
_ENVELOPE: Final = (
    "entry_id, work_order, station, life, serial, basis, officer, recorded_at, clock_note, kind, version, "
    "words_hash, person_hash, prev_hash, hash, algorithm"
)


def leave(db: Connection, card: StationCard, old: Life, common: int, new: Life) -> tuple[Renumbered, ...]:
    """Write in life `new` what stands in `old` after serial `common`. Which orders bear another number now.

    Raises StoreFault S130 where that cannot be done without losing something: words erased since, or of a newer release, or signed for.
    """
    entries = entries_here.unsent(db, card.station, old, after=common, limit=_ALL)
    rows = {entry.entry_id: _row_of(db, entry) for entry in entries}
    _can_be_left(db, entries, rows.values())
    stood = {entry.work_order: journal.row_of(db, entry.work_order) for entry in entries}
    became: dict[str, str] = {}
    written: list[tuple[int, Entry]] = []
    for entry in entries:
        hand = Hand(card, new, entry.officer, entry.recorded_at, entry.clock_note)
        if entry.kind == Accepted.kind and is_of(entry.work_order, card.station):
            became[entry.work_order] = writing.next_number(db, hand)
        again = _again(db, hand, entry, became, _basis(db, entry, common))
        became[entry.entry_id] = again.entry_id
        written.append((journal.append(db, again), again))
    _set_aside(db, entries, rows, became)
    _shorten(db, card, old, common, new)
    for row, entry in written:
        fact = read_fact(entry.kind, entry.version, entry.words.body if entry.words else None)
        writing.obeyed(db, row, fact)
    _fold(db, stood, {entry.work_order for _, entry in written}, card)
    given = [
        (entry.work_order, became[entry.work_order])
        for entry in entries
        if entry.kind == Accepted.kind and entry.work_order in became
    ]
    db.executemany("UPDATE incoming SET number = ? WHERE number = ?", [(now, was) for was, now in given])
    return tuple(Renumbered(was, Number(now)) for was, now in given)


def _row_of(db: Connection, entry: Entry) -> int:
    row: tuple[int] = db.execute("SELECT entry FROM entries WHERE entry_id = ?", (entry.entry_id,)).fetchone()
    return row[0]


def _can_be_left(db: Connection, entries: Iterable[Entry], rows: Iterable[int]) -> None:
    for entry in entries:
        fact = read_fact(entry.kind, entry.version, entry.words.body if entry.words else None)
        if isinstance(fact, Unknown) or entry.words is None or (entry.person is None and entry.person_hash):
            raise StoreFault("S130", serial=entry.serial)
    for row in rows:
        for table in ("receipts", "lapsed", "ranks"):
            if db.execute(f"SELECT 1 FROM {table} WHERE entry = ?", (row,)).fetchone():
                raise StoreFault("S130", serial=row)


def _basis(db: Connection, entry: Entry, common: int) -> str | None:
    """What its writer had seen: what the entry says, and what the old life has written of the order as both have it."""
    if sight.horizon_in(entry.basis):
        return entry.basis
    old = entry.station, entry.life
    last: int | None = db.execute(
        "SELECT max(serial) FROM entries WHERE work_order = ? AND station = ? AND life = ? AND serial <= ?",
        (entry.work_order, *old, common),
    ).fetchone()[0]
    return sight.told(sight.heads_in(entry.basis) | ({old: last} if last else {}))


def _again(db: Connection, hand: Hand, entry: Entry, became: dict[str, str], basis: str | None) -> Entry:
    """The same fact, as the next entry of the new life; entries and numbers that it names are those they became."""
    body = entry.words.body if entry.words else b""
    for was, now in became.items():
        body = body.replace(was.encode(), now.encode())
    fact = read_fact(entry.kind, entry.version, body)
    person = None if entry.person is None else read_person(entry.person.body)
    number = Number(became.get(entry.work_order, entry.work_order))
    return writing.sealed(db, hand, number, (fact, person), basis)


def _set_aside(db: Connection, entries: list[Entry], rows: dict[EntryId, int], became: dict[str, str]) -> None:
    ids = [(entry.entry_id,) for entry in entries]
    db.executemany(
        f"INSERT INTO forked SELECT {_ENVELOPE}, ?, ? FROM entries WHERE entry_id = ?",
        [(became[entry.entry_id], became.get(entry.work_order, entry.work_order), entry.entry_id) for entry in entries],
    )
    places = [(row,) for row in rows.values()]
    db.executemany("DELETE FROM erasures WHERE fact_entry = ?", places)
    db.executemany("DELETE FROM words WHERE entry = ?", places)
    db.executemany("DELETE FROM persons WHERE entry = ?", places)
    db.executemany("DELETE FROM held WHERE entry_id = ?", ids)
    db.executemany("DELETE FROM resending WHERE entry_id = ?", ids)
    db.executemany("DELETE FROM entries WHERE entry_id = ?", ids)


def _shorten(db: Connection, card: StationCard, old: Life, common: int, new: Life) -> None:
    """The old chain ends where both have it; together the chains say in how many orders this station has a hand."""
    end = journal.hash_at(db, card.station, old, common)
    if end is None:
        db.execute("DELETE FROM chains WHERE station = ? AND life = ?", (card.station, old))
    else:
        db.execute("UPDATE chains SET serial = ?, hash = ? WHERE station = ? AND life = ?", (common, end, card.station, old))
    of, told = db.execute(
        "SELECT (SELECT count(DISTINCT work_order) FROM entries WHERE station = ?), (SELECT total(orders) FROM chains WHERE station = ?)",
        (card.station, card.station),
    ).fetchone()
    correct = new if end is None else old
    db.execute("UPDATE chains SET orders = orders + ? WHERE station = ? AND life = ?", (of - int(told), card.station, correct))


def _fold(db: Connection, stood: dict[Number, int | None], now: set[Number], card: StationCard) -> None:
    for number, row in stood.items():
        if row is not None and row != journal.row_of(db, number):
            projection.drop(db, row)
    for number in sorted({*stood, *now}):
        projection.refold(db, number, card)
