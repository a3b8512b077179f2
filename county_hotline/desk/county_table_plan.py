"""县里的表, looked at: what each row of a file would do to a table, with what is wrong in it; nothing is written here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec

from county_hotline.background import Step, Steps
from county_hotline.db.beside.reference import Bundle
from county_hotline.desk import county_table_cells as cells
from county_hotline.desk import field_names
from county_hotline.desk.county_table_cells import Lookup, Reader, RowFault
from county_hotline.desk.county_table_specs import Item, TableSpec, texts_of
from county_hotline.desk.import_tables import AT_ONCE, Table, TableRow
from county_hotline.domain import pinyin
from county_hotline.domain.articles import Edition
from county_hotline.domain.reference import Category, DutyLine, Grid, Place
from county_hotline.errors import BadInput
from county_hotline.wording import say


class PlannedRow(msgspec.Struct, frozen=True):
    """One right row, and what it would do."""

    row: int
    code: str
    name: str
    state: str
    """`new`, `changed` or `same`."""
    changes: tuple[str, ...] = ()
    """In words, column by column."""


class TablePreview(msgspec.Struct, frozen=True, kw_only=True):
    """What an import would do; nothing is written yet."""

    name: str
    file: str
    planned: tuple[PlannedRow, ...]
    faults: tuple[RowFault, ...]
    missing: tuple[str, ...]
    """Names of what is here and not in the file. It stays."""
    moved: int
    """So many more change with them: their path names one that is renamed."""
    version: int
    """Of the county's lists, when this was seen."""
    items: tuple[Item | DutyLine | Edition, ...]
    """The list as it would be; of 知识库 the versions that are new."""
    table: Table

    def count(self, state: str) -> int:
        """Rows in this state."""
        return sum(each.state == state for each in self.planned)

    @property
    def wrong(self) -> int:
        """Rows with something wrong."""
        return len({fault.row for fault in self.faults})

    @property
    def writes(self) -> int:
        """Rows that would change something."""
        return self.count("new") + self.count("changed")


class Plan:
    """One look at one file; see `of`."""

    def __init__(self, bundle: Bundle, spec: TableSpec) -> None:
        self._spec, self._version = spec, bundle.version
        self._lookup = Lookup(bundle.agencies, bundle.places, bundle.county)
        self._before = {each.code: each for each in spec.items(bundle)}
        self._faults: list[RowFault] = []
        self._wrong_codes: dict[str, int] = {}

    def of(self, table: Table, columns: Mapping[str, int], formulas: frozenset[tuple[int, int]]) -> Steps[TablePreview]:
        """What this file would do. `columns`: where each stands; `formulas`: rows and columns of cells that are none of their own.
        Raises BadInput I246 where there is no row."""
        readers = self._readers(table, columns, formulas)
        if not readers and not self._faults:
            raise BadInput("I246", name=table.name)
        given = yield from self._given(readers)
        yield Step(len(readers), len(readers))
        after = self._after(given)
        rows = {code: reader.row for code, (reader, _) in given.items()}
        planned = [self._planned(rows[code], after[code]) for code in given]
        moved = sum(after[code] != item for code, item in self._before.items() if code not in given)
        codes = {*given, *self._wrong_codes}
        return TablePreview(
            name=self._spec.name,
            file=table.name,
            planned=tuple(sorted(planned, key=lambda each: each.row)),
            faults=tuple(sorted(self._faults, key=lambda fault: fault.row)),
            missing=tuple(getattr(each, "path", each.name) for code, each in self._before.items() if code not in codes),
            moved=moved,
            version=self._version,
            items=self._ordered(after),
            table=table,
        )

    def _readers(self, table: Table, columns: Mapping[str, int], formulas: frozenset[tuple[int, int]]) -> list[Reader]:
        heads = {column: self._spec.head(column) for column in columns}
        found = []
        for at, row in enumerate(table.rows):
            said = {column: cells.tidy(row.cells[place]) for column, place in columns.items() if place < len(row.cells)}
            if at == 0 and any(text.startswith(say("county_table.note_mark")) for text in said.values()):
                continue
            reader = Reader(row.number, said, heads)
            if row.problem and _matters(row, columns):
                reader.wrong("", BadInput("I128", why=say(f"import.row.{row.problem}")))
            for column, place in columns.items():
                if (row.number, place) in formulas:
                    reader.wrong(column, BadInput("I236"))
            found.append(reader)
        return found

    def _given(self, readers: Sequence[Reader]) -> Steps[dict[str, tuple[Reader, dict[str, object]]]]:
        """The right rows by their codes. Parents come before what lies in them, for a wrong one takes them along."""
        read: dict[str, tuple[Reader, dict[str, object]]] = {}
        for at, reader in enumerate(readers):
            if at % AT_ONCE == 0:
                yield Step(at, len(readers))
            code, parts = self._parts(reader)
            if code and code not in read:
                read[code] = (reader, parts)
                continue
            if code:
                reader.wrong("code", BadInput("I231", value=code, first=read[code][0].row))
            self._faults += reader.faults
        parts_of = {code: parts for code, (_, parts) in read.items()}
        for code in sorted(read, key=len):
            self._check_parent(code, read, parts_of)
        self._check_names(read)
        for code, (reader, _) in read.items():
            self._faults += reader.faults
            if reader.faults:
                self._wrong_codes[code] = reader.row
        return {code: found for code, found in read.items() if not found[0].faults}

    def _parts(self, reader: Reader) -> tuple[str, dict[str, object]]:
        spec, lookup = self._spec, self._lookup
        shape = say(f"county_table.shape.{spec.name}", county=lookup.county)
        if any(fault.code == "I236" for fault in reader.faults):
            return "", {}
        code = reader.read("code", lambda text: cells.code(text, spec.codes, lookup.county, shape))
        parts: dict[str, object] = {}
        for column, _width, how in spec.columns:
            if how is None or column not in reader.said:
                continue
            if column in spec.needed and not reader.said[column]:
                reader.wrong(column, BadInput("I230", column=spec.head(column)))
            else:
                parts[column] = reader.read(column, lambda text, how=how: how(text, lookup))  # type: ignore[misc]
        return str(code or ""), parts

    def _check_parent(
        self, code: str, read: Mapping[str, tuple[Reader, dict[str, object]]], given: Mapping[str, Mapping[str, object]]
    ) -> None:
        """Refuses a row whose parent is nowhere, wrong itself, or another than the cell says."""
        spec, (reader, _) = self._spec, read[code]
        above = spec.parent(code)
        if not above:
            return
        if above in read and read[above][0].faults:
            reader.wrong("code", BadInput("I244", first=read[above][0].row))
        elif above not in read and above not in self._before:
            reader.wrong("code", BadInput("I232", value=above))
        elif said := reader.said.get("parent", ""):
            right = self._path(above, given)
            last = right.rpartition(spec.between)[2]
            before = self._before.get(above)
            known = (above, right, last, *((before.name, getattr(before, "path", "")) if before else ()))
            if field_names.plain(said) not in map(field_names.plain, known):
                reader.wrong("parent", BadInput("I243", value=said[:40], right=right))

    def _check_names(self, read: Mapping[str, tuple[Reader, dict[str, object]]]) -> None:
        """Refuses a new or renamed row that bears the name another one has."""
        given = {code: parts for code, (_, parts) in read.items()}
        taken: dict[str, str] = {}
        for code in self._before:
            if code not in read:
                taken.setdefault(self._called(code, given), code)
        unchanged = [
            c for c in read if c in self._before and given[c].get("name", self._before[c].name) == self._before[c].name
        ]
        same = set(unchanged)
        for code in (*unchanged, *(each for each in read if each not in same)):
            reader, parts = read[code]
            called = self._called(code, given)
            if called in taken and code not in same and parts.get("name"):
                reader.wrong("name", BadInput("I238", other=taken[called], value=called[:60]))
            taken.setdefault(called, code)

    def _called(self, code: str, given: Mapping[str, Mapping[str, object]]) -> str:
        """By what a name must not be another's: the path in a tree; a grid's with its village."""
        if self._spec.kind is Grid:
            place = given.get(code, {}).get("place") or getattr(self._before.get(code), "place", "")
            return f"{place} {self._name(code, given)}"
        return self._path(code, given)

    def _name(self, code: str, given: Mapping[str, Mapping[str, object]]) -> str:
        before = self._before.get(code)
        return str(given.get(code, {}).get("name") or (before.name if before else ""))

    def _path(self, code: str, given: Mapping[str, Mapping[str, object]]) -> str:
        above = self._spec.parent(code)
        own = self._name(code, given)
        return f"{self._path(above, given)}{self._spec.between}{own}" if above else own

    def _after(self, given: Mapping[str, tuple[Reader, dict[str, object]]]) -> dict[str, Item]:
        """Everything as it would be: what is in the file, what stays, and paths that name what was renamed."""
        parts = {code: found for code, (_, found) in given.items()}
        return {code: self._made(code, parts) for code in dict.fromkeys((*self._before, *given))}

    def _made(self, code: str, given: Mapping[str, Mapping[str, object]]) -> Item:
        spec, before, own = self._spec, self._before.get(code), dict(given.get(code, {}))
        if spec.steps:
            path = self._path(code, given)
            is_called_so = before is not None and path == self._path(code, {})
            own["path"] = getattr(before, "path", path) if is_called_so else path
            if spec.kind is Category:
                own["parent"] = getattr(before, "parent", "") or spec.parent(code)
            else:
                own["initials"] = _initials(before, own, is_called_so=is_called_so)
        if before is not None:
            return msgspec.structs.replace(before, **own)
        return spec.kind(code=code, **own)  # type: ignore[arg-type]

    def _planned(self, row: int, item: Item) -> PlannedRow:
        before = self._before.get(item.code)
        name = getattr(item, "path", item.name)
        if before is None:
            return PlannedRow(row, item.code, name, "new")
        if before == item:
            return PlannedRow(row, item.code, name, "same")
        old, new = texts_of(self._spec, before, self._lookup), texts_of(self._spec, item, self._lookup)
        empty = say("county_table.empty")
        changes = tuple(
            say(
                "county_table.change",
                column=self._spec.head(column),
                before=old[column] or empty,
                after=new[column] or empty,
            )
            for column in new
            if old[column] != new[column]
        )
        return PlannedRow(row, item.code, name, "changed", changes or (say("county_table.moved"),))

    def _ordered(self, after: Mapping[str, Item]) -> tuple[Item, ...]:
        """A tree that stood in order stays in order; otherwise new ones stand behind the others."""

        def order(code: str) -> tuple[int, str]:
            return (len(code) if self._spec.kind is Place else 0, code)

        before = list(self._before)
        is_in_order = before == sorted(before, key=order)
        return tuple(after[code] for code in (sorted(after, key=order) if is_in_order else after))


def _initials(before: Item | None, own: Mapping[str, object], *, is_called_so: bool) -> str:
    """As given; else made from the path, unless those that stand are of the same path. Those of another path are not kept."""
    stood = getattr(before, "initials", "")
    given = str(own.get("initials", stood)).lower()
    if given == stood.lower():
        return stood if is_called_so else pinyin.initials(str(own["path"]))
    return given or pinyin.initials(str(own["path"]))


def _matters(row: TableRow, columns: Mapping[str, int]) -> bool:
    """Whether what is odd in the row's width touches a column that is read: Excel and people leave empty cells at the end away."""
    return row.problem != "too_narrow" or len(row.cells) <= max(columns.values())
