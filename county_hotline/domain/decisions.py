"""What an officer may do to an order as it stands: each function answers with the fact to record, or refuses (R codes).

Facts already written elsewhere are never refused; only new ones are. The whole life with all its branches is a later piece.
"""

from __future__ import annotations

from collections.abc import Callable

from county_hotline.domain.facts import (
    Accepted,
    AttachmentAdded,
    Corrected,
    Dispatched,
    Finished,
    NoteAdded,
    Person,
    Replied,
    SignedFor,
    WordsErased,
    changed_fields,
)
from county_hotline.domain.standing_parts import Assignment
from county_hotline.domain.vocabulary import AssignmentRole, AssignmentState, Erasure, Outcome, Stage
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import Refusal
from county_hotline.ids import AgencyCode, EntryId

TITLE_LIMIT = 60
CONTENT_LIMIT = 20_000
SHORT_LIMIT = 200
LONG_LIMIT = 5_000


def accept(fact: Accepted, person: Person) -> Accepted:
    """受理. Refuses empty or over-long fields, and a caller who is neither named, nor reachable, nor anonymous."""
    if not fact.title.strip():
        raise Refusal("R101")
    if not fact.content.strip():
        raise Refusal("R102")
    _fits("title", fact.title, TITLE_LIMIT)
    _fits("content", fact.content, CONTENT_LIMIT)
    _fits("demand", fact.demand, LONG_LIMIT)
    _fits("place_detail", fact.place_detail, SHORT_LIMIT)
    for name in ("name", "phone", "address", "id_number"):
        _fits(name, getattr(person, name), SHORT_LIMIT)
    if not fact.anonymous and not (person.name.strip() or person.phone.strip()):
        raise Refusal("R103")
    if not fact.place:
        raise Refusal("R104")
    if not 1 <= fact.people <= 99_999:
        raise Refusal("R105")
    return fact


def correct(order: WorkOrder, fact: Corrected) -> Corrected:
    """更正. Refuses without a reason, without a change, and for an order whose acceptance is not here."""
    _known(order)
    if not fact.reason.strip():
        raise Refusal("R110", number=order.number)
    if not changed_fields(fact) and not fact.person:
        raise Refusal("R111", number=order.number)
    _fits("title", fact.title or "", TITLE_LIMIT)
    _fits("content", fact.content or "", CONTENT_LIMIT)
    _fits("reason", fact.reason, SHORT_LIMIT)
    if (fact.title is not None and not fact.title.strip()) or (fact.content is not None and not fact.content.strip()):
        raise Refusal("R112", number=order.number)
    return fact


def dispatch(order: WorkOrder, agency: AgencyCode, *, role: AssignmentRole, due_on: str, advice: str = "") -> Dispatched:
    """派单. Refuses a finished order, an empty agency, and a second round to the unit that already has it in hand."""
    _open(order)
    if not agency:
        raise Refusal("R120", number=order.number)
    if any(a.agency == agency and a.state in (AssignmentState.TO_SIGN, AssignmentState.IN_HAND) for a in order.assignments):
        raise Refusal("R121", number=order.number, agency=agency)
    _fits("advice", advice, LONG_LIMIT)
    return Dispatched(agency=agency, role=role, due_on=due_on, advice=advice)


def sign_for(order: WorkOrder, agency: AgencyCode) -> SignedFor:
    """签收. Refuses a unit the order was not dispatched to, and a second signature."""
    _open(order)
    assignment = _assignment_of(order, agency)
    if assignment.state is not AssignmentState.TO_SIGN:
        raise Refusal("R131", number=order.number, agency=agency)
    return SignedFor(agency=agency)


def reply(order: WorkOrder, agency: AgencyCode, *, internal: str, public: str = "", solved: bool | None = None) -> Replied:
    """回复. Refuses a unit that has not signed for the order, and an empty account."""
    _open(order)
    assignment = _assignment_of(order, agency)
    if assignment.state is AssignmentState.TO_SIGN:
        raise Refusal("R140", number=order.number, agency=agency)
    if not internal.strip():
        raise Refusal("R141", number=order.number)
    _fits("internal", internal, CONTENT_LIMIT)
    _fits("public", public, CONTENT_LIMIT)
    return Replied(agency=agency, internal=internal, public=public, solved=solved)


def finish(order: WorkOrder, outcome: Outcome, opinion: str = "") -> Finished:
    """办结. Refuses an order to which no unit has replied."""
    _open(order)
    if order.stage is not Stage.TO_REVIEW:
        raise Refusal("R150", number=order.number)
    _fits("opinion", opinion, LONG_LIMIT)
    return Finished(outcome=outcome, opinion=opinion)


def attach(order: WorkOrder, fact: AttachmentAdded) -> AttachmentAdded:
    """附件. Refuses an empty file and one already there."""
    _known(order)
    if fact.size_bytes <= 0:
        raise Refusal("R160", name=fact.name)
    if any(a.sha256 == fact.sha256 for a in order.attachments):
        raise Refusal("R161", number=order.number)
    return fact


def note(order: WorkOrder, text: str) -> NoteAdded:
    """备注. Refuses an empty one."""
    if not text.strip():
        raise Refusal("R170", number=order.number)
    _fits("note", text, LONG_LIMIT)
    return NoteAdded(text=text)


def erase(order: WorkOrder, entry_id: EntryId, *, ground: str, erasure: Erasure) -> WordsErased:
    """删除个人信息. Refuses without a ground."""
    if not ground.strip():
        raise Refusal("R180", number=order.number)
    _fits("ground", ground, SHORT_LIMIT)
    return WordsErased(entry_id=entry_id, ground=ground, erasure=erasure)


ALLOWED: dict[str, Callable[[WorkOrder, AgencyCode], bool]] = {
    "dispatch": lambda order, unit: _is_open(order),
    "sign_for": lambda order, unit: _is_open(order) and _state_of(order, unit) is AssignmentState.TO_SIGN,
    "reply": lambda order, unit: _is_open(order) and _state_of(order, unit) is AssignmentState.IN_HAND,
    "finish": lambda order, unit: _is_open(order) and order.stage is Stage.TO_REVIEW,
    "correct": lambda order, unit: order.accepted is not None,
    "attach": lambda order, unit: order.accepted is not None,
    "note": lambda order, unit: order.stage is not Stage.UNREAD,
}
"""Which act the order as it stands allows to a unit: what greys a button. The functions above have the last word."""


def _is_open(order: WorkOrder) -> bool:
    return order.accepted is not None and not order.is_ended


def _state_of(order: WorkOrder, unit: AgencyCode) -> AssignmentState | None:
    """Where the unit's own round stands, the latest one that was not withdrawn."""
    live = [a.state for a in order.assignments if a.agency == unit and a.state is not AssignmentState.WITHDRAWN]
    return live[-1] if live else None


def _known(order: WorkOrder) -> None:
    if order.erased:
        raise Refusal("R182", number=order.number)
    if order.accepted is None:
        raise Refusal("R100", number=order.number)


def _open(order: WorkOrder) -> None:
    _known(order)
    if order.is_ended:
        raise Refusal("R151", number=order.number)


def _assignment_of(order: WorkOrder, agency: AgencyCode) -> Assignment:
    live = [a for a in order.assignments if a.agency == agency and a.state is not AssignmentState.WITHDRAWN]
    if not live:
        raise Refusal("R130", number=order.number, agency=agency)
    return live[-1]


def _fits(field: str, text: str, limit: int) -> None:
    if len(text) > limit:
        raise Refusal("R106", field=field, length=len(text), limit=limit)
