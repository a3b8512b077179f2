"""What an officer has before them of an order by other hands, at the moment of writing: the basis of the next entry (`domain.sight`)."""

from __future__ import annotations

from typing import Final

from sqlcipher3.dbapi2 import Connection

from county_hotline.db.beside import memos
from county_hotline.db.journal import AGREED_ORDER
from county_hotline.db.line import lapsing
from county_hotline.domain import sight
from county_hotline.ids import EntryId, Life, Number, StationId

_OF_THE_ORDER: Final = f"""
    SELECT e.entry_id, e.station, e.life, e.serial, r.hub_seq, k.rank
    FROM entries e LEFT JOIN receipts r ON r.entry = e.entry LEFT JOIN ranks k ON k.entry = e.entry
    WHERE e.work_order = ? ORDER BY {AGREED_ORDER}
"""


def of_others(db: Connection, number: Number, station: StationId, life: Life) -> str | None:
    """What the next entry of this chain names as its basis. The horizon is the last entry of which whatever our hub placed before it was
    read here: up to the cursor, and only where our hub is the order's own (no entry has a rank). Of all else each chain is named by its last entry:
    a receipt for what a former life had not sent, or a rank learnt for a neighbour's entry, says nothing of what lies before it."""
    rows = db.execute(_OF_THE_ORDER, (number,)).fetchall()
    is_ours = all(rank is None for *_, rank in rows)
    read_through = int(memos.note(db, lapsing.CURSOR) or "0")
    horizon: EntryId | None = None
    heads: dict[tuple[str, str], tuple[int, EntryId]] = {}
    for entry_id, of_station, of_life, serial, place, _ in rows:
        if (of_station, of_life) == (station, life):
            continue
        if is_ours and place is not None and place <= read_through:
            horizon = entry_id
        else:
            chain = of_station, of_life
            heads[chain] = max(heads.get(chain, (0, entry_id)), (serial, entry_id))
    return sight.told(horizon, (entry_id for _, entry_id in heads.values()))
