"""审核, 评价, 回访, 重办, 办结, 归档, 公开: from a unit's reply to the end."""

from __future__ import annotations

from county_hotline.domain.decisions.ground import (
    CONTENT_LIMIT,
    LONG_LIMIT,
    SHORT_LIMIT,
    TITLE_LIMIT,
    ever_had,
    fits,
    given,
    happened_by,
    known,
    open_order,
    round_of,
)
from county_hotline.domain.facts import (
    Archived,
    Finished,
    FollowedUp,
    Published,
    Rated,
    RedoOrdered,
    Reopened,
    Reviewed,
)
from county_hotline.domain.vocabulary import AssignmentState, FollowUpResult, Outcome, Stage
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import Refusal
from county_hotline.ids import AgencyCode

ANSWERED = frozenset({AssignmentState.REPLIED, AssignmentState.DONE, AssignmentState.REDO})


def reviewable(order: WorkOrder, agency: AgencyCode) -> None:
    """Refuses (R361) a unit that has not replied, or whose reply was looked at."""
    open_order(order)
    if round_of(order, agency).state is not AssignmentState.REPLIED:
        raise Refusal("R361", number=order.number, agency=agency)


def review(order: WorkOrder, fact: Reviewed) -> Reviewed:
    """审核. Giving it back needs the reason (R362)."""
    reviewable(order, fact.agency)
    if not fact.passed and not fact.opinion.strip():
        raise Refusal("R362", number=order.number, field="opinion")
    fits({"opinion": fact.opinion}, LONG_LIMIT)
    return fact


def redoable(order: WorkOrder, agency: AgencyCode) -> None:
    """Refuses a unit that never had it (R130), that still works on it (R121), and an order that ended otherwise than finished (R151)."""
    known(order)
    if order.is_ended and order.ended is not Stage.FINISHED:
        raise Refusal("R151", number=order.number)
    if round_of(order, agency).is_working:
        raise Refusal("R121", number=order.number, agency=agency)


def redo(
    order: WorkOrder, agency: AgencyCode, opinion: str, *, due_on: str = "", due_at: int = 0, most: int = 0
) -> RedoOrdered:
    """重办, where the caller is dissatisfied for what the unit did or left undone. With the opinion (R363); at most `most` times (R364)."""
    redoable(order, agency)
    if not opinion.strip():
        raise Refusal("R363", number=order.number, field="opinion")
    if most and ever_had(order, agency).redo >= most:
        raise Refusal("R364", number=order.number, most=most)
    fits({"opinion": opinion}, LONG_LIMIT)
    return RedoOrdered(agency=agency, opinion=opinion, due_on=due_on, due_at=due_at)


def ratable(order: WorkOrder) -> None:
    """Refuses (R365) before there was anything to be satisfied with."""
    known(order)
    answered = order.taking.answered is not None or any(a.state in ANSWERED for a in order.assignments)
    if not answered or order.stage in (Stage.VOID, Stage.MERGED):
        raise Refusal("R365", number=order.number)


def rate(order: WorkOrder, fact: Rated, *, now: int) -> Rated:
    """评价, by the caller."""
    ratable(order)
    if fact.rated_at:
        happened_by("rated_at", fact.rated_at, now)
    fits({"words": fact.words}, LONG_LIMIT)
    return fact


def follow_up(order: WorkOrder, fact: FollowedUp, *, now: int) -> FollowedUp:
    """回访, one try. A satisfaction only of a caller who was reached and rated (R366, R367): unreachable is never dissatisfied."""
    ratable(order)
    happened_by("called_at", fact.called_at, now)
    if fact.result is FollowUpResult.RATED and fact.satisfaction is None:
        raise Refusal("R367", number=order.number, field="satisfaction")
    if fact.result is not FollowUpResult.RATED and fact.satisfaction is not None:
        raise Refusal("R366", number=order.number, field="satisfaction")
    fits({"words": fact.words}, LONG_LIMIT)
    return fact


def reopenable(order: WorkOrder) -> None:
    """Refuses (R368) what has not ended."""
    known(order)
    if order.stage is Stage.UNREAD or not order.is_ended:
        raise Refusal("R368", number=order.number)


def reopen(order: WorkOrder, reason: str) -> Reopened:
    """重新打开: what was ended goes on, for a reason (R369)."""
    reopenable(order)
    if not reason.strip():
        raise Refusal("R369", number=order.number, field="reason")
    fits({"reason": reason}, LONG_LIMIT)
    return Reopened(reason=reason)


def finishable(order: WorkOrder) -> None:
    """Refuses before a reply (R150), and while the lead waits for a decision (R371). What is finished may be finished again where the
    caller is not satisfied: that is how somebody writes down that nothing more is to be done."""
    known(order)
    if order.is_ended:
        if order.ended is Stage.FINISHED and unjudged(order):
            return
        raise Refusal("R151", number=order.number)
    if order.stage not in (Stage.TO_REVIEW, Stage.TO_FOLLOW_UP) or order.lead is None:
        raise Refusal("R150", number=order.number)
    if order.open_application(order.lead.agency) is not None:
        raise Refusal("R371", number=order.number, agency=order.lead.agency)


def unjudged(order: WorkOrder) -> bool:
    """Whether the caller's last word is that they are not satisfied, and nobody said yet what follows from that."""
    return order.closing.dissatisfied and not order.oversight.unreasonable


def finish(order: WorkOrder, outcome: Outcome, opinion: str = "") -> Finished:
    """办结. Over a caller who is not satisfied only with an opinion that says why (R370; domain brief 2.2 row 21)."""
    finishable(order)
    if unjudged(order) and not opinion.strip():
        raise Refusal("R370", number=order.number, field="opinion")
    fits({"opinion": opinion}, LONG_LIMIT)
    return Finished(outcome=outcome, opinion=opinion)


def archivable(order: WorkOrder) -> None:
    """Refuses what has not ended or is archived (R372), what was no request (R373), and where nobody judged yet what follows from a
    caller who is not satisfied (R370)."""
    known(order)
    if order.stage is Stage.VOID:
        raise Refusal("R373", number=order.number)
    if not order.is_ended or order.stage is Stage.ARCHIVED:
        raise Refusal("R372", number=order.number)
    if unjudged(order):
        raise Refusal("R370", number=order.number)


def archive(order: WorkOrder, *, file_number: str = "", keep_years: int = 0) -> Archived:
    """归档 (整理、立卷)."""
    archivable(order)
    fits({"file_number": file_number}, SHORT_LIMIT)
    return Archived(file_number=file_number, keep_years=keep_years)


def publishable(order: WorkOrder) -> None:
    """Refuses a confidential order (R375), and one whose caller has not agreed (R374)."""
    known(order)
    if order.is_confidential:
        raise Refusal("R375", number=order.number)
    if order.accepted is None or not order.accepted.public:
        raise Refusal("R374", number=order.number)


def publish(order: WorkOrder, *, title: str, text: str, photos: tuple[str, ...] = ()) -> Published:
    """公开: never by default, only by the caller's wish and the centre's own decision, in words of its own."""
    publishable(order)
    given({"title": title}, TITLE_LIMIT)
    given({"text": text}, CONTENT_LIMIT)
    return Published(title=title, text=text, photos=photos)
