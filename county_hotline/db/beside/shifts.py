"""交接班 as it is kept: sheets as they stood, and who took them over. Not journalled, not sent."""

from __future__ import annotations

import msgspec
from sqlcipher3.dbapi2 import Connection

from county_hotline.domain.shifts import Shift, ShiftSheet
from county_hotline.ids import OfficerId

_COLUMNS = "shift, body, taker, taken_at, remark"


def add(db: Connection, sheet: ShiftSheet) -> Shift:
    """Keep a sheet, not taken over yet."""
    cursor = db.execute(
        "INSERT INTO shifts (made_at, giver, body) VALUES (?,?,?)", (sheet.made_at, sheet.giver, msgspec.json.encode(sheet))
    )
    return Shift(cursor.lastrowid, sheet)


def take(db: Connection, shift: int, *, taker: OfficerId, at: int, remark: str) -> bool:
    """Somebody takes it over; False where somebody did before, or it is not here."""
    sql = "UPDATE shifts SET taker = ?, taken_at = ?, remark = ? WHERE shift = ? AND taken_at = 0"
    return bool(db.execute(sql, (taker, at, remark, shift)).rowcount == 1)


def one(db: Connection, shift: int) -> Shift | None:
    """The sheet of that number."""
    row = db.execute(f"SELECT {_COLUMNS} FROM shifts WHERE shift = ?", (shift,)).fetchone()
    return _shift(row) if row else None


def listed(db: Connection, limit: int) -> tuple[Shift, ...]:
    """The last ones, newest first."""
    rows = db.execute(f"SELECT {_COLUMNS} FROM shifts ORDER BY shift DESC LIMIT ?", (limit,))
    return tuple(_shift(row) for row in rows)


def _shift(row: tuple) -> Shift:  # type: ignore[type-arg]
    return Shift(row[0], msgspec.json.decode(row[1], type=ShiftSheet), OfficerId(row[2]), row[3], row[4])
