"""A chart on the screen: the picture, a ring where the keyboard stands, and its bars to be opened by Enter or the mouse."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from typing import TYPE_CHECKING

from county_hotline.background import Runner
from county_hotline.forms.chart_parts import Inks, Look, Region
from county_hotline.ui import theme
from county_hotline.ui.screens.overview.charts import ChartTold
from county_hotline.ui.screens.overview.drawing import drawn
from county_hotline.ui.tk_runner import WhileOpen
from county_hotline.ui.widgets.tooltip import Tooltip
from county_hotline.ui.widgets.wrapping import break_lines
from county_hotline.wording import say

if TYPE_CHECKING:
    from county_hotline.forms.raster import Picture

SETTLED_MS = 60


def inks() -> Inks:
    """The colours in force."""
    return Inks(
        ink=theme.INK,
        quiet=theme.INK2,
        grid=theme.LINE,
        ground=theme.SHEET,
        bar=theme.CHART,
        bar_edge=theme.BLUE,
        late="#e3a09b",
        late_edge=theme.RED,
    )


class ChartPicture(tk.Canvas):
    """`show(told)`. Give `open_` where its figures can be opened, `choose` to hear which one the keyboard stands at."""

    def __init__(
        self,
        parent: tk.Misc,
        lane: Runner,
        *,
        open_: Callable[[str], None] | None = None,
        choose: Callable[[str], None] | None = None,
        height: int = 0,
        text: int = 0,
    ) -> None:
        super().__init__(parent, background=theme.SHEET, highlightthickness=0, borderwidth=0, height=height or 10, width=10)
        self._lane = WhileOpen(lane, self._is_there)
        self._open, self._choose, self._text, self._is_high = open_, choose, text, bool(height)
        self._told: ChartTold | None = None
        self._image: tk.PhotoImage | None = None
        self._regions: tuple[Region, ...] = ()
        self._chosen = -1
        self._after: str | None = None
        self._size = (0, 0)
        self._tooltip = Tooltip(self)
        self.bind("<Configure>", self._resized)
        self.bind("<Destroy>", self._gone)
        if open_ is not None:
            self._listen()

    def show(self, told: ChartTold) -> None:
        """Another chart; nothing is drawn where it is the same."""
        if told != self._told:
            self._told = told
            self._draw()

    @property
    def chosen(self) -> str:
        """The key where the keyboard stands; empty for none."""
        return self._regions[self._chosen].key if 0 <= self._chosen < len(self._regions) else ""

    def _listen(self) -> None:
        self.configure(takefocus=True)
        for key, by in (("<Up>", -1), ("<Left>", -1), ("<Down>", 1), ("<Right>", 1)):
            self.bind(key, lambda _event, by=by: self._step(by))  # type: ignore[misc]
        for key in ("<Return>", "<space>"):
            self.bind(key, lambda _event: self._open_chosen())
        self.bind("<FocusIn>", lambda _event: self._focus(on=True))
        self.bind("<FocusOut>", lambda _event: self._focus(on=False))
        self.bind("<Button-1>", self._clicked)
        self.bind("<Motion>", self._moved)
        self.bind("<Leave>", lambda _event: self._tooltip.hide())

    def _is_there(self) -> bool:
        return self._size != (-1, -1)

    def _gone(self, event: tk.Event[tk.Misc]) -> None:
        if event.widget is self:
            self._size = (-1, -1)
            if self._after is not None:
                self.after_cancel(self._after)

    def _resized(self, event: tk.Event[tk.Misc]) -> None:
        size = (event.width, event.height if self._is_high else 0)
        if size == self._size or event.width < 40:
            return
        self._size = size
        if self._after is not None:
            self.after_cancel(self._after)
        self._after = self.after(SETTLED_MS, self._settled)

    def _settled(self) -> None:
        self._after = None
        self._draw()

    def _draw(self) -> None:
        told, (width, height) = self._told, self._size
        if told is None or width < 40:
            return
        if not told.rows:
            self._say_empty(width)
            return
        text = self._text or abs(int(self.tk.call("font", "configure", theme.BODY, "-size")))
        small = round(text * 0.86) if self._text else abs(int(self.tk.call("font", "configure", theme.SMALL, "-size")))
        look = Look(width, text, small, height, inks())
        self._lane.run(lambda: drawn(told, look), lambda made: self._drawn(told, *made), self._failed)

    def _say_empty(self, width: int) -> None:
        self._regions, self._image = (), None
        self.delete("all")
        told = f"{say('overview.empty.head')}。{say('overview.empty.words')}"
        words = "\n".join(break_lines(told, width, theme.measure(theme.BODY)))
        self.create_text(0, theme.px(8), text=words, anchor="nw", font=theme.BODY, fill=theme.INK2, tags="picture")
        self.configure(height=theme.px(64))

    def _failed(self, fault: Exception) -> None:
        raise fault

    def _drawn(self, told: ChartTold, picture: Picture, regions: tuple[Region, ...]) -> None:
        if told is not self._told:
            return
        self._image = tk.PhotoImage(master=self, data=picture.png)
        self.delete("picture")
        self.create_image(0, 0, image=self._image, anchor="nw", tags="picture")
        self._regions = regions
        if not self._is_high:
            self.configure(height=picture.height)
        self._chosen = min(self._chosen, len(regions) - 1)
        self._ring()

    # -- keyboard and mouse -----------------------------------------------------------------------------------------

    def _focus(self, *, on: bool) -> None:
        if on and self._chosen < 0 and self._regions:
            self._chosen = 0
        self._ring()
        if on and self._choose is not None:
            self._choose(self.chosen)

    def _step(self, by: int) -> str:
        if self._regions:
            self._chosen = min(max(self._chosen + by, 0), len(self._regions) - 1)
            self._ring()
            if self._choose is not None:
                self._choose(self.chosen)
        return "break"

    def _ring(self) -> None:
        self.delete("ring")
        if self.focus_get() is not self or not 0 <= self._chosen < len(self._regions):
            return
        at = self._regions[self._chosen]
        self.create_rectangle(
            at.x + 1, at.y + 1, at.x + at.width - 2, at.y + at.height - 2, outline=theme.BLUE, width=2, tags="ring"
        )

    def _at(self, x: int, y: int) -> int:
        return next((nth for nth, r in enumerate(self._regions) if r.x <= x < r.x + r.width and r.y <= y < r.y + r.height), -1)

    def _clicked(self, event: tk.Event[tk.Misc]) -> None:
        self.focus_set()
        nth = self._at(event.x, event.y)
        if nth >= 0:
            self._chosen = nth
            self._open_chosen()

    def _open_chosen(self) -> str:
        if self._open is not None and self.chosen:
            self._open(self.chosen)
        return "break"

    def _moved(self, event: tk.Event[tk.Misc]) -> None:
        nth = self._at(event.x, event.y)
        words = self._told.names.get(self._regions[nth].key, "") if self._told is not None and nth >= 0 else ""
        if words:
            self._tooltip.show(words, event.x_root, event.y_root)
        else:
            self._tooltip.hide()
