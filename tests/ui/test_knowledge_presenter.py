"""知识库 without a screen: finding, answering from what holds, and changing it where one may."""

from __future__ import annotations

from dataclasses import dataclass, field
from dataclasses import replace as replaced
from pathlib import Path

import pytest
from msgspec.structs import replace

from county_hotline.background import InlineRunner
from county_hotline.domain.articles import ArticleFile, ArticleQuery, Edition
from county_hotline.errors import Refusal
from county_hotline.signals import Bulletin, Changes
from county_hotline.ui.screens.knowledge.presenter import KnowledgePresenter
from county_hotline.wording import say, sentence
from tests.support.fake_lists import FakeKnowledge, FakeKnowledgeWork
from tests.support.ticking_clock import TickingClock

WAGES = Edition("K1", "被拖欠工资怎么办", "向劳动保障监察机构投诉。", "2026-09-01", "县人社局")
OLD = Edition("K2", "去年的体检报名", "五月到六月报名。", "2025-04-01", valid_until="2025-12-31")


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
    assert page.view.found[1].validity.words == say("knowledge.out_of_date")
    assert say("knowledge.counts.expired", count=1) in page.view.beside
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
    page.view.editor = replaced(
        page.view.editor, text="六月到七月报名。", version="2026-04-01", valid_until="2026-12-31", why="新一年"
    )

    page.presenter.save()

    assert page.work.kept["K2"].text == "六月到七月报名。"
    assert page.view.editor is None
    assert page.view.shown is not None
    assert (page.view.shown.code, page.view.shown.expired) == ("K2", "")


@pytest.mark.parametrize("field_name", ["title", "text", "version"])
def test_what_an_article_needs_is_asked_for(page: Page, field_name: str) -> None:
    page.presenter.change()
    assert page.view.editor is not None
    page.view.editor = replaced(page.view.editor, **{"why": "改", field_name: " "})  # type: ignore[arg-type]

    page.presenter.save()

    assert page.view.said[-1] == (say(f"knowledge.no_{field_name}"), field_name)
    assert page.work.kept["K1"] == WAGES


def test_a_refused_article_stays_in_the_editor(page: Page) -> None:
    page.work.faults["save"] = Refusal("R400")
    page.presenter.change()
    assert page.view.editor is not None
    page.view.editor = replaced(page.view.editor, why="改")

    page.presenter.save()

    assert page.view.editor is not None
    assert page.view.said[-1][0] == sentence(Refusal("R400"))


def test_an_article_goes_only_with_a_reason(page: Page) -> None:
    page.presenter.drop()
    page.presenter.save()
    assert "K1" in page.work.kept
    assert page.view.said[-1] == (say("knowledge.no_why_drop"), "why")
    assert page.view.editor is not None
    page.view.editor = replaced(page.view.editor, why="文件废止")
    page.presenter.save()

    assert page.work.dropped == [("K1", "文件废止")]
    assert page.view.shown is not None
    assert page.view.shown.code == "K2"


def test_a_change_asks_why_and_what_is_new_does_not(page: Page) -> None:
    page.presenter.change()
    page.presenter.save()
    assert page.view.said[-1] == (say("knowledge.no_why"), "why")
    page.presenter.give_up()
    page.presenter.new()
    assert page.view.editor is not None
    page.view.editor = replaced(page.view.editor, title="新的", text="正文", keywords="甲、乙 丙")
    page.presenter.save()

    assert page.work.kept["K9"].keywords == ("甲", "乙", "丙")


def test_a_form_is_added_and_taken_away(page: Page) -> None:
    page.presenter.change()
    page.presenter.add_file(Path("申请表.pdf"))
    assert page.view.editor is not None
    assert page.view.editor.files == (say("knowledge.file_line", name="申请表.pdf", size="2 KB"),)
    page.view.editor = replaced(page.view.editor, why="加表")
    page.presenter.save()
    assert [each.name for each in page.work.kept["K1"].files] == ["申请表.pdf"]
    page.presenter.change()
    page.presenter.drop_files()
    page.view.editor = replaced(page.view.editor, why="去掉")
    page.presenter.save()

    assert page.work.kept["K1"].files == ()


def test_what_is_typed_and_chosen_is_asked_for_and_the_list_goes_on_at_its_end(page: Page) -> None:
    page.work.kept = {f"K{at}": Edition(f"K{at}", f"条目{at}", "正文", "2026-01-01") for at in range(5)}
    page.work.rows = 2
    page.view.search, page.view.chosen = "条目", {"unit": "U", "category": "01", "place": "3703", "validity": "ending"}
    page.presenter.look()
    for _ in range(4):
        page.presenter.more()

    assert page.work.asked[-1] == ArticleQuery("条目", "U", "01", "3703", "ending")
    assert [row.code for row in page.view.found] == ["K0", "K1", "K2", "K3", "K4"]
    assert page.view.total == 5


def test_a_slip_is_printed_and_shown(page: Page) -> None:
    page.presenter.print_answer()

    assert page.work.printed == ["K1"]
    assert page.view.opened == [Path("a.pdf")]


def test_a_form_that_is_not_here_is_asked_for(page: Page) -> None:
    page.presenter.open_file("a" * 64)
    page.work.is_absent = True
    page.presenter.open_file("a" * 64)

    assert page.view.opened == [Path("form.pdf")]
    assert page.view.said[-1][0] == say("knowledge.file_wanted")


def test_who_may_not_edit_cannot(page: Page) -> None:
    page.work.edits = False
    page.presenter.shown()

    page.presenter.change()
    page.presenter.new()
    page.presenter.drop()

    assert page.view.editor is None
    assert list(page.work.kept) == ["K1", "K2"]
    assert page.view.said[-1][0] == say("knowledge.may_not_edit")


def test_what_arrives_by_sync_appears_but_not_under_ones_hands(page: Page) -> None:
    page.work.kept["K3"] = Edition("K3", "新的", "正文", "2026-11-21")
    page.presenter.change()
    page.bulletin.post(Changes(reference=True))
    assert len(page.view.found) == 2

    page.presenter.give_up()
    page.bulletin.post(Changes(reference=True))

    assert len(page.view.found) == 3


def test_an_article_for_several_places_keeps_them_and_gets_more(page: Page) -> None:
    several = replace(WAGES, places=("370323103", "370323104"))
    page.work.kept["K1"] = several
    page.presenter.choose("K1")
    page.presenter.change()
    assert page.view.editor is not None
    as_it_was = page.view.editor.places
    page.view.editor = replaced(page.view.editor, title="被拖欠工资", why="改")
    page.presenter.save()
    kept = page.work.kept["K1"].places
    page.presenter.choose("K1")
    page.presenter.change()
    page.view.editor = replaced(page.view.editor, places=f"{as_it_was} 370323105", why="再加一个")
    page.presenter.save()

    assert kept == several.places
    assert page.work.kept["K1"].places == (*several.places, "370323105")


def test_a_copy_of_a_file_is_saved_where_the_officer_wants_it(page: Page) -> None:
    page.work.kept["K1"] = replace(WAGES, files=(ArticleFile("申请表.pdf", "a" * 64, 2048),))
    page.presenter.choose("K1")
    page.presenter.save_file("a" * 64)
    left = list(page.view.murmured)
    page.view.target = "/tmp/申请表.pdf"
    page.presenter.save_file("a" * 64)

    assert page.view.asked_for == ["申请表.pdf", "申请表.pdf"]
    assert left == []
    assert page.view.murmured == [say("knowledge.file_saved", path=str(Path("/tmp/申请表.pdf")))]


def test_a_copy_that_cannot_be_saved_says_why(page: Page) -> None:
    page.work.kept["K1"] = replace(WAGES, files=(ArticleFile("申请表.pdf", "a" * 64, 2048),))
    page.presenter.choose("K1")
    page.view.target = "/tmp/申请表.pdf"
    page.work.faults["save_file"] = Refusal("R504")
    page.presenter.save_file("a" * 64)
    del page.work.faults["save_file"]
    page.work.is_absent = True
    page.presenter.save_file("a" * 64)

    assert [words for words, _ in page.view.said[-2:]] == [sentence(Refusal("R504")), say("knowledge.file_wanted")]


def test_what_was_typed_and_left_comes_back_by_undo_and_what_was_not_touched_is_not_told(page: Page) -> None:
    page.presenter.change()
    page.presenter.give_up()
    untouched = list(page.view.undos)
    page.presenter.change()
    assert page.view.editor is not None
    page.view.editor = replaced(page.view.editor, text="打了半天的字", why="改")
    page.presenter.give_up()
    page.view.undos[-1][1]()
    assert page.view.editor is not None
    text = page.view.editor.text
    page.presenter.save()

    assert untouched == []
    assert text == page.work.kept["K1"].text == "打了半天的字"
    assert len(page.view.undos) == 1, "what was kept has nothing to come back"
