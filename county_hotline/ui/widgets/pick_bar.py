"""Choose one thing first, then go on: a bar over the page with a field that finds. Enter takes, Esc leaves."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence

from county_hotline.ui import theme
from county_hotline.ui.theme import Tone
from county_hotline.ui.widgets.acts import Act, ActButton
from county_hotline.ui.widgets.basic import Pane, Words
from county_hotline.ui.widgets.finder import Finder, Found
from county_hotline.ui.widgets.rows import Sentence


class PickBar(Pane):
    """`on_typed(words)` asks for lines, `offer(words, lines)` gives them, `on_taken(value)` goes on."""

    def __init__(
        self,
        parent: tk.Misc,
        words: str,
        hint: str,
        *,
        on_typed: Callable[[str], None],
        on_taken: Callable[[str], None],
        leave: Act,
    ) -> None:
        super().__init__(parent, ground=theme.BLUE_WASH)
        self._on_taken = on_taken
        tk.Frame(self, background=theme.BLUE, width=4).pack(side="left", fill="y")
        body = Pane(self)
        body.pack(side="left", fill="x", expand=True, padx=theme.px(16), pady=theme.px(8))
        row = Pane(body)
        row.pack(fill="x")
        Words(row, words, font=theme.BOLD).pack(side="left", padx=(0, theme.px(12)))
        self._field = Finder(row, hint=hint, on_typed=on_typed, keeps_keyboard=True)
        self._field.pack(side="left", fill="x", expand=True, padx=(0, theme.px(12)))
        self._field.on_change(self._taken)
        ActButton(row, leave).pack(side="right")
        self._said = Sentence(body)

    def offer(self, typed: str, lines: Sequence[tuple[str, str, str]]) -> None:
        """Lines found for `typed`: value, words, note."""
        self._said.pack_forget()
        self._field.offer(typed, [Found(value, words, note) for value, words, note in lines])

    def say(self, words: str) -> None:
        """Nothing was found, or why it will not do."""
        self._said.show(words, Tone.AMBER)
        self._said.pack(fill="x", pady=(theme.px(4), 0))

    def take_focus(self) -> None:
        """The keyboard goes to the field, which is empty then."""
        self._field.show("", "")
        self._said.pack_forget()
        self._field.take_focus()

    def _taken(self) -> None:
        taken = self._field.value()
        if taken:
            self._field.show("")
            self.pack_forget()
            self._on_taken(taken)
