"""一轮同步: hello, heads, send, offer, take in, reference. Nothing is open while the wire is awaited: short write, network, short write (I8).

Failures are of three classes: the line's (stop, try later), trust's (stop, tell a person), a record's (set it apart, go on).
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Final

from county_hotline.clock import Clock
from county_hotline.db.beside.reference import CHANGED_HERE
from county_hotline.db.store import Store
from county_hotline.domain.views import Line, LineState, RoundReport
from county_hotline.errors import BadInput, HotlineError, HubRejected, NotTrusted, StoreFault
from county_hotline.signals import Changes
from county_hotline.sync import guards, line_state
from county_hotline.sync.identity import HubAddress
from county_hotline.sync.keys import KeyPair
from county_hotline.sync.protocol import Hello
from county_hotline.sync.round import bundles, files, knowledge, mending, proving, restoring
from county_hotline.sync.round.files import FileChoices
from county_hotline.sync.round.one_round import Round, Tally
from county_hotline.sync.round.sending import Sender
from county_hotline.sync.round.taking_in import Reader
from county_hotline.sync.watch import RoundWatch
from county_hotline.sync.wire.http_line import Traffic
from county_hotline.sync.wire.transport import Transport

log = logging.getLogger(__name__)

NOT_OURS: Final = ("drafts", "incoming", "accounts", "audit", "prints")
"""Tables that no round may write into: what is half typed, and who may do what, is no business of the line."""


def _never() -> bool:
    return False


class Engine:
    """Does rounds, one at a time, on the lane it is called from."""

    def __init__(
        self,
        store: Store,
        transport: Transport,
        *,
        hub: HubAddress,
        pair: KeyPair,
        clock: Clock,
        tell: Callable[[Changes], None] = lambda changes: None,
        is_stopping: Callable[[], bool] = _never,
        watch: RoundWatch | None = None,
        file_choices: Callable[[], FileChoices] = FileChoices,
    ) -> None:
        self._store = store
        self._transport = transport
        self._hub = hub
        self._pair = pair
        self._clock = clock
        self._tell = tell
        self._is_stopping = is_stopping
        self._files = file_choices
        self._watch = watch or RoundWatch()

    def round(self) -> RoundReport:
        """One round. Failures of line, trust and records are in the report; only a bug raises."""
        started_at = self._clock.now_ms()
        self._transport.traffic = Traffic()
        this = Round(
            self._store,
            self._transport,
            clock=self._clock,
            tell=self._tell,
            is_stopping=self._is_stopping,
            watch=self._watch,
        )
        skew_ms: int | None = None
        self._watch.begins()
        try:
            with self._store.keeping_off(*NOT_OURS):
                hello = self._greet(this)
                skew_ms = self._store.time.heard(hello.now)
                self._exchange(this, hello)
        except HotlineError as fault:
            this.tally.fault = fault
        finally:
            self._watch.over()
        return self._report(this.tally, started_at, skew_ms)

    def _greet(self, this: Round) -> Hello:
        """Nothing is sent, signed or believed before the hub has shown to be ours and to remember us."""
        this.in_time()
        hello = this.transport.hello()
        guards.same_hub(hello, self._hub)
        if changed := restoring.follow(self._store, hello, self._hub):
            this.changed(changed)
        return hello

    def _exchange(self, this: Round, hello: Hello) -> None:
        this.begin()
        sender, reader = Sender(this, self._pair, hello), Reader(this, hello.limits)
        later = sender.compare()
        faults = [sender.send_all(later), self._apart(lambda: self._offer_reference(this, hello))]
        faults.append(self._apart(lambda: mending.send_again(this, hello, self._pair)))
        reader.take_in_all()
        sender.settle(later)
        faults.append(self._apart(lambda: self._renew_reference(this, hello)))
        faults.append(self._apart(lambda: knowledge.exchange(this, hello, self._hub.key)))
        faults.append(self._apart(lambda: proving.prove(this, hello, self._hub)))
        files.exchange(this, hello, self._files(), lambda: sender.send_all(later))
        if (fault := next(filter(None, faults), None)) is not None:
            raise fault
        this.tally.complete = not self._store.unsent_lives()

    def _apart(self, step: Callable[[], None]) -> HotlineError | None:
        """A step beside the orders' own way: what fails in it is told at the end of the round, and keeps no order back."""
        try:
            step()
        except (BadInput, HubRejected) as fault:
            return fault
        except NotTrusted as fault:
            if fault.code.startswith(bundles.OF_REFERENCE):
                return fault
            raise
        return None

    def _offer_reference(self, this: Round, hello: Hello) -> None:
        if self._store.note(CHANGED_HERE) is None:
            return
        this.in_time()
        bundles.offer(self._store, this.transport, hello)

    def _renew_reference(self, this: Round, hello: Hello) -> None:
        """A change made here is never overwritten by what comes from above: a person decides (A324)."""
        have = self._store.reference.version()
        if hello.reference <= have or self._store.note(CHANGED_HERE) is not None:
            return
        this.in_time()
        found = this.transport.reference(after=have)
        if found is not None:
            bundles.take(self._store, found, self._hub.key, signs=hello.signs_reference)
            self._tell(Changes(reference=True))

    def _report(self, tally: Tally, started_at: int, skew_ms: int | None) -> RoundReport:
        report = tally.report(self._transport.traffic, started_at=started_at, ended_at=self._clock.now_ms())
        log.info(
            "round_finished sent=%d received=%d held=%d requests=%d fault=%s",
            report.sent,
            report.received,
            len(report.held),
            report.requests,
            report.fault or "none",
        )
        return self._kept(report, skew_ms)

    def _kept(self, report: RoundReport, skew_ms: int | None) -> RoundReport:
        """Into the database; where that is the very thing that fails, the report still goes to the caller."""
        try:
            state = line_state.state_after(report.fault)
            if state is not None:
                before = line_state.recall(self._store, enrolled=True)
                skew_ms = before.skew_ms if skew_ms is None else skew_ms
                line_state.remember(
                    self._store, Line(state, report.ended_at, report.fault if state is not LineState.ONLINE else "", skew_ms)
                )
            report = self._store.add_round(report)
        except StoreFault as fault:
            log.warning("round_not_kept code=%s", fault.code)
        self._tell(Changes(counts=True))
        return report
