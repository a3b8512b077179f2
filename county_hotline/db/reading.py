"""What is asked of the file: one order, lists of them, what waits, what the line needs. Nothing here writes."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import count
from pathlib import Path

from playhouse.sqlcipher_ext import SqlCipherDatabase

from county_hotline.db import entries_here, journal
from county_hotline.db.beside import inbox, memos
from county_hotline.db.beside.files import Files
from county_hotline.db.beside.knowledge import Knowledge
from county_hotline.db.beside.reference import Reference
from county_hotline.db.beside.shelf import Shelf
from county_hotline.db.connections import Connections
from county_hotline.db.line import file_rights, lapsing, routing
from county_hotline.db.opening import translated
from county_hotline.db.tables import projection, queries, register_pages, relations, waiting
from county_hotline.db.tables.regions import RegionNames
from county_hotline.domain.entries import Entry
from county_hotline.domain.folding import fold
from county_hotline.domain.happened import Happened
from county_hotline.domain.receipts import Head, Page
from county_hotline.domain.reference import Account, StationCard
from county_hotline.domain.tasks import TaskKind
from county_hotline.domain.views import (
    CallRow,
    ClusterRow,
    Counts,
    Draft,
    HeldRecord,
    Incoming,
    OrderView,
    RegisterPage,
    RegisterQuery,
    RegisterRow,
    RoundReport,
    SupervisionRow,
    TodayRow,
    Unplaced,
    VerifyReport,
)
from county_hotline.domain.work_order import WorkOrder
from county_hotline.errors import StoreFault
from county_hotline.ids import ClusterId, Life, Number, OfficerId, StationId

PROBLEMS_SHOWN = 100
HISTORY_SHOWN = 20


TOLD_EVERY = 100


class Reading(Connections):
    """The reading half of a `Store`."""

    def __init__(self, database: SqlCipherDatabase) -> None:
        super().__init__(database)
        self.reference = Reference(
            lambda sql, *values: self._db().execute(sql, values),
            connected=lambda: not database.is_closed(),
            together=self.immediate,
        )
        self.files = Files(Shelf(Path(database.database).parent / "attachments"), self._reading, self.immediate)
        self.knowledge = Knowledge(self._reading, self.immediate)
        self._card: StationCard | None = None
        self._region_names: RegionNames | None = None
        self._life = Life("A")

    # ------------------------------------------------------------ who this is

    def station(self) -> StationCard | None:
        return self._card

    def life(self) -> Life:
        return self._life

    def _own(self) -> StationId:
        return self._known_card().station

    def _known_card(self) -> StationCard:
        if self._card is None:
            raise StoreFault("S110")
        return self._card

    # ------------------------------------------------------------ one order

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

    # ------------------------------------------------------------ lists

    def register(self, query: RegisterQuery, *, after: str | None, limit: int) -> RegisterPage:
        with translated():
            return register_pages.register(self.database, query, after=after, limit=limit, regions=self._regions())

    def _regions(self) -> Callable[[str], tuple[str, ...]]:
        places = self.reference.places()
        if self._region_names is None or self._region_names.places is not places:
            self._region_names = RegionNames(places)
        return self._region_names.called

    def register_further(self, query: RegisterQuery, *, after: str | None, rows: int) -> str | None:
        with translated():
            return register_pages.further(self.database, query, after=after, rows=rows, regions=self._regions())

    def register_arrivals(self, query: RegisterQuery, *, limit: int) -> list[int]:
        with translated():
            return register_pages.arrivals(self.database, query, limit=limit, regions=self._regions())

    def register_arrived(self, rows: Sequence[int]) -> tuple[RegisterRow, ...]:
        with translated():
            return register_pages.arrived(self.database, rows)

    def register_row(self, number: Number) -> int | None:
        """By which arrival `register_arrived` knows the order."""
        with translated():
            return journal.row_of(self._db(), number)

    def by_phone(self, phone: str) -> tuple[RegisterRow, ...]:
        with translated():
            return queries.by_phone(self.database, phone, HISTORY_SHOWN)

    def counts(self) -> Counts:
        with self._reading() as db:
            return queries.counts(db, self._card.station if self._card else None, self._life)

    def held(self) -> tuple[HeldRecord, ...]:
        with translated():
            return queries.held(self._db())

    def external_numbers(self) -> frozenset[str]:
        """外部编号 of all orders here: what an import already brought."""
        with translated():
            rows = self._db().execute("SELECT external_number FROM work_orders WHERE external_number <> ''")
            return frozenset(row[0] for row in rows)

    def data_version(self) -> int:
        """Another number than before: another connection has written since."""
        with translated():
            return int(self._db().execute("PRAGMA data_version").fetchone()[0])

    def likely_repeats(self, *, phone: str, place: str, category: str, since: int, limit: int = 50) -> tuple[RegisterRow, ...]:
        """Orders that may be about the same: see `queries.likely_repeats`. Confidential callers' are left out."""
        with translated():
            return queries.likely_repeats(self.database, phone=phone, place=place, category=category, since=since, limit=limit)

    def dispatched_since(self, since: int, *, limit: int) -> list[tuple[Number, str, str]]:
        """What went where: see `queries.dispatched_since`. Confidential callers' are left out."""
        with translated():
            return queries.dispatched_since(self._db(), since, limit=limit)

    def orders_between(self, since_ms: int, until_ms: int) -> Iterator[tuple[Number, tuple[Happened, ...]]]:
        """The stories of the orders accepted from `since_ms` on and before `until_ms` (UTC ms), the oldest first, one at a time."""
        with translated():
            sql = "SELECT number FROM work_orders WHERE accepted_at >= ? AND accepted_at < ? ORDER BY accepted_at, row"
            numbers = [Number(row[0]) for row in self._db().execute(sql, (since_ms, until_ms))]
        for number in numbers:
            with translated():
                story = journal.story(self._db(), number)
            yield number, story

    def numbers_with(self, kind: str, limit: int = 200) -> tuple[Number, ...]:
        """Orders with an entry of this kind (its name on disk), those it was last written of first."""
        sql = "SELECT work_order FROM entries WHERE kind = ? GROUP BY work_order ORDER BY max(entry) DESC LIMIT ?"
        with translated():
            return tuple(Number(row[0]) for row in self._db().execute(sql, (kind, limit)))

    # ------------------------------------------------------------ 关联、同一事项

    def naming(self, number: Number) -> tuple[Number, ...]:
        """Orders here that say they are linked with this one."""
        with translated():
            return relations.naming(self._db(), number)

    def cluster(self, which: ClusterId) -> ClusterRow | None:
        """One matter with what is counted of it; None where none of its orders is here."""
        with translated():
            return relations.cluster(self._db(), which)

    def clusters(self, *, since: int = 0, limit: int) -> tuple[ClusterRow, ...]:
        """Matters with an order accepted since then (UTC ms), the one with the newest order first."""
        with translated():
            return relations.clusters(self._db(), since=since, limit=limit)

    def cluster_members(self, which: ClusterId, limit: int) -> tuple[Number, ...]:
        """A matter's orders here, the newest first."""
        with translated():
            return relations.members(self._db(), which, limit)

    # ------------------------------------------------------------ what waits

    def todo(
        self, units: Sequence[str], kinds: Collection[TaskKind], *, officer: OfficerId, watch_before: int, limit: int = 500
    ) -> tuple[TodayRow, ...]:
        """待办 of these units (codes, or `tasks.CENTRE`) and kinds, most urgent first; `watch_before`: UTC ms, see `waiting.todo`."""
        with self._reading() as db:
            return waiting.todo(db, units, kinds, officer=officer, watch_before=watch_before, limit=limit)

    def todo_counts(
        self, units: Sequence[str], kinds: Collection[TaskKind], *, officer: OfficerId, watch_before: int
    ) -> tuple[int, int]:
        """How many orders wait: those the officer had a hand in, and all; each counted once."""
        with translated():
            return waiting.counts(self._db(), units, kinds, officer=officer, watch_before=watch_before)

    def done_since(self, since_ms: int, officer: OfficerId | None = None) -> dict[str, int]:
        """How many entries this station wrote since then (UTC ms), by their kind on disk."""
        with self._reading() as db:
            return waiting.done_since(db, self._own(), since_ms, officer)

    def supervisions(self, *, open_only: bool, limit: int = 200) -> tuple[SupervisionRow, ...]:
        """督办台账, newest orders first."""
        with self._reading() as db:
            return waiting.supervisions(db, open_only=open_only, limit=limit)

    def calls(self, *, open_only: bool, limit: int = 200) -> tuple[CallRow, ...]:
        """现场: calls, newest orders first."""
        with self._reading() as db:
            return waiting.calls(db, open_only=open_only, limit=limit)

    def incoming(self, *, waiting_only: bool, limit: int = 500) -> tuple[Incoming, ...]:
        """待审核留言: those that wait, the oldest first; or all, the newest first."""
        with translated():
            return inbox.listed(self._db(), waiting_only=waiting_only, limit=limit)

    def known_incoming(self, external_number: str) -> bool:
        """Whether a message or an order with this number of another system is here."""
        with translated():
            return inbox.is_known(self._db(), external_number)

    # ------------------------------------------------------------ proof

    def verify(self, told: Callable[[int, int], None] = lambda _done, _total: None) -> VerifyReport:
        """Check every hash and chain, and that the tables are what the journal folds to. Reads only. `told(done, total)` now and then;
        what it raises ends the check."""
        with self._reading() as db:
            counts = "SELECT (SELECT count(*) FROM entries) + (SELECT count(DISTINCT work_order) FROM entries)"
            seen = _counted(db.execute(counts).fetchone()[0], told)
            problems = [*entries_here.damage(db, seen), *projection.differences(db, self._card, seen)]
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

    # ------------------------------------------------------------ the line

    def unsent(self, life: Life, *, after: int, limit: int) -> list[Entry]:
        with translated():
            return entries_here.unsent(self._db(), self._own(), life, after=after, limit=limit)

    def unsent_lives(self) -> list[Life]:
        with translated():
            sql = "SELECT life FROM chains WHERE station = ? AND receipted < serial ORDER BY life"
            return [Life(row[0]) for row in self._db().execute(sql, (self._own(),))]

    def head(self, station: StationId, life: Life) -> Head | None:
        with translated():
            return journal.chain_head(self._db(), station, life)

    def hash_at(self, station: StationId, life: Life, serial: int) -> bytes | None:
        """The hash of the entry at this place of a chain, or None where it is not here."""
        with translated():
            return journal.hash_at(self._db(), station, life, serial)

    def receipted(self, life: Life) -> int:
        with translated():
            row = (
                self._db()
                .execute("SELECT receipted FROM chains WHERE station = ? AND life = ?", (self._own(), life))
                .fetchone()
            )
            return row[0] if row else 0

    def cursor(self) -> int:
        return int(self.note("sync.cursor") or "0")

    def share_after(self, place: int) -> tuple[int, int]:
        """How many receipts lie after this place in the hub's order, and how many there are."""
        with translated():
            return lapsing.share(self._db(), place)

    def hash_at_place(self, place: int) -> bytes:
        """Of the entry that stands at this place in the hub's order; empty where none is here."""
        with translated():
            found = entries_here.at(self._db(), [place])
            return found[0].entry.hash if found else b""

    def unplaced(self, limit: int = 500) -> tuple[Unplaced, ...]:
        """Others' records that the hub has lost and that have not come back yet."""
        with self._reading() as db:
            return lapsing.unplaced(db, self._own(), limit)

    def page_for(self, reader: StationCard, *, after: int, limit: int, life: Life = Life("")) -> Page:
        """What concerns `reader` after its cursor; its own entries of `life`, which it holds, are left out."""
        with self._reading() as db:
            return routing.page_for(db, reader, after=after, limit=limit, life=life)

    def file_rights(self, reader: StationCard, sha256: str) -> file_rights.FileRights:
        """At a hub: what this station may do with a file."""
        with self._reading() as db:
            return file_rights.with_articles(db, file_rights.rights_of(db, reader, sha256), reader, sha256)

    def heads(self, station: StationId) -> tuple[Head, ...]:
        with translated():
            rows = self._db().execute("SELECT life, serial, hash FROM chains WHERE station = ? ORDER BY life", (station,))
            return tuple(Head(station, Life(life), serial, digest) for life, serial, digest in rows)

    # ------------------------------------------------------------ memos

    def note(self, key: str) -> str | None:
        with translated():
            return memos.note(self._db(), key)

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


def _counted(total: int, told: Callable[[int, int], None]) -> Callable[[], None]:
    """Tells of every hundredth."""
    done = count(1)

    def seen() -> None:
        at = next(done)
        if not at % TOLD_EVERY:
            told(min(at, total), total)

    return seen
