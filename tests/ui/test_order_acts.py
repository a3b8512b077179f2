"""Which acts stand at the foot of an order, for whom, and what their forms ask."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from msgspec.structs import replace

from county_hotline.desk import acts as desk_acts
from county_hotline.desk.desk import Desk
from county_hotline.domain.tasks import TaskKind
from county_hotline.domain.vocabulary import OfficerRole, StationRole
from county_hotline.ids import Number
from county_hotline.ui.screens.order.acts import FIRST, LIKELY, ROOMS, FootTold, foot_of
from county_hotline.ui.screens.order.correcting import correction
from county_hotline.ui.screens.order.forms import FormTold, form_of, own_form, wrong_in
from county_hotline.ui.screens.order.work import DeskOrder
from tests.support.county import HOUSING, WATER, County


@pytest.fixture
def county(tmp_path: Path) -> Iterator[County]:
    made = County(tmp_path)
    yield made
    made.close()


def foot(desk: Desk, number: Number) -> FootTold:
    loaded = DeskOrder(desk).look(number)
    return foot_of(
        loaded.view.order,
        loaded.names,
        loaded.standing,
        today=loaded.today,
        now=loaded.now,
        decision=lambda _order: loaded.decision,
    )


def main(desk: Desk, number: Number) -> str:
    told = foot(desk, number).main
    return told.name if told else ""


def do(desk: Desk, number: Number, act: str, **typed: str) -> None:
    opened = desk_acts.opened(desk, desk.store.order(number), act)
    desk_acts.perform(desk, number, act, {**opened.values, **typed})


def form(desk: Desk, number: Number, act: str) -> FormTold:
    return form_of(DeskOrder(desk).opened(number, act))


def own(desk: Desk, number: Number, act: str) -> FormTold:
    told = own_form(act, DeskOrder(desk).look(number))
    assert told is not None
    return told


def dispatched(county: County) -> Number:
    number = county.accept()
    county.exchange()
    do(county.centre, number, "dispatch", agency=HOUSING)
    county.exchange()
    return number


def as_role(desk: Desk, *roles: OfficerRole) -> None:
    assert desk.officer is not None
    desk.officer = replace(desk.officer, roles=roles)


def test_the_main_act_follows_the_order_from_station_to_station(county: County) -> None:
    number = county.accept()
    county.exchange()
    as_role(county.centre, OfficerRole.DISPATCHER, OfficerRole.REVIEWER)
    seen = [main(county.centre, number)]
    do(county.centre, number, "dispatch", agency=HOUSING)
    county.exchange()
    seen.append(main(county.agency, number))
    do(county.agency, number, "sign_for")
    seen.append(main(county.agency, number))
    do(county.agency, number, "make_contact", reached="yes", words="约定周一更换。")
    seen.append(main(county.agency, number))
    do(county.agency, number, "reply", internal="换了灯具。", public="已修好。")
    county.exchange()
    seen.append(main(county.centre, number))
    do(county.centre, number, "review", passed="yes")
    seen.append(main(county.centre, number))

    assert seen[:2] == ["dispatch", "sign_for"]
    assert seen[2] in ("make_contact", "reply")  # as the pack sets a limit for the first contact, or none
    assert seen[3:] == ["reply", "review", "follow_up"]


def test_a_dispatcher_without_the_duty_of_reviewing_is_offered_to_finish(county: County) -> None:
    number = dispatched(county)
    do(county.agency, number, "sign_for")
    do(county.agency, number, "reply", internal="换了灯具。", public="已修好。")
    county.exchange()

    assert main(county.centre, number) == "finish"


def test_what_is_asked_of_the_centre_is_its_main_act_and_by_its_own_name(county: County) -> None:
    number = dispatched(county)
    do(county.agency, number, "ask_send_back", reason="not_our_duty", basis="三定规定第五条", words="不归本局管。")
    county.exchange()

    assert main(county.centre, number) == "decide_send_back"
    assert main(county.agency, number) == "sign_for"  # the clock runs on until it is decided


def test_nothing_asked_of_this_station_leaves_a_note_and_says_what_is_waited_for(county: County) -> None:
    number = dispatched(county)

    told = foot(county.centre, number)

    assert told.main is not None
    assert told.main.name == "note"
    assert told.waits.startswith("等县住建局：待签收")


def test_what_runs_late_elsewhere_is_urged(county: County) -> None:
    number = dispatched(county)
    county.clock.advance(days=20)

    assert main(county.centre, number) == "urge"


def test_moving_an_order_to_another_unit_is_never_the_main_act(county: County) -> None:
    number = dispatched(county)

    assert main(county.centre, number) != "dispatch"
    assert "dispatch" in [act.name for act in foot(county.centre, number).others]


def test_a_few_acts_stand_beside_the_main_one_and_none_twice(county: County) -> None:
    number = dispatched(county)
    for desk in county.desks:
        told = foot(desk, number)
        names = [act.name for act in (*([told.main] if told.main else []), *told.others)]

        assert len(names) == len(set(names))
        assert len(told.others) <= 3
        assert all(act.can for act in told.others)


def test_every_act_is_in_the_list_and_what_cannot_be_done_says_why(county: County) -> None:
    number = dispatched(county)
    for desk in county.desks:
        acts = [act for room in foot(desk, number).rooms for act in room.acts]

        assert {act.name: act.can for act in acts} == {each.name: each.can for each in DeskOrder(desk).look(number).standing}
        hindered = [act for act in acts if not act.can]
        assert hindered
        assert not [act for act in acts if "〔" in act.words + act.why or act.words == act.name]
        assert not [act.why for act in hindered if act.why.isascii()], "a code is no reason"


def test_in_each_room_what_can_be_done_comes_first(county: County) -> None:
    number = dispatched(county)

    for room in foot(county.agency, number).rooms:
        assert [act.can for act in room.acts] == sorted((act.can for act in room.acts), reverse=True)


def test_an_officer_without_the_duty_reads_whose_it_is(county: County) -> None:
    number = county.accept()
    county.exchange()
    as_role(county.centre, OfficerRole.CLERK)

    told = foot(county.centre, number).found("dispatch")

    assert told is not None
    assert not told.can
    assert "派单员" in told.why


def test_every_task_has_its_place_in_the_order_of_what_comes_first() -> None:
    assert set(FIRST) == set(TaskKind)
    assert set(LIKELY) == set(StationRole) - {StationRole.RELAY}, "a hub has no window"
    assert {act.room for act in desk_acts.ACTS.values()} <= set(ROOMS)


def test_a_form_is_made_of_what_the_desk_opens(county: County) -> None:
    number = county.accept()
    county.exchange()

    told = form(county.centre, number, "dispatch")

    fields = {field.name: field for field in told.fields}
    assert fields["agency"].is_required
    assert fields["due_on"].value == "2026-11-27"
    assert [value for value, _words, _note in fields["role"].choices] == ["lead", "helper", "fallback"]
    assert fields["role"].value == "lead"


def test_a_unit_is_chosen_from_those_the_act_concerns(county: County) -> None:
    number = dispatched(county)

    agency = next(field for field in form(county.centre, number, "urge").fields if field.name == "agency")

    assert (agency.kind, [value for value, _words, _note in agency.choices]) == ("choice", [HOUSING])


def test_what_is_missing_is_said_beside_its_field(county: County) -> None:
    number = county.accept()
    county.exchange()
    told = form(county.centre, number, "dispatch")
    values = {field.name: field.value for field in told.fields}

    missing = wrong_in(told, {**values, "agency": " "})

    assert missing is not None
    assert missing[0] == "agency"
    assert "打几个字" in missing[1]
    assert wrong_in(told, {**values, "agency": WATER}) is None


@pytest.mark.parametrize("act", sorted(set(desk_acts.ACTS) - {"correct", "print", "unmask"}))
def test_every_form_the_desk_opens_has_words_for_all_it_needs(county: County, act: str) -> None:
    number = dispatched(county)

    told = form(county.centre, number, act)

    words = [told.title, *(field.label for field in told.fields)]
    for field in told.fields:
        filled = {each.name: "1" for each in told.fields if each is not field}
        missing = wrong_in(told, filled)
        assert (missing is not None) is field.is_required
        words += [missing[1]] if missing else []
    assert not [each for each in words if "〔" in each or each.isascii()]


@pytest.mark.parametrize("act", ["correct", "print", "unmask"])
def test_the_forms_written_here_have_words_for_all_they_need(county: County, act: str) -> None:
    number = county.accept()
    told = own(county.hall, number, act)

    words = [told.title, told.beside, *(field.label for field in told.fields)]
    for field in told.fields:
        missing = wrong_in(told, {each.name: "1" for each in told.fields if each is not field})
        assert (missing is not None) is field.is_required
        words += [missing[1]] if missing else []
    assert not [each for each in words if "〔" in each or not each]


def test_only_what_was_really_changed_is_corrected(county: County) -> None:
    number = county.accept()
    loaded = DeskOrder(county.hall).look(number)
    values = {field.name: field.value for field in own(county.hall, number, "correct").fields}

    fact, person = correction(loaded.view.order, {**values, "reason": "听错", "title": "五盏路灯不亮", "phone": "13905330001"})

    assert (fact.title, fact.content, fact.channel, fact.public) == ("五盏路灯不亮", None, None, None)
    assert person is not None
    assert (person.phone, person.name) == ("13905330001", "王𠮷某")


def test_a_form_left_as_it_was_corrects_nothing(county: County) -> None:
    number = county.accept()
    loaded = DeskOrder(county.hall).look(number)
    values = {field.name: field.value for field in own(county.hall, number, "correct").fields}

    fact, person = correction(loaded.view.order, {**values, "reason": "看看"})

    assert person is None
    assert (fact.title, fact.matter_kind, fact.category, fact.confidential) == (None, None, None, None)
