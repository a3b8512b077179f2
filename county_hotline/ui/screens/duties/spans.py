"""专项时限 as it is typed and read: `3个工作日；投诉 24小时`. The part without a kind is for all kinds."""

from __future__ import annotations

import re
from typing import Final

from county_hotline.domain.rule_packs import ALL_KINDS, Span, Unit
from county_hotline.domain.vocabulary import MatterKind
from county_hotline.errors import BadInput
from county_hotline.wording import say, word

_PART: Final = re.compile(r"(?P<kind>\D*?)[\s:：]*(?P<amount>\d{1,4})\s*(?P<unit>\D+)")
_BETWEEN: Final = re.compile(r"[;；,，、/\n]+")


def written(limits: dict[str, Span]) -> str:
    """Limits as they are typed."""
    parts = []
    for kind, span in limits.items():
        amount = say("duties.span", amount=span.amount, unit=say(f"duties.unit.{span.unit.value}"))
        parts.append(amount if kind == ALL_KINDS else f"{word(MatterKind(kind))} {amount}")
    return say("duties.span.between").join(parts)


def read(text: str) -> dict[str, Span]:
    """Limits from what was typed. Raises BadInput R450 naming the part that is none."""
    kinds = {word(kind): kind.value for kind in MatterKind} | {"": ALL_KINDS, say("duties.span.all"): ALL_KINDS}
    units = {say(f"duties.unit.{unit.value}"): unit for unit in Unit} | {say("duties.unit.short"): Unit.WORKDAY}
    found: dict[str, Span] = {}
    for part in filter(None, (each.strip() for each in _BETWEEN.split(text))):
        said = _PART.fullmatch(part)
        kind = kinds.get(said["kind"].strip()) if said else None
        unit = units.get(said["unit"].strip()) if said else None
        if said is None or kind is None or unit is None or not 1 <= int(said["amount"]) <= 1000:
            raise BadInput("R450", field="limits", part=part)
        found[kind] = Span(int(said["amount"]), unit)
    return found
