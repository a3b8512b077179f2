"""Proof of completeness: both ends sum the hashes of what they should have in common, over ranges, and narrow down where they differ.

A sum modulo 2^256 needs no order, and one entry removed, changed or doubled changes it. Pure: how the other end is asked is handed in.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from enum import Enum
from itertools import pairwise
from typing import Final

import msgspec

from county_hotline.ids import Number

PARTS: Final = 64
"""Into so many parts an end cuts a range it is asked about; of a range with at most so many entries it names each."""
MOST_ASKED: Final = 400
MOST_NAMED: Final = 200
"""Where very much differs, no more is asked and named than this at once: the next proof goes on."""
MOST_READ: Final = 1 << 16
"""About so many rows a hub reads for one question. Of a larger range it says only how to ask about it in parts."""
_MODULUS: Final = 1 << 256


class Sum(msgspec.Struct, frozen=True, array_like=True):
    """How many there are, and the sum of their hashes modulo 2^256, 32 bytes, highest first."""

    count: int = 0
    digest: bytes = bytes(32)


class Line(msgspec.Struct, frozen=True, array_like=True):
    """One entry by its place: in the hub's order, or its serial in a chain."""

    place: int
    hash: bytes
    number: Number = Number("")
    at: int = 0
    """The place after which a page must begin so that it comes with it; 0: none."""


class Part(msgspec.Struct, frozen=True, array_like=True):
    """A range of places: after `after`, through `through`."""

    after: int
    through: int
    sum: Sum


class Account(msgspec.Struct, frozen=True):
    """What one end has in a range: in parts that cover it, or, where it is little, each line."""

    parts: tuple[Part, ...] = ()
    lines: tuple[Line, ...] = ()


class Which(str, Enum):
    """What is the matter with one entry, seen from the end that asked."""

    LACKING = "lacking"  # 少了
    EXTRA = "extra"  # 多了
    OTHER = "other"  # 不一样


class Difference(msgspec.Struct, frozen=True):
    """One entry in which the two ends differ."""

    which: Which
    place: int
    number: Number = Number("")
    chain: str = ""
    """The life in whose chain `place` is a serial; empty: a place in the hub's order."""
    at: int = 0
    """See `Line.at`."""


def sum_of(hashes: Iterable[bytes]) -> Sum:
    """The sum over these hashes, each as often as it comes."""
    count = total = 0
    for digest in hashes:
        count += 1
        total += int.from_bytes(digest)
    return Sum(count, (total % _MODULUS).to_bytes(32))


def account_of(lines: Sequence[Line], after: int, through: int) -> Account:
    """What an end answers of the range; `lines` are all it has there, by place."""
    if len(lines) <= PARTS:
        return Account(lines=tuple(lines))
    step = -(-len(lines) // PARTS)
    cuts = [lines[start : start + step] for start in range(0, len(lines), step)]
    edges = [after, *(cut[-1].place for cut in cuts[:-1]), through]
    return Account(tuple(Part(edges[at], edges[at + 1], sum_of(line.hash for line in cut)) for at, cut in enumerate(cuts)))


NOT_SUMMED: Final = Sum(-1, b"")
"""Too much to be summed up at once: as no sum is this one, whoever asked looks closer."""


def unread(after: int, through: int, last: int) -> Account:
    """What an end answers of a range with too many places, up to `last`, to look through at once: parts, each to be asked about."""
    step = max(MOST_READ, -(-(last - after) // PARTS))
    edges = [*range(after, last, step), through]
    return Account(tuple(Part(start, end, NOT_SUMMED) for start, end in pairwise(edges)))


Lines = Callable[[int, int], Sequence[Line]]
"""What this end has after a place, through another, by place."""
Ask = Callable[[int, int], Account]
"""The same of the other end, as it tells it."""


def compare(ours: Lines, ask: Ask, *, through: int, chain: str = "") -> list[Difference]:
    """Every entry after place 0 in which the ends differ, `MOST_NAMED` at most. One that differs among n is found in at most log2 n
    questions (one, where n is less than 2): each cuts what is looked at into `PARTS`."""
    open_ranges = [(0, through)]
    found: list[Difference] = []
    asked = 0
    while open_ranges and asked < MOST_ASKED and len(found) < MOST_NAMED:
        after, end = open_ranges.pop(0)
        asked += 1
        theirs = ask(after, end)
        if not theirs.parts:
            found += differences(ours(after, end), theirs.lines, chain=chain)
            continue
        here = ours(after, end)
        places = [line.place for line in here]
        for part in theirs.parts:
            mine = here[bisect_right(places, part.after) : bisect_right(places, part.through)]
            if sum_of(line.hash for line in mine) != part.sum and (part.after, part.through) != (after, end):
                open_ranges.append((part.after, part.through))
    return found[:MOST_NAMED]


def differences(ours: Sequence[Line], theirs: Sequence[Line], *, chain: str = "") -> list[Difference]:
    """Place by place: what we lack, have beyond, or have otherwise."""
    found: list[Difference] = []
    here = {line.place: line for line in ours}
    there = {line.place: line for line in theirs}
    for place in sorted(here.keys() | there.keys()):
        mine, other = here.get(place), there.get(place)
        if mine is None and other is not None:
            found.append(Difference(Which.LACKING, place, other.number, chain, other.at))
        elif mine is not None and other is None:
            found.append(Difference(Which.EXTRA, place, mine.number, chain))
        elif mine is not None and other is not None and mine.hash != other.hash:
            found.append(Difference(Which.OTHER, place, mine.number, chain, other.at))
    return found
