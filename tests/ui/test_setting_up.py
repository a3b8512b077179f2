"""首次设置: from an empty folder to the sign-in, each step checked, back and left and gone on with; nothing half done, no secret kept."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from county_hotline.app.slip_printer import make_slip
from county_hotline.background import InlineRunner
from county_hotline.desk import setting_up, signing_in
from county_hotline.desk.desk import Desk
from county_hotline.desk.founding import open_store
from county_hotline.desk.setting_up import BY_CODE, STEPS
from county_hotline.domain.vocabulary import StationRole
from county_hotline.errors import Refusal
from county_hotline.paths import Home
from county_hotline.settings import SLIP_PAPER, UI_SIZE, Settings
from county_hotline.ui import theme
from county_hotline.ui.setting_up.presenter import SetUpPresenter, StepTold
from county_hotline.ui.setting_up.view import SetUpView
from county_hotline.ui.setting_up.work import DeskSetUp
from tests.support.keys import press
from tests.support.ticking_clock import TickingClock

PASSWORD = "lian-23456"


@dataclass
class FakeView:
    """Remembers what it was shown."""

    told: list[StepTold] = field(default_factory=list)
    said: list[tuple[str, str]] = field(default_factory=list)
    filled: dict[str, str] = field(default_factory=dict)
    pictures: list[bytes] = field(default_factory=list)
    styles: list[tuple[str, bool]] = field(default_factory=list)
    has_finished: bool = False

    def show(self, step: StepTold) -> None:
        self.told.append(step)

    def wrong(self, field: str, words: str) -> None:
        self.said.append((field, words))

    def busy(self, words: str) -> None:
        pass

    def fill(self, values: Mapping[str, str]) -> None:
        self.filled = dict(values)

    def show_picture(self, png: bytes, words: str) -> None:
        self.pictures.append(png)

    def restyle(self, size: str, *, high_contrast: bool) -> None:
        self.styles.append((size, high_contrast))

    def finished(self) -> None:
        self.has_finished = True


def a_guide(folder: Path, view: FakeView | SetUpView) -> SetUpPresenter:
    home = Home(folder)
    home.ensure()
    work = DeskSetUp(home, TickingClock(), make_slip)
    presenter = SetUpPresenter(view, work, InlineRunner(), Settings(home.settings))
    presenter.begin()
    return presenter


def values(view: FakeView, **typed: str) -> dict[str, str]:
    return {each.name: each.value for each in view.told[-1].fields} | typed


def go_to(presenter: SetUpPresenter, view: FakeView, step: str) -> None:
    """By what is offered, with a password."""
    while presenter.step != step:
        extra = {"password": PASSWORD, "again": PASSWORD} if presenter.step == "accounts" else {}
        presenter.submit(values(view, **extra))
        assert view.said == []


def test_a_new_folder_is_led_to_the_sign_in_with_what_is_offered_and_a_password(tmp_path: Path) -> None:
    view = FakeView()
    presenter = a_guide(tmp_path, view)
    go_to(presenter, view, "rules")
    presenter.submit({})
    home, clock = Home(tmp_path), TickingClock()
    store = open_store(home, clock)
    desk = Desk(store, home, clock, Settings(home.settings), lambda _: None)

    account = signing_in.sign_in(desk, "0301", PASSWORD)
    store.close()

    assert account.badge == "0301"
    assert view.has_finished
    assert not home.setup.exists()
    assert [told.name for told in view.told] == list(STEPS)


def test_it_is_left_and_gone_on_with_and_neither_code_nor_password_lies_about(tmp_path: Path) -> None:
    view = FakeView()
    presenter = a_guide(tmp_path, view)
    presenter.submit({"role": "agency", "source": BY_CODE})
    presenter.submit({"url": "http://127.0.0.1:9", "code": "7K2M-Q9XD-41TV", "hub_id": ""})
    assert view.said, "no hub listens there"
    presenter.back()
    kept = Home(tmp_path).setup.read_text()

    again = FakeView()
    a_guide(tmp_path, again)

    assert again.told[-1].name == "pc"
    assert {each.name: each.value for each in again.told[-1].fields} == {"role": "agency", "source": BY_CODE}
    assert "7K2M" not in kept
    assert "127.0.0.1" in kept


def test_a_step_with_something_missing_says_where_and_stays(tmp_path: Path) -> None:
    view = FakeView()
    presenter = a_guide(tmp_path, view)
    presenter.submit({"role": "hall", "source": BY_CODE})
    presenter.submit({"url": "", "code": "", "hub_id": ""})
    assert view.said.pop()[0] == "url"
    presenter.back()
    presenter.submit({"role": "hall", "source": "sample"})
    presenter.submit(values(view))
    presenter.submit({"password": PASSWORD, "again": "other"})
    assert view.said.pop()[0] == "again"

    presenter.submit({"password": "12345678", "again": "12345678"})

    assert view.said.pop()[0] == "password"
    assert presenter.step == "accounts"


def test_the_choice_of_station_can_be_changed_by_going_back(tmp_path: Path) -> None:
    view = FakeView()
    presenter = a_guide(tmp_path, view)
    go_to(presenter, view, "accounts")
    presenter.back()
    presenter.back()
    presenter.submit({"role": "centre", "source": "sample"})
    presenter.submit(values(view))

    card = setting_up.standing(Home(tmp_path), TickingClock()).card

    assert card is not None
    assert (card.role, card.station) == (StationRole.CENTRE, "370323-01")


def test_paper_is_tried_and_kept(tmp_path: Path) -> None:
    view = FakeView()
    presenter = a_guide(tmp_path, view)
    go_to(presenter, view, "paper")

    presenter.try_paper("80mm", 300)
    presenter.submit({"paper": "80mm"})

    assert view.pictures[0].startswith(b"\x89PNG")
    assert (Home(tmp_path).slips / setting_up.SLIP_NAME).read_bytes().startswith(b"%PDF")
    assert Settings(Home(tmp_path).settings).value(SLIP_PAPER) == "80mm"


def test_an_enrolment_slip_fills_the_fields_and_another_file_is_refused(tmp_path: Path) -> None:
    slip = tmp_path / "slip.txt"
    slip.write_text(
        "接入码：7K2M-Q9XD-41TV（24 小时内有效）\n县中心代号：" + "ab12" * 8 + "\n地址 https://10.1.2.3:8480，请核对",
        encoding="utf-8",
    )
    (tmp_path / "letter.txt").write_text("今天下午三点开会。", encoding="utf-8")
    view = FakeView()
    presenter = a_guide(tmp_path / "home", view)
    presenter.submit({"role": "hall", "source": BY_CODE})

    presenter.take_slip(slip)

    assert view.filled == {"url": "https://10.1.2.3:8480", "code": "7K2M-Q9XD-41TV", "hub_id": "ab12" * 8}
    with pytest.raises(Refusal, match="R630"):
        setting_up.read_slip(tmp_path / "letter.txt")


@pytest.mark.screen
def test_the_guide_is_gone_through_by_keyboard_alone(root: tk.Tk, tmp_path: Path) -> None:
    view = SetUpView(root)
    view.presenter = SetUpPresenter(
        view, DeskSetUp(Home(tmp_path), TickingClock(), make_slip), InlineRunner(), Settings(tmp_path / "s")
    )
    Home(tmp_path).ensure()
    view.presenter.begin()
    root.update()
    press(root, "F9", "F9")
    for letter in "abcd2345":
        press(root.focus_get() or root, letter)
    press(root.focus_get() or root, "Return")
    for letter in "abcd2345":
        press(root.focus_get() or root, letter)
    press(root, "F9")
    assert view.presenter.step == "paper"
    press(root, "F9")
    view._form.show({"size": "large"})
    press(root, "Control-r")
    is_large = theme.size() is theme.Size.LARGE
    press(root, "F9", "F9")
    theme.change_size(root, theme.Size.STANDARD)

    assert view.has_finished
    assert is_large
    assert Settings(tmp_path / "s").value(UI_SIZE) == "large"
