"""办理: from the counter to the agency and back, each act by who may do it, where it may be done."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from county_hotline.desk import acts, handling, intake
from county_hotline.desk.slips import PrintedSlip
from county_hotline.domain.facts import Corrected, Person, Withheld
from county_hotline.domain.vocabulary import AssignmentRole, Erasure, OfficerRole, Outcome, Stage
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import Refusal
from county_hotline.ids import AgencyCode, EntryId, Number
from county_hotline.signals import Changes
from tests.support.desks import ROADS, Counter, Counters, a_form
from tests.support.ticking_clock import TickingClock


@pytest.fixture
def counters(tmp_path: Path, clock: TickingClock) -> Iterator[Counters]:
    made = Counters(tmp_path, clock)
    made.hall.sits(OfficerRole.CLERK)
    made.centre.sits(OfficerRole.DISPATCHER)
    made.agency.sits(OfficerRole.HANDLER)
    yield made
    made.close()


@pytest.fixture
def number(counters: Counters) -> Number:
    """An order all have heard of."""
    order = intake.accept(counters.hall.desk, a_form())
    counters.sync()
    return order.number


def at_the_agency(counters: Counters, number: Number) -> None:
    handling.dispatch(counters.centre.desk, number, ROADS)
    counters.sync()


def test_an_order_goes_its_whole_way_and_every_station_sees_it(counters: Counters, number: Number) -> None:
    stages = []
    acts: tuple[Callable[[], WorkOrder], ...] = (
        lambda: handling.dispatch(counters.centre.desk, number, ROADS, advice="请按时限办理 "),
        lambda: handling.sign_for(counters.agency.desk, number),
        lambda: handling.reply(counters.agency.desk, number, internal="已修\u200b好", public="已修好", solved=True),
        lambda: handling.finish(counters.centre.desk, number, Outcome.SOLVED, "属实"),
    )
    for act in acts:
        stages.append(act().stage)
        counters.sync()

    assert stages == [Stage.TO_SIGN, Stage.IN_HAND, Stage.TO_REVIEW, Stage.FINISHED]
    for counter in (counters.hall, counters.centre, counters.agency):
        order = counter.store.order(number)
        assert order.stage is Stage.FINISHED
        assert order.lead is not None
        assert (order.lead.internal, order.lead.advice, order.lead.solved) == ("已修好", "请按时限办理", True)
        assert order.clashes == ()
        assert counter.store.verify().sound
    assert Changes(work_orders=frozenset({number}), counts=True) in counters.centre.told


def test_a_dispatch_keeps_the_orders_own_limit_where_none_is_given(counters: Counters, number: Number) -> None:
    order = handling.dispatch(counters.centre.desk, number, ROADS)

    assert order.lead is not None
    assert order.accepted is not None
    assert order.lead.due_on == order.accepted.due_on != ""


def test_a_helper_is_asked_beside_the_lead(counters: Counters, number: Number) -> None:
    handling.dispatch(counters.centre.desk, number, ROADS)

    order = handling.dispatch(
        counters.centre.desk, number, counters.hall.card.unit, role=AssignmentRole.HELPER, due_on="2026-12-31"
    )

    assert [a.role for a in order.assignments] == [AssignmentRole.LEAD, AssignmentRole.HELPER]
    assert order.lead is not None
    assert order.lead.agency == ROADS


def test_only_the_centre_dispatches_and_finishes(counters: Counters, number: Number) -> None:
    hall = counters.hall.sits(OfficerRole.LEADER)

    with pytest.raises(Refusal, match="R208"):
        handling.dispatch(hall, number, ROADS)
    with pytest.raises(Refusal, match="R208"):
        handling.finish(hall, number, Outcome.SOLVED)
    with pytest.raises(Refusal, match="R204"):
        handling.dispatch(counters.centre.sits(OfficerRole.CLERK), number, ROADS)


@pytest.mark.parametrize(
    ("prepared", "act", "code"),
    [
        (False, lambda c, n: handling.sign_for(c.agency.desk, n), "R1[03]0"),
        (True, lambda c, n: handling.reply(c.agency.desk, n, internal="x"), "R140"),
        (True, lambda c, n: handling.dispatch(c.centre.desk, n, ROADS), "R121"),
        (True, lambda c, n: handling.dispatch(c.centre.desk, n, AgencyCode("")), "R120"),
        (True, lambda c, n: handling.finish(c.centre.desk, n, Outcome.SOLVED), "R150"),
        (True, lambda c, n: handling.note(c.hall.desk, n, " \t"), "R170"),
        (True, lambda c, n: handling.correct(c.hall.desk, n, Corrected(reason="")), "R110"),
        (True, lambda c, n: handling.correct(c.hall.desk, n, Corrected(reason="x")), "R111"),
        (True, lambda c, n: handling.correct(c.hall.desk, n, Corrected(reason="x", title=" ")), "R112"),
    ],
)
def test_what_does_not_fit_is_refused_and_nothing_is_written(
    counters: Counters, number: Number, prepared: bool, act: object, code: str
) -> None:
    if prepared:
        at_the_agency(counters, number)
    before = [counter.store.verify().entries for counter in (counters.hall, counters.centre, counters.agency)]

    with pytest.raises(Refusal, match=code):
        act(counters, number)  # type: ignore[operator]

    assert [c.store.verify().entries for c in (counters.hall, counters.centre, counters.agency)] == before


def test_signing_twice_and_replying_to_nothing_are_refused(counters: Counters, number: Number) -> None:
    at_the_agency(counters, number)
    handling.sign_for(counters.agency.desk, number)

    with pytest.raises(Refusal, match="R131"):
        handling.sign_for(counters.agency.desk, number)
    with pytest.raises(Refusal, match="R141"):
        handling.reply(counters.agency.desk, number, internal=" \u3000")


def test_a_correction_lies_over_the_first_words_which_stay_in_the_history(counters: Counters, number: Number) -> None:
    fact = Corrected(reason="听错 了", title="水管\u200b漏水", content="第一行\r\n第二行")

    order = handling.correct(counters.hall.desk, number, fact, Person(name="改后的人"))

    assert order.accepted is not None
    assert order.person is not None
    assert (order.accepted.title, order.accepted.content, order.person.name) == ("水管漏水", "第一行\n第二行", "改后的人")
    first = counters.hall.store.view(number).story[0]
    assert first.fact.title == "路灯不亮"  # type: ignore[attr-defined]


def test_a_note_changes_nothing_but_the_history(counters: Counters, number: Number) -> None:
    order = handling.note(counters.hall.desk, number, "已电话告知\n")

    assert (order.stage, order.entries) == (Stage.TO_DISPATCH, 2)


def test_words_are_erased_by_who_may_with_a_ground(counters: Counters, number: Number) -> None:
    first = counters.hall.store.view(number).story[0].entry_id
    with pytest.raises(Refusal, match="R204"):
        handling.erase(counters.hall.desk, number, first, ground="本人申请")
    leader = counters.hall.sits(OfficerRole.LEADER)
    with pytest.raises(Refusal, match="R183"):
        handling.erase(leader, number, first, ground="本人申请")
    acts.perform(leader, number, "answer", {"answer": "已当面答复"})
    with pytest.raises(Refusal, match="R180"):
        handling.erase(leader, number, first, ground=" ")
    with pytest.raises(Refusal, match="R181"):
        handling.erase(leader, number, EntryId("x"), ground="本人申请")

    handling.erase(leader, number, first, ground="本人申请")
    counters.sync()

    for counter in (counters.hall, counters.centre):
        assert isinstance(counter.store.view(number).story[0].fact, Withheld)
        assert counter.store.verify().sound


def test_erasing_the_person_alone_leaves_the_matter(counters: Counters, number: Number) -> None:
    first = counters.hall.store.view(number).story[0].entry_id

    order = handling.erase(counters.hall.sits(OfficerRole.ADMIN), number, first, ground="本人申请", erasure=Erasure.PERSON)

    assert order.person is None
    assert order.accepted is not None


def test_buttons_are_grey_for_what_would_be_refused(counters: Counters, number: Number) -> None:
    first = {"dispatch", "sign_for", "reply", "finish", "correct", "attach", "note"}

    def open_to(counter: Counter) -> frozenset[str]:
        return handling.allowed(counter.desk, counter.store.order(number)) & first

    assert open_to(counters.hall) == {"correct", "attach", "note"}
    assert open_to(counters.centre) == {"correct", "attach", "note", "dispatch"}
    at_the_agency(counters, number)
    assert open_to(counters.agency) == {"sign_for", "attach", "note"}
    handling.sign_for(counters.agency.desk, number)
    assert open_to(counters.agency) == {"reply", "attach", "note"}
    counters.agency.desk.officer = None
    assert open_to(counters.agency) == frozenset()


def test_the_limit_a_dispatcher_is_offered_counts_from_acceptance(counters: Counters, number: Number) -> None:
    order = counters.centre.store.order(number)
    counters.centre.clock.advance(days=3)

    offered = handling.default_due(counters.centre.desk, order)

    assert offered is not None
    assert offered.on.isoformat() == order.due_on
    counters.centre.store.database.execute_sql("DELETE FROM reference")
    assert handling.default_due(counters.centre.desk, order) is None


def test_an_order_that_is_not_here_offers_no_limit(counters: Counters) -> None:
    nowhere = counters.centre.store.order(Number("370323-09A-261121-00017"))

    assert handling.default_due(counters.centre.desk, nowhere) is None
    assert PrintedSlip("x", (), 0).reprint == 0
