"""Finding an order by any piece of its text: FTS5 over neighbouring pairs of characters, so that a phrase of pairs is a substring.

`路灯不亮` is indexed as the words `路灯 灯不 不亮 亮`; the search `灯不亮` asks for the phrase `灯不 不亮` and is exact.
Letters are folded, punctuation and blanks dropped, on both sides alike. One character asks for every pair beginning with it.
"""

from __future__ import annotations

import unicodedata
import zlib
from collections.abc import Iterable

GAP = "\ue000"
"""Stands between fields, so that no phrase runs from one into the next (a private-use character, never in a clerk's text)."""


def flat(text: str) -> str:
    """The characters that are indexed: letters and digits of any script, compatibility forms and case folded."""
    return "".join(c for c in unicodedata.normalize("NFKC", text).casefold() if c.isalnum())


def pairs_of(fields: Iterable[str]) -> str:
    """The index words of some fields, as FTS5 is given them."""
    words: list[str] = []
    for field in fields:
        text = flat(field)
        if text:
            words.extend(map(str.__add__, text, text[1:]))
            words.append(text[-1])
            words.append(GAP)
    return " ".join(words)


def search_key(fields: Iterable[str]) -> int:
    """A fingerprint of the fields, by which a refold knows that the index need not be touched."""
    return zlib.crc32("\x1f".join(fields).encode("utf-8", "surrogatepass"))


def phrase_for(typed: str) -> str | None:
    """The FTS5 query for what was typed: every blank-separated piece must be found. None when nothing searchable was typed."""
    pieces = [text for piece in typed.split() if (text := flat(piece))]
    if not pieces:
        return None
    return " AND ".join(_phrase(text) for text in pieces)


def _phrase(text: str) -> str:
    if len(text) == 1:
        return f'"{text}"*'
    return '"' + " ".join(map(str.__add__, text, text[1:])) + '"'
