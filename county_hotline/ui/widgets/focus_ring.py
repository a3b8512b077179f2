"""高对比: a thick ring round whatever has the keyboard, outside its own border, wherever it is and however it scrolls."""

from __future__ import annotations

import tkinter as tk

from county_hotline.ui import theme

THICK = 3
SIDES = ((0.0, 0.0, 1.0, 0.0), (0.0, 1.0, 1.0, 0.0), (0.0, 0.0, 0.0, 1.0), (1.0, 0.0, 0.0, 1.0))
"""Of each bar: its place and its length, as shares of the widget's."""


class FocusRing:
    """Four bars placed on the widget that has the keyboard. Lives with the window; `turn(on=)` with the colours."""

    def __init__(self, root: tk.Tk) -> None:
        self._root = root
        self._bars = [tk.Frame(root, background=theme.INK) for _side in SIDES]
        self.is_on = False
        root.bind_all("<FocusIn>", lambda event: self._moved(event.widget), add="+")
        root.bind_all("<FocusOut>", lambda _event: self._hide(), add="+")

    def turn(self, *, on: bool) -> None:
        """Seen from now on, or not."""
        self.is_on = on
        for bar in self._bars:
            bar.configure(background=theme.INK)
        self._hide()

    def _moved(self, widget: object) -> None:
        if not self.is_on or not isinstance(widget, tk.Widget) or widget.winfo_toplevel() is not self._root:
            return
        for bar, (x, y, width, height) in zip(self._bars, SIDES, strict=True):
            bar.place(
                in_=widget,
                bordermode="outside",
                relx=x,
                rely=y,
                x=-THICK if not x else 0,
                y=-THICK if not y else 0,
                relwidth=width,
                relheight=height,
                width=2 * THICK if width else THICK,
                height=2 * THICK if height else THICK,
            )
            bar.tkraise()

    def _hide(self) -> None:
        for bar in self._bars:
            bar.place_forget()
