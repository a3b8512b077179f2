"""Working days: twenty years against an oracle of another make, the rule of the last paper, and the years nobody has announced."""

from __future__ import annotations

import zlib
from datetime import date, timedelta

import pytest

from county_hotline.domain.calendars import Calendar, YearCalendar, calendar_from
from county_hotline.errors import BadInput
from tests.support.source import PACKAGE

TEXT = (PACKAGE / "data" / "calendar" / "china.toml").read_text(encoding="utf-8")
CHINA = calendar_from(TEXT)

ORACLE = {
    2007: ("20 17 22 23 18 21 22 23 22 18 22 21", 0xCC63D69D),
    2008: ("22 18 21 21 21 20 23 21 21 20 20 23", 0xFA7EDA98),
    2009: ("17 21 22 21 19 22 23 21 23 17 21 23", 0x2C827AC4),
    2010: ("20 17 23 21 20 21 22 22 22 17 22 23", 0x4864AAA8),
    2011: ("21 16 23 20 21 21 21 23 21 18 22 23", 0x534B7900),
    2012: ("17 21 23 19 22 20 22 23 21 18 22 21", 0x468708E4),
    2013: ("22 17 21 21 22 19 23 22 21 19 21 22", 0x975CBDDC),
    2014: ("22 17 21 21 21 20 23 21 22 19 20 23", 0x1AD0DE5A),
    2015: ("21 17 22 21 20 21 23 21 21 18 21 23", 0x4FD514CA),
    2016: ("20 18 23 20 21 21 21 23 21 18 22 22", 0x1BC6FEF8),
    2017: ("19 19 23 19 21 22 21 23 22 17 22 21", 0x9B4AD7A9),
    2018: ("22 17 22 20 22 20 22 23 21 18 22 21", 0x4825AE59),
    2019: ("22 17 21 22 21 19 23 22 21 19 21 22", 0xEDA5D20E),
    2020: ("17 20 22 22 19 21 23 21 23 17 21 23", 0xBD797E0A),
    2021: ("20 17 23 22 19 21 22 22 22 17 22 23", 0xA48F0996),
    2022: ("21 16 23 21 20 21 21 23 21 18 22 22", 0x64CD00BD),
    2023: ("18 20 23 20 21 21 21 23 20 19 22 21", 0xBD66ED3C),
    2024: ("22 18 21 22 21 19 23 22 21 19 21 22", 0xD9308679),
    2025: ("19 19 21 22 19 20 23 21 23 18 20 23", 0x1BAE4995),
    2026: ("21 16 22 21 19 21 23 21 22 18 21 23", 0x5A9A5650),
}
"""Working days of each month, and the CRC of the year's days as a text of 1 and 0. From a list made apart from our file."""


def days_of(year: int) -> list[date]:
    first = date(year, 1, 1)
    return [first + timedelta(step) for step in range((date(year + 1, 1, 1) - first).days)]


@pytest.mark.parametrize("year", ORACLE)
def test_every_day_of_twenty_years_is_as_the_papers_have_it(year: int) -> None:
    counts, crc = ORACLE[year]
    days = days_of(year)

    months = [sum(CHINA.is_workday(day) for day in days if day.month == month) for month in range(1, 13)]

    assert " ".join(map(str, months)) == counts
    assert zlib.crc32("".join("1" if CHINA.is_workday(day) else "0" for day in days).encode()) == crc


@pytest.mark.parametrize(
    ("day", "works", "why"),
    [
        (date(2026, 2, 14), True, "a Saturday made up for 春节"),
        (date(2026, 2, 16), False, "春节"),
        (date(2026, 10, 10), True, "a Saturday made up for 国庆节"),
        (date(2026, 11, 21), False, "a plain Saturday"),
        (date(2026, 11, 23), True, "a plain Monday"),
        (date(2006, 12, 30), True, "named by the paper of the year after"),
        (date(2015, 9, 3), False, "a day off of that year alone"),
    ],
)
def test_chosen_days(day: date, works: bool, why: str) -> None:
    assert CHINA.is_workday(day) is works, why


def test_the_last_paper_that_names_a_day_holds() -> None:
    first = YearCalendar(2026, off=frozenset({date(2026, 12, 31)}))
    second = YearCalendar(2027, workdays=frozenset({date(2026, 12, 31)}))

    assert not Calendar({2026: first}).is_workday(date(2026, 12, 31))
    assert Calendar({2027: second, 2026: first}).is_workday(date(2026, 12, 31))


def test_an_estimate_never_overrules_a_paper() -> None:
    paper = YearCalendar(2026, workdays=frozenset({date(2027, 1, 2)}))
    guess = YearCalendar(2027, off=frozenset({date(2027, 1, 2)}), announced=False)

    assert Calendar({2026: paper, 2027: guess}).is_workday(date(2027, 1, 2))


def test_a_year_without_its_paper_is_provisional_but_answers() -> None:
    assert not CHINA.is_announced(2027)
    assert not CHINA.is_workday(date(2027, 1, 1))
    assert CHINA.is_workday(date(2027, 1, 4))
    assert not CHINA.is_workday(date(2031, 10, 1)), "fixed by law in a year of which nothing is known"
    assert CHINA.is_workday(date(2031, 9, 30))


def test_the_last_days_of_a_year_are_settled_only_by_the_next_years_paper() -> None:
    assert CHINA.is_settled(date(2026, 12, 24))
    assert not CHINA.is_settled(date(2026, 12, 25))
    assert CHINA.is_settled(date(2025, 12, 31))


def test_no_paper_ever_reached_back_further_than_that() -> None:
    reached = [day for paper in CHINA.years.values() for day in paper.off | paper.workdays if day.year < paper.year]

    assert len(reached) > 5
    assert min((day.month, day.day) for day in reached) >= (12, 25)


def test_a_new_years_paper_makes_it_settled() -> None:
    paper = YearCalendar(2027, off=frozenset({date(2027, 1, 1)}))

    announced = CHINA.with_papers([paper], "2027")

    assert announced.is_settled(date(2026, 12, 31))
    assert announced.is_announced(2027)
    assert announced.version == "2027"
    assert not CHINA.is_announced(2027), "the old calendar is as it was"


@pytest.mark.parametrize(
    ("text", "line", "key"),
    [
        ('version = "1"\n[[year]]\nyear = 2026\noff = ["2026-02-30"]', 4, "2026-02-30"),
        ('version = "1"\n[[year]]\nyear = 2026\noff = ["2026-02-09..2026-02-01"]', 4, "2026-02-09..2026-02-01"),
        ('version = "1"\n[[year]]\nyear = 2026\noff = ["2026-01-01..2026-12-31"]', 4, "2026-01-01..2026-12-31"),
        ('version = "1"\n[[year]]\nyear = 2026\noff = ["2026-01-01"]\nworkdays = ["2026-01-01"]', 4, "2026-01-01"),
        ('version = "1"\n[[year]]\nyear = 2026\n[[year]]\nyear = 2026', 3, "2026"),
        ('version = "1"\n[[year]]\nyear = "2026"', 3, "year[0].year"),
        ('version = "1"\n[[year]]\nyear = 2026\nof = []', 4, "year[0].of"),
        ('version = "1"\n[[year]\nyear = 2026', 2, "[[year]"),
        ('version = "1"\n[[year]]\nyear = 2025\n[[year]]\nyear = 2026.5', 5, "year[1].year"),
        ("", 1, "version"),
    ],
)
def test_a_wrong_calendar_names_line_and_key(text: str, line: int, key: str) -> None:
    with pytest.raises(BadInput) as fault:
        calendar_from(text)

    assert (fault.value.code, fault.value.details["line"], fault.value.details["key"]) == ("I108", line, key)
