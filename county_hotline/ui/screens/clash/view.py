"""对照 as it looks: the field at the left, then what both last agreed on, this side and the other, each with who, when and why."""

from __future__ import annotations

import tkinter as tk

from county_hotline.domain.comparing import Side
from county_hotline.ui import theme
from county_hotline.ui.screens.clash.presenter import ClashPresenter
from county_hotline.ui.screens.clash.table import Table
from county_hotline.ui.screens.clash.telling import ClashTold
from county_hotline.ui.shell import Shell
from county_hotline.ui.theme import Tone
from county_hotline.ui.widgets.acts import Act, ActButton, ActKind, ActRow
from county_hotline.ui.widgets.basic import Pane, Sign, Words
from county_hotline.ui.widgets.inputs import LineInput
from county_hotline.ui.widgets.notice import Nothing
from county_hotline.ui.widgets.wrapped import CutWords
from county_hotline.wording import say


class ClashView:
    """The page (`shell.Page`) and what its presenter sees (`presenter.ClashScreen`)."""

    presenter: ClashPresenter

    def __init__(self, parent: tk.Misc, shell: Shell) -> None:
        self._shell = shell
        self._is_open, self._is_front = True, False
        self._told: ClashTold | None = None
        self.frame = Pane(parent, ground=theme.SHEET)
        self._foot = ActRow(self.frame, ())
        self._foot.pack(side="bottom", fill="x")
        self._build_head()
        intro = Pane(self.frame)
        intro.pack(side="top", fill="x", padx=theme.px(22), pady=(0, theme.px(8)))
        self._number = Words(intro, font=theme.BOLD, ink=theme.INK2)
        self._number.pack(side="left", padx=(0, theme.px(16)))
        self._intro = CutWords(intro, ink=theme.INK2)
        self._intro.pack(side="left", fill="x", expand=True)
        self._build_note()
        self._table = Table(self.frame, lambda: self.presenter)
        self._nothing = Nothing(self.frame, "intersect", say("clash.nothing_head"), say("clash.nothing"))
        self._lay(empty=True)

    def _build_head(self) -> None:
        head = Pane(self.frame)
        head.pack(side="top", fill="x", padx=(theme.px(16), theme.px(20)), pady=theme.px(9))
        back = Act("clash.back", self.go_back, shown="Esc", icon="chevron-left", kind=ActKind.LINK)
        ActButton(head, back, takes_focus=False).pack(side="left")
        self._place = Words(head, ink=theme.INK2)
        self._place.pack(side="right")
        self._title = CutWords(head, say("clash.title"), font=theme.TITLE)
        self._title.pack(side="left", fill="x", expand=True, padx=theme.px(8))

    def _build_note(self) -> None:
        self._note = note = Pane(self.frame)
        self._why = Pane(note)
        self._why.pack(side="right")
        Words(self._why, say("clash.reason"), ink=theme.INK2).pack(side="left", padx=theme.px(8))
        self._reason = LineInput(self._why, width=theme.px(300), hint=say("clash.reason.hint"))
        self._reason.pack(side="left")
        self._reason.bind("<Return>", lambda _event: self._table.take_focus())
        Sign(note, "info-circle", pixels=16).pack(side="left", padx=(0, theme.px(10)))
        self._hint = CutWords(note, ink=theme.INK2)
        self._hint.pack(side="left", fill="x", expand=True)

    def _lay(self, *, empty: bool) -> None:
        """The comparison with what one may say to it; or that there is none."""
        if empty:
            self._table.pack_forget()
            self._note.pack_forget()
            self._nothing.place(relx=0.5, rely=0.45, anchor="center")
            return
        self._nothing.place_forget()
        self._note.pack(side="bottom", fill="x", padx=theme.px(20), pady=theme.px(8))
        self._table.pack(side="top", fill="both", expand=True)

    # -- the page ---------------------------------------------------------------------------------------------------

    def is_open(self) -> bool:
        """Whether answers are still wanted."""
        return self._is_open

    def shown(self, argument: str) -> None:
        """In front, with an order's number or as it was."""
        self._is_front = True
        self._show_acts()
        self.presenter.shown(argument)
        self._table.take_focus()

    def hidden(self) -> None:
        """Behind another page."""
        self._is_front = False

    def close(self) -> None:
        """No answer and no news any more."""
        self._is_open = False
        self.presenter.close()

    def _acts(self) -> list[Act]:
        presenter, told = self.presenter, self._told
        acts = []
        if told is not None and told.may_settle:
            key = "clash.settle" if any(row.is_choice for row in told.rows) else "clash.seen"
            acts.append(Act(key, presenter.settle, "<F9>", "F9", icon="check-lg", kind=ActKind.MAIN))
            if any(row.is_choice for row in told.rows):
                for at, (side, name) in enumerate(zip(Side, told.sides, strict=True), start=1):
                    acts.append(
                        Act(
                            "clash.all",
                            lambda side=side: presenter.choose_all(side),  # type: ignore[misc]
                            f"<Alt-Key-{at}>",
                            f"Alt+{at}",
                            details={"who": name},
                        )
                    )
        if told is not None and told.may_ask_centre:
            acts.append(Act("clash.ask_centre", presenter.ask_centre))
        if told is not None:
            acts.append(Act("clash.put_off", presenter.put_off))
            acts.append(Act("clash.open", lambda: self._shell.go("order", told.number)))
        acts.append(Act("clash.back", self.go_back, "<Escape>", "Esc"))
        return acts

    def _show_acts(self) -> None:
        acts = self._acts()
        if self._is_front:
            self._shell.use_acts(acts)
        self._foot.show([act for act in acts if act.shown != "Esc"])

    # -- what the presenter shows -----------------------------------------------------------------------------------

    def is_seen(self) -> bool:
        """See `ClashScreen`."""
        return self._is_front

    def show(self, told: ClashTold, *, at: str) -> None:
        """See `ClashScreen`."""
        before, self._told = self._told, told
        self._lay(empty=False)
        self._title.say(say("clash.title_of", title=told.title))
        self._place.say(told.place)
        self._number.say(told.number)
        self._intro.say(told.words)
        self._hint.say(told.hint)
        if told.may_settle:
            self._why.pack(side="right")
        else:
            self._why.pack_forget()
        if before is None or (before.number, before.heads) != (told.number, told.heads):
            self._table.show_heads(told.heads)
        self._table.show(told.rows, at=at)
        if before is None or _foot_of(before) != _foot_of(told):
            self._show_acts()
        tone = Tone.GREEN if told.is_ready and told.may_settle else Tone.AMBER
        self._foot.say(told.foot, ink=theme.INKS[tone])
        if self._is_front and self._table.has_or_may_take_focus():
            self._table.take_focus()

    def show_nothing(self) -> None:
        """See `ClashScreen`."""
        self._told = None
        self._title.say(say("clash.title"))
        for words in (self._place, self._number, self._hint, self._intro):
            words.say("")
        self._lay(empty=True)
        self._table.clear()
        self._show_acts()
        self._foot.say("")

    def write(self, key: str, label: str, before: str) -> None:
        """See `ClashScreen`."""
        self._table.write(key, label, before)

    def settled(self) -> None:
        """See `ClashScreen`."""
        self._shell.murmur(say("clash.settled"), Tone.GREEN)

    def left(self) -> None:
        """See `ClashScreen`."""
        self._shell.murmur(say("clash.left"), Tone.QUIET)

    def go_back(self) -> None:
        """See `ClashScreen`."""
        self._shell.hush()
        self._shell.back()

    def reason(self) -> str:
        """See `ClashScreen`."""
        words = self._reason.value()
        self._reason.show("")
        return words

    def fail(self, fault: Exception) -> None:
        """See `ClashScreen`."""
        self._shell.fail(fault)


def _foot_of(told: ClashTold) -> tuple[object, ...]:
    return told.number, told.sides, told.may_settle, told.may_ask_centre, any(row.is_choice for row in told.rows)
