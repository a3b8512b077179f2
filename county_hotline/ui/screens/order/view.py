"""工单 as it looks: title and steps above, the matter at the left, its story at the right, acts at the foot.

An act's form takes the reading side's place; what it is about stays in sight at the right.
"""

from __future__ import annotations

import tkinter as tk
from collections.abc import Mapping
from pathlib import Path

from county_hotline.ui import theme
from county_hotline.ui.opening import folder_for_copies, open_with_system
from county_hotline.ui.screens.order.foot_acts import FootActs
from county_hotline.ui.screens.order.form_pane import FormPane
from county_hotline.ui.screens.order.forms import FormTold
from county_hotline.ui.screens.order.head import OrderHead
from county_hotline.ui.screens.order.more_pane import MorePane
from county_hotline.ui.screens.order.presenter import OrderPresenter
from county_hotline.ui.screens.order.reading import Reading
from county_hotline.ui.screens.order.side import OrderSide
from county_hotline.ui.screens.order.telling import OrderTold
from county_hotline.ui.screens.order.why_pane import turn_act
from county_hotline.ui.screens.order.work import Lines
from county_hotline.ui.shell import Shell
from county_hotline.ui.theme import Size, Tone
from county_hotline.ui.widgets.acts import Act, ActKind, ActRow
from county_hotline.ui.widgets.basic import Pane
from county_hotline.wording import say


class OrderView:
    """The page (`shell.Page`) and what its presenter sees (`presenter.OrderScreen`)."""

    presenter: OrderPresenter

    def __init__(self, parent: tk.Misc, shell: Shell) -> None:
        self._shell = shell
        self._is_open, self._is_front = True, False
        self._told: OrderTold | None = None
        self._is_unmasked = False
        self._form: FormPane | None = None
        self._form_told: FormTold | None = None
        self._more: MorePane | None = None
        self._acts = FootActs(self._open_act)
        self.frame = Pane(parent, ground=theme.SHEET)
        self._foot = ActRow(self.frame, ())
        self._foot.pack(side="bottom", fill="x")
        self._head = OrderHead(self.frame, self._back)
        self._head.pack(side="top", fill="x")
        self._side = OrderSide(self.frame, self._turn_why)
        self._side.pack(side="right", fill="y")
        self._left = Pane(self.frame)
        self._left.pack(side="left", fill="both", expand=True)
        self._reading = Reading(
            self._left,
            unmask=lambda: self.presenter.open_act("unmask"),
            open_order=lambda number: self._shell.go("order", number),
            open_list=lambda told: self._shell.go("register", told),
            compare=self.compare,
            on_file=self._on_file,
        )
        self._reading.pack(fill="both", expand=True)
        self._blank = Pane(self.frame)  # until there is an order, and where there is none
        self._blank.place(relwidth=1.0, relheight=1.0)
        self._left.lower(self._side)  # Tab goes as one reads: the matter, its story, then what may be done
        self._foot.lift()
        self._blank.lift()
        self.frame.bind("<Configure>", lambda event: self._side.fit(event.width))

    # -- the page ---------------------------------------------------------------------------------------------------

    def is_open(self) -> bool:
        """Whether answers are still wanted."""
        return self._is_open

    def shown(self, argument: str) -> None:
        """In front: `<number>` or `<number> <act>`."""
        self._is_front = True
        if not argument and self._told is None:
            self._shell.go("register")  # every page was built again; which order it was is not known any more
            return
        self.presenter.shown(argument)
        self._use_acts()
        self._take_focus()

    def hidden(self) -> None:
        """Behind another page: a caller shown in full is masked again."""
        self._is_front = False
        if self._is_unmasked:
            self._is_unmasked = False
            self._reading.hide_caller()

    def close(self) -> None:
        """No answer and no news any more."""
        self.presenter.close()
        self._is_open = False

    # -- what the presenter shows -----------------------------------------------------------------------------------

    def is_seen(self) -> bool:
        """See `OrderScreen`."""
        return self._is_front

    def compare(self, number: str) -> None:
        """See `OrderScreen`."""
        self._shell.go("clash", number)

    def show(self, told: OrderTold) -> None:
        """See `OrderScreen`."""
        self._told = told
        held = self._reading.held()
        self._blank.place_forget()
        self._head.show(told)
        self._reading.show(told)
        self._side.show(told)
        if self._form is None:
            self._reading.pack(fill="both", expand=True)
            if self._more is not None:
                self._close_more()
            self._show_acts(told)
            self._use_acts()
            self._take_focus()
            self._reading.hold(held)

    def show_form(self, form: FormTold, typed: Mapping[str, str]) -> None:
        """See `OrderScreen`."""
        if self._form is not None:
            self._form.destroy()
        self._close_more()
        self._form_told = form
        self._reading.pack_forget()
        self._head.show_steps(on=theme.size() is not Size.LARGEST)
        self._form = FormPane(self._left, form, typed, find=self.presenter.find, now=self.presenter.now())
        self._form.pack(fill="both", expand=True)
        self._side.stand_by(form=True)
        self._foot.show(self._form_acts())
        self._foot.say(self._kept_words(), ink=theme.INK2)
        self._use_acts()
        self._form.take_focus()

    def hide_form(self) -> None:
        """See `OrderScreen`."""
        if self._form is None:
            return
        self._form.destroy()
        self._form = self._form_told = None
        self._head.show_steps(on=True)
        self._side.stand_by(form=False)
        self._reading.pack(fill="both", expand=True)
        if self._told is not None:
            self._show_acts(self._told)
        self._use_acts()
        self._take_focus()

    def typed(self) -> dict[str, str]:
        """See `OrderScreen`."""
        return self._form.values() if self._form is not None else {}

    def wrong(self, field: str, words: str) -> None:
        """See `OrderScreen`."""
        if self._form is None:
            return
        if field:
            self._form.wrong(field, words)
            self._foot.say(self._kept_words(), ink=theme.INK2)
        else:
            self._form.right()
            self._foot.say(words, ink=theme.RED, icon="exclamation-octagon-fill")

    def busy(self, *, yes: bool) -> None:
        """See `OrderScreen`."""
        if self._form_told is not None:
            self._foot.button(self._form_told.go).forbid(forbidden=yes)
            self._foot.say(say("order.form.busy") if yes else self._kept_words(), ink=theme.INK2)

    def show_caller(self, words: str) -> None:
        """See `OrderScreen`."""
        self._is_unmasked = True
        self._reading.show_caller(words)
        self._foot.say(say("order.unmasked"), ink=theme.INK2, icon="eye")

    def offer(self, field: str, typed: str, lines: Lines) -> None:
        """See `OrderScreen`."""
        if self._form is not None:
            self._form.offer(field, typed, lines)

    def say_done(self, words: str) -> None:
        """See `OrderScreen`."""
        self._shell.murmur(words, Tone.GREEN)

    def say_why(self, words: str) -> None:
        """See `OrderScreen`."""
        self._foot.say(words, ink=theme.AMBER, icon="exclamation-triangle-fill")

    def say_printed(self, head: str, words: str) -> None:
        """See `OrderScreen`."""
        self._shell.tell(head, words, tone=Tone.GREEN, icon="printer", acts=(Act("order.seen", self._shell.hush, shown="Esc"),))

    def _on_file(self, deed: str, which: str) -> None:
        self.presenter.on_file(deed, which)

    def open_path(self, path: Path) -> None:
        """See `OrderScreen`."""
        if not open_with_system(path):
            self.say_printed(say("order.file.no_program"), say("order.printed.where", path=path))

    def folder_for_copies(self) -> Path:
        """See `OrderScreen`."""
        return folder_for_copies()

    def say_not_here(self, head: str, words: str) -> None:
        """See `OrderScreen`."""
        self._shell.tell(head, words, tone=Tone.AMBER, acts=(Act("order.back", self._shell.back, shown="Esc"),))

    def fail(self, fault: Exception) -> None:
        """See `OrderScreen`."""
        self._shell.fail(fault)

    def _turn_why(self) -> None:
        """为什么是这一天 in the place of the story, and back."""
        self._side.turn_why()
        if self._form is not None:
            return
        if self._side.is_why_open:
            self._side.read_why()
        else:
            self._take_focus()

    # -- 更多 -------------------------------------------------------------------------------------------------------

    def _turn_more(self) -> None:
        """Every act there is, over the whole body; and back."""
        if self._more is not None:
            self._close_more()
            self._take_focus()
        elif self._told is not None and self._form is None:
            self._left.pack_forget()
            self._side.pack_forget()
            self._head.show_steps(on=False)
            self._more = MorePane(self.frame, self._told.foot, on_act=self._chose)
            self._more.pack(fill="both", expand=True)
            self._foot.show([Act("order.leave_more", self._turn_more, shown="Esc")])
            self._foot.say(say("order.more.foot"), ink=theme.INK2)
            self._foot.lift()
            self._more.take_focus()
        self._use_acts()

    def _close_more(self) -> None:
        if self._more is None:
            return
        self._more.destroy()
        self._more = None
        self._head.show_steps(on=True)
        self._side.pack(side="right", fill="y")
        self._left.pack(side="left", fill="both", expand=True)
        if self._told is not None and self._form is None:
            self._show_acts(self._told)

    def _chose(self, name: str) -> None:
        self._close_more()
        self._use_acts()
        self._open_act(name)

    # -- acts and keys ----------------------------------------------------------------------------------------------

    def _show_acts(self, told: OrderTold) -> None:
        self._foot.show([*self._acts.in_sight(told.foot), self._more_act()])
        self._foot.say(told.foot.waits, ink=theme.INK2, icon="hourglass-split")

    def _open_act(self, name: str) -> None:
        self.presenter.open_act(name)

    def _more_act(self) -> Act:
        return Act("order.more_acts", self._turn_more, "<F10>", "F10")

    def _form_acts(self) -> list[Act]:
        go = self._form_told.go if self._form_told is not None else "order.back"
        return [
            Act(go, self.presenter.submit, "<F9>", "F9", kind=ActKind.MAIN),
            Act("order.cancel", self._back, shown="Esc"),
        ]

    def _kept_words(self) -> str:
        return say("order.form.keys") if self._form_told is not None and self._form_told.fields else ""

    def _use_acts(self) -> None:
        """The keys of what is in sight."""
        if not self._is_front:
            return
        esc = Act("order.back", self._back, "<Escape>", "Esc")
        why = turn_act(self._turn_why)
        if self._form is not None:
            self._shell.use_acts((*self._form_acts(), why, esc))
            return
        if self._more is not None or self._told is None:
            self._shell.use_acts((self._more_act(), esc))
            return
        keyed = (*self._acts.keyed(self._told), self._more_act(), why, esc)
        self._shell.use_acts(keyed, also=self._acts.everything(self._told.foot))

    def _back(self) -> None:
        """First the form goes, or the list of acts, or 为什么; then the page."""
        self._shell.hush()
        if self._form is not None:
            self.presenter.put_away()
        elif self._more is not None:
            self._turn_more()
        elif self._side.is_why_open:
            self._turn_why()
        else:
            self._shell.back()

    def _take_focus(self) -> None:
        if not self._is_front:
            return
        if self._form is not None:
            self._form.take_focus()
            return
        if self._more is not None:
            self._more.take_focus()
            return
        self.frame.update_idletasks()  # only what is laid out knows whether there is more of it below
        (self._side.story if self._side.story.overflows and not self._reading.overflows else self._reading).take_focus()
