"""Reading a rule pack a person wrote: what is misspelt, impossible or contradicts itself is refused with line and key (I105)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import date

from county_hotline.domain.reading import line_of, read_toml
from county_hotline.domain.rule_packs.pack import ALL_KINDS, RulePack
from county_hotline.domain.rule_packs.tables import MIDNIGHT, Overlay, Span, Start, Unit
from county_hotline.domain.vocabulary import MatterKind, Urgency
from county_hotline.errors import BadInput

_TIME_OF_DAY = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2})?)?")


def parse(text: str) -> RulePack:
    """A pack from its TOML. Raises BadInput I105 naming line and key."""
    pack = read_toml(text, RulePack, code="I105")
    for key in _wrong(pack):
        raise BadInput("I105", line=line_of(text, key), key=key)
    return pack


def _wrong(pack: RulePack) -> Iterator[str]:
    """The dotted keys whose values cannot be, or cannot be together."""
    yield from _wrong_head(pack)
    yield from _wrong_day_count(pack)
    yield from _wrong_limits(pack)
    for place, overlay in enumerate(pack.overlays):
        yield from (f"overlays[{place}].{key}" for key in _wrong_overlay(overlay, pack.overlays[:place]))
    yield from _wrong_tables(pack)


def _wrong_head(pack: RulePack) -> Iterator[str]:
    wrong = {
        "name": not re.fullmatch(r"[a-z0-9-]+", pack.name),
        "title": not pack.title.strip(),
        "region": not re.fullmatch(r"\d{6}", pack.region),
        "valid_from": not _is_date(pack.valid_from),
        "source": not pack.source.strip(),
    }
    yield from (key for key, is_wrong in wrong.items() if is_wrong)


def _is_date(text: str) -> bool:
    if not _DATE.fullmatch(text):
        return False
    try:
        date.fromisoformat(f"{text}-01-01"[:10])
    except ValueError:
        return False
    return True


def _wrong_day_count(pack: RulePack) -> Iterator[str]:
    count = pack.day_count
    if count.end_of_day != MIDNIGHT and (not _TIME_OF_DAY.fullmatch(count.end_of_day) or count.end_of_day == "00:00"):
        yield "day_count.end_of_day"
    if count.cutoff and not _TIME_OF_DAY.fullmatch(count.cutoff):
        yield "day_count.cutoff"
    if count.start is Start.SAME_DAY and count.cutoff > count.end_of_day:
        yield "day_count.cutoff"  # what comes between the two would be due before it came
    if not count.counts_itself and any(span.amount == 1 and span.unit is not Unit.HOUR for span in _spans(pack)):
        yield "day_count.counts_itself"  # fewer than one day is none


def _wrong_limits(pack: RulePack) -> Iterator[str]:
    kinds = {ALL_KINDS, *(kind.value for kind in MatterKind)}
    yield from (f"limits.{kind}" for kind in pack.limits if kind not in kinds)
    longest = max((span.roughly_hours for span in pack.limits.values()), default=None)
    shortest = min((span.roughly_hours for span in pack.limits.values()), default=None)
    for urgency, span in pack.urgent.items():
        if longest is not None and span.roughly_hours > longest:
            yield f"urgent.{urgency.value}"  # an urgent matter would have longer than any other
    urgent, critical = pack.urgent.get(Urgency.URGENT), pack.urgent.get(Urgency.CRITICAL)
    if urgent and critical and critical.roughly_hours > urgent.roughly_hours:
        yield "urgent.critical"
    for key, step in (("sign", pack.sign), ("contact", pack.contact), ("dispatch", pack.dispatch)):
        if step and shortest is not None and step.roughly_hours > shortest:
            yield key  # it would still run when the whole is due


def _wrong_overlay(overlay: Overlay, before: Iterable[Overlay]) -> Iterator[str]:
    if not overlay.name.strip() or overlay.name in {other.name for other in before}:
        yield "name"
    if any(not word.strip() for word in overlay.keywords):
        yield "keywords"
    elif not overlay.keywords and not overlay.kinds:
        yield "keywords"  # it would be every order's limit
    if not overlay.respond and not overlay.handle:
        yield "handle"
    if overlay.respond and overlay.handle and overlay.respond.roughly_hours > overlay.handle.roughly_hours:
        yield "respond"


def _wrong_tables(pack: RulePack) -> Iterator[str]:
    light, cards, suspension, follow_up = pack.light, pack.cards, pack.suspension, pack.follow_up
    if light and (light.yellow_before is None) is (light.yellow_share is None):
        yield "light.yellow_share" if light.yellow_share else "light"
    if cards and cards.yellow and cards.red and cards.red.roughly_hours < cards.yellow.roughly_hours:
        yield "cards.red"
    if suspension and _longer(suspension.review_every, suspension.longest):
        yield "suspension.review_every"
    if follow_up and follow_up.tries == 1 and follow_up.next_try:
        yield "follow_up.next_try"


def _longer(one: Span | None, other: Span | None) -> bool:
    return one is not None and other is not None and one.roughly_hours > other.roughly_hours


def _spans(pack: RulePack) -> Iterator[Span]:
    """Every span of the pack that is counted from a day as a limit is. 延期 is not: it is added to a day already counted."""
    yield from (*pack.limits.values(), *pack.urgent.values())
    for overlay in pack.overlays:
        yield from (span for span in (overlay.respond, overlay.handle) if span)
    extension, back, follow_up, redo = pack.extension, pack.sending_back, pack.follow_up, pack.redo
    steps = (
        *(pack.sign, pack.contact, pack.dispatch, pack.tell, pack.review),
        extension.tell_within if extension else None,
        back.within if back else None,
        *((follow_up.within, follow_up.next_try) if follow_up else ()),
        redo.limit if redo else None,
    )
    yield from (span for span in steps if span)
