"""The right side of 工单: its story, or beside an act's form the matter; in their place 为什么; the date it is due pinned below."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

from county_hotline.ui import theme
from county_hotline.ui.screens.order.matter_pane import MatterPane
from county_hotline.ui.screens.order.telling import OrderTold
from county_hotline.ui.screens.order.why_pane import DuePane, WhyPane, turn_act
from county_hotline.ui.theme import Tone
from county_hotline.ui.widgets.basic import Pane
from county_hotline.ui.widgets.page_head import SectionHead
from county_hotline.ui.widgets.story_list import StoryItem, StoryList
from county_hotline.wording import say


class OrderSide(Pane):
    """`turn` is called when 为什么 is to be opened or closed."""

    def __init__(self, parent: tk.Misc, turn: Callable[[], None]) -> None:
        super().__init__(parent, ground=theme.SIDE, width=theme.px(428))
        self.is_why_open = False
        self._due = DuePane(self, turn_act(turn))
        self._due.pack(side="bottom", fill="x")
        self._why = WhyPane(self)
        self._story_pane = Pane(self)
        self._story_pane.pack(fill="both", expand=True)
        self._story_head = SectionHead(self._story_pane, say("register.story"))
        self._story_head.pack(fill="x", padx=theme.px(16), pady=(theme.px(10), theme.px(4)))
        self.story = StoryList(self._story_pane)
        self.story.pack(fill="both", expand=True, padx=(theme.px(8), theme.px(6)))
        self._matter = MatterPane(self)
        self._below: tk.Widget = self._story_pane
        self._due.lift()  # Tab comes to the date after the story

    def show(self, told: OrderTold) -> None:
        """What happened, what it is about, and by when."""
        self._story_head.say(say("register.story.count", count=len(told.story)))
        self.story.show(
            [
                StoryItem(
                    t.when,
                    t.icon,
                    Tone(t.tone),
                    t.head,
                    t.words,
                    t.note,
                    "cloud-upload" if t.is_waiting else "exclamation-triangle",
                )
                for t in told.story
            ]
        )
        self._due.show(told.limit)
        self._why.show(told.limit)
        self._matter.show(told)

    def fit(self, width: int) -> None:
        """The page is so wide now, in pixels."""
        self.configure(width=theme.px(560) if width > 1500 else min(theme.px(428), round(width * 0.36)))

    def stand_by(self, *, form: bool) -> None:
        """Beside a form the matter stands here, and 为什么 is closed; else the story."""
        self.is_why_open = self.is_why_open and not form
        self._below = self._matter if form else self._story_pane
        self._put()

    def turn_why(self) -> None:
        """为什么是这一天 in the place of what stands here, and back."""
        self.is_why_open = not self.is_why_open
        self._put()

    def read_why(self) -> None:
        """The keyboard goes to 为什么."""
        self.update_idletasks()
        self._why.take_focus()

    def _put(self) -> None:
        chosen = self._why if self.is_why_open else self._below
        for pane in (self._story_pane, self._matter, self._why):
            if pane is not chosen:
                pane.pack_forget()
        chosen.pack(fill="both", expand=True)
