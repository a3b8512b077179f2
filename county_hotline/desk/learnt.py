"""What a desk remembers of past orders while the program runs, for 建议."""

from __future__ import annotations

from dataclasses import dataclass, field

from county_hotline.domain.suggesting import PastOrders
from county_hotline.ids import Number


@dataclass(slots=True)
class Learnt:
    """What this desk remembers of past orders while the program runs: pairs of characters and counts, no order's words."""

    past: PastOrders = field(default_factory=PastOrders)
    known: set[Number] = field(default_factory=set)
    waiting: list[tuple[Number, str, str]] = field(default_factory=list)
    """Number, unit, category of what is still to be learnt."""
    looked_at: int = 0
