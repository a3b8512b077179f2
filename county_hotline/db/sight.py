"""What an officer has before them of an order by other hands, at the moment of writing: the basis of the next entry (`domain.sight`)."""

from __future__ import annotations

from typing import Final

from sqlcipher3.dbapi2 import Connection

from county_hotline.db.journal import AGREED_ORDER
from county_hotline.domain import sight
from county_hotline.ids import EntryId, Life, Number, StationId

_OF_THE_ORDER: Final = f"""
    SELECT e.entry_id, e.station, e.life, e.serial, r.hub_seq IS NOT NULL, k.rank IS NOT NULL
    FROM entries e LEFT JOIN receipts r ON r.entry = e.entry LEFT JOIN ranks k ON k.entry = e.entry
    WHERE e.work_order = ? ORDER BY {AGREED_ORDER}
"""


def of_others(db: Connection, number: Number, station: StationId, life: Life) -> str | None:
    """What the next entry of this chain names as its basis. An entry stands at its final place once the order's own hub has placed it:
    ours, or, where any entry of the order has a rank, the one that gives ranks. What lost its receipt with a restored hub has none."""
    rows = db.execute(_OF_THE_ORDER, (number,)).fetchall()
    ranked_elsewhere = any(is_ranked for *_, is_ranked in rows)
    horizon: EntryId | None = None
    heads: dict[tuple[str, str], tuple[int, EntryId]] = {}
    for entry_id, of_station, of_life, serial, is_received, is_ranked in rows:
        if (of_station, of_life) == (station, life):
            continue
        if is_received and (is_ranked or not ranked_elsewhere):
            horizon = entry_id
        else:
            chain = of_station, of_life
            heads[chain] = max(heads.get(chain, (0, entry_id)), (serial, entry_id))
    return sight.told(horizon, (entry_id for _, entry_id in heads.values()))
