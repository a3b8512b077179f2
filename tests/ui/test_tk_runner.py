"""The way back from other threads: answers arrive on Tk's thread, a few at a time, and a failing one stops nothing."""

from __future__ import annotations

import threading
import time
import tkinter as tk
from collections.abc import Callable

import pytest

from county_hotline.background import Answers, InlineRunner, Lane
from county_hotline.ui.tk_runner import PER_TICK, Drain, TkLater, WhileOpen


def live_until(root: tk.Tk, holds: Callable[[], bool]) -> None:
    limit = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < limit, "nothing came of it"
        root.update()
        time.sleep(0.005)


@pytest.mark.screen
def test_an_answer_of_a_real_lane_arrives_on_the_thread_of_the_window(root: tk.Tk) -> None:
    answers = Answers()
    drain = Drain(root, answers)
    lane = Lane("desk", answers)
    threads: list[tuple[str, int]] = []

    lane.run(
        lambda: threading.current_thread().name, lambda name: threads.append((name, threading.get_ident())), lambda _: None
    )
    live_until(root, lambda: bool(threads))
    drain.stop()
    lane.stop()

    assert threads == [("desk", threading.get_ident())]


@pytest.mark.screen
def test_the_window_can_draw_between_many_answers(root: tk.Tk) -> None:
    answers, done = Answers(), []
    for number in range(PER_TICK + 5):
        answers.put(lambda number=number: done.append(number))  # type: ignore[misc]

    drain = Drain(root, answers)
    first = len(done)
    live_until(root, lambda: len(done) > first)
    drain.stop()

    assert first == PER_TICK
    assert done == list(range(PER_TICK + 5))


@pytest.mark.screen
def test_a_failing_answer_does_not_stop_those_after_it(root: tk.Tk, tk_errors: list[str]) -> None:
    answers, done = Answers(), []
    drain = Drain(root, answers)
    answers.put(lambda: 1 / 0)  # type: ignore[arg-type]
    answers.put(lambda: done.append(True))

    live_until(root, lambda: bool(done))
    drain.stop()

    assert len(tk_errors) == 1
    tk_errors.clear()


def test_answers_of_a_page_that_is_gone_are_dropped() -> None:
    heard: list[object] = []
    gone = WhileOpen(InlineRunner(), lambda: False)
    here = WhileOpen(InlineRunner(), lambda: True)

    gone.run(lambda: "gone", heard.append, heard.append)
    gone.run(lambda: 1 / 0, heard.append, heard.append)
    here.run(lambda: "here", heard.append, heard.append)

    assert heard == ["here"]


@pytest.mark.screen
def test_what_was_to_happen_later_can_be_called_off(root: tk.Tk) -> None:
    later, done = TkLater(root), []
    cancel = later.call(1, lambda: done.append("called off"))
    later.call(2, lambda: done.append("kept"))

    cancel()
    live_until(root, lambda: bool(done))

    assert done == ["kept"]


@pytest.mark.screen
def test_what_waits_ends_with_its_widget(root: tk.Tk) -> None:
    page, after = tk.Frame(root), list[str]()
    later = TkLater(page)
    later.call(1, lambda: after.append("too late"))
    waiting = root.tk.call("after", "info")

    page.destroy()

    assert len(root.tk.call("after", "info")) == len(waiting) - 1
    assert after == []


@pytest.mark.screen
def test_the_end_of_a_child_ends_nothing(root: tk.Tk) -> None:
    done, later, child = list[str](), TkLater(root), tk.Frame(root)
    later.call(1, lambda: done.append("done"))

    child.destroy()
    live_until(root, lambda: bool(done))

    assert done == ["done"]
