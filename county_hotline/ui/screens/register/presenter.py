"""台账 without Tk: what is searched and filtered, which pages are held, which order is looked at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Protocol

from county_hotline.background import Runner
from county_hotline.domain.views import RegisterPage
from county_hotline.domain.vocabulary import Stage
from county_hotline.errors import HotlineError
from county_hotline.signals import Bulletin, Changes
from county_hotline.ui.screens.register.filters import CHIPS, SINCE, Filters
from county_hotline.ui.screens.register.paging import SIZE, Pages, walk
from county_hotline.ui.screens.register.telling import PeekTold, RowTold, peek_told, row_told
from county_hotline.ui.screens.register.work import RegisterFacts, RegisterWork
from county_hotline.wording import say, sentence, word

Choices = tuple[tuple[str, str], ...]
"""(value, words) of a choice."""


@dataclass(frozen=True, slots=True)
class ChipTold:
    """只看…: its name, words, and whether it is on."""

    name: str
    words: str
    count: int
    is_on: bool


@dataclass(frozen=True, slots=True)
class EmptyTold:
    """What stands in place of rows. `acts` are names the view knows: `first`, `widen`, `clear`."""

    head: str
    words: str
    acts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fetched:
    """One page from the tables, told, with what stands round the list."""

    facts: RegisterFacts
    page: int
    total: int
    rows: tuple[RowTold, ...]
    begins: list[str | None]


class RegisterScreen(Protocol):
    """What the presenter needs of the view."""

    def is_seen(self) -> bool:
        """Whether the page is in front."""
        ...

    def show_head(self, words: str) -> None:
        """The line beside the title."""
        ...

    def show_choices(self, choices: Mapping[str, Choices]) -> None:
        """The lines of each filter."""
        ...

    def show_filters(self, filters: Filters) -> None:
        """What is chosen."""
        ...

    def show_chips(self, chips: tuple[ChipTold, ...]) -> None:
        """The chips."""
        ...

    def show_rows(self, total: int, rows: Mapping[int, RowTold], *, keep: str, fresh: bool) -> None:
        """Some rows by place, of so many."""
        ...

    def show_empty(self, told: EmptyTold) -> None:
        """In place of rows."""
        ...

    def show_peek(self, told: PeekTold | None) -> None:
        """The chosen order."""
        ...

    def open_order(self, number: str) -> None:
        """Go to its page."""
        ...

    def say_search(self, words: str) -> None:
        """What is to be said of what was searched for; empty takes it away."""
        ...

    def fail(self, fault: Exception) -> None:
        """Say a failure."""
        ...


class RegisterPresenter:
    """Asks for what is in sight, one question at a time; the latest wish wins."""

    def __init__(self, view: RegisterScreen, work: RegisterWork, runner: Runner, bulletin: Bulletin) -> None:
        self._view, self._work, self._runner = view, work, runner
        self._filters = Filters()
        self._facts: RegisterFacts | None = None
        self._pages: Pages[RowTold] = Pages()
        self._is_loading = False
        self._wished: tuple[int, bool] | None = None
        self._is_stale = True
        self._in_sight = (0, 0)
        self._chosen = ""
        self._is_between = False
        self._peeking: str | None = None
        self._cancel: Callable[[], None] = bulletin.subscribe(self._news)

    # -- what the view reports --------------------------------------------------------------------------------------

    def shown(self) -> None:
        """In front now: anew if something happened meanwhile, or another day has begun (a window may stay open over night)."""
        if self._is_stale or self._facts is None or self._facts.today != self._work.today():
            self._load(self._in_sight[0] // SIZE, again=True)

    def close(self) -> None:
        """Hear no news any more."""
        self._cancel()

    def search(self, text: str) -> None:
        """Other words to look for."""
        if text.strip() != self._filters.text:
            self._use(replace(self._filters, text=text.strip()))

    def choose_filter(self, name: str, value: str) -> None:
        """Another choice: since, stage, category, agency, order."""
        self._use(self._filters.choosing(name, value))

    def toggle(self, chip: str) -> None:
        """只看…, or no more."""
        self._use(self._filters.with_chip(chip))

    def only(self, chip: str) -> None:
        """只看…, whatever was chosen before."""
        if self._filters.chip != chip:
            self._use(Filters().with_chip(chip))

    def look_into(self, told: str) -> None:
        """Exactly the orders of a figure of 总览 (see `Filters.of_figure`)."""
        self._use(Filters.of_figure(told))

    def widen(self) -> None:
        """放宽到全部."""
        self._use(self._filters.wide())

    def clear(self) -> None:
        """Back to what the page begins with."""
        self._use(Filters())

    def enter(self, text: str) -> None:
        """Enter in the search box: one order meant by its number opens; words without a hit are looked for everywhere."""
        text = text.strip()
        if not text:
            return
        self._runner.run(
            lambda: self._work.order(text).order.number, self._view.open_order, lambda fault: self._not_one(fault, text)
        )

    def need(self, first: int, last: int) -> None:
        """These places are in sight and not held."""
        self._in_sight = (first, last)
        page = self._pages.missing(first, last)
        if page is not None:
            self._load(page, again=False)

    def saw(self, first: int) -> None:
        """The first place in sight: where to go on after news."""
        self._in_sight = (first, first)

    def choose(self, number: str) -> None:
        """This row is chosen; nothing: one that is not here yet, whose number comes with its page."""
        self._is_between = not number
        if number and number != self._chosen:
            self._chosen = number
            self._peek()

    # -- loading ----------------------------------------------------------------------------------------------------

    def _use(self, filters: Filters) -> None:
        if filters == self._filters:
            return
        self._filters = filters
        self._chosen, self._is_between = "", False
        self._view.say_search("")
        self._view.show_filters(filters)
        self._in_sight = (0, 0)
        self._load(0, again=True)

    def _news(self, changes: Changes) -> None:
        if not (changes.work_orders or changes.counts or changes.reference):
            return
        self._is_stale = True
        if self._view.is_seen():
            self._load(self._in_sight[0] // SIZE, again=True)

    def _load(self, page: int, *, again: bool) -> None:
        if self._is_loading:
            self._wished = (page, again or (self._wished is not None and self._wished[1]))
            return
        self._is_loading, self._is_stale = True, False
        filters = self._filters
        begins: list[str | None] = [None] if again else self._pages.begins
        facts = None if again else self._facts
        self._runner.run(
            lambda: self._fetched(filters, page, begins=begins, facts=facts),
            lambda found: self._loaded(filters, found, again=again),
            self._load_failed,
        )

    def _fetched(self, filters: Filters, page: int, *, begins: list[str | None], facts: RegisterFacts | None) -> Fetched:
        """On the desk's lane."""
        facts = facts or self._work.look()
        query = filters.query(facts.today, facts.now)

        def fetch(after: str | None) -> tuple[RegisterPage, str | None]:
            found = self._work.page(query, after=after, limit=SIZE)
            return found, found.next_after

        at, found, known = walk(begins, page, fetch)
        rows = tuple(
            row_told(row, facts.names, self._work.left(row.due_on), today=facts.today, now=facts.now, lamp=facts.lamp)
            for row in found.rows
        )
        return Fetched(facts, at, found.total, rows, known)

    def _loaded(self, filters: Filters, found: Fetched, *, again: bool) -> None:
        self._is_loading = False
        if filters == self._filters:
            first_time = self._facts is None or found.facts.names != self._facts.names
            self._facts = found.facts
            if again:
                self._pages = Pages()
            self._pages.total = found.total
            if len(found.begins) >= len(self._pages.begins):
                self._pages.begins = found.begins
            self._pages.put(found.page, found.rows)
            self._show(first_time=first_time, again=again, fresh=again and found.page == 0 and not self._chosen)
        wished, self._wished = self._wished, None
        if wished is not None:
            self._load(wished[0], again=wished[1])

    def _load_failed(self, fault: Exception) -> None:
        self._is_loading, self._is_stale = False, True
        self._view.fail(fault)

    def _show(self, *, first_time: bool, again: bool, fresh: bool) -> None:
        facts = self._facts
        if facts is None:
            return
        if first_time:
            self._view.show_choices(_choices(facts))
            self._view.show_filters(self._filters)
        total, rows = self._pages.total, self._pages.rows()
        self._view.show_head(self._head(facts, total))
        self._view.show_chips(_chips(facts, self._filters.chip))
        if total == 0:
            self._view.show_empty(_empty(facts, self._filters))
        self._view.show_rows(total, rows, keep=self._chosen if again and not self._is_between else "", fresh=fresh)
        held = {row.number for row in rows.values()}
        if fresh or (self._chosen not in held and total == 0):
            self._chosen = next(iter(rows.values())).number if rows else ""
        self._peek()

    def _head(self, facts: RegisterFacts, total: int) -> str:
        if facts.everything == 0:
            return say("register.none")
        if self._filters.figure is not None:
            return say("register.figure", words=self._filters.figure_words, total=total)
        order = say("register.by_due" if self._filters.by_due else "register.by_time")
        if not self._filters.is_narrow and not self._filters.text:
            return say("register.all", total=facts.everything, order=order)
        return say("register.some", everything=facts.everything, total=total, order=order)

    # -- the chosen order -------------------------------------------------------------------------------------------

    def _peek(self) -> None:
        if not self._chosen:
            self._view.show_peek(None)
        elif self._peeking is None:
            number = self._peeking = self._chosen
            self._runner.run(lambda: self._peeked(number), self._show_peek, self._peek_failed)

    def _peeked(self, number: str) -> PeekTold:
        """On the desk's lane."""
        facts = self._facts or self._work.look()
        return peek_told(
            self._work.order(number), facts.names, self._work.left, today=self._work.today(), now=facts.now, lamp=facts.lamp
        )

    def _show_peek(self, told: PeekTold) -> None:
        asked, self._peeking = self._peeking, None
        if asked == self._chosen:
            self._view.show_peek(told)
        else:
            self._peek()

    def _peek_failed(self, fault: Exception) -> None:
        self._peeking = None
        self._view.fail(fault)

    def _not_one(self, fault: Exception, text: str) -> None:
        if not isinstance(fault, HotlineError):
            self._view.fail(fault)
        elif fault.code == "R191":
            self._view.say_search(sentence(fault))
        elif self._pages.total == 0 and self._filters.is_narrow and text == self._filters.text:
            self.widen()


def _chips(facts: RegisterFacts, on: str) -> tuple[ChipTold, ...]:
    counts = {"late": facts.late, "waiting": facts.waiting, "clashes": facts.clashes}
    return tuple(ChipTold(name, say(f"register.chip.{name}", count=counts[name]), counts[name], name == on) for name in CHIPS)


def _choices(facts: RegisterFacts) -> dict[str, Choices]:
    everything = ("", say("register.everything"))
    tops = [c for c in facts.names.categories.values() if not c.parent]
    agencies = sorted(facts.names.agencies.values(), key=lambda agency: agency.code)
    return {
        "since": tuple((name, say(f"register.since.{name}")) for name in SINCE),
        "stage": (
            ("open", say("register.stage.open")),
            ("all", everything[1]),
            *((str(int(stage)), word(stage)) for stage in Stage),
        ),
        "category": (everything, *((c.code, c.name) for c in tops)),
        "agency": (everything, *((a.code, a.short_name or a.name) for a in agencies)),
        "order": (("due", say("register.order.due")), ("time", say("register.order.time"))),
    }


def _empty(facts: RegisterFacts, filters: Filters) -> EmptyTold:
    if facts.everything == 0:
        return EmptyTold(say("register.empty.head"), say("register.empty.words"), ("first",))
    if filters.text:
        where = say("register.empty.within" if filters.is_narrow else "register.empty.anywhere", total=facts.everything)
        return EmptyTold(
            say("register.empty.no_text", text=filters.text), where, ("widen", "clear") if filters.is_narrow else ("clear",)
        )
    if filters.chip:
        return EmptyTold(say(f"register.empty.{filters.chip}"), say("register.empty.good"), ("clear",))
    return EmptyTold(say("register.empty.no_match"), say("register.empty.narrow", total=facts.everything), ("widen", "clear"))
