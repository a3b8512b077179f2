"""日历: which days are working days in China, from the State Council's yearly papers; years without a paper are provisional.

A paper may name days of the year before (元旦 made up in December), so a day is what the last paper that names it says.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from enum import Enum
from typing import Final

import msgspec

from county_hotline.domain.reading import read_toml
from county_hotline.errors import BadInput

ONE_DAY: Final = timedelta(days=1)
FIXED_BY_LAW: Final = ((1, 1), (5, 1), (5, 2), (10, 1), (10, 2), (10, 3))
"""Days off by law in every year since 2025 that need no lunar calendar: all that is known of a year without any paper."""
NEXT_PAPER_REACHES_BACK_TO: Final = (12, 25)
"""From here on a December day may still be changed by the next year's paper (it was, back to the 29th, in 2006 to 2022)."""


class DayKind(str, Enum):
    """What a day is, and so why it counts or does not."""

    WORKDAY = "workday"  # 工作日
    MADE_UP = "made_up"  # 调休上班
    WEEKEND = "weekend"  # 周末
    HOLIDAY = "holiday"  # 节假日
    COUNTY_REST = "county_rest"  # 县休息日


class YearCalendar(msgspec.Struct, frozen=True):
    """One year's paper: days off and make-up working days (调休上班) it names. Not announced: an estimate from the law."""

    year: int
    off: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()
    announced: bool = True
    papers: tuple[str, ...] = ()
    """Where the paper stands."""


class Calendar:
    """Every paper known here. Pure value: the same papers give the same days for ever."""

    def __init__(self, years: Mapping[int, YearCalendar], version: str = "", rest_days: frozenset[date] = frozenset()) -> None:
        self.years = dict(years)
        self.version = version
        self.rest_days = rest_days
        """县休息日: no working days in this county, whatever a paper says."""
        self._is_off: dict[date, bool] = {}
        for paper in sorted(self.years.values(), key=lambda paper: (paper.announced, paper.year)):
            self._is_off.update(dict.fromkeys(paper.off, True))
            self._is_off.update(dict.fromkeys(paper.workdays, False))

    def is_workday(self, day: date) -> bool:
        """By paper where one names the day, else by the week (and, in a year with no paper at all, the days fixed by law).

        A rest day the county set for itself is none.
        """
        if day in self.rest_days:
            return False
        named = self._is_off.get(day)
        if named is not None:
            return not named
        if day.year not in self.years and (day.month, day.day) in FIXED_BY_LAW:
            return False
        return day.isoweekday() <= 5

    def is_announced(self, year: int) -> bool:
        """Whether that year's own paper is here."""
        return year in self.years and self.years[year].announced

    def is_settled(self, day: date) -> bool:
        """Whether no paper still to come can change this day."""
        if day in self.rest_days:
            return True
        if (day.month, day.day) >= NEXT_PAPER_REACHES_BACK_TO and not self.is_announced(day.year + 1):
            return False
        return self.is_announced(day.year)

    def is_named(self, day: date) -> bool:
        """Whether a paper says otherwise than the week does."""
        return self.is_workday(day) != (day.isoweekday() <= 5)

    def kind_of(self, day: date) -> DayKind:
        """What the day is. A weekend day that a paper names as off is part of the holiday."""
        if self.is_workday(day):
            return DayKind.MADE_UP if day.isoweekday() > 5 else DayKind.WORKDAY
        if day in self.rest_days:
            return DayKind.COUNTY_REST
        if day.isoweekday() <= 5 or self._is_off.get(day):
            return DayKind.HOLIDAY
        return DayKind.WEEKEND

    def workdays_after(self, day: date) -> Iterator[date]:
        """The working days after `day`, without end."""
        while True:
            day += ONE_DAY
            if self.is_workday(day):
                yield day

    def workdays_before(self, day: date) -> Iterator[date]:
        """The working days before `day`, backwards, without end."""
        while True:
            day -= ONE_DAY
            if self.is_workday(day):
                yield day

    def with_papers(self, papers: Iterable[YearCalendar], version: str) -> Calendar:
        """This calendar with more papers; a paper of a year already here replaces it."""
        return Calendar({**self.years, **{paper.year: paper for paper in papers}}, version, self.rest_days)

    def with_rest_days(self, days: Iterable[date], version: str = "") -> Calendar:
        """This calendar with the county's own rest days in place of those before; its version is kept where none is given."""
        return Calendar(self.years, version or self.version, frozenset(days))


class _Year(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    year: int
    off: tuple[str, ...] = ()
    """ISO dates, or `2026-02-15..2026-02-23`."""
    workdays: tuple[str, ...] = ()
    announced: bool = True
    papers: tuple[str, ...] = ()


class _File(msgspec.Struct, frozen=True):
    version: str
    year: tuple[_Year, ...]


def calendar_from(text: str) -> Calendar:
    """A calendar file. Raises BadInput I108 naming line and key."""
    file = read_toml(text, _File, code="I108")
    years: dict[int, YearCalendar] = {}
    for found in file.year:
        if found.year in years:
            raise BadInput("I108", line=_line_with(text, f"year = {found.year}"), key=str(found.year))
        off, workdays = _days(found.off, text), _days(found.workdays, text)
        if off & workdays:
            day = min(off & workdays).isoformat()
            raise BadInput("I108", line=_line_with(text, day), key=day)
        years[found.year] = YearCalendar(found.year, off, workdays, found.announced, found.papers)
    return Calendar(years, file.version)


def _days(spans: Iterable[str], text: str) -> frozenset[date]:
    return frozenset(day for span in spans for day in _span(span, text))


def _span(span: str, text: str) -> Iterator[date]:
    first_text, _, last_text = span.partition("..")
    try:
        first = date.fromisoformat(first_text)
        last = date.fromisoformat(last_text) if last_text else first
    except ValueError as exc:
        raise BadInput("I108", line=_line_with(text, span), key=span) from exc
    if not first <= last <= first + 31 * ONE_DAY:
        raise BadInput("I108", line=_line_with(text, span), key=span)
    while first <= last:
        yield first
        first += ONE_DAY


def _line_with(text: str, words: str) -> int:
    return next((place for place, line in enumerate(text.splitlines(), start=1) if words in line), 0)
