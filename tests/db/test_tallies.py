"""总览: every figure is what counting the folded orders by hand says, and its list in 台账 is exactly those orders."""

from __future__ import annotations

import random
from collections.abc import Callable

import msgspec
import pytest

from county_hotline.db.tables import breakdowns, tallies
from county_hotline.domain import rates
from county_hotline.domain.civil_time import DAY_MS, civil, start_of_day_ms
from county_hotline.domain.facts import (
    AnsweredAtOnce,
    Dispatched,
    Fact,
    Finished,
    FollowedUp,
    PathTold,
    Rated,
    Recalled,
    Replied,
    Reviewed,
    SignedFor,
)
from county_hotline.domain.tallies import NONE, OTHERS, Counted, Ratio, Slice
from county_hotline.domain.views import RegisterQuery
from county_hotline.domain.vocabulary import (
    ENDED,
    FollowUpResult,
    Outcome,
    Satisfaction,
    Stage,
)
from county_hotline.domain.work_order import WorkOrder
from county_hotline.ids import Number
from tests.support.builders import HOUSING, OFFICER, WATER, made
from tests.support.figures_by_hand import (
    GOOD,
    belongs,
    finished_at,
    first_dispatch,
    in_span,
    in_time,
    reached,
    replied,
    rounds_of,
    solved,
)
from tests.support.stations import County, Station
from tests.support.ticking_clock import MORNING

HOUR = 3_600_000
PLACES = ("370323103201", "370323103202", "370323103", "370323104201", "370323105201", "")
CATEGORIES = ("010101", "0102", "02", "0301", "")
SPAN = (MORNING - 3 * DAY_MS, MORNING + 4 * DAY_MS)


def a_life(chance: random.Random, at: Callable[[], int]) -> list[Fact]:
    agency = chance.choice([WATER, HOUSING])
    draw = chance.random()
    if draw < 0.15:
        return [AnsweredAtOnce(answer="可以。")]
    if draw < 0.2:
        return [PathTold(reason="03", words="请走法定途径。", path="法院")]
    whole: list[Fact] = [
        Dispatched(agency=agency, due_on="2026-12-01", due_at=at(), sign_by=chance.choice([0, at()])),
        SignedFor(agency=agency),
        Replied(agency=agency, internal="修了", public="修好了"),
        Reviewed(agency=agency, passed=True, follow_up_by=at()),
        FollowedUp(
            result=chance.choice([FollowUpResult.RATED] * 4 + [FollowUpResult.NO_ANSWER] * 3 + list(FollowUpResult)),
            called_at=MORNING,
            solved=chance.choice([None, True, False, False]),
            satisfaction=chance.choice([None, *Satisfaction]),
        ),
        Finished(outcome=Outcome.SOLVED),
        Rated(satisfaction=chance.choice(list(Satisfaction))),
    ]
    if chance.random() < 0.1:
        return [whole[0], Recalled(agency=agency, reason="派错了")]
    return whole[: chance.choice([0, 1, 2, 3, 4, 5, 6, 6, 7, 7])]


def some_orders(centre: Station, seed: int, count: int = 40) -> list[WorkOrder]:
    """Orders anywhere in their lives, of several days, places and kinds."""
    chance = random.Random(seed)
    centre.clock.wind_back(days=4)

    def at() -> int:
        return chance.choice([0, centre.clock.now + chance.randrange(-60, 90) * HOUR])

    numbers: list[Number] = []
    for _ in range(count):
        centre.clock.advance(hours=chance.choice([0, 1, 2, 7]))
        given = {"due_on": "", "due_at": 0} if chance.random() < 0.3 else {"due_on": "2026-11-30", "due_at": at()}
        make = made(None, place=chance.choice(PLACES), category=chance.choice(CATEGORIES), **given)
        number = centre.store.accept(make, officer=OFFICER).number
        for fact in a_life(chance, at):
            centre.clock.advance(minutes=chance.choice([1, 90]))
            centre.store.record(number, lambda order, fact=fact: (fact, None), officer=OFFICER)  # type: ignore[misc]
        numbers.append(number)
    return [centre.store.order(number) for number in numbers]


def every_slice(chance: random.Random) -> list[Slice]:
    found = [Slice(what, *SPAN, at=MORNING) for what in Counted]
    for _ in range(120):
        first = SPAN[0] + chance.randrange(5) * DAY_MS
        found.append(
            Slice(
                chance.choice(list(Counted)),
                first,
                first + chance.randrange(1, 4) * DAY_MS,
                place=chance.choice(["", "", NONE, "370323103", "370323103201", "370323104"]),
                is_place_alone=chance.random() < 0.2,
                category=chance.choice(["", "", NONE, "01", "0102"]),
                agency=chance.choice(["", "", NONE, WATER, HOUSING]),
                stage=chance.choice([None, None, None, Stage.TO_DISPATCH, Stage.FINISHED]),
                at=MORNING,
            )
        )
    return found


@pytest.mark.parametrize("seed", [1, pytest.param(2, marks=pytest.mark.long)])
def test_a_figure_is_what_counting_the_folded_orders_says_and_its_list_is_those_orders(county: County, seed: int) -> None:
    centre = county.centre
    orders = some_orders(centre, seed, 80)
    db = centre.store.database.connection()
    hit = set[Counted]()

    for wanted in every_slice(random.Random(seed)):
        expected = {order.number for order in orders if belongs(order, wanted)}
        page = centre.store.register(RegisterQuery(figure=wanted), after=None, limit=500)

        assert tallies.count(db, wanted) == len(expected) == page.total, wanted
        assert {row.number for row in page.rows} == expected, wanted
        hit |= {wanted.what} if expected else set()

    assert hit == set(Counted)  # else the orders show too little
    assert centre.store.verify().sound


def test_figures_that_stand_together_are_the_figures_that_are_opened(county: County) -> None:
    centre = county.centre
    orders = some_orders(centre, 3)
    db, now, soon = centre.store.database.connection(), centre.clock.now, centre.clock.now + DAY_MS
    scope = Slice(since=SPAN[0], until=SPAN[1])

    flow = tallies.flow(db, scope, now=now)
    standing = tallies.standing(db, scope, now=now, soon=soon)

    def count(what: Counted, since: int = SPAN[0], until: int = SPAN[1]) -> int:
        return tallies.count(db, Slice(what, since, until))

    assert (flow.accepted, flow.dispatched, flow.finished, flow.answered) == (
        count(Counted.ACCEPTED),
        count(Counted.DISPATCHED),
        count(Counted.FINISHED),
        count(Counted.ANSWERED),
    )
    assert (standing.open, standing.overdue, standing.no_limit, standing.to_follow_up) == (
        count(Counted.OPEN),
        count(Counted.OVERDUE, 0, now),
        count(Counted.NO_LIMIT),
        count(Counted.TO_FOLLOW_UP),
    )
    assert standing.due_soon == count(Counted.DUE, now, soon)
    assert standing.open == sum(each.count for each in standing.stages)
    late_by_stage = {str(int(o.stage)) for o in orders if o.stage not in ENDED and 0 < o.due_at < now}
    assert {each.code for each in standing.stages if each.overdue} == late_by_stage
    for formula in rates.FORMULAS:
        assert flow.looked_at[formula.name] == tallies.count(db, tallies.to_look_at(scope, formula, now=now))


def test_rates_are_what_their_formulas_say_of_the_folded_orders(county: County) -> None:
    centre = county.centre
    orders = some_orders(centre, 4)
    now, scope = centre.clock.now, Slice(since=SPAN[0], until=SPAN[1])

    ratios = tallies.flow(centre.store.database.connection(), scope, now=now).ratios

    def of(values: list[bool | None]) -> Ratio:
        return Ratio(values.count(True), len(values) - values.count(None), values.count(None))

    sent = [order for order in orders if in_span(first_dispatch(order), scope)]
    done = [order for order in orders if in_span(finished_at(order), scope)]
    signed = [each for order in sent for each in rounds_of(order)]
    said = [order.satisfaction for order in done]
    assert ratios["signed_in_time"] == Ratio(sum(signed), len(signed), sum(len(o.assignments) for o in sent) - len(signed))
    assert ratios["replied_in_time"] == of([replied(order, now) for order in sent])
    assert ratios["finished_in_time"] == of([in_time(order) for order in done])
    assert ratios["satisfied"] == of([None if each is None else each in GOOD for each in said])
    assert ratios["fairly_satisfied"] == of([None if each is None else each in (*GOOD, Satisfaction.FAIR) for each in said])
    assert ratios["solved"] == of([solved(order) for order in done])
    assert ratios["called_back"] == of([reached(order) for order in done])
    assert sum(each.numerator for each in ratios.values()) > 20


def test_bars_add_up_to_the_whole_and_the_smaller_ones_stand_together(county: County) -> None:
    centre = county.centre
    some_orders(centre, 5)
    db, scope = centre.store.database.connection(), Slice(since=SPAN[0], until=SPAN[1])
    whole = tallies.count(db, scope)

    villages = msgspec.structs.replace(scope, place="370323103")
    places, categories = breakdowns.by_place_and_category(db, scope, now=MORNING, most=2)
    for groups in (places, categories, breakdowns.by_place_and_category(db, villages, now=MORNING, most=9)[0]):
        part = whole if groups[-1].code == OTHERS else tallies.count(db, villages)
        assert sum(each.count for each in groups) == part
        assert all(each.overdue <= each.open <= each.count for each in groups)
    assert places[-1].code == OTHERS


def test_days_of_the_trend_and_of_the_week_are_counted_by_chinas_civil_day(county: County) -> None:
    centre = county.centre
    orders = some_orders(centre, 6)
    db, now = centre.store.database.connection(), centre.clock.now
    days = [civil(MORNING + at * DAY_MS).date().isoformat() for at in range(-5, 4)]

    trend = tallies.trend(db, Slice(), days=days)
    ahead = tallies.standing(db, Slice(), now=now, soon=now).days

    def on(moments: list[int], day: str) -> int:
        return sum(civil(at).date().isoformat() == day for at in moments)

    assert [each.accepted for each in trend] == [on([o.accepted_at for o in orders], day) for day in days]
    assert [each.finished for each in trend] == [on([at for o in orders if (at := finished_at(o))], day) for day in days]
    due = [o.due_at - 1 for o in orders if o.stage not in ENDED and o.due_at >= now]
    assert [each.due for each in ahead] == [on(due, each.day) for each in ahead]
    assert sum(each.due for each in ahead) > 0
    assert ahead[0].day == civil(now).date().isoformat()
    assert start_of_day_ms(ahead[-1].day) - start_of_day_ms(ahead[0].day) == 6 * DAY_MS
