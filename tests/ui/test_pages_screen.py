"""台账, 工单, 同步 and 设置 in the real window over a real desk, by keyboard."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Iterator
from pathlib import Path
from typing import TypeVar, cast

import pytest

from county_hotline.desk import handling, intake, looking_up
from county_hotline.domain.facts import Merged
from county_hotline.domain.views import RegisterQuery, RegisterSort, RoundReport
from county_hotline.ids import Number
from county_hotline.settings import SLIP_PAPER
from county_hotline.ui import theme
from county_hotline.ui.screens.order.presenter import OrderPresenter
from county_hotline.ui.screens.order.view import OrderView
from county_hotline.ui.screens.register.paging import HELD, SIZE
from county_hotline.ui.screens.register.view import RegisterView
from county_hotline.ui.screens.settings.view import SettingsView
from county_hotline.ui.screens.sync.view import SyncView
from county_hotline.ui.theme import Size
from tests.support.keys import press
from tests.support.windows import Opened, a_window

pytestmark = pytest.mark.screen
P = TypeVar("P")


@pytest.fixture
def opened(tmp_path: Path, display: str) -> Iterator[Opened]:
    del display
    OrderPresenter.kept.clear()
    with a_window(tmp_path) as window:
        window.window.root.geometry("1366x700+0+0")
        window.sign_in()
        yield window
    OrderPresenter.kept.clear()


def page(opened: Opened, name: str, kind: type[P]) -> P:
    assert opened.window._frame is not None
    assert opened.window._frame.in_front == name
    found = opened.window._frame._pages[name]
    assert isinstance(found, kind)
    return found


def accept(opened: Opened, title: str = "三盏路灯不亮") -> Number:
    opened.clock.advance(seconds=1)
    place = looking_up.places(opened.desk, "燕崖镇")[0].code
    form = intake.IntakeForm(name="王𠮷某", phone="13805330007", place=place, title=title, content="村口三盏路灯不亮。")
    return intake.accept(opened.desk, form).number


def go(opened: Opened, name: str, argument: str = "") -> None:
    opened.window.go(name, argument)
    opened.settle()


def key(opened: Opened, *keys: str) -> None:
    """Keys go to whatever has the keyboard."""
    for each in keys:
        target = cast("tk.Misc", opened.window.root.focus_lastfor())
        press(target, each)
        opened.settle()


def texts_of(canvas: tk.Canvas) -> list[int]:
    return [item for item in canvas.find_all() if str(canvas.type(item)) == "text"]


def words_in(widget: tk.Misc) -> str:
    """Everything a person can read in this part of the window."""
    own = str(widget.cget("text")) if "text" in (widget.keys() or ()) else ""
    if isinstance(widget, tk.Canvas):
        own += " ".join(str(widget.itemcget(item, "text")) for item in texts_of(widget))  # type: ignore[no-untyped-call]
    return " ".join([own, *(words_in(child) for child in widget.winfo_children() if child.winfo_ismapped())])


def test_the_register_is_walked_and_an_order_opened_and_left_by_keyboard(opened: Opened) -> None:
    numbers = [accept(opened, f"第{n}件") for n in range(3)]
    go(opened, "register")
    register = page(opened, "register", RegisterView)

    key(opened, "Down", "Down")
    assert register._list.chosen == numbers[2]
    key(opened, "Return")

    order = page(opened, "order", OrderView)
    assert numbers[2] in words_in(order.frame)
    key(opened, "Escape")
    page(opened, "register", RegisterView)
    assert register._list.chosen == numbers[2]


def test_the_search_is_reached_by_a_slash_and_left_by_escape(opened: Opened) -> None:
    accept(opened, "村道护栏缺失")
    accept(opened, "自来水发黄")
    go(opened, "register")
    register = page(opened, "register", RegisterView)

    key(opened, "slash")
    assert opened.window.root.focus_lastfor() is register._search
    register._search.insert("end", "护栏")
    register._look_for_now()
    opened.settle()
    assert register._list.standing == (1, 1)
    key(opened, "Escape")

    assert register._search.value() == ""
    assert register._list.standing[1] == 2


def test_a_long_register_holds_only_a_window_and_end_shows_the_last_row(opened: Opened) -> None:
    total = SIZE * (HELD + 1) + 7
    place = looking_up.places(opened.desk, "燕崖镇")[0].code
    forms = [
        intake.IntakeForm(phone="13805330007", place=place, title=f"第{n}件", content="村口路灯不亮。") for n in range(total)
    ]
    for form in forms:
        intake.accept(opened.desk, form)
    go(opened, "register")
    register = page(opened, "register", RegisterView)

    key(opened, "End")

    assert register._list.standing == (total, total)
    last = looking_up.register(opened.desk, RegisterQuery(sort=RegisterSort.DUE), limit=total).rows[-1].number
    assert register._list.chosen == last
    assert len(register._rows) <= HELD * SIZE
    assert last[-5:-1] in words_in(register._list)


def test_a_note_is_written_by_keyboard_and_stands_in_the_story(opened: Opened) -> None:
    number = accept(opened)
    go(opened, "order", number)
    order = page(opened, "order", OrderView)

    key(opened, "F9")
    assert order._form is not None
    key(opened, "F9")
    assert "还没有填" in words_in(order.frame)
    cast("tk.Text", opened.window.root.focus_lastfor()).insert("end", "又来电话，𠮷某催问。")
    key(opened, "F9")

    assert order._form is None
    assert [event.fact.kind for event in opened.desk.store.view(number).story][-1] == "work_order.note_added"
    assert "又来电话，𠮷某催问。" in words_in(order.frame)


def test_what_others_did_appears_on_the_open_order(opened: Opened) -> None:
    number = accept(opened)
    go(opened, "order", number)

    handling.note(opened.desk, number, "诉求人补充：共五盏。")
    opened.settle()

    assert "共五盏" in words_in(page(opened, "order", OrderView).frame)


def test_a_caller_shown_in_full_is_masked_again_when_the_page_is_left(opened: Opened) -> None:
    number = accept(opened)
    go(opened, "order", number)
    order = page(opened, "order", OrderView)
    assert "13805330007" not in words_in(order.frame)

    key(opened, "Control-u")
    cast("tk.Entry", opened.window.root.focus_lastfor()).insert("end", "回访联系")
    key(opened, "F9")
    assert "13805330007" in words_in(order.frame)
    go(opened, "register")
    go(opened, "order", number)

    assert "13805330007" not in words_in(page(opened, "order", OrderView).frame)


def test_every_form_of_an_order_can_be_opened_and_left(opened: Opened) -> None:
    number = accept(opened)
    go(opened, "order", number)
    order = page(opened, "order", OrderView)

    for keys in ("F9", "Control-e", "Control-g", "Control-p", "Control-u"):
        key(opened, keys)
        assert order._form is not None, keys
        key(opened, "Escape")
        assert order._form is None, keys


def test_a_station_that_is_not_enrolled_is_told_so_on_the_page_and_by_f9(opened: Opened) -> None:
    accept(opened)
    go(opened, "sync")
    sync = page(opened, "sync", SyncView)
    assert "接入" in words_in(sync.frame)

    key(opened, "F9")

    assert "还没有接入县中心" in words_in(opened.window.root)


def test_a_round_is_started_by_f9_and_its_result_stands_in_the_list(opened: Opened) -> None:
    desk = opened.desk

    def a_round() -> RoundReport:
        now = desk.clock.now_ms()
        return desk.store.add_round(RoundReport(started_at=now, ended_at=now, sent=5, received=2, requests=3, complete=True))

    desk.run_round = a_round
    go(opened, "sync")
    sync = page(opened, "sync", SyncView)
    assert "还没有同步过" in words_in(sync.frame)

    key(opened, "F9")

    assert "5 / 2" in words_in(sync.frame)
    assert "送出 5 条都已签收" in words_in(sync.frame)


def test_a_setting_is_chosen_by_keyboard_and_kept(opened: Opened) -> None:
    go(opened, "settings")
    settings = page(opened, "settings", SettingsView)

    key(opened, "Right")

    assert opened.desk.settings.value(SLIP_PAPER) == "80mm"
    assert "已存" in words_in(settings.frame)


def test_the_record_is_proved_by_f9(opened: Opened) -> None:
    accept(opened)
    go(opened, "settings")

    key(opened, "F9")

    assert "核验通过" in words_in(page(opened, "settings", SettingsView).frame)


@pytest.mark.parametrize("size", [Size.LARGE, Size.LARGEST])
def test_every_page_stands_in_large_letters(opened: Opened, size: Size) -> None:
    number = accept(opened)
    opened.window.change_size(size)
    opened.window.root.geometry("1366x700+0+0")
    opened.settle()

    for name, argument in (("register", ""), ("order", number), ("sync", ""), ("settings", "")):
        go(opened, name, argument)
        assert opened.window._frame is not None
        frame = opened.window._frame._pages[name].frame
        assert frame.winfo_reqwidth() <= 1366, name
        foot = max(child.winfo_rooty() + child.winfo_height() for child in frame.winfo_children() if child.winfo_ismapped())
        assert foot <= opened.window.root.winfo_rooty() + 700, name
    assert theme.size() is size


def test_every_row_is_drawn_whole(opened: Opened) -> None:
    for n in range(30):
        accept(opened, f"第{n}件")
    go(opened, "register")
    register = page(opened, "register", RegisterView)
    canvas = register._list._canvas

    texts = texts_of(canvas)

    assert texts
    assert max(canvas.bbox(item)[3] for item in texts) <= canvas.winfo_height()


@pytest.mark.parametrize("height", [600, 700])
def test_an_opened_order_is_read_from_where_it_begins(opened: Opened, height: int) -> None:
    opened.window.root.geometry(f"1366x{height}+0+0")
    number = accept(opened)
    opened.window.root.focus_force()
    go(opened, "order", number)

    focused = opened.window.root.focus_get()

    assert str(focused).startswith(str(page(opened, "order", OrderView)._reading))


def test_tab_goes_through_an_order_as_one_reads_it(opened: Opened) -> None:
    opened.window.root.focus_force()
    go(opened, "order", accept(opened))
    view = page(opened, "order", OrderView)
    walked: list[str] = []
    for _ in range(4):
        press(opened.window.root.focus_get() or opened.window.root, "Tab")
        opened.settle()
        walked.append(str(opened.window.root.focus_get()))

    assert walked[0].startswith(str(view._reading))
    assert walked[1].startswith(str(view._side.story))
    assert walked[2].startswith(str(view._side._due))
    assert walked[3].startswith(str(view._foot))


def test_every_act_is_reached_by_f10_and_left_by_escape(opened: Opened) -> None:
    number = accept(opened)
    go(opened, "order", number)
    order = page(opened, "order", OrderView)

    key(opened, "F10")
    assert order._more is not None
    assert "由县中心办" in words_in(order.frame)
    key(opened, "Escape")
    assert order._more is None
    page(opened, "order", OrderView)

    key(opened, "F10", "End", "Return")
    assert order._more is None
    assert order._form is not None


def test_why_it_is_that_day_opens_by_its_key_and_closes_by_escape(opened: Opened) -> None:
    number = accept(opened)
    opened.clock.advance(days=1, hours=3)
    go(opened, "order", number)
    order = page(opened, "order", OrderView)
    assert "最迟 11-27" in words_in(order.frame)

    key(opened, "Alt-t")

    assert "个工作日" in words_in(order.frame)
    assert "各环节用时" in words_in(order._side._why)
    assert "待派单" in words_in(order._side._why)
    key(opened, "Escape")
    assert not order._side._why.winfo_ismapped()
    page(opened, "order", OrderView)


def test_a_repeat_leads_to_its_order_and_back(opened: Opened) -> None:
    first, second = accept(opened, "三盏路灯不亮"), accept(opened, "路灯坏了")
    officer = opened.desk.signed_in().officer
    opened.desk.store.record(second, lambda _order: (Merged(first, "同一处"), None), officer=officer)
    go(opened, "order", second)
    order = page(opened, "order", OrderView)
    assert f"已并入 {first}" in words_in(order.frame)

    key(opened, *(["Tab"] * 1), "Return")

    assert "三盏路灯不亮" in words_in(page(opened, "order", OrderView).frame)
    key(opened, "Escape")
