"""Below the list while something is ticked: how many, and what may be done with them together."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence

from county_hotline.ui import theme
from county_hotline.ui.widgets.acts import Act, ActButton, ActKind
from county_hotline.ui.widgets.basic import Pane, Words


class TickBar(Pane):
    """`show(words)`; its acts stand in it, with their keys."""

    def __init__(self, parent: tk.Misc, acts: Sequence[Act]) -> None:
        super().__init__(parent, ground=theme.BLUE_WASH)
        tk.Frame(self, background=theme.BLUE, width=4).pack(side="left", fill="y")
        self._words = Words(self, font=theme.BOLD)
        self._words.pack(side="left", padx=(theme.px(12), theme.px(10)), pady=theme.px(6))
        for act in acts:
            shown = Act(act.wording, act.do, shown=act.shown, kind=ActKind.PANE)
            ActButton(self, shown, takes_focus=False).pack(side="left", padx=(0, theme.px(6)), pady=theme.px(5))

    def show(self, words: str) -> None:
        """How many."""
        self._words.say(words)
