"""汉字编码 of a file from elsewhere: proved on the whole file, never guessed from its beginning. Where two fit, a person is asked."""

from __future__ import annotations

import codecs
import unicodedata

from county_hotline.errors import BadInput

UTF_8, GB18030 = "utf-8", "gb18030"
CERTAIN = 12
"""So many characters beyond ASCII that decode as UTF-8 do not do so by chance: GB text would have to hit each time."""


def text_of(raw: bytes, name: str, encoding: str | None = None) -> tuple[str, str]:
    """The text and its encoding. Raises BadInput I102 where none fits the whole file, or two do and nothing tells them apart."""
    if encoding is not None:
        return _as_told(raw, name, encoding), encoding
    for mark, marked in ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if raw.startswith(mark):
            return _as_told(raw, name, marked), marked
    as_utf8, as_gb = _decoded(raw, UTF_8), _decoded(raw, GB18030)
    if as_utf8 is not None and (as_gb is None or raw.isascii() or _beyond_ascii(as_utf8) >= CERTAIN):
        return as_utf8, UTF_8
    fitting = []
    if as_utf8 is not None and (_reads_like_chinese(as_utf8) or _reads_like_latin(as_utf8)):
        fitting.append((as_utf8, UTF_8))
    if as_gb is not None and _reads_like_chinese(as_gb):
        fitting.append((as_gb, GB18030))
    if len(fitting) != 1:
        raise BadInput("I102", name=name)
    return fitting[0]


def _as_told(raw: bytes, name: str, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except (UnicodeDecodeError, LookupError) as exc:
        raise BadInput("I102", name=name) from exc


def _decoded(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError:
        return None


def _beyond_ascii(text: str) -> int:
    return sum(not char.isascii() for char in text)


def _reads_like_chinese(text: str) -> bool:
    """Nearly all that is beyond ASCII are Chinese characters, their punctuation, or full-width forms. Text read in a wrong encoding is not."""
    beyond = [char for char in text if not char.isascii()]
    usual = sum(_is_usual(char) for char in beyond)
    return bool(beyond) and usual >= 0.9 * len(beyond)


def _reads_like_latin(text: str) -> bool:
    """All that is beyond ASCII are letters as in café, which GB would read as rare but real characters."""
    return all(char.isascii() or (char.isalpha() and char < "\u0250") for char in text)


def _is_usual(char: str) -> bool:
    """In GB 2312, whose 6,763 characters and signs make up nearly everything people write; or a blank that Office leaves behind."""
    if unicodedata.category(char) in {"Zs", "Cf"}:
        return True
    try:
        first = char.encode("gb2312")[0]
    except UnicodeEncodeError:
        return False
    return first <= 0xA3 or 0xB0 <= first <= 0xF7
