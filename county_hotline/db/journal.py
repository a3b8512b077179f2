"""The append-only journal: writing entries, reading an order's story in the agreed order, checking the chains.

Nothing here opens or ends a transaction; `store` does. To change a work order, add a fact.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Final, TypeVar

from sqlcipher3.dbapi2 import Connection

from county_hotline.db.beside import files
from county_hotline.domain.entries import GENESIS, Entry
from county_hotline.domain.facts import WordsErased
from county_hotline.domain.happened import Happened, in_sight
from county_hotline.domain.receipts import Head
from county_hotline.domain.upcasts import read_fact, read_person
from county_hotline.domain.vocabulary import Erasure
from county_hotline.ids import EntryId, Life, Number, StationId

COLUMNS: Final = (
    "entry_id, work_order, station, life, serial, basis, officer, recorded_at, clock_note, kind, version, "
    "words_hash, person_hash, prev_hash, hash, algorithm"
)
_INSERT: Final = f"INSERT INTO entries ({COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
_INSERT_MANY: Final = f"INSERT INTO entries (entry, {COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)"
_EVENTS: Final = """
    SELECT e.entry_id, e.work_order, e.station, e.life, e.serial, e.basis, e.officer, e.recorded_at, e.clock_note, e.kind, e.version,
           w.body, p.body, r.hub_seq, r.received_at, e.entry
    FROM entries e
    LEFT JOIN words w ON w.entry = e.entry
    LEFT JOIN persons p ON p.entry = e.entry
    LEFT JOIN receipts r ON r.entry = e.entry
    LEFT JOIN ranks k ON k.entry = e.entry
"""
"""What the fold needs, without salts and hashes."""
AGREED_ORDER: Final = "r.hub_seq IS NULL, k.rank IS NULL, k.rank, r.hub_seq, e.entry"
"""The order of the work order's own hub (`ranks`, where that is not ours), then what it has not placed yet in our hub's, then what our
hub has not seen. Later places are always behind: whoever gives places gives them in the order in which entries reach it."""
_NO_LONGER_ABSENT: Final = """
    DELETE FROM held WHERE entry_id = ? AND code IN ('H104', 'H220') AND NOT here AND NOT EXISTS (
        SELECT 1 FROM entries e WHERE e.entry_id = held.entry_id AND (
            NOT EXISTS (SELECT 1 FROM words w WHERE w.entry = e.entry)
            AND NOT EXISTS (SELECT 1 FROM erasures x WHERE x.entry = e.entry AND x.part = 'words')
            OR e.person_hash <> x''
            AND NOT EXISTS (SELECT 1 FROM persons p WHERE p.entry = e.entry)
            AND NOT EXISTS (SELECT 1 FROM erasures x WHERE x.entry = e.entry AND x.part = 'person')))
"""
STANDS: Final = "H107"
"""Held: a withdrawal of a record that stands. It counts for nothing, at the hub and at its station."""
NOT_HELD: Final = f"e.entry_id NOT IN (SELECT entry_id FROM held WHERE here OR code = '{STANDS}')"
"""SQL over e: what this PC itself, being a hub, holds back for repair is not folded; nor is a withdrawal that its hub refused."""

Row = tuple[Any, ...]
T = TypeVar("T")


def append(db: Connection, entry: Entry, *, first_hand: bool = False) -> int:
    """Write one entry of this station's own chain and move the chain's end. Returns its arrival number.

    `first_hand`: it is known to be this station's first entry of its order; else that is looked up.
    """
    first_hand = first_hand or not has_hand_in(db, entry.work_order, entry.station)
    row = db.execute(_INSERT, _envelope(entry)).lastrowid
    _write_words(db, [(row, entry)])
    db.execute(
        "INSERT INTO chains (station, life, serial, hash, orders) VALUES (?,?,?,?,?) "
        "ON CONFLICT DO UPDATE SET serial = excluded.serial, hash = excluded.hash, orders = orders + excluded.orders",
        (entry.station, entry.life, entry.serial, entry.hash, int(first_hand)),
    )
    return int(row)


def carry_on(db: Connection, station: StationId, lives: Mapping[Life, int]) -> None:
    """Own entries of earlier lives came back from the hub (this file was put back from a backup): their chains here go on as far as
    they are whole, and are signed for as far as each has its receipt. With each life, of how many more orders it is the first hand."""
    for life, orders in lives.items():
        head = chain_head(db, station, life) or Head(station, life, 0, GENESIS)
        serial, last_hash = head.serial, head.hash
        for found, previous, digest in db.execute(
            "SELECT serial, prev_hash, hash FROM entries WHERE station = ? AND life = ? AND serial > ? ORDER BY serial",
            (station, life, head.serial),
        ):
            if found != serial + 1 or previous != last_hash:
                break
            serial, last_hash = found, digest
        first_unsigned = db.execute(
            "SELECT min(e.serial) FROM entries e LEFT JOIN receipts r ON r.entry = e.entry "
            "WHERE e.station = ? AND e.life = ? AND r.entry IS NULL",
            (station, life),
        ).fetchone()[0]
        signed = serial if first_unsigned is None else min(serial, first_unsigned - 1)
        db.execute(
            "INSERT INTO chains (station, life, serial, hash, receipted, orders) VALUES (?,?,?,?,?,?) ON CONFLICT DO UPDATE SET "
            "serial = excluded.serial, hash = excluded.hash, receipted = max(receipted, excluded.receipted), "
            "orders = orders + excluded.orders",
            (station, life, serial, last_hash, signed, orders),
        )


def add_all(db: Connection, entries: Sequence[Entry]) -> list[int]:
    """Write entries that came from elsewhere, in the order given. Returns their arrival numbers. Chains' ends are the caller's."""
    first = (db.execute("SELECT max(entry) FROM entries").fetchone()[0] or 0) + 1
    numbered = list(enumerate(entries, first))
    db.executemany(_INSERT_MANY, [(row, *_envelope(entry)) for row, entry in numbered])
    _write_words(db, numbered)
    return [row for row, _ in numbered]


def _envelope(entry: Entry) -> tuple[object, ...]:
    return (
        entry.entry_id,
        entry.work_order,
        entry.station,
        entry.life,
        entry.serial,
        entry.basis,
        entry.officer,
        entry.recorded_at,
        entry.clock_note,
        entry.kind,
        entry.version,
        entry.words_hash,
        entry.person_hash,
        entry.prev_hash,
        entry.hash,
        entry.algorithm,
    )


def _write_words(db: Connection, numbered: Sequence[tuple[int, Entry]]) -> None:
    words = [(row, e.words.salt, e.words.body) for row, e in numbered if e.words is not None]
    persons = [(row, e.person.salt, e.person.body) for row, e in numbered if e.person is not None]
    if words:
        db.executemany("INSERT INTO words VALUES (?,?,?)", words)
    if persons:
        db.executemany("INSERT INTO persons VALUES (?,?,?)", persons)


def apply_erasure(db: Connection, fact_entry: int, fact: WordsErased) -> bool:
    """Erase what the fact says, once; the line in `erasures` is what the database lets words go by. False: not here.

    Only words of the fact's own order: none may erase what it was not written for.
    """
    target = db.execute(
        "SELECT t.entry FROM entries t JOIN entries f ON f.work_order = t.work_order WHERE t.entry_id = ? AND f.entry = ?",
        (fact.entry_id, fact_entry),
    ).fetchone()
    if target is None:
        return False
    files.doom(db, target[0])
    parts = {Erasure.WORDS: ("words",), Erasure.PERSON: ("person",), Erasure.BOTH: ("words", "person")}[fact.erasure]
    for part in parts:
        db.execute("INSERT OR IGNORE INTO erasures VALUES (?,?,?)", (target[0], part, fact_entry))
        table = "words" if part == "words" else "persons"
        db.execute(f"DELETE FROM {table} WHERE entry = ?", (target[0],))
    db.execute(_NO_LONGER_ABSENT, (fact.entry_id,))
    return True


def erasures_of(db: Connection, numbers: Iterable[Number]) -> Iterator[tuple[int, int, bytes]]:
    """The erasures written for these orders: entry, version and words of each. Held ones are left out."""
    for part in in_parts(numbers):
        marks = ",".join("?" * len(part))
        yield from db.execute(
            f"SELECT e.entry, e.version, w.body FROM entries e JOIN words w ON w.entry = e.entry "
            f"WHERE e.work_order IN ({marks}) AND e.kind = ? AND {NOT_HELD}",
            (*part, WordsErased.kind),
        ).fetchall()


def _happened(row: Row) -> Happened:
    """A row of `_EVENTS` as the fold sees it."""
    return Happened(
        entry_id=row[0],
        fact=read_fact(row[9], row[10], row[11]),
        station=row[2],
        life=row[3],
        serial=row[4],
        basis=row[5],
        officer=row[6],
        recorded_at=row[7],
        clock_note=row[8],
        person=None if row[12] is None else read_person(row[12]),
        hub_seq=row[13],
        received_at=row[14],
    )


def story(db: Connection, number: Number) -> tuple[Happened, ...]:
    """Everything that happened to one order, in the agreed order: the hub's, then what it has not seen yet. Held entries are left out."""
    rows = db.execute(_EVENTS + f" WHERE e.work_order = ? AND {NOT_HELD} ORDER BY {AGREED_ORDER}", (number,))
    return in_sight([_happened(row) for row in rows])


def row_of(db: Connection, number: Number) -> int | None:
    """The order's row in the folded tables: the arrival number of its first entry here. None where nothing of it is folded."""
    row: tuple[int | None] = db.execute(
        f"SELECT min(e.entry) FROM entries e WHERE e.work_order = ? AND {NOT_HELD}", (number,)
    ).fetchone()
    return row[0]


def last_number(db: Connection, beginning: str, station: StationId) -> Number | None:
    """The last number with this beginning that the station has given. The journal itself is the counter: it never goes back."""
    row = db.execute(
        "SELECT work_order FROM entries WHERE work_order > ? AND work_order < ? AND +station = ? "
        "ORDER BY work_order DESC LIMIT 1",
        (beginning, beginning + "~", station),
    ).fetchone()
    return Number(row[0]) if row else None


def has_hand_in(db: Connection, number: Number, station: StationId) -> bool:
    """Whether this station has written something of the order."""
    row = db.execute("SELECT 1 FROM entries WHERE work_order = ? AND station = ? LIMIT 1", (number, station)).fetchone()
    return row is not None


def stories(db: Connection) -> Iterator[tuple[Number, int, tuple[Happened, ...]]]:
    """All orders with their first arrival number and story, one at a time: memory stays flat however long the journal."""
    cursor = db.execute(_EVENTS + f" WHERE {NOT_HELD} ORDER BY e.work_order, {AGREED_ORDER}")
    number: Number | None = None
    first, events = 0, list[Happened]()
    for row in cursor:
        if row[1] != number:
            if number is not None:
                yield number, first, in_sight(events)
            number, first, events = Number(row[1]), row[15], []
        first = min(first, row[15])
        events.append(_happened(row))
    if number is not None:
        yield number, first, in_sight(events)


def entries_here(db: Connection, ids: Iterable[EntryId]) -> set[EntryId]:
    """Which of these entries are already here."""
    here: set[EntryId] = set()
    for part in in_parts(ids):
        marks = ",".join("?" * len(part))
        rows = db.execute(f"SELECT entry_id FROM entries WHERE entry_id IN ({marks})", part)
        here.update(EntryId(row[0]) for row in rows)
    return here


def in_parts(values: Iterable[T]) -> Iterator[list[T]]:
    """Pieces short enough for one statement."""
    wanted = list(values)
    for start in range(0, len(wanted), 500):
        yield wanted[start : start + 500]


def last_place(db: Connection) -> int:
    """The last place given in this hub's order: to an entry received, or to one handed out once more."""
    last: int = db.execute(
        "SELECT max((SELECT ifnull(max(hub_seq), 0) FROM receipts), (SELECT ifnull(max(hub_seq), 0) FROM redelivered))"
    ).fetchone()[0]
    return last


def hand_out_again(db: Connection, rows: Sequence[int]) -> None:
    """At a hub: these entries (arrival numbers) go out once more to all whom they concern, at places of their own."""
    first = last_place(db) + 1
    db.executemany("INSERT INTO redelivered VALUES (?,?)", list(enumerate(rows, first)))


def take_words(db: Connection, row: int, entry: Entry) -> bool:
    """The words of an entry that is here without them (arrival number `row`), as far as they were not erased. Whether any were taken."""
    gone = {each[0] for each in db.execute("SELECT part FROM erasures WHERE entry = ?", (row,))}
    before = db.total_changes
    for table, part, words in (("words", "words", entry.words), ("persons", "person", entry.person)):
        if words is not None and part not in gone:
            db.execute(f"INSERT OR IGNORE INTO {table} VALUES (?,?,?)", (row, words.salt, words.body))
    taken = bool(db.total_changes > before)
    if taken:
        db.execute(_NO_LONGER_ABSENT, (entry.entry_id,))
    return taken


def chain_head(db: Connection, station: StationId, life: Life) -> Head | None:
    """The end of one chain as it lies here, or None where it has not begun."""
    row = db.execute("SELECT serial, hash FROM chains WHERE station = ? AND life = ?", (station, life)).fetchone()
    return Head(station, life, row[0], row[1]) if row else None


def hash_at(db: Connection, station: StationId, life: Life, serial: int) -> bytes | None:
    """The hash of the entry at this place of a chain, or None where it is not here."""
    row = db.execute(
        "SELECT hash FROM entries WHERE station = ? AND life = ? AND serial = ?", (station, life, serial)
    ).fetchone()
    return row[0] if row else None
