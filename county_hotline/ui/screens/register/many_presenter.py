"""一起办 without Tk: who can and who cannot and why, then one by one, and what became of each."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Protocol

from county_hotline.background import Runner
from county_hotline.ui.screens.register.work_many import DoneTold, ManyWork, WeighedTold
from county_hotline.wording import say

AT_ONCE = 25
"""Orders weighed in one go: the window stays alive between."""
PRINT = "print"
CLUSTER = "cluster"


@dataclass(frozen=True, slots=True)
class ManyLine:
    """One order in the pane."""

    number: str
    title: str
    words: str
    """Why not; whom it goes to; that it is done."""
    tone: str
    icon: str


class ManyScreen(Protocol):
    """What the presenter needs of the pane."""

    def show_weighing(self, act: str, words: str) -> None:
        """Looking who can."""
        ...

    def show_weighed(self, act: str, words: str, lines: tuple[ManyLine, ...], *, can: int) -> None:
        """The preview: those that cannot first, then those that can."""
        ...

    def show_progress(self, words: str, share: float) -> None:
        """Under way."""
        ...

    def show_done(self, words: str, lines: tuple[ManyLine, ...], *, path: str, all_done: bool) -> None:
        """What became of each; refused ones first. `path`: all slips in one file."""
        ...

    def offer_units(self, typed: str, lines: tuple[tuple[str, str], ...]) -> None:
        """Units found for `typed`."""
        ...

    def fail(self, fault: Exception) -> None:
        """Say a failure."""
        ...


class ManyPresenter:
    """One act on many at a time."""

    def __init__(self, view: ManyScreen, work: ManyWork, runner: Runner) -> None:
        self._view, self._work, self._runner = view, work, runner
        self._act = ""
        self._numbers: tuple[str, ...] = ()
        self._weighed: list[WeighedTold] = []
        self._done: list[DoneTold] = []
        self._typed: Mapping[str, str] = {}
        self._is_running = self._is_stopped = False
        self._turn = 0
        """Which opening of the pane it is: answers to an earlier one are dropped."""

    @property
    def is_running(self) -> bool:
        """Whether orders are being written."""
        return self._is_running

    def open(self, act: str, numbers: tuple[str, ...]) -> None:
        """This act on these: first who can."""
        self._act, self._numbers, self._weighed = act, numbers, []
        self._turn += 1
        self._view.show_weighing(act, say("register.many.weighing", done=0, total=len(numbers)))
        self._weigh(self._turn)

    def close(self) -> None:
        """Nothing more of it."""
        self._turn += 1
        self._is_stopped = True

    def find_units(self, typed: str) -> None:
        """Units whose name holds this."""
        self._runner.run(lambda: self._work.units(typed), lambda lines: self._view.offer_units(typed, lines), self._view.fail)

    def go(self, typed: Mapping[str, str]) -> None:
        """All that can, one by one."""
        if self._is_running or not self._can:
            return
        self._typed, self._done = dict(typed), []
        self._is_running, self._is_stopped = True, False
        self._next()

    def stop(self) -> None:
        """No more after this one; what is done stays done, and is said."""
        self._is_stopped = True

    @property
    def _can(self) -> list[WeighedTold]:
        return [each for each in self._weighed if not each.why]

    def _weigh(self, turn: int) -> None:
        begun = len(self._weighed)
        slice_ = self._numbers[begun : begun + AT_ONCE]
        act = self._act
        self._runner.run(lambda: self._work.weigh(act, slice_), lambda found: self._weighed_some(turn, found), self._view.fail)

    def _weighed_some(self, turn: int, found: tuple[WeighedTold, ...]) -> None:
        if turn != self._turn:
            return
        self._weighed += found
        if found and len(self._weighed) < len(self._numbers):
            words = say("register.many.weighing", done=len(self._weighed), total=len(self._numbers))
            self._view.show_weighing(self._act, words)
            self._weigh(turn)
            return
        can = len(self._can)
        words = say("register.many.can", can=can, cannot=len(self._weighed) - can)
        lines = tuple(_weighed_line(self._act, each) for each in sorted(self._weighed, key=lambda each: not each.why))
        self._view.show_weighed(self._act, words, lines, can=can)

    def _next(self) -> None:
        total, done = len(self._can), len(self._done)
        if self._is_stopped or done == total:
            self._finished()
            return
        self._view.show_progress(say("register.many.progress", done=done, total=total), done / max(1, total))
        number, act, typed = self._can[done].number, self._act, self._typed
        self._runner.run(lambda: self._work.do(act, number, typed), self._did, self._failed)

    def _did(self, told: DoneTold) -> None:
        self._done.append(told)
        self._next()

    def _failed(self, fault: Exception) -> None:
        self._is_stopped = True
        self._finished()
        self._view.fail(fault)

    def _finished(self) -> None:
        paths = [each.path for each in self._done if each.path]
        if len(paths) > 1:
            self._runner.run(lambda: self._work.join(paths), self._show_done, self._not_joined)
        else:
            self._show_done(paths[0] if paths else "")

    def _not_joined(self, fault: Exception) -> None:
        self._show_done("")
        self._view.fail(fault)

    def _show_done(self, path: str) -> None:
        self._is_running = False
        refused = [each for each in self._done if each.why]
        well = [each for each in self._done if not each.why]
        left = self._can[len(self._done) :]
        key = "register.many.done.part" if left else "register.many.done"
        words = say(key, done=len(well), refused=len(refused), left=len(left))
        lines = (
            *(ManyLine(each.number, each.title, each.why, "red", "x-octagon-fill") for each in refused),
            *(ManyLine(each.number, each.title, say("register.many.left"), "amber", "pause-circle") for each in left),
            *(ManyLine(each.number, each.title, say("register.many.well"), "green", "check-circle-fill") for each in well),
        )
        self._view.show_done(words, lines, path=path, all_done=not refused and not left)


def _weighed_line(act: str, told: WeighedTold) -> ManyLine:
    if told.why:
        return ManyLine(told.number, told.title, told.why, "amber", "slash-circle")
    if told.unit:
        return ManyLine(told.number, told.title, say(f"register.many.{act}.to", unit=told.unit), "plain", "check-circle")
    tone, icon = ("amber", "question-circle") if act == "dispatch" else ("plain", "check-circle")
    return ManyLine(told.number, told.title, say(f"register.many.{act}.none"), tone, icon)
