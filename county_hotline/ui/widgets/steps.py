"""The line of steps (诉求 … 回访): done, now, to come; readable without colour."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum

from county_hotline.ui import theme
from county_hotline.ui.widgets.basic import ground_of


class StepState(Enum):
    """How far a step is."""

    DONE = "done"
    NOW = "now"
    TO_COME = "to_come"


@dataclass(frozen=True, slots=True)
class Step:
    """One step: its word, and a small line below (when, or how long)."""

    words: str
    note: str = ""
    state: StepState = StepState.TO_COME


class StepLine(tk.Canvas):
    """Filled tick = done, thick ring with a bold number = now, thin ring on a dashed line = to come."""

    def __init__(self, parent: tk.Misc, steps: Sequence[Step] = ()) -> None:
        self._lines = theme.line_height(theme.BODY), theme.line_height(theme.SMALL)
        height = theme.px(26) + sum(self._lines) + theme.px(2)
        super().__init__(parent, height=height, width=10, background=ground_of(parent), highlightthickness=0, borderwidth=0)
        self._steps = tuple(steps)
        self.bind("<Configure>", lambda _event: self._draw())

    def show(self, steps: Sequence[Step]) -> None:
        """Other steps."""
        self._steps = tuple(steps)
        self._draw()

    def _draw(self) -> None:
        self.delete("all")
        if not self._steps or self.winfo_width() <= 1:
            return
        widest = max(theme.measure(theme.SMALL)(step.note or step.words) for step in self._steps)
        half = max(theme.px(18), widest // 2 + 1)
        apart = (self.winfo_width() - 2 * half) / max(1, len(self._steps) - 1)
        middle, radius = theme.px(13), theme.px(10)
        for at, step in enumerate(self._steps):
            x = half + at * apart
            if at + 1 < len(self._steps):
                self._draw_line(x + radius + 4, x + apart - radius - 4, middle, done=step.state is StepState.DONE)
            self._draw_step(at, step, x, middle)

    def _draw_line(self, left: float, right: float, middle: int, *, done: bool) -> None:
        if done:
            self.create_line(left, middle, right, middle, fill=theme.BLUE, width=2)
        else:
            self.create_line(left, middle, right, middle, fill=theme.FIELD, width=1, dash=(4, 3))

    def _draw_step(self, at: int, step: Step, x: float, middle: int) -> None:
        radius = theme.px(10)
        box = (x - radius, middle - radius, x + radius, middle + radius)
        if step.state is StepState.DONE:
            self.create_image(x, middle, image=theme.icon("check-circle-fill", 20, theme.BLUE))
        elif step.state is StepState.NOW:
            self.create_oval(*box, outline=theme.BLUE, width=3)
            self.create_text(x, middle, text=str(at + 1), font=theme.SMALL_BOLD, fill=theme.BLUE)
        else:
            self.create_oval(*box, outline=theme.FIELD, width=1)
            self.create_text(x, middle, text=str(at + 1), font=theme.SMALL, fill=theme.INK3)
        below = middle + theme.px(12)
        is_now = step.state is StepState.NOW
        ink = theme.INK if step.state is not StepState.TO_COME else theme.INK3
        self.create_text(x, below, text=step.words, anchor="n", font=theme.BOLD if is_now else theme.BODY, fill=ink)
        note_ink = theme.INK2 if step.state is not StepState.TO_COME else theme.INK3
        self.create_text(x, below + self._lines[0] - 2, text=step.note, anchor="n", font=theme.SMALL, fill=note_ink)
