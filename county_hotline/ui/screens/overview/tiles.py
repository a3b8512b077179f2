"""The big numbers: each says what it counts, can be stood on by the keyboard, and opens exactly the orders it counts."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence

from county_hotline.ui import theme
from county_hotline.ui.screens.overview.telling import RateTold, TileTold
from county_hotline.ui.theme import Size, Tone
from county_hotline.ui.widgets.basic import Pane, Words
from county_hotline.ui.widgets.wrapped import CutWords, WrappedWords

Deed = Callable[[str], None]


class Tile(Pane):
    """Label, number, and a quiet line below."""

    def __init__(self, parent: tk.Misc, open_: Deed, choose: Deed) -> None:
        super().__init__(parent)
        self.configure(
            takefocus=True, highlightthickness=2, highlightcolor=theme.BLUE, highlightbackground=theme.SHEET, cursor="hand2"
        )
        self._key = ""
        self._label = Words(self, ink=theme.INK2)
        self._label.pack(anchor="w", padx=theme.px(4))
        line = Pane(self)
        line.pack(fill="x", padx=theme.px(4))
        self._figure = Words(line, font=theme.FIGURE)
        self._figure.pack(side="left")
        self._beside = Words(line, font=theme.SMALL, ink=theme.INK2)
        self._beside.pack(side="left", anchor="s", padx=(theme.px(8), 0), pady=(0, theme.px(6)))
        self._note = CutWords(self, font=theme.SMALL, ink=theme.INK2)
        self._note.pack(fill="x", padx=theme.px(4))
        for key in ("<Return>", "<space>"):
            self.bind(key, lambda _event: self._press(open_))
        self.bind("<FocusIn>", lambda _event: choose(self._key))
        for widget in (self, self._label, line, self._figure, self._beside, self._note):
            widget.bind("<Button-1>", lambda _event: self._press(open_), add="+")

    def show(self, told: TileTold) -> None:
        """Another number."""
        self._key = told.key
        ink = theme.INKS[Tone(told.tone)]
        self._label.configure(
            text=told.label, image=theme.word_icon(told.icon, 14, ink) if told.icon else "", compound="left",
            foreground=ink if told.icon else theme.INK2,
        )  # fmt: skip
        self._figure.say(told.figure, ink=ink)
        self._note.say(told.note)

    def show_rate(self, told: RateTold) -> None:
        """A rate: numerator and denominator stand beside it, what is left out below."""
        self._key = told.key
        missed = told.is_missed
        self._label.say(told.label)
        ink = theme.RED if missed else theme.INK if told.is_known else theme.INK3
        self._figure.say(told.percent, ink=ink)
        self._beside.say(told.of if told.is_known else "")
        why = "" if told.is_known else told.of
        self._note.say(told.goal or why or told.apart or told.formula, ink=theme.RED if missed else theme.INK2)

    def _press(self, open_: Deed) -> str:
        self.focus_set()
        if self._key:
            open_(self._key)
        return "break"


class TileRow(Pane):
    """Tiles side by side, all as wide; left and right go from one to the next."""

    def __init__(self, parent: tk.Misc, count: int, open_: Deed, choose: Deed) -> None:
        super().__init__(parent)
        self.tiles = [Tile(self, open_, choose) for _ in range(count)]
        for at, tile in enumerate(self.tiles):
            self.grid_columnconfigure(at, weight=1, uniform="tiles")
            tile.grid(row=0, column=at, sticky="new", padx=(0, theme.px(8)))
            tile.bind("<Left>", lambda _event, at=at: self._go(at - 1))  # type: ignore[misc]
            tile.bind("<Right>", lambda _event, at=at: self._go(at + 1))  # type: ignore[misc]

    def show(self, told: Sequence[TileTold]) -> None:
        """Numbers."""
        for tile, each in zip(self.tiles, told, strict=False):
            tile.show(each)

    def show_rates(self, told: Sequence[RateTold]) -> None:
        """Rates."""
        for tile, each in zip(self.tiles, told, strict=False):
            tile.show_rate(each)

    def _go(self, at: int) -> str:
        self.tiles[min(max(at, 0), len(self.tiles) - 1)].focus_set()
        return "break"


class RateLines(Pane):
    """Every rate in a line: name, value, numerator over denominator, then what is left out and whether its formula is agreed."""

    def __init__(self, parent: tk.Misc, open_: Deed, choose: Deed) -> None:
        super().__init__(parent)
        self._open, self._choose = open_, choose
        self._lines: list[Pane] = []
        self._told: tuple[RateTold, ...] = ()

    def show(self, told: Sequence[RateTold]) -> None:
        """All of them anew; nothing where nothing changed."""
        if tuple(told) == self._told:
            return
        self._told = tuple(told)
        for line in self._lines:
            line.destroy()
        self._lines = [self._line(at, each) for at, each in enumerate(told)]

    def _line(self, at: int, told: RateTold) -> Pane:
        line = Pane(self)
        line.configure(
            takefocus=bool(told.look), highlightthickness=2, highlightcolor=theme.BLUE, highlightbackground=theme.SHEET
        )
        line.pack(fill="x", pady=theme.px(1))
        ink = theme.RED if told.is_missed else theme.INK if told.is_known else theme.INK3
        line.grid_columnconfigure(3, weight=1)
        for column, (words, font, colour, width) in enumerate(
            (
                (told.label, theme.BODY, theme.INK2, 98),
                (told.percent, theme.BOLD, ink, 84),
                (told.of, theme.BODY, theme.INK if told.is_known else theme.INK2, 116),
            )
        ):
            line.grid_columnconfigure(column, minsize=theme.px(width))
            Words(line, words, font=font, ink=colour).grid(row=0, column=column, sticky="w", padx=theme.px(4), pady=theme.px(4))
        words = " ・ ".join(each for each in (told.goal, told.formula, told.apart) if each)
        _notes(line, words).grid(row=0, column=3, sticky="we")
        Words(line, told.look, font=theme.SMALL, ink=theme.BLUE).grid(row=0, column=4, sticky="e", padx=theme.px(8))
        self._listen(line, at, told)
        return line

    def _listen(self, line: Pane, at: int, told: RateTold) -> None:
        def press(_event: object) -> str:
            if told.look:
                line.focus_set()
                self._open(told.key)
            return "break"

        for key in ("<Return>", "<space>"):
            line.bind(key, press)
        line.bind("<FocusIn>", lambda _event: self._choose(told.key))
        for key, by in (("<Up>", -1), ("<Down>", 1)):
            line.bind(key, lambda _event, by=by: self._go(at, by))  # type: ignore[misc]
        for widget in (line, *line.winfo_children()):
            widget.bind("<Button-1>", press, add="+")

    def _go(self, at: int, by: int) -> str:
        following = range(at + by, len(self._told) if by > 0 else -1, by)
        nth = next((each for each in following if self._told[each].look), at)
        self._lines[nth].focus_set()
        return "break"


def _notes(parent: Pane, words: str) -> tk.Widget:
    """On two lines where there is room for them; in 特大 on one, the whole under the pointer."""
    if theme.size() is Size.LARGEST:
        return CutWords(parent, words, font=theme.SMALL, ink=theme.INK2)
    return WrappedWords(parent, words, font=theme.SMALL, ink=theme.INK2, at_most=2)
