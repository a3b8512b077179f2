"""What is asked on 来件: a reason, a text, or a file."""

from __future__ import annotations

import tkinter as tk
from tkinter import filedialog

from county_hotline.ui import theme
from county_hotline.ui.widgets.acts import Act, ActButton, ActKind
from county_hotline.ui.widgets.basic import Pane
from county_hotline.ui.widgets.inputs import LineInput, TextInput
from county_hotline.ui.widgets.page_head import SectionHead
from county_hotline.ui.widgets.rows import FieldRow
from county_hotline.ui.widgets.wrapped import WrappedWords
from county_hotline.wording import say


class AskForm(Pane):
    """One field: `value()`."""

    def __init__(self, parent: tk.Misc, what: str) -> None:
        super().__init__(parent)
        SectionHead(self, say(f"incoming.{what}.title")).pack(fill="x", padx=theme.px(8))
        WrappedWords(self, say(f"incoming.{what}.words"), ink=theme.INK2).pack(
            fill="x", padx=theme.px(8), pady=(theme.px(4), theme.px(10))
        )
        row = FieldRow(self)
        row.pack(fill="both" if what == "paste" else "x", expand=what == "paste")
        self._field: LineInput | TextInput
        if what == "file":
            self._field = LineInput(row.body, hint=say("incoming.file.hint"))
            row.put(self._field, say("incoming.file.field"), required=True, grow=True)
            picks = Act("incoming.file.pick", self._pick, kind=ActKind.PANE)
            row.put(ActButton(row.body, picks), gap=8)
        else:
            self._field = TextInput(row.body, lines=3 if what == "drop" else 8, hint=say(f"incoming.{what}.hint"))
            row.put(self._field, say(f"incoming.{what}.field"), required=True, grow=True)

    def value(self) -> str:
        """What stands in it."""
        return self._field.value()

    def wrong(self) -> None:
        """Red, and the keyboard there."""
        self._field.mark(wrong=True)
        self._field.take_focus()

    def take_focus(self) -> None:
        """The keyboard goes to it."""
        self._field.take_focus()

    def _pick(self) -> None:
        """The system's own window for files; a path may be typed instead."""
        chosen = filedialog.askopenfilename(parent=self.winfo_toplevel(), title=say("incoming.file.pick"))
        if chosen:
            self._field.show(str(chosen))
        self._field.take_focus()
