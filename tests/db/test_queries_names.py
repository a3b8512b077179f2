"""By what an order is asked for: longer tails of its number find it, and a name that several go by gives them all."""

from __future__ import annotations

import pytest

from county_hotline.db.tables import queries
from tests.support.stations import Station


@pytest.fixture
def two_days(hall: Station) -> tuple[str, str]:
    """The first order of each of two days: their serials are the same."""
    numbers = []
    for day in (21, 22):
        hall.clock.set_to(2026, 11, day)
        numbers.append(str(hall.accept(query_code=f"7K3M9Q{day}")))
    return numbers[0], numbers[1]


@pytest.mark.parametrize(
    "written", ["261122-0001", "2611220001", "03A-261122-0001", "370323-03A-261122-0001", "03a 261122 0001"]
)
def test_day_and_serial_mean_one_order(hall: Station, two_days: tuple[str, str], written: str) -> None:
    assert hall.store.resolve(written) == two_days[1]


def test_a_longer_tail_with_its_check_character_means_one_order(hall: Station, two_days: tuple[str, str]) -> None:
    assert [hall.store.resolve(number[7:].lower()) for number in two_days] == list(two_days)
    assert [hall.store.resolve(number[-5:]) for number in two_days] == list(two_days)


def test_a_serial_of_two_days_means_neither_and_names_both(hall: Station, two_days: tuple[str, str]) -> None:
    assert hall.store.resolve("0001") is None
    assert queries.called(hall.store.database.connection(), "0001") == two_days


@pytest.mark.parametrize("written", ["04A-261122-0001", "261123-0001", "370322-03A-261122-0001", "7K3M9Q23"])
def test_a_tail_of_no_order_means_none(hall: Station, two_days: tuple[str, str], written: str) -> None:
    assert hall.store.resolve(written) is None
    assert queries.called(hall.store.database.connection(), written) == ()
