"""查重: orders that this request probably repeats, with the reason. Of another caller nothing is shown but tail, title, day and stage."""

from __future__ import annotations

import msgspec

from county_hotline.clock import local
from county_hotline.desk.desk import Desk
from county_hotline.desk.intake_form import IntakeForm
from county_hotline.domain.civil_time import DAY_MS
from county_hotline.domain.repeats import LOOKED_BACK_DAYS, Likelihood, Told, compared
from county_hotline.domain.views import RegisterRow
from county_hotline.domain.vocabulary import Stage
from county_hotline.ids import Number
from county_hotline.wording import say

SHOWN = 5
CANDIDATES = 80
_TAIL = 5


class Repeat(msgspec.Struct, frozen=True):
    """An order that probably says the same. DOMAIN 7.1: no more of it is shown than this."""

    number_tail: str
    """Serial and check character, as orders are called at the counter."""
    title: str
    day: str
    """ISO date of its acceptance."""
    score: float
    """0 to 1; see domain.repeats."""
    why: str
    """In words."""
    stage: Stage = Stage.UNREAD
    number: Number = Number("")
    """To join it by; opening it asks for the usual duties."""


def likely(desk: Desk, form: IntakeForm) -> tuple[Repeat, ...]:
    """The five likeliest of the last sixty days, confidential ones never among them. Nothing without a title or content to compare."""
    if not (form.title.strip() or form.content.strip()):
        return ()
    now = desk.clock.now_ms()
    since = now - LOOKED_BACK_DAYS * DAY_MS
    rows = desk.store.likely_repeats(phone=form.phone, place=form.place, category=form.category, since=since, limit=CANDIDATES)
    of_caller = {row.number for row in desk.store.by_phone(form.phone)} if form.phone.strip() else set()
    told = Told(form.title, form.content, form.place, form.category, now)
    found = []
    for row in rows:
        if row.confidential or row.accepted_at < since:
            continue
        likelihood = compared(told, _told(desk, row), same_phone=row.number in of_caller)
        if likelihood.is_likely:
            found.append(_repeat(row, likelihood))
    found.sort(key=lambda each: (-each.score, each.number))
    return tuple(found[:SHOWN])


def _told(desk: Desk, row: RegisterRow) -> Told:
    accepted = desk.store.order(row.number).accepted
    content = accepted.content if accepted else ""
    return Told(row.title, content, row.place, row.category, row.accepted_at)


def _repeat(row: RegisterRow, likelihood: Likelihood) -> Repeat:
    return Repeat(
        number_tail=row.number[-_TAIL:],
        title=row.title,
        day=local(row.accepted_at).date().isoformat(),
        score=likelihood.score,
        why=say("repeats.and").join(say(f"repeats.why.{ground.value}") for ground in likelihood.grounds),
        stage=row.stage,
        number=row.number,
    )
