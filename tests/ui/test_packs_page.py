"""规则包 without a screen: a pack in plain words, a trial before it is put in force, and the calendar."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from county_hotline.background import InlineRunner
from county_hotline.desk import acts
from county_hotline.desk.desk import Desk
from county_hotline.domain.reference import Account
from county_hotline.domain.vocabulary import OfficerRole
from county_hotline.errors import BadInput, HotlineError
from county_hotline.ids import OfficerId
from county_hotline.ui.screens.packs.presenter import CALENDAR, PacksPresenter
from county_hotline.ui.screens.packs.telling import CalendarTold, PackRow, TrialTold
from county_hotline.ui.screens.packs.work import DeskPacks
from county_hotline.ui.telling.deeds import DeedTold
from county_hotline.ui.telling.reading import ReadTold
from county_hotline.wording import sentence
from tests.support.county import HOUSING, County

CHIEF = Account(OfficerId("0102 负责人甲"), "0102", "负责人甲", (OfficerRole.LEADER, OfficerRole.ADMIN))


@dataclass
class FakePacks:
    """A page that remembers."""

    head: str = ""
    rows: tuple[PackRow, ...] = ()
    pack: ReadTold | None = None
    trial: TrialTold | None = None
    calendar: CalendarTold | None = None
    deeds: tuple[DeedTold, ...] = ()
    said: str = ""
    asked: list[tuple[str, str]] = field(default_factory=list)
    days: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    faults: list[Exception] = field(default_factory=list)

    def is_seen(self) -> bool:
        return True

    def show_head(self, words: str) -> None:
        self.head = words

    def show_packs(self, rows: tuple[PackRow, ...], *, keep: str) -> None:
        self.rows = rows

    def show_pack(self, told: ReadTold | None) -> None:
        self.pack = told

    def show_trial(self, told: TrialTold | None) -> None:
        self.trial = told

    def show_calendar(self, told: CalendarTold) -> None:
        self.calendar = told

    def show_deeds(self, deeds: tuple[DeedTold, ...], said: str) -> None:
        self.deeds, self.said = deeds, said

    def ask(self, head: str, words: str) -> None:
        self.asked.append((head, words))

    def wrong_day(self, words: str) -> None:
        self.days.append(words)

    def tell(self, head: str, words: str, tone: str) -> None:
        self.told.append(head)

    def fail(self, fault: Exception) -> None:
        self.faults.append(fault)

    def key_of(self, title: str) -> str:
        return next(row.key for row in self.rows if row.title == title)

    def section(self, head: str) -> list[str]:
        assert self.pack is not None
        return [line.words for section in self.pack.sections if section.head == head for line in section.lines]


@pytest.fixture
def county(tmp_path: Path) -> Iterator[County]:
    made = County(tmp_path)
    made.centre.officer = CHIEF
    yield made
    made.close()


@pytest.fixture
def view() -> FakePacks:
    return FakePacks()


def page_of(desk: Desk, view: FakePacks, county: County) -> PacksPresenter:
    made = PacksPresenter(view, DeskPacks(desk), InlineRunner(), county.bulletin)
    made.shown()
    return made


def test_the_pack_in_force_is_said_in_plain_words(county: County, view: FakePacks) -> None:
    page_of(county.centre, view, county)

    assert view.head.startswith("在用：山东2020")
    assert view.rows[0].state.words == "在用"
    assert "各类诉求一律 5 个工作日内办结" in view.section("写明的")
    assert view.section("出处")


def test_what_was_assumed_is_amber_and_what_is_not_known_is_said(county: County, view: FakePacks) -> None:
    page_of(county.centre, view, county)

    assert view.pack is not None
    assumed = next(section for section in view.pack.sections if section.head == "待县里确认的")
    assert {line.tone for line in assumed.lines} == {"amber"}
    assert any("从哪天起算" in line.words for line in assumed.lines)
    assert any("没有写" in words for words in view.section("没有写的"))


def test_no_line_of_a_shipped_pack_lacks_its_words(county: County, view: FakePacks) -> None:
    presenter = page_of(county.centre, view, county)

    for row in view.rows:
        presenter.choose(row.key)
        assert view.pack is not None
        words = [line.words for section in view.pack.sections for line in section.lines]
        assert words
        assert not [each for each in words if "〔pack" in each]


def test_another_pack_is_tried_first_and_then_put_in_force_with_a_question(county: County, view: FakePacks) -> None:
    number = county.accept()
    county.exchange()
    presenter = page_of(county.centre, view, county)
    presenter.choose(view.key_of("四川2026"))
    assert view.deeds[0].name == "try"

    presenter.do("try")
    assert view.trial is not None
    assert [(row.before, row.after) for row in view.trial.rows] == [("2026-11-27", "2026-12-01")]
    assert "期限推后的 1 件" in [line.words for line in view.trial.lines]
    assert view.deeds[0].name == "take"

    presenter.do("take")
    assert view.asked[0][0].startswith("启用 四川2026")
    assert [deed.name for deed in view.deeds] == ["yes", "no"]
    assert county.centre.store.reference.rule_pack().title == "山东2020"  # type: ignore[union-attr]

    presenter.do("yes")
    assert county.centre.store.reference.rule_pack().title == "四川2026"  # type: ignore[union-attr]
    assert view.told == ["已启用 四川2026"]
    assert [row.state.words for row in view.rows][:2] == ["在用", "旧版"]
    assert county.centre.store.order(number).accepted.rule_pack.startswith("shandong-2020@")  # type: ignore[union-attr]


def test_saying_no_changes_nothing_and_leads_back_to_the_trial(county: County, view: FakePacks) -> None:
    presenter = page_of(county.centre, view, county)
    presenter.choose(view.key_of("四川2026"))
    presenter.do("try")
    presenter.do("yes")
    assert county.centre.store.reference.rule_pack().title == "山东2020"  # type: ignore[union-attr]
    presenter.do("take")

    presenter.do("no")

    assert view.trial is not None
    assert view.deeds[0].name == "take"
    assert county.centre.store.reference.rule_pack().title == "山东2020"  # type: ignore[union-attr]


def test_a_file_that_contradicts_itself_is_refused_with_line_and_key(county: County, view: FakePacks, tmp_path: Path) -> None:
    file = tmp_path / "ours.toml"
    text = county.centre.store.reference.bundle().rule_pack
    file.write_text(text.replace("amount = 5", "amount = 0"), encoding="utf-8")
    presenter = page_of(county.centre, view, county)

    presenter.read_file(str(file))

    assert isinstance(view.faults[0], BadInput)
    assert view.faults[0].details["key"]
    assert str(view.faults[0].details["line"]) in sentence(view.faults[0])
    assert view.trial is None


def test_a_file_is_tried_at_once(county: County, view: FakePacks, tmp_path: Path) -> None:
    county.accept()
    county.exchange()
    file = tmp_path / "ours.toml"
    text = county.centre.store.reference.bundle().rule_pack
    file.write_text(text.replace("version = 2", "version = 3").replace("amount = 5", "amount = 3"), encoding="utf-8-sig")
    presenter = page_of(county.centre, view, county)

    presenter.read_file(str(file))

    assert view.trial is not None
    assert view.trial.rows[0].after == "2026-11-25"
    assert view.rows[0].state.words == "从文件"


def test_what_is_no_text_is_said_and_nothing_is_tried(county: County, view: FakePacks, tmp_path: Path) -> None:
    file = tmp_path / "photo.toml"
    file.write_bytes(b"\xff\xd8\xff\xe0\x00")
    presenter = page_of(county.centre, view, county)

    presenter.read_file(str(file))

    assert [fault.code for fault in view.faults if isinstance(fault, HotlineError)] == ["I101"]
    assert view.trial is None


def test_elsewhere_it_is_read_and_tried_but_not_put_in_force(county: County, view: FakePacks) -> None:
    presenter = page_of(county.hall, view, county)
    presenter.choose(view.key_of("广东2022"))

    presenter.do("try")

    assert view.trial is not None
    assert view.deeds[0].name == "leave"
    assert next(deed.why for deed in view.deeds if deed.name == "take")


def test_the_calendar_says_what_is_provisional_and_what_would_move(county: County, view: FakePacks) -> None:
    number = county.accept()
    county.exchange()
    acts.perform(county.centre, number, "dispatch", {"agency": HOUSING})
    presenter = page_of(county.centre, view, county)
    presenter.show_segment(CALENDAR)
    assert view.calendar is not None
    assert [(row.year, row.state.words) for row in view.calendar.years[:2]] == [("2027", "暂定"), ("2026", "已公布")]
    assert [deed.name for deed in view.deeds] == ["add_day"]

    presenter.add_rest_day("11-25")
    assert view.calendar.rest_days == (("2026-11-25", "2026-11-25 周三"),)
    assert view.calendar.moved.words.startswith("有 1 件的期限")
    assert view.deeds[0].name == "recompute"

    presenter.do("recompute")
    assert view.told == ["已重算 1 件"]
    assert county.centre.store.order(number).due_on == "2026-11-30"
    assert view.calendar.moved.tone == "green"


def test_what_is_no_day_is_said_below_the_field(county: County, view: FakePacks) -> None:
    presenter = page_of(county.centre, view, county)
    presenter.show_segment(CALENDAR)

    presenter.add_rest_day("下雪那天")

    assert "“下雪那天”不是日子" in view.days[-1]


def test_rest_days_are_only_read_where_they_are_not_set(county: County, view: FakePacks) -> None:
    presenter = page_of(county.hall, view, county)

    presenter.show_segment(CALENDAR)

    assert view.calendar is not None
    assert not view.calendar.may_change
    assert view.deeds == ()
    assert view.said
