"""Times as people and other systems write them: `2018/3/1 9:05`, `2018年3月1日`, `20180301`, `06/26/2018 10:58:54 AM`. Civil time in China.

A person at a form may leave out what is plain: `11-22`, `明天 9:30`, `9:30`, `下午3点半`.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta, timezone
from typing import Final

_CHINA: Final = timezone(timedelta(hours=8))
_TIME: Final = r"(?:[T\s日]*(?P<hour>\d{1,2})[:：时](?P<minute>\d{1,2})(?:[:：分](?P<second>\d{1,2}))?(?:\.\d+)?[分秒]?)?\s*(?P<half>[AaPp][Mm])?"
_SHAPES: Final = (
    re.compile(r"(?P<year>\d{4})\s*[-/.年]\s*(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})日?" + _TIME),
    re.compile(r"(?P<year>\d{4})(?P<month>\d{2})(?P<day>\d{2})(?P<hour>\d{2})?(?P<minute>\d{2})?(?P<second>\d{2})?(?P<half>)"),
    re.compile(r"(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>\d{4})" + _TIME),
)
_ZONED: Final = re.compile(r".*\d[+-]\d{2}:?\d{2}$|.*\dZ$")
_NAMED_DAYS: Final = {"前天": -2, "昨天": -1, "今天": 0, "今日": 0, "明天": 1, "明日": 1, "后天": 2}
_SHORT_DAY: Final = re.compile(r"(?P<month>\d{1,2})\s*[-/.月]\s*(?P<day>\d{1,2})[日号]?")
_DAY_WITH_MARK: Final = re.compile(r"\d{1,2}月\d{1,2}[日号]")
_SHORT_TIME: Final = re.compile(
    r"(?P<half>上午|下午|晚上|中午)?\s*(?P<hour>\d{1,2})(?:[:：](?P<minute>\d{2})|[点时](?:(?P<more>\d{1,2})分?|(?P<and_half>半))?)"
)
_LONG_AGO: Final = timedelta(days=180)
"""A day without a year that lies further back than this is next year's."""


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


def read_day(text: str, today: date) -> date | None:
    """The day a person means, or None: a whole date, `11-22` of this year (or the next, where that is long past), `明天`."""
    text = text.strip()
    if text in _NAMED_DAYS:
        return today + timedelta(days=_NAMED_DAYS[text])
    short = _SHORT_DAY.fullmatch(text)
    if short:
        return _near(int(short["month"]), int(short["day"]), today)
    moment = read_time(text)
    return None if moment is None else datetime.fromtimestamp(moment / 1000, _CHINA).date()


def read_moment(text: str, now: datetime) -> datetime | None:
    """The moment a person means (civil time in China, without a zone), or None: a whole date with a time of day, a short day with one,
    a time of day alone (today's). A day alone means its beginning."""
    text = text.strip()
    whole = read_time(text)
    if whole is not None:
        return datetime.fromtimestamp(whole / 1000, _CHINA).replace(tzinfo=None)
    day_words, _, time_words = text.rpartition(" ") if " " in text else _split(text)
    day = read_day(day_words, now.date()) if day_words.strip() else now.date()
    minutes = _minutes(time_words) if time_words or not day_words.strip() else 0
    if day is None or minutes is None:
        return None
    return datetime.combine(day, datetime.min.time()) + timedelta(minutes=minutes)


def _split(text: str) -> tuple[str, str, str]:
    """Day and time written as one: `明天9:30`. A day alone has no time."""
    for name in _NAMED_DAYS:
        if text.startswith(name):
            return name, "", text.removeprefix(name)
    day = _DAY_WITH_MARK.match(text)
    if day:
        return day[0], "", text[day.end() :]
    return (text, "", "") if _SHORT_DAY.fullmatch(text) else ("", "", text)


def _near(month: int, day: int, today: date) -> date | None:
    try:
        found = date(today.year, month, day)
        return date(today.year + 1, month, day) if today - found > _LONG_AGO else found
    except ValueError:
        return None


def _minutes(text: str) -> int | None:
    found = _SHORT_TIME.fullmatch(text.strip())
    if found is None:
        return None
    hour = int(found["hour"])
    if found["half"] in ("下午", "晚上") and hour < 12:
        hour += 12
    minute = 30 if found["and_half"] else int(found["minute"] or found["more"] or 0)
    return hour * 60 + minute if hour < 24 and minute < 60 else None
