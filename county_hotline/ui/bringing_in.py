"""A table from Excel, without Tk: looked at row by row, then taken or left; both are told as they go and can be stopped."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from county_hotline.background import Steps, Told
from county_hotline.errors import Refusal
from county_hotline.ui.long_work import STOPPED, LongWork, in_one_go
from county_hotline.ui.telling.preview import PreviewTold, preview_told
from county_hotline.wording import say, sentence

if TYPE_CHECKING:
    from county_hotline.desk.county_table_plan import TablePreview


class ImportWork(Protocol):
    """What is asked of the desk, on its lane."""

    def preview(self, name: str, file: str) -> Steps[TablePreview]:
        """What a file would do. Raises Refusal, BadInput."""
        ...

    def take(self, preview: TablePreview, file: str, told: Told) -> tuple[int, str]:
        """Write what was seen, of wrong rows nothing: how many lines came, and the file in which the wrong rows are. Raises Refusal, also
        (R670) where `told` wants no more; then nothing was written."""
        ...


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

    def __init__(self, view: PreviewScreen, work: ImportWork, long_work: LongWork, look_again: Callable[[], None]) -> None:
        self._view, self._work, self._long_work, self._look_again = view, work, long_work, look_again
        self._preview: TablePreview | None = None
        self._file = ""

    def look(self, name: str, file: str) -> None:
        """Read the file; nothing is written."""
        self._file = file
        self._long_work.run(
            say("bringing_in.reading"), lambda _told: self._work.preview(name, file), self._looked, self._failed
        )

    def take(self) -> None:
        """Write what was seen; of a file with wrong rows the right ones."""
        preview, file = self._preview, self._file
        if preview is not None and preview.writes:
            self._long_work.run(
                say("bringing_in.writing"),
                in_one_go(lambda told: self._work.take(preview, file, told)),
                self._taken,
                self._failed,
            )

    def leave(self) -> None:
        """Nothing is taken."""
        if self._preview is not None:
            self._preview = None
            self._view.show_preview(None)

    def _looked(self, preview: TablePreview) -> None:
        self._preview = preview
        self._view.show_preview(preview_told(preview))

    def _taken(self, taken: tuple[int, str]) -> None:
        count, file = taken
        seen = self._preview
        wrong = seen.wrong if seen is not None else 0
        up = "bringing_in.goes_up" if seen is not None and seen.name == "articles" else "duties.goes_up"
        self.leave()
        words = say("duties.returned", count=wrong, file=file) if file else say(up)
        self._view.say(say("duties.brought", count=count), words, "amber" if file else "green")
        self._look_again()

    def _failed(self, fault: Exception) -> None:
        if isinstance(fault, Refusal) and fault.code == STOPPED:
            head, _, words = sentence(fault).partition(say("cli.full_stop"))
            self._view.say(head, words, "plain")
        else:
            self._view.fail(fault)
