"""The editor of an article: title, text, version, source, whose it is, where and until when it holds, its files, and why it is changed."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence

from county_hotline.ui import theme
from county_hotline.ui.screens.knowledge.screen import ArticleTyped, Lines
from county_hotline.ui.theme import Size
from county_hotline.ui.widgets.basic import Pane
from county_hotline.ui.widgets.finder import Finder, Found
from county_hotline.ui.widgets.inputs import Input, LineInput, TextInput
from county_hotline.ui.widgets.page_head import SectionHead
from county_hotline.ui.widgets.rows import FieldRow
from county_hotline.ui.widgets.scroll_pane import ScrollPane
from county_hotline.ui.widgets.several_finder import SeveralFinder
from county_hotline.ui.widgets.wrapped import WrappedWords
from county_hotline.wording import say

FINDERS = ("unit", "category")
PLACE = "place"


class ArticleEditor(Pane):
    """`values()` reads it."""

    def __init__(self, parent: tk.Misc, typed: ArticleTyped, head: str, *, find: Callable[[str, str], None]) -> None:
        super().__init__(parent)
        self._needs_why = typed.needs_why
        SectionHead(self, head).pack(fill="x", padx=theme.px(8), pady=(0, theme.px(4)))
        self._scroll = ScrollPane(self)
        self._scroll.pack(fill="both", expand=True)
        body = self._scroll.body
        self._why = self._line(body, "why", needed=True) if typed.needs_why else None
        self._title = self._line(body, "title", needed=True)
        row = FieldRow(body)
        row.pack(fill="x")
        self._text = TextInput(row.body, lines=6 if theme.size() is not Size.LARGEST else 4)
        row.put(self._text, say("knowledge.field.text"), required=True, grow=True)
        row = FieldRow(body)
        row.pack(fill="x")
        self._version = LineInput(row.body, width=110)
        row.put(self._version, say("knowledge.field.version"), required=True)
        self._until = LineInput(row.body, width=110)
        row.put(self._until, say("knowledge.field.valid_until"))
        self._source = self._line(body, "source")
        self._finders: dict[str, Finder] = {}
        for name in FINDERS:
            row = FieldRow(body)
            row.pack(fill="x")
            finder = self._finders[name] = Finder(row.body, on_typed=lambda words, name=name: find(name, words))  # type: ignore[misc]
            row.put(finder, say(f"knowledge.field.{name}"), grow=True)
        row = FieldRow(body)
        row.pack(fill="x")
        self._places = SeveralFinder(row.body, find=lambda words: find(PLACE, words), hint=say("knowledge.places_hint"))
        row.put(self._places, say("knowledge.field.places"), grow=True)
        self._keywords = self._line(body, "keywords")
        self._files = WrappedWords(body, ink=theme.INK2)
        self._files.pack(fill="x", padx=theme.px(8), pady=theme.px(4))
        self._inputs: dict[str, Input] = {"title": self._title, "text": self._text, "version": self._version}
        if self._why is not None:
            self._inputs["why"] = self._why
        self._fill(typed)
        self._scroll.adopt()

    def values(self) -> ArticleTyped:
        """What stands in it."""
        unit, category = (self._finders[name] for name in FINDERS)
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
            self._keywords.value(),
            self._places.value(),
            self._places.words(),
            why=self._why.value() if self._why is not None else "",
            needs_why=self._needs_why,
        )

    def offer(self, field: str, typed: str, lines: Lines) -> None:
        """Lines for a field that finds."""
        finder = self._places if field == PLACE else self._finders[field]
        finder.offer(typed, [Found(*line) for line in lines])

    def show_files(self, names: Sequence[str]) -> None:
        """The version's files."""
        self._files.say(
            "\n".join((say("knowledge.files_are", count=len(names)), *names)) if names else say("knowledge.no_files")
        )
        self._scroll.adopt()

    def wrong(self, field: str) -> None:
        """Red, and the keyboard there; nothing is right again."""
        for name, each in self._inputs.items():
            each.mark(wrong=name == field)
        if field in self._inputs:
            self._inputs[field].take_focus()

    def take_focus(self) -> None:
        """To the first field."""
        (self._why or self._title).take_focus()

    def _fill(self, typed: ArticleTyped) -> None:
        shown = (
            (self._title, typed.title),
            (self._version, typed.version),
            (self._source, typed.source),
            (self._until, typed.valid_until),
            (self._keywords, typed.keywords),
        )
        for field, value in shown:
            field.show(value)
        self._text.show(typed.text)
        self._finders["unit"].show(typed.unit, typed.unit_words)
        self._finders["category"].show(typed.category, typed.category_words)
        self._places.put(typed.places, typed.places_words)
        self.show_files(typed.files)

    @staticmethod
    def _line(body: Pane, name: str, *, needed: bool = False) -> LineInput:
        row = FieldRow(body)
        row.pack(fill="x")
        made = LineInput(row.body)
        row.put(made, say(f"knowledge.field.{name}"), required=needed, grow=True)
        return made
