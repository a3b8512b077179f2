"""检查线路 in words."""

from __future__ import annotations

import pytest

from county_hotline.domain.views import (
    Finding,
)
from county_hotline.errors import Refusal
from county_hotline.ui.screens.sync.checking import CheckTold, check_told
from county_hotline.ui.screens.sync.presenter import SyncPresenter
from tests.support.fake_sync import FakeSync, FakeWork

WELL = (
    Finding("name", well=True, figures={"address": "10.0.0.1"}),
    Finding("reach", well=True, figures={"took_ms": 12}),
    Finding("hub", well=True, figures={"took_ms": 600, "program": "0.2.0", "hub": "0123456789abcdef"}),
    Finding("clock", well=True, figures={"skew_ms": -1500}),
    Finding("key", well=True, figures={"took_ms": 610}),
)


def test_every_step_of_a_good_line_is_told_with_its_figure(presenter: SyncPresenter, view: FakeSync, work: FakeWork) -> None:
    work.findings = WELL

    presenter.check()

    busy, told = view.checks
    assert busy == CheckTold("正在一步一步查，最多半分钟；有一轮正在同步时，等它完")
    assert told is not None
    assert told.beside == "每一步都通"
    assert [step.tone for step in told.steps] == ["green"] * 5
    assert "600 毫秒" in told.steps[2].words
    assert told.steps[3].words == "相差1 秒，不碍事。"


def test_the_first_step_that_failed_says_what_to_do_and_the_rest_that_nobody_asked() -> None:
    told = check_told((*WELL[:2], Finding("hub", well=False, code="N110"), Finding("clock"), Finding("key")))

    assert [step.tone for step in told.steps] == ["green", "green", "red", "quiet", "quiet"]
    assert "上网登录页面" in told.steps[2].words
    assert told.beside == "从上往下看，第一处不通的就是毛病所在"


@pytest.mark.parametrize(("skew", "words"), [(7_200_000, "快了 120 分钟"), (-600_000, "慢了 10 分钟")])
def test_a_wrong_clock_is_amber_and_says_which_way(skew: int, words: str) -> None:
    told = check_told((Finding("clock", well=False, figures={"skew_ms": skew}),))

    assert told.steps[0].tone == "amber"
    assert words.replace("120 分钟", "2 小时") in told.steps[0].words


def test_the_check_is_put_away_when_the_page_is_left(presenter: SyncPresenter, view: FakeSync) -> None:
    presenter.check()
    presenter.left()

    assert view.checks[-1] is None


def test_a_station_that_is_not_enrolled_is_told_so(presenter: SyncPresenter, view: FakeSync, work: FakeWork) -> None:
    work.fault = Refusal("R209")

    presenter.check()

    assert view.checks[-1] is None
    assert view.failures == ["R209"]
