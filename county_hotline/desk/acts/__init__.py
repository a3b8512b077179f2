"""Acts on an order, as data and as what they do: see spec. `standing` says what may be done now, `opened` how its form opens,
`perform` does it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Final

from county_hotline.desk import looking_up
from county_hotline.desk.acts import (
    calling,
    choices,
    closing,
    dispatching,
    handling,
    keeping,
    overseeing,
    relating,
    settling,
    taking,
)
from county_hotline.desk.acts.spec import Act, Field, FieldKind, Opened, Speaks, Standing
from county_hotline.desk.acts.values import Values
from county_hotline.desk.desk import Desk
from county_hotline.domain.authority import DUTIES, WRITERS, Writer
from county_hotline.domain.decisions import hindrance
from county_hotline.domain.numbering import is_of
from county_hotline.domain.vocabulary import Ask, OfficerRole
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import HotlineError, Refusal
from county_hotline.ids import AgencyCode, Number
from county_hotline.wording import has, say

__all__ = ["ACTS", "decision_for", "label", "opened", "perform", "standing", "why_not"]

ROOMS: Final = {
    "taking": (*taking.ACTS, *relating.ACTS),
    "dispatching": dispatching.ACTS,
    "handling": handling.ACTS,
    "closing": closing.ACTS,
    "calling": calling.ACTS,
    "overseeing": overseeing.ACTS,
    "keeping": keeping.ACTS,
    "settling": settling.ACTS,
}
ACTS: Final[dict[str, Act]] = {act.name: replace(act, room=room) for room, acts in ROOMS.items() for act in acts}
"""Every act on one order by its name, in the order of a list of acts."""
_WHO_DECIDES: Final = {ask: f"decide_{ask.value}" for ask in Ask}
_COUNTER: Final = frozenset({OfficerRole.CLERK, OfficerRole.DISPATCHER, OfficerRole.REVIEWER, OfficerRole.SUPERVISOR})
_POSTS: Final = {
    _COUNTER: "duty.counter",
    _COUNTER | {OfficerRole.HANDLER}: "duty.anyone",
    frozenset({OfficerRole.CLERK, OfficerRole.HANDLER}): "duty.on_site",
    frozenset({OfficerRole.DISPATCHER}): "duty.dispatcher",
    frozenset({OfficerRole.DISPATCHER, OfficerRole.REVIEWER}): "duty.deciding",
    frozenset({OfficerRole.DISPATCHER, OfficerRole.ADMIN}): "duty.recomputing",
    frozenset({OfficerRole.HANDLER}): "duty.handler",
    frozenset({OfficerRole.REVIEWER}): "duty.reviewer",
    frozenset({OfficerRole.SUPERVISOR}): "duty.supervisor",
    frozenset({OfficerRole.ADMIN}): "duty.admin",
}
"""How it is said whose duty an act is; a leader may stand in for most of them."""
CENTRE_ONLY, TAKERS_ONLY = "place.centre", "place.taker"


def standing(desk: Desk, order: WorkOrder) -> tuple[Standing, ...]:
    """Every act, and why it cannot be done to this order by this officer at this station; an empty reason where it can."""
    return tuple(Standing(act.name, act.room, _why(desk, order, act)) for act in ACTS.values())


def why_not(desk: Desk, order: WorkOrder, name: str) -> str:
    """Why this one act cannot be done to the order now (see `Standing.why`); empty where it can."""
    return _why(desk, order, ACTS[name])


def _why(desk: Desk, order: WorkOrder, act: Act) -> str:
    return _place(desk, order, act) or _duty(desk, order, act.name) or _state(desk, order, act)


def _place(desk: Desk, order: WorkOrder, act: Act) -> str:
    """Where it is done, if not here (domain.authority, as the hub checks it too)."""
    writer = WRITERS[act.writes]
    if writer is Writer.SETTLER:
        writer = Writer.CENTRE if act.name == "settle_state" else Writer.TAKER
    if choices.is_centre(desk) or writer is Writer.ANYBODY:
        return ""
    if writer is Writer.CENTRE:
        return CENTRE_ONLY
    if writer not in (Writer.TAKER, Writer.TELLER) or order.accepted is None:
        return ""
    took_it = is_of(order.number, desk.card.station) or order.accepted.unit == desk.card.unit
    tells = writer is Writer.TELLER and order.round_of(desk.card.unit) is not None
    return "" if took_it or tells else TAKERS_ONLY


def _duty(desk: Desk, order: WorkOrder, name: str) -> str:
    """Whose duty it is, if not this officer's."""
    if name == "unmask":
        return "" if _may_unmask(desk, order) else "duty.leader"
    if desk.may(name):
        return ""
    posts = frozenset(role for role in OfficerRole if role is not OfficerRole.LEADER and name in DUTIES[role])
    return _POSTS.get(posts, "duty.leader")


def _may_unmask(desk: Desk, order: WorkOrder) -> bool:
    """As looking_up.unmask decides."""
    entitled = looking_up.ENTITLED_TO_CONFIDENTIAL if order.is_confidential else looking_up.ENTITLED
    return desk.officer is not None and bool(entitled & set(desk.officer.roles))


def _state(desk: Desk, order: WorkOrder, act: Act) -> str:
    """What in the order stands in its way: the code of the refusal."""
    if act.speaks is Speaks.ORDER:
        return hindrance(act.name, order, AgencyCode(choices.lead_unit(desk, order)))
    if choices.units_for(desk, order, act.name):
        return ""
    mine = AgencyCode(choices.lead_unit(desk, order)) if act.speaks is Speaks.ABOUT else desk.card.unit
    return hindrance(act.name, order, mine)


def opened(desk: Desk, order: WorkOrder, name: str) -> Opened:
    """The act's form as it opens for this order: fields that have a purpose here, with defaults, choices and worded hints."""
    act = ACTS[name]
    fields = tuple(each for each in act.fields if each.is_shown is None or each.is_shown(desk, order))
    values = {each.name: each.default(desk, order) if each.default else "" for each in fields}
    return Opened(
        act=replace(act, fields=fields),
        values=values,
        words={each.name: _read(desk, values[each.name]) for each in fields if each.kind in _UNITS and values[each.name]},
        choices={each.name: each.choices(desk, order) for each in fields if each.choices},
        hints={each.name: hint for each in fields if (hint := _hint(desk, order, act, each))},
    )


_UNITS = (FieldKind.AGENCY, FieldKind.AGENCIES)


def _read(desk: Desk, codes: str) -> str:
    return " ".join(choices.unit_name(desk, code) for code in codes.split())


def label(act: str, field: str) -> str:
    """What stands before a field."""
    own = f"act.{act}.{field}"
    return say(own) if has(own) else say(f"act.field.{field}")


def _hint(desk: Desk, order: WorkOrder, act: Act, field: Field) -> str:
    told = field.why(desk, order) if field.why else ""
    keys = (f"act.{act.name}.{field.name}.hint", f"act.field.{field.name}.hint")
    fixed = next((say(key) for key in keys if has(key)), "")
    return "".join((told, fixed))


def perform(desk: Desk, number: Number, name: str, typed: Mapping[str, str]) -> WorkOrder:
    """Read what was typed, decide, record. Raises Refusal or BadInput; `details["field"]` names the field it is about, where it is one's."""
    act = ACTS[name]
    values = Values(typed, now_ms=desk.clock.now_ms())
    try:
        if name != "unmask":
            desk.needs(name)
        _refuse_elsewhere(desk, desk.store.order(number), act)
        if act.perform is not None:
            return act.perform(desk, number, values)
        decide = act.decide
        assert decide is not None
        return desk.record(number, lambda order: (decide(desk, order, values), None))
    except HotlineError as fault:
        if fault.code in act.wrong:
            fault.details.setdefault("field", act.wrong[fault.code])
        if "label" in fault.details:
            fault.details["label"] = label(name, str(fault.details["label"]))
        raise


def _refuse_elsewhere(desk: Desk, order: WorkOrder, act: Act) -> None:
    match _place(desk, order, act):
        case "place.centre":
            raise Refusal("R208", act=act.name)
        case "place.taker":
            raise Refusal("R312", act=act.name)


def decision_for(order: WorkOrder) -> str:
    """The act that decides the first application that waits; nothing where none does."""
    waiting = order.open_application()
    return _WHO_DECIDES[waiting.ask] if waiting else ""
