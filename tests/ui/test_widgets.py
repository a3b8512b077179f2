"""The widgets by keyboard: Enter moves on, digits choose, typing finds, rows are drawn whole."""

from __future__ import annotations

import tkinter as tk

import pytest

from county_hotline.ui.widgets.basic import Pane
from county_hotline.ui.widgets.finder import Finder, Found
from county_hotline.ui.widgets.inputs import Choice, ChoiceInput, LineInput, TextInput, Tick, pass_by
from county_hotline.ui.widgets.row_list import Cell, Column, ListRow, RowList
from county_hotline.ui.widgets.scroll_pane import ScrollPane
from county_hotline.ui.widgets.segments import Segments
from county_hotline.ui.widgets.wrapped import CutWords, WrappedWords
from tests.support.keys import press

pytestmark = pytest.mark.screen

VILLAGES = [Found("370323109", "燕崖镇"), Found("370323109201", "燕崖镇 河西村"), Found("370323109202", "燕崖镇 双泉村")]


def test_enter_moves_on_in_reading_order(root: tk.Tk) -> None:
    first, second, tick, text = LineInput(root), LineInput(root), Tick(root, "匿名"), TextInput(root)
    for widget in (first, second, tick, text):
        widget.pack()
    root.update()

    press(first, "Return")
    assert root.focus_get() is second
    press(second, "Return")
    assert root.focus_get() is tick
    press(tick, "Return")
    assert root.focus_get() is text.text


def test_enter_goes_past_what_is_seldom_filled_and_tab_stops_there(root: tk.Tk) -> None:
    first, seldom, tick, last = LineInput(root), LineInput(root), Tick(root, "匿名"), LineInput(root)
    for widget in (first, seldom, tick, last):
        widget.pack()
    pass_by(seldom, tick)
    root.update()

    press(first, "Return")
    assert root.focus_get() is last
    press(first, "Tab")
    assert root.focus_get() is seldom
    press(seldom, "Return")
    assert root.focus_get() is last


def test_where_everything_is_seldom_filled_enter_stays(root: tk.Tk) -> None:
    only, other = LineInput(root), LineInput(root)
    for widget in (only, other):
        widget.pack()
    pass_by(only, other)
    root.update()

    press(only, "Return")

    assert root.focus_get() is only


def test_tab_leaves_a_text_and_enter_makes_a_line(root: tk.Tk) -> None:
    text, after = TextInput(root), LineInput(root)
    text.pack()
    after.pack()
    root.update()

    press(text.text, "a", "Return", "b", "Tab")

    assert text.value() == "a\nb"
    assert root.focus_get() is after


def test_a_value_put_in_tells_nobody_and_a_typed_one_tells_once_a_key(root: tk.Tk) -> None:
    told: list[str] = []
    line, text = LineInput(root), TextInput(root)
    for widget in (line, text):
        widget.pack()
    line.on_change(lambda: told.append("line"))
    text.on_change(lambda: told.append("text"))
    root.update()

    line.show("甲")
    text.show("乙")
    root.update()
    assert told == []
    press(line, "a")
    press(text.text, "b")

    assert told == ["line", "text"]


def test_a_choice_is_made_by_arrows_and_by_digits(root: tk.Tk) -> None:
    choice = ChoiceInput(root, [Choice("visit", "来访"), Choice("phone", "电话"), Choice("web", "网站")])
    choice.pack()
    choice.show("visit")
    root.update()

    press(choice, "Down")
    assert choice.value() == "phone"
    press(choice, "3")
    assert choice.value() == "web"
    press(choice, "Up", "Up", "Up")
    assert choice.value() == "visit"


def test_typing_finds_arrows_choose_and_enter_takes(root: tk.Tk) -> None:
    asked: list[str] = []
    finder = Finder(root, width=300, on_typed=asked.append)
    after = LineInput(root)
    finder.pack()
    after.pack()
    root.update()

    press(finder, "y", "y")
    finder.offer("yy", VILLAGES)
    press(finder, "Down", "Return")

    assert asked == ["y", "yy"]
    assert (finder.value(), finder.words()) == ("370323109201", "燕崖镇 河西村")
    assert root.focus_get() is after


def test_what_is_typed_but_not_taken_has_no_value(root: tk.Tk) -> None:
    finder = Finder(root, width=300)
    finder.pack()
    finder.show("370323109", "燕崖镇")
    root.update()

    press(finder, "End", "x")
    finder.offer("燕崖镇x", VILLAGES)
    press(finder, "Escape")

    assert finder.value() == ""
    assert finder.words() == "燕崖镇x"


def a_list(root: tk.Tk, count: int, **more: object) -> RowList:
    rows = RowList(root, [Column("编号", 120), Column("标题")], **more)  # type: ignore[arg-type]
    rows.pack(fill="both", expand=True)
    root.update()
    rows.show([ListRow(str(at), (Cell(f"{at:04}"), Cell("路灯连续多日不亮" * (at % 9 + 1)))) for at in range(count)])
    root.update()
    return rows


def test_only_the_rows_in_sight_are_drawn(root: tk.Tk) -> None:
    rows = a_list(root, 5_000)

    drawn = [item for item in rows._canvas.find_all() if str(rows._canvas.type(item)) == "text"]

    assert rows.rows_in_sight < 25
    assert len(drawn) == 2 * rows.rows_in_sight + 2


def test_keys_walk_a_list_and_the_chosen_row_is_always_in_sight(root: tk.Tk) -> None:
    chosen: list[str] = []
    opened: list[str] = []
    rows = a_list(root, 100, on_choose=chosen.append, on_open=opened.append)
    rows.take_focus()
    root.update()

    press(rows._canvas, "Down", "Next", "End", "Return")

    assert chosen == ["1", str(1 + rows.rows_in_sight), "99"]
    assert opened == ["99"]
    assert rows.standing == (100, 100)


def test_more_rows_are_asked_for_once_when_the_end_comes_near(root: tk.Tk) -> None:
    asked: list[bool] = []
    rows = a_list(root, 0, more=lambda: asked.append(True))
    batch = [ListRow(str(at), (Cell(str(at)), Cell("路灯"))) for at in range(50)]
    rows.show(batch, total=120)
    root.update()
    assert asked == []

    press(rows._canvas, "End")
    press(rows._canvas, "Up", "Up")

    assert asked == [True]


def test_headings_of_groups_are_walked_over_and_the_first_row_shows_its_own(root: tk.Tk) -> None:
    rows = a_list(root, 0)
    heads = [ListRow(f"group {at}", (Cell(f"第{at}组"),), is_heading=True) for at in range(2)]
    lines = [ListRow(str(at), (Cell(str(at)), Cell("路灯"))) for at in range(4)]
    rows.show([heads[0], *lines[:2], heads[1], *lines[2:]])
    root.update()
    assert (rows.chosen, rows.standing) == ("0", (1, 4))

    press(rows._canvas, "Down", "Down")
    assert (rows.chosen, rows.standing) == ("2", (3, 4))
    press(rows._canvas, "Up")
    assert rows.chosen == "1"
    press(rows._canvas, "Home")
    assert rows.chosen == "0"
    rows.show([heads[0], *lines[:1]], keep="group 0")
    assert rows.chosen == "0"


def test_long_text_is_cut_with_dots_and_the_whole_is_kept_for_the_tooltip(root: tk.Tk) -> None:
    label = CutWords(root, "路灯连续多日不亮" * 20)
    label.pack(fill="x")
    root.update()

    assert str(label.cget("text")).endswith("…")


def test_a_paragraph_breaks_again_when_its_width_changes(root: tk.Tk) -> None:
    label = WrappedWords(root, "诉求人反映路灯不亮，" * 12)
    label.pack(fill="x")
    root.update()
    wide = str(label.cget("text")).count("\n")

    root.geometry("400x640")
    root.update()

    assert str(label.cget("text")).count("\n") > wide
    assert not any(line.startswith("，") for line in str(label.cget("text")).split("\n"))


def test_what_takes_the_keyboard_scrolls_into_sight(root: tk.Tk) -> None:
    scroll = ScrollPane(root)
    scroll.pack(fill="both", expand=True)
    lines = [LineInput(scroll.body) for _ in range(40)]
    for line in lines:
        line.pack(fill="x")
    scroll.adopt()
    root.update()

    press(lines[39], "a")
    bottom = lines[39].winfo_rooty() + lines[39].winfo_height()
    assert bottom <= root.winfo_rooty() + root.winfo_height()
    press(lines[0], "a")

    assert lines[0].winfo_rooty() >= root.winfo_rooty()


def test_a_pane_hands_its_ground_down(root: tk.Tk) -> None:
    outer = Pane(root, ground="#f4f6f9")

    assert Pane(outer).ground == "#f4f6f9"
    assert str(WrappedWords(Pane(outer), "字").cget("background")) == "#f4f6f9"


@pytest.mark.parametrize("key", ["Right", "Left"])
def test_the_first_arrow_in_a_row_of_which_nothing_is_chosen_takes_the_first(root: tk.Tk, key: str) -> None:
    row = Segments(root, [Choice("yes", "同意"), Choice("no", "不同意")], on_choose=lambda _value: None)
    row.pack()

    press(row, key)
    first = row.value()
    press(row, "Right")

    assert (first, row.value()) == ("yes", "no")
