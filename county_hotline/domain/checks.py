"""Second looks: what in a form is probably mistyped. Cautions never block; a caller with an odd number is still a caller."""

from __future__ import annotations

import re
from typing import Final

from stdnum import exceptions
from stdnum.cn import ric, uscc

from county_hotline.domain.facts import Person
from county_hotline.domain.views import Caution

TITLE_HINT: Final = 25
CONTENT_HINT: Final = 5
DAY_MS: Final = 86_400_000
LONG_AGO_MS: Final = 366 * DAY_MS
CLOCK_TOLERANCE_MS: Final = 5 * 60_000

_HALF_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_SEVERAL = re.compile(r"[、,;/]")
_EXTENSION = re.compile(r"(?:转|分机|ext\.?|#|\*).*$", re.IGNORECASE)
_THIRD_GROUP = re.compile(r"^(\(?0\d{2,3}\)?-\d{7,8})-\d{1,6}$")
_JOINTS = re.compile(r"[\s\-()\u2010-\u2014.]")
_CHINA = re.compile(r"^(?:\+86|0086|86(?=1[3-9]\d{9}$))0?(?=[1-9])")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_SERVICE = re.compile(r"1[0-2]\d{1,4}|9\d{4,7}|[48]00\d{7}|400\d{4}")
_LANDLINE = re.compile(r"0(?:10|2\d)\d{8}|0[3-9]\d{2}\d{7,8}")
_LOCAL = re.compile(r"[2-8]\d{6,7}")
_ALMOST_MOBILE = re.compile(r"1[3-9]\d+")


def cautions_for(
    person: Person, *, title: str = "", content: str = "", came_at: int | None = None, now: int | None = None
) -> list[Caution]:
    """Everything worth a second look, in the order of the form. Empty fields are not spoken of: what is missing blocks elsewhere.

    `came_at` and `now` are UTC ms; a `came_at` of 0 means now.
    """
    return [
        *phone_cautions(person.phone),
        *id_cautions(person.id_number),
        *credit_cautions(person.credit_code),
        *_text_cautions(title, content),
        *_time(came_at, now),
    ]


def phone_cautions(phone: str) -> list[Caution]:
    """Mainland mobiles, landlines with area code and extension, service numbers pass; what else might be wrong says why."""
    several = [part for part in _SEVERAL.split(phone.translate(_HALF_WIDTH)) if part.strip()]
    found = (_phone(part.strip()) for part in several)
    return [Caution("phone", code, details) for code, details in found if code][:1]


def id_cautions(id_number: str) -> list[Caution]:
    """居民身份证 by length, date, region and check digit. Other documents (they begin with a letter) are not judged."""
    number = _JOINTS.sub("", id_number.translate(_HALF_WIDTH)).upper()
    if not number or number[0].isalpha():
        return []
    try:
        ric.validate(number)
    except exceptions.InvalidLength:
        return [Caution("id_number", "id_length", {"length": str(len(number))})]
    except exceptions.InvalidChecksum:
        return [Caution("id_number", "id_check")]
    except exceptions.ValidationError:
        return [Caution("id_number", "id_odd")]
    return []


def credit_cautions(credit_code: str) -> list[Caution]:
    """统一社会信用代码 by length, signs and check character (GB 32100-2015)."""
    code = _JOINTS.sub("", credit_code.translate(_HALF_WIDTH)).upper()
    if not code:
        return []
    try:
        uscc.validate(code)
    except exceptions.InvalidLength:
        return [Caution("credit_code", "credit_length", {"length": str(len(code))})]
    except exceptions.InvalidChecksum:
        return [Caution("credit_code", "credit_check")]
    except exceptions.ValidationError:
        return [Caution("credit_code", "credit_odd")]
    return []


def transfer_cautions(from_above: bool, external_number: str, *, external_due_at: int, now: int) -> list[Caution]:
    """上级转办 without the number it has there, and a limit of theirs that has passed already (moments in UTC ms, 0: none)."""
    found = []
    if from_above and not external_number.strip():
        found.append(Caution("external_number", "external_number_missing"))
    if external_due_at and external_due_at < now:
        found.append(Caution("external_due_at", "external_due_past"))
    return found


def _text_cautions(title: str, content: str) -> list[Caution]:
    found = []
    if len(title) > TITLE_HINT:
        found.append(Caution("title", "title_long", {"length": str(len(title))}))
    if 0 < len(content.strip()) < CONTENT_HINT:
        found.append(Caution("content", "content_short", {"length": str(len(content.strip()))}))
    return found


def _time(came_at: int | None, now: int | None) -> list[Caution]:
    if not came_at or now is None:
        return []
    if came_at > now + CLOCK_TOLERANCE_MS:
        return [Caution("came_at", "came_in_future")]
    if came_at < now - LONG_AGO_MS:
        return [Caution("came_at", "came_long_ago")]
    return []


def _phone(typed: str) -> tuple[str, dict[str, str]]:
    """The code of the caution, empty when the number is plausible."""
    typed = _EXTENSION.sub("", typed)
    typed = _THIRD_GROUP.sub(r"\1", typed)
    number = _CHINA.sub("", _JOINTS.sub("", typed))
    if number.startswith(("+", "00")):
        return "phone_foreign", {}
    number = number if number[:1] != "0" or not _MOBILE.fullmatch(number[1:]) else number[1:]
    if _MOBILE.fullmatch(number) or _SERVICE.fullmatch(number) or _LANDLINE.fullmatch(number) or _is_stripped(typed, number):
        return "", {}
    if _ALMOST_MOBILE.fullmatch(number):
        return ("phone_short" if len(number) < 11 else "phone_long"), {"length": str(len(number))}
    if _LOCAL.fullmatch(number):
        return "phone_no_area", {}
    if re.fullmatch(r"0\d{4,}", number):
        return "phone_landline_short", {}
    return "phone_odd", {}


def _is_stripped(typed: str, number: str) -> bool:
    """`+86 533 3241234`: the area code lost its 0 behind the country code."""
    return "86" in typed[:4] and number != _JOINTS.sub("", typed) and _LANDLINE.fullmatch(f"0{number}") is not None
