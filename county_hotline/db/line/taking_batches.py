"""At a hub: a batch of one station's chain, as the database takes it. Inside one transaction of `store`; may be repeated (I4)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import msgspec
from sqlcipher3.dbapi2 import Connection

from county_hotline.db import journal
from county_hotline.db.line import admitting, placing, releasing, routing
from county_hotline.domain.entries import GENESIS, Entry, is_sound
from county_hotline.domain.receipts import Held, Receipt, Received, Run, runs_of
from county_hotline.domain.reference import StationCard
from county_hotline.errors import NotTrusted
from county_hotline.ids import EntryId, StationId, chained_entry_id

_TIME: Final = 13
"""Characters of an entry's id that are its time."""


class Told(msgspec.Struct, frozen=True):
    """What a relay says of a batch it passes on, by serial."""

    ranks: dict[int, int] = {}
    """Places in the order of the work order's own hub, which is that relay or one below it."""
    held: dict[int, str] = {}
    """What is held back there, with its code: it comes without its words."""
    received: dict[int, int] = {}
    """When the hub that it reached first received it (UTC ms): that moment counts everywhere."""


def receive(
    db: Connection,
    station: StationId,
    entries: Sequence[Entry],
    *,
    signature: bytes,
    key: str,
    now_ms: int,
    writer: StationCard | None,
    told: Told | None = None,
    streamed: bool = False,
) -> Receipt:
    """Take a batch of one life in, `signature` by the station's `key` (its id) under its end. What `writer` may not write is held; None asks nobody.
    `told`: what the relay that passes it on says of it. `streamed`: the hashes were computed here a moment ago, and what is folded is
    folded later (`projection.fold_put_off`).

    Raises NotTrusted: A310 gap, A311 fork, A312 unsound, A313 not theirs.
    """
    life = entries[0].life
    head = journal.chain_head(db, station, life)
    have, last_hash = (head.serial, head.hash) if head else (0, GENESIS)
    known = [entry for entry in entries if entry.serial <= have]
    new = [entry for entry in entries if entry.serial > have]
    _is_theirs(station, entries, known_sound=streamed)
    _is_the_same(db, known)
    _are_not_elsewhere(db, new)
    last_hash = _is_next(new, have, last_hash)
    runs = _runs_of(db, known, now_ms)
    refused = releasing.supply(db, known, writer)
    if new:
        came = [_take(db, part, told or Told(), now_ms, writer=writer, later=streamed) for part in admitting.parts_of(new)]
        runs += runs_of([placed for part in came for placed in part], now_ms)
        db.execute(
            "INSERT INTO chains (station, life, serial, hash, receipted, signature) VALUES (?,?,?,?,?,?) "
            "ON CONFLICT DO UPDATE SET serial = excluded.serial, hash = excluded.hash, "
            "receipted = excluded.receipted, signature = excluded.signature",
            (station, life, new[-1].serial, last_hash, new[-1].serial, signature),
        )
        db.execute("INSERT INTO seals VALUES (?,?,?,?,?)", (station, life, new[-1].serial, key, signature))
        have = new[-1].serial
    return Receipt(station, life, have, last_hash, tuple(runs), now_ms, (*_held_of(db, entries), *refused))


def _take(
    db: Connection, part: Sequence[Entry], told: Told, now_ms: int, *, writer: StationCard | None, later: bool
) -> list[tuple[int, int, int]]:
    """One part of a batch (`admitting.parts_of`): judged, written down, and what waited for what it settles judged again. Serial, place and
    moment of each."""
    settled = admitting.held_back(db, part, writer, told.held)
    first_seq = journal.last_place(db) + 1
    received = [
        Received(seq, told.received.get(entry.serial, now_ms), entry, told.ranks.get(entry.serial))
        for seq, entry in enumerate(part, first_seq)
    ]
    placing.put(db, received, None, fold_later=later)
    apart = placing.held_here(db)
    routing.route(db, [each for each in received if each.entry.entry_id not in apart], writer)
    note_held_below(db, [each for each in part if each.serial in told.held], told)
    if settled:
        releasing.judge_again(db, part[0].station, writer, numbers=settled)
    return [(each.entry.serial, each.hub_seq, now_ms) for each in received]


def note_held_below(db: Connection, entries: Sequence[Entry], told: Told) -> None:
    """What the relay holds back of these now; of the others it lets go."""
    for serial_is_held, sql in (
        (True, "INSERT OR IGNORE INTO held_below SELECT entry FROM entries WHERE entry_id = ?"),
        (False, "DELETE FROM held_below WHERE entry = (SELECT entry FROM entries WHERE entry_id = ?)"),
    ):
        db.executemany(sql, [(each.entry_id,) for each in entries if (each.serial in told.held) is serial_is_held])


def _is_theirs(station: StationId, entries: Sequence[Entry], *, known_sound: bool) -> None:
    for entry in entries:
        if entry.station != station or entry.life != entries[0].life:
            raise NotTrusted("A313", station=entry.station, serial=entry.serial)
        if not known_sound and not is_sound(entry):
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
    _are_nobodys_next(db, [entry for entry in new if entry.entry_id != _chained(entry)])


def _are_nobodys_next(db: Connection, strange: Sequence[Entry]) -> None:
    """Whoever has read the last entry of a chain can compute the id of its next one but for the time in it: who used that first would have
    the other's whole chain refused. Raises NotTrusted A312."""
    if not strange:
        return
    theirs = set()
    for station, life, serial, digest in db.execute("SELECT station, life, serial, hash FROM chains").fetchall():
        if (station, life) != (strange[0].station, strange[0].life):
            theirs.add(chained_entry_id(0, station + life, serial + 1, digest)[_TIME:])
    for entry in strange:
        if entry.entry_id[_TIME:] in theirs:
            raise NotTrusted("A312", serial=entry.serial)


def _chained(entry: Entry) -> EntryId:
    return chained_entry_id(entry.recorded_at, entry.station + entry.life, entry.serial, entry.prev_hash)


def _is_next(new: Sequence[Entry], have: int, last_hash: bytes) -> bytes:
    for entry in new:
        if entry.serial != have + 1:
            raise NotTrusted("A310", serial=entry.serial, have=have)
        if entry.prev_hash != last_hash:
            raise NotTrusted("A311", serial=entry.serial, life=entry.life)
        have, last_hash = entry.serial, entry.hash
    return last_hash


def _runs_of(db: Connection, known: Sequence[Entry], now_ms: int) -> list[Run]:
    """Where entries the hub already had stand, as runs of neighbours."""
    if not known:
        return []
    rows = db.execute(
        "SELECT e.serial, r.hub_seq, r.received_at FROM entries e JOIN receipts r ON r.entry = e.entry "
        "WHERE e.station = ? AND e.life = ? AND e.serial BETWEEN ? AND ? ORDER BY e.serial",
        (known[0].station, known[0].life, known[0].serial, known[-1].serial),
    )
    return list(runs_of(rows, now_ms))


def _held_of(db: Connection, entries: Sequence[Entry]) -> list[Held]:
    if db.execute("SELECT 1 FROM held LIMIT 1").fetchone() is None:
        return []
    rows = db.execute(
        "SELECT h.entry_id, h.code FROM held h JOIN entries e ON e.entry_id = h.entry_id "
        "WHERE h.here AND h.code <> 'H108' AND e.station = ? AND e.life = ? AND e.serial BETWEEN ? AND ? ORDER BY e.serial",
        (entries[0].station, entries[0].life, entries[0].serial, entries[-1].serial),
    )
    return [Held(row[0], row[1]) for row in rows]
