"""How alike two Chinese texts are: by pairs of neighbouring characters, since nobody writes blanks between the words."""

from __future__ import annotations

import re
from typing import Final

_SIGNS: Final = re.compile(r"[^\w]+")
_PLAIN_LENGTH: Final = 4_000
"""Characters of a text that are looked at: what is further down says little more."""


def plain(text: str) -> str:
    """The text without blanks and punctuation, small letters, as much of it as is compared."""
    return _SIGNS.sub("", text[:_PLAIN_LENGTH].lower())


def pairs(text: str) -> frozenset[str]:
    """Pairs of neighbouring characters; one character alone stands for itself."""
    text = plain(text)
    if len(text) < 2:
        return frozenset({text} - {""})
    return frozenset(text[place : place + 2] for place in range(len(text) - 1))


def alike(one: str, other: str) -> float:
    """From 0 (nothing in common) to 1 (the same pairs): twice what both have over all they have (Dice)."""
    mine, theirs = pairs(one), pairs(other)
    if not mine or not theirs:
        return 0.0
    return 2 * len(mine & theirs) / (len(mine) + len(theirs))


def held(wanted: str, text: str) -> float:
    """How much of `wanted` stands in `text`, 0 to 1; 1 where it stands there as it is."""
    if not (sought := plain(wanted)):
        return 0.0
    if sought in plain(text):
        return 1.0
    return len(pairs(wanted) & pairs(text)) / len(pairs(wanted))
