"""换机: a station's former keys. The PC that was replaced is told so; by a person's word at the hub it may hand in what it had not sent.

To a former key nothing is handed out but how far the hub holds its chains and the receipts for what it hands in. That a person at the hub has to say so
is because a PC is replaced also when it was stolen.
"""

from __future__ import annotations

import logging

import msgspec

from county_hotline.db.store import Store
from county_hotline.domain.reference import StationCard
from county_hotline.errors import NotTrusted, Refusal
from county_hotline.hub.storage import EnrolledStation
from county_hotline.ids import StationId
from county_hotline.sync.keys import PublicKey

log = logging.getLogger(__name__)

_ALLOWED = "former.allowed"
"""Note, with the station after it: until when (UTC ms) its former keys may hand in."""
_FIND = (
    "SELECT k.public_key, k.algorithm, s.card, s.enrolled_at, s.last_seen, s.program FROM hub_keys k "
    "JOIN hub_stations s ON s.station = k.station WHERE k.key_id = ? AND s.key_id <> k.key_id"
)


def of_key(store: Store, key_id: str) -> EnrolledStation | None:
    """The station this key was one of, with that key; `enrolled_at` is when the present one took its place. None: no such key."""
    row = store.database.connection().execute(_FIND, (key_id,)).fetchone()
    if row is None:
        return None
    raw, algorithm, card, *rest = row
    return EnrolledStation(msgspec.json.decode(card, type=StationCard), PublicKey(raw, algorithm), *rest)


def may_hand_in(store: Store, station: StationId, now_ms: int) -> bool:
    """Whether a person at the hub lets the station's former PC hand in what it had not sent."""
    return now_ms < int(store.note(f"{_ALLOWED} {station}") or "0")


def allow(store: Store, station: StationId, *, until_ms: int) -> int:
    """Let the former PC of this station hand in until then. How many former keys it has. Refuses (R561) a station that has none."""
    row = (
        store.database.connection()
        .execute(
            "SELECT count(*) FROM hub_keys k JOIN hub_stations s ON s.station = k.station "
            "WHERE k.station = ? AND s.key_id <> k.key_id",
            (station,),
        )
        .fetchone()
    )
    if not row[0]:
        raise Refusal("R561", station=station)
    store.set_note(f"{_ALLOWED} {station}", str(until_ms))
    log.warning("former_key_allowed station=%s keys=%d", station, row[0])
    return int(row[0])


def replaced(station: EnrolledStation) -> NotTrusted:
    """What a PC is told whose station another one took over."""
    return NotTrusted("A350", station=station.card.station, replaced_at=station.enrolled_at)
