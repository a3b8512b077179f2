"""Short news in the strip, over the station's own name: nothing is covered that has to be read. They go by themselves, never take the
keyboard, wait for each other, and can be read again."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from dataclasses import dataclass

from county_hotline.ui import theme
from county_hotline.ui.later import Later
from county_hotline.ui.theme import Tone
from county_hotline.ui.widgets.basic import Pane, Sign
from county_hotline.ui.widgets.wrapped import WrappedWords

SHOWN_MS = 5000
WHILE_OTHERS_WAIT_MS = 2500
KEPT = 50
WIDTH = 560
LEAST_WIDTH = 200
Room = tuple[int, int, int, int]
"""x, y, width and height within the window."""
ICONS = {Tone.GREEN: "check-circle-fill", Tone.AMBER: "exclamation-triangle-fill", Tone.RED: "exclamation-octagon-fill"}


@dataclass(frozen=True, slots=True)
class Told:
    """What was said, and when (as on the clock)."""

    words: str
    tone: Tone
    at: str


class Toasts:
    """One is seen, the others wait their turn; all are kept until the window goes, newest first in `told`. `room` says where there is
    nothing to be read."""

    def __init__(self, window: tk.Misc, later: Later, *, room: Callable[[], Room], now: Callable[[], str]) -> None:
        self._window, self._later, self._room, self._now = window, later, room, now
        self._seen: Pane | None = None
        self._stop: Callable[[], None] = lambda: None
        self._waiting: list[Told] = []
        self.told: list[Told] = []

    def say(self, words: str, tone: Tone = Tone.GREEN, *, at_once: bool = False) -> None:
        """One more. What is said twice in a row is said once. `at_once`: the answer to a key just pressed takes the place of what is
        seen."""
        if self._waiting and self._waiting[-1].words == words:
            return
        told = Told(words, tone, self._now())
        self.told = [told, *self.told][:KEPT]
        if at_once:
            self._waiting.insert(0, told)
            self._stop()
            self._take_away()
        else:
            self._waiting.append(told)
        self._next()

    def clear(self) -> None:
        """Nothing is seen and nothing waits (the window is locked); what was told stays to be read."""
        self._waiting = []
        self._stop()
        self._take_away()

    def close(self) -> None:
        """As `clear`, and nothing can be read again: another officer sits down."""
        self.clear()
        self.told = []

    @property
    def in_sight(self) -> tk.Widget | None:
        """What is seen now."""
        return self._seen

    def _next(self) -> None:
        if self._seen is not None or not self._waiting:
            return
        x, y, width, height = self._room()
        width = min(max(width, theme.px(LEAST_WIDTH)), theme.px(WIDTH))
        self._seen = _toast(self._window, self._waiting.pop(0), width, height)
        self._seen.place(x=x, y=y, width=width, height=height)
        self._seen.lift()
        self._stop = self._later.call(WHILE_OTHERS_WAIT_MS if self._waiting else SHOWN_MS, self._gone)

    def _gone(self) -> None:
        self._take_away()
        self._next()

    def _take_away(self) -> None:
        if self._seen is not None:
            self._seen.destroy()
        self._seen = None


def _toast(window: tk.Misc, told: Told, width: int, height: int) -> Pane:
    """Bar, sign, words on a wash; a border of its ink, so that it stands off the strip without a shadow."""
    ink, wash = theme.INKS[told.tone], theme.WASHES[told.tone]
    outer = Pane(window, ground=ink)
    inner = Pane(outer, ground=wash)
    inner.pack(fill="both", expand=True, padx=(theme.px(4), 1), pady=1)
    Sign(inner, ICONS.get(told.tone, "info-circle"), pixels=16, ink=ink).pack(side="left", padx=(theme.px(10), theme.px(8)))
    lines = max(1, (height - 2) // theme.line_height(theme.SMALL))
    room = width - theme.px(4 + 10 + 16 + 8 + 10)
    is_short = theme.measure(theme.BODY)(told.words) <= room
    font = theme.BODY if is_short else theme.SMALL
    WrappedWords(inner, told.words, font=font, ink=theme.INK, at_most=lines, width=room).pack(
        side="left", fill="x", expand=True, padx=(0, theme.px(10))
    )
    return outer
