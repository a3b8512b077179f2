"""Which acts stand at the foot of an order: the one main act by state and duty, the others, and why one of them cannot be done. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from county_hotline.domain.vocabulary import AssignmentState, Stage, StationRole
from county_hotline.domain.work_order import WorkOrder
from county_hotline.ui.telling.names import Names
from county_hotline.wording import say

LIFE = ("sign_for", "reply", "finish", "dispatch")
"""Acts that move the order on, in the order in which they come to be the main one."""
ALWAYS = ("correct", "note", "attach", "print")


@dataclass(frozen=True, slots=True)
class ActTold:
    """One act. `reason` is said beside the row where it cannot be done."""

    name: str
    wording: str
    is_main: bool = False
    is_forbidden: bool = False
    reason: str = ""


def acts_of(order: WorkOrder, names: Names, *, allowed: Collection[str], duties: Collection[str]) -> tuple[ActTold, ...]:
    """The foot of the page, main act first."""
    doable = {*allowed, *(["print"] if order.accepted and "print" in duties else [])}
    moving = [act for act in LIFE if act in doable]
    if "dispatch" in moving and order.lead is not None and "finish" not in moving:
        moving.remove("dispatch")  # moving an order to another unit is never what comes next by itself
    main = next(iter(moving), "note" if "note" in doable else "")
    told = [ActTold(main, _wording(main, order), is_main=True)] if main else []
    others = [act for act in (*LIFE, *ALWAYS) if act in doable and act != main]
    told += [ActTold(act, _wording(act, order)) for act in others]
    hindered = _hindered(order, names, doable=doable, duties=duties)
    if hindered:
        told.append(
            ActTold(hindered[0], _wording(hindered[0], order), is_forbidden=True, reason=say(f"order.why.{hindered[1]}"))
        )
    return tuple(told)


def _wording(act: str, order: WorkOrder) -> str:
    if act == "dispatch" and order.lead is not None:
        return "order.act.dispatch_again"
    return f"order.act.{act}"


def _hindered(order: WorkOrder, names: Names, *, doable: Collection[str], duties: Collection[str]) -> tuple[str, str] | None:
    """The one act of this officer's that a person would look for and that cannot be done now, and why."""
    if order.accepted is None:
        return ("correct", "not_here") if "correct" in duties else None
    if names.card.role is StationRole.CENTRE and "finish" in duties and "finish" not in doable:
        return ("finish", "finished" if order.stage is Stage.FINISHED else "not_replied" if order.lead else "not_dispatched")
    if names.card.role is StationRole.AGENCY and "reply" in duties and "reply" not in doable:
        return ("reply", _no_reply(order, names.card.unit))
    return None


def _no_reply(order: WorkOrder, unit: str) -> str:
    if order.stage is Stage.FINISHED:
        return "finished"
    states = [a.state for a in order.assignments if a.agency == unit]
    if not states or states[-1] is AssignmentState.WITHDRAWN:
        return "not_ours"
    return "not_signed" if states[-1] is AssignmentState.TO_SIGN else "replied"
