"""I7: what two people did without seeing each other, and which cannot both hold, is on the review list of both. At the store."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from county_hotline.domain.clashes import Grade
from county_hotline.domain.facts import Corrected, Dispatched, Fact, Finished, NoteAdded, Person, Replied
from county_hotline.domain.views import RegisterQuery
from county_hotline.domain.vocabulary import AssignmentRole, Outcome
from tests.support.builders import HOUSING, WATER, a_caller
from tests.support.stations import County, Station

Act = tuple[Fact, Person | None]

DISPATCH_WATER: Act = (Dispatched(agency=WATER), None)
DISPATCH_HOUSING: Act = (Dispatched(agency=HOUSING), None)
HELP_OF_WATER: Act = (Dispatched(agency=WATER, role=AssignmentRole.HELPER), None)
SOLVED: Act = (Finished(outcome=Outcome.SOLVED), None)
UNSOLVED: Act = (Finished(outcome=Outcome.UNSOLVED), None)
RETITLE: Act = (Corrected(reason="听错", title="水管漏水"), None)
RETITLE_OTHERWISE: Act = (Corrected(reason="听错", title="井盖破损"), None)
ANOTHER_FIELD: Act = (Corrected(reason="听错", category="0203"), None)
ONE_NAME: Act = (Corrected(reason="听错", person=True), a_caller(name="甲"))
OTHER_NAME: Act = (Corrected(reason="听错", person=True), a_caller(name="乙"))
REPLY: Act = (Replied(agency=WATER, internal="已办"), None)
NOTE: Act = (NoteAdded(text="备注"), None)

PAIRS = [(DISPATCH_WATER, DISPATCH_HOUSING), (RETITLE, RETITLE_OTHERWISE), (SOLVED, UNSOLVED)]
TOGETHER = [
    (DISPATCH_WATER, DISPATCH_HOUSING, (Grade.HARD, "two_leads", ())),
    (DISPATCH_WATER, DISPATCH_WATER, (Grade.SOFT, "dispatched_twice", ())),
    (SOLVED, UNSOLVED, (Grade.HARD, "two_outcomes", ())),
    (SOLVED, DISPATCH_WATER, (Grade.HARD, "finished_while_dispatched", ())),
    (RETITLE, RETITLE_OTHERWISE, (Grade.HARD, "same_field_corrected", ("title",))),
    (ONE_NAME, OTHER_NAME, (Grade.HARD, "same_field_corrected", ("person",))),
    (RETITLE, ANOTHER_FIELD, (Grade.SOFT, "corrected_meanwhile", None)),
    (SOLVED, REPLY, (Grade.SOFT, "finished_meanwhile", ())),
    (DISPATCH_HOUSING, REPLY, (Grade.SOFT, "moved_meanwhile", ())),
    (SOLVED, SOLVED, None),
    (HELP_OF_WATER, DISPATCH_HOUSING, None),
    (NOTE, SOLVED, None),
]


def orders_of_arrival(county: County) -> dict[str, Callable[[], None]]:
    return {
        "the first desk speaks first": lambda: county.sync(county.centre, county.second),
        "the second desk speaks first": lambda: county.sync(county.second, county.centre),
    }


@pytest.mark.parametrize("order_of_arrival", ["the first desk speaks first", "the second desk speaks first"])
@pytest.mark.parametrize(("one", "other", "clash"), TOGETHER)
def test_two_acts_unseen_by_each_other_come_before_both(
    county: County, one: Act, other: Act, clash: tuple[Grade, str, tuple[str, ...] | None] | None, order_of_arrival: str
) -> None:
    number = county.hall.accept()
    here, there = county.sharing(number)

    here.record(number, *one)
    there.record(number, *other)
    orders_of_arrival(county)[order_of_arrival]()
    county.sync_until_quiet()

    lists = [station.clashes(number) for station in (here, there, county.hall)]
    assert lists[0] == lists[1] == lists[2]
    if clash is None:
        assert lists[0] == []
        return
    grade, code, fields = clash
    assert [(each.grade, each.code) for each in lists[0]] == [(grade, code)]
    assert fields is None or lists[0][0].fields == fields
    for station in (here, there):
        listed = station.store.register(RegisterQuery(clashes_only=True), after=None, limit=5).rows
        assert [(row.number, row.clashes) for row in listed] == [(number, 1)]


@pytest.mark.parametrize(("one", "other", "clash"), TOGETHER)
def test_the_same_acts_in_sight_of_each_other_are_no_clash(county: County, one: Act, other: Act, clash: object) -> None:
    number = county.hall.accept()
    here, there = county.sharing(number)

    here.record(number, *one)
    county.sync_until_quiet()
    there.record(number, *other)
    county.sync_until_quiet()

    assert here.clashes(number) == there.clashes(number) == []


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rounds=st.lists(st.tuples(st.sampled_from(PAIRS), st.booleans(), st.booleans()), min_size=1, max_size=4))
def test_however_often_two_desks_are_led_to_one_order_unseen_both_see_every_clash(
    county: County, rounds: list[tuple[tuple[Act, Act], bool, bool]]
) -> None:
    """The steering rule: sync, then both act on the same order; chance alone never leads them there."""
    number = county.hall.accept()
    here, there = county.sharing(number)

    for (act, opposite), unseen, swapped in rounds:
        before = len(here.clashes(number))
        pair: tuple[Station, Station] = (there, here) if swapped else (here, there)
        pair[0].record(number, *act)
        if not unseen:
            county.sync_until_quiet()
        pair[1].record(number, *opposite)
        county.sync_until_quiet()
        assert here.clashes(number) == there.clashes(number)
        assert len(here.clashes(number)) == before + unseen

    assert here.store.verify().sound
