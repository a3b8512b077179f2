"""What each end sums up for the proof of completeness (docs/sync-protocol.md, section 12). Reads only, but for what was proven.

A hub's side for a reader, as far as a cursor: all entries that others than the reader wrote (for a relay: others than the stations below
it), that are not held, and whose *position* is not
after the cursor: the greatest of its own place, the place from which on its order concerns the reader, and the place at which it was
released. A station's side: all entries of others that have a place. Of a station's own chains both sides sum every entry, held or not.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from typing import Final

import msgspec
from sqlcipher3.dbapi2 import Connection

from county_hotline.db import journal
from county_hotline.db.beside import memos
from county_hotline.db.line import routing
from county_hotline.domain.proving import Difference, Line, Sum, sum_of
from county_hotline.domain.reference import StationCard
from county_hotline.domain.vocabulary import StationRole
from county_hotline.ids import Life, Number, StationId

PROVEN: Final = "proof.proven"
"""Note: how far was proven."""
Open = Callable[[], AbstractContextManager[Connection]]

_RELEASED: Final = "ifnull((SELECT x.place FROM released x WHERE x.entry = e.entry), 0)"
_SINCE: Final = "ifnull((SELECT min(c.since) FROM concerns c WHERE c.reader IN (?,?) AND c.work_order = e.work_order), 0)"
_IN_RANGE: Final = (
    "SELECT r.hub_seq, e.hash, e.work_order, e.entry FROM receipts r CROSS JOIN entries e ON e.entry = r.entry "
    f"WHERE r.hub_seq > ? AND r.hub_seq <= ? AND e.station <> ? AND {journal.NOT_HELD}"
)
_OF_ORDERS: Final = (
    "SELECT r.hub_seq, e.hash, e.work_order, e.entry FROM concerns c CROSS JOIN entries e ON e.work_order = c.work_order "
    "CROSS JOIN receipts r ON r.entry = e.entry "
    f"WHERE c.reader IN (?,?) AND c.since <= ? AND r.hub_seq > ? AND r.hub_seq <= ? AND e.station <> ? AND {journal.NOT_HELD}"
)
_BY_OTHERS: Final = "e.station <> ?"
_NOT_FROM_BELOW: Final = "e.station NOT IN (SELECT station FROM below WHERE relay = ?)"
_SINCE_OF: Final = "SELECT min(since) FROM concerns WHERE reader IN (?,?) AND work_order = ?"
_NEVER: Final = 1 << 62
_ENTRIES_AN_ORDER: Final = 8
"""About so many places one goes through in the time it takes to look an order up: what concerns few orders is looked up by them."""


class Proven(msgspec.Struct, frozen=True):
    """As far as a station and its hub were seen to agree. What it is true of: `whom`."""

    whom: str = ""
    """Hub, its epoch, and as what this station reads there. Another: nothing is proven."""
    cursor: int = 0
    row: int = 0
    """The last arrival number here then."""
    serial: int = 0
    """Of the present life."""
    whole_at: int = 0
    """When everything was compared last, UTC ms."""


class Proof:
    """Both ends' sums."""

    def __init__(self, reading: Open, writing: Open) -> None:
        self._reading, self._writing = reading, writing

    # ------------------------------------------------------------ at a hub

    def handed_out(self, reader: StationCard, *, after: int, through: int, at: int) -> list[Line]:
        """What the reader has been given by the time its cursor stands `at`, of the places after `after`, through `through`."""
        with self._reading() as db:
            return _handed_out(db, reader, after, through, at)

    def new_for(self, reader: StationCard, *, after: int, at: int) -> Sum:
        """What the reader is given between two places of its cursor, over all places of the entries themselves."""
        with self._reading() as db:
            return sum_of(row[0] for row in _new_for(db, reader, after, at))

    # ------------------------------------------------------------ at a station

    def taken_in(self, own: StationId, *, after: int, through: int) -> list[Line]:
        """What others wrote and this station has, of these places."""
        with self._reading() as db:
            rows = db.execute(
                "SELECT r.hub_seq, e.hash, e.work_order FROM receipts r JOIN entries e ON e.entry = r.entry "
                "WHERE r.hub_seq > ? AND r.hub_seq <= ? AND e.station <> ? ORDER BY r.hub_seq",
                (after, through, own),
            )
            return [Line(place, digest, Number(number)) for place, digest, number in rows]

    def new_since(self, own: StationId, *, row: int, through: int) -> tuple[Sum, int]:
        """What others wrote and has arrived here after that arrival number, with a place; and the last arrival number."""
        with self._reading() as db:
            rows = db.execute(
                "SELECT e.hash FROM entries e JOIN receipts r ON r.entry = e.entry "
                "WHERE e.entry > ? AND e.station <> ? AND r.hub_seq <= ?",
                (row, own, through),
            )
            summed = sum_of(each[0] for each in rows)
            return summed, db.execute("SELECT ifnull(max(entry), 0) FROM entries").fetchone()[0]

    def from_above(self) -> Sum:
        """At a relay: all that came from the hub above and was not written by stations that stand here or below."""
        with self._reading() as db:
            rows = db.execute(
                "SELECT e.hash FROM from_above f JOIN entries e ON e.entry = f.entry WHERE e.station NOT IN "
                "(SELECT station FROM below) AND e.station NOT IN (SELECT station FROM hub_stations)"
            )
            return sum_of(each[0] for each in rows)

    def proven(self, whom: str) -> Proven:
        """How far it was proven with this hub, read as this station."""
        with self._reading() as db:
            kept = memos.note(db, PROVEN)
        found = msgspec.json.decode(kept, type=Proven) if kept else Proven()
        return found if found.whom == whom else Proven(whom)

    def is_proven(self) -> bool:
        """Whether everything was compared, and nothing differed."""
        with self._reading() as db:
            kept = memos.note(db, PROVEN)
            return (
                kept is not None
                and msgspec.json.decode(kept, type=Proven).whole_at > 0
                and memos.note(db, memos.DIFFERENCES) is None
            )

    def ask_for_all(self) -> None:
        """The next round compares everything, whatever was proven before."""
        with self._writing() as db:
            memos.drop_note(db, PROVEN)

    def remember(self, proven: Proven, differences: Sequence[Difference]) -> None:
        """How far it is proven now, and what differs."""
        with self._writing() as db:
            memos.set_note(db, PROVEN, msgspec.json.encode(proven).decode())
            if differences:
                memos.set_note(db, memos.DIFFERENCES, msgspec.json.encode(differences).decode())
            else:
                memos.drop_note(db, memos.DIFFERENCES)

    def differences(self) -> tuple[Difference, ...]:
        """In what the two ends were last seen to differ."""
        with self._reading() as db:
            kept = memos.note(db, memos.DIFFERENCES)
        return msgspec.json.decode(kept, type=tuple[Difference, ...]) if kept else ()

    # ------------------------------------------------------------ at both

    def chain(self, station: StationId, life: Life, *, after: int, through: int) -> list[Line]:
        """A station's own chain, by serial, whatever is held of it."""
        with self._reading() as db:
            rows = db.execute(
                "SELECT e.serial, e.hash, e.work_order, ifnull(r.hub_seq, 0) FROM entries e LEFT JOIN receipts r ON r.entry = e.entry "
                "WHERE e.station = ? AND e.life = ? AND e.serial > ? AND e.serial <= ? ORDER BY e.serial",
                (station, life, after, through),
            )
            return [Line(serial, digest, Number(number), max(0, place - 1)) for serial, digest, number, place in rows]


def _handed_out(db: Connection, reader: StationCard, after: int, through: int, at: int) -> list[Line]:
    through = min(through, at)
    released = dict(db.execute("SELECT entry, place FROM released").fetchall())
    looked_up: tuple[str, tuple[object, ...]] = _IN_RANGE, (after, through, reader.station)
    keys = routing.keys(reader)
    since: Callable[[str], int] = lambda number: 0  # noqa: E731 - the centre is given everything
    if reader.role is not StationRole.CENTRE:
        orders = db.execute("SELECT count(*) FROM concerns WHERE reader IN (?,?)", keys).fetchone()[0]
        if through - after < orders:
            since = lambda number: db.execute(_SINCE_OF, (*keys, number)).fetchone()[0] or _NEVER  # noqa: E731
        else:
            known = _concerns(db, keys)
            since = lambda number: known.get(number, _NEVER)  # noqa: E731
            if orders * _ENTRIES_AN_ORDER < through - after:
                looked_up = _OF_ORDERS, (*keys, at, after, through, reader.station)
    lines: dict[int, Line] = {}
    sql, values = looked_up
    sql = sql.replace(_BY_OTHERS, _not_by(reader))
    for place, digest, number, row in db.execute(f"{sql} ORDER BY r.hub_seq", values):
        position = max(place, released.get(row, 0), since(number))
        if position <= at:
            lines[place] = Line(place, digest, Number(number), position - 1)
    return list(lines.values())


def _not_by(reader: StationCard) -> str:
    """SQL over e, with the reader's name as its value: what the reader, or whoever stands below it, has not written."""
    return _NOT_FROM_BELOW if reader.role is StationRole.RELAY else _BY_OTHERS


def _concerns(db: Connection, keys: tuple[str, str]) -> dict[str, int]:
    found: dict[str, int] = {}
    for key in keys:
        for number, since in db.execute("SELECT work_order, since FROM concerns WHERE reader = ?", (key,)):
            found[number] = min(since, found.get(number, since))
    return found


def _new_for(db: Connection, reader: StationCard, after: int, at: int) -> list[tuple[bytes]]:
    """Each entry whose position lies after `after`, through `at`: its own place, its order's, or its release fell into that time."""
    central = reader.role is StationRole.CENTRE
    keys = routing.keys(reader)
    since, values = ("0", ()) if central else (_SINCE, keys)
    late = (
        ""
        if central
        else (
            "UNION SELECT e.entry FROM concerns c JOIN entries e ON e.work_order = c.work_order "
            "WHERE c.reader IN (?,?) AND c.since > ? AND c.since <= ? "
        )
    )
    concerned = "" if central else f"AND {_SINCE} > 0 "
    found: list[tuple[bytes]] = db.execute(
        f"SELECT e.hash FROM entries e JOIN receipts r ON r.entry = e.entry WHERE e.entry IN ("
        "SELECT entry FROM receipts WHERE hub_seq > ? AND hub_seq <= ? "
        "UNION SELECT entry FROM released WHERE place > ? AND place <= ? "
        f"{late}) AND {_not_by(reader)} AND {journal.NOT_HELD} {concerned}"
        f"AND max(r.hub_seq, {_RELEASED}, {since}) > ? AND max(r.hub_seq, {_RELEASED}, {since}) <= ?",
        (
            *(after, at, after, at),
            *(() if central else (*keys, after, at)),
            reader.station,
            *(() if central else keys),
            *values,
            after,
            *values,
            at,
        ),
    ).fetchall()
    return found
