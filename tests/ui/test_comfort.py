"""撤销, short news, progress, and the window's place: what makes a long day easier."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tkinter import ttk

import pytest

from county_hotline.settings import PRINT_ON_ACCEPT
from county_hotline.ui.placing import GRIP, Place, Places, fitted
from county_hotline.ui.theme import Size, Tone
from county_hotline.ui.undoing import KEPT, Undoable, UndoList
from county_hotline.ui.widgets.inputs import LineInput, TextInput
from county_hotline.ui.widgets.progress import Progress
from county_hotline.ui.widgets.text_past import TextPast
from county_hotline.ui.widgets.toasts import Toasts
from tests.support.keys import press
from tests.support.windows import a_window
from tests.ui.test_window import words_on


def shown_words(widget: tk.Misc, *, besides: tk.Misc) -> Iterator[tk.Misc]:
    """What can be read or pressed in the window: words, signs with words, inputs, lists."""
    for child in widget.winfo_children():
        if child is besides or not child.winfo_ismapped():
            continue
        is_words = isinstance(child, tk.Label | ttk.Button | ttk.Label) and bool(str(child.cget("text")).strip())
        if is_words or isinstance(child, tk.Entry | ttk.Entry | tk.Text | tk.Canvas | tk.Listbox):
            yield child
        else:
            yield from shown_words(child, besides=besides)


def overlaps(one: tk.Misc, other: tk.Misc) -> bool:
    """Whether they share a pixel."""

    def span(widget: tk.Misc) -> tuple[int, int, int, int]:
        x, y = widget.winfo_rootx(), widget.winfo_rooty()
        return x, y, x + widget.winfo_width(), y + widget.winfo_height()

    left, top, right, bottom = span(one)
    x, y, x_end, y_end = span(other)
    return left < x_end and x < right and top < y_end and y < bottom


@dataclass
class Timer:
    """`Later` whose time passes when asked."""

    waiting: list[Callable[[], None]] = field(default_factory=list)

    def call(self, ms: int, do: Callable[[], None]) -> Callable[[], None]:
        self.waiting.append(do)
        return lambda: self.waiting.remove(do) if do in self.waiting else None

    def pass_(self) -> None:
        self.waiting.pop(0)()


# -- 撤销 ---------------------------------------------------------------------------------------------------------------


def test_the_last_act_is_taken_back_first_and_each_once() -> None:
    did: list[str] = []
    acts = UndoList()
    for name in "ab":
        acts.add(Undoable(name, lambda name=name: did.append(name)))  # type: ignore[misc]

    for _ in range(2):
        act = acts.take()
        assert act is not None
        act.undo()

    assert did == ["b", "a"]
    assert acts.take() is None


def test_what_has_become_impossible_falls_off_and_old_acts_are_forgotten() -> None:
    acts = UndoList()
    for at in range(KEPT + 5):
        acts.add(Undoable(str(at), lambda: None))
    acts.add(Undoable("sent", lambda: None, lambda: False))

    found = [acts.take() for _ in range(KEPT)]

    assert [each.words for each in found if each is not None] == [str(at) for at in range(KEPT + 4, 5, -1)]


@pytest.mark.screen
def test_a_setting_chosen_in_the_palette_is_taken_back_by_ctrl_z_and_said(tmp_path: Path) -> None:
    with a_window(tmp_path) as opened:
        opened.sign_in()
        opened.window.go("register")
        opened.settle()
        opened.window.choose(PRINT_ON_ACCEPT, value=False)
        opened.window.root.focus_force()
        press(opened.window.root, "Control-z")
        opened.settle()

        assert opened.desk.settings.value(PRINT_ON_ACCEPT) is True
        assert "已撤销" in words_on(opened.window.root)


@pytest.mark.screen
def test_a_message_put_away_comes_back_and_an_empty_list_says_so(tmp_path: Path) -> None:
    with a_window(tmp_path) as opened:
        opened.sign_in()
        opened.window.go("register")
        opened.window.tell("磁盘快满了", "请清一清", tone=Tone.AMBER)
        opened.window.hush_if_told()
        opened.settle()
        assert "请清一清" not in words_on(opened.window.root)
        opened.window.root.focus_force()
        opened.settle()

        press(opened.window.root, "Control-z")
        opened.settle()
        assert "请清一清" in words_on(opened.window.root)
        press(opened.window.root, "Control-z")
        opened.settle()

        assert "没有可以撤销的" in words_on(opened.window.root)


@pytest.mark.screen
def test_in_an_input_ctrl_z_is_the_inputs_own(tmp_path: Path) -> None:
    with a_window(tmp_path) as opened:
        opened.sign_in()
        did: list[str] = []
        opened.window.undoable("别的事", lambda: did.append("undone"))
        line, text = LineInput(opened.window.root), TextInput(opened.window.root)
        for each in (line, text):
            each.place(x=200, y=200)
        opened.settle()
        press(line, "a", "b", "BackSpace", "Control-z")
        first = line.value()
        press(line, "Control-z")
        second = line.value()
        press(line, "Control-Z")
        press(text.text, "x", "Control-z")

        assert (first, second, line.value(), text.value()) == ("ab", "", "ab", "")
        assert did == []


def test_a_paste_is_one_change_and_typing_after_taking_back_begins_anew() -> None:
    past = TextPast()
    past.begin("")
    for text in ("路", "路灯", "路灯不亮了三天", "路灯不亮了三", "路灯不亮了"):
        past.changed(text, len(text))

    assert [past.back(), past.back(), past.back(), past.back()] == [("路灯不亮了三天", 7), ("路灯", 2), ("", 0), None]
    assert past.on() == ("路灯", 2)
    past.changed("路灯x", 3)
    assert past.on() is None


# -- short news ---------------------------------------------------------------------------------------------------------


@pytest.mark.screen
def test_news_waits_its_turn_goes_by_itself_is_kept_and_never_takes_the_keyboard(root: tk.Tk) -> None:
    entry = LineInput(root)
    entry.pack()
    entry.focus_force()
    root.update()
    timer = Timer()
    toasts = Toasts(root, timer, room=lambda: (10, 4, 300, 40), now=lambda: "09:12")
    for at in range(3):
        toasts.say(f"第{at}条")
    seen = []
    for _ in range(3):
        root.update()
        seen.append([f"第{at}条" for at in range(3) if f"第{at}条" in words_on(root)])
        timer.pass_()

    assert seen == [["第0条"], ["第1条"], ["第2条"]]
    assert toasts.in_sight is None
    assert [told.words for told in toasts.told] == ["第2条", "第1条", "第0条"]
    assert root.focus_get() is entry


@pytest.mark.screen
@pytest.mark.parametrize("size", ["standard", "largest"])
def test_short_news_cover_nothing_that_is_to_be_read(tmp_path: Path, size: str) -> None:
    with a_window(tmp_path) as opened:
        opened.window.root.geometry("1366x700+0+0")
        opened.sign_in()
        opened.window.change_size(Size(size))
        comfort, frame = opened.window._comfort, opened.window._frame
        assert comfort is not None
        assert frame is not None
        opened.window.toast("回执没有打出来：打印机没有开。件已受理，到台账里按 Ctrl+P 再打一次。" * 2)
        for page in ("intake", "register", "sync"):
            opened.window.go(page)
            opened.settle()
            news = comfort.toasts.in_sight
            assert news is not None
            covered = [each for each in shown_words(opened.window.root, besides=news) if overlaps(each, news)]

            assert news.winfo_ismapped()
            assert [each for each in covered if not str(each).startswith(str(frame.strip._station))] == []


@pytest.mark.screen
def test_what_was_said_is_read_again_by_keyboard_and_not_by_the_next_officer(tmp_path: Path) -> None:
    with a_window(tmp_path) as opened:
        opened.sign_in()
        opened.window.toast("回执已做好")
        press(opened.window.root.focus_get() or opened.window.root, "Control-F10")
        opened.settle()
        assert opened.window._comfort is not None
        view = opened.window._comfort.palette.view
        assert view is not None
        read = [entry.words for entry in view.entries]
        opened.window.lock()
        opened.sign_in("0303")
        opened.window.show_told()
        opened.settle()
        later = opened.window._comfort.palette.view

        assert read == ["回执已做好"]
        assert later is not None
        assert [entry.words for entry in later.entries] == ["还没有提示。"]


# -- long work ----------------------------------------------------------------------------------------------------------


@pytest.mark.screen
def test_progress_says_how_far_and_is_stopped_once(root: tk.Tk) -> None:
    stopped: list[str] = []
    progress = Progress(root)
    progress.pack(fill="x")
    progress.begin("导入", stop=lambda: stopped.append("stop"))
    progress.step(3, 12)
    root.update()
    said = words_on(root)
    progress.ask_to_stop()
    progress.ask_to_stop()
    root.update()
    stopping = words_on(root)
    progress.end()
    root.update()

    assert "3 / 12（25%）" in said
    assert "正在取消" in stopping
    assert stopped == ["stop"]
    assert not progress.is_shown
    assert "导入" not in words_on(root)


# -- the window's place -------------------------------------------------------------------------------------------------

SCREEN = (0, 0, 1920, 1080)
LEAST = (1024, 600)


@pytest.mark.parametrize(
    ("place", "as_it_can_be"),
    [
        (Place(1200, 700, 100, 50, zoomed=False), Place(1200, 700, 100, 50, zoomed=False)),
        (Place(1200, 700, 1000, 50, zoomed=False), Place(1200, 700, 720, 50, zoomed=False)),
        (Place(4000, 3000, 0, 0), Place(1920, 1080, 0, 0)),
        (Place(300, 100, 0, 0), Place(1024, 600, 0, 0)),
        (Place(1200, 700, 2500, 50), None),
        (Place(1200, 700, -1200, 50), None),
        (Place(1200, 700, 100, -900), None),
        (Place(1200, 700, 1920 - GRIP + 1, 50), None),
    ],
)
def test_a_place_is_taken_as_far_as_it_is_still_to_be_seen(place: Place, as_it_can_be: Place | None) -> None:
    assert fitted(place, SCREEN, LEAST) == as_it_can_be


def test_each_arrangement_of_screens_has_its_own_place_and_a_torn_file_has_none(tmp_path: Path) -> None:
    file = tmp_path / "screen" / "places.json"
    places = Places(file)
    places.keep("1366x700", Place(1200, 650, 5, 6, page="register"))
    places.keep("1920x1080", Place(1800, 900, 7, 8))

    assert places.of("1366x700") == Place(1200, 650, 5, 6, page="register")
    assert places.of("800x600") is None
    for torn in (
        "",
        "{",
        "[1]",
        '{"1366x700": 3}',
        '{"1366x700": {"width": "wide"}}',
        '{"1366x700": {"width": 1, "height": 1, "x": 0}}',
    ):
        file.write_text(torn, encoding="utf-8")
        assert places.of("1366x700") is None


@pytest.mark.screen
def test_the_window_comes_back_where_it_stood(tmp_path: Path) -> None:
    with a_window(tmp_path) as opened:
        screens = opened.window._standing._screens()
        opened.sign_in("0303")
        opened.window.go("sync")
        opened.settle()
    file = tmp_path / "screen" / "places.json"
    kept = Places(file).of(screens)
    assert kept is not None
    Places(file).keep(screens, Place(1100, 620, 30, 20, zoomed=False, page=kept.page))
    with a_window(tmp_path) as opened:
        opened.settle()
        root = opened.window.root
        found = root.winfo_width(), root.winfo_height(), root.winfo_x(), root.winfo_y()
        opened.sign_in("0303")
        assert opened.window._frame is not None
        in_front = opened.window._frame.in_front

    assert found == (1100, 620, 30, 20)
    assert in_front == "sync"
