"""What was looked for is marked where it was written, and nothing else is."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from county_hotline.domain.highlighting import _mapped, flat, highlight

MIXED = st.text(st.sampled_from("路灯燈不亮水管Ａab1-，。 \n𠮷吉䶮㎡é_e\u0301\u0315각가\u11a8ﬁ😀"), max_size=14)


@pytest.mark.parametrize(
    ("text", "typed", "marked"),
    [
        ("村口的路灯三天不亮", "路灯", ["路灯"]),
        ("村口的路灯，路灯！", "路灯", ["路灯", "路灯"]),
        ("路-灯 不亮", "灯不", ["灯 不"]),
        ("吳家莊的路燈", "吴家庄 路灯", ["吳家莊", "路燈"]),
        ("面积２０㎡", "20m2", ["２０㎡"]),
        ("面积20㎡的", "m2的", ["㎡的"]),
        ("西关ＡB座", "ab", ["ＡB"]),
        ("𠮷田家", "吉田", ["𠮷田"]),
        ("aaaa", "aa", ["aaaa"]),
        ("路灯", "水管", []),
        ("路灯", "，", []),
        ("", "路", []),
    ],
)
def test_what_was_typed_is_marked_as_it_was_written(text: str, typed: str, marked: list[str]) -> None:
    assert [text[start:end] for start, end in highlight(text, typed)] == marked


@pytest.mark.parametrize(
    ("text", "typed", "marked"),
    [
        ("王贵香", "wgx", ["王贵香"]),
        ("王贵香", "guix", ["贵香"]),
        ("红星镇 红星村", "hxc", ["红星村"]),
        ("红星镇 红星村", "hongx 村", ["红星", "红星村"]),
        ("单田芳", "shan", ["单"]),
        ("王贵香", "w", []),
        ("王贵香", "xyz", []),
    ],
)
def test_names_and_places_are_marked_by_their_sound(text: str, typed: str, marked: list[str]) -> None:
    assert [text[start:end] for start, end in highlight(text, typed, by_sound=True)] == marked
    assert all(piece.isascii() is False for piece in marked)


@example(text="e\u0315\u0301")
@given(text=st.one_of(MIXED, st.text()))
def test_every_letter_knows_where_it_was_written(text: str) -> None:
    letters, origin = _mapped(text)

    assert letters == flat(text)
    assert len(origin) == len(letters)
    assert origin == sorted(origin)
    assert all(0 <= start < end <= len(text) for start, end in origin)


@given(text=MIXED, typed=MIXED)
def test_marks_lie_in_order_and_apart_and_only_where_something_was_found(text: str, typed: str) -> None:
    spans = highlight(text, typed)
    pieces = [flat(piece) for piece in typed.split() if flat(piece)]

    assert all(0 <= start < end <= len(text) for start, end in spans)
    assert all(before[1] < after[0] for before, after in pairwise(spans))
    assert bool(spans) == any(piece in flat(text) for piece in pieces)


@given(text=MIXED, start=st.integers(0, 14), length=st.integers(1, 14))
def test_every_part_of_a_text_is_marked_when_it_is_typed(text: str, start: int, length: int) -> None:
    part = text[start : start + length]
    if not flat(part) or flat(part) not in flat(text):
        return  # cut through a letter and its accent
    spans = highlight(text, "".join(part.split()))

    assert any(flat(part) in flat(text[left:right]) for left, right in spans)
