"""疑似重复: the text decides, phone, place and category only strengthen, and every reason given holds."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from county_hotline.domain.civil_time import DAY_MS
from county_hotline.domain.repeats import LOOKED_BACK_DAYS, Ground, Told, compared

VILLAGE, TOWNSHIP = "370323109203", "370323109"
NOW = 1_795_223_520_000
LAMP = Told("村口路灯不亮", "村口到卫生室的路灯三天不亮，晚上看不清路，老人摔了一跤。", VILLAGE, "0204", NOW)
LAMP_AGAIN = Told("路灯坏了没人修", "我们村口的路灯好几天不亮，晚上看不清路，什么时候修。", VILLAGE, "0204", NOW - DAY_MS)
WATER = Told("自来水发黄", "家里自来水连着两天发黄，有泥味，不能喝。", VILLAGE, "0202", NOW - DAY_MS)
WAGES = Told("工地欠薪", "在县城工地干了三个月，老板一直不发工资。", "370323001", "0701", NOW - DAY_MS)


def test_the_same_matter_in_other_words_is_likely_and_says_why() -> None:
    found = compared(LAMP, LAMP_AGAIN, same_phone=False)

    assert found.is_likely
    assert found.grounds == (Ground.TEXT, Ground.PLACE, Ground.CATEGORY)


@pytest.mark.parametrize("other", [WATER, WAGES])
def test_another_matter_is_none_even_of_the_same_caller(other: Told) -> None:
    assert not compared(LAMP, other, same_phone=True).is_likely


def test_the_very_same_text_is_certain() -> None:
    assert compared(LAMP, LAMP, same_phone=True).score == 1.0


def test_the_same_phone_makes_it_likelier() -> None:
    assert compared(LAMP, LAMP_AGAIN, same_phone=True).score > compared(LAMP, LAMP_AGAIN, same_phone=False).score


def test_a_title_alone_is_enough_to_look_by() -> None:
    assert compared(replace(LAMP, content=""), LAMP, same_phone=False).is_likely


def test_a_township_holds_its_villages_and_the_county_is_no_place() -> None:
    def grounds(place: str) -> tuple[Ground, ...]:
        return compared(LAMP, replace(LAMP, place=place), same_phone=False).grounds

    assert Ground.PLACE in grounds(TOWNSHIP)
    assert Ground.PLACE not in grounds("370323110")
    assert Ground.PLACE not in grounds("370323")
    assert Ground.PLACE not in grounds("")


def test_nothing_in_common_is_nothing() -> None:
    assert compared(Told(), Told(), same_phone=True).score == 0.0


@given(days=st.integers(0, 400))
def test_what_is_longer_ago_is_never_likelier(days: int) -> None:
    near = compared(LAMP, replace(LAMP_AGAIN, at=NOW - days * DAY_MS), same_phone=False)
    far = compared(LAMP, replace(LAMP_AGAIN, at=NOW - (days + 1) * DAY_MS), same_phone=False)

    assert far.score <= near.score
    assert days < LOOKED_BACK_DAYS or far.score == near.score


TEXTS = st.text(alphabet="路灯不亮村口水沟堵了，。", max_size=20)
TOLDS = st.builds(Told, TEXTS, TEXTS, st.sampled_from(["", TOWNSHIP, VILLAGE]), st.sampled_from(["", "02", "0204"]))


@given(one=TOLDS, other=TOLDS, same=st.booleans())
def test_comparing_never_fails_and_is_the_same_from_both_sides(one: Told, other: Told, same: bool) -> None:
    forth, back = compared(one, other, same_phone=same), compared(other, one, same_phone=same)

    assert 0 <= forth.score <= 1
    assert abs(forth.score - back.score) <= 0.001
    assert forth.grounds == back.grounds
    assert (Ground.PHONE in forth.grounds) == same
