"""The station's (or hub's) whole memory: one encrypted file, one transaction an act. Others are told after the commit, never here.

Every act is one `BEGIN IMMEDIATE`: journal, tables and search together, or nothing. Connections are per thread: each thread that
asks opens its own (`connect` or `connected`); asking without one raises instead of quietly opening a third.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec
from peewee import InterfaceError
from playhouse.sqlcipher_ext import SqlCipherDatabase
from sqlcipher3.dbapi2 import Connection

from county_hotline.clock import Clock, local
from county_hotline.db import erasing, exchange, journal, memos, projection, queries, routing
from county_hotline.db.marks import Mark, Marked, is_behind, next_life
from county_hotline.db.opening import open_database, translated
from county_hotline.db.reference import Reference
from county_hotline.domain import numbering
from county_hotline.domain.entries import GENESIS, Entry, Words, happened, seal
from county_hotline.domain.facts import Accepted, Fact, Person, WordsErased
from county_hotline.domain.folding import fold
from county_hotline.domain.receipts import Head, Page, Receipt
from county_hotline.domain.reference import Account, StationCard
from county_hotline.domain.upcasts import words_of
from county_hotline.domain.views import (
    Counts,
    Draft,
    HeldRecord,
    OrderView,
    RegisterPage,
    RegisterQuery,
    RegisterRow,
    RoundReport,
    VerifyReport,
)
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import JournalDamaged, StoreFault
from county_hotline.ids import Life, Number, OfficerId, StationId, new_entry_id, new_nonce, new_salt
from county_hotline.paths import store_fault

PROBLEMS_SHOWN = 100
HISTORY_SHOWN = 20
Make = Callable[[Number], tuple[Accepted, Person]]


class Store:
    """One per process and file."""

    def __init__(self, database: SqlCipherDatabase, clock: Clock, mark: Mark) -> None:
        self.database = database
        """peewee's handle; for the hub's own tables too."""
        self.reference = Reference(
            lambda sql, *values: self._db().execute(sql, values), connected=lambda: not database.is_closed()
        )
        self.clock_note = ""
        """What every new entry says of this PC's clock, e.g. `skew=-86400000`; set by the sync after comparing with the hub."""
        self._clock = clock
        self._mark = mark
        self._card: StationCard | None = None
        self._life = Life("A")

    @classmethod
    def open(cls, path: Path, key: bytes, *, clock: Clock) -> Store:
        """The file at `path`, made where it is missing; the calling thread is connected. Raises StoreFault (see db.opening)."""
        mark = Mark(path.with_name(".mark"))
        marked = mark.read()
        try:
            copied_alone = path.exists() and not mark.exists()
        except OSError as exc:
            raise store_fault(exc, path) from exc
        store = cls(open_database(path, key), clock, mark)
        store.connect()
        with translated():
            store._know_yourself()
            store._notice_a_restore(marked, copied_alone=copied_alone)
        erasing.finish(store)
        return store

    # ------------------------------------------------------------ connections and transactions

    def connect(self) -> None:
        """Open the calling thread's connection."""
        with translated():
            self.database.connect(reuse_if_open=True)

    def close(self) -> None:
        """Close the calling thread's connection."""
        self.database.close()

    @contextmanager
    def connected(self) -> Iterator[Store]:
        """The calling thread's connection, for as long as the block lasts."""
        was_open = not self.database.is_closed()
        self.connect()
        try:
            yield self
        finally:
            if not was_open:
                self.close()

    @contextmanager
    def immediate(self) -> Iterator[Connection]:
        """One writing transaction: all of it or nothing. Raises StoreFault."""
        with translated():
            db = self._db()
            db.execute("BEGIN IMMEDIATE")
            try:
                yield db
                db.execute("COMMIT")
            except BaseException:
                if db.in_transaction:
                    db.execute("ROLLBACK")
                raise

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        """One consistent picture for several questions."""
        with translated():
            db = self._db()
            if db.in_transaction:
                yield db
                return
            db.execute("BEGIN")
            try:
                yield db
            finally:
                db.execute("COMMIT")

    def _db(self) -> Connection:
        if self.database.is_closed():  # peewee would quietly open one here, and nobody would close it
            raise InterfaceError("this thread has no connection: see Store.connected")
        return self.database.connection()

    # ------------------------------------------------------------ who this is

    def set_station(self, card: StationCard) -> None:
        """This file belongs to this station from now on. Refuses (S109) to become another once it has entries."""
        with self.immediate() as db:
            if self._card and self._card.station != card.station and journal.chain_head(db, self._card.station, self._life):
                raise StoreFault("S109", station=self._card.station)
            memos.set_note(db, "station", msgspec.json.encode(card).decode())
            if memos.note(db, "life") is None:
                memos.set_note(db, "life", self._life)
        self._card = card
        if not self._mark.exists():
            self._mark.write(Head(card.station, self._life, 0, GENESIS))

    def station(self) -> StationCard | None:
        return self._card

    def life(self) -> Life:
        return self._life

    def begin_life(self, *, certain: bool = True) -> Life:
        """A new chain for this station: after a restore, or when this file was cloned. Raises StoreFault S108 when letters ran out."""
        with self.immediate() as db:
            used = {row[0] for row in db.execute("SELECT life FROM chains WHERE station = ?", (self._own(),))}
            marked = self._mark.read()
            used |= {self._life} | ({marked[0]} if marked else set())
            life = next_life(used, certain=certain)
            memos.set_note(db, "life", life)
        self._life = life
        self._mark.write(Head(self._own(), life, 0, GENESIS))
        return life

    def epoch(self) -> str:
        """This hub's epoch, made with its database: stations notice a hub that was restored or replaced."""
        found = self.note("epoch")
        if found is None:
            with self.immediate() as db:
                memos.set_note(db, "epoch", memos.note(db, "epoch") or new_nonce())
            found = self.note("epoch")
        if found is None:
            raise JournalDamaged("J110")
        return found

    # ------------------------------------------------------------ acts

    def accept(self, make: Make, *, officer: OfficerId) -> WorkOrder:
        """受理: give the next number, write what `make` answers for it. `make` may refuse; then nothing is written, no number used."""
        return self.accept_many([make], officer=officer)[0]

    def accept_many(self, makes: Sequence[Make], *, officer: OfficerId) -> tuple[WorkOrder, ...]:
        """受理 of several at once, for imports: one transaction, all of them or none. The entries are what `accept` would write."""
        now = self._clock.now_ms()
        made: list[projection.Folded] = []
        entry: Entry | None = None
        with self.immediate() as db:
            for make in makes:
                number = self._next_number(db, now)
                fact, person = make(number)
                entry = self._sealed(db, number, fact, person, officer=officer, now=now, basis=None)
                row = journal.append(db, entry, first_hand=True)
                made.append(projection.folded(number, row, (happened(entry),), self._own()))
            projection.write_new(db, made)
        if entry is not None:
            self._mark.write(Head(entry.station, entry.life, entry.serial, entry.hash))
        return tuple(each.order for each in made)

    def external_numbers(self) -> frozenset[str]:
        """外部编号 of all orders here: what an import already brought."""
        with translated():
            rows = self._db().execute("SELECT external_number FROM work_orders WHERE external_number <> ''")
            return frozenset(row[0] for row in rows)

    def data_version(self) -> int:
        """Another number than before: another connection has written since."""
        with translated():
            return int(self._db().execute("PRAGMA data_version").fetchone()[0])

    def record(
        self, number: Number, decide: Callable[[WorkOrder], tuple[Fact, Person | None]], *, officer: OfficerId
    ) -> WorkOrder:
        """One more fact: `decide` sees the order as it stands in this very transaction, and may refuse."""
        now = self._clock.now_ms()
        with self.immediate() as db:
            order = fold(number, journal.story(db, number))
            fact, person = decide(order)
            basis = journal.last_foreign(db, number, self._own(), self._life)
            entry = self._sealed(db, number, fact, person, officer=officer, now=now, basis=basis)
            row = journal.append(db, entry)
            if isinstance(fact, WordsErased) and journal.apply_erasure(db, row, fact):
                memos.set_note(db, memos.ERASING, "1")
            order = projection.refold(db, number, self._own())
        self._mark.write(Head(entry.station, entry.life, entry.serial, entry.hash))
        if isinstance(fact, WordsErased):
            erasing.finish(self)
        return order

    def _sealed(
        self,
        db: Connection,
        number: Number,
        fact: Fact,
        person: Person | None,
        *,
        officer: OfficerId,
        now: int,
        basis: str | None,
    ) -> Entry:
        head = journal.chain_head(db, self._own(), self._life)
        return seal(
            entry_id=new_entry_id(now),
            work_order=number,
            station=self._own(),
            life=self._life,
            serial=head.serial + 1 if head else 1,
            basis=basis,  # type: ignore[arg-type]
            officer=officer,
            recorded_at=now,
            clock_note=self.clock_note,
            kind=fact.kind,
            version=fact.version,
            prev_hash=head.hash if head else GENESIS,
            words=Words(new_salt(), words_of(fact)),
            person=None if person is None else Words(new_salt(), words_of(person)),
        )

    def _next_number(self, db: Connection, now: int) -> Number:
        """The next number of this life and day; serials without a printable check are skipped."""
        card = self._card
        if card is None:
            raise StoreFault("S110")
        day = local(now).date()
        last = journal.last_number(db, f"{card.county}-{card.station[-2:]}{self._life}-{day:%y%m%d}-", card.station)
        serial = numbering.serial_of(last[-5:-1]) if last else 0
        while True:
            serial += 1
            number = numbering.make(card.county, card.station[-2:], self._life, day, serial)
            if number is not None:
                return number

    # ------------------------------------------------------------ reading

    def order(self, number: Number) -> WorkOrder:
        """The order folded from its story as it lies here; stage UNREAD and no entries where it is not here at all."""
        with translated():
            return fold(number, journal.story(self._db(), number))

    def view(self, number: Number) -> OrderView:
        """The order with its whole history."""
        with translated():
            story = journal.story(self._db(), number)
        waiting = tuple(event.entry_id for event in story if event.hub_seq is None)
        return OrderView(fold(number, story), story, waiting)

    def resolve(self, text: str) -> Number | None:
        with translated():
            return queries.resolve(self._db(), text)

    def register(self, query: RegisterQuery, *, after: str | None, limit: int) -> RegisterPage:
        with translated():
            return queries.register(self.database, query, after=after, limit=limit)

    def by_phone(self, phone: str) -> tuple[RegisterRow, ...]:
        with translated():
            return queries.by_phone(self.database, phone, HISTORY_SHOWN)

    def counts(self) -> Counts:
        with self._reading() as db:
            return queries.counts(db, self._card.station if self._card else None, self._life)

    def held(self) -> tuple[HeldRecord, ...]:
        with translated():
            return queries.held(self._db())

    # ------------------------------------------------------------ proof

    def verify(self) -> VerifyReport:
        """Check every hash and chain, and that the tables are what the journal folds to. Reads only."""
        with self._reading() as db:
            problems = [*journal.damage(db), *projection.differences(db, self._card.station if self._card else None)]
            integrity = db.execute("PRAGMA quick_check").fetchone()[0]
            if integrity != "ok":
                problems.append("J111")
            return VerifyReport(
                sound=not problems,
                entries=db.execute("SELECT count(*) FROM entries").fetchone()[0],
                orders=db.execute("SELECT count(DISTINCT work_order) FROM entries").fetchone()[0],
                lives=db.execute("SELECT count(*) FROM chains").fetchone()[0],
                erased=db.execute("SELECT count(*) FROM erasures").fetchone()[0],
                problems=tuple(problems[:PROBLEMS_SHOWN]),
            )

    def rebuild(self) -> int:
        """Throw the folded tables away and fold the journal again. How many orders."""
        with self.immediate() as db:
            return projection.rebuild(db, self._card.station if self._card else None)

    # ------------------------------------------------------------ the line, at a station

    def unsent(self, life: Life, *, after: int, limit: int) -> list[Entry]:
        with translated():
            return journal.unsent(self._db(), self._own(), life, after=after, limit=limit)

    def unsent_lives(self) -> list[Life]:
        with translated():
            sql = "SELECT life FROM chains WHERE station = ? AND receipted < serial ORDER BY life"
            return [Life(row[0]) for row in self._db().execute(sql, (self._own(),))]

    def head(self, station: StationId, life: Life) -> Head | None:
        with translated():
            return journal.chain_head(self._db(), station, life)

    def receipted(self, life: Life) -> int:
        with translated():
            row = (
                self._db()
                .execute("SELECT receipted FROM chains WHERE station = ? AND life = ?", (self._own(), life))
                .fetchone()
            )
            return row[0] if row else 0

    def take_receipt(self, receipt: Receipt) -> frozenset[Number]:
        with self.immediate() as db:
            return exchange.take_receipt(db, receipt, self._own(), self._life)

    def take_in(self, page: Page) -> frozenset[Number]:
        with self.immediate() as db:
            touched = exchange.take_in(db, page, self._own())
        self._wipe_after(received.entry for received in page.entries)
        return touched

    def cursor(self) -> int:
        return int(self.note("sync.cursor") or "0")

    # ------------------------------------------------------------ the line, at a hub

    def receive(
        self, station: StationId, entries: Sequence[Entry], *, signature: bytes, now_ms: int, may_dispatch: bool = True
    ) -> Receipt:
        """A batch of one life (not empty), in serial order. See db.exchange for what it refuses."""
        with self.immediate() as db:
            receipt = exchange.receive(db, station, entries, signature=signature, now_ms=now_ms, may_dispatch=may_dispatch)
        self._wipe_after(entries)
        return receipt

    def _wipe_after(self, entries: Iterable[Entry]) -> None:
        """The words are gone with the transaction; their last traces go now, in the reader's own time."""
        if any(entry.kind == WordsErased.kind for entry in entries):
            erasing.finish(self)

    def page_for(self, reader: StationCard, *, after: int, limit: int, life: Life = Life("")) -> Page:
        """What concerns `reader` after its cursor; its own entries of `life`, which it holds, are left out."""
        with self._reading() as db:
            return routing.page_for(db, reader, after=after, limit=limit, life=life)

    def heads(self, station: StationId) -> tuple[Head, ...]:
        with translated():
            rows = self._db().execute("SELECT life, serial, hash FROM chains WHERE station = ? ORDER BY life", (station,))
            return tuple(Head(station, Life(life), serial, digest) for life, serial, digest in rows)

    # ------------------------------------------------------------ memos

    def note(self, key: str) -> str | None:
        with translated():
            return memos.note(self._db(), key)

    def set_note(self, key: str, value: str) -> None:
        with self.immediate() as db:
            memos.set_note(db, key, value)

    def add_round(self, report: RoundReport) -> RoundReport:
        with self.immediate() as db:
            return memos.add_round(db, report)

    def accounts(self) -> tuple[Account, ...]:
        with translated():
            return memos.accounts(self._db())

    def drafts(self) -> tuple[Draft, ...]:
        with translated():
            return memos.drafts(self._db())

    def prints(self, number: Number, form: str) -> int:
        """How often this form of the order was printed."""
        with translated():
            return memos.prints(self._db(), number, form)

    def rounds(self, limit: int) -> tuple[RoundReport, ...]:
        with translated():
            return memos.rounds(self._db(), limit)

    # ------------------------------------------------------------ at opening

    def _own(self) -> StationId:
        if self._card is None:
            raise StoreFault("S110")
        return self._card.station

    def _know_yourself(self) -> None:
        card, life = memos.note(self._db(), "station"), memos.note(self._db(), "life")
        self._card = msgspec.json.decode(card, type=StationCard) if card else None
        self._life = Life(life or "A")

    def _notice_a_restore(self, marked: Marked | None, *, copied_alone: bool) -> None:
        """Begin a new life where this file is older than its mark, or came here without one."""
        if self._card is None:
            return
        head = journal.chain_head(self._db(), self._card.station, self._life)
        if copied_alone and head is not None:
            self.begin_life(certain=False)
        elif marked is not None and is_behind(
            marked, self._life, head, lambda at: journal.hash_at(self._db(), self._own(), self._life, at)
        ):
            self.begin_life()
