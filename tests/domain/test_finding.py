"""Finding by characters, code and sound; what begins so goes first."""

from __future__ import annotations

import pytest

from county_hotline.domain.finding import IN_THE_MIDDLE, rank, spoken

ROAD = ("西洪路", "西郊路", "城关镇 西洪路")


@pytest.mark.parametrize(
    ("typed", "expected"),
    [("西洪", 0), ("西郊", 1), ("城关", 1), ("3703", 3), ("xhl", 4), ("xihong", 4), ("xjl", 5), ("cgz", 5), ("洪路", IN_THE_MIDDLE), ("hl", IN_THE_MIDDLE + 1)],
)  # fmt: skip
def test_each_way_of_typing_has_its_rank(typed: str, expected: int) -> None:
    assert rank(typed, ROAD, "370323") == expected


@pytest.mark.parametrize("typed", ["东", "xq", "9", "洪西"])
def test_what_does_not_fit_is_not_found(typed: str) -> None:
    assert rank(typed, ROAD, "370323") is None


def test_nothing_typed_finds_everything() -> None:
    assert rank(" ", ROAD) == 0


def test_the_other_name_that_was_meant_is_told() -> None:
    assert spoken("xjl", ROAD) == "西郊路"
    assert spoken("xhl", ROAD) == ""
