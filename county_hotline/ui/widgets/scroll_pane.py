"""Room that scrolls by whole rows when it is too low for what is in it; what has the keyboard is always in sight."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence

from county_hotline.ui import theme
from county_hotline.ui.widgets.basic import Pane, Words, ground_of

BAR = 8
WHEEL_ROWS = 2
LOW = 80
"""A row of fields, with a sentence below it."""


class ScrollPane(Pane):
    """Pack children into `.body` from the top, then call `adopt`. The body is at least as high as the pane, so that something in
    it may grow; `give(room)` is told the room first. A low row that would be cut in half at the foot is covered; `below(names)` words
    a strip there that names the rows (their `label`) out of sight."""

    def __init__(
        self,
        parent: tk.Misc,
        *,
        below: Callable[[Sequence[str]], str] | None = None,
        give: Callable[[int], None] = lambda _room: None,
    ) -> None:
        super().__init__(parent)
        ground = ground_of(parent)
        self._below, self._give = below, give
        self._canvas = tk.Canvas(self, background=ground, highlightthickness=0, borderwidth=0, width=10, height=10)
        self._canvas.pack(side="left", fill="both", expand=True)
        self._bar = tk.Canvas(self, background=ground, highlightthickness=0, borderwidth=0, width=theme.px(BAR))
        self.body = Pane(self._canvas, ground=ground)
        self._window = self._canvas.create_window(0, 0, anchor="nw", window=self.body)
        self._strip = Pane(self, ground=theme.SIDE if below is not None else ground)
        self._strip_words = Words(self._strip, font=theme.SMALL, ink=theme.INK2)
        self._strip_words.pack(side="left", padx=theme.px(22))
        self._y = 0
        self._fitted = 0
        self._canvas.bind("<Configure>", lambda _event: self._resized())
        self.body.bind("<Configure>", lambda _event: self._fit())
        self._bar.bind("<Button-1>", self._dragged)
        self._bar.bind("<B1-Motion>", self._dragged)
        self._tag = f"Lxq{self.winfo_id()}"
        self.body.bind_class(self._tag, "<FocusIn>", lambda event: self.see(event.widget))
        self.body.bind_class(self._tag, "<Configure>", lambda _event: self._fit_if_grown())
        self.body.bind_class(self._tag, "<Button-4>", lambda _event: self._wheel(-WHEEL_ROWS))
        self.body.bind_class(self._tag, "<Button-5>", lambda _event: self._wheel(WHEEL_ROWS))
        self.body.bind_class(
            self._tag, "<MouseWheel>", lambda event: self._wheel(-WHEEL_ROWS if event.delta > 0 else WHEEL_ROWS)
        )

    def adopt(self) -> None:
        """Call when the body is filled: its inputs then scroll into sight when they take the keyboard."""
        stack: list[tk.Misc] = [self.body]
        while stack:
            widget = stack.pop()
            if self._tag not in widget.bindtags():
                widget.bindtags((*widget.bindtags(), self._tag))
            stack.extend(widget.winfo_children())

    def fit_now(self) -> None:
        """Give new children their room at once: what is not on the screen yet cannot take the keyboard."""
        self.update_idletasks()
        self._fit()
        self.update_idletasks()

    def see(self, widget: tk.Misc) -> None:
        """Scroll so that the whole of `widget` is in sight."""
        top = widget.winfo_rooty() - self.body.winfo_rooty()
        bottom = top + widget.winfo_height()
        tops = self._tops()
        if top < self._y + theme.px(32):  # with the head of its section
            self._to(max((each for each in tops if each <= top - theme.px(32)), default=0))
        elif bottom > self._y + self._room() - self._strip_height():
            wanted = bottom - self._room() + (self._strip_height() if self._is_after(bottom) else 0)
            self._to(min((each for each in tops if each >= wanted), default=wanted))

    # -- measures ---------------------------------------------------------------------------------------------------

    def _room(self) -> int:
        return self._canvas.winfo_height()

    def _wanted(self) -> int:
        return self.body.winfo_reqheight()

    def _strip_height(self) -> int:
        return theme.line_height(theme.SMALL) + theme.px(6) if self._below is not None and self._wanted() > self._room() else 0

    def _rows(self) -> list[tk.Widget]:
        return [row for row in self.body.pack_slaves() if row.winfo_ismapped()]

    def _tops(self) -> list[int]:
        return [0, *(row.winfo_y() - theme.px(2) for row in self._rows()[1:])]

    def _is_after(self, bottom: int) -> bool:
        """Whether a row begins below."""
        return any(row.winfo_y() >= bottom for row in self._rows())

    # -- moving -----------------------------------------------------------------------------------------------------

    def _fit(self) -> None:
        self._give(self._room())
        width, room, wanted = self._canvas.winfo_width(), self._room(), self._wanted()
        self._fitted = wanted
        self._canvas.itemconfigure(self._window, width=width, height=max(wanted, room))
        if wanted > room:
            self._bar.pack(side="right", fill="y")
        else:
            self._bar.pack_forget()
        self._to(self._y)

    def _resized(self) -> None:
        self._y = 0
        self._fit()
        focused = self.focus_get()
        if focused is not None and str(focused).startswith(f"{self.body}."):
            self.see(focused)

    def _fit_if_grown(self) -> None:
        """A sentence below a field makes the rows want more height than the body was given."""
        if self._wanted() != self._fitted:
            self._fit()

    def _to(self, y: int) -> None:
        room, wanted = self._room(), self._wanted()
        last = min((top for top in self._tops() if top >= wanted - room), default=0) if wanted > room else 0
        self._y = max(0, min(y, last))
        self._canvas.coords(self._window, 0, -self._y)
        self._draw_bar()
        self._draw_strip()

    def _wheel(self, rows: int) -> None:
        tops = self._tops()
        at = max((place for place, top in enumerate(tops) if top <= self._y), default=0)
        self._to(tops[min(max(at + rows, 0), len(tops) - 1)])

    def _dragged(self, event: tk.Event[tk.Canvas]) -> None:
        aim = round(event.y / max(1, self._bar.winfo_height()) * self._wanted()) - self._room() // 2
        self._to(min(self._tops(), key=lambda top: abs(top - aim)))

    def _draw_bar(self) -> None:
        self._bar.delete("all")
        wanted, height = max(1, self._wanted()), self._bar.winfo_height()
        top, bottom = self._y * height // wanted, (self._y + self._room()) * height // wanted
        self._bar.create_rectangle(2, top, theme.px(BAR), min(bottom, height), fill=theme.BAR, width=0)

    def _draw_strip(self) -> None:
        """Covers what would be half a row at the foot, and says what is below."""
        fold = self._y + self._room()
        hidden = [row for row in self._rows() if row.winfo_y() + row.winfo_reqheight() - theme.px(6) > fold]
        if not hidden or self._wanted() <= self._room():
            self._strip.place_forget()
            return
        if self._below is None:
            self._cover(hidden[0])
            return
        limit = fold - self._strip_height()
        hidden = [row for row in self._rows() if row.winfo_y() + row.winfo_reqheight() - theme.px(6) > limit]
        names = [name for row in hidden if (name := str(getattr(row, "label", "")))]
        top = min(hidden[0].winfo_y() - self._y, self._room() - self._strip_height())
        self._strip_words.say(self._below(names))
        self._strip.place(x=0, y=top, relwidth=1.0, height=self._room() - top)
        self._strip.lift()

    def _cover(self, cut: tk.Widget) -> None:
        """Half a row is no row: nothing stands there. What is higher than that is begun to be read, or written, where it is."""
        top = cut.winfo_y() - self._y
        if cut.winfo_reqheight() > theme.px(LOW) or not 0 < top < self._room():
            self._strip.place_forget()
            return
        self._strip.place(x=0, y=top, width=self._canvas.winfo_width(), height=self._room() - top)
        self._strip.lift()
