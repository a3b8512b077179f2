"""归属清单 in tables: a row as a line of the list, and the list as a workbook. Names are read as people write them."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Mapping, Sequence

import msgspec

from county_hotline.background import Step, Steps
from county_hotline.db.beside.reference import Reference
from county_hotline.desk import field_names, naming
from county_hotline.desk.import_returned import ReturnedRow, given_back
from county_hotline.desk.import_tables import Table, TableRow
from county_hotline.domain.reference import DutyLine
from county_hotline.errors import BadInput, HotlineError
from county_hotline.ids import AgencyCode
from county_hotline.wording import say

COLUMNS = ("line", "matter", "category", "place", "condition", "lead", "helpers", "fallback", "basis")
_SEVERAL = re.compile(r"[、,，;；/\n]+")
AT_ONCE = 50
"""Rows in one step: each is looked up in all of the county's lists."""
_WIDTHS = (6, 28, 30, 20, 20, 20, 28, 20, 36)


class ReadLines(msgspec.Struct, frozen=True):
    """What a table holds, each line with its row, and the rows that hold nothing we can take."""

    lines: tuple[tuple[int, DutyLine], ...]
    returned: tuple[ReturnedRow, ...]


def read(table: Table, reference: Reference, check: Callable[[DutyLine], DutyLine]) -> Steps[ReadLines]:
    """Every row that can be understood, checked. Raises BadInput I103 where no column is the matter."""
    places = columns_of(table)
    lines, returned = [], []
    for at, row in enumerate(table.rows):
        if at % AT_ONCE == 0:
            yield Step(at, len(table.rows))
        try:
            if row.problem:
                raise BadInput("I128", why=say(f"import.row.{row.problem}"))
            lines.append((row.number, check(_line(row, places, reference))))
        except HotlineError as fault:
            returned.append(given_back(row.number, fault))
    return ReadLines(tuple(lines), tuple(returned))


def columns_of(table: Table) -> dict[str, int]:
    """Where each column stands. Raises BadInput I103 where no column is the matter."""
    found: dict[str, int] = {}
    known = field_names.list_columns("duty_list")
    for place, header in enumerate(table.headers):
        meant = next((field for field, names in known.items() if field_names.plain(header) in names), None)
        if meant is not None:
            found.setdefault(meant, place)
    if "matter" not in found:
        raise BadInput("I103", column=say("field.duty_matter"))
    return found


def _line(row: TableRow, places: Mapping[str, int], reference: Reference) -> DutyLine:
    text = {field: row.cells[place].strip() for field, place in places.items()}

    def said(field: str) -> str:
        return text.get(field, "")

    return DutyLine(
        line=_number(said("line")),
        matter=said("matter"),
        category=naming.category_named(reference.categories(), said("category")).code if said("category") else "",
        place=naming.place_named(reference.places(), said("place")).code if said("place") else "",
        condition=said("condition"),
        lead=_unit(reference, said("lead")),
        helpers=tuple(unit for name in _SEVERAL.split(said("helpers")) if (unit := _unit(reference, name.strip()))),
        fallback=_unit(reference, said("fallback")),
        basis=said("basis"),
    )


def _number(text: str) -> int:
    if text and not text.isdecimal():
        raise BadInput("I122", name=say("field.duty_line"), value=text[:60])
    return int(text or 0)


def _unit(reference: Reference, text: str) -> AgencyCode:
    """The unit so called; nothing for nothing, and for 属地, which is the township where it happened."""
    if not text or field_names.plain(text) in field_names.list_columns("duty_list")["township"]:
        return AgencyCode("")
    return naming.agency_named(reference.agencies(), text).code


def workbook(lines: Sequence[DutyLine], reference: Reference) -> bytes:
    """The lines as .xlsx, under headers that are read again."""
    import openpyxl
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = openpyxl.Workbook()
    sheet = book.active
    sheet.title = say("duty_list.title")
    sheet.append([say(f"duty_list.column.{column}") for column in COLUMNS])
    for line in lines:
        sheet.append(_cells(line, reference))
    for place, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
        sheet.cell(1, place).font = Font(bold=True)
    for row in sheet.iter_rows(min_row=2):
        for cell in row:
            if isinstance(cell.value, str):
                cell.data_type = "s"  # `=…` is text here and no formula
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    sheet.freeze_panes = "A2"
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _cells(line: DutyLine, reference: Reference) -> tuple[str | int, ...]:
    def named(unit: AgencyCode) -> str:
        return reference.agency(unit).name if unit else ""

    return (
        line.line,
        line.matter,
        reference.category(line.category).path if line.category else "",
        reference.place(line.place).path if line.place else "",
        line.condition,
        named(line.lead) or say("duty_list.by_place"),
        say("cli.comma").join(map(named, line.helpers)),
        named(line.fallback),
        line.basis,
    )
