"""Spans of arrival: whatever came when, and whatever moments changed since, no bound promises more than looking at every order says."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from county_hotline.db.tables import spans
from county_hotline.db.tables.spans import Bounds
from tests.support.stations import Station
from tests.support.ticking_clock import MORNING

MOMENTS = st.lists(
    st.tuples(st.integers(1, 60_000), st.integers(-2_000, 2_000).map(lambda tenth: MORNING + tenth * 360_000)),
    min_size=1,
    max_size=40,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(came=MOMENTS, more=MOMENTS, asked=st.integers(1, 60_000), edge=st.integers(0, 39), descends=st.booleans())
def test_no_order_beyond_a_bound_belongs_before_it(
    hall: Station, came: list[tuple[int, int]], more: list[tuple[int, int]], asked: int, edge: int, descends: bool
) -> None:
    db = hall.store.database.connection()
    spans.clear(db)
    for some in (came, more):
        spans.widen(db, some)
    every, bounds = [*came, *more], Bounds(db)
    moment = every[edge % len(every)][1]

    newest, oldest = bounds.newest_before(asked), bounds.oldest_after(asked)
    below, above = [at for row, at in every if row < asked], [at for row, at in every if row > asked]
    assert not below or (newest is not None and newest >= max(below))
    assert not above or (oldest is not None and oldest <= min(above))
    first = bounds.first_arrival(moment, descends=descends)
    if first is not None:
        beyond = [at for row, at in every if (row > first if descends else row < first)]
        assert all(at > moment if descends else at < moment for at in beyond)
