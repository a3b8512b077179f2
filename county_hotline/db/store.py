"""The station's (or hub's) whole memory: one encrypted file, one transaction an act. Others are told after the commit, never here.

Every act is one `BEGIN IMMEDIATE`: journal, tables and search together, or nothing. What is only asked stands in `reading`, connections
and transactions in `connections`, how an act becomes an entry in `writing`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Final

import msgspec
from playhouse.sqlcipher_ext import SqlCipherDatabase
from sqlcipher3.dbapi2 import Connection

from county_hotline.background import Step, Told, go_on
from county_hotline.clock import Clock
from county_hotline.db import journal, sight, writing
from county_hotline.db.beside import erasing, inbox, memos
from county_hotline.db.line import forks, lapsing, taking_batches, taking_pages
from county_hotline.db.line.county_time import CountyTime
from county_hotline.db.line.epochs import Epochs
from county_hotline.db.line.lapsing import Present
from county_hotline.db.line.proof import Proof
from county_hotline.db.line.quarantine import Quarantine
from county_hotline.db.marks import Mark, Marked, is_behind, next_life
from county_hotline.db.opening import open_database, translated
from county_hotline.db.reading import Reading
from county_hotline.db.tables import anew, projection
from county_hotline.db.writing import Decide, Hand, Make
from county_hotline.domain.entries import GENESIS, Entry, happened
from county_hotline.domain.facts import WordsErased
from county_hotline.domain.folding import fold
from county_hotline.domain.happened import Happened
from county_hotline.domain.receipts import Head, Page, Receipt
from county_hotline.domain.reference import StationCard
from county_hotline.domain.upcasts import decoding_once
from county_hotline.domain.views import Incoming, Renumbered, RoundReport
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import Refusal, StoreFault
from county_hotline.ids import Life, Number, OfficerId, StationId
from county_hotline.paths import store_fault

FOLDED_ANEW_AT_ONCE: Final = 500
"""Orders folded in one transaction after an upgrade: so soon it can be stopped, and so little is done twice after a power cut."""
FOLDED_AT_ONCE: Final = 100
"""Entries whose orders are folded in one transaction, where that was put off."""

DecideOf = Callable[[Number], Decide]
"""What is written of another order, once the new one has its number."""

__all__ = ["Decide", "DecideOf", "Make", "Store"]


class Store(Reading):
    """One per process and file."""

    def __init__(self, database: SqlCipherDatabase, clock: Clock, mark: Mark, path: Path) -> None:
        super().__init__(database)
        self._clock = clock
        self.time = CountyTime(clock, self.note, self.set_note)
        """This PC's clock set right by the hub's. The sync tells it what the hub said; every new entry says what it knows."""
        self._mark = mark
        self.quarantine = Quarantine(self._reading, self.immediate, lambda: erasing.finish(self))
        self.proof = Proof(self._reading, self.immediate)
        self.epochs = Epochs(self, path)
        """Of a hub: how it came to be what it is, where it was put back from a backup."""

    @classmethod
    def open(cls, path: Path, key: bytes, *, clock: Clock, told: Told = go_on) -> Store:
        """The file at `path`, made where it is missing; the calling thread is connected. Tables of another release are folded anew
        first: `told` hears how far it is and may stop it, which refuses (R671); the next opening goes on there. Raises StoreFault (see
        db.opening)."""
        mark = Mark(path.with_name(".mark"))
        marked = mark.read()
        try:
            copied_alone = path.exists() and not mark.exists()
        except OSError as exc:
            raise store_fault(exc, path) from exc
        store = cls(open_database(path, key), clock, mark, path)
        store.connect()
        with translated():
            store._know_yourself()
            store._notice_a_restore(marked, copied_alone=copied_alone)
            store._fold_anew(told)
            store.fold_put_off()
        store.epochs.notice()
        erasing.finish(store)
        return store

    # ------------------------------------------------------------ who this is

    def set_station(self, card: StationCard) -> None:
        """This file belongs to this station from now on. Refuses (S109) to become another once it has entries; of another unit or kind
        it may become, then what can be done here is folded anew."""
        with self.immediate() as db:
            if self._card and self._card.station != card.station and journal.chain_head(db, self._card.station, self._life):
                raise StoreFault("S109", station=self._card.station)
            memos.set_note(db, "station", msgspec.json.encode(card).decode())
            if memos.note(db, "life") is None:
                memos.set_note(db, "life", self._life)
            was = self._card
            if was is None or (was.unit, was.role) != (card.unit, card.role):
                projection.rebuild(db, card)
        self._card = card
        if not self._mark.exists():
            self._mark.write(Head(card.station, self._life, 0, GENESIS))

    def begin_life(
        self, *, certain: bool = True, others: Iterable[Life] = (), spare: int = 0, after: Head | None = None
    ) -> Life:
        """A new chain for this station: after a restore, or when this file was cloned, or on a new PC. `others`: the lives that the hub
        knows; `spare` as in `marks.next_life`; `after`: only if the present one still ends there, else it stays. The life in force now.
        Raises StoreFault S108 when letters ran out."""
        was = self._life
        try:
            with self.immediate() as db:
                end = journal.chain_head(db, after.station, was) or Head(after.station, was, 0, GENESIS) if after else None
                if end != after:
                    return was
                used = {row[0] for row in db.execute("SELECT life FROM chains WHERE station = ?", (self._own(),))}
                marked = self._mark.read()
                used |= {was} | ({marked[0]} if marked else set())
                self._life = next_life(used | set(others), certain=certain, spare=spare)
                memos.set_note(db, "life", self._life)
        except BaseException:
            self._life = was
            raise
        self._mark.write(Head(self._own(), self._life, 0, GENESIS))
        return self._life

    def leave_fork(self) -> tuple[Renumbered, ...]:
        """Where a round found that the present life went on at two places: what was written here only is written once more, in a new life.
        Which orders bear another number now. Raises StoreFault S108, S130."""
        was = self._life
        life, common, others = (self.note(forks.FORK) or " 0 ").split(" ")
        if life != was:
            return ()
        try:
            with self.immediate() as db:
                used = {row[0] for row in db.execute("SELECT life FROM chains WHERE station = ?", (self._own(),))}
                marked = self._mark.read()
                new = next_life(used | set(others) | {was} | ({marked[0]} if marked else set()), certain=True)
                given = forks.leave(db, self._known_card(), was, int(common), new)
                memos.set_note(db, "life", new)
                memos.drop_note(db, forks.FORK)
                self._life = new
        except BaseException:
            self._life = was
            raise
        self._mark.write(journal.chain_head(self._db(), self._own(), new) or Head(self._own(), new, 0, GENESIS))
        return given

    def epoch(self) -> str:
        """This hub's epoch, made with its database: stations notice a hub that was restored or replaced."""
        return self.epochs.present()

    # ------------------------------------------------------------ acts

    def accept(
        self,
        make: Make,
        *,
        officer: OfficerId,
        then: Sequence[Decide] = (),
        beside: Sequence[tuple[Number, DecideOf]] = (),
        incoming: int = 0,
    ) -> WorkOrder:
        """受理: give the next number, write what `make` answers for it, and what follows at once, each decided on the order so far: one
        transaction. `beside`: what is written of orders that are here already, told the new number. `incoming`: the message it came from
        is settled in it. Any of them may refuse; then nothing is written, no number used."""
        with self.immediate() as db:
            hand = self._hand(officer)
            made, entries = _begun(db, hand, make, then)
            projection.write_new(db, [made])
            new = made.order.number
            entries += self._further(db, hand, [(number, decide_of(new)) for number, decide_of in beside])[0]
            if incoming and not inbox.settle(db, incoming, number=made.order.number, dropped="", officer=officer, at=hand.now):
                raise StoreFault("S120", incoming=incoming)
        self._written(entries)
        return made.order

    def accept_many(self, makes: Sequence[Make], *, officer: OfficerId) -> tuple[WorkOrder, ...]:
        """受理 of several at once, for imports: one transaction, all of them or none. The entries are what `accept` would write."""
        if not makes:
            return ()
        with self.immediate() as db:
            hand = self._hand(officer)
            begun = [_begun(db, hand, make) for make in makes]
            projection.write_new(db, [made for made, _ in begun])
        self._written(begun[-1][1])
        return tuple(made.order for made, _ in begun)

    def record(self, number: Number, decide: Decide, *, officer: OfficerId) -> WorkOrder:
        """One more fact: `decide` sees the order as it stands in this very transaction, and may refuse."""
        return self.record_together([(number, decide)], officer=officer)[0]

    def record_together(self, steps: Sequence[tuple[Number, Decide]], *, officer: OfficerId) -> tuple[WorkOrder, ...]:
        """Facts of several orders in the order given, all in one transaction: each `decide` sees its order with what the steps before
        did to it, and any may refuse all. Each step's order as it stands in the end."""
        if not steps:
            return ()
        with self.immediate() as db:
            entries, orders = self._further(db, self._hand(officer), steps)
        self._written(entries)
        return tuple(orders[number] for number, _ in steps)

    def _further(
        self, db: Connection, hand: Hand, steps: Sequence[tuple[Number, Decide]]
    ) -> tuple[list[Entry], dict[Number, WorkOrder]]:
        """Within the transaction: further facts of orders that are here."""
        stories: dict[Number, tuple[Happened, ...]] = {}
        entries: list[Entry] = []
        for number, decide in steps:
            story = stories[number] if number in stories else journal.story(db, number)
            basis = sight.of_others(db, number, hand.card.station, hand.life)
            entry, stories[number] = _one_more(db, hand, number, story, (decide, basis))
            entries.append(entry)
        return entries, {number: projection.refold(db, number, hand.card, story) for number, story in stories.items()}

    def _hand(self, officer: OfficerId) -> Hand:
        """Within the transaction: a life that another thread has begun meanwhile is the one to write in."""
        now = self._clock.now_ms()
        return Hand(self._known_card(), self._life, officer, now, self.time.note(now).text())

    def _written(self, entries: Sequence[Entry]) -> None:
        """They are on the disk: the mark follows, and the last traces of what they erased go."""
        last = entries[-1]
        self._mark.write(Head(last.station, last.life, last.serial, last.hash))
        self._wipe_after(entry.kind for entry in entries)

    # ------------------------------------------------------------ 待审核留言

    def add_incoming(self, message: Incoming) -> int:
        """Keep a message that is to be reviewed. Its number here."""
        with self.immediate() as db:
            return inbox.add(db, message)

    def settle_incoming(
        self, incoming: int, *, number: Number | None = None, dropped: str = "", officer: OfficerId, at: int
    ) -> None:
        """The message became this order, or was dropped and why. Raises StoreFault S120 where it was settled before or is not here."""
        with self.immediate() as db:
            if not inbox.settle(db, incoming, number=number, dropped=dropped, officer=officer, at=at):
                raise StoreFault("S120", incoming=incoming)

    # ------------------------------------------------------------ proof

    def rebuild(self) -> int:
        """Throw the folded tables away and fold the journal again. How many orders."""
        with self.immediate() as db:
            return projection.rebuild(db, self._card)

    # ------------------------------------------------------------ the line, at a station

    def lapse(self, present: Present) -> frozenset[Number]:
        """The hub was put back from a backup and no longer has what it signed for after place `present.through`. Orders it changed."""
        with self.immediate() as db:
            return lapsing.lapse(db, present, self._known_card())

    def take_receipt(self, receipt: Receipt) -> frozenset[Number]:
        with self.immediate() as db:
            return taking_pages.take_receipt(db, receipt, self._known_card(), self._life)

    def take_in(self, page: Page) -> frozenset[Number]:
        with self.immediate() as db:
            touched = taking_pages.take_in(db, page, self._known_card())
        self._wipe_after(received.entry.kind for received in page.entries)
        return touched

    # ------------------------------------------------------------ the line, at a hub

    def receive(
        self,
        station: StationId,
        entries: Sequence[Entry],
        *,
        signature: bytes,
        key: str = "",
        now_ms: int,
        writer: StationCard | None = None,
        streamed: bool = False,
    ) -> Receipt:
        """A batch of one life (not empty), in serial order. See db.taking_batches for what it refuses and holds; `writer` is the station as
        it was enrolled (None: whoever calls has made sure that it may write all this). After `streamed` ones comes `fold_put_off`."""
        with self.immediate() as db, decoding_once():
            receipt = taking_batches.receive(
                db, station, entries, signature=signature, key=key, now_ms=now_ms, writer=writer, streamed=streamed
            )
            self.epochs.catch_up(db, entries)
        self.epochs.give(max(run.hub_seq + run.last - run.first for run in receipt.runs))
        self._wipe_after(entry.kind for entry in entries)
        return receipt

    def fold_put_off(self, *, wait: Callable[[], bool] = lambda: False) -> None:
        """Fold what was streamed and not folded yet, in short steps, so that no station waits; as soon as `wait` says so, no further. One
        step is done in any case: streams without end do not keep the hub from ever folding."""
        while self.note(projection.PUT_OFF) is not None:
            with self.immediate() as db:
                projection.fold_put_off(db, self._card, FOLDED_AT_ONCE)
            if wait():
                return

    def _wipe_after(self, kinds: Iterable[str]) -> None:
        """The words are gone with the transaction; their last traces go now, in the reader's own time."""
        if WordsErased.kind in kinds:
            erasing.finish(self)

    # ------------------------------------------------------------ memos

    def set_note(self, key: str, value: str) -> None:
        with self.immediate() as db:
            memos.set_note(db, key, value)

    def add_round(self, report: RoundReport) -> RoundReport:
        with self.immediate() as db:
            return memos.add_round(db, report)

    # ------------------------------------------------------------ at opening

    def _know_yourself(self) -> None:
        card, life = memos.note(self._db(), "station"), memos.note(self._db(), "life")
        self._card = msgspec.json.decode(card, type=StationCard) if card else None
        self._life = Life(life or "A")

    def _fold_anew(self, told: Told) -> None:
        """Where the tables were made by another release, or thrown away by a new schema: once, in short transactions, each of which
        leaves what the next opening goes on from."""
        if not projection.is_due(self._db()):
            return
        told(Step(0))
        with self.immediate() as db:
            if projection.is_due(db):
                anew.begin(db)
        made = anew.Anew(0, 0)
        while not made.is_all:
            with self.immediate() as db:
                made = anew.go_on(db, self._card, FOLDED_ANEW_AT_ONCE)
            if not told(Step(made.done, made.total)) and not made.is_all:
                self.close()
                raise Refusal("R671")

    def _notice_a_restore(self, marked: Marked | None, *, copied_alone: bool) -> None:
        """Begin a new life where this file is older than its mark, or came here without one."""
        if self._card is None:
            return
        head = journal.chain_head(self._db(), self._card.station, self._life)
        if copied_alone:  # also of one that has written nothing yet: two copies would both write the first entry of one life
            self.begin_life(certain=False)
        elif marked is not None and is_behind(
            marked, self._life, head, lambda at: journal.hash_at(self._db(), self._own(), self._life, at)
        ):
            self.begin_life()


def _begun(db: Connection, hand: Hand, make: Make, then: Sequence[Decide] = ()) -> tuple[projection.Folded, list[Entry]]:
    """What the tables must hold for a new order, with its first entry and those that follow at once."""
    number = writing.next_number(db, hand)
    entry = writing.sealed(db, hand, number, make(number), None)
    row = journal.append(db, entry, first_hand=True)
    entries = [entry]
    story: tuple[Happened, ...] = (happened(entry),)
    for decide in then:
        entry, story = _one_more(db, hand, number, story, (decide, None))
        entries.append(entry)
    return projection.folded(number, row, story, hand.card), entries


def _one_more(
    db: Connection,
    hand: Hand,
    number: Number,
    story: tuple[Happened, ...],
    act: tuple[Decide, str | None],
) -> tuple[Entry, tuple[Happened, ...]]:
    """What `decide` answers, written with its basis; and the story with it."""
    decide, basis = act
    written = decide(fold(number, story))
    entry = writing.sealed(db, hand, number, written, basis)
    if writing.obeyed(db, journal.append(db, entry), written[0]):
        return entry, journal.story(db, number)
    return entry, (*story, happened(entry))
