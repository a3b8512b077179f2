"""A row of 台账 and the order chosen in it, as plain values for the view."""

from __future__ import annotations

from dataclasses import dataclass

from county_hotline.domain.lights import Light
from county_hotline.domain.views import OrderView, RegisterRow
from county_hotline.domain.vocabulary import ENDED, Stage
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


@dataclass(frozen=True, slots=True)
class RowTold:
    """One row."""

    number: str
    short: str
    """Day and serial: the county and station are the same in most rows."""
    state: Mark
    title: Mark
    caller: str
    agency: Mark
    due: Mark
    left: Mark


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


def row_told(row: RegisterRow, names: Names, left: int | None, *, today: str, now: int, lamp: Lamp = no_lamp) -> RowTold:
    """A row in words."""
    light = lamp(row.due_at, row.accepted_at)
    year = int(today[:4])
    due = day_words(row.due_on, year=year)
    is_over = row.stage in ENDED
    return RowTold(
        number=row.number,
        short=short_number(row.number),
        state=stage_mark(row.stage, waiting=row.waiting),
        title=_title(row),
        caller=row.caller or say("register.no_name"),
        agency=_agency(row, names),
        due=Mark(say("register.provisional", day=due) if row.due_provisional and due else due, "quiet" if is_over else "plain"),
        left=Mark(say("register.done"), "quiet")
        if is_over
        else _left(row.due_on, row.due_at, left, today=today, now=now, light=light),
    )


def _left(due_on: str, due_at: int, left: int | None, *, today: str, now: int, light: Light | None) -> Mark:
    """Working days left; a limit in hours may have passed before its day is over."""
    if due_at and due_at < now and due_on >= today:
        return Mark(say("register.hours_late"), "red", "exclamation-octagon-fill", bold=True)
    return left_mark(left, due_on, today=today, light=light)


def peek_told(view: OrderView, names: Names, left: WorkdaysLeft, *, today: str, now: int, lamp: Lamp = no_lamp) -> PeekTold:
    """An order in words, as far as the pane has room."""
    order, year = view.order, int(today[:4])
    shares = shares_of(order, names, left, today=today, lamp=lamp)
    light = lamp(order.due_at, order.accepted_at)
    is_over = order.stage in ENDED
    whole = left(order.due_on, at=order.accepted_at) if order.due_on else None
    days = left(order.due_on) if order.due_on else None
    return PeekTold(
        number=order.number,
        state=stage_mark(order.stage, waiting=bool(view.waiting)),
        title=order.accepted.title if order.accepted else say("register.unread"),
        steps=steps_of(order, year=year, brief=True),
        due=_due(order, year=year),
        left=Mark("") if is_over else _left(order.due_on, order.due_at, days, today=today, now=now, light=light),
        gone=None if is_over or whole is None else 1.0 if order.due_at < now else max(0.0, 1 - (days or 0) / max(1, whole)),
        lines=tuple(_lines(order, names, shares)),
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
