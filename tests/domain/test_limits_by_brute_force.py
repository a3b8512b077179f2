"""The legal clock against a count that walks the minutes: 2007 to 2026, every switch, the shipped calendar and the raw list of days."""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from functools import cache
from itertools import product

import pytest

from county_hotline.domain.calendars import calendar_from
from county_hotline.domain.civil_time import CHINA as CIVIL
from county_hotline.domain.civil_time import civil
from county_hotline.domain.rule_packs import RestDay, Start, TimeLimit, Unit
from county_hotline.domain.time_limits import due
from tests.domain.brute_force_limits import IsWorkday, end_of_limit, workdays_by_hand
from tests.domain.test_calendars import CHINA, TEXT
from tests.support.source import ROOT

LISTED = ROOT.parent / "shared" / "data" / "holidays" / "workdays_2007_2026.csv"
"""Every day of twenty years from another hand; there on the machines where the calendar was made."""
BY_HAND = workdays_by_hand(TEXT)
FIRST, LAST = date(2007, 1, 1), date(2026, 12, 31)
SWITCHES = tuple(product(Unit, Start, RestDay, ("24:00", "17:30"), (True, False), ("", "12:00", "17:00")))
Switches = tuple[Unit, Start, RestDay, str, bool, str]


def ends_as_counted(start: datetime, amount: int, switches: Switches, is_workday: IsWorkday = BY_HAND) -> None:
    unit, first, rest_day, closing, itself, cutoff = switches
    limit = TimeLimit(amount, unit, first, rest_day, closing, "", itself, cutoff)

    found = due(start.replace(tzinfo=CIVIL), limit, CHINA)

    counted = end_of_limit(
        start,
        amount,
        unit=unit.value,
        is_workday=is_workday,
        from_the_same_day=first is Start.SAME_DAY,
        a_day_off_waits=rest_day is RestDay.AS_NEXT_WORKDAY,
        closing=closing,
        counts_itself=itself,
        cutoff=cutoff or "24:00",
    )
    assert civil(found.at_ms) == counted, (start, limit)
    assert found.days[-1].on == found.on == (counted - timedelta(minutes=1)).date() or unit is Unit.HOUR


def minutes_of(years: range, every_days: int, seed: int) -> Iterator[datetime]:
    """One start in each so many days, at a time of day that differs from one to the next."""
    chance = random.Random(seed)
    day = date(years.start, 1, 1)
    while day.year < years.stop:
        time = chance.choice((0, 1, 8 * 60, 719, 720, 721, 1019, 1020, 1021, 1049, 1050, 1051, 1439, chance.randrange(1440)))
        yield datetime.combine(day, datetime.min.time()) + timedelta(minutes=time)
        day += timedelta(days=chance.randint(1, 2 * every_days - 1))


@pytest.mark.parametrize("year", range(2007, 2027))
def test_a_dense_sample_of_every_year_ends_at_the_minute_counted(year: int) -> None:
    chance = random.Random(year)
    for start in minutes_of(range(year, year + 1), 9, year):
        ends_as_counted(start, chance.choice((1, 2, 3, 5, 7)), chance.choice(SWITCHES))


@pytest.mark.parametrize("amount", [1, 2, 5])
def test_around_the_long_holidays_every_switch_ends_at_the_minute_counted(amount: int) -> None:
    around = (date(2012, 9, 28), date(2020, 1, 23), date(2026, 2, 13), date(2026, 9, 30))
    chance = random.Random(amount)
    for switches in SWITCHES:
        start = datetime.combine(chance.choice(around), datetime.min.time()) + timedelta(minutes=chance.randrange(1440))
        ends_as_counted(start, amount, switches)


@cache
def listed() -> dict[date, bool]:
    with LISTED.open(encoding="utf-8-sig", newline="") as file:
        return {date.fromisoformat(row["date"]): row["is_workday"] == "1" for row in csv.DictReader(file)}


@pytest.mark.skipif(not LISTED.is_file(), reason="the raw list of days is not on this machine")
def test_the_raw_list_of_days_gives_the_same_ends() -> None:
    chance = random.Random(1)
    for start in minutes_of(range(2007, 2027), 40, 1):
        if start.date() < LAST - timedelta(days=30):
            ends_as_counted(start, chance.choice((1, 2, 5)), chance.choice(SWITCHES), listed().__getitem__)


@pytest.mark.long
@pytest.mark.parametrize("year", range(2007, 2027))
@pytest.mark.parametrize("amount", [2, 5])
def test_every_day_of_twenty_years_ends_at_the_minute_counted(year: int, amount: int) -> None:
    chance = random.Random(year * amount)
    for start in minutes_of(range(year, year + 1), 1, year):
        for switches in chance.sample(SWITCHES, 4):
            ends_as_counted(start, amount, switches)


@pytest.mark.long
@pytest.mark.parametrize("amount", [10, 15])
def test_long_limits_over_the_whole_span_end_at_the_minute_counted(amount: int) -> None:
    plain = (Unit.WORKDAY, Start.NEXT_WORKDAY, RestDay.AS_RECEIVED, "24:00", True, "")
    for start in minutes_of(range(2007, 2027), 4, amount):
        ends_as_counted(start, amount, plain)


def test_the_list_of_days_read_by_hand_is_not_the_programs_own() -> None:
    """A calendar of one's own would agree with itself: this one reads the file anew, and knows nothing beyond it."""
    other = calendar_from('version = "1"\n[[year]]\nyear = 2026\noff = ["2026-11-23"]')

    assert BY_HAND(date(2026, 11, 23))
    assert not other.is_workday(date(2026, 11, 23))
    assert not workdays_by_hand('version = "1"\n[[year]]\nyear = 2026\noff = ["2026-11-23"]')(date(2026, 11, 23))
