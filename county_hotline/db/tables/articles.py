"""知识库 as it is listed and searched: the newest version of each article, in a table and in an index of pairs of characters.

What was typed is first looked for as it stands, piece by piece, and that is complete from two characters on; the best title first. Where a
whole message was put in, nothing holds it as it stands: then the pairs that are rarest among the articles are looked for.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

import msgspec
from sqlcipher3.dbapi2 import Connection

from county_hotline.db.tables import search
from county_hotline.domain import pinyin
from county_hotline.domain.articles import ENDING_DAYS, ArticlePage, ArticleQuery, ArticleRow, Edition

_ROW: Final = "a.code, a.number, a.title, a.unit, a.category, a.version, a.valid_until"
_WEIGHTS: Final = "10.0, 6.0, 1.0"
"""Of title, names (keywords, code, pinyin initials, source) and text, for bm25."""
_NOT_GONE: Final = "NOT a.is_gone"
_WEIGHED: Final = 1_500
"""Where more hold what was typed, how often their text does says nothing any more; those that have it in their title fill the page."""
_LIKELY_FROM: Final = 4
"""Characters from which on likely articles are looked for too."""
_PAIRS_ASKED: Final = 16
_ROWS_WEIGHED: Final = 6_000
"""So many rows hold the pairs that are asked for, at most: what is in nearly every article says nothing and costs most."""
_PAIRS_COUNTED: Final = 64
"""Of a message so long that nobody reads it while he types, the beginning."""
_MESSAGE_FROM: Final = 20
"""More characters than that are no search words but somebody's own sentence."""
_OF_A_MESSAGE: Final = 2
_FEW: Final = 5
"""With fewer articles that hold a message, likely ones stand behind them; behind a few words where none holds them."""
LIKELY: Final = 20


# ---------------------------------------------------------------- folding


def fold(db: Connection, code: str) -> None:
    """Put the newest version of this article into table and index, or take the article out where none is left."""
    row = db.execute(
        "SELECT item, body FROM knowledge WHERE about = ? AND kind = 'edition' "
        "ORDER BY CAST(substr(id, length(about) + 2) AS INTEGER) DESC LIMIT 1",
        (code,),
    ).fetchone()
    before = db.execute("SELECT article, item, is_gone FROM articles WHERE code = ?", (code,)).fetchone()
    if before is not None:
        if row is not None and before[1] == row[0]:
            return
        if not before[2]:
            db.execute("DELETE FROM article_search WHERE rowid = ?", (before[0],))
    if row is None:
        db.execute("DELETE FROM articles WHERE code = ?", (code,))
        return
    _put(db, row[0], msgspec.json.decode(row[1], type=Edition))


def _put(db: Connection, item: int, edition: Edition) -> None:
    places = "".join(f"|{each}" for each in edition.places) + "|" if edition.places else ""
    db.execute(
        "INSERT INTO articles (code, item, number, is_gone, title, flat_title, unit, category, places, version, valid_until) "
        "VALUES (?,?,?,?,?,?,?,?,?,?,?) ON CONFLICT (code) DO UPDATE SET item = excluded.item, number = excluded.number, "
        "is_gone = excluded.is_gone, title = excluded.title, flat_title = excluded.flat_title, unit = excluded.unit, "
        "category = excluded.category, places = excluded.places, version = excluded.version, valid_until = excluded.valid_until",
        (
            edition.code,
            item,
            edition.number,
            edition.gone,
            edition.title,
            search.flat(edition.title),
            edition.unit,
            edition.category,
            places,
            edition.version,
            edition.valid_until,
        ),
    )
    if edition.gone:
        return
    article = db.execute("SELECT article FROM articles WHERE code = ?", (edition.code,)).fetchone()[0]
    names = (*edition.keywords, edition.code, pinyin.initials(edition.title), edition.source)
    fields = (_pairs((edition.title,)), _pairs(names), _pairs((edition.text,)))
    db.execute("INSERT INTO article_search (rowid, title, names, body) VALUES (?,?,?,?)", (article, *fields))


def _pairs(fields: Iterable[str]) -> str:
    """The index words of some fields, of `abc` the words `ab bc c`; a gap between two fields, so that no phrase runs over it."""
    flat = (search.flat(field) for field in fields)
    return f" {search.GAP} ".join(" ".join((*map(str.__add__, text, text[1:]), text[-1])) for text in flat if text)


# ---------------------------------------------------------------- asking


def found(db: Connection, query: ArticleQuery, *, after: int, limit: int) -> ArticlePage:
    """Some of the articles that are asked for: those that hold what was typed, then likely ones where they are few. Those in force come
    before those that have expired."""
    pieces = [flat for piece in query.text.split() if (flat := search.flat(piece))]
    if not pieces:
        return _listed(db, query, after=after, limit=limit)
    page = _holding(db, query, pieces, after=after, limit=limit)
    enough = _FEW if sum(map(len, pieces)) > _MESSAGE_FROM else 1
    if page.total >= enough or after > 0 or max(map(len, pieces)) < _LIKELY_FROM:
        return page
    known = {row.code for row in page.rows}
    likely = tuple(row for row in _likely(db, query, pieces) if row.code not in known)[: max(0, limit - len(page.rows))]
    return ArticlePage((*page.rows, *likely), page.total + len(likely))


def _listed(db: Connection, query: ArticleQuery, *, after: int, limit: int) -> ArticlePage:
    where, values = _where(query)
    total = db.execute(f"SELECT count(*) FROM articles a WHERE {where}", values).fetchone()[0]
    by_end = "a.valid_until," if query.validity in ("ending", "expired") else ""
    rows = db.execute(
        f"SELECT {_ROW} FROM articles a WHERE {where} "
        f"ORDER BY {_late(query)}, {_far(query)}, {by_end} a.title, a.code LIMIT ? OFFSET ?",
        (*values, *_order_values(query), limit, after),
    )
    return ArticlePage(tuple(ArticleRow(*row) for row in rows), total)


def _holding(db: Connection, query: ArticleQuery, pieces: Sequence[str], *, after: int, limit: int) -> ArticlePage:
    where, values = _where(query)
    phrases = " AND ".join(_phrase(piece) for piece in pieces)
    joined = "JOIN articles a ON a.article = article_search.rowid" if where != _NOT_GONE else ""  # what is gone is not indexed
    asked = f"FROM article_search {joined} WHERE article_search MATCH ? {f'AND {where}' if joined else ''}"
    total = db.execute(f"SELECT count(*) {asked}", (phrases, *values)).fetchone()[0]
    if total <= _WEIGHED:
        return ArticlePage(tuple(_ranked(db, query, pieces, phrases, (after, limit))), total)
    if len(pieces) == 1:
        rows = _ranked(db, query, pieces, f"title : {phrases}", (after, limit), is_weighed=False)
        if len(rows) == limit and not _has_expired(rows[-1], query):
            return ArticlePage(tuple(rows), total)
    return ArticlePage(tuple(_ranked(db, query, pieces, phrases, (after, limit), is_weighed=False)), total)


def _ranked(
    db: Connection, query: ArticleQuery, pieces: Sequence[str], match: str, part: tuple[int, int], *, is_weighed: bool = True
) -> list[ArticleRow]:
    """From which on and how many (`part`) of those that hold it: the best title first, then by how much of the text speaks of it."""
    where, values = _where(query)
    whole = "".join(pieces)
    after, limit = part
    rows = db.execute(
        f"SELECT {_ROW} FROM article_search JOIN articles a ON a.article = article_search.rowid "
        f"WHERE article_search MATCH ? AND {where} ORDER BY {_late(query)}, "
        "CASE WHEN a.flat_title = ? THEN 0 WHEN instr(a.flat_title, ?) = 1 THEN 1 WHEN instr(a.flat_title, ?) THEN 2 ELSE 3 END, "
        f"{_far(query)}, {f'bm25(article_search, {_WEIGHTS}),' if is_weighed else ''} a.title, a.code LIMIT ? OFFSET ?",
        (match, *values, *_order_values(query)[:1], whole, whole, whole, *_order_values(query)[1:], limit, after),
    )
    return [ArticleRow(*row) for row in rows]


def _has_expired(row: ArticleRow, query: ArticleQuery) -> bool:
    return row.valid_until != "" and row.valid_until < query.today


def _likely(db: Connection, query: ArticleQuery, pieces: Sequence[str]) -> tuple[ArticleRow, ...]:
    """By the rarest pairs of what was typed: a message says in its own words what an article is about."""
    pairs = tuple(dict.fromkeys(piece[at : at + 2] for piece in pieces for at in range(len(piece) - 1)))
    asked = _rarest(db, pairs)
    if not asked:
        return ()
    where, values = _where(query)
    best = (
        f"SELECT a.article AS best FROM article_search JOIN articles a ON a.article = article_search.rowid WHERE article_search MATCH ? "
        f"AND {where} ORDER BY {_late(query)}, {_far(query)}, bm25(article_search, {_WEIGHTS}) LIMIT ?"
    )
    rows = db.execute(
        f"SELECT {_ROW}, a.flat_title, json_extract(k.body, '$.text') FROM ({best}) "
        "JOIN articles a ON a.article = best JOIN knowledge k ON k.item = a.item",
        (" OR ".join(f'"{pair}"' for pair in asked), *values, *_order_values(query), LIKELY),
    )
    is_message = sum(map(len, pieces)) > _MESSAGE_FROM
    return tuple(
        ArticleRow(*row[:7]) for row in rows if _says_it(f"{row[7]} {search.flat(row[8])}", pairs, asked, is_message=is_message)
    )


def _says_it(text: str, pairs: Sequence[str], asked: Sequence[str], *, is_message: bool) -> bool:
    """A few words must stand in it by half; of a whole message, several of its rarest pairs."""
    if is_message:
        return sum(pair in text for pair in asked) >= min(_OF_A_MESSAGE, len(asked))
    return sum(pair in text for pair in pairs) * 2 >= len(pairs)


def _rarest(db: Connection, pairs: Sequence[str]) -> list[str]:
    """Pairs that stand in some article, the rarest first, as many as may be weighed."""
    counted = []
    for pair in pairs[:_PAIRS_COUNTED]:
        row = db.execute("SELECT doc FROM article_pairs WHERE term = ?", (pair,)).fetchone()
        if row is not None:
            counted.append((row[0], pair))
    asked: list[str] = []
    rows = 0
    for count, pair in sorted(counted):
        rows += count
        if len(asked) == _PAIRS_ASKED or (asked and rows > _ROWS_WEIGHED):
            break
        asked.append(pair)
    return asked


def _phrase(text: str) -> str:
    if len(text) == 1:
        return f'"{text}"*'
    return '"' + " ".join(map(str.__add__, text, text[1:])) + '"'


def _where(query: ArticleQuery) -> tuple[str, list[object]]:
    parts: list[str] = [_NOT_GONE]
    values: list[object] = []
    if query.unit:
        parts.append("a.unit = ?")
        values.append(query.unit)
    if query.category:
        parts.append("substr(a.category, 1, ?) = ?")
        values += [len(query.category), query.category]
    if query.place:
        holds = " OR ".join(["instr(a.places, ?)"] * (above := len(_above(query.place))))
        parts.append(f"(a.places = '' OR {holds})" if above else "a.places = ''")
        values += [f"|{each}|" for each in _above(query.place)]
    ending = "a.valid_until <> '' AND a.valid_until {} AND a.valid_until {}"
    match query.validity:
        case "in_force":
            parts.append("(a.valid_until = '' OR a.valid_until >= ?)")
            values.append(query.today)
        case "ending":
            parts.append(ending.format(">= ?", f"<= date(?, '+{ENDING_DAYS} days')"))
            values += [query.today, query.today]
        case "expired":
            parts.append("a.valid_until <> '' AND a.valid_until < ?")
            values.append(query.today)
    return " AND ".join(parts), values


def _above(place: str) -> list[str]:
    """A place and what it lies in: county (6), township (9), village (12)."""
    return [place[:length] for length in (6, 9, 12) if length <= len(place)]


def _late(query: ArticleQuery) -> str:
    """What has expired stands behind."""
    return "(a.valid_until <> '' AND a.valid_until < ?)"


def _far(query: ArticleQuery) -> str:
    """What is of the category that is near stands before the rest."""
    return "NOT (a.category <> '' AND (instr(a.category, ?) = 1 OR instr(?, a.category) = 1))" if query.near else "''"


def _order_values(query: ArticleQuery) -> list[object]:
    return [query.today, *([query.near, query.near] if query.near else [])]


def ending(db: Connection, today: str) -> tuple[int, int, int]:
    """How many articles there are, how many of them end within a month, how many have ended."""
    row = db.execute(
        "SELECT count(*), sum(valid_until <> '' AND valid_until >= ? AND valid_until <= date(?, ?)), "
        "sum(valid_until <> '' AND valid_until < ?) FROM articles WHERE NOT is_gone",
        (today, today, f"+{ENDING_DAYS} days", today),
    ).fetchone()
    return row[0], row[1] or 0, row[2] or 0
