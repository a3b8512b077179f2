"""模板与常用语: found by title or pinyin, put into the form by one key, written and mended at the right."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Mapping, Sequence

from county_hotline.domain.views import Phrase
from county_hotline.errors import HotlineError, Refusal
from county_hotline.ui import theme
from county_hotline.ui.screens.intake.pane_frame import Host, PaneFrame
from county_hotline.ui.theme import Size
from county_hotline.ui.tones import Tone
from county_hotline.ui.widgets.acts import Act, ActKind
from county_hotline.ui.widgets.basic import Pane
from county_hotline.ui.widgets.inputs import LineInput, TextInput, Tick
from county_hotline.ui.widgets.row_list import Cell, Column, ListRow, RowList
from county_hotline.ui.widgets.rows import FieldRow
from county_hotline.wording import say, sentence

_LIST_WIDTH = {Size.STANDARD: 300, Size.LARGE: 270, Size.LARGEST: 230}


class PhrasesPane:
    """The pane (`pane_frame.TakingPane`)."""

    def __init__(self, parent: tk.Misc, host: Host) -> None:
        self._host = host
        self._found: dict[str, Phrase] = {}
        self._asked = 0
        self._doomed = ""
        self.frame = PaneFrame(parent, say("intake.phrases.title"), say("intake.phrases.beside"), self.acts())
        self._build_list()
        self._build_text()

    @property
    def kept(self) -> Mapping[str, LineInput | TextInput]:
        """See `TakingPane`."""
        return {}

    def open(self) -> None:
        """All there are."""
        self._search.show("")
        self._find()

    def acts(self) -> Sequence[Act]:
        """See `TakingPane`."""
        return (
            Act("intake.phrases.use", self._use, "<F9>", "F9", icon="box-arrow-in-down", kind=ActKind.MAIN),
            Act("intake.phrases.new", self._new, "<Control-n>", "Ctrl+N"),
            Act("intake.phrases.save", self._save, "<Control-s>", "Ctrl+S"),
            Act("intake.phrases.drop", self._drop, "<Control-Delete>", "Ctrl+Del"),
            Act("intake.back", self._host.leave, "<Escape>", "Esc"),
        )

    def take_focus(self) -> None:
        """See `TakingPane`."""
        self._search.take_focus()

    def _build_list(self) -> None:
        left = Pane(self.frame.body, width=theme.px(_LIST_WIDTH[theme.size()]))
        left.pack(side="left", fill="y", padx=(theme.px(20), 0), pady=(0, theme.px(6)))
        self._search = LineInput(left, hint=say("intake.phrases.search"), icon="search")
        self._search.pack(fill="x", pady=(0, theme.px(6)))
        self._search.on_change(self._find)
        columns = [Column(say("intake.phrases.column.title")), Column(say("intake.phrases.column.whose"), 56)]
        self._list = RowList(left, columns, on_choose=self._choose, on_open=lambda _key: self._use())
        self._list.pack(fill="both", expand=True)
        self._list.explain_empty("chat-left-text", say("intake.phrases.none"), say("intake.phrases.none.words"))
        self._search.bind("<Down>", lambda _event: self._list.take_focus())
        self._search.bind("<Return>", lambda _event: self._used())

    def _build_text(self) -> None:
        right = Pane(self.frame.body)
        right.pack(side="left", fill="both", expand=True, padx=(theme.px(4), theme.px(20)), pady=(0, theme.px(6)))
        row = FieldRow(right)
        row.pack(fill="x")
        self._title = LineInput(row.body, hint=say("intake.phrases.title.hint"))
        row.put(self._title, say("intake.phrases.name"), required=True, grow=True)
        row = FieldRow(right)
        row.pack(fill="x")
        self._text = TextInput(
            row.body, lines=8 if theme.size() is not Size.LARGEST else 6, hint=say("intake.phrases.text.hint")
        )
        row.put(self._text, say("intake.phrases.text"), required=True, grow=True)
        row = FieldRow(right)
        row.pack(fill="x")
        self._shared = Tick(row.body, say("intake.phrases.shared"))
        row.put(self._shared)

    def _find(self) -> None:
        self._asked += 1
        mine, typed = self._asked, self._search.value()

        def show(found: tuple[Phrase, ...]) -> None:
            if mine == self._asked:
                self._show(found)

        self._host.runner.run(lambda: self._host.work.phrases(typed), show, self._host.fail)

    def _show(self, found: Sequence[Phrase], keep: str = "") -> None:
        self._found = {str(each.phrase): each for each in found}
        rows = [
            ListRow(key, (Cell(each.title), Cell(say(f"intake.phrases.{'own' if each.own else 'station'}"), Tone.QUIET)))
            for key, each in self._found.items()
        ]
        keep = keep or self._list.chosen
        self._list.show(rows, keep=keep if keep in self._found else next(iter(self._found), ""))
        self._choose(self._list.chosen)

    def _choose(self, key: str) -> None:
        phrase = self._found.get(key)
        self._doomed = ""
        self.frame.say("")
        self._title.show(phrase.title if phrase else "")
        self._text.show(phrase.text if phrase else "")
        self._shared.show(on=phrase is not None and not phrase.own)

    def _used(self) -> str:
        self._use()
        return "break"

    def _use(self) -> None:
        text = self._text.value().strip()
        if text:
            self._host.leave()
            self._host.insert(text)

    def _new(self) -> None:
        self._list.choose("")
        self._choose("")
        self._title.take_focus()

    def _save(self) -> None:
        number = int(self._list.chosen or 0)
        phrase = Phrase(number, self._title.value(), self._text.value(), own=not self._shared.is_on())
        self._host.runner.run(lambda: self._host.work.save_phrase(phrase), self._saved, self._failed)

    def _saved(self, number: int) -> None:
        def show(found: tuple[Phrase, ...]) -> None:
            self._show(found, keep=str(number))
            self.frame.say(say("intake.phrases.saved"), Tone.GREEN)

        self._search.show("")
        self._host.runner.run(lambda: self._host.work.phrases(""), show, self._host.fail)

    def _drop(self) -> None:
        key = self._list.chosen
        if not key:
            return
        if self._doomed != key:
            self._doomed = key
            self.frame.say(say("intake.phrases.sure"), Tone.AMBER)
            return
        self._host.runner.run(lambda: self._host.work.drop_phrase(int(key)), lambda _none: self._find(), self._failed)

    def _failed(self, fault: Exception) -> None:
        if not isinstance(fault, HotlineError):
            self._host.fail(fault)
            return
        self.frame.say(sentence(fault))
        if isinstance(fault, Refusal):
            (self._title if fault.details.get("field") == "title" else self._text).take_focus()
