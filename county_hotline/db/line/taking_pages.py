"""At a station: a receipt or a page of its hub, as the database takes it. Inside one transaction of `store`; may be repeated (I4)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from sqlcipher3.dbapi2 import Connection

from county_hotline.db import entries_here, journal
from county_hotline.db.beside import memos
from county_hotline.db.line import lapsing, placing, ranking
from county_hotline.db.tables import projection
from county_hotline.domain.counted_time import counted_at
from county_hotline.domain.entries import Entry, is_sound
from county_hotline.domain.receipts import Held, Page, Receipt, Received
from county_hotline.domain.reference import StationCard
from county_hotline.errors import NotTrusted
from county_hotline.ids import EntryId, Life, Number, StationId


def take_receipt(db: Connection, receipt: Receipt, card: StationCard, life: Life) -> frozenset[Number]:
    """At a station (in its present `life`): the hub's word for its own entries. Raises NotTrusted A314 when it names entries of this
    life that are not here, A315 when its chain or its order is not ours."""
    _agrees_with_ours(db, receipt, present=receipt.life == life)
    rows: list[tuple[int, int, int]] = []
    numbers: set[Number] = set()
    dated_wrong: set[Number] = set()
    for run in receipt.runs:
        at = run.received_at or receipt.received_at
        found = db.execute(
            "SELECT e.serial, e.entry, e.recorded_at, e.clock_note, e.work_order FROM entries e LEFT JOIN receipts r ON r.entry = e.entry "
            "WHERE e.station = ? AND e.life = ? AND e.serial BETWEEN ? AND ? AND r.entry IS NULL",
            (receipt.station, receipt.life, run.first, run.last),
        )
        for serial, entry, recorded_at, note, number in found:
            rows.append((run.hub_seq + serial - run.first, entry, at))
            numbers.add(number)
            if counted_at(recorded_at, note, at) != counted_at(recorded_at, note):
                dated_wrong.add(number)
    touched = frozenset(numbers)
    _places_are_free(db, [(seq, receipt.life, receipt.runs[0].first) for seq, _, _ in rows])
    db.executemany("INSERT INTO receipts VALUES (?,?,?)", rows)
    through = max((run.last for run in receipt.runs), default=0)
    db.execute(
        "UPDATE chains SET receipted = max(receipted, ?) WHERE station = ? AND life = ?",
        (through, receipt.station, receipt.life),
    )
    db.executemany("INSERT OR IGNORE INTO held VALUES (?,?,0)", [(h.entry_id, h.code) for h in receipt.held])
    if dated_wrong:
        memos.set_note(db, memos.DATED_WRONG, "1")
    refused = [each.entry_id for each in receipt.held if each.code == journal.STANDS]
    shared = _with_other_hands(db, touched, receipt) | dated_wrong | set(_orders_named(db, refused))
    for number in shared:
        projection.refold(db, number, card)
    _recount(db, touched - shared, card.station)
    return touched


def take_in(db: Connection, page: Page, card: StationCard) -> frozenset[Number]:
    """At a station: a page of what concerns it. Entries already here only get their receipt. The cursor moves with it."""
    for received in page.entries:
        if not is_sound(received.entry):
            raise NotTrusted("A316", entry_id=received.entry.entry_id)
    here = _hashes(db, page.entries)
    known = [r for r in page.entries if r.entry.entry_id in here]
    new = [r for r in page.entries if r.entry.entry_id not in here]
    for received in known:
        if here[received.entry.entry_id] != received.entry.hash:
            raise NotTrusted("A316", entry_id=received.entry.entry_id)
    again = _place(db, known, is_news=page.cursor > int(memos.note(db, lapsing.CURSOR) or "0"))
    _places_are_free(db, [(r.hub_seq, r.entry.life, r.entry.serial) for r in new])
    own_lives = _first_hands(db, (r.entry for r in page.entries), card.station)
    _note_held(db, new, card.station)
    touched = placing.put(db, new, card)
    journal.carry_on(db, card.station, own_lives)
    for number in again - touched:
        projection.refold(db, number, card)
    db.execute(
        "INSERT INTO notes VALUES ('sync.cursor', ?) ON CONFLICT DO UPDATE SET value = excluded.value "
        "WHERE CAST(excluded.value AS INTEGER) > CAST(value AS INTEGER)",
        (str(page.cursor),),
    )
    return frozenset(touched | again)


def _note_held(db: Connection, new: Sequence[Received], own: StationId) -> None:
    """What comes back of earlier lives and does not stand at the hub counts here as it did when it was written here: folded, obeyed and
    listed for repair. Before it is written down, for one kind of it is not folded here either (`journal.STANDS`)."""
    why = [(each.entry.entry_id, each.held) for each in new if each.held and each.entry.station == own]
    db.executemany("INSERT INTO held VALUES (?,?,0) ON CONFLICT DO UPDATE SET code = excluded.code", why)


def take_held(db: Connection, held: Sequence[Held], card: StationCard) -> frozenset[EntryId]:
    """At a station: what its hub holds of its records now, all of it. What it holds no more is struck from the list, what it cannot take
    whole keeps the reason why, and what never came to this PC with its words keeps saying so. Answers what was struck."""
    ours = {
        EntryId(row[0]): row[1]
        for row in db.execute(
            "SELECT h.entry_id, h.code FROM held h JOIN entries e ON e.entry_id = h.entry_id WHERE e.station = ?",
            (card.station,),
        )
    }
    now = {each.entry_id: each.code for each in held}
    gone = frozenset(ours.keys() - now.keys() - _never_came(db, ours))
    db.executemany("DELETE FROM held WHERE entry_id = ?", [(entry_id,) for entry_id in gone])
    changed = [(entry_id, code) for entry_id, code in now.items() if ours.get(entry_id, "") != code]
    changed = [each for each in changed if not (each[1] == "H104" and ours.get(each[0], "").startswith("H2"))]
    db.executemany(
        "INSERT INTO held SELECT ?, ?, 0 WHERE EXISTS (SELECT 1 FROM entries WHERE entry_id = ?) "
        "ON CONFLICT DO UPDATE SET code = excluded.code",
        [(entry_id, code, entry_id) for entry_id, code in changed],
    )
    for number in _orders_named(db, [*gone, *(entry_id for entry_id, _ in changed)]):
        projection.refold(db, number, card)
    return gone


def _never_came(db: Connection, ids: Iterable[EntryId]) -> frozenset[EntryId]:
    """Of these entries, those that lie here without words that nobody erased: written on another PC of the station, withdrawn since."""
    found: set[EntryId] = set()
    for part in journal.in_parts(ids):
        rows = db.execute(
            f"SELECT e.entry_id FROM entries e WHERE e.entry_id IN ({','.join('?' * len(part))}) "
            "AND NOT EXISTS (SELECT 1 FROM words w WHERE w.entry = e.entry) "
            "AND NOT EXISTS (SELECT 1 FROM erasures x WHERE x.entry = e.entry AND x.part = 'words')",
            part,
        )
        found.update(EntryId(row[0]) for row in rows)
    return frozenset(found)


def _orders_named(db: Connection, ids: Sequence[EntryId]) -> list[Number]:
    found: set[Number] = set()
    for part in journal.in_parts(ids):
        rows = db.execute(f"SELECT work_order FROM entries WHERE entry_id IN ({','.join('?' * len(part))})", part)
        found.update(Number(row[0]) for row in rows)
    return sorted(found)


def _hashes(db: Connection, received: Sequence[Received]) -> dict[EntryId, bytes]:
    """Which of these entries are already here, with their hashes."""
    found: dict[EntryId, bytes] = {}
    for part in journal.in_parts(each.entry.entry_id for each in received):
        marks = ",".join("?" * len(part))
        found.update(db.execute(f"SELECT entry_id, hash FROM entries WHERE entry_id IN ({marks})", part).fetchall())
    return found


def _place(db: Connection, known: Sequence[Received], *, is_news: bool) -> set[Number]:
    """Receipts, by the page, for entries that are already here. Orders whose order of events may have changed by it. What was read before
    (a parcel that comes late) says nothing of how ranks stand now."""
    changed = set()
    for each in known:
        at = db.execute(
            "SELECT e.entry, r.hub_seq, k.rank FROM entries e LEFT JOIN receipts r ON r.entry = e.entry "
            "LEFT JOIN ranks k ON k.entry = e.entry WHERE e.entry_id = ?",
            (each.entry.entry_id,),
        ).fetchone()
        if at[1] is None:
            _places_are_free(db, [(each.hub_seq, each.entry.life, each.entry.serial)])
            db.execute("INSERT INTO receipts VALUES (?,?,?)", (each.hub_seq, at[0], each.received_at))
            changed.add(each.entry.work_order)
        if (at[1] or each.hub_seq) != each.hub_seq:
            raise NotTrusted("A315", serial=each.entry.serial, life=each.entry.life)
        if entries_here.lacks_words(db, each.entry.entry_id) and journal.take_words(db, at[0], each.entry):
            changed.add(each.entry.work_order)
        if each.rank != at[2] and is_news:
            _rank(db, at[0], each)
            changed.add(each.entry.work_order)
    return changed


def _rank(db: Connection, row: int, received: Received) -> None:
    """Where the order's home hub was put back from a backup, our hub says another rank than before, or none for a while."""
    if received.rank is None:
        ranking.lapse(db, [row])
    else:
        ranking.give(db, row, received.entry.work_order, received.rank)


def _places_are_free(db: Connection, places: Sequence[tuple[int, Life, int]]) -> None:
    """No place in the hub's order holds two entries: a hub that says so was put back from a backup. Raises NotTrusted A315."""
    serial_at = {seq: (life, serial) for seq, life, serial in places}
    for part in journal.in_parts(serial_at):
        marks = ",".join("?" * len(part))
        if taken := db.execute(f"SELECT hub_seq FROM receipts WHERE hub_seq IN ({marks}) LIMIT 1", part).fetchone():
            life, serial = serial_at[taken[0]]
            raise NotTrusted("A315", serial=serial, life=life)


def _first_hands(db: Connection, entries: Iterable[Entry], own: StationId) -> Counter[Life]:
    """This station's earlier lives among these entries, with how many orders each turns out to be the first hand in."""
    found: Counter[Life] = Counter()
    begun: set[Number] = set()
    for entry in entries:
        if entry.station == own:
            is_first = entry.work_order not in begun and not journal.has_hand_in(db, entry.work_order, own)
            found[entry.life] += int(is_first)
            begun.add(entry.work_order)
    return found


def _with_other_hands(db: Connection, numbers: frozenset[Number], receipt: Receipt) -> frozenset[Number]:
    """Orders in which others wrote too (or this station in another life): only there can a receipt change the agreed order."""
    found: set[Number] = set()
    for part in journal.in_parts(numbers):
        marks = ",".join("?" * len(part))
        rows = db.execute(
            f"SELECT DISTINCT work_order FROM entries WHERE work_order IN ({marks}) AND NOT (station = ? AND life = ?)",
            (*part, receipt.station, receipt.life),
        )
        found.update(Number(row[0]) for row in rows)
    return frozenset(found)


def _recount(db: Connection, numbers: Iterable[Number], own: StationId) -> None:
    """Orders of this station's hand alone: their fold stays, only what is unsent is counted again."""
    for part in journal.in_parts(numbers):
        marks = ",".join("?" * len(part))
        db.execute(
            "UPDATE work_orders SET unsent = (SELECT count(*) FROM entries e LEFT JOIN receipts r ON r.entry = e.entry "
            "WHERE e.work_order = work_orders.number AND e.station = ? AND r.entry IS NULL) WHERE row IN "
            f"(SELECT min(e.entry) FROM entries e WHERE e.work_order IN ({marks}) AND {journal.NOT_HELD} GROUP BY e.work_order)",
            (own, *part),
        )


def _agrees_with_ours(db: Connection, receipt: Receipt, *, present: bool) -> None:
    """Of an earlier life the hub may hold more than a file put back from a backup: that comes with the pages."""
    ours = journal.hash_at(db, receipt.station, receipt.life, receipt.last_serial)
    if ours is None and receipt.last_serial and present:
        raise NotTrusted("A314", serial=receipt.last_serial, life=receipt.life)
    if ours is not None and ours != receipt.last_hash:
        raise NotTrusted("A315", serial=receipt.last_serial, life=receipt.life)
