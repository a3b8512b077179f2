"""上级平台: one round after another of a hub with the hub above it, at which it is enrolled like a station (`joining_above`).

A round: hello, who stands below, up with what came from below, down with what concerns those below, and ranks. Nothing is open while the
wire is awaited (I8); everything may be repeated. An author whose chain is refused above stands still alone, the others go on.
"""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Callable
from typing import Final

import msgspec

from county_hotline.db.relaying.relay_up import Bundle, Chain
from county_hotline.db.relaying.relays import Relays
from county_hotline.domain.views import RoundReport
from county_hotline.domain.vocabulary import StationRole
from county_hotline.errors import BadInput, HotlineError, HubRejected, NotTrusted, Unreachable
from county_hotline.hub import files_above, following, proving_above
from county_hotline.hub.asking import Hub
from county_hotline.hub.joining_above import heads_above, line_above, link_of
from county_hotline.hub.storage import EnrolledStation
from county_hotline.ids import Life
from county_hotline.paths import Home
from county_hotline.sync import guards, protocol
from county_hotline.sync.identity import Identity
from county_hotline.sync.protocol import Hello
from county_hotline.sync.round import relays
from county_hotline.sync.round.one_round import Tally
from county_hotline.sync.round.outbox import BatchSize
from county_hotline.sync.round.persistence import Persistence
from county_hotline.sync.round.relays import (
    Introduced,
    Introductions,
    Key,
    Ranks,
    RanksTaken,
    Relayed,
    RelayHead,
    RelayHeads,
    Statement,
)
from county_hotline.sync.wire import batches
from county_hotline.sync.wire.batches import BatchSeal
from county_hotline.sync.wire.http_line import Traffic, Wire
from county_hotline.sync.wire.transport import Transport

log = logging.getLogger(__name__)

INTRODUCED: Final = "above.introduced"
"""Note: the hash of what was last introduced."""
REFUSED: Final = "above.refused"
"""Note: whom the hub above would not have below this one, as JSON."""
ROUND_S: Final = 1_800.0
_AUTHORS: Final = ("A30", "A31", "A33")
"""Refusals that concern one author's batch; others the relay itself."""


def _never() -> bool:
    return False


def one_round(
    hub: Hub, home: Home, *, wire: Wire | None = None, is_stopping: Callable[[], bool] = _never
) -> RoundReport | None:
    """One round with the hub above; None where there is none. Raises BadInput I106 for a damaged link."""
    link = link_of(home)
    if link is None or link.hub is None:
        return None
    transport = line_above(hub, link.hub, wire=wire)
    try:
        return Upward(hub, link, transport, is_stopping=is_stopping).round()
    finally:
        transport.close()


class Upward:
    """Does rounds with the hub above, one at a time, on the thread it is called from (which is connected to the store)."""

    def __init__(self, hub: Hub, link: Identity, transport: Transport, *, is_stopping: Callable[[], bool] = _never) -> None:
        self._hub, self._link, self._transport, self._is_stopping = hub, link, transport, is_stopping

    def round(self) -> RoundReport:
        """One round. Failures of line, trust and records are in the report; only a bug raises."""
        clock, started_at = self._hub.clock, self._hub.clock.now_ms()
        self._transport.traffic = Traffic()
        this = _Round(self._hub, self._link, self._transport, is_stopping=self._is_stopping)
        try:
            this.all_steps()
        except HotlineError as raised:
            this.tally.fault = raised
        this.tally.fault = this.tally.fault or next(iter(this.stuck.values()), None)
        this.tally.complete = this.tally.fault is None and Relays(self._hub.store).unsigned() == 0
        report = this.tally.report(self._transport.traffic, started_at=started_at, ended_at=clock.now_ms())
        log.info("round_above sent=%d received=%d fault=%s", report.sent, report.received, report.fault or "none")
        return self._hub.store.add_round(report)


class _Round:
    """The steps of one round and what came of them."""

    def __init__(self, hub: Hub, link: Identity, transport: Transport, *, is_stopping: Callable[[], bool]) -> None:
        if link.hub is None:
            raise BadInput("I106", file="above.toml")
        self._hub, self._card, self._transport, self._address = hub, link.station, transport, link.hub
        self._book = Relays(hub.store)
        self._is_stopping = is_stopping
        self._end = hub.clock.monotonic_s() + ROUND_S
        self._up = Persistence(BatchSize(hub.store, "above.batch"))
        self._down = Persistence(BatchSize(hub.store, "above.page"))
        self.tally = Tally()
        self.stuck: dict[Chain, HotlineError] = {}
        """Authors whose batch the hub above refuses."""

    def all_steps(self) -> None:
        self._in_time()
        hello = self._transport.hello()
        guards.same_hub(hello, self._address)
        if not hello.relays:
            raise NotTrusted("A338", program=hello.program[:40])
        self.tally.changed |= following.follow(self._hub.store, hello, self._address, self._heads)
        self._introduce()
        self._compare()
        self._send_all(hello)
        self._send_released()
        self._send_ranks()
        self._take_in_all(hello)
        self._send_ranks()
        self._prove(hello)
        files_above.exchange(self._hub, self._transport, hello, self.tally, is_stopping=self._is_stopping)

    # ------------------------------------------------------------ who stands below

    def _introduce(self) -> bool:
        """Only where somebody came, went over to another PC, or is another than before. Whether anybody was introduced."""
        enrolled = sorted(self._hub.storage.stations(), key=lambda each: each.card.role is not StationRole.RELAY)
        below = sorted(self._book.stations(), key=lambda each: each.card.role is not StationRole.RELAY)
        said = [*map(self._introduction, enrolled), *(relays.Introduction(*each.signed) for each in below)]
        digest = hashlib.sha256(protocol.encoded(Introductions(tuple(said)))).hexdigest()
        if self._hub.store.note(INTRODUCED) == digest and self._hub.store.note(REFUSED) in (None, "[]"):
            return False
        answer, refused = Introduced(), list[tuple[str, str]]()
        for start in range(0, max(1, len(said)), relays.INTRODUCTIONS_A_TIME):
            page = Introductions(tuple(said[start : start + relays.INTRODUCTIONS_A_TIME]))
            answer = self._ask(relays.INTRODUCTIONS, protocol.encoded(page), Introduced)
            refused += answer.refused
        self._book.set_takers(answer.stations)
        self._hub.store.set_note(REFUSED, msgspec.json.encode(refused).decode())
        self._hub.store.set_note(INTRODUCED, digest)
        for station, code in refused:
            log.warning("introduction_refused station=%s code=%s", station, code)
        return not refused

    def _introduction(self, each: EnrolledStation) -> relays.Introduction:
        found = self._hub.storage.keys(each.card.station)
        keys = tuple(Key(key.algorithm, key.raw) for key in found)
        return relays.introduce(Statement(self._card.station, each.card, keys), self._hub.pair)

    def _compare(self) -> None:
        """The hub above has lost nothing that it signed for, and holds no other chains. What it has more of is taken back."""
        heads = self._heads().heads
        self._book.compare(heads)
        for head, had in self._book.lacking(heads):
            self.tally.received += following.take_back(self._hub, head, had, self._ask_for)

    def _heads(self) -> RelayHeads:
        return self._persistently(lambda: heads_above(self._transport))

    def _ask_for(self, target: str) -> bytes:
        return self._persistently(lambda: self._transport.ask("GET", target))

    # ------------------------------------------------------------ up

    def _send_all(self, hello: Hello) -> None:
        most = max(1, hello.limits.batch_entries)
        while (batch := self._book.next_up(entries=min(self._up.size.entries, most), without=self.stuck)) is not None:
            self._send(batch)

    def _send_released(self) -> None:
        """Once: what is refused above is tried again with the next round."""
        while (batch := self._book.released()) is not None and (
            batch.entries[0].station,
            batch.entries[0].life,
        ) not in self.stuck:
            self._send(batch)

    def _send(self, batch: Bundle) -> None:
        self._in_time()
        chain = (batch.entries[0].station, batch.entries[0].life)
        try:
            answer = self._ask_once(relays.ENTRIES, self._lines(batch), Relayed)
            self.tally.changed |= self._book.signed(batch, answer.receipt, answer.ranks)
        except Unreachable as fault:
            self._up.cut(fault)
        except HubRejected as fault:
            if self._up.size.entries <= 1 or len(batch.entries) <= 1:
                self.stuck[chain] = fault
            self._up.size.cut()
        except NotTrusted as fault:
            if not fault.code.startswith(_AUTHORS):
                raise
            if fault.code == "A336" and self._introduce():
                return  # it came to a hub below while this round was under way
            log.warning("author_refused_above station=%s life=%s code=%s", *chain, fault.code)
            self.stuck[chain] = fault
        else:
            self._up.passed(len(batch.entries))
            self.tally.sent += len(batch.entries)

    def _lines(self, batch: Bundle) -> bytes:
        last, seal = batch.entries[-1], batch.seal
        key_id = seal.key
        if not key_id and (found := self._hub.storage.keys(last.station)):
            key_id = found[0].key_id
        sealed = BatchSeal(seal.serial, last.hash, "ed25519", key_id, seal.signature)
        head = RelayHead(
            ranks=relays.runs_of(batch.told.ranks, 1),
            times=relays.runs_of(batch.told.received, 0),
            held=tuple(sorted(batch.told.held.items())),
            anew=self._book.says_anew(),
        )
        return relays.encode(head, batches.encode_under(batch.entries, sealed))

    def _send_ranks(self) -> None:
        complete = False
        while not complete:
            found, through, complete = self._book.later_ranks(limit=relays.RANKS_A_TIME)
            if found:
                self._ask(relays.RANKS, protocol.encoded(Ranks(tuple(found.items()), self._book.says_anew())), RanksTaken)
            self._book.ranks_went(through)

    # ------------------------------------------------------------ down

    def _take_in_all(self, hello: Hello) -> None:
        most = max(1, hello.limits.page_entries)
        complete = False
        while not complete:
            self._in_time()
            cursor = self._book.cursor()
            try:
                page = self._transport.pull(after=cursor, limit=min(self._down.size.entries, most), life=Life(""))
            except Unreachable as fault:
                self._down.cut(fault)
                continue
            guards.moves_on(page, cursor)
            self.tally.changed |= self._book.take_in(page)
            self.tally.received += len(page.entries)
            self._down.passed(len(page.entries))
            complete = page.complete

    def _prove(self, hello: Hello) -> None:
        """Not while the hub above refuses somebody who stands here: it would hand down what only they may bring."""
        if self._hub.store.note(REFUSED) in (None, "[]") and proving_above.prove(self._hub, hello, self._ask_for):
            self._take_in_all(hello)

    # ------------------------------------------------------------ asking

    def _ask(self, target: str, body: bytes, kind: type[protocol.T]) -> protocol.T:
        """A question that may be asked again after a cut."""
        return self._persistently(lambda: self._ask_once(target, body, kind))

    def _ask_once(self, target: str, body: bytes, kind: type[protocol.T]) -> protocol.T:
        return relays.read(self._transport.ask("POST", target, body=body), kind)

    def _persistently(self, ask: Callable[[], protocol.T]) -> protocol.T:
        while True:
            self._in_time()
            try:
                return ask()
            except Unreachable as fault:
                self._up.cut(fault, was_small=True)

    def _in_time(self) -> None:
        if self._hub.clock.monotonic_s() > self._end:
            raise Unreachable("N116")
        if self._is_stopping():
            raise Unreachable("N117")
