"""What 清单 asks of the desk."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from msgspec.structs import replace

from county_hotline.background import Step, Steps, Told, unless_stopped
from county_hotline.clock import local
from county_hotline.domain.reference import (
    Agency,
    Campaign,
    Category,
    DutyLine,
    FallbackRule,
    Grid,
    LeaderEvent,
    Place,
    ToldPath,
)
from county_hotline.errors import Refusal
from county_hotline.ui.bringing_in import ImportWork
from county_hotline.ui.screens.duties.conversions import Item
from county_hotline.ui.screens.duties.table_lists import IN_AND_OUT
from county_hotline.ui.telling.names import Names, names_of

if TYPE_CHECKING:
    from county_hotline.desk.county_table_plan import TablePreview
    from county_hotline.desk.desk import Desk

AS_WORKBOOK = ("duty_lines", *IN_AND_OUT)
"""The lists that go in and out as a workbook."""


@dataclass(frozen=True, slots=True)
class DutiesFacts:
    """One list, and who asks."""

    name: str
    items: tuple[Item, ...]
    names: Names
    today: str = ""
    """ISO date."""
    why: str = ""
    """Why it cannot be changed here (a key below `duties.why.`); empty where it can."""

    @property
    def may_exchange(self) -> bool:
        """Whether it goes in and out as a workbook."""
        return self.name in AS_WORKBOOK


class DutiesWork(ImportWork, Protocol):
    """On the desk's lane."""

    def look(self, name: str) -> DutiesFacts:
        """A list."""
        ...

    def save(self, name: str, item: Item, before: Item | None) -> str:
        """Put a line in (in place of `before`); answers its key. Raises Refusal, BadInput."""
        ...

    def retire(self, name: str, item: Item, *, retired: bool) -> str:
        """停用, or 启用 again; answers its key. Raises Refusal."""
        ...

    def take_out(self, name: str, file: str) -> int:
        """导出: how many lines went. Raises StoreFault."""
        ...


class DeskDuties:
    """`DutiesWork` over the real desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def look(self, name: str) -> DutiesFacts:
        """See `DutiesWork`."""

        desk = self._desk
        names = names_of(desk)
        today = local(desk.clock.now_ms()).date().isoformat()
        return DutiesFacts(name, self._items(name), names, today, self._why())

    def save(self, name: str, item: Item, before: Item | None) -> str:
        """See `DutiesWork`."""
        from county_hotline.desk import duty_list
        from county_hotline.ui.screens.duties.lists import list_named

        key = list_named(name).key
        if before is not None and before.retired:
            item = replace(item, retired=True)
        kept = self._save(item)
        if isinstance(before, FallbackRule) and key(before) != key(kept):  # it is the same rule, for another number of returns
            duty_list.drop_fallback(self._desk, before)
        return key(kept)

    def retire(self, name: str, item: Item, *, retired: bool) -> str:
        """See `DutiesWork`."""
        from county_hotline.desk import county_lists
        from county_hotline.ui.screens.duties.lists import list_named

        return list_named(name).key(county_lists.retire(self._desk, name, item, retired=retired))

    def preview(self, name: str, file: str) -> Steps[TablePreview]:
        """See `ImportWork`."""
        from county_hotline.desk import county_tables, duty_list

        if name in IN_AND_OUT:
            return county_tables.look_in_steps(self._desk, name, Path(file))
        return duty_list.look_in_steps(self._desk, Path(file))

    def take(self, preview: TablePreview, file: str, told: Told) -> tuple[int, str]:
        """See `ImportWork`."""
        from county_hotline.desk import county_tables
        from county_hotline.desk.import_returned import write_returned

        unless_stopped(told, Step(0, preview.writes))
        count = county_tables.take(self._desk, preview, right_only=preview.wrong > 0)
        rows = county_tables.given_back(preview)
        written = write_returned(preview.table, rows, (Path(file).parent, self._desk.home.path))
        return count, str(written or "")

    def take_out(self, name: str, file: str) -> int:
        """See `DutiesWork`."""
        from county_hotline.desk import county_tables, duty_list

        if name in IN_AND_OUT:
            return county_tables.export(self._desk, name, Path(file))
        return duty_list.export_excel(self._desk, Path(file))

    def _items(self, name: str) -> tuple[Item, ...]:
        from county_hotline.desk import county_lists, duty_list
        from county_hotline.desk.county_table_specs import table_named

        desk = self._desk
        if name in IN_AND_OUT and name != "grids":
            return table_named(name).items(desk.store.reference.bundle())
        match name:
            case "duty_lines":
                return duty_list.lines(desk)
            case "fallbacks":
                return duty_list.fallbacks(desk)
            case "events":
                return county_lists.events(desk)
            case "campaigns":
                return county_lists.campaigns(desk)
            case "grids":
                return county_lists.grids(desk)
            case _:
                return county_lists.told_paths(desk)

    def _save(self, item: Item) -> Item:
        from county_hotline.desk import county_lists, duty_list

        desk = self._desk
        match item:
            case DutyLine():
                return duty_list.save_line(desk, item)
            case FallbackRule():
                return duty_list.save_fallback(desk, item)
            case LeaderEvent():
                return county_lists.save_event(desk, item)
            case Campaign():
                return county_lists.save_campaign(desk, item)
            case Grid():
                return county_lists.save_grid(desk, item)
            case ToldPath():
                return county_lists.save_told_path(desk, item)
            case Agency() | Category() | Place():
                raise Refusal("R652")

    def _why(self) -> str:
        from county_hotline.desk import changing

        try:
            changing.allowed(self._desk)
        except Refusal as fault:
            return "duty" if fault.code == "R204" else "place"
        return ""
