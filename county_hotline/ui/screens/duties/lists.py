"""The county's lists as data: columns, fields, and the way between a line and what is typed. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Final

from county_hotline.domain.typed_times import read_day
from county_hotline.ui.screens.duties import conversions, table_lists
from county_hotline.ui.screens.duties.conversions import Item, Values
from county_hotline.ui.telling.names import Names
from county_hotline.ui.telling.reading import FieldTold
from county_hotline.wording import say


@dataclass(frozen=True, slots=True)
class ListSpec:
    """One list. A column is (name, pixels or 0); `fields` are (name, kind, required)."""

    name: str
    columns: tuple[tuple[str, int], ...]
    fields: tuple[tuple[str, str, bool], ...]
    key: Callable[[Item], str]
    cells: Callable[[Item, Names], dict[str, str]]
    values: Callable[[Item, Names], dict[str, str]]
    made: Callable[[Values, Names], Item] | None
    """None: its lines are not written one by one, they come from a file."""
    fixed: tuple[str, ...] = ()
    """Fields that name the line: another value would be another line."""
    days: tuple[str, ...] = ()
    """Fields that are days; the first gives a new line its code, after `prefix`."""
    times: tuple[str, ...] = ()
    prefix: str = ""

    def told_fields(self, values: Values) -> tuple[FieldTold, ...]:
        """The form, filled in."""
        return tuple(self._field(name, kind, values, required=required) for name, kind, required in self.fields)

    def _field(self, name: str, kind: str, values: Values, *, required: bool) -> FieldTold:
        choices = tuple((value, say(f"duties.{name}.{value or 'none'}")) for value in _CHOICES.get(name, ()))
        hint = "duties.hint.own_code" if name == "code" and self.prefix else _HINTS.get(name, "")
        if name == "unit" and required:
            hint = ""
        return FieldTold(
            name,
            say(f"duties.field.{name}"),
            kind,
            values.get(name, ""),
            values.get(f"{name}.words", ""),
            hint=say(hint) if hint else "",
            choices=choices,
            is_required=required,
            lines=3,
        )


def normal(spec: ListSpec, values: Values, *, today: str, taken: frozenset[str]) -> dict[str, str]:
    """What was typed, with days as `2026-11-21`, times as `09:00`, and a code where the list gives its lines one themselves."""
    given = {name: value.strip() for name, value in values.items()}
    for name in spec.days:
        day = read_day(given.get(name, ""), date.fromisoformat(today)) if given.get(name) else None
        given[name] = day.isoformat() if day else given.get(name, "")
    for name in spec.times:
        found = _TIME.fullmatch(given.get(name, ""))
        given[name] = f"{int(found[1]):02}:{found[2]}" if found else given.get(name, "")
    if spec.prefix and not given.get("code"):
        code = given.get("code") or spec.prefix + given[spec.days[0]].replace("-", "")
        given["code"] = next(each for each in (code, *(f"{code}-{n}" for n in range(2, 1000))) if each not in taken)
    return given


_TIME: Final = re.compile(r"(\d{1,2})[:：]?([0-5]\d)")
_CHOICES = {"instead": ("", "transfer", "merge")}
_HINTS = {
    "lead": "duties.hint.lead",
    "helpers": "duties.hint.helpers",
    "unit": "duties.hint.unit",
    "limits": "duties.hint.limits",
}


def _attribute(name: str) -> Callable[[Item], str]:
    return lambda item: str(getattr(item, name))


LISTS: Final = (
    ListSpec(
        "duty_lines",
        (("line", 46), ("matter", 0), ("condition", 0), ("lead", 120), ("helpers", 0), ("basis", 0)),
        (
            ("matter", "line", True),
            ("category", "find", False),
            ("place", "find", False),
            ("condition", "line", False),
            ("lead", "find", False),
            ("helpers", "line", False),
            ("fallback", "find", False),
            ("basis", "text", False),
            ("line", "line", False),
        ),
        _attribute("line"),
        conversions.duty_cells,
        conversions.duty_values,
        conversions.duty_made,
        fixed=("line",),
    ),
    ListSpec(
        "fallbacks",
        (("after_returns", 110), ("category", 0), ("unit", 150), ("named_by", 0)),
        (
            ("after_returns", "line", True),
            ("category", "find", False),
            ("unit", "find", False),
            ("named_by", "text", True),
        ),
        lambda item: f"{getattr(item, 'after_returns', 0)} {getattr(item, 'category', '')}",
        conversions.fallback_cells,
        conversions.fallback_values,
        conversions.fallback_made,
        fixed=("after_returns", "category"),
    ),
    ListSpec(
        "events",
        (("period", 90), ("on", 104), ("time", 110), ("leader", 110), ("unit", 120), ("scope", 0)),
        (
            ("period", "line", True),
            ("leader", "line", True),
            ("on", "line", True),
            ("from_time", "line", True),
            ("until_time", "line", True),
            ("unit", "find", True),
            ("scope", "text", True),
            ("code", "line", False),
        ),
        _attribute("code"),
        conversions.event_cells,
        conversions.event_values,
        conversions.event_made,
        fixed=("code",),
        days=("on",),
        times=("from_time", "until_time"),
        prefix="L",
    ),
    ListSpec(
        "campaigns",
        (("name", 0), ("since", 104), ("until", 104), ("limits", 0)),
        (
            ("name", "line", True),
            ("since", "line", True),
            ("until", "line", False),
            ("limits", "text", False),
            ("code", "line", False),
        ),
        _attribute("code"),
        conversions.campaign_cells,
        conversions.campaign_values,
        conversions.campaign_made,
        fixed=("code",),
        days=("since", "until"),
        prefix="Z",
    ),
    ListSpec(
        "grids",
        (("code", 150), ("name", 0), ("place", 0), ("keeper", 110)),
        (("code", "line", True), ("name", "line", True), ("place", "find", True), ("keeper", "line", False)),
        _attribute("code"),
        conversions.grid_cells,
        conversions.grid_values,
        conversions.grid_made,
        fixed=("code",),
    ),
    ListSpec(
        "told_paths",
        (("code", 46), ("name", 0), ("path", 0), ("basis", 0)),
        (
            ("code", "line", True),
            ("name", "line", True),
            ("words", "text", True),
            ("path", "text", True),
            ("basis", "line", True),
            ("instead", "choice", False),
            ("may_hand_over", "tick", False),
        ),
        _attribute("code"),
        conversions.path_cells,
        conversions.path_values,
        conversions.path_made,
        fixed=("code",),
    ),
    ListSpec(
        "agencies",
        (("code", 104), ("name", 0), ("short_name", 130), ("phone", 150), ("area", 110)),
        (("code", "line", True), ("short_name", "line", False), ("phone", "line", False), ("area", "line", False)),
        _attribute("code"),
        table_lists.agency_cells,
        table_lists.agency_cells,
        None,
    ),
    ListSpec(
        "categories",
        (("code", 90), ("name", 0), ("usual_agency", 0)),
        (("code", "line", True), ("whole", "line", False), ("usual_agency", "line", False)),
        _attribute("code"),
        table_lists.category_cells,
        table_lists.category_cells,
        None,
    ),
    ListSpec(
        "places",
        (("code", 124), ("whole", 0), ("initials", 130), ("aliases", 0)),
        (
            ("code", "line", True),
            ("whole", "line", False),
            ("initials", "line", False),
            ("aliases", "text", False),
            ("agency", "line", False),
        ),
        _attribute("code"),
        table_lists.place_cells,
        table_lists.place_cells,
        None,
    ),
)  # fmt: skip
"""The segments of the page, in their order."""


def list_named(name: str) -> ListSpec:
    """The list of that name."""
    return next(spec for spec in LISTS if spec.name == name)
