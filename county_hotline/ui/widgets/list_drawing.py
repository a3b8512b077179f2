"""Drawing rows of a page's own into a `RowList`: a mark as a cell, the columns there is room for, the pane beside it."""

from __future__ import annotations

from collections.abc import Sequence

from county_hotline.ui import theme
from county_hotline.ui.telling.marks import Mark
from county_hotline.ui.theme import Tone
from county_hotline.ui.widgets.row_list import Cell

NamedColumns = tuple[tuple[str, int], ...]
"""(name, width as in `row_list.Column`)."""


def marked(mark: Mark) -> Cell:
    """The mark in a list."""
    return Cell(mark.words, Tone(mark.tone), mark.icon, mark.bold, mark.spans)


def with_room(columns: NamedColumns, given_up: Sequence[str], *, room: int, at_least: int) -> NamedColumns:
    """These columns less the first few of `given_up`, until every flexible one has `at_least` pixels of the 标准 size in `room`."""
    for name in given_up:
        flexible = sum(not width for _name, width in columns)
        if room - sum(theme.px(width) for _name, width in columns) >= flexible * theme.px(at_least):
            break
        columns = tuple(each for each in columns if each[0] != name)
    return columns


def pane_width(page: int, share: float) -> int:
    """Of the pane at the right of a list on a page so wide: as drawn, on a large screen wider, never more than its share."""
    return min(theme.px(404 if page < 1500 else 560), round(page * share))
