"""拼音: how names and places are typed by their sound: initials (`wgx`) and whole syllables (`wangguixiang`), ü as v, without tones.

A character may have several readings (单 dan, shan); the first is the commonest in names and places. Letters and digits spell themselves;
what is neither is left out. Traditional and rare characters are read as their simplified form.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from functools import cache
from importlib import resources
from itertools import product
from typing import NamedTuple

from county_hotline.domain.simplified import forms

MANY = 8
"""No text is spelled in more ways than this."""
LONGEST = 6
"""Letters of the longest syllable, zhuang."""


class _Tables(NamedTuple):
    readings: dict[str, tuple[str, ...]]
    """Of every character that is spelled, the commonest first; of traditional and rare ones those of their simplified form."""
    syllables: frozenset[str]
    begun: frozenset[str]
    """Whatever begins a syllable."""


@cache
def _tables() -> _Tables:
    found: dict[str, tuple[str, ...]] = {char: (char,) for char in "0123456789abcdefghijklmnopqrstuvwxyz"}
    several: dict[str, list[str]] = {}
    syllables = []
    text = (resources.files("county_hotline") / "data" / "han" / "readings.txt").read_text(encoding="utf-8")
    for line in text.splitlines():
        syllable, chars, *also = line.split(" ")
        syllables.append(syllable)
        found.update(dict.fromkeys(chars, (syllable, syllable.replace("v", "u")) if "v" in syllable else (syllable,)))
        for char in also[0] if also else "":
            several.setdefault(char, []).append(syllable)
    for char, others in several.items():
        found[char] = (*found[char], *others)
    found.update({chr(code): found[form] for code, form in forms().items() if form in found})
    begun = frozenset(syllable[:end] for syllable in syllables for end in range(1, len(syllable) + 1))
    return _Tables(found, frozenset(syllables), begun)


def readings(char: str) -> tuple[str, ...]:
    """How one character is read, the commonest first; empty for what is not spelled. 吕 is lv, and typed lu as well."""
    return _tables().readings.get(char.lower(), ())


def initials(text: str) -> str:
    """`红星镇3号` as `hxz3h`, by the commonest readings."""
    return "".join(syllable[0] for syllable in _syllables(text))


def full(text: str) -> str:
    """`王贵香` as `wangguixiang`, by the commonest readings."""
    return "".join(_syllables(text))


def _syllables(text: str) -> Iterator[str]:
    return (found[0] for found in _read(text))


def _read(text: str) -> list[tuple[str, ...]]:
    known = _tables().readings
    return [found for char in unicodedata.normalize("NFKC", text).lower() if (found := known.get(char))]


def spellings(text: str, most: int = MANY) -> tuple[tuple[str, ...], ...]:
    """The syllables of a name or place, character by character, in every way it may be read; the commonest first, `most` at most."""
    read = _read(text)
    ways = 1
    for place, found in enumerate(read):
        if len(found) > 1:
            if ways * len(found) > most:
                read[place] = found[:1]
            else:
                ways *= len(found)
    return tuple(product(*read)) if read else ()


def begins(text: str, typed: str) -> bool:
    """Whether a name or place begins as typed, by initials or by syllables of which the last may be unfinished."""
    return spelled_end(text, 0, typed) is not None


def holds(text: str, typed: str) -> bool:
    """Whether what was typed spells the text from one of its characters on."""
    return any(spelled_end(text, start, typed) is not None for start in range(len(text)))


def spelled_end(text: str, start: int, typed: str) -> int | None:
    """Up to where what was typed spells the text from `start` on, by initials or by syllables; None where it does not. Case and
    apostrophes (`xi'an`) do not matter."""
    letters = _letters(typed)
    if not letters or not letters.isascii() or start >= len(text) or not readings(text[start]):
        return None
    by_syllables = _end(text, start, letters, whole=True)
    return by_syllables if by_syllables is not None else _end(text, start, letters, whole=False)


def _letters(typed: str) -> str:
    return typed.casefold().replace("'", "").replace("’", "")


def _end(text: str, at: int, letters: str, *, whole: bool) -> int | None:
    """Every reading of every character is tried; letters left at the end begin the last syllable."""
    if at >= len(text):
        return None
    found = readings(text[at])
    if not found:
        return _end(text, at + 1, letters, whole=whole)
    for reading in found:
        sound = reading if whole else reading[0]
        if sound.startswith(letters):
            return at + 1
        if letters.startswith(sound) and (end := _end(text, at + 1, letters[len(sound) :], whole=whole)) is not None:
            return end
    return None


def cut(typed: str) -> tuple[tuple[str, ...], ...]:
    """The ways in which typed letters are syllables, the last of which may be unfinished: `xian` is one syllable or two. Digits
    stand for themselves. Empty for what is no pinyin, `MANY` at most."""
    letters = _letters(typed)
    if not letters.isascii() or not letters.isalnum():
        return ()
    return tuple(way for _, way in zip(range(MANY), _cut(letters), strict=False))


@cache
def completed(begun: str) -> tuple[str, ...]:
    """The syllables that begin so; a digit is its own."""
    return tuple(sorted(each for each in _tables().syllables if each.startswith(begun))) or (begun,)


def _cut(letters: str) -> Iterator[tuple[str, ...]]:
    _, syllables, begun = _tables()
    if letters in begun or (letters.isdigit() and len(letters) == 1):
        yield (letters,)
    for length in range(min(LONGEST, len(letters) - 1), 0, -1):
        head = letters[:length]
        if head in syllables or (length == 1 and head.isdigit()):
            yield from ((head, *rest) for rest in _cut(letters[length:]))
