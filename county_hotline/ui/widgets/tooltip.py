"""The whole of a text that was cut, near the pointer (or the chosen row), drawn inside the window."""

from __future__ import annotations

import tkinter as tk

from county_hotline.ui import theme
from county_hotline.ui.widgets.wrapping import break_lines


class Tooltip:
    """One a window at a time; `show` replaces, `hide` takes away."""

    def __init__(self, owner: tk.Misc) -> None:
        self._window = owner.winfo_toplevel()
        self._label: tk.Label | None = None

    def show(self, text: str, x_root: int, y_root: int) -> None:
        """Show `text` below and right of a point of the screen, kept inside the window."""
        self.hide()
        lines = break_lines(text, theme.px(420), theme.measure(theme.SMALL))
        label = tk.Label(
            self._window,
            text="\n".join(lines),
            font=theme.SMALL,
            foreground=theme.SHEET,
            background=theme.INK,
            justify="left",
            padx=theme.px(8),
            pady=theme.px(5),
        )
        x = x_root - self._window.winfo_rootx() + 12
        y = y_root - self._window.winfo_rooty() + 18
        x = max(0, min(x, self._window.winfo_width() - label.winfo_reqwidth() - 4))
        y = max(0, min(y, self._window.winfo_height() - label.winfo_reqheight() - 4))
        label.place(x=x, y=y)
        label.lift()
        self._label = label

    def hide(self) -> None:
        """Nothing is shown."""
        if self._label is not None:
            self._label.destroy()
            self._label = None
