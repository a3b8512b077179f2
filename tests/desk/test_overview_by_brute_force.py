"""总览 against plain counting: every figure of any span, place and unit, at any moment, is what looking at every order says."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from county_hotline.desk import overview
from county_hotline.desk.desk import Desk
from county_hotline.desk.overview import BARS, TREND_DAYS, Scope
from county_hotline.domain.civil_time import civil
from county_hotline.domain.tallies import NONE
from county_hotline.domain.work_order import WorkOrder
from tests.support import figures_by_hand as by_hand
from tests.support.figures_by_hand import TOWNSHIP, township
from tests.support.many_orders import HOUR, PLACES, UNITS, ManyOrders
from tests.support.ticking_clock import MORNING, TickingClock

ORDERS = 110


class World:
    """The orders, folded once, and the desk that is asked."""

    def __init__(self, many: ManyOrders) -> None:
        self.desk: Desk = many.centre.desk
        self.clock: TickingClock = many.clock
        self.orders: Sequence[WorkOrder] = [each.order for each in many.listed()]


@pytest.fixture(scope="module", params=[21, *(pytest.param(seed, marks=pytest.mark.long) for seed in range(22, 29))])
def world(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[World]:
    many = ManyOrders(tmp_path_factory.mktemp("many"), request.param, ORDERS)
    yield World(many)
    many.close()


DAYS = st.integers(-12, 9).map(lambda days: civil(MORNING).date() + timedelta(days=days))
SCOPES = st.builds(
    lambda first, length, place, agency: Scope(first.isoformat(), (first + timedelta(days=length)).isoformat(), place, agency),
    DAYS,
    st.integers(0, 14),
    st.sampled_from(["", "", "", *PLACES, "370323105"]),
    st.sampled_from(["", "", NONE, *UNITS, "370323D13"]),
)
MOMENTS = st.integers(-200, 300).map(lambda hours: MORNING + hours * HOUR + 1)


@given(scope=SCOPES, now=MOMENTS, whose=st.none() | st.integers(0, 999))
def test_every_figure_is_what_counting_order_by_order_says(world: World, scope: Scope, now: int, whose: int | None) -> None:
    if whose is not None:  # the very moment at which an order's limit ends
        now = world.orders[whose % len(world.orders)].due_at or now
    world.clock.now = now
    found, span = overview.overview(world.desk, scope), scope.slice

    assert found.flow == by_hand.flow_of(world.orders, span, now)
    assert found.standing == by_hand.standing_of(world.orders, span, now, found.soon)
    assert found.trend == by_hand.trend_of(world.orders, span, now, TREND_DAYS)
    assert found.places == by_hand.bars_of(world.orders, span, now, BARS, place_of(scope))
    assert found.categories == by_hand.bars_of(world.orders, span, now, BARS, head_of)
    assert found.units == by_hand.units_of(world.orders, span, BARS)


def test_the_orders_it_is_tried_over_have_something_of_everything(world: World) -> None:
    span = Scope("2026-11-01", "2026-12-31").slice
    flow = by_hand.flow_of(world.orders, span, MORNING)
    standing = by_hand.standing_of(world.orders, span, MORNING, MORNING + 24 * HOUR)

    assert all(each.numerator and each.numerator < each.denominator for each in flow.ratios.values())
    assert len(standing.stages) > 3
    assert 0 not in (standing.overdue, standing.no_limit, standing.to_follow_up, standing.due_soon)
    assert any(order.accepted is None for order in world.orders)


def place_of(scope: Scope) -> Callable[[WorkOrder], str]:
    """Of a chosen township its villages, else townships."""
    if len(scope.place) < TOWNSHIP:
        return township
    return lambda order: order.accepted.place if order.accepted else ""


def head_of(order: WorkOrder) -> str:
    return order.accepted.category[:2] if order.accepted else ""
