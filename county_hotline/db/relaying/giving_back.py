"""At a hub with relays: what a relay that was put back from a backup has lost of its own stations, given back under their authors' seals."""

from __future__ import annotations

import msgspec
from sqlcipher3.dbapi2 import Connection

from county_hotline.db import entries_here
from county_hotline.db.line import routing
from county_hotline.db.line.taking_batches import Told
from county_hotline.db.relaying import below
from county_hotline.db.relaying.relay_up import Bundle, Chain, Seal
from county_hotline.domain.entries import Entry
from county_hotline.ids import StationId


def chain(db: Connection, relay: StationId, chain: Chain, *, after: int, limit: int) -> Bundle | None:
    """The entries of one chain below the relay after serial `after`, about `limit` of them, up to one of their author's seals; each as it lies
    here, but without the callers that the relay is not told (P9). None where there are none, or the station stands not below it."""
    station, life = chain
    if below.relay_of(db, station) != relay:
        return None
    rows = db.execute(
        "SELECT serial, key, signature FROM seals WHERE station = ? AND life = ? AND serial > ? AND key <> '' ORDER BY serial",
        (station, life, after),
    ).fetchall()
    seals = [Seal(*row) for row in rows]
    seal = next((each for each in reversed(seals) if each.serial <= after + limit), next(iter(seals), None))
    if seal is None:
        return None
    entries = entries_here.unsent(db, station, life, after=after, limit=seal.serial - after)
    rows = db.execute(
        "SELECT e.serial, r.received_at FROM entries e JOIN receipts r ON r.entry = e.entry "
        "WHERE e.station = ? AND e.life = ? AND e.serial > ? AND e.serial <= ?",
        (station, life, after, seal.serial),
    )
    return Bundle(tuple(_entitled(db, relay, entries)), seal, Told(received=dict(rows.fetchall())), ())


def _entitled(db: Connection, relay: StationId, entries: list[Entry]) -> list[Entry]:
    behind = below.behind(db, relay)
    numbers = {entry.work_order for entry in entries if entry.person is not None}
    closed = {number for number in numbers if routing.is_closed(db, number, *behind)}
    return [msgspec.structs.replace(each, person=None) if each.work_order in closed else each for each in entries]
