"""What a hub holds back of a batch: records that cannot stand, that their station may not write, and those that depend on them.

A held record keeps its place in the chain, so the chain still verifies; it is not folded, obeyed, routed or passed on.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from sqlcipher3.dbapi2 import Connection

from county_hotline.db import journal, routing
from county_hotline.domain import authority, numbering
from county_hotline.domain.entries import Entry
from county_hotline.domain.facts import KINDS, Fact, SiteFindings, UnitsCalled, Unknown, WordsErased
from county_hotline.domain.receipts import Held
from county_hotline.domain.reference import StationCard
from county_hotline.domain.upcasts import read_fact
from county_hotline.domain.vocabulary import StationRole
from county_hotline.ids import Number

NO_NUMBER: Final = "H101"
UNREADABLE: Final = "H102"
DEPENDS: Final = "H103"
NOT_ITS_TO_WRITE: Final = "H106"


def held_back(db: Connection, new: Sequence[Entry], writer: StationCard | None) -> list[Held]:
    """Hold back what of these entries of one chain must be, with what the same hand wrote of the order afterwards. What others wrote
    about the order is not held for it, or one station could stop another's. Without a `writer` nobody is asked what it may write."""
    stuck = {
        row[0]
        for row in db.execute(
            "SELECT e.work_order FROM held h JOIN entries e ON e.entry_id = h.entry_id WHERE h.here AND e.station = ?",
            (new[0].station,),
        )
    }
    concerned = _concerned(db, new, writer)
    held = []
    for entry in new:
        code = _fault_of(entry) or (DEPENDS if entry.work_order in stuck else None)
        if code is None and writer is not None and not _may_write(db, entry, new, writer=writer, concerned=concerned):
            code = NOT_ITS_TO_WRITE
        if code:
            held.append(Held(entry.entry_id, code))
            stuck.add(entry.work_order)
    db.executemany("INSERT OR IGNORE INTO held VALUES (?,?,1)", [(h.entry_id, h.code) for h in held])
    return held


def _fault_of(entry: Entry) -> str | None:
    if not numbering.is_valid(entry.work_order):
        return NO_NUMBER
    fact = _fact_of(entry)
    if isinstance(fact, Unknown) and entry.kind in KINDS and entry.version <= KINDS[entry.kind].version:
        return UNREADABLE
    return None


def _fact_of(entry: Entry) -> Fact:
    return read_fact(entry.kind, entry.version, entry.words.body if entry.words else None)


def _concerned(db: Connection, new: Sequence[Entry], writer: StationCard | None) -> frozenset[Number]:
    """Which of these orders concern the writer: those it gave numbers to, and those the hub has brought to it."""
    if writer is None or writer.role is StationRole.CENTRE:
        return frozenset(entry.work_order for entry in new)
    own = {entry.work_order for entry in new if numbering.is_of(entry.work_order, writer.station)}
    others = {entry.work_order for entry in new} - own
    return frozenset(own | routing.concerning(db, writer, others))


def _may_write(
    db: Connection, entry: Entry, new: Sequence[Entry], *, writer: StationCard, concerned: Collection[Number]
) -> bool:
    """Whether the order is the writer's concern and the fact is its to write. Calling or setting tasks brings the order to others, so
    that is for those who have it in hand."""
    number, fact = entry.work_order, _fact_of(entry)
    if number not in concerned:
        return False
    if not authority.may_write(writer, number, fact):
        took = routing.unit_that_took(db, number)
        if not authority.may_write(writer, number, fact, taken_by=took, author=_author(db, fact, new)):
            return False
    brings = isinstance(fact, UnitsCalled) or (isinstance(fact, SiteFindings) and bool(fact.tasks))
    return not brings or routing.has_in_hand(db, number, writer)


def _author(db: Connection, fact: Fact, new: Sequence[Entry]) -> str:
    """The station whose words an erasure erases; empty where they are not here."""
    if not isinstance(fact, WordsErased):
        return ""
    if any(entry.entry_id == fact.entry_id for entry in new):
        return new[0].station
    return journal.station_of(db, fact.entry_id)
