"""知识库's items as they lie: one row each, opaque but for its names, with what is done to them inside a transaction of `knowledge`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final, NamedTuple

import msgspec
from sqlcipher3.dbapi2 import Connection

from county_hotline.db.tables import articles
from county_hotline.domain.articles import Edition, Kind, Remark, Settlement, Written, body_of, digest, name_of
from county_hotline.domain.reference import Article

CURSOR: Final = "knowledge.cursor"
"""Note: the place up to which the hub's items are here."""
BUNDLE: Final = "knowledge.bundle"
"""Note: digest of the bundle's articles as they were last taken over."""
WAITS, PLACED, DOUBTED, BUNDLED = range(4)
"""`state` of an item, see the schema."""


class Item(NamedTuple):
    """One item as it travels: opaque but for its names."""

    kind: str
    body: bytes
    place: int = 0


def naming(db: Connection, sha256: str) -> frozenset[tuple[int, str]]:
    """Size as they say it, and authors, of the versions of articles that name this file, as the hub placed them."""
    rows = db.execute(
        "SELECT f.size, k.station FROM article_files f JOIN knowledge k ON k.item = f.item WHERE f.sha256 = ? AND k.state = ?",
        (sha256, PLACED),
    )
    return frozenset((row[0], row[1]) for row in rows)


def newest_body(db: Connection, code: str) -> bytes | None:
    """The newest version of an article, as it was written; None where it is not here."""
    row = db.execute("SELECT k.body FROM articles a JOIN knowledge k ON k.item = a.item WHERE a.code = ?", (code,)).fetchone()
    return bytes(row[0]) if row else None


def newest(db: Connection, code: str) -> Edition | None:
    """The newest version of an article, also of one that is withdrawn."""
    body = newest_body(db, code)
    return msgspec.json.decode(body, type=Edition) if body is not None else None


def stands(db: Connection, edition: Edition) -> bool:
    """Whether it is the next version of what is here."""
    body = newest_body(db, edition.code)
    number = msgspec.json.decode(body, type=Edition).number if body is not None else 0
    return edition.number == number + 1 and edition.follows == (digest(body) if body is not None and number else "")


def by_name(db: Connection, kind: Kind, name: str) -> Written | None:
    """A report or an answer; None where there is none."""
    row = db.execute("SELECT body FROM knowledge WHERE kind = ? AND id = ?", (kind.value, name)).fetchone()
    if row is None:
        return None
    return msgspec.json.decode(row[0], type=Remark) if kind is Kind.REMARK else msgspec.json.decode(row[0], type=Settlement)


def insert(
    db: Connection, written: Written, state: int, *, whose: str = "", place: int | None = None, body: bytes = b""
) -> int:
    """A new item, with the files a version names. Its row."""
    kind, name, about = name_of(written)
    item: int = db.execute(
        "INSERT INTO knowledge (kind, id, about, station, state, place, body) VALUES (?,?,?,?,?,?,?)",
        (kind.value, name, about, whose or written.station, state, place, body or body_of(written)),
    ).lastrowid
    if isinstance(written, Edition):
        files = {each.sha256: each.size for each in written.files}
        db.executemany("INSERT INTO article_files VALUES (?,?,?)", ((item, sha256, size) for sha256, size in files.items()))
    return item


def take(db: Connection, written: Written, item: Item) -> bool:
    """An item of the hub's; what was written here instead of it is set aside. Whether it is new or other than here."""
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
    if isinstance(written, Settlement) and (remark := by_name(db, Kind.REMARK, written.remark)) is not None:
        whose = remark.station
    insert(db, written, PLACED, whose=whose, place=item.place, body=item.body)
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


def bring(db: Connection, bundled: tuple[Article, ...], now: str) -> None:
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
            insert(db, msgspec.json.decode(body, type=Edition), BUNDLED, body=body)
            articles.fold(db, code)


def cursor(db: Connection) -> int:
    """The place up to which the hub's items are here."""
    row = db.execute("SELECT value FROM notes WHERE key = ?", (CURSOR,)).fetchone()
    return int(row[0]) if row else 0


def last_place(db: Connection) -> int:
    """Of the hub's own counting; 0: nothing was placed yet."""
    place: int = db.execute("SELECT ifnull(max(place), 0) FROM knowledge").fetchone()[0]
    return place


def so_many(items: Iterable[Item], limit_bytes: int) -> tuple[tuple[Item, ...], bool]:
    """The first of them, at least one; and whether these are all."""
    chosen: list[Item] = []
    size = 0
    for item in items:
        if chosen and size + len(item.body) > limit_bytes:
            return tuple(chosen), False
        chosen.append(item)
        size += len(item.body)
    return tuple(chosen), True
