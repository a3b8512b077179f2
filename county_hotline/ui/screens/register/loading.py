"""How 台账 comes by its rows: one question at a time, the latest wish wins, an answer to an older one is dropped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from county_hotline.background import Runner
from county_hotline.domain.views import RegisterPage, RegisterQuery
from county_hotline.ui.screens.register.filters import Filters
from county_hotline.ui.screens.register.paging import SIZE, TOP, Begins, Pages, reach
from county_hotline.ui.screens.register.telling import Now, RowTold, row_told
from county_hotline.ui.screens.register.work import RegisterFacts, RegisterWork

OLD_MS = 60_000


@dataclass(frozen=True, slots=True)
class Loaded:
    """What has come."""

    again: bool
    """From the beginning, not one page more."""
    page: int
    are_names_new: bool


@dataclass(frozen=True, slots=True)
class _Fetched:
    facts: RegisterFacts
    page: int
    total: int
    is_more: bool
    rows: tuple[RowTold, ...]
    begins: Begins


class Loading:
    """`load(filters, page)`, then `pages` and `facts` hold what there is and `loaded` is told."""

    def __init__(
        self, work: RegisterWork, runner: Runner, *, loaded: Callable[[Loaded], None], failed: Callable[[Exception], None]
    ) -> None:
        self._work, self._runner = work, runner
        self._told, self._failed = loaded, failed
        self.facts: RegisterFacts | None = None
        self.pages: Pages[RowTold] = Pages()
        self.is_more = False
        """There may be more rows than `pages.total`: it grows as one reads on."""
        self._filters = Filters()
        self._is_loading = False
        self._wished: tuple[int, bool, bool] | None = None

    def load(self, filters: Filters, page: int, *, again: bool, anew: bool = False) -> None:
        """These rows; `again`: from the beginning; `anew`: with all that stands round them, else only where that has grown old."""
        self._filters = filters
        if self._is_loading:
            before = self._wished or (0, False, False)
            self._wished = (page, again or before[1], anew or before[2])
            return
        self._is_loading = True
        begins = TOP if again else self.pages.begins
        facts = None if anew or (again and self._is_old()) else self.facts
        self._runner.run(
            lambda: self._fetched(filters, page, begins=begins, facts=facts),
            lambda found: self._loaded(filters, found, again=again),
            self._load_failed,
        )

    def _fetched(self, filters: Filters, page: int, *, begins: Begins, facts: RegisterFacts | None) -> _Fetched:
        """On the desk's lane."""
        facts = facts or self._work.look()
        query = filters.query(facts.today, facts.now)

        def fetch(after: str | None) -> tuple[RegisterPage, str | None]:
            found = self._work.page(query, after=after, limit=SIZE)
            return found, found.next_after

        at, found, known = reach(
            begins,
            page,
            fetch=fetch,
            leap=lambda after, rows: self._work.further(query, after=after, rows=rows),
            last=lambda: self._last(query),
        )
        now = Now(facts.today, facts.now, facts.lamp, filters.text, facts.campaigns)
        rows = tuple(row_told(row, facts.names, self._work.left(row.due_on), now) for row in found.rows)
        return _Fetched(facts, at, found.total, found.is_more, rows, known)

    def _is_old(self) -> bool:
        """News bring counts and names anew; the hour must not grow old either: what is late is late by it."""
        return self.facts is None or self._work.now() - self.facts.now > OLD_MS

    def _last(self, query: RegisterQuery) -> int:
        return max(0, self._work.page(query, after=None, limit=1).total - 1) // SIZE

    def _loaded(self, filters: Filters, found: _Fetched, *, again: bool) -> None:
        self._is_loading = False
        wished, self._wished = self._wished, None
        if filters == self._filters:
            are_names_new = self.facts is None or found.facts.names != self.facts.names
            self.facts = found.facts
            if again:
                self.pages = Pages()
            self.pages.total, self.is_more = max(found.total, 0 if again else self.pages.total), found.is_more
            self.pages.begins = {**self.pages.begins, **found.begins}
            self.pages.put(found.page, found.rows)
            self._told(Loaded(again, found.page, are_names_new))
        if wished is not None:
            self.load(self._filters, wished[0], again=wished[1], anew=wished[2])

    def _load_failed(self, fault: Exception) -> None:
        self._is_loading, self._wished = False, None
        self._failed(fault)
