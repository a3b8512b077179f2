"""Entries that cross the line, as the database takes them: a batch at the hub, a receipt or a page at a station.

Each function runs inside one transaction of `store`. Every one may be repeated any number of times (I4).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from sqlcipher3.dbapi2 import Connection

from county_hotline.db import admitting, journal, memos, projection, routing
from county_hotline.domain.entries import GENESIS, Entry, happened, is_sound
from county_hotline.domain.facts import WordsErased
from county_hotline.domain.receipts import Held, Page, Receipt, Received, Run
from county_hotline.domain.reference import StationCard
from county_hotline.domain.upcasts import read_fact
from county_hotline.errors import NotTrusted
from county_hotline.ids import EntryId, Life, Number, StationId


def receive(
    db: Connection,
    station: StationId,
    entries: Sequence[Entry],
    *,
    signature: bytes,
    now_ms: int,
    writer: StationCard | None,
) -> Receipt:
    """At the hub: take a batch of one life in. What `writer` may not write is held; None asks nobody.

    Raises NotTrusted: A310 gap, A311 fork, A312 unsound, A313 not theirs.
    """
    life = entries[0].life
    head = journal.chain_head(db, station, life)
    have, last_hash = (head.serial, head.hash) if head else (0, GENESIS)
    known = [entry for entry in entries if entry.serial <= have]
    new = [entry for entry in entries if entry.serial > have]
    _is_theirs(station, entries)
    _is_the_same(db, known)
    _are_not_elsewhere(db, new)
    last_hash = _is_next(new, have, last_hash)
    runs = _runs_of(db, known)
    held: list[Held] = []
    if new:
        held = admitting.held_back(db, new, writer)
        first_seq = (db.execute("SELECT max(hub_seq) FROM receipts").fetchone()[0] or 0) + 1
        received = [Received(seq, now_ms, entry) for seq, entry in enumerate(new, first_seq)]
        _put(db, received, None)
        apart = {each.entry_id for each in held}
        routing.route(db, [each for each in received if each.entry.entry_id not in apart], writer)
        db.execute(
            "INSERT INTO chains (station, life, serial, hash, receipted, signature) VALUES (?,?,?,?,?,?) "
            "ON CONFLICT DO UPDATE SET serial = excluded.serial, hash = excluded.hash, "
            "receipted = excluded.receipted, signature = excluded.signature",
            (station, life, new[-1].serial, last_hash, new[-1].serial, signature),
        )
        runs.append(Run(new[0].serial, new[-1].serial, first_seq))
        have = new[-1].serial
    return Receipt(station, life, have, last_hash, tuple(runs), now_ms, (*_held_of(db, known), *held))


def take_receipt(db: Connection, receipt: Receipt, card: StationCard, life: Life) -> frozenset[Number]:
    """At a station (in its present `life`): the hub's word for its own entries. Raises NotTrusted A314 when it names entries of this
    life that are not here, A315 when its chain or its order is not ours."""
    _agrees_with_ours(db, receipt, present=receipt.life == life)
    rows: list[tuple[int, int, int]] = []
    for run in receipt.runs:
        found = db.execute(
            "SELECT e.serial, e.entry FROM entries e LEFT JOIN receipts r ON r.entry = e.entry "
            "WHERE e.station = ? AND e.life = ? AND e.serial BETWEEN ? AND ? AND r.entry IS NULL",
            (receipt.station, receipt.life, run.first, run.last),
        )
        rows += [(run.hub_seq + serial - run.first, entry, receipt.received_at) for serial, entry in found]
    touched = frozenset(_orders_of(db, [entry for _, entry, _ in rows]))
    _places_are_free(db, [(seq, receipt.life, receipt.runs[0].first) for seq, _, _ in rows])
    db.executemany("INSERT INTO receipts VALUES (?,?,?)", rows)
    through = max((run.last for run in receipt.runs), default=0)
    db.execute(
        "UPDATE chains SET receipted = max(receipted, ?) WHERE station = ? AND life = ?",
        (through, receipt.station, receipt.life),
    )
    db.executemany("INSERT OR IGNORE INTO held VALUES (?,?,0)", [(h.entry_id, h.code) for h in receipt.held])
    shared = _with_other_hands(db, touched, receipt)
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
    again = _place(db, known)
    _places_are_free(db, [(r.hub_seq, r.entry.life, r.entry.serial) for r in new])
    own_lives = _first_hands(db, (r.entry for r in page.entries), card.station)
    touched = _put(db, new, card)
    journal.carry_on(db, card.station, own_lives)
    for number in again - touched:
        projection.refold(db, number, card)
    db.execute(
        "INSERT INTO notes VALUES ('sync.cursor', ?) ON CONFLICT DO UPDATE SET value = excluded.value "
        "WHERE CAST(excluded.value AS INTEGER) > CAST(value AS INTEGER)",
        (str(page.cursor),),
    )
    return frozenset(touched | again)


def _hashes(db: Connection, received: Sequence[Received]) -> dict[EntryId, bytes]:
    """Which of these entries are already here, with their hashes."""
    found: dict[EntryId, bytes] = {}
    for part in journal.in_parts(each.entry.entry_id for each in received):
        marks = ",".join("?" * len(part))
        found.update(db.execute(f"SELECT entry_id, hash FROM entries WHERE entry_id IN ({marks})", part).fetchall())
    return found


def _place(db: Connection, known: Sequence[Received]) -> set[Number]:
    """Receipts, by the page, for entries that are already here. Orders whose order of events may have changed by it."""
    changed = set()
    for each in known:
        at = db.execute(
            "SELECT e.entry, r.hub_seq FROM entries e LEFT JOIN receipts r ON r.entry = e.entry WHERE e.entry_id = ?",
            (each.entry.entry_id,),
        ).fetchone()
        if at[1] is None:
            _places_are_free(db, [(each.hub_seq, each.entry.life, each.entry.serial)])
            db.execute("INSERT INTO receipts VALUES (?,?,?)", (each.hub_seq, at[0], each.received_at))
            changed.add(each.entry.work_order)
        elif at[1] != each.hub_seq:
            raise NotTrusted("A315", serial=each.entry.serial, life=each.entry.life)
    return changed


def _places_are_free(db: Connection, places: Sequence[tuple[int, Life, int]]) -> None:
    """No place in the hub's order holds two entries: a hub that says so was put back from a backup. Raises NotTrusted A315."""
    serial_at = {seq: (life, serial) for seq, life, serial in places}
    for part in journal.in_parts(serial_at):
        marks = ",".join("?" * len(part))
        if taken := db.execute(f"SELECT hub_seq FROM receipts WHERE hub_seq IN ({marks}) LIMIT 1", part).fetchone():
            life, serial = serial_at[taken[0]]
            raise NotTrusted("A315", serial=serial, life=life)


def _put(db: Connection, received: Sequence[Received], card: StationCard | None) -> set[Number]:
    """Write new entries with their receipts, obey erasures among them and fold the orders they touch."""
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
    _note_absent(db, entries, card.station if card else None)
    if erased := _erase(db, numbers & known, list(zip(rows, entries, strict=True))):
        memos.set_note(db, memos.ERASING, "1")
    _fold(db, numbers, known | erased, list(zip(rows, received, strict=True)), card)
    return numbers


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


def _note_absent(db: Connection, entries: Sequence[Entry], own: StationId | None) -> None:
    """Entries that came without their words: their sender could not send them (H104), or the fact that erased them comes later. A
    person's words are also kept from those not entitled: their absence counts on a hub and in this station's own entries."""
    absent = [
        (entry.entry_id,)
        for entry in entries
        if entry.words is None or (entry.person is None and entry.person_hash and own in (None, entry.station))
    ]
    db.executemany("INSERT OR IGNORE INTO held VALUES (?,'H104',0)", absent)


def _fold(
    db: Connection, numbers: set[Number], known: set[Number], arrived: list[tuple[int, Received]], card: StationCard | None
) -> None:
    """Orders met for the first time are folded from what just arrived, all at once; the others from the journal."""
    held = _held_here(db)
    fresh: dict[Number, list[tuple[int, Received]]] = defaultdict(list)
    for row, each in arrived:
        if each.entry.work_order not in known and each.entry.entry_id not in held:
            fresh[each.entry.work_order].append((row, each))
    made = []
    for number, parts in fresh.items():
        parts.sort(key=lambda part: part[1].hub_seq)
        events = tuple(happened(each.entry, each.hub_seq, each.received_at) for _, each in parts)
        made.append(projection.folded(number, min(row for row, _ in parts), events, card))
    projection.write_new(db, made)
    for number in sorted(known & numbers):
        projection.refold(db, number, card)


def _erase(db: Connection, known: Iterable[Number], arrived: Sequence[tuple[int, Entry]]) -> set[Number]:
    """Obey the erasures among these entries, and those that were here before what they erase. The orders whose words went. What is held
    here is not obeyed."""
    held = _held_here(db)
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
    return touched


def _held_here(db: Connection) -> frozenset[EntryId]:
    """What this PC itself, being a hub, holds back."""
    return frozenset(EntryId(row[0]) for row in db.execute("SELECT entry_id FROM held WHERE here"))


def _known_orders(db: Connection, numbers: Iterable[Number]) -> set[Number]:
    found: set[Number] = set()
    for part in journal.in_parts(numbers):
        marks = ",".join("?" * len(part))
        rows = db.execute(f"SELECT DISTINCT work_order FROM entries WHERE work_order IN ({marks})", part)
        found.update(Number(row[0]) for row in rows)
    return found


def _orders_of(db: Connection, rows: Sequence[int]) -> set[Number]:
    found: set[Number] = set()
    for part in journal.in_parts(rows):
        marks = ",".join("?" * len(part))
        numbers = db.execute(f"SELECT DISTINCT work_order FROM entries WHERE entry IN ({marks})", part)
        found.update(Number(row[0]) for row in numbers)
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
    db.executemany(
        "UPDATE work_orders SET unsent = (SELECT count(*) FROM entries e LEFT JOIN receipts r ON r.entry = e.entry "
        "WHERE e.work_order = work_orders.number AND e.station = ? AND r.entry IS NULL) WHERE row = ?",
        [(own, journal.row_of(db, number)) for number in numbers],
    )


def _is_theirs(station: StationId, entries: Sequence[Entry]) -> None:
    for entry in entries:
        if entry.station != station or entry.life != entries[0].life:
            raise NotTrusted("A313", station=entry.station, serial=entry.serial)
        if not is_sound(entry):
            raise NotTrusted("A312", serial=entry.serial)


def _is_the_same(db: Connection, known: Sequence[Entry]) -> None:
    """Same serial and same bytes again: success. Same serial, other bytes: an incident."""
    if not known:
        return
    held = dict(
        db.execute(
            "SELECT serial, hash FROM entries WHERE station = ? AND life = ? AND serial BETWEEN ? AND ?",
            (known[0].station, known[0].life, known[0].serial, known[-1].serial),
        ).fetchall()
    )
    for entry in known:
        if held.get(entry.serial) != entry.hash:
            raise NotTrusted("A311", serial=entry.serial, life=entry.life)


def _are_not_elsewhere(db: Connection, new: Sequence[Entry]) -> None:
    """An entry's id is its own: the same id at another place in a chain is no entry of ours. Raises NotTrusted A312."""
    ids = {entry.entry_id: entry.serial for entry in new}
    if len(ids) < len(new):
        raise NotTrusted("A312", serial=new[0].serial)
    for entry_id in journal.entries_here(db, ids):
        raise NotTrusted("A312", serial=ids[entry_id])


def _is_next(new: Sequence[Entry], have: int, last_hash: bytes) -> bytes:
    for entry in new:
        if entry.serial != have + 1:
            raise NotTrusted("A310", serial=entry.serial, have=have)
        if entry.prev_hash != last_hash:
            raise NotTrusted("A311", serial=entry.serial, life=entry.life)
        have, last_hash = entry.serial, entry.hash
    return last_hash


def _runs_of(db: Connection, known: Sequence[Entry]) -> list[Run]:
    """Where entries the hub already had stand, as runs of neighbours."""
    if not known:
        return []
    runs: list[Run] = []
    for serial, seq in db.execute(
        "SELECT e.serial, r.hub_seq FROM entries e JOIN receipts r ON r.entry = e.entry "
        "WHERE e.station = ? AND e.life = ? AND e.serial BETWEEN ? AND ? ORDER BY e.serial",
        (known[0].station, known[0].life, known[0].serial, known[-1].serial),
    ):
        last = runs[-1] if runs else None
        if last and serial == last.last + 1 and seq == last.hub_seq + serial - last.first:
            runs[-1] = Run(last.first, serial, last.hub_seq)
        else:
            runs.append(Run(serial, serial, seq))
    return runs


def _held_of(db: Connection, known: Sequence[Entry]) -> list[Held]:
    if not known or db.execute("SELECT 1 FROM held LIMIT 1").fetchone() is None:
        return []
    rows = db.execute(
        "SELECT h.entry_id, h.code FROM held h JOIN entries e ON e.entry_id = h.entry_id "
        "WHERE h.here AND e.station = ? AND e.life = ? AND e.serial BETWEEN ? AND ?",
        (known[0].station, known[0].life, known[0].serial, known[-1].serial),
    )
    return [Held(row[0], row[1]) for row in rows]


def _agrees_with_ours(db: Connection, receipt: Receipt, *, present: bool) -> None:
    """Of an earlier life the hub may hold more than a file put back from a backup: that comes with the pages."""
    ours = journal.hash_at(db, receipt.station, receipt.life, receipt.last_serial)
    if ours is None and receipt.last_serial and present:
        raise NotTrusted("A314", serial=receipt.last_serial, life=receipt.life)
    if ours is not None and ours != receipt.last_hash:
        raise NotTrusted("A315", serial=receipt.last_serial, life=receipt.life)
