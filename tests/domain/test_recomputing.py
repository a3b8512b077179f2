"""期限重算: what was counted under a provisional calendar is counted again; what a person set stays."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from county_hotline.domain import facts as f
from county_hotline.domain.calendars import Calendar, YearCalendar
from county_hotline.domain.civil_time import CHINA as CIVIL
from county_hotline.domain.civil_time import civil, moment_ms
from county_hotline.domain.facts import Accepted, DueRecomputed, Fact, Moved
from county_hotline.domain.folding import apply, fold
from county_hotline.domain.happened import Happened
from county_hotline.domain.recomputing import moved_limits
from county_hotline.domain.rule_packs import Redo, RulePack, SendingBack, Span, Unit
from county_hotline.domain.time_limits import due
from county_hotline.domain.vocabulary import ExtensionReason
from county_hotline.domain.work_order import WorkOrder
from county_hotline.ids import AgencyCode, EntryId
from tests.domain.any_story import NUMBER, stories
from tests.domain.test_calendars import CHINA
from tests.domain.test_rule_packs import PACKS
from tests.domain.test_segments import ACCEPTED, ROADS, WATER, story

SHANDONG = PACKS["shandong-2020"]
CAME = moment_ms(datetime(2026, 12, 28, 9, tzinfo=CIVIL))
PAPER = YearCalendar(
    2027, off=frozenset({date(2027, 1, 1), date(2027, 1, 4)}), workdays=frozenset({date(2027, 1, 9)}), announced=True
)
ANNOUNCED = CHINA.with_papers([PAPER], "2027")


def end_of(day: date) -> int:
    return moment_ms(datetime.combine(day, datetime.min.time(), CIVIL)) + 24 * 3_600_000


def accepted_under(pack: RulePack = SHANDONG, calendar: Calendar = CHINA) -> Accepted:
    limit = pack.limit_for(ACCEPTED.matter_kind)
    assert limit is not None
    found = due(civil(CAME), limit, calendar)
    return replace(
        ACCEPTED,
        rule_pack=pack.reference,
        due_on=found.on.isoformat(),
        due_at=found.at_ms,
        due_provisional=found.provisional,
    )


def told(*later: Fact, accepted: Accepted | None = None) -> tuple[Happened, ...]:
    """Accepted on 28 December, then one fact an hour."""
    facts = [accepted or accepted_under(), *later]
    places = story(*((float(hour), fact) for hour, fact in enumerate(facts[1:], start=1)))
    return tuple(
        replace(event, fact=fact, recorded_at=CAME + place * 3_600_000)
        for place, (event, fact) in enumerate(zip(places, facts, strict=True))
    )


def order_of(*later: Fact, accepted: Accepted | None = None) -> WorkOrder:
    return fold(NUMBER, told(*later, accepted=accepted))


OFFERED = f.Dispatched(ROADS, due_on="2027-01-05", due_at=end_of(date(2027, 1, 5)))
TYPED = f.Dispatched(WATER, due_on="2027-01-08", due_at=end_of(date(2027, 1, 8)))
ESTIMATE = Moved(AgencyCode(""), "2027-01-05", "2027-01-06", end_of(date(2027, 1, 6)), provisional=False)


def test_the_estimate_of_acceptance_moves_when_the_paper_comes() -> None:
    assert accepted_under().due_on == "2027-01-05"
    assert moved_limits(order_of(), SHANDONG, ANNOUNCED) == (ESTIMATE,)


def test_a_round_that_took_the_offered_date_moves_with_it_and_one_with_a_date_of_its_own_does_not() -> None:
    assert moved_limits(order_of(OFFERED), SHANDONG, ANNOUNCED) == (ESTIMATE, replace(ESTIMATE, agency=ROADS))
    assert moved_limits(order_of(TYPED), SHANDONG, ANNOUNCED) == (ESTIMATE,)


def test_a_granted_extension_stays() -> None:
    order = order_of(
        OFFERED,
        f.ExtensionAsked(ROADS, "2027-01-12", ExtensionReason.WORKS, "等材料"),
        f.ExtensionDecided(ROADS, approved=True, opinion="同意", asked=EntryId("e-2"), due_on="2027-01-12", due_at=1),
    )

    assert moved_limits(order, SHANDONG, ANNOUNCED) == (ESTIMATE,)


def test_a_date_that_stays_is_no_longer_called_provisional() -> None:
    calm = CHINA.with_papers([YearCalendar(2027, off=frozenset({date(2027, 1, 1)}))], "2027")

    assert moved_limits(order_of(OFFERED), SHANDONG, calm) == (
        Moved(AgencyCode(""), "2027-01-05", "2027-01-05", end_of(date(2027, 1, 5)), provisional=False),
    )


def test_counted_again_once_nothing_is_left_to_move() -> None:
    order = order_of(OFFERED, TYPED)
    fact = DueRecomputed(calendar="2027", moved=moved_limits(order, SHANDONG, ANNOUNCED))

    after = apply(order, told(OFFERED, TYPED, fact)[-1])

    assert after.accepted is not None
    assert (after.accepted.due_on, after.accepted.due_provisional) == ("2027-01-06", False)
    assert moved_limits(after, SHANDONG, ANNOUNCED) == ()


@pytest.mark.parametrize("calendar", [CHINA, CHINA.with_papers([], "2026b")], ids=["same", "renamed"])
def test_the_same_calendar_moves_nothing(calendar: Calendar) -> None:
    assert moved_limits(order_of(OFFERED, TYPED), SHANDONG, calendar, before=(CHINA,)) == ()


def test_what_has_ended_keeps_its_dates() -> None:
    assert moved_limits(order_of(f.AnsweredAtOnce("已答复")), SHANDONG, ANNOUNCED) == ()


def test_only_the_pack_it_was_accepted_under_may_move_a_date() -> None:
    assert moved_limits(order_of(OFFERED), PACKS["guangdong-2022"], ANNOUNCED) == ()
    assert moved_limits(order_of(OFFERED), replace(SHANDONG, version=9), ANNOUNCED) == ()


def test_hours_need_no_calendar() -> None:
    hours = replace(SHANDONG, limits={"all": Span(200, Unit.HOUR)})

    assert moved_limits(order_of(OFFERED, accepted=accepted_under(hours)), hours, ANNOUNCED, before=(CHINA,)) == ()


def test_a_mended_paper_moves_what_the_calendar_before_it_had_counted() -> None:
    """3 September 2015 was made a day off in the middle of the year: nothing was provisional."""
    paper = CHINA.years[2026]
    mended = CHINA.with_papers([replace(paper, off=paper.off | {date(2026, 11, 18)})], "2026b")
    accepted = replace(ACCEPTED, rule_pack=SHANDONG.reference, due_on="2026-11-23", due_at=end_of(date(2026, 11, 23)))
    order = fold(NUMBER, tuple(replace(e, fact=accepted) if place == 0 else e for place, e in enumerate(story())))

    assert moved_limits(order, SHANDONG, mended) == ()
    assert moved_limits(order, SHANDONG, mended, before=(CHINA,)) == (
        Moved(AgencyCode(""), "2026-11-23", "2026-11-24", end_of(date(2026, 11, 24)), provisional=False),
    )


def test_with_the_calendar_before_it_a_redos_own_limit_moves_too() -> None:
    pack = replace(SHANDONG, redo=Redo(limit=Span(3)), sending_back=SendingBack(restarts_callers_limit=True))
    redo = f.Reviewed(ROADS, passed=False, due_on="2026-12-31", due_at=end_of(date(2026, 12, 31)))
    order = order_of(OFFERED, f.Replied(ROADS, internal="已办"), redo, accepted=accepted_under(pack))
    shorter = CHINA.with_papers([replace(PAPER, off=frozenset({date(2026, 12, 30), date(2027, 1, 1)}))], "2027")

    assert [(m.agency, m.due_on) for m in moved_limits(order, pack, shorter, before=(CHINA,))] == [
        ("", "2027-01-06"),
        (ROADS, "2027-01-04"),
    ]
    assert [m.agency for m in moved_limits(order, pack, shorter)] == [""]


def test_a_dispatch_under_a_pack_whose_returns_restart_the_limit_is_known_by_the_calendar_before() -> None:
    pack = replace(SHANDONG, sending_back=SendingBack(restarts_callers_limit=True))
    late = [
        replace(e, recorded_at=CAME + 24 * 3_600_000) if place else e
        for place, e in enumerate(told(f.Dispatched(ROADS, due_on="2027-01-06"), accepted=accepted_under(pack)))
    ]

    assert [(m.agency, m.due_on) for m in moved_limits(fold(NUMBER, late), pack, ANNOUNCED, before=(CHINA,))] == [
        ("", "2027-01-06"),
        (ROADS, "2027-01-07"),
    ]


OLDEST = CHINA.with_papers([replace(CHINA.years[2026], off=frozenset({date(2026, 12, 30), date(2026, 12, 31)}))], "2026a")
"""Counts the acceptance to 7 January."""


def test_an_extension_granted_to_a_day_that_an_old_calendar_would_give_stays() -> None:
    order = order_of(
        OFFERED,
        f.ExtensionAsked(ROADS, "2027-01-07", ExtensionReason.WORKS, "等材料"),
        f.ExtensionDecided(ROADS, approved=True, opinion="同意", asked=EntryId("e-2"), due_on="2027-01-07", due_at=1),
    )

    assert moved_limits(order, SHANDONG, ANNOUNCED, before=(CHINA, OLDEST)) == (ESTIMATE,)
    assert len(moved_limits(order_of(replace(OFFERED, due_on="2027-01-07")), SHANDONG, ANNOUNCED, before=(CHINA, OLDEST))) == 2


def test_what_was_counted_by_the_calendar_in_force_is_not_counted_as_something_else_afterwards() -> None:
    """From dispatch the new paper gives 7 January; from acceptance an old calendar once gave the same."""
    pack = replace(SHANDONG, sending_back=SendingBack(restarts_callers_limit=True))
    late = [
        replace(e, recorded_at=CAME + 24 * 3_600_000) if place else e
        for place, e in enumerate(told(f.Dispatched(ROADS, due_on="2027-01-06"), accepted=accepted_under(pack)))
    ]
    moved = moved_limits(fold(NUMBER, late), pack, ANNOUNCED, before=(CHINA,))
    after = apply(fold(NUMBER, late), replace(late[-1], fact=DueRecomputed(calendar=ANNOUNCED.version, moved=moved)))

    assert after.due_on == "2027-01-07"
    assert moved_limits(after, pack, ANNOUNCED, before=(CHINA, OLDEST)) == ()


@given(events=stories(starts_accepted=True), off=st.sets(st.integers(0, 20), max_size=6))
def test_whatever_was_told_moving_never_fails_and_never_moves_twice(events: tuple[Happened, ...], off: set[int]) -> None:
    paper = YearCalendar(2027, off=frozenset(date.fromordinal(date(2027, 1, 1).toordinal() + step) for step in off))
    calendar = CHINA.with_papers([paper], "2027")
    first = events[0]
    assert isinstance(first.fact, Accepted)
    pinned = replace(first.fact, rule_pack=SHANDONG.reference)
    order = fold(NUMBER, (replace(first, fact=pinned), *events[1:]))

    moved = moved_limits(order, SHANDONG, calendar, before=(CHINA,))
    after = apply(order, replace(events[-1], fact=DueRecomputed(calendar="2027", moved=moved)))

    assert all(one.before and one.due_on and one.due_at for one in moved)
    assert moved_limits(after, SHANDONG, calendar, before=(CHINA,)) == ()
