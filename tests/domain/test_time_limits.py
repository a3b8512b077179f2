"""By which day, and why: the trade's own examples, a brute-force count over real calendars, and what must always hold."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from county_hotline.clock import CHINA as CIVIL
from county_hotline.domain.calendars import Calendar, YearCalendar
from county_hotline.domain.civil_time import civil, moment_ms
from county_hotline.domain.rule_packs import RestDay, Span, Start, TimeLimit, Unit
from county_hotline.domain.time_limits import Due, deadline_ms, due, extended, extended_ms, workdays_left
from county_hotline.wording import explain
from tests.domain.test_calendars import CHINA
from tests.domain.test_rule_packs import PACKS

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
        (came(2026, 11, 20, 17, 31), limit(2, cutoff="17:30"), date(2026, 11, 24)),
        (came(2026, 11, 19, 17, 30), limit(2, cutoff="17:30"), date(2026, 11, 23)),
        (came(2026, 11, 19, 17, 31), limit(2, cutoff="17:30"), date(2026, 11, 24)),
        (came(2026, 11, 20, 17, 31), limit(2, cutoff="17:30", rest_day=RestDay.AS_NEXT_WORKDAY), date(2026, 11, 25)),
        (came(2026, 11, 19, 17, 30), limit(1, Start.SAME_DAY, end_of_day="17:30"), date(2026, 11, 20)),
        (came(2026, 11, 19, 17, 29), limit(1, Start.SAME_DAY, end_of_day="17:30"), date(2026, 11, 19)),
        (WEDNESDAY, limit(5, counts_itself=False), date(2026, 11, 24)),
        (FRIDAY, limit(3, unit=Unit.DAY, counts_itself=False), date(2026, 11, 22)),
        (SATURDAY, limit(3, unit=Unit.DAY, rest_day=RestDay.AS_NEXT_WORKDAY), date(2026, 11, 26)),
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


@pytest.mark.parametrize(
    ("start", "rule", "end"),
    [
        (FRIDAY, limit(2), came(2026, 11, 25, 0, 0)),
        (FRIDAY, limit(2, end_of_day="17:30"), came(2026, 11, 24, 17, 30)),
        (FRIDAY, limit(3, unit=Unit.DAY), came(2026, 11, 24, 0, 0)),
        (FRIDAY, limit(2, unit=Unit.HOUR, end_of_day="17:30"), came(2026, 11, 20, 18, 50)),
    ],
)
def test_a_limit_ends_at_a_moment(start: datetime, rule: TimeLimit, end: datetime) -> None:
    assert due(start, rule, CHINA).at_ms == moment_ms(end)


def days(found: Due) -> list[str]:
    return [explain(day.line.code, **day.line.values) for day in found.days]


def test_every_day_on_the_way_says_whether_it_counts_and_why() -> None:
    found = due(came(2026, 9, 30), limit(5), CHINA.with_rest_days([date(2026, 10, 9)]))

    assert days(found)[:3] == [
        "09-30 周三：登记当天，从次日起算，不计",
        "10-01 周四：节假日，不计",
        "10-02 周五：节假日，不计",
    ]
    assert days(found)[8:] == [
        "10-08 周四：第 1 个工作日",
        "10-09 周五：县休息日，不计",
        "10-10 周六：调休上班，第 2 个工作日",
        "10-11 周日：周末，不计",
        "10-12 周一：第 3 个工作日",
        "10-13 周二：第 4 个工作日",
        "10-14 周三：第 5 个工作日",
    ]


def test_what_came_too_late_or_on_a_day_off_says_so_day_by_day() -> None:
    late = due(came(2026, 11, 20, 18, 2), limit(1, cutoff="17:30", rest_day=RestDay.AS_NEXT_WORKDAY), CHINA)

    assert told(late)[0] == "11-20 周五 18:02 登记，过了 17:30，算次日来件，从 11-24 周二起算"
    assert days(late) == [
        "11-20 周五：过了当天截止时刻，算次日来件，不计",
        "11-21 周六：周末，不计",
        "11-22 周日：周末，不计",
        "11-23 周一：算这天来件，从次日起算，不计",
        "11-24 周二：第 1 个工作日",
    ]


def test_the_first_line_says_from_when_it_counts() -> None:
    assert told(due(SATURDAY, limit(1, rest_day=RestDay.AS_NEXT_WORKDAY), CHINA))[0] == (
        "11-21 周六登记，当天不上班，算 11-23 周一来件，从 11-24 周二起算"
    )
    assert told(due(FRIDAY, limit(1, Start.SAME_DAY, unit=Unit.DAY), CHINA))[0] == "11-20 周五登记，当天起算"
    assert told(due(FRIDAY, limit(1, Start.SAME_DAY, end_of_day="16:00"), CHINA))[0] == (
        "11-20 周五 16:50 登记，过了 16:00，算次日来件，从 11-23 周一起算"
    )


def test_not_counting_the_last_day_is_told_in_a_line_of_its_own() -> None:
    assert told(due(WEDNESDAY, limit(5, counts_itself=False), CHINA))[1:3] == [
        "计 4 个工作日：19 20 23 24（其间无节假日）",
        "规则包写的是 5 日，不含本数，只计 4 日",
    ]


def test_hours_are_told_day_by_day_too() -> None:
    assert days(due(FRIDAY, limit(8, unit=Unit.HOUR), CHINA)) == ["11-20 周五：计 7 小时 10 分", "11-21 周六：计 0 小时 50 分"]


def test_a_rest_day_of_the_county_is_no_working_day_whatever_a_paper_says() -> None:
    own = CHINA.with_rest_days([date(2026, 10, 10), date(2026, 11, 24)])

    assert due(FRIDAY, limit(2), own).on == date(2026, 11, 25)
    assert not own.is_workday(date(2026, 10, 10)), "made up by the paper"
    assert due(FRIDAY, limit(2), own.with_papers([], "x")).on == date(2026, 11, 25), "new papers leave them alone"
    assert due(FRIDAY, limit(2), own.with_rest_days([])).on == date(2026, 11, 24)


@pytest.mark.parametrize(
    ("start", "rule", "provisional"),
    [
        (came(2026, 12, 23), limit(1), False),
        (came(2026, 12, 24), limit(1), True),
        (came(2026, 12, 24), limit(30, unit=Unit.DAY), False),
        (came(2026, 12, 26), limit(30, unit=Unit.DAY, rest_day=RestDay.AS_NEXT_WORKDAY), True),
        (came(2026, 12, 31), limit(24, unit=Unit.HOUR), False),
        (came(2026, 12, 31, 18), limit(1, rest_day=RestDay.AS_NEXT_WORKDAY, cutoff="17:00"), True),
    ],
)
def test_a_date_is_provisional_exactly_where_a_paper_to_come_may_move_it(
    start: datetime, rule: TimeLimit, provisional: bool
) -> None:
    assert due(start, rule, CHINA).provisional is provisional


@given(
    start=st.builds(lambda step: came(2026, 12, 1) + step * DAY, st.integers(0, 60)),
    amount=st.integers(1, 15),
    turned=st.sets(st.integers(0, 120), max_size=20),
)
def test_a_date_that_is_not_provisional_is_the_same_under_whatever_paper_comes(
    start: datetime, amount: int, turned: set[int]
) -> None:
    """2027: any paper, naming any days from 25 December on as off or made up."""
    named = {date(2026, 12, 25) + step * DAY for step in turned}
    off = frozenset(day for day in named if CHINA.is_workday(day))
    paper = YearCalendar(2027, off=off, workdays=frozenset(named - off))
    now, then = (due(start, limit(amount), calendar) for calendar in (CHINA, CHINA.with_papers([paper], "2027")))

    assert now.provisional or now.on == then.on


switches = st.builds(
    lambda amount, unit, start, rest_day, end, itself, cutoff: TimeLimit(
        amount, unit, start, rest_day, end, "山东2020", itself, cutoff
    ),
    amounts,
    st.sampled_from(Unit),
    st.sampled_from(Start),
    st.sampled_from(RestDay),
    st.sampled_from(["24:00", "17:30"]),
    st.booleans(),
    st.sampled_from(["", "12:00", "17:00"]),
)


@given(start=starts, later=st.timedeltas(timedelta(0), timedelta(days=12)), rule=switches)
def test_under_every_switch_who_comes_later_is_never_due_earlier_and_nothing_is_due_before_it_came(
    start: datetime, later: timedelta, rule: TimeLimit
) -> None:
    first, second = due(start, rule, CHINA), due(start + later, rule, CHINA)

    assert moment_ms(start) < first.at_ms <= second.at_ms


@given(start=starts, rule=switches)
def test_under_every_switch_more_time_ends_later_and_every_line_is_a_sentence(start: datetime, rule: TimeLimit) -> None:
    found, longer = due(start, rule, CHINA), due(start, TimeLimit(rule.amount + 2, *_how(rule)), CHINA)

    assert found.at_ms < longer.at_ms
    assert not [line for line in (*told(found), *days(found)) if "〔" in line or "{" in line]
    assert (found.days[0].on, found.days[-1].on) == (start.date(), found.on)
    if rule.unit is not Unit.HOUR:
        counted = [day.counted for day in found.days if day.counted]
        assert counted == list(range(1, len(counted) + 1))


def _how(rule: TimeLimit) -> tuple[Unit, Start, RestDay, str, str, bool, str]:
    return rule.unit, rule.start, rule.rest_day, rule.end_of_day, rule.pack, rule.counts_itself, rule.cutoff


def test_an_extension_may_be_in_days_or_hours() -> None:
    end = due(FRIDAY, limit(2, end_of_day="17:30"), CHINA).at_ms

    assert extended(date(2026, 11, 25), 10, CHINA, Unit.DAY) == date(2026, 12, 5)
    assert civil(extended_ms(end, Span(1), "17:30", CHINA)) == datetime(2026, 11, 25, 17, 30)  # noqa: DTZ001 - civil time
    assert extended_ms(end, Span(2, Unit.HOUR), "17:30", CHINA) == end + 2 * 3_600_000
    midnight = due(FRIDAY, limit(2), CHINA).at_ms
    assert extended_ms(midnight, Span(3), "24:00", CHINA) == due(FRIDAY, limit(5), CHINA).at_ms


def test_a_step_without_a_span_has_no_deadline() -> None:
    pack = PACKS["shandong-2020"]

    assert deadline_ms(moment_ms(FRIDAY), pack.sign, pack, CHINA) == 0
    assert deadline_ms(moment_ms(FRIDAY), Span(2), pack, CHINA) == moment_ms(came(2026, 11, 25, 0, 0))


def test_in_a_year_nobody_has_announced_the_week_and_the_law_are_counted() -> None:
    bare = Calendar({})

    found = due(came(2031, 9, 30), limit(1), bare)

    assert (found.on, found.provisional) == (date(2031, 10, 6), True)
