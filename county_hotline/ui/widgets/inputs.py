"""What is typed or chosen: entry, choice, text, tick. Each shows its focus with a ring of two pixels and a wrong value in red."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from tkinter import ttk
from typing import Protocol

from county_hotline.ui import theme
from county_hotline.ui.tk_mends import whole
from county_hotline.ui.widgets.basic import Pane, Words, ground_of
from county_hotline.ui.widgets.text_past import TextPast
from county_hotline.ui.widgets.wrapped import WrappedWords


class Input(Protocol):
    """What every input can do."""

    def value(self) -> str:
        """What stands in it, free of torn characters."""
        ...

    def show(self, value: str) -> None:
        """Put a value in; tells nobody."""
        ...

    def on_change(self, told: Callable[[], None]) -> None:
        """`told()` after each change by the person."""
        ...

    def mark(self, *, wrong: bool) -> None:
        """Red border or not. The sentence is the row's."""
        ...

    def take_focus(self) -> None:
        """The keyboard goes here."""
        ...


@dataclass(frozen=True, slots=True)
class Choice:
    """One line of a choice: what is kept and what is read."""

    value: str
    words: str


class LineInput(ttk.Entry):
    """One line. Enter moves on. `secret` shows dots; `hint` stands in it while it is empty; `icon` at its right end."""

    def __init__(self, parent: tk.Misc, *, width: int = 0, secret: bool = False, hint: str = "", icon: str = "") -> None:
        self._text = tk.StringVar(parent)
        super().__init__(parent, textvariable=self._text, font=theme.BODY, width=_characters(width))
        if secret:
            self.configure(show="●")
        self._hint = _Hint(self, hint, self.focus_set) if hint else None
        if icon:
            self._sign = _end_sign(self, icon)
        self._told: list[Callable[[], None]] = []
        self._quiet = False
        self._is_turning = False
        self._past = None if secret else TextPast()
        self._text.trace_add("write", lambda *_: self._changed())
        self.bind("<<Undo>>", lambda _event: self._turn(back=True))
        self.bind("<<Redo>>", lambda _event: self._turn(back=False))
        self.bind("<Return>", lambda event: move_on(event.widget))
        self.bind("<KP_Enter>", lambda event: move_on(event.widget))

    def value(self) -> str:
        """What stands in it."""
        return whole(self._text.get())

    def show(self, value: str) -> None:
        """Put a value in; tells nobody."""
        self._quiet = True
        self._text.set(value)
        self._quiet = False
        self.icursor("end")
        if self._past is not None:
            self._past.begin(value)

    def on_change(self, told: Callable[[], None]) -> None:
        """`told()` after each change."""
        self._told.append(told)

    def mark(self, *, wrong: bool) -> None:
        """Red border or not."""
        self.state(["invalid" if wrong else "!invalid"])

    def take_focus(self) -> None:
        """The keyboard goes here, all selected."""
        self.focus_set()
        self.selection_range(0, "end")

    def forbid(self, *, forbidden: bool) -> None:
        """Grey or not."""
        self.state(["disabled" if forbidden else "!disabled"])

    def _changed(self) -> None:
        if self._hint is not None:
            self._hint.show(on=not self._text.get())
        if not self._quiet:
            if self._past is not None and not self._is_turning:
                self._past.changed(self._text.get(), self.index("insert"))
            for told in self._told:
                told()

    def _turn(self, *, back: bool) -> str:
        """撤销 or 重做 of what was typed here; the input's own, whether or not there is something."""
        standing = None if self._past is None else self._past.back() if back else self._past.on()
        if standing is not None:
            self._is_turning = True
            self._text.set(standing[0])
            self._is_turning = False
            self.icursor(standing[1])
        return "break"


class ChoiceInput(ttk.Combobox):
    """One of a few. Up and down step, a digit takes the n-th, space or Alt+Down opens the list, Enter moves on."""

    def __init__(self, parent: tk.Misc, choices: Sequence[Choice] = (), *, width: int = 0) -> None:
        super().__init__(parent, state="readonly", font=theme.BODY, width=_characters(width), height=14)
        self._choices: tuple[Choice, ...] = ()
        self._told: list[Callable[[], None]] = []
        self.offer(choices)
        self.bind("<<ComboboxSelected>>", lambda _event: self._chosen())
        self.bind("<Up>", lambda _event: self._step(-1))
        self.bind("<Down>", lambda _event: self._step(1))
        self.bind("<Return>", lambda event: move_on(event.widget))
        self.bind("<KP_Enter>", lambda event: move_on(event.widget))
        self.bind("<space>", lambda _event: self.open())
        self.bind("<Alt-Down>", lambda _event: self.open())
        self.bind("<Key>", self._digit)

    def offer(self, choices: Sequence[Choice]) -> None:
        """The lines to choose from; the present value stays if it is among them."""
        before = self.value()
        self._choices = tuple(choices)
        self.configure(values=[choice.words for choice in self._choices])
        self.show(before)

    def value(self) -> str:
        """The value of the chosen line, or empty."""
        at = self.current()
        return self._choices[at].value if 0 <= at < len(self._choices) else ""

    def show(self, value: str) -> None:
        """Choose by value; an unknown value shows nothing."""
        for at, choice in enumerate(self._choices):
            if choice.value == value:
                self.current(at)
                return
        self.set("")

    def on_change(self, told: Callable[[], None]) -> None:
        """`told()` after each choice."""
        self._told.append(told)

    def mark(self, *, wrong: bool) -> None:
        """Red border or not."""
        self.state(["invalid" if wrong else "!invalid"])

    def take_focus(self) -> None:
        """The keyboard goes here."""
        self.focus_set()

    def open(self) -> str:
        """Show the list."""
        self.tk.call("ttk::combobox::Post", str(self))
        return "break"

    def _chosen(self) -> None:
        self.selection_clear()
        for told in self._told:
            told()

    def _step(self, by: int) -> str:
        at = min(max(self.current() + by, 0), len(self._choices) - 1)
        if self._choices and at != self.current():
            self.current(at)
            self._chosen()
        return "break"

    def _digit(self, event: tk.Event[tk.Misc]) -> None:
        if event.char.isdecimal() and event.char.isascii() and 0 < int(event.char) <= len(self._choices):
            self.current(int(event.char) - 1)
            self._chosen()


class TextInput(Pane):
    """Several lines. Tab moves on, Enter makes a new line."""

    def __init__(self, parent: tk.Misc, *, lines: int = 3, hint: str = "") -> None:
        super().__init__(parent, ground=theme.FIELD)
        self._inner = tk.Frame(self, background=theme.SHEET)
        self._inner.pack(fill="both", expand=True, padx=1, pady=1)
        self.text = tk.Text(
            self._inner,
            height=lines,
            width=10,
            wrap="char",
            font=theme.BODY,
            background=theme.SHEET,
            foreground=theme.INK,
            insertbackground=theme.INK,
            insertwidth=2,
            selectbackground=theme.BLUE,
            selectforeground=theme.SHEET,
            inactiveselectbackground=theme.CHOSEN,
            borderwidth=0,
            highlightthickness=0,
            padx=theme.px(6),
            pady=theme.px(3),
            undo=True,
            maxundo=200,
        )
        self.text.pack(fill="both", expand=True, padx=1, pady=1)
        self._hint = _Hint(self.text, hint, self.text.focus_set, lines=True) if hint else None
        self._wrong = False
        self._told: list[Callable[[], None]] = []
        self.text.bind("<<Modified>>", lambda _event: self._changed())
        self.text.bind("<FocusIn>", lambda _event: self._draw_ring())
        self.text.bind("<FocusOut>", lambda _event: self._draw_ring())
        self.text.bind("<Tab>", lambda _event: _go_to(self.text.tk_focusNext()))
        self.text.bind("<Shift-Tab>", lambda _event: move_back(self.text))
        if parent.tk.call("tk", "windowingsystem") == "x11":
            self.text.bind("<ISO_Left_Tab>", lambda _event: move_back(self.text))
        self._quiet = False

    def value(self) -> str:
        """What stands in it."""
        return whole(self.text.get("1.0", "end-1c"))

    def show(self, value: str) -> None:
        """Put a text in; tells nobody."""
        self._quiet = True
        self.text.delete("1.0", "end")
        self.text.insert("1.0", value)
        self.text.edit_reset()
        self.text.edit_modified(False)
        self._quiet = False
        if self._hint is not None:
            self._hint.show(on=not value)

    def on_change(self, told: Callable[[], None]) -> None:
        """`told()` after each change."""
        self._told.append(told)

    def mark(self, *, wrong: bool) -> None:
        """Red border or not."""
        self._wrong = wrong
        self._draw_ring()

    def take_focus(self) -> None:
        """The keyboard goes here."""
        self.text.focus_set()

    def _changed(self) -> None:
        if not self.text.edit_modified():
            return
        self.text.edit_modified(False)
        if self._hint is not None:
            self._hint.show(on=not self.value())
        if not self._quiet:
            for told in self._told:
                told()

    def _draw_ring(self) -> None:
        focused = self.focus_get() is self.text
        outer = theme.RED if self._wrong else theme.BLUE if focused else theme.FIELD
        self.configure(background=outer)
        self._inner.configure(background=outer if focused else theme.SHEET)


class Tick(ttk.Checkbutton):
    """Yes or no. Space turns it, Enter moves on."""

    def __init__(self, parent: tk.Misc, words: str) -> None:
        self._on = tk.BooleanVar(parent, value=False)
        style = f"{'Side' if ground_of(parent) == theme.SIDE else 'Sheet'}.TCheckbutton"
        super().__init__(parent, text=words, variable=self._on, style=style, command=self._changed)
        self._told: list[Callable[[], None]] = []
        self.bind("<Return>", lambda event: move_on(event.widget))
        self.bind("<KP_Enter>", lambda event: move_on(event.widget))

    def is_on(self) -> bool:
        """Whether it is ticked."""
        return bool(self._on.get())

    def show(self, *, on: bool) -> None:
        """Tick or untick; tells nobody."""
        self._on.set(on)

    def on_change(self, told: Callable[[], None]) -> None:
        """`told()` after each turn."""
        self._told.append(told)

    def take_focus(self) -> None:
        """The keyboard goes here."""
        self.focus_set()

    def _changed(self) -> None:
        for told in self._told:
            told()


class _Hint:
    """Quiet words inside an empty input; a click on them is a click on the input."""

    def __init__(self, widget: tk.Widget, words: str, focus: Callable[[], None], *, lines: bool = False) -> None:
        self._label = (WrappedWords if lines else Words)(widget, words, ink=theme.INK3)
        self._label.configure(cursor="xterm")
        self._label.bind("<Button-1>", lambda _event: focus())
        self._lines = lines
        self.show(on=True)

    def show(self, *, on: bool) -> None:
        """There, or not."""
        if not on:
            self._label.place_forget()
        elif self._lines:
            # A Text counts from inside its padding. The text cursor stands free at its left.
            self._label.place(x=2, y=0, relwidth=1.0, width=-4)
        else:
            self._label.place(x=theme.px(8), rely=0.5, anchor="w")


def _end_sign(widget: tk.Widget, icon: str) -> tk.Label:
    sign = tk.Label(widget, image=theme.icon(icon, 12, theme.INK2), background=theme.SHEET, borderwidth=0)
    sign.place(relx=1.0, x=-theme.px(8), rely=0.5, anchor="e")

    def press(_event: object) -> None:
        widget.focus_set()
        widget.event_generate("<Down>")

    sign.bind("<Button-1>", press)
    return sign


_PASSED_BY = "LxqPassedBy"


def pass_by(*widgets: tk.Misc) -> None:
    """Enter goes past these, what is seldom filled; Tab and Shift+Tab stop at every input."""
    for widget in widgets:
        widget.bindtags((*widget.bindtags(), _PASSED_BY))


def move_on(widget: tk.Misc) -> str:
    """Enter: the keyboard goes to the next input, in reading order, past what is seldom filled."""
    following = widget.tk_focusNext()
    while following is not None and following is not widget and _PASSED_BY in following.bindtags():
        following = following.tk_focusNext()
    return _go_to(following)


def move_back(widget: tk.Misc) -> str:
    """The keyboard goes to the input before."""
    return _go_to(widget.tk_focusPrev())


def _go_to(widget: tk.Misc | None) -> str:
    if widget is not None:
        widget.focus_set()
        _select_all(widget)
    return "break"


def _select_all(widget: tk.Misc) -> None:
    if isinstance(widget, ttk.Entry) and not isinstance(widget, ttk.Combobox):
        widget.selection_range(0, "end")
        widget.icursor("end")


def _characters(pixels: int) -> int:
    """Tk counts an entry's width in digits; ours is drawn in pixels of the 标准 size."""
    if not pixels:
        return 4
    return max(1, round((theme.px(pixels) - theme.px(14)) / max(1, theme.measure(theme.BODY)("0"))))
