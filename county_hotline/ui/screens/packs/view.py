"""规则包 as it looks: packs at the left with the chosen one in plain words, or the trial; in the other segment the calendar."""

from __future__ import annotations

import tkinter as tk
from functools import partial
from tkinter import filedialog

from county_hotline.ui import theme
from county_hotline.ui.list_page import ListPage
from county_hotline.ui.screens.packs.calendar_pane import CalendarPane
from county_hotline.ui.screens.packs.presenter import CALENDAR, PACKS, PacksPresenter
from county_hotline.ui.screens.packs.telling import CalendarTold, PackRow, TrialTold
from county_hotline.ui.screens.packs.trial_pane import TrialPane
from county_hotline.ui.shell import Shell
from county_hotline.ui.telling.deeds import DeedTold
from county_hotline.ui.telling.reading import ReadTold
from county_hotline.ui.theme import Tone
from county_hotline.ui.widgets.acts import Act
from county_hotline.ui.widgets.basic import Pane
from county_hotline.ui.widgets.deeds import deed_act, show_deeds
from county_hotline.ui.widgets.inputs import Choice
from county_hotline.ui.widgets.list_drawing import marked
from county_hotline.ui.widgets.notice import NoticeSlot
from county_hotline.ui.widgets.reading_pane import ReadingPane
from county_hotline.ui.widgets.row_list import Cell, Column, ListRow, RowList
from county_hotline.ui.widgets.segments import Segments
from county_hotline.wording import say

KEYS = {
    "try": ("<Control-Key-t>", "Ctrl+T", "calculator"),
    "file": ("<Control-Key-o>", "Ctrl+O", "file-earmark-arrow-up"),
    "take": ("<Control-Key-d>", "Ctrl+D", "check-circle"),
    "yes": ("", "", "check-lg"),
    "no": ("<Escape>", "Esc", ""),
    "leave": ("<Escape>", "Esc", "arrow-return-left"),
    "add_day": ("<Control-Key-n>", "Ctrl+N", "plus-lg"),
    "recompute": ("<Control-Key-r>", "Ctrl+R", "calculator"),
}


class PacksView(ListPage):
    """The page (`shell.Page`) and what its presenter sees (`presenter.PacksScreen`)."""

    presenter: PacksPresenter

    def __init__(self, parent: tk.Misc, shell: Shell) -> None:
        super().__init__(parent, shell, say("packs.title"))
        self._deeds: tuple[DeedTold, ...] = ()
        self._which = PACKS
        choices = [Choice(PACKS, say("packs.title")), Choice(CALENDAR, say("packs.calendar"))]
        self._segments = Segments(self._head.right, choices, on_choose=self._turn_to)
        self._segments.show(PACKS)
        self._segments.pack(side="right")
        self._asked = NoticeSlot(self.frame)
        self._asked.pack(side="top", fill="x")
        self._packs = Pane(self.frame)
        self._packs.pack(side="top", fill="both", expand=True)
        self._build_packs()
        self._calendar = CalendarPane(self.frame, on_add=self._add_day, on_drop=self._drop_day)
        self.frame.bind("<Configure>", lambda event: self._fit(event.width))

    # -- the page ---------------------------------------------------------------------------------------------------

    def shown(self, argument: str) -> None:
        """In front. `calendar` shows the other segment."""
        self._is_front = True
        self._use_acts()
        if argument == CALENDAR:
            self._segments.show(CALENDAR)
            self._turn_to(CALENDAR)
        self.presenter.shown()
        self._take_focus()

    # -- what the presenter shows -----------------------------------------------------------------------------------

    def show_packs(self, rows: tuple[PackRow, ...], *, keep: str) -> None:
        """See `PacksScreen`."""
        drawn = [ListRow(row.key, (marked(row.state), Cell(row.title), Cell(row.version, Tone.QUIET))) for row in rows]
        self._list.show(drawn, keep=keep)

    def show_pack(self, told: ReadTold | None) -> None:
        """See `PacksScreen`."""
        if told is not None:
            self._pane.show(told)
        self._place(self._pane if told is not None else None)

    def show_trial(self, told: TrialTold | None) -> None:
        """See `PacksScreen`."""
        self._asked.clear()
        if told is not None:
            self._trial.show(told)
            self._place(self._trial)
            self._trial.take_focus()
        else:
            self._place(self._pane)
            self._list.take_focus()

    def show_calendar(self, told: CalendarTold) -> None:
        """See `PacksScreen`."""
        self._calendar.show(told)

    def show_deeds(self, deeds: tuple[DeedTold, ...], said: str) -> None:
        """See `PacksScreen`."""
        self._deeds = deeds
        if not any(deed.name == "yes" for deed in deeds):
            self._asked.clear()
        show_deeds(self._foot, self._acts(), deeds, said=said, ink=theme.INK2)
        if self._is_front:
            self._use_acts()

    def ask(self, head: str, words: str) -> None:
        """See `PacksScreen`."""
        self._asked.show(head, words, tone=Tone.AMBER)

    def wrong_day(self, words: str) -> None:
        """See `PacksScreen`."""
        self._calendar.wrong(words)

    def tell(self, head: str, words: str, tone: str) -> None:
        """See `PacksScreen`."""
        self._shell.tell(head, words, tone=Tone(tone), acts=(Act("packs.seen", self._shell.hush, "<Escape>", "Esc"),))

    # -- its own affairs --------------------------------------------------------------------------------------------

    def _build_packs(self) -> None:
        self._pane = ReadingPane(self._packs)
        self._trial = TrialPane(self._packs)
        self._left = Pane(self._packs, width=theme.px(360))
        self._left.pack(side="left", fill="y", padx=(theme.px(10), theme.px(8)))
        columns = [("state", 92), ("title", 0), ("version", 76)]
        self._list = RowList(
            self._left, [Column(say(f"packs.column.{name}"), width) for name, width in columns], on_choose=self._row_chosen
        )
        self._list.pack(fill="both", expand=True)
        self._list.explain_empty("file-earmark-text", say("packs.empty"), say("packs.empty.words"))

    def _place(self, pane: Pane | None) -> None:
        for each in (self._pane, self._trial):
            if each is pane:
                each.pack(side="left", fill="both", expand=True)
            else:
                each.pack_forget()

    def _turn_to(self, which: str) -> None:
        self._which = which
        if which == CALENDAR:
            self._packs.pack_forget()
            self._calendar.pack(side="top", fill="both", expand=True)
        else:
            self._calendar.pack_forget()
            self._packs.pack(side="top", fill="both", expand=True)
        self.presenter.show_segment(which)
        self._take_focus()

    def _take_focus(self) -> None:
        if self._which == CALENDAR:
            self._calendar.take_focus()
        else:
            self._list.take_focus()

    def _acts(self) -> list[Act]:
        return [self._act(deed, is_main=at == 0 and not deed.why) for at, deed in enumerate(self._deeds)]

    def _act(self, deed: DeedTold, *, is_main: bool) -> Act:
        own = {"file": self._pick_file, "add_day": self._calendar.begin}
        do = own.get(deed.name, partial(self.presenter.do, deed.name))
        return deed_act(f"packs.act.{deed.name}", deed, KEYS[deed.name], do, is_main=is_main)

    def _use_acts(self) -> None:
        own = [act for act in self._acts() if act.key]
        own.append(Act("packs.title", self._turn, "<Control-Key-l>"))
        if not any(act.key == "<Escape>" for act in own):
            own.append(Act("packs.act.leave", self._escape, "<Escape>"))
        self._shell.use_acts(own)

    def _turn(self) -> None:
        which = CALENDAR if self._which == PACKS else PACKS
        self._segments.show(which)
        self._turn_to(which)

    def _escape(self) -> None:
        self._shell.hush()
        self.presenter.leave()

    def _row_chosen(self, key: str) -> None:
        self.presenter.choose(key)

    def _add_day(self, typed: str) -> None:
        self.presenter.add_rest_day(typed)

    def _drop_day(self, day: str) -> None:
        self.presenter.drop_rest_day(day)

    def _pick_file(self) -> None:
        """The system's own window for files."""
        types = [(say("packs.file.kind"), "*.toml"), (say("packs.file.any"), "*")]
        file = filedialog.askopenfilename(parent=self.frame.winfo_toplevel(), title=say("packs.act.file"), filetypes=types)
        if file:
            self.presenter.read_file(str(file))

    def _fit(self, width: int) -> None:
        self._left.configure(width=min(theme.px(360), round(width * 0.34)))
        self._calendar.fit(width)
