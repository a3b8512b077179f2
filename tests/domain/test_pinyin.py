"""Names and places by their sound, and characters by their simplified form."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from county_hotline.domain import pinyin
from county_hotline.domain.simplified import forms, simplified

HAN = "王贵香单田芳曾国藩吕长重庆厦门路行吴莊𠮷红星镇村李鑫淼爱安西"
NAMES = st.text(st.sampled_from(HAN), min_size=1, max_size=4)


@pytest.mark.parametrize(
    ("name", "initials", "full"),
    [
        ("王贵香", "wgx", "wangguixiang"),
        ("红星镇 3号楼B座", "hxz3hlbz", "hongxingzhen3haoloubzuo"),
        ("吳家莊", "wjz", "wujiazhuang"),
        ("𠮷田", "jt", "jitian"),
        ("３号", "3h", "3hao"),
        ("重庆路", "cql", "chongqinglu"),
        ("长寿街", "csj", "changshoujie"),
        ("，。", "", ""),
    ],
)
def test_names_and_places_are_spelled_as_people_type_them(name: str, initials: str, full: str) -> None:
    assert pinyin.initials(name) == initials
    assert pinyin.full(name) == full


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("单田芳", "shantian"),
        ("单田芳", "dtf"),
        ("单田芳", "stf"),
        ("曾国藩", "zengg"),
        ("吕布", "lvbu"),
        ("吕布", "lubu"),
        ("西安路", "xi'anlu"),
        ("西安路", "XIANL"),
        ("仇和", "qiuh"),
        ("万俟明", "moqiming"),
        ("尉迟恭", "yuchigong"),
    ],
)
def test_every_reading_that_matters_is_understood(name: str, typed: str) -> None:
    assert pinyin.begins(name, typed)


@pytest.mark.parametrize(
    ("name", "typed"), [("王贵香", "wagx"), ("王贵香", "angui"), ("王贵香", ""), ("王", "wangg"), ("王贵香", "gui香")]
)
def test_what_is_not_so_spelled_is_not_begun_so(name: str, typed: str) -> None:
    assert not pinyin.begins(name, typed)


@given(name=NAMES)
def test_a_name_is_found_by_every_beginning_of_its_spellings_from_any_character_on(name: str) -> None:
    for start in range(len(name)):
        rest = name[start:]
        for typed in (pinyin.full(rest), pinyin.initials(rest)):
            for end in range(1, len(typed) + 1):
                assert pinyin.holds(name, typed[:end]), (name, typed[:end])


@given(name=NAMES)
def test_what_is_typed_in_full_is_cut_into_its_syllables(name: str) -> None:
    for way in pinyin.spellings(name):
        if len(way) <= 2:
            assert way in pinyin.cut("".join(way))


def test_what_is_typed_may_be_cut_in_several_ways_and_its_last_syllable_be_unfinished() -> None:
    assert set(pinyin.cut("xian")) == {("xian",), ("xia", "n"), ("xi", "an"), ("xi", "a", "n")}
    assert ("wang", "g") in pinyin.cut("wangg")
    assert pinyin.cut("wgx") == ()
    assert pinyin.cut("路") == ()


@given(name=st.text(st.sampled_from("单长重行都会解曾"), max_size=30))
def test_a_text_is_spelled_in_few_ways(name: str) -> None:
    assert len(pinyin.spellings(name)) <= pinyin.MANY


@pytest.mark.parametrize(
    ("written", "typed"), [("後龍村", "后龙村"), ("髙喆", "高哲"), ("𠮷祥", "吉祥"), ("広場", "广场"), ("吉A1", "吉A1")]
)
def test_characters_are_looked_for_by_their_simplified_form(written: str, typed: str) -> None:
    assert simplified(written) == typed


def test_a_simplified_form_has_none_that_is_simpler_and_no_letter_is_touched() -> None:
    assert len(forms()) > 4000
    for code, form in forms().items():
        assert len(form) == 1
        assert simplified(form) == form
        assert unicodedata.category(chr(code)) == "Lo"


@given(text=st.text())
def test_places_in_a_text_stay_what_they_are(text: str) -> None:
    assert len(simplified(text)) == len(text)
