"""现场 without a screen: how a call stands, what F9 does then, and ten people who sign in one after another."""

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
from county_hotline.ids import Number, OfficerId
from county_hotline.ui.screens.site.presenter import ArrivalsTold, SitePresenter
from county_hotline.ui.screens.site.telling import CallTold, arrival_time
from county_hotline.ui.screens.site.work import DeskSite
from county_hotline.ui.telling.deeds import DeedTold
from county_hotline.ui.telling.reading import ReadTold
from tests.support.county import HOUSING, WATER, County
from tests.support.fake_views import HeldRunner
from tests.support.ticking_clock import MORNING

HOUR = 3_600_000
LEADER = Account(OfficerId("0102 负责人甲"), "0102", "负责人甲", (OfficerRole.LEADER,))
ADMIN = Account(OfficerId("0309 管理员甲"), "0309", "管理员甲", (OfficerRole.ADMIN,))


@dataclass
class FakeSite:
    """A page that remembers."""

    rows: tuple[CallTold, ...] = ()
    head: str = ""
    empty: tuple[str, str] = ("", "")
    told: ReadTold | None = None
    deeds: tuple[DeedTold, ...] = ()
    arrivals: ArrivalsTold | None = None
    cleared: list[str] = field(default_factory=list)
    put_back: list[tuple[dict[str, str], str, str]] = field(default_factory=list)
    murmurs: list[str] = field(default_factory=list)
    went: list[tuple[str, str]] = field(default_factory=list)
    lines: tuple[tuple[str, str, str], ...] = ()

    def is_seen(self) -> bool:
        return True

    def show_head(self, words: str) -> None:
        self.head = words

    def show_rows(self, rows: tuple[CallTold, ...], *, keep: str) -> None:
        self.rows = rows

    def show_empty(self, head: str, words: str) -> None:
        self.empty = (head, words)

    def show_call(self, told: ReadTold | None, deeds: tuple[DeedTold, ...]) -> None:
        self.told, self.deeds = told, deeds

    def show_arrivals(self, told: ArrivalsTold | None) -> None:
        self.arrivals = told

    def clear_arrival(self, unit: str) -> None:
        self.cleared.append(unit)

    def put_back_arrival(self, typed: dict[str, str], words: str, field: str) -> None:
        self.put_back.append((typed, words, field))

    def murmur(self, words: str) -> None:
        self.murmurs.append(words)

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


@pytest.fixture
def county(tmp_path: Path) -> Iterator[County]:
    made = County(tmp_path)
    yield made
    made.close()


@pytest.fixture
def view() -> FakeSite:
    return FakeSite()


def page_of(desk: Desk, view: FakeSite, county: County) -> SitePresenter:
    made = SitePresenter(view, DeskSite(desk), InlineRunner(), county.bulletin)
    made.shown()
    return made


def call(county: County, *, units: str = f"{HOUSING} {WATER}", at: str = "今天 09:30") -> Number:
    number = county.accept("下水道堵塞，污水外溢")
    typed = {
        "agencies": units,
        "meet_at": at,
        "meet_where": "双石屋村口",
        "matter": "下水道堵塞",
        "handler": "经办人甲",
        "in_charge": "分管负责人甲",
        "chief": "主责负责人甲",
    }
    acts.perform(county.hall, number, "call_units", typed)
    return number


def arrive(county: County, number: Number, *, agency: str, name: str = "某甲") -> None:
    found = county.hall.store.order(number).calls[-1].called
    typed = {"call": found.call, "caller": found.caller, "agency": agency, "name": name}
    acts.perform(county.hall, number, "sign_arrival", typed)


def typed(agency: str, name: str, *, post: str = "", at: str = "") -> dict[str, str]:
    return {"agency": agency, "name": name, "post": post, "arrived_at": at}


def test_without_any_call_the_page_says_how_one_begins(county: County, view: FakeSite) -> None:
    page_of(county.hall, view, county)

    assert view.rows == ()
    assert view.empty == ("没有未完的呼叫", "要叫部门到现场，先选一件工单再发呼叫")
    assert view.deeds == ()


def test_a_call_stands_as_its_time_and_its_arrivals_say(county: County, view: FakeSite) -> None:
    number = call(county)
    presenter = page_of(county.hall, view, county)
    assert view.rows[0].state.words == "待到场"
    assert view.rows[0].when == "今天 09:30"

    county.clock.advance(seconds=3600)
    presenter.shown()
    assert (view.rows[0].state.words, view.rows[0].state.tone) == ("缺 2 家", "red")

    for agency in (HOUSING, WATER):
        arrive(county, number, agency=agency)
    assert view.rows[0].state.words == "待处置"
    assert view.rows[0].came.words == "2 / 2"


def test_f9_follows_the_state_of_the_call(county: County, view: FakeSite) -> None:
    number = call(county)
    presenter = page_of(county.hall, view, county)
    assert view.deeds[0].name == "sign_arrival"

    for agency in (HOUSING, WATER):
        arrive(county, number, agency=agency)
    assert view.deeds[0].name == "find"
    presenter.do("find")
    assert view.went == [("order", f"{number} find")]

    acts.perform(county.hall, number, "find", {"findings": "管道塌陷三米", "tasks": ""})
    assert view.deeds[0].name == "score_call"


def test_a_called_unit_answers_first(county: County, view: FakeSite) -> None:
    call(county)
    county.exchange()

    page_of(county.agency, view, county)

    assert view.deeds[0].name == "answer_call"


def test_the_whole_call_is_kept(county: County, view: FakeSite) -> None:
    number = call(county)
    arrive(county, number, agency=HOUSING, name="陈某")
    county.exchange()
    county.centre.officer = LEADER
    found = county.centre.store.order(number).calls[-1].called
    answer = {"call": found.call, "caller": found.caller, "agency": WATER, "comes": "no", "words": "抢修"}
    acts.perform(county.centre, number, "answer_call", answer)
    tasks = "沂源县住房和城乡建设局：换管三米：11-25"
    acts.perform(county.centre, number, "find", {"findings": "管道塌陷三米", "tasks": tasks})

    presenter = page_of(county.centre, view, county)
    presenter.show_only_open(yes=False)

    for words in (
        "双石屋村口",
        "经办人甲",
        "分管负责人甲",
        "主责负责人甲",
        "陈某",
        "来不了：抢修",
        "管道塌陷三米",
        "换管三米，11-25 以前",
        "还没有评",
    ):
        assert words in view.text


def test_people_sign_in_one_after_another(county: County, view: FakeSite) -> None:
    number = call(county)
    presenter = page_of(county.hall, view, county)
    presenter.do("sign_arrival")
    assert view.arrivals is not None
    assert view.arrivals.next_unit == HOUSING

    presenter.arrive(typed(HOUSING, "陈某", post="科员"))
    presenter.arrive(typed(WATER, "李某", at="905"))

    came = county.hall.store.order(number).calls[-1].arrivals
    assert [(each.agency, each.name, each.post) for each in came] == [(HOUSING, "陈某", "科员"), (WATER, "李某", "")]
    assert came[1].arrived_at == MORNING // 60_000 * 60_000 - 7 * 60_000
    assert view.cleared == [WATER, WATER]
    assert view.murmurs == ["陈某 报到，已记上", "李某 报到，已记上"]
    assert [each[1] for each in view.arrivals.came] == ["李某", "陈某 科员"]


def test_the_form_is_empty_for_the_next_before_this_one_is_written(county: County, view: FakeSite) -> None:
    call(county)
    runner = HeldRunner()
    presenter = SitePresenter(view, DeskSite(county.hall), runner, county.bulletin)
    presenter.shown()
    runner.let_go()
    presenter.do("sign_arrival")

    presenter.arrive(typed(HOUSING, "陈某"))

    assert view.cleared == [WATER]
    assert view.murmurs == []
    runner.let_go()
    assert view.murmurs == ["陈某 报到，已记上"]


@pytest.mark.parametrize(("given", "wrong"), [(typed("", "陈某"), "agency"), (typed(HOUSING, "  "), "name")])
def test_what_is_missing_is_said_at_its_field(county: County, view: FakeSite, given: dict[str, str], wrong: str) -> None:
    number = call(county)
    presenter = page_of(county.hall, view, county)

    presenter.arrive(given)

    assert view.put_back[0][2] == wrong
    assert view.cleared == []
    assert county.hall.store.order(number).calls[-1].arrivals == ()


def test_who_could_not_be_recorded_stands_in_the_form_again_with_the_reason(county: County, view: FakeSite) -> None:
    call(county)
    presenter = page_of(county.hall, view, county)

    presenter.arrive(typed(HOUSING, "陈某", at="昨天晚些"))

    given, words, field_ = view.put_back[0]
    assert given["name"] == "陈某"
    assert words.startswith("陈某 没有记上。")
    assert field_ == "arrived_at"


def test_an_officer_without_the_duty_sees_why_it_is_grey(county: County, view: FakeSite) -> None:
    call(county)
    county.hall.officer = ADMIN

    page_of(county.hall, view, county)

    assert view.deeds[0] == DeedTold("open")
    assert {deed.why for deed in view.deeds[1:]} == {"灰的由现场经办人办"}


def test_a_new_call_begins_with_an_order(county: County, view: FakeSite) -> None:
    number = county.accept("村道护栏缺失")
    presenter = page_of(county.hall, view, county)

    presenter.find_orders("护栏")
    assert [line[0] for line in view.lines] == [number]
    presenter.find_orders("  ")
    assert view.lines == ()


def test_the_nearest_meeting_stands_on_top_and_is_said(county: County, view: FakeSite) -> None:
    call(county, at="明天 15:00")
    call(county, at="明天 09:30")
    scored = call(county, at="今天 10:00")
    acts.perform(county.hall, scored, "cancel_call", {"reason": "已通"})

    presenter = page_of(county.hall, view, county)
    assert [row.when for row in view.rows] == ["明天 09:30", "明天 15:00"]
    assert view.head == "未完 2 次，最近一次 明天 09:30，双石屋村口"

    presenter.show_only_open(yes=False)
    assert view.rows[-1].state.words == "已取消"


@pytest.mark.parametrize(
    ("given", "meet_at", "means"),
    [
        ("931", MORNING + HOUR, "2026-11-21 09:31"),
        ("9:31", MORNING - 24 * HOUR, "2026-11-20 09:31"),
        ("9点31分", MORNING + HOUR, "2026-11-21 09:31"),
        ("0931", MORNING + 30 * HOUR, "2026-11-21 09:31"),
        ("", MORNING, ""),
        ("2565", MORNING, "2565"),
        ("昨天 9:00", MORNING, "昨天 9:00"),
    ],
)
def test_a_bare_time_of_day_means_the_day_of_the_meeting(given: str, meet_at: int, means: str) -> None:
    assert arrival_time(given, meet_at, MORNING) == means
