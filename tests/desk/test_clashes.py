"""待核对 at the desk: both sides line by line, settling field by field, what follows from it, and whose it is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from county_hotline.desk import acts, clashes, handling, looking_up, today
from county_hotline.desk.founding import NewStation
from county_hotline.domain.comparing import Comparison, RowState, Side
from county_hotline.domain.facts import ClashSettled, Corrected, Recalled
from county_hotline.domain.tasks import TaskKind
from county_hotline.domain.vocabulary import OfficerRole, Stage, StationRole, Urgency
from county_hotline.errors import Refusal
from tests.support.desks import ROADS, Counter, a_form
from tests.support.play import Play
from tests.support.ticking_clock import TickingClock

HOUSING = "370323D04"
MINE = Corrected(reason="又来电说清楚", title="三盏路灯不亮", demand="修好并回电", place_detail="三号楼")
THEIRS = Corrected(reason="回访核实", title="路灯坏了", demand="修好并回电", urgency=Urgency.URGENT)


@pytest.fixture
def second(play: Play, tmp_path: Path, clock: TickingClock) -> Iterator[Counter]:
    """Another post of the centre, which has seen the order."""
    counter = Counter(tmp_path / "second", clock, NewStation(role=StationRole.CENTRE, station="02"))
    counter.sits(OfficerRole.LEADER)
    everybody(play, counter)
    yield counter
    counter.store.close()


def everybody(play: Play, *others: Counter) -> None:
    for _ in range(2):
        play.counters.sync()
        for counter in others:
            play.counters.hub.take_from(counter)
            play.counters.hub.give_to(counter)
    play.counters.sync()


def corrected_unseen(play: Play) -> Comparison:
    handling.correct(play.hall.desk, play.number, MINE)
    handling.correct(play.centre.desk, play.number, THEIRS)
    everybody(play)
    return clashes.compared(play.hall.desk, play.number)


def dispatched_twice(play: Play, second: Counter) -> Comparison:
    for counter, agency in ((play.centre, ROADS), (second, HOUSING)):
        opened = acts.opened(counter.desk, play.order(counter), "dispatch").values
        acts.perform(counter.desk, play.number, "dispatch", {**opened, "agency": agency})
    everybody(play, second)
    return clashes.compared(play.centre.desk, play.number)


def states(comparison: Comparison) -> dict[str, RowState]:
    return {row.key: row.state for row in comparison.rows}


def test_fields_changed_by_one_side_or_alike_are_merged_and_only_the_others_are_asked(play: Play) -> None:
    found = states(corrected_unseen(play))

    assert found["title"] is RowState.TO_CHOOSE
    assert {found[name] for name in ("demand", "place_detail", "urgency")} == {RowState.MERGED}
    assert [name for name, state in found.items() if state is RowState.TO_CHOOSE] == ["title"]


def test_each_side_stands_with_what_both_last_agreed_on(play: Play) -> None:
    comparison = corrected_unseen(play)

    row = comparison.to_choose[0]
    assert (row.before, row.one, row.other, row.holds) == ("路灯不亮", "三盏路灯不亮", "路灯坏了", Side.ONE)
    assert comparison.one.station == play.hall.card.station
    assert clashes.compared(play.centre.desk, play.number).one.station == play.centre.card.station


@pytest.mark.parametrize(("chosen", "title"), [("one", "三盏路灯不亮"), ("other", "路灯坏了"), ("anew", "西洪路路灯")])
def test_a_field_is_settled_for_either_side_or_written_anew(play: Play, chosen: str, title: str) -> None:
    comparison = corrected_unseen(play)

    clashes.settle(play.hall.desk, comparison, {"title": chosen}, anew={"title": "西洪路路灯"}, reason="已问清")
    everybody(play)

    for counter in (play.hall, play.centre):
        order = play.order(counter)
        assert order.clashes == ()
        assert order.accepted is not None
        assert (order.accepted.title, order.accepted.urgency, order.accepted.place_detail) == (title, Urgency.URGENT, "三号楼")
        facts = [event.fact for event in looking_up.order(counter.desk, play.number).story]
        assert [fact for fact in facts if fact in (MINE, THEIRS)] == [MINE, THEIRS]
        assert [fact.reason for fact in facts if isinstance(fact, ClashSettled)] == ["已问清"]


@pytest.mark.parametrize(("side", "stays", "goes"), [("one", ROADS, HOUSING), ("other", HOUSING, ROADS)])
def test_of_two_leads_one_stays_and_the_other_is_recalled_in_the_same_breath(
    play: Play, second: Counter, side: str, stays: str, goes: str
) -> None:
    comparison = dispatched_twice(play, second)

    order = clashes.settle(play.centre.desk, comparison, {"act1": side})

    assert order.lead is not None
    assert (order.lead.agency, order.stage, order.clashes) == (stays, Stage.TO_SIGN, ())
    facts = [event.fact for event in looking_up.order(play.centre.desk, play.number).story]
    recalled = [fact.agency for fact in facts if isinstance(fact, Recalled)]
    assert recalled == ([goes] if side == "one" else [])  # the first had been moved on by the second already
    everybody(play, second)
    assert play.order(play.agency).clashes == second.store.order(play.number).clashes == ()


def test_an_ending_at_the_counter_may_be_let_stand_over_a_dispatch(play: Play) -> None:
    told = acts.opened(play.hall.desk, play.order(play.hall), "tell_path").values
    acts.perform(play.hall.desk, play.number, "tell_path", {**told, "reason": "03"})
    opened = acts.opened(play.centre.desk, play.order(), "dispatch").values
    acts.perform(play.centre.desk, play.number, "dispatch", {**opened, "agency": ROADS})
    everybody(play)
    assert play.order(play.hall).stage is Stage.TO_SIGN
    comparison = clashes.compared(play.centre.desk, play.number)
    side = Side.ONE if comparison.one.station == play.hall.card.station else Side.OTHER

    order = clashes.settle(play.centre.desk, comparison, {"act1": side.value})

    assert (order.stage, order.live, order.clashes) == (Stage.TOLD, (), ())


def test_who_took_the_request_settles_no_clash_of_units(play: Play, second: Counter) -> None:
    dispatched_twice(play, second)
    comparison = clashes.compared(play.hall.desk, play.number)

    assert clashes.hindrance(play.hall.desk, comparison) == "place"
    with pytest.raises(Refusal, match="R524"):
        clashes.settle(play.hall.desk, comparison, {"act1": "one"})


@pytest.mark.parametrize(("chosen", "code"), [({}, "R521"), ({"title": "neither"}, "R522"), ({"title": "anew"}, "R522")])
def test_what_is_not_chosen_or_is_no_answer_settles_nothing(play: Play, chosen: dict[str, str], code: str) -> None:
    comparison = corrected_unseen(play)

    with pytest.raises(Refusal, match=code):
        clashes.settle(play.hall.desk, comparison, chosen)
    assert len(play.order(play.hall).clashes) == 1


def test_a_clash_settled_meanwhile_is_settled_no_second_time(play: Play) -> None:
    comparison = corrected_unseen(play)
    clashes.settle(play.hall.desk, comparison, {"title": "one"})

    with pytest.raises(Refusal, match="R520"):
        clashes.settle(play.hall.desk, comparison, {"title": "other"})
    with pytest.raises(Refusal, match="R520"):
        clashes.compared(play.hall.desk, play.number)


def waits(counter: Counter, play: Play) -> set[TaskKind]:
    rows = [row for _, rows in today.today(counter.desk).groups for row in rows if row.number == play.number]
    return {row.kind for row in rows} & {TaskKind.SETTLE, TaskKind.SETTLE_STATE}


def test_it_waits_for_whoever_may_settle_it_and_after_asking_for_the_centre_alone(play: Play) -> None:
    comparison = corrected_unseen(play)
    play.hall.sits(OfficerRole.CLERK)
    play.centre.sits(OfficerRole.DISPATCHER)
    assert waits(play.hall, play) == waits(play.centre, play) == {TaskKind.SETTLE}

    clashes.ask_centre(play.hall.desk, comparison, "两个说法对不上")
    everybody(play)

    assert (waits(play.hall, play), waits(play.centre, play)) == (set(), {TaskKind.SETTLE})
    with pytest.raises(Refusal, match="R523"):
        clashes.ask_centre(play.hall.desk, clashes.compared(play.hall.desk, play.number))


def test_of_units_it_waits_for_the_centre_and_not_for_its_clerks(play: Play, second: Counter) -> None:
    dispatched_twice(play, second)
    play.hall.sits(OfficerRole.CLERK)

    assert waits(play.hall, play) == set()
    assert waits(play.centre, play) == {TaskKind.SETTLE_STATE}
    play.centre.sits(OfficerRole.CLERK)
    assert waits(play.centre, play) == set()
    with pytest.raises(Refusal, match="R204"):
        clashes.settle(play.centre.desk, clashes.compared(play.centre.desk, play.number), {"act1": "one"})


@pytest.mark.parametrize(
    ("name", "text", "read"), [("urgency", "紧急", Urgency.URGENT), ("people", "12", 12), ("public", "是", True)]
)
def test_another_value_is_read_as_files_are(play: Play, name: str, text: str, read: object) -> None:
    assert clashes.read_value(play.hall.desk, name, text) == read
    with pytest.raises(Refusal, match="R525"):
        clashes.read_value(play.hall.desk, name, "说不清")


def test_the_same_form_settles_by_whole_sides(play: Play) -> None:
    corrected_unseen(play)

    order = acts.perform(play.hall.desk, play.number, "settle", {"side": "other", "reason": ""})

    assert order.accepted is not None
    assert (order.accepted.title, order.clashes) == ("路灯坏了", ())


def test_a_confidential_callers_particulars_are_compared_without_a_word_of_them(play: Play) -> None:
    from county_hotline.desk import clash_words, intake
    from county_hotline.domain.facts import Person

    class Lists:
        def agency(self, code: str) -> str:
            return code

        category = place = agency

    number = intake.accept(play.hall.desk, a_form(confidential=True)).number
    everybody(play)
    for counter, name in ((play.hall, "甲某某"), (play.centre, "乙某某")):
        handling.correct(counter.desk, number, Corrected(reason="听错"), Person(name=name, phone="13812345678"))
    everybody(play)

    comparison = clashes.compared(play.hall.desk, number)
    row = comparison.to_choose[0]
    said = [clash_words.value(row.key, each, Lists(), hidden=comparison.order.is_confidential) for each in (row.one, row.other)]
    assert (row.key, said) == ("person", ["保密", "保密"])
    open_ = clash_words.value(row.key, row.one, Lists(), hidden=False)
    assert "13812345678" not in open_
    assert "甲某" not in open_
