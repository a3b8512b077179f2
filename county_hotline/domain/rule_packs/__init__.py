"""规则包: what differs from place to place and year to year. Versioned TOML; an order keeps the pack it was accepted under."""

from __future__ import annotations

from county_hotline.domain.rule_packs.checking import parse
from county_hotline.domain.rule_packs.pack import ALL_KINDS, RulePack
from county_hotline.domain.rule_packs.tables import (
    CardRule,
    DayCount,
    Extension,
    Fallback,
    FollowUp,
    LightRule,
    Margin,
    Overlay,
    Redo,
    RestDay,
    SendingBack,
    Span,
    Start,
    Suspension,
    TimeLimit,
    Unit,
)

__all__ = [
    "ALL_KINDS",
    "CardRule",
    "DayCount",
    "Extension",
    "Fallback",
    "FollowUp",
    "LightRule",
    "Margin",
    "Overlay",
    "Redo",
    "RestDay",
    "RulePack",
    "SendingBack",
    "Span",
    "Start",
    "Suspension",
    "TimeLimit",
    "Unit",
    "parse",
]
