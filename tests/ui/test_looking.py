"""One look at a time, and one more where something changed meanwhile."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar, cast

from county_hotline.ui.looking import Looking, still_chosen

T = TypeVar("T")


class SlowLane:
    """Holds every job until it is let go."""

    def __init__(self) -> None:
        self.waiting: list[Callable[[], None]] = []

    def run(self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None]) -> None:
        def go() -> None:
            try:
                answer = work()
            except ValueError as fault:
                failed(fault)
            else:
                done(answer)

        self.waiting.append(go)

    def let_go(self) -> None:
        self.waiting.pop(0)()


class Reader:
    """A page that looks at a word."""

    def __init__(self) -> None:
        self.lane, self.word = SlowLane(), "one"
        self.seen: list[str] = []
        self.faults: list[Exception] = []
        self.looking = Looking(self.lane, ask=self.ask, show=self.seen.append, fail=self.faults.append)

    def ask(self) -> Callable[[], str]:
        word = self.word
        return lambda: word if word != "nothing" else cast("str", int(word))


def test_what_is_asked_is_fixed_when_the_look_begins() -> None:
    page = Reader()
    page.looking.look()
    page.word = "two"
    page.lane.let_go()

    assert page.seen == ["one"]
    assert not page.lane.waiting


def test_however_much_changes_during_a_look_one_more_follows() -> None:
    page = Reader()
    page.looking.look()
    for page.word in ("two", "three"):
        page.looking.look()
    assert len(page.lane.waiting) == 1

    page.lane.let_go()
    page.lane.let_go()

    assert page.seen == ["one", "three"]
    assert not page.lane.waiting


def test_a_look_that_failed_says_so_and_the_next_one_is_free() -> None:
    page = Reader()
    page.word = "nothing"
    page.looking.look()
    page.lane.let_go()
    page.word = "two"
    page.looking.look()
    page.lane.let_go()

    assert len(page.faults) == 1
    assert page.seen == ["two"]


def test_the_chosen_line_stays_while_it_is_there() -> None:
    assert still_chosen("b", ["a", "b"]) == "b"
    assert still_chosen("c", ["a", "b"]) == "a"
    assert still_chosen("c", []) == ""
