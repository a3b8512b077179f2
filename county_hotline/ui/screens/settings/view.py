"""设置 as it looks: the settings at the left, 关于 at the right, the proof at the foot."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

from county_hotline.ui import theme
from county_hotline.ui.screens.settings.presenter import SettingsPresenter, SettingTold, VerdictTold
from county_hotline.ui.screens.settings.setting_row import SettingRow
from county_hotline.ui.shell import Shell
from county_hotline.ui.theme import Size, Tone
from county_hotline.ui.tk_runner import TkLater
from county_hotline.ui.widgets.acts import Act, ActKind, ActRow
from county_hotline.ui.widgets.basic import Pane, Words
from county_hotline.ui.widgets.flow_pane import FlowPane
from county_hotline.ui.widgets.inputs import LineInput
from county_hotline.ui.widgets.key_values import KeyValue, KeyValues
from county_hotline.ui.widgets.notice import NoticeSlot
from county_hotline.ui.widgets.page_head import PageHead, SectionHead
from county_hotline.ui.widgets.progress import Progress
from county_hotline.wording import say

SEARCH_AFTER_MS = 150


class SettingsView:
    """The page (`shell.Page`) and what its presenter sees (`presenter.SettingsScreen`)."""

    presenter: SettingsPresenter

    def __init__(self, parent: tk.Misc, shell: Shell) -> None:
        self._shell = shell
        self._is_open, self._is_front = True, False
        self._told: tuple[SettingTold, ...] = ()
        self._rows: dict[str, SettingRow] = {}
        self._wanted = ""
        self.frame = Pane(parent, ground=theme.SHEET)
        self._foot = ActRow(self.frame, self._acts())
        self._foot.say(say("settings.verify.beside"), ink=theme.INK2)
        self._foot.pack(side="bottom", fill="x")
        self._about_pane = Pane(self.frame, ground=theme.SIDE, width=theme.px(430))
        self._about_pane.pack(side="right", fill="y")
        head = SectionHead(self._about_pane, say("settings.about_head"))
        head.pack(fill="x", padx=theme.px(18), pady=(theme.px(14), theme.px(6)))
        self._about = KeyValues(self._about_pane, column=72, pitch=6)
        self._about.pack(fill="x", padx=theme.px(18))
        PageHead(self.frame, say("settings.title"), say("settings.beside")).pack(side="top", fill="x")
        self._build_search()
        self._verdict = NoticeSlot(self.frame)
        self._verdict.pack(side="top", fill="x")
        self._progress = Progress(self.frame)
        self._progress.pack(side="top", fill="x")
        self._body = FlowPane(self.frame)
        self._body.pack(side="left", fill="both", expand=True)
        self._inner = Pane(self._body.body)
        self._inner.pack(fill="x", padx=theme.px(20), pady=(theme.px(10), theme.px(12)))
        self.frame.bind("<Configure>", lambda event: self._fit(event.width))

    # -- the page ---------------------------------------------------------------------------------------------------

    def is_open(self) -> bool:
        """Whether answers are still wanted."""
        return self._is_open

    def shown(self, argument: str) -> None:
        """In front."""
        self._wanted = argument
        self._is_front = True
        self._use_acts()
        self.presenter.shown()

    def hidden(self) -> None:
        """What was typed and not yet saved is saved now."""
        self._is_front = False
        for row in self._rows.values():
            row.settle()

    def close(self) -> None:
        """No answer any more."""
        self.hidden()
        self._is_open = False

    # -- what the presenter shows -----------------------------------------------------------------------------------

    def show(self, settings: tuple[SettingTold, ...]) -> None:
        """See `SettingsScreen`."""
        if settings == self._told and self._rows:
            self._take_focus()
            return
        for row in self._rows.values():
            row.settle()
        self._told = settings
        for child in self._inner.winfo_children():
            child.destroy()
        self._rows, group = {}, ""
        for each in settings:
            if each.group != group:
                head = SectionHead(self._inner, each.group)
                head.pack(fill="x", pady=(theme.px(14) if group else 0, theme.px(6)))
                group = each.group
            self._rows[each.key] = SettingRow(self._inner, each, self._change)
        if not settings:
            Words(self._inner, say("settings.none", typed=self._search.value()), ink=theme.INK2).pack(anchor="w")
        self._body.adopt()
        self._take_focus()

    def saved(self, key: str) -> None:
        """See `SettingsScreen`."""
        if key in self._rows:
            self._rows[key].saved()

    def wrong(self, key: str, words: str) -> None:
        """See `SettingsScreen`."""
        if key in self._rows:
            self._rows[key].wrong(words)
        else:
            self._shell.murmur(words, Tone.RED)

    def show_about(self, lines: tuple[tuple[str, str], ...]) -> None:
        """See `SettingsScreen`."""
        self._about.show([KeyValue(label, words) for label, words in lines])

    def show_verifying(self, *, yes: bool) -> None:
        """See `SettingsScreen`."""
        self._foot.button("settings.verify").forbid(forbidden=yes)
        if yes:
            self._progress.begin(say("settings.verifying"), stop=self.presenter.stop_verifying)
        else:
            self._progress.end()
        self._use_acts()
        self._foot.say(say("settings.verifying" if yes else "settings.verify.beside"), ink=theme.BLUE if yes else theme.INK2)

    def show_progress(self, done: int, total: int) -> None:
        """See `SettingsScreen`."""
        self._progress.step(done, total)

    def show_verdict(self, told: VerdictTold) -> None:
        """See `SettingsScreen`."""
        self._verdict.show(told.head, told.words, tone=Tone(told.tone), acts=(Act("order.seen", self._verdict.clear),))

    def change_size(self, size: str) -> None:
        """See `SettingsScreen`."""
        self._shell.change_size(Size(size))

    def change_contrast(self, contrast: str) -> None:
        """See `SettingsScreen`."""
        self._shell.change_contrast(high=contrast == "high")

    def fail(self, fault: Exception) -> None:
        """See `SettingsScreen`."""
        self._shell.fail(fault)

    def _acts(self) -> list[Act]:
        return [
            Act("settings.verify", self._verify, "<F9>", "F9", icon="shield-check", kind=ActKind.MAIN),
            Act("ui.page.packs", lambda: self._shell.go("packs"), shown="Alt+7"),
            Act("ui.page.duties", lambda: self._shell.go("duties"), shown="Alt+8"),
        ]

    def _use_acts(self) -> None:
        """The keys of the page; Esc stops the proof while it goes on."""
        if self._is_front:
            stop = [Act("progress.stop", self._progress.ask_to_stop, "<Escape>", "Esc")] if self._progress.is_shown else []
            if not stop and self._search.value():
                stop = [Act("settings.search", self._clear_search, "<Escape>", "Esc")]
            find = Act("settings.search", self._search.take_focus, "<Control-Key-f>", "Ctrl+F")
            back = Act("settings.back_this", self._back, "<Control-Key-d>", "Ctrl+D")
            self._shell.use_acts([*(act for act in self._acts() if act.key), find, back, *stop])

    def _take_focus(self) -> None:
        """The keyboard goes to the setting that was asked for, else to the first."""
        row = self._rows.get(self._wanted) or next(iter(self._rows.values()), None)
        if row is not None and not self._is_searching():
            row.take_focus()

    # -- looking for one ----------------------------------------------------------------------------------------------

    def _build_search(self) -> None:
        row = Pane(self.frame)
        row.pack(side="top", fill="x", padx=theme.px(20), pady=(0, theme.px(4)))
        self._search = LineInput(row, hint=say("settings.search_hint"), icon="search")
        self._search.pack(fill="x")
        self._search.on_change(self._typed)
        for key in ("<Return>", "<KP_Enter>", "<Down>"):
            self._search.bind(key, lambda _event: self._to_rows())
        self._later = TkLater(self.frame)
        self._stop_waiting: Callable[[], None] = lambda: None

    def _typed(self) -> None:
        self._stop_waiting()
        self._stop_waiting = self._later.call(SEARCH_AFTER_MS, self._find)

    def _find(self) -> None:
        self.presenter.search(self._search.value())
        self._use_acts()

    def _to_rows(self) -> str:
        self._stop_waiting()
        self._find()
        first = next(iter(self._rows.values()), None)
        if first is not None:
            first.take_focus()
        return "break"

    def _clear_search(self) -> None:
        self._search.show("")
        self._to_rows()

    def _is_searching(self) -> bool:
        """Whether the keyboard is in the search."""
        focus = self.frame.focus_get()
        return focus is not None and str(focus).startswith(str(self._search))

    def _back(self) -> None:
        """恢复默认 of the setting that has the keyboard."""
        focus = self.frame.focus_get()
        row = next((each for each in self._rows.values() if each.holds(focus)), None)
        if row is not None:
            row.back()

    def _change(self, key: str, value: str) -> None:
        self.presenter.change(key, value)

    def _verify(self) -> None:
        self.presenter.verify()

    def _fit(self, width: int) -> None:
        self._about_pane.configure(width=min(theme.px(430), round(width * 0.34)))
