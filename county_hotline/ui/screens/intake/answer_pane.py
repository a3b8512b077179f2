"""直接答复 as it looks: the articles at the left, the chosen one at the right, below it the answer."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Mapping, Sequence
from pathlib import Path

from county_hotline.ui import theme
from county_hotline.ui.opening import open_with_system
from county_hotline.ui.screens.intake.answering import AnswerPresenter
from county_hotline.ui.screens.intake.pane_frame import Host, PaneFrame
from county_hotline.ui.telling.article import ArticleTold
from county_hotline.ui.theme import Size, Tone
from county_hotline.ui.widgets.acts import Act, ActKind
from county_hotline.ui.widgets.article_reading import ArticleReading
from county_hotline.ui.widgets.basic import Pane
from county_hotline.ui.widgets.inputs import Choice, LineInput, TextInput
from county_hotline.ui.widgets.row_list import Cell, Column, ListRow, RowList
from county_hotline.ui.widgets.rows import LABEL_COLUMN, FieldRow
from county_hotline.ui.widgets.segments import Segments
from county_hotline.ui.widgets.wrapped import CutWords
from county_hotline.wording import say

CONTENT = {"": None, "yes": True, "no": False}
_LIST_WIDTH = {Size.STANDARD: 280, Size.LARGE: 250, Size.LARGEST: 220}


class AnswerPane:
    """The pane (`pane_frame.TakingPane`) and what its presenter sees (`answering.AnswerScreen`)."""

    def __init__(self, parent: tk.Misc, host: Host) -> None:
        self._host = host
        self.presenter = AnswerPresenter(self, host.work, host.runner, clock=host.clock, taking=host.taking)
        self.frame = PaneFrame(parent, say("intake.answer.title"), say("intake.answer.beside"), self.acts())
        self._build_answer()
        self._build_list()
        self._reading = ArticleReading(self.frame.body)
        self._reading.pack(side="left", fill="both", expand=True, padx=(theme.px(8), theme.px(8)))
        self._answer_pane.lift()

    # -- the pane ---------------------------------------------------------------------------------------------------

    def open(self, article: str = "") -> None:
        """Begin, or go on; `article` comes from 知识库."""
        self.presenter.open(article)

    @property
    def kept(self) -> Mapping[str, LineInput | TextInput]:
        """See `TakingPane`."""
        return {"words": self._answer}

    def acts(self) -> Sequence[Act]:
        """See `TakingPane`."""
        return (
            Act("intake.answer.record", self.presenter.record, "<F9>", "F9", icon="chat-left-text", kind=ActKind.MAIN),
            Act("intake.answer.record_and_print", self.presenter.record_and_print, "<Control-p>", "Ctrl+P"),
            Act("intake.answer.use", self._use, "<Control-y>", "Ctrl+Y"),
            Act("intake.back", self._host.leave, "<Escape>", "Esc"),
        )

    def take_focus(self) -> None:
        """See `TakingPane`."""
        if self._answer.value():
            self._answer.take_focus()
        else:
            self._search.take_focus()

    # -- what the presenter shows -----------------------------------------------------------------------------------

    def show_found(self, found: Sequence[ArticleTold], keep: str) -> None:
        """See `AnswerScreen`."""
        self._list.show([_row(told) for told in found], keep=keep)

    def show_article(self, told: ArticleTold | None) -> None:
        """See `AnswerScreen`."""
        self._reading.show(told)

    def answer(self) -> str:
        """See `AnswerScreen`."""
        return self._answer.value()

    def put_answer(self, text: str, used: str) -> None:
        """See `AnswerScreen`."""
        self._answer.show(text)
        self.show_used(used)
        self.frame.say("")
        if text:
            self._answer.take_focus()
        else:
            self._search.show("")
            self._content.show("")

    def show_used(self, words: str) -> None:
        """See `AnswerScreen`."""
        self._used.say(words or say("intake.answer.own"), ink=theme.GREEN if words else theme.INK2)

    def content(self) -> bool | None:
        """See `AnswerScreen`."""
        return CONTENT[self._content.value()]

    def complain(self, words: str, field: str) -> None:
        """See `AnswerScreen`."""
        self.frame.say(words)
        if field == "answer":
            self._answer.take_focus()

    def leave(self) -> None:
        """See `AnswerScreen`."""
        self._host.leave()

    def show_slip(self, path: Path, words: str, tone: Tone) -> None:
        """See `AnswerScreen`."""
        self._host.say(words, tone)
        open_with_system(path)

    def fail(self, fault: Exception) -> None:
        """See `AnswerScreen`."""
        self._host.fail(fault)

    # -- building ---------------------------------------------------------------------------------------------------

    def _build_list(self) -> None:
        left = Pane(self.frame.body, width=theme.px(_LIST_WIDTH[theme.size()]))
        left.pack(side="left", fill="y", padx=(theme.px(20), 0))
        self._search = LineInput(left, hint=say("knowledge.search"), icon="search")
        self._search.pack(fill="x", pady=(0, theme.px(6)))
        self._search.on_change(lambda: self.presenter.typed(self._search.value()))
        self._list = RowList(
            left,
            [Column(say("knowledge.column.title"))],
            on_choose=self.presenter.choose,
            on_open=self.presenter.use,
        )
        self._list.pack(fill="both", expand=True)
        self._search.bind("<Down>", lambda _event: self._list.take_focus())
        self._search.bind("<Return>", lambda _event: self._use_and_stop())
        self._list.explain_empty("book", say("knowledge.nothing"), say("intake.answer.nothing"))

    def _build_answer(self) -> None:
        pane = self._answer_pane = Pane(self.frame.body)
        pane.pack(side="bottom", fill="x", padx=(theme.px(12), theme.px(20)), pady=(theme.px(4), 0))
        self._used = CutWords(pane, say("intake.answer.own"), font=theme.SMALL, ink=theme.INK2)
        self._used.pack(fill="x", padx=(theme.px(LABEL_COLUMN + 8), 0), pady=(0, theme.px(3)))
        row = FieldRow(pane)
        row.pack(fill="x")
        self._answer = TextInput(row.body, lines=4 if theme.size() is not Size.LARGEST else 3, hint=say("intake.answer.hint"))
        row.put(self._answer, say("intake.answer.field"), required=True, grow=True)
        self._answer.on_change(self.presenter.answer_typed)
        row = FieldRow(pane)
        row.pack(fill="x")
        choices = [Choice(value, say(f"intake.answer.content.{value or 'unsaid'}")) for value in CONTENT]
        self._content = Segments(row.body, choices, on_choose=lambda _value: None)
        row.put(self._content, say("intake.answer.content"))
        self._content.show("")

    def _use(self) -> None:
        self.presenter.use(self._list.chosen)

    def _use_and_stop(self) -> str:
        self._use()
        return "break"


def _row(told: ArticleTold) -> ListRow:
    tone, icon = (Tone.RED, "slash-circle") if told.expired else (Tone.PLAIN, "")
    return ListRow(told.code, (Cell(told.title, tone, icon),))
