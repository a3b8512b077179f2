"""一起办: above the whole list's room the act's fields, below each order with what would become, or became, of it."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence
from pathlib import Path

from county_hotline.ui import theme
from county_hotline.ui.opening import open_with_system
from county_hotline.ui.screens.register.drawer import Drawer
from county_hotline.ui.screens.register.many_presenter import CLUSTER, PRINT, ManyLine, ManyPresenter
from county_hotline.ui.shell import Shell
from county_hotline.ui.telling.standing import short_number
from county_hotline.ui.theme import Tone
from county_hotline.ui.widgets.acts import Act, ActKind
from county_hotline.ui.widgets.basic import Pane
from county_hotline.ui.widgets.finder import Finder, Found
from county_hotline.ui.widgets.inputs import LineInput
from county_hotline.ui.widgets.row_list import Cell, Column, ListRow, RowList
from county_hotline.ui.widgets.rows import FieldRow
from county_hotline.ui.widgets.time_bar import TimeBar
from county_hotline.wording import say


class ManyPane(Drawer):
    """What `ManyPresenter` sees (`ManyScreen`)."""

    presenter: ManyPresenter

    def __init__(self, parent: tk.Misc, shell: Shell, leave: Act) -> None:
        super().__init__(parent, "", leave, flows=False)
        self._shell = shell
        self._act = ""
        self._fields = Pane(self.body)
        self._inputs: dict[str, LineInput] = {}
        self._bar = TimeBar(self.body)
        columns = [
            Column(say("register.column.number"), 112),
            Column(say("register.column.title")),
            Column(say("register.many.head")),
        ]
        self._list = RowList(self.body, columns)
        self._list.pack(side="bottom", fill="both", expand=True, pady=(0, theme.px(8)))

    def take_focus(self) -> None:
        """The keyboard goes to the first field, or to the list."""
        first = next(iter(self._inputs.values()), None)
        if first is not None:
            first.take_focus()
        else:
            self._list.take_focus()

    # -- what the presenter shows -----------------------------------------------------------------------------------

    def show_weighing(self, act: str, words: str) -> None:
        """See `ManyScreen`."""
        if act != self._act or self._list.standing[1]:
            self._begin(act)
        self.explain(words)

    def show_weighed(self, act: str, words: str, lines: tuple[ManyLine, ...], *, can: int) -> None:
        """See `ManyScreen`."""
        self.explain(words)
        self._show(lines)
        if can:
            self._fields.pack(side="top", fill="x", before=self._list)
            go = Act(f"register.many.{act}.go", self._go, "<F9>", "F9", kind=ActKind.MAIN, details={"count": str(can)})
            self._use((go,))
        else:
            self._fields.pack_forget()
            self._use(())
        self.take_focus()

    def show_progress(self, words: str, share: float) -> None:
        """See `ManyScreen`."""
        self.explain(words)
        self._fields.pack_forget()
        self._bar.pack(side="top", fill="x", pady=(0, theme.px(8)), before=self._list)
        self._bar.show(share, Tone.BLUE)
        if not self._acts or self._acts[0].wording != "register.many.stop":
            self._use((Act("register.many.stop", self.presenter.stop, "<F9>", "F9", kind=ActKind.MAIN),))

    def show_done(self, words: str, lines: tuple[ManyLine, ...], *, path: str, all_done: bool) -> None:
        """See `ManyScreen`."""
        self.explain(words)
        self._fields.pack_forget()
        self._bar.pack(side="top", fill="x", pady=(0, theme.px(8)), before=self._list)
        self._bar.show(1.0, Tone.GREEN if all_done else Tone.AMBER)
        self._show(lines)
        opens = Act("register.many.open_slips", lambda: self._open(Path(path)), "<F9>", "F9", kind=ActKind.MAIN)
        self._use((opens,) if path else ())
        self._list.take_focus()

    def offer_units(self, typed: str, lines: tuple[tuple[str, str], ...]) -> None:
        """See `ManyScreen`."""
        unit = self._inputs.get("agency")
        if isinstance(unit, Finder):
            unit.offer(typed, [Found(code, name) for code, name in lines])

    def fail(self, fault: Exception) -> None:
        """See `ManyScreen`."""
        self._shell.fail(fault)

    # -- building ---------------------------------------------------------------------------------------------------

    def _room(self) -> int:
        return max(super()._room(), self.winfo_width() - theme.px(32))

    def _begin(self, act: str) -> None:
        self._act = act
        self.name(say(f"register.many.{act}"))
        self._bar.pack_forget()
        self._fields.pack_forget()
        self._list.show([])
        self._use(())
        for child in self._fields.winfo_children():
            child.destroy()
        self._inputs = {}
        if act == PRINT:
            return
        if act == "dispatch":
            row = self._row("agency")
            self._put(
                row, "agency", Finder(row.body, hint=say("register.many.agency.hint"), on_typed=self.presenter.find_units)
            )
            row = self._row("advice")
            self._put(row, "advice", LineInput(row.body, hint=say("register.many.advice.hint")))
        elif act == CLUSTER:
            row = self._row("name")
            self._put(row, "name", LineInput(row.body, hint=say("register.many.name.hint")))
        else:
            row = self._row("words")
            self._put(row, "words", LineInput(row.body, hint=say("register.many.words.hint")))

    def _row(self, _name: str) -> FieldRow:
        row = FieldRow(self._fields)
        row.pack(fill="x")
        return row

    def _put(self, row: FieldRow, name: str, field: LineInput) -> None:
        self._inputs[name] = field
        row.put(field, say(f"register.many.field.{name}"), grow=True)

    def _show(self, lines: Sequence[ManyLine]) -> None:
        rows = [
            ListRow(
                line.number,
                (
                    Cell(short_number(line.number), Tone.QUIET),
                    Cell(line.title),
                    Cell(line.words, Tone(line.tone), line.icon),
                ),
            )
            for line in lines
        ]
        self._list.show(rows)

    def _use(self, acts: tuple[Act, ...]) -> None:
        self.offer(acts)
        self._shell.use_acts(self.acts)

    def _go(self) -> None:
        unit = self._inputs.get("agency")
        if isinstance(unit, Finder) and unit.words() and not unit.value():
            self.refuse(say("register.filters.unknown"))
            unit.take_focus()
            return
        if self._act == CLUSTER and not self._inputs["name"].value().strip():
            self.refuse(say("register.many.name.empty"))
            self.take_focus()
            return
        self.refuse("")
        self.presenter.go({name: field.value() for name, field in self._inputs.items()})

    def _open(self, path: Path) -> None:
        if not open_with_system(path):
            self._shell.tell(say("register.export.no_program"), str(path), tone=Tone.AMBER)
