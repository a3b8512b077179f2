"""The panes of one order's page on a real screen: every kind of field, the list of all acts, why it is that day."""

from __future__ import annotations

import tkinter as tk
from datetime import datetime

import pytest

from county_hotline.desk.acts.spec import FieldKind
from county_hotline.domain.civil_time import CHINA
from county_hotline.ui.screens.order.acts import ActTold, FootTold, RoomTold
from county_hotline.ui.screens.order.fields import AgenciesField, SharesField, TimeField
from county_hotline.ui.screens.order.form_pane import FormPane
from county_hotline.ui.screens.order.forms import FieldTold, FormTold
from county_hotline.ui.screens.order.limits import LimitTold, SegmentTold
from county_hotline.ui.screens.order.more_pane import MorePane
from county_hotline.ui.screens.order.why_pane import SHADES, SegmentBar, WhyPane
from county_hotline.ui.telling.marks import Mark
from county_hotline.ui.widgets.finder import Found
from tests.support.keys import press

pytestmark = pytest.mark.screen
NOW = datetime(2026, 11, 21, 9, 14, tzinfo=CHINA).replace(tzinfo=None)
CHOICES = (("a", "甲", "甲的说明"), ("b", "乙", ""))


def words_in(widget: tk.Misc) -> str:
    own = str(widget.cget("text")) if "text" in (widget.keys() or ()) else ""
    return " ".join([own, *(words_in(child) for child in widget.winfo_children())])


def pane(root: tk.Tk, *fields: FieldTold, typed: dict[str, str] | None = None) -> FormPane:
    made = FormPane(
        root, FormTold("act", "办一步", "", "order.cancel", fields=fields), typed or {}, find=lambda *_: None, now=NOW
    )
    made.pack(fill="both", expand=True)
    root.update()
    return made


KEPT = {
    FieldKind.LINE: "一行",
    FieldKind.TEXT: "一段\n两行",
    FieldKind.CHOICE: "b",
    FieldKind.TICK: "1",
    FieldKind.TERNARY: "no",
    FieldKind.WHOLE: "12",
    FieldKind.DAY: "11-24",
    FieldKind.MOMENT: "11-24 9:30",
    FieldKind.AGENCY: "D04",
    FieldKind.AGENCIES: "D04 D05",
    FieldKind.ORDER: "370323-03A-261116-0002L",
    FieldKind.ARTICLE: "K01",
    FieldKind.SEVERAL: "a b",
    FieldKind.SHARES: "D04：换管：11-24\nD05：停水",
    FieldKind.FILE: "现场.jpg",
}


@pytest.mark.parametrize("kind", list(FieldKind))
def test_each_kind_of_field_gives_back_what_was_left_in_it(root: tk.Tk, kind: FieldKind) -> None:
    choices = CHOICES if kind in (FieldKind.CHOICE, FieldKind.SEVERAL) else ()
    field = FieldTold("field", "栏目", kind.value, is_required=True, choices=choices)

    made = pane(root, field, typed={"field": KEPT[kind]})
    made.take_focus()
    made.wrong("field", "这里不对")
    root.update()

    assert made.values()["field"] == KEPT[kind]
    assert "这里不对" in words_in(made)


def test_a_unit_keeps_its_name_when_a_form_is_opened_again(root: tk.Tk) -> None:
    made = pane(root, FieldTold("agency", "单位", "agency"), typed={"agency": "D04", "agency.words": "县住建局"})

    assert made.values() == {"agency": "D04", "agency.words": "县住建局"}


def test_units_are_collected_by_enter_and_taken_back_by_backspace(root: tk.Tk) -> None:
    made = pane(root, FieldTold("agencies", "单位", "agencies", "D04", "县住建局"))
    field = made._fields["agencies"]
    assert isinstance(field, AgenciesField)
    root.focus_force()
    field.take_focus()
    root.update()

    press(field._finder, "Down")
    field.offer("", [Found("D04", "县住建局"), Found("D05", "县水务公司")])
    press(field._finder, "Return")
    root.update()
    both = made.values()["agencies"]
    assert root.focus_get() is field._finder
    press(field._finder, "BackSpace")

    assert both == "D04 D05"
    assert made.values()["agencies"] == "D04"


def test_a_line_of_shares_stands_ready_below_the_last_that_is_begun(root: tk.Tk) -> None:
    made = pane(root, FieldTold("tasks", "分工", "shares"))
    field = made._fields["tasks"]
    assert isinstance(field, SharesField)

    field._lines[0][0].show("D04", "县住建局")
    field._lines[0][1].insert("end", "换管：两处")
    root.update()

    assert len(field._lines) == 2
    assert made.values()["tasks"] == "D04：换管，两处"


@pytest.mark.parametrize(
    ("typed", "with_time", "read"),
    [
        ("11-24", False, "11-24 周二"),
        ("明天", False, "11-22 周日"),
        ("明天 9:30", True, "11-22 周日 09:30"),
        ("下周", False, "看不懂"),
    ],
)
def test_what_is_understood_of_a_day_stands_beside_it(root: tk.Tk, typed: str, with_time: bool, read: str) -> None:
    field = TimeField(root, now=NOW, with_time=with_time, width=130)

    field.put(typed, "")

    assert field._read.cget("text") == read


def test_what_a_choice_means_stands_below_it(root: tk.Tk) -> None:
    made = pane(root, FieldTold("which", "哪个", "choice", "a", choices=CHOICES))
    root.update()

    assert "甲的说明" in words_in(made)


def foot(count: int, hindered: int = 3) -> FootTold:
    acts = tuple(ActTold(f"act{n}", f"第{n}步") for n in range(count))
    grey = tuple(ActTold(f"not{n}", f"不能{n}", "还没有派单") for n in range(hindered))
    return FootTold(acts[0], (), (RoomTold("受理", (*acts[: count // 2], *grey)), RoomTold("办理", acts[count // 2 :])))


def more(root: tk.Tk, told: FootTold) -> tuple[MorePane, list[str]]:
    done: list[str] = []
    made = MorePane(root, told, on_act=done.append)
    made.pack(fill="both", expand=True)
    root.focus_force()
    made.take_focus()
    root.update()
    return made, done


def test_an_act_is_chosen_from_the_list_by_its_letter_or_by_arrows_and_enter(root: tk.Tk) -> None:
    made, done = more(root, foot(12))

    press(made, "a")
    press(made, "Down")
    press(made, "Down")
    press(made, "Return")
    press(made, "Right")
    press(made, "Return")

    assert done[:2] == ["act9", "act2"]
    assert done[2] in {f"act{n}" for n in range(6, 12)}, "the next column"


def test_what_cannot_be_done_has_its_reason_and_no_letter(root: tk.Tk) -> None:
    made, done = more(root, foot(4))

    for _ in range(20):
        press(made, "Down")
    press(made, "Return")
    press(made, "5")

    assert words_in(made).count("还没有派单") == 3
    assert done == ["act3"]


def test_acts_beyond_the_window_are_scrolled_into_sight(root: tk.Tk) -> None:
    root.geometry("1000x240+0+0")
    made, _done = more(root, foot(34))

    press(made, "End")
    root.update()

    line = made._lines[-1][1]
    assert line.winfo_rooty() + line.winfo_height() <= made.winfo_rooty() + made.winfo_height()


def test_neighbours_in_the_bar_of_segments_differ_in_lightness(root: tk.Tk) -> None:
    light = [sum(channel // 256 for channel in root.winfo_rgb(shade)) for shade in SHADES]

    assert all(abs(a - b) > 60 for a, b in zip(light, [*light[1:], light[0]], strict=True))


def test_a_stretch_of_no_length_is_still_seen_in_the_bar(root: tk.Tk) -> None:
    told = tuple(SegmentTold("县中心", "待派单", "", "", minutes) for minutes in (10_000, 0, 10_000))
    bar = SegmentBar(root, told)
    bar.pack(fill="x")
    root.update()

    boxes = [bar.coords(item) for item in bar.find_all()]

    assert all(right - left >= 2 for left, _top, right, _bottom in boxes)
    assert boxes[-1][2] == pytest.approx(bar.winfo_width(), abs=2)


def test_why_it_is_that_day_is_read_with_the_sum(root: tk.Tk) -> None:
    made = WhyPane(root)
    made.pack(fill="both", expand=True)
    segments = (
        SegmentTold("县住建局", "办理中", "11-16 到 11-18", "2 日", 2880),
        SegmentTold("县中心", "待审核", "11-18 到 11-19", "1 日", 1440),
    )
    told = LimitTold(
        "最迟 11-24", Mark("剩 2 日"), 0.5, ("从下一工作日起算", "计 5 个工作日"), ("11-17：第 1 个工作日",), segments, "3 日"
    )

    made.show(told)
    root.update()

    said = words_in(made)
    assert [words in said for words in ("从下一工作日起算", "县住建局　办理中", "2 日", "合计", "3 日", "第 1 个工作日")] == [
        True
    ] * 6
