"""督办 without a screen: the ledger with what is overdue on top, who may answer and close, and cards that only a person shows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from county_hotline.background import InlineRunner
from county_hotline.desk import acts
from county_hotline.desk.desk import Desk
from county_hotline.domain.reference import Account
from county_hotline.domain.rule_packs import parse
from county_hotline.domain.vocabulary import OfficerRole
from county_hotline.ids import Number, OfficerId
from county_hotline.ui.screens.supervision.presenter import CARDS, SupervisionPresenter
from county_hotline.ui.screens.supervision.telling import RowTold
from county_hotline.ui.screens.supervision.work import DeskSupervision
from county_hotline.ui.telling.deeds import DeedTold
from county_hotline.ui.telling.reading import ReadTold
from tests.support.county import HOUSING, WATER, County

SUPERVISOR = Account(OfficerId("0103 督办员甲"), "0103", "督办员甲", (OfficerRole.SUPERVISOR, OfficerRole.DISPATCHER))
CARD_RULES = '\n[cards]\nyellow = { amount = 1, unit = "workday" }\nred = { amount = 5, unit = "workday" }\n'


@dataclass
class FakeSupervision:
    """A page that remembers."""

    rows: tuple[RowTold, ...] = ()
    head: str = ""
    empty: tuple[str, str, bool] = ("", "", False)
    told: ReadTold | None = None
    deeds: tuple[DeedTold, ...] = ()
    went: list[tuple[str, str]] = field(default_factory=list)
    lines: tuple[tuple[str, str, str], ...] = ()

    def is_seen(self) -> bool:
        return True

    def show_head(self, words: str) -> None:
        self.head = words

    def show_rows(self, which: str, rows: tuple[RowTold, ...], *, keep: str) -> None:
        self.rows = rows

    def show_empty(self, head: str, words: str, *, may_begin: bool) -> None:
        self.empty = (head, words, may_begin)

    def show_chosen(self, told: ReadTold | None, deeds: tuple[DeedTold, ...]) -> None:
        self.told, self.deeds = told, deeds

    def go(self, page: str, argument: str) -> None:
        self.went.append((page, argument))

    def offer_orders(self, _typed: str, lines: tuple[tuple[str, str, str], ...]) -> None:
        self.lines = lines

    def fail(self, fault: Exception) -> None:
        raise fault

    @property
    def text(self) -> str:
        """Everything in the pane."""
        assert self.told is not None
        return "\n".join(f"{line.label} {line.words}" for section in self.told.sections for line in section.lines)

    def names(self) -> list[str]:
        """The deeds, the main one first."""
        return [deed.name for deed in self.deeds]


@pytest.fixture
def county(tmp_path: Path) -> Iterator[County]:
    made = County(tmp_path)
    made.centre.officer = SUPERVISOR
    yield made
    made.close()


@pytest.fixture
def view() -> FakeSupervision:
    return FakeSupervision()


def page_of(desk: Desk, view: FakeSupervision, county: County) -> SupervisionPresenter:
    made = SupervisionPresenter(view, DeskSupervision(desk), InlineRunner(), county.bulletin)
    made.shown()
    return made


def dispatched(county: County, title: str = "三盏路灯不亮") -> Number:
    number = county.accept(title)
    county.exchange()
    acts.perform(county.centre, number, "dispatch", {"agency": HOUSING})
    return number


def supervise(county: County, number: Number, *, by: str, units: str = HOUSING) -> None:
    typed = {"cause": "overdue", "agencies": units, "requirement": "三日内修复并附照片", "reply_by": by}
    acts.perform(county.centre, number, "supervise", typed)


def answer(county: County, number: Number, *, unit: str = HOUSING) -> None:
    name = county.centre.store.order(number).oversight.supervisions[-1].supervision
    typed = {"supervision": name, "agency": unit, "words": "本周补装"}
    acts.perform(county.centre, number, "answer_supervision", typed)


def test_what_is_overdue_stands_on_top_in_red(county: County, view: FakeSupervision) -> None:
    later, late = dispatched(county), dispatched(county, "护栏缺失")
    supervise(county, later, by="2026-12-04 18:00")
    supervise(county, late, by="2026-11-23 18:00")
    county.clock.advance(days=5)

    page_of(county.centre, view, county)

    assert [row.cells["title"].words for row in view.rows] == ["护栏缺失", "三盏路灯不亮"]
    assert (view.rows[0].cells["state"].words, view.rows[0].cells["state"].tone) == ("超 3 日", "red")
    assert view.rows[1].cells["state"].words.startswith("剩 ")
    assert view.head == "未结 2 件，其中超期 1 件"


def test_days_left_are_working_days_and_the_last_one_is_amber(county: County, view: FakeSupervision) -> None:
    supervise(county, dispatched(county), by="2026-11-23 18:00")

    page_of(county.centre, view, county)

    state = view.rows[0].cells["state"]
    assert (state.words, state.tone) == ("剩 1 日", "amber")


def test_the_requirement_and_every_answer_are_read(county: County, view: FakeSupervision) -> None:
    number = dispatched(county)
    supervise(county, number, by="2026-11-27 18:00", units=f"{HOUSING} {WATER}")
    answer(county, number)

    page_of(county.centre, view, county)

    assert "三日内修复并附照片" in view.text
    assert "本周补装" in view.text
    assert "还没有回复" in view.text
    assert view.rows[0].cells["answered"].words == "1 / 2"


def test_f9_closes_at_the_centre_once_everybody_has_answered(county: County, view: FakeSupervision) -> None:
    number = dispatched(county)
    supervise(county, number, by="2026-11-27 18:00")
    presenter = page_of(county.centre, view, county)
    assert view.names()[0] == "open"

    answer(county, number)
    assert view.rows[0].cells["state"].words == "待办结"
    assert view.names()[0] == "close_supervision"
    presenter.do("close_supervision")
    assert view.went == [("order", f"{number} close_supervision")]


def test_a_supervised_unit_answers_with_f9_and_cannot_close(county: County, view: FakeSupervision) -> None:
    number = dispatched(county)
    supervise(county, number, by="2026-11-27 18:00")
    county.exchange()

    page_of(county.agency, view, county)

    assert view.names()[0] == "answer_supervision"
    assert next(deed for deed in view.deeds if deed.name == "close_supervision").why == "灰的由县中心办"
    assert not view.empty[2]
    assert view.empty[1] == "县中心下发给本单位的督办会出现在这里"


def test_what_is_closed_is_left_out_until_asked_for(county: County, view: FakeSupervision) -> None:
    number = dispatched(county)
    supervise(county, number, by="2026-11-27 18:00")
    answer(county, number)
    acts.perform(county.centre, number, "close_supervision", {"opinion": "已修复"})
    presenter = page_of(county.centre, view, county)
    assert not view.rows
    assert view.empty == ("没有未结的督办", "超期、不满意、领导批示的件，先选工单再发督办", True)

    presenter.show_only_open(yes=False)
    assert view.rows[0].cells["state"].words == "已办结"
    assert view.names() == ["open"]
    assert "已修复" in view.text


def test_a_new_supervision_begins_with_an_order(county: County, view: FakeSupervision) -> None:
    number = dispatched(county, "村道护栏缺失")
    presenter = page_of(county.centre, view, county)

    presenter.find_orders("护栏")

    assert [line[0] for line in view.lines] == [number]


def with_cards(county: County) -> None:
    bundle = county.centre.store.reference.bundle()
    text = bundle.rule_pack.replace("version = 2", "version = 9") + CARD_RULES
    assert parse(text).version == 9
    for desk in county.desks:
        desk.store.reference.change(rule_pack=text)


def test_a_card_is_suggested_by_the_pack_and_shown_by_a_person(county: County, view: FakeSupervision) -> None:
    with_cards(county)
    number = dispatched(county)
    county.clock.advance(days=12)
    presenter = page_of(county.centre, view, county)

    presenter.show_list(CARDS)
    assert view.rows[0].cells["when"].words == "建议"
    assert view.rows[0].cells["card"].words == "黄牌"
    assert view.names()[0] == "show_card"
    assert county.centre.store.order(number).oversight.cards == ()

    acts.perform(county.centre, number, "show_card", {"agency": HOUSING, "card": "yellow", "cause": "超期未复"})
    assert [row.cells["when"].words for row in view.rows] == ["12-03 周四"]
    assert "超期未复" in view.text
    assert view.head == "亮着 1 张，规则包建议 0 张"
    assert view.names() == ["open", "take_back_card"]


def test_without_rules_for_cards_none_is_suggested(county: County, view: FakeSupervision) -> None:
    dispatched(county)
    county.clock.advance(days=40)
    presenter = page_of(county.centre, view, county)

    presenter.show_list(CARDS)

    assert view.rows == ()
    assert view.empty[0] == "没有亮牌，也没有建议"
