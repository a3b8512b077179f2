"""One order without Tk: what its page shows, which form is open, what comes of an act."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from pathlib import Path
from typing import Protocol

from county_hotline.background import Runner
from county_hotline.desk.acts.spec import Opened
from county_hotline.domain.civil_time import civil
from county_hotline.domain.facts import Person
from county_hotline.errors import HotlineError
from county_hotline.ids import Number
from county_hotline.signals import Bulletin, Changes
from county_hotline.ui.screens.order import files
from county_hotline.ui.screens.order.forms import FormTold, form_of, own_form, wrong_in
from county_hotline.ui.screens.order.telling import OrderTold, order_told
from county_hotline.ui.screens.order.work import Lines, Loaded, OrderWork, Printed
from county_hotline.ui.telling import caller
from county_hotline.ui.telling.deeds import SETTLING
from county_hotline.wording import say, sentence

DECIDE = "decide"
"""What 待办 asks for where a decision is waited for, whatever was asked."""


class OrderScreen(Protocol):
    """What the presenter needs of the view."""

    def is_seen(self) -> bool:
        """Whether the page is in front."""
        ...

    def show(self, told: OrderTold) -> None:
        """The order."""
        ...

    def compare(self, number: str) -> None:
        """What clashes in it, on its own page."""
        ...

    def show_form(self, form: FormTold, typed: Mapping[str, str]) -> None:
        """A form in place of the reading side; `typed` is what was left in it."""
        ...

    def hide_form(self) -> None:
        """Back to reading."""
        ...

    def typed(self) -> dict[str, str]:
        """What stands in the form."""
        ...

    def wrong(self, field: str, words: str) -> None:
        """A sentence beside a field, which takes the keyboard; no field: beside the acts."""
        ...

    def busy(self, *, yes: bool) -> None:
        """While an act is recorded."""
        ...

    def show_caller(self, words: str) -> None:
        """诉求人 in full, until the page is left."""
        ...

    def offer(self, field: str, typed: str, lines: Lines) -> None:
        """Lines for a field that finds."""
        ...

    def say_done(self, words: str) -> None:
        """A fading line."""
        ...

    def say_why(self, words: str) -> None:
        """Beside the acts: why something cannot be done."""
        ...

    def say_printed(self, head: str, words: str) -> None:
        """Where the slip lies."""
        ...

    def open_path(self, path: Path) -> None:
        """Have the system open a file."""
        ...

    def folder_for_copies(self) -> Path:
        """Where 另存为 begins."""
        ...

    def say_not_here(self, head: str, words: str) -> None:
        """There is no such order here."""
        ...

    def fail(self, fault: Exception) -> None:
        """Say a failure."""
        ...


class OrderPresenter:
    """One order at a time; what is typed stays until it is recorded, also when the form or the page is left."""

    kept: dict[tuple[str, str, str], dict[str, str]] = {}  # noqa: RUF012 - of the process: pages are built again for another size
    """(officer, number, act): what was typed and not recorded."""

    def __init__(self, view: OrderScreen, work: OrderWork, runner: Runner, bulletin: Bulletin) -> None:
        self._view, self._work, self._runner = view, work, runner
        self._number = ""
        self._loaded: Loaded | None = None
        self._told: OrderTold | None = None
        self._form: FormTold | None = None
        self._then = ""
        self._is_busy = self._is_loading = self._is_stale = False
        self._cancel: Callable[[], None] = bulletin.subscribe(self._news)

    # -- what the view reports --------------------------------------------------------------------------------------

    def shown(self, argument: str) -> None:
        """In front, with `<number>` or `<number> <act>`; nothing means the order that was there."""
        number, _, self._then = argument.partition(" ")
        if number and number != self._number:
            self.put_away()
            self._number, self._loaded, self._told = number, None, None
        if self._number:
            self._load()

    def close(self) -> None:
        """Keep what is typed; hear no news any more."""
        self._keep()
        self._cancel()

    def now(self) -> datetime:
        """Civil time as the order was last looked at: what a day typed without its year is near to."""
        return civil(self._loaded.now if self._loaded else 0)

    def open_act(self, act: str) -> None:
        """Show the form of an act; one that cannot be done says why."""
        if self._loaded is None or self._told is None or self._is_busy:
            return
        act = self._loaded.decision if act == DECIDE and self._loaded.decision else act
        told = self._told.foot.found(act)
        if told is not None and not told.can:
            self._view.say_why(say("order.cannot", act=told.words, why=told.why))
            return
        if act in SETTLING:
            self._view.compare(self._loaded.view.order.number)
            return
        own = own_form(act, self._loaded)
        if own is not None:
            self._show(own)
            return
        number = self._loaded.view.order.number
        self._runner.run(lambda: self._opened(number, act), self._show_opened, self._refused)

    def _opened(self, number: Number, act: str) -> tuple[Number, Opened]:
        """On the desk's lane."""
        return number, self._work.opened(number, act)

    def _show_opened(self, answer: tuple[Number, Opened]) -> None:
        number, opened = answer
        if self._loaded is not None and number == self._loaded.view.order.number:
            self._show(form_of(opened))

    def _show(self, form: FormTold) -> None:
        self._keep()
        self._form = form
        self._view.show_form(form, self.kept.get(self._key(form.act), {}))

    def put_away(self) -> None:
        """Leave the form; what was typed is there when it is opened again."""
        if self._form is not None:
            self._keep()
            self._form = None
            self._view.hide_form()

    def submit(self) -> None:
        """Do it."""
        if self._form is None or self._loaded is None or self._is_busy:
            return
        form, values = self._form, self._view.typed()
        wrong = wrong_in(form, values)
        if wrong is not None:
            self._view.wrong(*wrong)
            return
        self._is_busy = True
        self._view.busy(yes=True)
        number = self._loaded.view.order.number
        match form.act:
            case "unmask":
                self._runner.run(lambda: self._work.unmask(number, values["reason"]), self._unmasked, self._refused)
            case "print":
                self._runner.run(lambda: self._work.print_slip(number, values["paper"]), self._printed, self._refused)
            case act if act.startswith("file_"):
                self._on_file_form(form, number, values)
            case act:
                typed = {field.name: values.get(field.name, "") for field in form.fields}
                self._runner.run(lambda: self._done(act, number, typed), self._recorded, self._refused)

    def on_file(self, deed: str, which: str) -> None:
        """打开, 另存为, 取回 or 怎么传 of one attachment."""
        file = next((each for each in self._told.attachments if each.which == which), None) if self._told else None
        if file is None or self._loaded is None or self._is_busy:
            return
        number = self._loaded.view.order.number
        if deed == files.FETCH:
            self._runner.run(lambda: self._work.fetch_file(number, which), lambda _: self._fetched(), self._refused)
        elif deed == files.SEND:
            self._show(files.send_form(file))
        elif deed == files.SAVE:
            self._show(files.save_form(file, self._view.folder_for_copies()))
        elif file.asks_why:
            self._show(files.open_form(file))
        else:
            self._runner.run(lambda: self._work.open_file(number, which, ""), self._view.open_path, self._refused)

    def _fetched(self) -> None:
        self._view.say_done(say("order.file.fetch.done"))
        self._load()

    def _on_file_form(self, form: FormTold, number: Number, values: Mapping[str, str]) -> None:
        deed, which = form.act.split(" ", 1)
        reason = values.get("reason", "")
        match deed.removeprefix("file_"):
            case files.OPEN:
                self._runner.run(lambda: self._work.open_file(number, which, reason), self._opened_copy, self._refused)
            case files.SAVE:
                target = values["target"]
                self._runner.run(lambda: self._work.save_file(number, which, target, reason), self._saved, self._refused)
            case _:
                way = values["way"]
                self._runner.run(lambda: self._work.send_file(number, which, way), lambda _: self._way_said(), self._refused)

    def _opened_copy(self, path: Path) -> None:
        self._finish_form()
        self._view.open_path(path)

    def _saved(self, path: Path) -> None:
        self._finish_form()
        self._view.say_printed(say("order.file.save.done"), say("order.printed.where", path=path))

    def _way_said(self) -> None:
        self._finish_form()
        self._view.say_done(say("order.file.send.done"))
        self._load()

    def find(self, field: str, kind: str, typed: str) -> None:
        """Lines for a field that finds."""
        self._runner.run(
            lambda: self._work.found(kind, typed), lambda lines: self._view.offer(field, typed, lines), self._view.fail
        )

    # -- loading ----------------------------------------------------------------------------------------------------

    def _news(self, changes: Changes) -> None:
        """A round of sync may have brought anything: what did not change is not drawn again."""
        mine = self._loaded is not None and self._loaded.view.order.number in changes.work_orders
        if (mine or changes.counts or changes.reference) and self._number and self._view.is_seen():
            self._load()

    def _load(self) -> None:
        if self._is_loading:
            self._is_stale = True
            return
        self._is_loading, self._is_stale = True, False
        number = self._number
        self._runner.run(lambda: self._looked(number), self._loaded_it, lambda fault: self._not_loaded(number, fault))

    def _looked(self, number: str) -> tuple[str, Loaded, OrderTold]:
        """On the desk's lane."""
        loaded = self._work.look(number)
        return number, loaded, order_told(loaded, self._work.left)

    def _loaded_it(self, answer: tuple[str, Loaded, OrderTold]) -> None:
        self._is_loading = False
        number, loaded, told = answer
        if number != self._number or self._is_stale:
            self._load()
            return
        self._loaded = loaded
        if told != self._told:
            self._told = told
            self._view.show(told)
        then, self._then = self._then, ""
        if then:
            self.open_act(then)

    def _not_loaded(self, number: str, fault: Exception) -> None:
        self._is_loading = False
        if not isinstance(fault, HotlineError):
            self._view.fail(fault)
            return
        head, _, words = sentence(fault).partition("。")
        self._view.say_not_here(head, words)

    # -- acts -------------------------------------------------------------------------------------------------------

    def _done(self, act: str, number: Number, values: Mapping[str, str]) -> str:
        """On the desk's lane."""
        self._work.do(act, number, values)
        return act

    def _recorded(self, act: str) -> None:
        done = self._form.done if self._form is not None and self._form.act == act else "order.saved"
        self._finish_form()
        self._view.say_done(say(done))
        self._load()

    def _unmasked(self, person: Person) -> None:
        self._finish_form()
        self._view.show_caller("　".join(caller.in_full(person)) or say("order.caller.nothing"))

    def _printed(self, slip: Printed) -> None:
        self._finish_form()
        again = "order.printed.answer.again" if slip.is_answer else "order.printed.again"
        first = "order.printed.answer" if slip.is_answer else "order.printed"
        head = say(again, times=slip.reprint) if slip.reprint else say(first)
        missing = say("order.printed.missing", glyphs=" ".join(slip.missing)) if slip.missing else ""
        cut = say("order.printed.cut") if slip.is_cut else ""
        self._view.say_printed(head, say("order.printed.where", path=slip.path) + missing + cut)

    def _finish_form(self) -> None:
        self._is_busy = False
        self._view.busy(yes=False)
        if self._form is not None:
            self.kept.pop(self._key(self._form.act), None)
            self._form = None
        self._view.hide_form()

    def _refused(self, fault: Exception) -> None:
        """Said where it belongs; what was typed stays."""
        self._is_busy = False
        self._view.busy(yes=False)
        if not isinstance(fault, HotlineError) or fault.code[0] not in "RI":
            self._view.fail(fault)
            return
        self._view.wrong(self._field_of(fault), sentence(fault))

    def _field_of(self, fault: HotlineError) -> str:
        """Which field a refusal is about: it says so itself, or the form knows; empty where it is about none of them."""
        names = {each.name for each in self._form.fields} if self._form else set()
        known = (self._form.wrong or {}) if self._form else {}
        said = str(fault.details.get("field", ""))
        said = "text" if said == "note" and "text" in names else said
        return next((name for name in (said, known.get(fault.code, "")) if name in names), "")

    def _keep(self) -> None:
        if self._form is not None and self._loaded is not None and not self._is_busy:
            self.kept[self._key(self._form.act)] = self._view.typed()

    def _key(self, act: str) -> tuple[str, str, str]:
        return (self._loaded.officer if self._loaded else "", self._number, act)
