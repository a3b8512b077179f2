"""A described form in the page: label column, fields, a sentence below the one that is wrong."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Mapping
from tkinter import filedialog
from typing import Protocol

from county_hotline.ui import theme
from county_hotline.ui.screens.order.forms import FieldTold, FormTold
from county_hotline.ui.theme import Tone
from county_hotline.ui.widgets.acts import Act, ActButton, ActKind
from county_hotline.ui.widgets.basic import Pane
from county_hotline.ui.widgets.finder import Finder, Found
from county_hotline.ui.widgets.flow_pane import FlowPane
from county_hotline.ui.widgets.inputs import Choice, ChoiceInput, LineInput, TextInput, Tick
from county_hotline.ui.widgets.page_head import SectionHead
from county_hotline.ui.widgets.rows import FieldRow
from county_hotline.ui.widgets.segments import Segments
from county_hotline.ui.widgets.wrapped import WrappedWords
from county_hotline.wording import say

FEW = 4


class _Field(Protocol):
    def value(self) -> str: ...
    def take_focus(self) -> None: ...


class FormPane(Pane):
    """One form. `values()` reads it, `wrong(field, words)` says what is wrong where it is."""

    def __init__(
        self, parent: tk.Misc, form: FormTold, typed: Mapping[str, str], *, find: Callable[[str, str, str], None]
    ) -> None:
        super().__init__(parent)
        self._form, self._find = form, find
        self._rows: dict[str, FieldRow] = {}
        self._fields: dict[str, _Field] = {}
        head = SectionHead(self, form.title, form.beside)
        head.pack(fill="x", padx=theme.px(20), pady=(theme.px(12), theme.px(8)))
        self._scroll = FlowPane(self)
        self._scroll.pack(fill="both", expand=True)
        self._inner = Pane(self._scroll.body)
        self._inner.pack(fill="x", padx=(theme.px(12), theme.px(20)))
        if form.words:
            WrappedWords(self._inner, form.words).pack(fill="x", padx=theme.px(8), pady=(0, theme.px(10)))
        for field in form.fields:
            self._add(field)
        for name, value in typed.items():
            self._put_back(name, value)
        self._scroll.adopt()

    def values(self) -> dict[str, str]:
        """What stands in the fields."""
        found: dict[str, str] = {}
        for name, field in self._fields.items():
            found[name] = field.value()
            if isinstance(field, Finder):
                found[f"{name}.words"] = field.words()
        return found

    def wrong(self, name: str, words: str) -> None:
        """Say it below the field, which takes the keyboard."""
        self.right()
        self._rows[name].say(words)
        field = self._fields[name]
        if isinstance(field, LineInput | TextInput | ChoiceInput):
            field.mark(wrong=True)
        field.take_focus()

    def right(self) -> None:
        """Nothing is wrong any more."""
        for name, field in self._fields.items():
            self._hint(name)
            if isinstance(field, LineInput | TextInput | ChoiceInput):
                field.mark(wrong=False)

    def offer(self, name: str, lines: tuple[tuple[str, str, str], ...]) -> None:
        """Lines for a field that finds."""
        field = self._fields.get(name)
        if isinstance(field, Finder):
            field.offer([Found(value, words, note) for value, words, note in lines])

    def take_focus(self) -> None:
        """To the first field that is needed and empty, else to the first."""
        empty = next((f.name for f in self._form.fields if f.is_required and not self._fields[f.name].value()), "")
        name = empty or next(iter(self._fields), "")
        if name:
            self._fields[name].take_focus()
        else:
            self.focus_set()

    def _add(self, told: FieldTold) -> None:
        if told.is_beside:
            row = list(self._rows.values())[-1]
        else:
            row = FieldRow(self._inner)
            row.pack(fill="x")
        self._rows[told.name] = row
        label = "" if told.kind == "tick" else told.label
        widget = self._made(row, told)
        grow = told.kind not in ("choice", "tick") and not told.width
        row.put(widget, label, required=told.is_required, grow=grow)
        if told.kind == "file":
            pick = Act("order.pick_file", lambda: self._pick(told.name), kind=ActKind.PANE)
            row.put(ActButton(row.body, pick), gap=8)
        self._hint(told.name)

    def _made(self, row: FieldRow, told: FieldTold) -> tk.Widget:
        made: LineInput | TextInput | ChoiceInput | Segments | Finder | _TickField
        choices = [Choice(value, words) for value, words in told.choices]
        if told.kind in ("agency", "place", "category"):
            made = Finder(row.body, on_typed=lambda typed: self._find(told.name, told.kind, typed))
            made.show(told.value, told.words)
        elif told.kind == "text":
            made = TextInput(row.body, lines=told.lines)
            made.show(told.value)
        elif told.kind == "choice":
            made = (
                Segments(row.body, choices, on_choose=lambda _value: None)
                if len(choices) <= FEW
                else ChoiceInput(row.body, choices, width=110)
            )
            made.show(told.value)
        elif told.kind == "tick":
            made = _TickField(row.body, told.label)
            made.show(on=told.value == "1")
        else:
            made = LineInput(row.body, width=told.width)
            made.show(told.value)
        self._fields[told.name] = made
        return made

    def _put_back(self, name: str, value: str) -> None:
        """What was typed before. A field that finds gets its words back with its value."""
        field = self._fields.get(name)
        if isinstance(field, _TickField):
            field.show(on=value == "1")
        elif isinstance(field, LineInput | TextInput | ChoiceInput | Segments) and not isinstance(field, Finder):
            field.show(value)

    def _hint(self, name: str) -> None:
        row = self._rows[name]
        hints = (field.hint for field in self._form.fields if self._rows.get(field.name) is row)
        row.say(next((hint for hint in hints if hint), ""), Tone.QUIET)

    def _pick(self, name: str) -> None:
        """The system's own window for files; a path may be typed instead."""
        chosen = filedialog.askopenfilename(parent=self.winfo_toplevel(), title=say("order.pick_file"))
        field = self._fields[name]
        if chosen and isinstance(field, LineInput):
            field.show(str(chosen))
        field.take_focus()


class _TickField(Tick):
    """A tick that answers as the other fields do."""

    def value(self) -> str:
        return "1" if self.is_on() else ""
