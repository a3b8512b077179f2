"""How long to leave a dead line alone: longer each time, never in step with the neighbours, forgotten as soon as it is back."""

from __future__ import annotations

import random
from typing import Final

FIRST_S: Final = 5.0
MOST_S: Final = 600.0


class Backoff:
    """Doubling waits up to a cap, each drawn from its upper half so that a county's stations do not all come at once."""

    def __init__(self, first_s: float = FIRST_S, most_s: float = MOST_S, *, chance: random.Random | None = None) -> None:
        self._first_s = first_s
        self._most_s = most_s
        self._chance = chance or random.Random()  # noqa: S311 - spreads load, guards nothing
        self._failures = 0

    def failed(self) -> float:
        """One more failure: how many seconds to wait now."""
        full = min(self._most_s, self._first_s * float(1 << min(self._failures, 30)))
        self._failures += 1
        return full * self._chance.uniform(0.5, 1.0)

    def reset(self) -> None:
        """The line is back, or a person asked."""
        self._failures = 0
