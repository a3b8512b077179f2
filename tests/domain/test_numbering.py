"""Numbers: unique by their parts, every wrong character and every neighbouring swap found, and reading that never guesses."""

from __future__ import annotations

import re
from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from county_hotline.domain.numbering import (
    DIGITS,
    LETTERED_SERIALS,
    PLAIN_SERIALS,
    following,
    is_valid,
    looks_like,
    make,
    normalise,
    parts,
    serial_text,
    short,
)
from county_hotline.ids import Life, Number

DAY = date(2026, 11, 21)
A = Life("A")
LAST = PLAIN_SERIALS + LETTERED_SERIALS

days = st.dates(date(2024, 1, 1), date(2099, 12, 31))
serials = st.integers(1, LAST)


def numbers_of(count: int) -> list[Number]:
    """Numbers of several stations, days and serials, with and without letters."""
    found = []
    for step in range(count):
        serial = step * 7_919 % LAST + 1
        number = make("370323", f"{step % 100:02d}", Life("ABZ"[step % 3]), date(2026, 1 + step % 12, 1 + step % 28), serial)
        if number:
            found.append(number)
    return found


@given(station=st.integers(0, 99), life=st.sampled_from("ABCXYZ"), day=days, serial=serials)
def test_a_number_says_what_it_was_made_of(station: int, life: str, day: date, serial: int) -> None:
    number = make("370323", f"{station:02d}", Life(life), day, serial)

    if number is not None:
        told = parts(number)
        assert (told.county, told.station, told.life, told.day) == ("370323", f"{station:02d}", life, day)
        assert told.serial_text == serial_text(serial)
        assert is_valid(number)
        assert re.fullmatch(r"[0-9]{6}-[0-9]{2}[A-Z]-[0-9]{6}-[0-9A-Z]{5}", number)


def test_a_known_number_is_as_it_was_printed() -> None:
    """On slips for ever: this may never change."""
    assert make("370323", "03", A, DAY, 7) == "370323-03A-261121-0007X"


def test_every_wrong_character_is_found() -> None:
    """Exhaustive: each of 20 places, each of the 35 other characters, in 120 numbers."""
    missed = []
    for number in numbers_of(120):
        plain = number.replace("-", "")
        for place, right in enumerate(plain):
            for wrong in DIGITS:
                typed = plain[:place] + wrong + plain[place + 1 :]
                if wrong != right and normalise(typed) is not None:
                    missed.append((number, typed))

    assert missed == []


def test_every_swap_of_neighbours_is_found() -> None:
    """Mod 37,36 lets about one in a thousand through, such as ...00701 for ...00710."""
    missed, tried = [], 0
    for number in numbers_of(3_000):
        plain = number.replace("-", "")
        for place, (left, right) in enumerate(pairwise(plain)):
            if left != right:
                tried += 1
                typed = plain[:place] + right + left + plain[place + 2 :]
                if normalise(typed) is not None:
                    missed.append((number, typed))

    assert tried > 30_000
    assert missed == []


def test_no_two_of_a_days_first_serials_are_alike_and_few_are_skipped() -> None:
    made = [make("370323", "03", A, DAY, serial) for serial in range(1, 12_001)]
    numbers = [number for number in made if number]

    assert len(set(numbers)) == len(numbers)
    assert 1 / 40 < made.count(None) / len(made) < 1 / 34


@pytest.mark.parametrize(
    "typed",
    [
        "370323-03A-261121-0007X",
        "37032303A2611210007X",
        "370323 03a 261121 0007x",
        "370323-03a-261121-0007x\n",
        "３７０３２３－０３Ａ－２６１１２１－０００７Ｘ",
        "370323–03A—261121‐0007X",
        "　370323-03A-261121-0007X ",
    ],
)
def test_what_was_meant_is_read(typed: str) -> None:
    assert normalise(typed) == "370323-03A-261121-0007X"


@pytest.mark.parametrize(
    "typed",
    [
        "",
        "370323-03A-261121-0007Y",
        "37O323-03A-261121-0007X",
        "370323-03A-26ll21-0007X",
        "370323-03A-261121-OOO7X",
        "370323-03A-261121-0007X1",
        "①70323-03A-261121-0007X",
        "370323-03A-261121-0007*",
        "370323-03A-26112١-0007X",
    ],
)
def test_what_is_not_a_number_is_not_made_into_one(typed: str) -> None:
    assert normalise(typed) is None


def test_a_day_that_is_none_is_refused_even_with_a_right_check() -> None:
    from stdnum.iso7064 import mod_37_2

    body = "37032303A2613210007"

    assert normalise(body + mod_37_2.calc_check_digit(body)) is None


@given(text=st.text(max_size=30))
def test_reading_never_raises_and_what_it_reads_is_valid(text: str) -> None:
    number = normalise(text)

    assert number is None or is_valid(number)


@given(one=serials, other=serials)
def test_serials_sort_as_they_count_and_never_collide(one: int, other: int) -> None:
    texts = serial_text(one), serial_text(other)

    assert (texts[0] < texts[1]) == (one < other)
    assert {len(text) for text in texts} == {4}


@pytest.mark.parametrize(
    ("serial", "text"), [(1, "0001"), (9_999, "9999"), (10_000, "A000"), (10_035, "A00Z"), (56_656, "B000"), (LAST, "ZZZZ")]
)
def test_a_day_may_have_more_than_9999_orders(serial: int, text: str) -> None:
    assert serial_text(serial) == text


@pytest.mark.parametrize("serial", [0, -1, LAST + 1])
def test_a_serial_out_of_range_is_a_bug_of_the_caller(serial: int) -> None:
    with pytest.raises(ValueError, match="serial out of range"):
        serial_text(serial)


@pytest.mark.parametrize(("county", "station", "life"), [("37032", "03", "A"), ("370323", "3", "A"), ("370323", "03", "1")])
def test_parts_that_are_none_make_no_number(county: str, station: str, life: str) -> None:
    with pytest.raises(ValueError, match=r"not parts|number"):
        [make(county, station, Life(life), DAY, serial) for serial in range(1, 10)]


def test_a_mistyped_whole_number_is_told_from_other_words() -> None:
    assert looks_like("370323-03A-261121-0007Y")
    assert not looks_like("路灯")
    assert not looks_like("0007X")


@given(serial=st.integers(1, LAST - 2), station=st.integers(0, 99))
def test_the_number_that_follows_is_the_next_that_is_given(serial: int, station: int) -> None:
    given_out = (make("370323", f"{station:02d}", A, DAY, each) for each in range(serial, serial + 9) if each <= LAST)
    numbers = [number for number in given_out if number is not None]

    for one, other in pairwise(numbers):
        assert following(one) == other


def test_nothing_follows_a_days_last_number_nor_what_is_none() -> None:
    last = next(number for serial in range(LAST, 0, -1) if (number := make("370323", "03", A, DAY, serial)) is not None)

    assert following(last) is None
    assert following(Number("370323-03A-261399-0007K")) is None
    assert following(Number("路灯")) is None


def _spoilt(at: int, letter: str) -> str:
    number = make("370323", "03", A, DAY, 7) or ""
    return number[:at] + letter + number[at + 1 :]


@given(text=st.text("0123AXZ-*o", max_size=24) | st.builds(_spoilt, st.integers(0, 21), st.sampled_from("0A-*z９")))
def test_valid_is_what_reads_as_itself(text: str) -> None:
    assert is_valid(text) == (normalise(text) == text)


def test_lists_show_the_day_and_the_serial() -> None:
    assert short(Number("370323-03A-261121-0007X")) == "261121-0007X"
