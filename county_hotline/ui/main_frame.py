"""Strip, rail, status bar and the pages that were opened: what stands in the window once somebody has signed in."""

from __future__ import annotations

import tkinter as tk
from typing import Protocol

from county_hotline.clock import shown
from county_hotline.domain.reference import Account
from county_hotline.domain.shifts import Shift
from county_hotline.ui import theme
from county_hotline.ui.frame import FrameDeeds, Rail, StatusBar, Strip
from county_hotline.ui.pages import page
from county_hotline.ui.shell import Page, Shell
from county_hotline.ui.station import DeskStation, Standing, StationPresenter
from county_hotline.ui.telling.names import officer_name
from county_hotline.ui.theme import Tone
from county_hotline.ui.widgets.acts import Act
from county_hotline.ui.widgets.basic import Pane
from county_hotline.ui.widgets.notice import NoticeSlot
from county_hotline.wording import say


class Owner(Shell, Protocol):
    """What the frame needs of the window."""

    def lock(self) -> None:
        """Back to the sign-in page."""
        ...

    def turn_line(self) -> None:
        """Cut or mend the line of a trial."""
        ...


class MainFrame:
    """Strip, rail, status bar, and the pages that were opened."""

    def __init__(self, window: Owner, parent: tk.Misc, account: Account | None) -> None:
        self._window = window
        services = window.services
        switch = services.line_switch
        turn_line = window.turn_line if switch is not None else None
        deeds = FrameDeeds(window.go, window.sync, window.lock, turn_line, services.desk.may, services.is_training)
        self.pane = Pane(parent, ground=theme.SHEET)
        if services.is_training:
            for side in ("left", "right", "bottom"):
                Pane(self.pane, ground=theme.AMBER, width=4, height=4).pack(side=side, fill="y" if side != "bottom" else "x")
        self.strip = Strip(self.pane, deeds)
        self.strip.pack(side="top", fill="x")
        self.status = StatusBar(self.pane)
        self.status.pack(side="bottom", fill="x")
        self.rail = Rail(self.pane, deeds)
        self.rail.pack(side="left", fill="y")
        self._right = Pane(self.pane)
        self._right.pack(side="left", fill="both", expand=True)
        self.notice = NoticeSlot(self._right)
        self.notice.pack(side="top", fill="x")
        self._pages: dict[str, Page] = {}
        self._trail: list[tuple[str, str]] = []
        self.in_front = ""
        self._account = account
        self._told_shift = 0
        self.presenter = StationPresenter(
            self, DeskStation(services), desk_lane=services.desk_lane, wire_lane=services.wire_lane, bulletin=services.bulletin
        )
        self.presenter.look()

    def go(self, name: str, argument: str) -> None:
        """Bring a page in front; it is built the first time."""
        spec = page(name)
        if not spec.exists or (spec.duty and not self._window.services.desk.may(spec.duty)):
            return
        if self.in_front and self.in_front != name:
            self._pages[self.in_front].hidden()
            self._pages[self.in_front].frame.pack_forget()
        if name not in self._pages:
            self._pages[name] = page(name).open(self._right, self._window)
        self._trail = [*self._trail[-20:], (name, argument)]
        self.in_front = name
        self.notice.clear()
        self.rail.show(page(name).within or name)
        self._window.use_acts(())
        self._pages[name].frame.pack(fill="both", expand=True)
        self._pages[name].shown(argument)

    def back(self) -> None:
        """The page that was in front before this one."""
        own = self.in_front
        while self._trail and self._trail[-1][0] == own:
            self._trail.pop()
        name, argument = self._trail.pop() if self._trail else (page(own).within or own, "")
        self.go(name, argument)

    def lock(self) -> None:
        """Out of sight, as it is."""
        self._pages[self.in_front].hidden()
        self.pane.pack_forget()

    def unlock(self) -> None:
        """In sight again, as it was."""
        self.pane.pack(fill="both", expand=True)
        self._window.use_acts(())
        self._pages[self.in_front].shown("")

    def close(self) -> None:
        """Pages save what they hold; everything goes."""
        self.presenter.close()
        for opened in self._pages.values():
            opened.close()
        self.pane.destroy()

    # -- what the presenter of the frame shows (see station.Frame) --------------------------------------------------

    def show_standing(self, standing: Standing) -> None:
        """See `station.Frame`."""
        switch = self._window.services.line_switch
        self.strip.show_station(standing.card, self._account)
        self.strip.show_counts(standing.counts)
        self.strip.show_line(standing.line, is_cut=switch is not None and switch.is_cut)
        self.rail.show_counts(standing.waiting)
        self.status.show(standing.facts)
        self._tell_of_shift(standing.shift)

    def _tell_of_shift(self, shift: Shift | None) -> None:
        """Once: another officer handed over, and nobody has taken over yet."""
        if shift is None or shift.shift == self._told_shift or self.in_front == "handover":
            return
        self._told_shift = shift.shift
        head = say("handover.waiting", giver=officer_name(shift.sheet.giver), at=shown(shift.sheet.made_at)[5:])
        acts = (Act("handover.look", lambda: self._window.go("handover")),)
        self.notice.show(head, say("handover.waiting_words"), tone=Tone.BLUE, icon="people", acts=acts)

    def show_busy(self) -> None:
        """See `station.Frame`."""
        self.strip.show_busy()

    def murmur(self, words: str, tone: Tone = Tone.QUIET) -> None:
        """See `station.Frame`."""
        self.status.murmur(words, tone)

    def fail(self, fault: Exception) -> None:
        """See `station.Frame`."""
        self._window.fail(fault)

    def turn_line(self) -> None:
        """Cut the trial's line, or mend it; a round finds out at once, as the probe would before long."""
        switch = self._window.services.line_switch
        if switch is not None:
            switch.turn()
            self.presenter.look()
            self._window.sync()
