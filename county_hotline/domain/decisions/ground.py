"""What every decision asks first: is the order here and open, whose round is it, is what was written there and not too long."""

from __future__ import annotations

from collections.abc import Mapping

from county_hotline.domain.standing_parts import Application, Assignment
from county_hotline.domain.vocabulary import Ask, AssignmentState
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import Refusal
from county_hotline.ids import AgencyCode, EntryId, OfficerId

TITLE_LIMIT = 60
CONTENT_LIMIT = 20_000
SHORT_LIMIT = 200
LONG_LIMIT = 5_000
CLOCKS_APART_MS = 10 * 60 * 1000
"""What somebody saw on another clock may lie this far ahead of this PC's."""


def known(order: WorkOrder) -> None:
    """Refuses an order whose acceptance is not here (R100) or was erased (R182)."""
    if order.erased:
        raise Refusal("R182", number=order.number)
    if order.accepted is None:
        raise Refusal("R100", number=order.number)


def open_order(order: WorkOrder) -> None:
    """Refuses what is not here, and what has ended (R151)."""
    known(order)
    if order.is_ended:
        raise Refusal("R151", number=order.number)


def round_of(order: WorkOrder, agency: AgencyCode) -> Assignment:
    """The unit's present round. Refuses (R130) a unit that has none."""
    found = order.round_of(agency)
    if found is None:
        raise Refusal("R130", number=order.number, agency=agency)
    return found


def working_round(order: WorkOrder, agency: AgencyCode) -> Assignment:
    """The unit's round that it has yet to reply to. Refuses (R327) one that was replied to."""
    found = round_of(order, agency)
    if not found.is_working:
        raise Refusal("R327", number=order.number, agency=agency)
    return found


def round_in_hand(order: WorkOrder, agency: AgencyCode) -> Assignment:
    """The unit's round that it signed for and has not replied to. Refuses (R344) before signing."""
    found = working_round(order, agency)
    if found.state is AssignmentState.TO_SIGN:
        raise Refusal("R344", number=order.number, agency=agency)
    return found


def ever_had(order: WorkOrder, agency: AgencyCode) -> Assignment:
    """The unit's latest round, whatever became of it. Refuses (R130) a unit that never had one."""
    found = next((a for a in reversed(order.assignments) if a.agency == agency), None)
    if found is None:
        raise Refusal("R130", number=order.number, agency=agency)
    return found


def nothing_asked(order: WorkOrder, agency: AgencyCode, ask: Ask) -> None:
    """Refuses (R328) a second application of a kind while the first is not decided."""
    if order.open_application(agency, ask) is not None:
        raise Refusal("R328", number=order.number, ask=ask)


def application(order: WorkOrder, asked: EntryId, ask: Ask) -> Application:
    """The open application of that entry. Refuses (R334) one that is not here or is decided."""
    found = next((a for a in order.applications if a.entry_id == asked and a.ask is ask and a.is_open), None)
    if found is None:
        raise Refusal("R334", number=order.number, ask=ask)
    return found


def decidable(order: WorkOrder, ask: Ask) -> None:
    """Refuses (R334) where no application of this kind is open."""
    known(order)
    if order.open_application(ask=ask) is None:
        raise Refusal("R334", number=order.number, ask=ask)


def judged(order: WorkOrder, asked: EntryId, ask: Ask, opinion: str, *, officer: OfficerId) -> Application:
    """An application and an opinion on it by somebody who did not make it. Refuses without an opinion (R333), and one's own (R335)."""
    found = application(order, asked, ask)
    if not opinion.strip():
        raise Refusal("R333", number=order.number, field="opinion")
    if officer == found.officer:
        raise Refusal("R335", number=order.number)
    fits({"opinion": opinion}, LONG_LIMIT)
    return found


def given(fields: Mapping[str, str], limit: int = LONG_LIMIT) -> None:
    """Refuses (R300) the first text that is empty, and (R106) one that is too long. The names are those of the form's fields."""
    for field, text in fields.items():
        if not text.strip():
            raise Refusal("R300", field=field, label=field)
    fits(fields, limit)


def fits(fields: Mapping[str, str], limit: int) -> None:
    """Refuses (R106) a text that is too long."""
    for field, text in fields.items():
        if len(text) > limit:
            raise Refusal("R106", field=field, length=len(text), limit=limit)


def happened_by(field: str, at: int, now: int) -> None:
    """Refuses (R301) what is said to have happened later than now (UTC ms)."""
    if at > now + CLOCKS_APART_MS:
        raise Refusal("R301", field=field, said_at=at)


def still_to_come(field: str, at: int, now: int) -> None:
    """Refuses (R383) a time set for something that is over already (UTC ms)."""
    if at <= now:
        raise Refusal("R383", field=field, said_at=at)
