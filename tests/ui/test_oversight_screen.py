"""现场, 督办, 规则包 and 清单 in the real window over a real centre, by keyboard."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import TypeVar, cast

import pytest

from county_hotline.desk import acts, intake
from county_hotline.domain.vocabulary import StationRole
from county_hotline.ids import Number
from county_hotline.ui import theme
from county_hotline.ui.screens.duties.view import DutiesView
from county_hotline.ui.screens.packs.view import PacksView
from county_hotline.ui.screens.site.view import SiteView
from county_hotline.ui.screens.supervision.view import SupervisionView
from county_hotline.ui.theme import Size
from county_hotline.ui.widgets.inputs import LineInput
from tests.support.county import HOUSING, WATER
from tests.support.keys import press
from tests.support.windows import Opened, a_window

pytestmark = pytest.mark.screen
P = TypeVar("P")
PAGES = ("site", "supervision", "packs", "duties")


@pytest.fixture
def opened(tmp_path: Path, display: str) -> Iterator[Opened]:
    del display
    with a_window(tmp_path, role=StationRole.CENTRE) as window:
        window.window.root.geometry("1366x700+0+0")
        window.sign_in("0102")
        yield window


def page(opened: Opened, name: str, kind: type[P]) -> P:
    frame = opened.window._frame
    assert frame is not None
    assert frame.in_front == name
    found = frame._pages[name]
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
    field = opened.window.root.focus_lastfor()
    assert isinstance(field, LineInput)
    field.insert("insert", text)
    opened.settle()


def words_in(widget: tk.Misc) -> str:
    """Everything a person can read in this part of the window."""
    own = str(widget.cget("text")) if "text" in (widget.keys() or ()) else ""
    if isinstance(widget, tk.Canvas):
        texts = [item for item in widget.find_all() if str(widget.type(item)) == "text"]
        own += " ".join(str(widget.itemcget(item, "text")) for item in texts)  # type: ignore[no-untyped-call]
    return " ".join([own, *(words_in(child) for child in widget.winfo_children() if child.winfo_ismapped())])


def accept(opened: Opened, title: str = "下水道堵塞") -> Number:
    form = intake.IntakeForm(name="王某", phone="13805330007", place="370323109200", title=title, content="污水外溢。")
    number = intake.accept(opened.desk, form).number
    acts.perform(opened.desk, number, "dispatch", {"agency": HOUSING})
    return number


def call(opened: Opened) -> Number:
    number = accept(opened)
    typed = {
        "agencies": f"{HOUSING} {WATER}",
        "meet_at": "今天 09:30",
        "meet_where": "双石屋村口",
        "matter": "下水道堵塞",
        "handler": "经办人甲",
        "in_charge": "分管负责人甲",
        "chief": "主责负责人甲",
    }
    acts.perform(opened.desk, number, "call_units", typed)
    return number


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("size", list(Size))
def test_each_page_opens_in_every_size_with_one_main_act_in_sight(opened: Opened, name: str, size: Size) -> None:
    opened.window.change_size(size)
    go(opened, name)

    root = opened.window.root
    main = [each for each in all_within(root) if str(each.winfo_class()) == "TButton" and "Main" in str(each.cget("style"))]
    seen = [each for each in main if each.winfo_ismapped()]
    assert len(seen) == 1
    assert "F9" in str(seen[0].cget("text"))
    assert seen[0].winfo_rooty() + seen[0].winfo_height() <= root.winfo_rooty() + root.winfo_height()
    assert "〔" not in words_in(root)


def all_within(widget: tk.Misc) -> list[tk.Misc]:
    return [widget, *(found for child in widget.winfo_children() for found in all_within(child))]


@pytest.mark.parametrize("size", list(Size))
def test_the_rail_does_not_overflow(opened: Opened, size: Size) -> None:
    opened.window.change_size(size)
    assert opened.window._frame is not None
    opened.settle()

    items = sorted(opened.window._frame.rail._items.values(), key=lambda item: item.winfo_rooty())
    for above, below in pairwise(items):
        assert above.winfo_rooty() + above.winfo_height() <= below.winfo_rooty()
    assert min(item.winfo_height() for item in items) >= theme.line_height(theme.BODY)


def test_people_sign_in_by_keyboard_alone(opened: Opened) -> None:
    number = call(opened)
    key(opened, "F7")
    site = page(opened, "site", SiteView)

    key(opened, "F9")
    write(opened, "陈某")
    key(opened, "Return")
    write(opened, "科员")
    key(opened, "Return", "Return")
    write(opened, "李某")
    key(opened, "Return", "Return")
    write(opened, "905")
    key(opened, "Return")

    came = opened.desk.store.order(number).calls[-1].arrivals
    assert [(each.agency, each.name, each.post) for each in came] == [(HOUSING, "陈某", "科员"), (WATER, "李某", "")]
    key(opened, "Escape")
    assert "已到 2 家" in words_in(site.frame)
    assert "待处置" in words_in(site.frame)


def test_what_is_missing_is_said_and_escape_leads_back(opened: Opened) -> None:
    number = call(opened)
    key(opened, "F7", "F9", "F9")
    site = page(opened, "site", SiteView)
    assert "还没有填姓名" in words_in(site.frame)

    key(opened, "Escape")

    assert "呼叫" in words_in(site._pane)
    assert opened.desk.store.order(number).calls[-1].arrivals == ()


def test_a_new_call_and_a_new_supervision_begin_with_an_order(opened: Opened) -> None:
    accept(opened, "村道护栏缺失")
    for shown in ("F7", "F8"):
        key(opened, shown, "F9")
        write(opened, "护栏")
        key(opened, "Return")

        assert opened.window._frame is not None
        assert opened.window._frame.in_front == "order"


def test_the_ledger_leads_to_the_act_on_the_order(opened: Opened) -> None:
    number = accept(opened)
    typed = {"cause": "overdue", "agencies": HOUSING, "requirement": "三日内修复", "reply_by": "2026-11-27 18:00"}
    acts.perform(opened.desk, number, "supervise", typed)
    key(opened, "F8")
    supervision = page(opened, "supervision", SupervisionView)
    assert "三日内修复" in words_in(supervision.frame)

    key(opened, "Return")

    assert opened.window._frame is not None
    assert opened.window._frame.in_front == "order"
    key(opened, "F8", "Control-l")
    assert "没有亮牌" in words_in(supervision.frame)


def test_a_pack_is_tried_and_put_in_force_by_keyboard(opened: Opened) -> None:
    accept(opened)
    go(opened, "packs")
    packs = page(opened, "packs", PacksView)
    assert "在用" in words_in(packs.frame)

    key(opened, "End", "F9")
    assert "试算：把 山东2020 换成 四川2026" in words_in(packs.frame)
    key(opened, "F9", "Escape", "F9", "F9")

    pack = opened.desk.store.reference.rule_pack()
    assert pack is not None
    assert pack.title == "四川2026"


def test_a_rest_day_is_added_and_taken_out_by_keyboard(opened: Opened) -> None:
    go(opened, "packs", "calendar")
    key(opened, "F9")
    write(opened, "12-24")
    key(opened, "Return")
    assert opened.desk.store.reference.bundle().rest_days == ("2026-12-24",)

    packs = page(opened, "packs", PacksView)
    packs._calendar._days.take_focus()
    key(opened, "Delete")

    assert opened.desk.store.reference.bundle().rest_days == ()


def test_a_line_is_found_changed_and_retired_by_keyboard(opened: Opened) -> None:
    go(opened, "duties")
    duties = page(opened, "duties", DutiesView)
    before = len(opened.desk.store.reference.bundle().duty_lines)
    key(opened, "Control-f")
    write(opened, "路灯")
    key(opened, "Return", "Return")
    assert "修改 ・ 归属清单" in words_in(duties.frame)

    write(opened, "和")
    key(opened, "F9")
    changed = opened.desk.store.reference.bundle().duty_lines
    assert len(changed) == before
    key(opened, "Control-d")

    lines = opened.desk.store.reference.bundle().duty_lines
    assert (len(lines), sum(line.retired for line in lines)) == (before, 1)
