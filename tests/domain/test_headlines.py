"""A title out of the content, where another system brings none."""

from __future__ import annotations

import re

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


@pytest.mark.parametrize(
    ("content", "title"),
    [
        ("我是王先生，电话13800000000，我们小区路灯坏了三天没人修。", "我们小区路灯坏了三天没人修"),
        ("您好！我叫王小明，手机号 138 0000 0000，村口的桥栏杆断了一截，请来看看。", "村口的桥栏杆断了一截，请来看看"),
        ("尊敬的领导：您好！本人系河西村村民，村里的自来水停了两天。", "村里的自来水停了两天"),
        ("您好，我是河西村东头的居民李大川，想问一下，低保什么时候发到卡上？", "低保什么时候发到卡上"),
        ("我姓李 联系电话：0533-3200000 楼道里的灯一直不亮", "楼道里的灯一直不亮"),
        ("王女士，身份证号370323198001010011，低保还没有发到卡上。", "低保还没有发到卡上"),
        ("市民来电反映：我是河西村的村民，家住村东头，垃圾一周没人清运。", "垃圾一周没人清运"),
        ("你好，我想反映一下问题，夜里施工到十二点，睡不着。", "夜里施工到十二点，睡不着"),
        ("路灯不亮，请打１３８－００００－００００联系，谢谢。", "路灯不亮，请打…联系，谢谢"),
        ("收到骚扰短信（电话13800000000），请查一查。", "收到骚扰短信，请查一查"),
        ("路灯不亮请修，联系人电话+86 138-0000-0000", "路灯不亮请修，联系人…"),
        ("我是王先生，请回电", "我是王先生，请回电"),
        ("13800000000", "…"),
        ("我是昨天被多收了费，找不到人退。", "我是昨天被多收了费，找不到人退"),
        ("2026-11-22停电，户号3703230001", "2026-11-22停电，户号3703230001"),
    ],
)
def test_who_speaks_and_by_which_number_is_no_title(content: str, title: str) -> None:
    assert headline(content) == title


_NUMBERS = st.one_of(
    st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True),
    st.from_regex(r"1[3-9][0-9][- ][0-9]{4}[- ][0-9]{4}", fullmatch=True),
    st.from_regex(r"05[0-9]{2}-?[0-9]{7}", fullmatch=True),
    st.from_regex(r"[2-8][0-9]{6,7}", fullmatch=True),
    st.from_regex(r"37[0-9]{15}[0-9X]", fullmatch=True),
)
_AROUND = st.text("我是王先生电话，。：（） 路灯不亮ab", max_size=20)


@given(before=_AROUND, number=_NUMBERS, after=_AROUND)
def test_no_number_of_a_person_comes_into_a_title(before: str, number: str, after: str) -> None:
    title = headline(f"{before}{number}{after}")

    assert not re.search(r"\d{3}", title)


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
