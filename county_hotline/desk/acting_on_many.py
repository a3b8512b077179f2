"""一起办: one act on many orders. First which can and which cannot and why; then one by one, each with its own outcome."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

import msgspec

from county_hotline.desk import acts, printing
from county_hotline.desk.desk import Desk
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import BadInput, HotlineError, Refusal
from county_hotline.ids import Number
from county_hotline.wording import has, say, sentence

PRINT: Final = "print"
CLUSTER: Final = "cluster"
MANY: Final = ("urge", "dispatch", PRINT, CLUSTER)
"""What may be done to many at once. Every other act needs words of its own for each order."""
MOST: Final = 1000


class Weighed(msgspec.Struct, frozen=True):
    """Whether an act can be done to one order; `why` says why not, in words, and is empty where it can."""

    number: Number
    title: str
    why: str = ""
    unit: str = ""
    """Whom it would go to by default, in words."""

    @property
    def can(self) -> bool:
        return not self.why


class Done(msgspec.Struct, frozen=True):
    """What became of one order."""

    number: Number
    title: str
    why: str = ""
    """Why it was refused, in words; empty where it was done."""
    path: str = ""
    """Of what was printed."""


def weigh(desk: Desk, act: str, numbers: Sequence[Number]) -> tuple[Weighed, ...]:
    """What would happen to each. Changes nothing."""
    return tuple(_weighed(desk, act, number) for number in numbers)


def do(desk: Desk, act: str, number: Number, typed: Mapping[str, str]) -> Done:
    """One of them. What is not typed stands as the act's form opens for this very order. A rule that forbids it is an outcome; a store
    that cannot write is raised, for then the rest would fail too."""
    order = desk.store.order(number)
    title = _title(order)
    try:
        if act == PRINT:
            return Done(number, title, path=printing.print_slip(desk, number).path)
        why = _why(desk, act, order)
        if why:
            return Done(number, title, why)
        begun = {} if act == CLUSTER else acts.opened(desk, order, act).values  # one name for all, not each its own title
        values = {**begun, **{name: value for name, value in typed.items() if value}}
        acts.perform(desk, number, act, values)
    except (Refusal, BadInput) as fault:
        return Done(number, title, sentence(fault))
    return Done(number, title)


def _weighed(desk: Desk, act: str, number: Number) -> Weighed:
    try:
        order = desk.store.order(number)
    except HotlineError as fault:
        return Weighed(number, "", sentence(fault))
    if act == PRINT:
        return Weighed(number, _title(order), _cannot_print(desk, order))
    why = _why(desk, act, order)
    if why:
        return Weighed(number, _title(order), why)
    return Weighed(number, _title(order), unit=acts.opened(desk, order, act).words.get("agency", ""))


def _why(desk: Desk, act: str, order: WorkOrder) -> str:
    """改派 and a helper need words of their own: together only what nobody leads yet is dispatched."""
    if why := acts.why_not(desk, order, act):
        return _worded(why)
    return say("register.many.has_lead") if act == "dispatch" and order.lead is not None else ""


def _cannot_print(desk: Desk, order: WorkOrder) -> str:
    if not desk.may(PRINT):
        return sentence(Refusal("R204", act=PRINT))
    return "" if order.accepted else sentence(Refusal("R100", number=order.number))


def _title(order: WorkOrder) -> str:
    return order.accepted.title if order.accepted else ""


def _worded(why: str) -> str:
    return say(f"act.why.{why}") if has(f"act.why.{why}") else sentence(HotlineError(why))
