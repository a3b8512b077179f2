"""The fold is total and one: whatever was written, in whatever order, there is one order it comes to."""

from __future__ import annotations

from functools import reduce

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from msgspec.structs import replace

from county_hotline.domain import decisions
from county_hotline.domain.facts import (
    Accepted,
    Corrected,
    Dispatched,
    Fact,
    Finished,
    Person,
    Replied,
    SignedFor,
    Withdrawn,
    Withheld,
)
from county_hotline.domain.folding import apply, fold
from county_hotline.domain.happened import Happened
from county_hotline.domain.vocabulary import AssignmentRole, AssignmentState, Channel, MatterKind, Outcome, Stage
from county_hotline.domain.weighing import weigh
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import Refusal
from county_hotline.ids import AgencyCode, EntryId, Life, OfficerId, StationId
from tests.domain.any_story import NUMBER, stories

ROADS, HOUSING = AgencyCode("370323D06"), AgencyCode("370323D04")


def accepted(**more: object) -> Accepted:
    plain: dict[str, object] = {
        "query_code": "7K2M9QXA",
        "unit": AgencyCode("370323109"),
        "channel": Channel.VISIT,
        "matter_kind": MatterKind.HELP,
        "category": "0204",
        "place": "370323109201",
        "title": "路灯不亮",
        "content": "村口路灯三盏不亮",
        "came_at": 1,
        "due_on": "2026-11-27",
    }
    return Accepted(**{**plain, **more})  # type: ignore[arg-type]


def told(*facts: Fact, person: Person | None = None) -> WorkOrder:
    """The order after `facts`, one after another, each by a writer who saw all before."""
    return fold(NUMBER, [event(fact, place, person=person) for place, fact in enumerate(facts)])


def event(fact: Fact, place: int, *, person: Person | None = None) -> Happened:
    return Happened(
        entry_id=EntryId(f"e-{place}"),
        fact=fact,
        station=StationId("370323-03"),
        life=Life("A"),
        serial=place + 1,
        officer=OfficerId("0301 受理员甲"),
        recorded_at=1_000 + place,
        basis=None,
        person=person,
    )


@given(story=stories())
def test_the_fold_never_raises_and_counts_every_entry_that_was_not_withdrawn(story: tuple[Happened, ...]) -> None:
    order = fold(NUMBER, story)

    said = {(each.fact.entry_id, each.station) for each in story if isinstance(each.fact, Withdrawn)}
    stand = [
        each.entry_id for each in story if (each.entry_id, each.station) not in said and not isinstance(each.fact, Withdrawn)
    ]
    assert order.entries == len(stand)
    assert order.last_entry == (stand[-1] if stand else None)
    assert isinstance(order.stage, Stage)
    above = order.accepted.external_due_at if order.accepted else 0
    assert above or order.due_on in {"", "2026-11-27", "2026-12-04"}


@given(story=stories(), cut=st.integers(0, 14))
def test_folding_in_two_goes_is_folding_in_one(story: tuple[Happened, ...], cut: int) -> None:
    """A snapshot plus the rest must equal the whole, unless something of the first part is set aside by the second."""
    weighed = weigh(NUMBER, story)
    assume(not weighed.aside)
    assume(not any(isinstance(event.fact, Withdrawn) for event in story[cut:]))
    in_two = reduce(apply, story[cut:], fold(NUMBER, story[:cut]))

    assert replace(in_two, clashes=weighed.open) == fold(NUMBER, story)


@given(story=stories(starts_accepted=True))
def test_once_accepted_an_order_is_never_unread_again_and_keeps_where_it_came_in(story: tuple[Happened, ...]) -> None:
    order = fold(NUMBER, story)

    assert order.stage is not Stage.UNREAD
    assert (order.station, order.accepted_at) == (story[0].station, story[0].recorded_at)
    assert order.accepted is not None
    assert order.accepted.query_code == "7K2M9QXA"


@given(story=stories(starts_accepted=True))
def test_at_most_one_lead_is_at_work(story: tuple[Happened, ...]) -> None:
    leads = [a for a in fold(NUMBER, story).assignments if a.role is AssignmentRole.LEAD]

    assert all(a.state is AssignmentState.WITHDRAWN for a in leads[:-1])
    assert not leads or leads[-1].state is not AssignmentState.WITHDRAWN


def test_an_order_goes_from_desk_to_done() -> None:
    steps: list[tuple[Fact, Stage]] = [
        (accepted(), Stage.TO_DISPATCH),
        (Dispatched(agency=HOUSING, due_on="2026-11-25"), Stage.TO_SIGN),
        (SignedFor(agency=HOUSING), Stage.IN_HAND),
        (Replied(agency=HOUSING, internal="已修复", public="已修复", solved=True), Stage.TO_REVIEW),
        (Finished(outcome=Outcome.SOLVED), Stage.FINISHED),
    ]

    for done in range(1, len(steps) + 1):
        assert told(*[fact for fact, _ in steps[:done]]).stage is steps[done - 1][1]
    assert told(*[fact for fact, _ in steps]).due_on == "2026-11-25"


def test_dispatching_a_finished_order_opens_it_again() -> None:
    order = told(accepted(), Dispatched(agency=HOUSING), Finished(outcome=Outcome.SOLVED), Dispatched(agency=ROADS))

    assert order.stage is Stage.TO_SIGN
    assert order.outcome is None
    assert [a.state for a in order.assignments] == [AssignmentState.WITHDRAWN, AssignmentState.TO_SIGN]


def test_a_helpers_round_leaves_the_lead_alone() -> None:
    order = told(accepted(), Dispatched(agency=HOUSING), Dispatched(agency=ROADS, role=AssignmentRole.HELPER))

    assert order.lead is not None
    assert order.lead.agency == HOUSING
    assert order.lead.state is AssignmentState.TO_SIGN


def test_a_correction_replaces_what_it_names_and_nothing_else() -> None:
    order = told(accepted(), Corrected(reason="听错了", title="路灯不亮三天"))

    assert order.accepted == accepted(title="路灯不亮三天")


def test_the_callers_particulars_change_only_where_the_correction_says_so() -> None:
    first, second = Person(name="甲"), Person(name="乙")
    story = [event(accepted(), 0, person=first), event(Corrected(reason="别的", title="新"), 1, person=second)]

    assert fold(NUMBER, story).person == first
    assert fold(NUMBER, [story[0], event(Corrected(reason="名字", person=True), 1, person=second)]).person == second


def test_an_order_whose_acceptance_was_erased_is_unread_and_still_counts() -> None:
    order = told(Withheld(kind_on_disk="work_order.accepted"))

    assert (order.stage, order.entries) == (Stage.UNREAD, 1)


def test_an_order_whose_words_were_erased_by_law_is_not_handled_any_more() -> None:
    erased = told(Withheld(kind_on_disk=Accepted.kind))

    with pytest.raises(Refusal) as refused:
        decisions.dispatch(erased, ROADS, role=AssignmentRole.LEAD, due_on="")

    assert erased.erased
    assert refused.value.code == "R182"
