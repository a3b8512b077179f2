"""At a relay: what it has not passed on to the hub above yet, in the order in which it came in here.

Entries go in batches under their author's own seals, unchanged but for what may not leave: the caller of a confidential order, and the
words of what is held back here. Ranks go along where the order is this hub's or one's below; those given later go by themselves.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final, NamedTuple

import msgspec
from sqlcipher3.dbapi2 import Connection

from county_hotline.db import entries_here, journal
from county_hotline.db.beside import files, memos
from county_hotline.db.line import admitting, routing
from county_hotline.db.line.taking_batches import Told
from county_hotline.db.relaying import below
from county_hotline.db.relaying.below import Homes
from county_hotline.domain.entries import Entry
from county_hotline.domain.facts import Withdrawn
from county_hotline.ids import EntryId, Life, Number, StationId

RANKED: Final = "above.ranked"
"""Note: place in this hub's order up to which ranks given later went up."""
TAKERS: Final = "above.stations"
"""Note: the stations enrolled at the hub above itself: of what they took it may know the caller."""
CURSOR: Final = "above.cursor"
"""Note: up to which place of the hub above this relay has taken in."""
EPOCH: Final = "above.epoch"
"""Note: the epoch of the hub above that all this is of. It goes back with it where this relay is put back from a backup."""
PAST: Final = "above.epochs"
"""Note: the epochs of the hub above before it, parted by spaces."""
WINDOW: Final = 8_000

Chain = tuple[StationId, Life]


class Seal(NamedTuple):
    """What an author signed under its chain."""

    serial: int
    key: str
    """Key id; empty where this hub did not note it then (it was of release 0.1)."""
    signature: bytes


class Bundle(NamedTuple):
    """One batch to be passed on."""

    entries: tuple[Entry, ...]
    seal: Seal
    told: Told
    bare: tuple[EntryId, ...]
    """Entries that go without their words."""


def next_up(db: Connection, *, entries: int, without: Collection[Chain]) -> Bundle | None:
    """What the hub above lacks that came in here first: entries of one author, about so many, up to one of its seals. None where it has
    all but the chains in `without`."""
    first = _first_unsigned(db, without)
    if first is None:
        return None
    run = _run_from(db, first, without)
    station, life, since, through = run
    seal = _seal_within(db, run, since + entries - 1)
    if seal is None:  # only of a hub of release 0.1, which kept the last seal of a chain alone
        seal = _seal_from(db, (station, life), through)
    return None if seal is None else _bundle(db, (station, life), since, seal)


def released(db: Connection) -> Bundle | None:
    """Entries that went up bare and are not held any more, up to the next seal; None where there is none."""
    row = db.execute(
        f"SELECT e.station, e.life, e.serial FROM bare_above b JOIN entries e ON e.entry = b.entry WHERE {journal.NOT_HELD} "
        "AND EXISTS (SELECT 1 FROM words w WHERE w.entry = e.entry) ORDER BY e.entry LIMIT 1"
    ).fetchone()
    if row is None:
        return None
    chain = (StationId(row[0]), Life(row[1]))
    seal = _seal_from(db, chain, row[2])
    return None if seal is None else _bundle(db, chain, row[2], seal)


def _first_unsigned(db: Connection, without: Collection[Chain]) -> int | None:
    """The place here of the first entry that the hub above has not signed for. `chains` holds only what came from below."""
    rows = db.execute(
        "SELECT c.station, c.life, r.hub_seq FROM chains c LEFT JOIN signed_above s ON s.station = c.station AND s.life = c.life "
        "JOIN entries e ON e.station = c.station AND e.life = c.life AND e.serial = ifnull(s.serial, 0) + 1 "
        "JOIN receipts r ON r.entry = e.entry WHERE c.serial > ifnull(s.serial, 0)"
    )
    return min((place for station, life, place in rows if (station, life) not in without), default=None)


def _run_from(db: Connection, place: int, without: Collection[Chain]) -> tuple[StationId, Life, int, int]:
    """One author's entries from this place on, until another's come: station, life, first and last serial. What the hub above has
    already, or gave itself, does not part them."""
    rows = db.execute(
        "SELECT e.station, e.life, e.serial FROM receipts r JOIN entries e ON e.entry = r.entry "
        "JOIN chains c ON c.station = e.station AND c.life = e.life "
        "LEFT JOIN signed_above s ON s.station = e.station AND s.life = e.life "
        "WHERE r.hub_seq >= ? AND e.serial > ifnull(s.serial, 0) ORDER BY r.hub_seq LIMIT ?",
        (place, WINDOW),
    )
    station, life, first = next(rows)
    last = first
    for other, its_life, serial in rows:
        if (other, its_life) in without:
            continue
        if (other, its_life) != (station, life):
            break
        last = serial
    return StationId(station), Life(life), first, last


def _seal_within(db: Connection, run: tuple[StationId, Life, int, int], wanted: int) -> Seal | None:
    """The last seal up to the serial `wanted`; where there is none, the next one of the run."""
    station, life, first, last = run
    rows = db.execute(
        "SELECT serial, key, signature FROM seals WHERE station = ? AND life = ? AND serial BETWEEN ? AND ? ORDER BY serial",
        (station, life, first, last),
    )
    seals = [Seal(*row) for row in rows]
    near = [seal for seal in seals if seal.serial <= wanted]
    return near[-1] if near else next(iter(seals), None)


def _seal_from(db: Connection, chain: Chain, serial: int) -> Seal | None:
    row = db.execute(
        "SELECT serial, key, signature FROM seals WHERE station = ? AND life = ? AND serial >= ? ORDER BY serial LIMIT 1",
        (*chain, serial),
    ).fetchone()
    return Seal(*row) if row else None


def _bundle(db: Connection, chain: Chain, first: int, seal: Seal) -> Bundle:
    entries = entries_here.unsent(db, chain[0], chain[1], after=first - 1, limit=seal.serial - first + 1)
    homes = below.homes(db)
    rows = db.execute(
        "SELECT e.serial, r.hub_seq, k.rank, r.received_at FROM entries e JOIN receipts r ON r.entry = e.entry "
        "LEFT JOIN ranks k ON k.entry = e.entry WHERE e.station = ? AND e.life = ? AND e.serial BETWEEN ? AND ?",
        (*chain, first, seal.serial),
    )
    places = {serial: (hub_seq, rank, at) for serial, hub_seq, rank, at in rows}
    held = _held(db, entries)
    ranks = {}
    for entry in entries:
        if (rank := _rank_here(homes, entry.work_order, *places[entry.serial][:2])) is not None:
            ranks[entry.serial] = rank
    told = Told(
        ranks,
        held={entry.serial: held[entry.entry_id] for entry in entries if entry.entry_id in held},
        received={serial: at for serial, (_, _, at) in places.items()},
    )
    shown = tuple(_without(entry, held) for entry in _entitled(db, entries))
    bare = tuple(entry.entry_id for entry in entries if entry.entry_id in held or entry.words is None)
    return Bundle(shown, seal, told, bare)


def _rank_here(homes: Homes, number: Number, hub_seq: int, rank: int | None) -> int | None:
    """Its place in the order of its work order's own hub, where that is this one or one below it, and known."""
    if homes.is_here(number):
        return hub_seq
    return rank if homes.is_ours(number) else None


def _held(db: Connection, entries: Sequence[Entry]) -> dict[EntryId, str]:
    """What of them is held back here, with the codes; but for a withdrawal that was obeyed, which is to be obeyed above too."""
    found: dict[EntryId, str] = {}
    for part in journal.in_parts(entry.entry_id for entry in entries):
        marks = ",".join("?" * len(part))
        found.update(db.execute(f"SELECT entry_id, code FROM held WHERE here AND entry_id IN ({marks})", part).fetchall())
    obeyed = [
        each.entry_id for each in entries if each.kind == Withdrawn.kind and found.get(each.entry_id) == admitting.SETTLED
    ]
    for entry_id in obeyed:
        del found[entry_id]
    return found


def _entitled(db: Connection, entries: Sequence[Entry]) -> list[Entry]:
    """Without the callers of confidential orders, but for what the hub above took itself (P9)."""
    takers = takers_above(db)
    numbers = {entry.work_order for entry in entries if entry.person is not None}
    closed = {number for number in numbers if routing.is_closed(db, number, takers, ())}
    return [msgspec.structs.replace(e, person=None) if e.work_order in closed else e for e in entries]


def takers_above(db: Connection) -> frozenset[str]:
    """The stations enrolled at the hub above itself, as far as it has said."""
    return frozenset((memos.note(db, TAKERS) or "").split())


def may_show(db: Connection, sha256: str) -> bool:
    """Whether the hub above may have this file: one that shows the caller goes where the caller's words go (P9)."""
    takers = takers_above(db)
    return any(
        each.is_personal is False or not routing.is_closed(db, each.number, takers, ()) for each in files.naming(db, sha256)
    )


def _without(entry: Entry, held: Collection[EntryId]) -> Entry:
    return msgspec.structs.replace(entry, words=None, person=None) if entry.entry_id in held else entry


# ---------------------------------------------------------------- ranks given later


def later_ranks(db: Connection, *, limit: int) -> tuple[dict[EntryId, int], int, bool]:
    """Places that this hub gave to what came from above, and that hubs below gave since, after the note `RANKED`: with the place up to
    which they reach, and whether that is all."""
    after, homes = int(memos.note(db, RANKED) or "0"), below.homes(db)
    rows = db.execute(
        "SELECT r.hub_seq, e.entry_id, e.work_order, r.hub_seq, NULL FROM from_above f JOIN receipts r ON r.entry = f.entry "
        "JOIN entries e ON e.entry = f.entry WHERE r.hub_seq > ? "
        "UNION ALL SELECT d.hub_seq, e.entry_id, e.work_order, r.hub_seq, k.rank FROM redelivered d "
        "JOIN entries e ON e.entry = d.entry JOIN receipts r ON r.entry = d.entry LEFT JOIN ranks k ON k.entry = d.entry "
        "WHERE d.hub_seq > ? ORDER BY 1 LIMIT ?",
        (after, after, limit + 1),
    ).fetchall()
    found = {}
    for _, entry_id, number, hub_seq, known in rows[:limit]:
        if (rank := _rank_here(homes, number, hub_seq, known)) is not None:
            found[EntryId(entry_id)] = rank
    through = rows[:limit][-1][0] if rows else after
    return found, through, len(rows) <= limit


def unsigned(db: Connection) -> int:
    """How many entries from below the hub above has not signed for."""
    count: int = db.execute(
        "SELECT ifnull(sum(c.serial - ifnull(s.serial, 0)), 0) FROM chains c "
        "LEFT JOIN signed_above s ON s.station = c.station AND s.life = c.life"
    ).fetchone()[0]
    return count
