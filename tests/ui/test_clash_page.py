"""对照 without a screen: what is told of each line, which keys do what, and what F9 does."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from county_hotline.background import InlineRunner
from county_hotline.desk import handling
from county_hotline.domain.comparing import Side
from county_hotline.domain.facts import Corrected, Person
from county_hotline.domain.vocabulary import OfficerRole, Urgency
from county_hotline.signals import Bulletin, Changes
from county_hotline.ui.screens.clash.presenter import ClashPresenter
from county_hotline.ui.screens.clash.telling import ClashTold, RowTold
from county_hotline.ui.screens.clash.work import DeskClash
from tests.support.desks import Counter, Counters, a_form
from tests.support.play import Play
from tests.support.ticking_clock import TickingClock

LONG = Corrected(reason="又来电", title="三盏路灯不亮", content="三盏都不亮", place_detail="三号楼")
SHORT = Corrected(reason="核实", title="路灯坏了", content="坏了", urgency=Urgency.URGENT)


@dataclass
class FakeScreen:
    """Writes down what it was shown."""

    told: ClashTold | None = None
    at: str = ""
    said: list[str] = field(default_factory=list)
    writing: tuple[str, str, str] | None = None
    reason_text: str = ""

    def is_seen(self) -> bool:
        return True

    def show(self, told: ClashTold, *, at: str) -> None:
        self.told, self.at = told, at

    def show_nothing(self) -> None:
        self.told = None

    def write(self, key: str, label: str, before: str) -> None:
        self.writing = (key, label, before)

    def settled(self) -> None:
        self.said.append("settled")

    def left(self) -> None:
        self.said.append("left")

    def go_back(self) -> None:
        self.said.append("back")

    def reason(self) -> str:
        return self.reason_text

    def fail(self, fault: Exception) -> None:
        raise fault

    def row(self, key: str) -> RowTold:
        assert self.told is not None
        return next(row for row in self.told.rows if row.key == key)


@pytest.fixture
def play(tmp_path: Path, clock: TickingClock) -> Iterator[Play]:
    counters = Counters(tmp_path, clock)
    yield Play(counters)
    counters.close()


@pytest.fixture
def page(play: Play) -> Callable[[Counter], tuple[FakeScreen, ClashPresenter]]:
    """The page over a clash of two corrections, at a counter."""
    handling.correct(play.hall.desk, play.number, LONG)
    handling.correct(play.centre.desk, play.number, SHORT)
    play.counters.sync()

    def opened(counter: Counter) -> tuple[FakeScreen, ClashPresenter]:
        screen = FakeScreen()
        presenter = ClashPresenter(screen, DeskClash(counter.desk), InlineRunner(), Bulletin())
        presenter.shown(play.number)
        return screen, presenter

    return opened


Page = Callable[[Counter], tuple[FakeScreen, ClashPresenter]]


def test_every_line_says_what_it_was_what_each_made_of_it_and_why(page: Page, play: Play) -> None:
    screen, _ = page(play.hall)

    assert screen.told is not None
    assert (screen.told.title, screen.told.place, screen.at) == ("三盏路灯不亮", "第 1 / 1 件", "title")
    assert [head.name.partition(" ")[0] for head in screen.told.heads] == ["改之前", "本站", "县中心"]
    title = screen.row("title")
    assert (title.label, title.mark.words, title.before.words) == ("标题", "要您定", "路灯不亮")
    assert (title.one.words, title.one.note) == ("三盏路灯不亮", "现在按这一份　改：又来电")
    assert (title.other.words, title.other.note) == ("路灯坏了", "改：核实")
    urgent = screen.row("urgency")
    assert (urgent.mark.words, urgent.one.note, urgent.other.words) == ("自动并好", "未改", "紧急")
    assert screen.told.foot == "2 处已选 0 处，还差：标题、内容"


def test_arrows_go_from_choice_to_choice_and_take_a_side(page: Page, play: Play) -> None:
    screen, presenter = page(play.hall)

    presenter.choose(Side.OTHER)
    presenter.move(1)
    presenter.choose(Side.ONE)
    presenter.move(1)

    assert screen.at == "content"
    assert (screen.row("title").other.is_chosen, screen.row("content").one.is_chosen) == (True, True)
    assert screen.row("title").mark.words == "已选"
    assert screen.told is not None
    assert screen.told.is_ready


def test_f9_goes_to_what_is_missing_and_settles_only_what_is_whole(page: Page, play: Play) -> None:
    screen, presenter = page(play.hall)
    presenter.choose(Side.ONE)

    presenter.settle()
    assert (screen.at, screen.said, len(play.order(play.hall).clashes)) == ("content", [], 1)

    presenter.choose(Side.OTHER)
    screen.reason_text = "已问清"
    presenter.settle()
    assert (screen.said, screen.told, play.order(play.hall).clashes) == (["settled"], None, ())
    accepted = play.order(play.hall).accepted
    assert accepted is not None
    assert (accepted.title, accepted.content, accepted.urgency) == ("三盏路灯不亮", "坏了", Urgency.URGENT)


def test_another_value_is_written_over_both(page: Page, play: Play) -> None:
    screen, presenter = page(play.hall)

    presenter.write_anew()
    assert screen.writing == ("title", "标题", "三盏路灯不亮")
    presenter.written("title", "  西洪路路灯  ")
    presenter.move(1)
    presenter.choose(Side.ONE)
    assert screen.row("title").anew == "西洪路路灯"
    presenter.settle()

    accepted = play.order(play.hall).accepted
    assert accepted is not None
    assert accepted.title == "西洪路路灯"


def test_an_empty_value_is_none(page: Page, play: Play) -> None:
    screen, presenter = page(play.hall)

    presenter.written("title", "  ")

    assert screen.row("title").mark.words == "要您定"


@pytest.mark.parametrize(("side", "title"), [(Side.ONE, "三盏路灯不亮"), (Side.OTHER, "路灯坏了")])
def test_all_by_one_side_is_one_key(page: Page, play: Play, side: Side, title: str) -> None:
    screen, presenter = page(play.hall)

    presenter.choose_all(side)
    presenter.settle()

    accepted = play.order(play.hall).accepted
    assert accepted is not None
    assert accepted.title == title
    assert screen.said == ["settled"]


def test_the_centre_may_be_asked_by_the_hall_and_asks_nobody_itself(page: Page, play: Play) -> None:
    screen, presenter = page(play.centre)
    assert screen.told is not None
    assert not screen.told.may_ask_centre
    screen, presenter = page(play.hall)
    assert screen.told is not None
    assert screen.told.may_ask_centre

    presenter.ask_centre()

    assert screen.said == ["left"]
    assert [clash.to_centre for clash in play.order(play.hall).clashes] == [True]
    assert screen.told is not None
    assert not screen.told.may_ask_centre


def test_who_may_not_settle_sees_both_and_why_nothing_can_be_chosen(page: Page, play: Play) -> None:
    play.hall.sits(OfficerRole.HANDLER)
    screen, presenter = page(play.hall)
    assert screen.told is not None
    assert (screen.told.may_settle, screen.told.foot) == (False, "您的岗位不定这一处，请派单员、审核员或负责人来定")

    presenter.choose_all(Side.ONE)
    presenter.settle()

    assert (screen.said, len(play.order(play.hall).clashes)) == ([], 1)
    assert not any(row.is_choice for row in screen.told.rows)


def test_choices_outlive_news_that_leave_the_clash_as_it_was(page: Page, play: Play) -> None:
    screen, bulletin = FakeScreen(), Bulletin()
    presenter = ClashPresenter(screen, DeskClash(play.hall.desk), InlineRunner(), bulletin)
    page(play.hall)
    presenter.shown(play.number)
    presenter.choose(Side.ONE)
    handling.correct(play.centre.desk, play.number, Corrected(reason="再核实", title="西洪路路灯"))
    play.counters.sync()

    bulletin.post(Changes(work_orders=frozenset({play.number})))

    assert (
        screen.row("title").mark.words == "已选"
    )  # what both had seen by then is no clash: the choice is of the same two acts


def test_putting_off_leads_on_or_back(page: Page, play: Play) -> None:
    screen, presenter = page(play.hall)

    presenter.put_off()

    assert screen.said == ["back"]


def test_a_callers_particulars_stand_masked(play: Play) -> None:
    from county_hotline.desk import intake

    number = intake.accept(play.hall.desk, a_form()).number
    play.counters.sync()
    for counter, name in ((play.hall, "林秀英"), (play.centre, "陈大山")):
        handling.correct(counter.desk, number, Corrected(reason="听错"), Person(name=name, phone="13805914472"))
    play.counters.sync()
    screen = FakeScreen()
    ClashPresenter(screen, DeskClash(play.hall.desk), InlineRunner(), Bulletin()).shown(number)

    row = screen.row("person")
    assert (row.one.words, row.other.words, row.may_write) == ("林** 138****4472", "陈** 138****4472", False)
