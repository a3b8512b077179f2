"""疑似重复: whether a request says again what another said, and why we think so. A hint: a person decides whether they are one.

The weights and the threshold are ours (no source names any); they were chosen on public messages of one portal.
"""

from __future__ import annotations

from enum import Enum
from typing import Final

import msgspec

from county_hotline.domain.civil_time import DAY_MS
from county_hotline.domain.likeness import alike, held

LOOKED_BACK_DAYS: Final = 60
LIKELY: Final = 0.35
"""From this score on a repeat is offered."""
_ALIKE_ENOUGH: Final = 0.25
"""Texts that have less in common are no ground of their own to speak of."""
_TITLES, _TITLE_IN_ALL, _CONTENTS = 0.3, 0.4, 0.3
"""How much titles beside each other, each title in all that the other says, and contents beside each other count."""
_PHONE, _PLACE, _CATEGORY = 0.15, 0.05, 0.05
"""What the same phone, place and category add: little, since the same caller or street may well have another matter."""
_FADES: Final = 0.1
"""What the oldest repeat looked for loses against one of today."""


class Ground(str, Enum):
    """Why it is taken for a repeat. Words below `repeats.why.`."""

    PHONE = "phone"  # 同一电话
    TEXT = "text"  # 说的事相近
    PLACE = "place"  # 同一地点
    CATEGORY = "category"  # 同一类别


class Told(msgspec.Struct, frozen=True):
    """What is compared of a request."""

    title: str = ""
    content: str = ""
    place: str = ""
    """Region code."""
    category: str = ""
    at: int = 0
    """UTC ms."""


class Likelihood(msgspec.Struct, frozen=True):
    """How likely one is the other again: 0 to 1, and on what grounds, the weightiest first."""

    score: float
    grounds: tuple[Ground, ...]

    @property
    def is_likely(self) -> bool:
        return self.score >= LIKELY


def compared(one: Told, other: Told, *, same_phone: bool) -> Likelihood:
    """How likely `one` says what `other` said. Only the text makes it likely; phone, place and category strengthen what the text says."""
    text = _alike(one, other)
    place = _same_place(one.place, other.place)
    category = _same_category(one.category, other.category)
    support = _PHONE * same_phone + _PLACE * place + _CATEGORY * category
    score = (text + support * min(1.0, text / _ALIKE_ENOUGH)) * _freshness(one.at, other.at)
    holds = {
        Ground.PHONE: same_phone,
        Ground.TEXT: text >= _ALIKE_ENOUGH,
        Ground.PLACE: place,
        Ground.CATEGORY: category,
    }
    return Likelihood(round(min(1.0, score), 3), tuple(ground for ground, is_so in holds.items() if is_so))


def _alike(one: Told, other: Told) -> float:
    """0 to 1. Where one of them has no title or no content yet, what is there counts alone."""
    titles = alike(one.title, other.title)
    crosswise = (held(one.title, _all_of(other)) + held(other.title, _all_of(one))) / 2
    weighed = [(_TITLES, titles), (_TITLE_IN_ALL, crosswise)] if one.title and other.title else []
    if one.content and other.content:
        weighed.append((_CONTENTS, alike(one.content, other.content)))
    return sum(weight * value for weight, value in weighed) / (sum(weight for weight, _ in weighed) or 1)


def _all_of(told: Told) -> str:
    return f"{told.title}\n{told.content}"


def _same_place(one: str, other: str) -> bool:
    """The same village, or the township that the other names more exactly; the whole county is no place in this sense."""
    if min(len(one), len(other)) < 9:
        return False
    return one.startswith(other) or other.startswith(one)


def _same_category(one: str, other: str) -> bool:
    return bool(one and other) and (one.startswith(other) or other.startswith(one))


def _freshness(one: int, other: int) -> float:
    if not one or not other:
        return 1.0
    days = abs(one - other) / DAY_MS
    return 1 - _FADES * min(1.0, days / LOOKED_BACK_DAYS)
