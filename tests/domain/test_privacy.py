"""Masks: what is shown of a caller, as examples, and that no mask ever shows the whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from county_hotline.domain.privacy import mask_address, mask_id, mask_name, mask_phone


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("林秀英", "林**"),
        ("王芳", "王*"),
        ("甲", "*"),
        ("", ""),
        ("阿卜杜拉·买买提", "阿**"),
        ("𠮷野", "𠮷*"),
        (" 林秀英 ", "林**"),
    ],
)
def test_names(name: str, shown: str) -> None:
    assert mask_name(name) == shown


@pytest.mark.parametrize(
    ("phone", "shown"),
    [
        ("13805914472", "138****4472"),
        ("138 0591 4472", "138 **** 4472"),
        ("0533-3241234", "053*-***1234"),
        ("3241234", "32***34"),
        ("12345", "*****"),
        ("", ""),
        ("13805914472张三", "138******72**"),
    ],
)
def test_phones(phone: str, shown: str) -> None:
    assert mask_phone(phone) == shown


@pytest.mark.parametrize(
    ("number", "shown"), [("370323199001011234", "370***********1234"), ("H12345678", "*********"), ("", "")]
)
def test_identity_numbers(number: str, shown: str) -> None:
    assert mask_id(number) == shown


@pytest.mark.parametrize(
    ("address", "shown"),
    [
        ("城关镇红星村 3 组 18 号", "城关镇红星村***"),
        ("沂源县历山街道振兴路12号", "沂源县历山街道振兴路***"),
        ("3号楼", "***"),
        ("老王家隔壁", "***"),
        ("", ""),
    ],
)
def test_addresses(address: str, shown: str) -> None:
    assert mask_address(address) == shown


@given(text=st.text(min_size=1, max_size=40).filter(lambda text: "*" not in text))
def test_no_mask_ever_shows_the_whole(text: str) -> None:
    whole = text.strip()

    for mask in (mask_name, mask_phone, mask_id, mask_address):
        assert mask(text) != whole or not whole.strip("-+ ()（）－")


@given(digits=st.text("0123456789", min_size=1, max_size=20))
def test_a_phone_shows_at_most_seven_digits(digits: str) -> None:
    assert sum(char.isdigit() for char in mask_phone(digits)) <= min(7, len(digits) - 1)


@given(address=st.text("镇村路0123456789号室ABC", max_size=20))
def test_an_address_shows_no_digit(address: str) -> None:
    assert not any(char.isdigit() for char in mask_address(address))
