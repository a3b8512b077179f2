"""台账 without a screen, over a real desk: what is asked, shown, kept and found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from county_hotline.desk import handling
from county_hotline.domain import decisions
from county_hotline.domain.vocabulary import Stage, VoidReason
from county_hotline.ids import OfficerId
from county_hotline.signals import Changes
from county_hotline.ui.screens.register.paging import SIZE
from county_hotline.ui.screens.register.presenter import RegisterPresenter
from county_hotline.ui.screens.register.work import DeskRegister
from tests.support.county import HOUSING, County
from tests.support.fake_register import Register
from tests.support.fake_views import HeldRunner
from tests.support.source import PACKAGE


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    county = County(tmp_path)
    page = Register(county)
    yield page
    page.presenter.close()
    county.close()


def test_an_empty_register_says_what_would_be_here_and_how_to_begin(register: Register) -> None:
    register.presenter.shown()

    assert register.view.total == 0
    assert register.view.empty is not None
    assert register.view.empty.acts == ("first",)
    assert register.view.peek is None


def test_the_first_row_is_chosen_and_looked_at(register: Register) -> None:
    number = register.county.accept()

    register.presenter.shown()

    assert register.view.total == 1
    assert register.view.rows[0].state.words == "待上传"
    assert register.view.peek is not None
    assert register.view.peek.number == number
    assert "王**" in dict(register.view.peek.lines)["诉求人"]


def test_working_days_left_stand_in_the_row(register: Register) -> None:
    register.county.accept()

    register.presenter.shown()

    assert register.view.rows[0].due.words == "11-27 周五"
    assert register.view.rows[0].left.words == "剩 5 日"


def test_the_choices_of_stage_are_all_there_are_in_the_order_of_the_trade(register: Register) -> None:
    register.county.accept()
    register.presenter.shown()

    values = [value for value, _words in register.view.choices["stage"]]

    assert values == ["open", "all", *(str(int(stage)) for stage in Stage)]


def test_what_is_late_is_late_from_the_moment_its_limit_ends_not_from_the_next_day(register: Register) -> None:
    hall = register.county.hall
    pack = (PACKAGE / "rule_packs" / "shandong-2020.toml").read_text(encoding="utf-8")
    hours = pack.replace("version = 2", "version = 3").replace(
        'all = { amount = 5, unit = "workday" }', 'all = { amount = 4, unit = "hour" }'
    )
    hall.store.reference.change(rule_pack=hours)
    register.county.accept("四小时内要办的")
    register.presenter.shown()
    assert register.view.chips["late"].count == 0

    register.county.clock.advance(seconds=4 * 3600)
    register.county.bulletin.post(Changes(counts=True))
    register.presenter.toggle("late")

    (row,) = register.view.rows.values()
    assert (row.left.words, row.left.tone) == ("已超时", "red")
    assert register.view.peek is not None
    assert (register.view.peek.left.words, register.view.peek.gone) == ("已超时", 1.0)
    assert register.view.chips["late"].count == 1


def test_what_has_ended_in_whichever_way_is_not_among_what_has_not(register: Register) -> None:
    register.county.accept()
    mistake = register.county.accept("写重了的")
    void = decisions.void(register.county.hall.store.order(mistake), VoidReason.MISTAKE, "写重了")
    register.county.hall.store.record(mistake, lambda order: (void, None), officer=OfficerId("0301 受理员甲"))
    register.presenter.shown()
    register.county.bulletin.post(Changes(counts=True))

    assert register.view.titles == ["三盏路灯不亮"]
    register.presenter.choose_filter("stage", str(int(Stage.VOID)))
    assert register.view.titles == ["写重了的"]


def test_what_is_late_is_red_bold_and_counted(register: Register) -> None:
    register.county.accept()
    register.county.clock.advance(days=8)

    register.presenter.shown()

    assert register.view.rows[0].left.words == "已超期"  # 11-28 and 11-29 are a weekend: no working day has passed since
    assert (register.view.rows[0].left.tone, register.view.rows[0].left.bold) == ("red", True)
    assert register.view.chips["late"].count == 1


def test_words_find_and_a_number_opens(register: Register) -> None:
    number = register.county.accept("村道护栏缺失")
    register.county.accept("自来水发黄")
    register.presenter.shown()

    register.presenter.search("护栏")
    register.presenter.enter(number.lower())

    assert register.view.titles == ["村道护栏缺失"]
    assert register.view.opened == [number]


def test_a_mistyped_number_is_said_below_the_search(register: Register) -> None:
    number = register.county.accept()
    register.presenter.shown()

    wrong = number[:-2] + ("1" if number[-2] != "1" else "2") + number[-1]
    register.presenter.enter(wrong)

    assert register.view.opened == []
    assert "校验" in register.view.said


def test_enter_on_words_without_a_hit_looks_everywhere(register: Register) -> None:
    register.county.accept("村道护栏缺失")
    register.county.clock.advance(days=60)
    register.presenter.shown()
    register.presenter.search("护栏")
    assert register.view.total == 0

    register.presenter.enter("护栏")

    assert register.view.titles == ["村道护栏缺失"]
    assert not register.view.filters.is_narrow


def test_nothing_found_says_where_was_looked_and_offers_to_widen(register: Register) -> None:
    register.county.accept()
    register.presenter.shown()

    register.presenter.search("西洪陆")

    assert register.view.empty is not None
    assert "西洪陆" in register.view.empty.head
    assert register.view.empty.acts == ("widen", "clear")


def test_what_arrives_by_sync_appears_without_asking(register: Register) -> None:
    county = register.county
    number = county.accept()
    register.presenter.shown()
    county.exchange()
    handling.dispatch(county.centre, number, HOUSING, due_on="2026-11-27")

    county.exchange()
    county.bulletin.post(Changes(counts=True))

    assert register.view.rows[0].state.words == "待签收"
    assert register.view.rows[0].agency.words == "县住建局"


def test_a_hidden_page_waits_until_it_is_seen(register: Register) -> None:
    register.presenter.shown()
    register.view.is_front = False
    drawn = register.view.drawn

    register.county.accept()

    assert register.view.drawn == drawn
    register.view.is_front = True
    register.presenter.shown()
    assert register.view.total == 1


def test_the_chosen_row_stays_chosen_when_news_come(register: Register) -> None:
    first = register.county.accept("第一件")
    register.county.accept("第二件")
    register.presenter.shown()
    register.presenter.choose(first)

    register.county.accept("第三件")

    assert register.view.kept == first
    assert register.view.peek is not None
    assert register.view.peek.number == first


def test_news_of_nothing_on_the_page_asks_nothing(register: Register) -> None:
    register.presenter.shown()
    drawn = register.view.drawn

    register.county.bulletin.post(Changes())

    assert register.view.drawn == drawn


def test_a_closed_page_hears_no_more_news(register: Register) -> None:
    register.presenter.close()

    assert len(register.county.bulletin) == 0


def test_the_chip_of_what_waits_shows_exactly_that(register: Register) -> None:
    register.county.accept("已传的")
    register.county.exchange()
    waiting = register.county.accept("没传的")
    register.presenter.shown()

    register.presenter.toggle("waiting")

    assert [row.number for row in register.view.rows.values()] == [waiting]
    assert register.view.chips["waiting"].is_on


def test_keys_pressed_while_an_answer_is_on_its_way_end_at_the_last_row(register: Register) -> None:
    numbers = [register.county.accept(f"第{n}件") for n in range(4)]
    runner = HeldRunner()
    presenter = RegisterPresenter(register.view, DeskRegister(register.county.hall), runner, register.county.bulletin)
    presenter.shown()
    runner.let_go()

    for number in numbers[1:]:
        presenter.choose(number)
    asked = len(runner.jobs)
    runner.let_go()
    presenter.close()

    assert asked == 1
    assert register.view.peek is not None
    assert register.view.peek.number == numbers[-1]


def test_rows_further_down_come_when_they_are_in_sight(register: Register) -> None:
    for n in range(SIZE + 3):
        register.county.accept(f"第{n}件")
    register.presenter.shown()
    assert len(register.view.rows) == SIZE

    register.presenter.need(SIZE - 5, SIZE + 2)

    assert len(register.view.rows) == SIZE + 3
    assert register.view.rows[SIZE + 2].title.words == f"第{SIZE + 2}件"


def test_a_confidential_caller_is_not_shown(register: Register) -> None:
    register.county.accept(confidential=True)

    register.presenter.shown()

    assert register.view.peek is not None
    assert "王" not in dict(register.view.peek.lines)["诉求人"]
    assert register.view.rows[0].title.icon == "lock"
