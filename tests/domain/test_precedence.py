"""Which of two clashing acts stands until a person settles: the table, and that its answer does not depend on which came first."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import overload

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from county_hotline.domain import facts as f
from county_hotline.domain.clash_rules import RULES, Grade
from county_hotline.domain.clashes import AT_MOST_UNSEEN, clashes_in, grade
from county_hotline.domain.facts import CORRECTABLE, Corrected, Fact
from county_hotline.domain.folding import fold
from county_hotline.domain.happened import Happened
from county_hotline.domain.precedence import CALLER_WORDS, PRECEDENCE, PROTECTS, Act, Source, Stands, stands
from county_hotline.domain.vocabulary import Channel, MatterKind, Outcome, Stage, Urgency
from county_hotline.domain.weighing import WHOLE, weigh
from county_hotline.domain.work_order import WorkOrder
from county_hotline.ids import AgencyCode, EntryId, Life, Number, OfficerId, StationId
from tests.domain import test_clashes as t
from tests.domain.any_story import acceptances, facts

NUMBER = Number("370323-03A-261121-0007X")
TAKER, CENTRE, OTHER_POST = "370323-03", "370323-01", "370323-02"
FLIPPED = {Stands.ONE: Stands.OTHER, Stands.OTHER: Stands.ONE, Stands.AS_IT_CAME: Stands.AS_IT_CAME}

YES = f.ExtensionDecided(agency=t.A, approved=True, due_on="2026-12-04", opinion="", asked=EntryId("x"))
LATER_YES = replace(YES, due_on="2026-12-11")
NO = replace(YES, approved=False, due_on="")
WAIT = f.SuspensionDecided(agency=t.A, approved=True, review_on="2026-12-04", opinion="", asked=EntryId("x"))
SHOWN = f.Published(title="路灯修好了", text="已修")
HIDDEN = Corrected(reason="改主意", public=False)
FOUND, CANCELLED = f.SiteFindings(call="1", caller=t.A, findings="清淤"), f.CallCancelled(call="1", caller=t.A, reason="不用了")
ABOVE, BELOW, UNIT = Source.ABOVE, Source.TAKER, Source.UNIT

TABLE: list[tuple[Fact, Source, Fact, Source, Fact | None]] = [
    (t.LEAD_A, ABOVE, t.LEAD_B, ABOVE, None),
    (t.LEAD_B, ABOVE, t.REDO_A, ABOVE, t.LEAD_B),
    (t.RECALL_A, ABOVE, t.REPLY_A, UNIT, t.RECALL_A),
    (t.RECALL_A, ABOVE, t.LEAD_A, ABOVE, t.LEAD_A),
    (t.TOLD, BELOW, t.LEAD_A, ABOVE, t.LEAD_A),
    (t.VOID, ABOVE, t.LEAD_A, ABOVE, t.LEAD_A),
    (t.TAKEN, BELOW, t.LEAD_A, ABOVE, t.LEAD_A),
    (t.MERGED, BELOW, t.MERGED_ELSE, ABOVE, t.MERGED_ELSE),
    (t.MERGED, ABOVE, t.MERGED_ELSE, ABOVE, None),
    (t.TOLD, BELOW, t.VOID, ABOVE, t.VOID),
    (t.TOLD, BELOW, t.VOID, BELOW, t.TOLD),
    (t.ANSWER, BELOW, t.TOLD, BELOW, t.ANSWER),
    (t.MERGED, ABOVE, t.SOLVED, ABOVE, t.SOLVED),
    (t.VOID, ABOVE, t.NOT_THEIRS, BELOW, t.NOT_THEIRS),
    (t.JOINED, ABOVE, t.MERGED, ABOVE, t.JOINED),
    (t.SOLVED, ABOVE, t.UNSOLVED, ABOVE, t.UNSOLVED),
    (t.SOLVED, ABOVE, t.LEAD_A, ABOVE, t.LEAD_A),
    (t.REDO_A, ABOVE, t.SOLVED, ABOVE, t.REDO_A),
    (t.REDO_A, ABOVE, t.ARCHIVED, ABOVE, t.REDO_A),
    (t.REOPENED, ABOVE, t.SOLVED, ABOVE, t.REOPENED),
    (t.SOLVED, ABOVE, t.FAILED_A, ABOVE, t.FAILED_A),
    (SHOWN, ABOVE, HIDDEN, BELOW, HIDDEN),
    (
        SHOWN,
        ABOVE,
        f.WordsErased(entry_id=EntryId("e"), ground="本人申请"),
        BELOW,
        f.WordsErased(entry_id=EntryId("e"), ground="本人申请"),
    ),
    (YES, ABOVE, NO, ABOVE, NO),
    (YES, ABOVE, LATER_YES, ABOVE, YES),
    (WAIT, ABOVE, replace(WAIT, review_on="2027-01-01"), ABOVE, WAIT),
    (t.PASSED_A, ABOVE, t.FAILED_A, ABOVE, t.FAILED_A),
    (FOUND, UNIT, CANCELLED, UNIT, FOUND),
    (FOUND, UNIT, replace(FOUND, findings="封路"), UNIT, None),
    (t.K1, BELOW, t.K2, ABOVE, t.K2),
    (t.K1, ABOVE, t.K2, ABOVE, None),
    (t.SETTLED, BELOW, t.SETTLED_ELSE, ABOVE, t.SETTLED_ELSE),
    (t.SETTLED, ABOVE, t.SETTLED_ELSE, ABOVE, None),
]


@pytest.mark.parametrize(("one", "whose", "other", "others", "expected"), TABLE)
def test_which_act_stands(one: Fact, whose: Source, other: Fact, others: Source, expected: Fact | None) -> None:
    graded = grade(one, other) or grade(other, one)
    assert graded is not None
    assert graded[0] is Grade.HARD

    found = stands(graded[1], Act(one, whose), Act(other, others))

    assert {Stands.ONE: one, Stands.OTHER: other, Stands.AS_IT_CAME: None}[found] == expected


def test_every_hard_pair_has_its_answer_and_no_line_is_idle() -> None:
    hard = {rule.code for rule in RULES if rule.grade is Grade.HARD} | {"decided_too_early"}

    assert set(PRECEDENCE) == hard
    told = {(grade(one, other) or grade(other, one) or (None, ""))[1] for one, _, other, _, _ in TABLE}
    assert hard - told == {"two_calls", "two_findings", "two_scores", "two_supervisions", "decided_too_early"} - told


@pytest.mark.parametrize("name", [*CORRECTABLE, "person"])
@pytest.mark.parametrize("passed_on", [False, True])
def test_every_field_has_its_answer_the_callers_words_by_who_heard_them_the_rest_by_the_level_above(
    name: str, passed_on: bool
) -> None:
    taker, centre = Act(Corrected(reason="1"), BELOW, passed_on), Act(Corrected(reason="2"), ABOVE, passed_on)

    found = stands("same_field_corrected", taker, centre, name)

    heard = name in CALLER_WORDS and not passed_on
    assert found is (Stands.ONE if heard else Stands.OTHER)


@pytest.mark.parametrize("name", sorted(PROTECTS))
@pytest.mark.parametrize("source", Source)
def test_what_protects_the_caller_stands_whoever_wrote_it(name: str, source: Source) -> None:
    safe = Act(replace(Corrected(reason="1"), **{name: PROTECTS[name]}), source)
    open_ = Act(replace(Corrected(reason="2"), **{name: not PROTECTS[name]}), Source.ABOVE)

    assert stands("same_field_corrected", safe, open_, name) is Stands.ONE


@given(one=facts, other=facts, sources=st.tuples(st.sampled_from(Source), st.sampled_from(Source)), passed_on=st.booleans())
def test_the_answer_is_the_same_whichever_of_the_two_is_asked_first(
    one: Fact, other: Fact, sources: tuple[Source, Source], passed_on: bool
) -> None:
    graded = grade(one, other) or grade(other, one)
    if graded is None or graded[0] is not Grade.HARD:
        return
    first, second = Act(one, sources[0], passed_on), Act(other, sources[1], passed_on)

    for field in graded[2] or ("",):
        assert stands(graded[1], first, second, field) is FLIPPED[stands(graded[1], second, first, field)]


def wrote(fact: Fact, place: int, by: str, name: str = "") -> Happened:
    return Happened(
        entry_id=EntryId(name or f"e-{place}"),
        fact=fact,
        station=StationId(by),
        life=Life("A"),
        serial=place + 1,
        officer=OfficerId("0101 派单员甲"),
        recorded_at=0,
        basis=EntryId("begin") if name != "begin" else None,
    )


@given(begun=acceptances, one=facts, other=facts, posts=st.permutations([TAKER, CENTRE, OTHER_POST]))
def test_what_is_set_aside_does_not_depend_on_which_of_the_two_arrives_first(
    begun: Fact, one: Fact, other: Fact, posts: list[str]
) -> None:
    start = wrote(begun, 0, TAKER, "begin")
    mine, theirs = wrote(one, 1, posts[0], "one"), wrote(other, 2, posts[1], "other")

    here, there = weigh(NUMBER, [start, mine, theirs]), weigh(NUMBER, [start, theirs, mine])

    if not any(clash.code == "decided_too_early" for clash in (*here.open, *there.open)):
        assert here.aside == there.aside
        assert len(here.aside) <= 1 or all(fields != WHOLE for fields in here.aside.values())


ACCEPTED = f.Accepted(
    query_code="7K2M9QXA",
    unit=AgencyCode("370323109"),
    channel=Channel.VISIT,
    matter_kind=MatterKind.HELP,
    category="0204",
    place="370323109201",
    title="路灯不亮",
    content="三盏路灯不亮",
    came_at=1,
)


def both_ways(one: tuple[Fact, str], other: tuple[Fact, str]) -> list[WorkOrder]:
    start = wrote(ACCEPTED, 0, TAKER, "begin")
    mine, theirs = wrote(one[0], 1, one[1], "one"), wrote(other[0], 2, other[1], "other")
    return [fold(NUMBER, [start, mine, theirs]), fold(NUMBER, [start, theirs, mine])]


def test_the_takers_words_and_the_centres_urgency_stand_in_one_pair_of_corrections() -> None:
    mine = Corrected(reason="1", title="西洪路三盏路灯不亮", urgency=Urgency.NORMAL)
    theirs = Corrected(reason="2", title="路灯", urgency=Urgency.URGENT)

    for order in both_ways((mine, TAKER), (theirs, CENTRE)):
        assert order.accepted is not None
        assert (order.accepted.title, order.accepted.urgency) == ("西洪路三盏路灯不亮", Urgency.URGENT)


def test_a_request_told_elsewhere_at_the_counter_and_dispatched_above_stays_with_the_unit() -> None:
    for order in both_ways((t.TOLD, TAKER), (t.LEAD_A, CENTRE)):
        assert order.stage is Stage.TO_SIGN
        assert order.taking.path == t.TOLD


def test_what_was_finished_by_one_post_and_dispatched_by_another_goes_on() -> None:
    for order in both_ways((t.SOLVED, CENTRE), (t.LEAD_A, OTHER_POST)):
        assert (order.stage, order.outcome) == (Stage.TO_SIGN, None)


def test_of_two_outcomes_the_one_that_claims_less_is_shown() -> None:
    for order in both_ways((t.SOLVED, CENTRE), (t.UNSOLVED, OTHER_POST)):
        assert order.outcome is Outcome.UNSOLVED


def test_an_act_that_yields_to_one_which_does_not_stand_itself_stands() -> None:
    """A beats B and B beats C; C had seen A: only B is set aside."""
    start = wrote(ACCEPTED, 0, TAKER, "begin")
    dispatched = wrote(t.LEAD_A, 1, CENTRE, "a")
    told = wrote(t.TOLD, 2, TAKER, "b")
    void = replace(wrote(t.VOID, 3, TAKER, "c"), life=Life("B"), basis=EntryId("a"))
    story = [start, dispatched, told, void]

    assert {(c.first, c.second) for c in clashes_in(story)} == {("a", "b"), ("b", "c")}
    assert weigh(NUMBER, story).aside == {"b": WHOLE}
    assert weigh(NUMBER, [start, told, replace(void, basis=EntryId("begin"))]).aside == {"c": WHOLE}


@pytest.mark.parametrize(
    "made", [lambda at: Corrected(reason="x", title=f"第{at}次"), lambda at: FOUND if at % 2 else CANCELLED]
)
def test_who_writes_without_end_as_if_unseen_makes_nobody_count_without_end(made: Callable[[int], Fact]) -> None:
    """By two lives of one station: before it was bounded, four hundred took a minute, with the hub's database locked."""
    story = [
        Happened(EntryId(f"{at:04d}"), made(at), StationId(TAKER), Life("AB"[at % 2]), at, OfficerId("x"), 0, hub_seq=at)
        for at in range(1_000)
    ]

    found = clashes_in(story)

    assert len(story) < len(found) <= AT_MOST_UNSEEN * len(story)
    assert fold(NUMBER, story).entries == len(story)


class Counted(Sequence[Happened]):
    """A story that counts how often it is looked into."""

    def __init__(self, story: list[Happened]) -> None:
        self._story = story
        self.looks = 0

    def __len__(self) -> int:
        return len(self._story)

    @overload
    def __getitem__(self, place: int) -> Happened: ...

    @overload
    def __getitem__(self, place: slice) -> list[Happened]: ...

    def __getitem__(self, place: int | slice) -> Happened | list[Happened]:
        self.looks += 1
        return self._story[place]


def test_four_times_as_many_dispatches_are_weighed_with_four_times_the_work() -> None:
    """Two thousand took more than two hundred seconds: each pair looked at every dispatch."""
    short, long = (
        Counted([wrote(t.LEAD_A if at % 2 else t.LEAD_B, at, CENTRE if at % 2 else OTHER_POST) for at in range(count)])
        for count in (200, 800)
    )

    for story in (short, long):
        assert weigh(NUMBER, story).open

    assert long.looks < 6 * short.looks
