"""Each officer's own choices: columns, saved filters. Not journalled, not sent; JSON in the shape that a key's owner reads."""

from __future__ import annotations

from typing import TypeVar

import msgspec
from sqlcipher3.dbapi2 import Connection

from county_hotline.ids import OfficerId

T = TypeVar("T")


def chosen(db: Connection, officer: OfficerId, key: str, shape: type[T]) -> T | None:
    """What the officer chose, as `shape`; None where nothing was chosen, or a release before or after wrote it otherwise."""
    row = db.execute("SELECT value FROM preferences WHERE officer = ? AND key = ?", (officer, key)).fetchone()
    if row is None:
        return None
    try:
        return msgspec.json.decode(row[0], type=shape)
    except msgspec.MsgspecError:
        return None


def choose(db: Connection, officer: OfficerId, key: str, value: object) -> None:
    """Keep what the officer chose, instead of what was chosen before."""
    body = msgspec.json.encode(value).decode()
    db.execute("INSERT OR REPLACE INTO preferences (officer, key, value) VALUES (?,?,?)", (officer, key, body))


def forget(db: Connection, officer: OfficerId, key: str) -> None:
    """Back to what everybody has."""
    db.execute("DELETE FROM preferences WHERE officer = ? AND key = ?", (officer, key))
