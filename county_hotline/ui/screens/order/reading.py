"""The reading side of an order: clashes first, then who has it in hand, then the matter in the caller's words."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence

from county_hotline.ui import theme
from county_hotline.ui.screens.order.telling import ClashTold, OrderTold
from county_hotline.ui.telling.standing import ShareTold
from county_hotline.ui.theme import Tone
from county_hotline.ui.widgets.acts import Act, ActButton, ActKind
from county_hotline.ui.widgets.basic import Chip, Hairline, Pane, Sign, Words
from county_hotline.ui.widgets.flow_pane import FlowPane
from county_hotline.ui.widgets.page_head import SectionHead
from county_hotline.ui.widgets.time_bar import TimeBar
from county_hotline.ui.widgets.wrapped import CutWords, WrappedWords
from county_hotline.wording import say


class Reading(FlowPane):
    """`show(told)`; `show_caller(words)` puts 诉求人 in full in its line."""

    def __init__(self, parent: tk.Misc, *, unmask: Callable[[], None], attach: Callable[[], None]) -> None:
        super().__init__(parent, takes_focus=True)
        self._unmask, self._attach = unmask, attach
        self._inner = Pane(self.body)
        self._inner.pack(fill="x", padx=(theme.px(20) - theme.px(3), theme.px(20)), pady=(theme.px(8), theme.px(12)))
        self._caller: Pane | None = None
        self._told: OrderTold | None = None

    def show(self, told: OrderTold) -> None:
        """Another order, or the same as it stands now."""
        is_other = self._told is None or self._told.number != told.number
        self._told = told
        for child in self._inner.winfo_children():
            child.destroy()
        for clash in told.clashes:
            _clash(self._inner, clash)
        self._shares(told)
        self._matter(told)
        self.adopt()
        if is_other:
            self.to_top()

    def show_caller(self, words: str) -> None:
        """诉求人 in full, however long."""
        if self._caller is None:
            return
        for child in self._caller.winfo_children():
            child.destroy()
        WrappedWords(self._caller, words, font=theme.BOLD).pack(fill="x")

    def hide_caller(self) -> None:
        """Masked again."""
        if self._told is not None:
            self.show(self._told)

    def _shares(self, told: OrderTold) -> None:
        SectionHead(self._inner, say("order.shares")).pack(fill="x", pady=(0, theme.px(2)))
        if told.no_shares:
            Words(self._inner, told.no_shares, ink=theme.INK2).pack(anchor="w", pady=(theme.px(6), theme.px(2)))
        for share in told.shares:
            _share(self._inner, share)
        if told.outcome:
            row = Pane(self._inner)
            row.pack(fill="x", pady=(theme.px(8), 0))
            _label(row, say("order.outcome"))
            WrappedWords(row, told.outcome, font=theme.BOLD, ink=theme.GREEN).pack(side="left", fill="x", expand=True)

    def _matter(self, told: OrderTold) -> None:
        SectionHead(self._inner, say("order.matter")).pack(fill="x", pady=(theme.px(14), theme.px(4)))
        row = Pane(self._inner)
        row.pack(fill="x", pady=theme.px(3))
        _label(row, say("order.line.caller"))
        self._caller = Pane(row)
        self._caller.pack(side="left", fill="x", expand=True)
        Words(self._caller, told.caller).pack(side="left")
        if told.may_unmask:
            link = Act("order.unmask", self._unmask, shown="Ctrl+U", kind=ActKind.LINK)
            ActButton(self._caller, link).pack(side="left", padx=theme.px(10))
        for label, words in told.lines:
            line = Pane(self._inner)
            line.pack(fill="x", pady=theme.px(3))
            _label(line, label)
            WrappedWords(line, words).pack(side="left", fill="x", expand=True)
        self._attachments(told.attachments)

    def _attachments(self, attachments: Sequence[tuple[str, str]]) -> None:
        if not attachments:
            return
        row = Pane(self._inner)
        row.pack(fill="x", pady=theme.px(3))
        _label(row, say("order.line.attachments"))
        files = Pane(row)
        files.pack(side="left", fill="x", expand=True)
        for name, size in attachments:
            line = Pane(files)
            line.pack(fill="x")
            Sign(line, "paperclip", pixels=14).pack(side="left", padx=(0, theme.px(6)))
            CutWords(line, f"{name}　{size}").pack(side="left", fill="x", expand=True)


def _clash(parent: Pane, clash: ClashTold) -> None:
    """Both acts stand; a person decides."""
    tone = Tone.AMBER if clash.is_hard else Tone.QUIET
    wash, ink = theme.WASHES[tone], theme.INKS[tone]
    box = Pane(parent, ground=wash)
    box.pack(fill="x", pady=(0, theme.px(10)))
    tk.Frame(box, background=ink, width=4).pack(side="left", fill="y")
    Sign(box, "intersect", pixels=18, ink=ink).pack(side="left", anchor="n", padx=theme.px(14), pady=theme.px(11))
    body = Pane(box)
    body.pack(side="left", fill="x", expand=True, pady=theme.px(8), padx=(0, theme.px(12)))
    WrappedWords(body, clash.head, font=theme.BOLD, ink=ink).pack(fill="x")
    for words in clash.words:
        WrappedWords(body, words, at_most=2).pack(fill="x", pady=(theme.px(2), 0))
    foot = say("order.clash.kept" if clash.is_hard else "order.clash.know")
    WrappedWords(body, foot, font=theme.SMALL, ink=theme.INK2).pack(fill="x", pady=(theme.px(3), 0))


def _share(parent: Pane, share: ShareTold) -> None:
    row = Pane(parent)
    row.pack(fill="x")
    Hairline(parent).pack(fill="x")
    right = Pane(row, width=theme.px(220), height=theme.px(50))
    right.pack(side="right", anchor="n", pady=theme.px(4))
    limit = Pane(right)
    limit.pack(fill="x", pady=(theme.px(6), theme.px(4)))
    tone = Tone(share.limit.tone)
    if share.limit.icon:
        Sign(limit, share.limit.icon, pixels=14, ink=theme.INKS[tone]).pack(side="left", padx=(0, theme.px(5)))
    Words(limit, share.limit.words, font=theme.BOLD if share.limit.bold else theme.BODY, ink=theme.INKS[tone]).pack(side="left")
    bar = TimeBar(right)
    bar.pack(fill="x")
    bar.show(share.gone, tone)
    Chip(row, share.state.words, tone=Tone(share.state.tone), icon=share.state.icon).pack(
        side="right", anchor="n", padx=theme.px(14), pady=(theme.px(10), 0)
    )
    _label(row, share.role, top=8)
    names = Pane(row)
    names.pack(side="left", fill="x", expand=True, pady=theme.px(8))
    WrappedWords(names, share.agency, font=theme.BOLD, at_most=2).pack(fill="x")
    WrappedWords(names, share.note, font=theme.SMALL, ink=theme.INK2).pack(fill="x", pady=(theme.px(3), 0))


def _label(row: Pane, words: str, *, top: int = 0) -> None:
    cell = Pane(row, width=theme.px(56), height=theme.line_height(theme.BODY) + theme.px(top))
    cell.pack(side="left", anchor="n")
    Words(cell, words, ink=theme.INK2).pack(side="left", anchor="n", pady=(theme.px(top), 0))
