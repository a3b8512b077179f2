"""Long work said as it goes: what it is, a bar, figures, and 停下 where it can be stopped."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

from county_hotline.ui import theme
from county_hotline.ui.widgets.acts import Act, ActButton, ActKind
from county_hotline.ui.widgets.basic import Pane, Words
from county_hotline.ui.widgets.wrapped import WrappedWords
from county_hotline.wording import say

STOP = ("progress.stop", "Esc")


class ProgressBar(tk.Canvas):
    """A share of the way; where the whole is not known, a piece that wanders with each step told."""

    def __init__(self, parent: tk.Misc) -> None:
        super().__init__(parent, height=theme.px(10), background=theme.SHEET, highlightthickness=1)
        self.configure(highlightbackground=theme.FIELD, highlightcolor=theme.FIELD, takefocus=False)
        self._share: float | None = 0.0
        self._steps = 0
        self.bind("<Configure>", lambda _event: self._draw())

    def show(self, share: float | None) -> None:
        """0 to 1, or None where nobody knows how much is to come."""
        self._share = None if share is None else min(max(share, 0.0), 1.0)
        self._steps += 1
        self._draw()

    def _draw(self) -> None:
        self.delete("all")
        width, height = self.winfo_width(), self.winfo_height()
        if self._share is None:
            piece = width // 5
            left = self._steps * theme.px(24) % max(1, width)
            self.create_rectangle(left, 0, min(left + piece, width), height, fill=theme.BLUE, width=0)
        else:
            self.create_rectangle(0, 0, round(width * self._share), height, fill=theme.BLUE, width=0)


class Progress(Pane):
    """`begin(words, stop=)`, then `step(done, total)` as often as is known, then `end()`. Nothing is seen before and after.

    Pack it once, `fill="x"`; Esc or the button asks to stop, which is said at once and happens when the work next looks.
    """

    def __init__(self, parent: tk.Misc) -> None:
        super().__init__(parent)
        self.configure(height=1)
        self._body: Pane | None = None
        self._bar: ProgressBar | None = None
        self._words: Words | None = None
        self._stop: Callable[[], None] | None = None

    @property
    def is_shown(self) -> bool:
        """Whether something goes on."""
        return self._body is not None

    def begin(
        self, words: str, *, stop: Callable[[], None] | None = None, how: tuple[str, str] = STOP, advice: str = ""
    ) -> None:
        """Long work begins. `stop` asks it to end early; without it there is no button. `how`: the button's wording and the key it shows;
        `advice`: a line below, where more than the figures is to be known."""
        self.end()
        self._stop = stop
        self._body = outer = Pane(self, ground=theme.SIDE)
        outer.pack(fill="x", padx=theme.px(20), pady=(theme.px(6), theme.px(4)))
        body = Pane(outer)
        body.pack(fill="x")
        if advice:
            WrappedWords(outer, advice, ink=theme.INK2).pack(fill="x", padx=theme.px(12), pady=(0, theme.px(8)))
        Words(body, words, font=theme.BOLD).pack(side="left", padx=theme.px(12), pady=theme.px(8))
        if stop is not None:
            self._button = ActButton(body, Act(how[0], self.ask_to_stop, "", how[1], kind=ActKind.PANE))
            self._button.pack(side="right", padx=theme.px(12))
            self._button.bind("<Escape>", lambda _event: self._escaped())
        self._words = Words(body, font=theme.SMALL, ink=theme.INK2)
        self._words.pack(side="right", padx=theme.px(8))
        self._bar = ProgressBar(body)
        self._bar.pack(side="left", fill="x", expand=True, padx=theme.px(8))
        self._bar.show(None)

    def step(self, done: int, total: int | None) -> None:
        """So many of so many; total None where it is not known."""
        if self._bar is None or self._words is None:
            return
        self._bar.show(None if total is None else done / max(1, total))
        if total is None:
            self._words.say(say("progress.so_many", done=done))
        else:
            self._words.say(say("progress.of", done=done, total=total, percent=100 * done // max(1, total)))

    def ask_to_stop(self) -> None:
        """停下: said at once; the work ends at its next whole step."""
        if self._stop is not None and self._words is not None:
            stop, self._stop = self._stop, None
            self._button.forbid(forbidden=True)
            self._words.say(say("progress.stopping"))
            stop()

    def end(self) -> None:
        """Over, however."""
        if self._body is not None:
            self._body.destroy()
        self._body = self._bar = self._words = self._stop = None
        self.configure(height=1)

    def _escaped(self) -> str:
        self.ask_to_stop()
        return "break"
