"""栏目: which columns 台账 has and in which order. Space takes one in or out, Ctrl with arrows moves it."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence

from county_hotline.domain.register_columns import NEVER_LEFT_OUT
from county_hotline.ui import theme
from county_hotline.ui.screens.register.columns import every
from county_hotline.ui.screens.register.drawer import Drawer
from county_hotline.ui.theme import Tone
from county_hotline.ui.widgets.acts import Act, ActKind
from county_hotline.ui.widgets.row_list import Cell, Column, ListRow, RowList
from county_hotline.wording import say

_NEEDED = tuple(each.value for each in NEVER_LEFT_OUT)


class ColumnsPane(Drawer):
    """`show(chosen)`; each change is told at once."""

    def __init__(self, parent: tk.Misc, leave: Act, *, on_change: Callable[[tuple[str, ...]], None]) -> None:
        super().__init__(parent, say("register.columns.title"), leave, beside=say("register.columns.beside"), flows=False)
        self._on_change = on_change
        self._chosen: list[str] = []
        self._left_out: Sequence[str] = ()
        self._list = RowList(
            self.body, [Column(say("register.columns.head")), Column("", 108)], on_open=lambda _key: self._turn()
        )
        self._list.pack(fill="both", expand=True, pady=(0, theme.px(8)))
        self._list.on_key("<space>", self._turn)
        self._list.on_key("<Control-Up>", lambda: self._move(-1))
        self._list.on_key("<Control-Down>", lambda: self._move(1))
        self.offer(
            (
                Act("register.columns.turn", self._turn, shown=say("register.space"), kind=ActKind.PANE),
                Act("register.columns.up", lambda: self._move(-1), kind=ActKind.PANE),
                Act("register.columns.down", lambda: self._move(1), kind=ActKind.PANE),
                Act("register.columns.reset", lambda: self._tell([]), "<Control-Key-0>", "Ctrl+0", kind=ActKind.PANE),
            )
        )

    def show(self, chosen: Sequence[str], left_out: Sequence[str]) -> None:
        """These, in this order; those there is no room for are said to be."""
        self._chosen, self._left_out = list(chosen), left_out
        self._draw()

    def take_focus(self) -> None:
        """The keyboard goes to the list."""
        self._list.take_focus()

    def _draw(self) -> None:
        names = [*self._chosen, *(name for name in every() if name not in self._chosen)]
        self._list.show([self._row(name) for name in names], keep=self._list.chosen)

    def _row(self, name: str) -> ListRow:
        is_on = name in self._chosen
        note = "needed" if name in _NEEDED else "no_room" if name in self._left_out else ""
        tone = Tone.PLAIN if is_on else Tone.QUIET
        icon = "check-square-fill" if is_on else "square"
        said = Cell(say(f"register.columns.{note}") if note else "", Tone.AMBER if note == "no_room" else Tone.QUIET)
        return ListRow(name, (Cell(say(f"register.column.{name}"), tone, icon, is_on), said))

    def _turn(self) -> None:
        name = self._list.chosen
        if name in _NEEDED or not name:
            return
        self._tell([each for each in self._chosen if each != name] if name in self._chosen else [*self._chosen, name])

    def _move(self, by: int) -> None:
        name = self._list.chosen
        if name not in self._chosen:
            return
        at = self._chosen.index(name)
        moved = [each for each in self._chosen if each != name]
        moved.insert(min(max(at + by, 0), len(moved)), name)
        self._tell(moved)

    def _tell(self, chosen: list[str]) -> None:
        self._on_change(tuple(chosen))
