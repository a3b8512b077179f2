"""紧急转接 without Tk: which line, what to say aloud, when it began, how it ended. It is written down whatever the form holds."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from county_hotline.background import Runner
from county_hotline.clock import Clock, local
from county_hotline.domain.facts import EmergencyTransferred
from county_hotline.domain.vocabulary import ENDED, EmergencyLine, HandedOver
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import HotlineError
from county_hotline.ui.screens.intake.registering import Registering, Taking
from county_hotline.ui.screens.intake.taking_work import Scripts, TakingWork
from county_hotline.wording import say, sentence


@dataclass(frozen=True, slots=True)
class Heard:
    """What was written down of the talk."""

    taker: str = ""
    three_party: bool = False
    participants: str = ""
    words: str = ""


class EmergencyScreen(Protocol):
    """What the presenter needs of the pane."""

    def begin(self, began: str) -> None:
        """Nothing is picked yet; the keyboard at the lines."""
        ...

    def heard(self) -> Heard:
        """What stands in the fields."""
        ...

    def show_scripts(self, scripts: Scripts) -> None:
        """For the line picked."""
        ...

    def show_handed(self, words: str) -> None:
        """When the other side answered, or the try ended."""
        ...

    def complain(self, words: str, field: str) -> None:
        """What is still to be done; the keyboard goes there."""
        ...

    def show_recorded(self, words: str, *, goes_on: bool) -> None:
        """It stands in the record; `goes_on`: the order is to be gone on with."""
        ...

    def fail(self, fault: Exception) -> None:
        """Not the officer's to mend."""
        ...


class EmergencyPresenter:
    """One transfer at a time; it stays as it is until it is written down or given up."""

    def __init__(self, view: EmergencyScreen, work: TakingWork, runner: Runner, *, clock: Clock, taking: Taking) -> None:
        self._view, self._work, self._runner, self._clock, self._taking = view, work, runner, clock, taking
        self._began_at = self._handed_at = 0
        self._line: EmergencyLine | None = None
        self._result: HandedOver | None = None
        self._number = ""

    @property
    def is_begun(self) -> bool:
        """Whether a transfer is not written down yet."""
        return self._line is not None and not self._number

    @property
    def number(self) -> str:
        """The order it was written down as."""
        return self._number

    def open(self) -> None:
        """The key was pressed: the time is taken at once. One that is under way is gone on with."""
        if self.is_begun:
            return
        self._began_at, self._handed_at = self._clock.now_ms(), 0
        self._line = self._result = None
        self._number = ""
        self._view.begin(say("intake.emergency.began", time=_clock_time(self._began_at)))

    def pick_line(self, value: str) -> None:
        """110, 119, 120 or 122: what to say is shown at once."""
        line = self._line = EmergencyLine(value)
        form = self._taking.form()

        self._runner.run(lambda: self._work.script(form, line), self._view.show_scripts, self._view.fail)

    def pick_result(self, value: str) -> None:
        """How it ended; this is the moment the other side answered or the try was given up."""
        self._result = HandedOver(value)
        self._handed_at = self._clock.now_ms()
        self._view.show_handed(say("intake.emergency.handed", time=_clock_time(self._handed_at)))

    def record(self) -> None:
        """F9: into the record, whatever the line to the county does."""
        if self._number:
            return
        if self._line is None:
            self._view.complain(say("intake.emergency.no_line"), "line")
            return
        if self._result is None:
            self._view.complain(say("intake.emergency.no_result"), "result")
            return
        heard = self._view.heard()
        fact = EmergencyTransferred(
            line=self._line,
            handed_at=self._handed_at,
            result=self._result,
            taker=heard.taker,
            three_party=heard.three_party,
            participants=heard.participants,
            words=heard.words,
        )
        self._taking.register(
            Registering(
                lambda form: self._work.transfer(form, fact),
                self._recorded,
                self._failed,
                prints=False,
                unprinted="intake.emergency.unprinted",
            ),
            came_at=self._began_at,
        )

    def give_up(self) -> None:
        """It was no emergency after all, and nobody was called."""
        self._line = None

    def _recorded(self, order: WorkOrder) -> None:
        self._number = order.number
        goes_on = order.stage not in ENDED
        line = say(f"emergency_line.{self._line.value}") if self._line else ""
        key = "goes_on" if goes_on else "recorded"
        self._view.show_recorded(say(f"intake.emergency.{key}", line=line, number=order.number), goes_on=goes_on)

    def _failed(self, fault: Exception) -> None:
        if isinstance(fault, HotlineError):
            self._view.complain(sentence(fault), "")
        else:
            self._view.fail(fault)


def _clock_time(ms: int) -> str:
    return f"{local(ms):%H:%M:%S}"
