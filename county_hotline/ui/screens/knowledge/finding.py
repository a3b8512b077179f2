"""The left of 知识库: the search, what holds still, filters by unit, category and place, and the list."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Mapping, Sequence

from county_hotline.ui import theme
from county_hotline.ui.screens.knowledge.screen import FILTERS, Lines, RowTold
from county_hotline.ui.theme import Tone
from county_hotline.ui.widgets.basic import Pane
from county_hotline.ui.widgets.finder import Finder, Found
from county_hotline.ui.widgets.inputs import Choice, LineInput
from county_hotline.ui.widgets.row_list import Cell, Column, ListRow, RowList
from county_hotline.ui.widgets.segments import Segments
from county_hotline.wording import say

HINTS = {"unit": "knowledge.any_unit", "category": "knowledge.any_category", "place": "knowledge.any_place"}
VALIDITY = ("", "in_force", "ending", "expired")


class FindingPane(Pane):
    """`typed()` and `filters()` say what is looked for."""

    def __init__(
        self,
        parent: tk.Misc,
        *,
        width: int,
        look: Callable[[], None],
        find: Callable[[str, str], None],
        choose: Callable[[str], None],
        use: Callable[[], None],
        more: Callable[[], None],
    ) -> None:
        super().__init__(parent, width=width)
        self._look = look
        self._search = LineInput(self, hint=say("knowledge.search"), icon="search")
        self._search.pack(fill="x", pady=(0, theme.px(6)))
        self._search.on_change(look)
        self._search.bind("<Down>", lambda _event: self._to_list())
        self._search.bind("<Return>", lambda _event: self._to_list())
        choices = [Choice(value, say(f"knowledge.validity.{value or 'all'}")) for value in VALIDITY]
        self._validity = Segments(self, choices, on_choose=lambda _value: look())
        self._validity.pack(anchor="w", pady=(0, theme.px(6)))
        self._validity.show("")
        self._filters = Pane(self)
        self._finders: dict[str, Finder] = {}
        for name in FILTERS:
            finder = self._finders[name] = Finder(
                self._filters,
                hint=say(HINTS[name]),
                on_typed=lambda words, name=name: self._typed_filter(name, words, find),  # type: ignore[misc]
            )
            finder.pack(fill="x", pady=(0, theme.px(4)))
            finder.on_change(look)
        self._list = RowList(
            self,
            [Column(say("knowledge.column.title")), Column(say("knowledge.column.validity"), 128)],
            on_choose=choose,
            on_open=lambda _code: use(),
            more=more,
        )
        self._list.pack(fill="both", expand=True)

    def typed(self) -> str:
        """What stands in the search."""
        return self._search.value()

    def put(self, words: str) -> None:
        """Words into the search."""
        self._search.show(words)

    def filters(self) -> Mapping[str, str]:
        """What is chosen; nothing where the filters are put away."""
        return {"validity": self._validity.value(), **{name: finder.value() for name, finder in self._finders.items()}}

    def toggle_filters(self) -> None:
        """Show unit, category and place, or put them away, empty."""
        if self._filters.winfo_manager():
            for finder in self._finders.values():
                finder.show("")
            self._filters.pack_forget()
            self._look()
            self._search.take_focus()
            return
        self._filters.pack(fill="x", before=self._list)
        self._finders[FILTERS[0]].take_focus()

    def offer(self, field: str, typed: str, lines: Lines) -> None:
        """Lines found for `typed`, for a filter."""
        self._finders[field].offer(typed, [Found(*line) for line in lines])

    def show(self, rows: Sequence[RowTold], keep: str, *, total: int, may_edit: bool) -> None:
        """The list from its beginning."""
        is_narrow = bool(self.typed() or any(self.filters().values()))
        empty = "nothing" if is_narrow else "empty"
        words = say(f"knowledge.{empty}.{'edit' if may_edit else 'words'}")
        self._list.explain_empty("book", say(f"knowledge.{empty}"), words)
        self._list.show([_row(told) for told in rows], total, keep=keep)

    def add(self, rows: Sequence[RowTold]) -> None:
        """More of it."""
        self._list.add([_row(told) for told in rows])

    def take_focus(self) -> None:
        """To the search."""
        self._search.take_focus()

    def list_focus(self) -> None:
        """To the list."""
        self._list.take_focus()

    def _typed_filter(self, name: str, words: str, find: Callable[[str, str], None]) -> None:
        find(name, words)
        if not words:
            self._look()

    def _to_list(self) -> str:
        self._list.take_focus()
        return "break"


def _row(told: RowTold) -> ListRow:
    if told.validity.icon:
        tone = Tone.QUIET if told.validity.tone is Tone.RED else Tone.PLAIN
        return ListRow(told.code, (Cell(told.title, tone), Cell(told.validity.words, told.validity.tone, told.validity.icon)))
    return ListRow(told.code, (Cell(told.title), Cell(told.validity.words, Tone.QUIET)))
