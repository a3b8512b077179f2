"""Room for text of any length that scrolls by pixels: wheel, bar, and with the keyboard arrows, PgUp, PgDn, Home and End."""

from __future__ import annotations

import tkinter as tk

from county_hotline.ui import theme
from county_hotline.ui.widgets.basic import Pane, ground_of
from county_hotline.ui.widgets.focus_mark import FocusMark

BAR = 8
LOW = 80
"""A row of fields, with a sentence below it."""


class FlowPane(Pane):
    """Pack children into `.body` from the top, then call `adopt`. What takes the keyboard in it is scrolled into sight.

    With `takes_focus` the pane itself can have the keyboard while there is something to scroll; a mark at its left and the bar say so.
    """

    def __init__(self, parent: tk.Misc, *, takes_focus: bool = False) -> None:
        super().__init__(parent)
        ground = ground_of(parent)
        self._takes_focus = takes_focus
        self._mark = FocusMark(self)
        self._mark.pack(side="left", fill="y")
        self._canvas = tk.Canvas(self, background=ground, highlightthickness=0, borderwidth=0, width=10, height=10)
        self._canvas.configure(takefocus=False, yscrollincrement=1)
        self._bar = tk.Canvas(self, background=ground, highlightthickness=0, borderwidth=0, width=theme.px(BAR), height=10)
        self._bar.pack(side="right", fill="y")
        self._canvas.pack(side="left", fill="both", expand=True)
        self.body = Pane(self._canvas, ground=ground)
        self._window = self._canvas.create_window(0, 0, anchor="nw", window=self.body)
        self._cover = Pane(self, ground=ground)
        self._fitted = (0, 0)
        self._tag = f"Flow{self.winfo_id()}"
        self._bind()

    @property
    def overflows(self) -> bool:
        """Whether there is something to scroll."""
        return self._wanted() > self._canvas.winfo_height() > 1

    def adopt(self) -> None:
        """The body was filled (again)."""
        stack: list[tk.Misc] = [self.body]
        while stack:
            widget = stack.pop()
            if self._tag not in widget.bindtags():
                widget.bindtags((*widget.bindtags(), self._tag))
            stack.extend(widget.winfo_children())
        self._fit()

    def take_focus(self) -> None:
        """The keyboard goes here."""
        self._canvas.focus_set()

    def to_top(self) -> None:
        """Begin at the beginning."""
        self._canvas.yview_moveto(0)
        self._draw_bar()

    def see(self, widget: tk.Misc) -> None:
        """Scroll so that the whole of `widget` is in sight, or its top where it is too high."""
        top = widget.winfo_rooty() - self.body.winfo_rooty()
        bottom = top + widget.winfo_height() + theme.px(8)
        first, room = int(self._canvas.canvasy(0)), self._canvas.winfo_height()
        if bottom > first + room:
            self._to(min(bottom - room, top))
        elif top - theme.px(8) < first:
            self._to(top - theme.px(8))

    def scroll_page(self, by: int) -> None:
        """So many pages down (up: negative); a line of the page before stays in sight."""
        self._scroll(by * (self._canvas.winfo_height() - theme.line_height(theme.BODY)))

    def _bind(self) -> None:
        canvas, line = self._canvas, theme.line_height(theme.BODY)
        for key, by in (("<Up>", -line), ("<Down>", line)):
            canvas.bind(key, lambda _event, by=by: self._scroll(by))  # type: ignore[misc]
        canvas.bind("<Prior>", lambda _event: self._scroll(line - canvas.winfo_height()))
        canvas.bind("<Next>", lambda _event: self._scroll(canvas.winfo_height() - line))
        canvas.bind("<Home>", lambda _event: self._scroll(-self._wanted()))
        canvas.bind("<End>", lambda _event: self._scroll(self._wanted()))
        canvas.bind("<FocusIn>", lambda _event: self._show_focus(on=self.focus_get() is canvas))  # not that of one within
        canvas.bind("<FocusOut>", lambda _event: self._show_focus(on=False))
        canvas.bind("<Configure>", lambda _event: self._fit())
        self.body.bind_class(self._tag, "<Configure>", lambda _event: self._fit())
        self.body.bind_class(self._tag, "<FocusIn>", lambda event: self.see(event.widget))
        for wheel, by in (("<Button-4>", -3 * line), ("<Button-5>", 3 * line)):
            self.body.bind_class(self._tag, wheel, lambda _event, by=by: self._scroll(by))  # type: ignore[misc]
            canvas.bind(wheel, lambda _event, by=by: self._scroll(by))  # type: ignore[misc]
        self.body.bind_class(self._tag, "<MouseWheel>", lambda event: self._scroll(-3 * line if event.delta > 0 else 3 * line))
        self._bar.bind("<Button-1>", self._dragged)
        self._bar.bind("<B1-Motion>", self._dragged)

    def _show_focus(self, *, on: bool) -> None:
        self._mark.show(on=on)
        self._draw_bar()

    def _wanted(self) -> int:
        return int(self.body.winfo_reqheight())

    def _fit(self) -> None:
        width, room, wanted = self._canvas.winfo_width(), self._canvas.winfo_height(), self._wanted()
        if (width, wanted) != self._fitted:
            self._fitted = (width, wanted)
            self._canvas.itemconfigure(self._window, width=width)
        self._canvas.configure(scrollregion=(0, 0, width, max(wanted, room)))
        if self._takes_focus:
            self._canvas.configure(takefocus=self.overflows)
        self._draw_bar()

    def _to(self, y: int) -> None:
        self._canvas.yview_moveto(max(0, y) / max(1, self._wanted()))
        self._draw_bar()

    def _scroll(self, by: int) -> str:
        if self.overflows:
            self._canvas.yview_scroll(by, "units")
            self._draw_bar()
        return "break"

    def _dragged(self, event: tk.Event[tk.Canvas]) -> None:
        if self.overflows:
            self._to(round(event.y / max(1, self._bar.winfo_height()) * self._wanted()) - self._canvas.winfo_height() // 2)

    def _cut_row(self) -> tuple[int, int] | None:
        """Top and bottom of the low row that the foot of the pane cuts in half. What is higher is begun where it is."""
        rows = self.body.pack_slaves()
        while len(rows) == 1:
            rows = rows[0].pack_slaves()
        fold = int(self._canvas.canvasy(0)) + self._canvas.winfo_height()
        for row in rows:
            top = row.winfo_rooty() - self.body.winfo_rooty()
            if top < fold < top + row.winfo_height() - theme.px(6) and row.winfo_height() <= theme.px(LOW):
                return top, fold
        return None

    def _cover_half_a_row(self) -> None:
        cut = self._cut_row()
        if cut is None:
            self._cover.place_forget()
            return
        height = cut[1] - cut[0]
        below = self._canvas.winfo_y() + self._canvas.winfo_height() - height
        self._cover.place(x=self._canvas.winfo_x(), y=below, width=self._canvas.winfo_width(), height=height)
        self._cover.lift()

    def _draw_bar(self) -> None:
        self._bar.delete("all")
        if not self.overflows:
            self._cover.place_forget()
            return
        self._cover_half_a_row()
        height, wanted = self._bar.winfo_height(), self._wanted()
        length = max(theme.px(24), height * self._canvas.winfo_height() // wanted)
        room = max(1, wanted - self._canvas.winfo_height())
        top = round((height - length) * self._canvas.canvasy(0) / room)
        self._bar.create_rectangle(2, top, theme.px(BAR), top + length, fill=self._mark.bar_ink, width=0)
