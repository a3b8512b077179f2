"""What an order is about, beside the form of an act: what was asked, the matter, the replies."""

from __future__ import annotations

import tkinter as tk

from county_hotline.ui import theme
from county_hotline.ui.screens.order.telling import OrderTold
from county_hotline.ui.widgets.basic import Pane
from county_hotline.ui.widgets.flow_pane import FlowPane
from county_hotline.ui.widgets.key_values import KeyValue, KeyValues
from county_hotline.ui.widgets.page_head import SectionHead
from county_hotline.wording import say

COLUMN = 66


class MatterPane(FlowPane):
    """A part that has nothing to say is not there."""

    def __init__(self, parent: tk.Misc) -> None:
        super().__init__(parent, takes_focus=True)
        inner = Pane(self.body)
        inner.pack(fill="x", padx=(theme.px(13), theme.px(10)), pady=theme.px(10))
        self._asked_head = SectionHead(inner, say("order.section.asked"))
        self._asked_lines = KeyValues(inner, column=COLUMN)
        self._matter_head = SectionHead(inner, say("order.matter"))
        self._matter_head.pack(fill="x", pady=(0, theme.px(4)))
        self._matter_lines = KeyValues(inner, column=COLUMN)
        self._matter_lines.pack(fill="x")
        self._replies_head = SectionHead(inner, say("order.replies"))
        self._replies_lines = KeyValues(inner, column=COLUMN)

    def show(self, told: OrderTold) -> None:
        """Another order, or the same anew."""
        self._show_asked(told)
        lines = [KeyValue(say("order.line.title"), told.title), KeyValue(say("order.line.caller"), told.caller)]
        self._matter_lines.show([*lines, *(KeyValue(label, words) for label, words in told.lines)])
        self._show_replies(told)
        self.adopt()

    def _show_asked(self, told: OrderTold) -> None:
        asked = [KeyValue(label, words) for banner in told.banners if banner.tone == "amber" for label, words in banner.lines]
        self._asked_lines.show(asked)
        if asked:
            self._asked_head.pack(fill="x", pady=(0, theme.px(4)), before=self._matter_head)
            self._asked_lines.pack(fill="x", pady=(0, theme.px(12)), before=self._matter_head)
        else:
            self._asked_head.pack_forget()
            self._asked_lines.pack_forget()

    def _show_replies(self, told: OrderTold) -> None:
        blocks = [block for section in told.replies for block in section.blocks]
        replies = [KeyValue(line.label, line.words) for block in blocks for line in block.lines]
        self._replies_lines.show(replies)
        if replies:
            self._replies_head.pack(fill="x", pady=(theme.px(14), theme.px(4)))
            self._replies_lines.pack(fill="x")
        else:
            self._replies_head.pack_forget()
            self._replies_lines.pack_forget()
