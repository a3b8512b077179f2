"""Chinese words of a command as they are typed in Latin letters: initials and whole syllables, however they may be read."""

from __future__ import annotations

from functools import cache

from county_hotline.domain import pinyin

READINGS = 4


@cache
def spell(words: str) -> tuple[str, ...]:
    """`登记` as `dj` and `dengji`."""
    ways = pinyin.spellings(words, READINGS)
    return tuple(dict.fromkeys(spelled for way in ways for spelled in ("".join(each[:1] for each in way), "".join(way))))
