"""Power-cut-proof typing without Tk: what is typed is on disk within 300 ms of its key; unfinished forms are offered again."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from county_hotline.background import Runner
from county_hotline.clock import local, shown
from county_hotline.desk.intake import IntakeForm
from county_hotline.domain.vocabulary import MatterKind
from county_hotline.ids import new_nonce
from county_hotline.ui.later import Later
from county_hotline.ui.screens.intake.screen import IntakeScreen, Offer
from county_hotline.ui.screens.intake.work import IntakeWork
from county_hotline.ui.tones import Tone
from county_hotline.wording import say

SAVE_AFTER_MS = 100
"""Of the 300 ms a draft may be late, counted from the first key that is not on disk; the rest is for the disk and what it is busy with."""
FIRST_WORDS = 20
SAID = (
    "name", "phone", "address", "title", "content", "demand", "place", "place_detail", "id_number", "external_number", "company",
    "credit_code", "representatives", "collected_by", "half",
)  # fmt: skip


def is_empty(form: IntakeForm) -> bool:
    """Nothing a person said is in it; choices alone are no form."""
    return not any(getattr(form, name) for name in SAID)


def first_words(form: IntakeForm) -> str:
    """By what a draft is known; of a confidential one nothing (P9)."""
    if form.confidential or form.matter_kind is MatterKind.TIP_OFF:
        return say("intake.draft.confidential")
    said = (form.title, form.content, form.name, form.phone, *form.half.values())
    return next((words for text in said if (words := text.strip()[:FIRST_WORDS])), "") or say("intake.untitled")


class DraftHolder(Protocol):
    """Whose form it is."""

    def form(self) -> IntakeForm:
        """What is typed."""
        ...

    def begin_draft(self, key: str, form: IntakeForm) -> None:
        """Go on with a draft."""
        ...


class Drafting:
    """The draft of the form in front, and the others that wait."""

    def __init__(self, view: IntakeScreen, work: IntakeWork, runner: Runner, later: Later, holder: DraftHolder) -> None:
        self._view, self._work, self._runner, self._later, self._holder = view, work, runner, later, holder
        self.key = new_key()
        self._is_kept = False
        """Whether something of this form lies on disk."""
        self._doomed = ""
        """The draft whose end was asked for once."""
        self._waiting: Callable[[], None] | None = None
        self._unsaved: dict[str, IntakeForm] = {}
        """What the lane has not taken yet, the newest of each draft."""

    def soon(self) -> None:
        """A key was pressed. The first one sets the time: who types without a pause is not further behind than who rests."""
        self._doomed = ""
        if self._waiting is None:
            self._waiting = self._later.call(SAVE_AFTER_MS, self.now)

    def now(self) -> None:
        """Save at once (also when the page is left). A form that was emptied again is no draft any more."""
        self.stop()
        key, form = self.key, self._holder.form()
        if not is_empty(form):
            self._save(key, form)
        elif self._is_kept:
            self._is_kept = False
            self._runner.run(lambda: self._work.drop_draft(key), lambda _none: None, self._view.fail)

    def keep(self, form: IntakeForm) -> None:
        """What comes into the form at once, and not by keys, is on disk before it is seen."""
        self._save(self.key, form)

    def _save(self, key: str, form: IntakeForm) -> None:
        """The newest is what is saved when the lane comes to it; where the disk is slow, those that waited behind have nothing left to do."""
        self._is_kept = True
        self._unsaved[key] = form
        self._runner.run(lambda: self._save_newest(key), self._kept, self._view.fail)

    def _save_newest(self, key: str) -> int:
        """On the lane. When it was saved; 0 where another save had taken it."""
        form = self._unsaved.pop(key, None)
        return self._work.save_draft(key, form) if form is not None else 0

    def stop(self) -> None:
        """Nothing waits to be saved."""
        if self._waiting is not None:
            self._waiting()
            self._waiting = None

    def begin(self, key: str = "") -> None:
        """Another form is in front; `key` where it is a draft of before."""
        self.stop()
        self.key, self._is_kept, self._doomed = key or new_key(), bool(key), ""

    def finish(self, key: str) -> None:
        """This form became an order, or part of one."""
        self._runner.run(lambda: self._work.drop_draft(key), lambda _none: self.look(), self._view.fail)

    def put_aside(self, key: str, form: IntakeForm) -> None:
        """It waits among the others."""
        self._runner.run(lambda: self._work.save_draft(key, form), lambda _at: self.look(), self._view.fail)

    def look(self) -> None:
        """Offer what waits."""
        self._runner.run(self._work.drafts, self._offer, self._view.fail)

    def take_up(self, key: str) -> None:
        """Go on with a draft."""

        def taken(found: tuple[tuple[str, int, IntakeForm], ...]) -> None:
            for name, _saved_at, form in found:
                if name == key:
                    self._holder.begin_draft(key, form)
                    self._offer(found)

        self._runner.run(self._work.drafts, taken, self._view.fail)

    def throw_away(self, key: str) -> None:
        """Forget a draft; asks for a second press first; Ctrl+Z brings it back."""
        if self._doomed != key:
            self._doomed = key
            self._view.show_row_sentence(say("intake.sure"), Tone.AMBER)
            return
        self._doomed = ""
        self._view.show_row_sentence("", Tone.QUIET)
        self._runner.run(lambda: self._thrown_away(key), lambda form: self._gone(key, form), self._view.fail)

    def _thrown_away(self, key: str) -> IntakeForm | None:
        form = next((form for each, _at, form in self._work.drafts() if each == key), None)
        self._work.drop_draft(key)
        return form

    def _gone(self, key: str, form: IntakeForm | None) -> None:
        self.look()
        if form is not None:
            self._view.offer_undo(say("intake.thrown_away"), lambda: self.put_aside(key, form))

    def _kept(self, saved_at: int) -> None:
        if saved_at:
            self._view.show_kept(say("intake.kept", time=f"{local(saved_at):%H:%M:%S}"))

    def _offer(self, found: tuple[tuple[str, int, IntakeForm], ...]) -> None:
        waiting = (each for each in found if each[0] != self.key)
        self._view.show_drafts(tuple(Offer(key, shown(saved_at), first_words(form)) for key, saved_at, form in waiting))


def new_key() -> str:
    """Of another draft."""
    return f"intake-{new_nonce()}"
