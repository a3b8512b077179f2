"""A row of 台账 and the order chosen in it, as plain values for the view."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from county_hotline.domain.highlighting import highlight
from county_hotline.domain.lights import Light
from county_hotline.domain.views import OrderView, RegisterRow
from county_hotline.domain.vocabulary import ENDED, Channel, MatterKind, Stage, Urgency
from county_hotline.domain.work_order import WorkOrder
from county_hotline.ui.telling import caller
from county_hotline.ui.telling.names import Names
from county_hotline.ui.telling.standing import (
    Lamp,
    Mark,
    ShareTold,
    StepTold,
    WorkdaysLeft,
    day_words,
    left_mark,
    no_lamp,
    shares_of,
    short_number,
    stage_mark,
    steps_of,
)
from county_hotline.ui.telling.story import Told, story_of
from county_hotline.wording import say, word

AROUND = 10
"""Characters shown before what was found, and half of those after it."""


@dataclass(frozen=True, slots=True)
class RowTold:
    """One row."""

    number: str
    short: Mark
    """Day and serial: the county and station are the same in most rows."""
    full: Mark
    state: Mark
    title: Mark
    caller: Mark
    phone: Mark
    kind: Mark
    channel: Mark
    urgency: Mark
    category: Mark
    place: Mark
    agency: Mark
    accepted: Mark
    due: Mark
    left: Mark
    finished: Mark
    event: Mark
    campaign: Mark


@dataclass(frozen=True, slots=True)
class PeekTold:
    """The chosen order at the right."""

    number: str
    state: Mark
    title: str
    steps: tuple[StepTold, ...]
    due: str
    left: Mark
    gone: float | None
    lines: tuple[tuple[str, str], ...]
    story: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Now:
    """When and under which rules rows are told, and what was looked for."""

    today: str
    """ISO date."""
    now: int
    """UTC ms."""
    lamp: Lamp = no_lamp
    typed: str = ""
    campaigns: tuple[tuple[str, str], ...] = ()


def row_told(row: RegisterRow, names: Names, left: int | None, at: Now) -> RowTold:
    """A row in words."""
    year = int(at.today[:4])
    is_over = row.stage in ENDED
    light = at.lamp(row.due_at, row.accepted_at)
    over = Mark(say("register.done"), "quiet")
    return RowTold(
        number=row.number,
        short=_found(Mark(short_number(row.number), "quiet"), at),
        full=_found(Mark(row.number, "quiet"), at),
        state=stage_mark(row.stage, waiting=row.waiting),
        title=_found(_title(row), at),
        caller=_found(Mark(row.caller or say("register.no_name"), "quiet"), at),
        phone=_found(Mark(row.phone, "quiet"), at),
        kind=_word(row.matter_kind),
        channel=_word(row.channel),
        urgency=_urgency(row.urgency),
        category=Mark(names.category(row.category) if row.category else "", "quiet"),
        place=_found(Mark(names.place(row.place) if row.place else "", "quiet"), at, by_sound=True),
        agency=_agency(row, names),
        accepted=Mark(_day(row.accepted_at), "quiet"),
        due=_due_mark(row, year=year),
        left=over if is_over else _left(row.due_on, row.due_at, left, today=at.today, now=at.now, light=light),
        finished=Mark(_day(row.finished_at) if row.finished_at else "", "quiet"),
        event=Mark(row.event, "quiet"),
        campaign=Mark(dict(at.campaigns).get(row.campaign, row.campaign), "quiet"),
    )


def _found(mark: Mark, at: Now, *, by_sound: bool = False) -> Mark:
    """With what was looked for in it."""
    return replace(mark, spans=highlight(mark.words, at.typed, by_sound=by_sound)) if at.typed else mark


def _word(kind: MatterKind | Channel | None) -> Mark:
    return Mark(word(kind) if kind else "", "quiet")


def _urgency(urgency: Urgency | None) -> Mark:
    if urgency in (None, Urgency.NORMAL):
        return Mark(word(urgency) if urgency else "", "quiet")
    return Mark(word(urgency), "red" if urgency is Urgency.CRITICAL else "amber", "lightning-fill", bold=True)


def _due_mark(row: RegisterRow, *, year: int) -> Mark:
    due = day_words(row.due_on, year=year)
    words = say("register.provisional", day=due) if row.due_provisional and due else due
    return Mark(words, "quiet" if row.stage in ENDED else "plain")


def _left(due_on: str, due_at: int, left: int | None, *, today: str, now: int, light: Light | None) -> Mark:
    """Working days left; a limit in hours may have passed before its day is over."""
    if due_at and due_at < now and due_on >= today:
        return Mark(say("register.hours_late"), "red", "exclamation-octagon-fill", bold=True)
    return left_mark(left, due_on, today=today, light=light)


def peek_told(view: OrderView, names: Names, left: WorkdaysLeft, at: Now) -> PeekTold:
    """An order in words, as far as the pane has room."""
    order, year = view.order, int(at.today[:4])
    shares = shares_of(order, names, left, today=at.today, lamp=at.lamp)
    light = at.lamp(order.due_at, order.accepted_at)
    is_over = order.stage in ENDED
    whole = left(order.due_on, at=order.accepted_at) if order.due_on else None
    days = left(order.due_on) if order.due_on else None
    return PeekTold(
        number=order.number,
        state=stage_mark(order.stage, waiting=bool(view.waiting)),
        title=order.accepted.title if order.accepted else say("register.unread"),
        steps=steps_of(order, year=year, brief=True),
        due=_due(order, year=year),
        left=Mark("") if is_over else _left(order.due_on, order.due_at, days, today=at.today, now=at.now, light=light),
        gone=None if is_over or whole is None else 1.0 if order.due_at < at.now else max(0.0, 1 - (days or 0) / max(1, whole)),
        lines=(*_lines(order, names, shares), *_where_found(order, at.typed)),
        story=story_of(view, names, year=year),
    )


def _title(row: RegisterRow) -> Mark:
    title = row.title or say("register.unread")
    if row.clashes:
        return Mark(title, icon="intersect")
    if row.waiting and row.stage is not Stage.TO_DISPATCH:
        return Mark(title, icon="cloud-upload")
    return Mark(title, icon="lock" if row.confidential else "")


def _agency(row: RegisterRow, names: Names) -> Mark:
    if row.is_hint:
        return (
            Mark(say("register.hint", agency=names.short(row.agency)), "quiet")
            if row.agency
            else Mark(say("register.to_dispatch"), "quiet")
        )
    return Mark(names.short(row.agency))


def _due(order: WorkOrder, *, year: int) -> str:
    if order.finished_at and order.ended is not None:
        return say("register.ended_on", day=_day(order.finished_at), how=word(order.ended))
    if not order.due_on:
        return say("register.no_limit")
    provisional = order.accepted is not None and order.accepted.due_provisional and order.lead is None
    return say("register.due_provisional" if provisional else "register.due", day=day_words(order.due_on, year=year))


def _day(ms: int) -> str:
    from county_hotline.clock import local

    return f"{local(ms):%Y-%m-%d %H:%M}"


def _where_found(order: WorkOrder, typed: str) -> Iterator[tuple[str, str]]:
    """What was looked for, where it stands out of sight: in the request's own words."""
    accepted = order.accepted
    if not typed or accepted is None or highlight(accepted.title, typed):
        return
    for text in (accepted.content, accepted.demand):
        spans = highlight(text, typed)
        if spans:
            yield say("register.found"), _around(text, spans[0])
            return


def _around(text: str, span: tuple[int, int]) -> str:
    start, end = span
    before, after = text[max(0, start - AROUND) : start], text[end : end + AROUND * 2]
    return say(
        "register.found.words",
        before=before if start <= AROUND else say("register.found.more") + before,
        found=text[start:end],
        after=after if end + AROUND * 2 >= len(text) else after + say("register.found.more"),
    )


def _lines(order: WorkOrder, names: Names, shares: tuple[ShareTold, ...]) -> list[tuple[str, str]]:
    lines = [(say("register.caller"), " ・ ".join(caller.parts(order)))]
    accepted = order.accepted
    if accepted is not None:
        lines.append(
            (say("register.place"), " ".join(part for part in (names.place(accepted.place), accepted.place_detail) if part))
        )
        if accepted.category:
            lines.append((say("register.category"), names.category(accepted.category)))
    lines += [(word(a.role), f"{names.short(a.agency)} ・ {word(order.state_of(a))}") for a in order.live]
    if not shares and accepted is not None and accepted.agency_hint:
        lines.append((say("register.agency"), say("register.hint.long", agency=names.short(accepted.agency_hint))))
    return lines
