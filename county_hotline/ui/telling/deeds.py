"""What may be done to the chosen line of a list."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

SETTLING: Final = frozenset({"settle", "settle_state"})
"""Acts that are done on the page of clashes, not in a form."""


@dataclass(frozen=True, slots=True)
class DeedTold:
    """One act in the foot; `why` says why it is grey."""

    name: str
    why: str = ""
