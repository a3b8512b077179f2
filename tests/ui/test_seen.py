"""Nothing on any page lies outside the window, is cut by its own room, found none, or is too faint to be read: 1366 by 700, every page,
short and long texts, the usual letters and the largest. What it looks for is seen to be found in windows made wrong on purpose."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Iterator
from pathlib import Path

import pytest

from county_hotline.desk import intake, looking_up
from county_hotline.domain.views import RegisterQuery
from county_hotline.domain.vocabulary import StationRole
from county_hotline.ui import theme
from county_hotline.ui.pages import PAGES
from county_hotline.ui.screens.order.presenter import OrderPresenter
from county_hotline.ui.theme import Size
from county_hotline.ui.widgets.basic import Pane, Words
from county_hotline.ui.widgets.inputs import TextInput
from tests.support.keys import press
from tests.support.seen import faults
from tests.support.windows import Opened, a_window

pytestmark = pytest.mark.screen
LONG = "村口往东的路塌了约一米宽三轮车过不去学生上学要绕行已向村里反映还没有修希望尽快修好谢谢㚖䃼𡐓路灯下水道"
LEADER = "0102"
"""Who has most to see and to do."""
FORMS = ("Control-e", "Control-g", "Control-p", "Control-u", "F9", "F10", "Alt-t")


@pytest.fixture(params=[Size.STANDARD, Size.LARGEST], ids=["standard", "largest"])
def opened(request: pytest.FixtureRequest, tmp_path: Path, display: str) -> Iterator[Opened]:
    del display
    OrderPresenter.kept.clear()
    with a_window(tmp_path, role=StationRole.CENTRE) as window:
        window.window.root.geometry("1366x700+0+0")
        window.sign_in(LEADER)
        accept(window, LONG, LONG)
        accept(window, "三盏路灯不亮", "燕崖镇")
        window.window.change_size(request.param)
        window.settle()
        yield window
    OrderPresenter.kept.clear()


def accept(opened: Opened, title: str, detail: str) -> str:
    opened.clock.advance(seconds=1)
    place = looking_up.places(opened.desk, "燕崖镇")[0].code
    form = intake.IntakeForm(
        name="㚖䃼𡐓阿卜杜热合曼",
        phone="13805330007",
        place=place,
        place_detail=detail,
        address=detail,
        title=title,
        content=title * 40,
    )
    return intake.accept(opened.desk, form).number


def seen(opened: Opened) -> list[str]:
    """Once everything is laid out."""
    for _ in range(3):
        opened.settle()
    return faults(opened.window.root)


def test_on_every_page_all_that_is_said_can_be_read(opened: Opened) -> None:
    found = {}
    for page in PAGES:
        opened.window.go(page.name)
        found[page.name] = seen(opened)

    assert {name: wrong for name, wrong in found.items() if wrong} == {}


def test_in_every_form_of_a_long_order_all_that_is_said_can_be_read(opened: Opened) -> None:
    number = next(row.number for row in looking_up.register(opened.desk, RegisterQuery()).rows if row.title == LONG)
    found = {}
    for key in FORMS:
        opened.window.go("order", number)
        opened.settle()
        press(opened.window.root.focus_get() or opened.window.root, key)
        found[key] = seen(opened)
        press(opened.window.root.focus_get() or opened.window.root, "Escape")
        opened.settle()

    assert {key: wrong for key, wrong in found.items() if wrong} == {}


def test_what_lies_outside_is_found(root: tk.Tk) -> None:
    Words(root, "最迟办结").place(x=980, y=20)
    root.update()

    assert [fault for fault in faults(root) if "outside" in fault]


def test_words_cut_by_their_own_room_are_found(root: tk.Tk) -> None:
    pane = Pane(root, width=40, height=40)
    pane.pack()
    Words(pane, "按时办结率目标").pack(fill="x")
    root.update()

    assert [fault for fault in faults(root) if "cut by" in fault]


def test_what_found_no_room_at_all_is_found(root: tk.Tk) -> None:
    pane = Pane(root, width=100, height=40)
    pane.pack()
    Pane(pane, width=100, height=40).pack(side="left")
    Words(pane, "同步").pack(side="left")
    root.update()

    assert [fault for fault in faults(root) if "no room" in fault]


def test_words_too_faint_for_their_ground_are_found(root: tk.Tk) -> None:
    Words(root, "默认", ink=theme.LINE).pack()
    root.update()

    assert [fault for fault in faults(root) if "faint" in fault]


def test_a_long_hint_is_broken_into_lines_and_leaves_the_text_cursor_free(root: tk.Tk) -> None:
    text = TextInput(root, hint="要填的空写成【时间】。写上“标题：”“要求：”就是模板，会放进各自的栏里，别的放进内容")
    text.pack()
    text.pack_propagate(False)
    text.configure(width=240, height=120)
    root.update()
    hint = next(child for child in text.text.winfo_children())

    assert "\n" in str(hint.cget("text"))
    assert hint.winfo_x() > (text.text.bbox("1.0") or (99,))[0]
    assert faults(root) == []
