"""一线处置: 呼叫, 响应, 报到, 处置, 互评 (鼓楼: 呼叫全留痕, 一呼叫一考核, with three named roles)."""

from __future__ import annotations

from county_hotline.domain.decisions.ground import (
    LONG_LIMIT,
    SHORT_LIMIT,
    fits,
    given,
    happened_by,
    known,
    open_order,
    still_to_come,
)
from county_hotline.domain.facts import ArrivalSigned, CallAnswered, CallCancelled, CallScored, SiteFindings, UnitsCalled
from county_hotline.domain.standing_parts import Call
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import Refusal
from county_hotline.ids import AgencyCode

LOWEST, HIGHEST = 1, 5


def callable_by(order: WorkOrder, caller: AgencyCode, *, is_centre: bool = False) -> None:
    """Refuses (R380) a unit that has nothing to do with the order."""
    open_order(order)
    took_it = order.accepted is not None and order.accepted.unit == caller
    if not (is_centre or took_it or order.round_of(caller) is not None):
        raise Refusal("R380", number=order.number, agency=caller)


def next_call(order: WorkOrder, caller: AgencyCode) -> str:
    """`1`, `2`: the name the unit's next call gets."""
    return str(1 + sum(call.called.caller == caller for call in order.calls))


def call_units(order: WorkOrder, fact: UnitsCalled, *, now: int, is_centre: bool = False) -> UnitsCalled:
    """呼叫. Needs another unit (R381), a place and a time to come, the matter, and who runs it, who is in charge, who answers for it."""
    callable_by(order, fact.caller, is_centre=is_centre)
    if not set(fact.agencies) - {fact.caller} or fact.caller in fact.agencies:
        raise Refusal("R381", number=order.number, field="agencies")
    still_to_come("meet_at", fact.meet_at, now)
    given({"meet_where": fact.meet_where}, SHORT_LIMIT)
    given({"matter": fact.matter})
    given({"handler": fact.handler, "in_charge": fact.in_charge, "chief": fact.chief}, SHORT_LIMIT)
    return fact


def call_of(order: WorkOrder, caller: AgencyCode, name: str) -> Call:
    """That call. Refuses (R386) one that is not here or was cancelled."""
    known(order)
    found = next((call for call in order.calls if call.name == (caller, name)), None)
    if found is None or found.cancelled:
        raise Refusal("R386", number=order.number)
    return found


def open_call(order: WorkOrder, caller: AgencyCode, name: str) -> Call:
    """That call, before its findings. Refuses (R391) afterwards."""
    found = call_of(order, caller, name)
    if not found.is_open:
        raise Refusal("R391", number=order.number)
    return found


def answer_call(order: WorkOrder, fact: CallAnswered) -> CallAnswered:
    """响应, by a called unit (R387); why, where it does not come (R388)."""
    call = open_call(order, fact.caller, fact.call)
    if fact.agency not in call.called.agencies:
        raise Refusal("R387", number=order.number, agency=fact.agency)
    if not fact.comes and not fact.words.strip():
        raise Refusal("R388", number=order.number, field="words")
    fits({"words": fact.words}, LONG_LIMIT)
    return fact


def sign_arrival(order: WorkOrder, fact: ArrivalSigned, *, now: int) -> ArrivalSigned:
    """报到: who came and when, also of a unit that was not called. Signed in later from the paper sheet too."""
    call_of(order, fact.caller, fact.call)
    if not fact.agency:
        raise Refusal("R300", field="agency", label="agency")
    given({"name": fact.name}, SHORT_LIMIT)
    fits({"post": fact.post}, SHORT_LIMIT)
    happened_by("arrived_at", fact.arrived_at, now)
    return fact


def find(order: WorkOrder, fact: SiteFindings) -> SiteFindings:
    """处置: what was found together, once a call (R391), and who does what: only units that were called or came (R392), and
    only while the order goes on (R382)."""
    call = open_call(order, fact.caller, fact.call)
    if fact.tasks and order.is_ended:
        raise Refusal("R382", number=order.number, field="tasks")
    given({"findings": fact.findings})
    present = {fact.caller, *call.called.agencies, *(arrival.agency for arrival in call.arrivals)}
    for task in fact.tasks:
        if task.agency not in present:
            raise Refusal("R392", number=order.number, agency=task.agency, field="tasks")
        if not task.work.strip():
            raise Refusal("R393", number=order.number, agency=task.agency, field="tasks")
    return fact


def score_call(order: WorkOrder, fact: CallScored) -> CallScored:
    """互评, after the findings (R394), from 1 to 5 (R395), once a pair (R396), between who called and who was called or came (R397)."""
    call = call_of(order, fact.caller, fact.call)
    if call.found_at is None:
        raise Refusal("R394", number=order.number)
    if not LOWEST <= fact.score <= HIGHEST:
        raise Refusal("R395", number=order.number, field="score")
    if any((score.by, score.of) == (fact.by, fact.of) for score in call.scores):
        raise Refusal("R396", number=order.number, field="of")
    others = {*call.called.agencies, *(arrival.agency for arrival in call.arrivals)} - {fact.caller}
    if not ((fact.by == fact.caller and fact.of in others) or (fact.of == fact.caller and fact.by in others)):
        raise Refusal("R397", number=order.number, field="of")
    fits({"words": fact.words}, LONG_LIMIT)
    return fact


def cancel_call(order: WorkOrder, fact: CallCancelled) -> CallCancelled:
    """取消呼叫, before its findings."""
    open_call(order, fact.caller, fact.call)
    given({"reason": fact.reason}, SHORT_LIMIT)
    return fact
