"""What stood in a line before: 撤销 and 重做 for inputs that Tk gives none. Pure."""

from __future__ import annotations

KEPT = 100
Standing = tuple[str, int]
"""The text and where the cursor stood."""


class TextPast:
    """Typing on counts as one change until it turns into deleting, or several characters come or go at once (a paste, an input method)."""

    def __init__(self) -> None:
        self._past: list[Standing] = []
        self._future: list[Standing] = []
        self._now: Standing = ("", 0)
        self._way = 0

    def begin(self, text: str) -> None:
        """Another value was put in: there is nothing before it."""
        self._past, self._future, self._way = [], [], 0
        self._now = (text, len(text))

    def changed(self, text: str, cursor: int) -> None:
        """The person changed it."""
        by = len(text) - len(self._now[0])
        way = by if by in (1, -1) else 0
        if way != self._way or not way or not self._past:
            self._past = [*self._past[-(KEPT - 1) :], self._now]
        self._way, self._future = way, []
        self._now = (text, cursor)

    def back(self) -> Standing | None:
        """One change less; None where there is none."""
        if not self._past:
            return None
        self._future.append(self._now)
        return self._turn(self._past.pop())

    def on(self) -> Standing | None:
        """The change that was taken back, again."""
        if not self._future:
            return None
        self._past.append(self._now)
        return self._turn(self._future.pop())

    def _turn(self, standing: Standing) -> Standing:
        self._now, self._way = standing, 0
        return standing
