"""How a page keeps up with the desk: one look at a time, once more where something changed meanwhile, the chosen line stays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from county_hotline.background import Runner

Seen = TypeVar("Seen")


class Looking(Generic[Seen]):
    """`look()` as often as there is a reason; a reason that comes during a look makes one more look after it, however many come.

    `ask()` says on the screen's thread what is to be looked at now and answers the work for the lane; `show(seen)` takes its answer.
    """

    def __init__(
        self,
        runner: Runner,
        *,
        ask: Callable[[], Callable[[], Seen]],
        show: Callable[[Seen], None],
        fail: Callable[[Exception], None],
    ) -> None:
        self._runner, self._ask, self._show, self._fail = runner, ask, show, fail
        self._is_looking = False
        self.is_stale = False
        """Something changed since the last look began."""

    def look(self) -> None:
        """Look, or look once more after the look that is under way."""
        if self._is_looking:
            self.is_stale = True
            return
        self._is_looking, self.is_stale = True, False
        self._runner.run(self._ask(), self._looked, self._failed)

    def _looked(self, seen: Seen) -> None:
        self._is_looking = False
        self._show(seen)
        if self.is_stale:
            self.look()

    def _failed(self, fault: Exception) -> None:
        self._is_looking = False
        self._fail(fault)


def still_chosen(chosen: str, keys: Sequence[str]) -> str:
    """The chosen line's key while it is still listed, else the first one's; empty where the list is."""
    if chosen in keys:
        return chosen
    return keys[0] if keys else ""
