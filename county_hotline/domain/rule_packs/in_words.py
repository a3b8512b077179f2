"""A rule pack in plain words: line by line every rule it has, what was assumed, and what its source leaves open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from county_hotline.domain.trace_lines import TraceLine

if TYPE_CHECKING:
    from county_hotline.domain.rule_packs.pack import RulePack


def sentences(pack: RulePack) -> tuple[TraceLine, ...]:
    """The pack, line by line. Codes are wording keys below `pack.`."""
    return tuple(_lines(pack))


def _lines(pack: RulePack) -> Iterator[TraceLine]:
    yield TraceLine("head", {"title": pack.title, "name": pack.name, "version": pack.version})
    yield TraceLine("source", {"region": pack.region, "since": pack.valid_from, "source": pack.source})
