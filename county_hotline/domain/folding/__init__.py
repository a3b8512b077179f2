"""The fold: what happened to an order, in the agreed order, becomes the order as it stands. Total: `apply` never raises, it notes.

One room each for the facts of a room: taking, dispatching, handling, closing, calling, overseeing, keeping, relating; and settling, for acts that
are set aside while another stands.
"""

from __future__ import annotations

from collections.abc import Iterable

from msgspec.structs import replace

from county_hotline.domain.facts import Nothing, Withdrawn
from county_hotline.domain.folding import (
    calling,
    closing,
    dispatching,
    handling,
    keeping,
    overseeing,
    relating,
    settling,
    taking,
)
from county_hotline.domain.folding.ground import step
from county_hotline.domain.folding.settling import set_aside
from county_hotline.domain.folding.stage import stage_of
from county_hotline.domain.happened import Happened
from county_hotline.domain.weighing import STANDS, Fields, weigh
from county_hotline.domain.work_order import WorkOrder
from county_hotline.ids import Number

__all__ = ["apply", "fold", "prefixes", "standing"]

ROOMS = (taking, dispatching, handling, closing, calling, overseeing, keeping, relating, settling)
"""Loaded so that each has told `step` what its facts do."""


def fold(number: Number, happened: Iterable[Happened]) -> WorkOrder:
    """The order after everything in `happened`, which is in the agreed order."""
    story = standing(happened)
    weighed = weigh(number, story)
    order = WorkOrder(number=number)
    for event in story:
        order = apply(order, event, weighed.aside.get(event.entry_id, STANDS))
    return replace(order, clashes=weighed.open)


def standing(happened: Iterable[Happened]) -> tuple[Happened, ...]:
    """The same story with `Nothing` in place of what its own station has withdrawn, and of the withdrawals. So an end that was never given
    the withdrawn record folds the same order, and who had seen it has seen what came before."""
    story = tuple(happened)
    said = {(each.fact.entry_id, each.station) for each in story if isinstance(each.fact, Withdrawn)}
    if not said:
        return story
    return tuple(
        replace(each, fact=Nothing()) if isinstance(each.fact, Withdrawn) or (each.entry_id, each.station) in said else each
        for each in story
    )


def prefixes(number: Number, happened: Iterable[Happened]) -> Iterable[tuple[Happened, WorkOrder]]:
    """Each event with the order as it stood after it, by what is known of all of them now."""
    story = standing(happened)
    aside = weigh(number, story).aside
    order = WorkOrder(number=number)
    for event in story:
        order = apply(order, event, aside.get(event.entry_id, STANDS))
        yield event, order


def apply(order: WorkOrder, event: Happened, aside: Fields = STANDS) -> WorkOrder:
    """The order after one more event, of which `aside` does not stand (see weighing). What no longer fits changes nothing but the count
    (and is noted by `clashes`)."""
    if isinstance(event.fact, Nothing):
        return order
    order = set_aside(order, event, aside) if aside else step(event.fact, order, event)
    return replace(
        order,
        entries=order.entries + 1,
        last_entry=event.entry_id,
        touched_at=max(order.touched_at, event.counted_at),
        stage=stage_of(order),
    )
