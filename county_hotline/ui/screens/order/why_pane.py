"""The date pinned below the story, and what opens over it: why it is that day, and who had the order for how long."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

from county_hotline.ui import theme
from county_hotline.ui.screens.order.limits import LimitTold, SegmentTold
from county_hotline.ui.theme import Tone
from county_hotline.ui.widgets.acts import Act, ActButton, ActKind
from county_hotline.ui.widgets.basic import Hairline, Pane, Sign, Words, ground_of
from county_hotline.ui.widgets.flow_pane import FlowPane
from county_hotline.ui.widgets.page_head import SectionHead
from county_hotline.ui.widgets.time_bar import TimeBar
from county_hotline.ui.widgets.wrapped import CutWords, WrappedWords
from county_hotline.wording import say

SHADES = ("#a9c4e8", "#1858a8", "#d4dae2", "#5f6b7a")
"""Neighbours differ in lightness, so that the bar is read in greyscale too."""


class DuePane(Pane):
    """Pinned: the date, how much is left, a bar. `show(told)`."""

    def __init__(self, parent: tk.Misc, turn: Act) -> None:
        super().__init__(parent)
        Hairline(self).pack(fill="x")
        body = Pane(self)
        body.pack(fill="x", padx=theme.px(16), pady=theme.px(8))
        row = Pane(body)
        row.pack(fill="x")
        self._left = Words(row)
        self._left.pack(side="right")
        self._sign = Sign(row, "")
        self._sign.pack(side="right", padx=(theme.px(6), theme.px(4)))
        self._words = CutWords(row, font=theme.BOLD)
        self._words.pack(side="left", fill="x", expand=True)
        self._bar = TimeBar(body)
        self._bar.pack(fill="x", pady=(theme.px(4), 0))
        ActButton(body, turn).pack(side="left", pady=(theme.px(4), 0))

    def show(self, told: LimitTold) -> None:
        """Another order."""
        self._words.say(told.words)
        ink = theme.INKS[Tone(told.left.tone)]
        self._left.configure(text=told.left.words, foreground=ink, font=theme.BOLD if told.left.bold else theme.BODY)
        self._sign.show(told.left.icon, pixels=14, ink=ink)
        self._bar.show(told.gone, Tone(told.left.tone))


class WhyPane(FlowPane):
    """为什么是这一天 line by line, and 各环节用时: one bar and its figures, which add up."""

    def __init__(self, parent: tk.Misc) -> None:
        super().__init__(parent, takes_focus=True)
        self._inner = Pane(self.body)
        self._inner.pack(fill="x", padx=(theme.px(13), theme.px(12)), pady=theme.px(10))

    def show(self, told: LimitTold) -> None:
        """Another order."""
        for child in self._inner.winfo_children():
            child.destroy()
        if told.why:
            SectionHead(self._inner, say("order.limit.why")).pack(fill="x", pady=(0, theme.px(2)))
            for at, line in enumerate(told.why, start=1):
                self._line(at, line)
        if told.segments:
            SectionHead(self._inner, say("order.limit.segments"), say("order.limit.segments.beside", time=told.whole)).pack(
                fill="x", pady=(theme.px(14), theme.px(6))
            )
            SegmentBar(self._inner, told.segments).pack(fill="x", pady=(0, theme.px(6)))
            for at, segment in enumerate(told.segments):
                self._segment(at, segment)
            self._sum(told.whole)
        if told.days:
            SectionHead(self._inner, say("order.limit.days_head")).pack(fill="x", pady=(theme.px(14), theme.px(2)))
            for line in told.days:
                Words(self._inner, line, ink=theme.INK2).pack(anchor="w", pady=theme.px(1))
        self.adopt()
        self.to_top()

    def _line(self, at: int, words: str) -> None:
        row = Pane(self._inner)
        row.pack(fill="x", pady=theme.px(2))
        cell = Pane(row, width=theme.px(26), height=theme.line_height(theme.BODY))
        cell.pack(side="left", anchor="n")
        Words(cell, str(at), ink=theme.INK2).pack(side="left")
        WrappedWords(row, words).pack(side="left", fill="x", expand=True)

    def _segment(self, at: int, told: SegmentTold) -> None:
        row = Pane(self._inner)
        row.pack(fill="x", pady=theme.px(3))
        swatch = tk.Frame(row, width=theme.px(12), height=theme.px(12), background=SHADES[at % len(SHADES)])
        swatch.pack(side="left", anchor="n", pady=theme.px(5), padx=(0, theme.px(8)))
        ink = theme.RED if told.is_late else theme.INK
        Words(row, told.lasted, font=theme.BOLD, ink=ink).pack(side="right", anchor="n")
        if told.is_late:
            Sign(row, "exclamation-octagon-fill", pixels=14, ink=theme.RED).pack(
                side="right", anchor="n", padx=theme.px(4), pady=theme.px(4)
            )
        words = Pane(row)
        words.pack(side="left", fill="x", expand=True)
        WrappedWords(words, say("order.limit.segment", holder=told.holder, why=told.why)).pack(fill="x")
        WrappedWords(words, told.span, font=theme.SMALL, ink=theme.INK2).pack(fill="x")

    def _sum(self, whole: str) -> None:
        Hairline(self._inner).pack(fill="x", pady=(theme.px(4), theme.px(4)))
        row = Pane(self._inner)
        row.pack(fill="x")
        Words(row, say("order.limit.sum"), font=theme.BOLD).pack(side="left")
        Words(row, whole, font=theme.BOLD).pack(side="right")


class SegmentBar(tk.Canvas):
    """One bar cut where the order changed hands; no stretch is so short that it cannot be seen."""

    def __init__(self, parent: tk.Misc, segments: tuple[SegmentTold, ...]) -> None:
        super().__init__(
            parent, height=theme.px(14), width=10, background=ground_of(parent), highlightthickness=0, borderwidth=0
        )
        self._minutes = [segment.minutes for segment in segments]
        self.bind("<Configure>", lambda _event: self._draw())

    def _draw(self) -> None:
        self.delete("all")
        width, height = self.winfo_width(), self.winfo_height()
        least = 3
        room = width - least * len(self._minutes)
        whole, x = max(1, sum(self._minutes)), 0.0
        for at, minutes in enumerate(self._minutes):
            wide = least + room * minutes / whole
            self.create_rectangle(x, 0, x + wide - 1, height, fill=SHADES[at % len(SHADES)], width=0)
            x += wide


def turn_act(do: Callable[[], None]) -> Act:
    """Opens and closes it."""
    return Act("order.limit.turn", do, "<Alt-Key-t>", "Alt+T", kind=ActKind.LINK)
