"""The reading side of an order: what is asked or how it ended, who has it in hand, what they replied, the matter, and all it gathered."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from typing import Literal

from county_hotline.ui import theme
from county_hotline.ui.screens.order.banners import BannerTold
from county_hotline.ui.screens.order.files import FileTold
from county_hotline.ui.screens.order.sections import BlockTold, LineTold, SectionTold
from county_hotline.ui.screens.order.telling import ClashTold, OrderTold
from county_hotline.ui.telling.marks import Mark
from county_hotline.ui.telling.standing import ShareTold
from county_hotline.ui.theme import Size, Tone
from county_hotline.ui.widgets.acts import Act, ActButton, ActKind
from county_hotline.ui.widgets.basic import Chip, Hairline, Pane, Sign, Words
from county_hotline.ui.widgets.flow_pane import FlowPane
from county_hotline.ui.widgets.page_head import SectionHead
from county_hotline.ui.widgets.time_bar import TimeBar
from county_hotline.ui.widgets.wrapped import CutWords, WrappedWords
from county_hotline.wording import say

LABELS = 56
LABELS_IN_BLOCK = 84
LONG_CALLER = 380
"""Wider than this, 诉求人 is broken into lines and what shows the rest stands below."""


class Reading(FlowPane):
    """`show(told)`; `show_caller(words)` puts 诉求人 in full in its line; `open_order(number)` leads to another order,
    `open_list(argument)` to 台账."""

    def __init__(
        self,
        parent: tk.Misc,
        *,
        unmask: Callable[[], None],
        open_order: Callable[[str], None],
        open_list: Callable[[str], None],
        compare: Callable[[str], None],
        on_file: Callable[[str, str], None],
    ) -> None:
        super().__init__(parent, takes_focus=True)
        self._unmask, self._compare, self._on_file = unmask, compare, on_file
        self._open_order, self._open_list = open_order, open_list
        self._files: dict[tuple[str, str], ActButton] = {}
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
        for banner in told.banners:
            self._banner(banner)
        for clash in told.clashes:
            _clash(self._inner, clash, lambda: self._compare(told.number))
        self._shares(told)
        for section in told.replies:
            self._section(section)
        self._matter(told)
        for section in told.others:
            self._section(section)
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

    # -- strips above -----------------------------------------------------------------------------------------------

    def _banner(self, told: BannerTold) -> None:
        tone = Tone(told.tone)
        wash, ink = theme.WASHES[tone], theme.INKS[tone]
        box = Pane(self._inner, ground=wash)
        box.pack(fill="x", pady=(0, theme.px(10)))
        tk.Frame(box, background=ink, width=4).pack(side="left", fill="y")
        Sign(box, told.icon, pixels=18, ink=ink).pack(side="left", anchor="n", padx=theme.px(12), pady=theme.px(9))
        body = Pane(box)
        body.pack(side="left", fill="x", expand=True, pady=theme.px(7), padx=(0, theme.px(12)))
        head = Pane(body)
        head.pack(fill="x")
        if told.number:
            self._link(head, told.number).pack(side="right")
        WrappedWords(head, told.head, font=theme.BOLD, ink=ink).pack(side="left", fill="x", expand=True)
        for label, words in told.lines:
            _pair(body, label, words)
        if told.foot:
            WrappedWords(body, told.foot, font=theme.SMALL, ink=theme.INK2).pack(fill="x", pady=(theme.px(3), 0))

    def _link(self, parent: tk.Misc, number: str) -> ActButton:
        act = Act("order.open_other", lambda: self._open_order(number), kind=ActKind.PANE)
        return ActButton(parent, act)

    # -- 承办 -------------------------------------------------------------------------------------------------------

    def _shares(self, told: OrderTold) -> None:
        if not told.shares and not told.no_shares:
            return
        SectionHead(self._inner, say("order.shares")).pack(fill="x", pady=(0, theme.px(2)))
        if told.no_shares:
            WrappedWords(self._inner, told.no_shares, ink=theme.INK2).pack(fill="x", pady=(theme.px(6), theme.px(2)))
        for share in told.shares:
            _share(self._inner, share)

    # -- 诉求 -------------------------------------------------------------------------------------------------------

    def _matter(self, told: OrderTold) -> None:
        SectionHead(self._inner, say("order.matter")).pack(fill="x", pady=(theme.px(14), theme.px(4)))
        row = Pane(self._inner)
        row.pack(fill="x", pady=theme.px(3))
        _label(row, say("order.line.caller"))
        self._caller = Pane(row)
        self._caller.pack(side="left", fill="x", expand=True)
        is_long = theme.measure(theme.BODY)(told.caller) > theme.px(LONG_CALLER)
        if is_long:
            WrappedWords(self._caller, told.caller).pack(fill="x")
        else:
            Words(self._caller, told.caller).pack(side="left")
        if told.may_unmask:
            link = Act("order.unmask", self._unmask, shown="Ctrl+U", kind=ActKind.LINK)
            button = ActButton(self._caller, link)
            if is_long:
                button.pack(anchor="w")
            else:
                button.pack(side="left", padx=theme.px(10))
        for label, words in told.lines:
            line = Pane(self._inner)
            line.pack(fill="x", pady=theme.px(3))
            _label(line, label)
            WrappedWords(line, words).pack(side="left", fill="x", expand=True)
        self._attachments(told.attachments)

    def _attachments(self, attachments: Sequence[FileTold]) -> None:
        self._files.clear()
        if not attachments:
            return
        row = Pane(self._inner)
        row.pack(fill="x", pady=theme.px(3))
        _label(row, say("order.line.attachments"))
        files = Pane(row)
        files.pack(side="left", fill="x", expand=True)
        for file in attachments:
            self._file(files, file)

    def _file(self, parent: Pane, file: FileTold) -> None:
        """Name and size, below them where it stands and what may be done: the row is narrow in the largest letters."""
        head = Pane(parent)
        head.pack(fill="x")
        Sign(head, "paperclip", pixels=14).pack(side="left", padx=(0, theme.px(6)))
        CutWords(head, f"{file.name}　{file.size}").pack(side="left", fill="x", expand=True)
        line = Pane(parent)
        line.pack(fill="x", padx=(theme.px(20), 0), pady=(0, theme.px(2)))
        ink = theme.INKS[Tone(file.state.tone)]
        if file.state.icon:
            Sign(line, file.state.icon, pixels=13, ink=ink).pack(side="left", padx=(0, theme.px(5)))
        Words(line, file.state.words, font=theme.SMALL, ink=ink).pack(side="left", padx=(0, theme.px(12)))
        for deed in file.deeds:
            act = Act(f"order.file.{deed}", lambda deed=deed: self._on_file(deed, file.which), kind=ActKind.LINK)  # type: ignore[misc]
            button = ActButton(line, act)
            button.pack(side="left", padx=(0, theme.px(8)))
            self._files[file.which, deed] = button
        for note in file.notes:
            words = WrappedWords(parent, note, font=theme.SMALL, ink=theme.INK2)
            words.pack(fill="x", padx=(theme.px(20), 0), pady=(0, theme.px(3)))

    def held(self) -> tuple[str, str] | None:
        """Which file's button has the keyboard: a file that is on its way is drawn anew every second."""
        return next((key for key, button in self._files.items() if button.focus_displayof() == button), None)

    def hold(self, key: tuple[str, str] | None) -> None:
        """Give it the keyboard again, where it is still there."""
        if key in self._files:
            self._files[key].focus_set()

    # -- what it gathered -------------------------------------------------------------------------------------------

    def _section(self, told: SectionTold) -> None:
        SectionHead(self._inner, told.head, told.beside).pack(fill="x", pady=(theme.px(14), theme.px(2)))
        for at, block in enumerate(told.blocks):
            if at:
                Hairline(self._inner).pack(fill="x", pady=(theme.px(4), 0))
            self._block(block)

    def _block(self, told: BlockTold) -> None:
        if told.head:
            row = Pane(self._inner)
            row.pack(fill="x", pady=(theme.px(6), theme.px(2)))
            if told.mark is not None:
                Chip(row, told.mark.words, tone=Tone(told.mark.tone), icon=told.mark.icon).pack(
                    side="right", anchor="n", padx=(theme.px(10), 0)
                )
            WrappedWords(row, told.head, font=theme.BOLD).pack(side="left", fill="x", expand=True)
        for line in told.lines:
            self._line(line)

    def _line(self, told: LineTold) -> None:
        row = Pane(self._inner)
        row.pack(fill="x", pady=theme.px(2))
        ink = theme.INKS[Tone(told.tone)]
        cell = Pane(row, width=theme.px(LABELS_IN_BLOCK), height=theme.line_height(theme.BODY))
        top: Literal["w", "n"] = "w" if told.number or told.listed else "n"  # beside a button that is higher than a line
        cell.pack(side="left", anchor=top)
        CutWords(cell, told.label, ink=theme.INK2).pack(side="left", fill="x", expand=True, padx=(0, theme.px(6)))
        if told.icon:
            Sign(row, told.icon, pixels=14, ink=ink).pack(side="left", anchor=top, padx=(0, theme.px(6)), pady=theme.px(4))
        if told.number:
            self._link(row, told.number).pack(side="right")
            Words(row, told.number, font=theme.BOLD, ink=theme.INK2).pack(side="left", padx=(0, theme.px(10)))
        if told.listed:
            act = Act("order.open_list", lambda: self._open_list(told.listed), kind=ActKind.PANE)
            ActButton(row, act).pack(side="right")
        WrappedWords(row, told.words, ink=ink).pack(side="left", fill="x", expand=True)


def _pair(parent: Pane, label: str, words: str) -> None:
    row = Pane(parent)
    row.pack(fill="x", pady=(theme.px(2), 0))
    _label(row, label)
    WrappedWords(row, words).pack(side="left", fill="x", expand=True)


def _clash(parent: Pane, clash: ClashTold, compare: Callable[[], None]) -> None:
    """Both acts stand; a person decides."""
    tone = Tone.AMBER if clash.is_hard else Tone.QUIET
    wash, ink = theme.WASHES[tone], theme.INKS[tone]
    box = Pane(parent, ground=wash)
    box.pack(fill="x", pady=(0, theme.px(10)))
    tk.Frame(box, background=ink, width=4).pack(side="left", fill="y")
    Sign(box, "intersect", pixels=18, ink=ink).pack(side="left", anchor="n", padx=theme.px(14), pady=theme.px(11))
    ActButton(box, Act("order.clash.compare", compare, kind=ActKind.PANE)).pack(
        side="right", anchor="n", padx=theme.px(12), pady=theme.px(8)
    )
    body = Pane(box)
    body.pack(side="left", fill="x", expand=True, pady=theme.px(8), padx=(0, theme.px(12)))
    WrappedWords(body, clash.head, font=theme.BOLD, ink=ink).pack(fill="x")
    for words in clash.words:
        WrappedWords(body, words, at_most=2).pack(fill="x", pady=(theme.px(2), 0))
    foot = say("order.clash.kept" if clash.is_hard else "order.clash.know")
    WrappedWords(body, foot, font=theme.SMALL, ink=theme.INK2).pack(fill="x", pady=(theme.px(3), 0))


def _share(parent: Pane, share: ShareTold) -> None:
    """One round: unit, state and limit side by side; in the largest letters one below the other, or the names have no room."""
    row = Pane(parent)
    row.pack(fill="x")
    Hairline(parent).pack(fill="x")
    is_tall = theme.size() is Size.LARGEST
    _label(row, share.role, top=8)
    if not is_tall:
        right = Pane(row, width=theme.px(220), height=theme.px(50))
        right.pack(side="right", anchor="n", pady=theme.px(4))
        _limit(right, share)
        _state(row, share).pack(side="right", anchor="n", padx=theme.px(14), pady=(theme.px(10), 0))
    names = Pane(row)
    names.pack(side="left", fill="x", expand=True, pady=theme.px(8))
    head = Pane(names)
    head.pack(fill="x")
    if is_tall:
        _state(head, share).pack(side="right", anchor="n")
    WrappedWords(head, share.agency, font=theme.BOLD, at_most=2).pack(side="left", fill="x", expand=True)
    if is_tall:
        _limit(names, share)
    WrappedWords(names, share.note, font=theme.SMALL, ink=theme.INK2).pack(fill="x", pady=(theme.px(3), 0))
    for line in share.lines:
        _mark_line(names, line)


def _state(parent: Pane, share: ShareTold) -> Chip:
    return Chip(parent, share.state.words, tone=Tone(share.state.tone), icon=share.state.icon)


def _limit(parent: Pane, share: ShareTold) -> None:
    """How it stands against its time, in words and as a bar."""
    if not share.limit.words:
        return
    line = Pane(parent)
    line.pack(fill="x", pady=(theme.px(6), theme.px(4)))
    tone = Tone(share.limit.tone)
    if share.limit.icon:
        Sign(line, share.limit.icon, pixels=14, ink=theme.INKS[tone]).pack(side="left", padx=(0, theme.px(5)))
    Words(line, share.limit.words, font=theme.BOLD if share.limit.bold else theme.BODY, ink=theme.INKS[tone]).pack(side="left")
    if share.gone is not None:
        bar = TimeBar(parent)
        bar.pack(fill="x")
        bar.show(share.gone, tone)


def _mark_line(parent: Pane, mark: Mark) -> None:
    row = Pane(parent)
    row.pack(fill="x", pady=(theme.px(2), 0))
    ink = theme.INKS[Tone(mark.tone)]
    if mark.icon:
        Sign(row, mark.icon, pixels=13, ink=ink).pack(side="left", anchor="n", padx=(0, theme.px(5)), pady=theme.px(3))
    WrappedWords(row, mark.words, font=theme.SMALL, ink=ink).pack(side="left", fill="x", expand=True)


def _label(row: Pane, words: str, *, top: int = 0) -> None:
    cell = Pane(row, width=theme.px(LABELS), height=theme.line_height(theme.BODY) + theme.px(top))
    cell.pack(side="left", anchor="n")
    Words(cell, words, ink=theme.INK2).pack(side="left", anchor="n", pady=(theme.px(top), 0))
