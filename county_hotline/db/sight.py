"""What an officer has before them of an order by other hands, at the moment of writing: the basis of the next entry (`domain.sight`)."""

from __future__ import annotations

from typing import Final

from sqlcipher3.dbapi2 import Connection

from county_hotline.db.journal import NOT_HELD
from county_hotline.domain import sight
from county_hotline.ids import Life, Number, StationId

_CHAINS: Final = f"""
    SELECT e.station, e.life, max(e.serial) FROM entries e
    WHERE e.work_order = ? AND NOT (e.station = ? AND e.life = ?) AND {NOT_HELD} GROUP BY e.station, e.life
"""


def of_others(db: Connection, number: Number, station: StationId, life: Life) -> str | None:
    """What the next entry of this chain names as its basis: how far every other chain is here, as it is folded. A former life of this
    PC is another chain."""
    return sight.told(
        {(of_station, of_life): serial for of_station, of_life, serial in db.execute(_CHAINS, (number, station, life))}
    )
