"""What 台账 and the strip ask of the tables: pages by keyset, one order by any of its numbers, the three counts."""

from __future__ import annotations

from peewee import SQL, Expression, ModelSelect, fn
from playhouse.sqlcipher_ext import SqlCipherDatabase
from sqlcipher3.dbapi2 import Connection

from county_hotline.db.models import AssignmentRow, WorkOrderRow
from county_hotline.db.search import flat, phrase_for
from county_hotline.domain import numbering
from county_hotline.domain.vocabulary import Channel, MatterKind, Stage, Urgency
from county_hotline.domain.views import Counts, HeldRecord, RegisterPage, RegisterQuery, RegisterRow
from county_hotline.ids import AgencyCode, EntryId, Life, Number, StationId

PHONE_TAIL = 4


def register(db: SqlCipherDatabase, query: RegisterQuery, *, after: str | None, limit: int) -> RegisterPage:
    """A page of 台账: newest first, or by due date. `after` is the previous page's `next_after`."""
    wanted = _filtered(query)
    total = wanted.count(db)
    key = WorkOrderRow.due_on if query.by_due else WorkOrderRow.accepted_at
    if after is not None:
        value, row = after.rsplit(" ", 1)
        edge: object = value if query.by_due else int(value)
        here = (key > edge) | ((key == edge) & (WorkOrderRow.row > int(row))) if query.by_due else (
            (key < edge) | ((key == edge) & (WorkOrderRow.row < int(row)))
        )
        wanted = wanted.where(here)
    order = (key, WorkOrderRow.row) if query.by_due else (key.desc(), WorkOrderRow.row.desc())
    rows = list(wanted.order_by(*order).limit(limit + 1).tuples().execute(db))
    shown = rows[:limit]
    last = f"{shown[-1][_DUE_ON if query.by_due else _ACCEPTED_AT]} {shown[-1][0]}" if len(rows) > limit else None
    return RegisterPage(tuple(_row(row) for row in shown), total, last)


def by_phone(db: SqlCipherDatabase, phone: str, limit: int) -> tuple[RegisterRow, ...]:
    """此人历史: orders of this phone number, newest first; never those of confidential callers."""
    digits = flat(phone)
    if len(digits) <= PHONE_TAIL:
        return ()
    found = WorkOrderRow.select().where(WorkOrderRow.phone == digits).order_by(WorkOrderRow.accepted_at.desc()).limit(limit)
    return tuple(_row(row) for row in found.tuples().execute(db))


def resolve(db: Connection, text: str) -> Number | None:
    """The order meant by a number (with or without hyphens), its day and serial, a query code, or another system's number."""
    if (number := numbering.normalise(text)) and db.execute("SELECT 1 FROM entries WHERE work_order = ?", (number,)).fetchone():
        return number
    typed = text.strip().upper()
    for column in ("query_code", "external_number", "number"):
        found = db.execute(f"SELECT number FROM work_orders WHERE {column} = ? LIMIT 2", (typed,)).fetchall()
        if len(found) == 1:
            return Number(found[0][0])
    tail = typed.replace("-", "")
    if len(tail) >= PHONE_TAIL and tail.isalnum():
        found = db.execute(
            "SELECT number FROM work_orders WHERE replace(number, '-', '') LIKE ? LIMIT 2", (f"%{tail}",)
        ).fetchall()
        if len(found) == 1:
            return Number(found[0][0])
    return None


def counts(db: Connection, own: StationId | None, life: Life) -> Counts:
    """已存 ＝ 已签收 ＋ 待传. Each is counted for itself, and entries once more against the chain, so that the sum says something."""
    stored = db.execute("SELECT count(*) FROM work_orders WHERE own = 1").fetchone()[0]
    waiting = db.execute("SELECT count(*) FROM work_orders WHERE unsent > 0").fetchone()[0]
    received = db.execute("SELECT count(*) FROM work_orders WHERE own = 1 AND unsent = 0").fetchone()[0]
    held = db.execute("SELECT count(*) FROM held").fetchone()[0]
    chains = db.execute("SELECT life, serial, receipted FROM chains WHERE station = ?", (own,)).fetchall()
    unsent = db.execute("SELECT total(unsent) FROM work_orders WHERE unsent > 0").fetchone()[0]
    entries = sum(serial for _, serial, _ in chains)
    signed = sum(receipted for _, _, receipted in chains)
    return Counts(
        stored=stored,
        received=received,
        waiting=waiting,
        held=held,
        entries=entries,
        entries_received=signed,
        balanced=stored == received + waiting and entries == signed + int(unsent),
    )


def held(db: Connection) -> tuple[HeldRecord, ...]:
    """What the hub holds back of this station's records, with the order each belongs to."""
    rows = db.execute(
        "SELECT h.entry_id, coalesce(e.work_order, ''), coalesce(o.title, ''), h.code FROM held h "
        "LEFT JOIN entries e ON e.entry_id = h.entry_id LEFT JOIN work_orders o ON o.number = e.work_order ORDER BY h.entry_id"
    )
    return tuple(HeldRecord(EntryId(row[0]), Number(row[1]), row[2], row[3]) for row in rows)


def _filtered(query: RegisterQuery) -> ModelSelect:
    row = WorkOrderRow
    conditions: list[Expression] = []
    if query.stages:
        conditions.append(row.stage.in_([int(stage) for stage in query.stages]))
    if query.since:
        conditions.append(row.accepted_at >= query.since)
    if query.until:
        conditions.append(row.accepted_at < query.until)
    if query.category:
        conditions.append(row.category.startswith(query.category))
    if query.agency:
        assigned = AssignmentRow.select(AssignmentRow.row).where(AssignmentRow.agency == query.agency)
        conditions.append((row.agency == query.agency) | row.row.in_(assigned))
    if query.waiting_only:
        conditions.append(row.unsent > 0)
    if query.clashes_only:
        conditions.append(row.clashes > 0)
    if query.overdue_before:
        conditions.append((row.stage < int(Stage.FINISHED)) & (row.due_on != "") & (row.due_on < query.overdue_before))
    if query.text.strip():
        conditions.append(_matching(query.text))
    return row.select().where(*conditions) if conditions else row.select()


def _matching(text: str) -> Expression:
    phrase = phrase_for(text)
    if phrase is None:
        return SQL("0")
    found = WorkOrderRow.row.in_(SQL("(SELECT rowid FROM search WHERE search MATCH ?)", [phrase]))
    typed = flat(text).upper()
    return found | (WorkOrderRow.query_code == typed) | (fn.upper(WorkOrderRow.external_number) == text.strip().upper())


_ACCEPTED_AT = 18
_DUE_ON = 16


def _row(row: tuple) -> RegisterRow:  # type: ignore[type-arg]
    return RegisterRow(
        number=Number(row[1]),
        stage=Stage(row[4]),
        title=row[5],
        caller=row[6],
        phone=row[7],
        matter_kind=MatterKind(row[9]) if row[9] else None,
        channel=Channel(row[10]) if row[10] else None,
        urgency=Urgency(row[11]) if row[11] else None,
        category=row[12],
        place=row[13],
        agency=AgencyCode(row[14]),
        is_hint=bool(row[15]),
        due_on=row[16],
        due_provisional=bool(row[17]),
        accepted_at=row[18],
        finished_at=row[19],
        confidential=bool(row[20]),
        waiting=row[3] > 0,
        clashes=row[23],
        official_number="",
    )
