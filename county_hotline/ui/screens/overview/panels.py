"""The four panels of 总览: 一览, 地区与类别, 比率, 线路. Each shows what it is told and asks for nothing."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

from county_hotline.background import Runner
from county_hotline.ui import theme
from county_hotline.ui.screens.overview.chart_picture import ChartPicture
from county_hotline.ui.screens.overview.telling import MAIN_RATES, OverviewTold
from county_hotline.ui.screens.overview.tiles import RateLines, TileRow
from county_hotline.ui.theme import Tone
from county_hotline.ui.widgets.basic import Hairline, Pane, Words
from county_hotline.ui.widgets.key_values import KeyValue, KeyValues
from county_hotline.ui.widgets.page_head import SectionHead
from county_hotline.wording import say

Deed = Callable[[str], None]
TILES = 7
TALL = 740


def _section(parent: Pane, name: str) -> SectionHead:
    head = SectionHead(parent, say(f"overview.section.{name}"), say(f"overview.section_note.{name}"))
    head.pack(side="top", fill="x", pady=(0, theme.px(6)))
    return head


class GlancePanel(Pane):
    """一览: what was done, what presses, the main rates, the trend and the week."""

    def __init__(self, parent: tk.Misc, lane: Runner, open_: Deed, choose: Deed) -> None:
        super().__init__(parent)
        self._tiles = TileRow(self, TILES, open_, choose)
        self._tiles.pack(side="top", fill="x")
        Hairline(self).pack(side="top", fill="x", pady=theme.px(6))
        self._rates = TileRow(self, len(MAIN_RATES), open_, choose)
        self._rates.pack(side="top", fill="x")
        Hairline(self).pack(side="top", fill="x", pady=theme.px(6))
        self._below = below = Pane(self)
        below.pack(side="top", fill="both", expand=True)
        for column, weight in ((0, 3), (1, 2)):
            below.grid_columnconfigure(column, weight=weight, uniform="charts")
        below.grid_rowconfigure(0, weight=1)
        left, right = Pane(below), Pane(below)
        left.grid(row=0, column=0, sticky="nsew", padx=(0, theme.px(20)))
        right.grid(row=0, column=1, sticky="nsew")
        _section(left, "trend")
        _section(right, "week")
        self._trend = ChartPicture(left, lane, height=theme.px(90))
        self._trend.pack(fill="both", expand=True)
        self._week = ChartPicture(right, lane, open_=open_, choose=choose, height=theme.px(90))
        self._week.pack(fill="both", expand=True)
        self._parts = PartsPanel(self, lane, open_, choose)
        self._is_tall = False
        self.bind("<Configure>", lambda event: self._fit(event.height))

    def _fit(self, height: int) -> None:
        """On a high screen 地区与类别 stand here too: charts that only grow say no more."""
        is_tall = height >= theme.px(TALL)
        if is_tall != self._is_tall:
            self._is_tall = is_tall
            if is_tall:
                self._parts.pack(side="bottom", fill="x", pady=(theme.px(16), theme.px(10)), before=self._below)
            else:
                self._parts.pack_forget()

    def show(self, told: OverviewTold) -> None:
        """All of it anew."""
        self._tiles.show(told.tiles)
        self._rates.show_rates([rate for rate in told.rates if rate.key.partition(":")[2] in MAIN_RATES])
        self._trend.show(told.trend)
        self._week.show(told.week)
        self._parts.show(told)

    def take_focus(self) -> None:
        """The keyboard goes to the first number."""
        self._tiles.tiles[0].focus_set()


class PartsPanel(Pane):
    """地区与类别, and in which step what is open stands."""

    def __init__(self, parent: tk.Misc, lane: Runner, open_: Deed, choose: Deed) -> None:
        super().__init__(parent)
        self._charts: dict[str, ChartPicture] = {}
        for column, name in enumerate(("places", "categories", "stages")):
            self.grid_columnconfigure(column, weight=1, uniform="parts")
            pane = Pane(self)
            pane.grid(row=0, column=column, sticky="new", padx=(0, theme.px(24)))
            _section(pane, name)
            self._charts[name] = ChartPicture(pane, lane, open_=open_, choose=choose)
            self._charts[name].pack(fill="x")

    def show(self, told: OverviewTold) -> None:
        """All of it anew."""
        for name, chart in (("places", told.places), ("categories", told.categories), ("stages", told.stages)):
            self._charts[name].show(chart)

    def take_focus(self) -> None:
        """The keyboard goes to the first bar."""
        self._charts["places"].focus_set()


class RatesPanel(Pane):
    """比率, each with both its numbers; and 按时办结率 by unit."""

    def __init__(self, parent: tk.Misc, lane: Runner, open_: Deed, choose: Deed) -> None:
        super().__init__(parent)
        self.grid_columnconfigure(0, weight=5, uniform="rates")
        self.grid_columnconfigure(1, weight=3, uniform="rates")
        left, right = Pane(self), Pane(self)
        left.grid(row=0, column=0, sticky="new", padx=(0, theme.px(20)))
        right.grid(row=0, column=1, sticky="new")
        _section(left, "rates")
        self._lines = RateLines(left, open_, choose)
        self._lines.pack(fill="x")
        Words(left, say("overview.rate.proposed"), font=theme.SMALL, ink=theme.INK2).pack(
            anchor="w", padx=theme.px(6), pady=theme.px(6)
        )
        self._head = _section(right, "units")
        self._units = ChartPicture(right, lane)
        self._units.pack(fill="x")

    def show(self, told: OverviewTold) -> None:
        """All of it anew."""
        self._lines.show(told.rates)
        self._head.say(told.units_note)
        self._units.show(told.units)

    def take_focus(self) -> None:
        """The keyboard goes to the first rate."""
        self._lines.focus_set()


class LinePanel(Pane):
    """线路: what it did today, and the last rounds."""

    def __init__(self, parent: tk.Misc, *_nothing: object) -> None:
        super().__init__(parent)
        self.grid_columnconfigure(0, weight=1, uniform="line")
        self.grid_columnconfigure(1, weight=1, uniform="line")
        left, right = Pane(self), Pane(self)
        left.grid(row=0, column=0, sticky="new", padx=(0, theme.px(20)))
        right.grid(row=0, column=1, sticky="new")
        SectionHead(left, say("overview.section.line")).pack(fill="x", pady=(0, theme.px(6)))
        SectionHead(right, say("overview.section.rounds")).pack(fill="x", pady=(0, theme.px(6)))
        self._did = KeyValues(left, column=126, pitch=5)
        self._did.pack(fill="x")
        self._rounds = Pane(right)
        self._rounds.pack(fill="x")

    def show(self, told: OverviewTold) -> None:
        """All of it anew."""
        self._did.show([KeyValue(label, words, Tone(tone)) for label, words, tone in told.did])
        for child in self._rounds.winfo_children():
            child.destroy()
        for words, tone in told.rounds or ((say("overview.line.no_rounds"), "quiet"),):
            Words(self._rounds, words, ink=theme.INKS[Tone(tone)]).pack(anchor="w", pady=theme.px(5))

    def take_focus(self) -> None:
        """Nothing to stand on: the page keeps the keyboard."""
        self.focus_set()


PANELS = {"glance": GlancePanel, "parts": PartsPanel, "rates": RatesPanel, "line": LinePanel}
