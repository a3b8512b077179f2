"""登记 as it looks: head, form that scrolls, acts below; at the right who this is and by when it must be done."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Mapping, Sequence

from msgspec.structs import replace

from county_hotline.desk.intake import IntakeForm
from county_hotline.desk.pasting import Pasted
from county_hotline.ui import theme
from county_hotline.ui.screens.intake.fields import Finding, FormNews, IntakeFields
from county_hotline.ui.screens.intake.pane_frame import Host
from county_hotline.ui.screens.intake.panes import Panes
from county_hotline.ui.screens.intake.screen import (
    Line,
    Sources,
)
from county_hotline.ui.screens.intake.side import IntakeSide
from county_hotline.ui.screens.intake.side_shown import SideShown
from county_hotline.ui.screens.intake.taking_work import TakingWork
from county_hotline.ui.shell import Shell
from county_hotline.ui.theme import Size, Tone
from county_hotline.ui.tk_runner import WhileOpen
from county_hotline.ui.widgets.acts import Act, ActButton, ActKind, ActRow
from county_hotline.ui.widgets.basic import Pane, Words
from county_hotline.ui.widgets.finder import Found
from county_hotline.ui.widgets.page_head import PageHead
from county_hotline.ui.widgets.rows import Sentence
from county_hotline.ui.widgets.scroll_pane import ScrollPane
from county_hotline.wording import say


class IntakeView(SideShown):
    """The page (`shell.Page`) and what its presenter sees (`screen.IntakeScreen`)."""

    def __init__(self, parent: tk.Misc, shell: Shell, taking_work: TakingWork) -> None:
        self._shell, self._taking_work = shell, taking_work
        self._open = True
        self.runner = WhileOpen(shell.services.desk_lane, lambda: self._open)
        self.frame = Pane(parent, ground=theme.SHEET)
        left = Pane(self.frame)
        self._panes = Panes(left, self._host, self._pane_changed, self._typed)
        self._acts = [
            Act("intake.accept", self._accept, "<F9>", "F9", icon="printer", kind=ActKind.MAIN),
            Act("intake.answer_at_once", self._panes.answer, "<Control-d>", "Ctrl+D"),
            Act(
                "intake.tell_path.brief" if theme.size() is Size.LARGEST else "intake.tell_path",
                self._panes.path,
                "<Control-l>",
                "Ctrl+L",
            ),
        ]
        self._emergency = Act(
            "intake.emergency.title",
            self._panes.emergency,
            "<F11>",
            "F11",
            icon="exclamation-triangle-fill",
            kind=ActKind.DANGER,
        )
        self._aside_act = Act("intake.put_aside", self._put_aside, "<Control-n>", "Ctrl+N", kind=ActKind.LINK)
        self._helpers = (
            Act("intake.phrases", self._panes.phrases, "<Alt-t>", "Alt+T", kind=ActKind.LINK),
            Act("intake.paste", self._paste, "<Control-V>", "Ctrl+Shift+V", kind=ActKind.LINK),
            Act("intake.card", self._read_card, "<Alt-i>", "Alt+I", kind=ActKind.LINK),
            Act("intake.blank", self._next_blank, "<Alt-n>", "Alt+N", kind=ActKind.LINK),
        )
        self._all_history = Act("intake.all", self._show_all_history, "<Alt-h>", "Alt+H", kind=ActKind.LINK)
        self._extra = {}
        self._in_front = False
        self._stood = "phone"
        """The field that had the keyboard when another page came."""
        self._repeats = ()
        self._relations = ()
        self._side = IntakeSide(self.frame, open_order=self._open_order, all_history=self._all_history)
        self._build_left(left)
        self._side.pack(side="right", fill="y")
        left.pack(side="left", fill="both", expand=True)
        left.lower(self._side)  # Tab goes through the form first

    # -- the page ---------------------------------------------------------------------------------------------------

    def shown(self, argument: str) -> None:
        """In front: its keys, and the keyboard where it was. `incoming <id>` begins with a message that waited, `answer <code>` answers
        from an article, `emergency` is 紧急转接."""
        self._in_front = True
        self._use_acts()
        what, _, which = argument.partition(" ")
        if what == "incoming" and which.isdecimal():
            self._panes.close()
            self.presenter.take_in(int(which))
        elif what == "caller":
            self.presenter.called(which, busy=self._panes.is_open)
        elif what == "answer":
            self._panes.answer(which)
        elif what == "emergency":
            self._panes.emergency()
        if self._panes.is_open:
            self._panes.take_focus()
        else:
            self.fields.return_to(self._stood)

    def hidden(self) -> None:
        """Behind: nothing typed is lost."""
        self._stood = self.fields.in_hand() or self._stood
        self._in_front = False
        self.presenter.keep()

    def close(self) -> None:
        """Gone."""
        self.presenter.close()
        self._open = False

    # -- what the presenter shows (see screen.IntakeScreen) ---------------------------------------------------------

    def form(self) -> IntakeForm:
        """See `IntakeScreen`."""
        form = self.fields.form()
        return replace(form, half=form.half | self._panes.half(), relations=self._relations)

    def is_taking(self) -> bool:
        """See `IntakeScreen`."""
        return self.fields.is_taking()

    def field_in_hand(self) -> str:
        """See `IntakeScreen`."""
        return self.fields.in_hand()

    def show_form(self, form: IntakeForm, *, place: str, category: str, agency: str) -> None:
        """See `IntakeScreen`."""
        self.fields.show(form, place=place, category=category, agency=agency)
        self._panes.show(form.half)
        self._relations = form.relations
        self._stood = self.fields.go_on()

    def show_title(self, words: str) -> None:
        """See `IntakeScreen`."""
        self.fields.show_title(words)

    def clear(self) -> None:
        """See `IntakeScreen`."""
        self.fields.show(IntakeForm())
        self._stood = "phone"
        self._panes.show({})
        self._relations = ()
        self._kept.configure(text="", image="")
        self._head.say(beside="")
        self.show_row_sentence("", Tone.QUIET)
        if self._in_front:
            self.fields.go_to("phone")

    def go_to(self, field: str) -> None:
        """See `IntakeScreen`."""
        self.fields.go_to(field)

    def mark_missing(self, fields: Sequence[str]) -> None:
        """See `IntakeScreen`."""
        self.fields.mark(fields)

    def show_row_sentence(self, words: str, tone: Tone) -> None:
        """See `IntakeScreen`."""
        self._panes.say(words, tone)
        if words:
            self._said.show(words, tone)
            self._said.pack(side="bottom", fill="x", padx=theme.px(20), pady=(theme.px(2), theme.px(4)), after=self._row)
        else:
            self._said.pack_forget()

    def show_cautions(self, words: Mapping[str, str]) -> None:
        """See `IntakeScreen`."""
        self.fields.show_cautions(words)

    def show_kept(self, words: str) -> None:
        """See `IntakeScreen`."""
        self._kept.configure(text=words, image=theme.word_icon("check-lg", 14, theme.GREEN), compound="left")

    def show_times(self, came: str, used: str) -> None:
        """See `IntakeScreen`."""
        self._head.say(beside=f"{came}　　{used}")

    def offer_sources(self, sources: Sources) -> None:
        """See `IntakeScreen`."""
        self.fields.more.offer_sources(sources)

    def offer_grids(self, typed: str, lines: Sequence[Line]) -> None:
        """See `IntakeScreen`."""
        self.fields.more.grid_field.offer(typed, _found(lines))

    def show_place(self, code: str, words: str) -> None:
        """See `IntakeScreen`."""
        self.fields.place.show(code, words)

    def show_agency(self, code: str, words: str) -> None:
        """See `IntakeScreen`."""
        self.fields.agency.show(code, words)

    def offer_places(self, typed: str, lines: Sequence[Line]) -> None:
        """See `IntakeScreen`."""
        self.fields.place.offer(typed, _found(lines))

    def offer_categories(self, typed: str, lines: Sequence[Line]) -> None:
        """See `IntakeScreen`."""
        self.fields.category.offer(typed, _found(lines))

    def offer_agencies(self, typed: str, lines: Sequence[Line]) -> None:
        """See `IntakeScreen`."""
        self.fields.agency.offer(typed, _found(lines))

    def show_pasted(self, pasted: Pasted, differing: Sequence[str]) -> None:
        """See `IntakeScreen`."""
        self._panes.paste(pasted, differing)

    def insert(self, text: str) -> None:
        """See `IntakeScreen`."""
        if self.fields.insert(text):
            self.show_row_sentence(say("intake.blank.more"), Tone.QUIET)

    def toast(self, words: str) -> None:
        """See `IntakeScreen`."""
        self._shell.toast(words, Tone.BLUE)

    def offer_undo(self, words: str, undo: Callable[[], None]) -> None:
        """See `IntakeScreen`."""
        self._shell.undoable(words, undo)

    def fail(self, fault: Exception) -> None:
        """See `IntakeScreen`."""
        self.show_row_sentence("", Tone.QUIET)
        self._shell.fail(fault)

    # -- building and small affairs ---------------------------------------------------------------------------------

    def _build_left(self, left: Pane) -> None:
        self._form = Pane(left)
        self._form.pack(fill="both", expand=True)
        self._head = PageHead(self._form, say("intake.heading"))
        self._head.pack(side="top", fill="x")
        ActButton(self._head.right, self._aside_act, takes_focus=False).pack(side="right", padx=(theme.px(10), 0))
        self._kept = Words(self._head.right, font=theme.SMALL, ink=theme.GREEN)
        self._kept.pack(side="right")
        self._row = ActRow(self._form, [*self._acts, self._emergency])
        self._row.pack(side="bottom", fill="x")
        self._said = Sentence(self._form)
        scroll = ScrollPane(
            self._form, below=lambda names: say("intake.below", fields=say("intake.and").join(names)), give=self._fit
        )
        scroll.pack(side="top", fill="both", expand=True)
        self.fields = IntakeFields(
            scroll.body,
            FormNews(self._typed, self._left, scroll.fit_now),
            Finding(self._find_place, self._find_category, self._find_agency, self._find_grid),
            self._helpers[:2],
            self._helpers[2],
        )
        scroll.adopt()
        self._row.lift()  # Tab comes to the acts after the fields

    def _host(self) -> Host:
        return Host(
            taking=self.presenter,
            work=self._taking_work,
            runner=self.runner,
            clock=self._shell.services.clock,
            leave=self._panes.close,
            turn_to=self._turn_to,
            open_order=self._open_order,
            say=self.show_row_sentence,
            acts_changed=self._use_acts,
            take_up=self.presenter.take_up,
            throw_away=self.presenter.throw_away,
            fill=self.presenter.fill,
            insert=self.presenter.insert,
            fail=self._shell.fail,
        )

    def _pane_changed(self) -> None:
        """A pane came in place of the form, or the form came back."""
        if self._panes.is_open:
            self._form.pack_forget()
        else:
            self._form.pack(fill="both", expand=True)
            if self._panes.owes_emergency:
                self.show_row_sentence(say("intake.emergency.owed"), Tone.RED)
            self._back_to_form()
        self._use_acts()

    def _back_to_form(self) -> None:
        if self._in_front and not self.fields.in_hand():
            self.fields.phone.take_focus()

    def _turn_to(self, instead: str) -> None:
        """From 告知 to what must be done instead."""
        if instead == "transfer":
            self._panes.emergency()
        elif self._repeats:
            self._join()
        else:
            self._panes.close()
            self.show_row_sentence(say("intake.join.none"), Tone.AMBER)

    def _find_grid(self, typed: str) -> None:
        self.presenter.find_grid(typed)

    def _accept(self) -> None:
        self.presenter.accept()

    def _paste(self) -> None:
        try:
            text = str(self.frame.clipboard_get())
        except tk.TclError:  # nothing there, or a picture
            text = ""
        self.presenter.paste(text)

    def _read_card(self) -> None:
        self.presenter.read_card()

    def _next_blank(self) -> None:
        if not self.fields.next_blank():
            self.show_row_sentence(say("intake.blank.none"), Tone.QUIET)

    def _put_aside(self) -> None:
        self.presenter.put_aside()

    def _typed(self) -> None:
        self.presenter.typed()

    def _fit(self, room: int) -> None:
        if hasattr(self, "fields"):
            self.fields.fit_to(room)

    def _turn_more(self) -> None:
        self.fields.turn_more()

    def _left(self) -> None:
        if self._open:
            self.presenter.left_field()

    def _find_place(self, typed: str) -> None:
        self.presenter.find_place(typed)

    def _find_category(self, typed: str) -> None:
        self.presenter.find_category(typed)

    def _find_agency(self, typed: str) -> None:
        self.presenter.find_agency(typed)

    def _use_acts(self) -> None:
        if not self._in_front:
            return
        if self._panes.is_open:
            self._shell.use_acts([*self._panes.acts(), self._emergency])
            return
        more = [act for acts in self._extra.values() for act in acts]
        reasons = Act("intake.why", self._side.toggle_reasons, "<Alt-w>", "Alt+W", kind=ActKind.LINK)
        seldom = Act("intake.more", self._turn_more, "<Alt-m>", "Alt+M", kind=ActKind.LINK)
        self._shell.use_acts([*self._acts, self._emergency, self._aside_act, *self._helpers, *more, reasons, seldom])


def _found(lines: Sequence[Line]) -> list[Found]:
    return [Found(line.value, line.words, line.note) for line in lines]
