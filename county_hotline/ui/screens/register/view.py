"""台账 as it looks: search and filters above, the list, beside it the chosen order or what is being chosen."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Mapping
from functools import partial

from county_hotline.ui import theme
from county_hotline.ui.screens.register.columns import SORTS, Sorting, arranged, row_of, standard
from county_hotline.ui.screens.register.drawers import Drawers
from county_hotline.ui.screens.register.filter_row import FilterRow
from county_hotline.ui.screens.register.filters import Filters
from county_hotline.ui.screens.register.page_words import ChipTold, Choices, EmptyTold, Part
from county_hotline.ui.screens.register.pane import PeekPane
from county_hotline.ui.screens.register.presenter import RegisterPresenter
from county_hotline.ui.screens.register.saved_pane import BY_KEY
from county_hotline.ui.screens.register.telling import PeekTold, RowTold
from county_hotline.ui.screens.register.tick_bar import TickBar
from county_hotline.ui.screens.register.work import Liking
from county_hotline.ui.shell import Shell
from county_hotline.ui.theme import Tone
from county_hotline.ui.widgets.acts import Act, ActButton, ActKind
from county_hotline.ui.widgets.basic import Pane, Words
from county_hotline.ui.widgets.page_head import PageHead
from county_hotline.ui.widgets.row_list import Column, ListRow
from county_hotline.ui.widgets.ticked_list import TickedList
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
        self._rows: Mapping[int, RowTold] = {}
        self._filters = Filters()
        self.choices: Mapping[str, Choices] = {}
        self.liking = Liking()
        self._said = self._count = ""
        self.frame = Pane(parent, ground=theme.SHEET)
        self._build_head()
        self._row = FilterRow(self.frame, lambda: self.presenter, to_list=self._to_list, escape=self._escape)
        self._row.pack(side="top", fill="x")
        self._search = self._row.search
        self.below = Pane(self.frame)
        self.below.pack(side="top", fill="both", expand=True)
        self._pane = PeekPane(self.below, self._pane_acts())
        self._has_peek = False
        self._build_list()
        self.frame.bind("<Configure>", lambda event: self._fit(event.width))

    # -- the page ---------------------------------------------------------------------------------------------------

    def is_open(self) -> bool:
        """Whether answers are still wanted."""
        return self._is_open

    def shown(self, argument: str) -> None:
        """In front: keys, keyboard to the list, whatever is stale anew. An argument is looked for; `?waiting` is a chip, `=` a figure of 总览."""
        self._is_front = True
        if argument:
            self.drawers.leave()
        self.use_acts()
        if argument.startswith("="):
            self.presenter.look_into(argument[1:])
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
        self._shell.use_acts(acts if acts is not None else self._page_acts())

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
        was, self._filters, self._said = self._filters, filters, said
        self._row.show(filters, parts)
        if (was.sort, was.is_reversed) != (filters.sort, filters.is_reversed):
            self._fit(self.frame.winfo_width())
        self._say_place()

    def show_chips(self, chips: tuple[ChipTold, ...]) -> None:
        """See `RegisterScreen`."""
        self._row.show_chips(chips)

    def show_looking(self, *, on: bool) -> None:
        """See `RegisterScreen`."""
        self._looking.configure(text=say("register.looking") if on else "")

    def show_rows(self, total: int, rows: Mapping[int, RowTold], *, keep: str, fresh: bool, count: str) -> None:
        """See `RegisterScreen`."""
        self._rows, self._count = rows, count
        if total:
            self._row.pack(side="top", fill="x", before=self.below)
            self._links.pack(side="right")
        self._list.show_window(total, self._drawn_rows(), keep=keep, fresh=fresh)
        self._say_place()

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
        self._list.show_ticked(frozenset(numbers))
        self._ticks.show(words)
        if numbers:
            self._ticks.pack(side="bottom", fill="x", before=self._list)
        else:
            self._ticks.pack_forget()

    def open_order(self, number: str) -> None:
        """See `RegisterScreen`."""
        self._shell.go("order", number)

    def say_search(self, words: str) -> None:
        """See `RegisterScreen`."""
        self._row.say(words)

    def say_done(self, words: str) -> None:
        """See `RegisterScreen`."""
        self._shell.murmur(words, Tone.GREEN)

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
        return tuple(name for name, _column in self._arranged)

    @property
    def said(self) -> str:
        """What the list shows, in words."""
        return self._said

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
        for act in self._link_acts():
            link = Act(act.wording, act.do, shown=act.shown, kind=ActKind.PANE)
            ActButton(self._links, link, takes_focus=False).pack(side="left", padx=(theme.px(6), 0))

    def _build_list(self) -> None:
        self.middle = Pane(self.below)
        self.show_list()
        self._foot = Pane(self.middle, height=max(theme.px(34), theme.line_height(theme.SMALL) + theme.px(12)))
        self._foot.pack(side="bottom", fill="x")
        self._keys = Words(self._foot, say("register.keys"), font=theme.SMALL, ink=theme.INK3)
        self._keys.pack(side="right", padx=theme.px(12))
        self._looking = Words(self._foot, font=theme.SMALL, ink=theme.BLUE)
        self._looking.pack(side="right")
        self._place = CutWords(self._foot, font=theme.SMALL, ink=theme.INK2)
        self._place.pack(side="left", fill="x", expand=True, padx=theme.px(12))
        self._is_wide = False
        self._arranged: tuple[tuple[str, Column], ...] = arranged(theme.px(790), wide=False)
        self._list = TickedList(
            self.middle,
            [column for _name, column in self._arranged],
            on_choose=self._row_chosen,
            on_open=self.open_order,
            need=self._needed,
            ticking=_Ticks(self),
            on_head=self._head_clicked,
        )
        self._list.pack(side="top", fill="both", expand=True)
        self._list.on_key("<slash>", self._to_search)
        export, clear = self._link_acts()[-1], Act("register.ticked.clear", self._untick, shown="Esc")
        self._ticks = TickBar(self.middle, (export, *self._many_acts(), clear))

    def _page_acts(self) -> tuple[Act, ...]:
        digits = (
            Act("register.saved.recall", partial(self._recall, at), f"<Control-Key-{at}>", details={"place": str(at)})
            for at in range(1, BY_KEY + 1)
        )
        return (
            Act("register.search", self._to_search, "<Control-Key-f>", "Ctrl+F"),
            Act("register.turn", self._turn, "<Control-Key-o>", "Ctrl+O"),
            Act("register.reverse", lambda: self.presenter.sort(self._filters.sort), "<Control-Key-r>", "Ctrl+R"),
            Act("register.open", self._open_chosen, "<F9>", "F9"),
            *self._link_acts(),
            *self._many_acts(),
            Act("register.clear", self._escape, "<Escape>", "Esc"),
            *digits,
        )

    def _link_acts(self) -> tuple[Act, ...]:
        return (
            Act("register.filters", self._filter, "<Control-Key-l>", "Ctrl+L"),
            Act("register.saved", self._save, "<Control-Key-s>", "Ctrl+S"),
            Act("register.columns", self._arrange, "<Control-Key-g>", "Ctrl+G"),
            Act("register.export", self._export, "<Control-Key-e>", "Ctrl+E"),
        )

    def _many_acts(self) -> tuple[Act, ...]:
        return (
            Act("register.many.urge.ask", lambda: self._many("urge"), "<F10>", "F10"),
            Act("register.many.dispatch.ask", lambda: self._many("dispatch"), "<Control-Key-d>", "Ctrl+D"),
            Act("register.print", lambda: self._many("print"), "<Control-Key-p>", "Ctrl+P"),
        )

    def _pane_acts(self) -> list[Act]:
        return [
            Act("register.open", self._open_chosen, shown=say("register.enter"), kind=ActKind.MAIN),
            Act("register.many.urge.ask", lambda: self._many("urge"), shown="F10"),
            Act("register.print", lambda: self._many("print"), shown="Ctrl+P"),
        ]

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
        columns = arranged(room, wide=self._is_wide, chosen=self.liking.columns, sorting=sorting)
        if columns != self._arranged:
            self._arranged = columns
            self._list.rearrange([column for _name, column in columns], self._drawn_rows())
        self._keys.pack(side="right", padx=theme.px(12)) if room > theme.px(720) else self._keys.pack_forget()
        crowded = theme.px(1160) > width
        self._row.crowd(crowded=crowded)
        self._ticks.crowd(crowded=crowded)

    def _drawn_rows(self) -> dict[int, ListRow]:
        return {at: row_of(told, self.columns_shown) for at, told in self._rows.items()}

    # -- keys -------------------------------------------------------------------------------------------------------

    def _row_chosen(self, number: str) -> None:
        self.presenter.choose(number)
        self._say_place()

    def _needed(self, first: int, last: int) -> None:
        self.presenter.need(first, last)

    def _head_clicked(self, place: int) -> None:
        sort = SORTS.get(self.columns_shown[place])
        if sort is None:
            self._shell.murmur(say("register.sort.cannot"), Tone.QUIET)
        else:
            self.presenter.sort(sort)

    def _turn(self) -> None:
        """The next column there is that can be sorted by."""
        sorts = list(dict.fromkeys(SORTS[name] for name in (*self.columns_shown, "accepted") if name in SORTS))
        at = sorts.index(self._filters.sort) + 1 if self._filters.sort in sorts else 0
        self.presenter.sort(sorts[at % len(sorts)])

    def _say_place(self) -> None:
        at, total = self._list.standing
        self._place.say(say("register.place_of", at=at, total=self._count, said=self._said) if total else self._said)
        self.presenter.saw(self._list.top)

    def _look_for_now(self) -> None:
        self._row.look_now()

    def _recall(self, place: int) -> None:
        self.presenter.recall(place - 1)

    def _filter(self) -> None:
        self.drawers.filter()

    def _save(self) -> None:
        self.drawers.save()

    def _arrange(self) -> None:
        self.drawers.arrange()

    def _export(self) -> None:
        self.drawers.export()

    def _to_search(self) -> None:
        self._search.take_focus()

    def _to_list(self) -> None:
        self._list.take_focus()

    def _escape(self) -> None:
        """First the message goes, then the ticks, then the text, then the choices."""
        self._shell.hush()
        if not self.presenter.ticks.clear():
            self._clear()

    def _untick(self) -> None:
        self.presenter.ticks.clear()

    def _clear(self) -> None:
        if self._search.value():
            self._search.show("")
            self.presenter.search("")
        else:
            self.presenter.clear()
        self._list.take_focus()

    def _open_chosen(self) -> None:
        if self._list.chosen:
            self.open_order(self._list.chosen)

    def _many(self, act: str) -> None:
        """Of what is ticked; where nothing is, of the chosen order on its own page."""
        numbers = self.presenter.ticks.numbers
        if numbers:
            self.drawers.many(act, numbers)
        elif self._list.chosen:
            self._shell.go("order", f"{self._list.chosen} {act}")


class _Ticks:
    """The presenter's keeper of ticks, which is there later than the list."""

    def __init__(self, view: RegisterView) -> None:
        self._view = view

    def turn(self, at: int) -> None:
        """See `Ticking`."""
        self._view.presenter.ticks.turn(at)

    def reach(self, first: int, last: int) -> None:
        """See `Ticking`."""
        self._view.presenter.ticks.reach(first, last)

    def all(self) -> None:
        """See `Ticking`."""
        self._view.presenter.ticks.all()
