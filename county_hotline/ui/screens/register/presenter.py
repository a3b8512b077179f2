"""台账 without Tk: what is searched and filtered, how it is sorted, which columns, which order is looked at, which are ticked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from county_hotline.background import Runner
from county_hotline.domain.views import RegisterSort
from county_hotline.errors import HotlineError
from county_hotline.signals import Bulletin, Changes
from county_hotline.ui.screens.register import page_words
from county_hotline.ui.screens.register.filters import Filters
from county_hotline.ui.screens.register.loading import Loaded, Loading
from county_hotline.ui.screens.register.paging import SIZE
from county_hotline.ui.screens.register.peeking import Peeking
from county_hotline.ui.screens.register.screen import Listed, RegisterScreen
from county_hotline.ui.screens.register.ticked import TickKeeper
from county_hotline.ui.screens.register.work import Liking, RegisterFacts, RegisterWork
from county_hotline.wording import say, sentence


class RegisterPresenter:
    """Asks for what is in sight; `ticks` keeps what is ticked."""

    def __init__(self, view: RegisterScreen, work: RegisterWork, runner: Runner, bulletin: Bulletin) -> None:
        self._view, self._work, self._runner = view, work, runner
        self._filters = Filters()
        self._liking: Liking | None = None
        self._loading = Loading(work, runner, loaded=self._loaded, failed=self._load_failed)
        self._peeking = Peeking(view, work, runner, self._loading)
        self.ticks = TickKeeper(view, self._loading, self._ask_numbers)
        self._is_stale = True
        self._in_sight = (0, 0)
        self._chosen = ""
        self._is_between = False
        self._cancel: Callable[[], None] = bulletin.subscribe(self._news)

    # -- what the view reports --------------------------------------------------------------------------------------

    def shown(self) -> None:
        """In front now: anew if something happened meanwhile, or another day has begun (a window may stay open over night)."""
        if self._liking is None:
            self._runner.run(self._work.liking, self._liked_first, self._view.fail)
        elif self._is_stale or self._loading.facts is None or self._loading.facts.today != self._work.today():
            self._is_stale = True
            self._load(self._in_sight[0] // SIZE, again=True)

    def close(self) -> None:
        """Hear no news any more."""
        self._cancel()

    def search(self, text: str) -> None:
        """Other words to look for."""
        if text.strip() != self._filters.text:
            self._use(replace(self._filters, text=text.strip()))

    def choose_filter(self, name: str, value: str) -> None:
        """Another choice, by its name among `Filters`."""
        self._use(self._filters.choosing(name, value))

    def choose_all(self, filters: Filters) -> None:
        """All of them at once, as the filter pane leaves them."""
        self._use(filters)

    def take_away(self, name: str) -> None:
        """One choice less."""
        self._use(self._filters.without(name))

    def toggle(self, chip: str) -> None:
        """只看…, or no more."""
        self._use(self._filters.with_chip(chip))

    def only(self, chip: str) -> None:
        """只看…, whatever was chosen before."""
        if self._filters.chip != chip:
            self._use(self._filters.begun_anew().with_chip(chip))

    def look_into(self, told: str) -> None:
        """Exactly the orders of a figure of 总览 (see `Filters.of_figure`)."""
        self._use(Filters.of_figure(told))

    def of_cluster(self, told: str) -> None:
        """Every order of one matter (see `Filters.of_cluster`)."""
        self._use(Filters.of_cluster(told))

    def widen(self) -> None:
        """放宽到全部."""
        self._use(self._filters.wide())

    def clear(self) -> None:
        """Back to what the page begins with."""
        self._use(self._filters.begun_anew())

    def sort(self, sort: RegisterSort | None) -> None:
        """By this; once more: the other way round. Kept for the officer. None: by a column that has no order."""
        if sort is None:
            self._view.say_done(say("register.sort.cannot"))
            return
        turned = self._filters.sort is sort and not self._filters.is_reversed
        self._use(self._filters.sorted_by(sort, is_reversed=turned))
        self._keep(lambda: self._work.like_sort(sort, is_reversed=turned))

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
        page = self._loading.pages.missing(first, last)
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

    @property
    def facts(self) -> RegisterFacts | None:
        """What stands round the list, once it has come."""
        return self._loading.facts

    def listed(self) -> Listed | None:
        """What files and acts on many are about; None while nothing is listed."""
        facts = self._loading.facts
        if facts is None:
            return None
        told = page_words.said(page_words.parts(self._filters, facts))
        return Listed(self._filters, self._loading.pages.total, self._count(), self.ticks.numbers, told, facts.today, facts.now)

    # -- what the officer likes -------------------------------------------------------------------------------------

    def like_columns(self, columns: tuple[str, ...]) -> None:
        """Other columns; none for what everybody has."""
        self._keep(lambda: self._work.like_columns(columns))

    def save_filter(self, name: str) -> None:
        """常用筛选: all that is chosen now, under a name."""
        self._keep(lambda: self._work.save_filter(name, self._filters.kept()), say("register.saved.done", name=name.strip()))

    def drop_filter(self, name: str) -> None:
        """One less, until it is taken back."""
        gone = [kept for each, kept in (self._liking.saved if self._liking else ()) if each == name]
        self._keep(lambda: self._work.drop_filter(name))
        for kept in gone:
            words = say("register.saved.dropped", name=name)
            self._view.offer_undo(words, lambda kept=kept: self._keep(lambda: self._work.save_filter(name, kept)))  # type: ignore[misc]

    def recall(self, place: int) -> None:
        """The so-manieth of the kept filters (from 0), with its search and sort."""
        saved = self._liking.saved if self._liking else ()
        if place < len(saved):
            name, kept = saved[place]
            self._use(Filters.of_kept(kept))
            self._view.say_done(say("register.saved.used", name=name))

    def _keep(self, work: Callable[[], Liking], said: str = "") -> None:
        def kept(liking: Liking) -> None:
            self._liking = liking
            self._view.show_liking(liking)
            if said:
                self._view.say_done(said)

        self._runner.run(work, kept, self._view.fail)

    def _liked_first(self, liking: Liking) -> None:
        self._liking = liking
        self._view.show_liking(liking)
        if self._filters.figure is None:
            self._filters = self._filters.sorted_by(liking.sort, is_reversed=liking.is_reversed)
        self._load(0, again=True)

    # -- loading ----------------------------------------------------------------------------------------------------

    def _use(self, filters: Filters) -> None:
        if filters == self._filters:
            return
        self._filters = filters
        self._chosen, self._is_between = "", False
        self._view.say_search("")
        self._show_filters()
        self._in_sight = (0, 0)
        self._load(0, again=True)

    def _show_filters(self) -> None:
        if self._loading.facts is not None:
            told = page_words.parts(self._filters, self._loading.facts)
            self._view.show_filters(self._filters, told, page_words.said(told))

    def _news(self, changes: Changes) -> None:
        if not (changes.work_orders or changes.counts or changes.reference):
            return
        self._is_stale = True
        if self._view.is_seen():
            self._load(self._in_sight[0] // SIZE, again=True)

    def _load(self, page: int, *, again: bool) -> None:
        was_stale, self._is_stale = self._is_stale, False
        self._view.show_looking(on=True)
        self._loading.load(self._filters, page, again=again or was_stale, anew=was_stale)

    def _loaded(self, told: Loaded) -> None:
        self._view.show_looking(on=False)
        facts, again = self._loading.facts, told.again
        if facts is None:
            return
        fresh = again and told.page == 0 and not self._chosen
        if told.are_names_new:
            self._view.show_choices(page_words.choices(facts))
        if again:
            self._show_filters()
        total, rows = self._loading.pages.total, self._loading.pages.rows()
        self._view.show_head(page_words.head(self._filters, facts, self._count()))
        self._view.show_chips(page_words.chips(facts, self._filters.chip))
        if total == 0:
            self._view.show_empty(page_words.empty(self._filters, facts))
        keep = self._chosen if again and not self._is_between else ""
        self._view.show_rows(total, rows, keep=keep, fresh=fresh, count=self._count())
        held = {row.number for row in rows.values()}
        if fresh or (self._chosen not in held and total == 0):
            self._chosen = next(iter(rows.values())).number if rows else ""
        self.ticks.rows_changed()
        self._peek()

    def _count(self) -> str:
        return page_words.count(self._loading.pages.total, more=self._loading.is_more)

    def _peek(self) -> None:
        self._peeking.look(self._chosen, self._filters.text)

    def _ask_numbers(self, limit: int, done: Callable[[tuple[str, ...]], None]) -> None:
        listed = self.listed()
        if listed is not None and listed.total:
            query = listed.filters.query(listed.today, listed.now)
            self._runner.run(lambda: self._work.numbers(query, limit=limit), done, self._view.fail)

    def _load_failed(self, fault: Exception) -> None:
        self._is_stale = True
        self._view.show_looking(on=False)
        self._view.fail(fault)

    def _not_one(self, fault: Exception, text: str) -> None:
        if not isinstance(fault, HotlineError):
            self._view.fail(fault)
        elif fault.code == "R191":
            self._view.say_search(sentence(fault))
        elif self._loading.pages.total == 0 and self._filters.is_narrow and text == self._filters.text:
            self.widen()
