"""筛选: every choice there is, in one pane. F9 shows what comes of it; Esc leaves it as it was."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date

from county_hotline.domain.typed_times import read_day
from county_hotline.ui.screens.register.drawer import Drawer
from county_hotline.ui.screens.register.filters import SPAN, Filters
from county_hotline.ui.screens.register.finding import FINDERS, WORDS
from county_hotline.ui.screens.register.page_words import Choices
from county_hotline.ui.telling.names import Names
from county_hotline.ui.widgets.acts import Act, ActKind
from county_hotline.ui.widgets.finder import Finder, Found
from county_hotline.ui.widgets.inputs import Choice, ChoiceInput, LineInput, Tick
from county_hotline.ui.widgets.rows import FieldRow
from county_hotline.wording import say

_DAYS = ("first", "last")
_CHOSEN = ("since", "stage", "channel", "kind", "urgency", "campaign")
_TICKED = ("suspended", "confidential")


class FilterPane(Drawer):
    """`open(filters, …)`; `on_use(filters)` with what the person made of them."""

    def __init__(self, parent: tk.Misc, leave: Act, *, on_use: Callable[[Filters], None]) -> None:
        super().__init__(parent, say("register.filters.title"), leave)
        self._on_use = on_use
        self._filters = Filters()
        self._names: Names | None = None
        self._today = ""
        self._choices: dict[str, ChoiceInput] = {}
        self._finders: dict[str, Finder] = {}
        self._lines: dict[str, LineInput] = {}
        self._ticks: dict[str, Tick] = {}
        self._rows: dict[str, FieldRow] = {}
        self._choice("since")
        self._span()
        self._choice("stage")
        for name in FINDERS:
            self._finder(name)
        for name in _CHOSEN[2:]:
            self._choice(name)
        self._lines["event"] = self._line("event", hint=say("register.event.hint"))
        self._ticked()
        self.offer(
            (
                Act("register.filters.use", self._use, "<F9>", "F9", kind=ActKind.MAIN),
                Act("register.filters.clear", self._clear, "<Control-Key-0>", "Ctrl+0"),
            )
        )
        self.adopt()

    def open(self, filters: Filters, choices: Mapping[str, Choices], names: Names, today: str) -> None:
        """As the list is narrowed now."""
        self._names, self._today = names, today
        for name, field in self._choices.items():
            field.offer([Choice(value, words) for value, words in choices[name]])
        self._show(filters)

    def take_focus(self) -> None:
        """The keyboard goes to the first field."""
        self._choices["since"].take_focus()

    # -- fields -----------------------------------------------------------------------------------------------------

    def _row(self, name: str) -> FieldRow:
        row = self._rows[name] = FieldRow(self.body, pitch=4)
        row.pack(fill="x")
        return row

    def _choice(self, name: str) -> None:
        row = self._row(name)
        self._choices[name] = ChoiceInput(row.body)
        row.put(self._choices[name], say(f"register.filter.{name}"), grow=True)

    def _line(self, name: str, *, hint: str) -> LineInput:
        row = self._row(name)
        field = LineInput(row.body, hint=hint)
        row.put(field, say(f"register.filter.{name}"), grow=True)
        return field

    def _span(self) -> None:
        row = self._row("span")
        for name in _DAYS:
            self._lines[name] = LineInput(row.body, width=96, hint=say(f"register.{name}.hint"))
            self._lines[name].on_change(self._spanned)
        row.put(self._lines["first"], say("register.filter.span"), grow=True)
        row.put(self._lines["last"], say("register.filter.until"), grow=True, gap=6)

    def _finder(self, name: str) -> None:
        row = self._row(name)
        field = Finder(row.body, hint=say("register.everything"), on_typed=lambda typed: self._find(name, typed))
        self._finders[name] = field
        row.put(field, say(f"register.filter.{name}"), grow=True)

    def _ticked(self) -> None:
        row = self._row("ticked")
        for at, name in enumerate(_TICKED):
            self._ticks[name] = Tick(row.body, say(f"register.part.{name}"))
            row.put(self._ticks[name], say("register.filter.only") if not at else "", gap=10)

    def _find(self, name: str, typed: str) -> None:
        if self._names is not None:
            self._finders[name].offer(typed, [Found(*line) for line in FINDERS[name](self._names, typed)])

    def _spanned(self) -> None:
        self._choices["since"].show(SPAN if any(self._lines[name].value() for name in _DAYS) else "all")
        self._rows["span"].say("")

    # -- what stands in them ----------------------------------------------------------------------------------------

    def _show(self, filters: Filters) -> None:
        self._filters = filters
        self.refuse("")
        self._rows["span"].say("")
        for name, field in self._choices.items():
            field.show(getattr(filters, name))
        for name, line in self._lines.items():
            line.show(getattr(filters, name))
        for name, finder in self._finders.items():
            code = getattr(filters, name)
            finder.show(code, WORDS[name](self._names, code) if self._names and code else "")
        for name, tick in self._ticks.items():
            tick.show(on=bool(getattr(filters, name)))

    def _clear(self) -> None:
        self._show(replace(self._filters.wide(), text=self._filters.text))

    def _use(self) -> None:
        days = {name: self._day(name) for name in _DAYS}
        if None in days.values():
            self._rows["span"].say(say("register.span.wrong"))
            return
        unknown = next((name for name, field in self._finders.items() if field.words() and not field.value()), None)
        if unknown is not None:
            self._rows[unknown].say(say("register.filters.unknown"))
            self._finders[unknown].take_focus()
            return
        chosen = {name: field.value() for name, field in (self._choices | self._finders).items()}
        span = {name: day or "" for name, day in days.items()} if chosen["since"] == SPAN else dict.fromkeys(_DAYS, "")
        if chosen["since"] == SPAN and not any(span.values()):
            chosen["since"] = "all"
        ticks = {name: "1" if tick.is_on() else "" for name, tick in self._ticks.items()}
        event = self._lines["event"].value().strip()
        keeps = self._filters.chip if chosen["stage"] == self._filters.stage else ""
        self._on_use(replace(self._filters, figure=None, chip=keeps, event=event, **chosen, **span, **ticks))  # type: ignore[arg-type]

    def _day(self, name: str) -> str | None:
        """ISO; nothing where nothing was typed, None where it is no day."""
        typed = self._lines[name].value().strip()
        if not typed:
            return ""
        day = read_day(typed, date.fromisoformat(self._today))
        return day.isoformat() if day else None
