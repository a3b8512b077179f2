"""A field that finds takes only lines that were found for exactly what stands in it, however late they come."""

from __future__ import annotations

import tkinter as tk
from dataclasses import dataclass, field

import pytest
from msgspec.structs import replace

from county_hotline.desk.duty_list import Suggestion
from county_hotline.desk.intake import IntakeForm
from county_hotline.domain.reference import Place
from county_hotline.ids import AgencyCode
from county_hotline.ui.screens.intake.presenter import IntakePresenter
from county_hotline.ui.screens.order.fields import SharesField
from county_hotline.ui.widgets.finder import Finder, Found
from county_hotline.ui.widgets.inputs import LineInput
from county_hotline.ui.widgets.several_finder import SeveralFinder
from tests.support.fake_intake import FakeIntake, FakeIntakeWork
from tests.support.fake_views import FakeLater, HeldRunner
from tests.support.keys import press
from tests.support.ticking_clock import TickingClock

EAST, EAST_END, WEST = (
    Found("370323001", "历山街道"),
    Found("370323001201", "历山街道 历山村"),
    Found("370323102271", "南鲁山镇 李家村"),
)


WHOLE = IntakeForm(name="李某", phone="13805330000", place=WEST.value, title="村口路灯不亮", content="村口三盏路灯三天不亮。")
WHOLE_BUT_PLACE = replace(WHOLE, place="")


@dataclass
class Page:
    """A finder whose answers the test gives, and a line after it."""

    root: tk.Tk
    asked: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.finder = Finder(self.root, width=300, on_typed=self.asked.append)
        self.after = LineInput(self.root)
        self.finder.on_change(lambda: self.told.append(self.finder.value()))
        for widget in (self.finder, self.after):
            widget.pack()
        self.root.update()

    def typed_on(self) -> None:
        """The lines for `l` are there; `lj` is typed and not answered."""
        press(self.finder, "l")
        self.finder.offer("l", [EAST, EAST_END])
        press(self.finder, "j")


@pytest.fixture
def page(root: tk.Tk) -> Page:
    return Page(root)


@pytest.mark.screen
@pytest.mark.parametrize("key", ["Return", "KP_Enter", "Tab"])
def test_no_line_is_taken_that_was_found_for_earlier_letters(page: Page, key: str) -> None:
    page.typed_on()
    press(page.finder, key)
    before = page.finder.value()
    page.finder.offer("l", [EAST, EAST_END])
    page.finder.offer("lj", [WEST])

    assert before == ""
    assert page.finder.value() == WEST.value
    assert page.told == [WEST.value]
    assert page.root.focus_get() is page.after


@pytest.mark.screen
def test_what_is_typed_after_enter_stands_in_the_next_field(page: Page) -> None:
    page.typed_on()
    press(page.finder, "Return", "8")
    page.finder.offer("lj", [WEST, EAST])

    assert (page.finder.words(), page.after.value()) == (WEST.words, "8")


@pytest.mark.screen
def test_arrows_before_the_answer_step_in_the_answer(page: Page) -> None:
    page.typed_on()
    press(page.finder, "Down", "Down", "Up", "Return")
    page.finder.offer("lj", [EAST, WEST])

    assert page.finder.value() == WEST.value


@pytest.mark.screen
def test_arrows_before_the_answer_are_seen_in_the_list(page: Page) -> None:
    page.typed_on()
    press(page.finder, "Down")
    page.finder.offer("lj", [EAST, WEST])
    press(page.finder, "Return")

    assert page.finder.value() == WEST.value


@pytest.mark.screen
def test_who_types_on_takes_nothing_of_what_was_asked_before(page: Page) -> None:
    page.typed_on()
    press(page.finder, "Return")
    press(page.finder, "End", "z")
    page.finder.offer("lj", [WEST])
    page.finder.offer("ljz", [EAST])

    assert page.finder.value() == ""
    assert page.finder.words() == "ljz"


@pytest.mark.screen
def test_enter_on_what_is_not_found_leaves_no_value(page: Page) -> None:
    page.typed_on()
    press(page.finder, "Return")
    page.finder.offer("lj", [])

    assert (page.finder.value(), page.finder.words()) == ("", "lj")
    assert page.told == []


@pytest.mark.screen
def test_who_left_by_mouse_took_nothing(page: Page) -> None:
    page.typed_on()
    page.after.focus_force()
    page.root.update()
    page.finder.offer("lj", [WEST])

    assert page.finder.value() == ""
    assert not page.finder.is_taking


@pytest.mark.screen
def test_a_field_that_was_filled_meanwhile_keeps_what_was_put_in(page: Page) -> None:
    page.typed_on()
    press(page.finder, "Return")
    page.finder.show(EAST.value, EAST.words)
    page.finder.offer("lj", [WEST])

    assert page.finder.value() == EAST.value


@pytest.mark.screen
def test_esc_lets_go_what_enter_had_taken_before_the_answer(root: tk.Tk) -> None:
    several = SeveralFinder(root, find=lambda _typed: None)
    several.pack()
    press(several._finder, "l", "Return", "Escape")
    several.offer("l", [WEST])

    assert several.value() == ""


@pytest.mark.screen
def test_enter_in_an_emptied_field_takes_nothing_unless_the_list_was_asked_for(page: Page) -> None:
    press(page.finder, "l", "BackSpace")
    page.finder.offer("", [EAST, WEST])
    press(page.finder, "Return")
    emptied = page.finder.value()
    press(page.finder, "Down")
    page.finder.offer("", [EAST, WEST])
    press(page.finder, "Return")

    assert emptied == ""
    assert page.finder.value() == EAST.value


@pytest.mark.screen
def test_a_field_of_several_keeps_the_keyboard_until_the_answer_is_there(root: tk.Tk) -> None:
    asked: list[str] = []
    several, after = SeveralFinder(root, find=asked.append), LineInput(root)
    several.pack()
    after.pack()
    press(several._finder, "l", "Return")
    kept = root.focus_get()
    several.offer("l", [EAST])
    press(several._finder, "z", "Return")
    several.offer("l", [WEST])
    several.offer("z", [])

    assert kept is several._finder
    assert several.value() == EAST.value
    assert root.focus_get() is after


@pytest.mark.screen
def test_of_several_units_each_takes_the_answer_to_its_own_words(root: tk.Tk) -> None:
    shares = SharesField(root, find=lambda _typed: None)
    shares.pack()
    first = shares._lines[0][0]
    press(first, "l", "Return")
    shares._lines[0][1].insert("end", "换管")
    second = shares._lines[1][0]
    press(second, "z", "Return")
    shares.offer("z", [WEST])
    shares.offer("l", [EAST])

    assert (first.value(), second.value()) == (EAST.value, WEST.value)


@dataclass
class Desk:
    """登记 whose lane the test lets go."""

    lane: HeldRunner = field(default_factory=HeldRunner)
    view: FakeIntake = field(default_factory=FakeIntake)
    work: FakeIntakeWork = field(default_factory=FakeIntakeWork)

    def __post_init__(self) -> None:
        self.presenter = IntakePresenter(
            self.view, self.work, self.lane, clock=TickingClock(), later=FakeLater(), prints=lambda: False
        )
        self.presenter.open()
        self.lane.let_go()


def test_lines_come_with_the_words_they_were_found_for() -> None:
    desk = Desk()
    desk.presenter.find_place("l")
    desk.presenter.find_place("lj")
    desk.presenter.find_grid("wg")
    desk.lane.let_go()
    desk.presenter.find_category("基础")
    desk.presenter.find_agency("住建")

    assert list(desk.view.found) == ["l", "lj", "wg", "基础", "住建"]


def test_f9_waits_for_the_line_that_enter_took() -> None:
    desk = Desk()
    desk.view.typed = WHOLE_BUT_PLACE

    def take(typed: str) -> tuple[Place, ...]:
        desk.view.typed, desk.view.taking = WHOLE, False
        return ()

    desk.work.places = take  # type: ignore[method-assign]
    desk.presenter.find_place("lj")
    desk.view.taking = True
    desk.presenter.accept()
    early = list(desk.view.marked)
    desk.lane.let_go()

    assert early == []
    assert [form.place for form in desk.work.accepted] == [WHOLE.place]


def test_a_form_that_is_filled_in_never_puts_away_what_is_typed_after_it() -> None:
    desk = Desk()
    desk.presenter.begin_with(WHOLE)
    at_once = desk.view.typed
    desk.view.typed = replace(WHOLE, place="370323109201")
    desk.lane.let_go()

    assert at_once == WHOLE
    assert desk.view.typed.place == "370323109201"
    assert desk.view.place == ("", "")


def test_the_words_of_a_place_not_seen_before_follow_the_form() -> None:
    desk = Desk()
    desk.work.places = lambda typed: (Place(WEST.value, "李家村", "南鲁山镇 李家村", "ljc"),)  # type: ignore[method-assign]
    desk.presenter.begin_with(WHOLE)
    desk.lane.let_go()

    assert desk.view.place == (WEST.value, "南鲁山镇 李家村")


def test_f9_goes_on_once_where_the_line_never_comes() -> None:
    desk = Desk()
    desk.view.typed, desk.view.taking = WHOLE_BUT_PLACE, True
    desk.presenter.accept()
    desk.lane.let_go()

    assert desk.work.accepted == []
    assert desk.view.marked == ("place",)


def test_what_is_being_typed_for_the_unit_is_not_put_away_by_the_lists_own() -> None:
    desk = Desk()
    desk.work.suggestions = (Suggestion(AgencyCode("370323D04")),)
    desk.view.typed = replace(WHOLE, half={"agency_hint": "sw"})
    desk.presenter.open()
    desk.lane.let_go()
    typed = desk.view.agency
    desk.view.typed = WHOLE
    desk.presenter.open()
    desk.lane.let_go()

    assert typed == ("", "")
    assert desk.view.agency[0] == "370323D04"
