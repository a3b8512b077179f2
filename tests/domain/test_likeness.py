"""How alike texts are: symmetric, bounded, whole where they are the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from county_hotline.domain.likeness import alike, held, pairs, plain

TEXT = st.text(alphabet="路灯不亮村口水沟堵了，。 AB1", max_size=40)


@given(one=TEXT, other=TEXT)
def test_likeness_lies_between_nothing_and_all_and_is_the_same_from_both_sides(one: str, other: str) -> None:
    assert 0 <= alike(one, other) <= 1
    assert alike(one, other) == alike(other, one)
    assert 0 <= held(one, other) <= 1


@given(text=TEXT)
def test_a_text_is_wholly_like_itself_whatever_its_signs_and_blanks(text: str) -> None:
    assert alike(text, f" {text}。") == (1.0 if plain(text) else 0.0)
    assert held(text, f"前面{text}后面") == (1.0 if plain(text) else 0.0)


@given(text=TEXT, more=TEXT)
def test_more_text_holds_no_less(text: str, more: str) -> None:
    assert held("路灯不亮", text) <= held("路灯不亮", f"{text}，{more}") + 1e-9 or pairs(text) - pairs(f"{text}，{more}")


@pytest.mark.parametrize(
    ("wanted", "text", "least", "most"),
    [
        ("路灯不亮", "村口的路灯三天不亮了", 0.6, 0.7),
        ("路灯不亮", "自来水停了", 0.0, 0.0),
        ("路灯不亮", "请问路灯不亮找谁", 1.0, 1.0),
        ("", "路灯", 0.0, 0.0),
        ("水", "停水了", 1.0, 1.0),
    ],
)
def test_how_much_of_what_is_wanted_stands_in_a_text(wanted: str, text: str, least: float, most: float) -> None:
    assert least <= held(wanted, text) <= most
