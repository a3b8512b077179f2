"""Where a line of Chinese may end (避头尾), and the marks that print well: pure text, no fonts."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

NOT_FIRST = frozenset("，。、；：？！）》〉」』】〕〗”’…—％‰℃·,.;:?!)]}%")
"""Marks that never begin a line."""
NOT_LAST = frozenset("（《〈「『【〔〖“‘([{￥")
"""Marks that never end a line."""
HANGS = frozenset("，。、；：？！）》〉」』】〕〗”’")
"""Full-width closing marks: their right half is white, so they may hang out by half an em."""

PIECE = re.compile(r"……|——|（[^（）]{1,4}）|[!-~]+|.", re.DOTALL)
HAN = "[\u2e80-\u303f\u3400-\u9fff\uf900-\ufaff\uff01-\uff60\U00020000-\U0003ffff]"
HALF_WIDTH = re.compile(f"(?<={HAN})[,:;?!()]|[,:;?!()](?={HAN})")
FULL_WIDTH = str.maketrans(",:;?!()", "，：；？！（）")


def full_width(text: str) -> str:
    """Half-width marks beside Chinese made full-width for print; times, numbers and codes stay."""
    return HALF_WIDTH.sub(lambda found: found.group().translate(FULL_WIDTH), text)


def wrap(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    """`text` in lines of at most `width` (as `measure` tells); ASCII words, numbers and codes are never broken unless wider than a line."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines += _wrapped(paragraph, width, measure)
    return lines


def _wrapped(text: str, width: float, measure: Callable[[str], float]) -> list[str]:
    lines: list[str] = []
    line: list[str] = []
    for piece in _pieces(text, width, measure):
        if line and not _fits("".join(line) + piece, width, measure):
            carried = _carried(line, piece)
            lines.append("".join(line).rstrip(" "))
            line = carried
            if piece == " ":
                continue
        line.append(piece)
    return [*lines, "".join(line)]


def _pieces(text: str, width: float, measure: Callable[[str], float]) -> Iterator[str]:
    for piece in PIECE.findall(text):
        if measure(piece) <= width:
            yield piece
        else:
            yield from piece


def _fits(line: str, width: float, measure: Callable[[str], float]) -> bool:
    if measure(line) <= width:
        return True
    return line[-1] in HANGS and measure(line) - measure(line[-1]) / 2 <= width


def _carried(line: list[str], piece: str) -> list[str]:
    """What must leave the end of `line` for the next one: openers, and company for a mark that may not begin it."""
    carried: list[str] = []
    first = piece
    while len(line) > 1 and (first[0] in NOT_FIRST or line[-1][-1] in NOT_LAST):
        first = line.pop()
        carried.insert(0, first)
    return carried
