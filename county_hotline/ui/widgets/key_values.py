"""Labels and what stands behind them, for reading: label column at the left, wrapped text beside it."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence
from dataclasses import dataclass

from county_hotline.ui import theme
from county_hotline.ui.theme import Tone
from county_hotline.ui.widgets.basic import Pane, Words
from county_hotline.ui.widgets.wrapped import WrappedWords


@dataclass(frozen=True, slots=True)
class KeyValue:
    """One line."""

    label: str
    words: str
    tone: Tone = Tone.PLAIN
    bold: bool = False


class KeyValues(Pane):
    """`show(lines)`; pack it with fill="x". Of each no more than `at_most` lines, where that is not 0."""

    def __init__(self, parent: tk.Misc, *, column: int = 52, font: str = theme.BODY, pitch: int = 4, at_most: int = 0) -> None:
        super().__init__(parent)
        self._font, self._pitch, self._at_most = font, pitch, at_most
        self.grid_columnconfigure(0, minsize=theme.px(column))
        self.grid_columnconfigure(1, weight=1)

    def show(self, lines: Sequence[KeyValue]) -> None:
        """Other lines."""
        for child in self.winfo_children():
            child.destroy()
        for at, line in enumerate(lines):
            Words(self, line.label, font=self._font, ink=theme.INK2).grid(
                row=at, column=0, sticky="nw", pady=theme.px(self._pitch)
            )
            font = theme.BOLD if line.bold else self._font
            words = WrappedWords(self, line.words, font=font, ink=theme.INKS[line.tone], at_most=self._at_most)
            words.grid(row=at, column=1, sticky="new", pady=theme.px(self._pitch))
