"""What the acts of every room are made with: whose act it is, and the fields that come again and again."""

from __future__ import annotations

from county_hotline.desk.acts import choices
from county_hotline.desk.acts.spec import Field, FieldKind
from county_hotline.desk.acts.values import Values
from county_hotline.desk.desk import Desk
from county_hotline.domain.vocabulary import Ask
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import Refusal
from county_hotline.ids import AgencyCode, EntryId
from county_hotline.wording import say

UNIT = "agency"


def speaker(desk: Desk, values: Values) -> AgencyCode:
    """The unit in whose name it is done: this station's, or (at the centre, R208 elsewhere) the one that was named."""
    named = values.agency(UNIT)
    if named and named != desk.card.unit and not choices.is_centre(desk):
        raise Refusal("R208", act=UNIT)
    return named or desk.card.unit


def unit_of(act: str) -> Field:
    """Whose act it is; only at the centre, where it may be done in the name of several."""
    return Field(
        UNIT,
        FieldKind.AGENCY,
        is_required=True,
        choices=choices.units_about(act),
        default=choices.first_unit(act),
        is_shown=lambda desk, order: choices.is_centre(desk),
    )


def unit_about(act: str) -> Field:
    """Which unit the centre's act is about."""
    return Field(UNIT, FieldKind.AGENCY, is_required=True, choices=choices.units_about(act), default=choices.first_unit(act))


def line(name: str, *, required: bool = False) -> Field:
    """One line of text."""
    return Field(name, FieldKind.LINE, is_required=required)


def text(name: str, *, required: bool = False, lines: int = 3) -> Field:
    """Paragraphs."""
    return Field(name, FieldKind.TEXT, is_required=required, lines=lines)


def tick(name: str, *, default: choices.Default | None = None) -> Field:
    """Yes or no, one box."""
    return Field(name, FieldKind.TICK, default=default)


def ternary(name: str) -> Field:
    """Yes, no, or not said."""
    return Field(name, FieldKind.TERNARY)


def happened_at(name: str) -> Field:
    """When it happened: now, or as typed."""
    return Field(name, FieldKind.MOMENT, is_required=True, default=choices.now)


def one_of(name: str, offered: choices.Choices, *, default: choices.Default | None = None, required: bool = True) -> Field:
    """One of a list; the first where nothing else is said and something is needed."""
    chosen = default or (choices.first(offered) if required else None)
    return Field(name, FieldKind.CHOICE, is_required=required, choices=offered, default=chosen)


def picked(name: str, offered: choices.Choices) -> Field:
    """One of a list that a person must choose: nothing is chosen beforehand."""
    return Field(name, FieldKind.CHOICE, is_required=True, choices=offered)


APPROVED = picked("approved", choices.yes_no("approved"))
"""Nothing is chosen beforehand: who presses F9 without reading has decided nothing."""
OPINION = Field("opinion", FieldKind.TEXT)


def opinion(values: Values) -> str:
    """意见 on an application: who agrees and says no more says 同意; who does not must say why (decisions refuse an empty one)."""
    return values.text("opinion") or (say("act.agree") if approved(values) else "")


def asked_field(ask: Ask) -> Field:
    """Which application is decided; shown where several wait."""
    offered = choices.open_applications(ask)
    return Field("asked", FieldKind.CHOICE, is_required=True, choices=offered, default=choices.first(offered))


def asked_in(desk: Desk, order: WorkOrder, values: Values, ask: Ask) -> EntryId:
    """The application that was chosen, or the first that waits."""
    return EntryId(values.line("asked") or choices.first(choices.open_applications(ask))(desk, order))


def approved(values: Values) -> bool:
    """Whether it is approved. Refuses (R300) where neither was chosen."""
    if values.line("approved") not in (choices.YES, choices.NO):
        raise Refusal("R300", field="approved", label="approved")
    return values.line("approved") == choices.YES
