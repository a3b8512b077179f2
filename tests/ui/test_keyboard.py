"""No mouse is needed: on every page whatever can be pressed or filled is reached by keys, and a key that is seen means one thing."""

from __future__ import annotations

import tkinter as tk
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from tkinter import ttk

import pytest

from county_hotline.desk import intake, looking_up, signing_in
from county_hotline.domain.views import RegisterQuery
from county_hotline.domain.vocabulary import OfficerRole, StationRole
from county_hotline.ui.commands import COMMANDS
from county_hotline.ui.pages import PAGES
from county_hotline.ui.widgets.acts import ActButton
from tests.support.windows import Opened, a_window

pytestmark = pytest.mark.screen

INPUTS = ("TEntry", "TCombobox", "Text", "TCheckbutton", "TButton", "Entry", "Listbox")
STEPS = 400
OFFICERS = (
    (StationRole.HALL, OfficerRole.CLERK),
    pytest.param(StationRole.HALL, OfficerRole.LEADER, marks=pytest.mark.long),
    pytest.param(StationRole.CENTRE, OfficerRole.DISPATCHER, marks=pytest.mark.long),
)


def below(widget: tk.Misc) -> Iterator[tk.Misc]:
    for child in widget.winfo_children():
        yield child
        yield from below(child)


def walked(root: tk.Tk) -> set[str]:
    """Where Tab leads, all the way round."""
    here: tk.Misc | None = root
    seen: set[str] = set()
    for _ in range(STEPS):
        here = here.tk_focusNext() if here is not None else None
        if here is None or str(here) in seen:
            break
        seen.add(str(here))
    return seen


def needs_a_mouse(opened: Opened) -> list[str]:
    """What is in sight and can be pressed or filled, but not by keys."""
    root, keys = opened.window.root, opened.window._keys
    reached = walked(root)
    bound = {act.key for act in keys.acts if act.key} | {each.key for each in COMMANDS}
    assert opened.window._frame is not None
    page = opened.window._frame._pages[opened.window._frame.in_front].frame
    missed = []
    for widget in below(page):
        if not widget.winfo_viewable():
            continue
        is_input = widget.winfo_class() in INPUTS
        if is_input and (
            str(widget) in reached or is_off(widget) or (isinstance(widget, ActButton) and widget.act.key in bound)
        ):
            continue
        pressed = isinstance(widget, tk.Label | tk.Frame) and bool(root.tk.call("bind", str(widget), "<Button-1>"))
        if is_input or (pressed and not any(str(widget).startswith(each) for each in reached)):
            words = str(widget.cget("text")) if isinstance(widget, tk.Label | ttk.Button) else ""
            missed.append(f"{opened.window._frame.in_front}: {widget.winfo_class()} {words}")
    return missed


def is_off(widget: tk.Misc) -> bool:
    """Grey, or only to be read."""
    return isinstance(widget, ttk.Widget) and widget.instate(["disabled"])


def every_page(opened: Opened) -> Iterator[str]:
    number = next((row.number for row in looking_up.register(opened.desk, RegisterQuery()).rows), "")
    for spec in PAGES:
        if spec.exists and (not spec.duty or opened.desk.may(spec.duty)):
            opened.window.go(spec.name, number if spec.name in ("order", "clash") else "")
            opened.settle()
            yield spec.name


def sit_down(opened: Opened, role: OfficerRole) -> None:
    account = next(each for each in signing_in.accounts(opened.desk) if role in each.roles)
    opened.sign_in(account.badge)
    if opened.desk.may("accept"):
        place = looking_up.places(opened.desk, "燕崖镇")[0]
        form = intake.IntakeForm(phone="13805330000", place=place.code, title="路灯不亮", content="路灯三天不亮")
        intake.accept(opened.desk, form)
    opened.settle()


@pytest.mark.parametrize(("station", "officer"), OFFICERS, ids=lambda each: each.value)
def test_everything_on_every_page_is_reached_by_keys_and_no_key_means_two_things(
    tmp_path: Path, station: StationRole, officer: OfficerRole
) -> None:
    with a_window(tmp_path, role=station) as opened:
        sit_down(opened, officer)
        missed: list[str] = []
        twice: list[str] = []
        taken: list[str] = []
        pages = []
        window_keys = {each.key for each in COMMANDS if each.key}
        for name in every_page(opened):
            pages.append(name)
            missed += needs_a_mouse(opened)
            acts = opened.window._keys.acts
            keys, shown = (
                Counter(act.key for act in acts if act.key),
                Counter(act.shown for act in acts if act.shown and act.key),
            )
            twice += [
                f"{name} {key}" for key, count in (keys + shown).items() if count > 1 and (keys[key] > 1 or shown[key] > 1)
            ]
            taken += [f"{name} {act.key}" for act in acts if act.key in window_keys]

    assert len(pages) > 8
    assert missed == []
    assert twice == []
    assert taken == [], "a key of the whole window"


def test_a_button_without_a_key_that_tab_does_not_reach_is_noticed(tmp_path: Path) -> None:
    """The walk itself can fail."""
    with a_window(tmp_path) as opened:
        sit_down(opened, OfficerRole.CLERK)
        assert opened.window._frame is not None
        page = opened.window._frame._pages["intake"].frame
        ttk.Button(page, text="只能点", takefocus=False).place(x=5, y=5)
        label = tk.Label(page, text="也只能点")
        label.bind("<Button-1>", lambda _event: None)
        label.place(x=5, y=60)
        opened.settle()

        assert sorted(needs_a_mouse(opened)) == ["intake: Label 也只能点", "intake: TButton 只能点"]
