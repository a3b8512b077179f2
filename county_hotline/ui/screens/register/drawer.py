"""A pane that stands beside the list of 台账 while something is chosen: in the place of the order looked at, left by Esc."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence

from county_hotline.ui import theme
from county_hotline.ui.widgets.acts import Act, ActButton, ActKind
from county_hotline.ui.widgets.basic import Hairline, Pane, Words
from county_hotline.ui.widgets.flow_pane import FlowPane
from county_hotline.ui.widgets.rows import Sentence
from county_hotline.ui.widgets.wrapped import WrappedWords


class Drawer(Pane):
    """Head with the way out, `body` between (it scrolls where `flows`), acts at the foot. `acts` are its keys while it is open."""

    def __init__(self, parent: tk.Misc, title: str, leave: Act, *, beside: str = "", flows: bool = True) -> None:
        super().__init__(parent, ground=theme.SIDE, width=theme.px(404))
        self._leave = leave
        head = self._head = Pane(self)
        head.pack(side="top", fill="x", padx=theme.px(18), pady=(theme.px(10), theme.px(6)))
        ActButton(head, Act(leave.wording, leave.do, shown="Esc", kind=ActKind.LINK), takes_focus=False).pack(side="right")
        self._title = Words(head, title, font=theme.HEAD)
        self._title.pack(side="left")
        self._beside = WrappedWords(self, ink=theme.INK2)
        self.explain(beside)
        self._foot = Pane(self)
        self._foot.pack(side="bottom", fill="x")
        Hairline(self._foot).pack(fill="x")
        self._said = Sentence(self._foot)
        self._foot_row = Pane(self._foot)
        self._foot_row.pack(side="bottom", fill="x", padx=theme.px(16), pady=theme.px(9))
        self._acts: tuple[Act, ...] = ()
        self._flow = FlowPane(self) if flows else None
        inner: Pane = self._flow or Pane(self)
        inner.pack(side="top", fill="both", expand=True, padx=(theme.px(14), theme.px(8) if flows else theme.px(16)))
        self.body: Pane = self._flow.body if self._flow is not None else inner

    @property
    def acts(self) -> tuple[Act, ...]:
        """Its keys."""
        return (*(act for act in self._acts if act.key), Act(self._leave.wording, self._leave.do, "<Escape>"))

    def name(self, title: str) -> None:
        """Another title."""
        self._title.say(title)

    def explain(self, words: str) -> None:
        """The line below the title."""
        self._beside.say(words)
        if words:
            self._beside.pack(side="top", fill="x", padx=theme.px(18), pady=(0, theme.px(8)), after=self._head)
        else:
            self._beside.pack_forget()

    def offer(self, acts: Sequence[Act]) -> None:
        """What can be done here now."""
        for child in self._foot_row.winfo_children():
            child.destroy()
        self._acts = tuple(acts)
        room = self._room()
        left, line = 0, Pane(self._foot_row)
        line.pack(side="top", fill="x")
        for act in self._acts:
            button = ActButton(line, act)
            wanted = button.winfo_reqwidth() + theme.px(8)
            if left and left + wanted > room:  # no act is ever cut
                button.destroy()
                left, line = 0, Pane(self._foot_row)
                line.pack(side="top", fill="x", pady=(theme.px(6), 0))
                button = ActButton(line, act)
            button.pack(side="left", padx=(0, theme.px(8)))
            left += wanted

    def widen(self, width: int) -> None:
        """So many pixels."""
        if width != int(self.cget("width")):
            self.configure(width=width)
            self.offer(self._acts)

    def _room(self) -> int:
        """Pixels for a line of acts."""
        return int(self.cget("width")) - theme.px(32)

    def refuse(self, words: str) -> None:
        """Why it cannot be; empty takes it away."""
        if words:
            self._said.show(words)
            self._said.pack(side="top", fill="x", padx=theme.px(16), pady=(theme.px(8), 0))
        else:
            self._said.pack_forget()

    def adopt(self) -> None:
        """The body was filled."""
        if self._flow is not None:
            self._flow.adopt()
