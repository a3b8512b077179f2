"""规则包 without Tk: packs in words, a trial before one is put in force, and the calendar with what it moves."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol, TypeVar

from county_hotline.background import Runner
from county_hotline.errors import HotlineError
from county_hotline.signals import Bulletin, Changes
from county_hotline.ui.screens.packs.telling import (
    CalendarTold,
    PackRow,
    TrialTold,
    calendar_told,
    pack_told,
    row_told,
    trial_told,
)
from county_hotline.ui.screens.packs.work import CalendarFacts, KnownPack, PacksFacts, PackState, PacksWork, Trial
from county_hotline.ui.telling.deeds import DeedTold
from county_hotline.ui.telling.reading import ReadTold
from county_hotline.wording import say, sentence

PACKS, CALENDAR = "packs", "calendar"
T = TypeVar("T")


class PacksScreen(Protocol):
    """What the presenter needs of the view."""

    def is_seen(self) -> bool:
        """Whether the page is in front."""
        ...

    def show_head(self, words: str) -> None:
        """The line beside the title."""
        ...

    def show_packs(self, rows: tuple[PackRow, ...], *, keep: str) -> None:
        """The list of packs."""
        ...

    def show_pack(self, told: ReadTold | None) -> None:
        """The chosen pack in words."""
        ...

    def show_trial(self, told: TrialTold | None) -> None:
        """试算 in place of the words; None takes it away."""
        ...

    def show_calendar(self, told: CalendarTold) -> None:
        """The calendar."""
        ...

    def show_deeds(self, deeds: tuple[DeedTold, ...], said: str) -> None:
        """The foot: the first deed is the main one."""
        ...

    def ask(self, head: str, words: str) -> None:
        """Whether to go on: the deeds are yes and no then."""
        ...

    def wrong_day(self, words: str) -> None:
        """What is wrong with the day that was typed; empty takes it away and empties the field."""
        ...

    def tell(self, head: str, words: str, tone: str) -> None:
        """What came of it."""
        ...

    def fail(self, fault: Exception) -> None:
        """Say a failure."""
        ...


class PacksPresenter:
    """One segment at a time; a pack is put in force only after it was tried."""

    def __init__(self, view: PacksScreen, work: PacksWork, runner: Runner, bulletin: Bulletin) -> None:
        self._view, self._work, self._runner = view, work, runner
        self._which = PACKS
        self._facts: PacksFacts | None = None
        self._calendar: CalendarFacts | None = None
        self._from_file: KnownPack | None = None
        self._chosen = ""
        self._trial: Trial | None = None
        self._is_asking = self._is_busy = self._is_stale = False
        self._cancel: Callable[[], None] = bulletin.subscribe(self._news)

    # -- what the view reports --------------------------------------------------------------------------------------

    def shown(self) -> None:
        """In front."""
        self._look()

    def close(self) -> None:
        """Hear no news any more."""
        self._cancel()

    def show_segment(self, which: str) -> None:
        """规则包, or 日历."""
        if which != self._which:
            self._which = which
            self._trial, self._is_asking = None, False
            self._view.show_trial(None)
            self._look()

    def choose(self, key: str) -> None:
        """This pack is chosen."""
        if key != self._chosen:
            self._chosen = key
            self.leave()
            self._show_chosen()

    def leave(self) -> None:
        """First the question goes, then the trial."""
        if self._is_asking:
            self._is_asking = False
        elif self._trial is not None:
            self._trial = None
            self._view.show_trial(None)
        self._show_deeds()

    def read_file(self, file: str) -> None:
        """从文件试算: checked, tried, and only then offered."""
        self._run(lambda: self._work.read(file), self._read)

    def do(self, name: str) -> None:
        """An act of the foot."""
        deeds: dict[str, Callable[[], None]] = {
            "try": self._try,
            "take": self._ask_take,
            "yes": self._take,
            "no": self.leave,
            "leave": self.leave,
            "recompute": self._recompute,
        }
        if name in deeds:
            deeds[name]()

    def add_rest_day(self, typed: str) -> None:
        """Another day on which the county does not work."""
        if typed.strip():
            self._run(lambda: self._work.add_rest_day(typed), self._rest_day_kept, self._wrong_day)

    def drop_rest_day(self, day: str) -> None:
        """The county works on that day after all."""
        if day:
            self._run(lambda: self._work.drop_rest_day(day), self._rest_day_kept)

    # -- packs ------------------------------------------------------------------------------------------------------

    def _try(self) -> None:
        known = self._pack()
        if known is not None and known.text:
            self._view.show_deeds((), say("packs.trying"))
            self._run(lambda: self._work.try_out(known), self._tried)

    def _read(self, known: KnownPack) -> None:
        self._from_file, self._chosen = known, known.key
        self._show_packs()
        self._try()

    def _tried(self, trial: Trial) -> None:
        self._trial = trial
        self._view.show_trial(trial_told(trial.before, trial.after, trial.found))
        self._show_deeds()

    def _ask_take(self) -> None:
        trial = self._trial
        if trial is not None:
            self._is_asking = True
            self._view.ask(say("packs.ask", title=trial.after.title, version=trial.after.version), say("packs.ask.words"))
            self._show_deeds()

    def _take(self) -> None:
        known = self._pack()
        if known is not None and self._is_asking:
            self._run(lambda: self._work.take(known), lambda _none: self._taken(known))

    def _taken(self, known: KnownPack) -> None:
        self._trial, self._is_asking, self._from_file = None, False, None
        self._view.show_trial(None)
        self._chosen = ""
        self._view.tell(say("packs.taken", title=known.pack.title), say("packs.taken.words"), "green")
        self._look()

    def _pack(self) -> KnownPack | None:
        return next((known for known in self._packs() if known.key == self._chosen), None)

    def _packs(self) -> tuple[KnownPack, ...]:
        found = self._facts.packs if self._facts else ()
        return (*((self._from_file,) if self._from_file else ()), *found)

    def _show_packs(self) -> None:
        packs = self._packs()
        keys = [known.key for known in packs]
        if self._chosen not in keys:
            self._chosen = next((known.key for known in packs if known.state is PackState.IN_FORCE), keys[0] if keys else "")
        in_force = next((known.pack for known in packs if known.state is PackState.IN_FORCE), None)
        words = say("packs.head", title=in_force.title, version=in_force.version) if in_force else say("packs.head.none")
        self._view.show_head(words)
        self._view.show_packs(tuple(map(row_told, packs)), keep=self._chosen)
        self._show_chosen()

    def _show_chosen(self) -> None:
        known = self._pack()
        self._view.show_pack(pack_told(known) if known is not None else None)
        self._show_deeds()

    # -- the calendar -----------------------------------------------------------------------------------------------

    def _recompute(self) -> None:
        self._run(self._work.recompute, self._recomputed)

    def _recomputed(self, count: int) -> None:
        self._view.tell(say("packs.recomputed", count=count), say("packs.recomputed.words"), "green")
        self._look()

    def _rest_day_kept(self, _none: None) -> None:
        self._view.wrong_day("")
        self._look()

    def _wrong_day(self, fault: Exception) -> None:
        if isinstance(fault, HotlineError):
            self._view.wrong_day(sentence(fault))
        else:
            self._view.fail(fault)

    # -- its own affairs --------------------------------------------------------------------------------------------

    def _news(self, changes: Changes) -> None:
        if changes.reference and self._view.is_seen():
            self._look()

    def _look(self) -> None:
        if self._which == CALENDAR:
            self._run(self._work.calendar, self._calendar_looked)
        else:
            self._run(self._work.look, self._looked)

    def _looked(self, facts: PacksFacts) -> None:
        self._facts = facts
        if self._which == PACKS:
            self._show_packs()

    def _calendar_looked(self, facts: CalendarFacts) -> None:
        self._calendar = facts
        if self._which == CALENDAR:
            told = calendar_told(facts)
            self._view.show_head(told.beside)
            self._view.show_calendar(told)
            self._show_deeds()

    def _run(self, work: Callable[[], T], done: Callable[[T], None], failed: Callable[[Exception], None] | None = None) -> None:
        self._runner.run(work, done, failed or self._failed)

    def _failed(self, fault: Exception) -> None:
        self._is_asking = False
        self._view.fail(fault)
        self._show_deeds()

    def _show_deeds(self) -> None:
        deeds, said = self._calendar_deeds() if self._which == CALENDAR else self._pack_deeds()
        self._view.show_deeds(deeds, said)

    def _pack_deeds(self) -> tuple[tuple[DeedTold, ...], str]:
        known, facts = self._pack(), self._facts
        if known is None or facts is None:
            return (DeedTold("file"),), ""
        if self._is_asking:
            return (DeedTold("yes"), DeedTold("no")), ""
        why = say(f"packs.why.{facts.why}") if facts.why else ""
        if self._trial is not None:
            take = DeedTold("take", why)
            return ((DeedTold("leave"), take) if why else (take, DeedTold("leave"))), why
        if known.state is PackState.IN_FORCE:
            return (DeedTold("file"),), say("packs.choose_another")
        if known.state is PackState.KEPT:
            return (DeedTold("file"),), say("packs.kept")
        return (DeedTold("try"), DeedTold("file")), ""

    def _calendar_deeds(self) -> tuple[tuple[DeedTold, ...], str]:
        facts = self._calendar
        if facts is None:
            return (), ""
        why = say(f"packs.why.{facts.why}") if facts.why else ""
        add = () if facts.why else (DeedTold("add_day"),)
        if not facts.moved:
            return add, why
        if facts.may_recompute:
            return (DeedTold("recompute"), *add), why
        return (*add, DeedTold("recompute", say("packs.why.recompute"))), why
