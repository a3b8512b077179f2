"""The editor of an article: title, text, version, source, whose it is, until when it holds."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

from county_hotline.ui import theme
from county_hotline.ui.screens.knowledge.presenter import ArticleTyped, Lines
from county_hotline.ui.theme import Size
from county_hotline.ui.widgets.basic import Pane
from county_hotline.ui.widgets.finder import Finder, Found
from county_hotline.ui.widgets.inputs import Input, LineInput, TextInput
from county_hotline.ui.widgets.page_head import SectionHead
from county_hotline.ui.widgets.rows import FieldRow
from county_hotline.wording import say


class ArticleEditor(Pane):
    """`values()` reads it."""

    def __init__(self, parent: tk.Misc, typed: ArticleTyped, head: str, *, find: Callable[[str, str], None]) -> None:
        super().__init__(parent)
        SectionHead(self, head).pack(fill="x", padx=theme.px(8), pady=(0, theme.px(8)))
        row = FieldRow(self)
        row.pack(fill="x")
        self._title = LineInput(row.body)
        row.put(self._title, say("knowledge.field.title"), required=True, grow=True)
        row = FieldRow(self)
        row.pack(fill="both", expand=True)
        self._text = TextInput(row.body, lines=8 if theme.size() is not Size.LARGEST else 5)
        row.put(self._text, say("knowledge.field.text"), required=True, grow=True)
        row = FieldRow(self)
        row.pack(fill="x")
        self._version = LineInput(row.body, width=110)
        row.put(self._version, say("knowledge.field.version"), required=True)
        self._until = LineInput(row.body, width=110)
        row.put(self._until, say("knowledge.field.valid_until"))
        row = FieldRow(self)
        row.pack(fill="x")
        self._source = LineInput(row.body)
        row.put(self._source, say("knowledge.field.source"), grow=True)
        self._finders: dict[str, Finder] = {}
        for name in ("unit", "category"):
            row = FieldRow(self)
            row.pack(fill="x")
            finder = self._finders[name] = Finder(row.body, on_typed=lambda words, name=name: find(name, words))  # type: ignore[misc]
            row.put(finder, say(f"knowledge.field.{name}"), grow=True)
        self._inputs: dict[str, Input] = {"title": self._title, "text": self._text, "version": self._version}
        for field, value in ((self._title, typed.title), (self._version, typed.version), (self._source, typed.source)):
            field.show(value)
        self._text.show(typed.text)
        self._until.show(typed.valid_until)
        self._finders["unit"].show(typed.unit, typed.unit_words)
        self._finders["category"].show(typed.category, typed.category_words)

    def values(self) -> ArticleTyped:
        """What stands in it."""
        unit, category = self._finders["unit"], self._finders["category"]
        return ArticleTyped(
            self._title.value(),
            self._text.value(),
            self._version.value(),
            self._source.value(),
            unit.value(),
            unit.words(),
            category.value(),
            category.words(),
            self._until.value(),
        )

    def offer(self, field: str, lines: Lines) -> None:
        """Lines for a field that finds."""
        self._finders[field].offer([Found(*line) for line in lines])

    def wrong(self, field: str) -> None:
        """Red, and the keyboard there; nothing is right again."""
        for name, each in self._inputs.items():
            each.mark(wrong=name == field)
        if field in self._inputs:
            self._inputs[field].take_focus()

    def take_focus(self) -> None:
        """To the title."""
        self._title.take_focus()
