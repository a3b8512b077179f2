"""The list of 台账 with its foot: the rows in the columns there is room for, where one stands, what is shown, what is ticked."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Mapping, Sequence

from county_hotline.domain.views import RegisterSort
from county_hotline.ui import theme
from county_hotline.ui.screens.register.columns import SORTS, Sorting, arranged, row_of
from county_hotline.ui.screens.register.presenter import RegisterPresenter
from county_hotline.ui.screens.register.telling import RowTold
from county_hotline.ui.screens.register.tick_bar import TickBar
from county_hotline.ui.widgets.acts import Act
from county_hotline.ui.widgets.basic import Pane, Words
from county_hotline.ui.widgets.row_list import Column, ListRow
from county_hotline.ui.widgets.ticked_list import TickedList
from county_hotline.ui.widgets.wrapped import CutWords
from county_hotline.wording import say


class _Ticks:
    """The presenter's keeper of ticks, which is there later than the list."""

    def __init__(self, asked: Callable[[], RegisterPresenter]) -> None:
        self._asked = asked

    def turn(self, at: int) -> None:
        """See `Ticking`."""
        self._asked().ticks.turn(at)

    def reach(self, first: int, last: int) -> None:
        """See `Ticking`."""
        self._asked().ticks.reach(first, last)

    def all(self) -> None:
        """See `Ticking`."""
        self._asked().ticks.all()


class Listing(Pane):
    """`list` is the list itself."""

    def __init__(
        self,
        parent: tk.Misc,
        asked: Callable[[], RegisterPresenter],
        *,
        acts: Sequence[Act],
        on_open: Callable[[str], None],
    ) -> None:
        super().__init__(parent)
        self._asked = asked
        self.rows: Mapping[int, RowTold] = {}
        self._said = self._count = ""
        self._build_foot()
        self._arranged: tuple[tuple[str, Column], ...] = arranged(theme.px(790), wide=False)
        self.list = TickedList(
            self,
            [column for _name, column in self._arranged],
            on_choose=self._chosen,
            on_open=on_open,
            need=lambda first, last: asked().need(first, last),
            ticking=_Ticks(asked),
            on_head=self._head_clicked,
        )
        self.list.pack(side="top", fill="both", expand=True)
        self._ticks = TickBar(self, acts)

    @property
    def columns_shown(self) -> tuple[str, ...]:
        """Those there is room for."""
        return tuple(name for name, _column in self._arranged)

    @property
    def sorts(self) -> tuple[RegisterSort, ...]:
        """What can be sorted by, from left to right; by the time of registering always."""
        return tuple(dict.fromkeys(SORTS[name] for name in (*self.columns_shown, "accepted") if name in SORTS))

    def show(self, total: int, rows: Mapping[int, RowTold], *, keep: str, fresh: bool, count: str) -> None:
        """Some rows by place, of so many."""
        self.rows, self._count = rows, count
        self.list.show_window(total, self._drawn(), keep=keep, fresh=fresh)
        self._say_place()

    def say(self, said: str) -> None:
        """What is shown, in words."""
        self._said = said
        self._say_place()

    def show_looking(self, *, on: bool) -> None:
        """Whether an answer is on its way."""
        self._looking.configure(text=say("register.looking") if on else "")

    def show_ticked(self, numbers: Sequence[str], words: str) -> None:
        """What is ticked."""
        self.list.show_ticked(frozenset(numbers))
        self._ticks.show(words)
        if numbers:
            self._ticks.pack(side="bottom", fill="x", before=self.list)
        else:
            self._ticks.pack_forget()

    def fit(self, room: int, *, wide: bool, chosen: Sequence[str], sorting: Sorting) -> None:
        """So many pixels, these columns, sorted so."""
        columns = arranged(room, wide=wide, chosen=chosen, sorting=sorting)
        if columns != self._arranged:
            self._arranged = columns
            self.list.rearrange([column for _name, column in columns], self._drawn())
        self._keys.pack(side="right", padx=theme.px(12)) if room > theme.px(720) else self._keys.pack_forget()

    def crowd(self, *, crowded: bool) -> None:
        """Whether letters are large for the window."""
        self._ticks.crowd(crowded=crowded)

    def _build_foot(self) -> None:
        foot = Pane(self, height=max(theme.px(34), theme.line_height(theme.SMALL) + theme.px(12)))
        foot.pack(side="bottom", fill="x")
        self._keys = Words(foot, say("register.keys"), font=theme.SMALL, ink=theme.INK3)
        self._keys.pack(side="right", padx=theme.px(12))
        self._looking = Words(foot, font=theme.SMALL, ink=theme.BLUE)
        self._looking.pack(side="right")
        self._place = CutWords(foot, font=theme.SMALL, ink=theme.INK2)
        self._place.pack(side="left", fill="x", expand=True, padx=theme.px(12))

    def _drawn(self) -> dict[int, ListRow]:
        return {at: row_of(told, self.columns_shown) for at, told in self.rows.items()}

    def _chosen(self, number: str) -> None:
        self._asked().choose(number)
        self._say_place()

    def _head_clicked(self, place: int) -> None:
        self._asked().sort(SORTS.get(self.columns_shown[place]))

    def _say_place(self) -> None:
        at, total = self.list.standing
        self._place.say(say("register.place_of", at=at, total=self._count, said=self._said) if total else self._said)
        self._asked().saw(self.list.top)
