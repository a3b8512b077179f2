"""待办, 督办台账, 现场 and the day's work: what the tables answer is what folding every order answers."""

from __future__ import annotations

import random
from collections.abc import Collection, Iterator

from county_hotline.domain.facts import (
    CallAnswered,
    ContactMade,
    Dispatched,
    Fact,
    Finished,
    FollowedUp,
    NoteAdded,
    Replied,
    Reviewed,
    SignedFor,
    SiteFindings,
    SupervisionClosed,
    SupervisionIssued,
    SupervisionReplied,
    UnitsCalled,
)
from county_hotline.domain.tasks import ACT_FOR, CENTRE, Task, TaskKind, tasks_of
from county_hotline.domain.vocabulary import FollowUpResult, Outcome, Stage, SupervisionCause
from county_hotline.ids import AgencyCode, Number, OfficerId
from tests.support import builders
from tests.support.builders import HOUSING, OFFICER, WATER, made
from tests.support.stations import County, Station
from tests.support.ticking_clock import MORNING

ALL = frozenset(TaskKind)
HOUR = 3_600_000
OTHER = OfficerId("0101 派单员甲")


def some_orders(centre: Station, seed: int) -> list[Number]:
    """Orders somewhere in their lives, by two officers, with limits all over."""
    chance = random.Random(seed)

    def at() -> int:
        return chance.choice([0, MORNING + chance.randrange(-50, 50) * HOUR])

    numbers = []
    for _ in range(30):
        centre.clock.advance(minutes=1)
        who = chance.choice([OFFICER, OTHER])
        number = centre.store.accept(made(due_on="", due_at=at()), officer=who).number
        agency = chance.choice([WATER, HOUSING])
        life: list[Fact] = [
            Dispatched(agency=agency, due_on="2026-12-01", due_at=at(), sign_by=at(), contact_by=at()),
            SignedFor(agency=agency),
            ContactMade(agency=agency, reached=True, contacted_at=MORNING, words="通了"),
            Replied(agency=agency, internal="修了", public="修好了"),
            Reviewed(agency=agency, passed=True, follow_up_by=at()),
            FollowedUp(result=FollowUpResult.NO_ANSWER, called_at=MORNING),
            Finished(outcome=Outcome.SOLVED),
        ]
        for fact in life[: chance.randrange(len(life) + 1)]:
            who = chance.choice([OFFICER, OTHER])
            centre.store.record(number, lambda order, fact=fact: (fact, None), officer=who)  # type: ignore[misc]
        numbers.append(number)
    return numbers


def waiting(centre: Station, numbers: list[Number], units: Collection[str], before: int) -> Iterator[tuple[Number, Task]]:
    for number in numbers:
        for task in tasks_of(centre.store.order(number)):
            if task.unit in units and (task.kind is not TaskKind.WATCH or 0 < task.due_at < before):
                yield number, task


def test_the_list_is_what_folding_every_order_says_most_urgent_first(county: County) -> None:
    centre, units = county.centre, (county.centre.card.unit, CENTRE)
    seen = set[TaskKind]()
    numbers = some_orders(centre, 1) + some_orders(centre, 2)

    for kinds in (ALL, ALL - {TaskKind.WATCH}, {TaskKind.FOLLOW_UP, TaskKind.WATCH}):
        rows = centre.store.todo(units, kinds, officer=OFFICER, watch_before=MORNING)
        expected = [(n, t) for n, t in waiting(centre, numbers, units, MORNING) if t.kind in kinds]

        assert sorted((r.number, r.kind, r.due_at, r.since) for r in rows) == sorted(
            (n, t.kind, t.due_at, t.since) for n, t in expected
        )
        urgency = [(row.due_at == 0, row.due_at) for row in rows]
        assert urgency == sorted(urgency)
        mine = {n for n, _ in expected if any(e.officer == OFFICER for e in centre.store.view(n).story)}
        assert {row.number for row in rows if row.is_mine} == mine
        counted = centre.store.todo_counts(units, kinds, officer=OFFICER, watch_before=MORNING)
        assert counted == (len(mine), len({n for n, _ in expected}))
        assert centre.store.todo(units, kinds, officer=OFFICER, watch_before=MORNING, limit=7) == rows[:7]
        seen |= {row.kind for row in rows}
    assert {TaskKind.DISPATCH, TaskKind.REVIEW, TaskKind.FOLLOW_UP, TaskKind.WATCH} <= seen
    assert centre.store.verify().sound


def test_a_line_says_what_to_do_of_which_order_about_whom(county: County) -> None:
    number = county.centre.accept(title="路灯不亮", due_on="2026-11-30")
    (row,) = county.centre.store.todo((CENTRE,), ALL, officer=OTHER, watch_before=0)

    assert (row.number, row.kind, row.act) == (number, TaskKind.DISPATCH, ACT_FOR[TaskKind.DISPATCH])
    assert (row.title, row.stage, row.is_mine, row.tries) == ("路灯不亮", Stage.TO_DISPATCH, False, 0)
    assert row.due_at == builders.an_order(due_on="2026-11-30").came_at // 86_400_000 * 86_400_000 + 9 * 86_400_000 + 16 * HOUR


def test_the_try_after_one_that_reached_nobody_is_the_second(county: County) -> None:
    centre = county.centre
    number = centre.accept()
    centre.dispatch(number)
    for fact in (
        SignedFor(agency=WATER),
        Replied(agency=WATER, internal="修了", public="修好了"),
        Reviewed(agency=WATER, passed=True, follow_up_by=MORNING),
        FollowedUp(result=FollowUpResult.NO_ANSWER, called_at=MORNING, next_try_at=MORNING + HOUR),
    ):
        centre.record(number, fact)

    rows = centre.store.todo((CENTRE,), {TaskKind.FOLLOW_UP}, officer=OFFICER, watch_before=0)

    assert [(row.number, row.tries, row.agency) for row in rows] == [(number, 1, WATER)]


def test_a_station_has_the_tasks_that_can_be_done_at_it_and_a_hub_none(county: County) -> None:
    number = county.hall.accept()
    county.sync_until_quiet()
    county.centre.dispatch(number)
    county.sync_until_quiet()

    def kinds(box: Station, *units: str) -> set[TaskKind]:
        return {row.kind for row in box.store.todo(units, ALL, officer=OFFICER, watch_before=MORNING * 2)}

    assert kinds(county.agency, county.agency.card.unit) == {TaskKind.SIGN}
    assert kinds(county.hall, county.hall.card.unit) == {TaskKind.WATCH}
    assert kinds(county.centre, CENTRE) == {TaskKind.WATCH}
    assert kinds(county.hall, CENTRE) == set()
    assert county.hub.store.database.execute_sql("SELECT count(*) FROM tasks").fetchone() == (0,)
    assert all(box.store.verify().sound for box in (county.hall, county.centre, county.agency, county.hub))


def test_a_station_that_comes_to_belong_to_another_unit_has_that_units_tasks(hall: Station) -> None:
    hall.dispatch(hall.accept(), WATER)

    hall.store.set_station(builders.a_card(unit=WATER))

    assert [row.kind for row in hall.store.todo((WATER,), ALL, officer=OFFICER, watch_before=0)] == [TaskKind.SIGN]
    assert hall.store.verify().sound


# ---------------------------------------------------------------- 督办, 现场


def test_supervisions_are_listed_open_ones_apart(county: County) -> None:
    centre = county.centre
    number, other = centre.accept(title="甲"), centre.accept(title="乙")
    for name, which in (("1", number), ("2", number), ("3", other)):
        issued = SupervisionIssued(
            supervision=name, cause=SupervisionCause.OVERDUE, agencies=(WATER,), requirement="说明原因", reply_by=MORNING
        )
        centre.dispatch(which)
        centre.record(which, issued)
    centre.record(other, SupervisionReplied(supervision="3", agency=WATER, words="已办"))

    rows = centre.store.supervisions(open_only=True)
    centre.record(other, SupervisionClosed(supervision="3", opinion="已改"))

    assert [(row.title, row.supervision.supervision) for row in rows] == [("乙", "3"), ("甲", "2"), ("甲", "1")]
    assert rows[0].supervision.replies[0][0] == WATER
    assert [row.supervision.supervision for row in centre.store.supervisions(open_only=True)] == ["2", "1"]
    assert [row.supervision.supervision for row in centre.store.supervisions(open_only=False, limit=2)] == ["3", "2"]
    assert centre.store.calls(open_only=False) == ()


def test_a_call_with_findings_is_no_longer_open(county: County) -> None:
    centre, town = county.centre, AgencyCode(builders.TOWN)
    numbers = [centre.accept(), centre.accept()]
    for number in numbers:
        centre.record(
            number,
            UnitsCalled(
                call="1", caller=town, agencies=(WATER,), meet_at=MORNING, meet_where="桥头", matter="塌了", handler="甲", in_charge="乙",
                chief="丙",
            ),
        )  # fmt: skip
    centre.record(numbers[0], CallAnswered(call="1", caller=town, agency=WATER, comes=True))
    centre.record(numbers[0], SiteFindings(call="1", caller=town, findings="已围挡"))

    assert [row.number for row in centre.store.calls(open_only=True)] == [numbers[1]]
    assert [row.number for row in centre.store.calls(open_only=False)] == [numbers[1], numbers[0]]
    assert centre.store.calls(open_only=False)[1].call.findings == "已围挡"
    assert centre.store.calls(open_only=True)[0].place == "370323103201"


# ---------------------------------------------------------------- what was done, what there is


def test_what_was_done_since_counts_this_stations_entries_in_all_its_lives(county: County) -> None:
    hall = county.hall
    old = hall.accept()
    county.sync_until_quiet()
    county.centre.note(old)
    county.sync_until_quiet()
    hall.clock.advance(days=1)
    since = hall.clock.now
    hall.accept()
    hall.store.begin_life()
    hall.accept()
    hall.store.record(old, lambda order: (NoteAdded(text="回了"), None), officer=OTHER)

    assert hall.store.done_since(since) == {"work_order.accepted": 2, "work_order.note_added": 1}
    assert hall.store.done_since(since, OTHER) == {"work_order.note_added": 1}
    assert hall.store.done_since(0)["work_order.accepted"] == 3
    assert hall.store.done_since(since + 1) == {}


def test_the_stories_of_a_time_come_one_at_a_time_the_oldest_first(hall: Station) -> None:
    early = hall.accept()
    hall.clock.advance(days=1)
    numbers = [hall.accept(), hall.accept()]
    hall.note(numbers[0])
    until = hall.clock.now
    hall.clock.advance(days=1)
    hall.accept()

    stories = list(hall.store.orders_between(MORNING + 1, until + 1))

    assert [number for number, _ in stories] == numbers
    assert [len(story) for _, story in stories] == [2, 1]
    assert [number for number, _ in hall.store.orders_between(MORNING, until)] == [early]


def test_likely_repeats_are_of_the_same_phone_or_the_same_matter_near_by(hall: Station) -> None:
    far = hall.accept(builders.a_caller(phone="13911112222"), place="370323109201", category="0301")
    caller = hall.accept(builders.a_caller(phone="13800138000"), place="370323109201", category="0301")
    hidden = hall.accept(builders.a_caller(phone="13800138000"), confidential=True)
    near = hall.accept(builders.a_caller(phone="13911112222"), place="370323103201", category="010202")
    town = hall.accept(builders.a_caller(phone="13911112222"), place="370323103", category="0102")
    other = hall.accept(builders.a_caller(phone="13911112222"), place="370323103202", category="0102")

    def likely(**given: object) -> list[Number]:
        asked = {"phone": "138-0013-8000", "place": "370323103201", "category": "010201", "since": MORNING, **given}
        return [row.number for row in hall.store.likely_repeats(**asked)]  # type: ignore[arg-type]

    assert likely() == [caller, *sorted([near, town], reverse=True)]
    assert likely(phone="") == sorted([near, town], reverse=True)
    assert likely(place="370323103", phone="") == sorted([near, town, other], reverse=True)
    assert likely(place="370323", phone="") == []
    assert likely(place="", phone="139 1111 2222") == sorted([far, near, town, other], reverse=True)
    assert likely(limit=1) == [caller]
    assert likely(since=MORNING + 1) == []
    assert hidden not in likely(place="", category="")
