"""Ranks change only where their home hub was put back from a backup and gave other places since: what it said before lapses, nothing else.

Inside one transaction of `store`; may be repeated (I4).
"""

from __future__ import annotations

from collections.abc import Collection

from sqlcipher3.dbapi2 import Connection

from county_hotline.db import journal
from county_hotline.ids import Number


def give(db: Connection, row: int, number: Number, rank: int) -> list[int]:
    """The entry (arrival number) has this rank of its order from now on; what it had lapses, and so does what another entry of the order has
    of this very rank. Those others."""
    others = [
        found[0]
        for found in db.execute(
            "SELECT k.entry FROM entries e JOIN ranks k ON k.entry = e.entry WHERE e.work_order = ? AND k.rank = ? AND k.entry <> ?",
            (number, rank, row),
        )
    ]
    lapse(db, [row, *others])
    db.execute("INSERT INTO ranks VALUES (?,?)", (row, rank))
    return others


def lapse(db: Connection, rows: Collection[int]) -> None:
    """These entries have no rank until their home hub says one anew."""
    for part in journal.in_parts(rows):
        marks = ",".join("?" * len(part))
        db.execute(f"INSERT OR IGNORE INTO lapsed_ranks SELECT entry, rank FROM ranks WHERE entry IN ({marks})", part)
        db.execute(f"DELETE FROM ranks WHERE entry IN ({marks})", part)


def have_lapsed(db: Connection) -> bool:
    """Whether a home hub known here was put back since this one began."""
    return db.execute("SELECT 1 FROM lapsed_ranks LIMIT 1").fetchone() is not None
