"""One of two or three, all in sight (字号: 标准 大 特大). Left and right choose."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence

from county_hotline.ui import theme
from county_hotline.ui.widgets.basic import Pane
from county_hotline.ui.widgets.inputs import Choice, move_on


class Segments(Pane):
    """The chosen one is blue, bold and underlined by its wash; a ring shows the keyboard."""

    def __init__(self, parent: tk.Misc, choices: Sequence[Choice], *, on_choose: Callable[[str], None]) -> None:
        super().__init__(parent, ground=theme.GREY_WASH)
        self.configure(takefocus=True, highlightthickness=2, highlightcolor=theme.BLUE, highlightbackground=theme.GREY_WASH)
        self._choices = tuple(choices)
        self._on_choose = on_choose
        self._value = ""
        self._labels = [self._made(at) for at in range(len(self._choices))]
        for key, by in (("<Left>", -1), ("<Up>", -1), ("<Right>", 1), ("<Down>", 1)):
            self.bind(key, lambda _event, by=by: self._step(by))  # type: ignore[misc]
        self.bind("<Return>", lambda _event: move_on(self))

    def value(self) -> str:
        """What is chosen."""
        return self._value

    def show(self, value: str) -> None:
        """Choose; tells nobody."""
        self._value = value
        for choice, label in zip(self._choices, self._labels, strict=True):
            on = choice.value == value
            label.configure(
                font=theme.BOLD if on else theme.BODY,
                foreground=theme.BLUE if on else theme.INK2,
                background=theme.CHOSEN if on else theme.GREY_WASH,
            )

    def take_focus(self) -> None:
        """The keyboard goes here."""
        self.focus_set()

    def _made(self, at: int) -> tk.Label:
        label = tk.Label(self, text=self._choices[at].words, padx=theme.px(14), pady=theme.px(4), borderwidth=0)
        label.pack(side="left")
        label.bind("<Button-1>", lambda _event: self._pick(at))
        return label

    def _step(self, by: int) -> str:
        values = [choice.value for choice in self._choices]
        at = values.index(self._value) + by if self._value in values else 0
        self._pick(min(max(at, 0), len(values) - 1))
        return "break"

    def _pick(self, at: int) -> None:
        value = self._choices[at].value
        if value != self._value:
            self.show(value)
            self._on_choose(value)
