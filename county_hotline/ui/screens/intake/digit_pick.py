"""One of a few, each with its digit: pressed at once, without looking for it."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence

from county_hotline.ui import theme
from county_hotline.ui.widgets.basic import Pane
from county_hotline.ui.widgets.inputs import Choice, move_on

_WITH_ANOTHER_KEY = 0x4 | 0x8 | 0x20000
"""Control, Alt (X11), Alt (Windows): such a digit is a key of the window."""


class DigitPick(Pane):
    """Digits 1 to 9 pick; so do the arrows and the pointer. Enter moves on. `columns` beside each other."""

    def __init__(self, parent: tk.Misc, choices: Sequence[Choice], *, columns: int, on_pick: Callable[[str], None]) -> None:
        super().__init__(parent)
        self.configure(takefocus=True, highlightthickness=2, highlightcolor=theme.BLUE, highlightbackground=self.ground)
        self._choices = tuple(choices)
        self._columns = columns
        self._on_pick = on_pick
        self._value = ""
        self._cells = [self._made(at) for at in range(len(self._choices))]
        for column in range(columns):
            self.columnconfigure(column, weight=1, uniform="cell")
        for key, by in (("<Left>", -1), ("<Up>", -columns), ("<Right>", 1), ("<Down>", columns)):
            self.bind(key, lambda _event, by=by: self._step(by))  # type: ignore[misc]
        self.bind("<Key>", self._digit)
        self.bind("<Return>", lambda _event: move_on(self))
        self.bind("<KP_Enter>", lambda _event: move_on(self))

    def value(self) -> str:
        """What is picked, or empty."""
        return self._value

    def show(self, value: str) -> None:
        """Pick; tells nobody."""
        self._value = value
        for choice, (cell, words) in zip(self._choices, self._cells, strict=True):
            on = choice.value == value
            cell.configure(background=theme.BLUE if on else theme.FIELD)
            words.configure(
                background=theme.CHOSEN if on else theme.SHEET,
                foreground=theme.BLUE if on else theme.INK,
                font=theme.BOLD if on else theme.BODY,
            )

    def take_focus(self) -> None:
        """The keyboard goes here."""
        self.focus_set()

    def _made(self, at: int) -> tuple[tk.Frame, tk.Label]:
        cell = tk.Frame(self, background=theme.FIELD)
        gap = theme.px(3)
        row, column = at // self._columns, at % self._columns
        last = (len(self._choices) - 1) // self._columns
        # Its outer edges stand where those of a field would: the gap is only between.
        across = (gap if column else 0, gap if column + 1 < self._columns else 0)
        cell.grid(row=row, column=column, sticky="nsew", padx=across, pady=(gap if row else 0, gap if row < last else 0))
        words = tk.Label(
            cell,
            text=f"{at + 1}   {self._choices[at].words}",
            font=theme.BODY,
            foreground=theme.INK,
            background=theme.SHEET,
            anchor="w",
            padx=theme.px(10),
            pady=theme.px(5),
            borderwidth=0,
        )
        words.pack(fill="both", expand=True, padx=1, pady=1)
        words.bind("<Button-1>", lambda _event: self._clicked(at))
        return cell, words

    def _clicked(self, at: int) -> None:
        self.focus_set()
        self._pick(at)

    def _step(self, by: int) -> str:
        values = [choice.value for choice in self._choices]
        at = values.index(self._value) + by if self._value in values else 0
        if 0 <= at < len(values):
            self._pick(at)
        return "break"

    def _digit(self, event: tk.Event[tk.Misc]) -> None:
        if int(event.state) & _WITH_ANOTHER_KEY:
            return
        if event.char.isascii() and event.char.isdecimal() and 0 < int(event.char) <= len(self._choices):
            self._pick(int(event.char) - 1)

    def _pick(self, at: int) -> None:
        value = self._choices[at].value
        self.show(value)
        self._on_pick(value)
