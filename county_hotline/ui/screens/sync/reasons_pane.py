"""The left of 同步: what was found of the line, why something is not sent yet, and what needs a person."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

from county_hotline.ui import theme
from county_hotline.ui.screens.sync.checking import CheckTold
from county_hotline.ui.screens.sync.telling import ReasonTold, SyncTold
from county_hotline.ui.telling.reading import LineTold
from county_hotline.ui.theme import Tone
from county_hotline.ui.widgets.acts import Act, ActButton, ActKind
from county_hotline.ui.widgets.basic import Pane, Sign
from county_hotline.ui.widgets.flow_pane import FlowPane
from county_hotline.ui.widgets.key_values import KeyValue, KeyValues
from county_hotline.ui.widgets.page_head import SectionHead
from county_hotline.ui.widgets.wrapped import WrappedWords
from county_hotline.wording import say

OPENS = {"order": "sync.open", "clash": "sync.compare", "repair": "sync.repair"}
"""What stands on the button of a row, by the page it opens."""


class ReasonsPane(FlowPane):
    """Everything is drawn anew when something changes: it is a dozen rows."""

    def __init__(self, parent: tk.Misc, go: Callable[[str, str], None]) -> None:
        super().__init__(parent, takes_focus=True)
        self._go = go
        self._inner = Pane(self.body)
        self._inner.pack(fill="x", padx=(theme.px(22) - 2, theme.px(16)), pady=(theme.px(10), theme.px(12)))

    def show(self, told: SyncTold, check: CheckTold | None, lists: tuple[LineTold, ...]) -> None:
        """Other reasons."""
        for child in self._inner.winfo_children():
            child.destroy()
        if check is not None:
            self._show_check(check)
        if lists:
            self._show_lists(lists)
        self._section("sync.why")
        if not told.reasons:
            self._row(ReasonTold("check-circle-fill", "green", say("sync.all_sent"), say("sync.all_sent.words")))
        for reason in told.reasons:
            self._row(reason)
        if told.clashes:
            self._section("sync.persons", say("sync.persons.beside"), above=theme.px(16))
            for clash in told.clashes:
                self._row(clash)
        self.adopt()

    def _section(self, key: str, beside: str = "", *, above: int = 0) -> None:
        SectionHead(self._inner, say(key), beside).pack(fill="x", pady=(above, theme.px(4)))

    def _show_check(self, told: CheckTold) -> None:
        self._section("sync.check.head", told.beside)
        for step in told.steps:
            self._row(ReasonTold(step.icon, step.tone, step.head, step.words))
        Pane(self._inner, height=theme.px(12)).pack(fill="x")

    def _show_lists(self, lists: tuple[LineTold, ...]) -> None:
        self._section("sync.choose.differ", say("sync.choose.differ.beside"))
        table = KeyValues(self._inner, column=96)
        table.pack(fill="x", pady=(0, theme.px(14)))
        table.show([KeyValue(each.label, each.words) for each in lists])

    def _row(self, told: ReasonTold) -> None:
        row = Pane(self._inner)
        row.pack(fill="x", pady=theme.px(5))
        ink = theme.INKS[Tone(told.tone)]
        Sign(row, told.icon, pixels=18, ink=ink).pack(side="left", anchor="n", padx=(0, theme.px(14)), pady=(theme.px(2), 0))
        if told.number:
            opening = Act(OPENS[told.opens], lambda: self._go(told.opens, told.number), kind=ActKind.PANE)
            ActButton(row, opening).pack(side="right", anchor="n", padx=(theme.px(10), 0))
        body = Pane(row)
        body.pack(side="left", fill="x", expand=True)
        head_ink = theme.INK if told.tone == "quiet" or told.opens == "clash" else ink
        WrappedWords(body, told.head, font=theme.BOLD, ink=head_ink, at_most=2).pack(fill="x")
        WrappedWords(body, told.words, ink=theme.INK2).pack(fill="x", pady=(theme.px(2), 0))
