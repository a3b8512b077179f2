"""更正: what was really changed among the typed fields, as the fact to record. Pure."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec.structs import replace

from county_hotline.domain.facts import Corrected, Person
from county_hotline.domain.vocabulary import Channel, MatterKind, Urgency
from county_hotline.domain.work_order import WorkOrder

TEXTS = ("title", "content", "demand", "place_detail", "category", "place")
TICKS = ("confidential", "public")
PERSON = ("name", "phone", "address")


def correction(order: WorkOrder, values: Mapping[str, str]) -> tuple[Corrected, Person | None]:
    """Only fields that differ from the order as it stands; the caller's where something was typed for them."""
    accepted = order.accepted
    if accepted is None:
        return Corrected(reason=values["reason"]), None

    def text(name: str) -> str | None:
        typed = values.get(name)
        return None if typed is None or typed == getattr(accepted, name) else typed

    def tick(name: str) -> bool | None:
        typed = values.get(name)
        return None if typed is None or (typed == "1") == getattr(accepted, name) else typed == "1"

    kind, channel, urgency = MatterKind(values["matter_kind"]), Channel(values["channel"]), Urgency(values["urgency"])
    fact = Corrected(
        reason=values["reason"],
        matter_kind=None if kind is accepted.matter_kind else kind,
        channel=None if channel is accepted.channel else channel,
        urgency=None if urgency is accepted.urgency else urgency,
        title=text("title"),
        content=text("content"),
        demand=text("demand"),
        place_detail=text("place_detail"),
        category=text("category"),
        place=text("place"),
        confidential=tick("confidential"),
        public=tick("public"),
    )
    typed = {name: values[name].strip() for name in PERSON if values.get(name, "").strip()}
    if not typed or order.person is None:
        return fact, None
    return fact, replace(order.person, **typed)
