"""派单, 撤回, 退回: who has it in hand, and what a unit may say against that."""

from __future__ import annotations

from county_hotline.domain.decisions.ground import (
    LONG_LIMIT,
    SHORT_LIMIT,
    decidable,
    fits,
    given,
    judged,
    nothing_asked,
    open_order,
    round_of,
    working_round,
)
from county_hotline.domain.facts import Dispatched, Recalled, SendBackAsked, SendBackDecided
from county_hotline.domain.vocabulary import Ask, AssignmentRole, AssignmentState, SendBackReason
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import Refusal
from county_hotline.ids import AgencyCode, EntryId, OfficerId


def dispatchable(order: WorkOrder) -> None:
    """Refuses what has ended, and what still waits for the caller (R321)."""
    open_order(order)
    if order.taking.asked is not None:
        raise Refusal("R321", number=order.number)


def dispatch(
    order: WorkOrder,
    agency: AgencyCode,
    *,
    role: AssignmentRole,
    due_on: str,
    advice: str = "",
    due_at: int = 0,
    sign_by: int = 0,
    contact_by: int = 0,
    reason: str = "",
    basis: str = "",
    fallback_rule: bool = False,
) -> Dispatched:
    """派单. Refuses an empty agency (R120), a second round to a unit that has it in hand, a share beside a reply that waits for its review (R121), another lead without a reason (R320),
    and a fallback by rule without who named it (R322: domain brief 2.2 row 10)."""
    dispatchable(order)
    if not agency:
        raise Refusal("R120", number=order.number, field="agency")
    present = order.round_of(agency)
    waits = role is AssignmentRole.HELPER and present is not None and present.state is AssignmentState.REPLIED
    if waits or (present is not None and present.is_working):
        raise Refusal("R121", number=order.number, agency=agency, field="agency")
    if _takes_the_lead(order, agency, role, fallback_rule=fallback_rule) and not reason.strip():
        raise Refusal("R320", number=order.number, field="reason")
    if fallback_rule and not basis.strip():
        raise Refusal("R322", number=order.number, field="basis")
    fits({"advice": advice, "reason": reason, "basis": basis}, LONG_LIMIT)
    return Dispatched(
        agency=agency,
        role=role,
        due_on=due_on,
        due_at=due_at,
        sign_by=sign_by,
        contact_by=contact_by,
        advice=advice,
        reason=reason,
        basis=basis,
        fallback_rule=fallback_rule,
    )


def _takes_the_lead(order: WorkOrder, agency: AgencyCode, role: AssignmentRole, *, fallback_rule: bool) -> bool:
    """改派: whether this takes the order from another unit that leads now."""
    lead = order.lead
    leads = role is AssignmentRole.LEAD or (role is AssignmentRole.FALLBACK and fallback_rule)
    return leads and lead is not None and lead.is_live and lead.agency != agency


def recallable(order: WorkOrder, agency: AgencyCode) -> None:
    """Refuses a unit without a round (R130), and one that has replied already (R325)."""
    open_order(order)
    if not round_of(order, agency).is_working:
        raise Refusal("R325", number=order.number, agency=agency)


def recall(order: WorkOrder, agency: AgencyCode, reason: str) -> Recalled:
    """撤回派单."""
    recallable(order, agency)
    given({"reason": reason}, SHORT_LIMIT)
    return Recalled(agency=agency, reason=reason)


def may_ask_back(order: WorkOrder, agency: AgencyCode) -> None:
    """Refuses after a reply (R327), and while an earlier application waits (R328)."""
    open_order(order)
    working_round(order, agency)
    nothing_asked(order, agency, Ask.SEND_BACK)


def ask_send_back(
    order: WorkOrder,
    agency: AgencyCode,
    *,
    reason: SendBackReason,
    basis: str,
    words: str = "",
    proposed: AgencyCode = AgencyCode(""),
    now: int = 0,
    until: int = 0,
    most: int = 0,
) -> SendBackAsked:
    """申请退回 (派单异议), with a basis (R326), at most `most` times (R330) and not after `until` (R329); 0: the pack says nothing.

    Sources: 山东 2020 (within two working days, with the reason); a return without ground is accountable (广东 方案)."""
    may_ask_back(order, agency)
    if not basis.strip():
        raise Refusal("R326", number=order.number, field="basis")
    if reason is SendBackReason.OTHER and not words.strip():
        raise Refusal("R332", number=order.number, field="words")
    before = sum(a.ask is Ask.SEND_BACK and a.agency == agency for a in order.applications)
    if most and before >= most:
        raise Refusal("R330", number=order.number, most=most)
    if until and now > until:
        raise Refusal("R329", number=order.number, until=until)
    if proposed == agency:
        raise Refusal("R331", number=order.number, field="proposed")
    fits({"basis": basis, "words": words}, LONG_LIMIT)
    return SendBackAsked(agency=agency, reason=reason, basis=basis, words=words, proposed=proposed)


def decide_send_back(order: WorkOrder, asked: EntryId, *, approved: bool, opinion: str, officer: OfficerId) -> SendBackDecided:
    """退回审核, by somebody else than the one who asked, with an opinion. The clock ran on until now."""
    decidable(order, Ask.SEND_BACK)
    found = judged(order, asked, Ask.SEND_BACK, opinion, officer=officer)
    return SendBackDecided(agency=found.agency, approved=approved, opinion=opinion, asked=asked)
