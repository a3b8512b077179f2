"""A field that collects several things that are found by typing, each in a line below it with its cross."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence

from county_hotline.ui import theme
from county_hotline.ui.widgets.basic import Pane, Sign, Words
from county_hotline.ui.widgets.finder import Finder, Found
from county_hotline.ui.widgets.wrapped import CutWords


class SeveralFinder(Pane):
    """Several values, one after another: Enter collects the one that was found, Backspace in the empty field takes the last away."""

    def __init__(self, parent: tk.Misc, *, find: Callable[[str], None], hint: str = "") -> None:
        super().__init__(parent)
        self._chosen: dict[str, str] = {}
        self._finder = Finder(self, on_typed=find, hint=hint, keeps_keyboard=True)
        self._finder.pack(fill="x")
        self._finder.on_change(self._collect)
        self._finder.bind("<BackSpace>", lambda _event: self._drop_last())
        self._rows = Pane(self)
        self._rows.pack(fill="x")

    def value(self) -> str:
        """Their codes, a blank between."""
        return " ".join(self._chosen)

    def words(self) -> str:
        """Their names, a line each."""
        return "\n".join(self._chosen.values())

    def put(self, value: str, words: str) -> None:
        """These, as `value` and `words` tell them."""
        codes = value.split()
        names = words.split("\n") if "\n" in words or len(codes) == 1 else words.split()
        told = names if len(names) == len(codes) else codes
        self._chosen = dict(zip(codes, told, strict=True))
        self._draw()

    def mark(self, *, wrong: bool) -> None:
        """Red, or not any more."""
        self._finder.mark(wrong=wrong)

    def offer(self, typed: str, lines: Sequence[Found]) -> None:
        """Lines found for `typed`; those that are chosen already are left out."""
        self._finder.offer(typed, [line for line in lines if line.value not in self._chosen])

    def take_focus(self) -> None:
        """To the field."""
        self._finder.take_focus()

    def _collect(self) -> None:
        if not self._finder.value():
            return
        self._chosen[self._finder.value()] = self._finder.words()
        self._finder.show("", "")
        self._draw()

    def _drop_last(self) -> str | None:
        if self._finder.words() or not self._chosen:
            return None
        self._chosen.popitem()
        self._draw()
        return "break"

    def _draw(self) -> None:
        for child in self._rows.winfo_children():
            child.destroy()
        for at, (code, words) in enumerate(self._chosen.items()):
            row = Pane(self._rows)
            row.pack(fill="x", pady=(theme.px(4), 0))
            Words(row, f"{at + 1}", ink=theme.INK2).pack(side="left", padx=(theme.px(4), theme.px(8)))
            _cross(row, lambda code=code: self._drop(code)).pack(side="right", padx=theme.px(8))  # type: ignore[misc]
            CutWords(row, words).pack(side="left", fill="x", expand=True)
        self._rows.configure(height=1)

    def _drop(self, code: str) -> None:
        del self._chosen[code]
        self._draw()
        self._finder.focus_set()


def _cross(parent: tk.Misc, drop: Callable[[], None]) -> tk.Label:
    """For the mouse: at the keyboard Backspace takes the last away, and Enter on its way through the fields takes nothing away."""
    sign = Sign(parent, "x-lg", pixels=12, ink=theme.INK2)
    sign.bind("<Button-1>", lambda _event: drop())
    return sign
