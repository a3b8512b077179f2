"""What a relay passes on, as the database takes it at the hub above; and ranks, on whichever hub learns them. Inside one transaction."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Mapping, Sequence

from sqlcipher3.dbapi2 import Connection

from county_hotline.db import journal
from county_hotline.db.line import ranking, releasing, taking_batches
from county_hotline.db.line.taking_batches import Told
from county_hotline.db.relaying import below
from county_hotline.db.relaying.below import Homes
from county_hotline.db.tables import projection
from county_hotline.domain.entries import Entry
from county_hotline.domain.numbering import station_in
from county_hotline.domain.receipts import Receipt, Run
from county_hotline.domain.reference import StationCard
from county_hotline.errors import NotTrusted
from county_hotline.ids import EntryId, Number, StationId

log = logging.getLogger(__name__)

WITHHELD = "H220"
"""The person's words stayed with the level that took the order (保密件): their absence is no fault."""


def receive(
    db: Connection,
    relay: StationId,
    entries: Sequence[Entry],
    *,
    seal: tuple[str, bytes],
    now_ms: int,
    writer: StationCard,
    told: Told,
    anew: bool = False,
) -> tuple[Receipt, tuple[Run, ...]]:
    """A batch of one author below `relay`, sealed (key id, signature) by the author. Ranks count only for orders of hubs at or below the
    relay; `anew`: one of these was put back from a backup, and what it says now counts. Returns the receipt, and for orders of other hubs
    the ranks known here.

    Raises NotTrusted as `taking_batches.receive`; A333 for a rank that contradicts one known.
    """
    homes = below.homes(db)
    ours = {each.serial for each in entries if homes.below.get(station_in(each.work_order)) == relay}
    told = Told({serial: rank for serial, rank in told.ranks.items() if serial in ours}, told.held, told.received)
    have = journal.chain_head(db, entries[0].station, entries[0].life)
    known = [each for each in entries if have is not None and each.serial <= have.serial]
    new = [each for each in entries if each not in known]
    if not anew:
        _are_free(db, [(each, told.ranks[each.serial]) for each in new if each.serial in told.ranks])
    key, signature = seal
    receipt = taking_batches.receive(
        db, entries[0].station, entries, signature=signature, key=key, now_ms=now_ms, writer=writer, told=told
    )
    expect_no_person(db, entries)
    taking_batches.note_held_below(db, entries, told)
    _make_room(db, {each.entry_id: told.ranks[each.serial] for each in new if anew and each.serial in told.ranks})
    learn(db, {each.entry_id: told.ranks[each.serial] for each in known if each.serial in told.ranks}, anew=anew)
    _supply_held(db, known, writer, told)
    _expect_no_person_of(db, entries[0].station)
    return receipt, known_ranks(db, homes, relay, entries)


def expect_no_person(db: Connection, entries: Iterable[Entry]) -> None:
    """Entries that came with their words but not with the caller's: so it must be, nobody has to look for them."""
    db.executemany(
        "UPDATE held SET code = ? WHERE entry_id = ? AND code = 'H104' AND NOT here",
        [(WITHHELD, e.entry_id) for e in entries if e.words is not None and e.person is None and e.person_hash],
    )


def _expect_no_person_of(db: Connection, author: StationId) -> None:
    """The same of whatever stands since then of this author: a record that came before, and is let go by what came now."""
    db.execute(
        "UPDATE held SET code = ? WHERE code = 'H104' AND NOT here AND entry_id IN (SELECT e.entry_id FROM entries e "
        "JOIN words w ON w.entry = e.entry WHERE e.station = ? AND e.person_hash <> x'' "
        "AND NOT EXISTS (SELECT 1 FROM persons p WHERE p.entry = e.entry))",
        (WITHHELD, author),
    )


def learn(db: Connection, ranks: Mapping[EntryId, int], *, anew: bool = False) -> set[Number]:
    """Ranks for entries that are here: written down, their orders folded anew, and handed out again to all they concern. What is not
    here is passed over. `anew`: whoever says them knows best, and what contradicts them lapses. The orders whose story changed.

    Raises NotTrusted A333 where an entry has another rank, or another entry of its order has this one.
    """
    new: list[int] = []
    numbers: set[Number] = set()
    for entry_id, rank in sorted(ranks.items(), key=lambda line: line[1]):
        row = db.execute(
            "SELECT e.entry, e.work_order, k.rank FROM entries e LEFT JOIN ranks k ON k.entry = e.entry WHERE e.entry_id = ?",
            (entry_id,),
        ).fetchone()
        if row is None or row[2] == rank:
            continue
        if not anew and (row[2] is not None or _taken(db, row[1], rank)):
            raise NotTrusted("A333", entry_id=entry_id, rank=rank)
        new += [row[0], *ranking.give(db, row[0], row[1], rank)]
        numbers.add(Number(row[1]))
    _tell(db, new, numbers)
    return numbers


def _make_room(db: Connection, ranks: Mapping[EntryId, int]) -> None:
    """Entries that came just now have these ranks: whoever had one of them before has it no more."""
    moved: list[int] = []
    numbers: set[Number] = set()
    for entry_id, rank in ranks.items():
        row, number = db.execute("SELECT entry, work_order FROM entries WHERE entry_id = ?", (entry_id,)).fetchone()
        others = ranking.give(db, row, Number(number), rank)
        moved += others
        numbers |= {Number(number)} if others else set()
    _tell(db, moved, numbers)


def lapse(db: Connection, rows: Collection[int]) -> set[Number]:
    """These entries (arrival numbers) have no rank until their home hub says one anew; whoever learnt one from here learns that. The orders
    whose story may have changed."""
    numbers: set[Number] = set()
    for part in journal.in_parts(rows):
        found = db.execute(f"SELECT DISTINCT work_order FROM entries WHERE entry IN ({','.join('?' * len(part))})", part)
        numbers.update(Number(row[0]) for row in found)
    ranking.lapse(db, rows)
    _tell(db, list(rows), numbers)
    return numbers


def _tell(db: Connection, rows: Sequence[int], numbers: Iterable[Number]) -> None:
    for number in numbers:
        projection.refold(db, number, None)
    journal.hand_out_again(db, list(dict.fromkeys(rows)))


def _are_free(db: Connection, ranked: Sequence[tuple[Entry, int]]) -> None:
    seen: set[tuple[Number, int]] = set()
    for entry, rank in ranked:
        if (entry.work_order, rank) in seen or _taken(db, entry.work_order, rank):
            raise NotTrusted("A333", entry_id=entry.entry_id, rank=rank)
        seen.add((entry.work_order, rank))


def _taken(db: Connection, number: Number, rank: int) -> bool:
    found = db.execute(
        "SELECT 1 FROM entries e JOIN ranks k ON k.entry = e.entry WHERE e.work_order = ? AND k.rank = ?", (number, rank)
    )
    return found.fetchone() is not None


def learn_from_relay(db: Connection, relay: StationId, ranks: Mapping[EntryId, int], *, anew: bool = False) -> set[Number]:
    """Places that a hub at or below this relay has given since to entries that are here already; others are not its to say."""
    found: dict[EntryId, int] = {}
    homes = below.homes(db)
    for part in journal.in_parts(ranks):
        rows = db.execute(f"SELECT entry_id, work_order FROM entries WHERE entry_id IN ({','.join('?' * len(part))})", part)
        for entry_id, number in rows:
            if homes.below.get(station_in(number)) == relay:
                found[EntryId(entry_id)] = ranks[EntryId(entry_id)]
    if len(found) < len(ranks):
        log.info("ranks_passed_over relay=%s count=%d", relay, len(ranks) - len(found))
    return learn(db, found, anew=anew)


def known_ranks(db: Connection, homes: Homes, relay: StationId, entries: Sequence[Entry]) -> tuple[Run, ...]:
    """The places of these entries (of one life) in orders that are neither the relay's nor below it, as far as they are known here."""
    runs: list[Run] = []
    rows = db.execute(
        "SELECT e.serial, e.work_order, r.hub_seq, k.rank FROM entries e JOIN receipts r ON r.entry = e.entry "
        "LEFT JOIN ranks k ON k.entry = e.entry WHERE e.station = ? AND e.life = ? AND e.serial BETWEEN ? AND ? ORDER BY e.serial",
        (entries[0].station, entries[0].life, entries[0].serial, entries[-1].serial),
    )
    for serial, number, hub_seq, known in rows:
        rank = hub_seq if homes.is_here(number) else known
        if rank is None or homes.below.get(station_in(number)) == relay:
            continue
        last = runs[-1] if runs else None
        if last and (serial, rank) == (last.last + 1, last.hub_seq + serial - last.first):
            runs[-1] = Run(last.first, serial, last.hub_seq)
        else:
            runs.append(Run(serial, serial, rank))
    return tuple(runs)


def _supply_held(db: Connection, known: Sequence[Entry], writer: StationCard, told: Told) -> None:
    """Words of entries that the relay held back and has released since: judged here with their words, they may stand here too."""
    numbers: set[Number] = set()
    for entry in known:
        if entry.words is None or entry.serial in told.held:
            continue
        row = db.execute(
            "SELECT e.entry FROM held h JOIN entries e ON e.entry_id = h.entry_id WHERE h.here AND h.entry_id = ? "
            "AND NOT EXISTS (SELECT 1 FROM words w WHERE w.entry = e.entry)",
            (entry.entry_id,),
        ).fetchone()
        if row is not None and journal.take_words(db, row[0], entry):
            numbers.add(entry.work_order)
    if numbers:
        releasing.judge_again(db, known[0].station, writer, numbers=numbers)
