"""Work off the screen's thread, and the way back: only a queue crosses (Tk's own event_generate loses events across threads)."""

from __future__ import annotations

import logging
import queue
import threading
from collections.abc import Callable, Generator
from typing import NamedTuple, Protocol, TypeVar

from county_hotline.errors import Refusal

log = logging.getLogger(__name__)
T = TypeVar("T")


class Step(NamedTuple):
    """How far long work is."""

    done: int
    total: int | None = None
    """None where nobody knows how much is to come."""


Steps = Generator[Step, None, T]
"""Long work in pieces: a step now and then, the answer at its end. Others come in between. Closed before its end (取消), it leaves
everything as it was."""
Told = Callable[[Step], bool]
"""Of work that is done in one go (a transaction is open): hears how far it is, answers whether to go on."""


def go_on(_step: Step) -> bool:
    """Nobody looks, nobody stops it."""
    return True


def unless_stopped(told: Told, step: Step) -> None:
    """Tell it; refuses (R670) where a person wants no more. Within a transaction that takes everything back."""
    if not told(step):
        raise Refusal("R670")


def finished(steps: Steps[T], told: Callable[[Step], object] = go_on) -> T:
    """All of it in one go, for the command line and tests."""
    while True:
        try:
            step = next(steps)
        except StopIteration as end:
            answer: T = end.value
            return answer
        told(step)


class Runner(Protocol):
    """One lane of work: jobs run one after another; their answers come back on the screen's thread."""

    def run(self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]) -> None:
        """Run `work` elsewhere; then `done(answer)` or `failed(fault)` where the screen lives."""
        ...


class InlineRunner:
    """Runs everything at once where it is called: for tests and the command line."""

    def run(self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]) -> None:
        try:
            answer = work()
        except Exception as fault:  # noqa: BLE001 - last line of defence: the caller's `failed` decides
            failed(fault)
        else:
            done(answer)


class Answers:
    """The one queue that crosses threads. The screen drains it a few at a time."""

    def __init__(self) -> None:
        self._queue: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()

    def put(self, call: Callable[[], None]) -> None:
        """From any thread: let `call` happen where the screen lives."""
        self._queue.put(call)

    def take(self, at_most: int) -> int:
        """On the screen's thread: do up to `at_most` waiting calls; how many were done."""
        for done in range(at_most):
            try:
                call = self._queue.get_nowait()
            except queue.Empty:
                return done
            call()
        return at_most


class Lane:
    """A `Runner` with one thread of its own. `opened` runs on it before the first job, `closed` after the last (database connections
    live per thread). Where `opened` fails, the job fails with its fault, and the next job tries again."""

    def __init__(
        self,
        name: str,
        answers: Answers,
        opened: Callable[[], None] = lambda: None,
        closed: Callable[[], None] = lambda: None,
    ) -> None:
        self._answers = answers
        self._jobs: queue.SimpleQueue[Callable[[], None] | None] = queue.SimpleQueue()
        self._opened: Callable[[], None] | None = opened
        self._closed = closed
        self._thread = threading.Thread(target=self._work, name=name, daemon=True)  # noqa: TID251 - the one home of threads
        self._thread.start()

    def run(self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]) -> None:
        def job() -> None:
            try:
                self._open()
                answer = work()
            except Exception as fault:  # noqa: BLE001 - last line of defence: carried to the screen's thread
                caught = fault
                self._answers.put(lambda: failed(caught))
            else:
                self._answers.put(lambda: done(answer))

        self._jobs.put(job)

    def stop(self, patience_s: float = 5.0) -> None:
        """Take no more work, let the present job end, wait at most `patience_s`."""
        self._jobs.put(None)
        self._thread.join(patience_s)

    def _open(self) -> None:
        if self._opened is not None:
            self._opened()
            self._opened = None

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            job()
        if self._opened is None:
            self._closed()
