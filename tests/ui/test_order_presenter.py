"""One order's page without a screen, over real desks: acts, refusals, what is typed, what arrives."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from county_hotline.background import InlineRunner, Runner
from county_hotline.desk import handling, intake
from county_hotline.desk.desk import Desk
from county_hotline.desk.intake import IntakeForm
from county_hotline.domain.vocabulary import Stage
from county_hotline.errors import StoreFault
from county_hotline.ids import Number
from county_hotline.signals import Changes
from county_hotline.ui.screens.order.presenter import OrderPresenter
from county_hotline.ui.screens.order.work import DeskOrder
from tests.support.county import HOUSING, WATER, County
from tests.support.fake_order import FakeOrder
from tests.support.fake_views import HeldRunner


@pytest.fixture
def county(tmp_path: Path) -> Iterator[County]:
    made = County(tmp_path)
    yield made
    made.close()


@pytest.fixture(autouse=True)
def nothing_kept() -> Iterator[None]:
    OrderPresenter.kept.clear()
    yield
    OrderPresenter.kept.clear()


def page(county: County, desk: Desk, number: str, runner: Runner | None = None) -> tuple[FakeOrder, OrderPresenter]:
    view = FakeOrder()
    presenter = OrderPresenter(view, DeskOrder(desk), runner or InlineRunner(), county.bulletin)
    presenter.shown(number)
    return view, presenter


def at_the_centre(county: County) -> Number:
    number = county.accept()
    county.exchange(county.hall, county.centre)
    return number


def test_a_dispatcher_dispatches_and_the_page_shows_it(county: County) -> None:
    number = at_the_centre(county)
    view, presenter = page(county, county.centre, number)

    presenter.open_act("dispatch")
    view.values |= {"agency": HOUSING, "due_on": "11-30", "advice": "请两日内联系。"}
    presenter.submit()

    assert view.form is None
    assert view.told is not None
    assert [share.agency for share in view.told.shares] == ["沂源县住房和城乡建设局"]
    assert county.centre.store.order(number).due_on == "2026-11-30"
    assert view.done == ["已派单"]


def test_a_missing_agency_is_said_beside_its_field_and_nothing_is_lost(county: County) -> None:
    number = at_the_centre(county)
    view, presenter = page(county, county.centre, number)
    presenter.open_act("dispatch")
    view.values |= {"agency": "", "advice": "写了半天的意见"}

    presenter.submit()

    assert view.wrongs[-1][0] == "agency"
    assert view.form is not None
    assert view.values["advice"] == "写了半天的意见"
    assert county.centre.store.order(number).stage is Stage.TO_DISPATCH


def test_a_refusal_is_said_beside_the_field_it_is_about(county: County) -> None:
    number = at_the_centre(county)
    handling.dispatch(county.centre, number, HOUSING)
    view, presenter = page(county, county.centre, number)
    presenter.open_act("dispatch")
    view.values |= {"agency": HOUSING}

    presenter.submit()

    assert view.wrongs[-1][0] == "agency"
    assert "已经接了这一件" in view.wrongs[-1][1]
    assert not view.is_busy


def test_a_text_that_is_too_long_is_said_beside_its_field(county: County) -> None:
    number = county.accept()
    view, presenter = page(county, county.hall, number)
    presenter.open_act("note")
    view.values["text"] = "长" * 5001

    presenter.submit()

    assert view.wrongs[-1][0] == "text"
    assert "5000" in view.wrongs[-1][1].replace(",", "")


def test_a_form_put_away_has_its_words_when_it_is_opened_again(county: County) -> None:
    number = county.accept()
    view, presenter = page(county, county.hall, number)
    presenter.open_act("note")
    view.values["text"] = "写了一半"

    presenter.put_away()
    presenter.open_act("note")

    assert view.values["text"] == "写了一半"


def test_what_was_typed_outlives_the_page_and_belongs_to_its_order(county: County) -> None:
    number, other = county.accept(), county.accept("别的事")
    view, presenter = page(county, county.hall, number)
    presenter.open_act("note")
    view.values["text"] = "写了一半"
    presenter.close()

    again, second = page(county, county.hall, number)
    second.open_act("note")
    assert again.values["text"] == "写了一半"
    second.shown(other)
    second.open_act("note")
    assert again.values["text"] == ""


def test_what_was_recorded_does_not_come_back(county: County) -> None:
    number = county.accept()
    view, presenter = page(county, county.hall, number)
    presenter.open_act("note")
    view.values["text"] = "又来电话。"
    presenter.put_away()
    presenter.open_act("note")
    presenter.submit()

    presenter.open_act("note")

    assert view.values["text"] == ""
    assert len(county.hall.store.view(number).story) == 2


def test_a_second_press_while_the_first_is_recorded_changes_nothing(county: County) -> None:
    number = county.accept()
    runner = HeldRunner()
    view, presenter = page(county, county.hall, number, runner)
    runner.let_go()
    presenter.open_act("note")
    runner.let_go()
    view.values["text"] = "又来电话。"

    presenter.submit()
    presenter.submit()
    runner.let_go()

    assert len(county.hall.store.view(number).story) == 2


def test_a_form_stays_open_while_the_order_changes_under_it(county: County) -> None:
    number = at_the_centre(county)
    view, presenter = page(county, county.centre, number)
    presenter.open_act("dispatch")
    view.values["advice"] = "写了一半"

    handling.note(county.hall, number, "又来电话。")
    county.exchange()
    county.bulletin.post(Changes(counts=True))

    assert view.told is not None
    assert len(view.told.story) == 2
    assert view.form is not None
    assert view.values["advice"] == "写了一半"


def test_news_that_changed_nothing_here_draws_nothing(county: County) -> None:
    number = county.accept()
    view, _presenter = page(county, county.hall, number)

    county.bulletin.post(Changes(counts=True))

    assert view.drawn == 1


def test_a_page_behind_others_asks_nothing(county: County) -> None:
    number = county.accept()
    view, _presenter = page(county, county.hall, number)
    view.is_front = False

    handling.note(county.hall, number, "又来电话。")

    assert view.drawn == 1


def test_seeing_a_caller_in_full_asks_why_and_is_audited(county: County) -> None:
    number = county.accept()
    view, presenter = page(county, county.hall, number)
    presenter.open_act("unmask")
    presenter.submit()
    assert view.wrongs[-1][0] == "reason"
    assert view.caller == ""

    view.values["reason"] = "回访联系"
    presenter.submit()

    assert view.caller == "王𠮷某　13805330007　燕崖镇双石屋村3组18号"
    with county.hall.store.immediate() as db:
        assert db.execute("SELECT count(*) FROM audit WHERE act = 'unmask'").fetchone() == (1,)


def test_a_handler_signs_replies_and_the_centre_finishes(county: County) -> None:
    number = at_the_centre(county)
    handling.dispatch(county.centre, number, HOUSING)
    county.exchange()
    view, presenter = page(county, county.agency, number)
    presenter.open_act("sign_for")
    presenter.submit()
    presenter.open_act("reply")
    view.values |= {"internal": "换了灯具。", "public": "已修好。", "solved": "yes"}
    presenter.submit()
    county.exchange()
    centre_view, centre = page(county, county.centre, number)
    centre.open_act("finish")
    centre_view.values |= {"outcome": "explained", "opinion": "同意。"}
    centre.submit()

    assert centre_view.told is not None
    assert centre_view.told.state.words == "已办结"
    assert centre_view.told.banners[0].head.startswith("已办结，已解释说明，11-21")
    assert centre_view.told.banners[0].lines == (("意见", "同意。"),)
    assert county.centre.store.order(number).assignments[0].solved is True


def test_two_corrections_of_one_field_stand_before_a_person(county: County) -> None:
    number = at_the_centre(county)
    for desk, title in ((county.hall, "三盏"), (county.centre, "五盏")):
        view, presenter = page(county, desk, number)
        presenter.open_act("correct")
        view.values |= {"reason": "核实", "title": title}
        presenter.submit()
        presenter.close()
    county.exchange()

    view, _presenter = page(county, county.hall, number)

    assert view.told is not None
    assert view.told.clashes[0].head == "待核对：两处把同一项改成了不同的内容（标题）"
    assert view.told.clashes[0].is_hard
    assert ["三盏" in view.told.clashes[0].words[0], "五盏" in view.told.clashes[0].words[1]] == [True, True]


def test_a_slip_is_printed_and_its_place_is_told(county: County) -> None:
    number = county.accept()
    view, presenter = page(county, county.hall, number)
    for _ in range(2):
        presenter.open_act("print")
        view.values["paper"] = "80mm"
        presenter.submit()

    path = county.hall.home.slips / "2026-11" / f"{number}-80mm.pdf"
    assert view.printed[0] == "回执已做好，印着“补打 1”"
    assert str(path) in view.printed[1]
    assert path.read_bytes().startswith(b"%PDF")


def test_of_an_order_answered_at_once_the_answer_slip_is_printed(county: County) -> None:
    desk = county.hall
    number = intake.answer(
        desk, IntakeForm(anonymous=True, place="370323109", title="问社保", content="怎么查缴费"), answer="到窗口查。"
    ).number
    view, presenter = page(county, desk, number)
    assert view.told is not None
    act = view.told.foot.found("print")
    for _ in range(2):
        presenter.open_act("print")
        assert view.values["paper"] == "answer", "what was answered is offered first"
        presenter.submit()

    path = desk.home.slips / "2026-11" / f"{number}-answer.pdf"
    assert act is not None
    assert act.words == "打印答复单"
    assert view.printed[0] == "答复单已做好，印着“补打 1”"
    assert str(path) in view.printed[1]
    assert path.read_bytes().startswith(b"%PDF")


def test_a_file_is_attached_by_its_path(county: County, tmp_path: Path) -> None:
    number = county.accept()
    photo = tmp_path / "现场照片.jpg"
    photo.write_bytes(b"\xff\xd8" + bytes(2000))
    view, presenter = page(county, county.hall, number)
    presenter.open_act("attach")
    view.values["file"] = str(tmp_path / "没有.jpg")
    presenter.submit()
    assert view.wrongs[-1][0] == "file"

    view.values["file"] = f'"{photo}"'
    presenter.submit()

    assert view.told is not None
    file = view.told.attachments[0]
    assert (file.name, file.size, file.state.words, file.deeds) == (
        "现场照片.jpg",
        "2 KB",
        "在本机，等着传",
        ("open", "save", "send"),
    )


def test_a_full_disk_is_told_above_the_page_and_the_words_stay(county: County) -> None:
    number = county.accept()
    view, presenter = page(county, county.hall, number)
    presenter.open_act("note")
    view.values["text"] = "又来电话。"

    presenter._refused(StoreFault("S101"))

    assert [getattr(fault, "code", "") for fault in view.faults] == ["S101"]
    assert view.form is not None


def test_units_are_found_by_any_part_of_their_names(county: County) -> None:
    number = at_the_centre(county)
    view, presenter = page(county, county.centre, number)

    presenter.find("agency", "agency", "住建")

    assert view.lines == ((HOUSING, "沂源县住房和城乡建设局", "县住建局"),)
    presenter.find("agency", "agency", "")
    assert WATER in {value for value, _words, _note in view.lines}


def test_a_number_that_is_not_here_says_what_to_do(county: County) -> None:
    view, _presenter = page(county, county.hall, "370323-03A-261121-9999X")

    assert view.told is None
    assert view.not_here


def test_an_act_may_be_asked_for_with_the_number(county: County) -> None:
    number = county.accept()

    view, _presenter = page(county, county.hall, f"{number} print")

    assert view.form is not None
    assert view.form.act == "print"


def test_an_act_that_cannot_be_done_says_why_and_opens_nothing(county: County) -> None:
    number = at_the_centre(county)
    view, presenter = page(county, county.centre, number)

    presenter.open_act("finish")

    assert view.form is None
    assert view.whys[-1].startswith("现在不能办结：")


def test_what_waits_for_a_decision_is_opened_whatever_was_asked(county: County) -> None:
    number = at_the_centre(county)
    handling.dispatch(county.centre, number, HOUSING)
    county.exchange()
    asker, presenter = page(county, county.agency, number)
    presenter.open_act("ask_send_back")
    asker.values |= {"reason": "not_our_duty", "basis": "三定规定第五条", "words": "不归本局管。", "proposed": WATER}
    presenter.submit()
    county.exchange()

    view, _presenter = page(county, county.centre, f"{number} decide")

    assert asker.form is None
    assert view.form is not None
    assert view.form.act == "decide_send_back"
    assert view.told is not None
    assert "申请退回" in view.told.banners[0].head
    assert dict(view.told.banners[0].lines)["依据"] == "三定规定第五条"
    assert "按 F9" in view.told.banners[0].foot
    assert view.told.shares[0].state.words == "申请退回"


def test_a_refusal_of_the_desk_lands_beside_the_field_it_names(county: County) -> None:
    number = at_the_centre(county)
    view, presenter = page(county, county.centre, number)
    presenter.open_act("dispatch")
    view.values |= {"agency": HOUSING, "due_on": "下个月"}

    presenter.submit()

    assert view.wrongs[-1][0] == "due_on"
    assert view.form is not None


def test_an_order_is_found_to_merge_with_by_its_title(county: County) -> None:
    number = at_the_centre(county)
    _view, presenter = page(county, county.centre, number)

    presenter.find("into", "order", "路灯")

    assert [value for value, _words, _note in _view.lines] == [number]
