"""撤销 (Ctrl+Z outside an input): what the window did last and can take back. It asks the doer to undo; the journal is never rewritten."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

KEPT = 20


@dataclass(frozen=True, slots=True)
class Undoable:
    """One act that can be taken back: what it was, in words, and how. `still` says whether that is possible yet."""

    words: str
    undo: Callable[[], None]
    still: Callable[[], bool] = lambda: True


class UndoList:
    """The acts of one officer since signing in, the last on top."""

    def __init__(self) -> None:
        self._acts: list[Undoable] = []

    def add(self, act: Undoable) -> None:
        """Something was done."""
        self._acts = [*self._acts[-(KEPT - 1) :], act]

    @property
    def top(self) -> Undoable | None:
        """What Ctrl+Z would take back now. What has become impossible (it was sent) falls off."""
        while self._acts and not self._acts[-1].still():
            self._acts.pop()
        return self._acts[-1] if self._acts else None

    def take(self) -> Undoable | None:
        """The last one, off the list."""
        top = self.top
        if top is not None:
            self._acts.pop()
        return top

    def clear(self) -> None:
        """Another officer sits down."""
        self._acts = []
