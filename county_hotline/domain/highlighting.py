"""Which letters count when something is looked for, and which part of a text is what was looked for."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from county_hotline.domain import pinyin
from county_hotline.domain.simplified import simplified

Spans = tuple[tuple[int, int], ...]

_NOT_SEARCHED: Final = re.compile(r"[^\w]|_")


def flat(text: str) -> str:
    """The characters by which a text is found: letters and digits of any script; compatibility forms, case, and traditional and rare
    forms folded."""
    return simplified(_NOT_SEARCHED.sub("", unicodedata.normalize("NFKC", text).casefold()))


def highlight(text: str, typed: str, *, by_sound: bool = False) -> Spans:
    """Where in `text` what was typed is found, piece by piece as the search takes it: (start, end) of the original text, in order and
    apart. `by_sound`: also where a piece spells it; meant for names and places, which are searched so."""
    marked = [False] * len(text)
    letters, origin = _mapped(text)
    for piece in typed.split():
        for start, end in _held(letters, origin, flat(piece)):
            marked[start:end] = [True] * (end - start)
        if by_sound:
            for start, end in _spelled(text, piece):
                marked[start:end] = [True] * (end - start)
    return _runs(marked)


def _mapped(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The flat text, and for each of its characters from where to where it was written."""
    if text.isascii():
        places = [at for at, char in enumerate(text) if char.isalnum()]
        return "".join(text[at] for at in places).lower(), [(at, at + 1) for at in places]
    letters: list[str] = []
    origin: list[tuple[int, int]] = []
    start = 0
    while start < len(text):
        end = _cluster_end(text, start)
        made = flat(text[start:end])
        letters.append(made)
        origin += [(start, end)] * len(made)
        start = end
    return "".join(letters), origin


def _cluster_end(text: str, start: int) -> int:
    """Up to where characters melt into one when they are normalised: a letter and its accents, the parts of a Hangul syllable."""
    end = start + 1
    while end < len(text) and (unicodedata.combining(text[end]) or _melts(text[start:end], text[end])):
        end += 1
    return end


def _melts(head: str, tail: str) -> bool:
    if unicodedata.is_normalized("NFKC", head + tail):
        return False
    apart = unicodedata.normalize("NFKC", head) + unicodedata.normalize("NFKC", tail)
    return unicodedata.normalize("NFKC", head + tail) != apart


def _held(letters: str, origin: list[tuple[int, int]], piece: str) -> list[tuple[int, int]]:
    found = []
    at = letters.find(piece) if piece else -1
    while at >= 0:
        found.append((origin[at][0], origin[at + len(piece) - 1][1]))
        at = letters.find(piece, at + 1)
    return found


def _spelled(text: str, piece: str) -> list[tuple[int, int]]:
    if len(piece) < 2:
        return []
    ends = ((start, pinyin.spelled_end(text, start, piece)) for start in range(len(text)))
    return [(start, end) for start, end in ends if end is not None]


def _runs(marked: list[bool]) -> Spans:
    found: list[tuple[int, int]] = []
    for at, here in enumerate(marked):
        if here and found and found[-1][1] == at:
            found[-1] = (found[-1][0], at + 1)
        elif here:
            found.append((at, at + 1))
    return tuple(found)
