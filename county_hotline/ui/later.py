"""Doing something a little later, for presenters: they never sleep and know no Tk."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol


class Later(Protocol):
    """A timer of the screen's thread."""

    def call(self, ms: int, do: Callable[[], None]) -> Callable[[], None]:
        """`do()` after so many milliseconds; the answer cancels it."""
        ...
