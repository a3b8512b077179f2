"""The ledger of parcels at a station or a hub: which were made for whom, and which of whose were read, by serial and by their very bytes."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import groupby
from typing import Final

import msgspec

from county_hotline.db import journal
from county_hotline.db.connections import Connections
from county_hotline.db.opening import translated
from county_hotline.domain.receipts import Held, Receipt, Run
from county_hotline.ids import EntryId, Life, StationId

OUT: Final = "out"
IN: Final = "in"


class Carried(msgspec.Struct, frozen=True):
    """One parcel that was made or read here."""

    peer: str
    """A hub's id, or a station."""
    way: str
    """OUT or IN."""
    serial: int
    digest: str
    """SHA-256 of its tag manifest; empty where it was begun and never finished."""
    at: int
    entries: int
    files: int


class Parcels:
    """Reads and writes of the ledger; `store` gives connection and transactions."""

    def __init__(self, store: Connections) -> None:
        self._store = store

    def begin(self, peer: str, at: int) -> tuple[int, int]:
        """A serial for a new parcel to this peer, and that of the last one that was finished (0 for none). A serial is given once,
        whatever becomes of it."""
        with self._store.immediate() as db:
            last, finished = db.execute(
                "SELECT ifnull(max(serial), 0), ifnull(max(serial) FILTER (WHERE digest <> ''), 0) FROM parcels "
                "WHERE peer = ? AND way = ?",
                (peer, OUT),
            ).fetchone()
            db.execute("INSERT INTO parcels VALUES (?,?,?,'',?,0,0)", (peer, OUT, last + 1, at))
        return last + 1, finished

    def finish(self, peer: str, serial: int, *, digest: str, entries: int, files: int) -> None:
        """The parcel of this serial lies on its medium."""
        with self._store.immediate() as db:
            db.execute(
                "UPDATE parcels SET digest = ?, entries = ?, files = ? WHERE peer = ? AND way = ? AND serial = ?",
                (digest, entries, files, peer, OUT, serial),
            )

    def here(self, ids: Iterable[EntryId]) -> int:
        """How many of these entries are in the journal already."""
        with translated():
            return len(journal.entries_here(self._store.database.connection(), ids))

    def took(self, found: Carried) -> None:
        """A parcel was read to its end. Again changes nothing."""
        with self._store.immediate() as db:
            db.execute(
                "INSERT OR IGNORE INTO parcels VALUES (?,?,?,?,?,?,?)",
                (found.peer, IN, found.serial, found.digest, found.at, found.entries, found.files),
            )

    def has(self, peer: str, digest: str) -> bool:
        """Whether this very parcel was read before."""
        with translated():
            row = (
                self._store.database.connection()
                .execute("SELECT 1 FROM parcels WHERE peer = ? AND way = ? AND digest = ?", (peer, IN, digest))
                .fetchone()
            )
        return row is not None

    def last(self, peer: str, way: str) -> int:
        """The highest serial made for, or read from, this peer; 0 for none."""
        with translated():
            row = (
                self._store.database.connection()
                .execute("SELECT ifnull(max(serial), 0) FROM parcels WHERE peer = ? AND way = ?", (peer, way))
                .fetchone()
            )
        return int(row[0])

    def listed(self, limit: int = 50) -> tuple[Carried, ...]:
        """The last ones, newest first."""
        with translated():
            rows = (
                self._store.database.connection()
                .execute(
                    "SELECT peer, way, serial, digest, at, entries, files FROM parcels WHERE digest <> '' "
                    "ORDER BY at DESC, serial DESC LIMIT ?",
                    (limit,),
                )
                .fetchall()
            )
        return tuple(Carried(*row) for row in rows)


def receipts_from(store: Connections, station: StationId, life: Life, *, after: int) -> tuple[Receipt, ...]:
    """At a hub: its word for the entries of a life from serial `after` + 1 on, as it was first given: one receipt for each moment at which
    entries came, with what of them is held."""
    with translated():
        db = store.database.connection()
        head = journal.chain_head(db, station, life)
        rows = db.execute(
            "SELECT r.received_at, e.serial, r.hub_seq, ifnull(h.entry_id, ''), ifnull(h.code, '') FROM entries e "
            "JOIN receipts r ON r.entry = e.entry LEFT JOIN held h ON h.entry_id = e.entry_id AND h.code <> 'H108' "
            "WHERE e.station = ? AND e.life = ? AND e.serial > ? ORDER BY e.serial",
            (station, life, after),
        ).fetchall()
    if head is None:
        return ()
    return tuple(
        Receipt(station, life, head.serial, head.hash, _runs(part), at, tuple(Held(row[3], row[4]) for row in part if row[3]))
        for at, part in ((at, list(part)) for at, part in groupby(rows, key=lambda row: row[0]))
    )


def _runs(rows: list[tuple[int, int, int, str, str]]) -> tuple[Run, ...]:
    """Neighbours in the chain that are neighbours in the hub's order too."""
    runs: list[Run] = []
    for _, serial, seq, *_ in rows:
        last = runs[-1] if runs else None
        if last and serial == last.last + 1 and seq == last.hub_seq + serial - last.first:
            runs[-1] = Run(last.first, serial, last.hub_seq)
        else:
            runs.append(Run(serial, serial, seq))
    return tuple(runs)
