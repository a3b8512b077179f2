"""What the page of 知识库 shows and is asked, as its presenter sees it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from county_hotline.ui.telling.article import ArticleTold, Validity

Lines = Sequence[tuple[str, str, str]]
FILTERS = ("unit", "category", "place")


@dataclass(frozen=True, slots=True)
class ArticleTyped:
    """What stands in the editor."""

    title: str = ""
    text: str = ""
    version: str = ""
    source: str = ""
    unit: str = ""
    unit_words: str = ""
    category: str = ""
    category_words: str = ""
    valid_until: str = ""
    keywords: str = ""
    places: str = ""
    """Codes, a blank between."""
    places_words: str = ""
    """Their names, a line each."""
    files: tuple[str, ...] = ()
    """Names, as they are shown."""
    why: str = ""
    needs_why: bool = False


@dataclass(frozen=True, slots=True)
class RowTold:
    """One article in the list."""

    code: str
    title: str
    validity: Validity
    version: str


class KnowledgeScreen(Protocol):
    """What the presenter needs of the view."""

    def is_seen(self) -> bool:
        """Whether the page is in front."""
        ...

    def typed(self) -> str:
        """What stands in the search."""
        ...

    def filters(self) -> Mapping[str, str]:
        """Validity, unit, category, place: what is chosen, or nothing."""
        ...

    def show_found(self, rows: Sequence[RowTold], keep: str, *, total: int, beside: str) -> None:
        """The list from its beginning."""
        ...

    def add_found(self, rows: Sequence[RowTold]) -> None:
        """More of it."""
        ...

    def show_article(self, told: ArticleTold | None, files: Sequence[tuple[str, str]]) -> None:
        """The chosen one; its files by hash and name."""
        ...

    def show_duties(self, *, may_answer: bool, may_edit: bool) -> None:
        """What this officer may do."""
        ...

    def answer_from(self, code: str) -> None:
        """Go to 登记 with it."""
        ...

    def edit(self, typed: ArticleTyped, head: str) -> None:
        """The editor in place of the reading."""
        ...

    def edited(self) -> ArticleTyped:
        """What stands in the editor."""
        ...

    def show_files(self, names: Sequence[str]) -> None:
        """The editor's files."""
        ...

    def close_editor(self) -> None:
        """Back to reading."""
        ...

    def offer(self, field: str, typed: str, lines: Lines) -> None:
        """Lines for a field that finds, of the editor or of the filters."""
        ...

    def undoable(self, words: str, undo: Callable[[], None]) -> None:
        """Said, with the key that takes it back."""
        ...

    def ask_target(self, name: str) -> str:
        """Where a copy of a file is to go; empty where that was left."""
        ...

    def open_path(self, path: Path) -> bool:
        """Whether the system opens it."""
        ...

    def say(self, words: str, *, wrong: str = "") -> None:
        """Beside the acts; `wrong` names the field that takes the keyboard."""
        ...

    def murmur(self, words: str) -> None:
        """A line that fades."""
        ...

    def fail(self, fault: Exception) -> None:
        """Say a failure."""
        ...
