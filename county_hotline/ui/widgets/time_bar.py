"""A thin bar: how much of the time is gone. The words always stand beside it."""

from __future__ import annotations

import tkinter as tk

from county_hotline.ui import theme
from county_hotline.ui.theme import Tone
from county_hotline.ui.widgets.basic import ground_of


class TimeBar(tk.Canvas):
    """`show(share, tone)`; None draws nothing at all."""

    def __init__(self, parent: tk.Misc, *, width: int = 10) -> None:
        super().__init__(
            parent, width=width, height=theme.px(6), background=ground_of(parent), highlightthickness=0, borderwidth=0
        )
        self._share: float | None = None
        self._tone = Tone.BLUE
        self.bind("<Configure>", lambda _event: self._draw())

    def show(self, share: float | None, tone: Tone = Tone.BLUE) -> None:
        """Another share (0..1)."""
        self._share, self._tone = share, tone
        self._draw()

    def _draw(self) -> None:
        self.delete("all")
        width, height = self.winfo_width(), self.winfo_height()
        if self._share is None or width <= 1:
            return
        ink = theme.BLUE if self._tone in (Tone.PLAIN, Tone.QUIET) else theme.INKS[self._tone]
        self.create_rectangle(0, 0, width, height, fill=theme.LINE, width=0)
        self.create_rectangle(0, 0, round(width * self._share), height, fill=ink, width=0)
