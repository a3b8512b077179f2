"""The window over a real station: signing in, registering, drafts, locking, failures."""

from __future__ import annotations

import shutil
import tkinter as tk
from pathlib import Path
from tkinter import ttk
from typing import cast

import pytest

from county_hotline.desk import intake, looking_up, signing_in
from county_hotline.domain.views import RegisterQuery
from county_hotline.domain.vocabulary import OfficerRole
from county_hotline.errors import StoreFault
from county_hotline.settings import IDLE_LOCK, UI_SIZE
from county_hotline.ui import theme
from county_hotline.ui.screens.intake.view import IntakeView
from county_hotline.ui.screens.sign_in.view import SignInView
from county_hotline.ui.theme import Size
from county_hotline.ui.widgets.acts import Act
from tests.support.keys import press
from tests.support.windows import PASSWORD, Opened, a_window, type_keys

pytestmark = pytest.mark.screen


def intake_page(opened: Opened) -> IntakeView:
    assert opened.window._frame is not None
    return cast("IntakeView", opened.window._frame._pages["intake"])


def fill(opened: Opened, title: str = "村口路灯连续多日不亮") -> None:
    page = intake_page(opened)
    place = looking_up.places(opened.desk, "燕崖镇")[0]
    page.fields.show(
        intake.IntakeForm(phone="13805330000", name="王𠮷", place=place.code, title=title, content="村口三盏路灯不亮。"),
        place=place.path,
    )
    page.presenter.typed()
    opened.settle()


def words_on(widget: tk.Misc) -> str:
    """Everything that can be read below a widget."""
    own = str(widget.cget("text")) if isinstance(widget, tk.Label) and widget.winfo_ismapped() else ""
    return own + "\n" + "".join(words_on(child) for child in widget.winfo_children())


def test_the_sign_in_page_is_there_at_once_and_says_who_and_where(tmp_path: Path) -> None:
    with a_window(tmp_path) as opened:
        at_once = words_on(opened.window.root)
        unit = opened.desk.card.unit_name
        opened.wait_for(lambda: unit in words_on(opened.window.root))

    assert "连心桥" in at_once
    assert "口令" in at_once


def test_the_whole_thread_by_keyboard_from_password_to_slip(tmp_path: Path) -> None:
    if shutil.which("xdotool") is None:
        pytest.skip("xdotool is missing (Debian: xdotool)")
    with a_window(tmp_path) as opened:
        opened.window.root.focus_force()
        sign_in = cast("SignInView", opened.window._sign_in)
        sign_in._password.take_focus()
        opened.wait_for(lambda: sign_in._name.value() == "0301")
        type_keys("type", PASSWORD)
        type_keys("key", "Return")
        opened.wait_for(lambda: opened.window._frame is not None)
        opened.settle()
        type_keys("type", "--delay", "20", "13805330000")
        type_keys("key", "Tab", "Tab", "Tab", "Tab", "Tab", "Tab", "Tab", "Tab", "Tab")
        type_keys("type", "--delay", "20", "yyz")
        page = intake_page(opened)
        opened.wait_for(lambda: page.fields.place.words() == "yyz")
        type_keys("key", "Return", "Return")
        opened.wait_for(lambda: page.fields.in_hand() == "title")
        type_keys("type", "--delay", "20", "Lu deng")
        type_keys("key", "Return")
        type_keys("type", "--delay", "20", "bu liang")
        type_keys("key", "F9")
        opened.wait_for(lambda: bool(list(opened.desk.home.slips.rglob("*.pdf"))))
        row = looking_up.register(opened.desk, RegisterQuery()).rows[0]
        opened.settle()
        seen = words_on(opened.window.root)

    assert row.title == "Lu deng"
    assert row.number in seen
    assert f"{row.number}-a5.pdf" in seen


def test_a_rare_name_is_kept_as_typed(tmp_path: Path) -> None:
    with a_window(tmp_path) as opened:
        opened.sign_in()
        fill(opened)
        intake_page(opened).presenter.accept()
        opened.settle()
        number = looking_up.register(opened.desk, RegisterQuery()).rows[0].number

        person = opened.desk.store.order(number).person

    assert person is not None
    assert person.name == "王𠮷"


def test_a_form_not_finished_is_offered_again_after_a_restart(tmp_path: Path) -> None:
    with a_window(tmp_path) as opened:
        opened.sign_in()
        fill(opened, "没登记完的一件")
    with a_window(tmp_path) as opened:
        opened.sign_in()
        assert "没登记完的一件" in words_on(opened.window.root)

        page = intake_page(opened)
        page.presenter.take_up(intake.drafts(opened.desk)[0].key)
        opened.settle()

        assert page.fields.title.value() == "没登记完的一件"


def test_f12_locks_and_the_same_officer_finds_the_page_as_it_was(tmp_path: Path) -> None:
    with a_window(tmp_path) as opened:
        opened.sign_in()
        fill(opened)

        opened.window.lock()
        opened.settle()
        assert "13805330000" not in words_on(opened.window.root)
        assert opened.window.root.bind("<F9>") == ""
        opened.sign_in()

        assert intake_page(opened).fields.phone.value() == "13805330000"


def test_an_idle_window_locks_itself(tmp_path: Path) -> None:
    with a_window(tmp_path) as opened:
        opened.sign_in()
        opened.desk.settings.change(IDLE_LOCK, 5)

        opened.clock.advance(minutes=4)
        opened.window._watch_idle()
        assert opened.window._sign_in is None
        opened.clock.advance(minutes=2)
        opened.window._watch_idle()

        assert opened.window._sign_in is not None


def test_another_officer_does_not_find_the_form_of_the_first(tmp_path: Path) -> None:
    with a_window(tmp_path) as opened:
        opened.sign_in()
        fill(opened)
        opened.window.lock()

        other = next(each for each in signing_in.accounts(opened.desk) if OfficerRole.LEADER in each.roles)

        opened.sign_in(other.badge)
        opened.window.go("intake")
        opened.settle()

        assert intake_page(opened).fields.phone.value() == ""


def test_the_size_is_kept_and_nothing_typed_is_lost_by_changing_it(tmp_path: Path) -> None:
    with a_window(tmp_path) as opened:
        opened.sign_in()
        fill(opened)

        opened.window.change_size(Size.LARGEST)
        opened.settle()

        assert theme.size() is Size.LARGEST
        assert opened.desk.settings.value(UI_SIZE) == "largest"
        assert "村口路灯连续多日不亮" in words_on(opened.window.root)


def test_a_failure_is_said_in_the_page_with_its_sentence(tmp_path: Path) -> None:
    with a_window(tmp_path) as opened:
        opened.sign_in()

        opened.window.fail(StoreFault("S101"))
        opened.settle()
        assert "磁盘满了" in words_on(opened.window.root)
        opened.window.hush()
        opened.settle()

        assert "磁盘满了" not in words_on(opened.window.root)


def test_esc_takes_the_message_away_before_it_does_what_the_page_wants(tmp_path: Path) -> None:
    did: list[str] = []
    with a_window(tmp_path) as opened:
        opened.sign_in()
        opened.window.go("settings")  # a page that gives its keys once; 登记 gives them again when it has looked something up
        opened.settle()
        opened.window.use_acts([Act("ui.seen", lambda: did.append("page"), "<Escape>", "Esc")])
        opened.window.fail(StoreFault("S101"))

        press(opened.window.root, "Escape")
        assert did == []
        press(opened.window.root, "Escape")
        assert did == ["page"]
        opened.window.use_acts([])
        opened.window.fail(StoreFault("S101"))
        press(opened.window.root, "Escape")

        assert "磁盘满了" not in words_on(opened.window.root)


def test_a_bug_in_a_callback_is_said_as_e000(tmp_path: Path, tk_errors: list[str]) -> None:
    def burst() -> None:
        raise ZeroDivisionError

    with a_window(tmp_path) as opened:
        opened.sign_in()

        opened.window.root.after(0, burst)
        opened.settle()

        assert "E000" in words_on(opened.window.root)
    assert len(tk_errors) == 1
    tk_errors.clear()


def test_no_reader_of_the_news_is_left_when_the_window_is_gone(tmp_path: Path) -> None:
    with a_window(tmp_path) as opened:
        opened.sign_in()
        for name in ("register", "sync", "settings", "intake"):
            opened.window.go(name)
            opened.settle()
        bulletin = opened.window.services.bulletin
        assert len(bulletin) > 0

    assert len(bulletin) == 0


def test_tab_walks_the_intake_form_in_reading_order(tmp_path: Path) -> None:
    with a_window(tmp_path) as opened:
        opened.sign_in()
        page = intake_page(opened)
        page.fields.phone.take_focus()
        opened.settle()
        walked = []
        here: tk.Misc = page.fields.phone
        for _ in range(40):
            walked.append((here.winfo_rooty() // 12, here.winfo_rootx()))
            here = here.tk_focusNext()  # type: ignore[assignment]
            if here is page.fields.phone or not str(here).startswith(str(page.fields._parent)):
                break

    assert len(walked) >= 17
    assert walked == sorted(walked)


def test_a_damaged_settings_file_is_spoken_of_once(tmp_path: Path) -> None:
    with a_window(tmp_path) as opened:
        opened.window.services.settings.told = "setting.unreadable"
        opened.sign_in()
        seen = words_on(opened.window.root)
        press(opened.window.root, "Escape")
        opened.settle()
        opened.window.change_size(Size.LARGE)
        opened.settle()
        seen_later = words_on(opened.window.root)

    assert "settings.toml.corrupt" in seen.replace("\n", "")
    assert "settings.toml.corrupt" not in seen_later.replace("\n", "")


def test_number_and_history_stay_in_sight_beside_a_draft_in_the_largest_letters(tmp_path: Path) -> None:
    with a_window(tmp_path) as opened:
        opened.window.root.geometry("1366x700+0+0")
        opened.window.change_size(Size.LARGEST)
        opened.sign_in()
        fill(opened, "放着的一件")
        intake_page(opened).presenter.put_aside()
        opened.settle()
        fill(opened)
        intake_page(opened).presenter.accept()
        opened.settle()
        fill(opened, "同一个人再来一件")
        opened.wait_for(lambda: "全部" in words_in_sight(intake_page(opened)._side))
        number = looking_up.register(opened.desk, RegisterQuery()).rows[0].number
        seen = words_in_sight(intake_page(opened)._side)

    assert number in seen
    assert "放着的一件" in seen
    assert "最迟办结" in seen


def words_in_sight(widget: tk.Misc) -> str:
    """What is not cut off at any side by what it stands in."""
    if not widget.winfo_ismapped():
        return ""
    own = str(widget.cget("text")) + "\n" if isinstance(widget, tk.Label | ttk.Button) and is_whole(widget) else ""
    return own + "".join(words_in_sight(child) for child in widget.winfo_children())


def is_whole(widget: tk.Misc) -> bool:
    left, top = widget.winfo_rootx(), widget.winfo_rooty()
    right, bottom = left + widget.winfo_reqwidth(), top + widget.winfo_reqheight()
    above = widget
    while (above := above.master) is not None and not isinstance(above, tk.Toplevel | tk.Tk):  # type: ignore[assignment]
        if right > above.winfo_rootx() + above.winfo_width() or bottom > above.winfo_rooty() + above.winfo_height():
            return False
    return True
