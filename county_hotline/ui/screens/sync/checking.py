"""检查线路, without Tk: what each step from this PC to the hub found, in words that say whom to call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from county_hotline.background import Runner
from county_hotline.domain.views import Finding
from county_hotline.errors import HotlineError
from county_hotline.ui.screens.sync.telling import span_words
from county_hotline.ui.screens.sync.work import SyncWork
from county_hotline.wording import say, sentence

ASKED_OF_OTHERS = frozenset({"name", "reach"})
"""Steps that fail for reasons outside the program: whom to call is said beside what happened."""


@dataclass(frozen=True, slots=True)
class StepTold:
    """One step."""

    icon: str
    tone: str
    head: str
    words: str


@dataclass(frozen=True, slots=True)
class CheckTold:
    """The section; no steps yet while it is looked at."""

    beside: str
    steps: tuple[StepTold, ...] = ()


class CheckingScreen(Protocol):
    """What it needs of the view."""

    def show_check(self, told: CheckTold | None) -> None:
        """The section; None takes it away."""
        ...

    def fail(self, fault: Exception) -> None:
        """Say a failure."""
        ...


class Checking:
    """One look at a time, on the lane of the wire: behind a round that runs."""

    def __init__(self, view: CheckingScreen, work: SyncWork, wire: Runner) -> None:
        self._view, self._work, self._wire = view, work, wire
        self._is_busy = self._is_shown = False

    def start(self) -> None:
        """Look at the line; a second press while it is looked at changes nothing."""
        if self._is_busy:
            return
        self._is_busy = self._is_shown = True
        self._view.show_check(CheckTold(say("sync.check.busy")))
        self._wire.run(self._work.diagnose, self._found, self._failed)

    def close(self) -> None:
        """Take the section away, if it is there."""
        if self._is_shown:
            self._is_shown = False
            self._view.show_check(None)

    def _found(self, findings: tuple[Finding, ...]) -> None:
        self._is_busy = False
        if self._is_shown:
            self._view.show_check(check_told(findings))

    def _failed(self, fault: Exception) -> None:
        self._is_busy = False
        self.close()
        self._view.fail(fault)


def check_told(findings: tuple[Finding, ...]) -> CheckTold:
    """The findings in words."""
    steps = tuple(_step(each) for each in findings)
    well = all(each.well for each in findings)
    return CheckTold(say("sync.check.well" if well else "sync.check.ill"), steps)


def _step(found: Finding) -> StepTold:
    head = say(f"sync.check.step.{found.step}")
    if found.well is None:
        return StepTold("dash-circle", "quiet", head, say("sync.check.not_asked"))
    if found.code:
        words = sentence(HotlineError(found.code, **dict(found.figures)))
        whom = say(f"sync.check.do.{found.step}") if found.step in ASKED_OF_OTHERS else ""
        return StepTold("exclamation-octagon-fill", "red", head, words + whom)
    figures, said = dict(found.figures), found.step
    if found.step == "clock":
        skew_ms = int(figures["skew_ms"])
        figures["by"] = span_words(abs(skew_ms))
        said = "clock" if found.well else "fast" if skew_ms > 0 else "slow"
    icon, tone = ("check-circle-fill", "green") if found.well else ("exclamation-triangle-fill", "amber")
    return StepTold(icon, tone, head, say(f"sync.check.said.{said}", **figures))
