"""退回的行: what could not be taken in, each row with its reason, written beside the file it came from. No row is ever lost."""

from __future__ import annotations

import contextlib
import csv
import io
import os
from collections.abc import Mapping, Sequence
from pathlib import Path

import msgspec

from county_hotline.desk.field_names import what_happened
from county_hotline.desk.import_tables import Table
from county_hotline.errors import HotlineError
from county_hotline.paths import write_atomically
from county_hotline.wording import say

DANGEROUS = ("=", "+", "-", "@", "\t", "\r")
"""What Excel takes for a formula at the beginning of a cell."""


class ReturnedRow(msgspec.Struct, frozen=True):
    """A row that did not go in, and why."""

    row: int
    code: str
    reason: str


def given_back(row: int, fault: HotlineError) -> ReturnedRow:
    """With what happened alone: what is said of keys to press is for the person at the form."""
    return ReturnedRow(row, fault.code, what_happened(fault))


def write_returned(table: Table, returned: Sequence[ReturnedRow], folders: Sequence[Path]) -> Path | None:
    """The rows given back, as a CSV that Excel reads: row number, reason, then the row as it came. In the first folder that takes it:
    one that lets nobody write in it is left alone even by those who could."""
    if not returned:
        return None
    content = _sheet_of(table, {each.row: each.reason for each in returned})
    name = say("import.returned.name", name=table.name)
    *first, last = folders
    for folder in first:
        if _is_writable(folder):
            with contextlib.suppress(HotlineError):
                write_atomically(folder / name, content)
                return folder / name
    write_atomically(last / name, content)
    return last / name


def _sheet_of(table: Table, why: Mapping[int, str]) -> bytes:
    sheet = io.StringIO(newline="")
    writer = csv.writer(sheet)
    writer.writerow([say("import.returned.row"), say("import.returned.reason"), *map(harmless, table.headers)])
    for row in table.rows:
        if row.number in why:
            writer.writerow([row.number, why[row.number], *map(harmless, row.cells)])
    return sheet.getvalue().encode("utf-8-sig", "replace")


def _is_writable(folder: Path) -> bool:
    """Whether the folder is meant to be written to: an administrator may write everywhere, and should not where it says read-only."""
    return os.access(folder, os.W_OK) and bool(folder.stat().st_mode & 0o222)


def harmless(cell: str) -> str:
    """A cell that Excel would run as a formula gets an apostrophe before it, which Excel does not show."""
    return "'" + cell if cell.startswith(DANGEROUS) else cell
