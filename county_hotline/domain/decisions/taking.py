"""受理: taking a request, and every way in which it needs no unit. Nothing may end without an answer, a told path or an assignment."""

from __future__ import annotations

from collections.abc import Collection

from county_hotline.domain.decisions.ground import (
    CONTENT_LIMIT,
    LONG_LIMIT,
    SHORT_LIMIT,
    TITLE_LIMIT,
    fits,
    given,
    happened_by,
    known,
    open_order,
    still_to_come,
)
from county_hotline.domain.facts import (
    Accepted,
    AnsweredAtOnce,
    Corrected,
    EmergencyTransferred,
    Merged,
    MoreAsked,
    MoreGiven,
    PathTold,
    Person,
    RepeatJoined,
    Voided,
    changed_fields,
)
from county_hotline.domain.reference import ToldPath
from county_hotline.domain.vocabulary import AssignmentState, HandedOver, VoidReason
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import Refusal
from county_hotline.ids import Number

TRANSFER_FIRST = "transfer"
"""`ToldPath.instead` of an emergency: it must be handed over, never only refused."""
HANDED = frozenset({HandedOver.TAKEN, HandedOver.BOTH})
"""Somebody took the call: a line that nobody answered, or whose centre would not have it, is no hand-over."""


def accept(fact: Accepted, person: Person) -> Accepted:
    """受理. Refuses empty or over-long fields, and a caller who is neither named, nor reachable, nor anonymous."""
    if not fact.title.strip():
        raise Refusal("R101")
    if not fact.content.strip():
        raise Refusal("R102")
    fits({"title": fact.title}, TITLE_LIMIT)
    fits({"content": fact.content}, CONTENT_LIMIT)
    fits({"demand": fact.demand}, LONG_LIMIT)
    fits({"place_detail": fact.place_detail}, SHORT_LIMIT)
    fits({name: getattr(person, name) for name in ("name", "phone", "address", "id_number")}, SHORT_LIMIT)
    if not fact.anonymous and not (person.name.strip() or person.phone.strip()):
        raise Refusal("R103")
    if not fact.place:
        raise Refusal("R104")
    if not 1 <= fact.people <= 99_999:
        raise Refusal("R105")
    return fact


def correct(order: WorkOrder, fact: Corrected) -> Corrected:
    """更正. Refuses without a reason, without a change, and for an order whose acceptance is not here."""
    known(order)
    if not fact.reason.strip():
        raise Refusal("R110", number=order.number)
    if not changed_fields(fact) and not fact.person:
        raise Refusal("R111", number=order.number)
    fits({"title": fact.title or ""}, TITLE_LIMIT)
    fits({"content": fact.content or ""}, CONTENT_LIMIT)
    fits({"reason": fact.reason}, SHORT_LIMIT)
    if (fact.title is not None and not fact.title.strip()) or (fact.content is not None and not fact.content.strip()):
        raise Refusal("R112", number=order.number)
    return fact


def not_yet_sent(order: WorkOrder) -> None:
    """Refuses (R303) an order that a unit has: then the unit answers, or the centre recalls it first."""
    open_order(order)
    if order.lead is not None and order.lead.is_live:
        raise Refusal("R303", number=order.number)


def transfer_emergency(order: WorkOrder, fact: EmergencyTransferred, *, now: int) -> EmergencyTransferred:
    """紧急转接, by voice first and written down then. It may be told of any order that is open, whoever has it."""
    open_order(order)
    happened_by("handed_at", fact.handed_at, now)
    fits({"taker": fact.taker, "participants": fact.participants}, SHORT_LIMIT)
    fits({"words": fact.words}, LONG_LIMIT)
    return fact


def answer(order: WorkOrder, fact: AnsweredAtOnce) -> AnsweredAtOnce:
    """即时答复. Refuses an empty answer (R302), and what a unit has in hand."""
    not_yet_sent(order)
    if not fact.answer.strip():
        raise Refusal("R302", number=order.number, field="answer")
    fits({"answer": fact.answer}, CONTENT_LIMIT)
    return fact


def tell_path(order: WorkOrder, fact: PathTold, paths: Collection[ToldPath]) -> PathTold:
    """告知法定途径, never a bare refusal: the path is told (R304) by a reason of the county's list (R306), an emergency was handed over
    before (R307: 国办函〔2025〕66号 and the lists of 不予受理 gathered in the domain brief 1.5, code 02)."""
    not_yet_sent(order)
    if not fact.path.strip():
        raise Refusal("R304", number=order.number, field="path")
    chosen = next((each for each in paths if each.code == fact.reason), None)
    if chosen is None:
        raise Refusal("R306", number=order.number, field="reason")
    if chosen.instead == TRANSFER_FIRST and not any(each.result in HANDED for each in order.taking.emergencies):
        raise Refusal("R307", number=order.number, field="reason")
    given({"words": fact.words})
    fits({"path": fact.path, "basis": fact.basis}, LONG_LIMIT)
    fits({"handed_to": fact.handed_to, "handed_number": fact.handed_number}, SHORT_LIMIT)
    return fact


def more_may_be_asked(order: WorkOrder) -> None:
    """Refuses (R310) while an earlier question waits for the caller."""
    not_yet_sent(order)
    if order.taking.asked is not None:
        raise Refusal("R310", number=order.number)


def ask_more(order: WorkOrder, fact: MoreAsked, *, now: int) -> MoreAsked:
    """请补充. Refuses without what is wanted, and with a day that is over."""
    more_may_be_asked(order)
    given({"wanted": fact.wanted})
    if fact.by:
        still_to_come("by", fact.by, now)
    return fact


def give_more(order: WorkOrder, words: str) -> MoreGiven:
    """补充诉求, asked or not."""
    open_order(order)
    given({"words": words}, CONTENT_LIMIT)
    return MoreGiven(words=words)


def mergeable(order: WorkOrder) -> None:
    """Refuses an order that a unit is working on or has replied to (R316): its work would be lost sight of."""
    open_order(order)
    if any(each.is_working or each.state is AssignmentState.REPLIED for each in order.live):
        raise Refusal("R316", number=order.number)


def merge(order: WorkOrder, other: WorkOrder, reason: str = "") -> Merged:
    """并单: this order goes on as part of `other`, which must be here and in hand (R314), another one (R313), and no part of this (R315)."""
    mergeable(order)
    if other.number == order.number:
        raise Refusal("R313", number=order.number, field="into")
    if other.number in order.taking.repeats or other.taking.merged_into == order.number:
        raise Refusal("R315", number=other.number, field="into")
    if other.accepted is None or other.is_ended:
        raise Refusal("R314", number=other.number, stage=other.stage, field="into")
    fits({"reason": reason}, SHORT_LIMIT)
    return Merged(into=other.number, reason=reason)


def join(other: WorkOrder, repeat: Number) -> RepeatJoined:
    """并入: `repeat` goes on as part of `other`; the other side of 并单, and refused where that is."""
    if repeat == other.number:
        raise Refusal("R313", number=other.number, field="into")
    if other.accepted is None or other.is_ended:
        raise Refusal("R314", number=other.number, stage=other.stage, field="into")
    return RepeatJoined(repeat=repeat)


def voidable(order: WorkOrder) -> None:
    """Refuses an order that a unit ever had (R317), that others joined (R318), or in which something was done for the caller (R319)."""
    open_order(order)
    if order.assignments:
        raise Refusal("R317", number=order.number)
    if order.taking.repeats:
        raise Refusal("R318", number=order.number)
    if order.has_answer:
        raise Refusal("R319", number=order.number)


def void(order: WorkOrder, reason: VoidReason, words: str = "") -> Voided:
    """作废: there was no request at all. Not a way to end one."""
    voidable(order)
    given({"words": words}, SHORT_LIMIT)
    return Voided(reason=reason, words=words)
