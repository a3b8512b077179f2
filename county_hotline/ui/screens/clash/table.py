"""The lines of a comparison, drawn: the field at the left, then three values each; it has the keyboard as one."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from typing import Protocol

from county_hotline.domain.comparing import Side
from county_hotline.ui import theme
from county_hotline.ui.screens.clash.telling import CellTold, HeadTold, RowTold
from county_hotline.ui.theme import Tone
from county_hotline.ui.widgets.basic import Hairline, Pane, Sign, Words
from county_hotline.ui.widgets.flow_pane import FlowPane
from county_hotline.ui.widgets.inputs import LineInput
from county_hotline.ui.widgets.wrapped import CutWords, WrappedWords
from county_hotline.wording import say

LABELS = 136
BAR = 3
LINES = 3
"""Of a long value; the line that has the keyboard shows all of it."""


class Choosing(Protocol):
    """Who is told of keys and clicks."""

    def move(self, by: int) -> None:
        """Another line."""
        ...

    def stand_at(self, key: str) -> None:
        """This line."""
        ...

    def choose(self, side: Side, key: str = "") -> None:
        """This side's value."""
        ...

    def write_anew(self) -> None:
        """Another value."""
        ...

    def written(self, key: str, text: str) -> None:
        """It was written; an empty one was not."""
        ...


class Table(Pane):
    """`show_heads`, `show(rows, at)`; `write` asks for another value below a line."""

    def __init__(self, parent: tk.Misc, presenter: Callable[[], Choosing]) -> None:
        super().__init__(parent)
        self._presenter = presenter
        self._heads = Pane(self, ground=theme.SIDE)
        self._heads.pack(side="top", fill="x", padx=theme.px(20))
        self._body = FlowPane(self)
        self._body.pack(side="top", fill="both", expand=True, padx=(theme.px(20) - theme.px(BAR), theme.px(12)))
        self._table = Pane(self._body.body)
        self._table.configure(takefocus=True)
        self._table.pack(fill="x")
        self._bind()

    def take_focus(self) -> None:
        """The keyboard goes here."""
        self._table.focus_set()

    def has_or_may_take_focus(self) -> bool:
        """Whether nothing else on the page has the keyboard."""
        return self.focus_get() in (None, self.winfo_toplevel(), self._table)

    def clear(self) -> None:
        """Nothing to compare."""
        for pane in (self._heads, self._table):
            for child in pane.winfo_children():
                child.destroy()

    def show(self, rows: Sequence[RowTold], *, at: str) -> None:
        """These lines; `at` has the keyboard, all of it is shown, and it is in sight."""
        for child in self._table.winfo_children():
            child.destroy()
        drawn = {row.key: self._row(row, is_current=row.key == at) for row in rows}
        self._body.adopt()
        if at in drawn:
            self._body.update_idletasks()
            self._body.see(drawn[at])

    def show_heads(self, heads: Sequence[HeadTold]) -> None:
        """Over the columns."""
        for child in self._heads.winfo_children():
            child.destroy()
        _columns(self._heads)
        for at, head in enumerate(heads, start=1):
            cell = Pane(self._heads)
            cell.grid(row=0, column=at, sticky="new", pady=theme.px(6), padx=(theme.px(8), theme.px(8)))
            CutWords(cell, head.name, font=theme.BOLD).pack(fill="x")
            for words in (head.when, head.note):
                CutWords(cell, words, font=theme.SMALL, ink=theme.INK2).pack(fill="x")

    def write(self, key: str, label: str, before: str) -> None:
        """Ask for another value of this line, below it."""
        row = Pane(self._table, ground=theme.AMBER_WASH)
        rows = [each for each in self._table.winfo_children() if isinstance(each, _Row) and each.key == key]
        if rows:
            row.pack(fill="x", after=rows[0])
        else:
            row.pack(fill="x")
        Words(row, say("clash.anew.label", field=label), font=theme.BOLD).pack(side="left", padx=theme.px(10), pady=theme.px(6))
        Words(row, say("clash.anew.keys"), font=theme.SMALL, ink=theme.INK2).pack(side="right", padx=theme.px(10))
        entry = LineInput(row)
        entry.pack(side="left", fill="x", expand=True, pady=theme.px(6))
        entry.show(before)
        entry.bind("<Return>", lambda _event: self._written(key, entry.value()))
        entry.bind("<Escape>", lambda _event: self._written(key, ""))
        self._body.adopt()
        entry.take_focus()
        entry.selection_range(0, "end")

    def _written(self, key: str, text: str) -> str:
        self._table.focus_set()
        self._presenter().written(key, text)
        return "break"

    def _bind(self) -> None:
        keys: dict[str, Callable[[], None]] = {
            "<Up>": lambda: self._presenter().move(-1),
            "<Down>": lambda: self._presenter().move(1),
            "<Left>": lambda: self._presenter().choose(Side.ONE),
            "<Right>": lambda: self._presenter().choose(Side.OTHER),
            "<space>": lambda: self._presenter().write_anew(),
            "<Prior>": lambda: self._body.scroll_page(-1),
            "<Next>": lambda: self._body.scroll_page(1),
        }
        for key, do in keys.items():
            self._table.bind(key, lambda _event, do=do: do())  # type: ignore[misc]

    def _row(self, told: RowTold, *, is_current: bool) -> Pane:
        waits = told.is_choice and told.mark.tone == Tone.AMBER.value
        ground = theme.AMBER_WASH if waits else theme.SHEET
        row = _Row(self._table, told.key, ground)
        row.pack(fill="x")
        _columns(row)
        tk.Frame(row, background=theme.BLUE if is_current else ground, width=theme.px(BAR)).place(x=0, y=0, relheight=1)
        label = Pane(row)
        label.grid(row=0, column=0, sticky="new", padx=(theme.px(10), 0), pady=theme.px(7))
        WrappedWords(label, told.label, font=theme.BOLD).pack(fill="x")
        mark = Pane(label)
        mark.pack(fill="x")
        ink = theme.INKS[Tone(told.mark.tone)]
        if told.mark.icon:
            Sign(mark, told.mark.icon, pixels=12, ink=ink).pack(side="left", padx=(0, theme.px(6)))
        Words(mark, told.mark.words, font=theme.SMALL, ink=ink).pack(side="left")
        lines = 0 if is_current else LINES
        self._cell(row, told, (1, lines), told.before, None)
        self._cell(row, told, (2, lines), told.one, Side.ONE)
        self._cell(row, told, (3, lines), told.other, Side.OTHER)
        if told.anew:
            anew = Pane(row, ground=theme.CHOSEN)
            anew.grid(row=1, column=1, columnspan=3, sticky="ew")
            Sign(anew, "pencil", pixels=14, ink=theme.BLUE).pack(side="left", padx=theme.px(8), pady=theme.px(5))
            WrappedWords(anew, say("clash.anew.value", value=told.anew), font=theme.BOLD, at_most=LINES).pack(
                side="left", fill="x", expand=True
            )
        if told.is_choice:
            self._clickable(row, lambda: self._presenter().stand_at(told.key))
        Hairline(self._table).pack(fill="x")
        return row

    def _cell(self, row: Pane, told: RowTold, place: tuple[int, int], cell: CellTold, side: Side | None) -> None:
        """`place`: its column, and how many lines it may take (0: all)."""
        box = Pane(row, ground=theme.CHOSEN if cell.is_chosen else "")
        box.grid(row=0, column=place[0], sticky="nsew")
        if told.is_choice and side is not None:
            icon = "record-circle-fill" if cell.is_chosen else "circle"
            ink = theme.BLUE if cell.is_chosen else theme.INK2
            Sign(box, icon, pixels=16, ink=ink).pack(
                side="left", anchor="n", padx=(theme.px(8), theme.px(6)), pady=theme.px(10)
            )
        body = Pane(box)
        body.pack(side="left", fill="both", expand=True, padx=(0 if told.is_choice and side else theme.px(8), theme.px(8)))
        font = theme.BOLD if cell.is_changed else theme.BODY
        ink = theme.INK if side is not None else theme.INK2
        WrappedWords(body, cell.words, font=font, ink=ink, at_most=place[1]).pack(fill="x", pady=(theme.px(7), 0))
        if cell.note:
            WrappedWords(body, cell.note, font=theme.SMALL, ink=theme.INK2, at_most=2).pack(fill="x", pady=(0, theme.px(5)))
        if told.is_choice and side is not None:
            self._clickable(box, lambda: self._presenter().choose(side, told.key))

    def _clickable(self, widget: tk.Misc, do: Callable[[], None]) -> None:
        def pressed(_event: tk.Event[tk.Misc]) -> str:
            self._table.focus_set()
            do()
            return "break"

        stack: list[tk.Misc] = [widget]
        while stack:
            each = stack.pop()
            if not each.bind("<Button-1>"):
                each.bind("<Button-1>", pressed)
            stack.extend(each.winfo_children())


class _Row(Pane):
    """One line of the table, by its key."""

    def __init__(self, parent: tk.Misc, key: str, ground: str) -> None:
        super().__init__(parent, ground=ground)
        self.key = key


def _columns(pane: Pane) -> None:
    pane.columnconfigure(0, minsize=theme.px(LABELS))
    for column in (1, 2, 3):
        pane.columnconfigure(column, weight=1, uniform="sides")
