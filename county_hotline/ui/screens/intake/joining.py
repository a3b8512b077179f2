"""并入 without Tk: what was said joins an order that is there already, as 补充, as 催办, or registered on its own and merged."""

from __future__ import annotations

from typing import Protocol

from county_hotline.background import Runner
from county_hotline.desk.intake import IntakeForm
from county_hotline.domain.vocabulary import Stage
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import HotlineError
from county_hotline.ids import Number
from county_hotline.ui.screens.intake.registering import Registering, Taking
from county_hotline.ui.screens.intake.screen import RepeatLine
from county_hotline.ui.screens.intake.taking_work import Joining, TakingWork
from county_hotline.wording import say, sentence


class JoinScreen(Protocol):
    """What the presenter needs of the pane."""

    def show_repeat(self, line: RepeatLine, words: str) -> None:
        """The order there is, and the words that would join it."""
        ...

    def joining(self) -> Joining:
        """Which way."""
        ...

    def words(self) -> str:
        """What stands in the words."""
        ...

    def complain(self, words: str, field: str) -> None:
        """What is missing; the keyboard goes there."""
        ...

    def joined(self, number: str, words: str, *, well: bool) -> None:
        """Back to an empty form, and say what came of it."""
        ...

    def leave(self) -> None:
        """Back to the form."""
        ...

    def fail(self, fault: Exception) -> None:
        """Not the officer's to mend."""
        ...


class JoinPresenter:
    """One order at a time."""

    def __init__(self, view: JoinScreen, work: TakingWork, runner: Runner, *, taking: Taking) -> None:
        self._view, self._work, self._runner, self._taking = view, work, runner, taking
        self._line: RepeatLine | None = None
        self._is_busy = False

    def open(self, line: RepeatLine) -> None:
        """What was typed would join this order."""
        self._line = line
        self._view.show_repeat(line, _said(self._taking.form()))

    def record(self) -> None:
        """F9."""
        line, joining, words = self._line, self._view.joining(), self._view.words().strip()
        if line is None or self._is_busy:
            return
        if not words and joining is not Joining.MERGE:
            self._view.complain(say("intake.join.empty"), "words")
            return
        if joining is Joining.MERGE:
            self._merge(Number(line.number), words)
            return
        self._is_busy = True
        self._runner.run(
            lambda: self._work.join(Number(line.number), joining, words),
            lambda _order: self._joined(line, joining),
            self._failed,
        )

    def _merge(self, into: Number, words: str) -> None:
        if self._taking.lacks():
            self._view.leave()
            return
        self._taking.register(Registering(lambda form: self._work.merge(form, into, words), self._merged, self._failed))

    def _joined(self, line: RepeatLine, joining: Joining) -> None:
        self._is_busy = False
        self._taking.given_up()
        self._view.joined(line.number, say(f"intake.join.done.{joining.value}", number=line.number), well=True)

    def _merged(self, order: WorkOrder) -> None:
        """It is registered whatever came of the merging; where nothing came of it, that is said."""
        done = order.stage is Stage.MERGED
        self._view.joined(
            order.number, say(f"intake.join.{'merged' if done else 'not_merged'}", number=order.number), well=done
        )

    def _failed(self, fault: Exception) -> None:
        self._is_busy = False
        if isinstance(fault, HotlineError):
            self._view.complain(sentence(fault), "")
        else:
            self._view.fail(fault)


def _said(form: IntakeForm) -> str:
    """What was typed, as words of a supplement."""
    return form.content.strip() or form.title.strip()
