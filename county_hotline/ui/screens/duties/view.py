"""清单 as it looks: the lists in segments, search, the chosen line or the form at the right."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

from county_hotline.ui import theme
from county_hotline.ui.list_page import ListPage
from county_hotline.ui.screens.duties.lists import LISTS, list_named
from county_hotline.ui.screens.duties.presenter import NAMES, DutiesPresenter, FormTold, Lines, RowTold
from county_hotline.ui.shell import Shell
from county_hotline.ui.telling.preview import PreviewTold
from county_hotline.ui.telling.reading import ReadTold
from county_hotline.ui.theme import Tone
from county_hotline.ui.tk_runner import TkLater
from county_hotline.ui.widgets.acts import Act, ActButton, ActKind
from county_hotline.ui.widgets.ask_table import ask_for_table, ask_where_to
from county_hotline.ui.widgets.basic import Pane
from county_hotline.ui.widgets.field_form import FieldForm
from county_hotline.ui.widgets.inputs import Choice, LineInput
from county_hotline.ui.widgets.list_drawing import NamedColumns, pane_width, with_room
from county_hotline.ui.widgets.page_head import SectionHead
from county_hotline.ui.widgets.preview_pane import PreviewPane, preview_acts
from county_hotline.ui.widgets.reading_pane import ReadingPane
from county_hotline.ui.widgets.row_list import Cell, Column, ListRow, RowList
from county_hotline.ui.widgets.segments import Segments
from county_hotline.wording import say

SEARCH_AFTER_MS = 200
FLEXIBLE_AT_LEAST = 150


class DutiesView(ListPage):
    """The page (`shell.Page`) and what its presenter sees (`presenter.DutiesScreen`)."""

    presenter: DutiesPresenter

    def __init__(self, parent: tk.Misc, shell: Shell) -> None:
        super().__init__(parent, shell, say("duties.title"))
        self._name = LISTS[0].name
        self._why, self._may_exchange, self._may_write = "", False, True
        self._rows: tuple[RowTold, ...] = ()
        self._has_line = False
        self._form: FieldForm | None = None
        self._preview: PreviewPane | None = None
        self._preview_told: PreviewTold | None = None
        self._room = theme.px(760)
        self._build_row()
        self._below = Pane(self.frame)
        self._below.pack(side="top", fill="both", expand=True)
        self._pane = ReadingPane(self._below, column=66)
        self._writing = Pane(self._below, ground=theme.SIDE, width=theme.px(404))
        self._list = RowList(
            self._below,
            self._drawn_columns(),
            on_choose=self._row_chosen,
            on_open=lambda _key: self.presenter.change(),
        )
        self._list.pack(side="left", fill="both", expand=True, padx=(theme.px(10), theme.px(8)))
        self._later = TkLater(self.frame)
        self._stop_waiting: Callable[[], None] = lambda: None
        self.frame.bind("<Configure>", lambda event: self._fit(event.width))

    # -- the page ---------------------------------------------------------------------------------------------------

    def shown(self, argument: str) -> None:
        """In front. An argument is the list to be shown."""
        self._is_front = True
        self._use_acts()
        if argument in {spec.name for spec in LISTS}:
            self._lists.show(argument)
            self._turn_to(argument)
        self.presenter.shown()
        if self._preview is not None:
            self._preview.take_focus()
        elif self._form is None:
            self._list.take_focus()

    # -- what the presenter shows -----------------------------------------------------------------------------------

    def show_rows(self, name: str, rows: tuple[RowTold, ...], *, keep: str) -> None:
        """See `DutiesScreen`."""
        self._name, self._rows = name, rows
        self._draw(keep)

    def show_empty(self, head: str, words: str) -> None:
        """See `DutiesScreen`."""
        self._list.explain_empty("journal-text", head, words)

    def show_line(self, told: ReadTold | None) -> None:
        """See `DutiesScreen`."""
        self._has_line = told is not None
        if told is not None:
            self._pane.show(told)
        if self._form is None:
            self._place_pane()
            self._show_foot()

    def show_rights(self, why: str, *, may_exchange: bool, may_write: bool) -> None:
        """See `DutiesScreen`."""
        self._why, self._may_exchange, self._may_write = why, may_exchange, may_write

    def show_preview(self, told: PreviewTold | None) -> None:
        """See `PreviewScreen`."""
        if self._preview is not None:
            self._preview.destroy()
        self._preview, self._preview_told = None, told
        if told is None:
            self._below.pack(side="top", fill="both", expand=True)
            self._list.take_focus()
        else:
            self._below.pack_forget()
            self._preview = PreviewPane(self.frame, told)
            self._preview.pack(side="top", fill="both", expand=True)
            self._preview.take_focus()
        self._show_foot()

    def progress_changed(self) -> None:
        """See `ListPage`."""
        self._show_foot()

    def show_form(self, told: FormTold | None) -> None:
        """See `DutiesScreen`."""
        for child in self._writing.winfo_children():
            child.destroy()
        self._form = None
        if told is None:
            self._writing.pack_forget()
            self._place_pane()
            self._show_foot()
            self._list.take_focus()
            return
        self._pane.pack_forget()
        self._writing.pack(side="right", fill="y", before=self._list)
        head = SectionHead(self._writing, told.head, told.beside)
        head.pack(fill="x", padx=theme.px(18), pady=(theme.px(12), theme.px(6)))
        ActButton(head.right, Act("duties.leave", self._leave, shown="Esc", kind=ActKind.PANE)).pack()
        self._form = FieldForm(self._writing, told.fields, find=self.presenter.find)
        self._form.pack(fill="both", expand=True, padx=(theme.px(8), theme.px(8)))
        self._show_foot()
        self._form.take_focus()

    def wrong(self, field: str, words: str) -> None:
        """See `DutiesScreen`."""
        if self._form is not None:
            self._form.wrong(field, words)

    def offer(self, field: str, typed: str, lines: Lines) -> None:
        """See `DutiesScreen`."""
        if self._form is not None:
            self._form.offer(field, typed, lines)

    def undoable(self, words: str, undo: Callable[[], None]) -> None:
        """See `DutiesScreen`."""
        self._shell.undoable(words, undo, still=self.is_open)

    def say(self, head: str, words: str, tone: str) -> None:
        """See `DutiesScreen`."""
        self._shell.tell(head, words, tone=Tone(tone), acts=(Act("duties.seen", self._shell.hush, "<Escape>", "Esc"),))

    # -- its own affairs --------------------------------------------------------------------------------------------

    def _build_row(self) -> None:
        row = Pane(self.frame)
        row.pack(side="top", fill="x", padx=theme.px(20), pady=(0, theme.px(8)))
        choices = [Choice(spec.name, say(f"duties.list.{spec.name}")) for spec in LISTS]
        self._lists = Segments(row, choices, on_choose=self._turn_to)
        self._lists.show(self._name)
        self._lists.pack(side="left")
        self._search = LineInput(row, hint=say("duties.search"), icon="search")
        self._search.pack(side="left", fill="x", expand=True, padx=(theme.px(16), 0))
        self._search.on_change(self._typed)
        for key in ("<Return>", "<KP_Enter>", "<Down>"):
            self._search.bind(key, lambda _event: self._to_list())

    def _turn_to(self, name: str) -> None:
        self._search.show("")
        self.presenter.bringing_in.leave()
        self.presenter.show_list(name)

    def _turn(self) -> None:
        names = [spec.name for spec in LISTS]
        name = names[(names.index(self._name) + 1) % len(names)]
        self._lists.show(name)
        self._turn_to(name)

    def _typed(self) -> None:
        self._stop_waiting()
        self._stop_waiting = self._later.call(SEARCH_AFTER_MS, lambda: self.presenter.search(self._search.value()))

    def _to_list(self) -> str:
        self.presenter.search(self._search.value())
        self._list.take_focus()
        return "break"

    def _place_pane(self) -> None:
        if self._has_line:
            self._pane.pack(side="right", fill="y", before=self._list)
        else:
            self._pane.pack_forget()

    def _show_foot(self) -> None:
        acts = self._acts()
        self._foot.show(acts)
        hint = "" if self._why or self._may_write or self._preview_told is not None else say("duties.by_file")
        self._foot.say(self._why or hint, ink=theme.INK2, icon="lock" if self._why else "")
        if self._is_front:
            self._use_acts()

    def _acts(self) -> list[Act]:
        if self.is_working:
            return []
        if self._preview_told is not None:
            bringing_in = self.presenter.bringing_in
            return preview_acts(self._preview_told, bringing_in.take, self._bring_in, self._leave)
        if self._form is not None:
            return [
                Act("duties.save", self._save, "<F9>", "F9", icon="check-lg", kind=ActKind.MAIN),
                Act("duties.leave", self._leave, "<Escape>", "Esc"),
            ]
        exchange = Act("duties.take_out", self._take_out, "<Control-Key-e>", "Ctrl+E")
        if self._why:
            return [exchange] if self._may_exchange else []
        acts = [Act("duties.new", self._begin, "<F9>", "F9", icon="plus-lg", kind=ActKind.MAIN)] if self._may_write else []
        if self._has_line and self._may_write:
            acts.append(Act("duties.change", self._change, shown=say("duties.enter")))
        if self._has_line:
            wording = "duties.use_again" if self._is_retired() else "duties.retire"
            acts.append(Act(wording, self.presenter.retire, "<Control-Key-d>", "Ctrl+D"))
        if self._may_exchange:
            acts += [Act("duties.bring_in", self._bring_in, "<Control-Key-o>", "Ctrl+O"), exchange]
        return acts

    def _use_acts(self) -> None:
        own = [act for act in self._acts() if act.key]
        if self.is_working:
            own = [self.stop_act]
        elif self._form is None and self._preview_told is None:
            own += [
                Act("duties.search", self._search.take_focus, "<Control-Key-f>"),
                Act("duties.title", self._turn, "<Control-Key-l>"),
                Act("duties.leave", self._leave, "<Escape>"),
            ]
        self._shell.use_acts(own)

    def _row_chosen(self, key: str) -> None:
        self.presenter.choose(key)

    def _begin(self) -> None:
        self.presenter.begin()

    def _change(self) -> None:
        self.presenter.change()

    def _save(self) -> None:
        if self._form is not None:
            self._form.right()
            self.presenter.save(self._form.values())

    def _is_retired(self) -> bool:
        return any(row.is_retired for row in self._rows if row.key == self._list.chosen)

    def _leave(self) -> None:
        """First the message goes, then the form, then what is searched for."""
        self._shell.hush()
        if self._preview is not None:
            self.presenter.bringing_in.leave()
        elif self._form is not None:
            self.presenter.leave_form()
        elif self._search.value():
            self._search.show("")
            self.presenter.search("")
            self._list.take_focus()

    def _bring_in(self) -> None:
        if file := ask_for_table(self.frame, say("duties.bring_in")):
            self.presenter.bring_in(file)

    def _take_out(self) -> None:
        if file := ask_where_to(self.frame, say("duties.take_out"), say(f"duties.list.{self._name}")):
            self.presenter.take_out(file)

    def _draw(self, keep: str) -> None:
        columns = self._arranged()
        self._list.show([])
        self._list.columns(self._drawn_columns())
        rows = [
            ListRow(
                row.key,
                tuple(
                    Cell(_shown(row, name), Tone.QUIET if not at or row.is_retired else Tone.PLAIN)
                    for at, (name, _width) in enumerate(columns)
                ),
            )
            for row in self._rows
        ]
        self._list.show(rows, keep=keep)

    def _arranged(self) -> NamedColumns:
        """Columns for the room there is: the last ones go first, they stand in the pane too."""
        columns = list_named(self._name).columns
        given_up = [name for name, _width in reversed(columns[2:])]
        return with_room(columns, given_up, room=self._room, at_least=FLEXIBLE_AT_LEAST)

    def _drawn_columns(self) -> list[Column]:
        return [Column(say(f"duties.field.{name}"), width) for name, width in self._arranged()]

    def _fit(self, width: int) -> None:
        pane = pane_width(width, 0.38)
        self._pane.configure(width=pane)
        self._writing.configure(width=pane)
        room = width - pane - theme.px(18)
        if room != self._room:
            self._room = room
            self._draw(self._list.chosen)


def _shown(row: RowTold, column: str) -> str:
    """A retired row says so before its name."""
    names = [name for name in NAMES if row.cells.get(name)]
    is_name = bool(names) and column == names[0]
    return f"{say('duties.retired_mark')} {row.cells[column]}" if row.is_retired and is_name else row.cells[column]
