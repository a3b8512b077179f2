"""归属清单: whose matter it is, as the county wrote it down. Offered with its line, never acted on alone."""

from __future__ import annotations

import re
from pathlib import Path

import msgspec

from county_hotline.background import Step, Steps, finished
from county_hotline.desk import changing, import_duty_list
from county_hotline.desk.county_table_cells import fault_of
from county_hotline.desk.county_table_plan import PlannedRow, TablePreview
from county_hotline.desk.desk import Desk
from county_hotline.desk.import_returned import ReturnedRow
from county_hotline.desk.import_tables import Table, read_in_steps
from county_hotline.domain.cleaning import clean
from county_hotline.domain.likeness import held
from county_hotline.domain.reference import DutyLine, FallbackRule, in_force
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import Refusal
from county_hotline.ids import AgencyCode
from county_hotline.paths import write_atomically
from county_hotline.wording import say

SHOWN = 5
WORDS_HELD = 0.4
"""So much of a line's matter must stand in the text where no category says that it is meant."""
_TOWNSHIP, _COUNTY = 9, 6
MOST_RETURNS = 9
_PARTS = re.compile(r"[、，,；;/（）()]")
"""A line may name several matters in a row: 停水、水压不足."""


class Suggestion(msgspec.Struct, frozen=True):
    """Who may be right, and where it is written."""

    lead: AgencyCode
    helpers: tuple[AgencyCode, ...] = ()
    fallback: AgencyCode = AgencyCode("")
    basis: str = ""
    """As it is put down with the dispatch: 归属清单第17条, with the line's own ground."""
    line: int = 0
    """0: no line of the list fits; the category's usual unit, or the township."""
    matter: str = ""
    condition: str = ""
    """When the line holds; a person judges."""
    by_past: bool = False
    """Neither list nor place says so, only what was done before (desk.suggesting)."""


class ListReport(msgspec.Struct, frozen=True, kw_only=True):
    """What an import of a list did. `taken` counts `replaced` too."""

    rows: int
    taken: int
    replaced: int
    returned: tuple[ReturnedRow, ...]
    dry_run: bool
    table: Table
    """As it was read, to write the rows given back beside it."""


# ---------------------------------------------------------------- suggesting


def suggest(desk: Desk, category: str, place: str, text: str) -> tuple[Suggestion, ...]:
    """Lines that fit category (or one above it), place (or the township above it) and words, the most exact first, those of equal
    exactness in the order of the list; behind them the category's usual unit and the township of the place (属地)."""
    found = [*by_lines(desk, category, place, text)]
    reference = desk.store.reference
    usual = reference.category(category).usual_agency if category else AgencyCode("")
    named = reference.category(category).name
    rest = ((usual, say("duty_list.usual", category=named)), (township_of(desk, place), say("duty_list.township")))
    for unit, basis in rest:
        if unit and not reference.agency(unit).retired and unit not in {each.lead for each in found}:
            found.append(Suggestion(unit, basis=basis))
    return tuple(found[:SHOWN])


def by_lines(desk: Desk, category: str, place: str, text: str) -> tuple[Suggestion, ...]:
    """Only what the list itself says."""
    scored = [
        (score, line)
        for line in in_force(desk.store.reference.bundle().duty_lines)
        if (score := _fit(line, category, place, text=text))
    ]
    scored.sort(key=lambda pair: (-pair[0], pair[1].line))
    gone = {each.code for each in desk.store.reference.agencies() if each.retired}
    found = (_suggestion(desk, line, place) for _, line in scored)
    return tuple(each for each in found if each.lead and each.lead not in gone)


def _fit(line: DutyLine, category: str, place: str, *, text: str) -> float:
    """How exactly a line fits; 0: not at all. Its words count most, then the exactness of category and place."""
    if line.category and category and not category.startswith(line.category):
        return 0.0
    if line.place and not place.startswith(line.place):
        return 0.0
    words = max(held(part, text) for part in _PARTS.split(line.matter))
    by_category = bool(line.category and category)
    if words < WORDS_HELD and not by_category:
        return 0.0
    return 4 * words + (1 + len(line.category) / 10 if by_category else 0) + len(line.place) / 10


def _suggestion(desk: Desk, line: DutyLine, place: str) -> Suggestion:
    basis = say("duty_list.basis_with" if line.basis else "duty_list.basis", line=line.line, basis=line.basis)
    return Suggestion(
        lead=line.lead or township_of(desk, place),
        helpers=line.helpers,
        fallback=line.fallback,
        basis=basis,
        line=line.line,
        matter=line.matter,
        condition=line.condition,
    )


def township_of(desk: Desk, place: str) -> AgencyCode:
    """属地: the unit that answers for the place, or for the township above it; empty where none is known."""
    reference = desk.store.reference
    for length in (len(place), _TOWNSHIP, _COUNTY):
        if length <= len(place) and (unit := reference.place(place[:length]).agency):
            return unit
    return AgencyCode("")


def fallback_for(desk: Desk, order: WorkOrder) -> tuple[AgencyCode, FallbackRule] | None:
    """兜底: who leads by rule after as many returns as this order has had: the rule that asks for most returns, then the one for the
    narrowest category. None where no rule holds yet."""
    category = order.accepted.category if order.accepted else ""
    place = order.accepted.place if order.accepted else ""
    holding = [
        rule
        for rule in in_force(desk.store.reference.bundle().fallbacks)
        if rule.after_returns <= order.returns and category.startswith(rule.category)
    ]
    for rule in sorted(holding, key=lambda rule: (-rule.after_returns, -len(rule.category))):
        if unit := rule.unit or township_of(desk, place):
            return unit, rule
    return None


# ---------------------------------------------------------------- keeping the list


def lines(desk: Desk) -> tuple[DutyLine, ...]:
    """归属清单 in the order in which its lines are tried."""
    return desk.store.reference.bundle().duty_lines


def save_line(desk: Desk, line: DutyLine) -> DutyLine:
    """The line in place of the one with its number; 0: a new one behind the others. Numbers stay what they are: bases speak of them.
    Refuses an empty matter (R420), and units, categories and places that the county does not have (R421)."""
    changing.allowed(desk)
    line = checked(desk, line)
    number = line.line or max((each.line for each in lines(desk)), default=0) + 1
    line = msgspec.structs.replace(line, line=number)
    changing.change(desk, duty_lines=changing.put(lines(desk), line, lambda each: each.line == number))
    return line


def checked(desk: Desk, line: DutyLine) -> DutyLine:
    """The line cleaned. Refuses like `save_line`."""
    texts = {name: clean(getattr(line, name), lines=False) for name in ("matter", "condition", "basis")}
    line = msgspec.structs.replace(line, **texts)
    changing.needed("duty_matter", line.matter)
    changing.known(desk, units=(line.lead, line.fallback, *line.helpers), category=line.category, place=line.place)
    return line


def drop_line(desk: Desk, number: int) -> None:
    """The line is no longer in force. Refuses (R425) one that is not there."""
    rest = changing.without(lines(desk), lambda each: each.line == number, say("duty_list.basis", line=number))
    changing.change(desk, duty_lines=rest)


def fallbacks(desk: Desk) -> tuple[FallbackRule, ...]:
    """兜底规则."""
    return desk.store.reference.bundle().fallbacks


def save_fallback(desk: Desk, rule: FallbackRule) -> FallbackRule:
    """The rule in place of the one for as many returns in the same category. Refuses fewer than one return (R423), nobody who named it
    (R420: DOMAIN 2.2 row 10, the local government names the fallback), and units and categories the county does not have (R421)."""
    changing.allowed(desk)
    if not 1 <= rule.after_returns <= MOST_RETURNS:
        raise Refusal("R423", most=MOST_RETURNS)
    rule = msgspec.structs.replace(rule, named_by=clean(rule.named_by, lines=False))
    changing.needed("named_by", rule.named_by)
    changing.known(desk, units=(rule.unit,), category=rule.category)
    changing.change(desk, fallbacks=changing.put(fallbacks(desk), rule, lambda each: _name(each) == _name(rule)))
    return rule


def drop_fallback(desk: Desk, rule: FallbackRule) -> None:
    """The rule is no longer in force. Refuses (R425) one that is not there."""
    named = say("duty_list.fallback", count=rule.after_returns)
    changing.change(desk, fallbacks=changing.without(fallbacks(desk), lambda each: _name(each) == _name(rule), named))


def _name(rule: FallbackRule) -> tuple[int, str]:
    return rule.after_returns, rule.category


# ---------------------------------------------------------------- in and out


def import_excel(desk: Desk, file: Path, *, replace: bool = False, dry_run: bool = False) -> ListReport:
    """Lines from Excel or CSV: a row with a number takes the place of the line with it, one that says the same matter of the same
    category, place and condition the place of that, others are added; with `replace` only what is in the file stays. Rows that cannot be
    read are given back with their reason, the others go in. Raises BadInput I103 (columns), and what reading a table raises."""
    seen = finished(look_in_steps(desk, file, replace=replace))
    taken = len(seen.planned)
    if taken and not dry_run:
        changing.change(desk, duty_lines=seen.items)
    return ListReport(
        rows=len(seen.table.rows),
        taken=taken,
        replaced=taken - seen.count("new"),
        returned=tuple(ReturnedRow(each.row, each.code, each.wrong) for each in seen.faults),
        dry_run=dry_run,
        table=seen.table,
    )


def look_in_steps(desk: Desk, file: Path, *, replace: bool = False) -> Steps[TablePreview]:
    """What `import_excel` would do, row by row; nothing is written. `county_tables.take` writes it."""
    changing.allowed(desk)
    table = yield from read_in_steps(file)
    read = yield from import_duty_list.read(table, desk.store.reference, lambda line: checked(desk, line))
    version, before = desk.store.reference.version(), lines(desk)
    now: tuple[DutyLine, ...] = () if replace else before
    planned = []
    for at, (row, line) in enumerate(read.lines):
        if at % import_duty_list.AT_ONCE == 0:
            yield Step(len(table.rows), len(table.rows))
        found = next((each for each in now if _says_the_same(line, each)), None)
        number = line.line or (found.line if found else max((each.line for each in now), default=0) + 1)
        kept = msgspec.structs.replace(line, line=number, retired=found is not None and found.retired)
        now = changing.put(now, kept, lambda each, number=number: each.line == number)  # type: ignore[misc]
        planned.append(_planned(row, kept, found))
    given = {each.code for each in planned}
    return TablePreview(
        name="duty_lines",
        file=table.name,
        planned=tuple(planned),
        faults=tuple(fault_of(each, table, import_duty_list.columns_of(table)["matter"]) for each in read.returned),
        missing=tuple(each.matter for each in before if str(each.line) not in given) if not replace else (),
        moved=0,
        version=version,
        items=now,
        table=table,
    )


def _planned(row: int, line: DutyLine, before: DutyLine | None) -> PlannedRow:
    """What would be done with the line."""
    code, name = str(line.line), line.matter
    if before is None:
        return PlannedRow(row, code, name, "new")
    changed = [column for column in import_duty_list.COLUMNS if getattr(line, column) != getattr(before, column)]
    columns = say("county_table.between").join(say(f"duty_list.column.{column}") for column in changed)
    state = "changed" if changed else "same"
    return PlannedRow(row, code, name, state, (say("county_table.changes", columns=columns),) if changed else ())


def _says_the_same(line: DutyLine, other: DutyLine) -> bool:
    if line.line:
        return line.line == other.line
    same = ("matter", "category", "place", "condition")
    return all(getattr(line, name) == getattr(other, name) for name in same)


def export_excel(desk: Desk, file: Path) -> int:
    """The list as an .xlsx that can be imported again. How many lines. Raises StoreFault where it cannot be written."""
    write_atomically(file, import_duty_list.workbook(lines(desk), desk.store.reference))
    return len(lines(desk))
