"""日历 as it looks: years at the left, the county's own rest days at the right."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

from county_hotline.ui import theme
from county_hotline.ui.screens.packs.telling import CalendarTold
from county_hotline.ui.theme import Tone
from county_hotline.ui.widgets.acts import Act, ActButton, ActKind
from county_hotline.ui.widgets.basic import Pane, Sign
from county_hotline.ui.widgets.inputs import LineInput
from county_hotline.ui.widgets.page_head import SectionHead
from county_hotline.ui.widgets.row_list import Cell, Column, ListRow, RowList
from county_hotline.ui.widgets.rows import FieldRow
from county_hotline.ui.widgets.wrapped import WrappedWords
from county_hotline.wording import say

_COLUMNS = (("year", 70), ("state", 92), ("days", 196), ("paper", 0))


class CalendarPane(Pane):
    """`show(told)`. Enter in the field adds a rest day, Delete in the list takes one out."""

    def __init__(self, parent: tk.Misc, *, on_add: Callable[[str], None], on_drop: Callable[[str], None]) -> None:
        super().__init__(parent)
        self._on_add, self._on_drop = on_add, on_drop
        self._right = Pane(self, ground=theme.SIDE, width=theme.px(380))
        self._right.pack(side="right", fill="y")
        self._years = RowList(self, [Column(say(f"packs.year.column.{name}"), width) for name, width in _COLUMNS])
        self._years.pack(side="left", fill="both", expand=True, padx=(theme.px(10), theme.px(8)))
        self._years.explain_empty("calendar", say("packs.no_calendar"), say("packs.no_calendar.words"))
        self._build_moved()
        self._build_rest_days()

    def show(self, told: CalendarTold) -> None:
        """The calendar as it is now."""
        rows = []
        for row in told.years:
            state = Cell(row.state.words, Tone(row.state.tone), row.state.icon)
            rows.append(ListRow(row.key, (Cell(row.year, bold=True), state, Cell(row.days), Cell(row.paper, Tone.QUIET))))
        self._years.show(rows, keep=self._years.chosen)
        does = "words" if told.may_change else "elsewhere"
        self._days.explain_empty("calendar", say("packs.rest_days.none"), say(f"packs.rest_days.none.{does}"))
        self._days.show([ListRow(day, (Cell(words),)) for day, words in told.rest_days], keep=self._days.chosen)
        if told.may_change:
            self._row.pack(fill="x", padx=(theme.px(8), theme.px(18)), after=self._words)
        else:
            self._row.pack_forget()
        if told.may_change and told.rest_days:
            self._dropping.pack(side="bottom", anchor="w", padx=theme.px(18), pady=theme.px(6), after=self._foot)
        else:
            self._dropping.pack_forget()
        ink = theme.INKS[Tone(told.moved.tone)]
        self._moved_sign.show(told.moved.icon, pixels=16, ink=ink)
        self._moved.say(told.moved.words, ink=ink)

    def wrong(self, words: str) -> None:
        """What is wrong with the day; nothing: it was kept, the field is empty for the next."""
        self._row.say(words)
        self._day.mark(wrong=bool(words))
        if not words:
            self._day.show("")
        self._day.take_focus()

    def begin(self) -> None:
        """The keyboard goes to the day; what stands there is added when it is there already."""
        if self._day.value().strip():
            self._add()
        else:
            self._day.take_focus()

    def take_focus(self) -> None:
        """The keyboard goes to the years."""
        self._years.take_focus()

    def fit(self, width: int) -> None:
        """The page is so wide."""
        self._right.configure(width=min(theme.px(380), round(width * 0.38)))

    def _build_moved(self) -> None:
        self._foot = foot = Pane(self._right)
        foot.pack(side="bottom", fill="x", padx=theme.px(18), pady=(theme.px(8), theme.px(12)))
        self._moved_sign = Sign(foot, "")
        self._moved_sign.pack(side="left", anchor="n", padx=(0, theme.px(8)), pady=(theme.px(3), 0))
        self._moved = WrappedWords(foot)
        self._moved.pack(side="left", fill="x", expand=True)

    def _build_rest_days(self) -> None:
        head = SectionHead(self._right, say("packs.rest_days.head"))
        head.pack(fill="x", padx=theme.px(18), pady=(theme.px(12), theme.px(2)))
        self._words = WrappedWords(self._right, say("packs.rest_days.words"), ink=theme.INK2)
        self._words.pack(fill="x", padx=theme.px(18), pady=(0, theme.px(8)))
        self._row = FieldRow(self._right, column=56)
        self._day = LineInput(self._row.body, hint=say("packs.rest_days.hint"))
        self._row.put(self._day, say("packs.rest_days.day"), grow=True)
        add = Act("packs.rest_days.add", self._add, shown=say("packs.enter"), kind=ActKind.PANE)
        self._row.put(ActButton(self._row.body, add), gap=8)
        for key in ("<Return>", "<KP_Enter>"):
            self._day.bind(key, lambda _event: self._entered())
        drop = Act("packs.rest_days.drop", self._drop, shown="Del", kind=ActKind.PANE)
        self._dropping = ActButton(self._right, drop)
        self._days = RowList(self._right, [Column(say("packs.rest_days.column"))])
        self._days.pack(fill="both", expand=True, padx=(theme.px(8), theme.px(6)))
        self._days.on_key("<Delete>", self._drop)

    def _add(self) -> None:
        self._on_add(self._day.value())

    def _entered(self) -> str:
        self._add()
        return "break"

    def _drop(self) -> None:
        self._on_drop(self._days.chosen)
