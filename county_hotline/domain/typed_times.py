"""Times as people and other systems write them: `2018/3/1 9:05`, `2018年3月1日`, `20180301`, `06/26/2018 10:58:54 AM`. Civil time in China."""

from __future__ import annotations

import re
from datetime import datetime, timedelta, timezone
from typing import Final

_CHINA: Final = timezone(timedelta(hours=8))
_TIME: Final = r"(?:[T\s日]*(?P<hour>\d{1,2})[:：时](?P<minute>\d{1,2})(?:[:：分](?P<second>\d{1,2}))?(?:\.\d+)?[分秒]?)?\s*(?P<half>[AaPp][Mm])?"
_SHAPES: Final = (
    re.compile(r"(?P<year>\d{4})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})日?" + _TIME),
    re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?P<hour>\d{2})?(?P<minute>\d{2})?(?P<second>\d{2})?(?P<half>)"),
    re.compile(r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})" + _TIME),
)
_ZONED: Final = re.compile(r".*\d[+-]\d{2}:?\d{2}$|.*\dZ$")


def read_time(text: str) -> int | None:
    """UTC ms of what is written, or None where it is no time. Without a time of day: the day's beginning."""
    text = text.strip()
    if _ZONED.fullmatch(text):
        return _iso(text)
    for shape in _SHAPES:
        found = shape.fullmatch(text)
        if found:
            return _moment(found)
    return None


def _iso(text: str) -> int | None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return round(moment.timestamp() * 1000) if moment.tzinfo else None


def _moment(found: re.Match[str]) -> int | None:
    part = {name: int(value) for name, value in found.groupdict().items() if name != "half" and value}
    hour = part.get("hour", 0)
    if found["half"]:
        hour = hour % 12 + (12 if found["half"].lower() == "pm" else 0)
    try:
        moment = datetime(
            part["year"], part["month"], part["day"], hour, part.get("minute", 0), part.get("second", 0), tzinfo=_CHINA
        )
    except ValueError:
        return None
    return round(moment.timestamp() * 1000)
