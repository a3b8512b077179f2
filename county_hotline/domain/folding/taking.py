"""What the facts of 受理 do to an order."""

from __future__ import annotations

from msgspec.structs import replace

from county_hotline.domain.facts import (
    Accepted,
    AnsweredAtOnce,
    Corrected,
    EmergencyTransferred,
    Merged,
    MoreAsked,
    MoreGiven,
    PathTold,
    RepeatJoined,
    Voided,
    Withheld,
    changed_fields,
)
from county_hotline.domain.folding.ground import ended, step
from county_hotline.domain.happened import Happened
from county_hotline.domain.numbering import is_of
from county_hotline.domain.vocabulary import HandedOver, Outcome, Stage
from county_hotline.domain.work_order import WorkOrder


@step.register
def _accepted(fact: Accepted, order: WorkOrder, event: Happened) -> WorkOrder:
    if order.accepted is not None or not is_of(order.number, event.station):
        return order
    return replace(
        order,
        accepted=fact,
        person=event.person,
        station=event.station,
        officer=event.officer,
        accepted_at=event.counted_at,
        clocked_at=event.recorded_at,
    )


@step.register
def _withheld(fact: Withheld, order: WorkOrder, event: Happened) -> WorkOrder:
    if fact.kind_on_disk != Accepted.kind or order.accepted is not None:
        return order
    return replace(order, erased=True, station=event.station, officer=event.officer, accepted_at=event.counted_at)


@step.register
def _corrected(fact: Corrected, order: WorkOrder, event: Happened) -> WorkOrder:
    if order.accepted is None:
        return order
    accepted = replace(order.accepted, **changed_fields(fact))
    person = event.person if fact.person and event.person is not None else order.person
    return replace(order, accepted=accepted, person=person)


@step.register
def _emergency(fact: EmergencyTransferred, order: WorkOrder, event: Happened) -> WorkOrder:
    taking = replace(order.taking, emergencies=(*order.taking.emergencies, fact))
    order = replace(order, taking=taking)
    if fact.result is HandedOver.TAKEN and order.lead is None:
        return ended(order, Stage.EMERGENCY, event.counted_at)
    return order


@step.register
def _answered(fact: AnsweredAtOnce, order: WorkOrder, event: Happened) -> WorkOrder:
    """An answer that the caller does not take for one ends nothing: the request goes on to a unit."""
    order = replace(order, taking=replace(order.taking, answered=fact, asked=None))
    if fact.content is False or (order.lead is not None and order.lead.is_live):
        return order
    return replace(ended(order, Stage.FINISHED, event.counted_at), outcome=Outcome.ANSWERED, opinion=fact.answer)


@step.register
def _path_told(fact: PathTold, order: WorkOrder, event: Happened) -> WorkOrder:
    order = replace(order, taking=replace(order.taking, path=fact, asked=None))
    if order.lead is not None and order.lead.is_live:
        return order
    return ended(order, Stage.TOLD, event.counted_at)


@step.register
def _more_asked(fact: MoreAsked, order: WorkOrder, event: Happened) -> WorkOrder:
    return replace(order, taking=replace(order.taking, asked=fact, asked_at=event.counted_at))


@step.register
def _more_given(fact: MoreGiven, order: WorkOrder, event: Happened) -> WorkOrder:
    supplements = (*order.taking.supplements, (event.counted_at, fact.words))
    return replace(order, taking=replace(order.taking, asked=None, supplements=supplements))


@step.register
def _merged(fact: Merged, order: WorkOrder, event: Happened) -> WorkOrder:
    if fact.into == order.number:
        return order
    order = replace(order, taking=replace(order.taking, merged_into=fact.into))
    return ended(order, Stage.MERGED, event.counted_at)


@step.register
def _repeat_joined(fact: RepeatJoined, order: WorkOrder, event: Happened) -> WorkOrder:
    if fact.repeat in order.taking.repeats or fact.repeat == order.number:
        return order
    return replace(order, taking=replace(order.taking, repeats=(*order.taking.repeats, fact.repeat)))


@step.register
def _voided(fact: Voided, order: WorkOrder, event: Happened) -> WorkOrder:
    return replace(ended(order, Stage.VOID, event.counted_at), opinion=fact.words)
