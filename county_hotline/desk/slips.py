"""What a slip says, and who makes it. The drawing itself is forms'; `app` hands the maker to the desk."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

import msgspec

from county_hotline.domain.vocabulary import MatterKind
from county_hotline.ids import Number


class SlipFacts(msgspec.Struct, frozen=True, kw_only=True):
    """受理回执: everything that is printed on it, personal data already masked."""

    title_line: str
    """`××县12345政务服务便民热线`."""
    number: Number
    query_code: str
    accepted_at: int
    matter_kind: MatterKind
    caller: str
    """Masked name; empty where anonymous or not given."""
    anonymous: bool
    confidential: bool
    title: str
    agency: str
    """承办去向(预计)."""
    due_on: str
    due_provisional: bool
    station_phone: str
    badge: str
    unit_name: str
    desk_name: str
    printed_at: int
    printed_by: str
    reprint: int
    """0 for the first print."""
    sample: bool = False
    """示例: printed from sample data, and says so."""


class SlipMaker(Protocol):
    """Draws a slip into `path` (a PDF), whole or not at all. Returns the characters no face could draw.

    Raises StoreFault S103 where the file cannot be written.
    """

    def __call__(self, facts: SlipFacts, path: Path, *, paper: str) -> tuple[str, ...]: ...


class PrintedSlip(msgspec.Struct, frozen=True):
    """Where the slip lies, and what could not be drawn."""

    path: str
    missing_glyphs: tuple[str, ...]
    reprint: int


class AnswerFacts(msgspec.Struct, frozen=True, kw_only=True):
    """答复单: everything that is printed on it. Nothing about a person: a slip without a number is given to whoever asks."""

    title_line: str
    number: str
    """Of the order; empty where none was made."""
    question: str
    answer: str
    basis: str
    valid_until: str
    """ISO date; empty: no end is known, or no article was used."""
    article: str
    """Code and version; empty where no article was used."""
    answered_at: int
    badge: str
    unit_name: str
    station_phone: str
    printed_at: int
    printed_by: str
    reprint: int
    sample: bool = False


class AnswerMaker(Protocol):
    """Draws an answer slip into `path` (a PDF), whole or not at all: the characters no face could draw, and whether the answer was too
    long for the paper. Raises StoreFault S103."""

    def __call__(self, facts: AnswerFacts, path: Path) -> tuple[tuple[str, ...], bool]: ...


class PrintedAnswer(msgspec.Struct, frozen=True):
    """Where the slip lies, and what of it does not stand on paper."""

    path: str
    missing_glyphs: tuple[str, ...]
    is_cut: bool
    reprint: int
