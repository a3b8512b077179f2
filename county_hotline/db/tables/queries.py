"""What 台账 and the strip ask of the tables: which rows are wanted, one order by any of its numbers, the three counts."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from peewee import SQL, ModelSelect, Node, fn
from playhouse.sqlcipher_ext import SqlCipherDatabase
from sqlcipher3.dbapi2 import Connection

from county_hotline.db import journal
from county_hotline.db.beside import memos
from county_hotline.db.beside.memos import DIFFERENCES
from county_hotline.db.models import AssignmentRow, WorkOrderRow
from county_hotline.db.tables import relations, tallies
from county_hotline.db.tables.search import flat, named
from county_hotline.domain import numbering
from county_hotline.domain.civil_time import start_of_day_ms
from county_hotline.domain.views import Counts, HeldRecord, RegisterQuery, RegisterRow
from county_hotline.domain.vocabulary import ENDED, AssignmentState, Channel, MatterKind, Stage, Urgency
from county_hotline.ids import AgencyCode, EntryId, Life, Number, StationId

PHONE_TAIL = 4
SHORTEST_NAME = 4
DAY_AND_SERIAL = 10
SEVERAL = 50
TOWNSHIP = 9
"""Digits of a township's code: what has fewer is the whole county, and near to nothing."""
_OPEN = '"t1"."open" = 1'
"""Said in so many words: SQLite takes the short index of what is open only where it reads this, not where it is given a value."""
MATTER = 4
"""Digits of a category within which two requests are of one kind."""


def by_phone(db: SqlCipherDatabase, phone: str, limit: int) -> tuple[RegisterRow, ...]:
    """此人历史: orders of this phone number, newest first; never those of confidential callers."""
    digits = flat(phone)
    if len(digits) <= PHONE_TAIL:
        return ()
    found = WorkOrderRow.select().where(WorkOrderRow.phone == digits).order_by(WorkOrderRow.accepted_at.desc()).limit(limit)
    return tuple(row_of(row) for row in found.tuples().execute(db))


def likely_repeats(
    db: SqlCipherDatabase, *, phone: str, place: str, category: str, since: int, limit: int
) -> tuple[RegisterRow, ...]:
    """Orders accepted since then by the same phone, or of the same place (or one within the other) in the same kind of matter, newest
    first, those by phone before the others; never those of confidential callers."""
    row = WorkOrderRow
    digits = flat(phone)
    recent = row.select().where((row.accepted_at >= since) & (row.confidential == 0)).order_by(row.accepted_at.desc())
    found: list[tuple[object, ...]] = []
    if len(digits) > PHONE_TAIL:
        found += recent.where(row.phone == digits).limit(limit).tuples().execute(db)
    if place:
        near = row.place.startswith(place) | ((fn.instr(place, row.place) == 1) & (fn.length(row.place) >= TOWNSHIP))
        same = recent.where(near if len(place) >= TOWNSHIP else row.place == place)
        if category:
            same = same.where(row.category.startswith(category[:MATTER]))
        known = {line[0] for line in found}
        found += (line for line in same.limit(limit).tuples().execute(db) if line[0] not in known)
    return tuple(row_of(line) for line in found[:limit])


def dispatched_since(db: Connection, since: int, *, limit: int) -> list[tuple[Number, str, str]]:
    """Number, lead and category of orders accepted since then that went to a unit, newest first; never those of confidential callers."""
    rows: list[tuple[Number, str, str]] = db.execute(
        "SELECT number, agency, category FROM work_orders"
        " WHERE accepted_at >= ? AND confidential = 0 AND is_hint = 0 AND agency <> '' ORDER BY accepted_at DESC, row DESC LIMIT ?",
        (since, limit),
    ).fetchall()
    return rows


def resolve(db: Connection, text: str) -> Number | None:
    """The order meant by a number (with or without hyphens), its tail (serial, or day and serial, or more; the check character may be
    left out), a query code, or another system's number. None where none or several are meant."""
    if (number := numbering.normalise(text)) and journal.row_of(db, number) is not None:
        return number
    meant = called(db, text)
    return meant[0] if len(meant) == 1 else None


def called(db: Connection, text: str) -> tuple[Number, ...]:
    """The orders that go by this name, fifty at most: those whose query code or other number it is, else those whose tail it is."""
    name = flat(text)
    if len(name) < SHORTEST_NAME:
        return ()
    found = _called(db, name, name)
    for length in (DAY_AND_SERIAL + 1, DAY_AND_SERIAL):
        if not found and len(name) > length:
            found = _called(db, name[-length:], name)
    exact = [row for row in found if name in (flat(row[1]), flat(row[2]))]
    return tuple(Number(row[0]) for row in exact or found)


def _called(db: Connection, tail: str, name: str) -> list[tuple[str, str, str]]:
    """Number, query code and other number of the orders that go by `tail`, and that have all of `name` in their number if it is longer."""
    rows, values = named(tail).rows()
    longer = "" if tail == name else "AND instr(lower(replace(number, '-', '')), ?)"
    found: list[tuple[str, str, str]] = db.execute(
        f"SELECT number, query_code, external_number FROM work_orders WHERE row IN {rows} {longer} ORDER BY row LIMIT ?",
        (*values, *([name] if longer else []), SEVERAL),
    ).fetchall()
    return found


def counts(db: Connection, own: StationId | None, life: Life) -> Counts:
    """已存 ＝ 已签收 ＋ 待传. 已存 comes from the chains, 待传 from the tables, and entries are counted on both, so that the sum says
    something; none of it is slower with more orders."""
    waiting, unsent = db.execute("SELECT count(*), total(unsent) FROM work_orders WHERE unsent > 0").fetchone()
    held = db.execute("SELECT count(*) FROM held WHERE code <> 'H108'").fetchone()[0]
    kept = memos.note(db, DIFFERENCES)
    differ = len(msgspec.json.decode(kept)) if kept else 0
    chains = db.execute("SELECT life, serial, receipted, orders FROM chains WHERE station = ?", (own,)).fetchall()
    entries = sum(serial for _, serial, _, _ in chains)
    signed = sum(receipted for _, _, receipted, _ in chains)
    stored = sum(orders for _, _, _, orders in chains)
    if entries != signed + int(unsent):
        signed += sum(_signed_beyond(db, own, life, receipted) for life, _, receipted, _ in chains)
    return Counts(
        stored=stored,
        received=stored - waiting,
        waiting=waiting,
        held=held,
        entries=entries,
        entries_received=signed,
        balanced=stored >= waiting and entries == signed + int(unsent) and not differ,
        differences=differ,
    )


def _signed_beyond(db: Connection, own: StationId | None, life: str, receipted: int) -> int:
    """Entries behind the first that the hub has not signed for and that are signed for themselves: a page may bring a later one first."""
    found: int = db.execute(
        "SELECT count(*) FROM entries e JOIN receipts r ON r.entry = e.entry WHERE e.station = ? AND e.life = ? AND e.serial > ?",
        (own, life, receipted),
    ).fetchone()[0]
    return found


def held(db: Connection) -> tuple[HeldRecord, ...]:
    """What the hub holds back of this station's records, with the order each belongs to."""
    rows = db.execute(
        "SELECT h.entry_id, coalesce(e.work_order, ''), coalesce(o.title, ''), h.code FROM held h "
        "LEFT JOIN entries e ON e.entry_id = h.entry_id LEFT JOIN work_orders o ON o.number = e.work_order WHERE h.code <> 'H108' ORDER BY e.entry, h.entry_id"
    )
    return tuple(HeldRecord(EntryId(row[0]), Number(row[1]), row[2], row[3]) for row in rows)


def is_everything(query: RegisterQuery) -> bool:
    """Whether nothing is filtered: every order is wanted."""
    return not query.text.strip() and not [*_of_the_order(query), *_of_its_progress(query)]


def filtered(query: RegisterQuery) -> ModelSelect[WorkOrderRow]:
    """The rows of 台账 that are wanted, in no order yet; what was typed is looked for by the text index (`register_pages`)."""
    conditions = [*_of_the_order(query), *_of_its_progress(query)]
    return WorkOrderRow.select().where(*conditions) if conditions else WorkOrderRow.select()


def _of_its_progress(query: RegisterQuery) -> Iterator[Node]:
    row = WorkOrderRow
    if query.stages:
        yield row.stage.in_([int(stage) for stage in query.stages])
    if query.ended is not None or (query.stages and ENDED.isdisjoint(query.stages)):
        yield SQL(f'"t1"."open" = {int(not query.ended)}')
    if query.waiting_only:
        yield row.unsent > 0
    if query.clashes_only:
        yield row.clashes > 0
    if query.suspended_only:
        stands = AssignmentRow.select(AssignmentRow.row).where(AssignmentRow.state == int(AssignmentState.SUSPENDED))
        yield row.row.in_(stands)
    if query.overdue_before:
        yield SQL(_OPEN) & (row.due_at > 0) & (row.due_at <= start_of_day_ms(query.overdue_before))
    if query.overdue_at:
        yield SQL(_OPEN) & (row.due_at > 0) & (row.due_at < query.overdue_at)


def _of_the_order(query: RegisterQuery) -> Iterator[Node]:
    row = WorkOrderRow
    if query.since:
        yield row.accepted_at >= query.since
    if query.until:
        yield row.accepted_at < query.until
    yield from _of_its_kind(query)
    if query.cluster:
        yield row.row.in_(SQL(f"({relations.MEMBERS})", (query.cluster,)))
    if query.figure is not None:
        yield SQL(*tallies.told_of(query.figure, '"t1"."row"'))
    if query.agency:
        assigned = SQL('EXISTS (SELECT 1 FROM assignments a WHERE a.row = "t1"."row" AND a.agency = ?)', (query.agency,))
        yield (row.agency == query.agency) | assigned


def _of_its_kind(query: RegisterQuery) -> Iterator[Node]:
    row = WorkOrderRow
    if query.confidential_only:
        yield row.confidential == 1
    for column, begins in ((row.category, query.category), (row.place, query.place)):
        if begins:
            yield column.startswith(begins)
    kinds = (query.channel, query.matter_kind, query.urgency)
    columns = (row.channel, row.matter_kind, row.urgency, row.event, row.campaign)
    wanted_of = (*(kind.value if kind else "" for kind in kinds), query.event, query.campaign)
    yield from (column == kind for column, kind in zip(columns, wanted_of, strict=True) if kind)


def row_of(row: tuple) -> RegisterRow:  # type: ignore[type-arg]
    """One line of 台账."""
    return RegisterRow(
        number=Number(row[1]),
        stage=Stage(row[4]),
        title=row[6],
        caller=row[7],
        phone=row[8],
        matter_kind=MatterKind(row[10]) if row[10] else None,
        channel=Channel(row[11]) if row[11] else None,
        urgency=Urgency(row[12]) if row[12] else None,
        category=row[13],
        place=row[14],
        agency=AgencyCode(row[17]),
        is_hint=bool(row[18]),
        due_on=row[19],
        due_provisional=bool(row[21]),
        accepted_at=row[22],
        finished_at=row[23],
        confidential=bool(row[24]),
        waiting=row[3] > 0,
        clashes=row[29],
        official_number="",
        due_at=row[20],
        event=row[15],
        campaign=row[16],
    )
