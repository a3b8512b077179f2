"""Tables from elsewhere: CSV, Excel and JSON lines as headers and rows of text, each row with the number a person finds it by."""

from __future__ import annotations

import csv
import gzip
import io
import warnings
import zlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

import msgspec

from county_hotline.background import Step, Steps, finished
from county_hotline.desk.import_text import text_of
from county_hotline.errors import BadInput

LONGEST_CELL = 16 * 1024 * 1024
LARGEST_FILE = 1024 * 1024 * 1024
OLD_OFFICE = b"\xd0\xcf\x11\xe0"
"""Begins an .xls, a WPS .et, and an .xlsx that asks for a password."""
DELIMITERS = ",\t;|"
AT_ONCE = 300
"""Rows of a workbook read in one step: a few hundredths of a second."""


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row. `number` is Excel's row, or the line of a JSON file."""

    number: int
    cells: tuple[str, ...]
    problem: str = ""
    """Wording key below `import.row.`: why the row cannot be taken at all."""


@dataclass(frozen=True, slots=True)
class Table:
    """A file, read. Headers are as written; without a header row they are empty."""

    name: str
    encoding: str
    headers: tuple[str, ...]
    rows: tuple[TableRow, ...]

    def column(self, place: int) -> list[str]:
        """The cells of one column, of rows that are whole."""
        return [row.cells[place] for row in self.rows if not row.problem]


def read_table(file: Path, *, encoding: str | None = None, sheet: str | None = None, header_row: int = 1) -> Table:
    """The table in the file, by what it is called and what it holds.

    Raises BadInput: I101 cannot be opened, I102 encoding, I104 malformed (line named), I125 another kind of file, I126 which sheet, I129 password.
    """
    return finished(read_in_steps(file, encoding=encoding, sheet=sheet, header_row=header_row))


def read_in_steps(file: Path, *, encoding: str | None = None, sheet: str | None = None, header_row: int = 1) -> Steps[Table]:
    """As `read_table`; of a workbook so many rows at a time."""
    name = file.name
    raw = _content(file)
    kind = file.name.lower().removesuffix(".gz").rpartition(".")[2]
    if raw.startswith(OLD_OFFICE):
        raise BadInput("I129" if kind in ("xlsx", "xlsm") else "I125", name=name)
    if raw.startswith(b"PK\x03\x04") or kind in ("xlsx", "xlsm"):
        return (yield from _excel(raw, name, sheet, header_row))
    if kind in ("xls", "et"):
        raise BadInput("I125", name=name)
    text, found = text_of(raw, name, encoding)
    if kind in ("jsonl", "ndjson"):
        return _objects(name, found, _json_lines(text))
    if kind == "json":
        return _objects(name, found, _json_list(text))
    return _csv(text, name, found, header_row)


def _content(file: Path) -> bytes:
    try:
        if file.stat().st_size > LARGEST_FILE:
            raise BadInput("I127", name=file.name, limit=LARGEST_FILE >> 20)
        raw = file.read_bytes()
        if raw.startswith(b"\x1f\x8b"):
            with gzip.GzipFile(fileobj=io.BytesIO(raw)) as packed:
                raw = packed.read(LARGEST_FILE + 1)
        if len(raw) > LARGEST_FILE:
            raise BadInput("I127", name=file.name, limit=LARGEST_FILE >> 20)
    except (OSError, EOFError, zlib.error) as exc:
        raise BadInput("I101", file=file.name) from exc
    return raw


# ---------------------------------------------------------------- CSV


def _csv(text: str, name: str, encoding: str, header_row: int) -> Table:
    csv.field_size_limit(LONGEST_CELL)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        records = list(reader)
    except csv.Error as exc:
        raise BadInput("I104", line=reader.line_num) from exc
    return _with_headers(name, encoding, records, header_row)


def _delimiter(text: str) -> str:
    """What stands most often in the first line, outside quotes."""
    line = text.lstrip("\ufeff").split("\n", 1)[0]
    outside = "".join(line.split('"')[::2])
    return max(DELIMITERS, key=lambda sign: (outside.count(sign), -DELIMITERS.index(sign)))


def _with_headers(name: str, encoding: str, records: Sequence[Sequence[str]], header_row: int) -> Table:
    if header_row > len(records):
        raise BadInput("I104", line=header_row)
    headers = tuple(records[header_row - 1]) if header_row else ()
    width = len(headers) or max((len(record) for record in records), default=0)
    rows = tuple(
        _row(number, record, width)
        for number, record in enumerate(records[header_row:], header_row + 1)
        if any(cell.strip() for cell in record)
    )
    return Table(name, encoding, headers or ("",) * width, rows)


def _row(number: int, record: Sequence[str], width: int) -> TableRow:
    """A row as wide as the header; more cells than headers mean a comma or quote astray, and the row is given back."""
    extra = any(cell.strip() for cell in record[width:])
    cells = (*record, *[""] * (width - len(record)))[: len(record) if extra else width]
    return TableRow(number, tuple(cells), "too_wide" if extra else "too_narrow" if len(record) < width else "")


# ---------------------------------------------------------------- Excel


def _excel(raw: bytes, name: str, sheet: str | None, header_row: int) -> Steps[Table]:
    import zipfile

    import openpyxl
    from openpyxl.utils.exceptions import InvalidFileException

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # what Office left in the file's styles is no matter of ours
        try:
            book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True, data_only=True)
            records = yield from _sheet(book, sheet, name)
            book.close()
        except (InvalidFileException, zipfile.BadZipFile, KeyError, ValueError, EOFError, OSError, SyntaxError) as exc:
            raise BadInput("I101", file=name) from exc
    return _with_headers(name, "xlsx", records, header_row)


def _sheet(book: object, sheet: str | None, name: str) -> Steps[list[list[str]]]:
    """The sheet named; without a name the only one that holds anything. Raises BadInput I126 where several do."""
    filled: dict[str, list[list[str]]] = {}
    for each in book.worksheets:  # type: ignore[attr-defined]
        if sheet is None or each.title == sheet:
            each.reset_dimensions()
            rows: list[list[str]] = []
            for row in each.iter_rows(values_only=True):
                rows.append([_cell(value) for value in row])
                if len(rows) % AT_ONCE == 0:
                    yield Step(len(rows))
            while rows and not any(cell.strip() for cell in rows[-1]):
                rows.pop()
            if rows or sheet is not None:
                filled[each.title] = rows
    if len(filled) != 1:
        raise BadInput("I126", name=name, sheets=" / ".join(filled or [each.title for each in book.worksheets])[:200])  # type: ignore[attr-defined]
    return next(iter(filled.values()))


def formula_cells(file: Path, sheet: str | None = None) -> Steps[frozenset[tuple[int, int]]]:
    """Where formulas stand instead of what they come to: Excel's row, and the column from 0. None in other kinds of file.

    Raises BadInput like `read_table`."""
    raw = _content(file)
    if not raw.startswith(b"PK\x03\x04"):
        return frozenset()
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(raw), read_only=True)
        try:
            sheets = [each for each in book.worksheets if sheet is None or each.title == sheet]
            found: set[tuple[int, int]] = set()
            for each in sheets:
                for at, row in enumerate(each.iter_rows(), 1):
                    found.update((cell.row, cell.column - 1) for cell in row if cell.data_type == "f")
                    if at % AT_ONCE == 0:
                        yield Step(at)
            return frozenset(found)
        finally:
            book.close()


def _cell(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return str(value).lower()
        case float() if value.is_integer():
            return str(int(value))
        case datetime():
            return value.strftime("%Y-%m-%d %H:%M:%S").removesuffix(" 00:00:00")
        case date():
            return value.isoformat()
        case _:
            return str(value)


# ---------------------------------------------------------------- JSON


def _json_lines(text: str) -> Iterable[tuple[int, object]]:
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            try:
                yield number, msgspec.json.decode(line)
            except msgspec.DecodeError as exc:
                raise BadInput("I104", line=number) from exc


def _json_list(text: str) -> Iterable[tuple[int, object]]:
    try:
        found = msgspec.json.decode(text)
    except msgspec.DecodeError as exc:
        raise BadInput("I104", line=1) from exc
    return enumerate(found if isinstance(found, list) else [found], 1)


def _objects(name: str, encoding: str, objects: Iterable[tuple[int, object]]) -> Table:
    """JSON objects as a table: a column for each key, in the order in which keys appear."""
    read = list(objects)
    headers: dict[str, None] = {}
    for number, each in read:
        if not isinstance(each, dict):
            raise BadInput("I104", line=number)
        headers.update(dict.fromkeys(each))
    rows = tuple(TableRow(number, tuple(_json_cell(each.get(header)) for header in headers)) for number, each in read)  # type: ignore[attr-defined]
    return Table(name, encoding, tuple(headers), rows)


def _json_cell(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return ", ".join(value)
    if isinstance(value, (list, dict)):
        return msgspec.json.encode(value).decode() if value else ""
    return _cell(value)
