"""交接班 without Tk: which sheet is looked at, what F9 does with it, and that no word of the notes is lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from county_hotline.background import Runner
from county_hotline.clock import shown
from county_hotline.domain.shifts import LONGEST_NOTES, Shift
from county_hotline.ui.later import Later
from county_hotline.ui.screens.handover.work import HandoverFacts, HandoverWork
from county_hotline.wording import say

if TYPE_CHECKING:
    from county_hotline.forms.raster import Picture

KEEP_MS = 250
"""Notes are on the disk so soon after the last key."""
REDRAW_MS = 700


@dataclass(frozen=True, slots=True)
class KeptTold:
    """One earlier hand-over, a line."""

    shift: int
    words: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class HandoverTold:
    """The page. `state`: `own` (to be handed over), `take` (to be taken over), `kept` (only looked at)."""

    state: str
    beside: str
    notes: str
    left: str
    is_too_long: bool
    notice: str
    kept: tuple[KeptTold, ...]
    shown_shift: int


class HandoverScreen(Protocol):
    """What the presenter needs of the view."""

    def show(self, told: HandoverTold) -> None:
        """Everything but the picture and what is typed."""
        ...

    def show_notes(self, notes: str) -> None:
        """The notes as they were kept."""
        ...

    def show_preview(self, picture: Picture) -> None:
        """The paper."""
        ...

    def preview_width(self) -> int:
        """How wide the picture may be, in pixels."""
        ...

    def notes(self) -> str:
        """What is typed."""
        ...

    def say_done(self, head: str, words: str) -> None:
        """It was done."""
        ...

    def say_printed(self, path: str, missing: int) -> None:
        """It was printed."""
        ...

    def fail(self, fault: Exception) -> None:
        """Say a failure."""
        ...


class HandoverPresenter:
    """Another's sheet that waits comes first; else the station as it would be handed over now."""

    def __init__(self, view: HandoverScreen, work: HandoverWork, runner: Runner, *, drawer: Runner, later: Later) -> None:
        self._view, self._work, self._runner, self._drawer, self._later = view, work, runner, drawer, later
        self._facts: HandoverFacts | None = None
        self._chosen: int | None = None
        """Which sheet is looked at: 0 one's own; None: whatever is most wanted."""
        self._drop_keep: Callable[[], None] | None = None
        self._drop_draw: Callable[[], None] | None = None
        self._is_new = True

    def shown(self) -> None:
        """In front: as the station is now."""
        self._look(None if self._is_new else self._view.notes())

    def hidden(self) -> None:
        """Behind another page: what is typed is kept at once, and another officer begins anew."""
        self._keep_now()
        self._is_new = True

    def close(self) -> None:
        """The window goes."""
        self._keep_now()

    def typed(self) -> None:
        """Another word in the notes."""
        if self._drop_keep is not None:
            self._drop_keep()
        self._drop_keep = self._later.call(KEEP_MS, self._keep)
        if self._drop_draw is not None:
            self._drop_draw()
        self._drop_draw = self._later.call(REDRAW_MS, self._redraw)
        self._tell()

    def choose(self, shift: int) -> None:
        """Look at this one; 0: one's own."""
        at = self._shown()
        if at is not None and at.shift == shift:
            return
        self._chosen = shift
        self._tell()
        self._draw()

    def turn(self) -> None:
        """One's own, then the earlier ones, one after the other."""
        if self._facts is None:
            return
        row = [0, *(each.shift for each in self._facts.kept)]
        at = self._shown()
        nth = row.index(at.shift) if at is not None and at.shift in row else 0
        self.choose(row[(nth + 1) % len(row)])

    def do(self, *, paper: bool) -> None:
        """F9: hand over (and print), take over, or print an earlier one again."""
        state, shift = self._state(), self._shown()
        if shift is None:
            return
        if state == "own":
            notes = self._view.notes()
            self._runner.run(lambda: self._work.hand_over(notes), lambda made: self._handed(made, paper=paper), self._view.fail)
        elif state == "take":
            number = shift.shift
            self._runner.run(lambda: self._work.take_over(number), self._taken, self._view.fail)
        else:
            self.print()

    def print(self) -> None:
        """The sheet that is looked at, where it was handed over."""
        shift = self._shown()
        if shift is not None and shift.shift:
            self._print(shift)

    def redraw(self) -> None:
        """There is more or less room now."""
        self._draw()

    # -- its own affairs --------------------------------------------------------------------------------------------

    def _look(self, notes: str | None) -> None:
        self._runner.run(lambda: self._work.look(notes), self._looked, self._view.fail)

    def _looked(self, facts: HandoverFacts) -> None:
        self._facts = facts
        if self._is_new:
            self._is_new = False
            self._view.show_notes(facts.notes)
        self._tell()
        self._draw()

    def _redraw(self) -> None:
        self._drop_draw = None
        if len(self._view.notes()) <= LONGEST_NOTES:
            self._look(self._view.notes())

    def _keep(self) -> None:
        self._drop_keep = None
        notes = self._view.notes()
        self._runner.run(lambda: self._work.keep_notes(notes), lambda _none: None, self._view.fail)

    def _keep_now(self) -> None:
        if self._drop_keep is not None:
            self._drop_keep()
            self._keep()

    def _shown(self) -> Shift | None:
        facts = self._facts
        if facts is None:
            return None
        if self._chosen is None:
            return facts.waiting or facts.own
        return next((each for each in facts.kept if each.shift == self._chosen), facts.own)

    def _state(self) -> str:
        shift = self._shown()
        if shift is None or shift.shift == 0:
            return "own"
        waiting = self._facts.waiting if self._facts is not None else None
        return "take" if waiting is not None and waiting.shift == shift.shift else "kept"

    def _draw(self) -> None:
        shift, facts, width = self._shown(), self._facts, self._view.preview_width()
        if shift is not None and facts is not None and width > 0:
            self._drawer.run(lambda: self._work.preview(shift, width, facts.now), self._view.show_preview, self._view.fail)

    def _handed(self, made: Shift, *, paper: bool) -> None:
        self._view.show_notes("")
        self._chosen = made.shift
        self._view.say_done(say("handover.done", number=made.shift), say("handover.done_words"))
        if paper:
            self._print(made)
        self._look("")

    def _taken(self, taken: Shift) -> None:
        self._chosen = taken.shift
        self._view.say_done(say("handover.taken", number=taken.shift), "")
        self._look(self._view.notes())

    def _print(self, shift: Shift) -> None:
        self._runner.run(lambda: self._work.print(shift), lambda done: self._view.say_printed(*done), self._view.fail)

    def _tell(self) -> None:
        facts, shift = self._facts, self._shown()
        if facts is None or shift is None:
            return
        notes = self._view.notes()
        room = LONGEST_NOTES - len(notes)
        state = self._state()
        notice = ""
        if state == "take":
            notice = say("handover.waiting", giver=_name(shift.sheet.giver), at=shown(shift.sheet.made_at)[5:])
        elif state == "kept" and not shift.is_taken and shift.sheet.giver == facts.officer:
            notice = say("handover.own_shift")
        self._view.show(
            HandoverTold(
                state,
                say("handover.beside", unit=facts.own.sheet.unit_name, at=shown(facts.now)),
                notes,
                say("handover.left", count=room),
                room < 0,
                notice,
                tuple(_kept(each) for each in facts.kept),
                shift.shift,
            )
        )


def _kept(shift: Shift) -> KeptTold:
    at, giver = shown(shift.sheet.made_at)[5:], _name(shift.sheet.giver)
    if not shift.is_taken:
        return KeptTold(shift.shift, say("handover.kept_open", at=at, giver=giver), is_open=True)
    taken = say("handover.kept_taken", at=at, giver=giver, taker=_name(shift.taker), taken_at=shown(shift.taken_at)[5:])
    return KeptTold(shift.shift, taken, is_open=False)


def _name(officer: str) -> str:
    return officer.partition(" ")[2] or officer
