"""Acts as data: every act is there, is greyed with a reason a person can read, opens with defaults and does what it says."""

from __future__ import annotations

from pathlib import Path

import pytest

from county_hotline.desk import acts, attaching, intake
from county_hotline.desk.acts.spec import FieldKind
from county_hotline.domain.authority import DUTIES, WRITERS
from county_hotline.domain.decisions import CHECKS
from county_hotline.domain.vocabulary import (
    OfficerRole,
)
from county_hotline.errors import BadInput, Refusal
from county_hotline.wording import has, say, sentence
from tests.support.desks import ROADS, a_form
from tests.support.play import Play

HOUSING = "370323D04"
NOT_OF_ONE_ORDER = {"accept", "sync", "inbox", "accounts", "settings", "reference", "upkeep", "repair"}


def test_every_duty_that_concerns_one_order_is_an_act() -> None:
    duties = frozenset().union(*DUTIES.values())

    assert set(acts.ACTS) == duties - NOT_OF_ONE_ORDER == set(CHECKS)


def test_every_kind_of_fact_that_a_person_writes_has_its_act() -> None:
    written = {act.writes for act in acts.ACTS.values()}

    assert {kind.__name__ for kind in set(WRITERS) - written} == {"Accepted", "RepeatJoined", "Withdrawn"}


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
        attaching.attach(play.agency.desk, play.number, file)
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
    acts.perform(play.centre.desk, order.number, "dispatch", {**opened.values, "agency": ROADS})
    assert play.centre.store.order(order.number).assignments[0].basis == "", "the line names another unit"


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
