"""SPIKES A1 and A2: a character beyond the BMP is one character to every key and click; the toolkit speaks Chinese; errors are told."""

from __future__ import annotations

import tkinter as tk
from pathlib import Path

import pytest
from PIL import ImageFont

from county_hotline.ui import fonts, theme, tk_mends
from county_hotline.ui.tk_mends import whole
from county_hotline.ui.widgets.inputs import ChoiceInput, LineInput
from county_hotline.wording import say
from tests.support.keys import click, press

pytestmark = pytest.mark.screen

RARE = "𠮷"


def field(root: tk.Tk, text: str) -> LineInput:
    made = LineInput(root, width=300)
    made.pack()
    made.show(text)
    root.update()
    return made


@pytest.mark.parametrize(
    ("text", "keys", "left"),
    [
        (f"王{RARE}", ("BackSpace",), "王"),
        (f"王{RARE}英", ("Left", "BackSpace"), "王英"),
        (f"{RARE}王", ("Home", "Delete"), "王"),
        (f"王{RARE}英", ("Home", "Right", "Right", "BackSpace"), "王英"),
        (f"王{RARE}英", ("Home", "Right", "Delete"), "王英"),
        (f"王{RARE}英", ("Left", "Left", "x"), f"王x{RARE}英"),
        (f"王{RARE}英", ("Left", "Shift-Left", "Delete"), "王英"),
        (f"王{RARE}英", ("Home", "Right", "Shift-Right", "x"), "王x英"),
        (f"王{RARE}{RARE}", ("BackSpace", "x"), f"王{RARE}x"),
        (f"王{RARE}英", ("Control-a", "BackSpace"), ""),
        ("王英", ("BackSpace",), "王"),
    ],
)
def test_a_pair_is_one_character_to_the_keyboard(root: tk.Tk, text: str, keys: tuple[str, ...], left: str) -> None:
    entry = field(root, text)

    press(entry, "End", *keys)

    assert entry.value() == left


WHOLE = {0, 1, 3, 5, 6}
"""The places between the characters of 王𠮷𠮷英, as Tk 8.6 counts them."""


@pytest.mark.parametrize("x", range(0, 70, 3))
def test_a_click_never_falls_into_a_pair(root: tk.Tk, x: int) -> None:
    entry = field(root, f"王{RARE}{RARE}英")

    click(entry, x, 12)

    assert entry.index("insert") in WHOLE


@pytest.mark.parametrize("x", range(2, 70, 14))
def test_a_selection_by_shift_and_click_ends_outside_a_pair(root: tk.Tk, x: int) -> None:
    entry = field(root, f"王{RARE}{RARE}英")
    click(entry, 0, 12)

    click(entry, x, 12, shift=True)

    assert entry.index("insert") in WHOLE
    assert not entry.selection_present() or {entry.index("sel.first"), entry.index("sel.last")} <= WHOLE


def test_a_torn_value_is_mended_and_a_lone_half_dropped() -> None:
    assert whole("王\ud842\udfb7英") == f"王{RARE}英"
    assert whole("王\udced\udca1\udc82\udced\udcbe\udcb7") == f"王{RARE}"
    assert whole("王\ud842英") == "王英"
    assert whole("王英") == "王英"


def test_the_toolkit_speaks_the_clerks_chinese(root: tk.Tk) -> None:
    from ttkbootstrap.localization import MessageCatalog

    tk_mends.mend_catalogue()

    assert MessageCatalog.translate("Yes") == say("ui.toolkit.yes")
    assert MessageCatalog.translate("November") == say("ui.toolkit.month_11")
    assert MessageCatalog.translate("Previous") == say("ui.toolkit.previous")


def test_the_wheel_over_a_choice_changes_nothing(root: tk.Tk) -> None:
    from county_hotline.ui.widgets.inputs import Choice

    choice = ChoiceInput(root, [Choice("a", "甲"), Choice("b", "乙")])
    choice.pack()
    choice.show("a")
    root.update()

    choice.event_generate("<Button-5>", x=5, y=5)
    root.update()

    assert choice.value() == "a"


def test_an_error_in_a_callback_comes_to_the_one_place(root: tk.Tk, tk_errors: list[str]) -> None:
    told: list[BaseException] = []
    tk_mends.tell_errors(root, told.append)

    def burst() -> None:
        raise ZeroDivisionError

    root.after(0, burst)
    root.update()

    assert [type(fault) for fault in told] == [ZeroDivisionError]
    assert len(tk_errors) == 1
    tk_errors.clear()


def mask(file: Path, character: str) -> bytes:
    return bytes(ImageFont.truetype(file, 40).getmask(character))


@pytest.mark.parametrize("character", ["𠮷", "䶮", "㛃", "𬭎"])
def test_rare_characters_of_names_are_drawn_from_a_shipped_face_that_has_them(root: tk.Tk, character: str) -> None:
    answer = root.tk.splitlist(root.tk.call("font", "actual", theme.BODY, "-family", "--", character))
    files = [file for face in fonts.FACES for file in (fonts.SHIPPED / face).glob("*.ttf")]

    drawn_with = [file for file in files if ImageFont.truetype(file, 10).getname()[0] == " ".join(answer)]

    assert drawn_with
    assert all(mask(file, character) != mask(file, "\U0003fffd") for file in drawn_with)
