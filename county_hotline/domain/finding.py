"""How well what was typed finds something that has names: by its characters, its code, the initials of its pinyin, or whole syllables."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from county_hotline.domain import pinyin

IN_THE_MIDDLE = 9
"""Ranks from here on: found, but not from its beginning."""


def plain(text: str) -> str:
    """Without blanks, small letters."""
    return text.replace(" ", "").replace("\u3000", "").lower()


@lru_cache(maxsize=4_096)
def rank(typed: str, names: tuple[str, ...], code: str = "") -> int | None:
    """The smaller the better, None where it does not fit: 0 the first name begins so, 1 another does, 3 the code, 4 and 5 the same by
    sound, from 9 on somewhere inside. `names` in the order of their weight."""
    wanted = plain(typed)
    if not wanted:
        return 0
    said = [plain(name) for name in names]
    if (at := _first(said, [name.startswith(wanted) for name in said])) is not None:
        return at
    if code and code.startswith(wanted):
        return 3
    is_sound = wanted.isascii() and wanted[0].isalpha()
    if is_sound and (at := _first(said, [_sounds(name, 0, wanted) for name in said])) is not None:
        return 4 + at
    if any(wanted in name for name in said):
        return IN_THE_MIDDLE
    if is_sound and any(_sounds(name, at, wanted) for name in said for at in range(1, len(name))):
        return IN_THE_MIDDLE + 1
    return None


def _sounds(name: str, at: int, wanted: str) -> bool:
    """Whether it is spelled so from there on; most are told by the first letter."""
    begun = any(reading[0] == wanted[0] for reading in pinyin.readings(name[at : at + 1]))
    return begun and pinyin.spelled_end(name, at, wanted) is not None


def _first(said: Sequence[str], holds: Sequence[bool]) -> int | None:
    return next((min(at, 1) for at, fits in zip(range(len(said)), holds, strict=True) if fits), None)


def spoken(typed: str, names: Sequence[str]) -> str:
    """Of several names the one that was meant, to show it beside the first; empty where the first was."""
    ranked = [(found, at) for at, name in enumerate(names) if (found := rank(typed, (name,))) is not None]
    return names[min(ranked)[1]] if ranked and min(ranked)[1] else ""
