"""来件 without a screen: what waits, what becomes of it, and how more comes in."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

import pytest

from county_hotline.background import InlineRunner
from county_hotline.errors import StoreFault
from county_hotline.signals import Bulletin, Changes
from county_hotline.ui.screens.incoming.presenter import IncomingPresenter
from county_hotline.ui.screens.incoming.work import BroughtIn
from county_hotline.wording import say, sentence
from tests.support.fake_lists import FakeIncoming, FakeIncomingWork, a_message


@dataclass
class Page:
    """One page with three messages."""

    view: FakeIncoming = field(default_factory=FakeIncoming)
    work: FakeIncomingWork = field(
        default_factory=lambda: FakeIncomingWork({n: a_message(n, title=f"第{n}件") for n in (1, 2, 3)})
    )
    bulletin: Bulletin = field(default_factory=Bulletin)

    def __post_init__(self) -> None:
        self.presenter = IncomingPresenter(self.view, self.work, InlineRunner(), self.bulletin)
        self.presenter.shown()


@pytest.fixture
def page() -> Page:
    return Page()


def test_messages_are_listed_with_their_sender_masked(page: Page) -> None:
    assert [told.first_words for told in page.view.messages] == ["第1件", "第2件", "第3件"]
    assert page.view.messages[0].sender == "王** 138****1234"
    assert page.view.shown == page.view.messages[0]
    everything = repr(page.view.messages)
    assert "王小明" not in everything
    assert "13805331234" not in everything


def test_a_message_without_a_title_is_told_by_its_first_words(page: Page) -> None:
    page.work.messages = {1: a_message(1, text="百姓热线\n节目接到来电", sender="")}

    page.presenter.look()

    assert page.view.messages[0].first_words == "百姓热线 节目接到来电"


def test_a_message_becomes_an_order_at_intake(page: Page) -> None:
    page.presenter.choose("2")

    page.presenter.take_in()

    assert page.view.taken == ["2"]


def test_a_message_is_dropped_with_a_reason_and_the_next_is_read(page: Page) -> None:
    page.presenter.choose("2")
    page.presenter.open_form("drop")
    page.presenter.record()
    assert page.view.said == say("incoming.drop.empty")
    page.view.typed = "广告"

    page.presenter.record()

    assert page.work.dropped == [(2, "广告")]
    assert page.view.form == ""


def test_the_message_after_a_dropped_one_is_read_next(page: Page) -> None:
    page.presenter.choose("2")
    page.presenter.open_form("drop")
    page.view.typed = "广告"

    page.presenter.record()

    assert page.view.shown is not None
    assert page.view.shown.key == "3"


def test_a_message_somebody_else_decided_on_says_so_and_keeps_the_reason(page: Page) -> None:
    page.work.faults["drop"] = StoreFault("S120", incoming=1)
    page.presenter.open_form("drop")
    page.view.typed = "广告"

    page.presenter.record()

    assert page.view.form == "drop"
    assert page.view.said == sentence(StoreFault("S120", incoming=1))


def test_pasted_text_is_read_at_once(page: Page) -> None:
    page.presenter.open_form("paste")
    page.view.typed = "张某：水管又漏了"

    page.presenter.record()

    assert page.work.pasted == ["张某：水管又漏了"]
    assert page.view.shown is not None
    assert page.view.shown.key == "9"


def test_a_file_is_reported_with_what_was_known_and_what_came_back(page: Page) -> None:
    page.work.report = BroughtIn(5, known=2, returned=1, returned_file="D:/退回.csv")
    page.presenter.open_form("file")
    page.view.typed = "D:/采集.xlsx"

    page.presenter.record()

    assert page.work.files == [Path("D:/采集.xlsx")]
    head, words, all_well = page.view.told or ("", "", True)
    assert head == say("incoming.brought_in", count=5)
    assert say("incoming.known", count=2) in words
    assert say("incoming.returned", count=1, file="D:/退回.csv") in words
    assert all_well is False


def test_nothing_is_dropped_where_nothing_waits(page: Page) -> None:
    page.work.messages = {}
    page.presenter.look()

    page.presenter.open_form("drop")
    page.presenter.take_in()

    assert (page.view.form, page.view.taken) == ("", [])


def test_a_message_that_comes_in_meanwhile_appears_and_the_chosen_one_stays(page: Page) -> None:
    page.presenter.choose("3")
    page.work.messages[4] = a_message(4)

    page.bulletin.post(Changes(counts=True))

    assert len(page.view.messages) == 4
    assert page.view.kept == "3"
