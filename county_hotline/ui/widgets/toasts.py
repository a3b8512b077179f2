"""Short news at the lower right that go by themselves: they never take the keyboard, wait for each other, and can be read again."""

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
AT_ONCE = 3
KEPT = 50
WIDTH = 344
SHARE = 0.245
"""As wide as the right column of a page has room."""
ICONS = {Tone.GREEN: "check-circle-fill", Tone.AMBER: "exclamation-triangle-fill", Tone.RED: "exclamation-octagon-fill"}


@dataclass(frozen=True, slots=True)
class Told:
    """What was said, and when (as on the clock)."""

    words: str
    tone: Tone
    at: str


class Toasts:
    """At most three are seen, the others wait their turn; all are kept until the window goes, newest first in `told`."""

    def __init__(self, window: tk.Misc, later: Later, *, above: int, now: Callable[[], str]) -> None:
        self._window, self._later, self._above, self._now = window, later, above, now
        self._seen: list[tuple[Pane, Callable[[], None]]] = []
        self._waiting: list[Told] = []
        self.told: list[Told] = []

    def say(self, words: str, tone: Tone = Tone.GREEN) -> None:
        """One more. What is said twice in a row is said once."""
        if self._waiting and self._waiting[-1].words == words:
            return
        told = Told(words, tone, self._now())
        self.told = [told, *self.told][:KEPT]
        self._waiting.append(told)
        self._next()

    def clear(self) -> None:
        """Nothing is seen and nothing waits (the window is locked); what was told stays to be read."""
        self._waiting = []
        for pane, stop in self._seen:
            stop()
            pane.destroy()
        self._seen = []

    def close(self) -> None:
        """As `clear`, and nothing can be read again: another officer sits down."""
        self.clear()
        self.told = []

    @property
    def in_sight(self) -> int:
        """How many are seen now."""
        return len(self._seen)

    def _next(self) -> None:
        while self._waiting and len(self._seen) < AT_ONCE:
            pane = _toast(self._window, self._waiting.pop(0), self._width)
            self._seen.append((pane, self._later.call(SHOWN_MS, lambda pane=pane: self._gone(pane))))  # type: ignore[misc]
        self._lay()

    def _gone(self, pane: Pane) -> None:
        self._seen = [each for each in self._seen if each[0] is not pane]
        pane.destroy()
        self._next()

    @property
    def _width(self) -> int:
        return min(theme.px(WIDTH), round(self._window.winfo_width() * SHARE))

    def _lay(self) -> None:
        y = -self._above - theme.px(10)
        for pane, _stop in reversed(self._seen):
            pane.place(relx=1.0, rely=1.0, x=-theme.px(14), y=y, anchor="se", width=self._width)
            pane.lift()
            pane.update_idletasks()
            y -= pane.winfo_reqheight() + theme.px(8)


def _toast(window: tk.Misc, told: Told, room: int) -> Pane:
    """Bar, sign, words on a wash; a border of its ink, so that it stands off the page without a shadow."""
    ink, wash = theme.INKS[told.tone], theme.WASHES[told.tone]
    outer = Pane(window, ground=ink)
    inner = Pane(outer, ground=wash)
    inner.pack(fill="both", expand=True, padx=(theme.px(4), 1), pady=1)
    sign = Sign(inner, ICONS.get(told.tone, "info-circle"), pixels=16, ink=ink)
    sign.pack(side="left", anchor="n", padx=(theme.px(12), theme.px(10)), pady=theme.px(12))
    width = room - theme.px(4 + 12 + 10 + 16 + 14)
    WrappedWords(inner, told.words, ink=theme.INK, at_most=4, width=width).pack(
        side="left", fill="x", expand=True, padx=(0, theme.px(14)), pady=theme.px(10)
    )
    return outer
