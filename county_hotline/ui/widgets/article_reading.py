"""One article as it is read: title, version and source, whether it is out of date, and the text."""

from __future__ import annotations

import tkinter as tk

from county_hotline.ui import theme
from county_hotline.ui.telling.article import ArticleTold
from county_hotline.ui.theme import Tone
from county_hotline.ui.widgets.basic import Chip, Pane
from county_hotline.ui.widgets.flow_pane import FlowPane
from county_hotline.ui.widgets.wrapped import WrappedWords


class ArticleReading(Pane):
    """`show(told)`; what is out of date says so before its text."""

    def __init__(self, parent: tk.Misc) -> None:
        super().__init__(parent)
        self._title = WrappedWords(self, font=theme.HEAD, at_most=2)
        self._title.pack(fill="x", padx=(theme.px(8), 0))
        self._version = WrappedWords(self, font=theme.SMALL, ink=theme.INK2, at_most=2)
        self._version.pack(fill="x", padx=(theme.px(8), 0), pady=(theme.px(2), theme.px(4)))
        self._expired = Chip(self, tone=Tone.RED)
        self._flow = FlowPane(self, takes_focus=True)
        self._flow.pack(fill="both", expand=True)
        self._text = WrappedWords(self._flow.body)
        self._text.pack(fill="x", padx=(theme.px(5), theme.px(8)))
        self._flow.adopt()

    def show(self, told: ArticleTold | None) -> None:
        """Another article, or none."""
        self._title.say(told.title if told else "")
        self._version.say(told.version if told else "")
        self._text.say(told.text if told else "")
        if told is not None and told.expired:
            self._expired.show(told.expired, tone=Tone.RED, icon="slash-circle")
            self._expired.pack(anchor="w", padx=(theme.px(8), 0), pady=(0, theme.px(4)), before=self._flow)
        else:
            self._expired.pack_forget()
        self._flow.to_top()
