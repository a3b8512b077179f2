"""知识库 without a screen: finding, answering from what holds, and changing it where one may."""

from __future__ import annotations

from dataclasses import dataclass, field
from dataclasses import replace as replaced

import pytest

from county_hotline.background import InlineRunner
from county_hotline.domain.reference import Article
from county_hotline.errors import Refusal
from county_hotline.signals import Bulletin, Changes
from county_hotline.ui.screens.knowledge.presenter import KnowledgePresenter
from county_hotline.wording import say, sentence
from tests.support.fake_lists import FakeKnowledge, FakeKnowledgeWork
from tests.support.ticking_clock import TickingClock

WAGES = Article("K1", "被拖欠工资怎么办", "向劳动保障监察机构投诉。", "2026-09-01", "县人社局")
OLD = Article("K2", "去年的体检报名", "五月到六月报名。", "2025-04-01", valid_until="2025-12-31")


@dataclass
class Page:
    """One page with two articles, one of them out of date."""

    view: FakeKnowledge = field(default_factory=FakeKnowledge)
    work: FakeKnowledgeWork = field(default_factory=lambda: FakeKnowledgeWork({"K1": WAGES, "K2": OLD}))
    bulletin: Bulletin = field(default_factory=Bulletin)

    def __post_init__(self) -> None:
        clock = TickingClock()
        self.presenter = KnowledgePresenter(self.view, self.work, InlineRunner(), clock=clock, bulletin=self.bulletin)
        self.presenter.shown()


@pytest.fixture
def page() -> Page:
    return Page()


def test_articles_are_listed_and_how_many_have_expired(page: Page) -> None:
    assert [told.code for told in page.view.found] == ["K1", "K2"]
    assert page.view.total == say("knowledge.total_expired", count=2, expired=1)
    assert page.view.shown is not None
    assert page.view.shown.code == "K1"


def test_typing_finds(page: Page) -> None:
    page.view.search = "体检"

    page.presenter.look()

    assert [told.code for told in page.view.found] == ["K2"]
    assert page.view.shown is not None
    assert page.view.shown.expired


def test_an_article_that_holds_is_taken_to_the_answer_and_an_expired_one_is_not(page: Page) -> None:
    page.presenter.use()
    page.presenter.choose("K2")
    page.presenter.use()

    assert page.view.answered == ["K1"]
    assert page.view.said[-1][0] == say("knowledge.expired", until="2025-12-31")


def test_who_may_not_answer_is_told_so(page: Page) -> None:
    page.work.answers = False
    page.presenter.shown()

    page.presenter.use()

    assert page.view.answered == []
    assert page.view.said[-1][0] == say("knowledge.may_not_answer")


def test_a_changed_article_is_kept_and_stays_chosen(page: Page) -> None:
    page.presenter.choose("K2")
    page.presenter.change()
    assert page.view.editor is not None
    page.view.editor = replaced(page.view.editor, text="六月到七月报名。", version="2026-04-01", valid_until="2026-12-31")

    page.presenter.save()

    assert page.work.kept["K2"].text == "六月到七月报名。"
    assert page.view.editor is None
    assert page.view.shown is not None
    assert (page.view.shown.code, page.view.shown.expired) == ("K2", "")


@pytest.mark.parametrize("field_name", ["title", "text", "version"])
def test_what_an_article_needs_is_asked_for(page: Page, field_name: str) -> None:
    page.presenter.change()
    assert page.view.editor is not None
    page.view.editor = replaced(page.view.editor, **{field_name: " "})

    page.presenter.save()

    assert page.view.said[-1] == (say(f"knowledge.no_{field_name}"), field_name)
    assert page.work.kept["K1"] == WAGES


def test_a_refused_article_stays_in_the_editor(page: Page) -> None:
    page.work.faults["save"] = Refusal("R400")
    page.presenter.change()

    page.presenter.save()

    assert page.view.editor is not None
    assert page.view.said[-1][0] == sentence(Refusal("R400"))


def test_an_article_goes_only_after_a_second_press(page: Page) -> None:
    page.presenter.drop()
    assert "K1" in page.work.kept
    page.presenter.drop()

    assert list(page.work.kept) == ["K2"]
    assert page.view.shown is not None
    assert page.view.shown.code == "K2"


def test_choosing_another_takes_the_threat_away(page: Page) -> None:
    page.presenter.drop()
    page.presenter.choose("K2")
    page.presenter.drop()

    assert list(page.work.kept) == ["K1", "K2"]


def test_who_may_not_edit_cannot(page: Page) -> None:
    page.work.edits = False
    page.presenter.shown()

    page.presenter.change()
    page.presenter.new()
    page.presenter.drop()
    page.presenter.drop()

    assert page.view.editor is None
    assert list(page.work.kept) == ["K1", "K2"]
    assert page.view.said[-1][0] == say("knowledge.may_not_edit")


def test_what_arrives_by_sync_appears_but_not_under_ones_hands(page: Page) -> None:
    page.work.kept["K3"] = Article("K3", "新的", "正文", "2026-11-21")
    page.presenter.change()
    page.bulletin.post(Changes(reference=True))
    assert len(page.view.found) == 2

    page.presenter.give_up()
    page.bulletin.post(Changes(reference=True))

    assert len(page.view.found) == 3
