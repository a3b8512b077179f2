"""来件 as it looks: what waits at the left, the whole text of the chosen message at the right."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence

from county_hotline.ui import theme
from county_hotline.ui.list_page import ListPage
from county_hotline.ui.screens.incoming.form import AskForm
from county_hotline.ui.screens.incoming.presenter import IncomingPresenter, MessageTold
from county_hotline.ui.shell import Shell
from county_hotline.ui.theme import Size, Tone
from county_hotline.ui.widgets.acts import Act, ActKind
from county_hotline.ui.widgets.basic import Hairline, Pane
from county_hotline.ui.widgets.flow_pane import FlowPane
from county_hotline.ui.widgets.key_values import KeyValue, KeyValues
from county_hotline.ui.widgets.row_list import Cell, Column, ListRow, RowList
from county_hotline.ui.widgets.wrapped import WrappedWords
from county_hotline.wording import say

_GO = {"drop": "incoming.drop.go", "paste": "incoming.paste.go", "file": "incoming.file.go"}
_RIGHT = {Size.STANDARD: 470, Size.LARGE: 440, Size.LARGEST: 390}


class IncomingView(ListPage):
    """The page (`shell.Page`) and what its presenter sees (`presenter.IncomingScreen`)."""

    presenter: IncomingPresenter

    def __init__(self, parent: tk.Misc, shell: Shell, make: Callable[[IncomingView], IncomingPresenter]) -> None:
        super().__init__(parent, shell, say("ui.page.incoming"))
        self._form: AskForm | None = None
        self.presenter = make(self)
        self._foot.show(self._acts())
        self._right = Pane(self.frame, width=theme.px(_RIGHT[theme.size()]))
        self._right.pack(side="right", fill="y", padx=(theme.px(12), theme.px(20)), pady=(0, theme.px(8)))
        Hairline(self.frame, upright=True).pack(side="right", fill="y", pady=(0, theme.px(8)))
        self._build_reading()
        self._build_list()
        self._foot.lift()

    # -- the page ---------------------------------------------------------------------------------------------------

    def shown(self, argument: str) -> None:
        """In front."""
        del argument
        self._is_front = True
        self._shell.use_acts(self._acts())
        self.presenter.shown()
        if self._form is None:
            self._list.take_focus()
        else:
            self._form.take_focus()

    # -- what the presenter shows -----------------------------------------------------------------------------------

    def show(self, messages: Sequence[MessageTold], keep: str) -> None:
        """See `IncomingScreen`."""
        self._list.show([_row(told) for told in messages], keep=keep)
        self._head.say(beside=say("incoming.count", count=len(messages)) if messages else "")

    def show_message(self, told: MessageTold | None) -> None:
        """See `IncomingScreen`."""
        self._title.say(told.title if told else "")
        self._text.say(told.text if told else "")
        self._beside.show([KeyValue(label, words) for label, words in told.beside] if told else [])
        self._reading.to_top()

    def ask(self, what: str) -> None:
        """See `IncomingScreen`."""
        self.close_form()
        self._reading.pack_forget()
        self._form = AskForm(self._right, what)
        self._form.pack(fill="both", expand=True)
        self._refresh()
        self._form.take_focus()

    def asked(self) -> str:
        """See `IncomingScreen`."""
        return self._form.value() if self._form is not None else ""

    def close_form(self) -> None:
        """See `IncomingScreen`."""
        if self._form is not None:
            self._form.destroy()
            self._form = None
            self._reading.pack(fill="both", expand=True)
            self._refresh()
            self._list.take_focus()

    def take_in(self, key: str) -> None:
        """See `IncomingScreen`."""
        self._shell.go("intake", f"incoming {key}")

    def say(self, words: str) -> None:
        """See `IncomingScreen`."""
        self._foot.say(words, ink=theme.RED, icon="exclamation-octagon-fill")
        if words and self._form is not None:
            self._form.wrong()

    def tell(self, head: str, words: str, *, all_well: bool) -> None:
        """See `IncomingScreen`."""
        seen = Act("ui.seen", self._shell.hush, "<Escape>", "Esc")
        self._shell.tell(head, words, tone=Tone.GREEN if all_well else Tone.AMBER, acts=(seen,))

    def murmur(self, words: str) -> None:
        """See `IncomingScreen`."""
        self._shell.murmur(words, Tone.GREEN)

    # -- building ---------------------------------------------------------------------------------------------------

    def _acts(self) -> list[Act]:
        if self._form is not None:
            return [
                Act(_GO[self.presenter.form], self.presenter.record, "<F9>", "F9", kind=ActKind.MAIN),
                Act("incoming.give_up", self.presenter.give_up, "<Escape>", "Esc"),
            ]
        return [
            Act("incoming.take_in", self.presenter.take_in, "<F9>", "F9", icon="pencil-square", kind=ActKind.MAIN),
            Act("incoming.drop", lambda: self.presenter.open_form("drop"), "<Control-d>", "Ctrl+D"),
            Act("incoming.paste", lambda: self.presenter.open_form("paste"), "<Control-v>", "Ctrl+V"),
            Act("incoming.file", lambda: self.presenter.open_form("file"), "<Control-i>", "Ctrl+I"),
        ]

    def _refresh(self) -> None:
        self._foot.show(self._acts())
        self._foot.say("")
        if self._is_front:
            self._shell.use_acts(self._acts())

    def _build_list(self) -> None:
        columns = [("channel", 100), ("came", 110), ("sender", 150), ("words", 0)]
        if theme.size() is not Size.STANDARD:
            columns = [("channel", 96), ("came", 104), ("words", 0)]
        self._list = RowList(
            self.frame,
            [Column(say(f"incoming.column.{name}"), width) for name, width in columns],
            on_choose=self.presenter.choose,
            on_open=lambda _key: self.presenter.take_in(),
        )
        self._list.pack(side="left", fill="both", expand=True, padx=(theme.px(20), theme.px(12)), pady=(0, theme.px(8)))
        self._list.explain_empty("inbox", say("incoming.empty"), say("incoming.empty.words"))

    def _build_reading(self) -> None:
        self._reading = FlowPane(self._right, takes_focus=True)
        self._reading.pack(fill="both", expand=True)
        body = self._reading.body
        self._title = WrappedWords(body, font=theme.HEAD)
        self._title.pack(fill="x", padx=theme.px(4), pady=(theme.px(4), theme.px(4)))
        self._beside = KeyValues(body, column=64, pitch=2)
        self._beside.pack(fill="x", padx=theme.px(4), pady=(0, theme.px(8)))
        Hairline(body).pack(fill="x")
        self._text = WrappedWords(body)
        self._text.pack(fill="x", padx=theme.px(4), pady=theme.px(8))
        self._reading.adopt()


def _row(told: MessageTold) -> ListRow:
    cells = [Cell(told.channel), Cell(told.came), Cell(told.sender, Tone.QUIET), Cell(told.first_words)]
    if theme.size() is not Size.STANDARD:
        del cells[2]
    return ListRow(told.key, tuple(cells))
