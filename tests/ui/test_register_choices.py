"""台账 as the officer makes it: sort, kept filters, columns, ticks, and what was looked for marked; over a real desk."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from county_hotline.background import InlineRunner
from county_hotline.domain.views import RegisterSort
from county_hotline.ui.screens.register.presenter import RegisterPresenter
from county_hotline.ui.screens.register.ticked import MOST, Ticked
from county_hotline.ui.screens.register.work import DeskRegister
from tests.support.county import County
from tests.support.fake_register import Register
from tests.support.fake_views import HeldRunner


@pytest.fixture
def register(tmp_path: Path) -> Iterator[Register]:
    county = County(tmp_path)
    page = Register(county)
    yield page
    page.presenter.close()
    county.close()


def test_a_head_clicked_twice_turns_the_list_round_and_stays_so_for_this_officer(register: Register) -> None:
    register.county.accept("先来的")
    register.county.accept("后来的")
    register.presenter.shown()

    register.presenter.sort(RegisterSort.TIME)
    newest = register.view.titles
    register.presenter.sort(RegisterSort.TIME)

    assert newest == ["后来的", "先来的"]
    assert register.view.titles == ["先来的", "后来的"]
    assert "先登记的在上" in register.view.head
    again = RegisterPresenter(register.view, DeskRegister(register.county.hall), InlineRunner(), register.county.bulletin)
    again.shown()
    assert (register.view.filters.sort, register.view.filters.is_reversed) == (RegisterSort.TIME, True)
    again.close()


def test_a_filter_kept_under_a_name_comes_back_with_search_and_sort(register: Register) -> None:
    register.county.accept("路灯不亮")
    register.county.accept("井盖破损")
    register.presenter.shown()
    register.presenter.search("井盖")
    register.presenter.sort(RegisterSort.TIME)
    register.presenter.save_filter("井盖的")
    register.presenter.clear()
    register.presenter.sort(RegisterSort.DUE)
    assert len(register.view.titles) == 2

    register.presenter.recall(0)

    assert register.view.titles == ["井盖破损"]
    assert register.view.filters.sort is RegisterSort.TIME
    assert register.view.done == ["已存为常用筛选：井盖的", "常用筛选：井盖的"]
    register.presenter.drop_filter("井盖的")
    assert not register.view.liking.saved
    register.presenter.recall(0)

    register.view.undo["删掉筛选“井盖的”"]()
    assert [name for name, _ in register.view.liking.saved] == ["井盖的"]


def test_columns_are_kept_for_the_officer_and_put_back(register: Register) -> None:
    register.presenter.shown()

    register.presenter.like_columns(("number", "title", "phone"))
    assert register.view.liking.columns == ("number", "title", "phone")

    register.presenter.like_columns(())
    assert not register.view.liking.columns


def test_the_foot_says_all_that_narrows_the_list_and_each_is_taken_away(register: Register) -> None:
    register.county.accept()
    register.presenter.shown()
    register.presenter.choose_filter("channel", "phone")
    register.presenter.choose_filter("confidential", "1")
    assert register.view.said_of_list == "近30天、未办结、电话、保密的"
    assert register.view.total == 0
    assert register.view.empty is not None
    assert "widen" in register.view.empty.acts

    for part in register.view.parts:
        register.presenter.take_away(part.name)

    assert (register.view.said_of_list, register.view.total) == ("全部工单", 1)


def test_what_is_looked_for_is_marked_in_the_row_and_out_of_sight_in_the_pane(register: Register) -> None:
    register.county.accept("村口路灯")
    register.presenter.shown()

    register.presenter.search("路灯")
    assert register.view.rows[0].title.spans == ((2, 4),)

    register.presenter.search("夜间出行")
    assert register.view.peek is not None
    assert "【夜间出行】" in dict(register.view.peek.lines)["内容"]


def test_ticks_stay_while_the_list_changes_and_say_how_many_are_not_listed(register: Register) -> None:
    first = register.county.accept("路灯不亮")
    second = register.county.accept("井盖破损")
    register.presenter.shown()

    register.presenter.ticks.all()
    register.presenter.search("井盖")

    assert set(register.view.ticked) == {first, second}
    assert register.view.ticked_words == "已勾 2 件（1 件现在没列）"
    register.presenter.ticks.turn(0)
    assert register.view.ticked == (first,)
    assert register.presenter.ticks.clear()
    assert not register.presenter.ticks.clear()


def test_no_more_are_ticked_than_one_act_takes() -> None:
    ticked = Ticked()

    left = ticked.add(str(number) for number in range(MOST + 3))

    assert (left, len(ticked.numbers)) == (3, MOST)
    assert not ticked.turn("one more")
    assert ticked.turn("7")
    assert ticked.turn("one more")


def test_an_answer_to_an_older_question_is_dropped(register: Register) -> None:
    register.county.accept("路灯不亮")
    register.county.accept("井盖破损")
    runner = HeldRunner()
    presenter = RegisterPresenter(register.view, DeskRegister(register.county.hall), runner, register.county.bulletin)
    presenter.shown()
    runner.let_go()
    drawn = register.view.drawn

    presenter.search("路")
    presenter.search("井盖")
    assert register.view.is_looking
    runner.let_go()
    presenter.close()

    assert register.view.titles == ["井盖破损"]
    assert register.view.drawn == drawn + 1
    assert not register.view.is_looking
