"""知识库 as it looks: search and list at the left, the chosen article or its editor at the right."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence

from county_hotline.ui import theme
from county_hotline.ui.list_page import ListPage
from county_hotline.ui.screens.knowledge.editor import ArticleEditor
from county_hotline.ui.screens.knowledge.presenter import ArticleTyped, KnowledgePresenter, Lines
from county_hotline.ui.shell import Shell
from county_hotline.ui.telling.article import ArticleTold
from county_hotline.ui.theme import Size, Tone
from county_hotline.ui.widgets.acts import Act, ActKind
from county_hotline.ui.widgets.article_reading import ArticleReading
from county_hotline.ui.widgets.basic import Hairline, Pane
from county_hotline.ui.widgets.inputs import LineInput
from county_hotline.ui.widgets.row_list import Cell, Column, ListRow, RowList
from county_hotline.wording import say

_LIST_WIDTH = {Size.STANDARD: 480, Size.LARGE: 440, Size.LARGEST: 400}


class KnowledgeView(ListPage):
    """The page (`shell.Page`) and what its presenter sees (`presenter.KnowledgeScreen`)."""

    presenter: KnowledgePresenter

    def __init__(self, parent: tk.Misc, shell: Shell, make: Callable[[KnowledgeView], KnowledgePresenter]) -> None:
        super().__init__(parent, shell, say("ui.page.knowledge"))
        self.presenter = make(self)
        self._may_answer = self._may_edit = False
        self._editor: ArticleEditor | None = None
        self._foot.show(self._acts())
        self._build_list()
        self._right = Pane(self.frame)
        self._right.pack(side="left", fill="both", expand=True, padx=(theme.px(16), theme.px(20)), pady=(0, theme.px(8)))
        self._reading = ArticleReading(self._right)
        self._reading.pack(fill="both", expand=True)
        self._foot.lift()

    # -- the page ---------------------------------------------------------------------------------------------------

    def shown(self, argument: str) -> None:
        """In front; `argument` is words to search for."""
        self._is_front = True
        if argument:
            self._search.show(argument)
        self._shell.use_acts(self._acts())
        self.presenter.shown()
        if self._editor is None:
            self._search.take_focus()
        else:
            self._editor.take_focus()

    # -- what the presenter shows -----------------------------------------------------------------------------------

    def typed(self) -> str:
        """See `KnowledgeScreen`."""
        return self._search.value()

    def show_found(self, found: Sequence[ArticleTold], keep: str, *, total_words: str) -> None:
        """See `KnowledgeScreen`."""
        empty = "nothing" if self.typed() else "empty"
        words = say(f"knowledge.{empty}.{'edit' if self._may_edit else 'words'}")
        self._list.explain_empty("book", say(f"knowledge.{empty}"), words)
        self._list.show([_row(told) for told in found], keep=keep)
        self._head.say(beside=total_words if found else "")

    def show_article(self, told: ArticleTold | None) -> None:
        """See `KnowledgeScreen`."""
        self._reading.show(told)

    def show_duties(self, *, may_answer: bool, may_edit: bool) -> None:
        """See `KnowledgeScreen`."""
        self._may_answer, self._may_edit = may_answer, may_edit
        self._refresh()

    def answer_from(self, code: str) -> None:
        """See `KnowledgeScreen`."""
        self._shell.go("intake", f"answer {code}")

    def edit(self, typed: ArticleTyped, head: str) -> None:
        """See `KnowledgeScreen`."""
        self.close_editor()
        self._reading.pack_forget()
        self._editor = ArticleEditor(self._right, typed, head, find=self.presenter.find)
        self._editor.pack(fill="both", expand=True)
        self._refresh()
        self._editor.take_focus()

    def edited(self) -> ArticleTyped:
        """See `KnowledgeScreen`."""
        return self._editor.values() if self._editor is not None else ArticleTyped()

    def close_editor(self) -> None:
        """See `KnowledgeScreen`."""
        if self._editor is not None:
            self._editor.destroy()
            self._editor = None
            self._reading.pack(fill="both", expand=True)
            self._refresh()
            self._list.take_focus()

    def offer(self, field: str, lines: Lines) -> None:
        """See `KnowledgeScreen`."""
        if self._editor is not None:
            self._editor.offer(field, lines)

    def say(self, words: str, *, wrong: str = "") -> None:
        """See `KnowledgeScreen`."""
        self._foot.say(words, ink=theme.RED, icon="exclamation-octagon-fill")
        if self._editor is not None:
            self._editor.wrong(wrong)

    def murmur(self, words: str) -> None:
        """See `KnowledgeScreen`."""
        self._foot.say("")
        self._shell.murmur(words, Tone.GREEN)

    # -- building ---------------------------------------------------------------------------------------------------

    def _acts(self) -> list[Act]:
        if self._editor is not None:
            return [
                Act("knowledge.save", self.presenter.save, "<F9>", "F9", icon="check-lg", kind=ActKind.MAIN),
                Act("knowledge.give_up", self.presenter.give_up, "<Escape>", "Esc"),
            ]
        acts = [Act("knowledge.use", self.presenter.use, "<F9>", "F9", icon="chat-left-text", kind=ActKind.MAIN)]
        if self._may_edit:
            acts += [
                Act("knowledge.change", self.presenter.change, "<Control-e>", "Ctrl+E"),
                Act("knowledge.new", self.presenter.new, "<Control-n>", "Ctrl+N"),
                Act("knowledge.drop", self.presenter.drop, "<Control-Delete>", "Ctrl+Del"),
            ]
        return acts

    def _refresh(self) -> None:
        self._foot.show(self._acts())
        self._foot.say("")
        if self._is_front:
            self._shell.use_acts(self._acts())

    def _build_list(self) -> None:
        left = Pane(self.frame, width=theme.px(_LIST_WIDTH[theme.size()]))
        left.pack(side="left", fill="y", padx=(theme.px(20), 0), pady=(0, theme.px(8)))
        self._search = LineInput(left, hint=say("knowledge.search"), icon="search")
        self._search.pack(fill="x", pady=(0, theme.px(6)))
        self._search.on_change(self.presenter.look)
        self._search.bind("<Down>", lambda _event: self._to_list())
        self._search.bind("<Return>", lambda _event: self._to_list())
        self._list = RowList(
            left,
            [Column(say("knowledge.column.title")), Column(say("knowledge.column.version"), 100)],
            on_choose=self.presenter.choose,
            on_open=lambda _code: self.presenter.use(),
        )
        self._list.pack(fill="both", expand=True)
        Hairline(self.frame, upright=True).pack(side="left", fill="y", padx=(theme.px(12), 0), pady=(0, theme.px(8)))

    def _to_list(self) -> str:
        self._list.take_focus()
        return "break"


def _row(told: ArticleTold) -> ListRow:
    if told.expired:
        version = Cell(say("knowledge.out_of_date"), Tone.RED, "slash-circle")
        return ListRow(told.code, (Cell(told.title, Tone.QUIET), version))
    return ListRow(told.code, (Cell(told.title), Cell(told.version_date, Tone.QUIET)))
