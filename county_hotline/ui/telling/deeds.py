"""What may be done to the chosen line of a list."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class DeedTold:
    """One act in the foot; `why` says why it is grey."""

    name: str
    why: str = ""
