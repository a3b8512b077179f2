"""Where Chinese lines may break (避头尾, GB/T 15834 and common typesetting): no closing mark begins a line, no opening mark ends one."""

from __future__ import annotations

from collections.abc import Callable

NOT_FIRST = frozenset("*，。、；：？！）》」』】〕〉”’％%℃…—·,.;:?!)]}～‰°″′」")
BETWEEN = " ・ "
"""Stands between the parts of one line (who ・ when ・ where); at the end of a line it is left out, and no part is torn that need not be."""
NOT_LAST = frozenset("（《「『【〔〈“‘([{￥$")


def break_lines(text: str, width: int, measure: Callable[[str], int], *, at_most: int = 0) -> tuple[str, ...]:
    """`text` in lines no wider than `width`; with `at_most` lines the last one ends with … when something is cut."""
    lines: list[str] = []
    for paragraph in text.split("\n"):
        lines.extend(_paragraph(paragraph, width, measure))
    if at_most and len(lines) > at_most:
        lines = [*lines[: at_most - 1], cut(lines[at_most - 1] + "…", width, measure, always=True)]
    return tuple(lines)


def cut(text: str, width: int, measure: Callable[[str], int], *, always: bool = False) -> str:
    """`text` on one line, cut with … at the end where it does not fit."""
    if not always and measure(text) <= width:
        return text
    whole = text.removesuffix("…")
    low, high = 0, len(whole)
    while low < high:
        middle = (low + high + 1) // 2
        if measure(whole[:middle] + "…") <= width:
            low = middle
        else:
            high = middle - 1
    return whole[:low] + "…"


def _paragraph(text: str, width: int, measure: Callable[[str], int]) -> list[str]:
    lines: list[str] = []
    rest = text
    while rest and measure(rest) > width:
        fits = _fitting(rest, width, measure)
        end = _between_parts(rest, fits, width, measure)
        if end:
            lines.append(rest[:end])
            rest = rest[end + len(BETWEEN) :]
            continue
        end = _legal_break(rest, fits)
        lines.append(rest[:end].rstrip(" "))
        rest = rest[end:].lstrip(" ")
    lines.append(rest)
    return lines


def _fitting(text: str, width: int, measure: Callable[[str], int]) -> int:
    """How many characters fit; at least one, or there would be no end."""
    low, high = 1, len(text)
    while low < high:
        middle = (low + high + 1) // 2
        if measure(text[:middle]) <= width:
            low = middle
        else:
            high = middle - 1
    return low


def _between_parts(text: str, fits: int, width: int, measure: Callable[[str], int]) -> int:
    """Where the last part ends that is whole on this line, if the next has room on a line of its own; 0 where there is none."""
    end = text.rfind(BETWEEN, 0, fits + len(BETWEEN))
    if end <= 0:
        return 0
    following = text[end + len(BETWEEN) :].partition(BETWEEN)[0]
    return end if measure(following) <= width else 0


def _legal_break(text: str, fits: int) -> int:
    """The last place at or before `fits` where a line may end; `fits` itself when there is none."""
    end = fits
    while end > 1 and not _may_break(text, end):
        end -= 1
    return end if end > 1 or _may_break(text, 1) else fits


def _may_break(text: str, at: int) -> bool:
    if at >= len(text):
        return True
    before, after = text[at - 1], text[at]
    if after in NOT_FIRST or before in NOT_LAST:
        return False
    return not (_is_run(before) and _is_run(after))


def _is_run(character: str) -> bool:
    """Latin letters, digits and what joins them (dates, numbers) stay together."""
    return character.isascii() and (character.isalnum() or character in "-/:.@_+#")
