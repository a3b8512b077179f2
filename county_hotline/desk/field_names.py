"""What the fields of a request are called in files, and how closed lists are spelt there: English names, Chinese labels, both."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from enum import Enum
from functools import cache
from importlib import resources
from typing import TypeVar

from county_hotline.desk.intake_form import IntakeForm
from county_hotline.domain.vocabulary import CallerKind, Channel, Concern, MatterKind, SourceLevel, Urgency
from county_hotline.errors import BadInput, HotlineError
from county_hotline.wording import has, say, sentence, word

E = TypeVar("E", bound=Enum)

OURS_ALONE = ("incoming", "relations", "half")
"""What no file says: the message a form is made from, what it is linked with, and what is typed and no value yet."""
FIELDS: tuple[str, ...] = tuple(name for name in IntakeForm.__struct_fields__ if name not in OURS_ALONE)
CLOSED: Mapping[str, type[Enum]] = {
    "channel": Channel,
    "matter_kind": MatterKind,
    "urgency": Urgency,
    "caller_kind": CallerKind,
    "source_level": SourceLevel,
    "concerns": Concern,
}
YES_NO = ("anonymous", "confidential", "public", "notified", "wants_call_back")
LABELS_ON_THE_PAGE: Mapping[str, str] = {
    "intake.kind": "matter_kind",
    "intake.urgency": "urgency",
    "intake.detail": "place_detail",
    "intake.agency": "agency_hint",
    "intake.call_back": "wants_call_back",
    "intake.field.notified": "notified",
}
"""What the intake page calls a field where that is not the field's own name. Too short to be believed of a column's header."""
OPPOSITES: Mapping[str, str] = {"intake.private": "public"}
"""Ticks of the intake page that say no to a field."""
ALIKE = 0.5


@cache
def _names() -> Mapping[str, object]:
    file = resources.files("county_hotline") / "data" / "importing" / "columns.toml"
    return tomllib.loads(file.read_text(encoding="utf-8"))


@cache
def synonyms() -> Mapping[str, tuple[str, ...]]:
    """For each field the headers that mean it, the surest first."""
    table = _names()["fields"]
    assert isinstance(table, dict)
    return {field: tuple(names) for field, names in table.items()}


@cache
def list_columns(name: str) -> Mapping[str, frozenset[str]]:
    """For each column of one of the county's lists the headers that mean it, plain; see `plain`."""
    table = _names()[name]
    assert isinstance(table, dict)
    return {column: frozenset(map(plain, headers)) for column, headers in table.items()}


@cache
def _field_by_name() -> Mapping[str, str]:
    found: dict[str, str] = {}
    for field, names in synonyms().items():
        for name in (field, label(field), *names):
            found.setdefault(plain(name), field)
    return found


def field_of_header(header: str) -> str | None:
    """The field a column's header means, or None."""
    return _field_by_name().get(plain(header))


def field_named(name: str) -> str | None:
    """The field that a person or program names, also as the intake page does; None for none."""
    return field_of_header(name) or _on_the_page(LABELS_ON_THE_PAGE).get(plain(name))


def field_denied(name: str) -> str | None:
    """The field to which this name says no: 不公开 is no to `public`."""
    return _on_the_page(OPPOSITES).get(plain(name))


def _on_the_page(labels: Mapping[str, str]) -> Mapping[str, str]:
    return {plain(say(key)): field for key, field in labels.items()}


def unknown(names: Sequence[str], among: Sequence[str] = FIELDS) -> BadInput:
    """I121: names that name no field, each with the nearest name that does."""
    nearest = {name: found for name in names if (found := _nearest(name, among))}
    said = [say("cli.nearest", name=name[:60], nearest=nearest[name]) if name in nearest else name[:60] for name in names]
    return BadInput("I121", names=say("cli.comma").join(said)[:300], unknown=list(names), nearest=nearest)


def _nearest(name: str, among: Sequence[str]) -> str:
    known = {plain(label(field)): label(field) for field in among} | {field: field for field in among}
    known |= {shown: shown for shown, field in _on_the_page(LABELS_ON_THE_PAGE).items() if field in among}
    known |= {plain(each): each for field in among for each in synonyms()[field]}
    found = get_close_matches(plain(name), known, 1, ALIKE)
    return known[found[0]] if found else ""


def label(field: str) -> str:
    """The field as the form calls it."""
    return say(f"field.{field}") if has(f"field.{field}") else synonyms()[field][0]


def rank(field: str, header: str) -> int:
    """How sure a header means the field: 0 is surest."""
    names = [plain(name) for name in (field, *synonyms().get(field, ()))]
    return names.index(plain(header)) if plain(header) in names else len(names)


def member_of(kind: type[E], field: str, text: str) -> E | None:
    """The member of a closed list that the text means, in English, in Chinese, or as other systems spell it; None for none."""
    wanted = plain(text)
    for member in kind:
        if wanted in (plain(str(member.value)), plain(word(member))):
            return member
    spoken = _spoken(field)
    return next((kind(value) for value, names in spoken.items() if wanted in names), None)


def truth_of(value: object) -> bool | None:
    """Yes or no however it is written; None where it is neither."""
    if isinstance(value, bool):
        return value
    wanted = plain(str(value))
    spoken = _spoken("yes_no")
    return next((answer == "yes" for answer, names in spoken.items() if wanted in names), None)


def _spoken(field: str) -> Mapping[str, frozenset[str]]:
    table = _names()["spoken"]
    assert isinstance(table, dict)
    return {value: frozenset(plain(name) for name in names) for value, names in table.get(field, {}).items()}


def what_happened(fault: HotlineError) -> str:
    """The first of the three things a failure's sentence says; the others are for the person at the form."""
    return sentence(fault).partition(say("cli.full_stop"))[0]


def plain(text: str) -> str:
    """For comparing: no blanks, small letters."""
    return "".join(text.split()).lower().lstrip("\ufeff")
