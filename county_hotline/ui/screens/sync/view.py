"""同步 as it looks: the equation large, why something is not sent yet at the left, the last rounds at the right."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Sequence
from functools import partial

from county_hotline.ui import theme
from county_hotline.ui.screens.sync.checking import CheckTold
from county_hotline.ui.screens.sync.choosing import ChoiceTold
from county_hotline.ui.screens.sync.equation import Equation
from county_hotline.ui.screens.sync.presenter import SyncPresenter
from county_hotline.ui.screens.sync.telling import ReasonTold, RoundTold, SyncTold
from county_hotline.ui.shell import Shell
from county_hotline.ui.telling.reading import LineTold
from county_hotline.ui.theme import Tone
from county_hotline.ui.widgets.acts import Act, ActButton, ActKind, ActRow
from county_hotline.ui.widgets.basic import Pane, Sign
from county_hotline.ui.widgets.flow_pane import FlowPane
from county_hotline.ui.widgets.key_values import KeyValue, KeyValues
from county_hotline.ui.widgets.notice import Notice, NoticeSlot
from county_hotline.ui.widgets.page_head import PageHead, SectionHead
from county_hotline.ui.widgets.row_list import Cell, Column, ListRow, RowList
from county_hotline.ui.widgets.wrapped import WrappedWords
from county_hotline.wording import say


class SyncView:
    """The page (`shell.Page`) and what its presenter sees (`presenter.SyncScreen`)."""

    presenter: SyncPresenter

    def __init__(self, parent: tk.Misc, shell: Shell) -> None:
        self._shell = shell
        self._is_open, self._is_front = True, False
        self._unwatch: Callable[[], None] = lambda: None
        self._sentences: dict[str, str] = {}
        self.frame = Pane(parent, ground=theme.SHEET)
        self._foot = ActRow(self.frame, self._acts())
        self._foot.pack(side="bottom", fill="x")
        self._head = PageHead(self.frame, say("sync.title"))
        self._head.pack(side="top", fill="x")
        self._band = Equation(self.frame)
        self._band.pack(side="top", fill="x")
        self._warnings = Pane(self.frame)
        self._warnings.pack(side="top", fill="x", padx=theme.px(20))
        self._notice = NoticeSlot(self.frame)
        self._notice.pack(side="top", fill="x")
        self._lists: tuple[LineTold, ...] = ()
        self._check: CheckTold | None = None
        self._told: SyncTold | None = None
        self._is_running = False
        self._build_rounds()
        self._body = FlowPane(self.frame, takes_focus=True)
        self._body.pack(side="left", fill="both", expand=True)
        self._inner = Pane(self._body.body)
        self._inner.pack(fill="x", padx=(theme.px(22) - 2, theme.px(16)), pady=(theme.px(10), theme.px(12)))
        self.frame.bind("<Configure>", lambda event: self._fit(event.width))

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
        self._head.say(beside=told.beside)
        self._band.show(told)
        for pane in (self._warnings, self._inner):
            for child in pane.winfo_children():
                child.destroy()
        self._warnings.configure(height=1)
        for each in told.warnings:
            Notice(self._warnings, each.head, each.words, tone=Tone(each.tone), icon=each.icon).pack(
                fill="x", pady=(theme.px(8), 0)
            )
        self._told = told
        self._show_reasons(told)
        self._body.adopt()
        self._show_rounds(told.rounds)
        self._show_foot()

    def show_check(self, told: CheckTold | None) -> None:
        """See `CheckingScreen`."""
        self._check = told
        if self._told is not None:
            self.show(self._told)
            self._body.to_top()

    def show_choice(self, told: ChoiceTold | None) -> None:
        """See `ChoosingScreen`."""
        if told is None:
            self._notice.clear()
        else:
            acts = [Act(f"sync.choose.{name}", partial(self.presenter.choose, name), kind=ActKind.ACT) for name in told.acts]
            self._notice.show(told.head, told.words, tone=Tone.AMBER, icon="intersect", acts=acts)
        lists = told.lists if told else ()
        if lists != self._lists:
            self._lists = lists
            if self._told is not None:
                self.show(self._told)

    def chosen(self, head: str, words: str) -> None:
        """See `ChoosingScreen`."""
        self._shell.tell(head, words, tone=Tone.GREEN)

    def show_running(self, *, yes: bool) -> None:
        """See `SyncScreen`."""
        self._is_running = yes
        button = self._foot.button("sync.now")
        blank = theme.icon("arrow-repeat", (22, 16), theme.INK3 if yes else theme.SHEET)
        button.configure(text=say("ui.syncing") if yes else button.act.words, image=blank)
        button.forbid(forbidden=yes)
        self._foot.button("sync.stop").forbid(forbidden=not yes)
        self._show_foot()

    def _show_foot(self) -> None:
        if self._is_running:
            words = self._told.running if self._told else ""
            self._foot.say(words or say("sync.running"), ink=theme.BLUE, icon="arrow-repeat")
        else:
            self._foot.say(say("sync.always"), ink=theme.INK2)

    def start_round(self) -> None:
        """See `SyncScreen`."""
        self._shell.sync()

    def fail(self, fault: Exception) -> None:
        """See `SyncScreen`."""
        self._shell.fail(fault)

    # -- building ---------------------------------------------------------------------------------------------------

    def _acts(self) -> list[Act]:
        return [
            Act("sync.now", self._start, "<F9>", "F9", icon="arrow-repeat", kind=ActKind.MAIN),
            Act("sync.stop", self._stop, "<Control-Key-period>", "Ctrl+."),
            Act("sync.check_line", self._look_at_line, "<Control-Key-k>", "Ctrl+K"),
            Act("sync.see_waiting", lambda: self._shell.go("register", "?waiting"), "<Control-Key-l>", "Ctrl+L"),
        ]

    def _start(self) -> None:
        self.presenter.start()

    def _stop(self) -> None:
        self.presenter.stop()

    def _look_at_line(self) -> None:
        self.presenter.check()

    def _build_rounds(self) -> None:
        self._right = Pane(self.frame, width=theme.px(480))
        self._right.pack(side="right", fill="y", padx=(0, theme.px(16)))
        SectionHead(self._right, say("sync.rounds")).pack(fill="x", pady=(theme.px(10), theme.px(6)), padx=theme.px(4))
        columns = [("number", 52), ("when", 110), ("traffic", 74), ("result", 0)]
        self._said = WrappedWords(self._right, ink=theme.INK2)
        self._said.pack(side="bottom", fill="x", padx=theme.px(8), pady=theme.px(8))
        self._rounds = RowList(
            self._right,
            [Column(say(f"sync.column.{name}"), width) for name, width in columns],
            on_choose=lambda key: self._said.say(self._sentences.get(key, "")),
        )
        self._rounds.pack(fill="both", expand=True)
        self._rounds.explain_empty("arrow-repeat", say("sync.no_rounds"), say("sync.no_rounds.words"))

    def _show_rounds(self, rounds: Sequence[RoundTold]) -> None:
        self._sentences = {each.key: each.words for each in rounds}
        rows = [
            ListRow(
                each.key,
                (
                    Cell(each.number, Tone.QUIET),
                    Cell(each.when),
                    Cell(each.traffic),
                    Cell(each.result.words, Tone(each.result.tone), each.result.icon),
                ),
            )
            for each in rounds
        ]
        self._rounds.show(rows)
        self._said.say(self._sentences.get(self._rounds.chosen, ""))

    def _show_check(self, told: CheckTold) -> None:
        head = SectionHead(self._inner, say("sync.check.head"), told.beside)
        head.pack(fill="x", pady=(0, theme.px(4)))
        for step in told.steps:
            self._reason(ReasonTold(step.icon, step.tone, step.head, step.words))
        Pane(self._inner, height=theme.px(12)).pack(fill="x")

    def _show_reasons(self, told: SyncTold) -> None:
        if self._check is not None:
            self._show_check(self._check)
        if self._lists:
            head = SectionHead(self._inner, say("sync.choose.differ"), say("sync.choose.differ.beside"))
            head.pack(fill="x", pady=(0, theme.px(4)))
            table = KeyValues(self._inner, column=96)
            table.pack(fill="x", pady=(0, theme.px(14)))
            table.show([KeyValue(each.label, each.words) for each in self._lists])
        SectionHead(self._inner, say("sync.why")).pack(fill="x", pady=(0, theme.px(4)))
        if not told.reasons:
            all_sent = ReasonTold("check-circle-fill", "green", say("sync.all_sent"), say("sync.all_sent.words"))
            self._reason(all_sent)
        for reason in told.reasons:
            self._reason(reason)
        if told.clashes:
            head = SectionHead(self._inner, say("sync.persons"), say("sync.persons.beside"))
            head.pack(fill="x", pady=(theme.px(16), theme.px(4)))
            for clash in told.clashes:
                self._reason(clash)

    def _reason(self, told: ReasonTold) -> None:
        row = Pane(self._inner)
        row.pack(fill="x", pady=theme.px(5))
        ink = theme.INKS[Tone(told.tone)]
        Sign(row, told.icon, pixels=18, ink=ink).pack(side="left", anchor="n", padx=(0, theme.px(14)), pady=(theme.px(2), 0))
        if told.number:
            opening = Act("sync.open", lambda: self._shell.go("order", told.number), kind=ActKind.PANE)
            ActButton(row, opening).pack(side="right", anchor="n", padx=(theme.px(10), 0))
        body = Pane(row)
        body.pack(side="left", fill="x", expand=True)
        head_ink = theme.INK if told.tone == "quiet" or told.icon == "intersect" else ink
        WrappedWords(body, told.head, font=theme.BOLD, ink=head_ink, at_most=2).pack(fill="x")
        WrappedWords(body, told.words, ink=theme.INK2).pack(fill="x", pady=(theme.px(2), 0))

    def _fit(self, width: int) -> None:
        self._right.configure(width=theme.px(560) if width > 1500 else min(theme.px(480), round(width * 0.42)))
