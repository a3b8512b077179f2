"""找命令 as it looks: one field over the page with a list below it; the keyboard never leaves the field."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence

from county_hotline.ui import theme
from county_hotline.ui.palette.entries import Entry
from county_hotline.ui.widgets.basic import Pane, Sign, Words
from county_hotline.ui.widgets.inputs import LineInput
from county_hotline.ui.widgets.wrapped import CutWords
from county_hotline.wording import say

LINES = 10
WIDTH = 720
TEXT_KEYS = frozenset("acvxzy")
"""Ctrl with these edits the field; with any other letter it is meant for the window."""
CONTROL, ALT = 0x4, 0x8


class PaletteView(Pane):
    """`ask(typed)` gives the lines; `chosen(entry)` is told after the palette is gone; `left()` when it goes without a choice.

    `hint` and `keys`: other words than those of 找命令.
    """

    def __init__(
        self,
        window: tk.Misc,
        *,
        ask: Callable[[str], Sequence[Entry]],
        chosen: Callable[[Entry], None],
        left: Callable[[], None],
        hint: str = "",
        keys: str = "",
    ) -> None:
        super().__init__(window, ground=theme.BLUE)
        self._ask, self._chosen, self._left = ask, chosen, left
        self._entries: tuple[Entry, ...] = ()
        self._top = self._at = 0
        self._keys = keys or say("palette.keys")
        inner = Pane(self, ground=theme.SHEET)
        inner.pack(fill="both", expand=True, padx=2, pady=2)
        head = Pane(inner)
        head.pack(fill="x", padx=theme.px(12), pady=theme.px(10))
        Sign(head, "search", pixels=18).pack(side="left", padx=(theme.px(4), theme.px(10)))
        self.field = LineInput(head, hint=hint or say("palette.hint"))
        self.field.pack(side="left", fill="x", expand=True)
        self.field.on_change(self.look)
        self._lines = [_Line(inner, self._clicked, at) for at in range(LINES)]
        for line in self._lines:
            line.pack(fill="x", padx=theme.px(4))
        self._said = Words(inner, font=theme.SMALL, ink=theme.INK2)
        self._said.pack(fill="x", padx=theme.px(16), pady=(theme.px(6), theme.px(8)))
        self._bind()

    def open(self) -> None:
        """In front, the keyboard in the field."""
        room = self.master.winfo_width()
        self.place(relx=0.5, y=theme.px(56), anchor="n", width=min(theme.px(WIDTH), room - theme.px(40)))
        self.lift()
        self.look()
        self.field.take_focus()

    def look(self) -> None:
        """Ask again: what was typed changed, or an answer came."""
        self._entries = tuple(self._ask(self.field.value()))
        self._top = self._at = 0
        self._draw()

    @property
    def entries(self) -> tuple[Entry, ...]:
        """The lines there are now."""
        return self._entries

    def step(self, by: int) -> str:
        """Up and down."""
        if self._entries:
            self._at = min(max(self._at + by, 0), len(self._entries) - 1)
            self._top = min(max(self._top, self._at - LINES + 1), self._at)
            self._draw()
        return "break"

    def take(self) -> str:
        """Enter: the chosen line is done; a grey one says why it is not."""
        if self._at < len(self._entries):
            entry = self._entries[self._at]
            if entry.why_not:
                self._said.say(say("palette.cannot", what=entry.words, why=entry.why_not), ink=theme.AMBER)
            else:
                self._chosen(entry)
        return "break"

    def _bind(self) -> None:
        keys: dict[str, Callable[[], str]] = {
            "<Up>": lambda: self.step(-1), "<Down>": lambda: self.step(1), "<Prior>": lambda: self.step(-LINES),
            "<Next>": lambda: self.step(LINES), "<Tab>": lambda: self.step(1), "<Shift-Tab>": lambda: self.step(-1),
            "<Return>": self.take, "<KP_Enter>": self.take, "<Escape>": self._leave, "<Control-Key-k>": self._leave,
        }  # fmt: skip
        if self.tk.call("tk", "windowingsystem") == "x11":
            keys["<ISO_Left_Tab>"] = lambda: self.step(-1)
        for key, do in keys.items():
            self.field.bind(key, lambda _event, do=do: do())  # type: ignore[misc]
        self.field.bind("<Key>", self._others)

    def _others(self, event: tk.Event[tk.Misc]) -> None:
        """Any other key of the window: the palette makes way, and the key does what it does."""
        held = int(event.state) & (CONTROL | ALT)
        is_own = event.keysym.lower() in TEXT_KEYS or event.keysym.startswith(("Control", "Alt", "Shift"))
        is_function = event.keysym.startswith("F") and event.keysym[1:].isdecimal()
        if is_function or (held and len(event.keysym) == 1 and not is_own):
            self._left()

    def _leave(self) -> str:
        self._left()
        return "break"

    def _clicked(self, place: int) -> None:
        self._at = self._top + place
        self._draw()
        self.take()

    def _draw(self) -> None:
        for place, line in enumerate(self._lines):
            at = self._top + place
            line.show(self._entries[at] if at < len(self._entries) else None, on=at == self._at)
        if not self._entries:
            self._said.say(say("palette.nothing", typed=self.field.value()), ink=theme.INK2)
            return
        below = len(self._entries) - self._top - LINES
        more = say("palette.more", count=below) if below > 0 else ""
        self._said.say("　".join(part for part in (self._keys, more) if part), ink=theme.INK2)


class _Line(Pane):
    """Sign, words, why not or what kind, key."""

    def __init__(self, parent: tk.Misc, clicked: Callable[[int], None], at: int) -> None:
        super().__init__(parent, height=max(theme.px(32), theme.line_height(theme.BODY) + theme.px(8)), width=1)
        self._bar = tk.Frame(self, width=theme.px(3), background=self.ground)
        self._bar.pack(side="left", fill="y")
        cell = Pane(self, width=theme.px(34), height=theme.px(20))
        cell.pack(side="left")
        self._sign = Sign(cell, "")
        self._sign.pack(side="left", padx=(theme.px(8), 0))
        self._words = Words(self)
        self._words.pack(side="left")
        self._key = Words(self, font=theme.SMALL_BOLD)
        self._key.pack(side="right", padx=theme.px(12))
        self._beside = CutWords(self, font=theme.SMALL)
        self._beside.pack(side="left", fill="x", expand=True, padx=(theme.px(12), theme.px(8)))
        self._parts = (self, cell, self._sign, self._words, self._key, self._beside)
        for part in (*self._parts, self._bar):
            part.bind("<Button-1>", lambda _event: clicked(at))

    def show(self, entry: Entry | None, *, on: bool) -> None:
        """Another line, or none."""
        on = on and entry is not None
        ground = theme.CHOSEN if on else theme.SHEET
        for part in self._parts:
            part.configure(background=ground)
        self._bar.configure(background=theme.BLUE if on else ground)
        can = entry is not None and not entry.why_not
        self._sign.show(entry.icon if entry is not None else "", ink=theme.INK2 if can else theme.INK3)
        self._words.configure(
            text=entry.words if entry is not None else "",
            font=theme.BOLD if on and can else theme.BODY,
            foreground=theme.INK if can else theme.INK2 if on else theme.INK3,
        )
        self._key.say(entry.shown if entry is not None else "", ink=theme.INK2)
        beside = (entry.why_not or entry.group) if entry is not None else ""
        self._beside.say(beside, ink=theme.INK2 if on or (entry is not None and entry.why_not) else theme.INK3)
