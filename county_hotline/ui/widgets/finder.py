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


class Finder(LineInput):
    """A field that keeps a chosen value. `on_typed(words)` asks for lines, `offer(lines)` gives them.

    Down opens; Up and Down choose; Enter or Tab takes; Esc leaves. What is typed but not chosen has no value.
    """

    def __init__(
        self, parent: tk.Misc, *, width: int = 0, hint: str = "", on_typed: Callable[[str], None] = lambda _words: None
    ) -> None:
        super().__init__(parent, width=width, hint=hint, icon="chevron-down")
        self._on_typed = on_typed
        self._value = ""
        self._chosen_words = ""
        self._lines: tuple[Found, ...] = ()
        self._list = _List(self.winfo_toplevel(), self._take)
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
        self._value = value
        self._chosen_words = words or value
        super().show(self._chosen_words)

    def on_change(self, told: Callable[[], None]) -> None:
        """`told()` when a line is taken or the taken one is typed over."""
        self._chosen_told.append(told)

    def offer(self, lines: Sequence[Found]) -> None:
        """The lines for what was typed. Late answers of a field that has been left are ignored."""
        self._lines = tuple(lines)
        if self.focus_get() is not self:
            return
        self._list.open(self, self._lines)

    def _typed(self) -> None:
        if self._value and self.words() != self._chosen_words:
            self._value = ""
            self._tell()
        self._on_typed(self.words())

    def _down(self) -> str:
        if self._list.is_open:
            self._list.step(1)
        else:
            self._on_typed("" if self._value else self.words())
        return "break"

    def _up(self) -> str:
        self._list.step(-1)
        return "break"

    def _enter(self) -> str:
        if self._list.is_open:
            at = self._list.at
            self._take(at)
            if at >= 0 and not self.words():
                return "break"  # a field of several collected it, and may be told another
        return move_on(self)

    def _tab(self) -> str | None:
        if self._list.is_open and self.words():
            self._take(self._list.at)
        return None

    def _escape(self) -> str | None:
        if not self._list.is_open:
            return None
        self._list.close()
        return "break"

    def _left(self) -> None:
        self._list.close()

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
