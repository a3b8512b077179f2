"""Widgets for long things: text that flows, a story, a list of which only a window is held."""

from __future__ import annotations

import tkinter as tk

import pytest

from county_hotline.ui import theme
from county_hotline.ui.theme import Tone
from county_hotline.ui.widgets.acts import Act, ActRow
from county_hotline.ui.widgets.basic import Pane
from county_hotline.ui.widgets.flow_pane import FlowPane
from county_hotline.ui.widgets.paged_list import PagedList
from county_hotline.ui.widgets.row_list import Cell, Column, ListRow
from county_hotline.ui.widgets.story_list import StoryItem, StoryList
from county_hotline.ui.widgets.time_bar import TimeBar
from county_hotline.ui.widgets.wrapped import WrappedWords
from tests.support.keys import press

pytestmark = pytest.mark.screen


def texts(canvas: tk.Canvas) -> list[str]:
    return [str(canvas.itemcget(item, "text")) for item in canvas.find_all() if str(canvas.type(item)) == "text"]  # type: ignore[no-untyped-call]


def a_flow(root: tk.Tk, paragraphs: int) -> FlowPane:
    flow = FlowPane(root, takes_focus=True)
    flow.pack(fill="both", expand=True)
    for n in range(paragraphs):
        WrappedWords(flow.body, f"第{n}段。" + "路灯不亮，夜间看不清。" * 12).pack(fill="x")
    flow.adopt()
    root.update()
    return flow


def test_long_text_is_scrolled_by_keyboard_to_its_very_end(root: tk.Tk) -> None:
    flow = a_flow(root, 40)
    assert flow.overflows

    flow.take_focus()
    press(flow._canvas, "End")

    assert flow._canvas.yview()[1] == pytest.approx(1.0)
    press(flow._canvas, "Home")
    assert flow._canvas.yview()[0] == 0


def test_short_text_takes_no_keyboard(root: tk.Tk) -> None:
    flow = a_flow(root, 1)

    assert not flow.overflows
    assert str(flow._canvas.cget("takefocus")) == "0"


def test_text_that_grows_gets_its_bar(root: tk.Tk) -> None:
    flow = a_flow(root, 1)
    label = flow.body.winfo_children()[0]
    assert isinstance(label, WrappedWords)
    assert not flow._bar.find_all()

    label.say("很长。" * 4000)
    root.update()

    assert flow.overflows
    assert flow._bar.find_all()


def test_what_takes_the_keyboard_is_scrolled_into_sight(root: tk.Tk) -> None:
    flow = a_flow(root, 40)
    entry = tk.Entry(flow.body)
    entry.pack()
    flow.adopt()
    root.update()

    entry.focus_force()
    root.update()

    top = entry.winfo_rooty() - flow._canvas.winfo_rooty()
    assert 0 <= top <= flow._canvas.winfo_height() - entry.winfo_height()


def items(count: int) -> list[StoryItem]:
    return [
        StoryItem("11-20 16:02", "send", Tone.BLUE, f"县中心 派单 {n}", "派给县住建局，最迟 11-27。" * 3) for n in range(count)
    ]


def test_a_short_story_draws_nothing_by_half_and_says_what_is_left(root: tk.Tk) -> None:
    room = Pane(root, width=380, height=200)
    room.pack()
    story = StoryList(room, lines=2, rest=lambda count: f"还有{count}条")
    story.pack(fill="both", expand=True)
    root.update()

    story.show(items(20))
    root.update()

    shown = texts(story._canvas)
    heads = sum("派单" in text for text in shown)
    assert heads > 0
    assert f"还有{20 - heads}条" in shown
    bottom = max(story._canvas.bbox(item)[3] for item in story._canvas.find_all())
    assert bottom <= story._canvas.winfo_height()


def test_a_story_that_has_room_says_nothing_of_a_rest(root: tk.Tk) -> None:
    story = StoryList(root, lines=2, rest=lambda count: f"还有{count}条")
    story.pack(fill="both", expand=True)
    root.update()

    story.show(items(2))

    assert not any("还有" in text for text in texts(story._canvas))


def test_a_whole_story_keeps_its_place_when_something_is_added_on_top(root: tk.Tk) -> None:
    story = StoryList(root)
    story.pack(fill="both", expand=True)
    root.update()
    story.show(items(40))
    press(story._canvas, "End")
    before = story._canvas.canvasy(0)

    story.show([*items(1), *items(40)])

    assert before > 0
    assert story._canvas.canvasy(0) == before


def a_list(root: tk.Tk) -> tuple[PagedList, list[tuple[int, int]], list[str]]:
    asked: list[tuple[int, int]] = []
    chosen: list[str] = []
    rows = PagedList(
        root,
        [Column("标题")],
        on_choose=chosen.append,
        on_open=lambda _key: None,
        need=lambda first, last: asked.append((first, last)),
    )
    rows.pack(fill="both", expand=True)
    root.update()
    return rows, asked, chosen


def rows_from(first: int, count: int) -> dict[int, ListRow]:
    return {at: ListRow(str(at), (Cell(f"第{at}件"),)) for at in range(first, first + count)}


def test_what_is_not_held_is_asked_for_and_then_chosen(root: tk.Tk) -> None:
    rows, asked, chosen = a_list(root)
    rows.show_window(5000, rows_from(0, 100), fresh=True)
    assert asked == []

    press(rows._canvas, "End")
    assert asked[-1][1] == 4999
    assert rows.chosen == ""
    rows.show_window(5000, rows_from(4900, 100))

    assert rows.standing == (5000, 5000)
    assert rows.chosen == "4999"
    assert chosen[-1] == "4999"


def test_rows_that_come_above_do_not_move_the_chosen_one_on_the_screen(root: tk.Tk) -> None:
    rows, _asked, _chosen = a_list(root)
    rows.show_window(100, rows_from(0, 100), fresh=True)
    press(rows._canvas, "Next", "Next")
    key, at = rows.chosen, rows.standing[0]
    on_screen = at - rows.top

    moved = {place + 1: row for place, row in rows_from(0, 100).items()} | {0: ListRow("new", (Cell("新来的"),))}
    rows.show_window(101, moved, keep=key)

    assert rows.chosen == key
    assert rows.standing[0] == at + 1
    assert rows.standing[0] - rows.top == on_screen


def test_a_bar_shows_its_share(root: tk.Tk) -> None:
    bar = TimeBar(root, width=200)
    bar.pack()
    root.update()

    bar.show(0.25, Tone.RED)

    whole, gone = (bar.coords(item) for item in bar.find_all())
    assert gone[2] - gone[0] == pytest.approx((whole[2] - whole[0]) / 4, abs=1)
    bar.show(None)
    assert not bar.find_all()


def test_a_long_sentence_beside_the_acts_takes_a_second_line_and_nothing_is_pushed_off(root: tk.Tk) -> None:
    row = ActRow(root, [Act("ui.sync", lambda: None, shown=f"F{n}") for n in range(6)])
    row.pack(side="bottom", fill="x")
    root.update()

    row.say("承办单位还没有回复，不能办结；要加派单位请用改派、加派。" * 2, ink=theme.INK2)
    root.update()

    assert row._sentence.winfo_x() + row._sentence.winfo_width() <= row.winfo_width()
    assert str(row._sentence.cget("text")).count("\n") == 1
