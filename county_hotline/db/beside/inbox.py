"""待审核留言: messages that become orders only once somebody reviewed them. Kept at this station, not journalled."""

from __future__ import annotations

from typing import Final

from sqlcipher3.dbapi2 import Connection

from county_hotline.db.tables.search import flat, named
from county_hotline.domain.views import Incoming
from county_hotline.domain.vocabulary import Channel
from county_hotline.ids import Number

_COLUMNS: Final = "channel, came_at, sender, phone, title, text, external_number, place, grid, collected_by"
_READ: Final = f"""
    SELECT i.incoming, {", ".join("i." + name for name in _COLUMNS.split(", "))}, i.number, i.dropped, i.decided_at, i.officer, o.title
    FROM incoming i LEFT JOIN work_orders o
        ON i.number <> '' AND o.row = (SELECT min(e.entry) FROM entries e WHERE e.work_order = i.number)
"""


def add(db: Connection, message: Incoming) -> int:
    """Keep a message that is to be reviewed. Its number here; the one it brings is not looked at."""
    values = (
        message.channel.value,
        message.came_at,
        message.sender,
        message.phone,
        message.title,
        message.text,
        message.external_number,
        message.place,
        message.grid,
        message.collected_by,
    )
    row = db.execute(f"INSERT INTO incoming ({_COLUMNS}) VALUES (?,?,?,?,?,?,?,?,?,?)", values).lastrowid
    return int(row)


def listed(db: Connection, *, waiting_only: bool, limit: int) -> tuple[Incoming, ...]:
    """Those that wait, the oldest first; or all, the newest first. One that became an order shows the order's title and no other words."""
    which = "WHERE i.decided_at = 0 ORDER BY i.came_at, i.incoming" if waiting_only else "ORDER BY i.incoming DESC"
    return tuple(_incoming(row) for row in db.execute(f"{_READ} {which} LIMIT ?", (limit,)))


def settle(db: Connection, incoming: int, *, number: Number | None, dropped: str, officer: str, at: int) -> bool:
    """It became this order, whose words are then the only ones; or it was dropped, and why. False: it was settled before, or is not here."""
    words = ", sender = '', phone = '', title = '', text = ''" if number else ""
    changed = db.execute(
        f"UPDATE incoming SET number = ?, dropped = ?, decided_at = ?, officer = ?{words} WHERE incoming = ? AND decided_at = 0",
        (number or "", dropped, at, officer, incoming),
    )
    return bool(changed.rowcount == 1)


def is_known(db: Connection, external_number: str) -> bool:
    """Whether a message or an order with another system's number is here."""
    if not external_number:
        return False
    if db.execute("SELECT 1 FROM incoming WHERE external_number = ? LIMIT 1", (external_number,)).fetchone():
        return True
    if not flat(external_number):
        return False
    rows, values = named(external_number).rows()
    sql = f"SELECT 1 FROM work_orders WHERE row IN {rows} AND external_number = ? LIMIT 1"
    return db.execute(sql, (*values, external_number)).fetchone() is not None


def _incoming(row: tuple) -> Incoming:  # type: ignore[type-arg]
    return Incoming(
        incoming=row[0],
        channel=Channel(row[1]),
        came_at=row[2],
        sender=row[3],
        phone=row[4],
        title=row[5] or row[15] or "",
        text=row[6],
        external_number=row[7],
        place=row[8],
        grid=row[9],
        collected_by=row[10],
        number=Number(row[11]),
        dropped=row[12],
        decided_at=row[13],
        officer=row[14],
    )
