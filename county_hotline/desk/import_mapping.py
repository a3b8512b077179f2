"""Which column is what: proposed from the header's names, or told by a person; and whether what lies in a column can be that at all."""

from __future__ import annotations

import re
import statistics
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import msgspec

from county_hotline.desk import field_names
from county_hotline.desk.import_tables import Table
from county_hotline.domain.typed_times import read_time
from county_hotline.errors import BadInput

SAMPLE_ROWS = 2000
EXAMPLE_LENGTH = 24
SHAPED = frozenset({"external_number", "content", "came_at", "phone", "id_number"})
"""Fields whose cells have a shape of their own, so that the right column can be found by looking."""
JOINED = frozenset({"category"})
"""Fields that may be spread over several columns (类别 by level)."""


class MappingFile(msgspec.Struct, forbid_unknown_fields=True):
    """A mapping kept as TOML: `[columns]` header or position → field, `[values]` field → what every row gets."""

    columns: dict[str, str] = {}
    values: dict[str, str] = {}


@dataclass(frozen=True, slots=True)
class ColumnMap:
    """Columns by place (from 0) → field. `told`: by a person, not by the header."""

    fields: Mapping[int, str]
    told: bool = False

    def places(self, field: str) -> list[int]:
        return [place for place, named in self.fields.items() if named == field]


@dataclass(frozen=True, slots=True)
class Doubt:
    """A column whose contents are not what its header says. `expected` is a wording key below `import.expected.`."""

    place: int
    header: str
    field: str
    expected: str
    examples: tuple[str, ...]
    better: int | None
    """The column that does look like it."""


def proposed(table: Table) -> ColumnMap:
    """The mapping the header's names propose: for each field the surest name; several columns only where they are levels of one."""
    ranked: dict[str, list[tuple[int, int]]] = {}
    for place, header in enumerate(table.headers):
        field = field_names.field_of_header(header) if header.strip() else None
        if field is not None:
            ranked.setdefault(field, []).append((field_names.rank(field, header), place))
    fields: dict[int, str] = {}
    for field, found in ranked.items():
        found.sort()
        for _, place in found if field in JOINED else found[:1]:
            fields[place] = field
    return ColumnMap(fields)


def told(table: Table, words: Sequence[str]) -> ColumnMap:
    """What a person says: `诉求内容=content`, `3=content`. Names in the header count for the columns not spoken of, unless a column
    was named by its position: then the header is not believed at all. Raises BadInput I103, I121, I109."""
    if not words:
        return proposed(table)
    fields: dict[int, str] = {}
    by_position = False
    for each in words:
        column, equals, named = each.rpartition("=")
        field = field_names.field_named(named)
        if not equals or field is None:
            raise field_names.unknown([named or each])
        place = _place(table, column)
        by_position |= table.headers[place] != column
        fields[place] = field
    rest = {} if by_position else dict(proposed(table).fields)
    spoken = set(fields.values())
    return ColumnMap({**{place: field for place, field in rest.items() if field not in spoken}, **fields}, told=True)


def from_file(file: Path) -> MappingFile:
    """Raises BadInput I101, I109."""
    try:
        return msgspec.toml.decode(file.read_bytes(), type=MappingFile)
    except OSError as exc:
        raise BadInput("I101", file=file.name) from exc
    except msgspec.MsgspecError as exc:
        raise BadInput("I109", name=file.name, value=str(exc)[:80]) from exc


def _place(table: Table, column: str) -> int:
    """By name where a column is called so; else by position from 1."""
    if column in table.headers:
        return table.headers.index(column)
    if column.isdecimal() and 1 <= int(column) <= len(table.headers):
        return int(column) - 1
    raise BadInput("I103", column=column[:60])


# ---------------------------------------------------------------- do the contents fit?


def doubts(table: Table, mapping: ColumnMap) -> tuple[Doubt, ...]:
    """Columns whose contents cannot be what they are called, judged by the rows themselves."""
    found = []
    for place, field in sorted(mapping.fields.items()):
        test = TESTS.get(field)
        cells = _cells(table, place)
        if test is None or not cells or test[1](cells):
            continue
        found.append(Doubt(place, table.headers[place], field, test[0], _examples(cells), _better(table, field, place)))
    return tuple(found)


def suggestion(table: Table, mapping: ColumnMap, doubted: Sequence[Doubt]) -> ColumnMap:
    """The mapping by contents: for each doubted field the column that does look like it. Where only a column that could be left out is
    in doubt, it alone is left out; other names of a header that lies about more are not kept."""
    if all(doubt.better is None and doubt.field not in SHAPED for doubt in doubted):
        doubtful = {doubt.place for doubt in doubted}
        return ColumnMap({place: field for place, field in mapping.fields.items() if place not in doubtful}, told=True)
    fields = {doubt.better: doubt.field for doubt in doubted if doubt.better is not None}
    content = next(iter(mapping.places("content")), None)
    if content is not None and "content" not in fields.values() and content not in fields:
        fields[content] = "content"
    return ColumnMap(fields, told=True)


def _cells(table: Table, place: int) -> list[str]:
    return [cell.strip() for cell in table.column(place)[:SAMPLE_ROWS] if cell.strip()]


def _examples(cells: Sequence[str]) -> tuple[str, ...]:
    return tuple(" ".join(cell.split())[:EXAMPLE_LENGTH] for cell in list(dict.fromkeys(cells))[:3])


def _better(table: Table, field: str, place: int) -> int | None:
    """The other column that fits the field best: of several that could be it, the one with the most different and longest cells."""
    if field not in SHAPED:
        return None
    test = TESTS[field][1]
    fitting = [
        (_distinct(cells), statistics.mean(map(len, cells)), -other)
        for other in range(len(table.headers))
        if other != place and (cells := _cells(table, other)) and test(cells)
    ]
    return -max(fitting)[2] if fitting else None


def _distinct(cells: Sequence[str]) -> float:
    return len(set(cells)) / len(cells)


def _share(cells: Sequence[str], holds: Callable[[str], object]) -> float:
    return sum(bool(holds(cell)) for cell in cells) / len(cells)


_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_./-]{3,39}")
_PHONE = re.compile(r"[+(]?[\d*][\d*\s()-]{5,19}")
_ID = re.compile(r"[\d*]{14,17}[\dXx*]|[A-Za-z]\w{5,20}")
FEW = 20


def _is_code(cells: Sequence[str]) -> bool:
    return _share(cells, _CODE.fullmatch) >= 0.95 and (len(cells) < FEW or _distinct(cells) >= 0.95)


def _is_content(cells: Sequence[str]) -> bool:
    long_enough = statistics.median(map(len, cells)) >= 10
    return (
        long_enough and (len(cells) < FEW or _distinct(cells) >= 0.5) and _share(cells, lambda c: read_time(c) is None) >= 0.9
    )


def _is_title(cells: Sequence[str]) -> bool:
    return 3 <= statistics.median(map(len, cells)) <= 80 and _share(cells, str.isdecimal) <= 0.5


def _is_of(field: str) -> Callable[[Sequence[str]], bool]:
    kind = field_names.CLOSED[field]
    return lambda cells: _share(cells, lambda cell: field_names.member_of(kind, field, cell) is not None) >= 0.5


TESTS: Mapping[str, tuple[str, Callable[[Sequence[str]], bool]]] = {
    "external_number": ("numbers", _is_code),
    "content": ("long_text", _is_content),
    "title": ("title", _is_title),
    "came_at": ("times", lambda cells: _share(cells, lambda cell: read_time(cell) is not None) >= 0.8),
    "phone": ("phones", lambda cells: _share(cells, _PHONE.fullmatch) >= 0.6),
    "id_number": ("id_numbers", lambda cells: _share(cells, _ID.fullmatch) >= 0.6),
    "people": ("counts", lambda cells: _share(cells, str.isdecimal) >= 0.9),
    "name": ("names", lambda cells: statistics.median(map(len, cells)) <= 12 and _share(cells, str.isdecimal) <= 0.5),
    "category": ("categories", lambda cells: statistics.median(map(len, cells)) <= 30 and _share(cells, str.isdecimal) <= 0.5),
    "channel": ("channels", _is_of("channel")),
    "matter_kind": ("matter_kinds", _is_of("matter_kind")),
    "urgency": ("urgencies", _is_of("urgency")),
}
"""What a field's column must look like: wording key, and the test on its cells."""
