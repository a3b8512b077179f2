"""Older versions, a report and the list of reports as they look, each in place of the reading."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence

from county_hotline.ui import theme
from county_hotline.ui.screens.knowledge.beside import ReportTold, VersionTold
from county_hotline.ui.theme import Size, Tone
from county_hotline.ui.widgets.basic import Pane
from county_hotline.ui.widgets.flow_pane import FlowPane
from county_hotline.ui.widgets.inputs import Choice, ChoiceInput, LineInput, TextInput
from county_hotline.ui.widgets.page_head import SectionHead
from county_hotline.ui.widgets.row_list import Cell, Column, ListRow, RowList
from county_hotline.ui.widgets.rows import FieldRow
from county_hotline.ui.widgets.wrapped import WrappedWords
from county_hotline.wording import say

_LIST_HEIGHT = {Size.STANDARD: 190, Size.LARGE: 150, Size.LARGEST: 104}
"""The list above; what is chosen in it needs the rest."""


class HistoryPane(Pane):
    """Versions above, the chosen one's words below."""

    def __init__(self, parent: tk.Misc, head: str, versions: Sequence[VersionTold]) -> None:
        super().__init__(parent)
        self._versions = {str(each.number): each for each in versions}
        SectionHead(self, head, say("knowledge.history.beside", count=len(versions))).pack(fill="x", padx=theme.px(8))
        columns = [Column(say("knowledge.column.version"), 180), Column(say("knowledge.field.why"))]
        room = Pane(self, height=theme.px(_LIST_HEIGHT[theme.size()]))
        room.pack(fill="x")
        self._list = RowList(room, columns, on_choose=self._choose)
        self._list.pack(fill="both", expand=True)
        self._title = WrappedWords(self, font=theme.BOLD, at_most=2)
        self._title.pack(fill="x", padx=theme.px(8), pady=(theme.px(8), 0))
        self._who = WrappedWords(self, font=theme.SMALL, ink=theme.INK2, at_most=3)
        self._who.pack(fill="x", padx=theme.px(8), pady=(theme.px(2), theme.px(4)))
        self._flow = FlowPane(self, takes_focus=True)
        self._flow.pack(fill="both", expand=True)
        self._text = WrappedWords(self._flow.body)
        self._text.pack(fill="x", padx=theme.px(5))
        self._list.show([_version_row(each) for each in versions], len(versions))
        self._choose(next(iter(self._versions)))

    @property
    def chosen(self) -> VersionTold | None:
        """The version that is read."""
        return self._versions.get(self._list.chosen)

    def take_focus(self) -> None:
        """To the list."""
        self._list.take_focus()

    def _choose(self, number: str) -> None:
        told = self._versions[number]
        self._title.say(told.title)
        self._who.say(told.who)
        self._text.say(told.text)
        self._flow.adopt()
        self._flow.to_top()


def _version_row(told: VersionTold) -> ListRow:
    sign = Cell(told.line, Tone.RED, "slash-circle") if told.is_gone else Cell(told.line, bold=told.is_now)
    state = say("knowledge.history.gone") if told.is_gone else say("knowledge.history.now") if told.is_now else ""
    return ListRow(str(told.number), (sign, Cell(f"{state}　{told.who}".strip("　"), Tone.QUIET)))


class ReportForm(Pane):
    """What is wrong, and how."""

    def __init__(self, parent: tk.Misc, of: str, fields: Sequence[tuple[str, str]]) -> None:
        super().__init__(parent)
        SectionHead(self, say("knowledge.remark.title")).pack(fill="x", padx=theme.px(8))
        WrappedWords(self, of, at_most=2).pack(fill="x", padx=theme.px(8), pady=(0, theme.px(8)))
        self._field: ChoiceInput | None = None
        if fields:
            row = FieldRow(self)
            row.pack(fill="x")
            self._field = ChoiceInput(row.body, [Choice(value, words) for value, words in fields], width=160)
            row.put(self._field, say("knowledge.remark.what"), required=True)
            self._field.show(fields[0][0])
        row = FieldRow(self)
        row.pack(fill="x")
        self._text = TextInput(row.body, lines=7 if theme.size() is not Size.LARGEST else 5, hint=say("knowledge.remark.hint"))
        row.put(self._text, say("knowledge.remark.text"), required=True, grow=True)

    def values(self) -> tuple[str, str]:
        """Field and words."""
        return (self._field.value() if self._field is not None else "", self._text.value())

    def wrong(self) -> None:
        """Red, and the keyboard there."""
        self._text.mark(wrong=True)
        self._text.take_focus()

    def take_focus(self) -> None:
        """To the words."""
        self._text.take_focus()


class ReportsPane(Pane):
    """Reports above, the chosen one with its answer below; at the centre the reason why it is not changed."""

    def __init__(self, parent: tk.Misc, *, on_choose: Callable[[str], None]) -> None:
        super().__init__(parent)
        self._reports: dict[str, ReportTold] = {}
        self._on_choose = on_choose
        self._head = SectionHead(self, say("knowledge.reports"))
        self._head.pack(fill="x", padx=theme.px(8))
        self._reason_row = FieldRow(self)
        self._reason = LineInput(self._reason_row.body)
        self._reason_row.put(self._reason, say("knowledge.remark.reason"), grow=True)
        columns = [Column(say("knowledge.remark.column.state"), 130), Column(say("knowledge.remark.column.article"))]
        room = Pane(self, height=theme.px(_LIST_HEIGHT[theme.size()]))
        room.pack(fill="x")
        self._list = RowList(room, columns, on_choose=self._choose)
        self._list.pack(fill="both", expand=True)
        self._flow = FlowPane(self, takes_focus=True)
        self._flow.pack(fill="both", expand=True, pady=(theme.px(8), 0))
        self._title = WrappedWords(self._flow.body, font=theme.BOLD, at_most=2)
        self._by = WrappedWords(self._flow.body, font=theme.SMALL, ink=theme.INK2, at_most=2)
        self._text = WrappedWords(self._flow.body)
        self._answer_words = WrappedWords(self._flow.body, ink=theme.INK2)
        for each in (self._title, self._by, self._text):
            each.pack(fill="x", padx=theme.px(5), pady=(0, theme.px(4)))

    def show(self, reports: Sequence[ReportTold], *, total: str, empty: str, may_settle: bool) -> None:
        """The list, the same one chosen as before."""
        before = self._list.chosen
        self._reports = {each.key: each for each in reports}
        self._head.say(total)
        self._list.explain_empty("check2-circle", say("knowledge.remark.empty"), empty)
        rows = [ListRow(each.key, (Cell(each.state, each.tone, each.icon), Cell(each.title))) for each in reports]
        self._list.show(rows, len(rows), keep=before)
        self._reason.show("")
        if may_settle and any(each.is_open for each in reports):
            self._reason_row.pack(fill="x", side="bottom")
        else:
            self._reason_row.pack_forget()
        self._choose(self._list.chosen)

    def reason(self) -> str:
        """Why it is not changed."""
        return self._reason.value()

    def wrong(self) -> None:
        """The reason is missing."""
        self._reason.mark(wrong=True)
        self._reason.take_focus()

    def take_focus(self) -> None:
        """To the list."""
        self._list.take_focus()

    def _choose(self, key: str) -> None:
        self._on_choose(key)
        told = self._reports.get(key)
        self._title.say(told.title if told else "")
        self._by.say(told.by if told else "")
        self._text.say(told.text if told else "")
        self._answer_words.pack_forget()
        if told is not None and told.answer:
            self._answer_words.say(told.answer)
            self._answer_words.pack(fill="x", padx=theme.px(5), pady=(theme.px(6), 0))
        self._flow.adopt()
        self._flow.to_top()
