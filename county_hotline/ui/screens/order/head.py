"""What stands above an order: its title and state, its number, and the line of steps it goes through."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

from county_hotline.ui import theme
from county_hotline.ui.screens.order.telling import OrderTold
from county_hotline.ui.theme import Tone
from county_hotline.ui.widgets.acts import Act, ActButton, ActKind
from county_hotline.ui.widgets.basic import Chip, Hairline, Pane, Words
from county_hotline.ui.widgets.steps import Step, StepLine, StepState
from county_hotline.ui.widgets.wrapped import CutWords


class OrderHead(Pane):
    """The steps give their room to what needs it: the list of acts, and a form in the largest letters."""

    def __init__(self, parent: tk.Misc, back: Callable[[], None]) -> None:
        super().__init__(parent)
        head = Pane(self)
        head.pack(side="top", fill="x", padx=(theme.px(16), theme.px(20)), pady=(theme.px(9), 0))
        leave = Act("order.back", back, shown="Esc", icon="chevron-left", kind=ActKind.LINK)
        ActButton(head, leave, takes_focus=False).pack(side="left")
        self._state = Chip(head)
        self._state.pack(side="right", padx=(theme.px(8), 0))
        self._flags = Pane(head)
        self._flags.pack(side="right")
        self._title = CutWords(head, font=theme.TITLE)
        self._title.pack(side="left", fill="x", expand=True, padx=(theme.px(8), theme.px(12)))
        line = Pane(self)
        line.pack(side="top", fill="x", padx=theme.px(22), pady=(theme.px(4), theme.px(8)))
        self._number = Words(line, font=theme.BOLD, ink=theme.INK2)
        self._number.pack(side="left")
        self._meta = CutWords(line, ink=theme.INK2)
        self._meta.pack(side="left", fill="x", expand=True, padx=(theme.px(18), 0))
        self._steps = StepLine(self)
        self._steps.pack(side="top", fill="x", padx=theme.px(18))
        self._below_steps = Hairline(self)
        self._below_steps.pack(side="top", fill="x", pady=(theme.px(4), 0))

    def show(self, told: OrderTold) -> None:
        """Another order, or the same anew."""
        self._title.say(told.title)
        self._number.say(told.number)
        self._meta.say(told.meta)
        self._state.show(told.state.words, tone=Tone(told.state.tone), icon=told.state.icon)
        for child in self._flags.winfo_children():
            child.destroy()
        for flag in told.flags:
            Chip(self._flags, flag.words, tone=Tone(flag.tone), icon=flag.icon).pack(side="right", padx=(theme.px(8), 0))
        self._steps.show([Step(step.words, step.note, StepState(step.state)) for step in told.steps])

    def show_steps(self, *, on: bool) -> None:
        """Whether the line of steps is there."""
        if on:
            self._steps.pack(side="top", fill="x", padx=theme.px(18), before=self._below_steps)
        else:
            self._steps.pack_forget()
