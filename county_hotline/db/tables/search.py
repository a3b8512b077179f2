"""Finding an order by any piece of its text: FTS5 over neighbouring pairs of characters, so that a phrase of pairs is a substring.

`路灯不亮` is indexed as the words `路灯 灯不 不亮 亮`; the search `灯不亮` asks for the phrase `灯不 不亮` and is exact.
Letters are folded (case, width, simplified forms), punctuation and blanks dropped, on both sides alike. One character asks for every pair
beginning with it. Names and places are also found by their sound: each syllable is a word, and their initials are text.
The newest orders wait in a plain table, where a substring is looked for as such, until a hundred of them go into the index at once.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final, NamedTuple

from sqlcipher3.dbapi2 import Connection

from county_hotline.domain import pinyin
from county_hotline.domain.highlighting import flat
from county_hotline.domain.simplified import simplified

__all__ = ["flat"]

GAP: Final = "\ue000"
"""Stands after every field, so that no phrase runs from one into the next (a private-use character, never in what is searched)."""
WHOLE: Final = "\ue001"
"""Begins an index word that is found only as a whole: a query code, another system's number, a number's tail."""
SOUND: Final = "\ue002"
"""Begins an index word that is a syllable of a name or place."""
KIND: Final = "\ue003"
"""Begins an index word that says of what kind the order is: a letter for the filter, and the code."""
REGION: Final = KIND + "p"
"""The region where it happened, by code."""
DIGITS: Final = "\ue004"
"""Begins an index word of four digits: pairs of digits stand in every order, and a phone number of ten of them would be slow to find."""
NEWEST: Final = 100
MERGED_PAGES: Final = 500
NAME_LENGTH: Final = 6
"""Up to so many characters a text is spelled in every way it may be read; a longer one in two."""
SPELLED_LENGTH: Final = 40

_NOT_SEARCHED = re.compile(rf"[^\w{GAP}]|_")
_GAPS = re.compile(f"{GAP}{{2,}}")
_NUMBER = re.compile("[0-9]{4,}")
_FIELD_END = re.compile(f"{GAP} {GAP}.", re.DOTALL)


class Line(NamedTuple):
    """What is searched of one order: its fields' text, and its names, each found as a whole, or a sound or a kind, which begin with
    their sign; each field ends with GAP."""

    row: int
    text: str
    names: str


def line_of(
    row: int, fields: Iterable[str], names: Iterable[str], spoken: Iterable[str] = (), kinds: Iterable[tuple[str, str]] = ()
) -> Line:
    """`spoken`: names and places, found by their sound as well. `kinds`: what filters ask for, by their letter (`of_kinds`)."""
    ways = [way for text in spoken for way in _ways(text)]
    initials = dict.fromkeys("".join(syllable[0] for syllable in way) for way in ways)
    sounds = dict.fromkeys(f"{SOUND}{SOUND.join(way)}{GAP}" for way in ways)
    codes = (f"{KIND}{letter}{code}{GAP}" for letter, value in kinds if (code := _code(value)))
    return Line(row, _joined((*fields, *initials)), _joined(names) + "".join((*sounds, *codes)))


@lru_cache(maxsize=4096)
def _code(value: str) -> str:
    return flat(value)


def _ways(text: str) -> tuple[tuple[str, ...], ...]:
    return pinyin.spellings(text[:SPELLED_LENGTH], pinyin.MANY if len(text) <= NAME_LENGTH else 2) if text else ()


def _joined(fields: Iterable[str]) -> str:
    """All fields flat in one go; empty ones leave nothing."""
    whole = GAP.join((*(field.replace(GAP, "") for field in fields), ""))
    text = _NOT_SEARCHED.sub("", unicodedata.normalize("NFKC", whole).casefold())
    return simplified(_GAPS.sub(GAP, text).lstrip(GAP))


def key_of(line: Line) -> int:
    """A fingerprint, by which a refold knows that the index need not be touched."""
    text = f"{line.text}{WHOLE}{line.names}".encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "big", signed=True)


def add(db: Connection, lines: Sequence[Line]) -> None:
    """Orders that are not searched yet."""
    if len(lines) < NEWEST:
        db.executemany("INSERT INTO search_newest VALUES (?,?,?)", lines)
        if db.execute("SELECT count(*) FROM search_newest").fetchone()[0] < NEWEST:
            return
        lines = [Line(*row) for row in db.execute("SELECT row, text, names FROM search_newest")]
        db.execute("DELETE FROM search_newest")
    db.executemany("INSERT INTO search (rowid, pairs) VALUES (?,?)", ((line.row, _words(line)) for line in lines))


def replace(db: Connection, line: Line) -> None:
    """The text of an order is another now."""
    changed = db.execute("UPDATE search_newest SET text = ?, names = ? WHERE row = ?", (line.text, line.names, line.row))
    if changed.rowcount == 0:
        db.execute("DELETE FROM search WHERE rowid = ?", (line.row,))
        db.execute("INSERT INTO search (rowid, pairs) VALUES (?,?)", (line.row, _words(line)))


def drop(db: Connection, row: int) -> None:
    """An order is not searched any more."""
    if db.execute("DELETE FROM search_newest WHERE row = ?", (row,)).rowcount == 0:
        db.execute("DELETE FROM search WHERE rowid = ?", (row,))


def clear(db: Connection) -> None:
    """Nothing is searched any more."""
    db.execute("INSERT INTO search (search) VALUES ('delete-all')")
    db.execute("DELETE FROM search_newest")


def size(db: Connection) -> int:
    """How many rows are searched."""
    count: int = db.execute("SELECT (SELECT count(*) FROM search_docsize) + (SELECT count(*) FROM search_newest)").fetchone()[0]
    return count


def squeeze(run: Callable[[str, int], int]) -> None:
    """Merge the index until nothing is left in it of what was deleted. `run` does one short step and says how many rows changed."""
    step = -MERGED_PAGES
    while run("INSERT INTO search (search, rank) VALUES ('merge', ?)", step) >= 2:
        step = MERGED_PAGES


def _words(line: Line) -> str:
    """The index words of a line, as FTS5 is given them: of `abc` the pairs `ab bc`, the last character `c`, and the gap."""
    names = "".join(map(_name_words, line.names.split(GAP)[:-1]))
    numbers = "".join(f"{_fours(number)} {GAP} " for number in _NUMBER.findall(line.text))
    pairs = " ".join(map(str.__add__, line.text, line.text[1:] + GAP))
    return names + numbers + _FIELD_END.sub(f" {GAP}", pairs)


def _fours(number: str) -> str:
    return " ".join([DIGITS + number[at : at + 4] for at in range(len(number) - 3)])


def _name_words(name: str) -> str:
    if name[0] == SOUND:
        return name.replace(SOUND, f" {SOUND}") + f" {GAP} "
    return f"{name} " if name[0] == KIND else f"{WHOLE}{name} "


class Wanted(NamedTuple):
    """What was typed, as it is asked of the index and of the newest orders."""

    match: str
    """For `search MATCH ?`."""
    newest: str
    """A condition on `search_newest`, with its values."""
    values: tuple[str, ...]

    def rows(self) -> tuple[str, tuple[str, ...]]:
        """SQL for the rows, with its values."""
        return (
            f"(SELECT rowid FROM search WHERE search MATCH ? UNION ALL SELECT row FROM search_newest WHERE {self.newest})",
            (self.match, *self.values),
        )


Regions = Callable[[str], Iterable[str]]
"""The codes of the regions that are called or spelled so; what lies in them is meant too."""


def NO_REGIONS(_piece: str) -> tuple[str, ...]:  # noqa: N802 - a constant that is asked
    return ()


def wanted(typed: str, regions: Regions = NO_REGIONS) -> Wanted | None:
    """The rows in which every blank-separated piece of what was typed is found, as text, as the sound of a name or place, or as the
    region; or which are called so. None for nothing searchable."""
    pieces = [(text, piece) for piece in typed.split() if (text := flat(piece))]
    if not pieces:
        return None
    asked = [_piece(text, piece, regions) for text, piece in pieces]
    called = named(typed)
    return Wanted(
        f"({' AND '.join(each.match for each in asked)}) OR {called.match}",
        f"({' AND '.join(each.newest for each in asked)}) OR {called.newest}",
        tuple(value for each in (*asked, called) for value in each.values),
    )


def of_kinds(kinds: Sequence[tuple[str, str]], found: Wanted | None) -> Wanted | None:
    """Of those found, or of all for None, those of all these kinds."""
    words = [f"{KIND}{letter}{_code(code)}" for letter, code in kinds]
    asked = [Wanted(f'"{word}"', f"instr('{GAP}' || names, ?)", (GAP + word + GAP,)) for word in words]
    if found is not None:
        asked.append(Wanted(f"({found.match})", f"({found.newest})", found.values))
    if not asked:
        return None
    return Wanted(
        " AND ".join(each.match for each in asked),
        " AND ".join(each.newest for each in asked),
        tuple(value for each in asked for value in each.values),
    )


def _piece(text: str, piece: str, regions: Regions) -> Wanted:
    words, here, values = [_phrase(text)], ["instr(text, ?)"], [text]
    for word, found_in_names in _otherwise(text, piece, regions) if len(text) > 1 else ():
        words.append(word)
        here.append(f"instr('{GAP}' || names, ?)")
        values.append(found_in_names)
    return Wanted(f"({' OR '.join(words)})", f"({' OR '.join(here)})", tuple(values))


def _otherwise(text: str, piece: str, regions: Regions) -> Iterator[tuple[str, str]]:
    """By sound and by region: the index words, and how they lie in `names`."""
    for *whole, last in () if text.isdecimal() else pinyin.cut(piece):  # digits are spelled as they are written
        head = [SOUND + syllable for syllable in whole]
        begun = "".join((*head, SOUND + last))
        phrases = [" ".join((*head, SOUND + syllable)) for syllable in pinyin.completed(last)]
        yield " OR ".join(f'"{phrase}"' for phrase in phrases), begun
    for code in regions(text):
        yield f'"{REGION}{code}"', GAP + REGION + code + GAP


def named(typed: str) -> Wanted:
    """The rows that are called so. What was typed has something searchable."""
    name = flat(typed)
    return Wanted(f'"{WHOLE}{name}"', f"instr('{GAP}' || names, ?)", (GAP + name + GAP,))


def _phrase(text: str) -> str:
    if len(text) == 1:
        return f'"{text}"*'
    if _NUMBER.fullmatch(text):
        return f'"{_fours(text)}"'
    return '"' + " ".join(map(str.__add__, text, text[1:])) + '"'
