"""紧急转接 as it looks: pick the line by its digit, read the script aloud, write down who took it and how it ended."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Mapping, Sequence

from county_hotline.domain.vocabulary import EmergencyLine, HandedOver
from county_hotline.ui import theme
from county_hotline.ui.screens.intake.digit_pick import DigitPick
from county_hotline.ui.screens.intake.emergency import EmergencyPresenter, Heard
from county_hotline.ui.screens.intake.pane_frame import Host, PaneFrame
from county_hotline.ui.screens.intake.taking_work import Scripts
from county_hotline.ui.theme import Tone
from county_hotline.ui.widgets.acts import Act, ActKind
from county_hotline.ui.widgets.basic import Chip, Pane, Words
from county_hotline.ui.widgets.flow_pane import FlowPane
from county_hotline.ui.widgets.inputs import Choice, LineInput, TextInput, Tick
from county_hotline.ui.widgets.page_head import SectionHead
from county_hotline.ui.widgets.rows import FieldRow
from county_hotline.ui.widgets.wrapped import WrappedWords
from county_hotline.wording import say, word


class EmergencyPane:
    """The pane (`pane_frame.TakingPane`) and what its presenter sees (`emergency.EmergencyScreen`)."""

    def __init__(self, parent: tk.Misc, host: Host) -> None:
        self._host = host
        self.presenter = EmergencyPresenter(self, host.work, host.runner, clock=host.clock, taking=host.taking)
        self._recorded = self._goes_on = False
        self.frame = PaneFrame(parent, say("intake.emergency.title"), "", self.acts())
        self._began = Chip(self.frame.head.right, tone=Tone.RED, icon="telephone-fill")
        self._began.pack()
        flow = FlowPane(self.frame.body)
        flow.pack(fill="both", expand=True)
        self._inner = Pane(flow.body)
        self._inner.pack(fill="x", padx=(theme.px(20), theme.px(20)), pady=(0, theme.px(10)))
        self._build_lines()
        self._build_scripts()
        self._build_record()
        flow.adopt()
        self._flow = flow

    # -- the pane ---------------------------------------------------------------------------------------------------

    def open(self) -> None:
        """The key was pressed."""
        self.presenter.open()

    @property
    def kept(self) -> Mapping[str, LineInput | TextInput]:
        """See `TakingPane`."""
        return {"taker": self._taker, "participants": self._participants, "words": self._words}

    def acts(self) -> Sequence[Act]:
        """See `TakingPane`."""
        if not self._recorded:
            return (
                Act("intake.emergency.record", self._record, "<F9>", "F9", icon="journal-check", kind=ActKind.MAIN),
                Act("intake.emergency.give_up", self._give_up, "<Control-BackSpace>", "Ctrl+退格"),
                Act("intake.back", self._host.leave, "<Escape>", "Esc"),
            )
        following = Act("intake.emergency.follow", self._follow, "<F9>", "F9", icon="box-arrow-up-right", kind=ActKind.MAIN)
        done = Act("intake.emergency.next", self._host.leave, "<Escape>", "Esc")
        return (following, done) if self._goes_on else (done, Act("intake.open", self._follow, "<Control-o>", "Ctrl+O"))

    def take_focus(self) -> None:
        """See `TakingPane`."""
        if self._recorded:
            self.frame.focus_set()
        elif self.presenter.is_begun:
            self._taker.take_focus()
        else:
            self._lines.take_focus()

    # -- what the presenter shows -----------------------------------------------------------------------------------

    def begin(self, began: str) -> None:
        """See `EmergencyScreen`."""
        self._recorded = False
        self._began.show(began, tone=Tone.RED, icon="telephone-fill")
        self._lines.show("")
        self._result.show("")
        self._taker.show("")
        self._participants.show("")
        self._words.show("")
        self._three.show(on=False)
        self._handed.say("")
        self._scripts.pack_forget()
        self._refresh("")
        self._flow.to_top()

    def heard(self) -> Heard:
        """See `EmergencyScreen`."""
        return Heard(self._taker.value(), self._three.is_on(), self._participants.value(), self._words.value())

    def show_scripts(self, scripts: Scripts) -> None:
        """See `EmergencyScreen`."""
        self._to_caller.say(scripts.to_caller)
        self._to_centre.say(scripts.to_centre)
        self._unclear.say(scripts.unclear)
        self._scripts.pack(fill="x", after=self._lines)
        self.frame.say("")
        self._taker.take_focus()

    def show_handed(self, words: str) -> None:
        """See `EmergencyScreen`."""
        self._handed.say(words)
        self.frame.say("")

    def complain(self, words: str, field: str) -> None:
        """See `EmergencyScreen`."""
        self.frame.say(words)
        if field == "line":
            self._lines.take_focus()
        elif field == "result":
            self._result.take_focus()

    def show_recorded(self, words: str, *, goes_on: bool) -> None:
        """See `EmergencyScreen`."""
        self._recorded, self._goes_on = True, goes_on
        self._refresh(words)
        self.frame.focus_set()

    def fail(self, fault: Exception) -> None:
        """See `EmergencyScreen`."""
        self._host.fail(fault)

    # -- building ---------------------------------------------------------------------------------------------------

    def _build_lines(self) -> None:
        SectionHead(self._inner, say("intake.emergency.which"), say("intake.emergency.which.beside")).pack(
            fill="x", pady=(0, theme.px(4))
        )
        choices = [
            Choice(each.value, say("intake.emergency.choice", line=each.value, name=_name(each))) for each in EmergencyLine
        ]
        self._lines = DigitPick(self._inner, choices, columns=4, on_pick=self.presenter.pick_line)
        self._lines.pack(fill="x")

    def _build_scripts(self) -> None:
        self._scripts = Pane(self._inner)
        SectionHead(self._scripts, say("intake.emergency.say"), say("intake.emergency.say.beside")).pack(
            fill="x", pady=(theme.px(8), theme.px(4))
        )
        self._to_caller = self._script("intake.emergency.caller")
        self._to_centre = self._script("intake.emergency.centre")
        self._unclear = WrappedWords(self._scripts, font=theme.SMALL, ink=theme.INK2)
        self._unclear.pack(fill="x")

    def _script(self, wording: str) -> WrappedWords:
        pane = Pane(self._scripts, ground=theme.RED_WASH)
        pane.pack(fill="x", pady=(0, theme.px(6)))
        Words(pane, say(wording), ink=theme.RED, font=theme.SMALL_BOLD).pack(
            side="left", anchor="n", padx=theme.px(12), pady=theme.px(9)
        )
        words = WrappedWords(pane, font=theme.BOLD)
        words.pack(side="left", fill="x", expand=True, padx=(0, theme.px(12)), pady=theme.px(7))
        return words

    def _build_record(self) -> None:
        head = SectionHead(self._inner, say("intake.emergency.write"), "")
        head.pack(fill="x", pady=(theme.px(8), theme.px(4)))
        self._handed = Words(head.right, font=theme.SMALL, ink=theme.GREEN)
        self._handed.pack()
        row = FieldRow(self._inner)
        row.pack(fill="x")
        self._taker = LineInput(row.body, width=200, hint=say("intake.emergency.taker.hint"))
        row.put(self._taker, say("intake.emergency.taker"))
        row = FieldRow(self._inner)
        row.pack(fill="x")
        self._result = DigitPick(
            row.body,
            [Choice(each.value, word(each)) for each in HandedOver],
            columns=2,
            on_pick=self.presenter.pick_result,
        )
        row.put(self._result, say("intake.emergency.result"), required=True, grow=True)
        row = FieldRow(self._inner)
        row.pack(fill="x")
        self._three = Tick(row.body, say("intake.emergency.three"))
        row.put(self._three)
        self._participants = LineInput(row.body, hint=say("intake.emergency.participants.hint"))
        row.put(self._participants, say("intake.emergency.participants"), grow=True)
        row = FieldRow(self._inner)
        row.pack(fill="x")
        self._words = TextInput(row.body, lines=2, hint=say("intake.emergency.words.hint"))
        row.put(self._words, say("intake.emergency.words"), grow=True)

    def _refresh(self, words: str) -> None:
        self.frame.row.show(self.acts())
        self.frame.say(words, Tone.AMBER if self._goes_on else Tone.GREEN)
        self._host.acts_changed()

    def _record(self) -> None:
        self.presenter.record()

    def _give_up(self) -> None:
        self.presenter.give_up()
        self._host.leave()

    def _follow(self) -> None:
        number = self.presenter.number
        self._host.leave()
        self._host.open_order(number)


def _name(line: EmergencyLine) -> str:
    return say(f"intake.emergency.line.{line.value}")
