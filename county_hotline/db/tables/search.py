"""Finding an order by any piece of its text: FTS5 over neighbouring pairs of characters, so that a phrase of pairs is a substring.

`路灯不亮` is indexed as the words `路灯 灯不 不亮 亮`; the search `灯不亮` asks for the phrase `灯不 不亮` and is exact.
Letters are folded, punctuation and blanks dropped, on both sides alike. One character asks for every pair beginning with it.
The newest orders wait in a plain table, where a substring is looked for as such, until a hundred of them go into the index at once.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections.abc import Callable, Iterable, Sequence
from typing import Final, NamedTuple

from sqlcipher3.dbapi2 import Connection

GAP: Final = "\ue000"
"""Stands after every field, so that no phrase runs from one into the next (a private-use character, never in a clerk's text)."""
WHOLE: Final = "\ue001"
"""Begins an index word that is found only as a whole: a query code, another system's number, a number's tail."""
NEWEST: Final = 100
MERGED_PAGES: Final = 500


_NOT_SEARCHED = re.compile(rf"[^\w{GAP}]|_")
_GAPS = re.compile(f"{GAP}{{2,}}")
_FIELD_END = re.compile(f"{GAP} {GAP}.", re.DOTALL)


class Line(NamedTuple):
    """What is searched of one order: its fields' text, and the names that are found as a whole only; each field ends with GAP."""

    row: int
    text: str
    names: str


def flat(text: str) -> str:
    """The characters that are indexed: letters and digits of any script, compatibility forms and case folded."""
    return _NOT_SEARCHED.sub("", unicodedata.normalize("NFKC", text).casefold())


def line_of(row: int, fields: Iterable[str], names: Iterable[str]) -> Line:
    return Line(row, _joined(fields), _joined(names))


def _joined(fields: Iterable[str]) -> str:
    """All fields flat in one go; empty ones leave nothing."""
    text = _NOT_SEARCHED.sub("", unicodedata.normalize("NFKC", GAP.join((*fields, ""))).casefold())
    return _GAPS.sub(GAP, text).lstrip(GAP)


def key_of(line: Line) -> int:
    """A fingerprint, by which a refold knows that the index need not be touched."""
    text = f"{line.text}{WHOLE}{line.names}".encode("utf-8", "surrogatepass")
    return int.from_bytes(hashlib.blake2b(text, digest_size=8).digest(), "big", signed=True)


def add(db: Connection, lines: Sequence[Line]) -> None:
    """Orders that are not searched yet."""
    if len(lines) < NEWEST:
        db.executemany("INSERT INTO search_newest VALUES (?,?,?)", lines)
        if db.execute("SELECT count(*) FROM search_newest").fetchone()[0] < NEWEST:
            return
        lines = [Line(*row) for row in db.execute("SELECT row, text, names FROM search_newest")]
        db.execute("DELETE FROM search_newest")
    db.executemany("INSERT INTO search (rowid, pairs) VALUES (?,?)", ((line.row, _words(line)) for line in lines))


def replace(db: Connection, line: Line) -> None:
    """The text of an order is another now."""
    changed = db.execute("UPDATE search_newest SET text = ?, names = ? WHERE row = ?", (line.text, line.names, line.row))
    if changed.rowcount == 0:
        db.execute("DELETE FROM search WHERE rowid = ?", (line.row,))
        db.execute("INSERT INTO search (rowid, pairs) VALUES (?,?)", (line.row, _words(line)))


def drop(db: Connection, row: int) -> None:
    """An order is not searched any more."""
    if db.execute("DELETE FROM search_newest WHERE row = ?", (row,)).rowcount == 0:
        db.execute("DELETE FROM search WHERE rowid = ?", (row,))


def clear(db: Connection) -> None:
    """Nothing is searched any more."""
    db.execute("INSERT INTO search (search) VALUES ('delete-all')")
    db.execute("DELETE FROM search_newest")


def size(db: Connection) -> int:
    """How many rows are searched."""
    count: int = db.execute("SELECT (SELECT count(*) FROM search_docsize) + (SELECT count(*) FROM search_newest)").fetchone()[0]
    return count


def squeeze(run: Callable[[str, int], int]) -> None:
    """Merge the index until nothing is left in it of what was deleted. `run` does one short step and says how many rows changed."""
    step = -MERGED_PAGES
    while run("INSERT INTO search (search, rank) VALUES ('merge', ?)", step) >= 2:
        step = MERGED_PAGES


def _words(line: Line) -> str:
    """The index words of a line, as FTS5 is given them: of `abc` the pairs `ab bc`, the last character `c`, and the gap."""
    names = "".join(f"{WHOLE}{name} " for name in line.names.split(GAP)[:-1])
    pairs = " ".join(map(str.__add__, line.text, line.text[1:] + GAP))
    return names + _FIELD_END.sub(f" {GAP}", pairs)


def wanted(typed: str) -> tuple[str, tuple[str, ...]] | None:
    """SQL for the rows in which every blank-separated piece of what was typed is found, or which are called so, with its values; None
    for nothing searchable."""
    pieces = [text for piece in typed.split() if (text := flat(piece))]
    if not pieces:
        return None
    phrases = " AND ".join(_phrase(text) for text in pieces)
    here = " AND ".join(["instr(text, ?)"] * len(pieces))
    sql, values = named(typed)
    return (
        f"(SELECT rowid FROM search WHERE search MATCH ? UNION ALL SELECT row FROM search_newest WHERE {here} UNION ALL {sql[1:]}",
        (phrases, *pieces, *values),
    )


def named(typed: str) -> tuple[str, tuple[str, ...]]:
    """SQL for the rows that are called so, with its values. What was typed has something searchable."""
    name = flat(typed)
    return (
        "(SELECT rowid FROM search WHERE search MATCH ? UNION ALL "
        f"SELECT row FROM search_newest WHERE instr('{GAP}' || names, ?))",
        (f'"{WHOLE}{name}"', GAP + name + GAP),
    )


def _phrase(text: str) -> str:
    if len(text) == 1:
        return f'"{text}"*'
    return '"' + " ".join(map(str.__add__, text, text[1:])) + '"'
