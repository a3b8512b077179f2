"""Where an order stands, in a word with its sign: its limit, its seven steps, each unit's share."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from county_hotline.clock import local
from county_hotline.domain.civil_time import start_of_day_ms
from county_hotline.domain.lights import Light
from county_hotline.domain.standing_parts import Assignment
from county_hotline.domain.vocabulary import REACHED, AssignmentState, FollowUpResult, Outcome, Stage
from county_hotline.domain.work_order import WorkOrder
from county_hotline.ui.telling.marks import Mark, flags_of, stage_mark, state_mark
from county_hotline.ui.telling.names import Names, officer_name
from county_hotline.wording import say, word

__all__ = [
    "Lamp", "Mark", "ShareTold", "StepTold", "WorkdaysLeft", "day_words", "deadline", "flags_of", "left_mark", "moment", "no_lamp", "shares_of", "short_number",
    "stage_mark", "state_mark", "steps_of",
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class StepTold:
    """One of the seven steps; `state` is a value of `widgets.steps.StepState`."""

    words: str
    note: str = ""
    state: str = "to_come"


@dataclass(frozen=True, slots=True)
class ShareTold:
    """承办 of one unit in one round: who, since when, how it stands, how much of its time is gone."""

    role: str
    agency: str
    note: str
    state: Mark
    limit: Mark
    gone: float | None
    """0..1; None where no limit is known or none counts any more."""
    lines: tuple[Mark, ...] = ()
    """What else must be known of the round: the contact still to be made, why it was moved, returned or given back."""


WorkdaysLeft = Callable[..., "int | None"]
"""`desk.looking_up.workdays_left` without its desk: (due_on, at=ms)."""
Lamp = Callable[[int, int], "Light | None"]
"""`desk.lamps.lamp` without its desk: (due_at, since)."""


def no_lamp(due_at: int, since: int) -> Light | None:
    """Where no rule says a colour."""
    return None


GONE = (AssignmentState.WITHDRAWN, AssignmentState.RETURNED)


def left_mark(left: int | None, due_on: str, *, today: str, light: Light | None = None) -> Mark:
    """工作日: how many working days are left, or by how many it is late. `light`: the colour the rule pack gives; without one it is
    amber from one working day on."""
    if left is None:
        return Mark(say("order.no_limit"), "quiet")
    if due_on < today:
        return Mark(
            say("order.late", days=-left) if left else say("order.just_late"), "red", "exclamation-octagon-fill", bold=True
        )
    key = "order.left" if left else "order.due_today" if due_on == today else "order.left_none"
    is_soon = left <= 1 if light is None else light is Light.YELLOW
    return Mark(say(key, days=left), *(("amber", "clock-fill") if is_soon else ()))


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


def deadline(ms: int, *, year: int) -> str:
    """`11-24 18:00`; what ends at midnight ends with the day before it: `11-23 周一`."""
    last = local(ms - 1)
    if f"{last:%H:%M}" == "23:59":
        return day_words(last.date().isoformat(), year=year)
    return moment(ms, year=year)


# ---------------------------------------------------------------- the seven steps

_STEPS = ("matter", "accept", "dispatch", "work", "reply", "rating", "follow_up")
_WORKED = (AssignmentState.REPLIED, AssignmentState.DONE)


def steps_of(order: WorkOrder, *, year: int, brief: bool = False) -> tuple[StepTold, ...]:
    """诉求 受理 批转 办理 回复 评价 回访. `brief` leaves the time of day out."""

    def when(ms: int | None) -> str:
        if not ms:
            return ""
        return moment(ms, year=year)[:5] if brief and local(ms).year == year else moment(ms, year=year)

    done, times = _done(order), _times(order)
    now = _now(order, done)
    told = []
    for at, (name, is_done) in enumerate(zip(_STEPS, done, strict=True)):
        state = "done" if is_done else "now" if at == now else "to_come"
        note = when(times[at]) if is_done or at == now else ""
        told.append(StepTold(say(f"order.step.{name}"), note or _coming(name, order, is_now=at == now, brief=brief), state))
    return tuple(told)


def _done(order: WorkOrder) -> tuple[bool, ...]:
    """Which steps lie behind the order. What ended without a unit has neither 批转 nor 办理."""
    lead = order.lead if order.lead is not None and order.lead.is_live else None
    is_over = order.ended is not None and (lead is not None or order.outcome is not None)
    worked = lead is not None and (lead.state in _WORKED or order.ended is not None)
    passed = is_over or (lead is not None and lead.state is AssignmentState.DONE)
    called = any(f.result in REACHED or f.result is FollowUpResult.NOT_NEEDED for f in order.closing.follow_ups)
    rated = bool(order.closing.ratings) or any(f.satisfaction for f in order.closing.follow_ups)
    is_known = order.accepted is not None or order.erased or bool(order.assignments)
    taken = is_known and order.stage is not Stage.TO_COMPLETE
    return True, taken, lead is not None, worked, passed, rated and passed, called and passed


def _now(order: WorkOrder, done: tuple[bool, ...]) -> int:
    """The step it is at; -1 where it is at none."""
    if order.stage is Stage.TO_FOLLOW_UP or (order.stage is Stage.FINISHED and order.closing.follow_up_by and not done[6]):
        return 6 if not done[6] else -1
    if order.ended is not None:
        return -1
    return done.index(False) if False in done[:5] else -1


def _times(order: WorkOrder) -> tuple[int | None, ...]:
    lead, accepted, closing = order.lead, order.accepted, order.closing
    ratings = [r.rated_at for r in closing.ratings] + [f.called_at for f in closing.follow_ups if f.satisfaction]
    return (
        accepted.came_at if accepted else None,
        order.accepted_at if accepted else None,
        lead.dispatched_at if lead else None,
        lead.signed_at if lead else None,
        order.finished_at or (lead.replied_at if lead else None),
        ratings[-1] if ratings else None,
        closing.follow_ups[-1].called_at if closing.follow_ups else None,
    )


def _coming(name: str, order: WorkOrder, *, is_now: bool, brief: bool) -> str:
    if is_now and order.stage is not Stage.UNREAD:
        return word(order.stage) if order.stage is not Stage.FINISHED else word(Stage.TO_FOLLOW_UP)
    if name == "dispatch" and order.ended is not None and order.lead is None:
        return word(order.outcome) if order.outcome is Outcome.ANSWERED else word(order.ended)
    if name == "reply" and not brief and order.due_on and order.ended is None:
        return say("order.step.by", day=order.due_on[5:])
    return ""


# ---------------------------------------------------------------- 承办


def shares_of(
    order: WorkOrder, names: Names, left: WorkdaysLeft, *, today: str, now: int = 0, lamp: Lamp = no_lamp
) -> tuple[ShareTold, ...]:
    """承办, every round there was: units in hand first, those that left last. `now` in UTC ms; without it the day's beginning."""
    year, at = int(today[:4]), now or start_of_day_ms(today)
    present = [a for a in order.assignments if a.state not in GONE]
    gone = [a for a in order.assignments if a.state in GONE]
    return tuple(
        _share(a, order, names, left=left, light=lamp(a.ends_at, a.dispatched_at), year=year, now=at)
        for a in (*present, *reversed(gone))
    )


def _share(
    each: Assignment, order: WorkOrder, names: Names, *, left: WorkdaysLeft, light: Light | None, year: int, now: int
) -> ShareTold:
    mark = state_mark(order.state_of(each))
    limit, gone = _limit(each, order, left, light=light, year=year, now=now)
    if limit.tone == "red" and each.state is AssignmentState.TO_SIGN:
        mark = Mark(mark.words, "amber", mark.icon)
    lines = (*_contact_line(each, year=year, now=now), *_why_lines(each, order))
    return ShareTold(word(each.role), names.agency(each.agency), _share_note(each, year=year), mark, limit, gone, lines)


def _share_note(each: Assignment, *, year: int) -> str:
    def when(ms: int) -> str:
        return moment(ms, year=year)

    parts = [say("order.share.dispatched", at=when(each.dispatched_at))]
    if each.signed_at and each.signer:
        parts.append(say("order.share.signed", who=officer_name(each.signer), at=when(each.signed_at)))
    if each.contacted_at:
        parts.append(say("order.share.contacted", at=when(each.contacted_at)))
    elif each.contact_tries:
        parts.append(say("order.share.tried", count=each.contact_tries))
    if each.extensions:
        parts.append(say("order.share.extended", count=each.extensions))
    if each.replied_at:
        parts.append(say("order.share.replied", at=when(each.replied_at)))
    if each.ended_at:
        parts.append(say("order.share.ended", at=when(each.ended_at), how=word(each.state)))
    return " ・ ".join(parts)


def _contact_line(each: Assignment, *, year: int, now: int) -> tuple[Mark, ...]:
    """首次联系 still to be made."""
    if each.state not in (AssignmentState.IN_HAND, AssignmentState.TO_SIGN) or not each.contact_by or each.contacted_at:
        return ()
    by = deadline(each.contact_by, year=year)
    if now > each.contact_by:
        return (Mark(say("order.share.contact_late", at=by), "red", "telephone-x"),)
    return (Mark(say("order.share.contact_by", at=by), "quiet", "telephone"),)


def _why_lines(each: Assignment, order: WorkOrder) -> list[Mark]:
    """Why the round is as it is, in the words of whoever decided."""
    lines = []
    if each.reason:
        key = "redo_why" if each.redo else "moved_why"
        lines.append(Mark(say(f"order.share.{key}", words=each.reason), "quiet"))
    if each.basis:
        lines.append(Mark(say("order.share.basis", words=each.basis), "quiet"))
    if each.state is AssignmentState.REDO and each.opinion:
        lines.append(Mark(say("order.share.redo_why", words=each.opinion), "amber"))
    if each.state is AssignmentState.SUSPENDED and each.resume_when:
        lines.append(Mark(say("order.share.resume_when", words=each.resume_when), "quiet"))
    if each.is_working and each.advice and order.ended is None:
        lines.append(Mark(say("order.share.advice", words=each.advice), "quiet"))
    return lines


def _limit(
    each: Assignment, order: WorkOrder, left: WorkdaysLeft, *, light: Light | None, year: int, now: int
) -> tuple[Mark, float | None]:
    """How the round stands against its own time: the signing limit while it is not signed for, then the day it is due."""
    if each.state in GONE:
        return Mark(""), None
    if each.state is AssignmentState.SUSPENDED:
        return Mark(say("order.share.review_on", day=day_words(each.review_on, year=year)), "amber", "pause-circle"), None
    if each.state is AssignmentState.TO_SIGN and each.sign_by:
        return _sign_limit(each, left, year=year, now=now)
    if not each.due_on:
        return Mark(say("order.no_limit"), "quiet"), None
    ended = each.replied_at or (order.finished_at if order.ended is not None else None)
    if ended and each.state in _WORKED:
        return _used(each, left, ended)
    return _running(each, left, light=light, now=now)


def _sign_limit(each: Assignment, left: WorkdaysLeft, *, year: int, now: int) -> tuple[Mark, float | None]:
    if now <= each.sign_by:
        share = (now - each.dispatched_at) / max(1, each.sign_by - each.dispatched_at)
        return Mark(say("order.share.sign_by", at=deadline(each.sign_by, year=year))), max(0.0, share)
    days = -(left(local(each.sign_by).date().isoformat(), at=now) or 0)
    words = say("order.share.sign_late", days=days) if days > 0 else say("order.share.sign_just_late")
    return Mark(words, "red", "exclamation-octagon-fill", bold=True), 1.0


def _used(each: Assignment, left: WorkdaysLeft, ended: int) -> tuple[Mark, float | None]:
    whole = left(each.due_on, at=each.dispatched_at) or 0
    used = max(0, whole - (left(each.due_on, at=ended) or 0))
    is_late = ended > each.due_at if each.due_at else local(ended).date().isoformat() > each.due_on
    share = min(1.0, used / max(1, whole))
    return Mark(say("order.share.used", used=used, whole=whole), "red" if is_late else "green"), share


def _running(each: Assignment, left: WorkdaysLeft, *, light: Light | None, now: int) -> tuple[Mark, float | None]:
    whole, today = left(each.due_on, at=each.dispatched_at), local(now).date().isoformat()
    days = left(each.due_on, at=now)
    mark = left_mark(days, each.due_on, today=today, light=light)
    if each.due_at and now > each.due_at and each.due_on == today:
        mark = Mark(say("order.just_late"), "red", "exclamation-octagon-fill", bold=True)
    gone = 1.0 if mark.tone == "red" else max(0.0, min(1.0, 1 - (days or 0) / max(1, whole or 1)))
    words = mark.words if mark.tone == "red" else f"{mark.words} ・ {_until(each)}"
    return Mark(words, mark.tone, mark.icon, mark.bold), gone


def _until(each: Assignment) -> str:
    """`最迟 11-24`, with the time of day where it does not end at midnight."""
    end = f"{local(each.due_at):%H:%M}" if each.due_at else ""
    day = each.due_on[5:]
    return say("order.share.until", day=day if end in ("", "00:00", "23:59") else f"{day} {end}")
