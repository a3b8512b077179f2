"""常用筛选: what is chosen now under a name, and those kept before: Enter uses one, Delete drops it, Ctrl with a digit from anywhere."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence

from county_hotline.ui import theme
from county_hotline.ui.screens.register.drawer import Drawer
from county_hotline.ui.theme import Tone
from county_hotline.ui.widgets.acts import Act, ActButton, ActKind
from county_hotline.ui.widgets.basic import Pane
from county_hotline.ui.widgets.inputs import LineInput
from county_hotline.ui.widgets.row_list import Cell, Column, ListRow, RowList
from county_hotline.wording import say

BY_KEY = 9


class SavedPane(Drawer):
    """`show(saved)`: names with what each shows."""

    def __init__(
        self,
        parent: tk.Misc,
        leave: Act,
        *,
        on_save: Callable[[str], None],
        on_use: Callable[[int], None],
        on_drop: Callable[[str], None],
    ) -> None:
        super().__init__(parent, say("register.saved.title"), leave, flows=False)
        self._on_save, self._on_use, self._on_drop = on_save, on_use, on_drop
        row = Pane(self.body)
        row.pack(side="top", fill="x", pady=(0, theme.px(10)))
        ActButton(row, Act("register.saved.save", self._save, shown=say("register.enter"), kind=ActKind.PANE)).pack(
            side="right"
        )
        self._name = LineInput(row, hint=say("register.saved.hint"))
        self._name.pack(side="left", fill="x", expand=True, padx=(0, theme.px(8)))
        for key in ("<Return>", "<KP_Enter>"):
            self._name.bind(key, lambda _event: self._entered())
        self._name.bind("<Down>", lambda _event: self._to_list())
        self._list: RowList = RowList(
            self.body,
            [Column(say("register.saved.name")), Column(say("register.saved.key"), 84)],
            on_open=lambda _key: self._use(),
        )
        self._list.pack(side="top", fill="both", expand=True, pady=(0, theme.px(8)))
        self._list.on_key("<Delete>", self._drop)
        self._list.explain_empty("bookmark", say("register.saved.none"), say("register.saved.none.words"))
        self.offer(
            (
                Act("register.saved.use", self._use, shown=say("register.enter"), kind=ActKind.MAIN),
                Act("register.saved.drop", self._drop, shown="Delete"),
            )
        )

    def show(self, names: Sequence[str], said: str) -> None:
        """Those kept; `said`: what would be kept now."""
        self.explain(say("register.saved.now", said=said))
        self.refuse("")
        rows = [
            ListRow(name, (Cell(name, icon="bookmark"), Cell(f"Ctrl+{at}" if at <= BY_KEY else "", Tone.QUIET)))
            for at, name in enumerate(names, 1)
        ]
        self._list.show(rows, keep=self._list.chosen)
        self._name.show("")

    def take_focus(self) -> None:
        """The keyboard goes to the kept ones, or to the name of the first."""
        if self._list.chosen:
            self._list.take_focus()
        else:
            self._name.take_focus()

    def _entered(self) -> str:
        self._save()
        return "break"

    def _save(self) -> None:
        self._on_save(self._name.value())

    def _to_list(self) -> None:
        self._list.take_focus()

    def _use(self) -> None:
        at, count = self._list.standing
        if count:
            self._on_use(at - 1)

    def _drop(self) -> None:
        if self._list.chosen:
            self._on_drop(self._list.chosen)
