"""Typing at a widget as a person does, without another program: the keyboard is forced to it first."""

from __future__ import annotations

import tkinter as tk
from itertools import count


def press(widget: tk.Misc, *keys: str) -> None:
    """Keys by their Tk names: `a`, `BackSpace`, `Shift-Left`, `Control-Right`."""
    widget.focus_force()
    widget.update()
    for key in keys:
        target = widget.focus_get() or widget
        target.event_generate(f"<Key-{key}>" if "-" not in key else f"<{key.rpartition('-')[0]}-Key-{key.rpartition('-')[2]}>")
        widget.update()


_moments = count(10_000, 10_000)
"""Tk takes two clicks at nearly one moment for a double click."""


def click(widget: tk.Misc, x: int, y: int, *, shift: bool = False) -> None:
    """The left button, down and up."""
    moment = next(_moments)
    widget.event_generate("<Shift-Button-1>" if shift else "<Button-1>", x=x, y=y, time=moment)
    widget.event_generate("<ButtonRelease-1>", x=x, y=y, time=moment + 10)
    widget.update()
