"""告知法定途径 without Tk: one of the county's reasons, in words that may be edited before they are printed. Never a bare refusal."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from county_hotline.background import Runner
from county_hotline.domain.reference import ToldPath
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import HotlineError
from county_hotline.ui.screens.intake.registering import Registering, Taking
from county_hotline.ui.screens.intake.taking_work import TakingWork, Told
from county_hotline.wording import say, sentence

TRANSFER, MERGE = "transfer", "merge"
"""What must be done instead: `ToldPath.instead`."""
NEEDED = {"words": "intake.path.no_words", "path": "intake.path.no_path"}
"""Without these it would be a bare refusal."""


@dataclass(frozen=True, slots=True)
class PathTyped:
    """What stands in the fields."""

    words: str
    path: str
    basis: str
    handed_to: str
    signed: bool | None


class PathScreen(Protocol):
    """What the presenter needs of the pane."""

    def show_paths(self, paths: Sequence[ToldPath]) -> None:
        """The list."""
        ...

    def show_path(self, path: ToldPath | None, instead: str) -> None:
        """The chosen one in its fields; `instead` says what must be done instead, where something must."""
        ...

    def typed(self) -> PathTyped:
        """What stands in the fields."""
        ...

    def complain(self, words: str, field: str) -> None:
        """What is missing; the keyboard goes there."""
        ...

    def leave(self) -> None:
        """Back to the form."""
        ...

    def turn_to(self, instead: str) -> None:
        """The other pane: `transfer` or `merge`."""
        ...

    def fail(self, fault: Exception) -> None:
        """Not the officer's to mend."""
        ...


class PathPresenter:
    """The list is the county's; what is typed over a reason stays with it until another is chosen."""

    def __init__(self, view: PathScreen, work: TakingWork, runner: Runner, *, taking: Taking) -> None:
        self._view, self._work, self._runner, self._taking = view, work, runner, taking
        self._paths: dict[str, ToldPath] = {}
        self._chosen = ""

    @property
    def instead(self) -> str:
        """What must be done instead of telling the chosen path."""
        path = self._paths.get(self._chosen)
        return path.instead if path else ""

    def open(self) -> None:
        """Show the list; what was chosen and typed is still there."""
        if not self._paths:
            self._runner.run(self._work.told_paths, self._keep, self._view.fail)

    def choose(self, code: str) -> None:
        """One reason."""
        if code == self._chosen:
            return
        self._chosen = code
        path = self._paths.get(code)
        instead = path.instead if path else ""
        self._view.show_path(path, say(f"intake.path.{instead}") if instead in (TRANSFER, MERGE) else "")

    def record(self) -> None:
        """F9: register and tell, or what must be done instead."""
        if not self._chosen:
            self._view.complain(say("intake.path.none"), "list")
            return
        if self.instead in (TRANSFER, MERGE):
            self._view.turn_to(self.instead)
            return
        typed = self._view.typed()
        for field, wording in NEEDED.items():
            if not getattr(typed, field).strip():
                self._view.complain(say(wording), field)
                return
        if self._taking.lacks():
            self._view.leave()
            return
        told = Told(self._chosen, typed.words, typed.path, typed.basis, typed.handed_to, typed.signed)
        self._taking.register(Registering(lambda form: self._work.tell_path(form, told), self._recorded, self._failed))

    def forget(self) -> None:
        """Nothing of it is wanted any more."""
        self._chosen, self._paths = "", {}

    def _keep(self, paths: tuple[ToldPath, ...]) -> None:
        self._paths = {path.code: path for path in paths}
        self._view.show_paths(paths)
        self.choose(paths[0].code if paths else "")

    def _recorded(self, order: WorkOrder) -> None:
        del order
        self.forget()
        self._view.leave()

    def _failed(self, fault: Exception) -> None:
        if isinstance(fault, HotlineError):
            self._view.complain(sentence(fault), "")
        else:
            self._view.fail(fault)
