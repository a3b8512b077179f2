"""A table written row by row into a file that appears whole or not at all: Excel with real types, or CSV that Excel reads.

What was typed stays what was typed: a cell that begins with = + - @ is text and no formula, in either kind.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from county_hotline.paths import settle, store_fault

if TYPE_CHECKING:
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles.cell_style import StyleArray

Value = str | int | date | datetime | None
UNFINISHED = ".lxq-part"
BEGIN_FORMULAS = ("=", "+", "-", "@", "\t", "\r")
LONGEST_PLAIN_NUMBER = 11
"""Digits Excel shows as they are; longer ones it rounds."""
LONGEST_CELL = 32_767
_DAY, _MOMENT, _TEXT, _NUMBER = "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "@", "General"
_HEAD, _FORMULA = "head", "formula"


@dataclass(frozen=True, slots=True)
class Head:
    """What stands above a column, and how wide it is, in characters."""

    words: str
    width: int = 14


class TableFile(Protocol):
    """A table that is being written."""

    def add(self, values: Sequence[Value]) -> None:
        """One more row."""
        ...

    def finish(self, notes: Sequence[tuple[str, str]]) -> None:
        """Whole: under its own name now. `notes` say what it is. Raises StoreFault; then there is no file."""
        ...

    def drop(self) -> None:
        """Not wanted any more: nothing stays."""
        ...


def table_file(path: Path, title: str, heads: Sequence[Head]) -> TableFile:
    """By the name's ending: `.csv`, else Excel. What an earlier one left unfinished in the folder goes. Raises StoreFault."""
    try:
        for left in path.parent.glob(f".*{UNFINISHED}"):
            left.unlink(missing_ok=True)
        return CsvFile(path, heads) if path.suffix.lower() == ".csv" else ExcelFile(path, title, heads)
    except OSError as exc:
        raise store_fault(exc, path) from exc


class _Unfinished:
    """The hidden neighbours a file is written to until it is whole."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.part = self.made("")

    def made(self, what: str) -> Path:
        """An empty one, for this user's eyes alone."""
        made = self.path.with_name(f".{self.path.name}{what}{UNFINISHED}")
        os.close(os.open(made, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600))
        return made

    def name_it(self) -> None:
        with self.part.open("rb+") as file:
            os.fsync(file.fileno())
        self.part.replace(self.path)
        settle(self.path.parent)

    def gone(self, *others: Path) -> None:
        for each in (self.part, *others):
            with suppress(OSError):
                each.unlink(missing_ok=True)


class CsvFile:
    """CSV in UTF-8 with its mark, so that Excel reads it as such. What Excel would compute or round begins with a tab, which it does not show."""

    def __init__(self, path: Path, heads: Sequence[Head]) -> None:
        self._unfinished = _Unfinished(path)
        self._file: TextIOWrapper = self._unfinished.part.open("w", encoding="utf-8-sig", newline="")
        self._rows = csv.writer(self._file)
        self._rows.writerow([head.words for head in heads])

    def add(self, values: Sequence[Value]) -> None:
        """See `TableFile`."""
        try:
            self._rows.writerow([_in_csv(value) for value in values])
        except OSError as exc:
            raise store_fault(exc, self._unfinished.path) from exc

    def finish(self, notes: Sequence[tuple[str, str]]) -> None:
        """See `TableFile`. CSV has no room for notes."""
        try:
            self._file.close()
            self._unfinished.name_it()
        except OSError as exc:
            raise store_fault(exc, self._unfinished.path) from exc
        finally:
            self.drop()

    def drop(self) -> None:
        """See `TableFile`."""
        with suppress(OSError):
            self._file.close()
        self._unfinished.gone()


def _in_csv(value: Value) -> str:
    match value:
        case datetime():
            return f"{value:%Y-%m-%d %H:%M}"
        case str() if value.startswith(BEGIN_FORMULAS) or _is_rounded(value):
            return f"\t{value}"
        case None:
            return ""
        case _:
            return str(value)


def _is_rounded(text: str) -> bool:
    return text.isascii() and text.isdigit() and (len(text) > LONGEST_PLAIN_NUMBER or text.startswith("0"))


class ExcelFile:
    """One sheet of rows and one that says what they are. Rows go to the disk as they come, beside the file that will be."""

    def __init__(self, path: Path, title: str, heads: Sequence[Head]) -> None:
        import openpyxl
        from openpyxl.cell import WriteOnlyCell
        from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE
        from openpyxl.utils import get_column_letter
        from openpyxl.worksheet._writer import ALL_TEMP_FILES, WorksheetWriter

        self._unfinished = _Unfinished(path)
        self._sheet_file = self._unfinished.made(".sheet")
        self._book: Workbook = openpyxl.Workbook(write_only=True)
        self._sheet = self._book.create_sheet(title)
        self._sheet.freeze_panes = "A2"
        for place, head in enumerate(heads, 1):
            self._sheet.column_dimensions[get_column_letter(place)].width = head.width
        self._cell_of, self._not_written = WriteOnlyCell, ILLEGAL_CHARACTERS_RE
        self._styles = {kind: self._styled(kind) for kind in (_TEXT, _DAY, _MOMENT, _NUMBER, _FORMULA, _HEAD)}
        ALL_TEMP_FILES.append(str(self._sheet_file))  # openpyxl takes it away once it is in the book
        writer = WorksheetWriter(self._sheet, out=str(self._sheet_file))
        writer.write_top()
        self._sheet._writer = writer  # noqa: SLF001 - else rows lie open in the system's own folder
        self._last = get_column_letter(max(1, len(heads)))
        self._rows = 1
        self._sheet.append([self._cell(head.words, is_head=True) for head in heads])

    def add(self, values: Sequence[Value]) -> None:
        """See `TableFile`."""
        try:
            self._sheet.append([None if value in (None, "") else self._cell(value) for value in values])
        except OSError as exc:
            raise store_fault(exc, self._unfinished.path) from exc
        self._rows += 1

    def finish(self, notes: Sequence[tuple[str, str]]) -> None:
        """See `TableFile`."""
        try:
            self._sheet.auto_filter.ref = f"A1:{self._last}{self._rows}"
            self._sheet.close()
            self._note(notes)
            self._book.save(str(self._unfinished.part))
            self._unfinished.name_it()
        except OSError as exc:
            raise store_fault(exc, self._unfinished.path) from exc
        finally:
            self.drop()

    def drop(self) -> None:
        """See `TableFile`."""
        with suppress(OSError):
            if not self._sheet.closed:
                self._sheet.close()
        self._unfinished.gone(self._sheet_file)

    def _note(self, notes: Sequence[tuple[str, str]]) -> None:
        if not notes:
            return
        sheet = self._book.create_sheet(notes[0][0])
        sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 14, 80
        for label, words in notes[1:]:
            sheet.append([self._cell(label, is_head=True), self._cell(words)])

    def _cell(self, value: Value, *, is_head: bool = False) -> WriteOnlyCell:
        kind = _HEAD if is_head else _kind_of(value)
        cell = self._cell_of(self._sheet)
        cell._style = self._styles[kind]  # noqa: SLF001 - styling each cell anew takes longer than writing it
        if isinstance(value, str):
            cell.value = self._not_written.sub("", value)[:LONGEST_CELL]
            cell.data_type = "s"
        else:
            cell.value = value
        return cell

    def _styled(self, kind: str) -> StyleArray:
        from openpyxl.styles import Font

        cell = self._cell_of(self._sheet)
        cell.number_format = _TEXT if kind in (_HEAD, _FORMULA) else kind
        if kind == _HEAD:
            cell.font = Font(bold=True)
        elif kind == _FORMULA:
            cell.quotePrefix = True  # text also after somebody edits it
        return cell._style  # noqa: SLF001


def _kind_of(value: Value) -> str:
    match value:
        case str():
            return _FORMULA if value.startswith(BEGIN_FORMULAS) else _TEXT
        case datetime():
            return _MOMENT
        case date():
            return _DAY
        case _:
            return _NUMBER
