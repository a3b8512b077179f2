"""已存 = 已签收 + 待传, and whether it holds: the one thing 同步 is for; below it, while a round runs, how far it has come."""

from __future__ import annotations

import tkinter as tk

from county_hotline.ui import theme
from county_hotline.ui.screens.sync.telling import SyncTold
from county_hotline.ui.theme import Tone
from county_hotline.ui.widgets.basic import Hairline, Pane, Sign, Words
from county_hotline.ui.widgets.time_bar import TimeBar
from county_hotline.wording import say


class Equation(Pane):
    """The band below the page's head."""

    def __init__(self, parent: tk.Misc) -> None:
        super().__init__(parent, ground=theme.SIDE)
        row = Pane(self)
        row.pack(fill="x", padx=theme.px(22), pady=theme.px(10))
        self._figures: dict[str, Words] = {}
        self._notes: dict[str, Words] = {}
        for name, before in (("stored", ""), ("received", "="), ("waiting", "+")):
            if before:
                Words(row, before, font=theme.FIGURE, ink=theme.INK2).pack(side="left", padx=theme.px(26))
            self._term(row, name)
        Hairline(row, upright=True).pack(side="left", fill="y", padx=theme.px(32), pady=theme.px(6))
        verdict = self._term(row, "verdict")
        self._sign = Sign(verdict, "", pixels=22)
        self._sign.pack(side="left", padx=(0, theme.px(10)), before=self._figures["verdict"])
        self._bar = TimeBar(self, width=100)
        self._bar.pack(fill="x")

    def show(self, told: SyncTold) -> None:
        """Other figures."""
        for name, figure in (("stored", told.stored), ("received", told.received), ("waiting", told.waiting)):
            self._figures[name].say(figure)
        ink = theme.INKS[Tone(told.verdict.tone)]
        self._figures["verdict"].say(told.verdict.words, ink=ink)
        self._sign.show(told.verdict.icon, pixels=22, ink=ink)
        self._notes["stored"].say(say("sync.stored.note"))
        self._notes["received"].say(told.received_note)
        self._notes["waiting"].say(told.waiting_note)
        self._notes["verdict"].say(told.verdict_note)
        self._bar.show(told.share)

    def _term(self, row: Pane, name: str) -> Pane:
        term = Pane(row)
        term.pack(side="left")
        Words(term, say(f"sync.term.{name}"), ink=theme.INK2).pack(anchor="w")
        figure = Pane(term)
        figure.pack(anchor="w")
        self._figures[name] = Words(figure, "…", font=theme.FIGURE)
        self._figures[name].pack(side="left")
        self._notes[name] = Words(term, font=theme.SMALL, ink=theme.INK2)
        self._notes[name].pack(anchor="w")
        return figure
