"""Room that scrolls up and down when it is too low for what is in it; what has the keyboard is always in sight."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

from county_hotline.ui import theme
from county_hotline.ui.widgets.basic import Pane, ground_of

BAR = 8


class ScrollPane(Pane):
    """Put children into `.body`. The body is at least as high as the pane, so that something in it may grow."""

    def __init__(self, parent: tk.Misc, *, on_scrolled: Callable[[], None] = lambda: None) -> None:
        super().__init__(parent)
        ground = ground_of(parent)
        self._canvas = tk.Canvas(self, background=ground, highlightthickness=0, borderwidth=0, width=10, height=10)
        self._canvas.pack(side="left", fill="both", expand=True)
        self._bar = tk.Canvas(self, background=ground, highlightthickness=0, borderwidth=0, width=theme.px(BAR))
        self.body = Pane(self._canvas, ground=ground)
        self._window = self._canvas.create_window(0, 0, anchor="nw", window=self.body)
        self._on_scrolled = on_scrolled
        self._canvas.configure(yscrollcommand=self._moved, yscrollincrement=1)
        self._canvas.bind("<Configure>", lambda _event: self._fit())
        self.body.bind("<Configure>", lambda _event: self._fit())
        self._bar.bind("<Button-1>", self._dragged)
        self._bar.bind("<B1-Motion>", self._dragged)
        self.body.bind_class(self._tag, "<FocusIn>", lambda event: self.see(event.widget))
        for wheel, by in (("<Button-4>", -60), ("<Button-5>", 60)):
            self.body.bind_class(self._tag, wheel, lambda _event, by=by: self._wheel(by))  # type: ignore[misc]
        self.body.bind_class(self._tag, "<MouseWheel>", lambda event: self._wheel(-60 if event.delta > 0 else 60))

    @property
    def _tag(self) -> str:
        return f"Lxq{self.winfo_id()}"

    def adopt(self) -> None:
        """Call when the body is filled: its inputs then scroll into sight when they take the keyboard."""
        stack: list[tk.Misc] = [self.body]
        while stack:
            widget = stack.pop()
            if self._tag not in widget.bindtags():
                widget.bindtags((*widget.bindtags(), self._tag))
            stack.extend(widget.winfo_children())

    def see(self, widget: tk.Misc) -> None:
        """Scroll so that the whole of `widget` is in sight."""
        top = widget.winfo_rooty() - self.body.winfo_rooty()
        bottom = top + widget.winfo_height()
        seen_top = int(self._canvas.canvasy(0))
        room = self._canvas.winfo_height()
        if top - theme.px(8) < seen_top:
            self._to(top - theme.px(34))
        elif bottom + theme.px(8) > seen_top + room:
            self._to(bottom + theme.px(8) - room)

    def hidden_below(self) -> int:
        """How many pixels of the body are below the fold."""
        return max(0, self.body.winfo_height() - int(self._canvas.canvasy(0)) - self._canvas.winfo_height())

    def _fit(self) -> None:
        width, room = self._canvas.winfo_width(), self._canvas.winfo_height()
        wanted = max(self.body.winfo_reqheight(), room)
        self._canvas.itemconfigure(self._window, width=width, height=wanted)
        self._canvas.configure(scrollregion=(0, 0, width, wanted))
        if wanted > room:
            self._bar.pack(side="right", fill="y")
        else:
            self._bar.pack_forget()

    def _to(self, y: int) -> None:
        whole = max(1, self.body.winfo_height())
        self._canvas.yview_moveto(max(0, y) / whole)

    def _wheel(self, by: int) -> None:
        if self.body.winfo_height() > self._canvas.winfo_height():
            self._canvas.yview_scroll(by, "units")

    def _dragged(self, event: tk.Event[tk.Canvas]) -> None:
        self._to(round(event.y / max(1, self._bar.winfo_height()) * self.body.winfo_height()) - self._canvas.winfo_height() // 2)

    def _moved(self, first: str, last: str) -> None:
        self._bar.delete("all")
        height = self._bar.winfo_height()
        self._bar.create_rectangle(
            2, float(first) * height, theme.px(BAR), float(last) * height, fill="#9aa6b4", width=0
        )
        self._on_scrolled()
