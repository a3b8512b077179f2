"""现场 without Tk: which calls are listed, what may be done to the chosen one, and who is signed in on the spot."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from county_hotline.background import Runner
from county_hotline.domain.standing_parts import Call
from county_hotline.domain.views import CallRow
from county_hotline.errors import HotlineError
from county_hotline.signals import Bulletin, Changes
from county_hotline.ui.finding_orders import OrderLines, find_orders
from county_hotline.ui.looking import Looking, still_chosen
from county_hotline.ui.screens.site.telling import (
    CallTold,
    arrival_time,
    call_told,
    is_asked,
    key_of,
    owes_score,
    read_told,
    waits_for_arrivals,
    when_words,
)
from county_hotline.ui.screens.site.work import SiteFacts, SiteWork
from county_hotline.ui.telling.deeds import DeedTold
from county_hotline.ui.telling.reading import ReadTold
from county_hotline.wording import say, sentence


@dataclass(frozen=True, slots=True)
class ArrivalsTold:
    """报到 of one call: whom to choose from, and who has come, the latest first."""

    head: str
    beside: str
    units: tuple[tuple[str, str], ...]
    """(code, words): called units, those nobody came for first."""
    next_unit: str
    came: tuple[tuple[str, str, str], ...]
    """(unit, who, when)."""
    hint: str


class SiteScreen(Protocol):
    """What the presenter needs of the view."""

    def is_seen(self) -> bool:
        """Whether the page is in front."""
        ...

    def show_head(self, words: str) -> None:
        """The line beside the title."""
        ...

    def show_rows(self, rows: tuple[CallTold, ...], *, keep: str) -> None:
        """The list."""
        ...

    def show_empty(self, head: str, words: str) -> None:
        """What stands in place of rows."""
        ...

    def show_call(self, told: ReadTold | None, deeds: tuple[DeedTold, ...]) -> None:
        """The chosen call and what may be done to it; the first deed is the main one."""
        ...

    def show_arrivals(self, told: ArrivalsTold | None) -> None:
        """The form of 报到 in place of the pane; None takes it away."""
        ...

    def clear_arrival(self, unit: str) -> None:
        """The form empty again for the next one."""
        ...

    def put_back_arrival(self, typed: dict[str, str], words: str, field: str) -> None:
        """What could not be recorded, with the reason."""
        ...

    def murmur(self, words: str) -> None:
        """A line that fades."""
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


class SitePresenter:
    """One look at a time; what is chosen stays chosen."""

    def __init__(self, view: SiteScreen, work: SiteWork, runner: Runner, bulletin: Bulletin) -> None:
        self._view, self._work, self._runner = view, work, runner
        self._facts: SiteFacts | None = None
        self._open_only = True
        self._chosen = ""
        self._is_signing = False
        self._looking = Looking(runner, ask=self._question, show=self._looked, fail=view.fail)
        self._cancel: Callable[[], None] = bulletin.subscribe(self._news)

    # -- what the view reports --------------------------------------------------------------------------------------

    def shown(self) -> None:
        """In front now: the time has moved on, so always look."""
        self._looking.look()

    def close(self) -> None:
        """Hear no news any more."""
        self._cancel()

    def show_only_open(self, *, yes: bool) -> None:
        """未完, or all of them."""
        if yes != self._open_only:
            self._open_only = yes
            self._looking.look()

    def choose(self, key: str) -> None:
        """This row is chosen."""
        if key != self._chosen:
            self._chosen = key
            self.leave_arrivals()
            self._show_chosen()

    def do(self, name: str) -> None:
        """An act on the chosen call: 报到 in the page, everything else on the order's page."""
        row = self._row()
        if row is None:
            return
        if name == "sign_arrival":
            self._is_signing = True
            self._view.show_arrivals(self._arrivals(row))
        else:
            self._view.go("order", row.number if name == "open" else f"{row.number} {name}")

    def leave_arrivals(self) -> None:
        """Back to the call."""
        if self._is_signing:
            self._is_signing = False
            self._view.show_arrivals(None)

    def arrive(self, typed: dict[str, str]) -> None:
        """报到, one person: the form is empty for the next one before this one is written down."""
        row, facts = self._row(), self._facts
        if row is None or facts is None:
            return
        if not typed["agency"] or not typed["name"].strip():
            field = "name" if typed["agency"] else "agency"
            self._view.put_back_arrival(typed, say(f"site.arrival.missing.{field}"), field)
            return
        given = {**typed, "arrived_at": arrival_time(typed["arrived_at"], row.call.called.meet_at, facts.now)}
        given |= {"call": row.call.called.call, "caller": row.call.called.caller}
        self._view.clear_arrival(self._following(row, typed["agency"]))
        self._runner.run(
            lambda: self._work.arrive(row.number, given),
            lambda _none: self._view.murmur(say("site.arrival.done", name=typed["name"].strip())),
            lambda fault: self._not_recorded(typed, fault),
        )

    def find_orders(self, text: str) -> None:
        """新呼叫 begins with an order."""
        view = self._view
        find_orders(text, self._runner, find=self._work.find_orders, offer=view.offer_orders, fail=view.fail)

    # -- its own affairs --------------------------------------------------------------------------------------------

    def _news(self, changes: Changes) -> None:
        if (changes.work_orders or changes.reference) and self._view.is_seen():
            self._looking.look()

    def _question(self) -> Callable[[], SiteFacts]:
        open_only = self._open_only
        return lambda: self._work.look(open_only=open_only)

    def _looked(self, facts: SiteFacts) -> None:
        self._facts = facts
        chosen = still_chosen(self._chosen, [key_of(row) for row in facts.rows])
        if chosen != self._chosen:
            self._chosen = chosen
            self.leave_arrivals()
        self._view.show_head(_head(facts, open_only=self._open_only))
        self._view.show_empty(*_empty(open_only=self._open_only))
        self._view.show_rows(tuple(call_told(row, facts) for row in facts.rows), keep=self._chosen)
        self._show_chosen()
        row = self._row()
        if self._is_signing and row is not None:
            self._view.show_arrivals(self._arrivals(row))

    def _row(self) -> CallRow | None:
        rows = self._facts.rows if self._facts else ()
        return next((row for row in rows if key_of(row) == self._chosen), None)

    def _show_chosen(self) -> None:
        row, facts = self._row(), self._facts
        if row is None or facts is None:
            self._view.show_call(None, ())
        else:
            self._view.show_call(read_told(row, facts), deeds_for(row.call, facts))

    def _arrivals(self, row: CallRow) -> ArrivalsTold:
        facts, call = self._facts, row.call
        assert facts is not None
        names = facts.names
        ordered = (*call.absent, *(each for each in call.called.agencies if each not in call.absent))
        units = tuple((code, names.short(code)) for code in ordered)
        came = tuple(
            (names.short(each.agency), f"{each.name} {each.post}".strip(), when_words(each.arrived_at, facts.now))
            for each in reversed(call.arrivals)
        )
        return ArrivalsTold(
            say("site.arrivals", where=call.called.meet_where),
            say("site.came.beside", came=len(call.called.agencies) - len(call.absent), called=len(call.called.agencies)),
            units,
            units[0][0] if units else "",
            came,
            say("site.arrival.hint"),
        )

    def _following(self, row: CallRow, unit: str) -> str:
        """Which unit the next one is likely to be of: the next nobody came for."""
        others = [each for each in row.call.absent if each != unit]
        return others[0] if others else unit

    def _not_recorded(self, typed: dict[str, str], fault: Exception) -> None:
        if not isinstance(fault, HotlineError):
            self._view.fail(fault)
            return
        field = str(fault.details.get("field", ""))
        words = say("site.arrival.not_recorded", name=typed["name"].strip(), why=sentence(fault))
        self._view.put_back_arrival(typed, words, field)


def deeds_for(call: Call, facts: SiteFacts) -> tuple[DeedTold, ...]:
    """What may be done to a call as it stands, the most likely first; without the duty it is grey and says so."""
    names = []
    if is_asked(call, facts) and not facts.sees_all:
        names.append("answer_call")
    if waits_for_arrivals(call):
        names += ["sign_arrival", "find"]
    elif call.is_open:
        names += ["find", "sign_arrival"]
    if owes_score(call, facts):
        names.append("score_call")
    if call.is_open:
        names += [name for name in ("answer_call", "cancel_call") if name not in names]
    why = say("site.why.duty")
    deeds = [DeedTold(name, "" if name in facts.duties else why) for name in names]
    allowed = [deed for deed in deeds if not deed.why]
    if not allowed:
        return (DeedTold("open"), *deeds)
    return (allowed[0], *(deed for deed in deeds if deed is not allowed[0]), DeedTold("open"))


def _head(facts: SiteFacts, *, open_only: bool) -> str:
    if not facts.rows:
        return ""
    waiting = [row.call for row in facts.rows if row.call.is_open]
    if not waiting:
        return say("site.head.none" if not open_only else "site.head.scores", count=len(facts.rows))
    first = min(waiting, key=lambda call: call.called.meet_at)
    when = when_words(first.called.meet_at, facts.now)
    return say("site.head.open", count=len(waiting), when=when, where=first.called.meet_where)


def _empty(*, open_only: bool) -> tuple[str, str]:
    which = "open" if open_only else "all"
    return say(f"site.empty.{which}"), say(f"site.empty.{which}.words")
