"""建议: whose matter it is and what kind, by the county's list and by what this station did before; with the ground, and silent where it
does not know. It changes nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import msgspec

from county_hotline.desk import duty_list
from county_hotline.desk.duty_list import Suggestion
from county_hotline.domain.civil_time import DAY_MS
from county_hotline.domain.suggesting import SPEAKS_OF_CATEGORY, Past, Vote, voted
from county_hotline.errors import HotlineError
from county_hotline.ids import AgencyCode

if TYPE_CHECKING:
    from county_hotline.desk.desk import Desk
    from county_hotline.desk.intake_form import IntakeForm

LOOKED_BACK_DAYS: Final = 365
MOST: Final = 5_000
"""The newest orders that are learnt from; they fill some thirty megabytes."""
SLICE: Final = 20
"""Orders learnt at one go: a key that must be kept meanwhile waits no longer than for these."""
AGAIN_MS: Final = 600_000


class Advice(msgspec.Struct, frozen=True):
    """Everything there is to say. Empty where nobody knows."""

    units: tuple[Suggestion, ...] = ()
    """The best first."""
    category: Vote | None = None
    past: Vote | None = None
    """What past orders say of the unit, whether or not the list says the same."""

    @property
    def by_list(self) -> bool:
        """Whether the first comes from the county's own words, and not only from what was done before."""
        return bool(self.units) and not self.units[0].by_past


def learn(desk: Desk) -> bool:
    """Learn a few more past orders; whether there are more. Orders of confidential callers are not among them."""
    learnt, now = desk.learnt, desk.clock.now_ms()
    if not learnt.waiting and now - learnt.looked_at >= AGAIN_MS:
        learnt.looked_at = now
        rows = desk.store.dispatched_since(now - LOOKED_BACK_DAYS * DAY_MS, limit=MOST)
        learnt.waiting = [row for row in rows if row[0] not in learnt.known]
    here, learnt.waiting = learnt.waiting[:SLICE], learnt.waiting[SLICE:]
    for number, unit, category in here:
        learnt.known.add(number)
        try:
            accepted = desk.store.order(number).accepted
        except HotlineError:  # gone meanwhile
            continue
        if accepted is not None and len(learnt.past) < MOST:
            learnt.past.learn(f"{accepted.title}\n{accepted.content}", Past(unit, category))
    return bool(learnt.waiting)


def advise(desk: Desk, form: IntakeForm) -> Advice:
    """What the list says, and what past orders say. Nothing is guessed without words."""
    text = f"{form.title}\n{form.content}"
    units = duty_list.suggest(desk, form.category, form.place, text)
    near = desk.learnt.past.near(text) if text.strip() else ()
    leads = [vote for vote in voted(near, lambda past: past.agency) if _is_known(desk, vote.label)]
    best = leads[0] if leads else None
    categories = voted(near, lambda past: past.category, speaks=SPEAKS_OF_CATEGORY) if not form.category else ()
    return Advice(_with_past(units, best), categories[0] if categories else None, best)


def _with_past(units: tuple[Suggestion, ...], best: Vote | None) -> tuple[Suggestion, ...]:
    """Behind what the list itself says, before the usual unit and the township."""
    if best is None or best.label in {each.lead for each in units if each.line}:
        return units
    told = Suggestion(AgencyCode(best.label), by_past=True)
    rest = [each for each in units if not each.line and each.lead != best.label]
    return (*(each for each in units if each.line), told, *rest)


def _is_known(desk: Desk, unit: str) -> bool:
    return any(agency.code == unit and not agency.retired for agency in desk.store.reference.agencies())
