"""导出 without Tk: what is written, whither, how far it is, and that nothing half-written stays."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from typing import Protocol

from county_hotline.background import Runner
from county_hotline.clock import local
from county_hotline.errors import BadInput, HotlineError, Refusal
from county_hotline.ui.screens.register.columns import every
from county_hotline.ui.screens.register.screen import Listed
from county_hotline.ui.screens.register.work_many import ExportTold, ExportUnderWay, ExportWish, ManyWork
from county_hotline.wording import say, sentence

ENDINGS = (".xlsx", ".csv")
LISTED, TICKED = "listed", "ticked"
SHOWN, EVERY = "shown", "every"


@dataclass(frozen=True, slots=True)
class ExportForm:
    """What stands in the pane."""

    what: str = LISTED
    columns: str = SHOWN
    ending: str = ENDINGS[0]
    folder: str = ""
    in_the_clear: bool = False
    reason: str = ""


class ExportScreen(Protocol):
    """What the presenter needs of the pane."""

    def open(self, form: ExportForm, *, listed: str, ticked: str, may_see_callers: bool) -> None:
        """Begin anew: how many are listed and ticked, in words (nothing where none is)."""
        ...

    def show_progress(self, words: str, share: float) -> None:
        """Under way."""
        ...

    def show_done(self, head: str, words: str, path: str) -> None:
        """Whole."""
        ...

    def show_stopped(self, words: str) -> None:
        """Cancelled: back to the form."""
        ...

    def refuse(self, words: str) -> None:
        """Why it cannot be: the form stays."""
        ...

    def fail(self, fault: Exception) -> None:
        """Say a failure."""
        ...


class ExportPresenter:
    """One export at a time."""

    def __init__(self, view: ExportScreen, work: ManyWork, runner: Runner) -> None:
        self._view, self._work, self._runner = view, work, runner
        self._listed: Listed | None = None
        self._columns: tuple[str, ...] = ()
        self._under: ExportUnderWay | None = None
        self._is_cancelled = False

    @property
    def is_running(self) -> bool:
        """Whether a file is being written."""
        return self._under is not None

    def open(self, listed: Listed, columns: tuple[str, ...], folder: str) -> None:
        """Of this list, with these columns on the screen."""
        self._listed, self._columns = listed, columns
        form = ExportForm(what=TICKED if listed.numbers else LISTED, folder=folder)
        self._runner.run(self._work.may_see_callers, lambda may: self._opened(form, may_see_callers=may), self._view.fail)

    def go(self, form: ExportForm) -> None:
        """Write it."""
        listed = self._listed
        if listed is None or self._under is not None:
            return
        stem = say("register.export.stem", at=f"{local(listed.now):%Y-%m-%d}")
        self._runner.run(lambda: self._begun(listed, form, stem), self._step, self._refused)

    def cancel(self) -> None:
        """No more of it, after this slice."""
        self._is_cancelled = self._under is not None

    def _opened(self, form: ExportForm, *, may_see_callers: bool) -> None:
        listed = self._listed
        if listed is None:
            return
        self._view.open(
            form,
            listed=say("register.export.listed", count=listed.count, said=listed.said),
            ticked=say("register.export.ticked", count=len(listed.numbers)) if listed.numbers else "",
            may_see_callers=may_see_callers,
        )

    def _begun(self, listed: Listed, form: ExportForm, stem: str) -> ExportUnderWay:
        """On the desk's lane."""
        is_ticked = form.what == TICKED
        return self._work.begin(
            ExportWish(
                path=self._work.free_path(form.folder, stem, form.ending),
                columns=self._columns if form.columns == SHOWN else every(),
                query=listed.filters.query(listed.today, listed.now),
                numbers=listed.numbers if is_ticked else (),
                said=say("register.export.said_ticked") if is_ticked else listed.said,
                reason=form.reason if form.in_the_clear else None,
            )
        )

    def _step(self, under: ExportUnderWay) -> None:
        self._under, self._is_cancelled = under, False
        self._runner.run(under.step, self._stepped, self._refused)

    def _stepped(self, told: ExportTold) -> None:
        under = self._under
        if under is None:
            return
        if told.path:
            self._under = None
            self._show_done(told)
        elif self._is_cancelled:
            self._under = None
            self._runner.run(
                under.cancel, lambda _none: self._view.show_stopped(say("register.export.stopped")), self._view.fail
            )
        else:
            words = say("register.export.progress", done=told.done, total=told.total)
            self._view.show_progress(words, told.done / max(1, told.total))
            self._runner.run(under.step, self._stepped, self._refused)

    def _show_done(self, told: ExportTold) -> None:
        name = PurePath(told.path).name
        masked = say("register.export.still_masked", count=told.still_masked) if told.still_masked else ""
        head = say("register.export.done", count=told.total)
        self._view.show_done(
            head, say("register.export.where", name=name, folder=str(PurePath(told.path).parent)) + masked, told.path
        )

    def _refused(self, fault: Exception) -> None:
        self._under = None
        if isinstance(fault, Refusal | BadInput):
            self._view.refuse(sentence(fault))
        else:
            self._view.show_stopped(sentence(fault) if isinstance(fault, HotlineError) else "")
            self._view.fail(fault)
