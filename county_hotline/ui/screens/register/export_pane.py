"""导出: what, which columns, which kind of file, whither; then how far it is, and where it lies."""

from __future__ import annotations

import tkinter as tk
from pathlib import Path
from tkinter import filedialog

from county_hotline.ui import theme
from county_hotline.ui.opening import open_with_system
from county_hotline.ui.screens.register.drawer import Drawer
from county_hotline.ui.screens.register.export_presenter import (
    ENDINGS,
    EVERY,
    LISTED,
    SHOWN,
    TICKED,
    ExportForm,
    ExportPresenter,
)
from county_hotline.ui.shell import Shell
from county_hotline.ui.theme import Tone
from county_hotline.ui.widgets.acts import Act, ActButton, ActKind
from county_hotline.ui.widgets.basic import Pane
from county_hotline.ui.widgets.inputs import Choice, LineInput, Tick
from county_hotline.ui.widgets.rows import FieldRow
from county_hotline.ui.widgets.segments import Segments
from county_hotline.ui.widgets.time_bar import TimeBar
from county_hotline.ui.widgets.wrapped import WrappedWords
from county_hotline.wording import say


class ExportPane(Drawer):
    """What `ExportPresenter` sees (`ExportScreen`)."""

    presenter: ExportPresenter

    def __init__(self, parent: tk.Misc, shell: Shell, leave: Act) -> None:
        super().__init__(parent, say("register.export.title"), leave)
        self._shell = shell
        self._what = LISTED
        self._form = Pane(self.body)
        self._told = Pane(self.body)
        self._what_row = Pane(self._form)
        self._build_form()
        self._words = WrappedWords(self._told)
        self._words.pack(fill="x", pady=(0, theme.px(8)))
        self._bar = TimeBar(self._told)
        self._bar.pack(fill="x")
        self._path = ""

    def take_focus(self) -> None:
        """The keyboard goes to the first choice."""
        self._ending.take_focus()

    # -- what the presenter shows -----------------------------------------------------------------------------------

    def open(self, form: ExportForm, *, listed: str, ticked: str, may_see_callers: bool) -> None:
        """See `ExportScreen`."""
        for child in self._what_row.winfo_children():
            child.destroy()
        self._what = form.what
        self.explain(listed)
        if ticked:
            choices = [Choice(TICKED, ticked), Choice(LISTED, say("register.export.all_listed"))]
            row = FieldRow(self._what_row, pitch=8)
            row.pack(fill="x")
            segments = Segments(row.body, choices, on_choose=self._pick)
            segments.show(form.what)
            row.put(segments, say("register.export.what"))
        self._columns.show(form.columns)
        self._ending.show(form.ending)
        if not self._folder.value():
            self._folder.show(form.folder)
        self._clear_tick.show(on=False)
        self._clear_tick.state(["!disabled" if may_see_callers else "disabled"])
        self._callers.say("" if may_see_callers else say("register.export.no_duty"), Tone.QUIET)
        self._reason_row.pack_forget()
        self._to_form()

    def show_progress(self, words: str, share: float) -> None:
        """See `ExportScreen`."""
        self._form.pack_forget()
        self._told.pack(fill="x")
        self._words.say(words, ink=theme.INK)
        self._bar.show(share, Tone.BLUE)
        if self._acts and self._acts[0].wording == "register.export.stop":
            return
        self.refuse("")
        self._use((Act("register.export.stop", self.presenter.cancel, "<F9>", "F9", kind=ActKind.MAIN),))
        self.adopt()

    def show_done(self, head: str, words: str, path: str) -> None:
        """See `ExportScreen`."""
        self._form.pack_forget()
        self._told.pack(fill="x")
        self._path = path
        self._words.say(f"{head}\n{words}", ink=theme.GREEN)
        self._bar.show(1.0, Tone.GREEN)
        self._use(
            (
                Act("register.export.open", lambda: self._open(Path(path)), "<F9>", "F9", kind=ActKind.MAIN),
                Act("register.export.open_folder", lambda: self._open(Path(path).parent)),
            )
        )
        self.adopt()

    def show_stopped(self, words: str) -> None:
        """See `ExportScreen`."""
        self._to_form()
        self.refuse(words)

    def refuse(self, words: str) -> None:
        """See `ExportScreen`."""
        super().refuse(words)
        if words and not self._form.winfo_ismapped():
            self._to_form()

    def fail(self, fault: Exception) -> None:
        """See `ExportScreen`."""
        self._shell.fail(fault)

    # -- building ---------------------------------------------------------------------------------------------------

    def _build_form(self) -> None:
        self._what_row.pack(fill="x")
        self._columns = self._segments(
            "columns", [Choice(SHOWN, say("register.export.shown")), Choice(EVERY, say("register.export.every"))]
        )
        self._ending = self._segments("ending", [Choice(each, say(f"register.export.kind{each}")) for each in ENDINGS])
        folder = FieldRow(self._form, pitch=8)
        folder.pack(fill="x")
        self._folder = LineInput(folder.body)
        folder.put(self._folder, say("register.export.folder"), grow=True)
        browse = ActButton(folder.body, Act("register.export.browse", self._browse, kind=ActKind.PANE))
        folder.put(browse, gap=8)
        self._callers = FieldRow(self._form, pitch=8)
        self._callers.pack(fill="x")
        self._clear_tick = Tick(self._callers.body, say("register.export.clear"))
        self._clear_tick.on_change(self._cleared)
        self._callers.put(self._clear_tick, say("register.caller"))
        self._reason_row = FieldRow(self._form, pitch=8)
        self._reason = LineInput(self._reason_row.body, hint=say("register.export.reason.hint"))
        self._reason_row.put(self._reason, say("register.export.reason"), required=True, grow=True)
        self._reason.bind("<Return>", lambda _event: self._go())

    def _segments(self, name: str, choices: list[Choice]) -> Segments:
        row = FieldRow(self._form, pitch=8)
        row.pack(fill="x")
        made = Segments(row.body, choices, on_choose=lambda _value: None)
        row.put(made, say(f"register.export.{name}"))
        return made

    def _to_form(self) -> None:
        super().refuse("")
        self._told.pack_forget()
        self._form.pack(fill="x")
        self._use((Act("register.export.go", self._go, "<F9>", "F9", kind=ActKind.MAIN),))
        self.adopt()

    def _use(self, acts: tuple[Act, ...]) -> None:
        self.offer(acts)
        if self.winfo_ismapped():
            self._shell.use_acts(self.acts)

    def _pick(self, what: str) -> None:
        self._what = what

    def _cleared(self) -> None:
        if self._clear_tick.is_on():
            self._reason_row.pack(fill="x", after=self._callers)
            self._reason.take_focus()
        else:
            self._reason_row.pack_forget()
        self.adopt()

    def _browse(self) -> None:
        """The system's own window for folders."""
        chosen = filedialog.askdirectory(
            parent=self.winfo_toplevel(), title=say("register.export.folder"), initialdir=self._folder.value(), mustexist=True
        )
        if chosen:
            self._folder.show(str(chosen))

    def _go(self) -> None:
        super().refuse("")
        self.presenter.go(
            ExportForm(
                what=self._what,
                columns=self._columns.value(),
                ending=self._ending.value(),
                folder=self._folder.value(),
                in_the_clear=self._clear_tick.is_on(),
                reason=self._reason.value(),
            )
        )

    def _open(self, path: Path) -> None:
        if not open_with_system(path):
            self._shell.tell(say("register.export.no_program"), str(path), tone=Tone.AMBER)
