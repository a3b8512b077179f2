"""试算 as it looks: figures above, the orders whose date moves below."""

from __future__ import annotations

import tkinter as tk

from county_hotline.ui import theme
from county_hotline.ui.screens.packs.telling import TrialTold
from county_hotline.ui.telling.reading import SectionTold
from county_hotline.ui.theme import Tone
from county_hotline.ui.widgets.basic import Pane
from county_hotline.ui.widgets.page_head import SectionHead
from county_hotline.ui.widgets.reading_pane import show_sections
from county_hotline.ui.widgets.row_list import Cell, Column, ListRow, RowList
from county_hotline.ui.widgets.wrapped import WrappedWords
from county_hotline.wording import say

_COLUMNS = (("number", 122), ("kind", 70), ("before", 110), ("after", 110), ("verdict", 0))


class TrialPane(Pane):
    """`show(told)`."""

    def __init__(self, parent: tk.Misc) -> None:
        super().__init__(parent)
        self._title = WrappedWords(self, font=theme.HEAD, at_most=2)
        self._title.pack(fill="x", padx=theme.px(12), pady=(theme.px(8), theme.px(2)))
        self._beside = WrappedWords(self, ink=theme.INK2, at_most=2)
        self._beside.pack(fill="x", padx=theme.px(12))
        self._figures = Pane(self)
        self._figures.pack(fill="x", padx=theme.px(12), pady=(theme.px(4), theme.px(8)))
        self._head = SectionHead(self, say("packs.trial.moved"))
        self._head.pack(fill="x", padx=theme.px(12), pady=(0, theme.px(4)))
        self._list = RowList(self, [Column(say(f"packs.trial.column.{name}"), width) for name, width in _COLUMNS])
        self._list.pack(fill="both", expand=True)
        self._list.explain_empty("check-circle", say("packs.trial.nothing"), say("packs.trial.nothing.words"))

    def show(self, told: TrialTold) -> None:
        """Another trial."""
        self._title.say(told.head)
        self._beside.say(told.beside)
        show_sections(self._figures, [SectionTold("", told.lines)])
        self._head.say(say("packs.trial.count", count=len(told.rows)))
        rows = []
        for row in told.rows:
            verdict = Cell(row.verdict.words, Tone(row.verdict.tone), row.verdict.icon, row.verdict.bold)
            cells = (Cell(row.number), Cell(row.kind), Cell(row.before, Tone.QUIET), Cell(row.after, bold=True), verdict)
            rows.append(ListRow(row.key, cells))
        self._list.show(rows)

    def take_focus(self) -> None:
        """The keyboard goes to the orders."""
        self._list.take_focus()
