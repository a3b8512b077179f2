"""Typing finds: a field with a list below it, for places (pinyin initials or characters), categories, agencies."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from county_hotline.ui import theme
from county_hotline.ui.widgets.basic import Pane
from county_hotline.ui.widgets.inputs import LineInput, move_on
from county_hotline.wording import say

LINES = 8


@dataclass(frozen=True, slots=True)
class Found:
    """One line of the list: what is kept, what is read, and a quiet note after it."""

    value: str
    words: str
    note: str = ""


@dataclass(slots=True)
class _Question:
    """Words that lines were asked for, and what was pressed before they came."""

    typed: str
    is_wanted: bool = False
    """Down asked for it: the lines are wanted though nothing is typed."""
    is_answered: bool = False
    steps: int = 0
    is_taken: bool = False


class Finder(LineInput):
    """A field that keeps a chosen value. `on_typed(words)` asks for lines, `offer(words, lines)` gives those found for just these words.

    Down opens; Up and Down choose; Enter or Tab takes; Esc leaves. What is typed but not chosen has no value. A line that was found for
    other words is never taken: arrows, Enter and Tab that come before the answer are kept for it, until something else is typed.
    Enter moves on at once; where the taken value goes elsewhere (`keeps_keyboard`), it stays until there is an answer.
    """

    def __init__(
        self,
        parent: tk.Misc,
        *,
        width: int = 0,
        hint: str = "",
        on_typed: Callable[[str], None] = lambda _words: None,
        keeps_keyboard: bool = False,
    ) -> None:
        super().__init__(parent, width=width, hint=hint, icon="chevron-down")
        self._on_typed = on_typed
        self._keeps_keyboard = keeps_keyboard
        self._question: _Question | None = None
        self._value = ""
        self._chosen_words = ""
        self._lines: tuple[Found, ...] = ()
        self._list = _List(self.winfo_toplevel(), self._clicked)
        self._chosen_told: list[Callable[[], None]] = []
        super().on_change(self._typed)
        self.bind("<Down>", lambda _event: self._down())
        self.bind("<Up>", lambda _event: self._up())
        self.bind("<Return>", lambda _event: self._enter())
        self.bind("<KP_Enter>", lambda _event: self._enter())
        self.bind("<Tab>", lambda _event: self._tab())
        self.bind("<Escape>", lambda _event: self._escape())
        self.bind("<FocusOut>", lambda _event: self._left())
        self.bind("<Unmap>", lambda _event: self._list.close())
        self.bind("<Destroy>", lambda _event: self._list.close())

    def value(self) -> str:
        """The chosen value, or empty."""
        return self._value

    def words(self) -> str:
        """What stands in the field."""
        return super().value()

    def show(self, value: str, words: str = "") -> None:
        """Put a value in with its words; tells nobody."""
        self._question = None
        self._value = value
        self._chosen_words = words or value
        super().show(self._chosen_words)

    def on_change(self, told: Callable[[], None]) -> None:
        """`told()` when a line is taken or the taken one is typed over."""
        self._chosen_told.append(told)

    @property
    def is_taking(self) -> bool:
        """Whether a line will be taken as soon as there is an answer."""
        return self._question is not None and self._question.is_taken

    def offer(self, typed: str, lines: Sequence[Found]) -> None:
        """The lines found for `typed`. Those of an earlier question are let go, and those of a field that has been left and took nothing."""
        question = self._question
        if question is None or question.typed != typed or question.is_answered:
            return
        question.is_answered = True
        self._lines = tuple(lines)
        if question.is_taken:
            self._question = None
            self._take(min(question.steps, len(self._lines) - 1))
            if self._keeps_keyboard and not self._lines and self.focus_get() is self:
                move_on(self)
        elif self.focus_get() is self:
            self._list.open(self, self._lines)
            self._list.step(question.steps)

    def _typed(self) -> None:
        if self._value and self.words() != self._chosen_words:
            self._value = ""
            self._tell()
        self._ask(_Question(self.words()))

    def _ask(self, question: _Question) -> None:
        self._question = question
        self._on_typed(question.typed)

    def _unanswered(self) -> _Question | None:
        return self._question if self._question is not None and not self._question.is_answered else None

    def _down(self) -> str:
        if (question := self._unanswered()) is not None:
            question.steps += 1
        elif self._list.is_open:
            self._list.step(1)
        else:
            self._ask(_Question("" if self._value else self.words(), is_wanted=True))
        return "break"

    def _up(self) -> str:
        if (question := self._unanswered()) is not None:
            question.steps = max(0, question.steps - 1)
        else:
            self._list.step(-1)
        return "break"

    def _enter(self) -> str:
        question = self._question
        if question is not None and (self.words() or question.is_wanted):
            if not question.is_answered:
                question.is_taken = True
                self._list.close()
                return "break" if self._keeps_keyboard else move_on(self)
            at = self._list.at
            self._take(at)
            if at >= 0 and not self.words():
                return "break"  # a field of several collected it, and may be told another
        return move_on(self)

    def _tab(self) -> str | None:
        if self.words() and (question := self._question) is not None:
            if not question.is_answered:
                question.is_taken = True
            self._take(self._list.at if question.is_answered else -1)
        return None

    def _escape(self) -> str | None:
        if not self._list.is_open and not self.is_taking:
            return None
        self._question = None
        self._list.close()
        return "break"

    def _left(self) -> None:
        self._list.close()

    def _clicked(self, at: int) -> None:
        if self._unanswered() is None:
            self._take(at)

    def _take(self, at: int) -> None:
        self._list.close()
        if 0 <= at < len(self._lines):
            line = self._lines[at]
            self.show(line.value, line.words)
            self._tell()

    def _tell(self) -> None:
        for told in self._chosen_told:
            told()


class _List:
    """The list below the field, placed over the window so that the keyboard never leaves the field."""

    def __init__(self, window: tk.Misc, take: Callable[[int], None]) -> None:
        self._window = window
        self._take = take
        self._pane: Pane | None = None
        self._box: tk.Listbox | None = None

    @property
    def is_open(self) -> bool:
        return self._pane is not None

    @property
    def at(self) -> int:
        chosen = self._box.curselection() if self._box is not None else ()  # type: ignore[no-untyped-call]
        return int(chosen[0]) if chosen else -1

    def open(self, field: tk.Widget, lines: Sequence[Found]) -> None:
        self.close()
        if not lines:
            return
        self._pane = Pane(self._window, ground=theme.BLUE)
        self._box = self._made_box(self._pane, lines)
        height = self._box.winfo_reqheight() + 2
        if len(lines) > LINES:
            foot = tk.Label(
                self._pane,
                text=say("ui.more_lines", count=len(lines) - LINES),
                font=theme.SMALL,
                foreground=theme.INK2,
                anchor="w",
            )
            foot.configure(background=theme.SIDE, padx=theme.px(6), pady=theme.px(2))
            foot.pack(side="bottom", fill="x", padx=1, pady=(0, 1))
            height += foot.winfo_reqheight()
        self._box.pack(fill="both", expand=True, padx=1, pady=(1, 0 if len(lines) > LINES else 1))
        self._place(field, height)

    def step(self, by: int) -> None:
        if self._box is None:
            return
        at = min(max(self.at + by, 0), int(self._box.size()) - 1)
        self._box.selection_clear(0, "end")
        self._box.selection_set(at)
        self._box.see(at)

    def close(self) -> None:
        if self._pane is not None:
            self._pane.destroy()
        self._pane = self._box = None

    def _made_box(self, pane: Pane, lines: Sequence[Found]) -> tk.Listbox:
        box = tk.Listbox(
            pane,
            height=min(LINES, len(lines)),
            font=theme.BODY,
            background=theme.SHEET,
            foreground=theme.INK,
            selectbackground=theme.CHOSEN,
            selectforeground=theme.INK,
            selectborderwidth=0,
            borderwidth=0,
            highlightthickness=0,
            activestyle="none",
            takefocus=False,
            exportselection=False,
        )
        for line in lines:
            box.insert("end", f"  {line.words}　{line.note}".rstrip("　"))
        box.selection_set(0)
        box.bind("<Button-1>", lambda event: self._clicked(event.y))
        return box

    def _clicked(self, y: int) -> str:
        if self._box is not None:
            self._take(int(self._box.nearest(y)))  # type: ignore[no-untyped-call]
        return "break"

    def _place(self, field: tk.Widget, height: int) -> None:
        if self._pane is None:
            return
        x = field.winfo_rootx() - self._window.winfo_rootx()
        below = field.winfo_rooty() - self._window.winfo_rooty() + field.winfo_height() + 1
        room = self._window.winfo_height() - below
        y = below if room >= height else below - field.winfo_height() - height - 2
        self._pane.place(x=x, y=y, width=max(field.winfo_width(), theme.px(360)), height=height)
        self._pane.lift()
