"""A described form in the page: label column, fields, a sentence below the one that is wrong."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Mapping
from datetime import datetime
from tkinter import filedialog

from county_hotline.ui import theme
from county_hotline.ui.screens.order.fields import (
    AgenciesField,
    ChoiceField,
    FinderField,
    FormField,
    LineField,
    ParagraphField,
    SeveralField,
    SharesField,
    TickField,
    TimeField,
    ternary_choices,
)
from county_hotline.ui.screens.order.forms import FINDS, FieldTold, FormTold
from county_hotline.ui.theme import Size, Tone
from county_hotline.ui.widgets.acts import Act, ActButton, ActKind
from county_hotline.ui.widgets.basic import Pane
from county_hotline.ui.widgets.finder import Found
from county_hotline.ui.widgets.flow_pane import FlowPane
from county_hotline.ui.widgets.page_head import SectionHead
from county_hotline.ui.widgets.rows import FieldRow
from county_hotline.ui.widgets.wrapped import WrappedWords
from county_hotline.wording import say

LABELS, LABELS_AT_MOST = 68, 132
Find = Callable[[str, str, str], None]
"""field, kind, typed."""


class FormPane(Pane):
    """One form. `values()` reads it, `wrong(field, words)` says what is wrong where it is."""

    def __init__(self, parent: tk.Misc, form: FormTold, typed: Mapping[str, str], *, find: Find, now: datetime) -> None:
        super().__init__(parent)
        self._form, self._find, self._now = form, find, now
        self._rows: dict[str, FieldRow] = {}
        self._fields: dict[str, FormField] = {}
        head = SectionHead(self, form.title, form.beside)
        head.pack(fill="x", padx=theme.px(20), pady=(theme.px(12), theme.px(8)))
        self._scroll = FlowPane(self)
        self._scroll.pack(fill="both", expand=True)
        self._inner = Pane(self._scroll.body)
        self._inner.pack(fill="x", padx=(theme.px(12), theme.px(20)))
        self._column = _column(form)
        if form.words:
            WrappedWords(self._inner, form.words).pack(fill="x", padx=theme.px(8), pady=(0, theme.px(10)))
        for field in form.fields:
            self._add(field)
        for field in form.fields:
            if field.name in typed:
                self._fields[field.name].put(typed[field.name], typed.get(f"{field.name}.words", ""))
        self._scroll.adopt()

    def values(self) -> dict[str, str]:
        """What stands in the fields, and with `.words` what is read there."""
        found: dict[str, str] = {}
        for name, field in self._fields.items():
            found[name] = field.value()
            if field.words():
                found[f"{name}.words"] = field.words()
        return found

    def wrong(self, name: str, words: str) -> None:
        """Say it below the field, which takes the keyboard."""
        self.right()
        self._rows[name].say(words)
        self._fields[name].mark(wrong=True)
        self._fields[name].take_focus()

    def right(self) -> None:
        """Nothing is wrong any more."""
        for name, field in self._fields.items():
            self._hint(name)
            field.mark(wrong=False)

    def offer(self, name: str, typed: str, lines: tuple[tuple[str, str, str], ...]) -> None:
        """Lines found for `typed`, for a field that finds."""
        if name in self._fields:
            self._fields[name].offer(typed, [Found(value, words, note) for value, words, note in lines])

    def take_focus(self) -> None:
        """To the first field that is needed and empty, else to the first."""
        empty = next((f.name for f in self._form.fields if f.is_required and not self._fields[f.name].value()), "")
        name = empty or next(iter(self._fields), "")
        if name:
            self._fields[name].take_focus()
        else:
            self.focus_set()

    def _add(self, told: FieldTold) -> None:
        if told.is_beside and self._rows and not _each_in_its_row():
            row = list(self._rows.values())[-1]
        else:
            row = FieldRow(self._inner, column=self._column)
            row.pack(fill="x")
        self._rows[told.name] = row
        field = self._made(row, told)
        field.put(told.value, told.words)
        self._fields[told.name] = field
        label = "" if told.kind == "tick" else told.label
        grow = told.kind not in ("choice", "ternary", "tick", "day", "moment") and not told.width
        grow = grow or any(note for _value, _words, note in told.choices)
        if isinstance(field, tk.Widget):
            row.put(field, label, required=told.is_required, grow=grow)
        if told.kind == "file":
            pick = Act("order.pick_file", lambda: self._pick(told.name), kind=ActKind.PANE)
            row.put(ActButton(row.body, pick), gap=8)
        self._hint(told.name)

    def _made(self, row: FieldRow, told: FieldTold) -> FormField:
        body = row.body

        def find(typed: str) -> None:
            self._find(told.name, told.kind, typed)

        if told.kind in FINDS:
            return FinderField(body, on_typed=find)
        if told.kind in ("choice", "ternary"):
            return ChoiceField(body, told.choices or ternary_choices())
        if told.kind in ("day", "moment"):
            return TimeField(body, now=self._now, with_time=told.kind == "moment", width=told.width)
        made: dict[str, Callable[[], FormField]] = {
            "agencies": lambda: AgenciesField(body, find=find),
            "several": lambda: SeveralField(body, told.choices),
            "shares": lambda: SharesField(body, find=find),
            "text": lambda: ParagraphField(body, lines=told.lines),
            "tick": lambda: TickField(body, told.label),
        }
        return made[told.kind]() if told.kind in made else LineField(body, width=told.width)

    def _hint(self, name: str) -> None:
        row = self._rows[name]
        hints = (field.hint for field in self._form.fields if self._rows.get(field.name) is row)
        row.say(next((hint for hint in hints if hint), ""), Tone.QUIET)

    def _pick(self, name: str) -> None:
        """The system's own window for files; a path may be typed instead."""
        chosen = filedialog.askopenfilename(parent=self.winfo_toplevel(), title=say("order.pick_file"))
        field = self._fields[name]
        if chosen:
            field.put(str(chosen), "")
        field.take_focus()


def _each_in_its_row() -> bool:
    """In the largest letters two fields have no room beside each other."""
    return theme.size() is Size.LARGEST


def _column(form: FormTold) -> int:
    """Wide enough for the longest first label of a row, in pixels of the 标准 drawing."""
    labels = [field.label for field in form.fields if field.kind != "tick" and (not field.is_beside or _each_in_its_row())]
    widest = max((theme.measure(theme.BODY)(label) for label in labels), default=0) / theme.px(100) * 100
    return round(min(LABELS_AT_MOST, max(LABELS, widest + 18)))
