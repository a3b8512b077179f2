"""待办 in words: a row's state, title, unit, days left and next step, and the headings of the groups. Pure."""

from __future__ import annotations

from dataclasses import dataclass

from county_hotline.clock import local
from county_hotline.domain.tasks import TaskKind
from county_hotline.domain.views import TodayGroup, TodayRow
from county_hotline.domain.vocabulary import Stage, Urgency
from county_hotline.ui.screens.today.work import TodayFacts
from county_hotline.ui.telling.standing import Mark, day_words, left_mark, short_number, stage_mark
from county_hotline.wording import say, word

DONE = (
    ("accepted", "work_order.accepted"),
    ("answered", "work_order.answered_at_once"),
    ("dispatched", "work_order.dispatched"),
    ("signed", "work_order.signed_for"),
    ("replied", "work_order.replied"),
    ("finished", "work_order.finished"),
)
"""今天: what is counted, by kind on disk."""


NOTHING = Mark("")


@dataclass(frozen=True, slots=True)
class LineTold:
    """One line: a heading (no `number`), or one thing to do."""

    key: str
    words: str = ""
    """A heading's words."""
    number: str = ""
    act: str = ""
    short: str = ""
    state: Mark = NOTHING
    title: Mark = NOTHING
    agency: str = ""
    left: Mark = NOTHING
    step: str = ""
    due: str = ""


@dataclass(frozen=True, slots=True)
class TodayTold:
    """The page."""

    beside: str
    mine: int
    whole: int
    lines: tuple[LineTold, ...]
    done: tuple[tuple[str, str], ...]
    to_recompute: str = ""
    """The calendar is another one than dates were counted by; empty where they agree."""


def today_told(facts: TodayFacts, *, mine: bool) -> TodayTold:
    """The list in words."""
    lines: list[LineTold] = []
    for group, rows in facts.today.groups:
        lines.append(LineTold(f"group {group.value}", _heading(group, len(rows))))
        lines += [_line(row, facts) for row in rows]
    count = len({row.number for _, rows in facts.today.groups for row in rows})
    beside = say("today.beside.mine" if mine else "today.beside.whole", day=_day(facts.day), count=count)
    done = [(say(f"today.done.{name}"), f"{facts.today.done_today.get(kind, 0):,}") for name, kind in DONE]
    done.append((say("today.done.printed"), f"{facts.printed:,}"))
    moved = say("today.recompute.head", count=facts.to_recompute) if facts.to_recompute else ""
    return TodayTold(beside, facts.today.mine, facts.today.whole, tuple(lines), tuple(done), moved)


def _heading(group: TodayGroup, count: int) -> str:
    return say(f"today.group.{group.value}", name=word(group), count=count)


def _day(iso: str) -> str:
    return f"{iso} {day_words(iso).rpartition(' ')[2]}"


def _line(row: TodayRow, facts: TodayFacts) -> LineTold:
    return LineTold(
        key=f"{row.number} {row.kind.value} {row.agency}",
        number=row.number,
        act=row.act,
        short=short_number(row.number),
        state=_state(row),
        title=_title(row),
        agency=facts.names.get(row.agency, row.agency),
        left=_left(row, facts),
        step=step_words(row),
        due=_due(row, facts),
    )


def _state(row: TodayRow) -> Mark:
    """What is waited for, where that says more than the order's stage."""
    mark = stage_mark(row.stage)
    if row.kind in _OWN_WORDS:
        tone, icon = _OWN_WORDS[row.kind]
        return Mark(word(row.kind), tone, icon)
    return mark


_OWN_WORDS = {
    TaskKind.TELL: ("quiet", "telephone"),
    TaskKind.DECIDE: ("amber", "question-circle"),
    TaskKind.JUDGE: ("amber", "emoji-frown"),
    TaskKind.SETTLE: ("amber", "intersect"),
    TaskKind.SETTLE_STATE: ("amber", "intersect"),
    TaskKind.FOLLOW_UP: ("blue", "telephone"),
    TaskKind.RESUME: ("quiet", "pause-circle"),
    TaskKind.ANSWER_SUPERVISION: ("amber", "flag"),
    TaskKind.CLOSE_SUPERVISION: ("quiet", "flag"),
    TaskKind.ANSWER_CALL: ("amber", "geo-alt"),
    TaskKind.MEET: ("blue", "geo-alt"),
    TaskKind.SCORE: ("quiet", "star"),
}


def _title(row: TodayRow) -> Mark:
    if row.urgency in (Urgency.URGENT, Urgency.CRITICAL):
        return Mark(row.title, "plain", "lightning-fill", bold=True)
    return Mark(row.title, "plain", "lock" if row.confidential else "")


def _left(row: TodayRow, facts: TodayFacts) -> Mark:
    if row.kind is TaskKind.FOLLOW_UP:
        return Mark(say("today.try", count=row.tries + 1), "quiet")
    if not row.due_at:
        return Mark(say("order.no_limit"), "quiet")
    day = _due_day(row)
    if row.due_at < facts.now_ms and day >= facts.day:
        return Mark(say("today.hours_late"), "red", "exclamation-octagon-fill", bold=True)
    return left_mark(facts.left.get(day), day, today=facts.day, light=facts.lights.get((row.due_at, row.since)))


def _due_day(row: TodayRow) -> str:
    return local(row.due_at - 1).date().isoformat()


def _due(row: TodayRow, facts: TodayFacts) -> str:
    if not row.due_at:
        return say("order.no_limit")
    at = local(row.due_at)
    day = day_words(_due_day(row), year=int(facts.day[:4]))
    return day if (at.hour, at.minute) == (0, 0) else f"{day} {at:%H:%M}"


def step_words(row: TodayRow) -> str:
    """下一步 in two or three characters: what F9 does."""
    if row.kind is TaskKind.WATCH:
        return say("today.step.urge_signing" if row.stage is Stage.TO_SIGN else "today.step.urge")
    return say(f"today.step.{row.kind.value}")
