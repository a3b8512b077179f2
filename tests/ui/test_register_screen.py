"""台账 on a real screen, by keyboard: sorted, ticked, narrowed, arranged, exported, and left again."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from county_hotline.desk import intake
from county_hotline.domain.views import RegisterSort
from county_hotline.ids import Number
from county_hotline.ui import theme
from county_hotline.ui.screens.register.view import RegisterView
from county_hotline.ui.theme import Size
from tests.support.keys import click, press
from tests.support.windows import Opened, a_window

pytestmark = pytest.mark.screen


@pytest.fixture
def opened(tmp_path: Path, display: str) -> Iterator[Opened]:
    del display
    with a_window(tmp_path) as window:
        window.window.root.geometry("1366x700+0+0")
        window.sign_in()
        yield window


def accept(opened: Opened, title: str) -> Number:
    form = intake.IntakeForm(phone="13805330007", place="370323109200", title=title, content="村口路灯不亮。")
    return intake.accept(opened.desk, form).number


def shown(opened: Opened) -> RegisterView:
    opened.window.go("register")
    opened.settle()
    assert opened.window._frame is not None
    page = opened.window._frame._pages["register"]
    assert isinstance(page, RegisterView)
    return page


def key(opened: Opened, *keys: str) -> None:
    for each in keys:
        press(opened.window.root.focus_lastfor() or opened.window.root, each)
        opened.settle()


def test_one_visit_by_keyboard_sorts_ticks_narrows_arranges_and_exports(opened: Opened, tmp_path: Path) -> None:
    numbers = [accept(opened, f"第{place}件") for place in range(4)]
    page = shown(opened)

    key(opened, "Control-o")
    assert page.filters.sort is not RegisterSort.DUE
    key(opened, "Control-r")
    assert page.filters.is_reversed

    key(opened, "Home", "space", "Shift-Down")
    assert len(page.presenter.ticks.numbers) == 2
    key(opened, "Control-a")
    assert set(page.presenter.ticks.numbers) == set(numbers)
    assert page.middle._ticks.winfo_ismapped()

    key(opened, "Control-e")
    assert page.drawers.is_open
    pane = page.drawers._export
    assert pane is not None
    pane._folder.show(str(tmp_path))
    key(opened, "F9")
    assert list(tmp_path.glob("*.xlsx"))
    key(opened, "Escape", "Escape")
    assert not page.drawers.is_open
    assert page.presenter.ticks.numbers == ()

    key(opened, "Control-g", "End", "space", "Escape")
    assert page.liking.columns[-1] == "campaign"

    key(opened, "Control-l")
    filters = page.drawers._filter
    assert filters is not None
    filters._choices["channel"].show("letter")
    key(opened, "F9")
    assert page._list.standing == (0, 0)
    key(opened, "Control-s")
    opened.window.root.focus_lastfor().insert("end", "来信")
    key(opened, "Return", "Escape", "Escape")
    assert page._list.standing[1] == 4
    key(opened, "Control-1")
    assert page.filters.channel == "letter"


def test_a_head_is_clicked_and_rows_are_ticked_by_mouse(opened: Opened) -> None:
    for place in range(3):
        accept(opened, f"第{place}件")
    page = shown(opened)
    canvas = page._list._canvas
    left, width = page._list._spans()[page.columns_shown.index("state")]

    click(canvas, left + width // 2, 5)
    opened.settle()
    assert page.filters.sort is RegisterSort.STAGE

    row = page._list._head_height + page._list._row_height // 2
    canvas.event_generate("<Control-Button-1>", x=200, y=row, time=990_000)
    opened.settle()
    click(canvas, 200, row + 2 * page._list._row_height, shift=True)
    opened.settle()
    assert len(page.presenter.ticks.numbers) == 3
    click(canvas, 12, row)
    opened.settle()
    assert len(page.presenter.ticks.numbers) == 2


def test_in_large_letters_no_act_of_a_pane_is_cut(opened: Opened) -> None:
    accept(opened, "一件")
    opened.window.change_size(Size.LARGEST)
    page = shown(opened)
    for keys in ("Control-l", "Control-s", "Control-g", "Control-e"):
        key(opened, keys)
        drawer = page.drawers._open
        assert drawer is not None
        edge = drawer.winfo_rootx() + drawer.winfo_width()
        for line in drawer._foot_row.winfo_children():
            for button in line.winfo_children():
                assert button.winfo_rootx() + button.winfo_reqwidth() <= edge, keys
        key(opened, "Escape")
    assert theme.size() is Size.LARGEST
    opened.window.change_size(Size.STANDARD)
