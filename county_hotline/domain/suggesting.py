"""建议 from what was done before: the past orders that say the like, and where they went. It counts and says its count; it never acts.

Nearest orders rather than a trained model, since their count is the reason: "近一年相似工单 14/16 件派往…". Texts are compared by pairs of
neighbouring characters (domain.likeness), rare ones counting more. Numbers and thresholds are ours, chosen on public work orders of one
city (benchmarks/suggest.py says what they give there).
"""

from __future__ import annotations

import heapq
import math
from array import array
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from enum import Enum
from typing import Final

import msgspec

from county_hotline.domain.likeness import pairs

NEAREST: Final = 16
"""So many past orders are asked."""
LEAST: Final = 4
"""Fewer that say the like are no ground to speak from."""
ALIKE: Final = 0.16
"""Share of the weight of a text's pairs that another must have to say the like."""
SPEAKS: Final = 0.4
"""Share of the asked that must agree; below it is silent."""
SPEAKS_OF_CATEGORY: Final = 0.6
"""There are many more categories than units, and a wrong one costs more than none."""
SURE: Final = 0.85
_COMMON: Final = 0.15
"""Pairs that more than so many texts have say nothing of any."""
_FEW: Final = 20
"""… unless they are so few: a station begins small."""
_LONGEST: Final = 400
"""Characters of a text that are looked at."""


class Confidence(str, Enum):
    """How sure. Words below `suggest.confidence.`."""

    HIGH = "high"  # 把握大
    MIDDLE = "middle"  # 可以参考


class Vote(msgspec.Struct, frozen=True):
    """What most of the nearest past orders say, and how many of how many do."""

    label: str
    count: int
    of: int

    @property
    def share(self) -> float:
        """0 to 1."""
        return self.count / self.of if self.of else 0.0

    @property
    def confidence(self) -> Confidence:
        """In a word. Few orders are never sure."""
        return Confidence.HIGH if self.share >= SURE and self.of >= NEAREST // 2 else Confidence.MIDDLE


class Past(msgspec.Struct, frozen=True):
    """What is remembered of one order: no words, only where it went."""

    agency: str
    category: str


class PastOrders:
    """Past orders by the pairs of characters in them. Learns one after the other; forgets nobody, so keep it short-lived or bounded."""

    def __init__(self) -> None:
        self._past: list[Past] = []
        self._sizes = array("H")
        self._holding: defaultdict[str, array[int]] = defaultdict(lambda: array("I"))

    def __len__(self) -> int:
        return len(self._past)

    def learn(self, text: str, past: Past) -> None:
        """One more order."""
        said = pairs(text[:_LONGEST])
        at = len(self._past)
        self._past.append(past)
        self._sizes.append(max(1, len(said)))
        for pair in said:
            self._holding[pair].append(at)

    def near(self, text: str) -> tuple[Past, ...]:
        """The past orders that say the like, the likest first; at most `NEAREST`."""
        weights = self._weights(text)
        whole = sum(weights.values())
        if not whole:
            return ()
        shared: defaultdict[int, float] = defaultdict(float)
        for pair, weight in weights.items():
            for at in self._holding[pair]:
                shared[at] += weight
        mean = sum(self._sizes) / len(self._sizes)
        alike = ((both / (0.5 + 0.5 * self._sizes[at] / mean), at) for at, both in shared.items() if both >= ALIKE * whole)
        return tuple(self._past[at] for _, at in heapq.nlargest(NEAREST, alike))

    def _weights(self, text: str) -> dict[str, float]:
        """Of the text's pairs that are known: the rarer the more."""
        count = len(self._past)
        found = {}
        for pair in pairs(text[:_LONGEST]):
            known = len(self._holding[pair]) if pair in self._holding else 0
            if known and known <= max(_FEW, _COMMON * count):
                found[pair] = math.log(1 + count / known)
        return found


def voted(near: Sequence[Past], label: Callable[[Past], str], *, speaks: float = SPEAKS) -> tuple[Vote, ...]:
    """What they say, most agreed first; empty where too few say anything, or they do not agree: then it does not know."""
    said = [name for past in near if (name := label(past))]
    if len(said) < LEAST:
        return ()
    ranked = Counter(said).most_common(3)
    if ranked[0][1] / len(said) < speaks:
        return ()
    return tuple(Vote(name, count, len(said)) for name, count in ranked)
