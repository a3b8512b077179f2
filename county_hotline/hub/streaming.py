"""A stream of frames taken in as it arrives: each whole frame is kept, however the stream ends. Nothing is held open between two pieces."""

from __future__ import annotations

import logging
from typing import Final

from county_hotline.db.store import Store
from county_hotline.domain.entries import GENESIS, Entry
from county_hotline.domain.receipts import Held, Receipt, Run
from county_hotline.errors import HubRejected, NotTrusted
from county_hotline.hub import former
from county_hotline.hub.asking import Hub, Question, Reply, known, number
from county_hotline.hub.storage import EnrolledStation
from county_hotline.ids import Life
from county_hotline.sync import protocol
from county_hotline.sync.wire import packing, unframing
from county_hotline.sync.wire.frames import Context
from county_hotline.sync.wire.streams import Unpacker

log = logging.getLogger(__name__)

TOGETHER: Final = 2_000
"""Entries that came at once go into the database at once, so many at most: a fast line is not slowed by a commit a frame."""

Opened = tuple[list[Entry], bytes]
"""A frame's entries and its seal."""


class Intake:
    """One stream of one life of a station whose hand under the request's head is proved."""

    def __init__(self, hub: Hub, station: EnrolledStation, life: Life, *, after: int, version: int) -> None:
        self._hub = hub
        self._station = station
        self._unpacker = Unpacker(version, station.key, hub.limits)
        self._context = Context(station.card.station, life, after, _hash_at(hub.store, station, life, after))
        self._runs: list[Run] = []
        self._held: list[Held] = []
        self._last: Receipt | None = None

    def take(self, piece: bytes) -> None:
        """Keep every frame that is whole now: each group is one short transaction. Raises as `receipt` does, after what came before it
        is kept; NotTrusted A350 where another PC took the station over meanwhile."""
        self._is_still_its_key()
        waiting: list[Opened] = []
        try:
            for sealed in self._unpacker.feed(piece):
                waiting.append(unframing.decode(sealed, self._context, self._hub.limits))
                if sum(len(entries) for entries, _ in waiting) >= TOGETHER:
                    together, waiting = waiting, []
                    self._keep(together)
        finally:
            self._keep(waiting)

    def receipt(self) -> Receipt:
        """The hub's word for all of it. Raises HubRejected H201 (one entry too large), H202 (no frame of ours), H203 (too much);
        NotTrusted A301 (a seal is not the station's), A310 to A313 (see db.taking_batches)."""
        if self._last is None:
            raise HubRejected("H202", why="empty")
        last = self._last
        log.info(
            "stream_received station=%s life=%s entries=%d last=%d held=%d",
            last.station,
            last.life,
            sum(run.last - run.first + 1 for run in self._runs),
            last.last_serial,
            len(self._held),
        )
        return Receipt(
            last.station, last.life, last.last_serial, last.last_hash, tuple(self._runs), last.received_at, tuple(self._held)
        )

    def _is_still_its_key(self) -> None:
        hub, card = self._hub, self._station.card
        if hub.storage.station_by_key(self._station.key.key_id) is None and not former.may_hand_in(
            hub.store, card.station, hub.clock.now_ms()
        ):
            raise former.replaced(self._station)

    def _keep(self, frames: list[Opened]) -> None:
        """A seal stands for all of the chain before it, so the last one proves the group; where it is wrong, each has to prove itself."""
        if not frames:
            return
        if self._is_sealed(frames[-1]):
            self._receive(frames)
            return
        good = next(place for place, frame in enumerate(frames) if not self._is_sealed(frame))
        if good:
            self._receive(frames[:good])
        first = frames[good][0][0]
        raise NotTrusted("A301", station=first.station, life=first.life, serial=first.serial)

    def _receive(self, frames: list[Opened]) -> None:
        entries = [entry for each, _ in frames for entry in each]
        card = self._station.card
        receipt = self._hub.store.receive(
            card.station,
            entries,
            signature=frames[-1][1],
            key=self._station.key.key_id,
            now_ms=self._hub.clock.now_ms(),
            writer=card,
            streamed=True,
        )
        self._last = receipt
        self._held += receipt.held
        for run in receipt.runs:
            _join(self._runs, Run(run.first, run.last, run.hub_seq, run.received_at or receipt.received_at))

    def _is_sealed(self, frame: Opened) -> bool:
        last = frame[0][-1]
        statement = protocol.chain_statement(last.station, last.life, last.serial, last.hash)
        return self._station.key.has_signed(statement, frame[1])


def opened(hub: Hub, question: Question) -> Intake:
    """What takes this request's stream in. Its head is proved here, before a byte of its body is looked at. Raises NotTrusted A201 to
    A203, A105; A310 where it would begin behind a gap; HubRejected H205, H206."""
    station = known(hub, question, by_head=True, hands_in=True)
    if question.asked.headers.get("content-encoding") != packing.ZSTD:
        raise HubRejected("H205", field="content-encoding")
    version = number(question, "vocabulary", 0)
    if version not in hub.vocabularies:
        raise HubRejected("H206", version=version)
    life = Life(question.query.get("life", ""))
    return Intake(hub, station, life, after=number(question, "after", 0), version=version)


def whole(hub: Hub, question: Question) -> Reply:
    """The answer to a stream of which all arrived before anything was looked at."""
    intake = opened(hub, question)
    if len(question.asked.body) > hub.limits.batch_bytes:
        raise HubRejected("H203", limit=hub.limits.batch_bytes)
    try:
        intake.take(question.asked.body)
        return Reply(protocol.encoded(intake.receipt()))
    finally:
        hub.store.fold_put_off()


def _hash_at(store: Store, station: EnrolledStation, life: Life, serial: int) -> bytes:
    """The hash a stream goes on from. Raises NotTrusted A310 where the hub's chain does not reach so far."""
    if serial == 0:
        return GENESIS
    found = store.hash_at(station.card.station, life, serial)
    if found is None:
        head = store.head(station.card.station, life)
        raise NotTrusted("A310", serial=serial + 1, have=head.serial if head else 0)
    return found


def _join(runs: list[Run], run: Run) -> None:
    last = runs[-1] if runs else None
    follows = last is not None and run.first == last.last + 1 and run.hub_seq == last.hub_seq + run.first - last.first
    if last is not None and follows and run.received_at == last.received_at:
        runs[-1] = Run(last.first, run.last, last.hub_seq, run.received_at)
    else:
        runs.append(run)
