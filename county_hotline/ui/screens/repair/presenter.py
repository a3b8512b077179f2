"""单独放着的记录 without Tk: which record is looked at, which form is open, what was done."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Protocol

from county_hotline.background import Runner
from county_hotline.errors import HotlineError
from county_hotline.ids import EntryId
from county_hotline.signals import Bulletin, Changes
from county_hotline.ui.looking import Looking, still_chosen
from county_hotline.ui.screens.repair.telling import WHY, RecordTold, fields_of, record_told, why_field
from county_hotline.ui.screens.repair.work import Lines, Looked, RepairWork
from county_hotline.ui.telling.reading import FieldTold
from county_hotline.wording import say, sentence

if TYPE_CHECKING:
    from county_hotline.desk.acts.spec import Opened

REWRITE, WITHDRAW = "rewrite", "withdraw"


class RepairScreen(Protocol):
    """What it needs of the view."""

    def is_seen(self) -> bool:
        """Whether the page is in front."""
        ...

    def show(self, records: Sequence[RecordTold], keep: str) -> None:
        """The list."""
        ...

    def show_record(self, told: RecordTold | None) -> None:
        """What is said of the chosen one; its acts."""
        ...

    def ask(self, what: str, fields: Sequence[FieldTold]) -> None:
        """Open a form: `rewrite` or `withdraw`."""
        ...

    def asked(self) -> Mapping[str, str]:
        """What stands in it."""
        ...

    def wrong(self, field: str, words: str) -> None:
        """Say it at the field, or at the last one."""
        ...

    def offer(self, field: str, typed: str, lines: Lines) -> None:
        """Lines for a field that finds."""
        ...

    def close_form(self) -> None:
        """Back to reading."""
        ...

    def murmur(self, words: str) -> None:
        """It is done."""
        ...

    def fail(self, fault: Exception) -> None:
        """Say a failure."""
        ...


class RepairPresenter:
    """Nothing is done to a record without a form or a key that says so."""

    def __init__(self, view: RepairScreen, work: RepairWork, runner: Runner, bulletin: Bulletin) -> None:
        self._view, self._work, self._runner = view, work, runner
        self._records: tuple[RecordTold, ...] = ()
        self._chosen = ""
        self.form = ""
        """The form that is open, by its name."""
        self._asked = EntryId("")
        """The record the open form is about, whatever line is chosen meanwhile."""
        self._is_busy = False
        self._looking: Looking[Looked] = Looking(runner, ask=lambda: work.look, show=self._looked, fail=view.fail)
        self._cancel: Callable[[], None] = bulletin.subscribe(self._news)

    def shown(self, wanted: str) -> None:
        """In front; `wanted` names a record."""
        self._chosen = wanted or self._chosen
        self._looking.look()

    def close(self) -> None:
        """Hear no news any more."""
        self._cancel()

    @property
    def chosen(self) -> RecordTold | None:
        """The record that is looked at."""
        return next((each for each in self._records if each.key == self._chosen), None)

    def choose(self, key: str) -> None:
        """Another line; an open form stays with its own record."""
        self._chosen = key
        if not self.form:
            self._view.show_record(self.chosen)

    def open_rewrite(self) -> None:
        """改写: its form."""
        told = self.chosen
        if told is None or not told.can_rewrite or self.form or self._is_busy:
            return
        self._asked = EntryId(told.key)
        self._run(lambda: self._work.open(self._asked), self._opened)

    def open_withdraw(self) -> None:
        """撤回: why."""
        told = self.chosen
        if told is not None and told.can_withdraw and not self.form and not self._is_busy:
            self.form, self._asked = WITHDRAW, EntryId(told.key)
            self._view.ask(WITHDRAW, (why_field(),))

    def send_again(self) -> None:
        """再送."""
        told = self.chosen
        if told is not None and told.can_send and not self.form and not self._is_busy:
            self._run(lambda: self._work.send_again(EntryId(told.key)), lambda _none: self._done("resend"))

    def record(self) -> None:
        """F9 in a form."""
        entry_id, typed = self._asked, dict(self._view.asked())
        if not self.form or self._is_busy:
            return
        if self.form == WITHDRAW:
            self._run(lambda: self._work.withdraw(entry_id, typed.get(WHY, "")), lambda _none: self._done(WITHDRAW))
        else:
            self._run(lambda: self._work.rewrite(entry_id, typed), lambda _none: self._done(REWRITE))

    def give_up(self) -> None:
        """Esc: what was typed is let go, nothing was changed."""
        self.form = ""
        self._view.close_form()
        self._view.show_record(self.chosen)

    def find(self, field: str, typed: str) -> None:
        """Lines for a field that finds."""
        self._runner.run(lambda: self._work.units(typed), lambda lines: self._view.offer(field, typed, lines), self._view.fail)

    def _opened(self, opened: Opened) -> None:
        self._is_busy = False
        self.form = REWRITE
        self._view.ask(REWRITE, fields_of(opened))

    def _done(self, what: str) -> None:
        self._is_busy, self.form = False, ""
        self._view.close_form()
        self._view.murmur(say(f"held.done.{what}"))
        self._looking.look()

    def _run(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        self._is_busy = True
        self._runner.run(work, done, self._failed)

    def _failed(self, fault: Exception) -> None:
        self._is_busy = False
        if isinstance(fault, HotlineError) and self.form:
            named = WHY if fault.details.get("field") == "why" else str(fault.details.get("field", ""))
            self._view.wrong(named, sentence(fault))
        else:
            self._view.fail(fault)

    def _news(self, changes: Changes) -> None:
        if (changes.counts or changes.work_orders) and self._view.is_seen():
            self._looking.look()

    def _looked(self, found: Looked) -> None:
        records = tuple(record_told(each, year=found.year) for each in found.records)
        self._chosen = still_chosen(self._chosen, [each.key for each in records])
        self._records = records
        self._view.show(records, self._chosen)
        if not self.form:
            self._view.show_record(self.chosen)
