"""By which day, and why: the trade's own examples, a brute-force count over real calendars, and what must always hold."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from county_hotline.clock import CHINA as CIVIL
from county_hotline.domain.rule_packs import RestDay, Start, TimeLimit, Unit
from county_hotline.domain.time_limits import Due, due, extended, workdays_left
from county_hotline.wording import explain
from tests.domain.test_calendars import CHINA

DAY = timedelta(days=1)
starts = st.builds(
    lambda day, time: datetime.combine(day, time, CIVIL), st.dates(date(2015, 1, 1), date(2026, 11, 1)), st.times()
)
amounts = st.integers(1, 30)


def came(year: int, month: int, day: int, hour: int = 9, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=CIVIL)


def limit(amount: int, start: Start = Start.NEXT_WORKDAY, **more: object) -> TimeLimit:
    return TimeLimit(amount, start=start, pack="山东2020", **more)  # type: ignore[arg-type]


def told(found: Due) -> list[str]:
    return [explain(line.code, **line.values) for line in found.trace]


FRIDAY, SATURDAY, WEDNESDAY = came(2026, 11, 20, 16, 50), came(2026, 11, 21), came(2026, 11, 18)


@pytest.mark.parametrize(
    ("start", "rule", "on"),
    [
        (FRIDAY, limit(2), date(2026, 11, 24)),
        (FRIDAY, limit(2, Start.SAME_DAY), date(2026, 11, 23)),
        (WEDNESDAY, limit(5), date(2026, 11, 25)),
        (SATURDAY, limit(2), date(2026, 11, 24)),
        (SATURDAY, limit(2, rest_day=RestDay.AS_NEXT_WORKDAY), date(2026, 11, 25)),
        (SATURDAY, limit(2, Start.SAME_DAY), date(2026, 11, 24)),
        (SATURDAY, limit(5), date(2026, 11, 27)),
        (came(2026, 9, 30), limit(5), date(2026, 10, 13)),
        (came(2026, 2, 13), limit(1), date(2026, 2, 14)),
        (FRIDAY, limit(3, unit=Unit.DAY), date(2026, 11, 23)),
        (FRIDAY, limit(3, Start.SAME_DAY, unit=Unit.DAY), date(2026, 11, 22)),
        (FRIDAY, limit(2, unit=Unit.HOUR), date(2026, 11, 20)),
        (FRIDAY, limit(8, unit=Unit.HOUR), date(2026, 11, 21)),
    ],
)
def test_the_trades_own_examples(start: datetime, rule: TimeLimit, on: date) -> None:
    assert due(start, rule, CHINA).on == on


def test_why_it_is_this_day_is_told_in_three_lines() -> None:
    assert told(due(SATURDAY, limit(5), CHINA)) == [
        "11-21 周六登记，从下一工作日 11-23 周一起算",
        "计 5 个工作日：23 24 25 26 27（其间无节假日）",
        "规则包 山东2020；日历 2026 已公布",
    ]


def test_holidays_and_made_up_days_are_named() -> None:
    assert told(due(came(2026, 9, 30), limit(5), CHINA))[1] == (
        "计 5 个工作日：08 09 10 12 13（跳过放假的 10-01..10-07；10-10 调休上班，算在内）"
    )


def test_a_date_beyond_the_announced_calendar_is_provisional_and_says_what_is_awaited() -> None:
    """liriansu-opus/chinese-calendar#137: a request registered on 12-28 must get a deadline."""
    found = due(came(2026, 12, 28), limit(5), CHINA)

    assert (found.on, found.provisional) == (date(2027, 1, 5), True)
    assert told(found)[2] == "规则包 山东2020；2027 年放假安排还没公布，这一天是暂定的，公布后重算"


def test_a_date_within_the_announced_calendar_is_not_provisional() -> None:
    assert not due(came(2026, 12, 14), limit(5), CHINA).provisional


def test_hours_run_over_nights_and_holidays() -> None:
    found = due(FRIDAY, limit(24, unit=Unit.HOUR), CHINA)

    assert (found.on, found.at, found.provisional) == (date(2026, 11, 21), "16:50", False)
    assert told(found) == [
        "11-20 周五 16:50 登记，从这时起算",
        "计 24 小时到 11-21 周六 16:50，节假日也算",
        "规则包 山东2020",
    ]


def test_an_extension_is_added_to_the_old_date() -> None:
    assert extended(date(2026, 11, 25), 10, CHINA) == date(2026, 12, 9)


@pytest.mark.parametrize(
    ("today", "left"),
    [
        (date(2026, 11, 21), 5),
        (date(2026, 11, 26), 1),
        (date(2026, 11, 27), 0),
        (date(2026, 11, 28), 0),
        (date(2026, 11, 30), -1),
        (date(2026, 12, 2), -3),
    ],
)
def test_working_days_left_and_late(today: date, left: int) -> None:
    assert workdays_left(today, date(2026, 11, 27), CHINA) == left


@given(start=starts, amount=amounts)
def test_the_date_is_what_counting_on_the_fingers_gives(start: datetime, amount: int) -> None:
    day, counted = start.date(), 0
    while counted < amount:
        day += DAY
        counted += CHINA.is_workday(day)

    assert due(start, limit(amount), CHINA).on == day


@given(start=starts, amount=amounts, same_day=st.booleans())
def test_a_longer_limit_never_ends_earlier_and_every_date_is_a_working_day(
    start: datetime, amount: int, same_day: bool
) -> None:
    how = Start.SAME_DAY if same_day else Start.NEXT_WORKDAY
    ends = [due(start, limit(days, how), CHINA).on for days in (amount, amount + 1)]

    assert ends[0] < ends[1]
    assert all(CHINA.is_workday(end) for end in ends)


@given(start=starts, later=st.timedeltas(timedelta(0), timedelta(days=40)), amount=amounts)
def test_who_comes_later_is_never_due_earlier(start: datetime, later: timedelta, amount: int) -> None:
    assert due(start, limit(amount), CHINA).on <= due(start + later, limit(amount), CHINA).on


@given(start=starts, first=amounts, more=amounts)
def test_two_limits_one_after_the_other_are_their_sum(start: datetime, first: int, more: int) -> None:
    assert extended(due(start, limit(first), CHINA).on, more, CHINA) == due(start, limit(first + more), CHINA).on


@given(start=starts, amount=amounts)
def test_the_trace_is_always_three_sentences_with_nothing_left_out(start: datetime, amount: int) -> None:
    lines = told(due(start, limit(amount), CHINA))

    assert len(lines) == 3
    assert not [line for line in lines if "〔" in line]


def test_the_time_of_day_does_not_matter_for_working_days() -> None:
    assert len({due(came(2026, 11, 20, hour), limit(5), CHINA).on for hour in (0, 9, 17, 23)}) == 1


def test_days_follow_without_gap_through_a_whole_year_of_starts() -> None:
    ends = [due(came(2025, 1, 1) + step * DAY, limit(5), CHINA).on for step in range(365)]

    assert all(one <= other for one, other in pairwise(ends))
