"""登记, 知识库 and 来件 in the real window over a real desk, by keyboard."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar, cast

import pytest
from msgspec.structs import replace

from county_hotline.desk import inbox, intake, looking_up
from county_hotline.domain.facts import AnsweredAtOnce, EmergencyTransferred, PathTold
from county_hotline.domain.reference import Article, ToldPath
from county_hotline.domain.views import RegisterQuery
from county_hotline.domain.vocabulary import CallerKind, EmergencyLine, HandedOver, Stage
from county_hotline.domain.work_order import WorkOrder
from county_hotline.ui.screens.incoming.view import IncomingView
from county_hotline.ui.screens.intake.view import IntakeView
from county_hotline.ui.theme import Size
from county_hotline.ui.widgets.acts import ActButton
from tests.support.keys import press
from tests.support.windows import Opened, a_window

pytestmark = pytest.mark.screen
P = TypeVar("P")
COURT = ToldPath("03", "诉讼", "您说的事要由法院处理。", "向有管辖权的法院提出。", "第三条")
DANGER = ToldPath("02", "紧急", "紧急情况。", "打110。", "", instead="transfer")
WAGES = Article("W1", "被拖欠工资怎么办", "向劳动保障监察机构投诉。", "2026-09-01", "县人社局")


@pytest.fixture
def opened(tmp_path: Path, display: str) -> Iterator[Opened]:
    del display
    with a_window(tmp_path) as window:
        window.desk.store.reference.change(told_paths=(DANGER, COURT), articles=(WAGES,))
        window.window.root.geometry("1366x700+0+0")
        window.sign_in()
        go(window, "intake")
        yield window


def page(opened: Opened, name: str, kind: type[P]) -> P:
    assert opened.window._frame is not None
    found = opened.window._frame._pages[name]
    assert isinstance(found, kind)
    return found


def go(opened: Opened, name: str, argument: str = "") -> None:
    opened.window.go(name, argument)
    opened.settle()


def key(opened: Opened, *keys: str) -> None:
    """Keys go to whatever has the keyboard."""
    for each in keys:
        press(cast("tk.Misc", opened.window.root.focus_lastfor()), each)
        opened.settle()


def write(opened: Opened, text: str) -> None:
    """As if typed at whatever has the keyboard."""
    widget = cast("tk.Entry | tk.Text", opened.window.root.focus_lastfor())
    widget.insert("insert", text)
    opened.settle()


def whole(opened: Opened, title: str = "单位拖欠工资") -> intake.IntakeForm:
    place = looking_up.places(opened.desk, "燕崖镇")[0].code
    return intake.IntakeForm(name="李某", phone="13805330007", place=place, title=title, content="三个月没有发工资。")


def fill(opened: Opened, form: intake.IntakeForm) -> None:
    view = page(opened, "intake", IntakeView)
    view.fields.show(form, place="燕崖镇")
    view.presenter.typed()
    view.presenter.left_field()
    view.presenter._aside.look(view.form(), at_once=True)
    opened.settle()


def orders(opened: Opened) -> list[WorkOrder]:
    rows = looking_up.register(opened.desk, RegisterQuery(), limit=50).rows
    return [opened.desk.store.order(row.number) for row in rows]


def test_an_emergency_is_recorded_by_five_keys_from_an_empty_form(opened: Opened) -> None:
    key(opened, "F11", "3", "Return", "1", "F9")

    (order,) = orders(opened)
    (fact,) = order.taking.emergencies
    assert isinstance(fact, EmergencyTransferred)
    assert (fact.line, fact.result) == (EmergencyLine.AMBULANCE, HandedOver.TAKEN)
    assert order.stage is Stage.EMERGENCY
    assert not list(opened.desk.home.slips.rglob("*.pdf"))
    key(opened, "Escape")
    assert not page(opened, "intake", IntakeView)._panes.is_open


def test_an_emergency_nobody_answered_is_gone_on_with(opened: Opened) -> None:
    key(opened, "F11", "1", "Return", "4", "F9", "F9")

    assert opened.window._frame is not None
    assert opened.window._frame.in_front == "order"


def test_an_emergency_left_unrecorded_is_not_forgotten(opened: Opened) -> None:
    key(opened, "F11", "2", "Escape")
    view = page(opened, "intake", IntakeView)
    assert view._panes.owes_emergency
    assert view._said.winfo_ismapped()

    key(opened, "F11", "Return", "1", "F9")

    assert [order.taking.emergencies[0].line for order in orders(opened)] == [EmergencyLine.FIRE]


def test_a_request_is_answered_from_an_article_by_keyboard(opened: Opened) -> None:
    fill(opened, whole(opened))

    key(opened, "Control-d")
    write(opened, "工资")
    key(opened, "Return", "F9")

    (order,) = orders(opened)
    assert isinstance(order.taking.answered, AnsweredAtOnce)
    assert order.taking.answered.article_version == "2026-09-01"
    assert order.taking.answered.answer == WAGES.text
    assert order.stage is Stage.FINISHED


def test_an_article_chosen_in_the_knowledge_base_is_answered_from(opened: Opened) -> None:
    fill(opened, whole(opened))
    go(opened, "knowledge")

    key(opened, "F9", "F9")

    (order,) = orders(opened)
    assert order.taking.answered is not None
    assert order.taking.answered.article == "W1"


def test_a_lawful_path_is_told_by_keyboard(opened: Opened) -> None:
    fill(opened, whole(opened))

    key(opened, "Control-l", "Down", "F9")

    (order,) = orders(opened)
    assert isinstance(order.taking.path, PathTold)
    assert (order.taking.path.reason, order.taking.path.path) == ("03", COURT.path)
    assert order.stage is Stage.TOLD


def test_an_emergency_among_the_reasons_leads_to_the_transfer(opened: Opened) -> None:
    fill(opened, whole(opened))

    key(opened, "Control-l", "F9", "1", "Return", "1", "F9")

    (order,) = orders(opened)
    assert order.taking.path is None
    assert order.taking.emergencies[0].line is EmergencyLine.POLICE


def test_a_repeat_joins_the_order_there_is(opened: Opened) -> None:
    before = intake.accept(opened.desk, whole(opened)).number
    opened.clock.advance(seconds=3600)
    fill(opened, whole(opened))
    assert [line.number for line in page(opened, "intake", IntakeView)._repeats] == [before]

    key(opened, "Alt-r", "F9")

    (order,) = orders(opened)
    assert [words for _, words in order.taking.supplements] == ["三个月没有发工资。"]
    assert page(opened, "intake", IntakeView).form() == intake.IntakeForm()


def test_what_repeats_an_order_of_another_caller_is_registered_and_merged(opened: Opened) -> None:
    before = intake.accept(opened.desk, whole(opened)).number
    opened.clock.advance(seconds=3600)
    fill(opened, whole(opened))

    key(opened, "Alt-r", "3", "F9")

    stages = {order.number: order.stage for order in orders(opened)}
    assert stages.pop(before) is Stage.TO_DISPATCH
    assert list(stages.values()) == [Stage.MERGED]


def test_a_message_that_waited_becomes_an_order_and_waits_no_more(opened: Opened) -> None:
    place = looking_up.places(opened.desk, "燕崖镇")[0].code
    inbox.paste(opened.desk, "13805330007:12345#李某#燕崖镇#村口三盏路灯不亮")
    go(opened, "incoming")
    page(opened, "incoming", IncomingView)

    key(opened, "F9")
    view = page(opened, "intake", IntakeView)
    assert view.form().content == "村口三盏路灯不亮"
    fill(opened, replace(view.form(), place=place))
    key(opened, "F9")

    (order,) = orders(opened)
    assert order.accepted is not None
    assert order.accepted.content == "村口三盏路灯不亮"
    assert inbox.waiting(opened.desk) == ()


def test_everything_of_the_seldom_asked_comes_into_the_record(opened: Opened) -> None:
    form = replace(
        whole(opened),
        caller_kind=CallerKind.ENTERPRISE,
        company="某公司",
        people=6,
        representatives="李某 13805330007",
        concerns=("elderly",),
        external_number="S-1",
        external_due_at=1_795_600_800_000,
        collected_by="网格员甲",
        line="12369",
    )
    view = page(opened, "intake", IntakeView)
    fill(opened, form)

    assert replace(view.form(), agency_hint="") == form
    assert view.fields.more.winfo_ismapped()
    assert view.fields._spoken_for.winfo_ismapped()


@pytest.mark.parametrize("size", list(Size))
def test_the_emergency_key_is_wholly_in_sight_and_away_from_f9(opened: Opened, size: Size) -> None:
    opened.window.change_size(size)
    opened.window.root.geometry("1366x700+0+0")
    go(opened, "intake")
    row = page(opened, "intake", IntakeView)._row
    danger, main = row.button("intake.emergency.title"), row.button("intake.accept")

    assert danger.winfo_width() >= danger.winfo_reqwidth()
    between = [button for button in row._buttons if main.winfo_rootx() < button.winfo_rootx() < danger.winfo_rootx()]
    assert len(between) == 2
    assert all(isinstance(button, ActButton) for button in between)


@pytest.mark.parametrize("size", [Size.LARGE, Size.LARGEST])
def test_every_pane_stands_in_large_letters(opened: Opened, size: Size) -> None:
    opened.window.change_size(size)
    opened.window.root.geometry("1366x700+0+0")
    go(opened, "intake")
    for keys in ("F11", "Control-d", "Control-l"):
        key(opened, keys)
        panes = page(opened, "intake", IntakeView)._panes
        assert panes._in_front is not None, keys
        frame = panes._in_front.frame
        buttons = frame.row._buttons
        assert all(button.winfo_width() >= button.winfo_reqwidth() for button in buttons), keys
        assert frame.row.winfo_rooty() + frame.row.winfo_height() <= opened.window.root.winfo_rooty() + 700, keys
        key(opened, "Escape")


def test_what_is_missing_among_the_seldom_asked_comes_into_sight(opened: Opened) -> None:
    view = page(opened, "intake", IntakeView)
    fill(opened, whole(opened))
    view.fields.more.caller_kind.show(CallerKind.ENTERPRISE.value)
    assert not view.fields.more.winfo_ismapped()

    key(opened, "F9")

    assert view.fields.more.winfo_ismapped()
    assert opened.window.root.focus_lastfor() is view.fields.more.company
    assert orders(opened) == []
