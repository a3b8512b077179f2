"""The station's end of a stream: frames made while they are sent, and how much goes into one request."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from county_hotline.domain.receipts import Receipt
from county_hotline.errors import Unreachable
from county_hotline.ids import Life
from county_hotline.sync.keys import KeyPair
from county_hotline.sync.protocol import Hello
from county_hotline.sync.round.one_round import Round
from county_hotline.sync.round.outbox import BatchSize, next_batch
from county_hotline.sync.round.persistence import Persistence
from county_hotline.sync.wire import frames, streams
from county_hotline.sync.wire.packing import ZSTD

STREAM_S: Final = 60.0
"""After so long a stream ends of itself: only its receipt lets the screens say 已签收."""
FIRST: Final = 10_000
MOST: Final = 50_000
"""Entries a request. Only a line that passes nothing on before it has all makes it smaller."""
READ_AT_ONCE: Final = 200
"""Entries in memory."""


class Outflow:
    """Sends streams, where the hub takes them."""

    def __init__(self, this: Round, pair: KeyPair, hello: Hello) -> None:
        self._this = this
        self._pair = pair
        self._known = hello.vocabularies
        self._most_bytes = hello.limits.batch_bytes // 2
        self.can_flow = bool(hello.vocabularies) and ZSTD in hello.encodings
        self.tries = Persistence(BatchSize(this.store, "sync.stream", first=FIRST, most=MOST))
        self.pace = streams.SLOW
        self._packing_s = 0.0
        """Spent on making the stream, not on the line."""

    def line_answered(self, took_s: float) -> None:
        """A small question was answered in so long."""
        self.pace = streams.pace_of(self._this.store, near=took_s < streams.NEAR_S)

    def send(self, life: Life, *, after: int, last: int) -> Receipt:
        """One stream of entries from serial `after` + 1 on, to `last` at most, as many as the line bears."""
        last = min(last, after + self.tries.size.entries)
        version = self._vocabulary_for(last - after)
        clock, traffic = self._this.clock, self._this.transport.traffic
        begun, sent = clock.monotonic_s(), traffic.bytes_sent
        self._packing_s = 0.0
        pieces = self._pieces(life, after, last, streams.Packer(self.pace.level, version))
        receipt = self._this.transport.stream(life, after=after, vocabulary=version, pieces=pieces)
        streams.note_pace(self._this.store, traffic.bytes_sent - sent, clock.monotonic_s() - begun - self._packing_s)
        return receipt

    def _vocabulary_for(self, entries: int) -> int:
        known = [version for version in streams.VOCABULARIES if version in self._known]
        return max(known) if entries <= streams.FEW else min(known)

    def _pieces(self, life: Life, after: int, last: int, packer: streams.Packer) -> Iterator[bytes]:
        """Packed frames. Nothing of the database is open while one is on its way (I8)."""
        store, clock, sent = self._this.store, self._this.clock, 0
        begun = clock.monotonic_s()
        end = begun + STREAM_S
        before: frames.Context | None = None
        while after < last:
            entries = next_batch(store, life, after=after, limit=min(READ_AT_ONCE, last - after))
            if before is None:
                before = frames.Context(entries[0].station, life, after, entries[0].prev_hash)
            for part in streams.parts(entries, self.pace.entries):
                packed = packer.pack(frames.encode(part, self._pair, before))
                self._packing_s += clock.monotonic_s() - begun
                yield packed
                begun = clock.monotonic_s()
                sent += len(packed)
                if sent > self._most_bytes or begun > end or self._is_over():
                    return
            after = entries[-1].serial

    def _is_over(self) -> bool:
        """Stopped on the way: what was sent so far is a whole stream too, and its receipt worth waiting for."""
        try:
            self._this.in_time()
        except Unreachable:
            return True
        return False
