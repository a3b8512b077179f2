"""督办 as it looks: the ledger or the cards, the chosen one at the right."""

from __future__ import annotations

import tkinter as tk
from functools import partial

from county_hotline.ui import theme
from county_hotline.ui.finding_orders import OrderLines
from county_hotline.ui.list_page import ListPage
from county_hotline.ui.screens.supervision.presenter import CARDS, LEDGER, SupervisionPresenter
from county_hotline.ui.screens.supervision.telling import RowTold
from county_hotline.ui.shell import Shell
from county_hotline.ui.telling.deeds import DeedTold
from county_hotline.ui.telling.reading import ReadTold
from county_hotline.ui.widgets.acts import Act, ActKind
from county_hotline.ui.widgets.basic import Pane
from county_hotline.ui.widgets.deeds import deed_act, show_deeds
from county_hotline.ui.widgets.inputs import Choice
from county_hotline.ui.widgets.list_drawing import NamedColumns, marked, pane_width, with_room
from county_hotline.ui.widgets.pick_bar import PickBar
from county_hotline.ui.widgets.reading_pane import ReadingPane
from county_hotline.ui.widgets.row_list import Column, ListRow, RowList
from county_hotline.ui.widgets.segments import Segments
from county_hotline.wording import say

KEYS = {
    "answer_supervision": ("<Control-Key-r>", "Ctrl+R", "reply"),
    "close_supervision": ("<Control-Key-d>", "Ctrl+D", "clipboard-check"),
    "show_card": ("<Control-Key-d>", "Ctrl+D", "square-fill"),
    "take_back_card": ("<Control-Key-d>", "Ctrl+D", "x-circle"),
    "open": ("", "", "folder2-open"),
}
_COLUMNS = {
    LEDGER: (("state", 104), ("by", 96), ("supervision", 116), ("cause", 84), ("title", 0), ("units", 0), ("answered", 78)),
    CARDS: (("card", 78), ("when", 120), ("agency", 150), ("number", 116), ("title", 0)),
}
_GIVEN_UP = {LEDGER: ("supervision", "cause", "by"), CARDS: ("number",)}
"""What goes first where letters are large: it stands in the pane too."""
FLEXIBLE_AT_LEAST = 160


class SupervisionView(ListPage):
    """The page (`shell.Page`) and what its presenter sees (`presenter.SupervisionScreen`)."""

    presenter: SupervisionPresenter

    def __init__(self, parent: tk.Misc, shell: Shell) -> None:
        super().__init__(parent, shell, say("supervision.title"))
        self._which, self._may_begin = LEDGER, False
        self._rows: tuple[RowTold, ...] = ()
        self._deeds: tuple[DeedTold, ...] = ()
        self._room = theme.px(760)
        self._build_choices()
        self._pick = PickBar(
            self.frame,
            say("supervision.pick"),
            say("supervision.pick.hint"),
            on_typed=self._look_for_orders,
            on_taken=lambda number: self._shell.go("order", f"{number} supervise"),
            leave=Act("supervision.leave", self._leave, shown="Esc", kind=ActKind.PANE),
        )
        self._below = Pane(self.frame)
        self._below.pack(side="top", fill="both", expand=True)
        self._pane = ReadingPane(self._below, column=66)
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
        """In front. `new` begins a supervision, `cards` shows the other list."""
        self._is_front = True
        self._use_acts()
        if argument == CARDS:
            self._lists.show(CARDS)
            self._turn_to(CARDS)
        self.presenter.shown()
        if argument == "new":
            self._new()
        else:
            self._list.take_focus()

    # -- what the presenter shows -----------------------------------------------------------------------------------

    def show_rows(self, which: str, rows: tuple[RowTold, ...], *, keep: str) -> None:
        """See `SupervisionScreen`."""
        self._which, self._rows = which, rows
        self._draw(keep)

    def show_empty(self, head: str, words: str, *, may_begin: bool) -> None:
        """See `SupervisionScreen`."""
        self._may_begin = may_begin
        new = (Act("supervision.act.new", self._new, shown="F9"),) if may_begin else ()
        self._list.explain_empty("flag", head, words, new)

    def show_chosen(self, told: ReadTold | None, deeds: tuple[DeedTold, ...]) -> None:
        """See `SupervisionScreen`."""
        self._deeds = deeds
        if told is None:
            self._pane.pack_forget()
        else:
            self._pane.show(told)
            self._pane.pack(side="right", fill="y", before=self._list)
        self._show_foot()

    def go(self, page: str, argument: str) -> None:
        """See `SupervisionScreen`."""
        self._shell.go(page, argument)

    def offer_orders(self, typed: str, lines: OrderLines) -> None:
        """See `SupervisionScreen`."""
        self._pick.offer(typed, lines)
        if not lines:
            self._pick.say(say("supervision.pick.none"))

    # -- its own affairs --------------------------------------------------------------------------------------------

    def _build_choices(self) -> None:
        both = [Choice("open", say("supervision.only_open")), Choice("all", say("supervision.everything"))]
        self._all = Segments(self._head.right, both, on_choose=lambda value: self.presenter.show_only_open(yes=value == "open"))
        self._all.show("open")
        lists = [Choice(LEDGER, say("supervision.ledger")), Choice(CARDS, say("supervision.cards"))]
        self._lists = Segments(self._head.right, lists, on_choose=self._turn_to)
        self._lists.show(LEDGER)
        self._lists.pack(side="right")
        self._all.pack(side="right", padx=(0, theme.px(16)))

    def _turn_to(self, which: str) -> None:
        if which == LEDGER:
            self._all.pack(side="right", padx=(0, theme.px(16)))
        else:
            self._all.pack_forget()
        self.presenter.show_list(which)

    def _show_foot(self) -> None:
        show_deeds(self._foot, self._acts(), self._deeds)
        if self._is_front:
            self._use_acts()

    def _acts(self) -> list[Act]:
        acts = [self._act(deed, is_main=at == 0) for at, deed in enumerate(self._deeds)]
        if not self._may_begin:
            return acts
        if not acts:
            return [Act("supervision.act.new", self._new, "<F9>", "F9", icon="flag-fill", kind=ActKind.MAIN)]
        return [*acts, Act("supervision.act.new", self._new, "<Control-Key-n>", "Ctrl+N")]

    def _act(self, deed: DeedTold, *, is_main: bool) -> Act:
        do = partial(self.presenter.do, deed.name)
        return deed_act(f"supervision.act.{deed.name}", deed, KEYS[deed.name], do, is_main=is_main)

    def _use_acts(self) -> None:
        turn = Act("supervision.title", self._turn, "<Control-Key-l>")
        self._shell.use_acts(
            (*(act for act in self._acts() if act.key), turn, Act("supervision.leave", self._leave, "<Escape>"))
        )

    def _turn(self) -> None:
        which = CARDS if self._which == LEDGER else LEDGER
        self._lists.show(which)
        self._turn_to(which)

    def _row_chosen(self, key: str) -> None:
        self.presenter.choose(key)

    def _look_for_orders(self, typed: str) -> None:
        self.presenter.find_orders(typed)

    def _new(self) -> None:
        if not self._may_begin:
            return
        self._pick.pack(side="top", fill="x", before=self._below)
        self._pick.take_focus()

    def _leave(self) -> None:
        self._shell.hush()
        self._pick.pack_forget()
        self._list.take_focus()

    def _draw(self, keep: str) -> None:
        names = [name for name, _width in self._arranged()]
        self._list.show([])
        self._list.columns(self._drawn_columns())
        self._list.show([ListRow(row.key, tuple(marked(row.cells[name]) for name in names)) for row in self._rows], keep=keep)

    def _arranged(self) -> NamedColumns:
        return with_room(_COLUMNS[self._which], _GIVEN_UP[self._which], room=self._room, at_least=FLEXIBLE_AT_LEAST)

    def _drawn_columns(self) -> list[Column]:
        return [Column(say(f"supervision.column.{name}"), width) for name, width in self._arranged()]

    def _fit(self, width: int) -> None:
        pane = pane_width(width, 0.36)
        self._pane.configure(width=pane)
        room = width - pane - theme.px(18)
        if room != self._room:
            self._room = room
            self._draw(self._list.chosen)
