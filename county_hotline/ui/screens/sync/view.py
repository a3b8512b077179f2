"""同步 as it looks: the equation large, why something is not sent yet at the left, the last rounds at the right."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tkinter import filedialog

from county_hotline.ui import theme
from county_hotline.ui.opening import open_with_system
from county_hotline.ui.screens.sync.carrying import CarryTold
from county_hotline.ui.screens.sync.checking import CheckTold
from county_hotline.ui.screens.sync.choosing import ChoiceTold
from county_hotline.ui.screens.sync.equation import Equation
from county_hotline.ui.screens.sync.presenter import SyncPresenter
from county_hotline.ui.screens.sync.reasons_pane import ReasonsPane
from county_hotline.ui.screens.sync.rounds_pane import RoundsPane
from county_hotline.ui.screens.sync.telling import SyncTold
from county_hotline.ui.shell import Shell
from county_hotline.ui.telling.reading import LineTold
from county_hotline.ui.theme import Tone
from county_hotline.ui.widgets.acts import Act, ActKind, ActRow
from county_hotline.ui.widgets.basic import Pane
from county_hotline.ui.widgets.notice import Notice, NoticeSlot
from county_hotline.ui.widgets.page_head import PageHead
from county_hotline.wording import say


class SyncView:
    """The page (`shell.Page`) and what its presenter sees (`presenter.SyncScreen`)."""

    presenter: SyncPresenter

    def __init__(self, parent: tk.Misc, shell: Shell) -> None:
        self._shell = shell
        self._is_open, self._is_front, self._is_running = True, False, False
        self._unwatch: Callable[[], None] = lambda: None
        self._lists: tuple[LineTold, ...] = ()
        self._check: CheckTold | None = None
        self._told: SyncTold | None = None
        self.frame = Pane(parent, ground=theme.SHEET)
        self._foot = ActRow(self.frame, self._acts())
        self._foot.pack(side="bottom", fill="x")
        self._head = PageHead(self.frame, say("sync.title"))
        self._head.pack(side="top", fill="x")
        self._band = Equation(self.frame)
        self._band.pack(side="top", fill="x")
        self._warnings = Pane(self.frame)
        self._warnings.pack(side="top", fill="x", padx=theme.px(20))
        self._choice, self._carry = NoticeSlot(self.frame), NoticeSlot(self.frame)
        for slot in (self._choice, self._carry):
            slot.pack(side="top", fill="x")
        self._rounds = RoundsPane(self.frame)
        self._rounds.pack(side="right", fill="y", padx=(theme.px(10), theme.px(16)))
        self._reasons = ReasonsPane(self.frame, shell.go)
        self._reasons.pack(side="left", fill="both", expand=True)
        self.frame.bind("<Configure>", lambda event: self._rounds.fit(event.width))

    # -- the page ---------------------------------------------------------------------------------------------------

    def watch(self) -> None:
        """From now on the window tells when a round runs."""
        self._unwatch = self._shell.watch_rounds(lambda running: self.presenter.running(yes=running))

    def is_open(self) -> bool:
        """Whether answers are still wanted."""
        return self._is_open

    def shown(self, argument: str) -> None:
        """In front."""
        del argument
        self._is_front = True
        self._shell.use_acts(self._acts())
        self.presenter.shown()
        self._rounds.take_focus()

    def hidden(self) -> None:
        """Behind another page."""
        self._is_front = False
        self.presenter.left()

    def close(self) -> None:
        """No answer and no news any more."""
        self._is_open = False
        self._unwatch()
        self.presenter.close()

    # -- what the presenter shows -----------------------------------------------------------------------------------

    def is_seen(self) -> bool:
        """See `SyncScreen`."""
        return self._is_front

    def show(self, told: SyncTold) -> None:
        """See `SyncScreen`."""
        was_offline = self._told is not None and self._told.is_offline
        self._told = told
        self._head.say(beside=told.beside)
        self._band.show(told)
        for child in self._warnings.winfo_children():
            child.destroy()
        self._warnings.configure(height=1)
        for each in told.warnings:
            warning = Notice(self._warnings, each.head, each.words, tone=Tone(each.tone), icon=each.icon)
            warning.pack(fill="x", pady=(theme.px(8), 0))
        self._reasons.show(told, self._check, self._lists)
        self._rounds.show(told.rounds)
        if told.is_offline != was_offline:
            self._other_acts()
        self._say_running()

    def show_check(self, told: CheckTold | None) -> None:
        """See `CheckingScreen`."""
        self._check = told
        if self._told is not None:
            self._reasons.show(self._told, told, self._lists)
            self._reasons.to_top()

    def show_choice(self, told: ChoiceTold | None) -> None:
        """See `ChoosingScreen`."""
        if told is None:
            self._choice.clear()
        else:
            acts = [Act(f"sync.choose.{name}", partial(self.presenter.choose, name), kind=ActKind.ACT) for name in told.acts]
            self._choice.show(told.head, told.words, tone=Tone.AMBER, icon="intersect", acts=acts)
        self._lists = told.lists if told else ()
        if self._told is not None:
            self._reasons.show(self._told, self._check, self._lists)

    def chosen(self, head: str, words: str) -> None:
        """See `ChoosingScreen`."""
        self._shell.tell(head, words, tone=Tone.GREEN)

    def show_carry(self, told: CarryTold | None) -> None:
        """See `CarryingScreen`."""
        if told is None:
            self._carry.clear()
            self._take_focus(asking=False)
            return
        acts = [
            Act("sync.carry.offer", partial(self.presenter.carry, told.what, each.path), details={"words": each.words})
            for each in told.offers
        ]
        if told.sheet:
            acts.append(Act("sync.carry.sheet", partial(self._open_sheet, told.sheet)))
        if acts:
            acts.append(Act("sync.carry.away", self.presenter.carry_away))
        self._carry.show(told.head, told.words, tone=Tone(told.tone), icon="usb-drive", acts=acts)
        self._take_focus(asking=bool(told.offers))

    def _take_focus(self, *, asking: bool) -> None:
        """A question has the keyboard: Enter takes the first of what it offers."""
        if self._is_front:
            (self._carry if asking else self._rounds).take_focus()

    def ask_folder(self) -> str:
        """See `CarryingScreen`."""
        return filedialog.askdirectory(parent=self.frame.winfo_toplevel(), title=say("sync.carry.other_folder"), mustexist=True)

    def ask_parcel(self) -> str:
        """See `CarryingScreen`."""
        kinds = [(say("sync.carry.kind"), "*.zip")]
        return filedialog.askopenfilename(
            parent=self.frame.winfo_toplevel(), title=say("sync.carry.other_file"), filetypes=kinds
        )

    def show_running(self, *, yes: bool) -> None:
        """See `SyncScreen`."""
        self._is_running = yes
        self._other_acts()
        self._say_running()

    def start_round(self) -> None:
        """See `SyncScreen`."""
        self._shell.sync()

    def fail(self, fault: Exception) -> None:
        """See `SyncScreen`."""
        self._shell.fail(fault)

    # -- building ---------------------------------------------------------------------------------------------------

    def _acts(self) -> list[Act]:
        """Without a line the stick is the way, and the main act; while a round runs it may be stopped."""
        offline = self._told is not None and self._told.is_offline
        give_key, now_key = (("<F9>", "F9"), ("", "F5")) if offline else (("<Control-Key-e>", "Ctrl+E"), ("<F9>", "F9"))
        kinds = (ActKind.MAIN, ActKind.ACT) if offline else (ActKind.ACT, ActKind.MAIN)
        give = Act("sync.give", self._do(SyncPresenter.give), *give_key, icon="usb-drive", kind=kinds[0])
        now = Act(
            "sync.again" if offline else "sync.now", self._do(SyncPresenter.start), *now_key, icon="arrow-repeat", kind=kinds[1]
        )
        if self._is_running:
            now = Act("sync.stop", self._do(SyncPresenter.stop), "<F9>", "F9", icon="stop-circle", kind=ActKind.MAIN)
            return [now, Act("sync.see_waiting", self._see_waiting, "<Control-Key-l>", "Ctrl+L")]
        return [
            *((give, now) if offline else (now, give)),
            Act("sync.take", self._do(SyncPresenter.take), "<Control-Key-o>", "Ctrl+O"),
            Act("sync.check_line", self._do(SyncPresenter.check), "<Control-Key-d>", "Ctrl+D"),
            Act("sync.see_waiting", self._see_waiting, "<Control-Key-l>", "Ctrl+L"),
        ]

    def _do(self, deed: Callable[[SyncPresenter], None]) -> Callable[[], None]:
        """A deed of the presenter, which comes later than the buttons."""
        return lambda: deed(self.presenter)

    def _see_waiting(self) -> None:
        self._shell.go("register", "?waiting")

    def _other_acts(self) -> None:
        self._foot.show(self._acts())
        if self._is_front:
            self._shell.use_acts(self._acts())

    def _say_running(self) -> None:
        if self._is_running:
            words = self._told.running if self._told else ""
            self._foot.say(words or say("sync.running"), ink=theme.BLUE, icon="arrow-repeat")
        else:
            self._foot.say("")

    def _open_sheet(self, path: str) -> None:
        if not open_with_system(Path(path)):
            self._shell.tell(say("sync.carry.sheet_at"), path)
