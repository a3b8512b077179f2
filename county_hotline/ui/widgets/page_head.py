"""The head of a page: its name, a line beside it, and room at the right."""

from __future__ import annotations

import tkinter as tk

from county_hotline.ui import theme
from county_hotline.ui.widgets.basic import Pane, Words
from county_hotline.ui.widgets.wrapped import CutWords


class PageHead(Pane):
    """46 high. `.right` is a pane for what stands at the right (state, links, buttons)."""

    def __init__(self, parent: tk.Misc, title: str, beside: str = "") -> None:
        super().__init__(parent)
        self.right = Pane(self)
        self.right.pack(side="right", padx=(0, theme.px(20)))
        self._title = Words(self, title, font=theme.TITLE)
        self._title.pack(side="left", padx=(theme.px(22), theme.px(16)), pady=theme.px(9))
        self._beside = Words(self, beside, ink=theme.INK2)
        self._beside.pack(side="left")

    def say(self, *, title: str | None = None, beside: str | None = None) -> None:
        """Other words."""
        if title is not None:
            self._title.say(title)
        if beside is not None:
            self._beside.say(beside)


class SectionHead(Pane):
    """The head of a section within a page: bold words, a quiet line beside (cut where it is too long), room at the right. Pack it `fill="x"`."""

    def __init__(self, parent: tk.Misc, title: str, beside: str = "") -> None:
        super().__init__(parent)
        self.right = Pane(self)
        self.right.pack(side="right")
        Words(self, title, font=theme.HEAD).pack(side="left")
        self._beside = CutWords(self, beside, ink=theme.INK2)
        self._beside.pack(side="left", fill="x", expand=True, padx=(theme.px(10), 0))

    def say(self, beside: str) -> None:
        """Another line beside."""
        self._beside.say(beside)
