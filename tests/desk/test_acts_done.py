"""Acts done: what each writes, what the pack and the lists fill in, and what is refused on the way."""

from __future__ import annotations

from pathlib import Path

import pytest

from county_hotline.desk import acts, intake
from county_hotline.domain.vocabulary import (
    AssignmentRole,
    AssignmentState,
    OfficerRole,
    Satisfaction,
    Stage,
)
from county_hotline.errors import BadInput, HotlineError, Refusal
from county_hotline.ids import Number
from county_hotline.signals import Changes
from county_hotline.wording import sentence
from tests.support.desks import ROADS, a_form
from tests.support.play import Play
from tests.support.ticking_clock import TickingClock

HOUSING = "370323D04"
NOT_OF_ONE_ORDER = {"accept", "sync", "inbox", "accounts", "settings", "reference", "upkeep"}


def test_the_silent_limits_come_from_the_pack(play: Play) -> None:
    order = play.does(play.centre, "dispatch", agency=ROADS)

    assert order.lead is not None
    assert order.lead.due_on == "2026-11-27"
    assert order.lead.due_at > order.lead.dispatched_at


def test_an_extension_is_offered_to_the_packs_last_day_and_granted_to_the_caller(play: Play) -> None:
    play.in_hand()

    assert play.opened(play.agency, "ask_extension").values["until"] == "2026-12-11"
    play.does(play.agency, "ask_extension", reason="works", words="等管材")
    assert acts.decision_for(play.order()) == "decide_extension"
    order = play.does(play.centre, "decide_extension", approved="yes")
    assert order.due_on == "2026-12-11"
    assert acts.decision_for(order) == ""
    assert [each.about.value for each in order.to_tell] == ["extension"]
    assert play.opened(play.agency, "tell_citizen").values["about"] == "extension"
    order = play.does(play.agency, "tell_citizen", words="延到 12 月 11 日，等管材")
    assert order.to_tell == ()


def test_a_late_send_back_is_refused_with_the_limit_and_what_to_do(play: Play) -> None:
    play.does(play.centre, "dispatch", agency=ROADS)
    play.counters.agency.clock.advance(days=9)

    with pytest.raises(Refusal, match="R329") as refused:
        play.does(play.agency, "ask_send_back", reason="wrong_place", basis="三定")

    assert sentence(refused.value).startswith("退回要在 2026-11-2")
    assert "请照常办理" in sentence(refused.value)


def test_a_unit_that_was_let_go_is_not_offered_again_and_whom_it_named_is(play: Play) -> None:
    play.does(play.centre, "dispatch", agency=ROADS)
    play.does(play.agency, "ask_send_back", reason="not_our_duty", basis="三定", proposed=HOUSING)

    order = play.does(play.centre, "decide_send_back", approved="yes")

    assert order.stage is Stage.TO_DISPATCH
    opened = play.opened(play.centre, "dispatch")
    assert (opened.values["agency"], opened.words["agency"]) == (HOUSING, "县住建局")
    assert "reason" not in opened.values


def test_the_same_officer_does_not_judge_what_he_asked_for(play: Play) -> None:
    play.in_hand()
    play.does(play.centre, "ask_hard_case", agency=ROADS, words="牵涉多家")

    with pytest.raises(Refusal, match="R335"):
        play.does(play.centre, "decide_hard_case", approved="yes")


def test_at_the_centre_a_units_act_names_the_unit_and_elsewhere_it_does_not(play: Play) -> None:
    play.does(play.centre, "dispatch", agency=ROADS)

    assert play.opened(play.centre, "sign_for").values == {"agency": ROADS}
    assert play.opened(play.agency, "sign_for").values == {}
    order = play.does(play.centre, "sign_for")
    assert order.lead is not None
    assert order.lead.state is AssignmentState.IN_HAND


def test_another_lead_needs_a_reason_and_a_helper_does_not(play: Play) -> None:
    play.in_hand()
    opened = play.opened(play.centre, "dispatch")

    assert opened.values["role"] == AssignmentRole.HELPER.value
    with pytest.raises(Refusal, match="R320"):
        play.does(play.centre, "dispatch", agency=HOUSING, role="lead")
    play.does(play.centre, "dispatch", agency=HOUSING)
    order = play.does(play.centre, "dispatch", agency=play.hall.card.unit, role="lead", reason="属地办理更快")
    assert order.lead is not None
    assert (order.lead.agency, order.lead.reason) == (play.hall.card.unit, "属地办理更快")


def test_two_orders_become_one_in_one_transaction(play: Play) -> None:
    other = intake.accept(play.hall.desk, a_form(title="又一盏灯")).number
    play.counters.sync()

    order = play.does(play.hall, "merge", into=other[-5:])

    assert (order.stage, order.taking.merged_into) == (Stage.MERGED, other)
    assert play.hall.store.order(other).taking.repeats == (play.number,)
    assert Changes(work_orders=frozenset({play.number, other}), counts=True) in play.hall.told


def test_merging_that_is_refused_writes_nothing_anywhere(play: Play) -> None:
    before = play.hall.store.verify().entries

    for into, code in (("", "R300"), (play.number, "R313"), ("99999", "R190")):
        with pytest.raises(HotlineError, match=code) as refused:
            play.does(play.hall, "merge", into=into)
        assert refused.value.details.get("field", "into") == "into"

    assert play.hall.store.verify().entries == before


def test_calls_run_from_the_call_to_the_scores(play: Play, clock: TickingClock) -> None:
    typed = {"agencies": f"{ROADS} {HOUSING}", "meet_at": "明天 9:30", "in_charge": "副镇长", "chief": "镇长"}
    play.does(play.hall, "call_units", **typed)
    play.does(play.agency, "answer_call")
    clock.advance(days=1)
    play.does(play.agency, "sign_arrival", name="丙")
    play.does(play.hall, "sign_arrival", agency=HOUSING, name="丁", post="股长")
    with pytest.raises(BadInput, match="I141"):
        play.does(play.hall, "find", findings="堵了", tasks="水利局清淤")
    order = play.does(play.hall, "find", findings="堵了", tasks="县水利局：清淤：11-30\n县住建局：封路")
    assert [(a.agency, a.role, a.due_on) for a in order.live] == [
        (ROADS, AssignmentRole.HELPER, "2026-11-30"),
        (HOUSING, AssignmentRole.HELPER, ""),
    ]
    play.does(play.hall, "score_call", score="5")
    play.does(play.hall, "score_call", score="3")
    order = play.does(play.agency, "score_call", score="4")

    call = order.calls[0]
    assert [(s.by, s.of, s.score) for s in call.scores] == [
        (play.hall.card.unit, ROADS, 5),
        (play.hall.card.unit, HOUSING, 3),
        (ROADS, play.hall.card.unit, 4),
    ]


def test_supervisions_are_numbered_by_the_centre(play: Play) -> None:
    play.in_hand()

    for _ in range(2):
        play.does(play.centre, "supervise", cause="overdue", requirement="速办", reply_by="11-30")

    numbers = [s.supervision for s in play.order().oversight.supervisions]
    assert numbers == ["督2026-1", "督2026-2"]
    play.does(play.agency, "answer_supervision", words="在办", supervision=numbers[1])
    order = play.does(play.centre, "close_supervision", opinion="可", supervision=numbers[1])
    assert [s.supervision for s in order.oversight.supervisions if s.is_open] == numbers[:1]


def test_unreachable_is_not_dissatisfied_and_dissatisfied_is_not_finished_in_silence(play: Play) -> None:
    play.passed()

    order = play.does(play.centre, "follow_up", result="no_answer")
    assert (order.satisfaction, order.closing.follow_up_by > 0) == (None, True)
    with pytest.raises(Refusal, match="R366"):
        play.does(play.centre, "follow_up", result="no_answer", satisfaction="bad")
    order = play.does(play.centre, "follow_up", result="rated", satisfaction="bad", words="还不亮")
    assert order.satisfaction is Satisfaction.BAD
    with pytest.raises(Refusal, match="R370"):
        play.does(play.centre, "finish")
    order = play.does(play.centre, "redo", opinion="再查线路")
    assert order.stage is Stage.TO_REDO


def test_finishing_again_says_that_nothing_more_is_done_for_a_caller_who_is_not_satisfied(play: Play) -> None:
    play.passed()
    finished = play.does(play.centre, "finish")
    order = play.does(play.centre, "rate", satisfaction="very_bad")
    assert order.closing.dissatisfied
    assert play.standing(play.centre)["finish"].can

    order = play.does(play.centre, "finish", opinion="诉求超出政策，已当面说明")

    assert (order.closing.dissatisfied, order.finished_at) == (False, finished.finished_at)
    assert order.satisfaction is Satisfaction.VERY_BAD
    assert play.standing(play.centre)["finish"].why == "R151"


def test_only_what_differs_is_corrected_and_a_tip_off_becomes_confidential(play: Play) -> None:
    with pytest.raises(Refusal, match="R111"):
        play.does(play.hall, "correct", reason="听错")

    order = play.does(play.hall, "correct", reason="听错", matter_kind="tip_off", title="路灯被偷")

    assert order.accepted is not None
    assert (order.accepted.title, order.accepted.confidential) == ("路灯被偷", True)
    fact = play.hall.store.view(play.number).story[-1].fact
    assert fact.content is None  # type: ignore[attr-defined]


def test_confidential_callers_are_for_leaders(play: Play) -> None:
    play.does(play.hall, "correct", reason="听错", matter_kind="tip_off")
    play.hall.sits(OfficerRole.CLERK)
    assert play.standing(play.hall)["unmask"].why == "duty.leader"

    play.hall.sits(OfficerRole.LEADER)

    assert play.standing(play.hall)["unmask"].can


def test_keeping_acts_do_what_they_say(play: Play, tmp_path: Path) -> None:
    photo = tmp_path / "照片.jpg"
    photo.write_bytes(b"jpeg")

    assert len(play.does(play.hall, "attach", file=str(photo)).attachments) == 1
    assert play.does(play.hall, "note", text="已核实").entries == 3
    play.does(play.hall, "print")
    assert len(play.hall.printer.printed) == 1
    with pytest.raises(Refusal, match="R192"):
        play.does(play.hall, "unmask")
    play.does(play.hall, "unmask", reason="核对")
    last = play.opened(play.hall, "erase").choices["entry"][0]
    assert last.words == "备注"
    play.does(play.hall, "erase", entry=last.value, ground="本人申请")


def test_telling_a_path_fills_in_the_countys_words(play: Play) -> None:
    path = next(each for each in play.hall.store.reference.bundle().told_paths if not each.instead)

    order = play.does(play.hall, "tell_path", reason=path.code, signed="yes")

    assert order.stage is Stage.TOLD
    assert order.taking.path is not None
    assert (order.taking.path.path, order.taking.path.basis) == (path.path, path.basis)


def test_waiting_ends_with_the_day_it_was_given_back(play: Play, clock: TickingClock) -> None:
    play.in_hand()
    play.does(
        play.agency, "ask_suspension", reason="season", words="冻土", resume_when="化冻", review_on="12-15", sealed_by="局长"
    )
    order = play.does(play.centre, "decide_suspension", approved="yes")
    assert order.lead is not None
    assert (order.lead.state, order.lead.review_on) == (AssignmentState.SUSPENDED, "2026-12-15")
    clock.advance(days=3)
    order = play.does(play.agency, "resume", words="化冻了")
    assert order.lead is not None
    assert (order.lead.state, order.lead.due_on) == (AssignmentState.IN_HAND, "2026-11-27")


def test_an_unknown_article_is_refused(play: Play) -> None:
    with pytest.raises(Refusal, match="R305") as refused:
        play.does(play.hall, "answer", article="没有", answer="早九点")

    assert refused.value.details["field"] == "article"


@pytest.mark.parametrize("number", [Number("370323-09A-261121-00017")])
def test_an_order_that_is_not_here_can_be_looked_at_but_not_acted_on(play: Play, number: Number) -> None:
    standing = acts.standing(play.centre.desk, play.centre.store.order(number))

    assert {each.why for each in standing} == {"R100"}
