"""附件 as files: which the journal names, and where each stands between this PC and its hub. What names a file is folded from the journal;
how far it has come is kept beside it. The bytes lie on the shelf.

`store.files` of every store: the line, parcels, the desk and the hub ask here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from typing import Final

from sqlcipher3.dbapi2 import Connection

from county_hotline.db.beside.file_senders import KEPT_FOR_NOBODY, SHARE, SHOWN
from county_hotline.db.beside.shelf import Shelf
from county_hotline.domain.facts import AttachmentAdded
from county_hotline.domain.files import FileState, FileWay, Naming, names_a_file
from county_hotline.domain.upcasts import read_fact
from county_hotline.ids import Life, Number

EPOCH: Final = "files.epoch"
"""Note: the epoch of the hub that said what it holds."""

_LIVING: Final = (
    "FROM attachments a JOIN entries e ON e.entry_id = a.entry_id LEFT JOIN files f ON f.sha256 = a.sha256 "
    "WHERE NOT EXISTS (SELECT 1 FROM erasures x WHERE x.entry = e.entry)"
)
"""What an entry names that nobody has erased anything of."""
_STATE: Final = (
    "a.sha256, a.size, ifnull(f.here, 0), ifnull(f.sent, 0), ifnull(f.way, ''), ifnull(f.wanted, 0), ifnull(f.fault, '')"
)
_AT_THE_HUB: Final = "EXISTS (SELECT 1 FROM receipts r WHERE r.entry = e.entry) AND NOT EXISTS (SELECT 1 FROM held h WHERE h.entry_id = e.entry_id)"
_OF_ARTICLES: Final = (
    "FROM (SELECT DISTINCT n.sha256, n.size, k.state = 1 AS placed, "
    "k.station = (SELECT json_extract(value, '$.station') FROM notes WHERE key = 'station') AS own "
    "FROM article_files n JOIN knowledge k ON k.item = n.item) a LEFT JOIN files f ON f.sha256 = a.sha256 WHERE 1"
)
"""What a version of an article names: nobody's secret, sent by the station that wrote the version, fetched by all."""
_WITHHELD: Final = "a.personal = 1 AND e.person_hash <> x'' AND NOT EXISTS (SELECT 1 FROM persons p WHERE p.entry = e.entry) "
"""It shows a caller whom this station is not told."""


_STILL_NAMED: Final = (
    f"SELECT 1 {_LIVING} AND :file IN (a.sha256, a.original) AND {SHOWN.format('e.station')} UNION ALL "
    "SELECT 1 FROM article_files n JOIN knowledge k ON k.item = n.item "
    f"WHERE n.sha256 = :file AND {SHOWN.format('k.station')} LIMIT 1"
)


class Files:
    """What is known of files at this PC. `to_send` and `to_fetch` name each file once, the smallest first."""

    def __init__(
        self,
        shelf: Shelf,
        read: Callable[[], AbstractContextManager[Connection]],
        write: Callable[[], AbstractContextManager[Connection]],
    ) -> None:
        self.shelf = shelf
        self._read = read
        self._write = write

    # ------------------------------------------------------------ asked

    def to_send(self) -> tuple[FileState, ...]:
        """Whole here, not whole at the hub, and named by an entry the hub has signed for. Whatever was said of their way."""
        waits = "AND ifnull(f.here, 0) >= a.size AND ifnull(f.sent, 0) < a.size"
        return self._states(f"{_LIVING} AND {_AT_THE_HUB} {waits}") + self._states(
            f"{_OF_ARTICLES} AND a.placed AND a.own {waits}"
        )

    def unsent(self) -> tuple[FileState, ...]:
        """Whole here and not whole at the hub, whether or not it has signed for the entry that names it: a parcel brings that along."""
        waits = "AND ifnull(f.here, 0) >= a.size AND ifnull(f.sent, 0) < a.size"
        return self._states(f"{_LIVING} {waits}") + self._states(f"{_OF_ARTICLES} AND a.own {waits}")

    def to_fetch(self, up_to: int | None = None) -> tuple[FileState, ...]:
        """Not whole here, named by an entry the hub has placed, not kept from this station. Of those larger than `up_to` bytes, and of
        those the hub would not give, only what a person asked for; None: all. What came spoilt (N122) is fetched once more."""
        small = (
            ""
            if up_to is None
            else f"AND (ifnull(f.wanted, 0) OR (a.size <= {int(up_to)} AND ifnull(f.fault, '') IN ('', 'N122')))"
        )
        ours = self._states(f"{_LIVING} AND {_AT_THE_HUB} AND ifnull(f.here, 0) < a.size AND NOT ({_WITHHELD}) {small}")
        return ours + self._states(f"{_OF_ARTICLES} AND a.placed AND ifnull(f.here, 0) < a.size {small}")

    def state(self, sha256: str) -> FileState | None:
        """One file; None where no entry and no article names it."""
        found = self._states(f"{_LIVING} AND a.sha256 = ?", sha256) or self._states(f"{_OF_ARTICLES} AND a.sha256 = ?", sha256)
        return found[0] if found else None

    def named(self, sha256: str) -> tuple[Naming, ...]:
        """Every living entry that names this file."""
        return self._namings(f"{_LIVING} AND a.sha256 = ?", sha256)

    def of_order(self, number: Number) -> tuple[tuple[Naming, FileState], ...]:
        """The files of one order that are not erased, in the order in which their entries came here."""
        with self._read() as db:
            rows = db.execute(
                f"SELECT {_NAMING}, {_STATE} {_LIVING} AND e.work_order = ? ORDER BY e.entry", (number,)
            ).fetchall()
        return tuple((_naming(row[:6]), _state(row[6:])) for row in rows)

    def is_withheld(self, entry_id: str) -> bool:
        """Whether the file this entry names shows a caller whom this station is not told."""
        with self._read() as db:
            return db.execute(f"SELECT 1 {_LIVING} AND a.entry_id = ? AND {_WITHHELD}", (entry_id,)).fetchone() is not None

    # ------------------------------------------------------------ noted

    def note_here(self, sha256: str, offset: int) -> None:
        """So many bytes of it lie here; the whole size only once its hash was found right."""
        self._put("here", sha256, offset)

    def note_sent(self, sha256: str, offset: int) -> None:
        """The hub says that it holds so many bytes of it."""
        self._put("sent", sha256, offset)

    def take_piece(self, sha256: str, offset: int, piece: bytes, *, size: int, station: str, knows: bool) -> int | None:
        """At a hub: a piece of a file of `size` bytes that this station sends, behind what is here; from one that may not know whether it is
        here (`knows`) behind its own pieces alone. How far it is then; None where all came and it was another: it is thrown away.

        Who has sent the very file has shown that it had it, whether or not it was here before. Raises StoreFault."""
        shelf = self.shelf
        came = (shelf.append if knows else shelf.append_apart)(sha256, offset, piece, station)
        if came < size or (knows and shelf.has(sha256)):
            return came
        if not (shelf.is_same(sha256, station) if shelf.has(sha256) else shelf.finish(sha256, station)):
            return None
        self.note_here(sha256, size)
        with self._write() as db:
            db.execute("INSERT OR IGNORE INTO file_senders VALUES (?,?)", (sha256, station))
        return size

    def note_taken(self, sha256: str, station: str) -> None:
        """At a hub: this station was given all of a file that another has sent."""
        with self._write() as db:
            db.execute(
                "INSERT OR IGNORE INTO file_senders SELECT ?, ? WHERE EXISTS (SELECT 1 FROM file_senders WHERE sha256 = ?)",
                (sha256, station, sha256),
            )

    def has_room_for(self, station: str, sha256: str, size: int) -> bool:
        """At a hub: whether this station may begin to send this file. With what nobody else has been given yet, and what it has begun, it
        takes no more than its part (`SHARE`) of the room there is for files."""
        with self._read() as db:
            kept: int = db.execute(KEPT_FOR_NOBODY, (station,)).fetchone()[0]
            begun = sum(max(came, _named_size(db, each)) for each, came in self.shelf.coming(station).items() if each != sha256)
        return int(kept) + begun + size <= (self.shelf.room() + int(kept)) // SHARE

    def came(self, sha256: str, size: int) -> None:
        """It came whole from the hub: so the hub holds it, and nobody waits for it any more."""
        with self._write() as db:
            db.execute(
                "INSERT INTO files (sha256, here, sent) VALUES (?,?,?) ON CONFLICT DO UPDATE SET "
                "here = excluded.here, sent = excluded.sent, wanted = 0, fault = ''",
                (sha256, size, size),
            )

    def note_fault(self, sha256: str, code: str) -> None:
        """What kept it from going or coming; empty once it goes again."""
        self._put("fault", sha256, code)

    def let_wait(self, sha256: str, way: FileWay) -> None:
        """What a person said of how it goes."""
        self._put("way", sha256, way.value)

    def want(self, sha256: str, *, yes: bool = True) -> None:
        """A person asks for it to be fetched with the next round, however large, even though the hub would not give it before."""
        with self._write() as db:
            db.execute(
                "INSERT INTO files (sha256, wanted) VALUES (?,?) ON CONFLICT DO UPDATE SET wanted = excluded.wanted, fault = ''",
                (sha256, int(yes)),
            )

    def begin(self, sha256: str, life: Life) -> None:
        """It is about to be put on the disk; its entry follows. Where that never comes, `sweep` takes it away."""
        self._put("begun", sha256, life)

    def heard_of(self, epoch: str) -> None:
        """The hub's epoch: another one than before means that what it held of files is not known any more."""
        with self._write() as db:
            known = db.execute("SELECT value FROM notes WHERE key = ?", (EPOCH,)).fetchone()
            if known is None or known[0] != epoch:
                db.execute("UPDATE files SET sent = 0")
                db.execute("INSERT INTO notes VALUES (?,?) ON CONFLICT DO UPDATE SET value = excluded.value", (EPOCH, epoch))

    def look_again(self) -> None:
        """Compare what is noted with what lies on the disk: a file that is gone is fetched again, one that came by itself is known."""
        with self._read() as db:
            lies_here = "SELECT a.sha256, a.size, ifnull(f.here, 0)"
            noted = db.execute(f"{lies_here} {_LIVING} UNION {lies_here} {_OF_ARTICLES}").fetchall()
        lies = [(sha256, size, here, self.shelf.size(sha256) == size) for sha256, size, here in noted]
        wrong = [(sha256, size if is_here else 0) for sha256, size, here, is_here in lies if is_here != (here >= size)]
        if wrong:
            with self._write() as db:
                for sha256, here in wrong:
                    _set(db, "here", sha256, here)

    # ------------------------------------------------------------ going

    def sweep(self, life: Life) -> int:
        """Take away what was begun in this life and never named. How many files."""
        with self._write() as db:
            rows = db.execute(
                "SELECT sha256 FROM files f WHERE begun = ? AND NOT EXISTS "
                "(SELECT 1 FROM attachments a WHERE a.sha256 = f.sha256 OR a.original = f.sha256) "
                "AND sha256 NOT IN (SELECT sha256 FROM article_files)",
                (life,),
            ).fetchall()
            gone = [row for row in rows if self.shelf.forget(row[0])]
            db.executemany("DELETE FROM files WHERE sha256 = ?", gone)
            named = "SELECT sha256 FROM attachments UNION SELECT sha256 FROM article_files"
            db.execute(f"UPDATE files SET begun = '' WHERE begun = ? AND sha256 IN ({named})", (life,))
            return len(gone)

    def wipe(self) -> bool:
        """Take away files whose naming was erased and which nobody else names who had them. False where one could not go yet."""
        with self._write() as db:
            erased = [row[0] for row in db.execute("SELECT sha256 FROM files_erased")]
            for sha256 in erased:
                named = db.execute(_STILL_NAMED, {"file": sha256}).fetchone()
                if named is None and db.execute("SELECT 1 FROM article_files WHERE sha256 = ?", (sha256,)).fetchone() is None:
                    if not self.shelf.forget(sha256):
                        continue
                    db.execute("DELETE FROM files WHERE sha256 = ?", (sha256,))
                db.execute("DELETE FROM files_erased WHERE sha256 = ?", (sha256,))
            return db.execute("SELECT 1 FROM files_erased LIMIT 1").fetchone() is None

    # ------------------------------------------------------------ inside

    def _put(self, column: str, sha256: str, value: int | str) -> None:
        with self._write() as db:
            _set(db, column, sha256, value)

    def _states(self, tail: str, *values: object) -> tuple[FileState, ...]:
        with self._read() as db:
            rows = db.execute(f"SELECT DISTINCT {_STATE} {tail} ORDER BY a.size, a.sha256", values).fetchall()
        return tuple(_state(row) for row in rows)

    def _namings(self, tail: str, *values: object) -> tuple[Naming, ...]:
        with self._read() as db:
            return namings(db, tail, values)


_NAMING: Final = "a.sha256, a.size, e.work_order, a.entry_id, e.station, a.personal"


def namings(db: Connection, tail: str, values: Iterable[object]) -> tuple[Naming, ...]:
    """Living entries that name files; `tail` is SQL of this folder from `_LIVING` on."""
    return tuple(_naming(row) for row in db.execute(f"SELECT {_NAMING} {tail} ORDER BY e.entry", tuple(values)))


def naming(db: Connection, sha256: str) -> tuple[Naming, ...]:
    """Living entries that name this file, inside the caller's transaction."""
    return namings(db, f"{_LIVING} AND a.sha256 = ?", (sha256,))


def doom(db: Connection, entry: int) -> None:
    """Words of this entry (arrival number) are about to be erased: the file it names is to go too (see `wipe`)."""
    row = db.execute(
        "SELECT e.kind, e.version, w.body FROM entries e JOIN words w ON w.entry = e.entry WHERE e.entry = ? AND e.kind = ?",
        (entry, AttachmentAdded.kind),
    ).fetchone()
    fact = read_fact(*row) if row else None
    if isinstance(fact, AttachmentAdded) and names_a_file(fact):
        hashes = [(each,) for each in (fact.sha256, fact.original) if each]
        db.executemany("INSERT OR IGNORE INTO files_erased VALUES (?)", hashes)


def _named_size(db: Connection, sha256: str) -> int:
    """How large it is said to be; 0 where nothing names it any more."""
    size: int = db.execute(
        "SELECT max((SELECT ifnull(max(size), 0) FROM attachments WHERE sha256 = ?), "
        "(SELECT ifnull(max(size), 0) FROM article_files WHERE sha256 = ?))",
        (sha256, sha256),
    ).fetchone()[0]
    return size


def _set(db: Connection, column: str, sha256: str, value: int | str) -> None:
    db.execute(
        f"INSERT INTO files (sha256, {column}) VALUES (?,?) ON CONFLICT DO UPDATE SET {column} = excluded.{column}",
        (sha256, value),
    )


def _state(row: tuple) -> FileState:  # type: ignore[type-arg]
    return FileState(row[0], row[1], row[2], row[3], FileWay(row[4]), bool(row[5]), row[6])


def _naming(row: tuple) -> Naming:  # type: ignore[type-arg]
    return Naming(row[0], row[1], Number(row[2]), row[3], row[4], None if row[5] < 0 else bool(row[5]))
