"""Which columns 台账 has at which width, and a row drawn into them. Names, numbers and days are never cut; places, units and titles may be."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from county_hotline.domain.register_columns import NEVER_LEFT_OUT, RegisterColumn
from county_hotline.domain.views import RegisterSort
from county_hotline.ui import theme
from county_hotline.ui.screens.register.telling import RowTold
from county_hotline.ui.widgets.list_drawing import marked, with_room
from county_hotline.ui.widgets.row_list import Column, ListRow
from county_hotline.wording import say

TITLE_AT_LEAST = 250
WIDE_FROM = 1000
"""Pixels of the 标准 size in which a wide list has its longer numbers and names: the largest letters need the room for columns."""
FULL = "full"
"""The number with county and station, where there is room."""

_WIDTHS = {
    "state": 94, "number": 108, FULL: 200, "title": 0, "caller": 84, "phone": 124, "kind": 84, "channel": 108, "urgency": 88, "category": 150,
    "place": 150, "agency": 126, "accepted": 146, "due": 104, "left": 96, "finished": 146, "event": 110, "campaign": 130,
}  # fmt: skip
_WIDER = {"agency": 176, "due": 110, "category": 220, "place": 200}
_CUT = ("category", "place", "agency", "event", "campaign")
_NARROW = ("state", "number", "title", "agency", "due", "left")
_WIDE = ("state", "number", "title", "caller", "agency", "due", "left")
_GIVEN_UP = ("agency", "due", "number")
"""What goes first where the title would have no room and nobody chose: it stands in the pane too."""
SORTS = {
    "accepted": RegisterSort.TIME,
    "number": RegisterSort.TIME,
    FULL: RegisterSort.TIME,
    "due": RegisterSort.DUE,
    "left": RegisterSort.DUE,
    "state": RegisterSort.STAGE,
    "agency": RegisterSort.AGENCY,
    "finished": RegisterSort.FINISHED,
}
"""What a click on a column's head sorts by."""
_HEADS = {sort: next(name for name in SORTS if SORTS[name] is sort) for sort in RegisterSort}
_DESCENDS = (RegisterSort.TIME, RegisterSort.FINISHED)


@dataclass(frozen=True, slots=True)
class Sorting:
    """By what, and which way round."""

    sort: RegisterSort
    is_reversed: bool = False

    @property
    def sign(self) -> str:
        """Which way the values run."""
        return "caret-down-fill" if (self.sort in _DESCENDS) != self.is_reversed else "caret-up-fill"


def standard(*, wide: bool) -> tuple[str, ...]:
    """What everybody has."""
    return _WIDE if wide else _NARROW


def arranged(
    room: int, *, wide: bool, chosen: Sequence[str] = (), sorting: Sorting | None = None
) -> tuple[tuple[str, Column], ...]:
    """Columns by name for so many pixels. Of those chosen the last go first where there is no room for all."""
    wide = wide and room >= theme.px(WIDE_FROM)
    known = [name for name in chosen if name in _WIDTHS]
    needed = [each.value for each in NEVER_LEFT_OUT]
    names = [*known, *(name for name in needed if name not in known)] if known else list(standard(wide=wide))
    given_up = [name for name in reversed(names) if name not in needed] if known else _GIVEN_UP
    names = [FULL if name == "number" and wide else name for name in names]
    widths = tuple((name, _width(name, wide=wide)) for name in names)
    kept = with_room(widths, given_up, room=room, at_least=TITLE_AT_LEAST)
    marked_one = _marked_by(sorting, [name for name, _width in kept])
    return tuple(
        (name, Column(_head(name), width, name in _CUT, sorting.sign if sorting and name == marked_one else ""))
        for name, width in kept
    )


def left_out(chosen: Sequence[str], shown: Sequence[str]) -> tuple[str, ...]:
    """Which of those chosen there is no room for."""
    there = {"number" if name == FULL else name for name in shown}
    return tuple(name for name in chosen if name not in there)


def every() -> tuple[str, ...]:
    """All columns, in the order of the trade."""
    return tuple(each.value for each in RegisterColumn)


def row_of(told: RowTold, names: Sequence[str]) -> ListRow:
    """The row's cells in these columns."""
    return ListRow(told.number, tuple(marked(told.short if name == "number" else getattr(told, name)) for name in names))


def _width(name: str, *, wide: bool) -> int:
    return _WIDER.get(name, _WIDTHS[name]) if wide else _WIDTHS[name]


def _head(name: str) -> str:
    return say(f"register.column.{'number' if name == FULL else name}")


def _marked_by(sorting: Sorting | None, names: Sequence[str]) -> str:
    """The one column that says how the list is sorted: what is sorted by, or what stands for it."""
    if sorting is None:
        return ""
    standing = [name for name in names if SORTS.get(name) is sorting.sort]
    wanted = _HEADS[sorting.sort]
    return wanted if wanted in standing else standing[0] if standing else ""
