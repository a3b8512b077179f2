"""本地编号: how a work order's number is made and read: `370323-03A-261121-0007K`.

County 6, station 2, life 1, yyMMdd, serial 4, and one check character: ISO 7064 Mod 37,2 over all of them. Mod 37,36 was
measured to miss some neighbouring swaps (`...00701` and `...00710` both pass there); Mod 37,2 finds every one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Final

from stdnum.iso7064 import mod_37_2

from county_hotline.ids import Life, Number, StationId

DIGITS: Final = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
PLAIN_SERIALS: Final = 9_999
LETTERED_SERIALS: Final = 26 * 36**3
NEVER_PRINTED: Final = "*"
"""Mod 37,2's 37th check character: a serial that would need it is skipped."""
DIGITS_AND_STAR: Final = DIGITS + NEVER_PRINTED

_PRINTED = re.compile(r"([0-9]{6}-[0-9A-Z]{2}[A-Z]-[0-9]{6})-([0-9]{4}|[A-Z][0-9A-Z]{3})([0-9A-Z])")
_SHAPE = re.compile(r"([0-9]{6})([0-9A-Z]{2})([A-Z])([0-9]{6})([0-9]{4}|[A-Z][0-9A-Z]{3})([0-9A-Z])")
_LEFT_OUT = str.maketrans("", "", " \t\r\n\u00a0\u3000-\u2010\u2011\u2012\u2013\u2014\u2212\u30fc")
_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


@dataclass(frozen=True, slots=True)
class NumberParts:
    """What a number says."""

    county: str
    station: str
    """Two characters; with the county it is the `StationId`."""
    life: Life
    day: date
    """The station's own day; the clock may have lied."""
    serial_text: str


def make(county: str, station: str, life: Life, day: date, serial: int) -> Number | None:
    """The number of the day's `serial`-th order, or None where that serial is to be skipped (its check would be `*`)."""
    body = f"{county}{station}{life}{day:%y%m%d}{serial_text(serial)}"
    check = mod_37_2.calc_check_digit(body)
    if check == NEVER_PRINTED:
        return None
    number = normalise(body + check)
    if number is None:
        msg = f"not parts of a number: {county}-{station}{life}"
        raise ValueError(msg)
    return number


def following(number: Number) -> Number | None:
    """The number its station gives next on the same day; None after the last of a day, or where `number` is none as printed."""
    shape = _PRINTED.fullmatch(number)
    if shape is None or (remainder := _remainder(shape.group(1))) is None:
        return None
    serial = serial_of(shape.group(2))
    while (serial := serial + 1) <= PLAIN_SERIALS + LETTERED_SERIALS:
        text = serial_text(serial)
        check = DIGITS_AND_STAR[(1 - 2 * _carried_on(remainder, text)) % 37]
        if check != NEVER_PRINTED:
            return Number(f"{shape.group(1)}-{text}{check}")
    return None


def is_valid(text: str) -> bool:
    """Whether `text` is a number exactly as printed."""
    shape = _PRINTED.fullmatch(text)
    if shape is None or (remainder := _remainder(shape.group(1))) is None:
        return False
    return _carried_on(remainder, shape.group(2) + shape.group(3)) == 1


@lru_cache(maxsize=4096)
def _remainder(beginning: str) -> int | None:
    """Mod 37,2 carried over everything before the serial, the same for a station's whole day; None where no such day is."""
    return None if _day(beginning[-6:]) is None else _carried_on(0, beginning.replace("-", ""))


def _carried_on(remainder: int, text: str) -> int:
    """ISO 7064 Mod 37,2, one character after the other; 1 at the end of a sound number."""
    for letter in text:
        remainder = (2 * remainder + DIGITS_AND_STAR.index(letter)) % 37
    return remainder


def normalise(text: str) -> Number | None:
    """The number meant by what was typed or scanned: full-width, lower case, blanks and hyphens do not matter. Never guesses."""
    typed = text.translate(_HALF_WIDTH).translate(_LEFT_OUT)
    shape = _SHAPE.fullmatch(typed.upper()) if typed.isascii() else None
    if shape is None or not mod_37_2.is_valid(shape.string) or _day(shape.group(4)) is None:
        return None
    county, station, life, day, serial, check = shape.groups()
    return Number(f"{county}-{station}{life}-{day}-{serial}{check}")


def looks_like(text: str) -> bool:
    """Whether someone clearly meant a whole number, right or mistyped: then the check character is worth speaking of."""
    typed = text.translate(_HALF_WIDTH).translate(_LEFT_OUT)
    return len(typed) == 20 and typed.isascii() and typed.isalnum()


def parts(number: Number) -> NumberParts:
    """What the number says. Raises ValueError for text that is not a number."""
    shape = _SHAPE.fullmatch(number.translate(_LEFT_OUT))
    day = _day(shape.group(4)) if shape else None
    if shape is None or day is None:
        msg = f"not a number: {number}"
        raise ValueError(msg)
    return NumberParts(shape.group(1), shape.group(2), Life(shape.group(3)), day, shape.group(5))


def is_of(number: Number, station: StationId) -> bool:
    """Whether this station gives such numbers: no other can accept an order under one."""
    return number.startswith(station)


def station_in(number: Number) -> StationId:
    """The station that gives such numbers."""
    return StationId(number[: len("370323-03")])


def short(number: Number) -> str:
    """Day, serial and check alone, for lists where the rest is the same in every row: `261121-0007K`."""
    return number.split("-", 2)[-1]


def serial_text(serial: int) -> str:
    """Four characters: 0001..9999, then A000..ZZZZ, so that the ten-thousandth order of a day has a number too."""
    if not 1 <= serial <= PLAIN_SERIALS + LETTERED_SERIALS:
        msg = f"serial out of range: {serial}"
        raise ValueError(msg)
    if serial <= PLAIN_SERIALS:
        return f"{serial:04d}"
    rest, text = serial - PLAIN_SERIALS - 1, ""
    for _ in range(3):
        rest, digit = divmod(rest, 36)
        text = DIGITS[digit] + text
    return DIGITS[10 + rest] + text


def serial_of(text: str) -> int:
    """What `serial_text` wrote."""
    if text[0].isdigit():
        return int(text)
    return PLAIN_SERIALS + 1 + (DIGITS.index(text[0]) - 10) * 36**3 + int(text[1:], 36)


def _day(text: str) -> date | None:
    try:
        return date(2000 + int(text[:2]), int(text[2:4]), int(text[4:]))
    except ValueError:
        return None
