"""长活: done step by step on a lane, so that what else waits there comes in between; told as it goes, and 取消 takes it all back."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, NamedTuple, Protocol, TypeVar

from county_hotline.background import Runner, Step, Steps, Told
from county_hotline.errors import Refusal

T = TypeVar("T")
STOPPED = "R670"


class ProgressScreen(Protocol):
    """What it needs of the view (`widgets.progress.Progress` does it)."""

    def begin_progress(self, words: str, stop: Callable[[], None]) -> None:
        """Long work begins."""
        ...

    def show_progress(self, done: int, total: int | None) -> None:
        """So far."""
        ...

    def end_progress(self) -> None:
        """Over, however."""
        ...


class _End(NamedTuple, Generic[T]):
    answer: T


class LongWork:
    """One at a time. `tell` lets something happen where the screen lives (`Answers.put`)."""

    def __init__(self, view: ProgressScreen, runner: Runner, tell: Callable[[Callable[[], None]], None]) -> None:
        self._view, self._runner, self._tell = view, runner, tell
        self._is_running = self._is_stopped = False

    @property
    def is_running(self) -> bool:
        """Whether something goes on."""
        return self._is_running

    def run(
        self, words: str, begin: Callable[[Told], Steps[T]], done: Callable[[T], None], failed: Callable[[Exception], None]
    ) -> None:
        """`begin` makes the steps; what it is given is for work that cannot be cut into any. Once stopped, `failed` hears R670. A second
        piece while one goes on is not begun."""
        if self._is_running:
            return
        self._is_running, self._is_stopped = True, False
        self._view.begin_progress(words, self.stop)

        def ended(fault: Exception) -> None:
            self._end()
            failed(fault)

        def stepped(step: Step | _End[T], steps: Steps[T]) -> None:
            if isinstance(step, _End):
                self._end()
                done(step.answer)
                return
            if not self._is_stopped:
                self._view.show_progress(step.done, step.total)
            if self._is_stopped:
                self._runner.run(steps.close, lambda _none: ended(Refusal(STOPPED)), ended)
            else:
                self._runner.run(lambda: _next(steps), lambda found: stepped(found, steps), ended)

        def first() -> tuple[Step | _End[T], Steps[T]]:
            steps = begin(self._told)
            return _next(steps), steps

        self._runner.run(first, lambda found: stepped(*found), ended)

    def stop(self) -> None:
        """取消: at the next step."""
        self._is_stopped = self._is_running

    def _told(self, step: Step) -> bool:
        """On the lane, in the midst of work that is done in one go."""
        self._tell(lambda: self._view.show_progress(step.done, step.total) if self._is_running else None)
        return not self._is_stopped

    def _end(self) -> None:
        self._is_running = False
        self._view.end_progress()


def in_one_go(work: Callable[[Told], T]) -> Callable[[Told], Steps[T]]:
    """Work that cannot be cut into steps, as steps."""

    def begin(told: Told) -> Steps[T]:
        yield Step(0)
        return work(told)

    return begin


def _next(steps: Steps[T]) -> Step | _End[T]:
    """On the lane."""
    try:
        return next(steps)
    except StopIteration as end:
        return _End(end.value)
