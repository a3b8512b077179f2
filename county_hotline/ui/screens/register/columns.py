"""Which columns 台账 has at which width, and a row drawn into them. Only 标题 and 承办 may be cut."""

from __future__ import annotations

from collections.abc import Sequence

from county_hotline.ui.screens.register.telling import RowTold
from county_hotline.ui.theme import Tone
from county_hotline.ui.widgets.list_drawing import marked, with_room
from county_hotline.ui.widgets.row_list import Cell, Column, ListRow
from county_hotline.wording import say

TITLE_AT_LEAST = 250

_NARROW = (("state", 94), ("number", 108), ("title", 0), ("agency", 126), ("due", 98), ("left", 90))
_WIDE = (("state", 94), ("full", 200), ("title", 0), ("caller", 84), ("agency", 176), ("due", 110), ("left", 90))
_GIVEN_UP = ("agency", "due", "number")
"""What goes first where the title would have no room: it stands in the pane too."""


def arranged(room: int, *, wide: bool) -> tuple[tuple[str, Column], ...]:
    """Columns by name for so many pixels."""
    chosen = with_room(_WIDE if wide else _NARROW, _GIVEN_UP, room=room, at_least=TITLE_AT_LEAST)
    return tuple((name, Column(say(f"register.column.{name}"), width)) for name, width in chosen)


def row_of(told: RowTold, names: Sequence[str]) -> ListRow:
    """The row's cells in these columns."""
    cells = {
        "state": marked(told.state),
        "number": Cell(told.short, Tone.QUIET),
        "full": Cell(told.number, Tone.QUIET),
        "title": marked(told.title),
        "caller": Cell(told.caller, Tone.QUIET),
        "agency": marked(told.agency),
        "due": marked(told.due),
        "left": marked(told.left),
    }
    return ListRow(told.number, tuple(cells[name] for name in names))
