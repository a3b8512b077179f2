"""关联 and 同一事项 as the tables have them, asked from both ends: what an order names, and what names it."""

from __future__ import annotations

from typing import Final

from sqlcipher3.dbapi2 import Connection

from county_hotline.domain.views import ClusterRow
from county_hotline.domain.work_order import WorkOrder
from county_hotline.ids import ClusterId, Number

LINK: Final = "link"
CLUSTER: Final = "cluster"
MEMBERS: Final = "SELECT row FROM relations INDEXED BY relations_by_target WHERE target = ? AND kind = 'cluster'"
"""The arrivals of a matter's orders."""
_TOLD: Final = """
    SELECT r.target, r.name, count(*), count(DISTINCT nullif(o.phone, '')), total(o.phone = ''), total(o.open),
        max(r.row) AS newest, o.accepted_at AS last
    FROM relations r JOIN work_orders o ON o.row = r.row WHERE r.kind = 'cluster' {which} GROUP BY r.target
"""
"""Name and day are those of the newest order: SQLite takes what stands beside the one `max` from its row."""


def lines_of(first: int, order: WorkOrder) -> tuple[tuple[object, ...], ...]:
    """What the tables hold of an order, in the order of the key."""
    matter = [(first, CLUSTER, order.cluster.cluster, order.cluster.name)] if order.cluster else []
    return (*matter, *((first, LINK, number, "") for number in sorted(order.links)))


def naming(db: Connection, number: Number) -> tuple[Number, ...]:
    """Orders that say they are linked with this one, by arrival."""
    sql = "SELECT o.number FROM relations r JOIN work_orders o ON o.row = r.row WHERE r.target = ? AND r.kind = 'link' ORDER BY r.row"
    return tuple(Number(row[0]) for row in db.execute(sql, (number,)))


def cluster(db: Connection, which: ClusterId) -> ClusterRow | None:
    """One matter with what is counted of it; None where none of its orders is here."""
    row = db.execute(_TOLD.format(which="AND r.target = ?"), (which,)).fetchone()
    return _row(row) if row else None


def clusters(db: Connection, *, since: int, limit: int) -> tuple[ClusterRow, ...]:
    """Matters whose newest order was accepted since then (UTC ms), the newest first."""
    sql = f"SELECT * FROM ({_TOLD.format(which='')}) WHERE last >= ? ORDER BY newest DESC LIMIT ?"
    return tuple(_row(row) for row in db.execute(sql, (since, limit)))


def members(db: Connection, which: ClusterId, limit: int) -> tuple[Number, ...]:
    """A matter's orders, the newest first."""
    sql = f"SELECT number FROM work_orders WHERE row IN ({MEMBERS}) ORDER BY row DESC LIMIT ?"
    return tuple(Number(row[0]) for row in db.execute(sql, (which, limit)))


def _row(row: tuple) -> ClusterRow:  # type: ignore[type-arg]
    target, name, orders, callers, unknown, waiting, *_ = row
    return ClusterRow(ClusterId(target), name, orders, callers, int(unknown), int(waiting))
