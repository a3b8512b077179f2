"""找命令: what is offered, what typing means, what is remembered, and that it names nobody."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from county_hotline.desk import intake, looking_up, own_choices
from county_hotline.domain.views import RegisterQuery
from county_hotline.domain.vocabulary import OfficerRole
from county_hotline.settings import UI_CONTRAST
from county_hotline.ui.palette.entries import Entry, found, remembered
from county_hotline.ui.palette.finding import RECENT
from county_hotline.ui.palette.spelling import spell as spell_really
from county_hotline.ui.palette.view import PaletteView
from county_hotline.ui.widgets.acts import Act
from tests.support.keys import press
from tests.support.windows import Opened, a_window

SPELLINGS = {
    "登记": ("dj", "dengji"),
    "锁屏": ("sp", "suoping"),
    "设置": ("sz", "shezhi"),
    "打登记表": ("ddjb", "dadengjibiao"),
}


def spell(words: str) -> tuple[str, ...]:
    return SPELLINGS.get(words, ())


def nothing() -> None:
    """Done."""


LINES = tuple(
    Entry(words, words, nothing, key)
    for words, key in (("打登记表", "Ctrl+P"), ("登记", "F2"), ("锁屏", "F12"), ("设置", "Alt+9"))
)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("登", "登记"),
        ("dj", "登记"),
        ("DENGJI", "登记"),
        ("f12", "锁屏"),
        ("f2", "登记"),
        ("ctrl+p", "打登记表"),
        ("alt9", "设置"),
        ("记表", "打登记表"),
    ],
)
def test_words_pinyin_and_keys_all_find(typed: str, first: str) -> None:
    assert found(LINES, typed, recent=(), spell=spell)[0].words == first


def test_every_word_typed_must_be_found_and_nonsense_finds_nothing() -> None:
    assert [each.words for each in found(LINES, "登 表", recent=(), spell=spell)] == ["打登记表"]
    assert found(LINES, "登 zz", recent=(), spell=spell) == ()


def test_nothing_typed_shows_the_recent_ones_first() -> None:
    lines = found(LINES, "", recent=("设置", "锁屏"), spell=spell)

    assert [each.words for each in lines] == ["设置", "锁屏", "打登记表", "登记"]
    assert remembered(("设置", "锁屏"), "锁屏") == ("锁屏", "设置")


def opened_palette(opened: Opened) -> PaletteView:
    if opened.window._comfort is None or opened.window._comfort.palette.view is None:
        press(opened.window.root.focus_get() or opened.window.root, "Control-k")
        opened.settle()
    assert opened.window._comfort is not None
    view = opened.window._comfort.palette.view
    assert view is not None
    return view


def typed(opened: Opened, text: str) -> PaletteView:
    view = opened_palette(opened)
    view.field.delete(0, "end")
    view.field.insert(0, text)
    opened.settle()
    return view


@pytest.mark.screen
def test_ctrl_k_finds_a_page_and_goes_there_and_the_officer_finds_it_first_next_time(tmp_path: Path) -> None:
    with a_window(tmp_path) as opened:
        opened.sign_in()

        typed(opened, "台账").take()
        opened.settle()
        assert opened.window._frame is not None
        assert opened.window._frame.in_front == "register"
        kept = own_choices.chosen(opened.desk, RECENT, tuple[str, ...])
        opened.window.go("intake")
        opened.settle()
        again = opened_palette(opened).entries[0].name

    assert kept == ("page.register",)
    assert again == "page.register"


@pytest.mark.screen
def test_the_acts_of_the_page_in_front_are_offered_with_their_keys(tmp_path: Path) -> None:
    with a_window(tmp_path) as opened:
        opened.sign_in()
        opened.window.use_acts([Act("ui.seen", nothing, "<Control-Key-q>"), Act("ui.lock", nothing, why_not="正忙")])

        lines = {each.name: each for each in opened_palette(opened).entries}

    assert lines["act.ui.seen"].shown == "Ctrl+Q"
    assert lines["act.ui.lock"].why_not == "正忙"


@pytest.mark.screen
def test_a_grey_line_says_why_and_is_not_done(tmp_path: Path) -> None:
    did: list[str] = []
    with a_window(tmp_path) as opened:
        opened.sign_in()
        opened.window.use_acts([Act("ui.seen", lambda: did.append("done"), why_not="还没有选一件")])
        view = typed(opened, "知道了")

        view.take()

        assert "还没有选一件" in str(view._said.cget("text"))
        assert did == []


@pytest.mark.screen
def test_a_setting_is_chosen_at_once(tmp_path: Path) -> None:
    with a_window(tmp_path) as opened:
        opened.sign_in()

        typed(opened, "高对比").take()
        opened.settle()

        assert opened.desk.settings.value(UI_CONTRAST) == "high"
        opened.window.change_contrast(high=False)


@pytest.mark.screen
def test_an_order_is_opened_by_its_number_and_nothing_of_it_but_the_number_is_shown_or_kept(tmp_path: Path) -> None:
    with a_window(tmp_path) as opened:
        opened.sign_in()
        place = looking_up.places(opened.desk, "燕崖镇")[0]
        form = intake.IntakeForm(phone="13805330000", name="王𠮷", place=place.code, title="王𠮷家门口", content="路灯不亮")
        intake.accept(opened.desk, form)
        number = looking_up.register(opened.desk, RegisterQuery()).rows[0].number
        view = typed(opened, number)
        opened.settle()
        line = view.entries[0]

        view.take()
        opened.settle()

        assert line.name == "order"
        assert "王" not in line.words
        assert opened.window._frame is not None
        assert opened.window._frame.in_front == "order"
        assert own_choices.chosen(opened.desk, RECENT, tuple[str, ...]) is None


@pytest.mark.screen
def test_esc_gives_the_keyboard_back_and_another_key_goes_to_the_window(tmp_path: Path) -> None:
    with a_window(tmp_path) as opened:
        opened.sign_in()
        before = opened.window.root.focus_get()
        view = opened_palette(opened)
        press(view.field, "Escape")
        assert opened.window.root.focus_get() is before

        press(opened_palette(opened).field, "F4")
        opened.settle()

        assert opened.window._comfort is not None
        assert not opened.window._comfort.palette.is_open
        assert opened.window._frame is not None
        assert opened.window._frame.in_front == "register"


@pytest.mark.screen
def test_what_the_post_has_no_duty_for_is_grey_and_no_two_lines_read_alike(tmp_path: Path) -> None:
    with a_window(tmp_path) as opened:
        from county_hotline.desk import signing_in

        handler = next(a for a in signing_in.accounts(opened.desk) if OfficerRole.HANDLER in a.roles)
        opened.sign_in(handler.badge)

        lines = {each.name: each for each in opened_palette(opened).entries}

    assert lines["page.intake"].why_not
    assert not lines["page.register"].why_not
    assert [words for words, count in Counter((each.words, each.shown) for each in lines.values()).items() if count > 1] == []


def test_chinese_words_are_spelled_in_every_way_they_are_read() -> None:
    assert {"dj", "dengji"} <= set(spell_really("登记"))
    assert {"cb", "zb", "chongban"} <= set(spell_really("重办"))
