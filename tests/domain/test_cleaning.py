"""Cleaning: what pasted text brings along is taken out, nothing a person can see is lost."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from county_hotline.domain.cleaning import clean, cleaned, storable

DIRT = (
    "\u200b\u200c\u200d\u2060\ufeff\u00ad\u202e\u0008\u0000\u007f\u0085\t\u00a0\u3000\r\n \u2028\ufffe\ud842\udfb7\ufe0f\u0301"
)
pasted = st.text(st.characters() | st.sampled_from(DIRT + "村路灯🌧👩👧é㛃𠮷"), max_size=40)


@pytest.mark.parametrize(
    ("dirty", "plain"),
    [
        ("\t\t路灯不亮\r\n", "路灯不亮"),
        ("　　路灯不亮\u200b", "路灯不亮"),
        ("路\u00a0灯 \t 不亮", "路 灯 不亮"),
        ("路灯\x08不亮", "路灯不亮"),
        ("\ufeff路灯", "路灯"),
        ("caf\u0065\u0301", "café"),
        ("\ud842\udfb7野", "𠮷野"),
        ("\ud842路灯", "路灯"),
        ("路灯\u202e亮不", "路灯亮不"),
        ("👩\u200d👧来访", "👩\u200d👧来访"),
        ("中\u200d国", "中国"),
        ("第一行\n第二行", "第一行 第二行"),
        ("姓\ue000名", "姓\ue000名"),
        ("㛃𬭎䶮", "㛃𬭎䶮"),
        ("葛\U000e0100飾", "葛\U000e0100飾"),
    ],
)
def test_one_line_of_text(dirty: str, plain: str) -> None:
    assert clean(dirty, lines=False) == plain


@pytest.mark.parametrize(
    ("dirty", "plain"),
    [
        ("一\r\n二\r三\u2028四", "一\n二\n三\n四"),
        ("　　一  \n\n\n\n　　二\n", "一\n\n二"),
        ("\n\n一", "一"),
        ("一\x0b二", "一\n二"),
    ],
)
def test_text_of_several_lines(dirty: str, plain: str) -> None:
    assert clean(dirty, lines=True) == plain


@given(text=pasted, lines=st.booleans())
def test_cleaning_twice_is_cleaning_once(text: str, lines: bool) -> None:
    once = clean(text, lines=lines)

    assert clean(once, lines=lines) == once


@given(text=pasted, lines=st.booleans())
def test_what_can_be_seen_is_never_emptied(text: str, lines: bool) -> None:
    if any(char.isprintable() and not char.isspace() for char in text):
        assert clean(text, lines=lines)


@given(text=pasted, lines=st.booleans())
def test_what_can_be_seen_stays_in_its_order(text: str, lines: bool) -> None:
    def seen(any_text: str) -> str:
        joined = any_text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")
        return unicodedata.normalize("NFC", "".join(char for char in joined if char.isprintable() and not char.isspace()))

    assert seen(clean(text, lines=lines)) == seen(text)


@given(text=pasted, lines=st.booleans())
def test_nothing_unseen_is_left(text: str, lines: bool) -> None:
    left = {char for char in clean(text, lines=lines) if unicodedata.category(char) in {"Cc", "Cf", "Cs", "Zl", "Zp", "Zs"}}

    assert left <= ({" ", "\n", "\u200d"} if lines else {" ", "\u200d"})


@given(text=pasted)
def test_the_original_can_be_kept_as_it_was(text: str) -> None:
    kept = storable(text)

    assert kept.encode("utf-8").decode("utf-8") == kept
    if not any(unicodedata.category(char) == "Cs" for char in text):
        assert kept == text


def test_whether_anything_was_changed_is_told() -> None:
    assert cleaned("路灯不亮") == ("路灯不亮", False)
    assert cleaned("路灯不亮\u200b") == ("路灯不亮", True)
    assert cleaned("一\n二", lines=True) == ("一\n二", False)
