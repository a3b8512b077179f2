"""知识库 in the database: every version of every article, every report that one is wrong and every answer, as their authors wrote them.

`store.knowledge` of every store. A station adds what its officers write and takes what the hub signed; a hub gives what comes from stations
a place and hands it out after a place. Where two write the same version, the hub's stands and the other is kept aside for a person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from contextlib import AbstractContextManager
from typing import Final

import msgspec
from sqlcipher3.dbapi2 import Connection

from county_hotline.db.beside import knowledge_items
from county_hotline.db.beside.knowledge_items import BUNDLE, CURSOR, DOUBTED, PLACED, WAITS, Item
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
    digest,
    name_of,
)
from county_hotline.domain.reference import Article
from county_hotline.errors import Refusal

EPOCH: Final = "knowledge.epoch"
"""Note: the hub's epoch in which these places count, and what this station is told."""


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
            return knowledge_items.newest(db, code)

    def many(self, codes: Sequence[str]) -> tuple[Edition, ...]:
        """The newest versions of several, in this order."""
        with self._read() as db:
            found = (knowledge_items.newest(db, code) for code in codes)
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
                before = knowledge_items.newest_body(db, each.code)
                number = msgspec.json.decode(before, type=Edition).number if before else 0
                follows = digest(before) if before and number else ""
                edition = msgspec.structs.replace(each, number=number + 1, follows=follows)
                knowledge_items.insert(db, edition, WAITS)
                articles.fold(db, edition.code)
                added.append(edition)
        return tuple(added)

    def add_remark(self, remark: Remark) -> None:
        """纠错, to go up with the next round."""
        with self._write() as db:
            knowledge_items.insert(db, remark, WAITS)

    def settle(self, settlement: Settlement) -> None:
        """The centre's answer. Refuses R604 where there is no such report, R605 where it is settled already."""
        with self._write() as db:
            remark = knowledge_items.by_name(db, Kind.REMARK, settlement.remark)
            if remark is None:
                raise Refusal("R604")
            if knowledge_items.by_name(db, Kind.SETTLEMENT, settlement.remark) is not None:
                raise Refusal("R605")
            knowledge_items.insert(db, settlement, WAITS, whose=remark.station)

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
                knowledge_items.bring(db, bundled, now)
        if not is_known and not is_within:
            with self._write() as db:
                knowledge_items.bring(db, bundled, now)
        if not is_within:
            self._seen = bundled

    # ------------------------------------------------------------ a station and its hub

    def waiting(self, limit_bytes: int) -> tuple[Item, ...]:
        """What the hub has not taken yet, in the order in which it was written; at least one item, if there is any."""
        with self._read() as db:
            rows = db.execute(
                "SELECT kind, body FROM knowledge WHERE state = ? AND kind <> 'aside' AND fault = '' ORDER BY item", (WAITS,)
            )
            return knowledge_items.so_many((Item(kind, bytes(body)) for kind, body in rows), limit_bytes)[0]

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
            if knowledge_items.cursor(db) != after:
                return 0
            changed = sum(knowledge_items.take(db, written, item) for written, item in items)
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
            return knowledge_items.last_place(db)

    def page(self, *, after: int, limit_bytes: int, station: str, is_centre: bool) -> tuple[tuple[Item, ...], int, int]:
        """Items after a place that this station is told, at least one if there is any; the place up to which they are all, and the last
        place there is."""
        with self._read() as db:
            last = knowledge_items.last_place(db)
            rows = db.execute(
                "SELECT kind, body, place FROM knowledge WHERE place > ? AND kind <> 'aside' AND (kind = 'edition' OR ? OR station = ?) ORDER BY place",
                (after, is_centre, station),
            )
            items, is_whole = knowledge_items.so_many(
                (Item(kind, bytes(body), place) for kind, body, place in rows), limit_bytes
            )
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
            if isinstance(written, Edition) and not knowledge_items.stands(db, written):
                return 0, "A324"
            if isinstance(written, Settlement):
                remark = knowledge_items.by_name(db, Kind.REMARK, written.remark)
                if remark is None:
                    return 0, "H204"
                whose = remark.station
            place = knowledge_items.last_place(db) + 1
            knowledge_items.insert(db, written, PLACED, whose=whose, place=place, body=body)
            if isinstance(written, Edition):
                articles.fold(db, written.code)
            return place, ""
