"""报到 in the page: unit, name, post, time, Enter; the next one. Ten people sign in within two minutes."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from typing import TypeVar

from county_hotline.ui import theme
from county_hotline.ui.screens.site.presenter import ArrivalsTold
from county_hotline.ui.theme import Tone
from county_hotline.ui.widgets.acts import Act, ActButton
from county_hotline.ui.widgets.basic import Pane
from county_hotline.ui.widgets.inputs import Choice, ChoiceInput, LineInput
from county_hotline.ui.widgets.page_head import SectionHead
from county_hotline.ui.widgets.row_list import Cell, Column, ListRow, RowList
from county_hotline.ui.widgets.rows import FieldRow
from county_hotline.ui.widgets.wrapped import WrappedWords
from county_hotline.wording import say

W = TypeVar("W", LineInput, ChoiceInput)


class ArrivalsPane(Pane):
    """The form above, who has come below. Enter in 时间 records, as F9 does."""

    def __init__(self, parent: tk.Misc, *, on_arrive: Callable[[dict[str, str]], None], leave: Act) -> None:
        super().__init__(parent, ground=theme.SIDE, width=theme.px(404))
        self._on_arrive = on_arrive
        self._is_new = True
        self._rows: dict[str, FieldRow] = {}
        head = Pane(self)
        head.pack(fill="x", padx=theme.px(18), pady=(theme.px(10), theme.px(4)))
        ActButton(head, leave).pack(side="right")
        self._title = WrappedWords(head, font=theme.HEAD, at_most=2)
        self._title.pack(side="left", fill="x", expand=True)
        form = Pane(self)
        form.pack(fill="x", padx=(theme.px(12), theme.px(18)), pady=(theme.px(6), 0))
        self._unit = self._row(form, "agency", lambda row: ChoiceInput(row.body, width=230))
        self._name = self._row(form, "name", lambda row: LineInput(row.body, width=230))
        self._post = self._row(form, "post", lambda row: LineInput(row.body, width=230))
        self._time = self._row(form, "arrived_at", lambda row: LineInput(row.body, width=230, hint=say("site.arrival.now")))
        for key in ("<Return>", "<KP_Enter>"):
            self._time.bind(key, lambda _event: self._entered())
        self._hint = WrappedWords(form, font=theme.SMALL, ink=theme.INK2)
        self._hint.pack(fill="x", padx=(theme.px(8), 0), pady=(theme.px(6), 0))
        self._head = SectionHead(self, say("site.arrival.came"))
        self._head.pack(fill="x", padx=theme.px(18), pady=(theme.px(12), theme.px(4)))
        columns = [("unit", 110), ("who", 0), ("at", 96)]
        self._list = RowList(self, [Column(say(f"site.arrival.column.{name}"), width) for name, width in columns])
        self._list.pack(fill="both", expand=True, padx=(theme.px(8), theme.px(4)))
        self._list.explain_empty("person-plus", say("site.arrival.nobody"), say("site.arrival.nobody.words"))

    def show(self, told: ArrivalsTold) -> None:
        """The call's units and who has come. What is being typed stays."""
        self._title.say(told.head)
        self._hint.say(told.hint)
        self._head.say(told.beside)
        before = self._unit.value()
        self._unit.offer([Choice(code, words) for code, words in told.units])
        if self._is_new or not before:
            self._unit.show(told.next_unit)
        self._is_new = False
        rows = [
            ListRow(str(at), (Cell(unit), Cell(who, bold=True), Cell(when, Tone.QUIET)))
            for at, (unit, who, when) in enumerate(told.came)
        ]
        self._list.show(rows)

    def clear(self, unit: str) -> None:
        """Empty for the next one, who is likely to be of this unit."""
        self._say({})
        for field in (self._name, self._post, self._time):
            field.show("")
        self._unit.show(unit)
        self._name.take_focus()

    def put_back(self, typed: dict[str, str], words: str, name: str) -> None:
        """What was not recorded stands in the form again, unless the next one is already being typed."""
        fields = self._fields()
        if not self._name.value().strip():
            for each, field in fields.items():
                field.show(typed.get(each, ""))
        name = name if name in fields else "name"
        self._say({name: words})
        fields[name].take_focus()

    def begin(self) -> None:
        """Opened: the keyboard goes to the name, for the unit is already guessed."""
        self._is_new = True
        self.clear("")
        self._name.take_focus()

    def take_focus(self) -> None:
        """The keyboard goes to the name."""
        self._name.take_focus()

    def record(self) -> None:
        """This one, and on to the next."""
        self._on_arrive({name: field.value() for name, field in self._fields().items()})

    def _fields(self) -> dict[str, LineInput | ChoiceInput]:
        return {"agency": self._unit, "name": self._name, "post": self._post, "arrived_at": self._time}

    def _entered(self) -> str:
        self.record()
        return "break"

    def _row(self, form: Pane, name: str, make: Callable[[FieldRow], W]) -> W:
        row = FieldRow(form)
        row.pack(fill="x")
        made = make(row)
        row.put(made, say(f"site.arrival.{name}"), required=name in ("agency", "name"))
        self._rows[name] = row
        return made

    def _say(self, sentences: dict[str, str]) -> None:
        for name, field in self._fields().items():
            self._rows[name].say(sentences.get(name, ""))
            field.mark(wrong=name in sentences)
