"""At a relay: what the hub above answers: how far it has signed, what it has lost, what it holds more of. Inside one transaction of `relays`."""

from __future__ import annotations

from collections.abc import Sequence

from sqlcipher3.dbapi2 import Connection

from county_hotline.db import journal
from county_hotline.db.beside import memos
from county_hotline.db.line.lapsing import Present
from county_hotline.db.relaying import below, relay_up, relayed
from county_hotline.db.relaying.relay_up import Bundle
from county_hotline.domain.numbering import station_in
from county_hotline.domain.receipts import Head, Receipt, Run
from county_hotline.errors import NotTrusted
from county_hotline.ids import Life, Number, StationId


def signed(db: Connection, sent: Bundle, receipt: Receipt, ranks: Sequence[Run]) -> set[Number]:
    """The hub above has this batch, and says what it knows of its ranks. The orders whose story changed.

    Raises NotTrusted A315 where the receipt is for another chain than ours, A333 for a rank that contradicts one known here.
    """
    first, last = sent.entries[0], sent.entries[-1]
    if (receipt.station, receipt.life) != (last.station, last.life) or receipt.last_serial < last.serial:
        raise NotTrusted("A315", serial=receipt.last_serial, life=receipt.life)
    agrees(db, Head(receipt.station, receipt.life, receipt.last_serial, receipt.last_hash))
    db.execute(
        "INSERT INTO signed_above VALUES (?,?,?) ON CONFLICT DO UPDATE SET serial = max(serial, excluded.serial)",
        (last.station, last.life, last.serial),
    )
    for part in journal.in_parts([entry.entry_id for entry in sent.entries]):
        marks = ",".join("?" * len(part))
        db.execute(f"DELETE FROM bare_above WHERE entry IN (SELECT entry FROM entries WHERE entry_id IN ({marks}))", part)
    db.executemany(
        "INSERT OR IGNORE INTO bare_above SELECT entry FROM entries WHERE entry_id = ?", [(each,) for each in sent.bare]
    )
    homes = below.homes(db)
    by_serial = {run.first + at: run.hub_seq + at for run in ranks for at in range(_within(run, first.serial, last.serial))}
    foreign = [entry for entry in sent.entries if not homes.is_ours(entry.work_order) and entry.serial in by_serial]
    return relayed.learn(db, {entry.entry_id: by_serial[entry.serial] for entry in foreign}, anew=True)


def _within(run: Run, first: int, last: int) -> int:
    """How many ranks a run gives. Raises NotTrusted A333 for one that speaks of entries that were not sent."""
    if not first <= run.first <= run.last <= last:
        raise NotTrusted("A333", entry_id=f"{run.first}-{run.last}", rank=run.hub_seq)
    return run.last - run.first + 1


def agrees(db: Connection, head: Head) -> None:
    """The hub above holds of this chain what is here, as far as both go. Raises NotTrusted A315."""
    ours = journal.hash_at(db, head.station, head.life, head.serial)
    if ours is not None and ours != head.hash:
        raise NotTrusted("A315", serial=head.serial, life=head.life)


def compare(db: Connection, heads: Sequence[Head]) -> None:
    """How far the hub above says that it holds the chains below. Raises NotTrusted: A103 fewer than it signed for, A315 another chain."""
    theirs = {(head.station, head.life): head.serial for head in heads}
    for station, life, serial in db.execute("SELECT station, life, serial FROM signed_above"):
        if (held := theirs.get((station, life), 0)) < serial:
            raise NotTrusted("A103", life=life, signed=serial, held=held)
    for head in heads:
        agrees(db, head)


def lost(db: Connection, heads: Sequence[Head]) -> tuple[int, int]:
    """Of how many entries that the hub above signed for it has none any more, and for how many it signed."""
    theirs = {(head.station, head.life): head.serial for head in heads}
    signed = db.execute("SELECT station, life, serial FROM signed_above").fetchall()
    gone = sum(max(0, serial - theirs.get((StationId(station), Life(life)), 0)) for station, life, serial in signed)
    return gone, sum(row[2] for row in signed)


def hash_above(db: Connection, place: int) -> bytes:
    """Of the entry at this place of the hub above. Places are known here of orders that are its own: as ranks."""
    rows = db.execute("SELECT e.work_order, e.hash FROM ranks k JOIN entries e ON e.entry = k.entry WHERE k.rank = ?", (place,))
    takers = relay_up.takers_above(db)
    return next((digest for number, digest in rows if station_in(Number(number)) in takers), b"")


def lapse(db: Connection, heads: Sequence[Head], present: Present) -> set[Number]:
    """The hub above was put back from a backup and stands to its places up to `present.through`: it is sent again what it lacks (`heads`: what
    it has), asked again for what came after, and its ranks after that place lapse. The orders whose story changed."""
    theirs = {(head.station, head.life): head.serial for head in heads}
    for station, life, serial in db.execute("SELECT station, life, serial FROM signed_above").fetchall():
        held = min(serial, theirs.get((StationId(station), Life(life)), 0))
        db.execute("UPDATE signed_above SET serial = ? WHERE station = ? AND life = ?", (held, station, life))
    for name in (relay_up.RANKED, "above.introduced"):
        memos.drop_note(db, name)
    memos.set_note(db, relay_up.CURSOR, str(min(int(memos.note(db, relay_up.CURSOR) or "0"), present.through)))
    past = [name for name in (memos.note(db, relay_up.PAST) or "").split() if name not in (present.was, present.epoch)]
    memos.set_note(db, relay_up.PAST, " ".join([*past, present.was]))
    memos.set_note(db, relay_up.EPOCH, present.epoch)
    takers = relay_up.takers_above(db)
    rows = db.execute(
        "SELECT k.entry, e.work_order FROM ranks k JOIN entries e ON e.entry = k.entry WHERE k.rank > ?", (present.through,)
    ).fetchall()
    return relayed.lapse(db, [row for row, number in rows if station_in(Number(number)) in takers])


def lacking(db: Connection, heads: Sequence[Head]) -> tuple[tuple[Head, int], ...]:
    """Chains of stations enrolled here of which the hub above holds more than this one, with how far they are here."""
    own = below.homes(db).own
    found = []
    for head in heads:
        ours = journal.chain_head(db, head.station, head.life)
        if head.station in own and (ours.serial if ours else 0) < head.serial:
            found.append((head, ours.serial if ours else 0))
    return tuple(found)
