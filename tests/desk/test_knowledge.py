"""知识库: found by what is typed; what has expired stands behind, and nobody answers from it."""

from __future__ import annotations

import pytest

from county_hotline.db.store import Store
from county_hotline.desk import Desk, knowledge
from county_hotline.domain.reference import Article
from county_hotline.errors import Refusal
from county_hotline.paths import Home
from county_hotline.settings import Settings
from tests.support.ticking_clock import TickingClock

CARD = Article("K1", "社会保障卡挂失怎么办", "带身份证到任一网点办理临时挂失。", "2026-05-01", category="0302")
POOR = Article("K2", "最低生活保障申请条件", "户籍在本县，收入低于标准。", "2026-03-01", category="0301")
OLD = Article("K3", "社会保障卡挂失（旧）", "旧办法。", "2019-01-01", valid_until="2026-11-20")
LAST_DAY = Article("K4", "医保缴费", "今天是最后一天。", "2026-01-01", valid_until="2026-11-21", category="0302")


@pytest.fixture
def desk(store: Store, clock: TickingClock, tmp_path: object) -> Desk:
    store.reference.change(articles=(OLD, POOR, CARD, LAST_DAY))
    home = Home(tmp_path)  # type: ignore[arg-type]
    return Desk(store, home, clock, Settings(home.settings), lambda _: None)


def codes(found: tuple[Article, ...]) -> list[str]:
    return [each.code for each in found]


@pytest.mark.parametrize(
    ("typed", "first"),
    [("社会保障卡挂失", "K1"), ("低保 收入低于标准", "K2"), ("临时挂失", "K1"), ("最低生活保障", "K2"), ("  挂失，", "K1")],
)
def test_what_is_typed_finds_the_article_by_title_or_text(desk: Desk, typed: str, first: str) -> None:
    assert codes(knowledge.find(desk, typed))[0] == first


def test_what_has_expired_comes_behind_what_is_in_force(desk: Desk) -> None:
    found = knowledge.find(desk, "社会保障卡挂失")

    assert codes(found) == ["K1", "K3"]
    assert [knowledge.is_expired(desk, each) for each in found] == [False, True]


def test_nothing_in_common_finds_nothing_and_nothing_typed_shows_all(desk: Desk) -> None:
    assert knowledge.find(desk, "飞机晚点") == ()
    assert len(knowledge.find(desk, "")) == 4
    assert codes(knowledge.find(desk, " ", category="0301"))[0] == "K2"
    assert codes(knowledge.find(desk, ""))[-1] == "K3"


def test_the_last_day_still_counts_and_the_day_after_does_not(desk: Desk, clock: TickingClock) -> None:
    assert knowledge.usable(desk, "K4").text == LAST_DAY.text
    clock.advance(hours=24)
    with pytest.raises(Refusal, match="R411"):
        knowledge.usable(desk, "K4")


def test_an_article_that_is_not_here_is_refused(desk: Desk) -> None:
    with pytest.raises(Refusal, match="R410"):
        knowledge.usable(desk, "K9")
