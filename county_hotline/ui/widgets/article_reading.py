"""One article as it is read: title, version and source, until when it holds, whose it is, and the text."""

from __future__ import annotations

import tkinter as tk

from county_hotline.ui import theme
from county_hotline.ui.telling.article import ArticleTold
from county_hotline.ui.theme import Tone
from county_hotline.ui.widgets.basic import Chip, Pane
from county_hotline.ui.widgets.flow_pane import FlowPane
from county_hotline.ui.widgets.key_values import KeyValue, KeyValues
from county_hotline.ui.widgets.wrapped import WrappedWords


class ArticleReading(Pane):
    """`show(told)`; what is out of date says so before its text."""

    def __init__(self, parent: tk.Misc) -> None:
        super().__init__(parent)
        self._title = WrappedWords(self, font=theme.HEAD, at_most=2)
        self._title.pack(fill="x", padx=(theme.px(8), 0))
        self._version = WrappedWords(self, font=theme.SMALL, ink=theme.INK2, at_most=2)
        self._version.pack(fill="x", padx=(theme.px(8), 0), pady=(theme.px(2), theme.px(4)))
        self._validity = Chip(self, tone=Tone.RED)
        self._flow = FlowPane(self, takes_focus=True)
        self._flow.pack(fill="both", expand=True)
        self._text = WrappedWords(self._flow.body)
        self._text.pack(fill="x", padx=(theme.px(5), theme.px(8)))
        self._meta = KeyValues(self._flow.body, column=76)
        self._meta.pack(fill="x", padx=(theme.px(5), theme.px(8)), pady=(theme.px(12), 0))
        self._flow.adopt()

    def show(self, told: ArticleTold | None) -> None:
        """Another article, or none."""
        self._title.say(told.title if told else "")
        self._version.say(told.version if told else "")
        self._text.say(told.text if told else "")
        self._meta.show([KeyValue(label, words) for label, words in told.meta] if told else [])
        validity = told.validity if told is not None else None
        if told is not None and validity is not None and validity.icon:
            self._validity.show(told.expired or validity.words, tone=validity.tone, icon=validity.icon)
            self._validity.pack(anchor="w", padx=(theme.px(8), 0), pady=(0, theme.px(4)), before=self._flow)
        else:
            self._validity.pack_forget()
        self._flow.adopt()
        self._flow.to_top()

    def take_focus(self) -> None:
        """To the text, where it is longer than the room."""
        self._flow.take_focus()
