"""县里的表, declared: columns in their order, how each cell is read, how codes are written, and one of them as text again."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from county_hotline.db.beside.reference import Bundle
from county_hotline.desk import county_table_cells as cells
from county_hotline.desk.county_table_cells import Codes, Lookup
from county_hotline.domain.reference import Agency, Category, Grid, Place
from county_hotline.errors import BadInput
from county_hotline.wording import say

Item = Agency | Category | Place | Grid
Cell = Callable[[str, Lookup], object]


@dataclass(frozen=True, slots=True)
class TableSpec:
    """One table. A column is (name, width in characters, how its cell is read); one read by None says what the code says already."""

    name: str
    kind: type[Item]
    codes: Codes
    columns: tuple[tuple[str, int, Cell | None], ...]
    needed: tuple[str, ...] = ("code", "name")
    steps: tuple[int, ...] = ()
    """Lengths of the codes of a tree, from the top; a code begins with that of what it lies in."""
    between: str = ""
    """Between the names of a path."""

    def head(self, column: str) -> str:
        """What stands above the column."""
        return say(f"county_table.column.{self.name}.{column}")

    def parent(self, code: str) -> str:
        """The code of what it lies in; empty at the top, and in a table that is no tree."""
        above = [step for step in self.steps if step < len(code)]
        return code[: above[-1]] if above else ""

    def items(self, bundle: Bundle) -> tuple[Item, ...]:
        """As they stand."""
        found: tuple[Item, ...] = getattr(bundle, self.name)
        return found


def _text(text: str, _lookup: Lookup) -> object:
    return cells.line(text)


def _phone(text: str, _lookup: Lookup) -> object:
    return cells.phone(text)


def _unit(text: str, lookup: Lookup) -> object:
    return lookup.unit(text) if text else ""


def _place(text: str, lookup: Lookup) -> object:
    return lookup.place(text) if text else ""


def _village(text: str, lookup: Lookup) -> object:
    code = lookup.place(text) if text else ""
    if code and len(code) < _VILLAGE:
        raise BadInput("I245", value=text[:40])
    return code


def _several(text: str, _lookup: Lookup) -> object:
    return cells.several(text)


_TOWNSHIP, _VILLAGE = 9, 12
TABLES: Final = (
    TableSpec(
        "agencies",
        Agency,
        Codes("COUNTY[0-9A-Z]{3}"),
        (("code", 14, None), ("name", 34, _text), ("short_name", 18, _text), ("phone", 22, _phone), ("place", 22, _place)),
    ),
    TableSpec(
        "categories",
        Category,
        Codes(r"\d{2}|\d{4}|\d{6}|\d{8}", (2, 4, 6, 8)),
        (("code", 14, None), ("name", 26, _text), ("parent", 34, None), ("usual_agency", 34, _unit)),
        steps=(2, 4, 6, 8),
        between=" / ",
    ),
    TableSpec(
        "places",
        Place,
        Codes(r"COUNTY(\d{3}|\d{6})?", (_TOWNSHIP, _VILLAGE)),
        (
            ("code", 16, None),
            ("name", 22, _text),
            ("parent", 18, None),
            ("initials", 16, _text),
            ("agency", 34, _unit),
            ("aliases", 36, _several),
        ),
        steps=(_TOWNSHIP, _VILLAGE),
        between=" ",
    ),
    TableSpec(
        "grids",
        Grid,
        Codes("[A-Za-z0-9][A-Za-z0-9_-]{0,29}"),
        (("code", 20, None), ("name", 26, _text), ("place", 30, _village), ("keeper", 22, _text)),
        needed=("code", "name", "place"),
    ),
)
NAMES: Final = tuple(spec.name for spec in TABLES)


def table_named(name: str) -> TableSpec:
    """The table of that name."""
    return next(spec for spec in TABLES if spec.name == name)


def texts_of(spec: TableSpec, item: Item, lookup: Lookup) -> dict[str, str]:
    """One of them, column by column, as it is written out."""
    found = {}
    for column, _width, _how in spec.columns:
        value = getattr(item, column, "")
        if column in ("usual_agency", "agency"):
            value = lookup.unit_name(value) if value else ""
        elif column == "place":
            value = lookup.place_name(value) if value else ""
        elif column == "parent":
            value = getattr(item, "path", "").rpartition(spec.between)[0]
        elif column == "aliases":
            value = say("cli.comma").join(value)
        found[column] = str(value)
    return found
