"""The one step of the fold, by kind of fact; and what several rooms need to change an order."""

from __future__ import annotations

from collections.abc import Callable
from functools import singledispatch

from msgspec.structs import replace

from county_hotline.domain.facts import Fact
from county_hotline.domain.happened import Happened
from county_hotline.domain.standing_parts import Application, Assignment
from county_hotline.domain.vocabulary import Ask, Stage
from county_hotline.domain.work_order import WorkOrder
from county_hotline.ids import AgencyCode, EntryId


@singledispatch
def step(fact: Fact, order: WorkOrder, event: Happened) -> WorkOrder:
    """The order after this fact. Facts that change no state (notes, erasures, unknown kinds) change nothing."""
    return order


def on_round(order: WorkOrder, agency: AgencyCode, change: Callable[[Assignment], Assignment]) -> WorkOrder:
    """`change` applied to the agency's present round (`WorkOrder.round_of`), or to its latest where none is live; nothing where it has
    none."""
    rounds = list(order.assignments)
    places = [place for place, each in enumerate(rounds) if each.agency == agency]
    place = next((at for at in reversed(places) if rounds[at].is_live), places[-1] if places else None)
    if place is None or (changed := change(rounds[place])) is rounds[place]:
        return order
    rounds[place] = changed
    return replace(order, assignments=tuple(rounds))


def ended(order: WorkOrder, how: Stage, at: int) -> WorkOrder:
    """It has ended in this way."""
    return replace(order, ended=how, finished_at=at)


def going_on(order: WorkOrder) -> WorkOrder:
    """Whatever ended it, it goes on."""
    if order.ended is None and order.outcome is None:
        return order
    return replace(order, ended=None, outcome=None, opinion="", finished_at=None)


def asked(order: WorkOrder, application: Application) -> WorkOrder:
    """One more 申请."""
    return replace(order, applications=(*order.applications, application))


MOOT = frozenset({Ask.SEND_BACK, Ask.EXTENSION, Ask.SUSPENSION})
"""What is asked about a round of work, and asked no more once the round is over or answered."""


def lapsed(order: WorkOrder, agency: AgencyCode, event: Happened) -> WorkOrder:
    """Open applications about the agency's round wait no longer: it replied, or the round went to another. Neither approved nor not."""
    if not any(a.is_open and a.agency == agency and a.ask in MOOT for a in order.applications):
        return order
    applications = tuple(
        replace(a, decided_at=event.counted_at) if a.is_open and a.agency == agency and a.ask in MOOT else a
        for a in order.applications
    )
    return replace(order, applications=applications)


def decided(
    order: WorkOrder, asked_in: EntryId, ask: Ask, event: Happened, *, approved: bool, opinion: str
) -> tuple[WorkOrder, bool]:
    """The order with that 申请 decided, and whether it was there and open: a second decision changes nothing."""
    places = [place for place, a in enumerate(order.applications) if a.entry_id == asked_in and a.ask is ask and a.is_open]
    if not places:
        return order, False
    applications = list(order.applications)
    applications[places[0]] = replace(
        applications[places[0]], decided_at=event.counted_at, approved=approved, opinion=opinion, decider=event.officer
    )
    return replace(order, applications=tuple(applications)), True
