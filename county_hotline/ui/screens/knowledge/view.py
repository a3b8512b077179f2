"""知识库 as it looks: search, filters and list at the left; at the right the article, its editor, its versions, or reports."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from itertools import chain
from pathlib import Path
from tkinter import filedialog

from county_hotline.ui import theme
from county_hotline.ui.bringing_in import BringingIn
from county_hotline.ui.list_page import ListPage
from county_hotline.ui.opening import open_with_system
from county_hotline.ui.screens.knowledge.beside import BesidePresenter, ReportTold, VersionTold
from county_hotline.ui.screens.knowledge.beside_panes import HistoryPane, ReportForm, ReportsPane
from county_hotline.ui.screens.knowledge.editor import ArticleEditor
from county_hotline.ui.screens.knowledge.finding import FindingPane
from county_hotline.ui.screens.knowledge.presenter import KnowledgePresenter
from county_hotline.ui.screens.knowledge.screen import ArticleTyped, Lines, RowTold
from county_hotline.ui.shell import Shell
from county_hotline.ui.telling.article import ArticleTold
from county_hotline.ui.telling.preview import PreviewTold
from county_hotline.ui.theme import Size, Tone
from county_hotline.ui.widgets.acts import Act, ActButton, ActKind
from county_hotline.ui.widgets.article_reading import ArticleReading
from county_hotline.ui.widgets.ask_table import ask_for_table, ask_where_to
from county_hotline.ui.widgets.basic import Hairline, Pane
from county_hotline.ui.widgets.preview_pane import PreviewPane, preview_acts
from county_hotline.wording import say

_LIST_WIDTH = {Size.STANDARD: 480, Size.LARGE: 440, Size.LARGEST: 400}
_MOST_FILES = 9
_LINKS_IN_A_ROW = 4


class _Right(Enum):
    """What stands at the right."""

    READING = 0
    EDITOR = 1
    HISTORY = 2
    FORM = 3
    REPORTS = 4


class KnowledgeView(ListPage):
    """The page (`shell.Page`) and what its presenters see (`presenter.KnowledgeScreen`, `beside.BesideScreen`)."""

    presenter: KnowledgePresenter

    def __init__(
        self,
        parent: tk.Misc,
        shell: Shell,
        make: Callable[[KnowledgeView], tuple[KnowledgePresenter, BesidePresenter, BringingIn]],
    ) -> None:
        super().__init__(parent, shell, say("ui.page.knowledge"))
        self.presenter, self._beside, self._bringing_in = make(self)
        self._preview: PreviewPane | None = None
        self._preview_told: PreviewTold | None = None
        self._may_answer = self._may_edit = False
        self._at = _Right.READING
        self._pane: ArticleEditor | HistoryPane | ReportForm | ReportsPane | None = None
        self._files: Sequence[tuple[str, str]] = ()
        self._whole = Pane(self.frame)
        self._whole.pack(fill="both", expand=True)
        self._finding = FindingPane(
            self._whole,
            width=theme.px(_LIST_WIDTH[theme.size()]),
            look=self.presenter.look,
            find=self.presenter.find,
            choose=self.presenter.choose,
            use=self.presenter.use,
            more=self.presenter.more,
        )
        self._finding.pack(side="left", fill="y", padx=(theme.px(20), 0), pady=(0, theme.px(8)))
        Hairline(self._whole, upright=True).pack(side="left", fill="y", padx=(theme.px(12), 0), pady=(0, theme.px(8)))
        self._right = Pane(self._whole)
        self._right.pack(side="left", fill="both", expand=True, padx=(theme.px(16), theme.px(20)), pady=(0, theme.px(8)))
        self._under = Pane(self._right)
        self._under.pack(side="bottom", fill="x")
        self._reading = ArticleReading(self._right)
        self._reading.pack(fill="both", expand=True)
        self._refresh()
        self._foot.lift()

    # -- the page ---------------------------------------------------------------------------------------------------

    def shown(self, argument: str) -> None:
        """In front; `argument` is words to search for."""
        self._is_front = True
        if argument:
            self._finding.put(argument)
        self._shell.use_acts(self._acts())
        self.presenter.shown()
        if self._preview is not None:
            self._preview.take_focus()
        elif self._pane is None:
            self._finding.take_focus()
        else:
            self._pane.take_focus()

    # -- what the presenter shows -----------------------------------------------------------------------------------

    def typed(self) -> str:
        """See `KnowledgeScreen`."""
        return self._finding.typed()

    def filters(self) -> Mapping[str, str]:
        """See `KnowledgeScreen`."""
        return self._finding.filters()

    def show_found(self, rows: Sequence[RowTold], keep: str, *, total: int, beside: str) -> None:
        """See `KnowledgeScreen`."""
        self._finding.show(rows, keep, total=total, may_edit=self._may_edit)
        self._head.say(beside=beside)

    def add_found(self, rows: Sequence[RowTold]) -> None:
        """See `KnowledgeScreen`."""
        self._finding.add(rows)

    def show_article(self, told: ArticleTold | None, files: Sequence[tuple[str, str]]) -> None:
        """See `KnowledgeScreen`."""
        self._reading.show(told)
        self._files = files
        if self._at is _Right.READING:
            self._refresh(keep_words=True)

    def show_duties(self, *, may_answer: bool, may_edit: bool) -> None:
        """See `KnowledgeScreen`."""
        self._may_answer, self._may_edit = may_answer, may_edit
        self._refresh()

    def answer_from(self, code: str) -> None:
        """See `KnowledgeScreen`."""
        self._shell.go("intake", f"answer {code}")

    def edit(self, typed: ArticleTyped, head: str) -> None:
        """See `KnowledgeScreen`."""
        self._put(_Right.EDITOR, ArticleEditor(self._right, typed, head, find=self.presenter.find))

    def edited(self) -> ArticleTyped:
        """See `KnowledgeScreen`."""
        return self._pane.values() if isinstance(self._pane, ArticleEditor) else ArticleTyped()

    def show_files(self, names: Sequence[str]) -> None:
        """See `KnowledgeScreen`."""
        if isinstance(self._pane, ArticleEditor):
            self._pane.show_files(names)

    def close_editor(self) -> None:
        """See `KnowledgeScreen`."""
        self.back()

    def offer(self, field: str, typed: str, lines: Lines) -> None:
        """See `KnowledgeScreen`."""
        if isinstance(self._pane, ArticleEditor):
            self._pane.offer(field, typed, lines)
        else:
            self._finding.offer(field, typed, lines)

    def open_path(self, path: Path) -> bool:
        """See `KnowledgeScreen`."""
        return open_with_system(path)

    def say(self, words: str, *, wrong: str = "") -> None:
        """See `KnowledgeScreen`."""
        self._foot.say(words, ink=theme.RED, icon="exclamation-octagon-fill")
        if isinstance(self._pane, ArticleEditor):
            self._pane.wrong(wrong)
        elif isinstance(self._pane, ReportForm | ReportsPane) and wrong:
            self._pane.wrong()

    def murmur(self, words: str) -> None:
        """See `KnowledgeScreen`."""
        self._foot.say("")
        self._shell.murmur(words, Tone.GREEN)

    def undoable(self, words: str, undo: Callable[[], None]) -> None:
        """See `KnowledgeScreen`."""

        def come_back() -> None:
            self._shell.go("knowledge")
            undo()

        self._shell.undoable(words, come_back, still=self.is_open)

    def ask_target(self, name: str) -> str:
        """See `KnowledgeScreen`."""
        chosen = filedialog.asksaveasfilename(
            parent=self.frame.winfo_toplevel(), title=say("knowledge.save_file"), initialfile=name, confirmoverwrite=False
        )
        return str(chosen or "")

    # -- a file that is brought in (see ImportScreen) ----------------------------------------------------------------

    def show_preview(self, told: PreviewTold | None) -> None:
        """What the file would do, in place of everything else; None takes it away."""
        if self._preview is not None:
            self._preview.destroy()
        self._preview, self._preview_told = None, told
        if told is None:
            self._whole.pack(fill="both", expand=True)
            self._finding.list_focus()
        else:
            self._whole.pack_forget()
            self._preview = PreviewPane(self.frame, told)
            self._preview.pack(fill="both", expand=True)
            self._preview.take_focus()
        self._refresh()

    def told_of_import(self, head: str, words: str, tone: str) -> None:
        """What came of it, above the page."""
        self._shell.tell(head, words, tone=Tone(tone), acts=(Act("duties.seen", self._shell.hush, "<Escape>", "Esc"),))

    def progress_changed(self) -> None:
        """See `ListPage`."""
        self._refresh()

    # -- what stands beside -----------------------------------------------------------------------------------------

    def show_history(self, head: str, versions: Sequence[VersionTold]) -> None:
        """See `BesideScreen`."""
        self._put(_Right.HISTORY, HistoryPane(self._right, head, versions))

    def show_form(self, of: str, fields: Sequence[tuple[str, str]]) -> None:
        """See `BesideScreen`."""
        self._put(_Right.FORM, ReportForm(self._right, of, fields))

    def form(self) -> tuple[str, str]:
        """See `BesideScreen`."""
        return self._pane.values() if isinstance(self._pane, ReportForm) else ("", "")

    def show_reports(self, reports: Sequence[ReportTold], *, total: str, empty: str, may_settle: bool) -> None:
        """See `BesideScreen`."""
        if not isinstance(self._pane, ReportsPane):
            self._put(_Right.REPORTS, ReportsPane(self._right, on_choose=self._beside.choose))
        if isinstance(self._pane, ReportsPane):
            self._pane.show(reports, total=total, empty=empty, may_settle=may_settle)

    def reason(self) -> str:
        """See `BesideScreen`."""
        return self._pane.reason() if isinstance(self._pane, ReportsPane) else ""

    def back(self) -> None:
        """See `BesideScreen`."""
        if self._pane is not None:
            self._pane.destroy()
            self._pane = None
        self._at = _Right.READING
        self._reading.pack(fill="both", expand=True)
        self._refresh()
        self._finding.list_focus()

    def go_to(self, code: str) -> None:
        """See `BesideScreen`."""
        self.back()
        self._finding.put(code)
        self.presenter.look(code)

    # -- acts -------------------------------------------------------------------------------------------------------

    def _acts(self) -> list[Act]:
        if self.is_working:
            return [self.stop_act]
        if self._preview_told is not None:
            return preview_acts(self._preview_told, self._bringing_in.take, self._bring_in, self._leave_preview)
        back = Act("knowledge.leave", self.back, "<Escape>", "Esc")
        match self._at:
            case _Right.EDITOR:
                return [
                    Act("knowledge.save", self.presenter.save, "<F9>", "F9", icon="check-lg", kind=ActKind.MAIN),
                    Act("knowledge.add_file", self._choose_file, "<Control-o>", "Ctrl+O"),
                    Act("knowledge.no_more_files", self.presenter.drop_files, "<Control-Delete>", "Ctrl+Del"),
                    Act("knowledge.give_up", self.presenter.give_up, "<Escape>", "Esc"),
                ]
            case _Right.HISTORY:
                restore = Act("knowledge.history.restore", self._restore, "<Control-e>", "Ctrl+E")
                return [back, restore] if self._may_edit else [back]
            case _Right.FORM:
                send = Act("knowledge.remark.send", self._beside.send, "<F9>", "F9", icon="send", kind=ActKind.MAIN)
                return [send, Act("knowledge.remark.give_up", self.back, "<Escape>", "Esc")]
            case _Right.REPORTS:
                go = Act("knowledge.remark.go", self._beside.go, "<Control-g>", "Ctrl+G")
                return [*self._settling(), go, back]
            case _:
                return [*self._reading_acts(), *self._links()]

    def _settling(self) -> list[Act]:
        if not self._may_edit:
            return []
        return [
            Act("knowledge.remark.mend", self._mended, "<F9>", "F9", icon="check-lg", kind=ActKind.MAIN),
            Act("knowledge.remark.refuse", self._beside.refused, "<Control-d>", "Ctrl+D"),
        ]

    def _reading_acts(self) -> list[Act]:
        acts = [
            Act("knowledge.use", self.presenter.use, "<F9>", "F9", icon="chat-left-text", kind=ActKind.MAIN),
            Act("knowledge.print", self.presenter.print_answer, "<Control-p>", "Ctrl+P"),
        ]
        if self._may_edit:
            acts += [
                Act("knowledge.change", self.presenter.change, "<Control-e>", "Ctrl+E"),
                Act("knowledge.new", self.presenter.new, "<Control-n>", "Ctrl+N"),
                Act("knowledge.drop", self.presenter.drop, "<Control-Delete>", "Ctrl+Del"),
            ]
        return acts

    def _links(self) -> list[Act]:
        """Under the article, not in the foot."""
        links = [
            Act("knowledge.report", self._report, "<Control-j>", "Ctrl+J", kind=ActKind.LINK),
            Act("knowledge.show_history", self._history, "<Control-h>", "Ctrl+H", kind=ActKind.LINK),
            Act("knowledge.reports", self._beside.reports, "<Control-r>", "Ctrl+R", kind=ActKind.LINK),
            Act("knowledge.filter", self._finding.toggle_filters, "<Control-l>", "Ctrl+L", kind=ActKind.LINK),
        ]
        if self._may_edit:
            links += [
                Act("knowledge.bring_in", self._bring_in, "<Control-o>", "Ctrl+O", kind=ActKind.LINK),
                Act("knowledge.take_out", self._take_out, "<Control-s>", "Ctrl+S", kind=ActKind.LINK),
            ]
        return links

    def _file_acts(self, at: int, sha256: str, name: str) -> list[Act]:
        """Of the article's n-th file."""
        return [
            Act(
                "knowledge.open_file",
                lambda: self.presenter.open_file(sha256),
                f"<Alt-Shift-Key-{at}>",
                f"Alt+Shift+{at}",
                icon="paperclip",
                kind=ActKind.LINK,
                details={"name": name},
            ),
            Act(
                "knowledge.save_file",
                lambda: self.presenter.save_file(sha256),
                f"<Control-Shift-Key-{at}>",
                f"Ctrl+Shift+{at}",
                kind=ActKind.LINK,
            ),
        ]

    def _refresh(self, *, keep_words: bool = False) -> None:
        acts = self._acts()
        self._foot.show([] if self.is_working else [act for act in acts if act.kind is not ActKind.LINK])
        for child in self._under.winfo_children():
            child.destroy()
        rows = [acts_of_row for acts_of_row in self._link_rows(acts) if acts_of_row]
        for links in rows:
            row = Pane(self._under)
            row.pack(fill="x", padx=theme.px(4))
            for act in links:
                ActButton(row, act).pack(side="left", padx=(0, theme.px(4)))
        if not keep_words:
            self._foot.say("")
        if self._is_front:
            self._shell.use_acts([*(act for act in acts if act.kind is not ActKind.LINK), *chain.from_iterable(rows)])

    def _link_rows(self, acts: Sequence[Act]) -> list[list[Act]]:
        """As many in a row as there is room for; a file has a row of its own."""
        links = [act for act in acts if act.kind is ActKind.LINK]
        if not links:
            return []
        files = [self._file_acts(at, *each) for at, each in enumerate(self._files[:_MOST_FILES], 1)]
        return [links[:_LINKS_IN_A_ROW], links[_LINKS_IN_A_ROW:], *files]

    def _put(self, at: _Right, pane: ArticleEditor | HistoryPane | ReportForm | ReportsPane) -> None:
        if self._pane is not None:
            self._pane.destroy()
        self._reading.pack_forget()
        self._at, self._pane = at, pane
        pane.pack(fill="both", expand=True)
        self._refresh()
        pane.take_focus()

    def _mended(self) -> None:
        self._beside.mended(self.presenter.chosen)

    def _report(self) -> None:
        self._beside.begin(self.presenter.chosen, self.presenter.title)

    def _history(self) -> None:
        self._beside.history(self.presenter.chosen)

    def _restore(self) -> None:
        told = self._pane.chosen if isinstance(self._pane, HistoryPane) else None
        if told is not None:
            self._beside.restore(told.number)

    def _choose_file(self) -> None:
        file = filedialog.askopenfilename(parent=self.frame.winfo_toplevel(), title=say("knowledge.add_file"))
        if file:
            self.presenter.add_file(Path(file))

    def _bring_in(self) -> None:
        if file := ask_for_table(self.frame, say("knowledge.bring_in")):
            self._bringing_in.look("articles", file)

    def _leave_preview(self) -> None:
        self._shell.hush()
        self._bringing_in.leave()

    def _take_out(self) -> None:
        if file := ask_where_to(self.frame, say("knowledge.take_out"), say("ui.page.knowledge")):
            self.presenter.take_out(file)


class ImportScreen:
    """The page as `bringing_in.PreviewScreen`: what it says of a file stands above the page, not beside the acts."""

    def __init__(self, view: KnowledgeView) -> None:
        self._view = view

    def show_preview(self, told: PreviewTold | None) -> None:
        """See `PreviewScreen`."""
        self._view.show_preview(told)

    def say(self, head: str, words: str, tone: str) -> None:
        """See `PreviewScreen`."""
        self._view.told_of_import(head, words, tone)

    def fail(self, fault: Exception) -> None:
        """See `PreviewScreen`."""
        self._view.fail(fault)
