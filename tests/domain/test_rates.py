"""比率: hundredths of a per cent, never 100.00 while one is missing; and the published sheets that the brief recomputed."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from county_hotline import wording
from county_hotline.domain import rates
from county_hotline.domain.rates import FORMULAS, hundredths, percent
from county_hotline.domain.tallies import Ratio


@pytest.mark.parametrize(
    ("numerator", "denominator", "shown"),
    [
        (9558, 9700, "98.54"),
        (597, 601, "99.33"),
        (124_599, 195_532, "63.72"),
        (8, 87, "9.20"),
        (99_996, 100_000, "99.99"),
        (999_999, 1_000_000, "99.99"),
        (1, 1_000_000, "0.01"),
        (0, 7, "0.00"),
        (7, 7, "100.00"),
        (0, 0, ""),
    ],
)
def test_rates_of_published_sheets_come_out_as_they_were_published(numerator: int, denominator: int, shown: str) -> None:
    assert percent(Ratio(numerator, denominator)) == shown


@given(st.integers(1, 10**7), st.integers(0, 10**7))
def test_whole_and_nothing_are_only_said_where_they_are_so(denominator: int, numerator: int) -> None:
    numerator = min(numerator, denominator)

    found = hundredths(Ratio(numerator, denominator))

    assert found is not None
    assert (found == 10_000) == (numerator == denominator)
    assert (found == 0) == (numerator == 0)
    assert abs(found - numerator * 10_000 / denominator) <= 1


def test_every_formula_says_its_numerator_denominator_and_what_it_leaves_out() -> None:
    for formula in FORMULAS:
        assert all(wording.has(f"rate.{formula.name}.{part}") for part in ("name", "formula"))
        assert wording.has(f"rate_apart.{formula.name}")
        assert wording.has(f"counted.{formula.look_at.value}")


def test_only_a_formula_with_a_published_example_is_called_agreed() -> None:
    assert [formula for formula in FORMULAS if formula.is_agreed] == [rates.FINISHED_IN_TIME]
