"""What an import would do, in words: counts, advice, and row by row what is wrong or new. Pure."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from county_hotline.wording import say

if TYPE_CHECKING:
    from county_hotline.desk.county_table_cells import RowFault
    from county_hotline.desk.county_table_plan import PlannedRow, TablePreview

ROWS_SHOWN: Final = 2_000
_TONES: Final = {"new": "green", "changed": "blue", "wrong": "red"}
_ICONS: Final = {"new": "plus-lg", "changed": "pencil", "wrong": "exclamation-octagon-fill"}


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One row of the file, or one thing that is wrong in it."""

    row: int
    state: str
    tone: str
    icon: str
    name: str
    words: str


@dataclass(frozen=True, slots=True)
class PreviewTold:
    """What an import would do."""

    title: str
    beside: str
    counts: tuple[tuple[str, str], ...]
    """(words, tone)"""
    advice: str
    tone: str
    rows: tuple[PreviewRow, ...]
    is_wrong: bool
    writes: int
    """Rows that F9 takes; nothing to take where 0."""


def preview_told(preview: TablePreview) -> PreviewTold:
    """The preview as it is shown."""
    figures = (("wrong", preview.wrong), ("new", preview.count("new")), ("changed", preview.count("changed")))
    more = (("same", preview.count("same")), ("moved", preview.moved), ("missing", len(preview.missing)))
    counts = [(say(f"duties.preview.{state}", count=count), _TONES[state]) for state, count in figures if count]
    counts += [(say(f"duties.preview.{state}", count=count), "quiet") for state, count in more if count]
    return PreviewTold(
        title=say("duties.preview.title", list=say(f"duties.list.{preview.name}")),
        beside=say("duties.preview.beside", file=preview.file),
        counts=tuple(counts),
        advice=_advice(preview),
        tone="red" if preview.wrong else "green" if preview.writes else "plain",
        rows=_rows(preview),
        is_wrong=preview.wrong > 0,
        writes=preview.writes,
    )


def _advice(preview: TablePreview) -> str:
    if preview.wrong:
        return say("duties.preview.some_wrong" if preview.writes else "duties.preview.all_wrong", count=preview.wrong)
    return say("duties.preview.all_right" if preview.writes else "duties.preview.nothing_new")


def _rows(preview: TablePreview) -> tuple[PreviewRow, ...]:
    """What is wrong first, then what would be done; rows that change nothing are only counted."""
    found = [
        _row(
            fault.row,
            "wrong",
            fault.about or fault.value,
            _wrong(fault),
        )
        for fault in preview.faults
    ]
    found += [
        _row(each.row, each.state, f"{each.code} {each.name}".strip(), _done(each))
        for each in preview.planned
        if each.state != "same"
    ]
    more = len(found) - ROWS_SHOWN
    if more > 0:
        found = [*found[:ROWS_SHOWN], PreviewRow(0, "", "quiet", "", say("duties.preview.more", count=more), "")]
    return tuple(found)


def _wrong(fault: RowFault) -> str:
    if not fault.instead:
        return fault.wrong
    key = "county_table.row_fault" if fault.column else "county_table.row_fault_whole"
    return say(key, column=fault.column, wrong=fault.wrong, instead=fault.instead)


def _row(row: int, state: str, name: str, words: str) -> PreviewRow:
    return PreviewRow(row, say(f"county_table.state.{state}"), _TONES[state], _ICONS[state], name, words)


def _done(each: PlannedRow) -> str:
    return say("county_table.between").join(each.changes)
