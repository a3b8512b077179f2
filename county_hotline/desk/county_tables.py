"""县里的表: units, categories, places and grids from Excel or CSV and back, looked at before anything is written, all in one change.

A table is declared once (`county_table_specs.TABLES`): its columns are the template's, the reader's, the preview's and the export's. A row
is known by its code; a column that is not in the file leaves what stands here; what is not in the file stays, for orders keep the codes.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Final

from county_hotline.background import Steps, finished
from county_hotline.desk import changing, field_names
from county_hotline.desk.county_table_cells import Lookup, RowFault
from county_hotline.desk.county_table_plan import Plan, TablePreview
from county_hotline.desk.county_table_specs import TableSpec, table_named, texts_of
from county_hotline.desk.desk import Desk
from county_hotline.desk.import_returned import ReturnedRow
from county_hotline.desk.import_tables import Table, formula_cells, read_in_steps
from county_hotline.desk.table_files import Head, table_file
from county_hotline.errors import BadInput, Refusal
from county_hotline.wording import say

HEAD_WITHIN: Final = 5
"""A title may stand above the row of heads; it is looked for so far down."""


# ---------------------------------------------------------------- in


def look(desk: Desk, name: str, file: Path, *, sheet: str | None = None) -> TablePreview:
    """What the file would do to the table, row by row; nothing is written. Refuses R204, R400; raises BadInput I103 (columns), I246 (no
    row), and what reading a table raises."""
    return finished(look_in_steps(desk, name, file, sheet=sheet))


def look_in_steps(desk: Desk, name: str, file: Path, *, sheet: str | None = None) -> Steps[TablePreview]:
    """As `look`."""
    changing.allowed(desk)
    spec = table_named(name)
    table, columns = yield from _read(spec, file, sheet)
    formulas = yield from formula_cells(file, sheet)
    return (yield from Plan(desk.store.reference.bundle(), spec).of(table, columns, formulas))


def take(desk: Desk, preview: TablePreview, *, right_only: bool = False) -> int:
    """Write what was seen, as one change of the county's lists; how many rows changed something. With nothing to change nothing is
    written. Refuses wrong rows (R650) unless only the right ones are wanted, and lists that were changed since (R651)."""
    may_be_taken(desk, preview, right_only=right_only)
    if preview.items != getattr(desk.store.reference.bundle(), preview.name):
        changing.change(desk, **{preview.name: preview.items})
    return preview.writes


def may_be_taken(desk: Desk, preview: TablePreview, *, right_only: bool) -> None:
    """Refuses as `take`."""
    changing.allowed(desk)
    if preview.wrong and not right_only:
        raise Refusal("R650", count=preview.wrong)
    if desk.store.reference.version() != preview.version:
        raise Refusal("R651")


def given_back(preview: TablePreview) -> tuple[ReturnedRow, ...]:
    """The wrong rows, each once with all its reasons, to be written beside the file."""
    reasons: dict[int, list[str]] = {}
    for fault in preview.faults:
        reasons.setdefault(fault.row, []).append(in_words(fault))
    first = {fault.row: fault.code for fault in reversed(preview.faults)}
    return tuple(ReturnedRow(row, first[row], say("county_table.between").join(found)) for row, found in reasons.items())


def in_words(fault: RowFault) -> str:
    """Column, what is wrong, what to write instead."""
    if not fault.instead:
        return fault.wrong
    key = "county_table.row_fault" if fault.column else "county_table.row_fault_whole"
    return say(key, column=fault.column, wrong=fault.wrong, instead=fault.instead)


def _read(spec: TableSpec, file: Path, sheet: str | None) -> Steps[tuple[Table, dict[str, int]]]:
    """The table, and where each column stands. Raises BadInput I103 naming the head that is nowhere."""
    missing = "code"
    for header_row in range(1, HEAD_WITHIN + 1):
        try:
            table = yield from read_in_steps(file, sheet=sheet, header_row=header_row)
        except BadInput as fault:
            if fault.code == "I104" and header_row > 1:
                break
            raise
        columns = _columns(spec, table.headers)
        lacking = [column for column in spec.needed if column not in columns]
        if not lacking:
            return table, columns
        if len(lacking) < len(spec.needed):
            missing = lacking[0]
    raise BadInput("I103", column=spec.head(missing))


def _columns(spec: TableSpec, headers: Sequence[str]) -> dict[str, int]:
    """Where each column stands: a head that is the column's own goes before one that only means it."""
    known = field_names.list_columns(f"county_{spec.name}")
    found: dict[str, int] = {}
    for column, names in known.items():
        places = [at for at, header in enumerate(headers) if field_names.plain(header) in names and at not in found.values()]
        own = [at for at in places if field_names.plain(headers[at]) == spec.head(column)]
        if places:
            found[column] = (own or places)[0]
    return found


# ---------------------------------------------------------------- out


def export(desk: Desk, name: str, file: Path) -> int:
    """The table as Excel (or CSV, by the name's ending) with its heads and a row of notes, to be imported again; how many. Anybody who
    reads the lists may. Raises StoreFault."""
    spec = table_named(name)
    bundle = desk.store.reference.bundle()
    lookup = Lookup(bundle.agencies, bundle.places, bundle.county)
    written = table_file(
        file, say(f"county_table.title.{name}"), [Head(spec.head(column), width) for column, width, _ in spec.columns]
    )
    try:
        notes = [say(f"county_table.note.{name}.{column}") for column, _, _ in spec.columns]
        written.add([say("county_table.note_first", words=notes[0]), *notes[1:]])
        for item in spec.items(bundle):
            written.add(list(texts_of(spec, item, lookup).values()))
        written.finish(())
    except BaseException:
        written.drop()
        raise
    return len(spec.items(bundle))
