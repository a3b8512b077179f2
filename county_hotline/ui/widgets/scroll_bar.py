"""The thin bar at the right of a canvas: how much of it is seen, and where. Speaks Tk's scrolling protocol."""

from __future__ import annotations

import tkinter as tk

from county_hotline.ui import theme
from county_hotline.ui.widgets.basic import ground_of

BAR = 8
SHORTEST = 24


class ScrollBar(tk.Canvas):
    """Pack it beside `what`, which it serves; it draws nothing while all of that is in sight."""

    def __init__(self, parent: tk.Misc, what: tk.Canvas) -> None:
        super().__init__(
            parent, background=ground_of(parent), width=theme.px(BAR), height=10, highlightthickness=0, borderwidth=0
        )
        self.configure(takefocus=False)
        self._what = what
        self._seen = (0.0, 1.0)
        what.configure(yscrollcommand=self.set)
        self.bind("<Configure>", lambda _event: self._draw())
        self.bind("<Button-1>", self._dragged)
        self.bind("<B1-Motion>", self._dragged)

    def set(self, first: str | float, last: str | float) -> None:
        """Shares of the whole between which it is seen."""
        self._seen = (float(first), float(last))
        self._draw()

    def _draw(self) -> None:
        self.delete("all")
        first, last = self._seen
        if last - first >= 1:
            return
        height = self.winfo_height()
        length = max(theme.px(SHORTEST), round(height * (last - first)))
        top = round((height - length) * first / (1 - (last - first)))
        self.create_rectangle(2, top, theme.px(BAR), top + length, fill=theme.BAR, width=0)

    def _dragged(self, event: tk.Event[tk.Canvas]) -> None:
        share = self._seen[1] - self._seen[0]
        self._what.yview_moveto(max(0.0, event.y / max(1, self.winfo_height()) - share / 2))
