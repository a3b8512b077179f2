"""What an act's form is filled in with, one widget a kind of field; each answers in the text the desk reads."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Protocol

from county_hotline.domain.typed_times import read_day, read_moment
from county_hotline.ui import theme
from county_hotline.ui.telling.standing import day_words
from county_hotline.ui.widgets.basic import Pane, Words
from county_hotline.ui.widgets.finder import Finder, Found
from county_hotline.ui.widgets.inputs import Choice, ChoiceInput, LineInput, TextInput, Tick
from county_hotline.ui.widgets.segments import Segments
from county_hotline.ui.widgets.several_finder import SeveralFinder
from county_hotline.ui.widgets.wrapped import WrappedWords
from county_hotline.wording import say

FEW = 4
SHORT = 30
"""Characters in which a few choices stand side by side."""
SHARE_STOP = "："
Lines = Sequence[Found]


class FormField(Protocol):
    """What a form asks of every field."""

    def value(self) -> str:
        """As the desk reads it."""
        ...

    def words(self) -> str:
        """What is read, where it is not the value."""
        ...

    def put(self, value: str, words: str) -> None:
        """What stood in it before; tells nobody."""
        ...

    def mark(self, *, wrong: bool) -> None:
        """Red border or not."""
        ...

    def offer(self, typed: str, lines: Lines) -> None:
        """Lines found for `typed`, where the field finds."""
        ...

    def take_focus(self) -> None:
        """The keyboard goes here."""
        ...


class _Plain:
    """A field that finds nothing."""

    def offer(self, typed: str, lines: Lines) -> None:
        """Nothing to offer."""


class LineField(_Plain, LineInput):
    """One line."""

    def words(self) -> str:
        return ""

    def put(self, value: str, words: str) -> None:
        self.show(value)


class ParagraphField(_Plain, TextInput):
    """Several lines."""

    def words(self) -> str:
        return ""

    def put(self, value: str, words: str) -> None:
        self.show(value)


class TickField(_Plain, Tick):
    """`1` or nothing."""

    def value(self) -> str:
        return "1" if self.is_on() else ""

    def words(self) -> str:
        return ""

    def put(self, value: str, words: str) -> None:
        self.show(on=value == "1")

    def mark(self, *, wrong: bool) -> None:
        """A tick is never wrong by itself."""


class FinderField(Finder):
    """A code that is found by typing."""

    def put(self, value: str, words: str) -> None:
        self.show(value, words)


class TimeField(_Plain, Pane):
    """A day or a moment as a person types it; what is understood stands beside it."""

    def __init__(self, parent: tk.Misc, *, now: datetime, with_time: bool, width: int) -> None:
        super().__init__(parent)
        self._now, self._with_time = now, with_time
        self._line = LineInput(self, width=width)
        self._line.pack(side="left")
        self._read = Words(self, ink=theme.INK2)
        self._read.pack(side="left", padx=(theme.px(10), 0))
        self._line.on_change(self._say)

    def value(self) -> str:
        return self._line.value()

    def words(self) -> str:
        return ""

    def put(self, value: str, words: str) -> None:
        self._line.show(value)
        self._say()

    def mark(self, *, wrong: bool) -> None:
        self._line.mark(wrong=wrong)

    def take_focus(self) -> None:
        self._line.take_focus()

    def _say(self) -> None:
        typed = self._line.value().strip()
        self._read.say(self._understood(typed) if typed else "")

    def _understood(self, typed: str) -> str:
        if not self._with_time:
            day = read_day(typed, self._now.date())
            return day_words(day.isoformat(), year=self._now.year) if day else say("order.field.unread")
        at = read_moment(typed, self._now)
        if at is None:
            return say("order.field.unread")
        return f"{day_words(at.date().isoformat(), year=self._now.year)} {at:%H:%M}"


class ChoiceField(_Plain, Pane):
    """One of a few side by side, or one of many in a list; what a choice means stands below it."""

    def __init__(self, parent: tk.Misc, choices: Sequence[tuple[str, str, str]]) -> None:
        super().__init__(parent)
        self._notes = {value: note for value, _words, note in choices}
        lines = [Choice(value, words) for value, words, _note in choices]
        self._input: Segments | ChoiceInput
        if len(lines) <= FEW and sum(len(line.words) for line in lines) <= SHORT:
            self._input = Segments(self, lines, on_choose=lambda _value: self._explain())
        else:
            longest = max((theme.measure(theme.BODY)(line.words) for line in lines), default=0)
            self._input = ChoiceInput(self, lines, width=max(110, min(460, round(longest / theme.px(1)) + 40)))
            self._input.on_change(self._explain)
        self._input.pack(anchor="w")
        self._note = WrappedWords(self, ink=theme.INK2)
        if any(self._notes.values()):
            self._note.pack(fill="x", pady=(theme.px(4), 0))

    def value(self) -> str:
        return self._input.value()

    def words(self) -> str:
        return ""

    def put(self, value: str, words: str) -> None:
        self._input.show(value)
        self._explain()

    def mark(self, *, wrong: bool) -> None:
        if isinstance(self._input, ChoiceInput):
            self._input.mark(wrong=wrong)

    def take_focus(self) -> None:
        self._input.take_focus()

    def _explain(self) -> None:
        self._note.say(self._notes.get(self._input.value(), ""))


class SeveralField(_Plain, Pane):
    """Some of a list, a tick each."""

    def __init__(self, parent: tk.Misc, choices: Sequence[tuple[str, str, str]]) -> None:
        super().__init__(parent)
        self._ticks = {value: Tick(self, words) for value, words, _note in choices}
        for tick in self._ticks.values():
            tick.pack(anchor="w", pady=theme.px(2))

    def value(self) -> str:
        return " ".join(value for value, tick in self._ticks.items() if tick.is_on())

    def words(self) -> str:
        return ""

    def put(self, value: str, words: str) -> None:
        for name, tick in self._ticks.items():
            tick.show(on=name in value.split())

    def mark(self, *, wrong: bool) -> None:
        """A tick is never wrong by itself."""

    def take_focus(self) -> None:
        next(iter(self._ticks.values())).take_focus()


class AgenciesField(SeveralFinder):
    """Several units."""

    def __init__(self, parent: tk.Misc, *, find: Callable[[str], None]) -> None:
        super().__init__(parent, find=find, hint=say("order.field.add_unit"))


class SharesField(Pane):
    """分工: unit, work, day; a line a unit. A new line stands ready below the last one that is begun."""

    def __init__(self, parent: tk.Misc, *, find: Callable[[str], None]) -> None:
        super().__init__(parent)
        self._find = find
        self._lines: list[tuple[Finder, LineInput, LineInput]] = []
        self._add()

    def value(self) -> str:
        told = []
        for unit, work, day in self._lines:
            if unit.value() or work.value().strip():
                parts = (unit.value() or unit.words(), work.value().replace(SHARE_STOP, "，").strip(), day.value().strip())
                told.append(SHARE_STOP.join(parts).rstrip(SHARE_STOP))
        return "\n".join(told)

    def words(self) -> str:
        return "\n".join(unit.words() for unit, work, _day in self._lines if unit.value() or work.value().strip())

    def put(self, value: str, words: str) -> None:
        names = words.split("\n")
        for at, line in enumerate(text for text in value.splitlines() if text.strip()):
            code, _, rest = line.partition(SHARE_STOP)
            work, _, day = rest.partition(SHARE_STOP)
            if at == len(self._lines):
                self._add()
            unit, work_line, day_line = self._lines[at]
            unit.show(code, names[at] if at < len(names) and names[at] else code)
            work_line.show(work)
            day_line.show(day)
        self._grow()

    def mark(self, *, wrong: bool) -> None:
        for line in self._lines:
            line[0].mark(wrong=wrong)

    def offer(self, typed: str, lines: Lines) -> None:
        for unit, _work, _day in self._lines:
            unit.offer(typed, lines)

    def take_focus(self) -> None:
        self._lines[0][0].take_focus()

    def _add(self) -> None:
        row = Pane(self)
        row.pack(fill="x", pady=(theme.px(4) if self._lines else 0, 0))
        unit = Finder(row, width=190, hint=say("order.field.unit"), on_typed=self._find)
        unit.pack(side="left")
        day = LineInput(row, width=96, hint=say("order.field.until"))
        day.pack(side="right")
        work = LineInput(row, hint=say("order.field.work"))
        work.pack(side="left", fill="x", expand=True, padx=theme.px(6))
        day.lift()
        unit.on_change(self._grow)
        work.on_change(self._grow)
        self._lines.append((unit, work, day))

    def _grow(self) -> None:
        unit, work, _day = self._lines[-1]
        if unit.value() or work.value().strip():
            self._add()


def ternary_choices() -> tuple[tuple[str, str, str], ...]:
    """是, 否, 不填."""
    return tuple((value, say(f"order.ternary.{value or 'open'}"), "") for value in ("yes", "no", ""))
