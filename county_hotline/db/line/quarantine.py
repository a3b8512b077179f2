"""单独放着, as the rest of the program asks of it: what a hub holds and judges again; what a station knows of it, and sends again whole."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager

from sqlcipher3.dbapi2 import Connection

from county_hotline.db import entries_here
from county_hotline.db.beside import memos
from county_hotline.db.line import releasing, routing, taking_pages
from county_hotline.domain.entries import Entry
from county_hotline.domain.facts import KINDS
from county_hotline.domain.receipts import Held
from county_hotline.domain.reference import StationCard
from county_hotline.ids import EntryId, StationId

JUDGED_BY = "held.judged_by"
"""Note: the kinds and versions the hub knew when it last judged all that is held."""
Open = Callable[[], AbstractContextManager[Connection]]


class Quarantine:
    """What is held, at either end; `finish` wipes the last traces of words that a released erasure has erased."""

    def __init__(self, reading: Open, writing: Open, finish: Callable[[], bool]) -> None:
        self._reading, self._writing, self._finish = reading, writing, finish

    # ------------------------------------------------------------ at a hub

    def of(self, station: StationId) -> tuple[Held, ...]:
        """What the hub holds of this station's records now, and what of them came without its words."""
        with self._reading() as db:
            return tuple(Held(entry_id, code) for entry_id, code in entries_here.held_of(db, station))

    def recheck(self, cards: Mapping[StationId, StationCard], *, was: StationCard | None = None) -> list[EntryId]:
        """Judge again what is held of these stations (each as it is enrolled now). What stands now is released, and answered. `was`: the
        card of a station that has another now; what concerned it goes on to."""
        with self._writing() as db:
            if was is not None:
                routing.stays_concerned(db, was)
            released = releasing.recheck(db, cards)
            memos.set_note(db, JUDGED_BY, _known_kinds())
        self._finish()
        return released

    def is_due(self) -> bool:
        """Whether the program knows other kinds than when it last judged: it was upgraded."""
        with self._reading() as db:
            return memos.note(db, JUDGED_BY) != _known_kinds()

    # ------------------------------------------------------------ at a station

    def take(self, held: Sequence[Held], card: StationCard) -> frozenset[EntryId]:
        """All that the hub holds of this station's records now; what it holds no more is answered."""
        with self._writing() as db:
            return taking_pages.take_held(db, held, card)

    def known(self, station: StationId) -> tuple[Held, ...]:
        """What this station knows to be held of its records."""
        with self._reading() as db:
            rows = db.execute(
                "SELECT h.entry_id, h.code FROM held h JOIN entries e ON e.entry_id = h.entry_id "
                "WHERE e.station = ? AND h.code <> 'H108' ORDER BY h.entry_id",
                (station,),
            )
            return tuple(Held(EntryId(row[0]), row[1]) for row in rows)

    def entry(self, entry_id: EntryId) -> Entry | None:
        """One record as it lies here, whole."""
        with self._reading() as db:
            return entries_here.one(db, entry_id)

    def send_again(self, entry_id: EntryId) -> None:
        """再送: the next round sends this record once more, with its words."""
        with self._writing() as db:
            db.execute("INSERT OR IGNORE INTO resending VALUES (?)", (entry_id,))

    def to_send_again(self) -> tuple[Entry, ...]:
        """What is to be sent again, whole."""
        with self._reading() as db:
            ids = [EntryId(row[0]) for row in db.execute("SELECT entry_id FROM resending ORDER BY entry_id")]
            return tuple(entry for entry_id in ids if (entry := entries_here.one(db, entry_id)) is not None)

    def sent_again(self, entry_id: EntryId, code: str = "") -> None:
        """It was sent again; `code`: and refused once more for this."""
        with self._writing() as db:
            db.execute("DELETE FROM resending WHERE entry_id = ?", (entry_id,))
            if code:
                db.execute("UPDATE held SET code = ? WHERE entry_id = ?", (code, entry_id))


def _known_kinds() -> str:
    return " ".join(sorted(f"{kind}:{fact.version}" for kind, fact in KINDS.items()))
