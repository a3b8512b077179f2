"""单独放着的记录 as they look: the list at the left; at the right why, whether anything is lost, what to do, and the form."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Mapping, Sequence

from county_hotline.ui import theme
from county_hotline.ui.list_page import ListPage
from county_hotline.ui.screens.repair.presenter import RepairPresenter
from county_hotline.ui.screens.repair.telling import RecordTold
from county_hotline.ui.screens.repair.work import Lines
from county_hotline.ui.shell import Shell
from county_hotline.ui.telling.reading import FieldTold
from county_hotline.ui.theme import Size, Tone
from county_hotline.ui.widgets.acts import Act, ActKind
from county_hotline.ui.widgets.basic import Hairline, Pane, Words
from county_hotline.ui.widgets.field_form import FieldForm
from county_hotline.ui.widgets.flow_pane import FlowPane
from county_hotline.ui.widgets.page_head import SectionHead
from county_hotline.ui.widgets.row_list import Cell, Column, ListRow, RowList
from county_hotline.ui.widgets.wrapped import WrappedWords
from county_hotline.wording import say

_RIGHT = {Size.STANDARD: 500, Size.LARGE: 460, Size.LARGEST: 400}
_COLUMNS = {
    Size.STANDARD: (("when", 100), ("what", 96), ("title", 0), ("why", 170)),
    Size.LARGE: (("when", 100), ("title", 0), ("why", 150)),
    Size.LARGEST: (("title", 0), ("why", 140)),
}


class RepairView(ListPage):
    """The page (`shell.Page`) and what its presenter sees (`presenter.RepairScreen`)."""

    presenter: RepairPresenter

    def __init__(self, parent: tk.Misc, shell: Shell, make: Callable[[RepairView], RepairPresenter]) -> None:
        super().__init__(parent, shell, say("ui.page.repair"))
        self._form: FieldForm | None = None
        self._form_pane: Pane | None = None
        self._told: RecordTold | None = None
        self.presenter = make(self)
        self._right = Pane(self.frame, width=theme.px(_RIGHT[theme.size()]))
        self._right.pack(side="right", fill="y", padx=(theme.px(12), theme.px(20)), pady=(0, theme.px(8)))
        Hairline(self.frame, upright=True).pack(side="right", fill="y", pady=(0, theme.px(8)))
        self._reading = FlowPane(self._right, takes_focus=True)
        self._reading.pack(fill="both", expand=True)
        self._build_list()
        self._refresh()

    # -- the page ---------------------------------------------------------------------------------------------------

    def shown(self, argument: str) -> None:
        """In front; `argument` names a record."""
        self._is_front = True
        self._shell.use_acts(self._acts())
        self.presenter.shown(argument)
        if self._form is None:
            self._list.take_focus()
        else:
            self._form.take_focus()

    # -- what the presenter shows -----------------------------------------------------------------------------------

    def show(self, records: Sequence[RecordTold], keep: str) -> None:
        """See `RepairScreen`."""
        names = [name for name, _ in _COLUMNS[theme.size()]]
        self._list.show([_row(told, names) for told in records], keep=keep)
        self._head.say(beside=say("held.count", count=len(records)) if records else "")

    def show_record(self, told: RecordTold | None) -> None:
        """See `RepairScreen`."""
        self._told = told
        body = self._reading.body
        for child in body.winfo_children():
            child.destroy()
        if told is not None:
            WrappedWords(body, told.title or told.short, font=theme.HEAD).pack(
                fill="x", padx=theme.px(4), pady=(theme.px(4), 0)
            )
            beside = say("held.beside", what=told.what, number=told.short, when=told.when, who=told.who)
            WrappedWords(body, beside, ink=theme.INK2).pack(fill="x", padx=theme.px(4), pady=(theme.px(2), theme.px(8)))
            Hairline(body).pack(fill="x")
            for label, words in told.paragraphs:
                Words(body, label, font=theme.SMALL_BOLD, ink=theme.INK2).pack(
                    anchor="w", padx=theme.px(4), pady=(theme.px(10), theme.px(2))
                )
                WrappedWords(body, words).pack(fill="x", padx=theme.px(4))
        self._reading.adopt()
        self._reading.to_top()
        self._refresh()

    def ask(self, what: str, fields: Sequence[FieldTold]) -> None:
        """See `RepairScreen`."""
        self._reading.pack_forget()
        self._form_pane = Pane(self._right)
        self._form_pane.pack(fill="both", expand=True)
        title = self._told.title or self._told.short if self._told else ""
        SectionHead(self._form_pane, say(f"held.form.{what}"), title).pack(fill="x", padx=theme.px(4), pady=(0, theme.px(4)))
        WrappedWords(self._form_pane, say(f"held.form.{what}.words"), ink=theme.INK2).pack(
            fill="x", padx=theme.px(4), pady=(0, theme.px(8))
        )
        self._form = FieldForm(self._form_pane, fields, find=self.presenter.find, column=84)
        self._form.pack(fill="both", expand=True)
        self._refresh()
        self._form.take_focus(fields[0].name)  # what is to be mended stands above the reason

    def asked(self) -> Mapping[str, str]:
        """See `RepairScreen`."""
        return self._form.values() if self._form is not None else {}

    def wrong(self, field: str, words: str) -> None:
        """See `RepairScreen`."""
        if self._form is not None:
            self._form.wrong(field, words)

    def offer(self, field: str, typed: str, lines: Lines) -> None:
        """See `RepairScreen`."""
        if self._form is not None:
            self._form.offer(field, typed, lines)

    def close_form(self) -> None:
        """See `RepairScreen`."""
        if self._form_pane is not None:
            self._form_pane.destroy()
            self._form, self._form_pane = None, None
            self._reading.pack(fill="both", expand=True)
            self._list.take_focus()
        self._refresh()

    def murmur(self, words: str) -> None:
        """See `RepairScreen`."""
        self._shell.murmur(words, Tone.GREEN)

    # -- building ---------------------------------------------------------------------------------------------------

    def _acts(self) -> list[Act]:
        if self._form is not None:
            return [
                Act(f"held.go.{self.presenter.form}", self.presenter.record, "<F9>", "F9", kind=ActKind.MAIN),
                Act("held.give_up", self.presenter.give_up, "<Escape>", "Esc"),
            ]
        told, found = self._told, []
        if told is not None and told.can_rewrite:
            found.append(
                Act("held.rewrite", self.presenter.open_rewrite, "<F9>", "F9", icon="pencil-square", kind=ActKind.MAIN)
            )
        if told is not None and told.can_send:
            found.append(Act("held.resend", self.presenter.send_again, "<Control-r>", "Ctrl+R", icon="arrow-repeat"))
        if told is not None and told.can_withdraw:
            found.append(Act("held.withdraw", self.presenter.open_withdraw, "<Control-d>", "Ctrl+D"))
        if told is not None:
            found.append(Act("held.open", lambda: self._shell.go("order", told.number), "<Control-o>", "Ctrl+O"))
        return [*found, Act("held.back", lambda: self._shell.go("sync", ""), "<Escape>", "Esc")]

    def _refresh(self) -> None:
        self._foot.show(self._acts())
        self._foot.lift()
        if self._is_front:
            self._shell.use_acts(self._acts())

    def _build_list(self) -> None:
        self._list = RowList(
            self.frame,
            [Column(say(f"held.column.{name}"), width) for name, width in _COLUMNS[theme.size()]],
            on_choose=self.presenter.choose,
            on_open=lambda _key: self.presenter.open_rewrite(),
        )
        self._list.pack(side="left", fill="both", expand=True, padx=(theme.px(20), theme.px(12)), pady=(0, theme.px(8)))
        self._list.explain_empty("check-circle-fill", say("held.empty"), say("held.empty.words"))


def _row(told: RecordTold, names: Sequence[str]) -> ListRow:
    cells = {
        "when": Cell(told.when),
        "what": Cell(told.what),
        "title": Cell(told.title or told.short),
        "why": Cell(told.why, Tone(told.tone), "exclamation-triangle-fill" if told.tone == "amber" else ""),
    }
    return ListRow(told.key, tuple(cells[name] for name in names))
