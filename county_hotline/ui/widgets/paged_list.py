"""A list of which only a window of rows is held: the rest is asked for when it comes into sight, and forgotten again."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import cast, overload

from county_hotline.ui.widgets.row_list import Cell, Column, ListRow, RowList

_NOT_HERE = ListRow("", (Cell("…"),))


class _Window(Sequence[ListRow]):
    """As long as the whole list; rows that are not held are only a mark."""

    def __init__(self, total: int, rows: Mapping[int, ListRow]) -> None:
        self._total, self._rows = total, rows

    def __len__(self) -> int:
        return self._total

    def __iter__(self) -> Iterator[ListRow]:
        return iter(self._rows.values())

    @overload
    def __getitem__(self, at: int) -> ListRow: ...
    @overload
    def __getitem__(self, at: slice) -> Sequence[ListRow]: ...
    def __getitem__(self, at: int | slice) -> ListRow | Sequence[ListRow]:
        if isinstance(at, slice):
            return [self[place] for place in range(*at.indices(self._total))]
        return self._rows.get(at, _NOT_HERE)


class PagedList(RowList):
    """`show_window(total, rows)` holds some rows by their place; `need(first, last)` is asked when others come into sight."""

    def __init__(
        self,
        parent: tk.Misc,
        columns: Sequence[Column],
        *,
        on_choose: Callable[[str], None],
        on_open: Callable[[str], None],
        need: Callable[[int, int], None],
    ) -> None:
        super().__init__(parent, columns, on_choose=on_choose, on_open=on_open)
        self._need = need
        self._here: Mapping[int, ListRow] = {}

    def show_window(self, total: int, rows: Mapping[int, ListRow], *, keep: str = "", fresh: bool = False) -> None:
        """Hold these rows. `keep` stays chosen, and where it stood on the screen, if it is among them; `fresh` begins at the top."""
        before, top = self._at, self._top
        self._here = rows
        self._rows = cast("list[ListRow]", _Window(total, rows))
        self._total = total
        kept = next((at for at, row in rows.items() if row.key == keep), -1) if keep else -1
        if fresh:
            self._at, self._top = (0 if total else -1), 0
        elif kept >= 0:
            self._at, self._top = kept, self._clamped(top + kept - before)
        else:
            self._at = min(max(before, 0), total - 1)
        if kept >= 0:
            self._at = kept
            self._see()
        self._top = self._clamped(self._top)
        self._draw()
        if self.chosen and self.chosen != keep and not fresh:
            self._on_choose(self.chosen)

    def rearrange(self, columns: Sequence[Column], rows: Mapping[int, ListRow]) -> None:
        """Other columns, with the same rows drawn for them."""
        self._columns = tuple(columns)
        self.show_window(self._total, rows, keep=self.chosen)

    @property
    def top(self) -> int:
        """The first place in sight."""
        return self._top

    def _go(self, aim: int) -> None:
        super()._go(aim)
        if not self.chosen:
            self._on_choose("")
            self._ask()

    def _draw(self) -> None:
        super()._draw()
        self._ask()

    def _ask(self) -> None:
        """Once a drawing, for what is in sight and not here."""
        last = min(self._top + self.rows_in_sight, len(self._rows)) - 1
        if last >= 0 and any(at not in self._here for at in range(self._top, last + 1)):
            self._need(self._top, last)
