"""现场 as it looks: the calls, the chosen one at the right, in its place the form of 报到."""

from __future__ import annotations

import tkinter as tk
from functools import partial

from county_hotline.ui import theme
from county_hotline.ui.finding_orders import OrderLines
from county_hotline.ui.list_page import ListPage
from county_hotline.ui.screens.site.arrivals import ArrivalsPane
from county_hotline.ui.screens.site.presenter import ArrivalsTold, SitePresenter
from county_hotline.ui.screens.site.telling import CallTold
from county_hotline.ui.shell import Shell
from county_hotline.ui.telling.deeds import DeedTold
from county_hotline.ui.telling.reading import ReadTold
from county_hotline.ui.theme import Tone
from county_hotline.ui.widgets.acts import Act, ActKind
from county_hotline.ui.widgets.basic import Pane
from county_hotline.ui.widgets.deeds import deed_act, show_deeds
from county_hotline.ui.widgets.inputs import Choice
from county_hotline.ui.widgets.list_drawing import marked, pane_width
from county_hotline.ui.widgets.pick_bar import PickBar
from county_hotline.ui.widgets.reading_pane import ReadingPane
from county_hotline.ui.widgets.row_list import Cell, Column, ListRow, RowList
from county_hotline.ui.widgets.segments import Segments
from county_hotline.wording import say

KEYS = {
    "sign_arrival": ("<Control-Key-b>", "Ctrl+B", "person-check"),
    "find": ("<Control-Key-d>", "Ctrl+D", "clipboard-check"),
    "answer_call": ("<Control-Key-r>", "Ctrl+R", "reply"),
    "score_call": ("<Control-Key-g>", "Ctrl+G", "star-half"),
    "cancel_call": ("", "", "x-circle"),
    "open": ("", "", "folder2-open"),
}
_COLUMNS: tuple[tuple[str, int], ...] = (("state", 100), ("when", 104), ("where", 0), ("matter", 0), ("came", 84))
_SMALL: tuple[tuple[str, int], ...] = (("state", 100), ("when", 104), ("where", 0), ("came", 84))
ROOM_FOR_ALL = 640


class SiteView(ListPage):
    """The page (`shell.Page`) and what its presenter sees (`presenter.SiteScreen`)."""

    presenter: SitePresenter

    def __init__(self, parent: tk.Misc, shell: Shell) -> None:
        super().__init__(parent, shell, say("site.title"))
        self._deeds: tuple[DeedTold, ...] = ()
        self._rows: tuple[CallTold, ...] = ()
        self._columns = _COLUMNS
        choices = [Choice("open", say("site.only_open")), Choice("all", say("site.everything"))]
        self._which = Segments(
            self._head.right, choices, on_choose=lambda value: self.presenter.show_only_open(yes=value == "open")
        )
        self._which.show("open")
        self._which.pack(side="right")
        self._pick = PickBar(
            self.frame,
            say("site.pick"),
            say("site.pick.hint"),
            on_typed=self._look_for_orders,
            on_taken=lambda number: self._shell.go("order", f"{number} call_units"),
            leave=Act("site.leave", self._leave, shown="Esc", kind=ActKind.PANE),
        )
        self._below = Pane(self.frame)
        self._below.pack(side="top", fill="both", expand=True)
        self._pane = ReadingPane(self._below)
        leave = Act("site.leave", self._leave, shown="Esc", kind=ActKind.PANE)
        self._arrivals = ArrivalsPane(self._below, on_arrive=self._arrive, leave=leave)
        self._list = RowList(
            self._below,
            self._drawn_columns(),
            on_choose=self._row_chosen,
            on_open=lambda _key: self.presenter.do("open"),
        )
        self._list.pack(side="left", fill="both", expand=True, padx=(theme.px(10), theme.px(8)))
        self.frame.bind("<Configure>", lambda event: self._fit(event.width))

    # -- the page ---------------------------------------------------------------------------------------------------

    def shown(self, argument: str) -> None:
        """In front. `new` begins a call."""
        self._is_front = True
        self._use_acts()
        self.presenter.shown()
        if argument == "new":
            self._new()
        elif self._arrivals.winfo_manager():
            self._arrivals.take_focus()
        else:
            self._list.take_focus()

    # -- what the presenter shows -----------------------------------------------------------------------------------

    def show_rows(self, rows: tuple[CallTold, ...], *, keep: str) -> None:
        """See `SiteScreen`."""
        self._rows = rows
        self._list.show([self._drawn(row) for row in rows], keep=keep)

    def show_empty(self, head: str, words: str) -> None:
        """See `SiteScreen`."""
        acts = (Act("site.act.new", self._new, shown="F9"),)
        self._list.explain_empty("geo-alt", head, words, acts)

    def show_call(self, told: ReadTold | None, deeds: tuple[DeedTold, ...]) -> None:
        """See `SiteScreen`."""
        self._deeds = deeds
        if told is None:
            self._pane.pack_forget()
        else:
            self._pane.show(told)
            if not self._arrivals.winfo_manager():
                self._pane.pack(side="right", fill="y", before=self._list)
        self._show_foot()

    def show_arrivals(self, told: ArrivalsTold | None) -> None:
        """See `SiteScreen`."""
        if told is None:
            self._arrivals.pack_forget()
            if self._deeds:
                self._pane.pack(side="right", fill="y", before=self._list)
            self._show_foot()
            self._list.take_focus()
            return
        is_new = not self._arrivals.winfo_manager()
        if is_new:
            self._pane.pack_forget()
            self._arrivals.pack(side="right", fill="y", before=self._list)
            self._arrivals.begin()
        self._arrivals.show(told)
        if is_new:
            self._show_foot()

    def clear_arrival(self, unit: str) -> None:
        """See `SiteScreen`."""
        self._arrivals.clear(unit)

    def put_back_arrival(self, typed: dict[str, str], words: str, field: str) -> None:
        """See `SiteScreen`."""
        self._arrivals.put_back(typed, words, field)

    def murmur(self, words: str) -> None:
        """See `SiteScreen`."""
        self._shell.murmur(words, Tone.GREEN)

    def go(self, page: str, argument: str) -> None:
        """See `SiteScreen`."""
        self._shell.go(page, argument)

    def offer_orders(self, typed: str, lines: OrderLines) -> None:
        """See `SiteScreen`."""
        self._pick.offer(typed, lines)
        if not lines:
            self._pick.say(say("site.pick.none"))

    # -- its own affairs --------------------------------------------------------------------------------------------

    def _show_foot(self) -> None:
        show_deeds(self._foot, self._acts(), () if self._arrivals.winfo_manager() else self._deeds)
        if self._is_front:
            self._use_acts()

    def _acts(self) -> list[Act]:
        if self._arrivals.winfo_manager():
            return [
                Act("site.arrival.record", self._arrivals.record, "<F9>", "F9", icon="person-check", kind=ActKind.MAIN),
                Act("site.arrival.finish", self._leave, "<Escape>", "Esc"),
            ]
        acts = [self._act(deed, is_main=at == 0) for at, deed in enumerate(self._deeds)]
        new = Act("site.act.new", self._new, "<Control-Key-n>", "Ctrl+N")
        if not acts:
            return [Act("site.act.new", self._new, "<F9>", "F9", icon="megaphone-fill", kind=ActKind.MAIN)]
        return [*acts, new]

    def _act(self, deed: DeedTold, *, is_main: bool) -> Act:
        do = partial(self.presenter.do, deed.name)
        return deed_act(f"site.act.{deed.name}", deed, KEYS[deed.name], do, is_main=is_main)

    def _use_acts(self) -> None:
        leaving = () if self._arrivals.winfo_manager() else (Act("site.leave", self._leave, "<Escape>"),)
        self._shell.use_acts((*(act for act in self._acts() if act.key), *leaving))

    def _row_chosen(self, key: str) -> None:
        self.presenter.choose(key)

    def _look_for_orders(self, typed: str) -> None:
        self.presenter.find_orders(typed)

    def _arrive(self, typed: dict[str, str]) -> None:
        self.presenter.arrive(typed)

    def _new(self) -> None:
        self._pick.pack(side="top", fill="x", before=self._below)
        self._pick.take_focus()

    def _leave(self) -> None:
        """First the message goes, then the bar, then the form."""
        self._shell.hush()
        if self._pick.winfo_manager():
            self._pick.pack_forget()
            self._list.take_focus()
        else:
            self.presenter.leave_arrivals()

    def _drawn(self, row: CallTold) -> ListRow:
        cells = {
            "state": marked(row.state),
            "when": Cell(row.when),
            "where": Cell(row.where, bold=True),
            "matter": Cell(row.matter),
            "came": marked(row.came),
        }
        return ListRow(row.key, tuple(cells[name] for name, _width in self._columns))

    def _drawn_columns(self) -> list[Column]:
        return [Column(say(f"site.column.{name}"), width) for name, width in self._columns]

    def _fit(self, width: int) -> None:
        pane = pane_width(width, 0.38)
        self._pane.configure(width=pane)
        self._arrivals.configure(width=pane)
        columns = _COLUMNS if width - pane >= theme.px(ROOM_FOR_ALL) else _SMALL
        if columns != self._columns:
            self._columns, chosen = columns, self._list.chosen
            self._list.show([])
            self._list.columns(self._drawn_columns())
            self._list.show([self._drawn(row) for row in self._rows], keep=chosen)
