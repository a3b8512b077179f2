"""Acts as data: every act is there, is greyed with a reason a person can read, opens with defaults and does what it says."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from county_hotline.desk import acts, handling, intake
from county_hotline.desk.acts.spec import FieldKind, Opened, Standing
from county_hotline.domain.authority import DUTIES, WRITERS
from county_hotline.domain.decisions import CHECKS
from county_hotline.domain.vocabulary import (
    AssignmentRole,
    AssignmentState,
    OfficerRole,
    Satisfaction,
    Stage,
)
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import BadInput, HotlineError, Refusal
from county_hotline.ids import Number
from county_hotline.signals import Changes
from county_hotline.wording import has, say, sentence
from tests.support.desks import ROADS, Counter, Counters, a_form
from tests.support.ticking_clock import TickingClock

HOUSING = "370323D04"
NOT_OF_ONE_ORDER = {"accept", "sync", "inbox", "accounts", "settings", "reference", "upkeep"}


class Play:
    """One order at three stations, all of whose officers may do everything."""

    def __init__(self, counters: Counters) -> None:
        self.counters = counters
        self.hall, self.centre, self.agency = counters.hall, counters.centre, counters.agency
        self.hall.sits(OfficerRole.LEADER, OfficerRole.CLERK)
        self.centre.sits(OfficerRole.LEADER)
        self.agency.sits(OfficerRole.LEADER, OfficerRole.HANDLER)
        self.number = intake.accept(self.hall.desk, a_form()).number
        counters.sync()

    def order(self, counter: Counter | None = None) -> WorkOrder:
        return (counter or self.centre).store.order(self.number)

    def opened(self, counter: Counter, act: str) -> Opened:
        return acts.opened(counter.desk, self.order(counter), act)

    def does(self, counter: Counter, act: str, **typed: str) -> WorkOrder:
        """As a person would: the form as it opens, with this typed into it. Everybody hears of it."""
        order = acts.perform(counter.desk, self.number, act, {**self.opened(counter, act).values, **typed})
        self.counters.sync()
        return order

    def in_hand(self) -> None:
        self.does(self.centre, "dispatch", agency=ROADS)
        self.does(self.agency, "sign_for")

    def passed(self) -> None:
        self.in_hand()
        self.does(self.agency, "reply", internal="已修", public="已修好", solved="yes")
        self.does(self.centre, "review", passed="yes")

    def standing(self, counter: Counter) -> dict[str, Standing]:
        return {each.name: each for each in acts.standing(counter.desk, self.order(counter))}


@pytest.fixture
def play(tmp_path: Path, clock: TickingClock) -> Iterator[Play]:
    counters = Counters(tmp_path, clock)
    yield Play(counters)
    counters.close()


def test_every_duty_that_concerns_one_order_is_an_act() -> None:
    duties = frozenset().union(*DUTIES.values())

    assert set(acts.ACTS) == duties - NOT_OF_ONE_ORDER == set(CHECKS)


def test_every_kind_of_fact_that_a_person_writes_has_its_act() -> None:
    written = {act.writes for act in acts.ACTS.values()}

    assert {kind.__name__ for kind in set(WRITERS) - written} == {"Accepted", "RepeatJoined"}


@pytest.mark.parametrize("name", sorted(acts.ACTS))
def test_every_act_has_its_words(name: str) -> None:
    assert [key for key in (f"act.{name}", f"act.{name}.go", f"act.{name}.done") if not has(key)] == []
    fields = [field.name for field in acts.ACTS[name].fields]
    assert [field for field in fields if not (has(f"act.{name}.{field}") or has(f"act.field.{field}"))] == []
    assert len(fields) == len(set(fields))


def test_no_two_acts_are_called_the_same() -> None:
    assert len({say(f"act.{name}") for name in acts.ACTS}) == len(acts.ACTS)


@pytest.mark.parametrize("role", sorted(OfficerRole))
def test_every_reason_for_a_grey_act_can_be_read(play: Play, role: OfficerRole) -> None:
    for counter in (play.hall, play.centre, play.agency):
        counter.sits(role)
        for each in acts.standing(counter.desk, play.order(counter)):
            assert each.can or has(f"act.why.{each.why}"), each


def test_whoever_may_do_an_act_besides_a_leader_is_named() -> None:
    others = set(OfficerRole) - {OfficerRole.LEADER}
    named = {frozenset(role for role in others if act in DUTIES[role]) for act in acts.ACTS} - {frozenset()}

    assert named == set(acts._POSTS)


def test_place_goes_before_duty_and_duty_before_state(play: Play) -> None:
    play.hall.sits(OfficerRole.CLERK)
    play.centre.sits(OfficerRole.CLERK)

    assert play.standing(play.hall)["dispatch"].why == "place.centre"
    assert play.standing(play.centre)["dispatch"].why == "duty.dispatcher"
    assert play.standing(play.centre)["review"].why == "duty.reviewer"
    assert play.standing(play.agency)["reply"].why == "R100"
    play.centre.sits(OfficerRole.DISPATCHER)
    play.in_hand()
    assert play.standing(play.agency)["correct"].why == "place.taker"
    assert play.standing(play.agency)["sign_for"].why == "R131"


def test_nobody_signed_in_can_do_nothing(play: Play) -> None:
    play.hall.desk.officer = None

    assert not any(each.can for each in acts.standing(play.hall.desk, play.order(play.hall)))


def test_what_is_not_grey_can_be_opened(play: Play) -> None:
    play.passed()

    for counter in (play.hall, play.centre, play.agency):
        for each in acts.standing(counter.desk, play.order(counter)):
            if each.can:
                opened = play.opened(counter, each.name)
                assert set(opened.values) == {field.name for field in opened.act.fields}
                for field in opened.act.fields:
                    value = opened.values[field.name]
                    if field.kind is FieldKind.CHOICE and value:
                        assert value in [choice.value for choice in opened.choices[field.name]], (each.name, field.name)


def test_nobody_decides_by_pressing_a_key_without_choosing(play: Play) -> None:
    play.in_hand()
    play.does(play.agency, "ask_send_back", reason="not_our_duty", basis="不在权责清单")

    with pytest.raises(Refusal, match="R300"):
        play.does(play.centre, "decide_send_back")
    with pytest.raises(Refusal, match="R333"):
        play.does(play.centre, "decide_send_back", approved="no")

    play.does(play.centre, "decide_send_back", approved="yes")
    assert play.order().applications[0].opinion == "同意"


def test_photos_of_a_reply_are_chosen_among_its_pictures_and_offered_for_publishing(play: Play, tmp_path: Path) -> None:
    play.in_hand()
    assert "photos" not in play.opened(play.agency, "reply").values
    for name in ("修前.jpg", "修后.jpg", "说明.txt"):
        file = tmp_path / name
        file.write_bytes(name.encode())
        handling.attach(play.agency.desk, play.number, file)
    offered = {choice.words: choice.value for choice in play.opened(play.agency, "reply").choices["photos"]}
    assert set(offered) == {"修前.jpg", "修后.jpg"}

    with pytest.raises(BadInput, match="I140"):
        play.does(play.agency, "reply", internal="已修", photos="0" * 64)
    play.does(play.agency, "reply", internal="已修", public="已修好", photos=" ".join(offered.values()))

    assert play.order().lead is not None
    assert play.opened(play.centre, "publish").values["photos"] == " ".join(offered.values())


def test_the_unit_that_the_list_of_matters_names_is_offered_with_its_line(play: Play) -> None:
    order = intake.accept(play.centre.desk, a_form(title="下水道堵塞，污水漫到路上", agency_hint="370323D13"))

    opened = acts.opened(play.centre.desk, play.centre.store.order(order.number), "dispatch")

    assert opened.values["agency"] == "370323D04"
    assert "归属清单" in opened.values["basis"]
    assert "归属清单" in opened.hints["agency"]


def test_an_act_elsewhere_is_refused_though_the_window_would_not_offer_it(play: Play) -> None:
    play.in_hand()

    with pytest.raises(Refusal, match="R208"):
        acts.perform(play.agency.desk, play.number, "review", {"agency": ROADS, "passed": "yes"})
    with pytest.raises(Refusal, match="R312"):
        acts.perform(play.agency.desk, play.number, "merge", {"into": play.number})
    with pytest.raises(Refusal, match="R208"):
        acts.perform(play.agency.desk, play.number, "reply", {"agency": HOUSING, "internal": "x"})
    play.agency.sits(OfficerRole.CLERK)
    with pytest.raises(Refusal, match="R204"):
        acts.perform(play.agency.desk, play.number, "reply", {"internal": "x"})


@pytest.mark.parametrize(
    ("act", "typed", "field"),
    [
        ("ask_send_back", {"reason": "wrong_place", "basis": " "}, "basis"),
        ("ask_send_back", {"reason": "no such"}, "reason"),
        ("ask_send_back", {"basis": "三定"}, "reason"),
        ("ask_extension", {"reason": "works", "words": "在修", "until": "某天"}, "until"),
        ("ask_extension", {"reason": "works", "words": "在修", "until": "2027-11-01"}, "until"),
        ("ask_extension", {"reason": "works"}, "words"),
        ("make_contact", {"contacted_at": "明天 9:30"}, "contacted_at"),
        ("reply", {"internal": ""}, "internal"),
        ("note", {"text": " "}, "text"),
        ("attach", {}, "file"),
        ("call_units", {"agencies": ROADS, "meet_at": "明天 9:30"}, "agencies"),
        ("call_units", {"agencies": HOUSING, "meet_at": "昨天 9:30"}, "meet_at"),
        ("call_units", {"agencies": HOUSING, "meet_at": "明天 9:30", "in_charge": "乙"}, "chief"),
    ],
)
def test_a_refusal_names_the_field_it_is_about(play: Play, act: str, typed: dict[str, str], field: str) -> None:
    play.in_hand()

    with pytest.raises((Refusal, BadInput)) as refused:
        play.does(play.agency, act, **typed)

    assert refused.value.details["field"] == field
    assert "〔" not in sentence(refused.value)
    assert "…" not in sentence(refused.value)


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
