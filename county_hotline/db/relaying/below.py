"""At a hub with relays: which stations stand below them, by which keys they sign, and what thereby concerns a relay."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec
from sqlcipher3.dbapi2 import Connection

from county_hotline.db import journal
from county_hotline.domain.numbering import station_in
from county_hotline.domain.reference import StationCard
from county_hotline.ids import Number, StationId


class KeyBelow(msgspec.Struct, frozen=True):
    """A key that a station has or had."""

    key: str
    """Key id."""
    algorithm: str
    public_key: bytes


class Below(msgspec.Struct, frozen=True):
    """A station below a relay, as it was introduced."""

    card: StationCard
    relay: StationId
    """The relay of ours by which it is reached."""
    keys: tuple[KeyBelow, ...]
    statement: bytes
    """What the hub at which it is enrolled says of it, byte for byte."""
    algorithm: str
    key: str
    """Key id of that hub."""
    signature: bytes

    @property
    def signed(self) -> tuple[bytes, str, str, bytes]:
        """The statement with its signature."""
        return self.statement, self.algorithm, self.key, self.signature


class Homes(NamedTuple):
    """Where the stations that this hub knows are enrolled."""

    own: frozenset[str]
    """Here."""
    below: Mapping[str, str]
    """Elsewhere below: by which relay."""

    def is_here(self, number: Number) -> bool:
        """Whether this hub orders that work order: its number's station is enrolled here."""
        return station_in(number) in self.own

    def is_ours(self, number: Number) -> bool:
        """Whether a hub at or below this one orders it."""
        return self.is_here(number) or station_in(number) in self.below


def homes(db: Connection) -> Homes:
    """Only at a hub: its own stations stand in the hub's table."""
    own = frozenset(row[0] for row in db.execute("SELECT station FROM hub_stations"))
    return Homes(own, dict(db.execute("SELECT station, relay FROM below").fetchall()))


def relay_of(db: Connection, station: StationId) -> StationId | None:
    """By which relay the station is reached; None where it stands below none."""
    row = db.execute("SELECT relay FROM below WHERE station = ?", (station,)).fetchone()
    return StationId(row[0]) if row else None


def stations(db: Connection) -> list[Below]:
    """All stations below, by their names."""
    keys: dict[str, list[KeyBelow]] = {}
    for station, *key in db.execute("SELECT station, key, algorithm, public_key FROM keys_below ORDER BY station, key"):
        keys.setdefault(station, []).append(KeyBelow(*key))
    rows = db.execute("SELECT card, relay, station, statement, algorithm, key, signature FROM below ORDER BY station")
    return [
        Below(msgspec.json.decode(card, type=StationCard), StationId(relay), tuple(keys.get(station, ())), *said)
        for card, relay, station, *said in rows
    ]


def behind(db: Connection, relay: StationId) -> tuple[set[str], set[str]]:
    """The stations and the units that are reached by this relay."""
    rows = db.execute("SELECT station, unit FROM below WHERE relay = ?", (relay,)).fetchall()
    return {row[0] for row in rows}, {row[1] for row in rows if row[1]}


def concerning(db: Connection, relay: StationId, numbers: Iterable[Number]) -> set[Number]:
    """Which of these orders are of a station below the relay, or were brought to one."""
    own, _ = behind(db, relay)
    found = {number for number in numbers if station_in(number) in own}
    for part in journal.in_parts(set(numbers) - found):
        marks = ",".join("?" * len(part))
        rows = db.execute(
            f"SELECT work_order FROM concerns WHERE reader = ? AND work_order IN ({marks})", (reader(relay), *part)
        )
        found.update(Number(row[0]) for row in rows)
    return found


def reader(relay: StationId) -> str:
    """Under what a relay stands in `concerns`: whatever concerns a station or unit below it concerns it."""
    return f"station {relay}"


def relays_concerned(db: Connection, lines: Mapping[tuple[str, str], int]) -> dict[tuple[str, str], int]:
    """Lines of `concerns` (reader and order, place) for the relays by which these lines' readers are reached."""
    relays: dict[tuple[str, str], int] = {}
    if not lines or db.execute("SELECT 1 FROM below LIMIT 1").fetchone() is None:
        return relays
    reached: dict[str, list[str]] = {}
    for (whom, number), place in lines.items():
        if whom not in reached:
            reached[whom] = _relays_of(db, whom)
        for relay in reached[whom]:
            relays.setdefault((relay, number), place)
    return relays


def _relays_of(db: Connection, whom: str) -> list[str]:
    kind, _, name = whom.partition(" ")
    column = "station" if kind == "station" else "unit"
    rows = db.execute(f"SELECT DISTINCT relay FROM below WHERE {column} = ?", (name,))
    return [reader(StationId(row[0])) for row in rows]


def introduce(db: Connection, introduced: Sequence[Below]) -> None:
    """Write down what was introduced (its signatures are checked), and give the relays what concerned these stations before."""
    for each in introduced:
        card = each.card
        db.execute(
            "INSERT OR REPLACE INTO below VALUES (?,?,?,?,?,?,?,?)",
            (card.station, each.relay, card.unit, msgspec.json.encode(card), *each.signed),
        )
        db.executemany(
            "INSERT OR IGNORE INTO keys_below VALUES (?,?,?,?)",
            [(card.station, key.key, key.algorithm, key.public_key) for key in each.keys],
        )
    for relay in {each.relay for each in introduced}:
        _catch_up(db, relay, [each.card for each in introduced if each.relay == relay])


def _catch_up(db: Connection, relay: StationId, cards: Collection[StationCard]) -> None:
    """Orders that were brought to these stations or units before they were introduced concern their relay from now on: at a place that
    lies behind its cursor's."""
    orders: dict[str, None] = {}
    for card in cards:
        keys = [f"station {card.station}", *([f"unit {card.unit}"] if card.unit else [])]
        marks = ",".join("?" * len(keys))
        rows = db.execute(
            f"SELECT DISTINCT work_order FROM concerns c WHERE reader IN ({marks}) AND NOT EXISTS "
            "(SELECT 1 FROM concerns d WHERE d.reader = ? AND d.work_order = c.work_order) ORDER BY since",
            (*keys, reader(relay)),
        )
        orders.update((row[0], None) for row in rows)
    if not orders:
        return
    first = db.execute(
        f"SELECT min(e.entry) FROM entries e WHERE e.work_order IN ({','.join('?' * min(len(orders), 500))})",
        list(orders)[:500],
    ).fetchone()[0]
    journal.hand_out_again(db, [first])
    place = journal.last_place(db)
    db.executemany("INSERT OR IGNORE INTO concerns VALUES (?,?,?)", [(reader(relay), number, place) for number in orders])


def keys_of(db: Connection, station: StationId) -> list[KeyBelow]:
    """Every key the station was introduced with."""
    rows = db.execute("SELECT key, algorithm, public_key FROM keys_below WHERE station = ?", (station,))
    return [KeyBelow(*row) for row in rows]


def card_of(db: Connection, station: StationId) -> StationCard | None:
    """The introduced card."""
    row = db.execute("SELECT card FROM below WHERE station = ?", (station,)).fetchone()
    return None if row is None else msgspec.json.decode(row[0], type=StationCard)
