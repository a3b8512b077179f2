"""The plain pieces: grounds, words, signs, hairlines and chips. A ground is carried down the tree, never guessed."""

from __future__ import annotations

import tkinter as tk

from county_hotline.ui import theme
from county_hotline.ui.theme import Tone


class Pane(tk.Frame):
    """A plain area with a ground; its children take that ground unless told otherwise."""

    def __init__(self, parent: tk.Misc, *, ground: str = "", width: int = 0, height: int = 0) -> None:
        self.ground = ground or ground_of(parent)
        super().__init__(parent, background=self.ground, width=width, height=height)
        if width or height:
            self.pack_propagate(False)
            self.grid_propagate(False)


class Words(tk.Label):
    """One line of text. For text that may need several lines take `WrappedWords`."""

    def __init__(
        self, parent: tk.Misc, text: str = "", *, font: str = theme.BODY, ink: str = "", icon: str = "", width: int = 0
    ) -> None:
        super().__init__(
            parent,
            text=text,
            font=font,
            foreground=ink or theme.INK,
            background=ground_of(parent),
            anchor="w",
            justify="left",
            borderwidth=0,
            padx=0,
            pady=0,
            width=width,
        )
        if icon:
            self.configure(image=theme.word_icon(icon, 14, ink or theme.INK), compound="left")

    def say(self, text: str, *, ink: str = "") -> None:
        """Show another text (and ink)."""
        self.configure(text=text)
        if ink:
            self.configure(foreground=ink)


class Sign(tk.Label):
    """A sign of the Bootstrap set."""

    def __init__(self, parent: tk.Misc, icon: str, *, pixels: int = 16, ink: str = "") -> None:
        super().__init__(parent, background=ground_of(parent), borderwidth=0, padx=0, pady=0)
        self.show(icon, pixels=pixels, ink=ink)

    def show(self, icon: str, *, pixels: int = 16, ink: str = "") -> None:
        """Show another sign."""
        self.configure(image=theme.icon(icon, pixels, ink or theme.INK2) if icon else "")


class Hairline(tk.Frame):
    """A thin line: above the act row, between rows, above what is pinned. Nowhere else."""

    def __init__(self, parent: tk.Misc, *, upright: bool = False) -> None:
        super().__init__(parent, background=theme.LINE, width=1 if upright else 0, height=0 if upright else 1)


class Chip(tk.Label):
    """A state in a word, with its sign, on a wash of its tone."""

    def __init__(
        self, parent: tk.Misc, text: str = "", *, tone: Tone = Tone.QUIET, icon: str = "", small: bool = False
    ) -> None:
        super().__init__(parent, borderwidth=0, padx=theme.px(6), pady=theme.px(3 if not small else 1))
        self._font = theme.SMALL if small else theme.BODY
        self.show(text, tone=tone, icon=icon)

    def show(self, text: str, *, tone: Tone = Tone.QUIET, icon: str = "") -> None:
        """Show another state."""
        ink = theme.INKS[tone]
        self.configure(
            text=text,
            font=self._font,
            foreground=ink,
            background=theme.WASHES[tone],
            image=theme.word_icon(icon, 14, ink) if icon else "",
            compound="left",
        )


def ground_of(widget: tk.Misc) -> str:
    """The ground a child of `widget` stands on."""
    return str(widget.cget("background")) if isinstance(widget, tk.Frame | tk.Canvas | tk.Tk | tk.Toplevel) else theme.SHEET
