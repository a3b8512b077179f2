"""手册 as it looks: contents or what was found at the left, the page at the right, back and search by keys."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence
from pathlib import Path

from county_hotline.ui import theme
from county_hotline.ui.screens.manual.library import Hit, Leaf
from county_hotline.ui.screens.manual.presenter import ManualPresenter
from county_hotline.ui.screens.manual.reading import Reading
from county_hotline.ui.shell import Shell
from county_hotline.ui.tk_runner import TkLater
from county_hotline.ui.widgets.acts import Act, ActRow
from county_hotline.ui.widgets.basic import Pane
from county_hotline.ui.widgets.inputs import LineInput
from county_hotline.ui.widgets.page_head import PageHead
from county_hotline.ui.widgets.row_list import Cell, Column, ListRow, RowList
from county_hotline.wording import say

TYPED_AFTER_MS = 200


class ManualView:
    """The page (`shell.Page`) and what its presenter sees (`presenter.ManualScreen`)."""

    presenter: ManualPresenter

    def __init__(self, parent: tk.Misc, shell: Shell, folder: Path) -> None:
        self._shell = shell
        self.frame = Pane(parent, ground=theme.SHEET)
        self._later = TkLater(self.frame)
        self._cancel = self._later.call(0, lambda: None)
        foot = ActRow(self.frame, self._acts())
        foot.say(say("manual.keys"))
        foot.pack(side="bottom", fill="x")
        self._left = Pane(self.frame, ground=theme.SHEET, width=theme.px(310))
        self._left.pack(side="left", fill="y")
        self._search = LineInput(self._left, hint=say("manual.search"), icon="search")
        self._search.pack(fill="x", padx=theme.px(10), pady=(theme.px(12), theme.px(8)))
        self._search.on_change(self._typed)
        self._search.bind("<Down>", lambda _event: self._to_list())
        self._search.bind("<Return>", lambda _event: self._to_list())
        self._list = RowList(self._left, [Column(say("manual.contents"), 0)], on_choose=self._chosen, on_open=self._opened)
        self._list.pack(fill="both", expand=True)
        self._head = PageHead(self.frame, say("manual.title"))
        self._head.pack(side="top", fill="x")
        self._reading = Reading(self.frame, folder, on_link=self._follow)
        self._reading.pack(side="left", fill="both", expand=True)

    # -- the page ---------------------------------------------------------------------------------------------------

    def shown(self, argument: str) -> None:
        """In front; the argument is the page one comes from."""
        self._shell.use_acts(self._acts())
        if argument and argument != "manual":
            self._search.show("")
            self.presenter.about(argument)
        self._reading.take_focus()

    def hidden(self) -> None:
        """Stays as it is."""

    def close(self) -> None:
        """Nothing to save."""
        self._cancel()

    # -- what the presenter shows -----------------------------------------------------------------------------------

    def show_leaf(self, leaf: Leaf, block: int) -> None:
        """See `ManualScreen`."""
        self._head.say(title=leaf.title)
        self.frame.update_idletasks()  # what was never laid out has no width to break lines at
        self._reading.show(leaf.blocks, block)

    def show_contents(self, leaves: Sequence[Leaf], chosen: str) -> None:
        """See `ManualScreen`."""
        self._list.columns([Column(say("manual.contents"), 0)])
        self._list.show([ListRow(leaf.name, (Cell(leaf.title),)) for leaf in leaves], keep=chosen)

    def show_hits(self, typed: str, hits: Sequence[Hit]) -> None:
        """See `ManualScreen`."""
        self._list.columns([Column(say("manual.found", count=len(hits)), 0)])
        self._list.explain_empty("search", say("manual.nothing"), say("manual.nothing.do", typed=typed))
        self._list.show([ListRow(str(at), (Cell(f"{hit.heading}　{hit.words}"),)) for at, hit in enumerate(hits)])

    def show_missing(self) -> None:
        """See `ManualScreen`."""
        self._list.explain_empty("book", say("manual.missing"), say("manual.missing.do"))
        self._list.show([])

    def leave(self) -> None:
        """See `ManualScreen`."""
        self._shell.back()

    # -- its own affairs --------------------------------------------------------------------------------------------

    def _acts(self) -> list[Act]:
        return [
            Act("manual.leave", self._escape, "<Escape>", "Esc", icon="arrow-return-left"),
            Act("manual.back", self._back, "<Alt-Left>", "Alt+←", icon="arrow-left"),
            Act("manual.to_contents", self._to_contents, "<Control-Key-l>", "Ctrl+L", icon="list"),
            Act("manual.find", self._to_search, "<Control-Key-f>", "Ctrl+F", icon="search"),
        ]

    def _escape(self) -> None:
        """First what was searched for goes, then the manual."""
        self._shell.hush()
        if self._search.value():
            self._search.show("")
            self.presenter.search("")
            self._reading.take_focus()
        else:
            self._shell.back()

    def _back(self) -> None:
        self.presenter.back()

    def _to_search(self) -> None:
        self._search.take_focus()

    def _to_contents(self) -> None:
        self._list.take_focus()

    def _to_list(self) -> str:
        self._list.take_focus()
        return "break"

    def _typed(self) -> None:
        self._cancel()
        self._cancel = self._later.call(TYPED_AFTER_MS, lambda: self.presenter.search(self._search.value()))

    def _chosen(self, key: str) -> None:
        self.presenter.choose(key)

    def _opened(self, key: str) -> None:
        self.presenter.choose(key)
        self._reading.take_focus()

    def _follow(self, link: str) -> None:
        if self.presenter.follow(link):
            self._reading.take_focus()
