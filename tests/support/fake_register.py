"""台账 as a presenter sees it: a page that remembers what it was shown, over a county's hall."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from county_hotline.background import InlineRunner
from county_hotline.ui.screens.register.filters import Filters
from county_hotline.ui.screens.register.page_words import ChipTold, Choices, EmptyTold, Part
from county_hotline.ui.screens.register.presenter import RegisterPresenter
from county_hotline.ui.screens.register.telling import PeekTold, RowTold
from county_hotline.ui.screens.register.work import DeskRegister, Liking
from tests.support.county import County


@dataclass
class FakeRegister:
    """A page that remembers what it was shown."""

    is_front: bool = True
    head: str = ""
    choices: Mapping[str, Choices] = field(default_factory=dict)
    filters: Filters = field(default_factory=Filters)
    chips: dict[str, ChipTold] = field(default_factory=dict)
    total: int = -1
    rows: Mapping[int, RowTold] = field(default_factory=dict)
    kept: str = ""
    empty: EmptyTold | None = None
    peek: PeekTold | None = None
    opened: list[str] = field(default_factory=list)
    said: str = ""
    drawn: int = 0
    count: str = ""
    parts: tuple[Part, ...] = ()
    said_of_list: str = ""
    is_looking: bool = False
    liking: Liking = field(default_factory=Liking)
    ticked: tuple[str, ...] = ()
    ticked_words: str = ""
    done: list[str] = field(default_factory=list)
    undo: dict[str, Callable[[], None]] = field(default_factory=dict)

    def is_seen(self) -> bool:
        return self.is_front

    def show_head(self, words: str) -> None:
        self.head = words

    def show_choices(self, choices: Mapping[str, Choices]) -> None:
        self.choices = choices

    def show_filters(self, filters: Filters, parts: tuple[Part, ...], said: str) -> None:
        self.filters, self.parts, self.said_of_list = filters, parts, said

    def show_looking(self, *, on: bool) -> None:
        self.is_looking = on

    def show_liking(self, liking: Liking) -> None:
        self.liking = liking

    def show_ticked(self, numbers: tuple[str, ...], words: str) -> None:
        self.ticked, self.ticked_words = numbers, words

    def say_done(self, words: str) -> None:
        self.done.append(words)

    def show_chips(self, chips: tuple[ChipTold, ...]) -> None:
        self.chips = {chip.name: chip for chip in chips}

    def show_rows(self, total: int, rows: Mapping[int, RowTold], *, keep: str, fresh: bool, count: str) -> None:
        self.total, self.rows, self.kept = total, rows, "" if fresh else keep
        self.count = count
        self.drawn += 1

    def show_empty(self, told: EmptyTold) -> None:
        self.empty = told

    def show_peek(self, told: PeekTold | None) -> None:
        self.peek = told

    def open_order(self, number: str) -> None:
        self.opened.append(number)

    def say_search(self, words: str) -> None:
        self.said = words

    def offer_undo(self, words: str, undo: Callable[[], None]) -> None:
        self.undo[words] = undo

    def fail(self, fault: Exception) -> None:
        raise fault

    @property
    def titles(self) -> list[str]:
        return [row.title.words for row in self.rows.values()]


@dataclass
class Register:
    """The page of the hall's 台账."""

    county: County
    view: FakeRegister = field(default_factory=FakeRegister)

    def __post_init__(self) -> None:
        self.presenter = RegisterPresenter(self.view, DeskRegister(self.county.hall), InlineRunner(), self.county.bulletin)
