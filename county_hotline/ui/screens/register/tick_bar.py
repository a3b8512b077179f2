"""Below the list while something is ticked: how many, and what may be done with them together."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence

from county_hotline.ui import theme
from county_hotline.ui.widgets.acts import Act, ActButton, ActKind
from county_hotline.ui.widgets.basic import Pane, Words


class TickBar(Pane):
    """`show(words)`; its acts stand in it, with their keys. The last of them, which unticks, stands beside the words."""

    def __init__(self, parent: tk.Misc, acts: Sequence[Act]) -> None:
        super().__init__(parent, ground=theme.BLUE_WASH)
        tk.Frame(self, background=theme.BLUE, width=4).pack(side="left", fill="y")
        self._head, self._row = Pane(self), Pane(self)
        self._words = Words(self._head, font=theme.BOLD)
        self._words.pack(side="left", padx=(0, theme.px(10)))
        *together, untick = acts
        for row, act in ((self._head, untick), *((self._row, each) for each in together)):
            shown = Act(act.wording, act.do, shown=act.shown, kind=ActKind.PANE)
            ActButton(row, shown, takes_focus=False).pack(side="left", padx=(0, theme.px(6)), pady=theme.px(5))
        self.crowd(crowded=False)

    def crowd(self, *, crowded: bool) -> None:
        """Where letters are large the words have a line of their own."""
        self._head.pack_forget()
        self._row.pack_forget()
        if crowded:
            self._head.pack(side="top", anchor="w", padx=(theme.px(12), 0))
            self._row.pack(side="top", anchor="w", padx=(theme.px(12), 0))
        else:
            self._head.pack(side="left", padx=(theme.px(12), 0))
            self._row.pack(side="left")

    def show(self, words: str) -> None:
        """How many."""
        self._words.say(words)
