"""警示灯 and 红黄牌 by the rule pack. A light is only a colour on a screen; a card is suggested here and shown by a person."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum

import msgspec

from county_hotline.domain.calendars import Calendar
from county_hotline.domain.civil_time import DAY_MS, civil, start_of_day_ms
from county_hotline.domain.rule_packs import Margin, RulePack, Span, Unit
from county_hotline.domain.segments import working_ms
from county_hotline.domain.standing_parts import Assignment
from county_hotline.domain.time_limits import HOUR_MS, extended
from county_hotline.domain.vocabulary import AssignmentState, Card
from county_hotline.domain.work_order import WorkOrder
from county_hotline.ids import AgencyCode


class Light(str, Enum):
    """警示灯."""

    GREEN = "green"  # 绿
    YELLOW = "yellow"  # 黄: 临期
    RED = "red"  # 红: 超期
    NONE = "none"  # no limit known


class SuggestedCard(msgspec.Struct, frozen=True):
    """A card the pack would have a person look at."""

    agency: AgencyCode
    card: Card
    due_at: int
    """The limit that ended, UTC ms."""
    since: int
    """From when on the pack would have it."""


def light_of(*, due_at: int, since: int, now: int, pack: RulePack | None, calendar: Calendar) -> Light:
    """The light of what is due at `due_at` and began at `since` (UTC ms). Red once the limit has ended.

    When it turns yellow is the pack's rule. Where the pack has none it is yellow in the last working day: an assumption of this
    program (DOMAIN 5.3, a proposal), and the page of the pack says so.
    """
    if not due_at:
        return Light.NONE
    if now > due_at:
        return Light.RED
    rule = pack.light if pack else None
    if rule is None or (rule.yellow_before is None and rule.yellow_share is None):
        return Light.YELLOW if now >= _last_working_day(due_at, calendar) else Light.GREEN
    if rule.yellow_before is not None:
        return Light.YELLOW if now >= _before(due_at, rule.yellow_before, calendar) else Light.GREEN
    return Light.YELLOW if _share_used(since, due_at, now, calendar) >= (rule.yellow_share or 0) else Light.GREEN


def cards_suggested(order: WorkOrder, now: int, pack: RulePack | None, calendar: Calendar) -> tuple[SuggestedCard, ...]:
    """The cards the pack's table would have for rounds that run late, the graver one of each; none where it has no such table.

    What a person has shown (or taken back) since the limit ended is not suggested again. A round whose clock stands still while
    it is suspended gets none.
    """
    if pack is None or pack.cards is None or order.is_ended:
        return ()
    found = (_card(order, each, now, pack, calendar) for each in _late(order, now, pack))
    return tuple(card for card in found if card is not None)


def _late(order: WorkOrder, now: int, pack: RulePack) -> Iterator[Assignment]:
    stops = pack.suspension is not None and pack.suspension.stops_clock
    for each in order.assignments:
        if not each.is_working or each is not order.round_of(each.agency):
            continue
        if stops and each.state is AssignmentState.SUSPENDED:
            continue
        if 0 < _limit(order, each) < now:
            yield each


def _limit(order: WorkOrder, each: Assignment) -> int:
    """The round's own, or an upper level's where that ends first."""
    above = order.accepted.external_due_at if order.accepted else 0
    return min((at for at in (each.due_at, above) if at), default=0)


def _card(order: WorkOrder, each: Assignment, now: int, pack: RulePack, calendar: Calendar) -> SuggestedCard | None:
    due_at, rules = _limit(order, each), pack.cards
    decided = {w.card for w in order.oversight.cards if w.agency == each.agency and w.shown_at > due_at}
    graver = ((Card.RED, rules.red), (Card.YELLOW, rules.yellow)) if rules else ()
    for card, margin in graver:
        if card in decided:
            return None
        if margin is not None and now > (since := _after(due_at, margin, calendar)):
            return SuggestedCard(each.agency, card, due_at, since)
    return None


def _last_working_day(due_at: int, calendar: Calendar) -> int:
    """When the last working day before the end begins."""
    day = civil(due_at - 1).date()
    while not calendar.is_workday(day):
        day = next(calendar.workdays_before(day))
    return start_of_day_ms(day.isoformat())


def _before(due_at: int, span: Span, calendar: Calendar) -> int:
    """So long before the end. Working days are counted back from the end of the last working day in the limit."""
    if span.unit is not Unit.WORKDAY:
        return due_at - span.amount * (HOUR_MS if span.unit is Unit.HOUR else DAY_MS)
    day = civil(due_at - 1).date()
    time_of_day = due_at - start_of_day_ms(day.isoformat())
    if not calendar.is_workday(day):
        day, time_of_day = next(calendar.workdays_before(day)), DAY_MS
    for _ in range(span.amount):
        day = next(calendar.workdays_before(day))
    return start_of_day_ms(day.isoformat()) + time_of_day


def _after(due_at: int, margin: Margin, calendar: Calendar) -> int:
    """So long after the end, at the same time of day."""
    if margin.amount == 0 or margin.unit is Unit.HOUR:
        return due_at + margin.amount * HOUR_MS
    day = civil(due_at - 1).date()
    time_of_day = due_at - start_of_day_ms(day.isoformat())
    return start_of_day_ms(extended(day, margin.amount, calendar, margin.unit).isoformat()) + time_of_day


def _share_used(since: int, due_at: int, now: int, calendar: Calendar) -> int:
    """Hundredths of the working time that have gone; of the clock's time where the whole lies in days off."""
    whole = working_ms(since, due_at, calendar)
    if whole > 0:
        return working_ms(since, now, calendar) * 100 // whole
    return (now - since) * 100 // (due_at - since) if due_at > since else 100
