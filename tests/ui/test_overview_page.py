"""总览 and its wall: looks again after news and every minute, opens exactly what is pointed at, and shows nobody's name."""

from __future__ import annotations

import tkinter as tk
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from county_hotline.background import InlineRunner, Lane
from county_hotline.desk.overview import LineDid, Overview, Scope
from county_hotline.domain import rates
from county_hotline.domain.reference import Agency, Category, Place
from county_hotline.domain.tallies import OTHERS, Counted, Day, Flow, Group, Ratio, Slice, Standing, UnitRate
from county_hotline.domain.views import Counts, Line, LineState
from county_hotline.errors import Refusal
from county_hotline.ids import AgencyCode
from county_hotline.signals import Bulletin, Changes
from county_hotline.ui.screens.overview.chart_picture import ChartPicture
from county_hotline.ui.screens.overview.presenter import Choices, OverviewPresenter
from county_hotline.ui.screens.overview.telling import OverviewTold, overview_told
from county_hotline.ui.screens.overview.tiles import Tile
from county_hotline.ui.screens.overview.view import OverviewView
from county_hotline.ui.screens.overview.wall import Wall
from county_hotline.ui.screens.overview.work import Asked, OverviewFacts
from county_hotline.ui.screens.register.filters import Filters
from county_hotline.ui.telling.names import Names
from tests.support.fake_views import CARD, FakeLater
from tests.support.ticking_clock import MORNING, TickingClock

WATER = AgencyCode("370323D04")
TOWN = "370323109"
DAY_MS = 86_400_000
NAMES = Names(
    CARD,
    {WATER: Agency(WATER, "沂源县水务局水利工程建设管理服务中心", short_name="县水务局")},
    {"01": Category("01", "农业农村", "农业农村")},
    {TOWN: Place(TOWN, "燕崖镇", "燕崖镇")},
)


def facts(asked: Asked = Asked(), *, target: int = 0, line: Line | None = None, **flow: int) -> OverviewFacts:  # noqa: B008
    ratios = {each.name: Ratio(3, 4, 1) for each in rates.FORMULAS} | {"solved": Ratio()}
    looked_at = {each.name: 2 for each in rates.FORMULAS}
    days = tuple(Day(f"2026-11-{21 + at}", due=at) for at in range(7))
    return OverviewFacts(
        asked,
        Overview(
            now=MORNING,
            scope=Scope("2026-11-21", "2026-11-21", asked.place, asked.agency),
            soon=MORNING + DAY_MS,
            flow=Flow(**{"accepted": 12, "before": 10, **flow}, ratios=ratios, looked_at=looked_at),
            standing=Standing(31, 3, 2, 1, 5, (Group("40", 13, 13, 2), Group("60", 4, 4, 0)), days),
            trend=tuple(Day(f"2026-11-{at:02d}", at, at // 2) for at in range(1, 22)),
            places=(Group(TOWN, 7, 3, 1), Group("", 1, 1, 0), Group(OTHERS, 4, 0, 0)),
            categories=(Group("01", 6, 3, 1), Group("", 2, 0, 0)),
            units=(UnitRate(WATER, Ratio(3, 4)),),
            line=LineDid(line=line or Line(LineState.OFFLINE, MORNING - 1_860_000), counts=Counts(41, 37, 4), rounds=()),
        ),
        NAMES,
        target,
    )


@dataclass
class Screen:
    """Remembers what it was shown."""

    seen: bool = True
    wall: bool = False
    told: list[OverviewTold] = field(default_factory=list)
    asked: list[Asked] = field(default_factory=list)
    choices: dict[str, Choices] = field(default_factory=dict)
    walls: list[tuple[OverviewFacts, OverviewFacts]] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    printed: list[str] = field(default_factory=list)
    faults: list[Exception] = field(default_factory=list)

    def is_seen(self) -> bool:
        return self.seen

    def show_asked(self, asked: Asked, choices: dict[str, Choices]) -> None:
        self.asked.append(asked)
        self.choices |= choices

    def show(self, told: OverviewTold) -> None:
        self.told.append(told)

    def show_wall(self, today: OverviewFacts, month: OverviewFacts) -> None:
        self.walls.append((today, month))

    def wants_wall(self) -> bool:
        return self.wall

    def open(self, argument: str) -> None:
        self.opened.append(argument)

    def say_printed(self, path: str) -> None:
        self.printed.append(path)

    def fail(self, fault: Exception) -> None:
        self.faults.append(fault)


@dataclass
class Work:
    """Answers with the test's figures."""

    looks: list[Asked] = field(default_factory=list)
    refuses: Refusal | None = None

    def look(self, asked: Asked) -> OverviewFacts:
        self.looks.append(asked)
        if self.refuses is not None:
            raise self.refuses
        return facts(asked)

    def slice_of(self, facts: OverviewFacts, key: str) -> Slice:
        return Slice(Counted.OVERDUE, until=facts.overview.now, category=key)

    def print(self, facts: OverviewFacts) -> str:
        return f"{facts.overview.scope.first}.pdf"


@dataclass
class Page:
    """A page that nobody sees."""

    screen: Screen = field(default_factory=Screen)
    work: Work = field(default_factory=Work)
    bulletin: Bulletin = field(default_factory=Bulletin)
    later: FakeLater = field(default_factory=FakeLater)

    def __post_init__(self) -> None:
        self.presenter = OverviewPresenter(self.screen, self.work, InlineRunner(), bulletin=self.bulletin, later=self.later)

    def pass_time(self) -> None:
        waiting, self.later.waiting = self.later.waiting, []
        for _, do in waiting:
            do()


def test_it_looks_when_shown_after_news_once_and_every_minute_while_it_is_seen() -> None:
    page = Page()
    page.presenter.shown()
    page.bulletin.post(Changes(counts=True))
    page.bulletin.post(Changes(counts=True))
    before = len(page.work.looks)
    page.pass_time()  # the news, and the minute
    after = len(page.work.looks)
    page.screen.seen = False
    page.bulletin.post(Changes(counts=True))
    page.pass_time()

    assert (before, after, len(page.work.looks)) == (1, 3, 3)


def test_nothing_is_heard_after_it_is_closed() -> None:
    page = Page()
    page.presenter.close()
    page.bulletin.post(Changes(counts=True))
    page.pass_time()

    assert page.work.looks == []
    assert page.later.waiting == []


def test_a_figure_opens_the_register_with_its_words_and_exactly_its_orders() -> None:
    page = Page()
    page.presenter.shown()
    page.presenter.open(f"place:{TOWN}")
    page.presenter.open("nothing of the kind")

    filters = Filters.of_figure(page.screen.opened[0][1:])
    assert page.screen.opened[0].startswith("=今日受理（燕崖镇）\n")
    assert filters.figure == Slice(Counted.OVERDUE, until=MORNING, category=f"place:{TOWN}")
    assert filters.query("2026-11-21", MORNING).figure == filters.figure
    assert len(page.screen.opened) == 1


def test_spans_turn_and_ones_own_begins_with_the_days_looked_at() -> None:
    page = Page()
    page.presenter.shown()
    page.presenter.turn_span()
    page.presenter.turn_span()
    page.presenter.turn_span()
    page.presenter.choose_span("own")
    page.presenter.choose_days("2026-11-0", "2026-11-21")  # still being typed
    page.presenter.choose_days("2026-11-01", "2026-11-21")

    assert [asked.span for asked in page.work.looks] == ["today", "week", "month", "today", "own", "own"]
    assert page.work.looks[-2].first == "2026-11-21"
    assert (page.work.looks[-1].first, page.work.looks[-1].last) == ("2026-11-01", "2026-11-21")


def test_a_refused_span_is_said_and_the_figures_stay() -> None:
    page = Page()
    page.presenter.shown()
    page.work.refuses = Refusal("R621", most=366)
    page.presenter.choose_days("2020-01-01", "2026-11-21")

    assert [fault.code for fault in page.screen.faults if isinstance(fault, Refusal)] == ["R621"]
    assert len(page.screen.told) == 1


def test_filters_offer_townships_and_units_and_are_said_with_each_figure() -> None:
    page = Page()
    page.presenter.shown()
    page.presenter.choose_place(TOWN)
    page.presenter.choose_agency(WATER)

    assert page.screen.choices["place"] == (("", "全部"), (TOWN, "燕崖镇"))
    assert page.screen.choices["agency"][1] == (WATER, "县水务局")
    assert page.screen.told[-1].figures["overdue"] == "超期 ・ 燕崖镇 ・ 县水务局"


def test_the_wall_is_given_today_and_the_month_only_while_it_is_open() -> None:
    page = Page()
    page.presenter.shown()
    page.screen.wall = True
    page.presenter.look()

    assert [(today.asked.span, month.asked.span) for today, month in page.screen.walls] == [("today", "month")]


def test_printing_says_where_the_paper_lies() -> None:
    page = Page()
    page.presenter.print()
    page.presenter.shown()
    page.presenter.print()

    assert page.screen.printed == ["2026-11-21.pdf"]


# ---------------------------------------------------------------- in words


def test_a_rate_says_both_its_numbers_and_what_is_left_out() -> None:
    told = overview_told(facts(target=95))
    finished = next(each for each in told.rates if each.key == "rate:finished_in_time")
    solved = next(each for each in told.rates if each.key == "rate:solved")

    assert (finished.percent, finished.of, finished.apart) == ("75.00%", "3 / 4", "没有期限的 1 件不算")
    assert (finished.goal, finished.is_missed) == ("目标 95% 差 20.00", True)
    assert (solved.percent, solved.of, solved.is_known) == ("—", "没有能算的件", False)
    assert [each.label.endswith("＊") for each in told.rates] == [not each.is_agreed for each in rates.FORMULAS]


def test_without_a_target_of_the_county_none_is_invented() -> None:
    told = overview_told(facts())

    assert told.units.target is None
    assert not any(each.goal for each in told.rates)


def test_a_share_is_of_the_classified_ones() -> None:
    rows = overview_told(facts()).categories.rows

    assert [row.note for row in rows] == ["100% 其中超期 1", ""]  # type: ignore[union-attr]


def test_since_when_there_is_no_line_is_said_beside_the_title_and_online_is_not() -> None:
    assert overview_told(facts()).beside.endswith("数据截至 09:12 ・ 离线 自 08:41")
    assert overview_told(facts(line=Line(LineState.ONLINE, MORNING))).beside.endswith("数据截至 09:12")


def test_more_or_fewer_than_before_is_said_in_words() -> None:
    notes = [overview_told(facts(accepted=each)).tiles[0].note for each in (12, 10, 7)]

    assert notes == ["比前一段多 2", "和前一段一样", "比前一段少 3"]


def test_the_week_begins_with_what_is_late() -> None:
    rows = overview_told(facts()).week.rows

    assert [(row.key, row.value) for row in rows][:3] == [("overdue", 3), ("due:0", 0), ("due:1", 1)]  # type: ignore[union-attr]


# ---------------------------------------------------------------- real widgets


class Shell:
    """The window, as far as the page asks."""

    def __init__(self) -> None:
        self.gone: list[tuple[str, str]] = []

    def go(self, page: str, argument: str = "") -> None:
        self.gone.append((page, argument))

    def use_acts(self, acts: object) -> None:
        del acts


def a_view(root: tk.Tk, page_shell: Shell) -> OverviewView:
    view = OverviewView(root, page_shell, InlineRunner())  # type: ignore[arg-type]
    view.frame.pack(fill="both", expand=True)
    screen = Page().screen
    view.presenter = OverviewPresenter(view, Work(), InlineRunner(), bulletin=Bulletin(), later=FakeLater())
    del screen
    return view


def settle(root: tk.Tk) -> None:
    """Charts are drawn a moment after their room is known."""
    waited = tk.IntVar(root)
    root.after(150, lambda: waited.set(1))
    root.wait_variable(waited)
    root.update()


def every(widget: tk.Misc, kind: type[tk.Misc]) -> list[tk.Misc]:
    return [each for child in widget.winfo_children() for each in (child, *every(child, kind)) if isinstance(each, kind)]


@pytest.mark.screen
def test_a_tile_and_a_bar_open_their_orders_by_the_keyboard(root: tk.Tk) -> None:
    shell = Shell()
    view = a_view(root, shell)
    view.shown("")
    settle(root)
    tile = next(each for each in every(view.frame, Tile) if each.winfo_ismapped())
    tile.focus_force()
    root.update()
    tile.event_generate("<Return>")
    week = [each for each in every(view.frame, ChartPicture) if each.winfo_ismapped()][-1]
    week.focus_force()
    root.update()
    week.event_generate("<Right>")
    week.event_generate("<Return>")
    root.update()

    assert [page for page, _ in shell.gone] == ["register", "register"]
    assert shell.gone[0][1].startswith("=今日受理\n")
    assert "到期" in shell.gone[1][1]
    view._drawing = Lane("none", None)  # type: ignore[arg-type]
    view.close()


@pytest.mark.screen
def test_the_wall_turns_by_itself_says_how_old_its_figures_are_and_shows_no_title_or_name(root: tk.Tk, tmp_path: Path) -> None:
    del tmp_path
    left: list[str] = []
    wall = Wall(root, InlineRunner(), TickingClock(), seconds=2, leave=lambda: left.append("left"))
    wall.show(facts(), replace(facts(Asked("month"))))
    said = []
    for _ in range(5):
        root.update()
        said += [str(label.cget("text")) for label in every(wall.window, tk.Label)]
        wall._tick()
        wall._tick()
    wall.window.event_generate("<Escape>")
    root.update()
    wall.close()

    assert {"第 1/5 屏 ・ Esc 退出", "第 5/5 屏 ・ Esc 退出", "09:12", "数据截至 09:12 ・ 离线 自 08:41", "31"} - {"31"} <= set(
        said
    )
    assert left == ["left"]
