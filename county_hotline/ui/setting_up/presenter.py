"""首次设置 without Tk: one step after the other, each checked before the next, back at any time, left and gone on with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import msgspec

from county_hotline.background import Runner
from county_hotline.desk.setting_up import BY_CODE, STEPS, Begun, EnrolmentSlip, SetUp
from county_hotline.errors import HotlineError
from county_hotline.settings import SLIP_PAPER, UI_CONTRAST, UI_SIZE, Settings
from county_hotline.ui.setting_up.steps import answered, fields, missing
from county_hotline.ui.setting_up.work import SetUpWork
from county_hotline.ui.telling.reading import FieldTold
from county_hotline.wording import say, sentence, word


@dataclass(frozen=True, slots=True)
class StepTold:
    """One step as it is shown."""

    name: str
    at: int
    title: str
    words: str
    fields: tuple[FieldTold, ...]
    facts: tuple[tuple[str, str], ...] = ()
    """Label and words, to be read."""


class SetUpScreen(Protocol):
    """What the presenter needs of the window."""

    def show(self, step: StepTold) -> None:
        """This step."""
        ...

    def wrong(self, field: str, words: str) -> None:
        """Said below the field."""
        ...

    def busy(self, words: str) -> None:
        """Something is under way; empty: no more."""
        ...

    def fill(self, values: Mapping[str, str]) -> None:
        """Put values into the step's fields."""
        ...

    def show_picture(self, png: bytes, words: str) -> None:
        """The trial slip."""
        ...

    def restyle(self, size: str, *, high_contrast: bool) -> None:
        """Another size or other colours, at once."""
        ...

    def finished(self) -> None:
        """The sign-in comes next."""
        ...


class SetUpPresenter:
    """Begins where it was left."""

    def __init__(self, view: SetUpScreen, work: SetUpWork, runner: Runner, settings: Settings) -> None:
        self._view, self._work, self._runner, self._settings = view, work, runner, settings
        self._answers = Begun()
        self._here = SetUp(None, (), (), None)
        self._is_busy = False

    @property
    def step(self) -> str:
        """Which step is shown."""
        return self._answers.step

    @property
    def asks_for_a_slip(self) -> bool:
        """Whether an enrolment slip can be chosen in this step."""
        return self.step == "station" and self._answers.source == BY_CODE

    def begin(self) -> None:
        """From where it was left; what is set up already is not asked to be begun again."""
        self._answers = self._work.begun()
        self._look()

    def back(self) -> None:
        """The step before."""
        at = STEPS.index(self.step)
        if at and not self._is_busy:
            self._go(STEPS[at - 1])

    def submit(self, typed: Mapping[str, str]) -> None:
        """F9: check, do what the step does, go on."""
        if self._is_busy:
            return
        field, words = missing(self.step, self._answers, typed, self._here)
        if words:
            self._view.wrong(field, words)
            return
        self._answers = answered(self.step, self._answers, typed)
        deed = self._deed(typed)
        if deed is None:
            self._next()
            return
        self._set_busy(say(f"setup.busy.{self.step}"))
        self._runner.run(deed, lambda _none: self._done(), self._failed)

    def take_slip(self, file: Path) -> None:
        """An enrolment slip was chosen: its lines go into the fields."""
        self._runner.run(lambda: self._work.read_slip(file), self._read, self._failed)

    def try_paper(self, paper: str, width: int) -> None:
        """A trial slip on this paper, shown so wide."""
        if not self._is_busy:
            self._set_busy(say("setup.busy.paper"))
            self._runner.run(lambda: self._work.trial_slip(paper, width), self._tried, self._failed)

    def restyle(self, typed: Mapping[str, str]) -> None:
        """Size and colours follow the choice at once."""
        self._settings.change(UI_SIZE, typed["size"])
        self._settings.change(UI_CONTRAST, typed["contrast"])
        self._view.restyle(typed["size"], high_contrast=typed["contrast"] == "high")

    def show_again(self) -> None:
        """The window was built anew."""
        self._show()

    def _deed(self, typed: Mapping[str, str]) -> Callable[[], None] | None:
        answers = self._answers
        match self.step:
            case "station" if answers.source == BY_CODE:
                return lambda: self._work.join(answers, typed["code"])
            case "station":
                return lambda: self._work.found(answers)
            case "accounts" if typed["password"]:
                return lambda: self._work.make_accounts(answers, typed["password"])
            case "paper":
                self._settings.change(SLIP_PAPER, typed["paper"])
        return None

    def _done(self) -> None:
        self._set_busy("")
        self._next()

    def _next(self) -> None:
        at = STEPS.index(self.step) + 1
        if at < len(STEPS):
            self._go(STEPS[at])
            return
        self._work.done()
        self._view.finished()

    def _go(self, step: str) -> None:
        self._answers = msgspec.structs.replace(self._answers, step=step)
        try:
            self._work.keep(self._answers)
        except HotlineError as fault:
            self._failed(fault)
            return
        self._look()

    def _look(self) -> None:
        self._runner.run(self._work.standing, self._looked, self._failed)

    def _looked(self, here: SetUp) -> None:
        self._here = here
        if here.card is None and STEPS.index(self.step) > 1:
            self._answers = msgspec.structs.replace(self._answers, step=STEPS[0])
        self._show()

    def _show(self) -> None:
        step = self.step
        words = say("setup.words.station_by_code" if self.asks_for_a_slip else f"setup.words.{step}")
        told = fields(step, self._answers, self._here, self._settings)
        self._view.show(StepTold(step, STEPS.index(step), say(f"setup.title.{step}"), words, told, self._facts(step)))

    def _facts(self, step: str) -> tuple[tuple[str, str], ...]:
        here = self._here
        card, about = here.card, here.about
        facts: list[tuple[str, str]] = []
        if card is not None and step != "pc":
            facts.append(
                (say("setup.fact.station"), say("setup.card", station=card.station, role=word(card.role), unit=card.unit_name))
            )
        if step == "accounts":
            posts = here.accounts or here.posts
            facts += [(each.badge, f"{each.name}（{'、'.join(word(role) for role in each.roles)}）") for each in posts]
        if step == "rules" and about is not None:
            none = say("settings.about.none")
            facts.append((say("setup.fact.pack"), about.rule_pack or none))
            facts.append((say("setup.fact.calendar"), "、".join(map(str, about.years[-3:])) or none))
            facts.append((say("setup.fact.lists"), about.note or say("setup.fact.own")))
            facts.append((say("setup.fact.folder"), about.folder))
        return tuple(facts)

    def _read(self, slip: EnrolmentSlip) -> None:
        self._view.fill({"url": slip.url, "code": slip.code, "hub_id": slip.hub_id})

    def _tried(self, made: tuple[Path, bytes]) -> None:
        self._set_busy("")
        self._view.show_picture(made[1], say("setup.tried", name=made[0].name, folder=made[0].parent))

    def _set_busy(self, words: str) -> None:
        self._is_busy = bool(words)
        self._view.busy(words)

    def _failed(self, fault: Exception) -> None:
        self._set_busy("")
        if not isinstance(fault, HotlineError):
            raise fault
        field = {"A216": "hub_id", "R206": "password", "R211": "unit", "R210": "station", "I111": "folder"}.get(fault.code, "")
        self._view.wrong(field or ("code" if fault.code.startswith("A2") else ""), sentence(fault))
