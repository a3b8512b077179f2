"""The limits an act is given by the order's own rule pack and the calendar. Empty and 0 mean: the pack says nothing, or there is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from county_hotline.clock import local
from county_hotline.desk.desk import Desk
from county_hotline.domain import order_limits
from county_hotline.domain.calendars import ONE_DAY, Calendar
from county_hotline.domain.civil_time import civil, end_of_day_ms
from county_hotline.domain.decisions import due_moment
from county_hotline.domain.rule_packs import Margin, RulePack, Span, Unit
from county_hotline.domain.standing_parts import Assignment
from county_hotline.domain.time_limits import HOUR_MS, Due, deadline_ms, due, extended, extended_ms
from county_hotline.domain.vocabulary import FollowUpResult
from county_hotline.domain.work_order import WorkOrder
from county_hotline.ids import AgencyCode

NEXT_WORKDAY = Span(amount=1)
"""When a caller is called back, or tried again, where the pack does not say: the next working day. An assumption after a county's own
rule (call-back the day after closing); a pack's `follow_up` goes before it."""
AS_TYPED = "%Y-%m-%d %H:%M"


@dataclass(frozen=True, slots=True)
class Rules:
    """The pack an order keeps, with the calendar: nothing can be counted without either."""

    pack: RulePack
    calendar: Calendar


def rules_of(desk: Desk, order: WorkOrder) -> Rules | None:
    """The pack under which the order was accepted (the one in force where that is not here), and the calendar."""
    reference = desk.store.reference
    kept = reference.pack(order.accepted.rule_pack) if order.accepted and order.accepted.rule_pack else None
    pack, calendar = kept or reference.rule_pack(), reference.calendar()
    return Rules(pack, calendar) if pack and calendar else None


def limit_of(desk: Desk, order: WorkOrder, *, since: int) -> Due | None:
    """办理期限 of such an order counted from `since` (UTC ms); None where nobody set one."""
    rules, accepted = rules_of(desk, order), order.accepted
    if rules is None or accepted is None:
        return None
    campaigns = desk.store.reference.bundle().campaigns
    limit = order_limits.limit_of(accepted, rules.pack, campaigns, at=order.accepted_at)
    return due(local(since), limit, rules.calendar) if limit else None


def due_for_unit(desk: Desk, order: WorkOrder) -> str:
    """办理期限 a unit is given: the order's own; counted anew only after a return under a pack that says so."""
    rules = rules_of(desk, order)
    back = rules.pack.sending_back if rules else None
    if order.returns and back is not None and back.restarts_callers_limit:
        anew = limit_of(desk, order, since=desk.clock.now_ms())
        return anew.on.isoformat() if anew else order.due_on
    return order.due_on


def day_ends(desk: Desk, order: WorkOrder, day: str) -> int:
    """The moment a due day ends, by the pack; the order's own where it is the order's own day."""
    if not day:
        return 0
    own = [(a.due_on, a.due_at) for a in order.assignments] + (
        [(order.accepted.due_on, order.accepted.due_at)] if order.accepted else []
    )
    known = next((at for on, at in own if on == day and at), 0)
    rules = rules_of(desk, order)
    return known or end_of_day_ms(day, rules.pack.day_count.end_of_day if rules else "24:00")


def by(desk: Desk, order: WorkOrder, span: Span | None, *, since: int = 0) -> int:
    """When a step is due by the pack's span for it, UTC ms."""
    rules = rules_of(desk, order)
    return deadline_ms(since or desk.clock.now_ms(), span, rules.pack, rules.calendar) if rules else 0


def sign_by(desk: Desk, order: WorkOrder) -> int:
    """签收时限 from now."""
    rules = rules_of(desk, order)
    return by(desk, order, rules.pack.sign) if rules else 0


def contact_by(desk: Desk, order: WorkOrder) -> int:
    """首次联系时限 from now."""
    rules = rules_of(desk, order)
    if rules is None or order.accepted is None:
        return 0
    return by(desk, order, rules.pack.contact_for(order.accepted.matter_kind, text=order_limits.words_of(order.accepted)))


# ---------------------------------------------------------------- 退回, 延期, 挂起


def send_back_until(desk: Desk, order: WorkOrder, agency: AgencyCode) -> tuple[int, int]:
    """Until when (UTC ms, from dispatch) and how many times a unit may ask to be let go."""
    rules, mine = rules_of(desk, order), order.round_of(agency)
    if rules is None or mine is None or rules.pack.sending_back is None:
        return 0, 0
    rule = rules.pack.sending_back
    return by(desk, order, rule.within, since=mine.dispatched_at), rule.most or 0


@dataclass(frozen=True, slots=True)
class More:
    """延期 as the pack allows it to one round."""

    latest: str = ""
    apply_by: int = 0
    most: int = 0
    needs_seal: bool = False


def more_time(desk: Desk, order: WorkOrder, agency: AgencyCode) -> More:
    """What the pack allows this unit to ask for now."""
    rules, mine = rules_of(desk, order), order.round_of(agency)
    if rules is None or mine is None or rules.pack.extension is None or not mine.due_on:
        return More()
    rule = rules.pack.extension
    return More(
        latest=_longest(mine, rule.longest, rules) if rule.longest else "",
        apply_by=_before(due_moment(mine), rule.apply_before, rules.calendar) if rule.apply_before else 0,
        most=rule.most or 0,
        needs_seal=bool(rule.needs_seal),
    )


def _longest(mine: Assignment, longest: Span, rules: Rules) -> str:
    if longest.unit is Unit.HOUR:
        ends = extended_ms(due_moment(mine), longest, rules.pack.day_count.end_of_day, rules.calendar)
        return civil(ends - 1).date().isoformat()
    return extended(date.fromisoformat(mine.due_on), longest.amount, rules.calendar, longest.unit).isoformat()


def _before(end: int, margin: Margin, calendar: Calendar) -> int:
    if margin.unit is Unit.HOUR:
        return end - margin.amount * HOUR_MS
    day, left = civil(end - 1).date(), margin.amount
    while left:
        day -= ONE_DAY
        left -= margin.unit is Unit.DAY or calendar.is_workday(day)
    return end - (civil(end - 1).date() - day).days * 24 * HOUR_MS


def tell_by(desk: Desk, order: WorkOrder) -> int:
    """Until when the caller must be told of an extension granted now."""
    rules = rules_of(desk, order)
    if rules is None:
        return 0
    own = rules.pack.extension.tell_within if rules.pack.extension else None
    return by(desk, order, own or rules.pack.tell)


def latest_review(desk: Desk, order: WorkOrder) -> str:
    """The last day on which a suspension of today must be looked at again."""
    rules = rules_of(desk, order)
    if rules is None or rules.pack.suspension is None:
        return ""
    today = civil(desk.clock.now_ms()).date()
    spans = [span for span in (rules.pack.suspension.review_every, rules.pack.suspension.longest) if span]
    days = [extended(today, span.amount, rules.calendar, span.unit) for span in spans if span.unit is not Unit.HOUR]
    return min(days).isoformat() if days else ""


def stops_clock(desk: Desk, order: WorkOrder) -> bool:
    """Whether the limit waits while the order is suspended."""
    rules = rules_of(desk, order)
    return bool(rules and rules.pack.suspension and rules.pack.suspension.stops_clock)


def due_after_waiting(desk: Desk, order: WorkOrder, agency: AgencyCode) -> tuple[str, int]:
    """The limit from here on, as day and moment: later by the working days it waited, where the pack lets it wait; else nothing."""
    rules, mine = rules_of(desk, order), order.round_of(agency)
    if rules is None or mine is None or not mine.due_on or mine.suspended_at is None or not stops_clock(desk, order):
        return "", 0
    since, today = civil(mine.suspended_at).date(), civil(desk.clock.now_ms()).date()
    waited = sum(rules.calendar.is_workday(since + timedelta(days=step)) for step in range(1, (today - since).days + 1))
    if not waited:
        return "", 0
    day = extended(date.fromisoformat(mine.due_on), waited, rules.calendar).isoformat()
    return day, day_ends(desk, order, day)


# ---------------------------------------------------------------- 重办, 回访


def redo_due(desk: Desk, order: WorkOrder) -> str:
    """Until when it must be done again, by the pack; empty where it says nothing."""
    rules = rules_of(desk, order)
    span = rules.pack.redo.limit if rules and rules.pack.redo else None
    ends = by(desk, order, span)
    return civil(ends - 1).date().isoformat() if ends else ""


def redo_most(desk: Desk, order: WorkOrder) -> int:
    """How many times a unit is given it again."""
    rules = rules_of(desk, order)
    return (rules.pack.redo.most or 0) if rules and rules.pack.redo else 0


def follow_up_by(desk: Desk, order: WorkOrder) -> int:
    """回访时限 from now."""
    rules = rules_of(desk, order)
    span = rules.pack.follow_up.within if rules and rules.pack.follow_up else None
    return by(desk, order, span or NEXT_WORKDAY)


def next_try_at(desk: Desk, order: WorkOrder) -> int:
    """When to try again after one more try that reached nobody; 0 where the pack's number of tries is used up."""
    rules = rules_of(desk, order)
    rule = rules.pack.follow_up if rules else None
    unreached = (FollowUpResult.NO_ANSWER, FollowUpResult.WRONG_NUMBER)
    tried = 1 + sum(each.result in unreached for each in order.closing.follow_ups)
    if rule is not None and rule.tries is not None and tried >= rule.tries:
        return 0
    return by(desk, order, (rule.next_try if rule else None) or NEXT_WORKDAY)
