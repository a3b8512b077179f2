"""责任时段: whatever was returned, called back, merged or opened again, the parts add up exactly to the whole."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from county_hotline.domain import facts as f
from county_hotline.domain.civil_time import CHINA as CIVIL
from county_hotline.domain.civil_time import moment_ms
from county_hotline.domain.facts import KINDS, Accepted, Fact
from county_hotline.domain.folding import fold
from county_hotline.domain.happened import Happened
from county_hotline.domain.segments import CALLER, NOBODY, Segment, held_ms, helper_spans, segments_of, working_ms
from county_hotline.domain.tasks import CENTRE
from county_hotline.domain.vocabulary import (
    AssignmentRole,
    Channel,
    ExtensionReason,
    MatterKind,
    Outcome,
    SendBackReason,
    SuspensionReason,
)
from county_hotline.ids import EntryId, Life, OfficerId, StationId
from county_hotline.wording import has
from tests.domain.any_story import NUMBER, UNITS, facts, moments, stories
from tests.domain.test_calendars import CHINA

WATER, ROADS, TOWN = UNITS
HOUR = 3_600_000


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> int:
    return moment_ms(datetime(year, month, day, hour, minute, tzinfo=CIVIL))


BEGIN = at(2026, 11, 16, 9)
ACCEPTED = Accepted(
    query_code="7K2M9QXA",
    unit=TOWN,
    channel=Channel.VISIT,
    matter_kind=MatterKind.HELP,
    category="",
    place="370323109",
    title="路灯不亮",
    content="村口路灯不亮",
    came_at=BEGIN,
)


def story(*told: tuple[float, Fact]) -> tuple[Happened, ...]:
    """Acceptance at nine, then each fact so many hours later."""
    return tuple(
        Happened(
            entry_id=EntryId(f"e-{place}"),
            fact=fact,
            station=StationId("370323-03"),
            life=Life("A"),
            serial=place + 1,
            officer=OfficerId("0301 受理员甲"),
            recorded_at=BEGIN + int(hours * HOUR),
        )
        for place, (hours, fact) in enumerate([(0.0, ACCEPTED), *told])
    )


def told(segments: Sequence[Segment]) -> list[tuple[str, str, float]]:
    return [(segment.holder, segment.why, segment.length_ms / HOUR) for segment in segments]


def until(hours: float) -> int:
    return BEGIN + int(hours * HOUR)


RETURNED = story(
    (1, f.Dispatched(WATER)),
    (3, f.SignedFor(WATER)),
    (4, f.SendBackAsked(WATER, SendBackReason.NOT_OUR_DUTY, basis="三定")),
    (9, f.SendBackDecided(WATER, approved=True, opinion="同意", asked=EntryId("e-3"))),
    (10, f.Dispatched(ROADS)),
    (11, f.SignedFor(ROADS)),
    (20, f.Replied(ROADS, internal="已修好")),
    (22, f.Reviewed(ROADS, passed=False, opinion="没有照片")),
    (30, f.Replied(ROADS, internal="已修好，附照片")),
    (31, f.Reviewed(ROADS, passed=True)),
    (32, f.Finished(Outcome.SOLVED)),
)


def test_a_unit_keeps_the_clock_until_its_return_is_decided() -> None:
    segments = segments_of(NUMBER, RETURNED, until_ms=until(99))

    assert told(segments) == [
        (CENTRE, "to_dispatch", 1),
        (WATER, "to_sign", 2),
        (WATER, "in_hand", 1),
        (WATER, "asks_back", 5),
        (CENTRE, "to_dispatch", 1),
        (ROADS, "to_sign", 1),
        (ROADS, "in_hand", 9),
        (CENTRE, "to_review", 2),
        (ROADS, "redo", 8),
        (CENTRE, "to_review", 1),
        (CENTRE, "to_follow_up", 1),
    ]
    assert [segment.assignment for segment in segments if segment.holder in UNITS] == [0, 0, 0, 1, 1, 1]
    assert held_ms(segments) == {CENTRE: 6 * HOUR, WATER: 8 * HOUR, ROADS: 18 * HOUR}


def test_a_return_that_is_refused_stays_with_the_unit() -> None:
    refused = f.SendBackDecided(WATER, approved=False, opinion="属你单位职责", asked=EntryId("e-2"))
    events = story((1, f.Dispatched(WATER)), (2, f.SendBackAsked(WATER, SendBackReason.OTHER, basis="-")), (5, refused))

    assert told(segments_of(NUMBER, events, until_ms=until(8))) == [
        (CENTRE, "to_dispatch", 1),
        (WATER, "to_sign", 1),
        (WATER, "asks_back", 3),
        (WATER, "to_sign", 3),
    ]


def test_what_waits_for_the_caller_is_the_callers_time() -> None:
    events = story((1, f.MoreAsked("在哪一段路")), (25, f.MoreGiven("桥头往东")), (26, f.Dispatched(ROADS)))

    assert told(segments_of(NUMBER, events, until_ms=until(27))) == [
        (CENTRE, "to_dispatch", 1),
        (CALLER, "to_complete", 24),
        (CENTRE, "to_dispatch", 1),
        (ROADS, "to_sign", 1),
    ]


def test_a_suspended_order_stays_with_its_unit_and_is_marked() -> None:
    ask = f.SuspensionAsked(ROADS, SuspensionReason.SEASON, "冬天不能铺", "开春", "2027-03-01")
    events = story(
        (1, f.Dispatched(ROADS)),
        (2, f.SignedFor(ROADS)),
        (3, ask),
        (4, f.SuspensionDecided(ROADS, approved=True, opinion="同意", asked=EntryId("e-3"), review_on="2027-03-01")),
        (5, f.ExtensionAsked(ROADS, "2027-04-01", ExtensionReason.WORKS, "等开春")),
        (9, f.Resumed(ROADS, "开工")),
    )

    assert told(segments_of(NUMBER, events, until_ms=until(10))) == [
        (CENTRE, "to_dispatch", 1),
        (ROADS, "to_sign", 1),
        (ROADS, "in_hand", 2),
        (ROADS, "suspended", 5),
        (ROADS, "asks_extension", 1),
    ]


def test_between_the_end_and_its_opening_again_it_is_nobodys_time() -> None:
    events = story((1, f.AnsweredAtOnce("已答复")), (5, f.Reopened("没有解决")), (6, f.Dispatched(ROADS)))

    assert told(segments_of(NUMBER, events, until_ms=until(7))) == [
        (CENTRE, "to_dispatch", 1),
        (NOBODY, "closed", 4),
        (CENTRE, "to_dispatch", 1),
        (ROADS, "to_sign", 1),
    ]


def test_a_clock_that_runs_backwards_adds_and_takes_nothing() -> None:
    events = story((2, f.Dispatched(WATER)), (-50, f.SignedFor(WATER)), (4, f.Replied(WATER, internal="已办")))

    assert told(segments_of(NUMBER, events, until_ms=until(6))) == [
        (CENTRE, "to_dispatch", 2),
        (WATER, "in_hand", 2),
        (CENTRE, "to_review", 2),
    ]


def test_a_clock_years_ahead_takes_no_more_than_there_is() -> None:
    events = story((1, f.Dispatched(WATER)), (99_999, f.SignedFor(WATER)), (3, f.Finished(Outcome.SOLVED)))

    assert told(segments_of(NUMBER, events, until_ms=until(6))) == [(CENTRE, "to_dispatch", 1), (WATER, "to_sign", 2)]


def test_helpers_are_counted_beside_the_lead() -> None:
    events = story(
        (1, f.Dispatched(ROADS)),
        (2, f.Dispatched(WATER, AssignmentRole.HELPER)),
        (3, f.Dispatched(TOWN, AssignmentRole.HELPER)),
        (4, f.SignedFor(WATER)),
        (6, f.Replied(WATER, internal="已配合")),
        (8, f.Recalled(TOWN, "不需要")),
    )

    assert told(segments_of(NUMBER, events, until_ms=until(9))) == [(CENTRE, "to_dispatch", 1), (ROADS, "to_sign", 8)]
    helpers = helper_spans(NUMBER, events, until_ms=until(9))
    assert [(span.holder, span.why, span.length_ms / HOUR, span.assignment) for span in helpers] == [
        (WATER, "to_sign", 2, 1),
        (WATER, "in_hand", 2, 1),
        (TOWN, "to_sign", 5, 2),
    ]


def test_what_is_not_accepted_here_has_no_segments() -> None:
    assert segments_of(NUMBER, RETURNED[1:], until_ms=until(99)) == ()
    assert segments_of(NUMBER, (), until_ms=until(99)) == ()


@given(events=stories(starts_accepted=True), now=moments)
def test_the_parts_follow_without_gap_and_add_up_exactly(events: tuple[Happened, ...], now: int) -> None:
    order = fold(NUMBER, events)
    is_here = order.accepted is not None or order.erased  # else it was accepted and that was withdrawn
    end = max(order.accepted_at, now if order.finished_at is None else order.finished_at) if is_here else order.accepted_at

    segments = segments_of(NUMBER, events, until_ms=now)

    assert sum(held_ms(segments).values()) == end - order.accepted_at
    assert all(segment.length_ms > 0 for segment in segments)
    assert all(one.end == other.begin for one, other in pairwise(segments))
    if end > order.accepted_at:
        assert (segments[0].begin, segments[-1].end) == (order.accepted_at, end)


@given(events=stories(starts_accepted=True), now=moments)
def test_every_part_names_who_had_it_and_a_unit_its_own_round(events: tuple[Happened, ...], now: int) -> None:
    rounds = fold(NUMBER, events).assignments

    for segment in (*segments_of(NUMBER, events, until_ms=now), *helper_spans(NUMBER, events, until_ms=now)):
        assert has(f"segment.{segment.why}")
        assert (segment.assignment is None) is (segment.holder in {CENTRE, CALLER, NOBODY})
        if segment.assignment is not None:
            assert rounds[segment.assignment].agency == segment.holder


@given(events=stories(starts_accepted=True), now=moments, later=st.integers(0, 10**9))
def test_time_that_has_passed_is_not_told_otherwise_later(events: tuple[Happened, ...], now: int, later: int) -> None:
    at_once, then = (segments_of(NUMBER, events, until_ms=until_ms) for until_ms in (now, now + later))

    if fold(NUMBER, events).finished_at is not None:
        assert at_once == then
    elif now >= max(event.recorded_at for event in events):
        assert at_once[:-1] == then[: max(0, len(at_once) - 1)]


CHINA_ERA = at(2024, 1, 1)


@given(first=moments, second=moments, third=moments)
def test_working_time_of_two_stretches_is_that_of_both_together(first: int, second: int, third: int) -> None:
    a, b, c = sorted(CHINA_ERA + at % (3 * 365 * 24 * HOUR) for at in (first, second, third))

    assert working_ms(a, b, CHINA) + working_ms(b, c, CHINA) == working_ms(a, c, CHINA)


@pytest.mark.parametrize(
    ("begin", "end", "hours"),
    [
        (at(2026, 11, 20, 16, 50), at(2026, 11, 23, 9, 0), 7 + 10 / 60 + 9),
        (at(2026, 11, 21, 9), at(2026, 11, 22, 9), 0),
        (at(2026, 9, 30, 0, 0), at(2026, 10, 12, 0, 0), 4 * 24),
        (at(2026, 11, 20, 9), at(2026, 11, 20, 9), 0),
    ],
)
def test_working_time_counts_whole_working_days(begin: int, end: int, hours: float) -> None:
    assert working_ms(begin, end, CHINA) == round(hours * HOUR)


def test_any_story_may_tell_of_every_kind() -> None:
    """The strategy these tests stand on leaves no kind out."""
    drawn: set[str] = set()

    @settings(max_examples=60, derandomize=True, database=None)
    @given(some=st.lists(facts, min_size=40, max_size=40))
    def draw(some: list[Fact]) -> None:
        drawn.update(fact.kind for fact in some)

    draw()

    assert set(KINDS) - drawn == set()
