"""Entries that came from elsewhere, written down with their places in the hub's order; erasures among them obeyed, orders folded."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sqlcipher3.dbapi2 import Connection

from county_hotline.db import journal
from county_hotline.db.beside import memos
from county_hotline.db.tables import projection
from county_hotline.domain.counted_time import counted_at
from county_hotline.domain.entries import Entry, happened
from county_hotline.domain.facts import Withdrawn, WordsErased
from county_hotline.domain.happened import in_sight
from county_hotline.domain.receipts import Received
from county_hotline.domain.reference import StationCard
from county_hotline.domain.upcasts import read_fact
from county_hotline.ids import EntryId, Number, StationId


def put(db: Connection, received: Sequence[Received], card: StationCard | None, *, fold_later: bool = False) -> set[Number]:
    """Write new entries with their receipts, obey erasures among them and fold the orders they touch; `fold_later`: only those of which
    words went, for of these no trace may stay."""
    if not received:
        return set()
    entries = [each.entry for each in received]
    numbers = {entry.work_order for entry in entries}
    known = _known_orders(db, numbers)
    rows = journal.add_all(db, entries)
    db.executemany(
        "INSERT INTO receipts VALUES (?,?,?)",
        [(each.hub_seq, row, each.received_at) for each, row in zip(received, rows, strict=True)],
    )
    db.executemany(
        "INSERT INTO ranks VALUES (?,?)",
        [(row, each.rank) for each, row in zip(received, rows, strict=True) if each.rank is not None],
    )
    note_absent(db, entries, card.station if card else None)
    _expect_no_more(db, entries)
    if any(
        counted_at(e.recorded_at, e.clock_note, each.received_at) != e.recorded_at
        for e, each in zip(entries, received, strict=True)
    ):
        memos.set_note(db, memos.DATED_WRONG, "1")
    erased = obey(db, numbers & known, list(zip(rows, entries, strict=True)))
    if fold_later:
        projection.put_off(db, rows[0])
        for number in sorted(erased):
            projection.refold(db, number, card)
    else:
        _fold(db, numbers, known | erased, list(zip(rows, received, strict=True)), card)
    return numbers


def note_absent(db: Connection, entries: Sequence[Entry], own: StationId | None) -> None:
    """Entries that came without their words: their sender could not send them (H104), or the fact that erased them comes later. A
    person's words are also kept from those not entitled: their absence counts on a hub and in this station's own entries."""
    absent = [
        (entry.entry_id,)
        for entry in entries
        if entry.words is None or (entry.person is None and entry.person_hash and own in (None, entry.station))
    ]
    db.executemany("INSERT OR IGNORE INTO held VALUES (?,'H104',0)", absent)


def _expect_no_more(db: Connection, entries: Sequence[Entry]) -> None:
    """Words that never came are not looked for any more once their record is withdrawn."""
    for entry in entries:
        fact = (
            read_fact(entry.kind, entry.version, entry.words.body if entry.words else None)
            if entry.kind == Withdrawn.kind
            else None
        )
        if isinstance(fact, Withdrawn):
            db.execute(
                "UPDATE held SET code = 'H108' WHERE entry_id = ? AND code = 'H104' AND NOT here AND EXISTS "
                "(SELECT 1 FROM entries e WHERE e.entry_id = held.entry_id AND e.station = ? AND e.work_order = ?)",
                (fact.entry_id, entry.station, entry.work_order),
            )


def _fold(
    db: Connection, numbers: set[Number], known: set[Number], arrived: list[tuple[int, Received]], card: StationCard | None
) -> None:
    """Orders met for the first time are folded from what just arrived, all at once; the others from the journal."""
    held = _not_folded(db)
    fresh: dict[Number, list[tuple[int, Received]]] = defaultdict(list)
    for row, each in arrived:
        if each.entry.work_order not in known and each.entry.entry_id not in held:
            fresh[each.entry.work_order].append((row, each))
    made = []
    for number, parts in fresh.items():
        parts.sort(key=lambda part: _agreed(part[1]))
        events = in_sight([happened(each.entry, each.hub_seq, each.received_at) for _, each in parts])
        made.append(projection.folded(number, min(row for row, _ in parts), events, card))
    projection.write_new(db, made)
    for number in sorted(known & numbers):
        projection.refold(db, number, card)


def obey(db: Connection, known: Iterable[Number], arrived: Sequence[tuple[int, Entry]]) -> set[Number]:
    """Obey the erasures among these entries, and those that were here before what they erase. The orders whose words went. What is held
    here is not obeyed."""
    held = held_here(db)
    asked = [
        (row, entry.version, entry.words.body)
        for row, entry in arrived
        if entry.kind == WordsErased.kind and entry.words is not None and entry.entry_id not in held
    ]
    asked += journal.erasures_of(db, known)
    orders = {row: entry.work_order for row, entry in arrived}
    touched = set()
    for row, version, words in asked:
        fact = read_fact(WordsErased.kind, version, words)
        if isinstance(fact, WordsErased) and journal.apply_erasure(db, row, fact) and row in orders:
            touched.add(orders[row])
    if touched:
        memos.set_note(db, memos.ERASING, "1")
    return touched


def held_here(db: Connection) -> frozenset[EntryId]:
    """What this PC itself, being a hub, holds back."""
    return frozenset(EntryId(row[0]) for row in db.execute("SELECT entry_id FROM held WHERE here"))


def _not_folded(db: Connection) -> frozenset[EntryId]:
    """As `journal.NOT_HELD` says."""
    rows = db.execute("SELECT entry_id FROM held WHERE here OR code = ?", (journal.STANDS,))
    return frozenset(EntryId(row[0]) for row in rows)


def _known_orders(db: Connection, numbers: Iterable[Number]) -> set[Number]:
    found: set[Number] = set()
    for part in journal.in_parts(numbers):
        marks = ",".join("?" * len(part))
        rows = db.execute(f"SELECT DISTINCT work_order FROM entries WHERE work_order IN ({marks})", part)
        found.update(Number(row[0]) for row in rows)
    return found


def _agreed(received: Received) -> tuple[bool, int, int]:
    """Its place in the agreed order, as `journal` sorts it."""
    return received.rank is None, received.rank or 0, received.hub_seq
