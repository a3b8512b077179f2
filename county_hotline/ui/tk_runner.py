"""The way back from other threads to Tk: one queue, drained by the window itself."""

from __future__ import annotations

import logging
import tkinter as tk
from collections.abc import Callable
from typing import TypeVar

from county_hotline.background import Answers, Runner

log = logging.getLogger(__name__)
T = TypeVar("T")

TICK_MS = 30
PER_TICK = 20


class Drain:
    """Takes answers from the queue every 30 ms, at most 20, so that the window can draw in between."""

    def __init__(self, root: tk.Misc, answers: Answers) -> None:
        self._root = root
        self._answers = answers
        self._after: str | None = None
        self._tick()

    def stop(self) -> None:
        """No answer is taken any more."""
        if self._after is not None:
            self._root.after_cancel(self._after)
            self._after = None

    def _tick(self) -> None:
        self._after = self._root.after(TICK_MS, self._tick)  # first, so that a failing answer cannot stop the drain
        self._answers.take(PER_TICK)


class WhileOpen:
    """A runner whose answers are dropped once their owner (a page) is gone."""

    def __init__(self, runner: Runner, is_open: Callable[[], bool]) -> None:
        self._runner = runner
        self._is_open = is_open

    def run(self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]) -> None:
        """As `Runner.run`."""

        def done_if_open(answer: T) -> None:
            if self._is_open():
                done(answer)
            else:
                log.debug("answer_dropped owner=gone")

        def failed_if_open(fault: Exception) -> None:
            if self._is_open():
                failed(fault)
            else:
                log.warning("failure_of_closed_page fault=%s", type(fault).__name__)

        self._runner.run(work, done_if_open, failed_if_open)


class TkLater:
    """`Later` by Tk's own timer; all of it ends with the widget."""

    def __init__(self, widget: tk.Misc) -> None:
        self._widget = widget
        self._waiting: set[str] = set()
        widget.bind("<Destroy>", self._gone, add="+")

    def call(self, ms: int, do: Callable[[], None]) -> Callable[[], None]:
        """See `Later`."""

        def due() -> None:
            self._waiting.discard(after)
            do()

        after = self._widget.after(ms, due)
        self._waiting.add(after)

        def cancel() -> None:
            if after in self._waiting:
                self._waiting.discard(after)
                self._widget.after_cancel(after)

        return cancel

    def close(self) -> None:
        """Nothing more comes."""
        for after in self._waiting:
            self._widget.after_cancel(after)
        self._waiting.clear()

    def _gone(self, event: tk.Event[tk.Misc]) -> None:
        """A window's children tell their end to the window too."""
        if event.widget is self._widget:
            self.close()
