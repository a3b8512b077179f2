"""What the page of clashes asks of the desk."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from county_hotline.clock import local
from county_hotline.domain.comparing import Comparison
from county_hotline.domain.views import OrderView
from county_hotline.ids import Number
from county_hotline.ui.telling.names import Names, names_of

if TYPE_CHECKING:
    from county_hotline.desk.desk import Desk


@dataclass(frozen=True, slots=True)
class Loaded:
    """One order's clash with all that its page stands on. `view` and `comparison` are None where nothing waits any more."""

    numbers: tuple[Number, ...]
    """Every order that waits, in the order of the list."""
    names: Names
    today: str
    view: OrderView | None = None
    comparison: Comparison | None = None
    why_not: str = ""
    """`place`, `duty`, or nothing where it may be settled here."""


class ClashWork(Protocol):
    """On the desk's lane."""

    def look(self, number: str) -> Loaded:
        """This order, else the first that waits."""
        ...

    def settle(self, comparison: Comparison, chosen: Mapping[str, str], anew: Mapping[str, str], reason: str) -> None:
        """按所选定下. Refuses R520 to R524, and what may not be written."""
        ...

    def ask_centre(self, comparison: Comparison, reason: str) -> None:
        """请县中心定. Refuses R523."""
        ...


class DeskClash:
    """`ClashWork` over the real desk."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk

    def look(self, number: str) -> Loaded:
        """See `ClashWork`."""
        from county_hotline.desk import clashes

        desk = self._desk
        numbers = tuple(row.number for row in clashes.waiting(desk))
        names, today = names_of(desk), local(desk.clock.now_ms()).date().isoformat()
        wanted = next((each for each in numbers if each == number), numbers[0] if numbers else None)
        if wanted is None:
            return Loaded(numbers, names, today)
        comparison = clashes.compared(desk, wanted)
        return Loaded(numbers, names, today, desk.store.view(wanted), comparison, clashes.hindrance(desk, comparison))

    def settle(self, comparison: Comparison, chosen: Mapping[str, str], anew: Mapping[str, str], reason: str) -> None:
        """See `ClashWork`."""
        from county_hotline.desk import clashes

        desk = self._desk
        values = {name: clashes.read_value(desk, name, text) for name, text in anew.items() if chosen.get(name) == clashes.ANEW}
        clashes.settle(desk, comparison, chosen, anew=values, reason=reason)

    def ask_centre(self, comparison: Comparison, reason: str) -> None:
        """See `ClashWork`."""
        from county_hotline.desk import clashes

        clashes.ask_centre(self._desk, comparison, reason)
