"""The hub's own tables beside the journal: which stations there are and by which key, and the one-time codes that let them in."""

from __future__ import annotations

import logging
from typing import Final

import msgspec

from county_hotline.db.opening import translated
from county_hotline.db.store import Store
from county_hotline.domain.receipts import Held, Receipt, runs_of
from county_hotline.domain.reference import StationCard
from county_hotline.ids import EntryId, Life, StationId
from county_hotline.sync.keys import PublicKey

log = logging.getLogger(__name__)

_NEW_KEY: Final = "NEW.station, NEW.key_id, NEW.algorithm, NEW.public_key"
_TABLES: Final = (
    "CREATE TABLE IF NOT EXISTS hub_stations (station TEXT PRIMARY KEY, key_id TEXT NOT NULL UNIQUE, algorithm TEXT NOT NULL, "
    "public_key BLOB NOT NULL, card BLOB NOT NULL, enrolled_at INTEGER NOT NULL, last_seen INTEGER NOT NULL, "
    "program TEXT NOT NULL) STRICT, WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS hub_codes (hash BLOB PRIMARY KEY, card BLOB NOT NULL, replaces INTEGER NOT NULL, "
    "expires_at INTEGER NOT NULL, used_by TEXT NOT NULL DEFAULT '') STRICT, WITHOUT ROWID",
    "CREATE TABLE IF NOT EXISTS hub_keys (station TEXT NOT NULL, key_id TEXT NOT NULL, algorithm TEXT NOT NULL, "
    "public_key BLOB NOT NULL, PRIMARY KEY (station, key_id)) STRICT, WITHOUT ROWID",
    "CREATE TRIGGER IF NOT EXISTS hub_keys_are_kept AFTER INSERT ON hub_stations "
    f"BEGIN INSERT OR IGNORE INTO hub_keys VALUES ({_NEW_KEY}); END",
    "INSERT OR IGNORE INTO hub_keys SELECT station, key_id, algorithm, public_key FROM hub_stations",
)
"""`hub_keys`: every key a station ever had here; what it signed by an old one is still its own."""
_SEEN_EVERY_MS: Final = 300_000
"""Every request writing down that it came would cost a disk flush each."""


class EnrolledStation(msgspec.Struct, frozen=True):
    """A station the hub knows."""

    card: StationCard
    key: PublicKey
    enrolled_at: int
    last_seen: int
    program: str


class Code(msgspec.Struct, frozen=True):
    """A one-time code as it is kept: only its hash."""

    hash: bytes
    card: StationCard
    replaces: bool
    expires_at: int
    used_by: str = ""
    """Key id of the station that used it."""


class Storage:
    """Reads and writes of the hub's own tables; `store` gives connection and transactions."""

    def __init__(self, store: Store) -> None:
        self._store = store
        with store.immediate() as db:
            for statement in _TABLES:
                db.execute(statement)
        store.epochs.enrolled = self._card_of

    def _card_of(self, station: StationId) -> StationCard | None:
        if (found := self.station(station)) is not None:
            return found.card
        return next((card for card in self._cards_below() if card.station == station), None)

    def _cards_below(self) -> list[StationCard]:
        with translated():
            return [_card_of(row[0]) for row in self._store.database.connection().execute("SELECT card FROM below")]

    def station_by_key(self, key_id: str) -> EnrolledStation | None:
        return self._station("key_id", key_id)

    def station(self, station: StationId) -> EnrolledStation | None:
        return self._station("station", station)

    def stations(self) -> tuple[EnrolledStation, ...]:
        with translated():
            rows = self._store.database.connection().execute(f"SELECT {_FIELDS} FROM hub_stations ORDER BY station")
            return tuple(_station_of(row) for row in rows)

    def keys(self, station: StationId) -> tuple[PublicKey, ...]:
        """Every key the station ever had here, the present one first."""
        with translated():
            rows = self._store.database.connection().execute(
                "SELECT k.public_key, k.algorithm FROM hub_keys k LEFT JOIN hub_stations s ON s.key_id = k.key_id "
                "WHERE k.station = ? ORDER BY s.station IS NULL, k.key_id",
                (station,),
            )
            return tuple(PublicKey(raw, algorithm) for raw, algorithm in rows)

    def stands_below(self, station: StationId) -> str:
        """The relay by which the station was introduced; empty where it was not."""
        with translated():
            row = self._store.database.connection().execute("SELECT relay FROM below WHERE station = ?", (station,)).fetchone()
        return row[0] if row else ""

    def seen(self, station: EnrolledStation, now_ms: int) -> None:
        """Note that it spoke, now and then."""
        if abs(now_ms - station.last_seen) < _SEEN_EVERY_MS:
            return
        with self._store.immediate() as db:
            db.execute("UPDATE hub_stations SET last_seen = ? WHERE station = ?", (now_ms, station.card.station))

    def add_code(self, code: Code) -> None:
        with self._store.immediate() as db:
            db.execute(
                "INSERT INTO hub_codes (hash, card, replaces, expires_at) VALUES (?,?,?,?)",
                (code.hash, msgspec.json.encode(code.card), int(code.replaces), code.expires_at),
            )

    def code(self, digest: bytes) -> Code | None:
        with translated():
            row = (
                self._store.database.connection()
                .execute("SELECT hash, card, replaces, expires_at, used_by FROM hub_codes WHERE hash = ?", (digest,))
                .fetchone()
            )
        return None if row is None else Code(row[0], _card_of(row[1]), bool(row[2]), row[3], row[4])

    def enrol(self, code: Code, new: EnrolledStation) -> bool:
        """Use the code and write the station down, both or neither. False where someone else used the code meanwhile."""
        with self._store.immediate() as db:
            used = db.execute(
                "UPDATE hub_codes SET used_by = ? WHERE hash = ? AND used_by IN ('', ?)",
                (new.key.key_id, code.hash, new.key.key_id),
            )
            if used.rowcount != 1:
                return False
            db.execute(
                f"INSERT OR REPLACE INTO hub_stations ({_FIELDS}) VALUES (?,?,?,?,?,?,?,?)",
                (
                    new.card.station,
                    new.key.key_id,
                    new.key.algorithm,
                    new.key.raw,
                    msgspec.json.encode(new.card),
                    new.enrolled_at,
                    new.last_seen,
                    new.program,
                ),
            )
            return True

    def recheck(self, *, was: StationCard | None = None) -> list[EntryId]:
        """Judge again all that is held of the stations enrolled here and of those below relays; what stands now is released, and answered.
        `was`: the former card of one that has another now."""
        cards = [*self._cards_below(), *(each.card for each in self.stations())]
        released = self._store.quarantine.recheck({card.station: card for card in cards}, was=was)
        log.info("held_judged_again released=%d", len(released))
        return released

    def receipt(self, station: StationId, life: Life, *, after: int, limit: int) -> Receipt | None:
        """The hub's word for entries it holds, from serial `after` + 1 on; None where it holds nothing of this life."""
        with translated():
            db = self._store.database.connection()
            head = db.execute("SELECT serial, hash FROM chains WHERE station = ? AND life = ?", (station, life)).fetchone()
            if head is None:
                return None
            rows = db.execute(
                "SELECT e.serial, r.hub_seq, r.received_at FROM entries e JOIN receipts r ON r.entry = e.entry "
                "WHERE e.station = ? AND e.life = ? AND e.serial > ? ORDER BY e.serial LIMIT ?",
                (station, life, after, limit),
            ).fetchall()
            held = db.execute(
                "SELECT h.entry_id, h.code FROM held h JOIN entries e ON e.entry_id = h.entry_id WHERE h.here AND h.code <> 'H108' "
                "AND e.station = ? AND e.life = ? AND e.serial > ? AND e.serial <= ?",
                (station, life, after, rows[-1][0] if rows else after),
            ).fetchall()
        received_at = max((row[2] for row in rows), default=0)
        return Receipt(
            station, life, head[0], head[1], runs_of(rows, received_at), received_at, tuple(Held(*row) for row in held)
        )

    def _station(self, field: str, value: str) -> EnrolledStation | None:
        with translated():
            row = (
                self._store.database.connection()
                .execute(f"SELECT {_FIELDS} FROM hub_stations WHERE {field} = ?", (value,))
                .fetchone()
            )
        return None if row is None else _station_of(row)


_FIELDS: Final = "station, key_id, algorithm, public_key, card, enrolled_at, last_seen, program"


def _station_of(row: tuple[str, str, str, bytes, bytes, int, int, str]) -> EnrolledStation:
    return EnrolledStation(_card_of(row[4]), PublicKey(row[3], row[2]), row[5], row[6], row[7])


def _card_of(body: bytes) -> StationCard:
    return msgspec.json.decode(body, type=StationCard)
