"""更多: every act of an order, room by room, in the page. Letters and digits do, arrows walk; what cannot be done says why beside it."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from itertools import combinations, pairwise

from county_hotline.ui import theme
from county_hotline.ui.screens.order.acts import KEYS, ActTold, FootTold, RoomTold
from county_hotline.ui.widgets.basic import Pane, Words
from county_hotline.ui.widgets.flow_pane import FlowPane
from county_hotline.ui.widgets.page_head import SectionHead
from county_hotline.ui.widgets.wrapped import CutWords
from county_hotline.wording import say

LETTERS = "123456789abcdefghijklmnopqrstuvwxyz"
COLUMN = 350
GAP = 28


class MorePane(Pane):
    """`on_act(name)` when one is chosen, `on_leave()` at Esc."""

    def __init__(self, parent: tk.Misc, foot: FootTold, *, on_act: Callable[[str], None]) -> None:
        super().__init__(parent)
        self._on_act = on_act
        self._lines: list[tuple[ActTold, Pane, int]] = []
        """What can be done: the act, its line, its column."""
        self._at = 0
        self.configure(takefocus=True, highlightthickness=0)
        SectionHead(self, say("order.more"), say("order.more.keys")).pack(
            fill="x", padx=theme.px(20), pady=(theme.px(12), theme.px(4))
        )
        self._scroll = FlowPane(self)
        self._scroll.pack(fill="both", expand=True)
        self._rooms = foot.rooms
        self._columns = 0
        self._body = Pane(self._scroll.body)
        self._body.pack(fill="both", expand=True, padx=(theme.px(17), theme.px(12)))
        self.bind("<Configure>", lambda event: self._fit(event.width))
        self._bind_keys()

    def take_focus(self) -> None:
        """The keyboard goes here."""
        self.focus_set()

    def _bind_keys(self) -> None:
        for key, by in (("<Up>", -1), ("<Down>", 1)):
            self.bind(key, lambda _event, by=by: self._step(by))  # type: ignore[misc]
        for key, by in (("<Left>", -1), ("<Right>", 1)):
            self.bind(key, lambda _event, by=by: self._across(by))  # type: ignore[misc]
        self.bind("<Prior>", lambda _event: self._page(-1))
        self.bind("<Next>", lambda _event: self._page(1))
        self.bind("<Home>", lambda _event: self._go(0))
        self.bind("<End>", lambda _event: self._go(len(self._lines) - 1))
        self.bind("<Return>", lambda _event: self._do(self._at))
        self.bind("<KP_Enter>", lambda _event: self._do(self._at))
        self.bind("<Key>", self._letter)

    def _fit(self, width: int) -> None:
        """As many columns as the page has room for."""
        columns = max(1, min(3, (width - theme.px(29)) // theme.px(COLUMN)))
        if columns != self._columns:
            self._columns = columns
            self._draw()

    def _draw(self) -> None:
        for child in self._body.winfo_children():
            child.destroy()
        self._lines = []
        split = _split(self._rooms, self._columns)
        for at, rooms in enumerate(split):
            column = Pane(self._body)
            column.grid(row=0, column=at, sticky="new", padx=(0, theme.px(GAP) if at + 1 < len(split) else 0))
            self._body.grid_columnconfigure(at, weight=1, uniform="more")
            for room in rooms:
                self._draw_room(column, room, at)
        self._scroll.adopt()
        self._at = min(self._at, max(0, len(self._lines) - 1))
        self._show()

    def _draw_room(self, column: Pane, room: RoomTold, at: int) -> None:
        Words(column, room.words, font=theme.BOLD, ink=theme.INK2).pack(anchor="w", pady=(theme.px(8), theme.px(2)))
        for act in room.acts:
            line = Pane(column)
            line.pack(fill="x")
            letter = ""
            if act.can:
                letter = LETTERS[len(self._lines)] if len(self._lines) < len(LETTERS) else ""
                place = len(self._lines)
                self._lines.append((act, line, at))
                line.bind("<Button-1>", lambda _event, place=place: self._do(place))  # type: ignore[misc]
            self._draw_act(line, act, letter)

    def _draw_act(self, line: Pane, act: ActTold, letter: str) -> None:
        bar = tk.Frame(line, width=theme.px(3), background=line.ground)
        bar.pack(side="left", fill="y")
        cell = Pane(line, width=theme.px(22), height=theme.line_height(theme.BODY) + theme.px(2))
        cell.pack(side="left")
        Words(cell, letter.upper(), font=theme.SMALL_BOLD, ink=theme.BLUE).pack(side="left", padx=(theme.px(6), 0))
        words = f"{act.words}…" if act.can else act.words
        Words(line, words, ink=theme.INK if act.can else theme.INK3).pack(side="left", pady=theme.px(1))
        key = KEYS.get(act.name, ("", ""))[1] if act.can else ""
        beside = CutWords(line, act.why or key, font=theme.SMALL, ink=theme.INK2 if act.why else theme.INK3)
        beside.pack(side="left", fill="x", expand=True, padx=(theme.px(10), theme.px(4)))
        if act.can:
            for child in (cell, *cell.winfo_children(), *line.winfo_children()):
                place = len(self._lines) - 1
                child.bind("<Button-1>", lambda _event, place=place: self._do(place))  # type: ignore[misc]

    def _show(self) -> None:
        """The chosen line: wash and a bar at its left, as in every list."""
        for at, (_act, line, _column) in enumerate(self._lines):
            ground = theme.CHOSEN if at == self._at else self.ground
            _paint(line, ground)
            line.winfo_children()[0].configure(background=theme.BLUE if at == self._at else ground)  # type: ignore[call-arg]
        if self._lines:
            self._scroll.see(self._lines[self._at][1])

    def _go(self, at: int) -> str:
        if self._lines:
            self._at = min(max(at, 0), len(self._lines) - 1)
            self._show()
        return "break"

    def _step(self, by: int) -> str:
        return self._go(self._at + by)

    def _page(self, by: int) -> str:
        """What cannot be done is read by scrolling: the chosen line stays."""
        self._scroll.scroll_page(by)
        return "break"

    def _across(self, by: int) -> str:
        """To the nearest line of the next column."""
        if not self._lines:
            return "break"
        _act, line, column = self._lines[self._at]
        there = [at for at, (_a, _l, other) in enumerate(self._lines) if other == column + by]
        if there:
            self._go(min(there, key=lambda at: abs(self._lines[at][1].winfo_rooty() - line.winfo_rooty())))
        return "break"

    def _letter(self, event: tk.Event[tk.Misc]) -> str | None:
        is_typed = event.char and not int(event.state) & 0x4
        if is_typed and event.char.lower() in LETTERS and LETTERS.index(event.char.lower()) < len(self._lines):
            return self._do(LETTERS.index(event.char.lower()))
        return None

    def _do(self, at: int) -> str:
        if at < len(self._lines):
            self._on_act(self._lines[at][0].name)
        return "break"


def _split(rooms: tuple[RoomTold, ...], columns: int) -> list[tuple[RoomTold, ...]]:
    """Rooms in order, into columns of which the longest is as short as may be."""
    if not rooms:
        return []
    cuts = combinations(range(1, len(rooms)), min(columns, len(rooms)) - 1)
    splits = [[rooms[a:b] for a, b in pairwise((0, *cut, len(rooms)))] for cut in cuts]
    return min(splits, key=lambda split: max(sum(len(room.acts) + 1.4 for room in column) for column in split))


def _paint(widget: tk.Misc, ground: str) -> None:
    widget.configure(background=ground)  # type: ignore[call-arg]
    for child in widget.winfo_children():
        _paint(child, ground)
