"""同一事项 as a list shows it."""

from __future__ import annotations

import msgspec

from county_hotline.ids import ClusterId


class ClusterRow(msgspec.Struct, frozen=True):
    """One matter that several requests are about, as far as its orders are at this station."""

    cluster: ClusterId
    name: str
    """As its newest order here has it."""
    orders: int
    callers: int
    """How many different telephone numbers they came from."""
    unknown: int
    """Orders without a number to count by: none was left, or the caller is confidential."""
    waiting: int
    """Orders that have not ended."""
