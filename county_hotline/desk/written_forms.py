"""A request written down elsewhere, as a form: from a JSON object, a row of a table. Says which field cannot be understood."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from county_hotline.db.beside.reference import Reference
from county_hotline.desk import field_names, naming
from county_hotline.desk.intake_form import IntakeForm
from county_hotline.domain.typed_times import read_time
from county_hotline.domain.vocabulary import Concern
from county_hotline.errors import BadInput

SEVERAL = re.compile(r"[、,，;；/\s]+")
MOMENTS = ("came_at", "external_due_at")
LISTED = ("event", "campaign", "grid")
"""Fields that name a line of one of the county's lists."""


def form_from(written: Mapping[str, object], reference: Reference) -> IntakeForm:
    """The form. Raises BadInput: I121 unknown fields (named), I122 a value its field cannot have; Refusal R211, R213, R214 for names."""
    unknown = [key for key in written if field_names.field_named(key) is None and field_names.field_denied(key) is None]
    if unknown:
        raise field_names.unknown(unknown)
    values: dict[str, object] = {}
    for key, value in written.items():
        if value is None:
            continue
        if (field := field_names.field_named(key)) is not None:
            values[field] = value_of(field, value, reference)
        elif (denied := field_names.field_denied(key)) is not None:
            values[denied] = not value_of(denied, value, reference)
    return msgspec.convert(values, IntakeForm)


def value_of(field: str, value: object, reference: Reference) -> object:
    """One field's value as the form holds it."""
    if field == "concerns":
        return _several(field, value)
    text = _text(field, value)
    if field in field_names.CLOSED:
        member = field_names.member_of(field_names.CLOSED[field], field, text)
        return _known(field, text, member)
    if field in field_names.YES_NO:
        return _known(field, text, field_names.truth_of(value))
    if field == "people":
        return _known(field, text, int(text) if text.isdecimal() else None)
    if field in MOMENTS:
        return value if isinstance(value, int) else _known(field, text, read_time(text) if text.strip() else 0)
    return _named(field, text, reference)


def _named(field: str, text: str, reference: Reference) -> str:
    if not text.strip():
        return ""
    if field == "place":
        return naming.place_named(reference.places(), text).code
    if field == "category":
        return naming.category_named(reference.categories(), text).code
    if field == "agency_hint":
        return naming.agency_named(reference.agencies(), text).code
    if field in LISTED:
        return _known(field, text, code_in_list(field, text, reference))  # type: ignore[return-value]  # a text, or it raises
    return text


def code_in_list(field: str, text: str, reference: Reference) -> str | None:
    """The code of the event, campaign or grid that is called so, by code or name; None where the county's list has none or several."""
    wanted, bundle = field_names.plain(text), reference.bundle()
    names = {
        "event": [(each.code, each.period) for each in bundle.events],
        "campaign": [(each.code, each.name) for each in bundle.campaigns],
        "grid": [(each.code, each.name) for each in bundle.grids],
    }[field]
    found = {code for code, name in names if wanted in (field_names.plain(code), field_names.plain(name))}
    return found.pop() if len(found) == 1 else None


def _several(field: str, value: object) -> tuple[str, ...]:
    """Members of a closed list, in a JSON list or parted by signs."""
    texts = value if isinstance(value, list) else SEVERAL.split(_text(field, value))
    members = [
        _known(field, str(text), field_names.member_of(Concern, field, str(text))) for text in texts if str(text).strip()
    ]
    return tuple(member.value for member in members if isinstance(member, Concern))


def _text(field: str, value: object) -> str:
    if isinstance(value, (str, int, float)):
        return str(value)
    raise BadInput("I122", name=field_names.label(field), value=str(value)[:60])


def _known(field: str, text: str, value: object) -> object:
    if value is None:
        raise BadInput("I122", name=field_names.label(field), value=text[:60])
    return value
