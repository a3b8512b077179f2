"""Beside an article without a screen: its versions, a report that it is wrong, and the list of reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import pytest

from county_hotline.background import InlineRunner
from county_hotline.domain.articles import Aside, Edition, Remark, RemarkField, RemarkOutcome, Reported, Settlement
from county_hotline.errors import Refusal
from county_hotline.ids import AgencyCode, OfficerId, StationId
from county_hotline.ui.screens.knowledge.beside import BesidePresenter, ReportTold, VersionTold
from county_hotline.wording import say, sentence
from tests.support.fake_lists import FakeKnowledgeWork
from tests.support.ticking_clock import TickingClock

HERE, BY = StationId("370323-03"), OfficerId("0301 受理员甲")
WAGES = Edition("K1", "被拖欠工资怎么办", "投诉。", "2026-09-01", number=2, by=BY, at=1_795_223_520_000, why="电话改了")
REMARK = Remark("r1", HERE, AgencyCode("370323103"), BY, 1_795_223_520_000, RemarkField.TEXT, "电话错了", code="K1", number=2)
MISSING = Remark("r2", HERE, AgencyCode("370323103"), BY, 1_795_223_520_000, RemarkField.MISSING, "缺高龄津贴")
ANSWER = Settlement("r3", RemarkOutcome.REFUSED, BY, HERE, 1_795_223_520_000, reason="没错")


@dataclass
class Beside:
    """What stands beside, as a person sees it."""

    versions: tuple[VersionTold, ...] = ()
    head: str = ""
    of: str = ""
    fields: tuple[tuple[str, str], ...] = ()
    typed: tuple[str, str] = ("text", "电话错了")
    reports: tuple[ReportTold, ...] = ()
    total: str = ""
    why: str = ""
    backs: int = 0
    gone_to: list[str] = field(default_factory=list)
    said: list[tuple[str, str]] = field(default_factory=list)
    murmured: list[str] = field(default_factory=list)

    def show_history(self, head: str, versions: Sequence[VersionTold]) -> None:
        self.head, self.versions = head, tuple(versions)

    def show_form(self, of: str, fields: Sequence[tuple[str, str]]) -> None:
        self.of, self.fields = of, tuple(fields)

    def form(self) -> tuple[str, str]:
        return self.typed

    def show_reports(self, reports: Sequence[ReportTold], *, total: str, empty: str, may_settle: bool) -> None:
        self.reports, self.total = tuple(reports), total

    def reason(self) -> str:
        return self.why

    def back(self) -> None:
        self.backs += 1

    def go_to(self, code: str) -> None:
        self.gone_to.append(code)

    def say(self, words: str, *, wrong: str = "") -> None:
        self.said.append((words, wrong))

    def murmur(self, words: str) -> None:
        self.murmured.append(words)

    def fail(self, fault: Exception) -> None:
        raise fault


@dataclass
class Page:
    view: Beside = field(default_factory=Beside)
    work: FakeKnowledgeWork = field(default_factory=lambda: FakeKnowledgeWork({"K1": WAGES}))

    def __post_init__(self) -> None:
        self.presenter = BesidePresenter(self.view, self.work, InlineRunner(), clock=TickingClock())


@pytest.fixture
def page() -> Page:
    made = Page()
    made.work.reports = [
        Reported(REMARK, None, is_above=True),
        Reported(MISSING, None, is_above=False),
        Reported(REMARK, ANSWER, is_above=True),
    ]
    return made


def test_versions_say_who_and_why_and_an_older_one_can_be_put_back(page: Page) -> None:
    page.presenter.history("K1")
    newest, oldest = page.view.versions

    assert newest.is_now
    assert "电话改了" in newest.who
    assert oldest.line == say("knowledge.history.bundled", day="2026-09-01")
    page.presenter.restore(0)
    assert page.work.restored == [("K1", 0)]
    assert page.view.backs == 1


def test_a_report_says_what_of_which_article_and_one_without_says_it_is_missing(page: Page) -> None:
    page.presenter.begin("K1", WAGES.title)
    page.presenter.send()
    page.presenter.begin("", "")
    assert page.view.fields == ()
    page.presenter.send()

    assert page.work.remarks == [(RemarkField.TEXT, "电话错了", "K1"), (RemarkField.MISSING, "电话错了", "")]
    assert page.view.murmured[-1] == say("knowledge.remark.sent")


def test_a_report_that_is_refused_keeps_its_words(page: Page) -> None:
    page.work.faults["report"] = Refusal("R607")
    page.presenter.begin("K1", WAGES.title)
    page.presenter.send()

    assert page.view.backs == 0
    assert page.view.said[-1] == (sentence(Refusal("R607")), "text")


def test_reports_are_settled_with_a_version_or_a_reason(page: Page) -> None:
    page.presenter.reports()
    assert [each.is_open for each in page.view.reports] == [True, True, False]
    page.presenter.choose("r2")
    page.presenter.mended("K7")
    page.presenter.refused()
    assert page.view.said[-1] == (say("knowledge.remark.no_reason"), "reason")
    page.view.why = "没有这项津贴"
    page.presenter.refused()

    assert page.work.settled == [("r2", RemarkOutcome.MENDED, "K7"), ("r2", RemarkOutcome.REFUSED, "没有这项津贴")]


def test_a_version_that_was_overtaken_waits_here_for_a_person(page: Page) -> None:
    page.work.waiting = [Aside(12, WAGES)]
    page.presenter.reports()
    page.presenter.choose("12")
    page.presenter.refused()
    page.presenter.mended()
    page.presenter.go()

    assert page.work.decided == [(12, False), (12, True)]
    assert page.view.gone_to == ["K1"]
