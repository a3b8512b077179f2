"""Which acts stand at the foot of an order, for whom, and what their forms ask."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from county_hotline.desk import handling
from county_hotline.desk.desk import Desk
from county_hotline.domain.vocabulary import Outcome
from county_hotline.ids import Number
from county_hotline.ui.screens.order.acts import ActTold, acts_of
from county_hotline.ui.screens.order.correcting import correction
from county_hotline.ui.screens.order.forms import day_typed, form_of, wrong_in
from county_hotline.ui.screens.order.work import DeskOrder
from tests.support.county import HOUSING, WATER, County

TODAY = "2026-11-21"


@pytest.fixture
def county(tmp_path: Path) -> Iterator[County]:
    made = County(tmp_path)
    yield made
    made.close()


def acts(desk: Desk, number: Number) -> tuple[ActTold, ...]:
    loaded = DeskOrder(desk).look(number)
    return acts_of(loaded.view.order, loaded.names, allowed=loaded.allowed, duties=loaded.duties)


def main(desk: Desk, number: Number) -> str:
    return next(act.name for act in acts(desk, number) if act.is_main)


def hindered(desk: Desk, number: Number) -> tuple[str, str]:
    return next(((act.name, act.reason) for act in acts(desk, number) if act.is_forbidden), ("", ""))


def test_the_main_act_follows_the_order_from_station_to_station(county: County) -> None:
    number = county.accept()
    county.exchange()
    seen = [main(county.centre, number)]
    handling.dispatch(county.centre, number, HOUSING)
    county.exchange()
    seen.append(main(county.agency, number))
    handling.sign_for(county.agency, number)
    seen.append(main(county.agency, number))
    handling.reply(county.agency, number, internal="换了灯具。")
    county.exchange()
    seen.append(main(county.centre, number))

    assert seen == ["dispatch", "sign_for", "reply", "finish"]


def test_there_is_exactly_one_main_act_and_it_comes_first(county: County) -> None:
    number = county.accept()
    county.exchange()

    for desk in (county.hall, county.centre):
        told = acts(desk, number)
        assert [act.is_main for act in told].index(True) == 0
        assert sum(act.is_main for act in told) == 1


def test_at_the_hall_what_is_dispatched_can_be_noted_corrected_and_printed(county: County) -> None:
    number = county.accept()

    assert [act.name for act in acts(county.hall, number)] == ["note", "correct", "attach", "print"]


def test_moving_an_order_to_another_unit_is_never_the_main_act(county: County) -> None:
    number = county.accept()
    county.exchange()
    handling.dispatch(county.centre, number, HOUSING)

    assert main(county.centre, number) == "note"
    assert "order.act.dispatch_again" in [act.wording for act in acts(county.centre, number)]


def test_why_it_cannot_be_finished_stands_beside(county: County) -> None:
    number = county.accept()
    county.exchange()
    assert hindered(county.centre, number) == ("finish", "还没有派单，不能办结")

    handling.dispatch(county.centre, number, HOUSING)

    assert hindered(county.centre, number) == ("finish", "承办单位还没有回复，不能办结")


def test_why_a_unit_cannot_reply_stands_beside(county: County) -> None:
    number = county.accept()
    county.exchange()
    handling.dispatch(county.centre, number, HOUSING)
    county.exchange()
    before = hindered(county.agency, number)
    handling.sign_for(county.agency, number)
    handling.reply(county.agency, number, internal="换了灯具。")
    replied = hindered(county.agency, number)
    county.exchange()
    handling.finish(county.centre, number, Outcome.SOLVED)
    county.exchange()

    assert before == ("reply", "先签收，才能回复")
    assert replied == ("reply", "本单位已经回复，等县中心审核")
    assert hindered(county.agency, number) == ("reply", "已经办结；要补充请用备注")


def test_a_finished_order_can_still_be_noted(county: County) -> None:
    number = county.accept()
    county.exchange()
    handling.dispatch(county.centre, number, HOUSING)
    county.exchange()
    handling.sign_for(county.agency, number)
    handling.reply(county.agency, number, internal="换了灯具。")
    county.exchange()
    handling.finish(county.centre, number, Outcome.SOLVED)

    assert main(county.centre, number) == "note"


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("2026-11-27", "2026-11-27"),
        ("20261127", "2026-11-27"),
        ("11-27", "2026-11-27"),
        ("1127", "2026-11-27"),
        ("11.27", "2026-11-27"),
        ("11月27日", "2026-11-27"),
        ("1-4", "2027-01-04"),
        ("2026-11-31", None),
        ("13-01", None),
        ("下周三", None),
        ("2", None),
    ],
)
def test_a_day_is_read_as_clerks_type_it(typed: str, day: str | None) -> None:
    assert day_typed(typed, today=TODAY) == day


def test_the_due_date_is_offered_with_its_reasons(county: County) -> None:
    number = county.accept()
    county.exchange()

    form = form_of("dispatch", DeskOrder(county.centre).look(number))

    due = next(field for field in form.fields if field.name == "due_on")
    assert due.value == "2026-11-27"
    assert "计 5 个工作日" in due.hint


def test_a_due_date_already_past_is_said_to_be(county: County) -> None:
    number = county.accept()
    county.exchange()
    county.clock.advance(days=20)

    form = form_of("dispatch", DeskOrder(county.centre).look(number))

    assert "已经过了" in next(field.hint for field in form.fields if field.name == "due_on")


def test_what_is_missing_is_said_beside_its_field(county: County) -> None:
    number = county.accept()
    county.exchange()
    form = form_of("dispatch", DeskOrder(county.centre).look(number))

    assert wrong_in(form, {"agency": " ", "due_on": "11-27"}, today=TODAY) == (
        "agency",
        "还没有选承办单位：打几个字，用↓挑一个，回车选定",
    )
    assert wrong_in(form, {"agency": WATER, "due_on": "后天"}, today=TODAY) == (
        "due_on",
        "日期看不懂，写成 2026-11-27 或 11-27 都行",
    )
    assert wrong_in(form, {"agency": WATER, "due_on": "11-27"}, today=TODAY) is None


@pytest.mark.parametrize("act", ["dispatch", "sign_for", "reply", "finish", "correct", "note", "attach", "print", "unmask"])
def test_every_form_has_words_for_what_it_needs(county: County, act: str) -> None:
    number = county.accept()
    county.exchange()
    form = form_of(act, DeskOrder(county.centre).look(number))

    words = [form.title, form.beside, *(field.label for field in form.fields)]
    for field in form.fields:
        if field.is_required:
            filled = {each.name: "1" for each in form.fields if each is not field}
            missing = wrong_in(form, {**filled, "due_on": ""}, today=TODAY)
            assert missing is not None
            assert missing[0] == field.name
            words.append(missing[1])

    assert not [each for each in words if "〔" in each]


def test_only_what_was_really_changed_is_corrected(county: County) -> None:
    number = county.accept()
    loaded = DeskOrder(county.hall).look(number)
    values = {field.name: field.value for field in form_of("correct", loaded).fields}

    fact, person = correction(loaded.view.order, {**values, "reason": "听错", "title": "五盏路灯不亮", "phone": "13905330001"})

    assert (fact.title, fact.content, fact.channel, fact.public) == ("五盏路灯不亮", None, None, None)
    assert person is not None
    assert (person.phone, person.name) == ("13905330001", "王𠮷某")


def test_a_form_left_as_it_was_corrects_nothing(county: County) -> None:
    number = county.accept()
    loaded = DeskOrder(county.hall).look(number)
    values = {field.name: field.value for field in form_of("correct", loaded).fields}

    fact, person = correction(loaded.view.order, {**values, "reason": "看看"})

    assert person is None
    assert (fact.title, fact.matter_kind, fact.category, fact.confidential) == (None, None, None, None)
