"""查重: orders that this request probably repeats, with the reason. Of another caller nothing is shown but tail, title, day, stage and unit."""

from __future__ import annotations

import msgspec

from county_hotline.clock import local
from county_hotline.desk import relating
from county_hotline.desk.desk import Desk
from county_hotline.desk.intake_form import IntakeForm
from county_hotline.domain.civil_time import DAY_MS
from county_hotline.domain.repeats import LOOKED_BACK_DAYS, Likelihood, Told, compared
from county_hotline.domain.views import RegisterRow
from county_hotline.domain.vocabulary import ENDED, Stage
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
    days: int = 0
    """Whole days since, by the calendar."""
    unit: str = ""
    """Who has it, in words; empty while nobody was told."""
    cluster: str = ""
    """The matter it belongs to, by name."""

    @property
    def has_ended(self) -> bool:
        """Nothing can join it any more; it may still be linked."""
        return self.stage in ENDED


class Chosen(msgspec.Struct, frozen=True):
    """What will be written together with the acceptance."""

    way: str
    number: Number
    number_tail: str
    title: str
    cluster: str = ""
    """The matter's name; a new one's too."""


def likely(desk: Desk, form: IntakeForm) -> tuple[Repeat, ...]:
    """The five likeliest of the last sixty days, confidential ones never among them. Nothing without a title or content to compare."""
    if not (form.title.strip() or form.content.strip()):
        return ()
    now = desk.clock.now_ms()
    since = now - LOOKED_BACK_DAYS * DAY_MS
    rows = desk.store.likely_repeats(phone=form.phone, place=form.place, category=form.category, since=since, limit=CANDIDATES)
    of_caller = {row.number for row in desk.store.by_phone(form.phone)} if form.phone.strip() else set()
    told = Told(form.title, form.content, form.place, form.category, now)
    taken = {number for _, number in form.relations}
    found = []
    for row in rows:
        if row.confidential or row.accepted_at < since or row.number in taken:
            continue
        likelihood = compared(told, _told(desk, row), same_phone=row.number in of_caller)
        if likelihood.is_likely:
            found.append((row, likelihood))
    found.sort(key=lambda each: (-each[1].score, each[0].number))
    return tuple(_repeat(desk, row, likelihood, now) for row, likelihood in found[:SHOWN])


def chosen(desk: Desk, form: IntakeForm) -> tuple[Chosen, ...]:
    """What was chosen in this form, as far as it is still there to be had (see `relating.taken_with`)."""
    found = []
    for way, number in form.relations:
        order = desk.store.order(Number(number))
        if order.accepted is None or order.is_confidential:
            continue
        matter = order.cluster.name if order.cluster else relating.name_for(order)
        found.append(Chosen(way, order.number, number[-_TAIL:], order.accepted.title, matter))
    return tuple(found)


def _told(desk: Desk, row: RegisterRow) -> Told:
    accepted = desk.store.order(row.number).accepted
    content = accepted.content if accepted else ""
    return Told(row.title, content, row.place, row.category, row.accepted_at)


def _repeat(desk: Desk, row: RegisterRow, likelihood: Likelihood, now: int) -> Repeat:
    day = local(row.accepted_at).date()
    matter = desk.store.order(row.number).cluster
    return Repeat(
        number_tail=row.number[-_TAIL:],
        title=row.title,
        day=day.isoformat(),
        score=likelihood.score,
        why=say("repeats.and").join(say(f"repeats.why.{ground.value}") for ground in likelihood.grounds),
        stage=row.stage,
        number=row.number,
        days=(local(now).date() - day).days,
        unit="" if row.is_hint else _unit(desk, row.agency),
        cluster=matter.name if matter else "",
    )


def _unit(desk: Desk, code: str) -> str:
    found = desk.store.reference.agency(code)
    return found.short_name or found.name
