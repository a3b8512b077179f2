"""待办: what an order waits for, from whom, until when. A pure function of the order as it stands, so that no list can be forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from enum import Enum
from typing import Final

import msgspec

from county_hotline.domain.civil_time import start_of_day_ms
from county_hotline.domain.standing_parts import Assignment
from county_hotline.domain.vocabulary import AssignmentState, ClashMatter, FollowUpResult, Stage, Told
from county_hotline.domain.work_order import WorkOrder
from county_hotline.ids import AgencyCode

CENTRE: Final = AgencyCode("centre")
"""Whose task it is when it is the county centre's, whichever unit code the centre has."""
NEVER: Final = 0


class TaskKind(str, Enum):
    """What is waited for."""

    COMPLETE = "complete"  # 待补充
    DISPATCH = "dispatch"  # 待派单
    SIGN = "sign"  # 待签收
    CONTACT = "contact"  # 待首次联系
    REPLY = "reply"  # 待回复
    RESUME = "resume"  # 挂起待复核
    TELL = "tell"  # 待告知诉求人
    DECIDE = "decide"  # 待审批
    REVIEW = "review"  # 待审核
    FOLLOW_UP = "follow_up"  # 待回访
    JUDGE = "judge"  # 不满意待定
    FINISH = "finish"  # 待办结
    ANSWER_SUPERVISION = "answer_supervision"  # 督办待回复
    CLOSE_SUPERVISION = "close_supervision"  # 督办待办结
    ANSWER_CALL = "answer_call"  # 呼叫待响应
    MEET = "meet"  # 待到场处置
    SCORE = "score"  # 待互评
    SETTLE = "settle"  # 待核对: what the caller said
    SETTLE_STATE = "settle_state"  # 待核对: who handles it, how it stands
    WATCH = "watch"  # 在别处办理中: to be urged when it runs late


ACT_FOR: Final[dict[TaskKind, str]] = {
    TaskKind.COMPLETE: "give_more",
    TaskKind.DISPATCH: "dispatch",
    TaskKind.SIGN: "sign_for",
    TaskKind.CONTACT: "make_contact",
    TaskKind.REPLY: "reply",
    TaskKind.RESUME: "resume",
    TaskKind.TELL: "tell_citizen",
    TaskKind.DECIDE: "decide",
    TaskKind.REVIEW: "review",
    TaskKind.FOLLOW_UP: "follow_up",
    TaskKind.JUDGE: "redo",
    TaskKind.FINISH: "finish",
    TaskKind.ANSWER_SUPERVISION: "answer_supervision",
    TaskKind.CLOSE_SUPERVISION: "close_supervision",
    TaskKind.ANSWER_CALL: "answer_call",
    TaskKind.MEET: "find",
    TaskKind.SCORE: "score_call",
    TaskKind.SETTLE: "settle",
    TaskKind.SETTLE_STATE: "settle_state",
    TaskKind.WATCH: "urge",
}
"""下一步: the act (see `authority`, `desk.acts`) that does what is waited for."""


class Task(msgspec.Struct, frozen=True):
    """One thing waited for."""

    kind: TaskKind
    unit: AgencyCode
    """Whose it is; `CENTRE` for the county centre's."""
    due_at: int = NEVER
    """Until when, UTC ms; 0 where no limit is known."""
    since: int = 0
    agency: AgencyCode = AgencyCode("")
    """The other unit it is about, where there is one."""


def tasks_of(order: WorkOrder) -> tuple[Task, ...]:
    """Everything the order waits for now. An ended order may still wait for a call back, a score, an answer to a supervision. One whose
    acceptance was erased waits for nothing: nobody may do anything to it any more (R182)."""
    if order.erased:
        return ()
    found = [*_of_supervisions(order), *_of_calls(order), *_of_telling(order), *_of_repeats(order), *_of_applications(order)]
    found += _of_clashes(order)
    if order.ended is None:
        found += [*_of_taking(order), *_of_rounds(order), *_of_closing(order)]
    elif order.ended is Stage.FINISHED:
        found += _of_the_caller(order)
    return tuple(found)


def _of_taking(order: WorkOrder) -> Iterator[Task]:
    asked = order.taking.asked
    if asked is not None and order.accepted is not None:
        yield Task(TaskKind.COMPLETE, order.accepted.unit, asked.by, order.taking.asked_at)
    elif order.stage is Stage.TO_DISPATCH:
        lead = order.lead
        since = lead.ended_at or order.accepted_at if lead is not None else order.accepted_at
        yield Task(TaskKind.DISPATCH, CENTRE, order.due_at, since)


def _of_rounds(order: WorkOrder) -> Iterator[Task]:
    for each in order.live:
        if each is not order.round_of(each.agency) or not each.is_working:
            continue
        yield from _of_round(order, each)


def _of_round(order: WorkOrder, each: Assignment) -> Iterator[Task]:
    if each.state is AssignmentState.SUSPENDED:
        review = start_of_day_ms(each.review_on)
        yield Task(TaskKind.RESUME, each.agency, review, each.suspended_at or 0)
        yield Task(TaskKind.WATCH, CENTRE, review, each.suspended_at or 0, each.agency)
        return
    limit = _tighter(order, each)
    if each.state is AssignmentState.TO_SIGN:
        due, kind = each.sign_by or limit, TaskKind.SIGN
    else:
        due, kind = limit, TaskKind.REPLY
    yield Task(kind, each.agency, due, each.dispatched_at)
    if each.state is AssignmentState.IN_HAND and each.contact_by and each.contacted_at is None:
        yield Task(TaskKind.CONTACT, each.agency, each.contact_by, each.dispatched_at)
    watchers = {CENTRE, order.accepted.unit if order.accepted else CENTRE} - {each.agency}
    for watcher in sorted(watchers):
        yield Task(TaskKind.WATCH, AgencyCode(watcher), due, each.dispatched_at, each.agency)


def _tighter(order: WorkOrder, each: Assignment) -> int:
    """The round's own limit, or the upper level's where that ends first."""
    above = order.accepted.external_due_at if order.accepted else 0
    return min((at for at in (each.ends_at, above) if at), default=NEVER)


def _of_applications(order: WorkOrder) -> Iterator[Task]:
    for application in order.applications:
        if application.is_open:
            mine = order.round_of(application.agency)
            due = mine.ends_at if mine is not None and mine.is_working else NEVER
            yield Task(TaskKind.DECIDE, CENTRE, due, application.asked_at, application.agency)


def _of_clashes(order: WorkOrder) -> Iterator[Task]:
    """待核对: of the caller's words whoever took the request or the centre; of anything else, and what was left to it, the centre."""
    if order.accepted is None:
        return
    words = [clash for clash in order.clashes if clash.matter is ClashMatter.WORDS]
    if any(not clash.to_centre for clash in words):
        yield Task(TaskKind.SETTLE, order.accepted.unit, NEVER, order.touched_at)
    if words:
        yield Task(TaskKind.SETTLE, CENTRE, NEVER, order.touched_at)
    if len(words) < len(order.clashes):
        yield Task(TaskKind.SETTLE_STATE, CENTRE, NEVER if order.is_ended else order.due_at, order.touched_at)


def _of_telling(order: WorkOrder) -> Iterator[Task]:
    """The unit tells while it has to do with the order and knows whom to tell; else the centre does."""
    if order.ended in (Stage.VOID, Stage.MERGED) or order.reaches_nobody:
        return
    for each in order.to_tell:
        tells = not order.is_confidential and order.round_of(each.agency) is not None
        yield Task(TaskKind.TELL, each.agency if tells else CENTRE, each.by, each.since)


def _of_repeats(order: WorkOrder) -> Iterator[Task]:
    """并单: the callers of repeats wait for what became of the order theirs went on in, and no other order's task reminds of them."""
    told = any(each.about is Told.RESULT and each.reached for each in order.told)
    if order.taking.repeats and order.ended in (Stage.FINISHED, Stage.TOLD, Stage.EMERGENCY) and not told:
        yield Task(TaskKind.TELL, CENTRE, NEVER, order.finished_at or 0)


def _of_closing(order: WorkOrder) -> Iterator[Task]:
    lead = order.lead
    for each in order.live:
        if each.state is AssignmentState.REPLIED:
            yield Task(TaskKind.REVIEW, CENTRE, order.due_at, each.replied_at or 0, each.agency)
    if order.stage is not Stage.TO_FOLLOW_UP or lead is None:
        return
    if order.closing.follow_up_by or (order.closing.dissatisfied and not order.oversight.unreasonable):
        yield from _of_the_caller(order)
    else:
        yield Task(TaskKind.FINISH, CENTRE, order.due_at, lead.reviewed_at or 0, lead.agency)


def _of_the_caller(order: WorkOrder) -> Iterator[Task]:
    closing, lead = order.closing, order.lead
    agency = lead.agency if lead else AgencyCode("")
    if closing.follow_up_by:
        yield Task(TaskKind.FOLLOW_UP, CENTRE, closing.follow_up_by, order.finished_at or 0, agency)
    if closing.dissatisfied and not order.oversight.unreasonable:
        yield Task(TaskKind.JUDGE, CENTRE, NEVER, order.touched_at, agency)


def _of_supervisions(order: WorkOrder) -> Iterator[Task]:
    for each in order.oversight.supervisions:
        if not each.is_open:
            continue
        for agency in each.waiting_for:
            yield Task(TaskKind.ANSWER_SUPERVISION, agency, each.reply_by, each.issued_at)
        if not each.waiting_for:
            yield Task(TaskKind.CLOSE_SUPERVISION, CENTRE, each.reply_by, each.issued_at)


def _of_calls(order: WorkOrder) -> Iterator[Task]:
    for call in order.calls:
        caller = call.called.caller
        if call.is_open:
            answered = {agency for agency, _, _ in call.answers}
            for agency in call.called.agencies:
                if agency not in answered:
                    yield Task(TaskKind.ANSWER_CALL, agency, call.called.meet_at, call.called_at, caller)
            yield Task(TaskKind.MEET, caller, call.called.meet_at, call.called_at)
        for by, of in call.missing_scores():
            yield Task(TaskKind.SCORE, by, NEVER, call.found_at or 0, of)


def tries(order: WorkOrder) -> int:
    """回访次数 that reached nobody: which try is next, less one."""
    return sum(f.result in (FollowUpResult.NO_ANSWER, FollowUpResult.WRONG_NUMBER) for f in order.closing.follow_ups)
