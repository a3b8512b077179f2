"""What a hub holds back of a batch: records that cannot stand, that their station may not write, and those that depend on them.

A held record keeps its place in the chain, so the chain still verifies; it is not folded, obeyed, routed or passed on. Its own station may
withdraw it: then both are settled, and neither ever counts. Whatever else is held is judged again when something changed: `releasing`.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Final

from sqlcipher3.dbapi2 import Connection

from county_hotline.db import entries_here, journal
from county_hotline.db.line import routing
from county_hotline.db.relaying import below
from county_hotline.domain import authority, numbering
from county_hotline.domain.entries import Entry
from county_hotline.domain.facts import KINDS, Fact, SiteFindings, UnitsCalled, Unknown, Withdrawn, WordsErased
from county_hotline.domain.reference import StationCard
from county_hotline.domain.upcasts import read_fact
from county_hotline.domain.vocabulary import StationRole
from county_hotline.ids import EntryId, Number, StationId

NO_NUMBER: Final = "H101"
UNREADABLE: Final = "H102"
DEPENDS: Final = "H103"
ABSENT: Final = "H104"
NOT_ITS_TO_WRITE: Final = "H106"
STANDS: Final = journal.STANDS
"""A withdrawal of a record that stands: too late, or never held. It counts for nothing."""
SETTLED: Final = "H108"
"""A record that was withdrawn, and the withdrawal: nobody has to do anything about them any more."""
OPEN: Final = f"h.here AND h.code NOT IN ('{STANDS}', '{SETTLED}')"
"""SQL over h: held here until it is repaired or judged otherwise."""


def parts_of(new: Sequence[Entry]) -> list[list[Entry]]:
    """The batch in parts, each of which is judged when the one before lies in the database: a withdrawal changes what stands, so it is a
    part by itself. So nothing hangs on where a batch was cut."""
    parts: list[list[Entry]] = []
    alone = True
    for entry in new:
        is_withdrawal = entry.kind == Withdrawn.kind and entry.words is not None
        if alone or is_withdrawal:
            parts.append([])
        parts[-1].append(entry)
        alone = is_withdrawal
    return parts


def held_back(
    db: Connection, part: Sequence[Entry], writer: StationCard | None, told: Mapping[int, str] | None = None
) -> frozenset[Number]:
    """Hold back what of this part of a batch (`parts_of`) must be, with what the same hand wrote of the order afterwards. What others wrote
    about the order is not held for it, or one station could stop another's. Without a `writer` nobody is asked what it may write.
    `told`: what is held back where the batch comes from (a relay), with its code, by serial. The order in which something was settled."""
    if part[0].kind == Withdrawn.kind and part[0].words is not None:
        (entry,) = part
        code = _withdrawal(db, entry, writer)
        if code:
            db.execute("INSERT OR IGNORE INTO held VALUES (?,?,1)", (entry.entry_id, code))
        return frozenset({entry.work_order} if code == SETTLED else ())
    stuck = stuck_orders(db, part[0].station)
    concerned = concerned_by(db, part, writer)
    codes: dict[EntryId, str] = {}
    for entry in part:
        code = (told or {}).get(entry.serial) or fault_of(entry) or (DEPENDS if entry.work_order in stuck else None)
        if code is None and writer is not None and not may_write(db, entry, part, writer=writer, concerned=concerned):
            code = NOT_ITS_TO_WRITE
        if code:
            codes[entry.entry_id] = code
            stuck |= {entry.work_order} if code not in (STANDS, SETTLED) else set()
    db.executemany("INSERT OR IGNORE INTO held VALUES (?,?,1)", list(codes.items()))
    return frozenset()


def stuck_orders(db: Connection, station: StationId) -> set[Number]:
    """Orders of which something that this station wrote is held: what it writes of them afterwards waits too."""
    rows = db.execute(
        f"SELECT e.work_order FROM held h JOIN entries e ON e.entry_id = h.entry_id WHERE {OPEN} AND e.station = ?", (station,)
    )
    return {Number(row[0]) for row in rows}


def _withdrawal(db: Connection, entry: Entry, writer: StationCard | None) -> str | None:
    """Obey a withdrawal where it names a record that its own station wrote of the same order and that counts nowhere: one held here is
    settled with it; one that lies here without its words was passed on, and so is its withdrawal. Else it is held itself."""
    fact = fact_of(entry)
    if not isinstance(fact, Withdrawn):
        return UNREADABLE
    row = db.execute(
        "SELECT e.kind, e.work_order, h.here = 0, ifnull(h.code, '') FROM entries e LEFT JOIN held h ON h.entry_id = e.entry_id "
        "WHERE e.entry_id = ? AND e.station = ?",
        (fact.entry_id, entry.station),
    ).fetchone()
    kind, order, is_bare, code = row or ("", Number(""), False, "")
    if order != entry.work_order or kind == Withdrawn.kind:
        return NOT_ITS_TO_WRITE if writer is not None else None
    if is_bare:
        return None
    if not code:
        return STANDS if writer is not None else None
    db.execute("UPDATE held SET code = ? WHERE entry_id = ?", (SETTLED, fact.entry_id))
    return SETTLED


def fault_of(entry: Entry) -> str | None:
    """Why the record cannot stand, whoever wrote it."""
    if not numbering.is_valid(entry.work_order):
        return NO_NUMBER
    fact = fact_of(entry)
    if isinstance(fact, Unknown) and entry.kind in KINDS and entry.version <= KINDS[entry.kind].version:
        return UNREADABLE
    return None


def fact_of(entry: Entry) -> Fact:
    """What the entry says."""
    return read_fact(entry.kind, entry.version, entry.words.body if entry.words else None)


def concerned_by(db: Connection, new: Sequence[Entry], writer: StationCard | None) -> frozenset[Number]:
    """Which of these orders concern the writer: those it gave numbers to, and those the hub has brought to it. A centre's are all; a
    centre that stands below a relay is the centre of what concerns that relay, not of its neighbours'."""
    numbers = {entry.work_order for entry in new}
    if writer is None:
        return frozenset(numbers)
    if writer.role is StationRole.CENTRE:
        relay = below.relay_of(db, writer.station)
        return frozenset(numbers if relay is None else below.concerning(db, relay, numbers))
    own = {number for number in numbers if numbering.is_of(number, writer.station)}
    return frozenset(own | routing.concerning(db, writer, numbers - own))


def may_write(
    db: Connection, entry: Entry, new: Sequence[Entry], *, writer: StationCard, concerned: Collection[Number]
) -> bool:
    """Whether the order is the writer's concern and the fact is its to write. Calling or setting tasks brings the order to others, so
    that is for those who have it in hand."""
    number, fact = entry.work_order, fact_of(entry)
    if number not in concerned:
        return False
    if not authority.may_write(writer, number, fact):
        took = routing.unit_that_took(db, number)
        if not authority.may_write(writer, number, fact, taken_by=took, author=_author(db, entry, fact, new)):
            return False
    brings = isinstance(fact, UnitsCalled) or (isinstance(fact, SiteFindings) and bool(fact.tasks))
    return not brings or routing.has_in_hand(db, number, writer)


def _author(db: Connection, entry: Entry, fact: Fact, new: Sequence[Entry]) -> str:
    """The station whose words an erasure erases; empty where they are not here."""
    if not isinstance(fact, WordsErased):
        return ""
    if any(each.entry_id == fact.entry_id and each.serial < entry.serial for each in new):
        return entry.station
    return entries_here.station_of(db, fact.entry_id)
