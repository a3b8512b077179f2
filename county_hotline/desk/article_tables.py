"""知识库 in tables: articles from Excel or CSV with a preview and a reason for each row given back, and all of them as a workbook."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from pathlib import Path

import msgspec

from county_hotline.background import Step, Steps, Told, finished, go_on
from county_hotline.db.beside.reference import Reference
from county_hotline.desk import articles, changing, field_names, knowledge, naming
from county_hotline.desk.county_table_cells import fault_of
from county_hotline.desk.county_table_plan import PlannedRow, TablePreview
from county_hotline.desk.county_tables import may_be_taken
from county_hotline.desk.desk import Desk
from county_hotline.desk.import_returned import ReturnedRow, given_back
from county_hotline.desk.import_tables import Table, TableRow, read_in_steps
from county_hotline.domain.articles import Edition
from county_hotline.errors import BadInput, HotlineError, Refusal
from county_hotline.ids import AgencyCode
from county_hotline.paths import write_atomically
from county_hotline.wording import say

COLUMNS = ("code", "title", "text", "version", "valid_until", "source", "unit", "category", "keywords", "places")
_WIDTHS = (12, 36, 80, 13, 13, 36, 24, 30, 24, 24)
_SEVERAL = re.compile(r"[、,，;；\n]+")
AT_ONCE = 50
"""Rows in one step: each is looked up in all of the county's lists."""
_LONGEST_CELL = 32_000
"""Excel holds no more in a cell."""


class ArticleImport(msgspec.Struct, frozen=True, kw_only=True):
    """What an import did, or would do."""

    rows: int
    new: int
    changed: int
    same: int
    """Rows that say what stands here already: nothing is written for them."""
    returned: tuple[ReturnedRow, ...]
    dry_run: bool
    table: Table
    titles: tuple[str, ...] = ()
    """Of the first that are new or changed, for a preview."""


def import_excel(desk: Desk, file: Path, *, why: str = "", dry_run: bool = False) -> ArticleImport:
    """Each row with a code is the next version of its article, one without a code that of the article so titled, or a new one; a column
    that is not in the file leaves what stands here. Rows that cannot be read are given back with their reason, the others go in, all in
    one transaction. Refuses R204, R400; raises BadInput I103 (columns) and what reading a table raises."""
    seen = finished(look_in_steps(desk, file))
    if seen.items and not dry_run:
        take(desk, seen, why=why, right_only=True)
    return ArticleImport(
        rows=len(seen.table.rows),
        new=seen.count("new"),
        changed=seen.count("changed"),
        same=seen.count("same"),
        returned=tuple(ReturnedRow(each.row, each.code, each.wrong) for each in seen.faults),
        dry_run=dry_run,
        table=seen.table,
        titles=tuple(each.name for each in seen.planned if each.state != "same")[:20],
    )


def look_in_steps(desk: Desk, file: Path) -> Steps[TablePreview]:
    """What `import_excel` would do, row by row; nothing is written. `take` writes it."""
    changing.allowed(desk)
    table = yield from read_in_steps(file)
    columns = _columns(table)
    version = desk.store.reference.version()
    by_title, twice = _titles(desk)
    found: dict[str, Edition] = {}
    planned: list[PlannedRow] = []
    returned: list[ReturnedRow] = []
    for at, row in enumerate(table.rows):
        if at % AT_ONCE == 0:
            yield Step(at, len(table.rows))
        try:
            edition, before = _read(desk, row, columns, by_title=by_title, twice=twice)
            key = edition.code or f" {edition.title}"
            if key in found:
                raise BadInput("I221", title=edition.title[:40])
        except HotlineError as fault:
            returned.append(given_back(row.number, fault))
            continue
        planned.append(_planned(row.number, edition, before))
        if planned[-1].state != "same":
            found[key] = edition
    return TablePreview(
        name="articles",
        file=table.name,
        planned=tuple(planned),
        faults=tuple(fault_of(each, table, columns["title"]) for each in returned),
        missing=(),
        moved=0,
        version=version,
        items=tuple(found.values()),
        table=table,
    )


def take(desk: Desk, preview: TablePreview, *, why: str = "", right_only: bool = False, told: Told = go_on) -> int:
    """Write what was seen, all in one transaction; how many articles have a new version. `told` hears how far it is; where it wants no
    more, it refuses (R670) and nothing is written. Refuses as `county_tables.take`, also (R651) where an article has another version
    since."""
    may_be_taken(desk, preview, right_only=right_only)
    editions = tuple(each for each in preview.items if isinstance(each, Edition))
    for each in editions:
        newest = desk.store.knowledge.newest(each.code) if each.code else None
        if newest is not None and newest.number != each.number:
            raise Refusal("R651")
    articles.save_many(desk, editions, why=why or say("knowledge.imported", name=preview.file), told=told)
    return len(editions)


def _planned(row: int, edition: Edition, before: Edition | None) -> PlannedRow:
    """What would be done with the article."""
    if before is None:
        return PlannedRow(row, edition.code, edition.title, "new")
    if articles.is_same(edition, before):
        return PlannedRow(row, edition.code, edition.title, "same")
    changed = [column for column in COLUMNS if getattr(edition, column) != getattr(before, column)]
    words = [say(f"knowledge.field.{column}") for column in changed] or [say("knowledge.back_in_force")]
    columns = say("county_table.between").join(words)
    return PlannedRow(row, edition.code, edition.title, "changed", (say("county_table.changes", columns=columns),))


def _titles(desk: Desk) -> tuple[dict[str, str], set[str]]:
    """Codes by title, and the titles that several articles bear."""
    knowledge.counts(desk)
    by_title: dict[str, str] = {}
    twice: set[str] = set()
    for each in desk.store.knowledge.all():
        if each.title in by_title:
            twice.add(each.title)
        by_title[each.title] = each.code
    return by_title, twice


def _read(
    desk: Desk, row: TableRow, columns: Mapping[str, int], *, by_title: Mapping[str, str], twice: set[str]
) -> tuple[Edition, Edition | None]:
    """The version this row asks for, and the one it follows."""
    if row.problem:
        raise BadInput("I128", why=say(f"import.row.{row.problem}"))
    said = {field: row.cells[place].strip() for field, place in columns.items()}
    code, title = said.get("code", ""), said.get("title", "")
    if not code and title in twice:
        raise BadInput("I222", title=title[:40])
    code = code or by_title.get(title, "")
    before = knowledge.newest(desk, code) if code else None
    started = msgspec.structs.replace(before, gone=False) if before else Edition(code, "", "", knowledge.today(desk))
    if before is not None and len(before.text) > _LONGEST_CELL and said.get("text", "") == before.text[:_LONGEST_CELL]:
        said.pop("text")  # an exported cell that could not hold all of it
    return articles.checked(desk, msgspec.structs.replace(started, **_parts(said, desk.store.reference))), before


def _parts(said: Mapping[str, str], reference: Reference) -> dict[str, object]:
    parts: dict[str, object] = {field: said[field] for field in ("title", "text", "source") if field in said}
    for field in ("version", "valid_until"):
        if field in said and (said[field] or field == "valid_until"):
            parts[field] = said[field][:10].replace("/", "-") if said[field] else ""
    if "unit" in said:
        parts["unit"] = naming.agency_named(reference.agencies(), said["unit"]).code if said["unit"] else AgencyCode("")
    if "category" in said:
        parts["category"] = naming.category_named(reference.categories(), said["category"]).code if said["category"] else ""
    if "keywords" in said:
        parts["keywords"] = tuple(each.strip() for each in _SEVERAL.split(said["keywords"]) if each.strip())
    if "places" in said:
        names = [each.strip() for each in _SEVERAL.split(said["places"]) if each.strip()]
        parts["places"] = tuple(naming.place_named(reference.places(), name).code for name in names)
    return parts


def _columns(table: Table) -> dict[str, int]:
    found: dict[str, int] = {}
    known = field_names.list_columns("knowledge")
    for place, header in enumerate(table.headers):
        meant = next((field for field, names in known.items() if field_names.plain(header) in names), None)
        if meant is not None:
            found.setdefault(meant, place)
    if "title" not in found:
        raise BadInput("I103", column=say("knowledge.field.title"))
    return found


def export_excel(desk: Desk, file: Path) -> int:
    """Every article in its newest version as an .xlsx that can be imported again. How many. Raises StoreFault where it cannot be written."""
    knowledge.counts(desk)
    found = desk.store.knowledge.all()
    write_atomically(file, _workbook(found, desk.store.reference))
    return len(found)


def _workbook(found: tuple[Edition, ...], reference: Reference) -> bytes:
    import openpyxl
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet(say("ui.page.knowledge"))
    for place, width in enumerate(_WIDTHS, 1):
        sheet.column_dimensions[get_column_letter(place)].width = width
    sheet.freeze_panes = "A2"
    top = Alignment(wrap_text=True, vertical="top")

    def cell(value: str, *, bold: bool = False) -> WriteOnlyCell:
        made = WriteOnlyCell(sheet, value=openpyxl.cell.cell.ILLEGAL_CHARACTERS_RE.sub("", value))
        made.data_type = "s"  # `=…` is text here and no formula
        made.font, made.alignment = Font(bold=bold), top
        return made

    sheet.append([cell(say(f"knowledge.field.{column}"), bold=True) for column in COLUMNS])
    for edition in found:
        sheet.append([cell(value) for value in _cells(edition, reference)])
    written = io.BytesIO()
    book.save(written)
    return written.getvalue()


def _cells(edition: Edition, reference: Reference) -> tuple[str, ...]:
    return (
        edition.code,
        edition.title,
        edition.text[:_LONGEST_CELL],
        edition.version,
        edition.valid_until,
        edition.source,
        reference.agency(edition.unit).name if edition.unit else "",
        reference.category(edition.category).path if edition.category else "",
        say("cli.comma").join(edition.keywords),
        say("cli.comma").join(reference.place(each).path for each in edition.places),
    )
