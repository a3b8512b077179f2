"""首次设置 as it looks: the steps above, what is asked at the left, what is known and the trial slip at the right, keys at the foot."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Mapping
from pathlib import Path
from tkinter import filedialog

from county_hotline.ui import theme
from county_hotline.ui.setting_up.presenter import SetUpPresenter, StepTold
from county_hotline.ui.theme import Size
from county_hotline.ui.widgets.acts import Act, ActKind, ActRow
from county_hotline.ui.widgets.basic import Pane, Words
from county_hotline.ui.widgets.field_form import FieldForm
from county_hotline.ui.widgets.key_board import KeyBoard
from county_hotline.ui.widgets.key_values import KeyValue, KeyValues
from county_hotline.ui.widgets.steps import Step, StepLine, StepState
from county_hotline.ui.widgets.wrapped import WrappedWords
from county_hotline.wording import say

STEP_COUNT = 6
COLUMN = 110
ASIDE = 430


class SetUpView:
    """What the presenter sees (`presenter.SetUpScreen`). `presenter.begin()` fills it."""

    presenter: SetUpPresenter

    def __init__(self, root: tk.Tk) -> None:
        self._root = root
        self._keys = KeyBoard(root)
        self._told: StepTold | None = None
        self._form: FieldForm
        self._picture: tk.PhotoImage | None = None
        self.has_finished = False
        self._build()

    # -- what the presenter shows -----------------------------------------------------------------------------------

    def show(self, step: StepTold) -> None:
        """See `SetUpScreen`."""
        self._told = step
        states = [StepState.DONE] * step.at + [StepState.NOW] + [StepState.TO_COME] * (STEP_COUNT - step.at - 1)
        self._steps.show([Step(say(f"setup.step.{at}"), state=state) for at, state in enumerate(states, 1)])
        self._title.say(step.title)
        self._words.say(step.words)
        self._form.destroy()
        self._form = FieldForm(self._left, step.fields, column=COLUMN)
        self._form.pack(fill="both", expand=True, pady=(theme.px(10), 0))
        self._facts.show([KeyValue(label, words) for label, words in step.facts])
        if step.facts:
            self._aside.pack(side="right", fill="y", before=self._left)
        else:
            self._aside.pack_forget()
        self._slip.pack_forget()
        self._slip_words.say("")
        acts = self._acts()
        self._foot.show(acts)
        self._foot.say("")
        self._keys.use(acts)
        if step.fields:
            self._form.take_focus()
        else:
            self._foot.button("setup.finish").focus_set()

    def wrong(self, field: str, words: str) -> None:
        """See `SetUpScreen`."""
        if self._told is not None and self._told.fields:
            self._form.wrong(field, words)
        else:
            self._foot.say(words, ink=theme.RED, icon="exclamation-octagon-fill")

    def busy(self, words: str) -> None:
        """See `SetUpScreen`."""
        self._foot.say(words, ink=theme.BLUE, icon="hourglass-split")
        self._root.configure(cursor="watch" if words else "")

    def fill(self, values: Mapping[str, str]) -> None:
        """See `SetUpScreen`."""
        self._form.show({name: value for name, value in values.items() if value})
        self._form.right()

    def show_picture(self, png: bytes, words: str) -> None:
        """See `SetUpScreen`."""
        self._picture = tk.PhotoImage(master=self._root, data=png)
        self._slip.configure(image=str(self._picture), padx=1, pady=1, background=theme.LINE)
        self._slip.pack(anchor="n", padx=theme.px(18), pady=theme.px(8))
        self._slip_words.say(words)

    def restyle(self, size: str, *, high_contrast: bool) -> None:
        """See `SetUpScreen`."""
        theme.change_look(self._root, Size(size), high_contrast=high_contrast)
        theme.style_rest(self._root)
        self.frame.destroy()
        self._build()
        self.presenter.show_again()

    def finished(self) -> None:
        """See `SetUpScreen`."""
        self.has_finished = True
        self._root.quit()

    # -- keys -------------------------------------------------------------------------------------------------------

    def submit(self) -> None:
        """F9."""
        values = self._form.values()
        if self._told is not None and self._told.name == "screen":
            self.presenter.restyle(values)
        self.presenter.submit(values)

    def choose_slip(self, file: str = "") -> None:
        """Ctrl+O: an enrolment slip."""
        chosen = file or filedialog.askopenfilename(parent=self._root, title=say("setup.choose_slip"))
        if chosen:
            self.presenter.take_slip(Path(chosen))

    def leave(self) -> None:
        """Esc: another time, from here."""
        self._root.quit()

    def _try_paper(self) -> None:
        self.presenter.try_paper(self._form.values()["paper"], theme.px(ASIDE - 44))

    def _restyle(self) -> None:
        self.presenter.restyle(self._form.values())

    def _acts(self) -> list[Act]:
        told = self._told
        is_last = told is not None and told.at == STEP_COUNT - 1
        acts = [Act("setup.finish" if is_last else "setup.next", self.submit, "<F9>", "F9", icon="check-lg", kind=ActKind.MAIN)]
        if told is not None and told.at:
            acts.append(Act("setup.back", self.presenter.back, "<Alt-Left>", "Alt+←", icon="arrow-left"))
        if self.presenter.asks_for_a_slip:
            acts.append(Act("setup.choose_slip", self.choose_slip, "<Control-Key-o>", "Ctrl+O", icon="file-text"))
        if told is not None and told.name == "paper":
            acts.append(Act("setup.try_paper", self._try_paper, "<Control-Key-p>", "Ctrl+P", icon="printer"))
        if told is not None and told.name == "screen":
            acts.append(Act("setup.restyle", self._restyle, "<Control-Key-r>", "Ctrl+R", icon="eye"))
        return [*acts, Act("setup.leave", self.leave, "<Escape>", "Esc")]

    def _build(self) -> None:
        self.frame = Pane(self._root, ground=theme.SHEET)
        self.frame.pack(fill="both", expand=True)
        self._foot = ActRow(self.frame, ())
        self._foot.pack(side="bottom", fill="x")
        head = Pane(self.frame, ground=theme.SIDE)
        head.pack(side="top", fill="x")
        Words(head, say("program.name"), font=theme.TITLE, ink=theme.BLUE).pack(
            side="left", padx=theme.px(18), pady=theme.px(10)
        )
        Words(head, say("setup.head"), ink=theme.INK2).pack(side="left")
        self._steps = StepLine(self.frame)
        self._steps.pack(side="top", fill="x", padx=theme.px(120), pady=(theme.px(18), 0))
        self._aside = aside = Pane(self.frame, ground=theme.SIDE, width=theme.px(ASIDE))
        self._facts = KeyValues(aside, column=80, pitch=4)
        self._facts.pack(fill="x", padx=theme.px(18), pady=theme.px(16))
        self._slip_words = WrappedWords(aside, font=theme.SMALL, ink=theme.INK2)
        self._slip_words.pack(fill="x", padx=theme.px(18))
        self._slip = tk.Label(aside, background=theme.SIDE, borderwidth=0)
        self._left = Pane(self.frame)
        self._left.pack(side="left", fill="both", expand=True, padx=theme.px(20), pady=theme.px(10))
        self._title = Words(self._left, font=theme.TITLE)
        self._title.pack(anchor="w", pady=(theme.px(6), theme.px(6)))
        self._words = WrappedWords(self._left, ink=theme.INK2)
        self._words.pack(fill="x")
        self._form = FieldForm(self._left, ())
