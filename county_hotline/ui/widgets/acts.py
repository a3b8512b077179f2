"""What a person may do on a page, as data, and the buttons made from it. The key stands after the name, everywhere."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from tkinter import ttk

from county_hotline.ui import theme
from county_hotline.ui.widgets.basic import Hairline, Pane, Sign, ground_of
from county_hotline.ui.widgets.wrapped import WrappedWords
from county_hotline.wording import say


class ActKind(Enum):
    """How an act's button looks. One MAIN a page, first at the bottom left."""

    MAIN = "Main"
    ACT = "Act"
    PANE = "Pane"
    DANGER = "Danger"
    LINK = "Link"
    STRIP = "Strip"


@dataclass(frozen=True, slots=True)
class Act:
    """One thing to do: its wording, its key and the deed. `key` is a Tk sequence (`<F9>`), `shown` how a person reads it."""

    wording: str
    do: Callable[[], None]
    key: str = ""
    shown: str = ""
    icon: str = ""
    kind: ActKind = ActKind.ACT
    details: Mapping[str, str] = field(default_factory=dict)
    """What the wording leaves open."""
    why_not: str = ""
    """Why it cannot be done now, where it cannot: 找命令 shows it grey, with this beside it."""

    @property
    def words(self) -> str:
        """Name and key, as they stand on the button."""
        return f"{say(self.wording, **self.details)}  {self.shown}".rstrip()


_MODIFIERS = {"Control": "Ctrl", "Alt": "Alt", "Shift": "Shift"}
_SHOWN = {"Escape": "Esc", "Return": "Enter", "Prior": "PgUp", "Next": "PgDn", "space": "Space"}


def key_words(key: str) -> str:
    """How a person reads a Tk key: `<Control-Key-f>` is Ctrl+F."""
    parts = [part for part in key.strip("<>").split("-") if part != "Key"]
    if not parts:
        return ""
    last = _SHOWN.get(parts[-1], parts[-1])
    return "+".join([*(_MODIFIERS.get(part, part) for part in parts[:-1]), last.upper() if len(last) == 1 else last])


class ActButton(ttk.Button):
    """A button of ours: never stock, focus ring of two pixels, Return and space press it."""

    def __init__(self, parent: tk.Misc, act: Act, *, takes_focus: bool = True) -> None:
        ink = {ActKind.MAIN: theme.SHEET, ActKind.DANGER: theme.RED, ActKind.LINK: theme.BLUE}.get(act.kind, theme.INK)
        style = f"{act.kind.value}.TButton"
        if act.kind in (ActKind.LINK, ActKind.STRIP):
            style = f"{'Side' if ground_of(parent) == theme.SIDE else 'Sheet'}.{style}"
        super().__init__(parent, text=act.words, command=act.do, style=style, takefocus=takes_focus)
        if act.icon:
            self.configure(image=theme.word_icon(act.icon, 16, ink), compound="left")
        self.act = act

    def forbid(self, *, forbidden: bool) -> None:
        """Grey or not. The reason must stand beside it (`ActRow.say`)."""
        self.state(["disabled" if forbidden else "!disabled"])


class ActRow(Pane):
    """The foot of a page: hairline, the one main act, the others, a sentence, and at the far right what is dangerous."""

    def __init__(self, parent: tk.Misc, acts: Sequence[Act]) -> None:
        super().__init__(parent, ground=ground_of(parent))
        Hairline(self).pack(side="top", fill="x")
        self._row = Pane(self)
        self._row.pack(fill="x", padx=theme.px(20), pady=theme.px(9))
        self._buttons: list[ActButton] = []
        self._sign = Sign(self._row, "")
        self._sentence = WrappedWords(self._row, ink=theme.GREEN, at_most=2)
        self.show(acts)

    def show(self, acts: Sequence[Act]) -> None:
        """Other acts."""
        for button in self._buttons:
            button.destroy()
        self._sign.pack_forget()
        self._sentence.pack_forget()
        self._buttons = [ActButton(self._row, act) for act in acts]
        for button in self._buttons:
            danger = button.act.kind is ActKind.DANGER
            button.pack(side="right" if danger else "left", padx=(theme.px(8), 0) if danger else (0, theme.px(8)))
        self._sign.pack(side="left", padx=(theme.px(8), 0))
        self._sentence.pack(side="left", fill="x", expand=True, padx=(theme.px(5), 0))

    def say(self, text: str, *, ink: str = "", icon: str = "") -> None:
        """The sentence beside the acts: what is missing, why one is grey."""
        ink = ink or theme.INK2
        self._sentence.say(text, ink=ink)
        self._sign.show(icon if text else "", pixels=14, ink=ink)

    def button(self, wording: str) -> ActButton:
        """The button of an act, by its wording key."""
        return next(button for button in self._buttons if button.act.wording == wording)
