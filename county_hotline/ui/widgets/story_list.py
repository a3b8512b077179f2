"""A story drawn on a canvas: when at the left, a sign on a thin line, who did what in bold, the words below. Newest on top."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from county_hotline.ui import theme
from county_hotline.ui.theme import Tone
from county_hotline.ui.widgets.basic import Pane, ground_of
from county_hotline.ui.widgets.focus_mark import FocusMark
from county_hotline.ui.widgets.wrapping import break_lines

BAR = 8
GAP = 10


@dataclass(frozen=True, slots=True)
class StoryItem:
    """One thing that happened."""

    when: str
    icon: str
    tone: Tone
    head: str
    words: str = ""
    note: str = ""
    """Small, beside the head: not sent yet."""
    note_icon: str = ""


class StoryList(Pane):
    """`show(items)`. `lines` cuts the words of each item (0: all of them); with `rest` nothing scrolls and that says what is left. Else arrows, PgUp, PgDn, Home, End and the wheel scroll."""

    def __init__(self, parent: tk.Misc, *, lines: int = 0, rest: Callable[[int], str] | None = None) -> None:
        super().__init__(parent)
        self._lines, self._rest = lines, rest
        self._items: tuple[StoryItem, ...] = ()
        self._height = 0
        ground = ground_of(parent)
        self._mark = FocusMark(self, top=4)
        self._mark.pack(side="left", fill="y")
        self._canvas = tk.Canvas(self, background=ground, highlightthickness=0, borderwidth=0)
        self._canvas.configure(takefocus=rest is None, width=10, height=10, yscrollincrement=1)
        self._canvas.pack(side="left", fill="both", expand=True, padx=(theme.px(6), 0))
        self._bind()

    def show(self, items: Sequence[StoryItem]) -> None:
        """Other items; the same ones again change nothing."""
        if tuple(items) == self._items:
            return
        grown = bool(self._items) and tuple(items)[-len(self._items) :] == self._items
        self._items = tuple(items)
        self._draw()
        if not grown:
            self._canvas.yview_moveto(0)

    @property
    def overflows(self) -> bool:
        """Whether there is something to scroll."""
        return self._height > self._canvas.winfo_height() > 1

    def take_focus(self) -> None:
        """The keyboard goes here."""
        self._canvas.focus_set()

    def _bind(self) -> None:
        canvas = self._canvas
        line = theme.line_height(theme.BODY)
        for key, by in (("<Up>", -line), ("<Down>", line), ("<Button-4>", -3 * line), ("<Button-5>", 3 * line)):
            canvas.bind(key, lambda _event, by=by: self._scroll(by))  # type: ignore[misc]
        canvas.bind("<MouseWheel>", lambda event: self._scroll(-3 * line if event.delta > 0 else 3 * line))
        canvas.bind("<Prior>", lambda _event: self._scroll(-canvas.winfo_height() + line))
        canvas.bind("<Next>", lambda _event: self._scroll(canvas.winfo_height() - line))
        canvas.bind("<Home>", lambda _event: self._scroll(-self._height))
        canvas.bind("<End>", lambda _event: self._scroll(self._height))
        canvas.bind("<Button-1>", lambda _event: canvas.focus_set() if self._rest is None else None)
        canvas.bind("<Configure>", lambda _event: self._draw())
        canvas.bind("<FocusIn>", lambda _event: self._show_focus(on=True))
        canvas.bind("<FocusOut>", lambda _event: self._show_focus(on=False))

    def _show_focus(self, *, on: bool) -> None:
        self._mark.show(on=on)
        self._draw_bar()

    def _scroll(self, by: int) -> str:
        if self.overflows:
            self._canvas.yview_scroll(by, "units")
            self._draw_bar()
        return "break"

    def _draw(self) -> None:
        canvas, width = self._canvas, self._canvas.winfo_width()
        if width <= 1:
            return
        canvas.delete("all")
        y = theme.px(4)
        left = theme.measure(theme.SMALL)("00-00 00:00") + theme.px(10)
        for at, item in enumerate(self._items):
            below = self._draw_item(item, left, y, width=width)
            if self._rest is not None and below > self._fold(at):
                self._end_with_rest(at, left, y)
                y = 0
                break
            if at + 1 < len(self._items):
                middle = left + theme.px(8)
                canvas.create_line(middle, y + theme.px(22), middle, below - 2, fill=theme.LINE, width=2)
            y = below
        self._height = y
        canvas.configure(scrollregion=(0, 0, width, max(y, canvas.winfo_height())))
        self._draw_bar()

    def _fold(self, at: int) -> int:
        """How far down an item may reach: room is kept for the line that says how many more there are."""
        is_last = at + 1 == len(self._items)
        return self._canvas.winfo_height() + (theme.px(GAP) if is_last else -theme.line_height(theme.BODY))

    def _end_with_rest(self, at: int, left: int, y: int) -> None:
        """Nothing is drawn by half: the item that did not fit goes, and a line says how many are left."""
        for drawn in self._canvas.find_overlapping(-1, y, self._canvas.winfo_width() + 1, y + 10_000):
            self._canvas.delete(drawn)
        words = self._rest(len(self._items) - at) if self._rest is not None else ""
        x, line = left + theme.px(28), theme.line_height(theme.BODY)
        self._canvas.create_text(x, y + line // 2, text=words, anchor="w", font=theme.SMALL, fill=theme.INK2)

    def _draw_item(self, item: StoryItem, left: int, y: int, *, width: int) -> int:
        canvas, ink = self._canvas, theme.INKS[item.tone]
        line = theme.line_height(theme.BODY)
        canvas.create_text(0, y + line // 2, text=item.when, anchor="w", font=theme.SMALL, fill=theme.INK2)
        canvas.create_image(left + theme.px(8), y + line // 2, image=theme.icon(item.icon, 16, ink))
        x = left + theme.px(28)
        room = width - x - theme.px(BAR + 4)
        heads = break_lines(item.head, room, theme.measure(theme.BOLD))
        for head in heads:
            canvas.create_text(x, y + line // 2, text=head, anchor="w", font=theme.BOLD, fill=theme.INK)
            y += line
        if item.note:
            y = self._draw_note(item, x, y, after=theme.measure(theme.BOLD)(heads[-1]), room=room)
        if item.words:
            for words in break_lines(item.words, room, theme.measure(theme.BODY), at_most=self._lines):
                canvas.create_text(x, y + line // 2, text=words, anchor="w", font=theme.BODY, fill=theme.INK2)
                y += line + 1
        return y + theme.px(GAP)

    def _draw_note(self, item: StoryItem, x: int, y: int, *, after: int, room: int) -> int:
        """On the head's last line where there is room, else on a line of its own."""
        line = theme.line_height(theme.BODY)
        wanted = theme.measure(theme.SMALL)(item.note) + theme.px(18)
        if after + theme.px(12) + wanted <= room:
            x, y, below = x + after + theme.px(12), y - line, y
        else:
            below = y + line
        if item.note_icon:
            self._canvas.create_image(x, y + line // 2, anchor="w", image=theme.icon(item.note_icon, 13, theme.AMBER))
            x += theme.px(17)
        self._canvas.create_text(x, y + line // 2, text=item.note, anchor="w", font=theme.SMALL, fill=theme.AMBER)
        return below

    def _draw_bar(self) -> None:
        canvas = self._canvas
        canvas.delete("bar")
        seen = canvas.winfo_height()
        if self._height <= seen:
            return
        top = canvas.canvasy(0)
        length = max(theme.px(24), seen * seen // self._height)
        start = top + (seen - length) * top / max(1, self._height - seen)
        right = canvas.winfo_width()
        canvas.create_rectangle(
            right - theme.px(BAR) + 2, start, right, start + length, fill=self._mark.bar_ink, width=0, tags="bar"
        )
