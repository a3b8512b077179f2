"""督办 without Tk: the ledger or the cards, what is chosen in them, and what may be done to it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol

from county_hotline.background import Runner
from county_hotline.domain.views import SupervisionRow
from county_hotline.signals import Bulletin, Changes
from county_hotline.ui.finding_orders import OrderLines, find_orders
from county_hotline.ui.looking import Looking, still_chosen
from county_hotline.ui.screens.supervision.telling import (
    RowTold,
    card_key,
    card_told,
    is_late,
    key_of,
    ordered,
    read_card,
    read_told,
    row_told,
)
from county_hotline.ui.screens.supervision.work import SupervisionFacts, SupervisionWork
from county_hotline.ui.telling.deeds import DeedTold
from county_hotline.ui.telling.reading import ReadTold
from county_hotline.wording import say

if TYPE_CHECKING:
    from county_hotline.desk.overseeing import CardRow

LEDGER, CARDS = "ledger", "cards"


class SupervisionScreen(Protocol):
    """What the presenter needs of the view."""

    def is_seen(self) -> bool:
        """Whether the page is in front."""
        ...

    def show_head(self, words: str) -> None:
        """The line beside the title."""
        ...

    def show_rows(self, which: str, rows: tuple[RowTold, ...], *, keep: str) -> None:
        """One of the two lists."""
        ...

    def show_empty(self, head: str, words: str, *, may_begin: bool) -> None:
        """What stands in place of rows."""
        ...

    def show_chosen(self, told: ReadTold | None, deeds: tuple[DeedTold, ...]) -> None:
        """The chosen one and what may be done; the first deed is the main one."""
        ...

    def go(self, page: str, argument: str) -> None:
        """Another page."""
        ...

    def offer_orders(self, typed: str, lines: OrderLines) -> None:
        """Orders for what was typed: number, words, note."""
        ...

    def fail(self, fault: Exception) -> None:
        """Say a failure."""
        ...


class SupervisionPresenter:
    """One look at a time; what is chosen stays chosen in each list."""

    def __init__(self, view: SupervisionScreen, work: SupervisionWork, runner: Runner, bulletin: Bulletin) -> None:
        self._view, self._work, self._runner = view, work, runner
        self._facts: SupervisionFacts | None = None
        self._which, self._open_only = LEDGER, True
        self._chosen = {LEDGER: "", CARDS: ""}
        self._looking = Looking(runner, ask=self._question, show=self._looked, fail=view.fail)
        self._cancel: Callable[[], None] = bulletin.subscribe(self._news)

    def shown(self) -> None:
        """In front now: days have passed, so always look."""
        self._looking.look()

    def close(self) -> None:
        """Hear no news any more."""
        self._cancel()

    def show_list(self, which: str) -> None:
        """督办台账, or 亮牌."""
        if which != self._which:
            self._which = which
            self._looking.look()

    def show_only_open(self, *, yes: bool) -> None:
        """未结, or all of them."""
        if yes != self._open_only:
            self._open_only = yes
            self._looking.look()

    def choose(self, key: str) -> None:
        """This row is chosen."""
        self._chosen[self._which] = key
        self._show_chosen()

    def do(self, name: str) -> None:
        """An act on the chosen one's order, on its page."""
        number = self._chosen[self._which].partition(" ")[0]
        if number:
            self._view.go("order", number if name == "open" else f"{number} {name}")

    def find_orders(self, text: str) -> None:
        """新督办 begins with an order."""
        view = self._view
        find_orders(text, self._runner, find=self._work.find_orders, offer=view.offer_orders, fail=view.fail)

    def _news(self, changes: Changes) -> None:
        if (changes.work_orders or changes.reference) and self._view.is_seen():
            self._looking.look()

    def _question(self) -> Callable[[], tuple[str, SupervisionFacts]]:
        which, open_only = self._which, self._open_only
        if which == CARDS:
            return lambda: (which, self._work.cards())
        return lambda: (which, self._work.ledger(open_only=open_only))

    def _looked(self, seen: tuple[str, SupervisionFacts]) -> None:
        """What was seen of the other list than the one shown now is let go: turning to this one has asked for it."""
        which, facts = seen
        if which == self._which:
            self._facts = facts
            self._show()

    def _show(self) -> None:
        facts, which = self._facts, self._which
        if facts is None:
            return
        rows = self._told_rows(facts)
        self._chosen[which] = still_chosen(self._chosen[which], [row.key for row in rows])
        self._view.show_head(_head(which, facts) if rows else "")
        empty = which if which == CARDS else "open" if self._open_only else "all"
        may_begin = which == LEDGER and facts.is_centre and "supervise" in facts.duties
        does = "elsewhere" if which == LEDGER and not may_begin else f"{empty}.words"
        self._view.show_empty(say(f"supervision.empty.{empty}"), say(f"supervision.empty.{does}"), may_begin=may_begin)
        self._view.show_rows(which, rows, keep=self._chosen[which])
        self._show_chosen()

    def _told_rows(self, facts: SupervisionFacts) -> tuple[RowTold, ...]:
        if self._which == CARDS:
            return tuple(card_told(row, facts) for row in facts.cards)
        return tuple(row_told(row, facts) for row in ordered(facts))

    def _show_chosen(self) -> None:
        facts, key = self._facts, self._chosen[self._which]
        if facts is None:
            return
        card = next((row for row in facts.cards if card_key(row) == key), None)
        row = next((row for row in facts.rows if key_of(row) == key), None)
        if self._which == CARDS and card is not None:
            self._view.show_chosen(read_card(card, facts), card_deeds(card, facts))
        elif self._which == LEDGER and row is not None:
            self._view.show_chosen(read_told(row, facts), deeds_for(row, facts))
        else:
            self._view.show_chosen(None, ())


def deeds_for(row: SupervisionRow, facts: SupervisionFacts) -> tuple[DeedTold, ...]:
    """What may be done to a supervision, the most likely first; the rest is grey with the reason."""
    each = row.supervision
    if not each.is_open:
        return (DeedTold("open"),)
    waits = facts.is_centre or facts.names.card.unit in each.waiting_for
    answer = [DeedTold("answer_supervision", _why("answer_supervision", facts))] if waits and each.waiting_for else []
    shut = _why("close_supervision", facts) if facts.is_centre else say("supervision.why.centre")
    close = DeedTold("close_supervision", shut)
    if facts.is_centre and each.waiting_for:
        return _main_first([DeedTold("open"), *answer, close])
    return _main_first([*answer, close, DeedTold("open")])


def card_deeds(row: CardRow, facts: SupervisionFacts) -> tuple[DeedTold, ...]:
    """What may be done to a card: shown by a person only."""
    if row.taken_back_at:
        return (DeedTold("open"),)
    name = "show_card" if row.is_suggested else "take_back_card"
    why = _why(name, facts) if facts.is_centre else say("supervision.why.centre")
    first = [DeedTold(name, why), DeedTold("open")]
    return _main_first(first if row.is_suggested else list(reversed(first)))


def _main_first(deeds: list[DeedTold]) -> tuple[DeedTold, ...]:
    main = next(deed for deed in deeds if not deed.why)
    return (main, *(deed for deed in deeds if deed is not main))


def _why(name: str, facts: SupervisionFacts) -> str:
    return "" if name in facts.duties else say("supervision.why.duty")


def _head(which: str, facts: SupervisionFacts) -> str:
    if which == CARDS:
        suggested = sum(row.is_suggested for row in facts.cards)
        shown = sum(not row.is_suggested and not row.taken_back_at for row in facts.cards)
        return say("supervision.head.cards", shown=shown, suggested=suggested)
    waiting = [row for row in facts.rows if row.supervision.is_open]
    if not waiting:
        return say("supervision.head.closed")
    late = sum(is_late(row.supervision, facts.now) for row in waiting)
    return say("supervision.head.open", count=len(waiting), late=late)
