"""The order chosen in 台账, at the right of the list: enough to answer the caller without opening it."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence

from county_hotline.ui import theme
from county_hotline.ui.screens.register.telling import PeekTold
from county_hotline.ui.theme import Tone
from county_hotline.ui.widgets.acts import Act, ActButton
from county_hotline.ui.widgets.basic import Chip, Hairline, Pane, Sign, Words
from county_hotline.ui.widgets.key_values import KeyValue, KeyValues
from county_hotline.ui.widgets.page_head import SectionHead
from county_hotline.ui.widgets.steps import Step, StepLine, StepState
from county_hotline.ui.widgets.story_list import StoryItem, StoryList
from county_hotline.ui.widgets.time_bar import TimeBar
from county_hotline.ui.widgets.wrapped import WrappedWords
from county_hotline.wording import say


class PeekPane(Pane):
    """`show(told)`."""

    def __init__(self, parent: tk.Misc, acts: Sequence[Act]) -> None:
        super().__init__(parent, ground=theme.SIDE, width=theme.px(404))
        self._build_foot(acts)
        self.fit(theme.px(404))
        body = Pane(self)
        body.pack(fill="both", expand=True, padx=theme.px(18), pady=(theme.px(8), 0))
        head = Pane(body)
        head.pack(fill="x")
        self._state = Chip(head)
        self._state.pack(side="right")
        self._number = Words(head, font=theme.BOLD, ink=theme.INK2)
        self._number.pack(side="left")
        self._title = WrappedWords(body, font=theme.HEAD, at_most=2)
        self._title.pack(fill="x", pady=(theme.px(8), theme.px(8)))
        self._steps = StepLine(body)
        self._steps.pack(fill="x")
        self._build_due(body)
        self._lines = KeyValues(body, pitch=3, at_most=2)
        self._lines.pack(fill="x", pady=(theme.px(10), 0))
        self._story_head = SectionHead(body, say("register.story"))
        self._story_head.pack(fill="x", pady=(theme.px(10), theme.px(4)))
        self._story = StoryList(body, lines=2, rest=lambda count: say("register.story.rest", count=count))
        self._story.pack(fill="both", expand=True)
        self._body = body
        for each in (body, self._lines):
            each.bind("<Configure>", lambda _event: self._make_room())

    def show(self, told: PeekTold) -> None:
        """Another order."""
        self._number.say(told.number)
        self._state.show(told.state.words, tone=Tone(told.state.tone), icon=told.state.icon)
        self._title.say(told.title)
        self._steps.show([Step(step.words, step.note, StepState(step.state)) for step in told.steps])
        self._due.say(told.due)
        ink = theme.INKS[Tone(told.left.tone)]
        self._left_sign.show(told.left.icon, pixels=14, ink=ink)
        self._left.configure(text=told.left.words, foreground=ink, font=theme.BOLD if told.left.bold else theme.BODY)
        self._bar.show(told.gone, Tone(told.left.tone))
        self._lines.show([KeyValue(label, words) for label, words in told.lines])
        self._story_head.say(say("register.story.count", count=len(told.story)))
        self._story.show(
            [
                StoryItem(
                    each.when,
                    each.icon,
                    Tone(each.tone),
                    each.head,
                    each.words,
                    each.note,
                    "cloud-upload" if each.is_waiting else "",
                )
                for each in told.story
            ]
        )

    def _make_room(self) -> None:
        """Where not even one line of 经过 has room, its head does not stand there cut in two."""
        left = self._body.winfo_height() - self._lines.winfo_y() - self._lines.winfo_reqheight()
        has_room = left >= theme.line_height(theme.HEAD) + 3 * theme.line_height(theme.BODY)
        if has_room and not self._story_head.winfo_manager():
            self._story_head.pack(fill="x", pady=(theme.px(10), theme.px(4)))
            self._story.pack(fill="both", expand=True)
        elif not has_room and self._body.winfo_height() > 1:
            self._story_head.pack_forget()
            self._story.pack_forget()

    def _build_due(self, body: Pane) -> None:
        row = Pane(body)
        row.pack(fill="x", pady=(theme.px(8), theme.px(3)))
        self._due = Words(row, font=theme.BOLD)
        self._due.pack(side="left")
        self._left = Words(row)
        self._left.pack(side="right")
        self._left_sign = Sign(row, "")
        self._left_sign.pack(side="right", padx=(0, theme.px(5)))
        self._bar = TimeBar(body)
        self._bar.pack(fill="x")

    def _build_foot(self, acts: Sequence[Act]) -> None:
        foot = Pane(self)
        foot.pack(side="bottom", fill="x")
        Hairline(foot).pack(fill="x")
        row = Pane(foot)
        row.pack(fill="x", padx=theme.px(16), pady=theme.px(9))
        self._buttons = [ActButton(row, act) for act in acts]

    def fit(self, width: int) -> None:
        """So wide; acts there is no room for keep their keys alone."""
        self.configure(width=width)
        left = width - theme.px(32)
        for button in self._buttons:
            button.pack_forget()
            left -= button.winfo_reqwidth()
            if left >= 0:
                button.pack(side="left", padx=(0, theme.px(8)))
            left -= theme.px(8)
