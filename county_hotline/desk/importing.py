"""导入: rows of another system's table become requests here. Repeat-safe; bad rows are given back with their reason, good ones go in."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence

import msgspec

from county_hotline.desk import intake
from county_hotline.desk.desk import Desk
from county_hotline.desk.import_mapping import ColumnMap, doubts
from county_hotline.desk.import_returned import ReturnedRow, given_back
from county_hotline.desk.import_rows import KEPT_AS_WRITTEN, MAY_BE_OTHER, ReadRow, RowReader
from county_hotline.desk.import_tables import Table, TableRow
from county_hotline.desk.own_secret import own_secret
from county_hotline.domain import decisions
from county_hotline.domain.facts import Accepted, Person
from county_hotline.errors import BadInput, HotlineError
from county_hotline.ids import Number
from county_hotline.signals import Changes
from county_hotline.wording import say

log = logging.getLogger(__name__)

AT_ONCE = 500
"""Rows a transaction: each is one flush of the disk, and a counter that registers meanwhile waits no longer than it takes."""


class ImportReport(msgspec.Struct, frozen=True, kw_only=True):
    """What an import did. `known`: rows that were here already."""

    rows: int
    accepted: int
    known: int
    returned: tuple[ReturnedRow, ...]
    first: Number = Number("")
    last: Number = Number("")
    as_written: int = 0
    """Rows of which a category, unit or place is not in our lists; its text is kept with the order."""
    dry_run: bool = False
    stopped: bool = False
    """A person ended it before its end; `rows` is how many were looked at."""


class Ready(msgspec.Struct, frozen=True):
    """A row that can go in."""

    row: int
    fact: Accepted
    person: Person


def check(table: Table, columns: ColumnMap) -> None:
    """Raises BadInput: I103 where no column is the content, I110 where a column is not what its header says (unless a person said so)."""
    if not columns.places("content"):
        raise BadInput("I103", column=say("field.content"))
    found = () if columns.told else doubts(table, columns)
    if found:
        raise BadInput("I110", column=found[0].header, expected=say(f"import.expected.{found[0].expected}"))


def bring_in(
    desk: Desk,
    table: Table,
    columns: ColumnMap,
    *,
    place: str = "",
    values: Mapping[str, str] | None = None,
    limit: int | None = None,
    dry_run: bool = False,
    progress: Callable[[int, int], None] = lambda done, of: None,
    is_stopping: Callable[[], bool] = lambda: False,
) -> ImportReport:
    """Every row that can be understood, five hundred a transaction. `place` stands where a row says none: else the county itself."""
    officer = desk.needs("accept")
    check(table, columns)
    place = place or desk.card.county
    reader = RowReader(columns, desk.store.reference, place=place, values=values or {}, secret=own_secret(desk))
    known = set(desk.store.external_numbers())
    returned: list[ReturnedRow] = []
    numbers: list[Number] = []
    skipped = as_written = looked_at = 0
    rows = table.rows[:limit] if limit is not None else table.rows
    for start in range(0, len(rows), AT_ONCE):
        if is_stopping():
            break
        ready: list[Ready] = []
        for row in rows[start : start + AT_ONCE]:
            read = _read(reader, row, returned)
            if read is not None and not known.isdisjoint((read.form.external_number, read.former_number)):
                skipped += 1
            elif read is not None and (one := _ready(desk, read, row.number, returned)) is not None:
                known.add(one.fact.external_number)
                as_written += bool(one.fact.original.keys() & {*KEPT_AS_WRITTEN, *MAY_BE_OTHER})
                ready.append(one)
        numbers += _kept(desk, ready, officer=officer.officer, dry_run=dry_run)
        looked_at = min(start + AT_ONCE, len(rows))
        progress(looked_at, len(rows))
    log.info("imported rows=%d accepted=%d known=%d returned=%d", looked_at, len(numbers), skipped, len(returned))
    return ImportReport(
        rows=looked_at,
        accepted=looked_at - skipped - len(returned),
        known=skipped,
        returned=tuple(returned),
        first=numbers[0] if numbers else Number(""),
        last=numbers[-1] if numbers else Number(""),
        as_written=as_written,
        dry_run=dry_run,
        stopped=looked_at < len(rows),
    )


def _read(reader: RowReader, row: TableRow, returned: list[ReturnedRow]) -> ReadRow | None:
    """The row as a form, or None with its reason put down."""
    try:
        if row.problem:
            raise BadInput("I128", why=say(f"import.row.{row.problem}"))
        return reader.read(row)
    except HotlineError as fault:
        returned.append(given_back(row.number, fault))
        return None


def _ready(desk: Desk, read: ReadRow, number: int, returned: list[ReturnedRow]) -> Ready | None:
    """The form as it would be written, or None with its reason put down."""
    try:
        fact, person = intake.drawn_up(desk, read.form)
        fact = msgspec.structs.replace(fact, original={**fact.original, **read.as_written})
        return Ready(number, decisions.accept(fact, person), person)
    except HotlineError as fault:
        returned.append(given_back(number, fault))
        return None


def _kept(desk: Desk, ready: Sequence[Ready], *, officer: str, dry_run: bool) -> list[Number]:
    if dry_run or not ready:
        return []
    makes = [lambda _number, one=one: (one.fact, one.person) for one in ready]
    orders = desk.store.accept_many(makes, officer=officer)  # type: ignore[arg-type]
    numbers = [order.number for order in orders]
    desk.tell(Changes(work_orders=frozenset(numbers), counts=True))
    return numbers
