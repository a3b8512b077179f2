"""设置 as it looks: the settings at the left, 关于 at the right, the proof at the foot."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable

from county_hotline.ui import theme
from county_hotline.ui.screens.settings.presenter import SettingsPresenter, SettingTold, VerdictTold
from county_hotline.ui.shell import Shell
from county_hotline.ui.theme import Size, Tone
from county_hotline.ui.tk_runner import TkLater
from county_hotline.ui.widgets.acts import Act, ActKind, ActRow
from county_hotline.ui.widgets.basic import Pane, Words
from county_hotline.ui.widgets.flow_pane import FlowPane
from county_hotline.ui.widgets.inputs import Choice, LineInput, Tick
from county_hotline.ui.widgets.key_values import KeyValue, KeyValues
from county_hotline.ui.widgets.notice import NoticeSlot
from county_hotline.ui.widgets.page_head import PageHead, SectionHead
from county_hotline.ui.widgets.progress import Progress
from county_hotline.ui.widgets.rows import FieldRow
from county_hotline.ui.widgets.segments import Segments
from county_hotline.wording import say

SAVED_FOR_MS = 4000
TYPED_AFTER_MS = 600


class SettingsView:
    """The page (`shell.Page`) and what its presenter sees (`presenter.SettingsScreen`)."""

    presenter: SettingsPresenter

    def __init__(self, parent: tk.Misc, shell: Shell) -> None:
        self._shell = shell
        self._is_open, self._is_front = True, False
        self._told: tuple[SettingTold, ...] = ()
        self._rows: dict[str, _Row] = {}
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
        if settings == self._told:
            self._take_focus()
            return
        self._told = settings
        for child in self._inner.winfo_children():
            child.destroy()
        self._rows, group = {}, ""
        for each in settings:
            if each.group != group:
                head = SectionHead(self._inner, each.group)
                head.pack(fill="x", pady=(theme.px(14) if group else 0, theme.px(6)))
                group = each.group
            self._rows[each.key] = _Row(self._inner, each, self)
        self._body.adopt()
        self._take_focus()

    def saved(self, key: str) -> None:
        """See `SettingsScreen`."""
        self._rows[key].saved()

    def wrong(self, key: str, words: str) -> None:
        """See `SettingsScreen`."""
        self._rows[key].wrong(words)

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
            self._shell.use_acts([*(act for act in self._acts() if act.key), *stop])

    def _take_focus(self) -> None:
        """The keyboard goes to the setting that was asked for, else to the first."""
        row = self._rows.get(self._wanted) or next(iter(self._rows.values()))
        row.take_focus()

    def _verify(self) -> None:
        self.presenter.verify()

    def _fit(self, width: int) -> None:
        self._about_pane.configure(width=min(theme.px(430), round(width * 0.4)))


class _Row:
    """One setting: label, input, and a sign once it is kept."""

    def __init__(self, parent: Pane, told: SettingTold, view: SettingsView) -> None:
        self._key, self._view = told.key, view
        self._row = FieldRow(parent, column=268, pitch=10)
        self._row.pack(fill="x")
        self._later = TkLater(self._row)
        self._cancel: Callable[[], None] | None = None
        self._last = told.value
        self._field = self._made(told)
        self._row.put(self._field, told.label)
        self._hint = told.hint
        self._sign = Words(self._row.body, told.hint, font=theme.SMALL, ink=theme.INK3)
        self._sign.pack(side="left", padx=theme.px(12))

    def take_focus(self) -> None:
        """The keyboard goes here."""
        self._field.take_focus()

    def saved(self) -> None:
        """A tick and a word, for a while."""
        self._row.say("")
        if isinstance(self._field, LineInput):
            self._field.mark(wrong=False)
        self._sign.configure(
            text=say("settings.saved"),
            foreground=theme.GREEN,
            image=theme.icon("check-lg", (20, 14), theme.GREEN),
            compound="left",
        )
        self._later.call(SAVED_FOR_MS, self._faded)

    def wrong(self, words: str) -> None:
        """A sentence below; what was typed stays."""
        if isinstance(self._field, LineInput):
            self._field.mark(wrong=True)
        self._row.say(words)

    def settle(self) -> None:
        """Save what was typed now."""
        if self._cancel is not None:
            self._cancel()
            self._cancel = None
        if self._value() != self._last:
            self._last = self._value()
            self._view.presenter.change(self._key, self._last)

    def _made(self, told: SettingTold) -> Segments | LineInput | Tick:
        if told.kind == "choice":
            choices = [Choice(value, words) for value, words in told.choices]
            segments = Segments(self._row.body, choices, on_choose=lambda _value: self.settle())
            segments.show(told.value)
            return segments
        if told.kind == "tick":
            tick = Tick(self._row.body, say("settings.yes"))
            tick.show(on=told.value == "1")
            tick.on_change(self.settle)
            return tick
        line = LineInput(self._row.body, width=80)
        line.show(told.value)
        line.on_change(self._typed)
        line.bind("<FocusOut>", lambda _event: self.settle(), add="+")
        return line

    def _value(self) -> str:
        if isinstance(self._field, Tick):
            return "1" if self._field.is_on() else ""
        return self._field.value()

    def _typed(self) -> None:
        if self._cancel is not None:
            self._cancel()
        self._cancel = self._later.call(TYPED_AFTER_MS, self.settle)

    def _faded(self) -> None:
        self._sign.configure(text=self._hint, foreground=theme.INK3, image="")
