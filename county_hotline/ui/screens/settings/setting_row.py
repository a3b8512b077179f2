"""One setting as it looks: its input, what may stand in it, whether it is as shipped, and that it is kept."""

from __future__ import annotations

from collections.abc import Callable

from county_hotline.ui import theme
from county_hotline.ui.screens.settings.presenter import SettingTold
from county_hotline.ui.tk_runner import TkLater
from county_hotline.ui.widgets.acts import Act, ActButton, ActKind
from county_hotline.ui.widgets.basic import Pane, Words
from county_hotline.ui.widgets.inputs import Choice, LineInput, Tick
from county_hotline.ui.widgets.rows import FieldRow
from county_hotline.ui.widgets.segments import Segments
from county_hotline.wording import say

SAVED_FOR_MS = 4000
TYPED_AFTER_MS = 600
COLUMN = 268


class SettingRow:
    """One setting: label, input, its range, whether it is as shipped, the way back to that, and a sign once it is kept."""

    def __init__(self, parent: Pane, told: SettingTold, change: Callable[[str, str], None]) -> None:
        self.told, self._change = told, change
        self._row = FieldRow(parent, column=COLUMN, pitch=10)
        self._row.pack(fill="x")
        self._later = TkLater(self._row)
        self._cancel: Callable[[], None] | None = None
        self._last = told.value
        self._field = self._made(told)
        self._row.put(self._field, told.label)
        self._sign = Words(self._row.body, "", font=theme.SMALL, ink=theme.INK3)
        self._sign.pack(side="left", padx=theme.px(12))
        back = Act("settings.back", self.back, shown="Ctrl+D", kind=ActKind.LINK, details={"default": told.default_words})
        self._below = Pane(self._row)
        ActButton(self._below, back).pack(side="left")
        self._faded()

    def take_focus(self) -> None:
        """The keyboard goes here."""
        self._field.take_focus()

    @property
    def is_default(self) -> bool:
        """Whether it is as shipped."""
        return self._value().strip() == self.told.default

    def holds(self, widget: object) -> bool:
        """Whether this widget is one of the row's."""
        return str(widget).startswith(f"{self._row}.")

    def back(self) -> None:
        """恢复默认: as shipped, saved at once."""
        if not self.is_default:
            self._show(self.told.default)
            self.settle()
            self.take_focus()

    def saved(self) -> None:
        """A tick and a word, for a while."""
        self._row.say("")
        if isinstance(self._field, LineInput):
            self._field.mark(wrong=False)
        self._sign.configure(
            text=say("settings.saved"),
            foreground=theme.GREEN,
            image=theme.icon("check-lg", (20, 14), theme.GREEN),
            compound="left",
        )
        self._show_back()
        self._later.call(SAVED_FOR_MS, self._faded)

    def wrong(self, words: str) -> None:
        """A sentence below; what was typed stays."""
        if isinstance(self._field, LineInput):
            self._field.mark(wrong=True)
        self._row.say(words)

    def settle(self) -> None:
        """Save what was typed now."""
        if self._cancel is not None:
            self._cancel()
            self._cancel = None
        if self._value() != self._last:
            self._last = self._value()
            self._change(self.told.key, self._last)

    def _made(self, told: SettingTold) -> Segments | LineInput | Tick:
        if told.kind == "choice":
            choices = [Choice(value, words) for value, words in told.choices]
            segments = Segments(self._row.body, choices, on_choose=lambda _value: self.settle())
            segments.show(told.value)
            return segments
        if told.kind == "tick":
            tick = Tick(self._row.body, say("settings.yes"))
            tick.show(on=told.value == "1")
            tick.on_change(self.settle)
            return tick
        line = LineInput(self._row.body, width=80)
        line.show(told.value)
        line.on_change(self._typed)
        line.bind("<FocusOut>", lambda _event: self.settle(), add="+")
        return line

    def _value(self) -> str:
        if isinstance(self._field, Tick):
            return "1" if self._field.is_on() else ""
        return self._field.value()

    def _typed(self) -> None:
        if self._cancel is not None:
            self._cancel()
        self._cancel = self._later.call(TYPED_AFTER_MS, self.settle)

    def _faded(self) -> None:
        hint = self.told.hint
        if self.is_default:
            hint = say("settings.range_and_default", range=hint) if hint else say("settings.default")
        self._sign.configure(text=hint, foreground=theme.INK3, image="")
        self._show_back()

    def _show_back(self) -> None:
        if self.is_default:
            self._below.pack_forget()
        else:
            self._below.pack(fill="x", padx=(theme.px(COLUMN + 3), 0), pady=(0, theme.px(10)))

    def _show(self, value: str) -> None:
        if isinstance(self._field, Tick):
            self._field.show(on=value == "1")
        else:
            self._field.show(value)
