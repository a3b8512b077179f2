"""Where an order stands, in a word with its sign: its stage, its limit, its seven steps, each unit's share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from county_hotline.clock import local
from county_hotline.domain.standing_parts import Assignment
from county_hotline.domain.vocabulary import AssignmentState, Stage
from county_hotline.domain.work_order import WorkOrder
from county_hotline.ui.telling.names import Names, officer_name
from county_hotline.wording import say, word


@dataclass(frozen=True, slots=True)
class Mark:
    """Words with a tone (a value of `theme.Tone`) and a sign: never colour alone."""

    words: str
    tone: str = "plain"
    icon: str = ""
    bold: bool = False


@dataclass(frozen=True, slots=True)
class StepTold:
    """One of the seven steps; `state` is a value of `widgets.steps.StepState`."""

    words: str
    note: str = ""
    state: str = "to_come"


@dataclass(frozen=True, slots=True)
class ShareTold:
    """承办 of one unit: who, since when, how it stands, how much of its time is gone."""

    role: str
    agency: str
    note: str
    state: Mark
    limit: Mark
    gone: float | None
    """0..1; None where no limit is known or none counts any more."""


WorkdaysLeft = Callable[..., "int | None"]
"""`desk.looking_up.workdays_left` without its desk: (due_on, at=ms)."""

_STAGES = {
    Stage.UNREAD: ("quiet", "envelope"),
    Stage.TO_DISPATCH: ("quiet", "send"),
    Stage.TO_SIGN: ("quiet", "inbox"),
    Stage.IN_HAND: ("blue", "hourglass-split"),
    Stage.TO_REVIEW: ("quiet", "eye"),
    Stage.FINISHED: ("green", "check-circle-fill"),
}
_SHARES = {
    AssignmentState.TO_SIGN: ("quiet", "inbox"),
    AssignmentState.IN_HAND: ("blue", "hourglass-split"),
    AssignmentState.REPLIED: ("green", "check-circle-fill"),
    AssignmentState.WITHDRAWN: ("quiet", "arrow-return-left"),
    AssignmentState.DONE: ("green", "check-circle-fill"),
}


def stage_mark(stage: Stage, *, waiting: bool = False) -> Mark:
    """工单状态. What was only taken here and not yet sent is said to be so: nobody else can act on it."""
    if waiting and stage is Stage.TO_DISPATCH:
        return Mark(say("order.waiting"), "quiet", "cloud-upload")
    tone, icon = _STAGES[stage]
    return Mark(word(stage), tone, icon)


def left_mark(left: int | None, due_on: str, *, today: str) -> Mark:
    """工作日: how many working days are left, or by how many it is late."""
    if left is None:
        return Mark(say("order.no_limit"), "quiet")
    if due_on < today:
        return Mark(
            say("order.late", days=-left) if left else say("order.just_late"), "red", "exclamation-octagon-fill", bold=True
        )
    if left == 0:
        return Mark(say("order.due_today"), "amber", "clock-fill")
    return Mark(say("order.left", days=left), *(("amber", "clock-fill") if left == 1 else ()))


def short_number(number: str) -> str:
    """`261121-0007`: day and serial, for lists where county and station are the same in most rows."""
    parts = number.split("-")
    return "-".join((parts[-2], parts[-1][:4])) if len(parts) == 4 else number


def day_words(iso: str, *, year: int = 0) -> str:
    """`11-24 周二`, with the year where it is another one."""
    if not iso:
        return ""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    shown = f"{day:%m-%d}" if year in (0, day.year) else iso
    return f"{shown} {say(f'weekday.{day.isoweekday()}')}"


def moment(ms: int, *, year: int) -> str:
    """`11-20 16:02`, with the year where it is another one."""
    at = local(ms)
    return f"{at:%m-%d %H:%M}" if at.year == year else f"{at:%Y-%m-%d}"


def steps_of(order: WorkOrder, *, year: int, brief: bool = False) -> tuple[StepTold, ...]:
    """诉求 受理 批转 办理 回复 评价 回访. `brief` leaves the time of day out."""

    def when(ms: int | None) -> str:
        if not ms:
            return ""
        return moment(ms, year=year)[:5] if brief and local(ms).year == year else moment(ms, year=year)

    lead, accepted = order.lead, order.accepted
    finished = order.stage is Stage.FINISHED
    times = (
        when(accepted.came_at if accepted else None),
        when(order.accepted_at if accepted else None),
        when(lead.dispatched_at if lead else None),
        when(lead.signed_at if lead else None),
        when(order.finished_at or (lead.replied_at if lead else None)),
        "",
        "",
    )
    done = 5 if finished else _DONE[order.stage]
    told = []
    for at, (name, note) in enumerate(zip(_STEPS, times, strict=True)):
        state = "done" if at < done else "now" if at == done and not finished else "to_come"
        told.append(
            StepTold(say(f"order.step.{name}"), note or _coming(name, order, is_now=state == "now", brief=brief), state)
        )
    return tuple(told)


_STEPS = ("matter", "accept", "dispatch", "work", "reply", "rating", "follow_up")
_DONE = {Stage.UNREAD: 1, Stage.TO_DISPATCH: 2, Stage.TO_SIGN: 3, Stage.IN_HAND: 3, Stage.TO_REVIEW: 4}


def _coming(name: str, order: WorkOrder, *, is_now: bool, brief: bool) -> str:
    if is_now and order.stage is not Stage.UNREAD:
        return word(order.stage)
    if name == "reply" and not brief and order.due_on and order.stage is not Stage.FINISHED:
        return say("order.step.by", day=order.due_on[5:])
    return ""


def shares_of(order: WorkOrder, names: Names, left: WorkdaysLeft, *, today: str) -> tuple[ShareTold, ...]:
    """承办, units in hand first, those that left last."""
    year = int(today[:4])
    present = [a for a in order.assignments if a.state is not AssignmentState.WITHDRAWN]
    gone = [a for a in order.assignments if a.state is AssignmentState.WITHDRAWN]
    return tuple(_share(a, order, names, left=left, today=today, year=year) for a in (*present, *reversed(gone)))


def _share(each: Assignment, order: WorkOrder, names: Names, *, left: WorkdaysLeft, today: str, year: int) -> ShareTold:
    tone, icon = _SHARES[each.state]
    mark = Mark(word(each.state), tone, icon)
    limit, gone = _limit(each, order, left, today=today)
    if limit.tone == "red" and each.state is AssignmentState.TO_SIGN:
        mark = Mark(mark.words, "amber", mark.icon)
    return ShareTold(word(each.role), names.agency(each.agency), _share_note(each, year=year), mark, limit, gone)


def _share_note(each: Assignment, *, year: int) -> str:
    parts = [say("order.share.dispatched", at=moment(each.dispatched_at, year=year))]
    if each.signed_at:
        parts.append(say("order.share.signed", who=officer_name(each.signer), at=moment(each.signed_at, year=year)))
    if each.replied_at:
        parts.append(say("order.share.replied", at=moment(each.replied_at, year=year)))
    return " ・ ".join(parts)


def _limit(each: Assignment, order: WorkOrder, left: WorkdaysLeft, *, today: str) -> tuple[Mark, float | None]:
    if each.state is AssignmentState.WITHDRAWN:
        return Mark(""), None
    if not each.due_on:
        return Mark(say("order.no_limit"), "quiet"), None
    whole = left(each.due_on, at=each.dispatched_at)
    ended = each.replied_at or order.finished_at
    if ended:
        used = max(0, (whole or 0) - (left(each.due_on, at=ended) or 0))
        is_late = local(ended).date().isoformat() > each.due_on
        words = say("order.share.used", used=used, whole=whole or 0)
        return Mark(words, "red" if is_late else "green", ""), min(1.0, used / max(1, whole or 1))
    now = left(each.due_on)
    mark = left_mark(now, each.due_on, today=today)
    gone = 1.0 if each.due_on < today else max(0.0, min(1.0, 1 - (now or 0) / max(1, whole or 1)))
    words = mark.words if mark.tone == "red" else f"{mark.words} ・ {say('order.share.until', day=each.due_on[5:])}"
    return Mark(words, mark.tone, mark.icon, mark.bold), gone
