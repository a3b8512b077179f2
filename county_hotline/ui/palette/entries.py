"""The lines of 找命令 and which of them are meant by what was typed. Pure: no Tk, no desk."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

Spell = Callable[[str], tuple[str, ...]]
"""How Chinese words are typed in Latin letters: initials, and in full (`domain.pinyin`)."""
MOST_RECENT = 8


@dataclass(frozen=True, slots=True)
class Entry:
    """One line. `name` is a wording key or a key made of one, so that what is remembered of it names nobody."""

    name: str
    words: str
    do: Callable[[], None]
    shown: str = ""
    """Its key, as a person reads it."""
    group: str = ""
    """A quiet word after it: this page, a setting."""
    icon: str = ""
    why_not: str = ""


def found(entries: Sequence[Entry], typed: str, *, recent: Sequence[str], spell: Spell) -> tuple[Entry, ...]:
    """What was meant, the likeliest first: nothing typed shows the recent ones, then what the page in front can do, as given.

    Every word typed must be found in the line's words, their pinyin, or its key.
    """
    wanted = typed.lower().split()
    ranks = {name: at for at, name in enumerate(recent)}
    graded = [
        (grade, ranks.get(entry.name, len(recent)), at)
        for at, entry in enumerate(entries)
        for grade in [_grade(entry, wanted, spell)]
    ]
    return tuple(entries[at] for grade, _rank, at in sorted(each for each in graded if each[0] >= 0))


def remembered(recent: Sequence[str], name: str) -> tuple[str, ...]:
    """The recent names with this one first."""
    return (name, *(each for each in recent if each != name))[:MOST_RECENT]


def _grade(entry: Entry, wanted: Sequence[str], spell: Spell) -> int:
    """0 is best; -1 is not meant."""
    worst = 0
    for word in wanted:
        grade = _grade_of(entry, word, spell)
        if grade < 0:
            return -1
        worst = max(worst, grade)
    return worst


def _grade_of(entry: Entry, word: str, spell: Spell) -> int:
    words, key = entry.words.lower(), _plain(entry.shown)
    if key and key == _plain(word):
        return 0
    spellings = spell(entry.words) if word.isascii() else ()
    grades = (
        words.startswith(word),
        any(each.startswith(word) for each in spellings),
        word in words,
        any(word in each for each in spellings) or bool(key and _plain(word) and key.startswith(_plain(word))),
        word in entry.group.lower(),
    )
    return next((grade for grade, hit in enumerate(grades, 1) if hit), -1)


def _plain(key: str) -> str:
    """`Ctrl+D`, `ctrl d` and `CTRLD` are one key."""
    return "".join(letter for letter in key.lower() if letter.isalnum())
