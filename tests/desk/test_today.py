"""待办: what each officer at each station finds there, in which group, and that it follows what arrives by the line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from county_hotline.desk import acts, handling, intake, today
from county_hotline.domain.tasks import TaskKind
from county_hotline.domain.views import Today, TodayGroup
from county_hotline.domain.vocabulary import OfficerRole
from county_hotline.ids import Number
from tests.support.desks import ROADS, Counters, a_form
from tests.support.ticking_clock import TickingClock


@pytest.fixture
def counters(tmp_path: Path, clock: TickingClock) -> Iterator[Counters]:
    clock.set_to(2026, 11, 23, 9, 0)
    made = Counters(tmp_path, clock)
    yield made
    made.close()


def found(list_of_today: Today) -> list[tuple[TodayGroup, TaskKind, Number]]:
    return [(group, row.kind, row.number) for group, rows in list_of_today.groups for row in rows]


def dispatched(counters: Counters) -> Number:
    number = intake.accept(counters.hall.sits(OfficerRole.CLERK), a_form()).number
    counters.sync()
    handling.dispatch(counters.centre.sits(OfficerRole.DISPATCHER), number, ROADS)
    counters.sync()
    return number


def test_what_arrives_at_the_centre_waits_there_to_be_dispatched(counters: Counters) -> None:
    number = intake.accept(counters.hall.sits(OfficerRole.CLERK), a_form()).number
    dispatcher = counters.centre.sits(OfficerRole.DISPATCHER)
    assert found(today.today(dispatcher)) == []

    counters.sync()

    assert found(today.today(dispatcher)) == [(TodayGroup.TO_DECIDE, TaskKind.DISPATCH, number)]
    assert today.waiting(dispatcher) == 1
    assert found(today.today(counters.hall.sits(OfficerRole.CLERK))) == []


def test_each_role_finds_only_what_its_duties_are(counters: Counters) -> None:
    number = dispatched(counters)

    assert found(today.today(counters.agency.sits(OfficerRole.HANDLER))) == [(TodayGroup.REST, TaskKind.SIGN, number)]
    assert found(today.today(counters.agency.sits(OfficerRole.ADMIN))) == []
    handling.sign_for(counters.agency.sits(OfficerRole.HANDLER), number)
    handling.reply(counters.agency.sits(OfficerRole.HANDLER), number, internal="已修好", public="已修好")
    counters.sync()
    assert found(today.today(counters.centre.sits(OfficerRole.REVIEWER))) == [(TodayGroup.TO_DECIDE, TaskKind.REVIEW, number)]
    assert found(today.today(counters.centre.sits(OfficerRole.SUPERVISOR))) == []


def test_what_others_have_in_hand_is_seen_when_it_is_nearly_due_and_again_when_late(
    counters: Counters, clock: TickingClock
) -> None:
    number = dispatched(counters)
    clerk = counters.hall.sits(OfficerRole.CLERK)
    assert found(today.today(clerk)) == []

    clock.set_to(2026, 11, 27, 9, 0)  # Friday; five working days from Monday end on the following Monday
    assert found(today.today(clerk)) == [(TodayGroup.DUE_SOON, TaskKind.WATCH, number)]

    clock.set_to(2026, 12, 1, 9, 0)
    assert found(today.today(clerk)) == [(TodayGroup.OVERDUE, TaskKind.WATCH, number)]
    assert found(today.today(counters.agency.sits(OfficerRole.HANDLER))) == [(TodayGroup.OVERDUE, TaskKind.SIGN, number)]


def test_who_decides_on_an_order_is_not_told_besides_that_others_have_it(counters: Counters, clock: TickingClock) -> None:
    number = dispatched(counters)
    handler = counters.agency.sits(OfficerRole.HANDLER)
    handling.sign_for(handler, number)
    acts.perform(handler, number, "ask_send_back", {"agency": ROADS, "reason": "not_our_duty", "basis": "不在权责清单"})
    counters.sync()
    clock.set_to(2026, 12, 1, 9, 0)

    assert found(today.today(counters.centre.sits(OfficerRole.LEADER))) == [(TodayGroup.OVERDUE, TaskKind.DECIDE, number)]


def test_what_the_centre_took_itself_is_watched_once(counters: Counters, clock: TickingClock) -> None:
    leader = counters.centre.sits(OfficerRole.LEADER)
    number = intake.accept(leader, a_form()).number
    handling.dispatch(leader, number, ROADS)
    clock.set_to(2026, 12, 1, 9, 0)

    assert found(today.today(leader)) == [(TodayGroup.OVERDUE, TaskKind.WATCH, number)]


def test_mine_are_those_i_had_a_hand_in(counters: Counters) -> None:
    mine = dispatched(counters)
    other = intake.accept(counters.hall.sits(OfficerRole.CLERK), a_form(title="自来水发黄")).number
    counters.sync()
    dispatcher = counters.centre.sits(OfficerRole.DISPATCHER)
    handling.note(dispatcher, other, "已电话核实")

    whole = today.today(dispatcher)

    assert (whole.mine, whole.whole) == (1, 1)
    assert found(today.today(dispatcher, mine=True)) == [(TodayGroup.TO_DECIDE, TaskKind.DISPATCH, other)]
    assert mine not in {number for _, _, number in found(whole)}


def test_the_day_s_figures_count_what_was_done_here_today(counters: Counters, clock: TickingClock) -> None:
    dispatched(counters)
    clock.advance(days=1)
    intake.accept(counters.hall.sits(OfficerRole.CLERK), a_form())

    assert today.today(counters.hall.desk).done_today == {"work_order.accepted": 1}
