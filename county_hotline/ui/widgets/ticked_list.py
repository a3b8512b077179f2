"""A long list in which rows are ticked: Space, Shift with arrows or a click, Ctrl with A or a click; the boxes show while any is ticked."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Collection, Sequence
from typing import Protocol

from county_hotline.ui import theme
from county_hotline.ui.widgets.paged_list import PagedList
from county_hotline.ui.widgets.row_list import Column

GUTTER = 28
_SHIFT, _CONTROL = 0x1, 0x4


class Ticking(Protocol):
    """Who keeps what is ticked."""

    def turn(self, at: int) -> None:
        """The row at this place, ticked or no more."""
        ...

    def reach(self, first: int, last: int) -> None:
        """All rows between these places, both included."""
        ...

    def all(self) -> None:
        """Everything that is listed."""
        ...


class TickedList(PagedList):
    """`show_ticked(keys)` says which are; what the person does is told to `ticking`, by place. `on_head(column)`: a head was clicked."""

    def __init__(
        self,
        parent: tk.Misc,
        columns: Sequence[Column],
        *,
        on_choose: Callable[[str], None],
        on_open: Callable[[str], None],
        need: Callable[[int, int], None],
        ticking: Ticking,
        on_head: Callable[[int], None],
    ) -> None:
        self._ticked: Collection[str] = frozenset()
        self._ticking, self._on_head = ticking, on_head
        self._anchor = 0
        super().__init__(parent, columns, on_choose=on_choose, on_open=on_open, need=need)
        self._bind_ticks()

    def show_ticked(self, keys: Collection[str]) -> None:
        """These are ticked."""
        self._ticked = keys
        self._draw()

    @property
    def at(self) -> int:
        """The place of the chosen row, from 0."""
        return self._at

    def _bind_ticks(self) -> None:
        canvas = self._canvas
        canvas.bind("<space>", lambda _event: self._space())
        canvas.bind("<Control-Key-a>", lambda _event: self._all())
        for key, by in (("<Shift-Up>", -1), ("<Shift-Down>", 1)):
            canvas.bind(key, lambda _event, by=by: self._stretch(by))  # type: ignore[misc]
        canvas.bind("<Shift-Prior>", lambda _event: self._stretch(-self.rows_in_sight))
        canvas.bind("<Shift-Next>", lambda _event: self._stretch(self.rows_in_sight))

    def _space(self) -> str:
        self._anchor = self._at
        self._ticking.turn(self._at)
        return "break"

    def _all(self) -> str:
        self._ticking.all()
        return "break"

    def _stretch(self, by: int) -> str:
        before = self._at
        self._go(before + by)
        self._ticking.reach(min(before, self._at), max(before, self._at))
        return "break"

    def _pressed(self, event: tk.Event[tk.Canvas]) -> None:
        if event.y <= self._head_height:
            self._canvas.focus_set()
            self._head_pressed(event.x)
            return
        before = self._at
        super()._pressed(event)
        at = self._top + (event.y - self._head_height) // self._row_height
        state = int(event.state)
        if not 0 <= at < self._total or event.x >= self._canvas.winfo_width() - theme.px(10):
            return
        if state & _SHIFT:
            self._ticking.reach(min(before, at), max(before, at))
        elif state & _CONTROL or event.x < self._gutter:
            self._ticking.turn(at)

    def _head_pressed(self, x: int) -> None:
        hit = next((c for c, (left, width) in enumerate(self._spans()) if left <= x < left + width), None)
        if hit is not None:
            self._on_head(hit)

    @property
    def _gutter(self) -> int:
        return theme.px(GUTTER) if self._ticked else 0

    def _spans(self) -> list[tuple[int, int]]:
        """The columns stand beside the boxes; what flexes gives them room."""
        gutter = self._gutter
        spans = super()._spans()
        if not gutter:
            return spans
        flexible = [at for at, column in enumerate(self._columns) if not column.width] or [len(spans) - 1]
        taken, moved = gutter, []
        for at, (left, width) in enumerate(spans):
            less = gutter // len(flexible) if at in flexible else 0
            moved.append((left + taken, width - less))
            taken -= less
        return moved

    def _draw_row(self, at: int, spans: Sequence[tuple[int, int]]) -> None:
        super()._draw_row(at, spans)
        if self._ticked:
            is_on = self._rows[at].key in self._ticked
            name, ink = ("check-square-fill", theme.BLUE) if is_on else ("square", theme.INK3)
            middle = self._head_height + (at - self._top) * self._row_height + self._row_height // 2
            self._canvas.create_image(theme.px(10), middle, image=theme.icon(name, 14, ink), anchor="w")
