"""办理: signing, first contact, more time, waiting, telling the caller, and the reply."""

from __future__ import annotations

from county_hotline.domain.civil_time import civil, end_of_day_ms
from county_hotline.domain.decisions.ground import (
    CONTENT_LIMIT,
    LONG_LIMIT,
    SHORT_LIMIT,
    decidable,
    fits,
    given,
    happened_by,
    judged,
    known,
    nothing_asked,
    open_order,
    round_in_hand,
    round_of,
    working_round,
)
from county_hotline.domain.facts import (
    CitizenTold,
    ContactMade,
    ExtensionAsked,
    ExtensionDecided,
    Replied,
    Resumed,
    SignedFor,
    SuspensionAsked,
    SuspensionDecided,
)
from county_hotline.domain.standing_parts import Assignment
from county_hotline.domain.vocabulary import Ask, AssignmentState, ExtensionReason, Stage, SuspensionReason
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import Refusal
from county_hotline.ids import AgencyCode, EntryId, OfficerId


def signable(order: WorkOrder, agency: AgencyCode) -> None:
    """Refuses a unit the order was not dispatched to (R130), and a second signature (R131)."""
    open_order(order)
    if round_of(order, agency).state not in (AssignmentState.TO_SIGN, AssignmentState.REDO):
        raise Refusal("R131", number=order.number, agency=agency)


def sign_for(order: WorkOrder, agency: AgencyCode) -> SignedFor:
    """签收; also of what came back to be done again."""
    signable(order, agency)
    return SignedFor(agency=agency)


def contactable(order: WorkOrder, agency: AgencyCode) -> None:
    """Refuses a unit that does not have it in hand."""
    open_order(order)
    working_round(order, agency)


def make_contact(
    order: WorkOrder, agency: AgencyCode, *, contacted_at: int, reached: bool, words: str = "", now: int
) -> ContactMade:
    """首次联系, also a try that reached nobody."""
    contactable(order, agency)
    happened_by("contacted_at", contacted_at, now)
    fits({"words": words}, LONG_LIMIT)
    return ContactMade(agency=agency, contacted_at=contacted_at, reached=reached, words=words)


# ---------------------------------------------------------------- 延期


def due_moment(assignment: Assignment) -> int:
    """The moment the round's limit ends, UTC ms; 0 where there is none."""
    return assignment.due_at or (end_of_day_ms(assignment.due_on) if assignment.due_on else 0)


def may_ask_extension(order: WorkOrder, agency: AgencyCode) -> None:
    """Refuses before signing (R344), without a limit (R351), and while an earlier application waits (R328)."""
    open_order(order)
    if not round_in_hand(order, agency).due_on:
        raise Refusal("R351", number=order.number)
    nothing_asked(order, agency, Ask.EXTENSION)


def ask_extension(
    order: WorkOrder,
    agency: AgencyCode,
    *,
    until: str,
    reason: ExtensionReason,
    words: str,
    now: int,
    apply_by: int = 0,
    most: int = 0,
    latest: str = "",
    sealed_by: str = "",
    needs_seal: bool = False,
) -> ExtensionAsked:
    """申请延期, before the limit ends (R346; `apply_by` is the pack's earlier moment, UTC ms), at most `most` times (R347), with the
    reason in words, for a day after the old limit (R349) and not after `latest` (R350; counted from the old limit, 山东 2020: 10 工作日),
    signed by the unit's head where the pack wants that (R356)."""
    may_ask_extension(order, agency)
    mine = round_in_hand(order, agency)
    if most and mine.extensions >= most:
        raise Refusal("R347", number=order.number, most=most)
    ends_at = apply_by or due_moment(mine)
    if ends_at and now > ends_at:
        raise Refusal("R346", number=order.number, ended_at=ends_at)
    given({"words": words})
    _later(order, mine, until, latest)
    if needs_seal and not sealed_by.strip():
        raise Refusal("R356", number=order.number, field="sealed_by")
    fits({"sealed_by": sealed_by}, SHORT_LIMIT)
    return ExtensionAsked(agency=agency, until=until, reason=reason, words=words, sealed_by=sealed_by)


def _later(order: WorkOrder, mine: Assignment, until: str, latest: str) -> None:
    if not until:
        raise Refusal("R348", number=order.number, field="until")
    if until <= mine.due_on:
        raise Refusal("R349", number=order.number, field="until", due_on=mine.due_on)
    if latest and until > latest:
        raise Refusal("R350", number=order.number, field="until", latest=latest)


def decide_extension(
    order: WorkOrder,
    asked: EntryId,
    *,
    approved: bool,
    opinion: str,
    officer: OfficerId,
    until: str = "",
    due_at: int = 0,
    latest: str = "",
    tell_by: int = 0,
) -> ExtensionDecided:
    """延期审核: the day asked for, or another that fits. Approved, the caller must be told the new date and the reason."""
    decidable(order, Ask.EXTENSION)
    found = judged(order, asked, Ask.EXTENSION, opinion, officer=officer)
    if not approved:
        return ExtensionDecided(agency=found.agency, approved=False, opinion=opinion, asked=asked)
    day = until or found.wanted
    _later(order, round_of(order, found.agency), day, latest)
    return ExtensionDecided(
        agency=found.agency,
        approved=True,
        opinion=opinion,
        asked=asked,
        due_on=day,
        due_at=due_at or end_of_day_ms(day),
        tell_by=tell_by,
    )


# ---------------------------------------------------------------- 挂起


def may_ask_suspension(order: WorkOrder, agency: AgencyCode) -> None:
    """Refuses before signing (R344), what waits already (R357), and while an earlier application waits (R328)."""
    open_order(order)
    if round_in_hand(order, agency).state is not AssignmentState.IN_HAND:
        raise Refusal("R357", number=order.number)
    nothing_asked(order, agency, Ask.SUSPENSION)


def ask_suspension(
    order: WorkOrder,
    agency: AgencyCode,
    *,
    reason: SuspensionReason,
    words: str,
    resume_when: str,
    review_on: str,
    sealed_by: str = "",
    now: int,
    latest_review: str = "",
    needs_seal: bool = False,
) -> SuspensionAsked:
    """申请挂起, with the condition under which it goes on (R352), the day somebody looks again (R353), and the leader who signed where
    the pack wants that (R356)."""
    may_ask_suspension(order, agency)
    given({"words": words})
    if not resume_when.strip():
        raise Refusal("R352", number=order.number, field="resume_when")
    _looked_at_again(order, review_on, now, latest_review)
    if needs_seal and not sealed_by.strip():
        raise Refusal("R356", number=order.number, field="sealed_by")
    fits({"resume_when": resume_when}, LONG_LIMIT)
    fits({"sealed_by": sealed_by}, SHORT_LIMIT)
    return SuspensionAsked(
        agency=agency, reason=reason, words=words, resume_when=resume_when, review_on=review_on, sealed_by=sealed_by
    )


def _looked_at_again(order: WorkOrder, review_on: str, now: int, latest: str) -> None:
    if not review_on:
        raise Refusal("R353", number=order.number, field="review_on")
    if review_on <= civil(now).date().isoformat():
        raise Refusal("R354", number=order.number, field="review_on")
    if latest and review_on > latest:
        raise Refusal("R355", number=order.number, field="review_on", latest=latest)


def decide_suspension(
    order: WorkOrder,
    asked: EntryId,
    *,
    approved: bool,
    opinion: str,
    officer: OfficerId,
    now: int,
    review_on: str = "",
    latest_review: str = "",
    stops_clock: bool = False,
) -> SuspensionDecided:
    """挂起审核. The limit waits only where the pack says so."""
    decidable(order, Ask.SUSPENSION)
    found = judged(order, asked, Ask.SUSPENSION, opinion, officer=officer)
    day = review_on or found.wanted
    if not approved:
        return SuspensionDecided(agency=found.agency, approved=False, opinion=opinion, asked=asked)
    if round_of(order, found.agency).state is not AssignmentState.IN_HAND:
        raise Refusal("R357", number=order.number)
    _looked_at_again(order, day, now, latest_review)
    return SuspensionDecided(
        agency=found.agency, approved=True, opinion=opinion, asked=asked, review_on=day, stops_clock=stops_clock
    )


def resumable(order: WorkOrder, agency: AgencyCode) -> None:
    """Refuses (R358) what does not wait."""
    open_order(order)
    if round_of(order, agency).state is not AssignmentState.SUSPENDED:
        raise Refusal("R358", number=order.number)


def resume(order: WorkOrder, agency: AgencyCode, words: str, *, due_on: str = "", due_at: int = 0) -> Resumed:
    """恢复办理. `due_on` is the limit from here on, where the pack let it wait."""
    resumable(order, agency)
    given({"words": words})
    return Resumed(agency=agency, words=words, due_on=due_on, due_at=due_at)


# ---------------------------------------------------------------- 告知, 回复


def tellable(order: WorkOrder) -> None:
    """Refuses what is not here, and what was no request or goes on elsewhere (R360)."""
    known(order)
    if order.stage in (Stage.VOID, Stage.MERGED):
        raise Refusal("R360", number=order.number)


def tell_citizen(order: WorkOrder, fact: CitizenTold, *, now: int) -> CitizenTold:
    """告知诉求人, with what was said; also a try that reached nobody."""
    tellable(order)
    happened_by("told_at", fact.told_at, now)
    given({"words": fact.words})
    return fact


def replyable(order: WorkOrder, agency: AgencyCode) -> None:
    """Refuses a unit that has not signed (R140), that waits (R341), or whose reply has passed its review (R342)."""
    open_order(order)
    state = round_of(order, agency).state
    if state is AssignmentState.TO_SIGN:
        raise Refusal("R140", number=order.number, agency=agency)
    if state is AssignmentState.SUSPENDED:
        raise Refusal("R341", number=order.number, agency=agency)
    if state is AssignmentState.DONE:
        raise Refusal("R342", number=order.number, agency=agency)


def reply(
    order: WorkOrder,
    agency: AgencyCode,
    *,
    internal: str,
    public: str = "",
    solved: bool | None = None,
    genuine: bool | None = None,
    beyond_duty: bool | None = None,
    unsolved_reason: str = "",
    signed_off_by: str = "",
    photos: tuple[str, ...] = (),
) -> Replied:
    """回复, in two texts. Refuses an empty account (R141); a public text may be missing, which is worth a caution (`lacks_public`)."""
    replyable(order, agency)
    if not internal.strip():
        raise Refusal("R141", number=order.number, field="internal")
    fits({"internal": internal, "public": public}, CONTENT_LIMIT)
    fits({"unsolved_reason": unsolved_reason}, LONG_LIMIT)
    fits({"signed_off_by": signed_off_by}, SHORT_LIMIT)
    return Replied(
        agency=agency,
        internal=internal,
        public=public,
        solved=solved,
        genuine=genuine,
        beyond_duty=beyond_duty,
        unsolved_reason=unsolved_reason,
        signed_off_by=signed_off_by,
        photos=photos,
    )


def lacks_public(order: WorkOrder, public: str) -> bool:
    """Whether the caller, who can be told something, would be shown nothing."""
    accepted = order.accepted
    return not public.strip() and accepted is not None and (accepted.wants_call_back or not accepted.anonymous)
