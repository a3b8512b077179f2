"""What a hand-over sheet says, and who makes it. The drawing itself is forms'; `app` hands the maker to the desk."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import msgspec

from county_hotline.sync.parcel.label import Label


class SheetFacts(msgspec.Struct, frozen=True, kw_only=True):
    """数据包交接单: everything that is printed on it; no citizen's word."""

    title_line: str
    """`××县12345政务服务便民热线`."""
    label: Label
    station_name: str
    """Unit and desk of the station it comes from or goes to."""
    size: int
    """Bytes."""
    check_code: str
    made_by: str
    """Who exported it."""


class SheetMaker(Protocol):
    """Draws a hand-over sheet into `path` (a PDF), whole or not at all. Raises StoreFault S103 where the file cannot be written."""

    def __call__(self, facts: SheetFacts, path: Path) -> None: ...
