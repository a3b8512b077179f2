"""A hub's epoch: made with its database, and made anew when the file turns out to be older than its mark, or a person says so.

The mark lies beside the database: the epoch, the last place given in it, and how the epochs came from one another. Like a station's mark
it is written after the commit and never forced to the disk. A file without the mark it once had was copied here alone. A new epoch
costs next to nothing where nothing was lost, so in doubt there is one.
"""

from __future__ import annotations

import logging
import os
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Final

import msgspec
from sqlcipher3.dbapi2 import Connection

from county_hotline.db import journal
from county_hotline.db.beside import memos
from county_hotline.db.connections import Connections
from county_hotline.db.line import releasing
from county_hotline.db.opening import translated
from county_hotline.domain.entries import Entry
from county_hotline.domain.epochs import Branch, Earlier, lineage, together
from county_hotline.domain.reference import StationCard
from county_hotline.errors import JournalDamaged
from county_hotline.ids import StationId, new_nonce

log = logging.getLogger(__name__)

EPOCH: Final = "epoch"
BRANCHES: Final = "epoch.branches"
MARKED: Final = "epoch.marked"
FILE: Final = ".places"
_WIDTH: Final = 48
"""Of the first line, which is overwritten in place."""

_branches = msgspec.json.Decoder(tuple[Branch, ...])


class Marked(msgspec.Struct, frozen=True):
    """What lies beside the database."""

    epoch: str
    place: int
    branches: tuple[Branch, ...]


class Epochs:
    """Of one hub's file; `store` gives connection and transactions."""

    def __init__(self, store: Connections, path: Path) -> None:
        self._store = store
        self._path = path.with_name(FILE)
        self._descriptor: int | None = None
        self._writing = threading.Lock()
        self.enrolled: Callable[[StationId], StationCard | None] = lambda _: None
        """The station as it is enrolled now; told by the hub."""

    def __del__(self) -> None:
        if self._descriptor is not None:
            os.close(self._descriptor)

    def present(self) -> str:
        """The epoch in force; made where there is none. Raises JournalDamaged J110 where the file does not keep it."""
        with translated():
            found = memos.note(self._db(), EPOCH)
        if found is not None:
            return found
        with self._store.immediate() as db:
            memos.set_note(db, EPOCH, memos.note(db, EPOCH) or new_nonce())
            memos.set_note(db, MARKED, "1")
            found = memos.note(db, EPOCH)
        if found is None:
            raise JournalDamaged("J110")
        self._write(Marked(found, 0, ()))
        return found

    def earlier(self) -> tuple[Earlier, ...]:
        """Every earlier epoch with the last place that still holds, for the hello."""
        with translated():
            db = self._db()
            found = lineage(self.present(), _branches_in(db))
            return tuple(msgspec.structs.replace(each, hash=_hash_at(db, each.through)) for each in found)

    def give(self, place: int) -> None:
        """Places up to this one are given and on the disk. Failure to write is no failure of what was done: the mark is a second net."""
        if self._overwritten(_line(self.present(), place)):
            return
        with self._store.immediate() as db:
            memos.set_note(db, MARKED, "1")
            branches = _branches_in(db)
        self._write(Marked(self.present(), place, branches))

    def _overwritten(self, line: bytes) -> bool:
        """False where there is no mark yet."""
        with self._writing:
            try:
                if self._descriptor is None:
                    self._descriptor = os.open(self._path, os.O_WRONLY)
                os.lseek(self._descriptor, 0, os.SEEK_SET)
                os.write(self._descriptor, line)
            except FileNotFoundError:
                return False
            except OSError:
                log.warning("mark_not_written file=%s", FILE)
        return True

    def notice(self) -> bool:
        """At opening: a new epoch where this file is older than its mark, or came here without one. Whether there is one."""
        with translated():
            db = self._db()
            epoch, last = memos.note(db, EPOCH), journal.last_place(db)
            was_marked, branches = memos.note(db, MARKED) is not None, _branches_in(db)
        if epoch is None:
            return False
        marked = self._read()
        if marked is None:
            is_older = was_marked and not self._path.exists()
        elif marked.epoch == epoch:
            is_older = marked.place > last
        else:
            is_older = marked.epoch not in {each.epoch for each in lineage(epoch, branches)}
        if is_older:
            self.begin(marked=marked)
        return is_older

    def begin(self, *, through: int | None = None, marked: Marked | None = None) -> str:
        """A new epoch, which shares the present one up to place `through` (None: the last that is here)."""
        marked = marked or self._read()
        new = new_nonce()
        with self._store.immediate() as db:
            was, last = memos.note(db, EPOCH) or new_nonce(), journal.last_place(db)
            shared = last if through is None else min(through, last)
            known = together(marked.branches if marked else (), _branches_in(db), (Branch(new, was, shared),))
            memos.set_note(db, EPOCH, new)
            memos.set_note(db, BRANCHES, msgspec.json.encode(known).decode())
            memos.set_note(db, MARKED, "1")
        self._write(Marked(new, last, known))
        log.warning("epoch_begun epoch=%s after=%s through=%d", new[:8], was[:8], shared)
        return new

    def catch_up(self, db: Connection, came: Sequence[Entry]) -> None:
        """Where the hub was once put back, answers may have come again before their questions, and were held because their order did not
        concern their writer yet: what these entries may have brought to others is judged again."""
        if memos.note(db, BRANCHES) is None:
            return
        numbers = {entry.work_order for entry in came}
        for station in releasing.waiting_in(db, numbers) - {entry.station for entry in came}:
            if (card := self.enrolled(station)) is not None:
                releasing.judge_again(db, station, card, numbers=numbers)

    def given_so_far(self) -> None:
        """The mark follows what other ways in than `Store.receive` have given."""
        with translated():
            last = journal.last_place(self._db())
        self.give(last)

    def through_before(self, since_ms: int) -> int:
        """The last place given before this moment of the hub's clock."""
        with translated():
            found: int = (
                self._db()
                .execute("SELECT ifnull(max(hub_seq), 0) FROM receipts WHERE received_at < ?", (since_ms,))
                .fetchone()[0]
            )
        return found

    def _db(self) -> Connection:
        return self._store.database.connection()

    def _read(self) -> Marked | None:
        """None where there is no mark or it cannot be read."""
        try:
            first, _, rest = self._path.read_text("ascii").partition("\n")
            epoch, place = first.split()
            return Marked(epoch, int(place), _branches.decode(rest or "[]"))
        except (OSError, ValueError, msgspec.MsgspecError):
            return None

    def _write(self, marked: Marked) -> None:
        """The whole mark, whose tail changes with each epoch only."""
        fresh = self._path.with_name(f"{FILE}.new")
        with self._writing:
            if self._descriptor is not None:
                os.close(self._descriptor)
                self._descriptor = None
            try:
                fresh.write_bytes(_line(marked.epoch, marked.place) + msgspec.json.encode(marked.branches))
                fresh.replace(self._path)
            except OSError:
                log.warning("mark_not_written file=%s", FILE)


def _line(epoch: str, place: int) -> bytes:
    return f"{epoch} {place:015d}".ljust(_WIDTH - 1).encode("ascii") + b"\n"


def _branches_in(db: Connection) -> tuple[Branch, ...]:
    text = memos.note(db, BRANCHES)
    return _branches.decode(text) if text else ()


def _hash_at(db: Connection, place: int) -> bytes:
    row = db.execute(
        "SELECT e.hash FROM receipts r JOIN entries e ON e.entry = r.entry WHERE r.hub_seq = ?", (place,)
    ).fetchone()
    return row[0] if row else b""
