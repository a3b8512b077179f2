"""A title out of the content, where another system brings none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from county_hotline.domain.headlines import LENGTH, headline, shortened


@pytest.mark.parametrize(
    ("content", "title"),
    [
        ("市民来电反映：村口路灯不亮三天了。希望尽快修好。", "村口路灯不亮三天了"),
        ("市民来电咨询:身份证挂失需要什么材料", "身份证挂失需要什么材料"),
        ("路灯不亮", "路灯不亮"),
        ("不亮。路灯坏了三天，请修。", "不亮。路灯坏了三天，请修。"),
        ("来电反映：", "来电反映："),
        ("第一行很短\n第二行接着说明是什么地方的什么事情，说得很长很长很长", "第一行很短 第二行接着说明是什么地方的什么事情…"),
        (
            "小区门口的道路坑坑洼洼已有半年，下雨天积水很深，行人无法通过，要求维修",
            "小区门口的道路坑坑洼洼已有半年，下雨天积水很深…",
        ),
    ],
)
def test_the_title_is_the_beginning_of_the_matter(content: str, title: str) -> None:
    assert headline(content) == title


@given(content=st.text(min_size=1, max_size=200))
def test_a_title_is_never_too_long_nor_empty_without_need(content: str) -> None:
    title = headline(content)

    assert len(title) <= LENGTH
    assert bool(title) or not content.split()


@given(text=st.text(max_size=100), length=st.integers(10, 60))
def test_what_was_cut_says_so(text: str, length: int) -> None:
    short = shortened(text, length)

    assert len(short) <= length
    assert short == text or short.endswith("…")
