"""What is chosen in a list, for reading at its right: number and state, title, sections of lines; scrolls where it is long."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence

from county_hotline.ui import theme
from county_hotline.ui.telling.reading import LineTold, ReadTold, SectionTold
from county_hotline.ui.theme import Tone
from county_hotline.ui.widgets.basic import Chip, Pane, Sign, Words
from county_hotline.ui.widgets.flow_pane import FlowPane
from county_hotline.ui.widgets.key_values import KeyValue, KeyValues
from county_hotline.ui.widgets.page_head import SectionHead
from county_hotline.ui.widgets.wrapped import WrappedWords


class ReadingPane(Pane):
    """`show(told)`; the same thing shown again stays where it was scrolled to."""

    def __init__(self, parent: tk.Misc, *, width: int = 404, column: int = 52) -> None:
        super().__init__(parent, ground=theme.SIDE, width=theme.px(width))
        self._column = column
        self._key = ""
        head = Pane(self)
        head.pack(fill="x", padx=theme.px(18), pady=(theme.px(8), 0))
        self._state = Chip(head)
        self._state.pack(side="right")
        self._number = Words(head, font=theme.BOLD, ink=theme.INK2)
        self._number.pack(side="left")
        self._title = WrappedWords(self, font=theme.HEAD, at_most=3)
        self._title.pack(fill="x", padx=theme.px(18), pady=(theme.px(8), theme.px(4)))
        self._flow = FlowPane(self, takes_focus=True)
        self._flow.pack(fill="both", expand=True)
        self._inner = Pane(self._flow.body)
        self._inner.pack(fill="x", padx=(theme.px(16), theme.px(10)), pady=(0, theme.px(10)))

    def show(self, told: ReadTold) -> None:
        """Another one."""
        self._number.say(told.number)
        if told.state.words:
            self._state.show(told.state.words, tone=Tone(told.state.tone), icon=told.state.icon)
            self._state.pack(side="right")
        else:
            self._state.pack_forget()
        self._title.say(told.title)
        show_sections(self._inner, told.sections, column=self._column)
        self._flow.adopt()
        if told.key != self._key:
            self._key = told.key
            self._flow.to_top()


def show_sections(pane: Pane, sections: Sequence[SectionTold], *, column: int = 52) -> None:
    """Fill a pane with sections, in place of what it holds."""
    for child in pane.winfo_children():
        child.destroy()
    for at, section in enumerate(sections):
        if section.head:
            head = SectionHead(pane, section.head, section.beside)
            head.pack(fill="x", pady=(theme.px(12 if at else 4), theme.px(2)))
        _show_lines(pane, section.lines, column=column)


def _show_lines(pane: Pane, lines: Sequence[LineTold], *, column: int) -> None:
    run: list[LineTold] = []
    for line in lines:
        if line.label:
            run.append(line)
            continue
        _show_run(pane, run, column=column)
        run = []
        _show_words(pane, line)
    _show_run(pane, run, column=column)


def _show_run(pane: Pane, run: Sequence[LineTold], *, column: int) -> None:
    if run:
        values = KeyValues(pane, column=column, pitch=3)
        values.show([KeyValue(line.label, line.words, Tone(line.tone), line.bold) for line in run])
        values.pack(fill="x")


def _show_words(pane: Pane, line: LineTold) -> None:
    row = Pane(pane)
    row.pack(fill="x", pady=theme.px(3))
    ink = theme.INKS[Tone(line.tone)]
    if line.icon:
        sign = Sign(row, line.icon, pixels=14, ink=ink)
        sign.pack(side="left", anchor="n", pady=(theme.px(4), 0), padx=(0, theme.px(8)))
    words = WrappedWords(row, line.words, font=theme.BOLD if line.bold else theme.BODY, ink=ink)
    words.pack(side="left", fill="x", expand=True)
