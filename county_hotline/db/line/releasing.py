"""At a hub: what is held is judged again, and what stands now is released: obeyed, folded, routed, and handed out once more.

It keeps its old place in the agreed order. Whom its order concerns only now, it concerns from a new place on: else a reader that has read
past the old one would be given nothing. Inside one transaction of `store`; may be repeated (I4).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence

import msgspec
from sqlcipher3.dbapi2 import Connection

from county_hotline.db import entries_here, journal
from county_hotline.db.line import admitting, placing, routing
from county_hotline.db.tables import projection
from county_hotline.domain.entries import Entry
from county_hotline.domain.facts import Withdrawn
from county_hotline.domain.receipts import Held, Received
from county_hotline.domain.reference import StationCard
from county_hotline.ids import EntryId, Number, StationId


def recheck(db: Connection, cards: Mapping[StationId, StationCard]) -> list[EntryId]:
    """Judge all that is held of these stations, each as it is enrolled now; what one of them is given back may make room for what another
    wrote of the order. What other stations wrote stays held. Answers what was released."""
    released: list[EntryId] = []
    while freed := [each for station, card in cards.items() for each in judge_again(db, station, card)]:
        released += freed
    return released


def judge_again(
    db: Connection, station: StationId, writer: StationCard | None, *, numbers: Collection[Number] | None = None
) -> list[EntryId]:
    """Judge anew what is held of one station (of some orders, or of all), in the order in which it came, as `admitting.held_back` would.
    What stands is released; of the rest the code is what it is now. What a relay asked to hold waits for that relay. Answers the released
    ones."""
    stuck: set[Number] = set()
    freed: list[tuple[int, Received]] = []
    waiting = {row[0] for row in db.execute("SELECT entry FROM held_below")}
    for row, received in _held(db, station, numbers):
        entry = received.entry
        is_withdrawal = entry.kind == Withdrawn.kind and entry.words is not None
        if row in waiting or is_withdrawal:  # one that names what it may not stays what it is
            stuck.add(entry.work_order)
            continue
        code = admitting.DEPENDS if entry.work_order in stuck else None
        code = admitting.fault_of(entry) or code or _not_its_own(db, entry, writer)
        if code:
            db.execute("UPDATE held SET code = ? WHERE entry_id = ?", (code, entry.entry_id))
            stuck.add(entry.work_order)
            continue
        db.execute("DELETE FROM held WHERE entry_id = ?", (entry.entry_id,))
        placing.note_absent(db, [entry], None)
        freed.append((row, _at_a_new_place(db, row, received)))
        routing.route(db, [freed[-1][1]], writer)
    _fold(db, freed)
    return [received.entry.entry_id for _, received in freed]


def waiting_in(db: Connection, numbers: Collection[Number]) -> set[StationId]:
    """The stations of which something is held in these orders because it was not theirs to write."""
    if db.execute("SELECT 1 FROM held WHERE here AND code = ? LIMIT 1", (admitting.NOT_ITS_TO_WRITE,)).fetchone() is None:
        return set()
    found: set[StationId] = set()
    for part in journal.in_parts(numbers):
        rows = db.execute(
            "SELECT DISTINCT e.station FROM held h JOIN entries e ON e.entry_id = h.entry_id "
            f"WHERE h.here AND h.code = ? AND e.work_order IN ({','.join('?' * len(part))})",
            (admitting.NOT_ITS_TO_WRITE, *part),
        )
        found.update(StationId(row[0]) for row in rows)
    return found


def _held(db: Connection, station: StationId, numbers: Collection[Number] | None) -> list[tuple[int, Received]]:
    sql = (
        "SELECT e.entry, r.hub_seq FROM held h JOIN entries e ON e.entry_id = h.entry_id JOIN receipts r ON r.entry = e.entry "
        f"WHERE {admitting.OPEN} AND e.station = ?"
    )
    rows = db.execute(sql, (station,)).fetchall() if numbers is None else []
    for part in journal.in_parts(numbers or ()):
        rows += db.execute(f"{sql} AND e.work_order IN ({','.join('?' * len(part))})", (station, *part)).fetchall()
    found = {each.hub_seq: each for each in entries_here.at(db, [place for _, place in rows])}
    return [(row, found[place]) for row, place in sorted(rows, key=lambda each: each[1])]


def _not_its_own(db: Connection, entry: Entry, writer: StationCard | None) -> str | None:
    if writer is None:
        return None
    concerned = admitting.concerned_by(db, [entry], writer)
    may = admitting.may_write(db, entry, [entry], writer=writer, concerned=concerned)
    return None if may else admitting.NOT_ITS_TO_WRITE


def _at_a_new_place(db: Connection, row: int, received: Received) -> Received:
    journal.hand_out_again(db, [row])
    place = journal.last_place(db)
    db.execute("INSERT OR REPLACE INTO released VALUES (?,?)", (row, place))
    return msgspec.structs.replace(received, hub_seq=place)


def _fold(db: Connection, freed: Sequence[tuple[int, Received]]) -> None:
    """Obey erasures among what stands now, and fold its orders."""
    if not freed:
        return
    numbers = {received.entry.work_order for _, received in freed}
    placing.obey(db, numbers, [(row, received.entry) for row, received in freed])
    for number in sorted(numbers):
        _fold_anew(db, number)


def _fold_anew(db: Connection, number: Number) -> None:
    """An order's row bears the number of its first entry that stands: that may be another now."""
    first = journal.row_of(db, number)
    rows = db.execute(
        "SELECT row FROM work_orders WHERE row IN (SELECT entry FROM entries WHERE work_order = ?)", (number,)
    ).fetchall()
    for (row,) in rows:
        if row != first:
            projection.drop(db, row)
    projection.refold(db, number, None)


def supply(db: Connection, came: Iterable[Entry], writer: StationCard | None) -> list[Held]:
    """再送: words of entries that lie here without them (H104). They are judged with their words; what stands is routed, folded and handed
    out again, what does not stays as it was: it is answered with its code."""
    lacking = _lacking(db, came)
    refused: list[Held] = []
    freed: list[tuple[int, Received]] = []
    for row, received in lacking:
        entry = received.entry
        if code := admitting.fault_of(entry) or _not_its_own(db, entry, writer):
            refused.append(Held(entry.entry_id, code))
        elif journal.take_words(db, row, entry):
            journal.hand_out_again(db, [row])
            freed.append((row, msgspec.structs.replace(received, hub_seq=journal.last_place(db))))
            routing.route(db, [freed[-1][1]], writer)
    _fold(db, freed)
    return refused


def _lacking(db: Connection, came: Iterable[Entry]) -> list[tuple[int, Received]]:
    whole = {entry.entry_id: entry for entry in came if entry.words is not None or entry.person is not None}
    if not whole or db.execute("SELECT 1 FROM held WHERE code = 'H104' AND NOT here LIMIT 1").fetchone() is None:
        return []
    found: list[tuple[int, Received]] = []
    for part in journal.in_parts(whole):
        rows = db.execute(
            "SELECT e.entry, e.entry_id, r.hub_seq, r.received_at FROM held h JOIN entries e ON e.entry_id = h.entry_id "
            f"JOIN receipts r ON r.entry = e.entry WHERE h.code = 'H104' AND NOT h.here AND h.entry_id IN ({','.join('?' * len(part))})",
            part,
        )
        found += [(row, Received(place, at, whole[EntryId(entry_id)])) for row, entry_id, place, at in rows]
    return sorted(found, key=lambda each: each[1].hub_seq)
