"""登记 as it looks: head, form that scrolls, acts below; at the right who this is and by when it must be done."""

from __future__ import annotations

import tkinter as tk
from collections.abc import Callable, Mapping, Sequence

from county_hotline.desk.intake import IntakeForm
from county_hotline.ui import theme
from county_hotline.ui.screens.intake.fields import Finding, FormNews, IntakeFields
from county_hotline.ui.screens.intake.pane_frame import Host
from county_hotline.ui.screens.intake.panes import Panes
from county_hotline.ui.screens.intake.presenter import IntakePresenter
from county_hotline.ui.screens.intake.screen import (
    Done,
    DueWords,
    Earlier,
    Line,
    Offer,
    RepeatLine,
    Sources,
    SuggestionWords,
)
from county_hotline.ui.screens.intake.side import IntakeSide
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


class IntakeView:
    """The page (`shell.Page`) and what its presenter sees (`screen.IntakeScreen`)."""

    presenter: IntakePresenter

    def __init__(self, parent: tk.Misc, shell: Shell, taking_work: TakingWork) -> None:
        self._shell, self._taking_work = shell, taking_work
        self._open = True
        self.runner = WhileOpen(shell.services.desk_lane, lambda: self._open)
        self.frame = Pane(parent, ground=theme.SHEET)
        left = Pane(self.frame)
        self._panes = Panes(left, self._host, self._pane_changed)
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
        self._all_history = Act("intake.all", self._show_all_history, "<Alt-h>", "Alt+H", kind=ActKind.LINK)
        self._extra: dict[str, tuple[Act, ...]] = {}
        self._in_front = False
        self._repeats: tuple[RepeatLine, ...] = ()
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
        elif what == "answer":
            self._panes.answer(which)
        elif what == "emergency":
            self._panes.emergency()
        if self._panes.is_open:
            self._panes.take_focus()
        else:
            self.fields.phone.take_focus()

    def hidden(self) -> None:
        """Behind: nothing typed is lost."""
        self._in_front = False
        self.presenter.keep()

    def close(self) -> None:
        """Gone."""
        self.presenter.close()
        self._open = False

    # -- what the presenter shows (see screen.IntakeScreen) ---------------------------------------------------------

    def form(self) -> IntakeForm:
        """See `IntakeScreen`."""
        return self.fields.form()

    def field_in_hand(self) -> str:
        """See `IntakeScreen`."""
        return self.fields.in_hand()

    def show_form(self, form: IntakeForm, *, place: str, category: str, agency: str) -> None:
        """See `IntakeScreen`."""
        self.fields.show(form, place=place, category=category, agency=agency)
        self.fields.go_to("phone")

    def clear(self) -> None:
        """See `IntakeScreen`."""
        self.fields.show(IntakeForm())
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

    def show_drafts(self, offers: Sequence[Offer]) -> None:
        """See `IntakeScreen`."""
        key = offers[0].key if offers else ""
        acts = (
            Act("intake.take_up", lambda: self.presenter.take_up(key), "<Alt-j>", "Alt+J", kind=ActKind.PANE),
            Act("intake.throw_away", lambda: self.presenter.throw_away(key), "<Alt-d>", "Alt+D", kind=ActKind.PANE),
        )
        self._extra["drafts"] = acts if offers else ()
        self._side.show_drafts(offers, acts)
        self._use_acts()

    def show_done(self, done: Done, words: str, tone: Tone) -> None:
        """See `IntakeScreen`."""
        acts = (
            Act("intake.print_again", self.presenter.print_again, "<Control-p>", "Ctrl+P", kind=ActKind.PANE),
            Act("intake.open", lambda: self._open_order(done.number), "<Control-o>", "Ctrl+O", kind=ActKind.PANE),
        )
        self._extra["done"] = acts
        self._side.show_done(done, words, tone, acts)
        self._use_acts()

    def show_history(self, earlier: Sequence[Earlier], total: int | None) -> None:
        """See `IntakeScreen`."""
        self._extra["history"] = (self._all_history,) if total else ()
        self._side.show_history(earlier, total)
        self._use_acts()

    def show_due(self, due: DueWords | None) -> None:
        """See `IntakeScreen`."""
        self._side.show_due(due)

    def show_repeats(self, lines: Sequence[RepeatLine]) -> None:
        """See `IntakeScreen`."""
        self._repeats = tuple(lines)
        acts = (
            Act("intake.join.open", self._join, "<Alt-r>", "Alt+R", kind=ActKind.PANE),
            Act("intake.see", self._see_repeat, "<Alt-o>", "Alt+O", kind=ActKind.LINK),
            Act("intake.not_the_same", self._not_the_same, "<Alt-x>", "Alt+X", kind=ActKind.PANE),
        )
        self._extra["repeats"] = acts if lines else ()
        self._side.show_repeats(lines, acts)
        self._use_acts()

    def show_suggestion(self, words: SuggestionWords | None) -> None:
        """See `IntakeScreen`."""
        adopt: Act | None = None
        if words is not None and words.lead != self.fields.agency.value():
            lead, lead_words = words.lead, words.lead_words
            adopt = Act("intake.adopt", lambda: self._adopt(lead, lead_words), "<Alt-a>", "Alt+A", kind=ActKind.LINK)
        self._extra["suggestion"] = (adopt,) if adopt is not None else ()
        self._side.show_suggestion(words, adopt)
        self._use_acts()

    def offer_sources(self, sources: Sources) -> None:
        """See `IntakeScreen`."""
        self.fields.more.offer_sources(sources)

    def offer_grids(self, lines: Sequence[Line]) -> None:
        """See `IntakeScreen`."""
        self.fields.more.grid_field.offer(_found(lines))

    def show_agency(self, code: str, words: str) -> None:
        """See `IntakeScreen`."""
        self.fields.agency.show(code, words)

    def offer_places(self, lines: Sequence[Line]) -> None:
        """See `IntakeScreen`."""
        self.fields.place.offer(_found(lines))

    def offer_categories(self, lines: Sequence[Line]) -> None:
        """See `IntakeScreen`."""
        self.fields.category.offer(_found(lines))

    def offer_agencies(self, lines: Sequence[Line]) -> None:
        """See `IntakeScreen`."""
        self.fields.agency.offer(_found(lines))

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

    def _join(self) -> None:
        if self._repeats:
            self._panes.join(self._repeats[0])

    def _see_repeat(self) -> None:
        if self._repeats:
            self._open_order(self._repeats[0].number)

    def _not_the_same(self) -> None:
        if self._repeats:
            self.presenter.not_the_same(self._repeats[0].number)

    def _adopt(self, code: str, words: str) -> None:
        self.fields.agency.show(code, words)
        self._typed()

    def _find_grid(self, typed: str) -> None:
        self.presenter.find_grid(typed)

    def _accept(self) -> None:
        self.presenter.accept()

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
        self._shell.use_acts([*self._acts, self._emergency, self._aside_act, *more, reasons, seldom])

    def _open_order(self, number: str) -> None:
        self._shell.go("order", number)

    def _show_all_history(self) -> None:
        self._shell.go("register", self.fields.phone.value())


def _found(lines: Sequence[Line]) -> list[Found]:
    return [Found(line.value, line.words, line.note) for line in lines]
