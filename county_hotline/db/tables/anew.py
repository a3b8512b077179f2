"""Folding every order anew after an upgrade, in short transactions: each leaves what the next, or the next opening, goes on from."""

from __future__ import annotations

from typing import NamedTuple

from sqlcipher3.dbapi2 import Connection

from county_hotline.db import journal
from county_hotline.db.beside import memos
from county_hotline.db.tables import projection
from county_hotline.domain.reference import StationCard
from county_hotline.ids import Number


class Anew(NamedTuple):
    """How far folding anew is: entries looked at so far, of how many; and whether that was all."""

    done: int
    total: int
    is_all: bool = False


def begin(db: Connection) -> None:
    """The tables are thrown away, to be folded anew by `go_on`. Where that was begun before, by this very fold, it goes on."""
    if (memos.note(db, projection.ANEW) or "").partition(" ")[0] == projection.FOLD:
        return
    projection.clear(db)
    memos.drop_note(db, projection.FOLDED_BY)
    memos.set_note(db, projection.ANEW, f"{projection.FOLD} 0 ")


def go_on(db: Connection, card: StationCard | None, orders: int) -> Anew:
    """The next so many orders, by number. What was begun stands in the tables with a note of how far it is, so that whoever comes next
    goes on there. Nothing to do where it is finished already (another program did it)."""
    _, done, after = (memos.note(db, projection.ANEW) or f"{projection.FOLD} 0 ").split(" ", 2)
    total: int = db.execute("SELECT ifnull(max(entry), 0) FROM entries").fetchone()[0]
    if not projection.is_due(db):
        return Anew(total, total, is_all=True)
    wanted = "SELECT DISTINCT work_order FROM entries WHERE work_order > ? ORDER BY work_order LIMIT ?"
    numbers = [Number(row[0]) for row in db.execute(wanted, (after, orders))]
    if not numbers:
        memos.set_note(db, projection.FOLDED_BY, projection.FOLD)
        memos.drop_note(db, projection.ANEW)
        memos.drop_note(db, projection.PUT_OFF)
        return Anew(total, total, is_all=True)
    made, looked_at = [], int(done)
    for number in numbers:
        first, story = journal.row_of(db, number), journal.story(db, number)
        if first is None:  # all of it is held back
            continue
        if db.execute("SELECT 1 FROM work_orders WHERE row = ?", (first,)).fetchone():
            projection.drop(db, first)  # an older program that still runs has written it
        made.append(projection.folded(number, first, story, card))
        looked_at += len(story)
    projection.write_new(db, made)
    memos.set_note(db, projection.ANEW, f"{projection.FOLD} {looked_at} {numbers[-1]}")
    return Anew(min(looked_at, total), total)
