"""What a file would do, as it looks: counts and advice above, row by row below, the chosen row in full at the foot."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

from county_hotline.ui import theme
from county_hotline.ui.telling.preview import PreviewTold
from county_hotline.ui.theme import Tone
from county_hotline.ui.widgets.acts import Act, ActKind
from county_hotline.ui.widgets.basic import Chip, Hairline, Pane
from county_hotline.ui.widgets.page_head import SectionHead
from county_hotline.ui.widgets.row_list import Cell, Column, ListRow, RowList
from county_hotline.ui.widgets.wrapped import WrappedWords
from county_hotline.wording import say


class PreviewPane(Pane):
    """In place of the list, until the file is taken or left."""

    def __init__(self, parent: tk.Misc, told: PreviewTold) -> None:
        super().__init__(parent)
        self._told = told
        side = theme.px(20)
        SectionHead(self, told.title, told.beside).pack(fill="x", padx=side, pady=(theme.px(4), theme.px(6)))
        chips = Pane(self)
        chips.pack(fill="x", padx=side)
        for words, tone in told.counts:
            Chip(chips, words, tone=Tone(tone)).pack(side="left", padx=(0, theme.px(8)))
        advice = WrappedWords(self, told.advice, ink=theme.INKS[Tone(told.tone)], at_most=3)
        advice.pack(fill="x", padx=side, pady=(theme.px(8), theme.px(8)))
        self._whole = WrappedWords(self, "", at_most=4)
        self._list = RowList(self, self._columns(), on_choose=self._show_whole)
        if told.rows:
            self._whole.pack(side="bottom", fill="x", padx=side, pady=theme.px(8))
            Hairline(self).pack(side="bottom", fill="x")
            self._list.pack(fill="both", expand=True, padx=(theme.px(10), theme.px(8)))
            self._list.show(
                [
                    ListRow(
                        str(at),
                        (
                            Cell(str(row.row or ""), Tone.QUIET),
                            Cell(row.state, Tone(row.tone), row.icon),
                            Cell(row.name),
                            Cell(row.words),
                        ),
                    )
                    for at, row in enumerate(told.rows)
                ]
            )
            self._show_whole("0")

    def take_focus(self) -> None:
        """The keyboard goes to the rows."""
        self._list.take_focus()

    def _columns(self) -> list[Column]:
        words = "wrong" if self._told.is_wrong else "words"
        return [
            Column(say("duties.preview.column.row"), 52),
            Column(say("duties.preview.column.state"), 84),
            Column(say("duties.preview.column.name"), 250, is_cut=True),
            Column(say(f"duties.preview.column.{words}")),
        ]

    def _show_whole(self, key: str) -> None:
        row = self._told.rows[int(key)]
        self._whole.say("　".join(part for part in (row.name, row.words) if part))


def preview_acts(
    told: PreviewTold, take: Callable[[], None], again: Callable[[], None], leave: Callable[[], None]
) -> list[Act]:
    """What is done with it: taken where there is something to take, another file, or left."""
    another = Act("duties.bring_in", again, "<Control-Key-o>", "Ctrl+O")
    if not told.writes:
        return [another, Act("duties.preview.seen", leave, "<Escape>", "Esc")]
    wording = "duties.preview.take_right" if told.is_wrong else "duties.preview.take"
    count = {"count": str(told.writes)}
    return [
        Act(wording, take, "<F9>", "F9", icon="check-lg", kind=ActKind.MAIN, details=count),
        another,
        Act("duties.preview.leave", leave, "<Escape>", "Esc"),
    ]
