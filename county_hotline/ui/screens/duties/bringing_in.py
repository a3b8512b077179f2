"""A table from Excel, without Tk: looked at row by row, then taken or left."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, Protocol

from county_hotline.background import Runner
from county_hotline.wording import say

if TYPE_CHECKING:
    from county_hotline.desk.county_table_plan import PlannedRow, TablePreview
    from county_hotline.ui.screens.duties.work import DutiesWork

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


class PreviewScreen(Protocol):
    """What this needs of the view."""

    def show_preview(self, told: PreviewTold | None) -> None:
        """In place of the list; None takes it away."""
        ...

    def say(self, head: str, words: str, tone: str) -> None:
        """What came of it."""
        ...

    def fail(self, fault: Exception) -> None:
        """Say a failure."""
        ...


class BringingIn:
    """One file at a time."""

    def __init__(self, view: PreviewScreen, work: DutiesWork, runner: Runner, look_again: Callable[[], None]) -> None:
        self._view, self._work, self._runner, self._look_again = view, work, runner, look_again
        self._preview: TablePreview | None = None
        self._file = ""

    def look(self, name: str, file: str) -> None:
        """Read the file; nothing is written."""
        self._file = file
        self._runner.run(lambda: self._work.preview(name, file), self._looked, self._view.fail)

    def take(self) -> None:
        """Write what was seen; of a file with wrong rows the right ones."""
        preview, file = self._preview, self._file
        if preview is not None and preview.writes:
            self._runner.run(lambda: self._work.take(preview, file, right_only=preview.wrong > 0), self._taken, self._view.fail)

    def leave(self) -> None:
        """Nothing is taken."""
        if self._preview is not None:
            self._preview = None
            self._view.show_preview(None)

    def _looked(self, preview: TablePreview) -> None:
        self._preview = preview
        self._view.show_preview(_told(preview))

    def _taken(self, taken: tuple[int, str]) -> None:
        count, file = taken
        wrong = self._preview.wrong if self._preview is not None else 0
        self.leave()
        words = say("duties.returned", count=wrong, file=file) if file else say("duties.goes_up")
        self._view.say(say("duties.brought", count=count), words, "amber" if file else "green")
        self._look_again()


def _told(preview: TablePreview) -> PreviewTold:
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
            say(
                "county_table.row_fault" if fault.column else "county_table.row_fault_whole",
                column=fault.column,
                wrong=fault.wrong,
                instead=fault.instead,
            ),
        )
        for fault in preview.faults
    ]
    found += [
        _row(each.row, each.state, f"{each.code} {each.name}", _done(each)) for each in preview.planned if each.state != "same"
    ]
    more = len(found) - ROWS_SHOWN
    if more > 0:
        found = [*found[:ROWS_SHOWN], PreviewRow(0, "", "quiet", "", say("duties.preview.more", count=more), "")]
    return tuple(found)


def _row(row: int, state: str, name: str, words: str) -> PreviewRow:
    return PreviewRow(row, say(f"county_table.state.{state}"), _TONES[state], _ICONS[state], name, words)


def _done(each: PlannedRow) -> str:
    return say("county_table.between").join(each.changes)
