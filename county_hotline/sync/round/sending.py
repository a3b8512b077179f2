"""The sending half of a round: each life's unsent entries in serial order, in batches that fit the line, each answered by a receipt."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import partial
from typing import Final, TypeVar

import msgspec

from county_hotline.domain.entries import Entry
from county_hotline.domain.receipts import Head, Held
from county_hotline.errors import HubRejected, Unreachable
from county_hotline.ids import Life, StationId
from county_hotline.sync import guards
from county_hotline.sync.keys import KeyPair
from county_hotline.sync.protocol import Hello
from county_hotline.sync.round import rebirth
from county_hotline.sync.round.one_round import Round
from county_hotline.sync.round.outbox import BatchSize, next_batch
from county_hotline.sync.round.outflow import Outflow
from county_hotline.sync.round.persistence import CUTS, Persistence
from county_hotline.sync.wire import batches

log = logging.getLogger(__name__)

PASSES: Final = 2
UNKNOWN: Final = frozenset({"H204", "H205", "H206"})
"""What a hub says that cannot take a stream, whatever is in it."""

T = TypeVar("T")


class Sender:
    """Sends until nothing is left, asking after each cut how far the hub got."""

    def __init__(self, this: Round, pair: KeyPair, hello: Hello) -> None:
        self._this = this
        self._pair = pair
        self._hello = hello
        self._most = max(1, hello.limits.batch_entries)
        self._tries = Persistence(BatchSize(this.store, "sync.batch"))
        self._stream = Outflow(this, pair, hello)
        self._held: dict[Life, int] = {}
        """Serial up to which the hub holds each life, as last asked."""
        self._heads_took_s = 0.0

    def compare(self) -> frozenset[Life]:
        """Ask how far the hub got, and that it has lost nothing. Returns old lives of which it holds more than this PC does; where that was
        the present one, a new one has begun."""
        heads = self._persistently(lambda: self._heads(may_go_on=True))
        self._stream.line_answered(self._heads_took_s)
        return frozenset(head.life for head in heads if head.serial > self._end_of(head.station, head.life))

    def send_all(self, later: frozenset[Life]) -> HubRejected | None:
        """Send every life but those in `later`. A life whose record the hub will not even take without words stands still: the
        fault is handed back, the others go on."""
        stuck: HubRejected | None = None
        for life in self._this.store.unsent_lives():
            if life in later:
                continue
            try:
                self._send(life)
            except HubRejected as fault:
                stuck = fault
        return stuck

    def settle(self, lives: frozenset[Life]) -> None:
        """Receipts for old lives, whose missing entries have come back with the pages."""
        for life in lives:
            self._catch_up(life)

    def _send(self, life: Life) -> None:
        """What is there now, and once more what came meanwhile: a busy counter must not keep a round from ending."""
        self._catch_up(life)
        for _ in range(PASSES):
            if entries := self._this.store.unsent(life, after=self._this.store.receipted(life), limit=1):
                self._send_through(life, self._end_of(entries[0].station, life))

    def _send_through(self, life: Life, last: int) -> None:
        while (kept := self._kept(life)) < last:
            if self._stream.can_flow:
                self._stream_from(life, kept, last)
            else:
                self._catch_up(life)
                self._push_from(life, self._this.store.receipted(life))
        self._catch_up(life)

    def _kept(self, life: Life) -> int:
        """How far the hub holds this life: by its receipts, or by its heads, for which receipts are asked when the rest is there too."""
        return max(self._this.store.receipted(life), self._held.get(life, 0))

    def _push_from(self, life: Life, had: int, *, most: int | None = None) -> None:
        """One batch."""
        store = self._this.store
        entries = next_batch(store, life, after=had, limit=min(self._tries.size.entries, most or self._most))
        try:
            self._push(entries)
            guards.has_grown(store, life, had)
        except Unreachable as fault:
            self._tries.cut(fault)
            self._persistently(self._heads)
            self._catch_up(life)
        else:
            self._tries.passed(len(entries))

    def _stream_from(self, life: Life, kept: int, last: int) -> None:
        """One stream. What it was cut in, or refused for, costs a frame: the hub is asked how far it got, and the next one goes on there
        at once, for on a line that is cut every few seconds each question costs as much as a frame."""
        store, tries = self._this.store, self._stream.tries
        self._this.in_time()
        try:
            receipt = self._stream.send(life, after=kept, last=last)
            self._catch_up(life)  # first what came before it: receipts leave no hole
            self._this.took(receipt)
            guards.has_grown(store, life, kept)
        except Unreachable as fault:
            if fault.code not in CUTS:
                raise
            self._persistently(self._heads)
            if self._kept(life) > kept:
                tries.got_on()
            else:
                tries.cut(fault)
        except HubRejected as fault:
            if fault.code in UNKNOWN:
                self._stream.can_flow = False
                return
            self._persistently(self._heads)
            self._catch_up(life)
            if (had := store.receipted(life)) < last:
                self._push_from(life, had, most=self._stream.pace.entries)
        else:
            tries.passed(receipt.last_serial - kept)

    def _push(self, entries: list[Entry]) -> None:
        """One batch; where the hub refuses what is in it, ever smaller ones, down to the one entry at fault."""
        self._this.in_time()
        try:
            self._this.took(self._this.transport.push(batches.encode(entries, self._pair)))
        except HubRejected as fault:
            if len(entries) > 1:
                middle = len(entries) // 2
                self._push(entries[:middle])
                self._push(entries[middle:])
                return
            self._push_bare(entries[0], fault)

    def _push_bare(self, entry: Entry, fault: HubRejected) -> None:
        """The entry's envelope alone: the chain goes on, its words wait here for repair. Raises HubRejected where even that is refused."""
        self._this.in_time()
        bare = msgspec.structs.replace(entry, words=None, person=None)
        receipt = self._this.transport.push(batches.encode([bare], self._pair))
        held = (*receipt.held, Held(entry.entry_id, fault.code))
        self._this.took(msgspec.structs.replace(receipt, held=held))
        log.warning("entry_rejected entry_id=%s code=%s", entry.entry_id, fault.code)

    def _catch_up(self, life: Life) -> None:
        """Receipts for what the hub already holds: their answer was lost. Nothing is sent twice for want of one."""
        store = self._this.store
        while (have := store.receipted(life)) < self._held.get(life, 0):
            most = min(self._most, self._held[life] - have)
            receipt = self._persistently(partial(self._this.transport.receipt, life, after=have, limit=most))
            self._this.took(receipt)
            self._tries.passed(0)
            if store.receipted(life) <= have:
                return

    def _heads(self, *, may_go_on: bool = False) -> tuple[Head, ...]:
        begun = self._this.clock.monotonic_s()
        heads = self._this.transport.heads()
        self._heads_took_s = self._this.clock.monotonic_s() - begun
        card = self._this.store.station()
        if card is not None:
            if may_go_on:
                rebirth.go_on(self._this, self._hello, card.station, heads)
            guards.nothing_lost(self._this.store, card.station, heads)
        self._held = {head.life: head.serial for head in heads}
        return heads

    def _persistently(self, ask: Callable[[], T]) -> T:
        """A small question, asked again after a cut."""
        while True:
            self._this.in_time()
            try:
                return ask()
            except Unreachable as fault:
                self._tries.cut(fault, was_small=True)

    def _end_of(self, station: StationId, life: Life) -> int:
        ours = self._this.store.head(station, life)
        return ours.serial if ours else 0
