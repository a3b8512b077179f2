"""大屏: figures to be read across a hall. Full screen, turning by itself; no order's title, no person, ever. Esc leaves."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

from county_hotline.background import Runner
from county_hotline.clock import Clock, local
from county_hotline.ui import theme
from county_hotline.ui.screens.overview import telling
from county_hotline.ui.screens.overview.chart_picture import ChartPicture
from county_hotline.ui.screens.overview.charts import ChartTold
from county_hotline.ui.screens.overview.telling import OverviewTold, TileTold, overview_told
from county_hotline.ui.screens.overview.work import OverviewFacts
from county_hotline.ui.theme import Tone
from county_hotline.ui.widgets.basic import Pane, Words
from county_hotline.wording import say

CLOCK_MS = 1000
SCREENS = ("figures", "week", "places", "categories", "rates")
ROOM = 690
"""Pixels of a 1080 screen that bars may fill."""


class Wall:
    """A window of its own over the whole screen. `show` gives it the figures; it turns the screens and its clock by itself."""

    def __init__(self, parent: tk.Misc, lane: Runner, clock: Clock, *, seconds: int, leave: Callable[[], None]) -> None:
        self._lane, self._clock, self._seconds = lane, clock, seconds
        self._top = tk.Toplevel(parent.winfo_toplevel(), background=theme.SHEET)
        width, height = self._top.winfo_screenwidth(), self._top.winfo_screenheight()
        self._unit = min(width / 1920, height / 1080)
        self._top.geometry(f"{width}x{height}+0+0")
        self._top.attributes("-fullscreen", True)
        self._top.protocol("WM_DELETE_WINDOW", leave)
        for key in ("<Escape>", "<F11>"):
            self._top.bind(key, lambda _event: leave())
        for key, by in (("<Right>", 1), ("<Next>", 1), ("<space>", 1), ("<Left>", -1), ("<Prior>", -1)):
            self._top.bind(key, lambda _event, by=by: self._turn(by))  # type: ignore[misc]
        self._nth, self._shown_for, self._facts = 0, 0, None
        self._today: OverviewTold | None = None
        self._month: OverviewTold | None = None
        self._after: str | None = None
        self._build()
        self._top.lift()
        self._top.focus_force()
        self._tick()

    @property
    def window(self) -> tk.Toplevel:
        """Its window."""
        return self._top

    def show(self, today: OverviewFacts, month: OverviewFacts) -> None:
        """Other figures."""
        self._today, self._month = overview_told(today), overview_told(month)
        line, tone = telling.line_words(today)
        at = local(today.overview.now)
        self._foot.say(
            say("wall.as_of", at=f"{at:%H:%M}", line=line), ink=theme.INKS[Tone(tone)] if tone == "amber" else theme.INK2
        )
        self._name.say(today.names.card.unit_name)
        self._draw()

    def close(self) -> None:
        """Gone."""
        if self._after is not None:
            self._top.after_cancel(self._after)
            self._after = None
        self._top.destroy()

    # -- its own affairs --------------------------------------------------------------------------------------------

    def _px(self, pixels: float) -> int:
        return round(pixels * self._unit)

    def _font(self, pixels: float, *, bold: bool = False) -> tuple[str, int, str]:
        return theme.FAMILY, -self._px(pixels), "bold" if bold else "normal"

    def _words(self, parent: tk.Misc, text: str, pixels: float, *, bold: bool = False, ink: str = "") -> Words:
        made = Words(parent, text, ink=ink or theme.INK)
        made.configure(font=self._font(pixels, bold=bold))
        return made

    def _build(self) -> None:
        head = Pane(self._top, ground=theme.SHEET)
        head.pack(side="top", fill="x", padx=self._px(60), pady=(self._px(36), 0))
        self._time = self._words(head, "", 110, bold=True)
        self._time.pack(side="right")
        self._date = self._words(head, "", 44, ink=theme.INK2)
        self._date.pack(side="right", padx=self._px(36), anchor="s", pady=self._px(22))
        self._name = self._words(head, "", 48, bold=True, ink=theme.BLUE)
        self._name.pack(side="left", anchor="s", pady=self._px(20))
        foot = Pane(self._top, ground=theme.SHEET)
        foot.pack(side="bottom", fill="x", padx=self._px(60), pady=(0, self._px(28)))
        self._foot = self._words(foot, "", 34, ink=theme.INK2)
        self._foot.pack(side="left")
        self._page = self._words(foot, "", 30, ink=theme.INK2)
        self._page.pack(side="right")
        self._title = self._words(self._top, "", 56, bold=True)
        self._title.pack(side="top", anchor="w", padx=self._px(60), pady=(self._px(30), self._px(10)))
        self._body = Pane(self._top, ground=theme.SHEET)
        self._body.pack(side="top", fill="both", expand=True, padx=self._px(60))

    def _tick(self) -> None:
        self._after = self._top.after(CLOCK_MS, self._tick)
        at = local(self._clock.now_ms())
        self._time.say(f"{at:%H:%M}")
        self._date.say(say("wall.date", day=f"{at:%Y-%m-%d}", weekday=say(f"weekday.{at.isoweekday()}")))
        self._shown_for += 1
        if self._shown_for >= self._seconds:
            self._turn(1)

    def _turn(self, by: int) -> None:
        self._nth, self._shown_for = (self._nth + by) % len(SCREENS), 0
        self._draw()

    def _draw(self) -> None:
        if self._today is None or self._month is None:
            return
        for child in self._body.winfo_children():
            child.destroy()
        self._page.say(say("wall.page", nth=self._nth + 1, of=len(SCREENS)))
        match SCREENS[self._nth]:
            case "figures":
                self._title.say(say("wall.today"))
                self._figures(self._today.tiles)
            case "week":
                self._title.say(say("wall.week"))
                self._chart(self._today.week, fills=True)
            case "places":
                self._title.say(say("wall.places"))
                self._chart(self._month.places)
            case "categories":
                self._title.say(say("wall.categories"))
                self._chart(self._month.categories)
            case _:
                self._title.say(say("wall.rates"))
                self._rates(self._month)

    def _figures(self, tiles: tuple[TileTold, ...]) -> None:
        """Three done today above, four that stand now below."""
        for row, each in enumerate((tiles[:3], tiles[3:])):
            self._body.grid_rowconfigure(row, weight=1)
            line = Pane(self._body)
            line.grid(row=row, column=0, sticky="nsew")
            self._body.grid_columnconfigure(0, weight=1)
            for at, tile in enumerate(each):
                line.grid_columnconfigure(at, weight=1, uniform="wall")
                self._figure(line, tile).grid(row=0, column=at, sticky="nw")

    def _figure(self, parent: Pane, tile: TileTold) -> Pane:
        ink = theme.INKS[Tone(tile.tone)]
        made = Pane(parent)
        self._words(made, tile.label, 52, ink=ink if tile.tone != "plain" else theme.INK2).pack(anchor="w")
        self._words(made, tile.figure, 150, bold=True, ink=ink).pack(anchor="w")
        return made

    def _chart(self, told: ChartTold, *, fills: bool = False) -> None:
        if not told.rows:
            self._words(self._body, say("overview.empty.head"), 64, ink=theme.INK2).pack(anchor="w", pady=self._px(60))
            return
        height = self._px(640) if fills else 0
        text = 44 if fills else min(44.0, ROOM / (1.95 * len(told.rows)))
        chart = ChartPicture(self._body, self._lane, height=height, text=self._px(text))
        chart.pack(fill="both" if fills else "x", expand=fills)
        chart.show(told)

    def _rates(self, told: OverviewTold) -> None:
        main = [rate for rate in told.rates if rate.key.partition(":")[2] in telling.MAIN_RATES]
        for at, rate in enumerate(main):
            self._body.grid_columnconfigure(at % 2, weight=1, uniform="rates")
            self._body.grid_rowconfigure(at // 2, weight=1)
            made = Pane(self._body)
            made.grid(row=at // 2, column=at % 2, sticky="nw")
            self._words(made, rate.label, 52, ink=theme.INK2).pack(anchor="w")
            self._words(made, rate.percent, 116, bold=True).pack(anchor="w")
            self._words(made, f"{rate.of}　{rate.apart}", 34, ink=theme.INK2).pack(anchor="w")
