"""Entries as they lie here, with their words and receipts: one, those of a chain, those at places of the hub's order; and whether all adds up."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, Final

from sqlcipher3.dbapi2 import Connection

from county_hotline.db.journal import COLUMNS, in_parts
from county_hotline.domain.entries import GENESIS, Entry, Words, is_sound
from county_hotline.domain.receipts import Received
from county_hotline.ids import EntryId, Life, Number, OfficerId, StationId

_SELECT: Final = f"""
    SELECT {", ".join("e." + name for name in COLUMNS.split(", "))},
           w.salt, w.body, p.salt, p.body, r.hub_seq, r.received_at, e.entry, k.rank
    FROM entries e
    LEFT JOIN words w ON w.entry = e.entry
    LEFT JOIN persons p ON p.entry = e.entry
    LEFT JOIN receipts r ON r.entry = e.entry
    LEFT JOIN ranks k ON k.entry = e.entry
"""
_HUB_SEQ: Final = 20
_RECEIVED_AT: Final = 21
_ROW: Final = 22
_RANK: Final = 23

Row = tuple[Any, ...]


def _entry(row: Row) -> Entry:
    return Entry(
        entry_id=EntryId(row[0]),
        work_order=Number(row[1]),
        station=StationId(row[2]),
        life=Life(row[3]),
        serial=row[4],
        basis=row[5],
        officer=OfficerId(row[6]),
        recorded_at=row[7],
        clock_note=row[8],
        kind=row[9],
        version=row[10],
        words_hash=row[11],
        person_hash=row[12],
        prev_hash=row[13],
        hash=row[14],
        algorithm=row[15],
        words=None if row[16] is None else Words(row[16], row[17]),
        person=None if row[18] is None else Words(row[18], row[19]),
    )


def _received(row: Row) -> Received:
    return Received(row[_HUB_SEQ], row[_RECEIVED_AT], _entry(row), row[_RANK])


def one(db: Connection, entry_id: EntryId) -> Entry | None:
    """One entry as it lies here."""
    row = db.execute(_SELECT + " WHERE e.entry_id = ?", (entry_id,)).fetchone()
    return _entry(row) if row else None


def lacks_words(db: Connection, entry_id: EntryId) -> bool:
    """Whether the entry came here without its words, and they are still missing."""
    return db.execute("SELECT 1 FROM held WHERE entry_id = ? AND code = 'H104'", (entry_id,)).fetchone() is not None


def held_of(db: Connection, station: StationId) -> list[tuple[EntryId, str]]:
    """At a hub: what it holds of this station's records, and what it has of them without their words, with the code of each. Not what is
    settled."""
    rows = db.execute(
        "SELECT h.entry_id, h.code FROM held h JOIN entries e ON e.entry_id = h.entry_id "
        "WHERE e.station = ? AND (h.here OR h.code = 'H104') AND h.code <> 'H108' ORDER BY e.entry",
        (station,),
    )
    return [(EntryId(row[0]), row[1]) for row in rows]


def station_of(db: Connection, entry_id: EntryId) -> str:
    """Which station wrote this entry; empty where it is not here."""
    row = db.execute("SELECT station FROM entries WHERE entry_id = ?", (entry_id,)).fetchone()
    return row[0] if row else ""


def unsent(db: Connection, station: StationId, life: Life, *, after: int, limit: int) -> list[Entry]:
    """Entries of one life from serial `after` + 1 on, in serial order, at most `limit`."""
    rows = db.execute(
        _SELECT + " WHERE e.station = ? AND e.life = ? AND e.serial > ? ORDER BY e.serial LIMIT ?",
        (station, life, after, limit),
    )
    return [_entry(row) for row in rows]


def between(db: Connection, after: int, through: int, condition: str, values: Sequence[object]) -> list[Received]:
    """Entries with a place in the hub's order in (`after`, `through`] that fit `condition` (SQL of this folder over e, r)."""
    rows = db.execute(
        _SELECT + f" WHERE r.hub_seq > ? AND r.hub_seq <= ? AND {condition} ORDER BY r.hub_seq", (after, through, *values)
    )
    return [_received(row) for row in rows]


def again(db: Connection, after: int, through: int, condition: str, values: Sequence[object]) -> list[Received]:
    """Entries handed out once more at places in (`after`, `through`] that fit `condition` (SQL over e, r, d)."""
    rows = db.execute(
        f"{_SELECT} JOIN redelivered d ON d.entry = e.entry WHERE d.hub_seq > ? AND d.hub_seq <= ? AND {condition} ORDER BY d.hub_seq",
        (after, through, *values),
    )
    return [_received(row) for row in rows]


def at(db: Connection, places: Iterable[int]) -> list[Received]:
    """The entries at these places in the hub's order."""
    found: list[Received] = []
    for part in in_parts(places):
        rows = db.execute(_SELECT + f" WHERE r.hub_seq IN ({','.join('?' * len(part))})", part)
        found += [_received(row) for row in rows]
    return found


def damage(db: Connection, seen: Callable[[], None] = lambda: None) -> Iterator[str]:
    """What does not add up in the chains, one line each; nothing for a sound journal. `seen()` after each entry.

    Chains are whole only for lives of which every entry is here (the station's own, all on a hub): those in `chains`.
    """
    ends: dict[tuple[str, str], tuple[int, bytes]] = {}
    whole = {(row[0], row[1]) for row in db.execute("SELECT station, life FROM chains")}
    gone = {(row[0], row[1]) for row in db.execute("SELECT entry, part FROM erasures")}
    absent = {row[0] for row in db.execute("SELECT entry_id FROM held")}
    for row in db.execute(_SELECT + " ORDER BY e.station, e.life, e.serial"):
        entry, line = _entry(row), (row[2], row[3])
        place = f"{entry.station} {entry.life} {entry.serial}"
        if not is_sound(entry):
            yield f"J103 {place}"
        if entry.entry_id not in absent and _is_missed(row, entry, gone, whole=line in whole):
            yield f"J106 {place}"
        if line in whole:
            if (code := _break(entry, *ends.get(line, (0, GENESIS)))) is not None:
                yield f"{code} {place}"
            ends[line] = (entry.serial, entry.hash)
        seen()
    for station, life, serial, last_hash in db.execute("SELECT station, life, serial, hash FROM chains"):
        if ends.get((station, life)) != (serial, last_hash):
            yield f"J107 {station} {life} {serial}"


def _is_missed(row: Row, entry: Entry, gone: set[tuple[int, str]], *, whole: bool) -> bool:
    """Whether words are gone that no fact has erased. Persons' words may be withheld where the chain need not be whole."""
    if entry.words is None and (row[_ROW], "words") not in gone:
        return True
    return whole and entry.person is None and entry.person_hash != b"" and (row[_ROW], "person") not in gone


def _break(entry: Entry, serial: int, last_hash: bytes) -> str | None:
    if entry.serial != serial + 1:
        return "J102"
    return "J101" if entry.prev_hash != last_hash else None
