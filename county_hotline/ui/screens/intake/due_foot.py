"""最迟办结 at the foot of the right column: the date, and why that day."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Sequence

from county_hotline.ui import theme
from county_hotline.ui.screens.intake.screen import DueWords
from county_hotline.ui.theme import Size
from county_hotline.ui.widgets.acts import Act, ActButton, ActKind
from county_hotline.ui.widgets.basic import Hairline, Pane, Words
from county_hotline.ui.widgets.page_head import SectionHead
from county_hotline.ui.widgets.wrapped import WrappedWords
from county_hotline.wording import say


class DueFoot(Pane):
    """最迟办结, pinned: history may be long, the date may not leave the screen."""

    def __init__(self, parent: tk.Misc) -> None:
        super().__init__(parent)
        self._due: DueWords | None = None
        self._is_open = theme.size() is not Size.LARGEST
        Hairline(self).pack(fill="x")
        self._inner = Pane(self)
        self._inner.pack(fill="x", padx=theme.px(18), pady=(theme.px(12), theme.px(10)))

    def show(self, due: DueWords | None) -> None:
        """Another date, or that there is none here."""
        if due == self._due and self._inner.winfo_children():
            return
        self._due = due
        self._draw()

    def toggle(self) -> None:
        """Open or close the reasons."""
        self._is_open = not self._is_open
        self._draw()

    def _draw(self) -> None:
        pane = emptied(self._inner)
        head = SectionHead(pane, say("intake.due"))
        head.pack(fill="x")
        if self._due is None:
            WrappedWords(pane, say("intake.no_due"), ink=theme.INK2).pack(fill="x", pady=theme.px(4))
            return
        row = Pane(pane)
        row.pack(fill="x", pady=(theme.px(4), theme.px(4)))
        Words(row, self._due.on, font=theme.TITLE).pack(side="left")
        Words(row, self._due.span, ink=theme.INK2).pack(side="left", padx=(theme.px(14), 0))
        wording = "intake.fold" if self._is_open else "intake.why"
        ActButton(head.right, Act(wording, self.toggle, shown="Alt+W", kind=ActKind.LINK)).pack()
        if self._due.provisional:
            Words(pane, say("intake.provisional"), ink=theme.AMBER, icon="exclamation-triangle-fill").pack(anchor="w")
        if self._is_open:
            self._draw_reasons(pane, self._due.reasons)

    def _draw_reasons(self, pane: Pane, reasons: Sequence[str]) -> None:
        Words(pane, say("intake.why"), font=theme.SMALL_BOLD, ink=theme.INK2).pack(anchor="w", pady=(0, theme.px(3)))
        for at, reason in enumerate(reasons, start=1):
            line = Pane(pane)
            line.pack(fill="x", pady=theme.px(2))
            Words(line, str(at), font=theme.SMALL, ink=theme.INK2).pack(side="left", anchor="n", padx=(0, theme.px(8)))
            WrappedWords(line, reason, font=theme.SMALL, ink=theme.INK2).pack(side="left", fill="x", expand=True)


def emptied(pane: Pane) -> Pane:
    """The pane without its children, asking for no room."""
    for child in pane.winfo_children():
        child.destroy()
    pane.configure(height=1)
    return pane
