"""What pasted text brings along and nobody sees: taken out, blanks evened; the original is kept beside by who calls.

Real messages hold tabs, U+00A0, U+200B, U+3000 and once a U+0008. Rare characters, private-use ones and emoji stay as they are.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

JOINER: Final = "\u200d"
_LINE_ENDS = re.compile("\r\n|[\r\n\x0b\x0c\x85\u2028\u2029]")
_BLANKS = re.compile(r" {2,}")
_EMPTY_LINES = re.compile(r"\n{3,}")
_JOINERS = re.compile(f"{JOINER}+")
_PICTURE = "\u2600-\u27bf\u2b00-\u2bff\U0001f000-\U0001faff"
_LOOSE_JOINER = re.compile(f"(?<![{_PICTURE}\ufe0f]){JOINER}|{JOINER}(?![{_PICTURE}])")


def clean(text: str, *, lines: bool) -> str:
    """`text` without what cannot be seen, blanks evened, NFC. With `lines` its line breaks stay (at most one line empty)."""
    text = _LINE_ENDS.sub("\n" if lines else " ", _joined(text))
    text = "".join(" " if _is_blank(char) else char for char in text if not _is_unseen(char))
    text = _LOOSE_JOINER.sub("", _JOINERS.sub(JOINER, text))
    text = unicodedata.normalize("NFC", text)
    text = "\n".join(_BLANKS.sub(" ", line).strip(" ") for line in text.split("\n"))
    return _EMPTY_LINES.sub("\n\n", text).strip("\n")


def cleaned(original: str, *, lines: bool = False) -> tuple[str, bool]:
    """The cleaned text, and whether anything was changed (then `storable(original)` is kept beside it)."""
    text = clean(original, lines=lines)
    return text, text != original


def storable(original: str) -> str:
    """The original as UTF-8 can hold it: halves of a character (lone surrogates) become U+FFFD, all else stays."""
    return original.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def _joined(text: str) -> str:
    """Surrogate pairs (Tk hands them over at times) joined, lone halves dropped."""
    if text.isascii():
        return text
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "ignore")


def _is_blank(char: str) -> bool:
    return char == "\t" or (char != "\n" and unicodedata.category(char) == "Zs")


def _is_unseen(char: str) -> bool:
    if char in {"\n", "\t", JOINER}:
        return False
    code = ord(char)
    is_noncharacter = 0xFDD0 <= code <= 0xFDEF or code & 0xFFFE == 0xFFFE
    return is_noncharacter or unicodedata.category(char) in {"Cc", "Cf", "Cs"}
