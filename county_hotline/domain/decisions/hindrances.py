"""What stands in the way of an act to an order as it stands: the very refusal its decision would begin with. It greys buttons."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from county_hotline.domain.decisions import (
    calling,
    closing,
    dispatching,
    ground,
    handling,
    keeping,
    overseeing,
    relating,
    settling,
    taking,
)
from county_hotline.domain.vocabulary import Ask, ClashMatter
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import Refusal
from county_hotline.ids import AgencyCode

Check = Callable[[WorkOrder, AgencyCode], object]


def _order_alone(check: Callable[[WorkOrder], object]) -> Check:
    return lambda order, unit: check(order)


def _deciding(ask: Ask) -> Check:
    return lambda order, unit: ground.decidable(order, ask)


def _settling(matter: ClashMatter) -> Check:
    return lambda order, unit: settling.settleable(order, matter)


def _urgeable(order: WorkOrder, unit: AgencyCode) -> None:
    ground.open_order(order)
    lead = order.lead
    if lead is not None and lead.is_live:
        ground.working_round(order, unit)


def _call_answerable(order: WorkOrder, unit: AgencyCode) -> None:
    ground.known(order)
    if not any(call.is_open and unit in call.called.agencies for call in order.calls):
        raise Refusal("R387", number=order.number, agency=unit)


def _call_open(order: WorkOrder, unit: AgencyCode) -> None:
    ground.known(order)
    if not any(call.is_open and call.called.caller == unit for call in order.calls):
        raise Refusal("R386", number=order.number)


def _arrival_may_be_signed(order: WorkOrder, unit: AgencyCode) -> None:
    ground.known(order)
    if not any(call.is_open and unit in (call.called.caller, *call.called.agencies) for call in order.calls):
        raise Refusal("R386", number=order.number)


def _scorable(order: WorkOrder, unit: AgencyCode) -> None:
    ground.known(order)
    if not any(by == unit for call in order.calls for by, _ in call.missing_scores()):
        raise Refusal("R394", number=order.number)


def _supervision_answerable(order: WorkOrder, unit: AgencyCode) -> None:
    ground.known(order)
    if not any(s.is_open and unit in s.agencies for s in order.oversight.supervisions):
        raise Refusal("R389", number=order.number, agency=unit)


def _supervision_open(order: WorkOrder) -> None:
    ground.known(order)
    if not any(s.is_open for s in order.oversight.supervisions):
        raise Refusal("R379", number=order.number)


CHECKS: Final[dict[str, Check]] = {
    "correct": _order_alone(ground.known),
    "transfer_emergency": _order_alone(ground.open_order),
    "answer": _order_alone(taking.not_yet_sent),
    "tell_path": _order_alone(taking.not_yet_sent),
    "ask_more": _order_alone(taking.more_may_be_asked),
    "give_more": _order_alone(ground.open_order),
    "merge": _order_alone(taking.mergeable),
    "void": _order_alone(taking.voidable),
    "dispatch": _order_alone(dispatching.dispatchable),
    "recall": dispatching.recallable,
    "ask_send_back": dispatching.may_ask_back,
    "decide_send_back": _deciding(Ask.SEND_BACK),
    "sign_for": handling.signable,
    "make_contact": handling.contactable,
    "ask_extension": handling.may_ask_extension,
    "decide_extension": _deciding(Ask.EXTENSION),
    "ask_suspension": handling.may_ask_suspension,
    "decide_suspension": _deciding(Ask.SUSPENSION),
    "resume": handling.resumable,
    "tell_citizen": _order_alone(handling.tellable),
    "reply": handling.replyable,
    "review": closing.reviewable,
    "redo": closing.redoable,
    "rate": _order_alone(closing.ratable),
    "follow_up": _order_alone(closing.ratable),
    "reopen": _order_alone(closing.reopenable),
    "finish": _order_alone(closing.finishable),
    "archive": _order_alone(closing.archivable),
    "publish": _order_alone(closing.publishable),
    "call_units": calling.callable_by,
    "answer_call": _call_answerable,
    "sign_arrival": _arrival_may_be_signed,
    "find": _call_open,
    "score_call": _scorable,
    "cancel_call": _call_open,
    "urge": _urgeable,
    "supervise": _order_alone(overseeing.supervisable),
    "answer_supervision": _supervision_answerable,
    "close_supervision": _order_alone(_supervision_open),
    "show_card": _order_alone(overseeing.cardable),
    "take_back_card": _order_alone(overseeing.card_lies),
    "ask_hard_case": overseeing.may_ask_hard_case,
    "decide_hard_case": _deciding(Ask.HARD_CASE),
    "ask_unreasonable": overseeing.may_ask_unreasonable,
    "decide_unreasonable": _deciding(Ask.UNREASONABLE),
    "appeal": overseeing.may_appeal,
    "decide_appeal": _deciding(Ask.APPEAL),
    "recompute": _order_alone(ground.open_order),
    "settle": _settling(ClashMatter.WORDS),
    "settle_state": _settling(ClashMatter.STATE),
    "link": _order_alone(ground.known),
    "unlink": _order_alone(relating.linked),
    "cluster": _order_alone(ground.known),
    "uncluster": _order_alone(relating.clustered),
    "attach": _order_alone(ground.known),
    "note": _order_alone(keeping.notable),
    "print": _order_alone(ground.known),
    "unmask": _order_alone(keeping.notable),
    "erase": _order_alone(keeping.notable),
}
"""What each act on one order asks first. The decisions have the last word, on what only the form knows."""


def hindrance(act: str, order: WorkOrder, unit: AgencyCode) -> str:
    """The code of the refusal with which the act would begin for this unit, or nothing where it can be done."""
    try:
        CHECKS[act](order, unit)
    except Refusal as refusal:
        return refusal.code
    return ""
