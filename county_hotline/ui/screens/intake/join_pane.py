"""并入 as it looks: the order that is there already, which way, and the words that join it."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Mapping, Sequence

from county_hotline.ui import theme
from county_hotline.ui.screens.intake.digit_pick import DigitPick
from county_hotline.ui.screens.intake.joining import JoinPresenter
from county_hotline.ui.screens.intake.pane_frame import Host, PaneFrame
from county_hotline.ui.screens.intake.screen import RepeatLine
from county_hotline.ui.screens.intake.taking_work import Joining
from county_hotline.ui.theme import Tone
from county_hotline.ui.widgets.acts import Act, ActKind
from county_hotline.ui.widgets.basic import Pane
from county_hotline.ui.widgets.inputs import Choice, LineInput, TextInput
from county_hotline.ui.widgets.notice import NoticeSlot
from county_hotline.ui.widgets.rows import FieldRow
from county_hotline.wording import say


class JoinPane:
    """The pane (`pane_frame.TakingPane`) and what its presenter sees (`joining.JoinScreen`)."""

    def __init__(self, parent: tk.Misc, host: Host) -> None:
        self._host = host
        self.presenter = JoinPresenter(self, host.work, host.runner, taking=host.taking)
        self.frame = PaneFrame(parent, say("intake.join.title"), say("intake.join.beside"), self.acts())
        self._number = ""
        self._notice = NoticeSlot(self.frame.body)
        self._notice.pack(fill="x", pady=(0, theme.px(10)))
        inner = Pane(self.frame.body)
        inner.pack(fill="x", padx=(theme.px(12), theme.px(20)))
        row = FieldRow(inner)
        row.pack(fill="x")
        choices = [Choice(each.value, say(f"intake.join.{each.value}")) for each in Joining]
        self._way = DigitPick(row.body, choices, columns=1, on_pick=lambda _value: self.frame.say(""))
        row.put(self._way, say("intake.join.way"), grow=True)
        row = FieldRow(inner)
        row.pack(fill="x")
        self._words = TextInput(row.body, lines=6)
        row.put(self._words, say("intake.join.words"), grow=True)

    # -- the pane ---------------------------------------------------------------------------------------------------

    def open(self, line: RepeatLine) -> None:
        """About one order."""
        self.presenter.open(line)

    @property
    def kept(self) -> Mapping[str, LineInput | TextInput]:
        """See `TakingPane`."""
        return {"words": self._words}

    def acts(self) -> Sequence[Act]:
        """See `TakingPane`."""
        return (
            Act("intake.join.record", self.presenter.record, "<F9>", "F9", icon="intersect", kind=ActKind.MAIN),
            Act("intake.open", lambda: self._host.open_order(self._number), "<Control-o>", "Ctrl+O"),
            Act("intake.back", self._host.leave, "<Escape>", "Esc"),
        )

    def take_focus(self) -> None:
        """See `TakingPane`."""
        self._way.take_focus()

    # -- what the presenter shows -----------------------------------------------------------------------------------

    def show_repeat(self, line: RepeatLine, words: str) -> None:
        """See `JoinScreen`."""
        self._number = line.number
        self._notice.show(f"{line.day}　{line.title}", line.why, icon="intersect")
        self._way.show(Joining.SUPPLEMENT.value)
        self._words.show(words)
        self.frame.say("")

    def joining(self) -> Joining:
        """See `JoinScreen`."""
        return Joining(self._way.value())

    def words(self) -> str:
        """See `JoinScreen`."""
        return self._words.value()

    def complain(self, words: str, field: str) -> None:
        """See `JoinScreen`."""
        self.frame.say(words)
        if field == "words":
            self._words.take_focus()

    def joined(self, number: str, words: str, *, well: bool) -> None:
        """See `JoinScreen`."""
        del number
        self._host.leave()
        self._host.say(words, Tone.GREEN if well else Tone.AMBER)

    def leave(self) -> None:
        """See `JoinScreen`."""
        self._host.leave()

    def fail(self, fault: Exception) -> None:
        """See `JoinScreen`."""
        self._host.fail(fault)
