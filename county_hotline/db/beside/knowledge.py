"""知识库 in the database: every version of every article, every report that one is wrong and every answer, as their authors wrote them.

`store.knowledge` of every store. A station adds what its officers write and takes what the hub signed; a hub gives what comes from stations
a place and hands it out after a place. Where two write the same version, the hub's stands and the other is kept aside for a person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Final, NamedTuple

import msgspec
from sqlcipher3.dbapi2 import Connection

from county_hotline.db.tables import articles
from county_hotline.domain.articles import (
    ArticleCounts,
    ArticlePage,
    ArticleQuery,
    Aside,
    Edition,
    Kind,
    Remark,
    Reported,
    Settlement,
    Written,
    body_of,
    digest,
    name_of,
)
from county_hotline.domain.reference import Article
from county_hotline.errors import Refusal

CURSOR: Final = "knowledge.cursor"
"""Note: the place up to which the hub's items are here."""
EPOCH: Final = "knowledge.epoch"
"""Note: the hub's epoch in which these places count, and what this station is told."""
BUNDLE: Final = "knowledge.bundle"
"""Note: digest of the bundle's articles as they were last taken over."""
WAITS, PLACED, DOUBTED, BUNDLED = range(4)
"""`state` of an item, see the schema."""
_BESIDE: Final = ("remark", "settlement")


class Item(NamedTuple):
    """One item as it travels: opaque but for its names."""

    kind: str
    body: bytes
    place: int = 0


class Knowledge:
    """`read` gives one consistent picture, `write` one transaction."""

    def __init__(
        self,
        read: Callable[[], AbstractContextManager[Connection]],
        write: Callable[[], AbstractContextManager[Connection]],
    ) -> None:
        self._read = read
        self._write = write
        self._seen: tuple[Article, ...] | None = None

    # ------------------------------------------------------------ articles

    def find(self, query: ArticleQuery, *, after: int = 0, limit: int = 50) -> ArticlePage:
        """Articles by what was typed and chosen, from the `after`-th on."""
        with self._read() as db:
            return articles.found(db, query, after=after, limit=limit)

    def newest(self, code: str) -> Edition | None:
        """The newest version of an article, also of one that is withdrawn; None where it is not here."""
        with self._read() as db:
            return _newest(db, code)

    def many(self, codes: Sequence[str]) -> tuple[Edition, ...]:
        """The newest versions of several, in this order."""
        with self._read() as db:
            found = (_newest(db, code) for code in codes)
            return tuple(each for each in found if each is not None)

    def all(self) -> tuple[Edition, ...]:
        """The newest version of every article that is not withdrawn, by code."""
        with self._read() as db:
            rows = db.execute(
                "SELECT k.body FROM articles a JOIN knowledge k ON k.item = a.item WHERE NOT a.is_gone ORDER BY a.code"
            )
            return tuple(msgspec.json.decode(row[0], type=Edition) for row in rows)

    def history(self, code: str) -> tuple[Edition, ...]:
        """Every version, the newest first."""
        with self._read() as db:
            rows = db.execute("SELECT body FROM knowledge WHERE about = ? AND kind = 'edition'", (code,)).fetchall()
        found = (msgspec.json.decode(row[0], type=Edition) for row in rows)
        return tuple(sorted(found, key=lambda each: -each.number))

    def codes(self, beginning: str) -> frozenset[str]:
        """Codes that begin so, also of articles withdrawn."""
        with self._read() as db:
            rows = db.execute("SELECT code FROM articles WHERE substr(code, 1, ?) = ?", (len(beginning), beginning))
            return frozenset(row[0] for row in rows)

    def counts(self, today: str) -> ArticleCounts:
        """What wants looking after."""
        with self._read() as db:
            asides = db.execute("SELECT count(*) FROM knowledge WHERE kind = 'aside'").fetchone()[0]
            remarks = db.execute(
                "SELECT count(*) FROM knowledge r WHERE kind = 'remark' AND NOT EXISTS "
                "(SELECT 1 FROM knowledge s WHERE s.kind = 'settlement' AND s.id = r.id)"
            ).fetchone()[0]
            return ArticleCounts(*articles.ending(db, today), asides, remarks)

    # ------------------------------------------------------------ written here

    def add_editions(self, made: Iterable[Edition]) -> tuple[Edition, ...]:
        """New versions, each the next of its article: number and what it follows are given here. One transaction."""
        added = []
        with self._write() as db:
            for each in made:
                before = _newest_body(db, each.code)
                number = msgspec.json.decode(before, type=Edition).number if before else 0
                follows = digest(before) if before and number else ""
                edition = msgspec.structs.replace(each, number=number + 1, follows=follows)
                _insert(db, edition, WAITS)
                articles.fold(db, edition.code)
                added.append(edition)
        return tuple(added)

    def add_remark(self, remark: Remark) -> None:
        """纠错, to go up with the next round."""
        with self._write() as db:
            _insert(db, remark, WAITS)

    def settle(self, settlement: Settlement) -> None:
        """The centre's answer. Refuses R604 where there is no such report, R605 where it is settled already."""
        with self._write() as db:
            remark = _by_name(db, Kind.REMARK, settlement.remark)
            if remark is None:
                raise Refusal("R604")
            if _by_name(db, Kind.SETTLEMENT, settlement.remark) is not None:
                raise Refusal("R605")
            _insert(db, settlement, WAITS, whose=remark.station)

    def reported(self, *, station: str = "", open_only: bool = False, limit: int = 500) -> tuple[Reported, ...]:
        """Reports with their answers, the newest first; of one station, or all that are here."""
        with self._read() as db:
            rows = db.execute(
                "SELECT r.body, s.body, r.state FROM knowledge r LEFT JOIN knowledge s ON s.kind = 'settlement' AND s.id = r.id "
                "WHERE r.kind = 'remark' AND (? = '' OR r.station = ?) AND (NOT ? OR s.item IS NULL) ORDER BY r.item DESC LIMIT ?",
                (station, station, open_only, limit),
            ).fetchall()
        return tuple(
            Reported(
                msgspec.json.decode(remark, type=Remark),
                msgspec.json.decode(settlement, type=Settlement) if settlement else None,
                state == PLACED,
            )
            for remark, settlement, state in rows
        )

    def asides(self) -> tuple[Aside, ...]:
        """Versions made here that did not stand on the hub's newest."""
        with self._read() as db:
            rows = db.execute("SELECT item, body FROM knowledge WHERE kind = 'aside' AND id LIKE 'edition %' ORDER BY item")
            return tuple(Aside(item, msgspec.json.decode(body, type=Edition)) for item, body in rows)

    def drop_aside(self, item: int) -> None:
        """Somebody decided about it."""
        with self._write() as db:
            db.execute(
                "DELETE FROM article_files WHERE item IN (SELECT item FROM knowledge WHERE item = ? AND kind = 'aside')",
                (item,),
            )
            db.execute("DELETE FROM knowledge WHERE item = ? AND kind = 'aside'", (item,))

    # ------------------------------------------------------------ the county's bundle

    def catch_up(self, bundled: tuple[Article, ...]) -> None:
        """Articles as the county's bundle brings them (from a hub or a centre of before 0.3) stand as version 0, until there is another.
        Asked in the midst of a transaction, they come and go with it."""
        if bundled is self._seen:
            return
        now = digest(msgspec.json.encode(bundled))
        with self._read() as db:
            noted = db.execute("SELECT value FROM notes WHERE key = ?", (BUNDLE,)).fetchone()
            is_known, is_within = noted is not None and noted[0] == now, db.in_transaction
            if not is_known and is_within:
                _bring(db, bundled, now)
        if not is_known and not is_within:
            with self._write() as db:
                _bring(db, bundled, now)
        if not is_within:
            self._seen = bundled

    # ------------------------------------------------------------ a station and its hub

    def waiting(self, limit_bytes: int) -> tuple[Item, ...]:
        """What the hub has not taken yet, in the order in which it was written; at least one item, if there is any."""
        with self._read() as db:
            rows = db.execute(
                "SELECT kind, body FROM knowledge WHERE state = ? AND kind <> 'aside' AND fault = '' ORDER BY item", (WAITS,)
            )
            return _so_many((Item(kind, bytes(body)) for kind, body in rows), limit_bytes)[0]

    def offered(self, taken: Iterable[tuple[str, str, int]], refused: Iterable[tuple[str, str, str]]) -> None:
        """What the hub said of what was offered. A version it refuses is set aside when its own comes; other faults stay told."""
        with self._write() as db:
            for kind, name, place in taken:
                db.execute(
                    "UPDATE knowledge SET state = ?, fault = '' WHERE kind = ? AND id = ? AND state IN (?,?) AND ? > 0",
                    (PLACED, kind, name, WAITS, DOUBTED, place),
                )
            for kind, name, code in refused:
                db.execute("UPDATE knowledge SET fault = ? WHERE kind = ? AND id = ? AND state = ?", (code, kind, name, WAITS))

    def position(self, epoch: str, role: str) -> int:
        """The place after which the hub is to be asked. Another epoch of the hub, or another duty of this station, and it begins again:
        what is here counts for placed only once it came again."""
        now = f"{epoch} {role}"
        with self._write() as db:
            known = dict(db.execute("SELECT key, value FROM notes WHERE key IN (?,?)", (EPOCH, CURSOR)).fetchall())
            if known.get(EPOCH) == now:
                return int(known.get(CURSOR, 0))
            db.execute("UPDATE knowledge SET state = ?, place = NULL WHERE state = ?", (DOUBTED, PLACED))
            db.execute("UPDATE knowledge SET fault = '' WHERE fault <> ''")
            db.executemany(
                "INSERT INTO notes VALUES (?,?) ON CONFLICT DO UPDATE SET value = excluded.value", ((EPOCH, now), (CURSOR, "0"))
            )
            return 0

    def take(self, items: Sequence[tuple[Written, Item]], *, after: int, through: int, is_all: bool, own: str) -> int:
        """A page of the hub's, proved before. How many items were new or other than here. Nothing where it does not begin where this
        station is. `is_all`: nothing is behind it; what was written here, and a hub put back from a backup lost, is offered again."""
        with self._write() as db:
            if _cursor(db) != after:
                return 0
            changed = sum(_take(db, written, item, own) for written, item in items)
            db.execute(
                "INSERT INTO notes VALUES (?,?) ON CONFLICT DO UPDATE SET value = excluded.value", (CURSOR, str(through))
            )
            if is_all:
                db.execute(
                    "UPDATE knowledge SET state = ? WHERE state = ? AND kind <> 'aside' AND json_extract(body, '$.station') = ?",
                    (WAITS, DOUBTED, own),
                )
            return changed

    # ------------------------------------------------------------ the hub

    def last_place(self) -> int:
        """Of the hub's own counting; 0: nothing was placed yet."""
        with self._read() as db:
            return _last_place(db)

    def page(self, *, after: int, limit_bytes: int, station: str, is_centre: bool) -> tuple[tuple[Item, ...], int, int]:
        """Items after a place that this station is told, at least one if there is any; the place up to which they are all, and the last
        place there is."""
        with self._read() as db:
            last = _last_place(db)
            rows = db.execute(
                "SELECT kind, body, place FROM knowledge WHERE place > ? AND kind <> 'aside' AND (kind = 'edition' OR ? OR station = ?) ORDER BY place",
                (after, is_centre, station),
            )
            items, is_whole = _so_many((Item(kind, bytes(body), place) for kind, body, place in rows), limit_bytes)
        return items, max(after, last) if is_whole else items[-1].place, last

    def place(self, written: Written, body: bytes) -> tuple[int, str]:
        """Its place at this hub, the same again for the same; or 0 and why it cannot have one: A324 it does not stand on what is here,
        H204 there is no such report."""
        kind, name, _ = name_of(written)
        whose = written.station
        with self._write() as db:
            known = db.execute("SELECT place, body FROM knowledge WHERE kind = ? AND id = ?", (kind.value, name)).fetchone()
            if known is not None and known[0] is not None:
                return (known[0], "") if bytes(known[1]) == body else (0, "A324")
            if isinstance(written, Edition) and not _stands(db, written):
                return 0, "A324"
            if isinstance(written, Settlement):
                remark = _by_name(db, Kind.REMARK, written.remark)
                if remark is None:
                    return 0, "H204"
                whose = remark.station
            place = _last_place(db) + 1
            _insert(db, written, PLACED, whose=whose, place=place, body=body)
            if isinstance(written, Edition):
                articles.fold(db, written.code)
            return place, ""


# ---------------------------------------------------------------- inside a transaction


def naming(db: Connection, sha256: str) -> frozenset[tuple[int, str]]:
    """Size as they say it, and authors, of the versions of articles that name this file, as the hub placed them."""
    rows = db.execute(
        "SELECT f.size, k.station FROM article_files f JOIN knowledge k ON k.item = f.item WHERE f.sha256 = ? AND k.state = ?",
        (sha256, PLACED),
    )
    return frozenset((row[0], row[1]) for row in rows)


def _newest_body(db: Connection, code: str) -> bytes | None:
    row = db.execute("SELECT k.body FROM articles a JOIN knowledge k ON k.item = a.item WHERE a.code = ?", (code,)).fetchone()
    return bytes(row[0]) if row else None


def _newest(db: Connection, code: str) -> Edition | None:
    body = _newest_body(db, code)
    return msgspec.json.decode(body, type=Edition) if body is not None else None


def _stands(db: Connection, edition: Edition) -> bool:
    """Whether it is the next version of what is here."""
    body = _newest_body(db, edition.code)
    number = msgspec.json.decode(body, type=Edition).number if body is not None else 0
    return edition.number == number + 1 and edition.follows == (digest(body) if body is not None and number else "")


def _by_name(db: Connection, kind: Kind, name: str) -> Written | None:
    row = db.execute("SELECT body FROM knowledge WHERE kind = ? AND id = ?", (kind.value, name)).fetchone()
    if row is None:
        return None
    return msgspec.json.decode(row[0], type=Remark) if kind is Kind.REMARK else msgspec.json.decode(row[0], type=Settlement)


def _insert(
    db: Connection, written: Written, state: int, *, whose: str = "", place: int | None = None, body: bytes = b""
) -> int:
    kind, name, about = name_of(written)
    item: int = db.execute(
        "INSERT INTO knowledge (kind, id, about, station, state, place, body) VALUES (?,?,?,?,?,?,?)",
        (kind.value, name, about, whose or written.station, state, place, body or body_of(written)),
    ).lastrowid
    if isinstance(written, Edition):
        files = {each.sha256: each.size for each in written.files}
        db.executemany("INSERT INTO article_files VALUES (?,?,?)", ((item, sha256, size) for sha256, size in files.items()))
    return item


def _take(db: Connection, written: Written, item: Item, own: str) -> bool:
    kind, name, about = name_of(written)
    db.execute(
        "UPDATE knowledge SET place = NULL, state = ? WHERE place = ? AND (kind, id) <> (?,?)",
        (DOUBTED, item.place, kind.value, name),
    )
    known = db.execute(
        "SELECT item, body, json_extract(body, '$.station') FROM knowledge WHERE kind = ? AND id = ?", (kind.value, name)
    ).fetchone()
    if known is not None and bytes(known[1]) == item.body:
        db.execute("UPDATE knowledge SET state = ?, place = ?, fault = '' WHERE item = ?", (PLACED, item.place, known[0]))
        return False
    if known is not None:
        _set_aside(db, kind, name, about)
    whose = written.station
    if isinstance(written, Settlement) and (remark := _by_name(db, Kind.REMARK, written.remark)) is not None:
        whose = remark.station
    _insert(db, written, PLACED, whose=whose, place=item.place, body=item.body)
    if isinstance(written, Edition):
        articles.fold(db, written.code)
    return True


def _set_aside(db: Connection, kind: Kind, name: str, about: str) -> None:
    """The hub's stands in its place. Of an article's versions those that follow it go too; only the last is what its author wanted."""
    if kind is not Kind.EDITION:
        db.execute(
            "UPDATE knowledge SET kind = 'aside', id = ? || ' ' || item WHERE kind = ? AND id = ?", (name, kind.value, name)
        )
        return
    number = int(name.rpartition("#")[2])
    rows = db.execute(
        "SELECT item, CAST(substr(id, length(about) + 2) AS INTEGER) AS number FROM knowledge "
        "WHERE kind = 'edition' AND about = ? AND number >= ? AND state <> ? ORDER BY number",
        (about, number, PLACED),
    ).fetchall()
    for item, _ in rows[:-1]:
        db.execute("DELETE FROM article_files WHERE item = ?", (item,))
        db.execute("DELETE FROM knowledge WHERE item = ?", (item,))
    for item, _ in rows[-1:]:
        db.execute("UPDATE knowledge SET kind = 'aside', id = 'edition ' || item, place = NULL WHERE item = ?", (item,))


def _bring(db: Connection, bundled: tuple[Article, ...], now: str) -> None:
    """All that the bundle holds, and that it was this bundle."""
    _take_bundled(db, bundled)
    db.execute("INSERT INTO notes VALUES (?,?) ON CONFLICT DO UPDATE SET value = excluded.value", (BUNDLE, now))


def _take_bundled(db: Connection, bundled: tuple[Article, ...]) -> None:
    """An article that has a version of its own here needs the bundle's no more; what the bundle brought of it before stays, as history."""
    own = {
        row[0] for row in db.execute("SELECT DISTINCT about FROM knowledge WHERE kind = 'edition' AND state <> ?", (BUNDLED,))
    }
    now = {each.code: body_of(Edition(**msgspec.structs.asdict(each))) for each in bundled if each.code not in own}
    rows = db.execute("SELECT about, item, body FROM knowledge WHERE state = ?", (BUNDLED,)).fetchall()
    known = {code: (item, bytes(body)) for code, item, body in rows if code not in own}
    for code, (item, body) in known.items():
        if now.get(code) != body:
            db.execute("DELETE FROM knowledge WHERE item = ?", (item,))
            articles.fold(db, code)
    for code, body in now.items():
        if code not in known or known[code][1] != body:
            _insert(db, msgspec.json.decode(body, type=Edition), BUNDLED, body=body)
            articles.fold(db, code)


def _cursor(db: Connection) -> int:
    row = db.execute("SELECT value FROM notes WHERE key = ?", (CURSOR,)).fetchone()
    return int(row[0]) if row else 0


def _last_place(db: Connection) -> int:
    place: int = db.execute("SELECT ifnull(max(place), 0) FROM knowledge").fetchone()[0]
    return place


def _so_many(items: Iterable[Item], limit_bytes: int) -> tuple[tuple[Item, ...], bool]:
    """The first of them, at least one; and whether these are all."""
    chosen: list[Item] = []
    size = 0
    for item in items:
        if chosen and size + len(item.body) > limit_bytes:
            return tuple(chosen), False
        chosen.append(item)
        size += len(item.body)
    return tuple(chosen), True
