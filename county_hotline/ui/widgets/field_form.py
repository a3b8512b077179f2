"""A small form made from described fields: label column, inputs, the sentence below the one that is wrong."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Mapping, Sequence
from typing import Protocol

from county_hotline.ui import theme
from county_hotline.ui.telling.reading import FieldTold
from county_hotline.ui.theme import Tone
from county_hotline.ui.widgets.basic import Pane
from county_hotline.ui.widgets.finder import Finder, Found
from county_hotline.ui.widgets.flow_pane import FlowPane
from county_hotline.ui.widgets.inputs import Choice, ChoiceInput, LineInput, TextInput, Tick
from county_hotline.ui.widgets.rows import FieldRow
from county_hotline.ui.widgets.segments import Segments

FEW = 3


class _Field(Protocol):
    def value(self) -> str: ...
    def take_focus(self) -> None: ...


class FieldForm(Pane):
    """`values()` reads it, `wrong(field, words)` says what is wrong where it is. Hints stand in the inputs where they can. `find(field, typed)` asks for lines: `offer` them."""

    def __init__(
        self,
        parent: tk.Misc,
        fields: Sequence[FieldTold],
        *,
        find: Callable[[str, str], None] = lambda _name, _typed: None,
        column: int = 76,
    ) -> None:
        super().__init__(parent)
        self._told = tuple(fields)
        self._find, self._column = find, column
        self._rows: dict[str, FieldRow] = {}
        self._fields: dict[str, _Field] = {}
        self._scroll = FlowPane(self)
        self._scroll.pack(fill="both", expand=True)
        self._inner = Pane(self._scroll.body)
        self._inner.pack(fill="x", padx=(0, theme.px(10)), pady=(theme.px(4), theme.px(8)))
        for told in fields:
            self._add(told)
        self._scroll.adopt()

    def values(self) -> dict[str, str]:
        """What stands in the fields; of a field that finds also its words, as `<name>.words`."""
        found: dict[str, str] = {}
        for name, field in self._fields.items():
            found[name] = field.value()
            if isinstance(field, Finder):
                found[f"{name}.words"] = field.words()
        return found

    def show(self, values: Mapping[str, str]) -> None:
        """Put values in."""
        for name, value in values.items():
            field = self._fields.get(name)
            if isinstance(field, _TickField):
                field.show(on=value == "1")
            elif isinstance(field, Finder):
                field.show(value, values.get(f"{name}.words", ""))
            elif isinstance(field, LineInput | TextInput | ChoiceInput | Segments):
                field.show(value)

    def wrong(self, name: str, words: str) -> None:
        """Say it below the field, which takes the keyboard; a field that is not here says it below the last one."""
        self.right()
        name = name if name in self._fields else list(self._fields)[-1]
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

    def offer(self, name: str, typed: str, lines: Sequence[tuple[str, str, str]]) -> None:
        """Lines found for `typed`, for a field that finds: value, words, note."""
        field = self._fields.get(name)
        if isinstance(field, Finder):
            field.offer(typed, [Found(value, words, note) for value, words, note in lines])

    def take_focus(self, name: str = "") -> None:
        """To that field, else to the first that is needed and empty, else to the first."""
        empty = next((told.name for told in self._told if told.is_required and not self._fields[told.name].value()), "")
        name = name or empty or next(iter(self._fields), "")
        if name:
            self._fields[name].take_focus()

    def _add(self, told: FieldTold) -> None:
        if told.is_beside:
            row = list(self._rows.values())[-1]
        else:
            row = FieldRow(self._inner, column=self._column)
            row.pack(fill="x")
        self._rows[told.name] = row
        grow = told.kind not in ("choice", "tick") and not told.width
        row.put(self._made(row, told), "" if told.kind == "tick" else told.label, required=told.is_required, grow=grow)
        self._hint(told.name)

    def _made(self, row: FieldRow, told: FieldTold) -> tk.Widget:
        made: LineInput | TextInput | ChoiceInput | Segments | Finder | _TickField
        choices = [Choice(value, words) for value, words in told.choices]
        match told.kind:
            case "find":
                made = Finder(row.body, width=told.width, hint=told.hint, on_typed=lambda typed: self._find(told.name, typed))
                made.show(told.value, told.words)
            case "text":
                made = TextInput(row.body, lines=told.lines, hint=told.hint)
                made.show(told.value)
            case "choice" if len(choices) <= FEW:
                made = Segments(row.body, choices, on_choose=lambda _value: None)
                made.show(told.value)
            case "choice":
                made = ChoiceInput(row.body, choices, width=told.width or 150)
                made.show(told.value)
            case "tick":
                made = _TickField(row.body, told.label)
                made.show(on=told.value == "1")
            case "secret":
                made = LineInput(row.body, width=told.width, secret=True, hint=told.hint)
            case _:
                made = LineInput(row.body, width=told.width, hint=told.hint)
                made.show(told.value)
        self._fields[told.name] = made
        return made

    def _hint(self, name: str) -> None:
        row = self._rows[name]
        hints = (told.hint for told in self._told if self._rows.get(told.name) is row and told.kind in ("choice", "tick"))
        row.say(next((hint for hint in hints if hint), ""), Tone.QUIET)


class _TickField(Tick):
    """A tick that answers as the other fields do."""

    def value(self) -> str:
        return "1" if self.is_on() else ""
