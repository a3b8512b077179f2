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
from county_hotline.domain import proving
from county_hotline.domain.proving import NOT_SUMMED, Account, Difference, Line, Sum, account_of, sum_of, unread
from county_hotline.domain.reference import StationCard
from county_hotline.domain.vocabulary import StationRole
from county_hotline.ids import Life, Number, StationId

PROVEN: Final = "proof.proven"
"""Note: how far was proven."""
Open = Callable[[], AbstractContextManager[Connection]]

_RELEASED: Final = "ifnull((SELECT x.place FROM released x WHERE x.entry = e.entry), 0)"
_SINCE: Final = "ifnull((SELECT min(c.since) FROM concerns c WHERE c.reader IN (?,?) AND c.work_order = e.work_order), 0)"
_IN_RANGE: Final = "FROM receipts r CROSS JOIN entries e ON e.entry = r.entry WHERE"
_OF_ORDERS: Final = (
    "FROM concerns c CROSS JOIN entries e ON e.work_order = c.work_order CROSS JOIN receipts r ON r.entry = e.entry "
    "WHERE c.reader IN (?,?) AND"
)
_BY_OTHERS: Final = "e.station <> ?"
_NOT_FROM_BELOW: Final = "e.station NOT IN (SELECT station FROM below WHERE relay = ?)"


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

    def handed_out(self, reader: StationCard, *, after: int, through: int, at: int) -> Account:
        """What the reader has been given by the time its cursor stands `at`, of the places after `after`, through `through`. However much that
        is, about `MOST_READ` rows are read."""
        with self._reading() as db:
            return _handed_out(db, reader, after, through, at)

    def new_for(self, reader: StationCard, *, after: int, at: int) -> Sum:
        """What the reader is given between two places of its cursor, over all places of the entries themselves; `NOT_SUMMED` to a station
        for very many places."""
        if at - after > proving.MOST_READ and reader.role is not StationRole.RELAY:  # a relay asks once a day, and only this
            return NOT_SUMMED
        with self._reading() as db:
            return sum_of(row[0] for row in _new_for(db, reader, after, at))

    def chain_told(self, station: StationId, life: Life, *, after: int, through: int) -> Account:
        """A station's own chain, as it is told of it; about `MOST_READ` rows are read."""
        with self._reading() as db:
            head = journal.chain_head(db, station, life)
        last = min(through, head.serial if head else 0)
        if last - after > proving.MOST_READ:
            return unread(after, through, last)
        return account_of(self.chain(station, life, after=after, through=through), after, through)

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


def _handed_out(db: Connection, reader: StationCard, after: int, through: int, at: int) -> Account:
    last = min(through, at, journal.last_place(db))
    if last <= after:
        return account_of((), after, through)
    keys = routing.keys(reader)
    is_central = reader.role is StationRole.CENTRE
    if not is_central and _are_few(db, keys, min(last - after, proving.MOST_READ)):
        rows, values = _OF_ORDERS, list(keys)  # what concerns few orders is looked up by them
    elif last - after > proving.MOST_READ:
        return unread(after, through, last)
    else:
        rows, values = _IN_RANGE, list[str]()
    since, whose = ("0", ()) if is_central else (_SINCE, keys)
    found = db.execute(
        f"SELECT r.hub_seq, e.hash, e.work_order, {_RELEASED}, {since} {rows} r.hub_seq > ? AND r.hub_seq <= ? "
        f"AND {_not_by(reader)} AND {journal.NOT_HELD} ORDER BY r.hub_seq",
        (*whose, *values, after, last, reader.station),
    )
    lines: dict[int, Line] = {}
    for place, digest, number, released, began in found:
        position = max(place, released, began)
        if position <= at and (began or is_central):
            lines[place] = Line(place, digest, Number(number), position - 1)
    return account_of(list(lines.values()), after, through)


def _are_few(db: Connection, keys: tuple[str, str], few: int) -> bool:
    """Whether the orders that concern the reader have together no more than so many entries."""
    sql = "SELECT 1 FROM concerns c CROSS JOIN entries e ON e.work_order = c.work_order WHERE c.reader IN (?,?) LIMIT ?"
    found: int = db.execute(f"SELECT count(*) FROM ({sql})", (*keys, few + 1)).fetchone()[0]
    return found <= few


def _not_by(reader: StationCard) -> str:
    """SQL over e, with the reader's name as its value: what the reader, or whoever stands below it, has not written."""
    return _NOT_FROM_BELOW if reader.role is StationRole.RELAY else _BY_OTHERS


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
