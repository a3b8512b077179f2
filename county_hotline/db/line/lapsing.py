"""At a station whose hub was put back from a backup: receipts the hub no longer stands to go to `lapsed`; nothing else is touched.

Own entries without a receipt wait to be sent, as before they were sent the first time. Others' entries stay, are shown, and stand behind
what has a place, until their author sends them again. Inside one transaction of `store`; may be repeated.
"""

from __future__ import annotations

from typing import Final

import msgspec
from sqlcipher3.dbapi2 import Connection

from county_hotline.db.beside import memos
from county_hotline.db.tables import projection
from county_hotline.domain.epochs import Earlier
from county_hotline.domain.reference import StationCard
from county_hotline.domain.views import Unplaced
from county_hotline.ids import EntryId, Number, StationId

EPOCH: Final = "sync.epoch"
"""Note: the hub's epoch in which the receipts here were signed. It lies in the very file the receipts lie in, and goes back with them."""
PAST: Final = "sync.epochs"
"""Note: the hub's epochs before it, parted by spaces."""
LINEAGE: Final = "sync.lineage"
"""Note: what the hub said of its earlier epochs."""
CURSOR: Final = "sync.cursor"


class Present(msgspec.Struct, frozen=True):
    """What the hub is now, and what of its former self still holds."""

    was: str
    """The epoch in which the receipts here were signed."""
    epoch: str
    through: int
    """Receipts up to this place still hold."""
    lineage: tuple[Earlier, ...] = ()


def lapse(db: Connection, present: Present, card: StationCard) -> frozenset[Number]:
    """Let go of every receipt after `present.through`, and be in the new epoch from now on. Orders it changed."""
    gone = db.execute(
        "SELECT e.work_order, e.entry_id, e.station FROM receipts r JOIN entries e ON e.entry = r.entry WHERE r.hub_seq > ?",
        (present.through,),
    ).fetchall()
    db.execute(
        "INSERT OR REPLACE INTO lapsed SELECT entry, ?, hub_seq, received_at FROM receipts WHERE hub_seq > ?",
        (present.was, present.through),
    )
    db.execute("DELETE FROM receipts WHERE hub_seq > ?", (present.through,))
    db.executemany(
        "DELETE FROM held WHERE entry_id = ? AND NOT here AND code <> 'H104'",
        [(entry_id,) for _, entry_id, station in gone if station == card.station],
    )
    db.execute(
        "UPDATE chains SET receipted = coalesce((SELECT min(e.serial) - 1 FROM entries e LEFT JOIN receipts r ON r.entry = e.entry "
        "WHERE e.station = chains.station AND e.life = chains.life AND r.entry IS NULL), receipted) WHERE station = ?",
        (card.station,),
    )
    cursor = int(memos.note(db, CURSOR) or "0")
    memos.set_note(db, CURSOR, str(min(cursor, present.through)))
    past = [name for name in (memos.note(db, PAST) or "").split() if name not in (present.was, present.epoch)]
    memos.set_note(db, PAST, " ".join([*past, present.was]))
    memos.set_note(db, EPOCH, present.epoch)
    memos.set_note(db, LINEAGE, msgspec.json.encode(present.lineage).decode())
    numbers = frozenset(Number(row[0]) for row in gone)
    for number in sorted(numbers):
        projection.refold(db, number, card)
    return numbers


def share(db: Connection, through: int) -> tuple[int, int]:
    """How many receipts lie after this place, and how many there are."""
    found: tuple[int, int] = db.execute("SELECT total(hub_seq > ?), count(*) FROM receipts", (through,)).fetchone()
    return int(found[0]), found[1]


def unplaced(db: Connection, own: StationId, limit: int) -> tuple[Unplaced, ...]:
    """Others' entries that are here and that the hub lost: their authors have not sent them again yet."""
    rows = db.execute(
        "SELECT e.work_order, e.station, e.entry_id, e.kind, e.recorded_at FROM entries e JOIN lapsed l ON l.entry = e.entry "
        "LEFT JOIN receipts r ON r.entry = e.entry WHERE r.entry IS NULL AND e.station <> ? GROUP BY e.entry ORDER BY e.entry LIMIT ?",
        (own, limit),
    )
    return tuple(Unplaced(Number(n), StationId(s), EntryId(i), kind, at) for n, s, i, kind, at in rows)
