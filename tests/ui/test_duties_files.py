"""清单 in and out by Excel without a screen: seen before it is written, taken whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from county_hotline.domain.reference import Agency
from county_hotline.domain.vocabulary import StationRole
from county_hotline.ui.screens.duties.view import DutiesView
from tests.support.county import County
from tests.support.fake_duties import CHIEF, FakeDuties, page_of
from tests.support.windows import a_window


@pytest.fixture
def county(tmp_path: Path) -> Iterator[County]:
    made = County(tmp_path)
    made.centre.officer = CHIEF
    yield made
    made.close()


@pytest.fixture
def view() -> FakeDuties:
    return FakeDuties()


def units_of(county: County) -> tuple[Agency, ...]:
    return county.centre.store.reference.agencies()


def test_a_file_is_seen_before_it_is_written_and_esc_leaves_it(county: County, view: FakeDuties, tmp_path: Path) -> None:
    file = tmp_path / "单位.csv"
    file.write_text("编码,名称\n370323D91,沂源县甲局\n", encoding="utf-8")
    presenter, before = page_of(county.centre, view, county), units_of(county)
    presenter.show_list("agencies")

    presenter.bring_in(str(file))
    assert view.preview is not None
    assert (view.preview.writes, view.preview.is_wrong) == (1, False)
    assert [(row.row, row.state, row.name) for row in view.preview.rows] == [(2, "新增", "370323D91 沂源县甲局")]
    presenter.bringing_in.leave()

    assert view.preview is None
    assert units_of(county) == before


def test_the_file_is_taken_and_the_new_unit_is_in_the_list(county: County, view: FakeDuties, tmp_path: Path) -> None:
    file = tmp_path / "单位.csv"
    file.write_text("编码,名称\n370323D91,沂源县甲局\n", encoding="utf-8")
    presenter = page_of(county.centre, view, county)
    presenter.show_list("agencies")

    presenter.bring_in(str(file))
    presenter.bringing_in.take()

    assert view.preview is None
    assert view.told[-1][0] == "导入 1 条"
    assert "370323D91" in [row.key for row in view.rows]
    assert not (tmp_path / "单位.csv.退回.csv").exists()


def test_of_a_file_with_wrong_rows_only_the_right_ones_are_taken(county: County, view: FakeDuties, tmp_path: Path) -> None:
    file = tmp_path / "类别.csv"
    file.write_text("编码,名称\n98,网络消费\n9701,没有上级\n", encoding="utf-8")
    presenter = page_of(county.centre, view, county)
    presenter.show_list("categories")

    presenter.bring_in(str(file))
    assert view.preview is not None
    assert view.preview.is_wrong
    assert view.preview.rows[0].row == 3
    assert "上级“97”不在清单里" in view.preview.rows[0].words
    presenter.bringing_in.take()

    head, words = view.told[-1]
    assert head == "导入 1 条"
    assert "没有导入的 1 行都写在" in words
    assert (tmp_path / "类别.csv.退回.csv").exists()


@pytest.mark.parametrize("stops_at", [1, 2, 3])
def test_cancelled_while_it_is_read_or_written_nothing_has_changed(
    county: County, view: FakeDuties, tmp_path: Path, stops_at: int
) -> None:
    rows = "\n".join(f"98{at:02},第{at}类" for at in range(99))
    file = tmp_path / "类别.csv"
    file.write_text(f"编码,名称\n98,网络消费\n{rows}\n", encoding="utf-8")
    presenter = page_of(county.centre, view, county)
    presenter.show_list("categories")
    before = county.centre.store.reference.document()
    view.stops_at = 1
    presenter.bring_in(str(file))
    read = view.preview
    view.stops_at = 0
    presenter.bring_in(str(file))
    view.stops_at = stops_at

    presenter.bringing_in.take()

    assert read is None
    assert view.told[0][0] == "取消了"
    assert view.working == ""
    if stops_at <= 2:
        assert view.told[-1][0] == "取消了"
        assert view.preview is not None, "what was seen still stands there"
        assert county.centre.store.reference.document() == before
    else:
        assert view.told[-1][0] == "导入 100 条"


@pytest.mark.parametrize("name", ["agencies", "categories", "places", "grids"])
def test_what_is_taken_out_comes_in_with_nothing_to_do(county: County, view: FakeDuties, tmp_path: Path, name: str) -> None:
    presenter = page_of(county.centre, view, county)
    presenter.show_list(name)
    presenter.take_out(str(tmp_path / "表.xlsx"))

    presenter.bring_in(str(tmp_path / "表.xlsx"))
    presenter.bringing_in.take()

    assert view.preview is not None
    assert (view.preview.writes, view.preview.rows) == (0, ())
    assert view.preview.advice == "和清单里的一样，不用导入。"


@pytest.mark.screen
def test_a_file_is_left_by_esc_and_taken_by_f9(tmp_path: Path) -> None:
    file = tmp_path / "单位.csv"
    file.write_text("编码,名称\n370323D91,沂源县甲局\n", encoding="utf-8")
    with a_window(tmp_path / "home", role=StationRole.CENTRE) as opened:
        opened.sign_in("0103")
        opened.window.root.focus_force()
        opened.settle()

        def agencies_after(key: str) -> int:
            opened.window.go("duties", "agencies")
            opened.settle()
            assert opened.window._frame is not None
            view = opened.window._frame._pages["duties"]
            assert isinstance(view, DutiesView)
            view.presenter.bring_in(str(file))
            opened.settle()
            opened.window.root.focus_get().event_generate(key)  # type: ignore[union-attr]
            opened.settle()
            return len(opened.desk.store.reference.agencies())

        before = len(opened.desk.store.reference.agencies())
        assert agencies_after("<Escape>") == before
        assert agencies_after("<F9>") == before + 1
