"""台账 as it looks: search and filters above, the list, the chosen order at the right."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Mapping

from county_hotline.ui import theme
from county_hotline.ui.screens.register.chips import Chips
from county_hotline.ui.screens.register.columns import arranged, row_of
from county_hotline.ui.screens.register.filters import Filters
from county_hotline.ui.screens.register.pane import PeekPane
from county_hotline.ui.screens.register.presenter import ChipTold, Choices, EmptyTold, RegisterPresenter
from county_hotline.ui.screens.register.telling import PeekTold, RowTold
from county_hotline.ui.shell import Shell
from county_hotline.ui.theme import Tone
from county_hotline.ui.widgets.acts import Act, ActButton, ActKind
from county_hotline.ui.widgets.basic import Pane, Words
from county_hotline.ui.widgets.inputs import Choice, ChoiceInput, LineInput
from county_hotline.ui.widgets.page_head import PageHead
from county_hotline.ui.widgets.paged_list import PagedList
from county_hotline.ui.widgets.row_list import ListRow
from county_hotline.ui.widgets.rows import Sentence
from county_hotline.wording import say

SEARCH_AFTER_MS = 250
WIDE = 1500


class RegisterView:
    """The page (`shell.Page`) and what its presenter sees (`presenter.RegisterScreen`)."""

    presenter: RegisterPresenter
    _filters: Pane
    _search: LineInput
    _chips: Chips

    def __init__(self, parent: tk.Misc, shell: Shell) -> None:
        self._shell = shell
        self._is_open, self._is_front = True, False
        self._after: str | None = None
        self._is_crowded: bool | None = False
        """Whether the chips stand in the head; None while there is nothing to filter."""
        self._rows: Mapping[int, RowTold] = {}
        self.frame = Pane(parent, ground=theme.SHEET)
        self._head = PageHead(self.frame, say("register.title"))
        self._head.pack(side="top", fill="x")
        self._build_filters()
        self._below = Pane(self.frame)
        self._below.pack(side="top", fill="both", expand=True)
        self._pane = PeekPane(self._below, self._pane_acts())
        self._build_list()
        self.frame.bind("<Configure>", lambda event: self._fit(event.width))

    # -- the page ---------------------------------------------------------------------------------------------------

    def is_open(self) -> bool:
        """Whether answers are still wanted."""
        return self._is_open

    def shown(self, argument: str) -> None:
        """In front: keys, keyboard to the list, whatever is stale anew. An argument is looked for; `?waiting` is a chip, `=` a figure of 总览."""
        self._is_front = True
        self._shell.use_acts(
            (
                Act("register.search", self._to_search, "<Control-Key-f>"),
                Act("register.turn", self._turn_order, "<Control-Key-o>"),
                Act("register.open", self._open_chosen, "<F9>"),
                Act("register.print", self._print, "<Control-Key-p>"),
                Act("register.clear", self._escape, "<Escape>"),
            )
        )
        if argument.startswith("="):
            self.presenter.look_into(argument[1:])
        elif argument.startswith("?"):
            self.presenter.only(argument[1:])
        elif argument:
            self._search.show(argument)
            self.presenter.search(argument)
        self.presenter.shown()
        self._list.take_focus()

    def hidden(self) -> None:
        """Behind another page."""
        self._is_front = False

    def close(self) -> None:
        """No answer, no news, no timer any more."""
        self._is_open = False
        if self._after is not None:
            self.frame.after_cancel(self._after)
        self.presenter.close()

    # -- what the presenter shows -----------------------------------------------------------------------------------

    def is_seen(self) -> bool:
        """See `RegisterScreen`."""
        return self._is_front

    def show_head(self, words: str) -> None:
        """See `RegisterScreen`."""
        self._head.say(beside=words)

    def show_choices(self, choices: Mapping[str, Choices]) -> None:
        """See `RegisterScreen`."""
        for name, field in self._choices.items():
            field.offer([Choice(value, words) for value, words in choices[name]])

    def show_filters(self, filters: Filters) -> None:
        """See `RegisterScreen`."""
        for name, field in self._choices.items():
            field.show(getattr(filters, name))
        if filters.text != self._search.value().strip():
            self._search.show(filters.text)
        self._hint(shown=not self._search.value())
        self._order.configure(
            text=Act("register.turn.time" if filters.by_due else "register.turn.due", self._turn_order, shown="Ctrl+O").words
        )
        self._by_due = filters.by_due

    def show_chips(self, chips: tuple[ChipTold, ...]) -> None:
        """See `RegisterScreen`."""
        self._chips.show(chips)

    def show_rows(self, total: int, rows: Mapping[int, RowTold], *, keep: str, fresh: bool) -> None:
        """See `RegisterScreen`."""
        self._rows = rows
        self._order.pack(side="right") if total and not self._is_crowded else self._order.pack_forget()
        if total:
            self._filters.pack(side="top", fill="x", before=self._below)
        if total and self._is_crowded is None:
            self._fit(self.frame.winfo_width())
        self._foot.pack(side="bottom", fill="x") if total else self._foot.pack_forget()
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
            self._filters.pack_forget()
            self._chips.pack_forget()
            self._is_crowded = None
        icon = "inbox" if "first" in told.acts else "search"
        self._list.explain_empty(icon, told.head, told.words, [acts[name] for name in told.acts])

    def show_peek(self, told: PeekTold | None) -> None:
        """See `RegisterScreen`."""
        if told is None:
            self._pane.pack_forget()
            return
        self._pane.show(told)
        self._pane.pack(side="right", fill="y", before=self._middle)

    def open_order(self, number: str) -> None:
        """See `RegisterScreen`."""
        self._shell.go("order", number)

    def say_search(self, words: str) -> None:
        """See `RegisterScreen`."""
        if words:
            self._said.show(words, Tone.RED)
            self._said.pack(side="top", fill="x", padx=theme.px(20), pady=(0, theme.px(6)), after=self._filters)
        else:
            self._said.pack_forget()

    def fail(self, fault: Exception) -> None:
        """See `RegisterScreen`."""
        self._shell.fail(fault)

    # -- building ---------------------------------------------------------------------------------------------------

    def _build_filters(self) -> None:
        self._order = ActButton(
            self._head.right, Act("register.turn.time", self._turn_order, shown="Ctrl+O", kind=ActKind.LINK)
        )
        self._order.pack(side="right")
        self._by_due = True
        self._filters = Pane(self.frame)
        self._filters.pack(side="top", fill="x")
        row = Pane(self._filters)
        row.pack(fill="x", padx=theme.px(20), pady=(0, theme.px(8)))
        self._filter_row = row
        self._chips = Chips(self.frame, on_toggle=self._toggled)
        self._chips.pack(side="right", in_=row)
        self._search = LineInput(row, width=228)
        self._search.pack(side="left")
        self._placeholder = Words(self._search, say("register.search.hint"), ink=theme.INK3)
        self._placeholder.bind("<Button-1>", lambda _event: self._to_search())
        self._search.on_change(self._typed)
        for key, do in (
            ("<Return>", self._entered),
            ("<KP_Enter>", self._entered),
            ("<Down>", self._to_list),
            ("<Escape>", self._escape),
        ):
            self._search.bind(key, lambda _event, do=do: _done(do))  # type: ignore[misc]
        self._choices: dict[str, ChoiceInput] = {}
        for name, width in (("since", 82), ("stage", 82), ("category", 96), ("agency", 96)):
            Words(row, say(f"register.filter.{name}"), ink=theme.INK2).pack(side="left", padx=(theme.px(12), theme.px(6)))
            field = ChoiceInput(row, width=width)
            field.on_change(lambda name=name, field=field: self.presenter.choose_filter(name, field.value()))  # type: ignore[misc]
            field.pack(side="left")
            self._choices[name] = field
        self._said = Sentence(self.frame)

    def _build_list(self) -> None:
        self._middle = Pane(self._below)
        self._middle.pack(side="left", fill="both", expand=True, padx=(theme.px(10), theme.px(8)))
        self._foot = Pane(self._middle, height=max(theme.px(34), theme.line_height(theme.SMALL) + theme.px(12)))
        self._foot.pack(side="bottom", fill="x")
        self._place = Words(self._foot, font=theme.SMALL, ink=theme.INK2)
        self._place.pack(side="left", padx=theme.px(12))
        self._keys = Words(self._foot, say("register.keys"), font=theme.SMALL, ink=theme.INK3)
        self._keys.pack(side="right", padx=theme.px(12))
        self._arranged = arranged(theme.px(790), wide=False)
        self._list = PagedList(
            self._middle,
            [column for _name, column in self._arranged],
            on_choose=self._row_chosen,
            on_open=self.open_order,
            need=self._needed,
        )
        self._list.pack(side="top", fill="both", expand=True)
        self._list.on_key("<slash>", self._to_search)

    def _pane_acts(self) -> list[Act]:
        return [
            Act("register.open", self._open_chosen, shown=say("register.enter"), kind=ActKind.MAIN),
            Act("register.print", self._print, shown="Ctrl+P"),
        ]

    def _fit(self, width: int) -> None:
        wide = width >= WIDE
        pane = theme.px(600) if wide else min(theme.px(404), round(width * 0.335))
        self._pane.configure(width=min(pane, round(width * 0.4)))
        room = width - pane - theme.px(18)
        columns = arranged(room, wide=wide)
        if columns != self._arranged:
            self._arranged = columns
            self._list.rearrange([column for _name, column in columns], self._drawn_rows())
        self._keys.pack(side="right", padx=theme.px(12)) if room > theme.px(560) else self._keys.pack_forget()
        self._crowd(crowded=theme.px(1160) > width)

    def _crowd(self, *, crowded: bool) -> None:
        """Where letters are large the chips have no room beside the filters: they go up to the head (Ctrl+O stays a key only)."""
        if crowded == self._is_crowded:
            return
        self._is_crowded = crowded
        self._chips.pack_forget()
        if crowded:
            self._order.pack_forget()
            self._chips.pack(side="right", in_=self._head.right)
        else:
            self._chips.pack(side="right", in_=self._filter_row)
        self._chips.lift()

    def _drawn_rows(self) -> dict[int, ListRow]:
        names = [name for name, _column in self._arranged]
        return {at: row_of(told, names) for at, told in self._rows.items()}

    # -- keys -------------------------------------------------------------------------------------------------------

    def _row_chosen(self, number: str) -> None:
        self.presenter.choose(number)
        self._say_place()

    def _toggled(self, chip: str) -> None:
        self.presenter.toggle(chip)

    def _needed(self, first: int, last: int) -> None:
        self.presenter.need(first, last)

    def _say_place(self) -> None:
        at, total = self._list.standing
        self._place.say(say("register.place_of", at=at, total=total) if total else "")
        self.presenter.saw(self._list.top)

    def _hint(self, *, shown: bool) -> None:
        if shown:
            self._placeholder.place(x=theme.px(8), rely=0.5, anchor="w")
        else:
            self._placeholder.place_forget()

    def _typed(self) -> None:
        self._hint(shown=not self._search.value())
        if self._after is not None:
            self.frame.after_cancel(self._after)
        self._after = self.frame.after(SEARCH_AFTER_MS, self._look_for)

    def _look_for(self) -> None:
        self._after = None
        self.presenter.search(self._search.value())

    def _entered(self) -> None:
        self._look_for_now()
        self.presenter.enter(self._search.value())
        self._list.take_focus()

    def _look_for_now(self) -> None:
        if self._after is not None:
            self.frame.after_cancel(self._after)
            self._look_for()

    def _to_search(self) -> None:
        self._search.take_focus()

    def _to_list(self) -> None:
        self._list.take_focus()

    def _escape(self) -> None:
        """First the message goes, then the text, then the choices."""
        self._shell.hush()
        self._clear()

    def _clear(self) -> None:
        if self._search.value():
            self._search.show("")
            self._hint(shown=True)
            self.presenter.search("")
        else:
            self.presenter.clear()
        self._list.take_focus()

    def _turn_order(self) -> None:
        self.presenter.choose_filter("order", "time" if self._by_due else "due")

    def _open_chosen(self) -> None:
        if self._list.chosen:
            self.open_order(self._list.chosen)

    def _print(self) -> None:
        if self._list.chosen:
            self._shell.go("order", f"{self._list.chosen} print")


def _done(do: Callable[[], None]) -> str:
    do()
    return "break"
