"""基础数据两边都改过, without Tk: both are compared once, what differs is told, and a person puts one over the other after being asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from county_hotline.background import Runner
from county_hotline.errors import HotlineError
from county_hotline.ui.screens.sync.work import SyncFacts, SyncWork
from county_hotline.ui.telling.reading import LineTold
from county_hotline.wording import say, sentence

if TYPE_CHECKING:
    from county_hotline.desk.referring import Comparison, ListDifference

OURS, THEIRS = "ours", "theirs"
ASK = {OURS: "sync.choose.ask_ours", THEIRS: "sync.choose.ask_theirs"}
YES = {OURS: "yes_ours", THEIRS: "yes_theirs"}


@dataclass(frozen=True, slots=True)
class ChoiceTold:
    """The notice: its acts are names of wording below `sync.choose.`; `lists` stand in the page below it."""

    head: str
    words: str
    acts: tuple[str, ...] = ()
    lists: tuple[LineTold, ...] = ()


class ChoosingScreen(Protocol):
    """What it needs of the view."""

    def show_choice(self, told: ChoiceTold | None) -> None:
        """The notice; None takes it away."""
        ...

    def chosen(self, head: str, words: str) -> None:
        """It is done."""
        ...

    def fail(self, fault: Exception) -> None:
        """Say a failure."""
        ...


class Choosing:
    """Nothing is fetched twice for the same two versions; nothing is put over anything without a second press."""

    def __init__(self, view: ChoosingScreen, work: SyncWork, wire: Runner) -> None:
        self._view, self._work, self._wire = view, work, wire
        self._versions: tuple[int, int] | None = None
        self._found: Comparison | None = None
        self._fault: HotlineError | None = None
        self._asking = ""
        self._is_busy = self._may = False
        self._told: ChoiceTold | None = None

    def see(self, facts: SyncFacts) -> None:
        """The page was looked at again."""
        if facts.conflict != self._versions:
            self._forget()
            self._versions = facts.conflict
        self._may = facts.may_choose
        if self._versions is not None and self._may and not (self._found or self._fault or self._is_busy):
            self._compare()
        self._show()

    def do(self, name: str) -> None:
        """An act of the notice."""
        if self._is_busy or self._versions is None:
            return
        if name == "again":
            self._compare()
        elif name in (OURS, THEIRS):
            self._asking = name
        elif name == "no":
            self._asking = ""
        elif name == YES.get(self._asking) and self._found is not None:
            self._choose(self._found)
        self._show()

    def _forget(self) -> None:
        self._versions, self._found, self._fault, self._asking = None, None, None, ""

    def _compare(self) -> None:
        self._found, self._fault, self._is_busy = None, None, True
        self._wire.run(self._work.compare, self._compared, self._failed)

    def _compared(self, found: Comparison) -> None:
        self._is_busy, self._found = False, found
        self._show()

    def _choose(self, found: Comparison) -> None:
        which, self._asking, self._is_busy = self._asking, "", True
        act: Callable[[Comparison], int] = self._work.keep_ours if which == OURS else self._work.take_theirs
        self._wire.run(lambda: act(found), lambda version: self._chosen(which, version), self._not_chosen)

    def _chosen(self, which: str, version: int) -> None:
        self._is_busy = False
        self._forget()
        self._show()
        done = "kept" if which == OURS else "taken"
        self._view.chosen(say(f"sync.choose.{done}", version=version), say(f"sync.choose.{done}.words"))

    def _not_chosen(self, fault: Exception) -> None:
        self._view.fail(fault)  # above the page: what was looked at may have gone meanwhile, and the notice with it
        if isinstance(fault, HotlineError):
            self._failed(fault)
        self._is_busy = False

    def _failed(self, fault: Exception) -> None:
        self._is_busy = False
        if isinstance(fault, HotlineError):
            self._found, self._fault = None, fault
            self._show()
        else:
            self._view.fail(fault)

    def _show(self) -> None:
        told = self._say() if self._versions is not None else None
        if told != self._told:
            self._told = told
            self._view.show_choice(told)

    def _say(self) -> ChoiceTold:
        head = say("sync.choose.head")
        if not self._may:
            return ChoiceTold(head, say("sync.choose.not_yours"))
        if self._fault is not None:
            return ChoiceTold(head, sentence(self._fault), ("again",))
        found = self._found
        if found is None or self._is_busy:
            return ChoiceTold(head, say("sync.choose.comparing"))
        if self._asking:
            head = say(ASK[self._asking], ours=found.ours, theirs=found.theirs)
            words = f"{_lost(found, self._asking)}{say('sync.choose.ask.words')}"
            return ChoiceTold(head, words, (YES[self._asking], "no"), _lists(found))
        return ChoiceTold(head, _both(found), (OURS, THEIRS), _lists(found))


def _both(found: Comparison) -> str:
    """Whose is newer, and what goes with either choice."""
    newer = "ours_newer" if found.ours > found.theirs else "theirs_newer" if found.theirs > found.ours else "same_age"
    age = say(f"sync.choose.{newer}", ours=found.ours, theirs=found.theirs, built_on=found.built_on)
    return f"{age}{say('sync.choose.age_is_not_right')}{_lost(found, OURS)}{_lost(found, THEIRS)}"


def _lost(found: Comparison, choice: str) -> str:
    """What is no more once that one is chosen."""
    key = "lose_theirs" if choice == OURS else "lose_ours"
    return say(f"sync.choose.{key}", added=found.added, dropped=found.dropped, changed=found.changed)


def _lists(found: Comparison) -> tuple[LineTold, ...]:
    return tuple(LineTold(_counts(each), label=say(f"reference_list.{each.name}")) for each in found.lists)


def _counts(each: ListDifference) -> str:
    parts = (("only_ours", each.dropped), ("only_theirs", each.added), ("otherwise", each.changed))
    words = [say(f"sync.choose.{key}", count=count) for key, count in parts if count]
    return "，".join([*words, *([say("sync.choose.reordered")] if each.is_reordered else [])])
