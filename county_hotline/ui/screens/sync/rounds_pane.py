"""最近几轮: the list at the right, and below it the whole sentence of the chosen one."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence

from county_hotline.ui import theme
from county_hotline.ui.screens.sync.telling import RoundTold
from county_hotline.ui.theme import Tone
from county_hotline.ui.widgets.basic import Pane
from county_hotline.ui.widgets.list_drawing import NamedColumns, with_room
from county_hotline.ui.widgets.page_head import SectionHead
from county_hotline.ui.widgets.row_list import Cell, Column, ListRow, RowList
from county_hotline.ui.widgets.wrapped import WrappedWords
from county_hotline.wording import say

WIDTH, WIDEST = 480, 560
COLUMNS = (("number", 48), ("when", 104), ("way", 86), ("traffic", 74), ("result", 0))
GIVEN_UP = ("number", "way")
RESULT_AT_LEAST = 104
"""How a round ended is never cut."""


class RoundsPane(Pane):
    """A column of its own at the right of the page."""

    def __init__(self, parent: tk.Misc) -> None:
        super().__init__(parent, width=theme.px(WIDTH))
        SectionHead(self, say("sync.rounds")).pack(fill="x", pady=(theme.px(10), theme.px(6)), padx=theme.px(10))
        self._sentences: dict[str, str] = {}
        self._said = WrappedWords(self, ink=theme.INK2)
        self._said.pack(side="bottom", fill="x", padx=theme.px(10), pady=theme.px(8))
        self._columns: NamedColumns = COLUMNS
        self._rounds: tuple[RoundTold, ...] = ()
        self._list = RowList(
            self,
            _drawn(COLUMNS),
            on_choose=lambda key: self._said.say(self._sentences.get(key, "")),
        )
        self._list.pack(fill="both", expand=True)
        self._list.explain_empty("arrow-repeat", say("sync.no_rounds"), say("sync.no_rounds.words"))

    def take_focus(self) -> None:
        """The keyboard, for the list."""
        self._list.take_focus()

    def show(self, rounds: Sequence[RoundTold]) -> None:
        """Other rounds."""
        self._sentences = {each.key: each.words for each in rounds}
        self._rounds = tuple(rounds)
        self._draw()
        self._said.say(self._sentences.get(self._list.chosen, ""))

    def fit(self, width: int) -> None:
        """The page is so wide now."""
        own = theme.px(WIDEST) if width > 1500 else min(theme.px(WIDTH), round(width * 0.42))
        self.configure(width=own)
        columns = with_room(COLUMNS, GIVEN_UP, room=own - theme.px(18), at_least=RESULT_AT_LEAST)
        if columns != self._columns:
            self._columns = columns
            self._list.columns(_drawn(columns))
            self._draw()

    def _draw(self) -> None:
        self._list.show([_row(each, self._columns) for each in self._rounds], keep=self._list.chosen)


def _drawn(columns: NamedColumns) -> list[Column]:
    return [Column(say(f"sync.column.{name}"), width) for name, width in columns]


def _row(each: RoundTold, columns: NamedColumns) -> ListRow:
    cells = {
        "number": Cell(each.number, Tone.QUIET),
        "when": Cell(each.when),
        "way": Cell(each.way.words, Tone(each.way.tone), each.way.icon),
        "traffic": Cell(each.traffic),
        "result": Cell(each.result.words, Tone(each.result.tone), each.result.icon),
    }
    return ListRow(each.key, tuple(cells[name] for name, _width in columns))
