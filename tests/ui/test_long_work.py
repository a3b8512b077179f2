"""长活 without a screen: told step by step, others come in between, and 取消 is heard at the next step."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from county_hotline.background import InlineRunner, Runner, Step, Steps, Told, unless_stopped
from county_hotline.errors import BadInput, Refusal
from county_hotline.ui.long_work import LongWork, in_one_go
from tests.support.fake_views import HeldRunner


@dataclass
class FakeProgress:
    """A bar that remembers, and a person who presses 取消 at one of the steps."""

    words: str = ""
    steps: list[tuple[int, int | None]] = field(default_factory=list)
    stops_at: int = 0
    stop: Callable[[], None] = lambda: None

    def begin_progress(self, words: str, stop: Callable[[], None]) -> None:
        self.words, self.stop = words, stop

    def show_progress(self, done: int, total: int | None) -> None:
        self.steps.append((done, total))
        if len(self.steps) == self.stops_at:
            self.stop()

    def end_progress(self) -> None:
        self.words = ""


@dataclass
class Work:
    """Five steps, the answer, and what was tidied up."""

    done: list[str] = field(default_factory=list)
    answers: list[str] = field(default_factory=list)
    faults: list[Exception] = field(default_factory=list)
    fails_at: int = -1

    def steps(self, _told: Told) -> Steps[str]:
        try:
            for at in range(5):
                if at == self.fails_at:
                    raise BadInput("I101", file="x")
                yield Step(at, 5)
                self.done.append(str(at))
        finally:
            self.done.append("tidy")
        return "whole"

    def run(self, view: FakeProgress, runner: Runner) -> LongWork:
        made = LongWork(view, runner, lambda call: call())
        made.run("正在办", self.steps, self.answers.append, self.faults.append)
        return made


def test_each_step_is_told_and_then_the_answer() -> None:
    view, work = FakeProgress(), Work()

    made = work.run(view, InlineRunner())

    assert view.steps == [(at, 5) for at in range(5)]
    assert (work.answers, work.faults) == (["whole"], [])
    assert (view.words, made.is_running) == ("", False)


def test_between_two_steps_others_have_their_turn() -> None:
    held, work = HeldRunner(), Work()
    work.run(FakeProgress(), held)
    held.jobs.pop(0)()
    held.run(lambda: work.done.append("a letter is saved"), lambda _none: None, work.faults.append)
    held.let_go()

    assert work.done.index("a letter is saved") < work.done.index("2")
    assert work.answers == ["whole"]


def test_cancelled_it_ends_at_the_next_step_tidies_up_and_says_so() -> None:
    view, work = FakeProgress(stops_at=2), Work()

    made = work.run(view, InlineRunner())

    assert work.done == ["0", "tidy"]
    assert work.answers == []
    assert [isinstance(fault, Refusal) and fault.code for fault in work.faults] == ["R670"]
    assert (view.words, made.is_running) == ("", False)


def test_a_failure_ends_it_and_is_told_once() -> None:
    view, work = FakeProgress(), Work(fails_at=3)

    made = work.run(view, InlineRunner())

    assert [fault.code for fault in work.faults if isinstance(fault, BadInput)] == ["I101"]
    assert (work.answers, view.words, made.is_running) == ([], "", False)


def test_a_second_piece_is_not_begun_while_one_goes_on() -> None:
    held, first, second = HeldRunner(), Work(), Work()
    made = first.run(FakeProgress(), held)

    made.run("又一件", second.steps, second.answers.append, second.faults.append)
    held.let_go()

    assert (first.answers, second.answers, second.done) == (["whole"], [], [])


def test_what_is_done_in_one_go_hears_of_the_cancel_too() -> None:
    view, work, written = FakeProgress(stops_at=3), Work(), list[int]()

    def in_a_transaction(told: Told) -> str:
        for at in range(10):
            unless_stopped(told, Step(at, 10))
            written.append(at)
        return "whole"

    LongWork(view, InlineRunner(), lambda call: call()).run(
        "正在写", in_one_go(in_a_transaction), work.answers.append, work.faults.append
    )

    assert view.steps[:3] == [(0, None), (0, 10), (1, 10)]
    assert written == [0]
    assert [getattr(fault, "code", "") for fault in work.faults] == ["R670"]
