"""登记 without Tk: what F9 does, when drafts are kept, what is said beside the fields."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from county_hotline.background import Runner
from county_hotline.clock import Clock, shown
from county_hotline.desk.intake import IntakeForm, missing
from county_hotline.desk.pasting import Pasted, differing, filled
from county_hotline.desk.phrases import is_template
from county_hotline.desk.relating import LINK
from county_hotline.desk.slips import PrintedSlip
from county_hotline.domain.headlines import headline
from county_hotline.domain.vocabulary import Channel
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import HotlineError, Refusal
from county_hotline.ids import Number
from county_hotline.ui.later import Later
from county_hotline.ui.screens.intake.aside import Aside
from county_hotline.ui.screens.intake.drafting import Drafting, is_empty, new_key
from county_hotline.ui.screens.intake.registering import Registering
from county_hotline.ui.screens.intake.screen import Done, IntakeScreen
from county_hotline.ui.screens.intake.work import IntakeWork
from county_hotline.ui.tones import Tone
from county_hotline.wording import say, sentence

if TYPE_CHECKING:
    from county_hotline.desk.card_reader import Card

FIELD_OF_REFUSAL = {"R101": "title", "R102": "content", "R103": "phone", "R104": "place", "R105": "people"}


class IntakePresenter:
    """One form at a time. It is registered once, however often F9 is pressed."""

    def __init__(
        self, view: IntakeScreen, work: IntakeWork, runner: Runner, *, clock: Clock, later: Later, prints: Callable[[], bool]
    ) -> None:
        self._view, self._work, self._runner = view, work, runner
        self._clock, self._later, self._prints = clock, later, prints
        self._aside = Aside(view, work, runner, later)
        self._drafts = Drafting(view, work, runner, later, self)
        self._came_at = 0
        self._taken_up_at = 0
        """When somebody began with what had come before; 0 where it came as it was typed."""
        self._is_busy = False
        self._last: Done | None = None
        self._cancel_tick: Callable[[], None] = _nothing

    # -- what the view tells ----------------------------------------------------------------------------------------

    def open(self) -> None:
        """The page is new: lists, drafts, the date of a form still empty."""
        self._aside.fetch_lists()
        self._drafts.look()
        self._aside.look(self._view.form(), at_once=True)

    def typed(self) -> None:
        """Something changed: the draft is kept soon, doubts are looked at again."""
        form = self._view.form()
        if not self._came_at and not is_empty(form):
            self._came_at = self._clock.now_ms()
            self._tick()
        self._view.show_row_sentence("", Tone.QUIET)
        self._view.mark_missing(())
        self._drafts.soon()
        self._aside.look(form)

    def left_field(self) -> None:
        """The keyboard went on: doubts about the field left may be said now."""
        self._aside.look(self._view.form())

    def keep(self) -> None:
        """Save the draft now (also when the page is left)."""
        if not self._is_busy:
            self._drafts.now()

    def accept(self) -> None:
        """F9: register and print, or say what is missing and go there. A line that is still being found is waited for: it was asked for
        before, and the lane answers in turn."""
        if self._view.is_taking():
            self._runner.run(_nothing, lambda _none: self._accept(), self._view.fail)
        else:
            self._accept()

    def _accept(self) -> None:
        if self._is_busy:
            return
        if is_empty(self._view.form()) and self._last is not None:
            self._view.show_row_sentence(say("intake.already", number=self._last.number), Tone.GREEN)
            return
        if self.lacks():
            return
        self._view.show_row_sentence(say("intake.accepting"), Tone.QUIET)
        way = Registering(self._work.accept, lambda _order: None, self._not_accepted)
        self._aside.settle(self._view.form(), lambda: self.register(way))

    def lacks(self) -> bool:
        """Whether something needed is still empty; then it is named and gets the keyboard. A title that alone is missing is taken from the
        content, for the officer to look at: the next press goes on."""
        form = self._view.form()
        needed = missing(form)
        if needed == ("title",):
            self._take_title(headline(form.content))
        elif needed:
            names = say("intake.and").join(say(f"intake.needs.{name}") for name in needed)
            self._view.show_row_sentence(say("intake.missing", count=len(needed), fields=names), Tone.RED)
            self._view.mark_missing(needed)
            self._view.go_to(needed[0])
        return bool(needed)

    def _take_title(self, title: str) -> None:
        self._view.show_title(title)
        self.typed()
        self._view.show_row_sentence(say("intake.title_taken"), Tone.AMBER)
        self._view.go_to("title")

    def register(self, way: Registering, came_at: int = 0) -> None:
        """Register the form in this way, once; then the page is empty for the next. `came_at` counts where nothing was typed before."""
        if self._is_busy:
            return
        form = self.form()
        if not form.came_at:
            form = replace(form, came_at=came_at)
        self._is_busy = True
        self._drafts.stop()

        def done(order: WorkOrder) -> None:
            self._accepted(order, way)
            way.done(order)

        def failed(fault: Exception) -> None:
            self._is_busy = False
            way.failed(fault)

        self._runner.run(lambda: way.do(form), done, failed)

    def form(self) -> IntakeForm:
        """What is typed, with when its first key was pressed."""
        return replace(self._view.form(), came_at=self._came_at)

    def given_up(self) -> None:
        """What was typed went elsewhere (into an order that was there before): the page is empty for the next."""
        key = self._drafts.key
        self._begin()
        self._drafts.finish(key)

    def begin_with(self, form: IntakeForm) -> None:
        """Go on with a form that comes from elsewhere; what is typed now stays a draft of its own."""
        self.keep()
        self._begin()
        self._taken_up_at = self._clock.now_ms()
        self._came_at = form.came_at or self._taken_up_at
        self._show(form)
        self._drafts.look()

    def called(self, phone: str, *, busy: bool) -> None:
        """来电弹屏: the form for who rings. What is in work is not touched: it becomes a draft; `busy` with something that may not be left
        (紧急转接, an answer), the call becomes one."""
        form, fresh = self._view.form(), IntakeForm(phone=phone, channel=Channel.PHONE)
        if busy:
            self._drafts.put_aside(new_key(), replace(fresh, came_at=self._clock.now_ms()))
            self._view.toast(say("intake.pop.waiting", phone=phone))
        elif form.phone == phone:
            self._view.show_row_sentence(say("intake.pop.same", phone=phone), Tone.QUIET)
        elif self._is_busy or not (is_empty(form) or _only_rang(form)):
            self.begin_with(fresh)
            self._view.show_row_sentence(say("intake.pop.aside", phone=phone), Tone.AMBER)
        else:
            self._begin()
            self._came_at = self._clock.now_ms()
            self._show(fresh)

    def paste(self, text: str) -> None:
        """粘贴识别: shown first, taken over by `fill`."""
        if not text.strip():
            self._view.show_row_sentence(say("intake.paste.nothing"), Tone.AMBER)
            return

        def show(pasted: Pasted) -> None:
            self._view.show_pasted(pasted, differing(self._view.form(), pasted))

        self._runner.run(lambda: self._work.pasted(text), show, self._failed)

    def read_card(self) -> None:
        """读身份证: name, number and address as the card says; Ctrl+Z brings back what stood there. Characters that did not arrive are told."""

        def read(card: Card) -> None:
            address = card.address or self.form().address
            form = replace(self.form(), name=card.name, id_number=card.id_number, address=address, anonymous=False)
            self._replace(form, say("intake.card"))
            if card.to_mend:
                names = say("intake.and").join(say(f"intake.paste.field.{name}") for name in card.to_mend)
                self._view.show_row_sentence(say("intake.card.mend", fields=names), Tone.AMBER)

        self._runner.run(self._work.card, read, self._not_accepted)

    def insert(self, text: str) -> None:
        """A phrase goes where the cursor was; a template, which names fields, into its fields."""
        if is_template(text):
            self._runner.run(lambda: self._work.pasted(text), self._fill_template, self._failed)
        else:
            self._view.insert(text)
            self.typed()

    def fill(self, pasted: Pasted) -> None:
        """What was pasted goes into the empty fields; Ctrl+Z takes it out again, as long as the form is the same."""
        self._replace(filled(self.form(), pasted), say("intake.paste.done"))

    def _fill_template(self, pasted: Pasted) -> None:
        form = self.form()
        self._replace(replace(filled(form, pasted), channel=form.channel, came_at=form.came_at), say("intake.phrases"))

    def _replace(self, form: IntakeForm, words: str) -> None:
        before, key = self.form(), self._drafts.key
        self._put(form)

        def back() -> None:
            if self._drafts.key == key:
                self._put(before)

        self._view.offer_undo(words, back)

    def _put(self, form: IntakeForm) -> None:
        self._taken_up_at = self._taken_up_at or self._clock.now_ms()
        self._came_at = form.came_at or self._came_at or self._clock.now_ms()
        self._drafts.keep(form)
        self._show(form)

    def print_again(self) -> None:
        """补打 of the order just registered."""
        if self._last is not None:
            self._print(self._last)

    def put_aside(self) -> None:
        """Keep what is typed as a draft and begin another form."""
        form = self.form()
        if self._is_busy or is_empty(form):
            return
        key = self._drafts.key
        self._begin()
        self._drafts.put_aside(key, form)

    def take_up(self, key: str) -> None:
        """Go on with a draft; what is typed now stays a draft of its own."""
        self.keep()
        self._drafts.take_up(key)

    def begin_draft(self, key: str, form: IntakeForm) -> None:
        """See `DraftHolder`."""
        self._begin(key)
        self._came_at = form.came_at or self._clock.now_ms()
        self._show(form)

    def throw_away(self, key: str) -> None:
        """Forget a draft; asks for a second press first; Ctrl+Z brings it back."""
        self._drafts.throw_away(key)

    def find_place(self, typed: str) -> None:
        """Lines for the place field."""
        self._aside.find_place(typed)

    def find_category(self, typed: str) -> None:
        """Lines for the category field."""
        self._aside.find_category(typed)

    def find_agency(self, typed: str) -> None:
        """Lines for the agency field."""
        self._aside.find_agency(typed)

    def find_grid(self, typed: str) -> None:
        """Lines for the grid field."""
        self._aside.find_grid(typed)

    def relate(self, way: str, number: str) -> None:
        """关联 or 归入同一事项 with an order that is there, written when this form is accepted. Of one matter there is one."""
        kept = [each for each in self._view.form().relations if each[1] != number and (way == LINK or each[0] == LINK)]
        self._change_relations((*kept, (way, number)))

    def unrelate(self) -> None:
        """撤去 what was chosen last."""
        self._change_relations(self._view.form().relations[:-1])

    def _change_relations(self, relations: tuple[tuple[str, str], ...]) -> None:
        self._view.relate(relations)
        self._drafts.soon()
        self._aside.look(self._view.form(), at_once=True)

    def not_the_same(self, number: str) -> None:
        """不是同一件."""
        self._aside.not_the_same(number, self._view.form())

    def take_in(self, incoming: int) -> None:
        """转为工单: a message that waited becomes the form."""
        self._runner.run(lambda: self._work.incoming(incoming), self.begin_with, self._failed)

    def close(self) -> None:
        """The page goes: keep what is typed, wait for nothing."""
        self.keep()
        self._cancel_tick()

    # -- registering ------------------------------------------------------------------------------------------------

    def _accepted(self, order: WorkOrder, way: Registering) -> None:
        code = order.accepted.query_code if order.accepted else ""
        self._last = Done(order.number, f"{code[:4]}-{code[4:]}", order.accepted.title if order.accepted else "")
        key = self._drafts.key
        self._is_busy = False
        self._begin()
        self._drafts.finish(key)
        if way.prints and self._prints():
            self._print(self._last)
        else:
            self._view.show_done(self._last, say(way.unprinted), Tone.QUIET)

    def _not_accepted(self, fault: Exception) -> None:
        if not isinstance(fault, Refusal):
            self._failed(fault)
            return
        self._view.show_row_sentence(sentence(fault), Tone.RED)
        if fault.code in FIELD_OF_REFUSAL:
            self._view.mark_missing((FIELD_OF_REFUSAL[fault.code],))
            self._view.go_to(FIELD_OF_REFUSAL[fault.code])

    def _print(self, done: Done) -> None:
        self._view.show_done(done, say("intake.printing"), Tone.QUIET)
        number = Number(done.number)
        self._runner.run(
            lambda: self._work.print_slip(number),
            lambda slip: self._printed(done, slip),
            lambda fault: self._not_printed(done, fault),
        )

    def _printed(self, done: Done, slip: PrintedSlip) -> None:
        folder, _, name = slip.path.replace("\\", "/").rpartition("/")
        words = say("intake.printed", name=name, folder=folder)
        if slip.missing_glyphs:
            words += say("intake.glyphs", characters=say("intake.and").join(slip.missing_glyphs))
        self._view.show_done(done, words, Tone.AMBER if slip.missing_glyphs else Tone.GREEN)

    def _not_printed(self, done: Done, fault: Exception) -> None:
        """The order stands; only the paper is missing, and the page says both."""
        if isinstance(fault, HotlineError):
            self._view.show_done(done, sentence(fault), Tone.AMBER)
        else:
            self._view.show_done(done, say("error.S103"), Tone.AMBER)
            self._failed(fault)

    # -- the form ---------------------------------------------------------------------------------------------------

    def _begin(self, key: str = "") -> None:
        """A new empty form; `key` where a draft of before will fill it."""
        self._cancel_tick()
        self._drafts.begin(key)
        self._came_at = self._taken_up_at = 0
        self._aside.forget()
        self._view.clear()
        self._aside.look(self._view.form(), at_once=True)

    def _show(self, form: IntakeForm) -> None:
        self._aside.show_form(form)
        self._tick()

    def _tick(self) -> None:
        self._cancel_tick()
        if not self._came_at:
            return
        used_s = max(0, (self._clock.now_ms() - (self._taken_up_at or self._came_at)) // 1000)
        self._view.show_times(
            say("intake.came", time=shown(self._came_at)), say("intake.used", minutes=used_s // 60, seconds=f"{used_s % 60:02}")
        )
        self._cancel_tick = self._later.call(1000, self._tick)

    def _failed(self, fault: Exception) -> None:
        self._view.fail(fault)


def _only_rang(form: IntakeForm) -> bool:
    """Nobody has typed anything since the telephone rang."""
    return form.channel is Channel.PHONE and is_empty(replace(form, phone=""))


def _nothing() -> None:
    """No timer is running."""
