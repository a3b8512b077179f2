"""台账 as it looks: search and filters above, the list, beside it the chosen order or what is being chosen."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Mapping

from county_hotline.ui import theme
from county_hotline.ui.screens.register.columns import Sorting, standard
from county_hotline.ui.screens.register.drawers import Drawers
from county_hotline.ui.screens.register.filter_row import FilterRow
from county_hotline.ui.screens.register.filters import Filters
from county_hotline.ui.screens.register.listing import Listing
from county_hotline.ui.screens.register.page_acts import PageActs
from county_hotline.ui.screens.register.page_words import ChipTold, Choices, EmptyTold, Part
from county_hotline.ui.screens.register.pane import PeekPane
from county_hotline.ui.screens.register.presenter import RegisterPresenter
from county_hotline.ui.screens.register.telling import PeekTold, RowTold
from county_hotline.ui.screens.register.work import Liking
from county_hotline.ui.shell import Shell
from county_hotline.ui.theme import Tone
from county_hotline.ui.widgets.acts import Act, ActButton, ActKind
from county_hotline.ui.widgets.basic import Pane
from county_hotline.ui.widgets.page_head import PageHead
from county_hotline.ui.widgets.wrapped import CutWords
from county_hotline.wording import say

WIDE = 1500


class RegisterView:
    """The page (`shell.Page`) and what its presenter sees (`screen.RegisterScreen`)."""

    presenter: RegisterPresenter
    drawers: Drawers

    def __init__(self, parent: tk.Misc, shell: Shell) -> None:
        self._shell = shell
        self._is_open, self._is_front = True, False
        self._filters = Filters()
        self.choices: Mapping[str, Choices] = {}
        self.liking = Liking()
        self.said = ""
        """What the list shows, in words."""
        self._acts = PageActs(self, shell)
        self.frame = Pane(parent, ground=theme.SHEET)
        self._build_head()
        self._row = FilterRow(self.frame, lambda: self.presenter, to_list=self._to_list, escape=self.escape)
        self._row.pack(side="top", fill="x")
        self._search = self._row.search
        self.below = Pane(self.frame)
        self.below.pack(side="top", fill="both", expand=True)
        self._pane = PeekPane(self.below, self._acts.of_pane())
        self._has_peek = False
        acts = self._acts.on_ticked()
        self.middle = Listing(self.below, lambda: self.presenter, acts=acts, on_open=self.open_order)
        self._list = self.middle.list
        self._list.on_key("<slash>", self.to_search)
        self._is_wide = False
        self.show_list()
        self.frame.bind("<Configure>", lambda event: self._fit(event.width))

    # -- the page ---------------------------------------------------------------------------------------------------

    def is_open(self) -> bool:
        """Whether answers are still wanted."""
        return self._is_open

    def shown(self, argument: str) -> None:
        """In front: keys, keyboard to the list, whatever is stale anew. An argument is looked for; `?waiting` is a chip, `=` a figure of 总览,
        `~` one matter."""
        self._is_front = True
        if argument:
            self.drawers.leave()
        self.use_acts()
        if argument.startswith("="):
            self.presenter.look_into(argument[1:])
        elif argument.startswith("~"):
            self.presenter.of_cluster(argument[1:])
        elif argument.startswith("?"):
            self.presenter.only(argument[1:])
        elif argument:
            self._search.show(argument)
            self.presenter.search(argument)
        self.presenter.shown()
        self.take_focus()

    def hidden(self) -> None:
        """Behind another page."""
        self._is_front = False

    def close(self) -> None:
        """No answer, no news, no timer any more."""
        self._is_open = False
        self._row.close()
        self.drawers.close()
        self.presenter.close()

    def use_acts(self) -> None:
        """The keys of what is in front: the page's, or those of what stands beside the list."""
        acts = self.drawers.acts()
        self._shell.use_acts(acts if acts is not None else self._acts.of_page())

    def take_focus(self) -> None:
        """The keyboard goes to what is in front."""
        if not self.drawers.take_focus():
            self._list.take_focus()

    # -- what the presenter shows -----------------------------------------------------------------------------------

    def is_seen(self) -> bool:
        """See `RegisterScreen`."""
        return self._is_front

    def show_head(self, words: str) -> None:
        """See `RegisterScreen`."""
        self._beside.say(words)

    def show_choices(self, choices: Mapping[str, Choices]) -> None:
        """See `RegisterScreen`."""
        self.choices = choices
        self._row.offer(choices)

    def show_filters(self, filters: Filters, parts: tuple[Part, ...], said: str) -> None:
        """See `RegisterScreen`."""
        was, self._filters, self.said = self._filters, filters, said
        self._row.show(filters, parts)
        if (was.sort, was.is_reversed) != (filters.sort, filters.is_reversed):
            self._fit(self.frame.winfo_width())
        self.middle.say(said)

    def show_chips(self, chips: tuple[ChipTold, ...]) -> None:
        """See `RegisterScreen`."""
        self._row.show_chips(chips)

    def show_looking(self, *, on: bool) -> None:
        """See `RegisterScreen`."""
        self.middle.show_looking(on=on)

    def show_rows(self, total: int, rows: Mapping[int, RowTold], *, keep: str, fresh: bool, count: str) -> None:
        """See `RegisterScreen`."""
        if total:
            self._row.pack(side="top", fill="x", before=self.below)
            self._links.pack(side="right")
        self.middle.show(total, rows, keep=keep, fresh=fresh, count=count)

    def show_empty(self, told: EmptyTold) -> None:
        """See `RegisterScreen`."""
        acts = {
            "first": Act(
                "register.first", lambda: self._shell.go("intake"), shown="F2", icon="pencil-square", kind=ActKind.MAIN
            ),
            "widen": Act("register.widen", self.presenter.widen),
            "clear": Act("register.clear", self._clear, shown="Esc"),
        }
        if "first" in told.acts:
            self._row.pack_forget()
            self._links.pack_forget()
        icon = "inbox" if "first" in told.acts else "search"
        self._list.explain_empty(icon, told.head, told.words, [acts[name] for name in told.acts])

    def show_peek(self, told: PeekTold | None) -> None:
        """See `RegisterScreen`."""
        self._has_peek = told is not None
        if told is not None:
            self._pane.show(told)
        self.beside_list()

    def show_liking(self, liking: Liking) -> None:
        """See `RegisterScreen`."""
        self.liking = liking
        self._fit(self.frame.winfo_width())
        self.drawers.liked()

    def show_ticked(self, numbers: tuple[str, ...], words: str) -> None:
        """See `RegisterScreen`."""
        self.middle.show_ticked(numbers, words)

    def open_order(self, number: str) -> None:
        """See `RegisterScreen`."""
        self._shell.go("order", number)

    def say_search(self, words: str) -> None:
        """See `RegisterScreen`."""
        self._row.say(words)

    def say_done(self, words: str) -> None:
        """See `RegisterScreen`."""
        self._shell.murmur(words, Tone.GREEN)

    def offer_undo(self, words: str, undo: Callable[[], None]) -> None:
        """See `RegisterScreen`."""
        self._shell.undoable(words, undo)

    def fail(self, fault: Exception) -> None:
        """See `RegisterScreen`."""
        self._shell.fail(fault)

    # -- what stands beside the list --------------------------------------------------------------------------------

    @property
    def columns_chosen(self) -> tuple[str, ...]:
        """The officer's, or what everybody has at this width."""
        return self.liking.columns or standard(wide=self._is_wide)

    @property
    def columns_shown(self) -> tuple[str, ...]:
        """Those there is room for."""
        return self.middle.columns_shown

    @property
    def _rows(self) -> Mapping[int, RowTold]:
        return self.middle.rows

    @property
    def chosen(self) -> str:
        """The number of the chosen row, or empty."""
        return self._list.chosen

    @property
    def filters(self) -> Filters:
        """What is chosen."""
        return self._filters

    def show_list(self) -> None:
        """The list, after something took all its room."""
        self.middle.pack(side="left", fill="both", expand=True, padx=(theme.px(10), theme.px(8)))

    def beside_list(self) -> None:
        """The chosen order, where nothing is being chosen in its place."""
        if self._has_peek and not self.drawers.is_open:
            self._pane.pack(side="right", fill="y", before=self.middle)
        else:
            self._pane.pack_forget()

    # -- building ---------------------------------------------------------------------------------------------------

    def _build_head(self) -> None:
        self._head = PageHead(self.frame, say("register.title"))
        self._head.pack(side="top", fill="x")
        self._beside = CutWords(self._head, ink=theme.INK2)
        self._beside.pack(side="left", fill="x", expand=True)
        self._links = Pane(self._head.right)
        self._links.pack(side="right")
        for act in self._acts.links():
            link = Act(act.wording, act.do, shown=act.shown, kind=ActKind.PANE)
            ActButton(self._links, link, takes_focus=False).pack(side="left", padx=(theme.px(6), 0))

    def _fit(self, width: int) -> None:
        if width <= 1:
            return
        self._is_wide = width >= WIDE
        pane = theme.px(600) if self._is_wide else min(theme.px(404), round(width * 0.335))
        pane = min(pane, round(width * 0.4))
        self._pane.fit(pane)
        self.drawers.fit(pane)
        room = width - pane - theme.px(18)
        sorting = Sorting(self._filters.sort, self._filters.is_reversed)
        self.middle.fit(room, wide=self._is_wide, chosen=self.liking.columns, sorting=sorting)
        crowded = theme.px(1160) > width
        self._row.crowd(crowded=crowded)
        self.middle.crowd(crowded=crowded)

    # -- keys -------------------------------------------------------------------------------------------------------

    def _look_for_now(self) -> None:
        self._row.look_now()

    def to_search(self) -> None:
        """The keyboard goes to the search."""
        self._search.take_focus()

    def _to_list(self) -> None:
        self._list.take_focus()

    def escape(self) -> None:
        """First the message goes, then the ticks, then the text, then the choices."""
        self._shell.hush()
        if not self.presenter.ticks.clear():
            self._clear()

    def _clear(self) -> None:
        if self._search.value():
            self._search.show("")
            self.presenter.search("")
        else:
            self.presenter.clear()
        self._list.take_focus()
