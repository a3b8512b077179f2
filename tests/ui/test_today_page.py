"""待办 without a screen: groups, the next step of each kind, whose list it is, and that it follows the news."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

import pytest

from county_hotline.background import InlineRunner
from county_hotline.domain.lights import Light
from county_hotline.domain.tasks import ACT_FOR, TaskKind
from county_hotline.domain.views import Today, TodayGroup, TodayRow
from county_hotline.domain.vocabulary import Stage, Urgency
from county_hotline.ids import AgencyCode, Number
from county_hotline.signals import Bulletin, Changes
from county_hotline.ui.screens.today.presenter import TodayPresenter
from county_hotline.ui.screens.today.telling import LineTold, TodayTold, step_words, today_told
from county_hotline.ui.screens.today.work import TodayFacts
from tests.support.ticking_clock import MORNING

FIRST, SECOND = Number("370323-03A-261121-0007K"), Number("370323-03A-261121-0008H")
WATER = AgencyCode("370323D04")
DAY_MS = 86_400_000


def a_row(number: Number = FIRST, kind: TaskKind = TaskKind.REPLY, **given: object) -> TodayRow:
    row: dict[str, object] = {
        "number": number,
        "kind": kind,
        "act": ACT_FOR[kind],
        "title": "路灯不亮",
        "stage": Stage.IN_HAND,
        "urgency": Urgency.NORMAL,
        "agency": WATER,
        "due_at": MORNING + DAY_MS,
        "since": MORNING,
    }
    return TodayRow(**{**row, **given})  # type: ignore[arg-type]


def facts(
    *groups: tuple[TodayGroup, tuple[TodayRow, ...]], left: int | None = 1, mine: int = 1, light: Light | None = None
) -> TodayFacts:
    days = {row.due_at for _, rows in groups for row in rows if row.due_at}
    from county_hotline.clock import local

    return TodayFacts(
        Today(groups, mine, sum(len(rows) for _, rows in groups), {"work_order.accepted": 7}),
        MORNING,
        local(MORNING).date().isoformat(),
        {WATER: "县水务局"},
        {local(at - 1).date().isoformat(): left for at in days},
        lights={(row.due_at, row.since): light for _, rows in groups for row in rows},
        printed=5,
    )


@dataclass
class Screen:
    """Remembers what it was shown."""

    seen: bool = True
    told: list[TodayTold] = field(default_factory=list)
    chosen: list[LineTold | None] = field(default_factory=list)
    opened: list[tuple[str, str]] = field(default_factory=list)
    faults: list[Exception] = field(default_factory=list)
    kept: str = ""

    def is_seen(self) -> bool:
        return self.seen

    def show(self, told: TodayTold, *, mine: bool, keep: str) -> None:
        self.told.append(told)
        self.kept = keep

    def show_chosen(self, line: LineTold | None) -> None:
        self.chosen.append(line)

    def open(self, number: str, act: str) -> None:
        self.opened.append((number, act))

    def fail(self, fault: Exception) -> None:
        self.faults.append(fault)


@dataclass
class Work:
    """Answers what the test put in."""

    facts: TodayFacts
    asked: list[bool] = field(default_factory=list)

    def look(self, *, mine: bool) -> TodayFacts:
        self.asked.append(mine)
        return self.facts


def the_page(found: TodayFacts) -> tuple[TodayPresenter, Screen, Work, Bulletin]:
    screen, work, bulletin = Screen(), Work(found), Bulletin()
    return TodayPresenter(screen, work, InlineRunner(), bulletin), screen, work, bulletin


def test_each_group_has_a_heading_with_its_count_and_its_rows_below() -> None:
    told = today_told(
        facts(
            (TodayGroup.OVERDUE, (a_row(), a_row(SECOND))),
            (TodayGroup.CALL_BACK, (a_row(kind=TaskKind.FOLLOW_UP),)),
        ),
        mine=False,
    )

    assert [line.words or line.number for line in told.lines] == [
        "超期 2 件：先催办，再登记原因",
        FIRST,
        SECOND,
        "今天回访 1 件",
        FIRST,
    ]
    assert told.beside.endswith("全站 2 件，最急的在前")
    assert ("登记", "7") in told.done
    assert ("打印", "5") in told.done


@pytest.mark.parametrize("kind", list(TaskKind), ids=lambda kind: kind.value)
def test_every_kind_of_task_has_a_next_step_of_few_characters(kind: TaskKind) -> None:
    assert 2 <= len(step_words(a_row(kind=kind))) <= 4


def test_what_others_have_in_hand_is_urged_and_urged_to_sign_where_nobody_signed() -> None:
    assert step_words(a_row(kind=TaskKind.WATCH)) == "催办"
    assert step_words(a_row(kind=TaskKind.WATCH, stage=Stage.TO_SIGN)) == "催签收"


def test_an_hours_limit_that_ran_out_today_says_so() -> None:
    told = today_told(facts((TodayGroup.OVERDUE, (a_row(due_at=MORNING - 60_000),)), left=0), mine=False)

    assert told.lines[1].left.words == "已超时"
    assert told.lines[1].left.tone == "red"


@pytest.mark.parametrize(("light", "tone"), [(None, "amber"), (Light.YELLOW, "amber"), (Light.GREEN, "plain")])
def test_a_rule_pack_says_when_a_light_turns_yellow_and_without_its_word_one_working_day_does(
    light: Light | None, tone: str
) -> None:
    told = today_told(facts((TodayGroup.DUE_SOON, (a_row(),)), left=1, light=light), mine=False)

    assert told.lines[1].left.tone == tone


def test_urgent_orders_carry_a_sign_and_a_word_does_the_rest() -> None:
    told = today_told(facts((TodayGroup.REST, (a_row(urgency=Urgency.CRITICAL),))), mine=True)

    assert told.lines[1].title.icon == "lightning-fill"


def test_f9_does_the_next_step_of_the_chosen_line_and_return_opens_the_order() -> None:
    presenter, screen, _, _ = the_page(facts((TodayGroup.REST, (a_row(), a_row(SECOND, TaskKind.SIGN)))))
    presenter.shown()

    presenter.do_next()
    presenter.choose(screen.told[-1].lines[2].key)
    presenter.do_next()
    presenter.open_chosen()

    assert screen.opened == [(FIRST, "reply"), (SECOND, "sign_for"), (SECOND, "")]


def test_headings_are_never_done() -> None:
    presenter, screen, _, _ = the_page(facts((TodayGroup.REST, (a_row(),))))
    presenter.shown()

    presenter.choose("group rest")
    presenter.do_next()

    assert screen.opened == []


def test_what_arrives_by_sync_appears_without_asking_and_the_choice_stays() -> None:
    presenter, screen, work, bulletin = the_page(facts((TodayGroup.REST, (a_row(),))))
    presenter.shown()
    work.facts = facts((TodayGroup.OVERDUE, (a_row(SECOND),)), (TodayGroup.REST, (a_row(),)))

    bulletin.post(Changes(work_orders=frozenset({SECOND})))

    assert [line.number for line in screen.told[-1].lines if line.number] == [SECOND, FIRST]
    assert screen.kept.startswith(FIRST)


def test_a_page_behind_another_waits_until_it_is_in_front() -> None:
    presenter, screen, work, bulletin = the_page(facts())
    presenter.shown()
    screen.seen = False

    bulletin.post(Changes(work_orders=frozenset({FIRST})))

    assert work.asked == [False]


def test_ctrl_m_turns_between_mine_and_the_whole_station() -> None:
    presenter, _, work, _ = the_page(facts((TodayGroup.REST, (a_row(),))))
    presenter.shown()

    presenter.turn()
    presenter.turn()

    assert work.asked == [False, True, False]


def test_another_calendar_is_told_with_how_many_dates_it_moves() -> None:
    assert today_told(facts(), mine=False).to_recompute == ""

    told = today_told(replace(facts(), to_recompute=3), mine=False)

    assert told.to_recompute.startswith("日历换过：3 件")
