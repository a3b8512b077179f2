"""Whom an order comes to: units that are called, supervised or given a share, who took a repeat; and that nobody calls it to himself."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from county_hotline.domain.facts import (
    Fact,
    Merged,
    NoteAdded,
    Person,
    Recalled,
    RepeatJoined,
    SiteFindings,
    SupervisionIssued,
    SupervisionReplied,
    Task,
    UnitsCalled,
)
from county_hotline.domain.reference import StationCard
from county_hotline.domain.vocabulary import Outcome, StationRole, SupervisionCause
from county_hotline.hub import serving
from county_hotline.hub.asking import Hub
from county_hotline.ids import AgencyCode, Life, Number
from county_hotline.sync.wire import batches
from tests.support.forging import an_entry_of
from tests.support.line import HALL, HOUSING, OFFICER, WATER, Post, a_card, an_acceptance
from tests.support.ticking_clock import TickingClock

Enrol = Callable[[StationCard, TickingClock], Post]
TOWN, TOWN_2 = AgencyCode(HALL), AgencyCode("370323104")
ROADS = AgencyCode("37032322")
PHONE = "13911112222"


def a_call(caller: AgencyCode, *agencies: AgencyCode) -> UnitsCalled:
    return UnitsCalled(
        call="1",
        caller=caller,
        agencies=agencies,
        meet_at=1_795_230_000_000,
        meet_where="村口",
        matter="看路灯",
        handler="经办",
        in_charge="分管",
        chief="主责",
    )


def findings(caller: AgencyCode, *agencies: AgencyCode) -> SiteFindings:
    return SiteFindings(call="1", caller=caller, findings="电缆断", tasks=tuple(Task(each, "接好") for each in agencies))


def supervision(*agencies: AgencyCode) -> SupervisionIssued:
    return SupervisionIssued(
        supervision="2026-1", cause=SupervisionCause.OVERDUE, agencies=agencies, requirement="五日内办", reply_by=1
    )


def concerned(hub: Hub, post: Post) -> set[str]:
    """The orders the hub would hand this station, from the beginning on; what it wrote itself and is held back comes to it in any case."""
    card = post.store.station()
    assert card is not None
    page = hub.store.page_for(card, after=0, limit=5_000)
    return {each.entry.work_order for each in page.entries if not each.held}


def handed(post: Post, hub: Hub) -> str:
    station = hub.storage.station_by_key(post.pair.key_id)
    assert station is not None
    return serving.page(hub.store, station, after=0, limit=5_000, life=Life("")).decode()


def forge(post: Post, number: Number, fact: Fact) -> list[str]:
    post.transport.hello()
    receipt = post.transport.push(batches.encode([an_entry_of(post, number, fact)], post.pair))
    return [each.code for each in receipt.held]


@pytest.fixture
def housing(enrolled: Enrol) -> Post:
    return enrolled(a_card("21", StationRole.AGENCY, HOUSING), TickingClock())


@pytest.fixture
def roads(enrolled: Enrol) -> Post:
    return enrolled(a_card("22", StationRole.AGENCY, ROADS), TickingClock())


@pytest.fixture
def second_hall(enrolled: Enrol) -> Post:
    return enrolled(a_card("04", unit=TOWN_2), TickingClock())


def test_a_call_brings_the_whole_order_to_each_called_unit(hall: Post, agency: Post, housing: Post, roads: Post) -> None:
    number = hall.accept()
    hall.sync()
    for post in (agency, housing, roads):
        post.sync()
    hall.record(number, a_call(TOWN, WATER, HOUSING))
    hall.sync()

    for post in (agency, housing, roads):
        post.sync()

    assert [post.store.order(number).entries for post in (agency, housing, roads)] == [2, 2, 0]
    assert agency.store.order(number).calls == hall.store.order(number).calls


def test_a_unit_to_which_it_was_dispatched_may_call_others(hall: Post, centre: Post, agency: Post, housing: Post) -> None:
    number = hall.accept()
    hall.sync()
    centre.sync()
    centre.dispatch(number)
    centre.sync()
    agency.sync()
    agency.record(number, a_call(WATER, HOUSING))

    report = agency.sync()
    housing.sync()

    assert report.held == ()
    assert housing.store.order(number).entries == 3


def test_the_centre_calls_in_any_order(hall: Post, centre: Post, housing: Post) -> None:
    number = hall.accept()
    hall.sync()
    centre.sync()
    centre.record(number, a_call(AgencyCode("37032300"), HOUSING))
    centre.sync()

    housing.sync()

    assert housing.store.order(number).entries == 2


def test_a_forged_call_of_an_order_it_has_nothing_to_do_with_brings_nobody_anything(
    hall: Post, agency: Post, housing: Post, hub: Hub
) -> None:
    number = hall.accept()
    hall.sync()

    codes = forge(agency, number, a_call(WATER, WATER, HOUSING))

    assert codes == ["H106"]
    assert concerned(hub, agency) == concerned(hub, housing) == set()


@pytest.mark.parametrize("brought_by", [a_call(TOWN, WATER), supervision(WATER)], ids=["called", "supervised"])
def test_who_is_only_called_or_supervised_calls_nobody_else(
    brought_by: Fact, hall: Post, centre: Post, agency: Post, housing: Post, hub: Hub
) -> None:
    number = hall.accept()
    hall.sync()
    centre.sync()
    (hall if isinstance(brought_by, UnitsCalled) else centre).record(number, brought_by)
    for post in (hall, centre, agency):
        post.sync()

    assert agency.store.order(number).entries == 2
    assert forge(agency, number, a_call(WATER, HOUSING)) == ["H106"]
    assert concerned(hub, housing) == set()


def test_a_share_of_the_work_brings_the_order_and_lets_its_unit_call(
    hall: Post, agency: Post, housing: Post, roads: Post, hub: Hub
) -> None:
    number = hall.accept()
    hall.record(number, a_call(TOWN, WATER))
    hall.record(number, findings(TOWN, WATER, HOUSING))
    hall.sync()
    housing.sync()
    housing.record(number, a_call(HOUSING, ROADS))

    report = housing.sync()
    roads.sync()

    assert report.held == ()
    assert [a.agency for a in housing.store.order(number).assignments] == [WATER, HOUSING]
    assert roads.store.order(number).entries == 4


def test_forged_findings_share_an_order_with_nobody(hall: Post, agency: Post, housing: Post, hub: Hub) -> None:
    number = hall.accept()
    hall.record(number, a_call(TOWN, WATER))
    hall.sync()
    agency.sync()

    assert forge(agency, number, findings(WATER, HOUSING)) == ["H106"]
    assert concerned(hub, housing) == set()


def test_a_supervision_brings_the_order_to_the_units_it_asks(hall: Post, centre: Post, housing: Post, hub: Hub) -> None:
    number = hall.accept()
    hall.sync()
    centre.sync()
    centre.record(number, supervision(HOUSING))
    centre.sync()
    housing.sync()
    housing.record(number, SupervisionReplied(supervision="2026-1", agency=HOUSING, words="已办"))

    report = housing.sync()
    centre.sync()

    assert report.held == ()
    assert centre.store.order(number).oversight.supervisions[0].waiting_for == ()


def test_a_forged_supervision_brings_nobody_anything(hall: Post, agency: Post, hub: Hub) -> None:
    number = hall.accept()
    hall.sync()

    assert forge(agency, number, supervision(WATER)) == ["H106"]
    assert forge(hall, number, supervision(WATER)) == ["H106"]
    assert concerned(hub, agency) == set()


def test_a_called_unit_is_not_told_a_confidential_caller(hall: Post, agency: Post, hub: Hub) -> None:
    caller = Person(name="某某某", phone=PHONE)
    number = hall.store.accept(lambda given: (an_acceptance(confidential=True), caller), officer=OFFICER).number
    hall.record(number, a_call(TOWN, WATER))
    hall.sync()
    agency.sync()

    assert agency.store.order(number).entries == 2
    assert PHONE not in handed(agency, hub)


# ---------------------------------------------------------------- repeats


@pytest.fixture
def repeat(hall: Post, second_hall: Post, centre: Post) -> tuple[Number, Number]:
    """(master, repeat): taken in two halls, seen by the centre."""
    caller = Person(name="某某某", phone=PHONE)
    master = hall.store.accept(lambda given: (an_acceptance(confidential=True), caller), officer=OFFICER).number
    again = second_hall.accept("路灯还是不亮", unit=TOWN_2)
    for post in (hall, second_hall, centre):
        post.sync()
    return master, again


def test_who_took_a_repeat_hears_how_the_order_it_goes_on_in_ends(
    repeat: tuple[Number, Number], second_hall: Post, centre: Post, hub: Hub
) -> None:
    master, again = repeat
    centre.record(again, Merged(into=master))
    centre.record(master, RepeatJoined(repeat=again))
    centre.finish(master, Outcome.SOLVED)
    centre.sync()

    second_hall.sync()

    assert second_hall.store.order(master).outcome is Outcome.SOLVED
    assert second_hall.store.order(again).taking.merged_into == master
    assert PHONE not in handed(second_hall, hub), "the other caller's particulars stay where they were"


def test_who_took_a_repeat_of_a_repeat_hears_it_too(
    repeat: tuple[Number, Number], hall: Post, second_hall: Post, centre: Post
) -> None:
    master, again = repeat
    centre.record(master, RepeatJoined(repeat=again))
    centre.sync()
    last = hall.accept("全村路灯不亮")
    hall.sync()
    centre.sync()
    centre.record(master, Merged(into=last))
    centre.record(last, RepeatJoined(repeat=master))
    centre.finish(last)
    centre.sync()

    second_hall.sync()

    assert second_hall.store.order(last).outcome is Outcome.SOLVED


def test_a_hall_joins_its_own_repeat_to_an_order_of_its_own(hall: Post, enrolled: Enrol, hub: Hub) -> None:
    neighbour = enrolled(a_card("05"), TickingClock())
    master = hall.accept()
    hall.sync()
    neighbour.sync()
    again = neighbour.accept()
    neighbour.record(again, Merged(into=master))
    neighbour.record(master, RepeatJoined(repeat=again))

    report = neighbour.sync()

    assert report.held == ()
    assert hub.store.order(master).taking.repeats == (again,)


def test_nobody_joins_himself_to_an_order_that_is_not_his(
    repeat: tuple[Number, Number], second_hall: Post, agency: Post, hub: Hub
) -> None:
    master, again = repeat

    assert forge(second_hall, master, RepeatJoined(repeat=again)) == ["H106"]
    assert forge(agency, master, RepeatJoined(repeat=again)) == ["H106"]
    assert master not in concerned(hub, second_hall)
    assert concerned(hub, agency) == set()


def test_a_hall_does_not_hand_its_order_to_another_as_a_repeat(
    repeat: tuple[Number, Number], hall: Post, second_hall: Post, hub: Hub
) -> None:
    """Only the centre joins what another hall took."""
    master, again = repeat

    forge(hall, master, RepeatJoined(repeat=again))

    assert master not in concerned(hub, second_hall)


def test_a_repeat_whose_number_is_none_brings_nobody_anything(
    repeat: tuple[Number, Number], second_hall: Post, centre: Post, hub: Hub
) -> None:
    master, again = repeat

    forge(centre, master, RepeatJoined(repeat=Number(again[:-1] + "?")))

    assert master not in concerned(hub, second_hall)


def test_a_unit_that_let_go_still_hears_what_is_written_of_it(hall: Post, centre: Post, agency: Post) -> None:
    """Its card, its appeal and what was decided come later; they cannot be told apart from the rest of the story."""
    number = hall.accept()
    hall.sync()
    centre.sync()
    centre.dispatch(number)
    centre.sync()
    centre.record(number, Recalled(agency=WATER, reason="错派"))
    centre.record(number, NoteAdded(text="以后的"))
    centre.sync()

    agency.sync()

    assert agency.store.order(number).entries == 4
