"""登录 as it looks: who and where at the left, name and password at the right, everything within reach of Enter."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable
from typing import TYPE_CHECKING

from county_hotline.background import Step
from county_hotline.signals import Changes
from county_hotline.ui import theme
from county_hotline.ui.screens.sign_in.presenter import SignInPresenter
from county_hotline.ui.shell import Shell
from county_hotline.ui.theme import Size
from county_hotline.ui.widgets.acts import Act, ActButton, ActKind
from county_hotline.ui.widgets.basic import Pane, Sign, Words
from county_hotline.ui.widgets.inputs import Choice, ChoiceInput, LineInput
from county_hotline.ui.widgets.rows import FieldRow
from county_hotline.ui.widgets.segments import Segments
from county_hotline.ui.widgets.wrapped import WrappedWords
from county_hotline.wording import say

if TYPE_CHECKING:
    from county_hotline.domain.reference import Account
    from county_hotline.ui.widgets.progress import Progress

CLOCK_LOOK_MS = 5000
STATION = 360
LOOK_AFTER_MS = 30
"""Paint first: looking loads and opens what is slow."""
CAPS_LOCK = 0x2
TRAINING_PASSWORD = "shiyong2026"  # noqa: S105 - of sample accounts over sample data, shown on purpose


class SignInView:
    """The page (`shell.SignInPage`) and what its presenter sees (`presenter.SignInScreen`)."""

    presenter: SignInPresenter

    def __init__(self, parent: tk.Misc, shell: Shell) -> None:
        self._shell = shell
        self.frame = Pane(parent, ground=theme.SHEET)
        foot = Pane(self.frame, ground=theme.SIDE, height=theme.px(30))
        foot.pack(side="bottom", fill="x")
        Words(foot, say("sign_in.foot", version=shell.services.version), font=theme.SMALL, ink=theme.INK2).pack(
            side="left", padx=theme.px(18)
        )
        Words(foot, self._keys(), font=theme.SMALL, ink=theme.INK2).pack(side="right", padx=theme.px(18))
        if shell.services.is_training:
            self._build_training()
        self._build_left()
        self._build_right()
        self._progress: Progress | None = None
        self._open = True
        self._in_front = False
        self._after: str | None = None
        self._looking = ""
        self._cancel: Callable[[], None] | None = None

    # -- the page ---------------------------------------------------------------------------------------------------

    def is_open(self) -> bool:
        """Whether answers are still wanted."""
        return self._open

    def shown(self, argument: str) -> None:
        """In front: look, tell the time, keyboard to the password."""
        del argument
        self._in_front = True
        self._looking = self.frame.after(LOOK_AFTER_MS, self._look)
        self._tell_time()
        self._password.show("")
        self.refuse("")
        self._password.take_focus()

    def _look(self) -> None:
        if self._open:
            self.presenter.look()

    def hidden(self) -> None:
        """Nothing to keep."""

    def on_close(self, cancel: Callable[[], None]) -> None:
        """What is to be cancelled at the end."""
        self._cancel = cancel

    def news(self, changes: Changes) -> None:
        """The line or the counts changed, or the tables are folded anew before anything can be looked at."""
        if changes.opening is not None and self._open:
            self.presenter.opening(changes.opening)
        elif changes.counts and self._in_front:
            self.presenter.look()

    def close(self) -> None:
        """No clock and no news any more."""
        self._open = False
        self._in_front = False
        if self._looking:
            self.frame.after_cancel(self._looking)
        if self._cancel is not None:
            self._cancel()
        if self._after is not None:
            self.frame.after_cancel(self._after)

    def complain(self, words: str) -> None:
        """See `SignInPage`."""
        self.refuse(words)

    def inform(self, words: str) -> None:
        """See `SignInPage`."""
        self._draft.say(words)

    # -- what the presenter shows -----------------------------------------------------------------------------------

    def show_accounts(self, accounts: tuple[tuple[str, str], ...]) -> None:
        """See `SignInScreen`."""
        before = self._name.value()
        self._name.offer([Choice(badge, words) for badge, words in accounts])
        if not before and accounts:
            self._name.show(accounts[0][0])

    def show_station(self, name: str, *, line: str, is_online: bool, counts: str) -> None:
        """See `SignInScreen`."""
        self._station.say(name)
        ink = theme.GREEN if is_online else theme.AMBER
        self._line_sign.show("wifi" if is_online else "wifi-off", ink=ink)
        self._line.say(line, ink=ink)
        self._counts_sign.show("hdd")
        self._counts.say(counts)

    def show_draft(self, words: str) -> None:
        """See `SignInScreen`."""
        self._draft.say(words)

    def refuse(self, words: str) -> None:
        """See `SignInScreen`."""
        self._refusal = words
        self._password.mark(wrong=bool(words))
        self._password_row.say(words)

    def busy(self, *, yes: bool) -> None:
        """See `SignInScreen`."""
        self._enter.forbid(forbidden=yes)

    def show_waiting(self, words: str) -> None:
        """See `SignInScreen`."""
        self._password_row.say(words, theme.Tone.QUIET)

    def show_opening(self, step: Step | None) -> None:
        """See `SignInScreen`."""
        if step is None:
            if self._progress is not None:
                self._progress.end()
            return
        progress = self._begun_progress()
        if step.total is not None:
            progress.step(step.done, step.total)

    def clear_password(self) -> None:
        """See `SignInScreen`."""
        self._password.show("")
        self._password.take_focus()

    def signed_in(self, account: Account) -> None:
        """Hand over."""
        self._shell.signed_in(account)

    # -- building ---------------------------------------------------------------------------------------------------

    def _keys(self) -> str:
        return say("sign_in.keys") + ("　" + say("sign_in.keys.practise") if self._shell.services.practise is not None else "")

    def _begun_progress(self) -> Progress:
        """Seldom needed, so made when it is."""
        from county_hotline.ui.widgets.progress import Progress

        if self._progress is None:
            self._progress = Progress(self.frame)
            self._progress.pack(side="bottom", fill="x", before=self._left)
        if not self._progress.is_shown:
            how = ("sign_in.opening.leave", "Alt+F4")
            advice = say("sign_in.opening.words")
            self._progress.begin(say("sign_in.opening"), stop=self._shell.close, how=how, advice=advice)
        return self._progress

    def _build_training(self) -> None:
        """练习: nobody signs in here by mistake."""
        band = Pane(self.frame, ground=theme.AMBER)
        band.pack(side="top", fill="x")
        words = say("training.door", password=TRAINING_PASSWORD)
        Words(band, words, font=theme.HEAD, ink=theme.SHEET).pack(padx=theme.px(18), pady=theme.px(10))

    def _build_left(self) -> None:
        left = self._left = Pane(self.frame, ground=theme.SIDE, width=theme.px(520))
        left.pack(side="left", fill="y")
        inner = Pane(left)
        inner.place(relx=0.25, rely=0.5, anchor="w", y=-theme.px(20))
        Words(inner, say("program.name"), font=theme.BRAND, ink=theme.BLUE).pack(anchor="w")
        Words(inner, say("sign_in.subtitle"), font=theme.TITLE, ink=theme.INK2).pack(anchor="w", pady=(0, theme.px(26)))
        self._station = WrappedWords(inner, font=theme.HEAD, at_most=3, width=theme.px(STATION))
        self._station.pack(anchor="w", fill="x", pady=(0, theme.px(6)))
        self._line_sign, self._line = _signed_line(inner)
        self._counts_sign, self._counts = _signed_line(inner)
        clock, self._time = _signed_line(inner)
        clock.show("clock")

    def _build_right(self) -> None:
        right = Pane(self.frame)
        right.pack(side="left", fill="both", expand=True)
        form = Pane(right, width=theme.px(470), height=theme.px(400))
        form.place(relx=0.5, rely=0.5, anchor="center", x=theme.px(20), y=theme.px(36))
        column = theme.px(76)
        Words(form, say("sign_in.title"), font=theme.TITLE).pack(anchor="w", padx=column, pady=(0, theme.px(12)))
        name_row = FieldRow(form)
        self._name = ChoiceInput(name_row.body)
        name_row.put(self._name, say("sign_in.name"), grow=True)
        name_row.pack(fill="x", padx=(0, theme.px(110)))
        self._password_row = FieldRow(form)
        self._password = LineInput(self._password_row.body, secret=True)
        self._password_row.put(self._password, say("sign_in.password"), grow=True)
        self._password_row.body.pack_configure(padx=(0, theme.px(110)))
        self._password_row.pack(fill="x")
        self._password.bind("<Return>", lambda _event: self._try())
        self._password.bind("<KP_Enter>", lambda _event: self._try())
        self._password.bind("<KeyPress>", self._look_at_caps, add="+")
        acts = Pane(form)
        acts.pack(fill="x", padx=(column, 0), pady=(theme.px(8), theme.px(20)))
        self._enter = ActButton(acts, Act("sign_in.enter", self._press, shown=say("sign_in.enter_key"), kind=ActKind.MAIN))
        self._enter.pack(side="left")
        self._build_size(form)
        self._draft = WrappedWords(form, ink=theme.INK2)
        self._draft.pack(fill="x", padx=(column, theme.px(110)))
        self._refusal = ""

    def _build_size(self, form: Pane) -> None:
        row = Pane(form)
        row.pack(fill="x", padx=(theme.px(76), 0), pady=(0, theme.px(20)))
        Words(row, say("sign_in.size"), ink=theme.INK2).pack(side="left", padx=(0, theme.px(10)))
        sizes = [Choice(size.value, say(f"setting.ui.size.{size.value}")) for size in Size]
        segments = Segments(row, sizes, on_choose=lambda value: self._shell.change_size(Size(value)))
        segments.show(theme.size().value)
        segments.pack(side="left")

    def _try(self) -> str:
        self._press()
        return "break"

    def _press(self) -> None:
        self.presenter.sign_in(self._name.value(), self._password.value())

    def _look_at_caps(self, event: tk.Event[tk.Misc]) -> None:
        """Said only while nothing worse is said."""
        if self._refusal or len(event.char) != 1:
            return
        self._password_row.say(say("sign_in.caps") if int(event.state) & CAPS_LOCK else "", theme.Tone.AMBER)

    def _tell_time(self) -> None:
        self._time.say(self.presenter.time())
        if self._after is not None:
            self.frame.after_cancel(self._after)
        self._after = self.frame.after(CLOCK_LOOK_MS, self._tell_time)


def _signed_line(parent: Pane) -> tuple[Sign, Words]:
    row = Pane(parent)
    row.pack(anchor="w", pady=theme.px(6))
    sign = Sign(row, "")
    sign.pack(side="left", padx=(0, theme.px(12)))
    words = Words(row, ink=theme.INK2)
    words.pack(side="left")
    return sign, words
