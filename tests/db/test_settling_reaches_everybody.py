"""What a person settles is settled at every replica alike; nothing that was written goes, and two settlements unseen by each other are
before a person again."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from county_hotline.db.line.routing import is_closed
from county_hotline.domain import decisions
from county_hotline.domain.authority import WRITERS, Writer
from county_hotline.domain.clashes import Clash, Grade
from county_hotline.domain.facts import ClashSettled, Corrected, Dispatched, Fact, Finished, PathTold, Person
from county_hotline.domain.views import RegisterQuery
from county_hotline.domain.vocabulary import ClashMatter, Outcome, Stage, Urgency
from county_hotline.domain.work_order import WorkOrder
from county_hotline.ids import EntryId, Number
from tests.support.builders import HOUSING, WATER, a_caller
from tests.support.stations import County, Station

Act = tuple[Fact, Person | None]
HALL = 2
TITLES = ("水管漏水", "井盖破损", "路灯不亮")
ACTS: tuple[Act, ...] = (
    *((Corrected(reason="听错", title=title), None) for title in TITLES),
    (Corrected(reason="听错", title="水管爆裂", urgency=Urgency.URGENT), None),
    (Corrected(reason="听错", urgency=Urgency.NORMAL), None),
    (Corrected(reason="听错", person=True), a_caller(name="甲")),
    (Corrected(reason="听错", person=True), a_caller(name="乙")),
    (Dispatched(agency=WATER), None),
    (Dispatched(agency=HOUSING), None),
    (Finished(outcome=Outcome.SOLVED), None),
    (Finished(outcome=Outcome.UNSOLVED), None),
    (PathTold(reason="03", words="诉讼中", path="请到法院"), None),
)


def _may(pair: tuple[int, Act]) -> bool:
    """The hall took the request: what only the centre may write, the hub would hold back."""
    return pair[0] < HALL or WRITERS[type(pair[1][0])] is Writer.TAKER


def settles(station: Station, number: Number, clash: Clash, *, first: bool = True) -> WorkOrder:
    """As the desk does: whole acts, or every field, of one side."""
    chosen = clash.first if first else clash.second
    pair = frozenset((clash.first, clash.second))

    def decide(order: WorkOrder) -> tuple[Fact, None]:
        if clash.fields:
            return decisions.settle(order, pair, fields=dict.fromkeys(clash.fields, chosen)), None
        return decisions.settle(order, pair, stands=chosen), None

    return station.store.record(number, decide, officer=station.store.view(number).story[0].officer)


def same_everywhere(county: County, number: Number) -> list[Clash]:
    """Both desks, the hall and the hub hold one order, one history and one list. The list."""
    county.sync_until_quiet()
    boxes = (county.centre, county.second, county.hall)
    lists = [box.clashes(number) for box in boxes]
    assert lists[0] == lists[1] == lists[2]
    orders = [box.store.order(number) for box in boxes]
    assert orders[0] == orders[1] == orders[2]
    stories = [[event.entry_id for event in box.store.view(number).story] for box in (*boxes, county.hub)]
    assert all(story == stories[0] for story in stories)
    assert [box.store.verify().problems for box in boxes] == [(), (), ()]
    return lists[0]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    written=st.lists(st.tuples(st.integers(0, 2), st.sampled_from(ACTS)).filter(_may), min_size=2, max_size=6),
    arrival=st.permutations([0, 1, 2]),
    answers=st.lists(st.booleans(), min_size=20, max_size=20),
)
def test_three_replicas_write_settle_and_agree_and_every_value_stays_in_the_history(
    county: County, written: list[tuple[int, Act]], arrival: list[int], answers: list[bool]
) -> None:
    number = county.hall.accept()
    county.sharing(number)
    places = (county.centre, county.second, county.hall)
    for where, act in written:
        places[where].record(number, *act)
    county.sync(*(places[where] for where in arrival))

    listed = same_everywhere(county, number)

    for clash, first in zip(listed, answers, strict=False):
        settles(county.centre, number, clash, first=first)
    assert [clash for clash in same_everywhere(county, number) if clash in listed] == []
    facts = [event.fact for event in county.hall.store.view(number).story]
    for _, (fact, _) in written:
        assert fact in facts
    assert len([fact for fact in facts if isinstance(fact, ClashSettled)]) == min(len(listed), len(answers))


@pytest.mark.parametrize("first", [True, False])
def test_the_value_that_was_chosen_is_shown_everywhere_and_the_order_is_on_no_list(county: County, first: bool) -> None:
    number = county.hall.accept()
    here, there = county.sharing(number)
    here.correct(number, title="水管漏水", category="0203")
    there.correct(number, title="井盖破损", place_detail="三号楼")
    clash = same_everywhere(county, number)[0]

    settles(here, number, clash, first=first)

    assert same_everywhere(county, number) == []
    chosen = clash.first if first else clash.second
    title = next(event.fact.title for event in here.store.view(number).story if event.entry_id == chosen)  # type: ignore[attr-defined]
    for box in (here, there, county.hall):
        accepted = box.store.order(number).accepted
        assert accepted is not None
        assert (accepted.title, accepted.category, accepted.place_detail) == (title, "0203", "三号楼")
        assert box.store.register(RegisterQuery(clashes_only=True), after=None, limit=5).total == 0


@pytest.mark.parametrize("first", [True, False])
def test_of_two_leads_the_chosen_one_leads_and_the_other_round_is_withdrawn(county: County, first: bool) -> None:
    number = county.hall.accept()
    here, there = county.sharing(number)
    here.dispatch(number, WATER)
    there.dispatch(number, HOUSING)
    clash = same_everywhere(county, number)[0]

    settles(there, number, clash, first=first)

    same_everywhere(county, number)
    order = county.hall.store.order(number)
    story = {event.entry_id: event.fact for event in county.hall.store.view(number).story}
    chosen = story[clash.first if first else clash.second]
    assert order.lead is not None
    assert (order.lead.agency, order.stage) == (chosen.agency, Stage.TO_SIGN)  # type: ignore[attr-defined]
    assert [a.agency for a in order.live] == [chosen.agency]  # type: ignore[attr-defined]
    assert {a.agency for a in order.assignments} == {WATER, HOUSING}


def test_two_settlements_unseen_by_each_other_are_a_clash_that_can_be_settled_itself(county: County) -> None:
    number = county.hall.accept()
    here, there = county.sharing(number)
    here.dispatch(number, WATER)
    there.dispatch(number, HOUSING)
    clash = same_everywhere(county, number)[0]

    settles(here, number, clash, first=True)
    settles(there, number, clash, first=False)

    again = same_everywhere(county, number)
    assert [(each.grade, each.code, each.matter) for each in again] == [(Grade.HARD, "settled_differently", ClashMatter.STATE)]
    settles(here, number, again[0], first=True)
    assert same_everywhere(county, number) == []
    story = {event.entry_id: event.fact for event in here.store.view(number).story}
    stands = story[again[0].first].stands  # type: ignore[attr-defined]
    lead = county.second.store.order(number).lead
    assert lead is not None
    assert lead.agency == story[stands].agency  # type: ignore[attr-defined]


def test_what_is_left_to_the_centre_stays_open_and_says_so(county: County) -> None:
    number = county.hall.accept()
    county.sharing(number)
    county.hall.correct(number, title="水管漏水")
    county.centre.correct(number, title="井盖破损")
    clash = same_everywhere(county, number)[0]

    county.hall.store.record(
        number,
        lambda order: (decisions.refer(order, frozenset((clash.first, clash.second)), "请定"), None),
        officer=county.hall.store.view(number).story[0].officer,
    )

    assert [(each.code, each.to_centre) for each in same_everywhere(county, number)] == [("same_field_corrected", True)]
    settles(county.centre, number, same_everywhere(county, number)[0])
    assert same_everywhere(county, number) == []


def test_who_took_the_request_settles_only_what_the_caller_said(county: County) -> None:
    """A settlement beyond the settler's matter settles nothing anywhere, whatever it claims."""
    number = county.hall.accept()
    here, there = county.sharing(number)
    here.dispatch(number, WATER)
    there.dispatch(number, HOUSING)
    clash = same_everywhere(county, number)[0]
    acts: tuple[EntryId, EntryId] = tuple(sorted((clash.first, clash.second)))  # type: ignore[assignment]

    county.hall.record(number, ClashSettled(acts=acts, matter=ClashMatter.WORDS, stands=clash.first))

    assert same_everywhere(county, number) == [clash]


@pytest.mark.parametrize("centre_first", [True, False])
def test_a_caller_whom_one_closed_and_another_opened_unseen_is_kept_from_the_unit_until_it_is_settled(
    county: County, centre_first: bool
) -> None:
    number = county.hall.accept(a_caller())
    county.sharing(number)
    county.centre.dispatch(number, WATER)
    county.sync_until_quiet()
    county.centre.correct(number, confidential=True)
    county.hall.correct(number, confidential=False)
    county.sync(*((county.centre, county.hall) if centre_first else (county.hall, county.centre)))
    clash = same_everywhere(county, number)[0]
    card = county.agency.card

    assert county.hall.store.order(number).is_confidential
    assert is_closed(county.hub.store.database.connection(), number, {card.station}, {card.unit})

    opened = next(
        event.entry_id
        for event in county.hall.store.view(number).story
        if event.entry_id in (clash.first, clash.second) and event.station == county.hall.card.station
    )
    settles(county.centre, number, clash, first=clash.first == opened)
    same_everywhere(county, number)
    assert not county.hall.store.order(number).is_confidential
