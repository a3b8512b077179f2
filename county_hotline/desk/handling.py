"""办理: what may be done to an order after it was taken. Each act loads the order, lets `decisions` decide, records the fact."""

from __future__ import annotations

import msgspec

from county_hotline.desk import acts
from county_hotline.desk.acts import dispatching, limits
from county_hotline.desk.desk import Desk
from county_hotline.domain import decisions
from county_hotline.domain.cleaning import clean
from county_hotline.domain.facts import Accepted, Corrected, Person
from county_hotline.domain.time_limits import Due
from county_hotline.domain.vocabulary import AssignmentRole, Erasure, MatterKind, Outcome, StationRole
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import Refusal
from county_hotline.ids import AgencyCode, EntryId, Number


def dispatch(
    desk: Desk,
    number: Number,
    agency: AgencyCode,
    *,
    role: AssignmentRole = AssignmentRole.LEAD,
    due_on: str = "",
    advice: str = "",
    reason: str = "",
    basis: str = "",
) -> WorkOrder:
    """派单, by the centre. The limit is the order's own where none is given; another lead needs a reason."""
    _at_the_centre(desk, "dispatch")
    return desk.record(
        number,
        lambda order: (
            dispatching.dispatched(
                desk,
                order,
                agency,
                role=role,
                due_on=due_on,
                advice=clean(advice, lines=True),
                reason=clean(reason, lines=False),
                basis=clean(basis, lines=False),
            ),
            None,
        ),
    )


def sign_for(desk: Desk, number: Number) -> WorkOrder:
    """签收, by a station of the unit the order was dispatched to."""
    desk.needs("sign_for")
    return desk.record(number, lambda order: (decisions.sign_for(order, desk.card.unit), None))


def reply(desk: Desk, number: Number, *, internal: str, public: str = "", solved: bool | None = None) -> WorkOrder:
    """回复: 办理情况 for the file and 公开答复 for the caller."""
    desk.needs("reply")
    account, told = clean(internal, lines=True), clean(public, lines=True)
    return desk.record(
        number, lambda order: (decisions.reply(order, desk.card.unit, internal=account, public=told, solved=solved), None)
    )


def finish(desk: Desk, number: Number, outcome: Outcome, opinion: str = "") -> WorkOrder:
    """办结, by the centre."""
    _at_the_centre(desk, "finish")
    return desk.record(number, lambda order: (decisions.finish(order, outcome, clean(opinion, lines=True)), None))


def correct(desk: Desk, number: Number, fact: Corrected, person: Person | None = None) -> WorkOrder:
    """更正: a new fact over the old one. `person` replaces the caller's particulars where given. What turns out to be 举报 is 保密."""
    desk.needs("correct")
    cleaned = {
        name: clean(text, lines=name in ("content", "demand"))
        for name in ("reason", "title", "content", "demand", "place_detail")
        if (text := getattr(fact, name)) is not None
    }
    if fact.matter_kind is MatterKind.TIP_OFF and fact.confidential is None:
        fact = msgspec.structs.replace(fact, confidential=True)
    fact = msgspec.structs.replace(fact, person=person is not None, **cleaned)
    return desk.record(number, lambda order: (decisions.correct(order, fact), person))


def note(desk: Desk, number: Number, text: str) -> WorkOrder:
    """备注."""
    desk.needs("note")
    return desk.record(number, lambda order: (decisions.note(order, clean(text, lines=True)), None))


def erase(desk: Desk, number: Number, entry_id: EntryId, *, ground: str, erasure: Erasure = Erasure.BOTH) -> WorkOrder:
    """删除个人信息 by law or request: the words go, the chain still verifies, and the erasure is itself a fact. What a request was about
    stays as long as somebody has it in hand (R183); who the caller is may go at any time."""
    desk.needs("erase")
    view = desk.store.view(number)
    fact = next((event.fact for event in view.story if event.entry_id == entry_id), None)
    if fact is None:
        raise Refusal("R181", number=number)
    if isinstance(fact, Accepted) and erasure is not Erasure.PERSON and not view.order.is_ended:
        raise Refusal("R183", number=number)
    return desk.record(
        number, lambda order: (decisions.erase(order, entry_id, ground=clean(ground, lines=False), erasure=erasure), None)
    )


def allowed(desk: Desk, order: WorkOrder) -> frozenset[str]:
    """Acts the signed-in officer may do to this order now, at this station: what is not greyed."""
    return frozenset(each.name for each in acts.standing(desk, order) if each.can)


def default_due(desk: Desk, order: WorkOrder) -> Due | None:
    """办理期限 a dispatcher is offered: the pack's limit counted from acceptance; None where the pack knows none."""
    return limits.limit_of(desk, order, since=order.accepted_at)


def _at_the_centre(desk: Desk, act: str) -> None:
    desk.needs(act)
    if desk.card.role is not StationRole.CENTRE:
        raise Refusal("R208", act=act)
