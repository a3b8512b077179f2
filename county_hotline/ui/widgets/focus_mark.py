"""Who has the keyboard, said quietly: where one reads, a ring round everything would shout louder than the text."""

from __future__ import annotations

import tkinter as tk

from county_hotline.ui import theme
from county_hotline.ui.widgets.basic import Pane


class FocusMark(Pane):
    """A short blue mark beside the first line; the scroll bar (`bar_ink`) turns blue with it. Pack it at the left, `fill="y"`."""

    def __init__(self, parent: tk.Misc, *, top: int = 8) -> None:
        super().__init__(parent, width=theme.px(3))
        self.is_on, self._top = False, top
        self._mark = tk.Frame(self, background=theme.BLUE, width=theme.px(3), height=theme.line_height(theme.HEAD))

    @property
    def bar_ink(self) -> str:
        """The colour of the bar beside it."""
        return theme.BAR_ON if self.is_on else theme.BAR

    def show(self, *, on: bool) -> None:
        """The keyboard came or went."""
        self.is_on = on
        if on:
            self._mark.place(x=0, y=theme.px(self._top))
        else:
            self._mark.place_forget()
