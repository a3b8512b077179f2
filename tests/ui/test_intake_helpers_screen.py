"""登记 in the real window: drafts, 粘贴识别, 常用语, 来电弹屏 and 读身份证 by keyboard."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Iterator
from pathlib import Path
from tkinter import ttk

import pytest

from county_hotline.desk import intake, phrases
from county_hotline.domain.views import Phrase
from county_hotline.ui.screens.intake.view import IntakeView
from county_hotline.ui.widgets.acts import ActButton
from county_hotline.wording import say
from tests.support.windows import Opened, a_window
from tests.ui.test_taking_screen import go, key, page, write

pytestmark = pytest.mark.screen
FORM = "姓名：示例\n电话：13805330001\n地点：燕崖镇政府门口\n内容：路灯不亮\n要求：修好"


@pytest.fixture
def opened(tmp_path: Path, display: str) -> Iterator[Opened]:
    del display
    with a_window(tmp_path) as window:
        window.window.root.geometry("1366x700+0+0")
        window.sign_in()
        go(window, "intake")
        yield window


def view(opened: Opened) -> IntakeView:
    return page(opened, "intake", IntakeView)


def kept(opened: Opened) -> list[intake.IntakeForm]:
    return [intake.form_of(draft) for draft in intake.drafts(opened.desk)]


def test_a_pasted_form_is_shown_taken_over_by_one_key_and_on_disk(opened: Opened) -> None:
    root = opened.window.root
    root.clipboard_clear()
    root.clipboard_append(FORM)
    key(opened, "Control-V")
    assert view(opened)._panes.is_open

    key(opened, "F9")

    form = view(opened).form()
    assert (form.name, form.phone, form.content, form.demand) == ("示例", "13805330001", "路灯不亮", "修好")
    assert opened.desk.store.reference.place(form.place).path == "燕崖镇"
    assert [each.content for each in kept(opened)] == ["路灯不亮"]


@pytest.mark.parametrize(
    ("text", "next_field"),
    [
        (FORM, "category"),
        (FORM.replace("燕崖镇政府门口", "门口"), "place"),
        (FORM.replace("姓名：示例\n", ""), "name"),
    ],
)
def test_after_a_paste_the_keyboard_stands_where_something_is_still_missing(opened: Opened, text: str, next_field: str) -> None:
    root = opened.window.root
    root.clipboard_clear()
    root.clipboard_append(text)
    key(opened, "Control-V", "F9")

    assert view(opened).field_in_hand() == next_field


@pytest.mark.parametrize("field", ["content", "title", "phone"])
def test_who_looks_at_another_page_comes_back_to_the_field_and_overwrites_nothing(opened: Opened, field: str) -> None:
    view(opened).fields.go_to(field)
    write(opened, "139")
    key(opened, "F4", "F2")
    assert view(opened).field_in_hand() == field

    write(opened, "1")

    assert getattr(view(opened).form(), field) == "1391"


def test_a_phrase_is_found_by_pinyin_and_its_blanks_are_jumped_to(opened: Opened) -> None:
    phrases.save(opened.desk, Phrase(0, "停水", "【时间】起【地点】停水。"))
    key(opened, "Alt-t")
    write(opened, "ts")
    key(opened, "F9")

    box = view(opened).fields.content.text
    assert box.get("sel.first", "sel.last") == "【时间】"
    key(opened, "Alt-n")
    assert box.get("sel.first", "sel.last") == "【地点】"


def test_a_phrase_is_written_and_kept_by_keyboard(opened: Opened) -> None:
    key(opened, "Alt-t", "Control-n")
    write(opened, "噪声")
    key(opened, "Return")
    write(opened, "夜里施工噪声扰民。")
    key(opened, "Control-s")

    assert [(each.title, each.text) for each in phrases.listed(opened.desk)] == [("噪声", "夜里施工噪声扰民。")]


def test_words_of_a_place_that_was_not_chosen_come_back_with_the_draft(opened: Opened) -> None:
    opened.desk.store.reference.forget()
    page_view = view(opened)
    page_view.fields.place.take_focus()
    opened.settle()
    write(opened, "某处")
    page_view.presenter.keep()
    page_view.presenter.put_aside()
    opened.settle()
    assert page_view.fields.place.words() == ""

    key(opened, "Alt-j")

    assert (page_view.fields.place.words(), page_view.fields.place.value()) == ("某处", "")


def test_an_answer_that_was_not_recorded_comes_back_with_the_draft(opened: Opened) -> None:
    page_view = view(opened)
    page_view.fields.show(intake.IntakeForm(title="咨询"))
    key(opened, "Control-d")
    pane = page_view._panes._answer
    assert pane is not None
    pane._answer.take_focus()
    write(opened, "请带身份证到窗口办理。")
    page_view.presenter.keep()
    [form] = kept(opened)
    assert form.half == {"answer.words": "请带身份证到窗口办理。"}
    key(opened, "Escape")
    page_view.presenter.put_aside()
    opened.settle()
    assert pane.answer() == ""

    key(opened, "Alt-j")

    assert pane.answer() == "请带身份证到窗口办理。"


def test_every_draft_is_listed_taken_up_and_thrown_away_by_key(opened: Opened) -> None:
    for nth in range(3):
        intake.save_draft(opened.desk, f"d{nth}", intake.IntakeForm(title=f"草稿{nth}", confidential=nth == 1))
        opened.clock.advance(minutes=1)
    view(opened).presenter._drafts.look()
    opened.settle()
    key(opened, "Alt-g", "Delete", "Delete")
    assert [form.title for form in kept(opened)] == ["草稿1", "草稿0"]

    key(opened, "Down", "Return")

    assert not view(opened)._panes.is_open
    assert view(opened).form().title == "草稿0"


def test_who_rings_while_an_emergency_is_written_down_does_not_disturb(opened: Opened) -> None:
    key(opened, "F11", "1", "Return")

    go(opened, "intake", "caller 13800000001")

    assert view(opened)._panes.owes_emergency
    assert view(opened)._panes.is_open
    assert "13800000001" in [form.phone for form in kept(opened)]


def test_without_a_reader_the_key_says_what_to_do(opened: Opened) -> None:
    key(opened, "Alt-i")

    assert say("error.R586") in [str(child.cget("text")) for child in _labels(view(opened)._said)]


def test_the_helpers_show_their_keys(opened: Opened) -> None:
    shown = " ".join(str(each.cget("text")) for each in _labels(view(opened).frame) if isinstance(each, ActButton))

    assert all(each in shown for each in ("Ctrl+Shift+V", "Alt+T", "Alt+I"))


def _labels(widget: tk.Misc) -> Iterator[tk.Misc]:
    for child in widget.winfo_children():
        if isinstance(child, tk.Label | ttk.Label | ttk.Button | ActButton):
            yield child
        yield from _labels(child)
