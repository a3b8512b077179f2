"""At a relay: a page of the hub above, as the database takes it. Inside one transaction; may be repeated (I4).

What comes from above was judged there. It gets a place in this hub's own order, is routed to those below and folded; the chains of its
authors are not expected to be whole here, as at a station.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence

from sqlcipher3.dbapi2 import Connection

from county_hotline.db import journal
from county_hotline.db.beside import memos
from county_hotline.db.line import placing, releasing, routing
from county_hotline.db.relaying import below, relayed
from county_hotline.db.relaying.below import Homes
from county_hotline.db.relaying.relay_up import CURSOR
from county_hotline.domain.entries import Entry, is_sound
from county_hotline.domain.receipts import Page, Received
from county_hotline.errors import NotTrusted
from county_hotline.ids import EntryId, Number

log = logging.getLogger(__name__)


def take_in(db: Connection, page: Page) -> set[Number]:
    """A page of what concerns those below; the cursor moves with it. The orders that changed.

    Raises NotTrusted A316 for an entry that is not sound, or another under the id of one that is here.
    """
    homes = below.homes(db)
    here = _hashes(db, [each.entry for each in page.entries])
    for each in page.entries:
        if not is_sound(each.entry) or here.get(each.entry.entry_id, each.entry.hash) != each.entry.hash:
            raise NotTrusted("A316", entry_id=each.entry.entry_id)
    known = [each for each in page.entries if each.entry.entry_id in here]
    new = [each for each in page.entries if each.entry.entry_id not in here and not _is_from_below(homes, each.entry)]
    touched = _put(db, homes, new)
    if page.cursor > cursor(db):  # what was read before says nothing of now
        touched |= _learn(db, homes, known)
    releasing.supply(db, [each.entry for each in known if not _is_from_below(homes, each.entry)], None)
    if page.cursor > cursor(db):
        memos.set_note(db, CURSOR, str(page.cursor))
    return touched


def _learn(db: Connection, homes: Homes, known: Sequence[Received]) -> set[Number]:
    """The hub above says as what rank each of these stands now. Of other hubs' orders its word counts: where one was put back from a backup,
    ranks change, or go for a while. Hubs below say theirs themselves."""
    theirs = [each for each in known if not homes.is_ours(each.entry.work_order)]
    ranked = _ranked(db, [each.entry for each in theirs])
    gone = [ranked[each.entry.entry_id] for each in theirs if each.rank is None and each.entry.entry_id in ranked]
    touched = relayed.lapse(db, gone) if gone else set()
    return touched | relayed.learn(db, {each.entry.entry_id: each.rank for each in theirs if each.rank is not None}, anew=True)


def _ranked(db: Connection, entries: Sequence[Entry]) -> dict[EntryId, int]:
    """Which of these have a rank here, with their arrival numbers."""
    found: dict[EntryId, int] = {}
    for part in journal.in_parts(entry.entry_id for entry in entries):
        rows = db.execute(
            "SELECT e.entry_id, k.entry FROM entries e JOIN ranks k ON k.entry = e.entry "
            f"WHERE e.entry_id IN ({','.join('?' * len(part))})",
            part,
        )
        found.update({EntryId(row[0]): row[1] for row in rows})
    return found


def cursor(db: Connection) -> int:
    return int(memos.note(db, CURSOR) or "0")


def _put(db: Connection, homes: Homes, new: Sequence[Received]) -> set[Number]:
    first = journal.last_place(db) + 1
    received = [
        Received(place, each.received_at, each.entry, each.rank if _is_news(homes, each) else None)
        for place, each in enumerate(new, first)
    ]
    touched = placing.put(db, received, None)
    entries = [each.entry for each in received]
    relayed.expect_no_person(db, entries)
    for part in journal.in_parts(entry.entry_id for entry in entries):
        marks = ",".join("?" * len(part))
        db.execute(f"INSERT INTO from_above SELECT entry FROM entries WHERE entry_id IN ({marks})", part)
    routing.route(db, received, None)
    return touched


def _is_news(homes: Homes, received: Received) -> bool:
    """Nobody above says where an entry stands in the order of a work order that is this hub's own."""
    return not homes.is_here(received.entry.work_order)


def _is_from_below(homes: Homes, entry: Entry) -> bool:
    """Its author brings it here itself; after a restore of this hub too."""
    return entry.station in homes.own or entry.station in homes.below


def _hashes(db: Connection, entries: Sequence[Entry]) -> dict[EntryId, bytes]:
    found: dict[EntryId, bytes] = {}
    for part in journal.in_parts(entry.entry_id for entry in entries):
        marks = ",".join("?" * len(part))
        found.update(db.execute(f"SELECT entry_id, hash FROM entries WHERE entry_id IN ({marks})", part).fetchall())
    return found
