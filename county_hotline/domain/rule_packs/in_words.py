"""A rule pack in plain words: line by line every rule it has, what was assumed, and what its source leaves open."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from county_hotline.domain.rule_packs.tables import DayCount, Margin, Overlay, Span
from county_hotline.domain.trace_lines import TraceLine
from county_hotline.domain.vocabulary import MatterKind

if TYPE_CHECKING:
    from county_hotline.domain.rule_packs.pack import RulePack

STEPS: Final = ("sign", "contact", "dispatch", "tell", "review")
TABLES: Final = {
    "extension": ("longest", "most", "apply_before", "needs_seal", "tell_within"),
    "sending_back": ("within", "most"),
    "suspension": ("longest", "review_every"),
    "follow_up": ("within", "tries", "next_try"),
    "redo": ("limit", "most"),
    "light": (),
    "cards": ("yellow", "red"),
    "fallback": ("after_returns",),
}
"""Tables a pack may have, with what each may say. What is not said is named as not known."""


def sentences(pack: RulePack) -> tuple[TraceLine, ...]:
    """The pack, line by line. Codes are wording keys below `pack.`."""
    return tuple(_lines(pack))


def _lines(pack: RulePack) -> Iterator[TraceLine]:
    yield TraceLine("head", {"title": pack.title, "name": pack.name, "version": pack.version})
    yield TraceLine("source", {"region": pack.region, "since": pack.valid_from, "source": pack.source})
    yield from _limits(pack)
    for overlay in pack.overlays:
        yield from _overlay(overlay)
    for step in STEPS:
        if span := getattr(pack, step):
            yield TraceLine(f"step.{step}", _span(span))
    if pack.limits or any(getattr(pack, step) for step in STEPS):
        yield from _day_count(pack.day_count)
    for table, fields in TABLES.items():
        if getattr(pack, table) is not None:
            yield from _table(getattr(pack, table), table, fields)
    yield from _flags(pack)
    yield from (TraceLine("assumed", {"words": words}) for words in pack.assumptions)
    yield from _unknown(pack)


def _limits(pack: RulePack) -> Iterator[TraceLine]:
    if not pack.limits:
        yield TraceLine("no_limits")
    together: dict[Span, list[str]] = {}
    for kind, span in pack.limits.items():
        if kind != "all":
            together.setdefault(span, []).append(f"matter_kind.{kind}")
    for span, kinds in together.items():
        yield TraceLine("limit", {"kinds_word": " ".join(kinds), **_span(span)})
    if every := pack.limits.get("all"):
        yield TraceLine("limit_rest" if together else "limit_all", _span(every))
    elif together:
        without = [f"matter_kind.{kind.value}" for kind in MatterKind if kind.value not in pack.limits]
        yield from [TraceLine("limit_missing", {"kinds_word": " ".join(without)})] if without else []
    for urgency, span in pack.urgent.items():
        yield TraceLine("urgent", {"urgency_word": f"urgency.{urgency.value}", **_span(span)})


def _overlay(overlay: Overlay) -> Iterator[TraceLine]:
    about: dict[str, str | int] = {"name": overlay.name}
    if overlay.keywords:
        yield TraceLine("overlay_keywords", {**about, "keywords": "、".join(overlay.keywords)})
    if overlay.kinds:
        yield TraceLine("overlay_kinds", {**about, "kinds_word": " ".join(f"matter_kind.{k.value}" for k in overlay.kinds)})
    if overlay.respond:
        yield TraceLine("overlay_respond", {**about, **_span(overlay.respond)})
    if overlay.handle:
        yield TraceLine("overlay_handle", {**about, **_span(overlay.handle)})


def _day_count(count: DayCount) -> Iterator[TraceLine]:
    yield TraceLine(f"start.{count.start.value}")
    yield TraceLine(f"rest_day.{count.rest_day.value}")
    yield TraceLine("itself" if count.counts_itself else "not_itself")
    yield TraceLine("cutoff", {"time": count.cutoff}) if count.cutoff else TraceLine("no_cutoff")
    yield TraceLine("end_of_day", {"time": count.end_of_day})
    yield TraceLine("hours")


def _table(rules: object, table: str, fields: tuple[str, ...]) -> Iterator[TraceLine]:
    for field in fields:
        match getattr(rules, field):
            case Span() as span:
                yield TraceLine(f"{table}.{field}", _span(span))
            case Margin(amount=0):
                yield TraceLine(f"at_once.{field}")
            case Margin() as margin:
                yield TraceLine(f"{table}.{field}", _span(margin))
            case bool() as is_so:
                yield TraceLine(f"{table}.{field}" if is_so else f"not.{field}")
            case int() as count:
                yield TraceLine(f"{table}.{field}", {"amount": count})


def _flags(pack: RulePack) -> Iterator[TraceLine]:
    """Rules that always hold one way or the other."""
    if pack.sending_back:
        yield TraceLine("sending_back.restarts" if pack.sending_back.restarts_callers_limit else "sending_back.keeps")
    if pack.suspension:
        yield TraceLine("suspension.stops" if pack.suspension.stops_clock else "suspension.runs_on")
    light = pack.light
    if light and light.yellow_before:
        yield TraceLine("light.yellow_before", _span(light.yellow_before))
    elif light and light.yellow_share:
        yield TraceLine("light.yellow_share", {"amount": light.yellow_share})
    else:
        yield TraceLine("light.assumed")
    yield TraceLine("cards.by_person" if pack.cards else "cards.none")


def _unknown(pack: RulePack) -> Iterator[TraceLine]:
    """What neither the source nor the county has said."""
    parts = [] if pack.limits else ["limits"]
    parts += [] if pack.urgent or pack.overlays else ["urgent"]
    parts += [step for step in STEPS if getattr(pack, step) is None]
    for table, fields in TABLES.items():
        rules = getattr(pack, table)
        if rules is None:
            parts.append(f"{table}.whole")
        else:
            parts += [f"{table}.{field}" for field in fields if getattr(rules, field) is None]
    if parts:
        yield TraceLine("unknown", {"parts_word": " ".join(f"pack.part.{part}" for part in parts)})


def _span(span: Span | Margin) -> dict[str, str | int]:
    return {"amount": span.amount, "unit_word": f"pack.unit.{span.unit.value}"}
