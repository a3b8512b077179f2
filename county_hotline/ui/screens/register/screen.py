"""What the presenter of 台账 needs of its view, and what it hands to the panes beside the list."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from county_hotline.ui.screens.register.filters import Filters
from county_hotline.ui.screens.register.page_words import ChipTold, Choices, EmptyTold, Part
from county_hotline.ui.screens.register.telling import PeekTold, RowTold
from county_hotline.ui.screens.register.work import Liking


@dataclass(frozen=True, slots=True)
class Listed:
    """What a file or an act on many is about: all that is listed, or what is ticked."""

    filters: Filters
    total: int
    count: str
    """How many are listed, in words: of a long list that there are more."""
    numbers: tuple[str, ...]
    said: str
    today: str
    now: int


class RegisterScreen(Protocol):
    """What the presenter needs of the view."""

    def is_seen(self) -> bool:
        """Whether the page is in front."""
        ...

    def show_head(self, words: str) -> None:
        """The line beside the title."""
        ...

    def show_choices(self, choices: Mapping[str, Choices]) -> None:
        """The lines of each filter."""
        ...

    def show_filters(self, filters: Filters, parts: tuple[Part, ...], said: str) -> None:
        """What is chosen: in the fields, as parts that can be taken away, in one line."""
        ...

    def show_chips(self, chips: tuple[ChipTold, ...]) -> None:
        """The chips."""
        ...

    def show_rows(self, total: int, rows: Mapping[int, RowTold], *, keep: str, fresh: bool, count: str) -> None:
        """Some rows by place, of so many; `count` says how many there are."""
        ...

    def show_looking(self, *, on: bool) -> None:
        """Whether an answer is on its way: what stands there is of the question before."""
        ...

    def show_empty(self, told: EmptyTold) -> None:
        """In place of rows."""
        ...

    def show_peek(self, told: PeekTold | None) -> None:
        """The chosen order."""
        ...

    def show_liking(self, liking: Liking) -> None:
        """The officer's columns and kept filters."""
        ...

    def show_ticked(self, numbers: tuple[str, ...], words: str) -> None:
        """What is ticked."""
        ...

    def open_order(self, number: str) -> None:
        """Go to its page."""
        ...

    def say_search(self, words: str) -> None:
        """What is to be said of what was searched for; empty takes it away."""
        ...

    def say_done(self, words: str) -> None:
        """A line that goes by itself."""
        ...

    def offer_undo(self, words: str, undo: Callable[[], None]) -> None:
        """What was done can be taken back by Ctrl+Z."""
        ...

    def fail(self, fault: Exception) -> None:
        """Say a failure."""
        ...
