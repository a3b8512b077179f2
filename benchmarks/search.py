"""Search among a million orders: whether it is complete, and how quick, against LIKE and FTS5 trigram over the same text.

    python benchmarks/search.py [--orders 1000000] [--data MESSAGES] [--json] [--quick]

Complete: pieces cut at random out of orders' texts must find them. Quick: the newest fifty hits, as 台账 asks them (encrypted file, rows
read and counted), against the plain SQLite of Python with bare text. `--quick`: without building the others' files.
"""

from __future__ import annotations

import json
import random
import sqlite3
import statistics
import sys
import time
from collections.abc import Callable
from itertools import islice
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks._million import arguments, folded, made, messages
from benchmarks.accept import KEY
from county_hotline.clock import SystemClock
from county_hotline.db.store import Store
from county_hotline.db.tables import search
from county_hotline.domain.highlighting import flat
from county_hotline.domain.views import RegisterQuery

TARGET_MS = 10.0
ROUNDS = 5
TYPED = (
    "物业",
    "路灯",
    "噪音",
    "公交",
    "请尽快",
    "市民",
    "路灯不亮",
    "人民路",
    "王伟",
    "喆",
    "1380",
    "5678",
    "13812345678",
    "wgx",
    "wanggui",
)


def complete(store: Store, given: str, orders: int, tries: int) -> tuple[int, int]:
    """How many random pieces were tried, and how many did not find the order they were cut from."""
    chance, missed, tried = random.Random(5), 0, 0
    db = store.database.connection()
    for order in islice(folded(orders, messages(given)), 0, min(orders, 20_000), max(1, min(orders, 20_000) // tries)):
        field = order.order.accepted.content if order.order.accepted else order.order.number
        start = chance.randrange(len(field) - 1)
        typed = "".join(field[start : start + chance.randint(2, 20)].split())
        wanted = search.wanted(typed) if len(flat(typed)) >= 2 else None
        if wanted is None or order.line.text.find(flat(typed)) < 0:
            continue
        tried += 1
        rows, values = wanted.rows()
        asked = f"SELECT 1 FROM {rows} WHERE rowid = ?"  # noqa: S608 - our own words
        missed += db.execute(asked, (*values, order.line.row)).fetchone() is None
    return tried, missed


def others(path: Path, given: str, orders: int) -> sqlite3.Connection:
    """The same text bare, and by FTS5 trigram."""
    plain = sqlite3.connect(path, isolation_level=None)
    plain.execute("PRAGMA journal_mode = OFF")
    plain.execute("PRAGMA synchronous = OFF")
    if plain.execute("SELECT count(*) FROM sqlite_master").fetchone()[0] == 0:
        plain.execute("CREATE TABLE bare (row INTEGER PRIMARY KEY, text TEXT)")
        plain.execute("CREATE VIRTUAL TABLE three USING fts5 (text, content = '', tokenize = 'trigram')")
        plain.execute("BEGIN")
        for order in folded(orders, messages(given)):
            plain.execute("INSERT INTO bare VALUES (?,?)", (order.line.row, order.line.text))
            plain.execute("INSERT INTO three (rowid, text) VALUES (?,?)", (order.line.row, order.line.text))
        plain.execute("COMMIT")
    return plain


def timed(ask: Callable[[str], int]) -> dict[str, tuple[float, int]]:
    """For each text typed the median milliseconds and how many were found."""
    found = {}
    for typed in TYPED:
        times, count = [], 0
        for _ in range(ROUNDS):
            begin = time.perf_counter()
            count = ask(typed)
            times.append((time.perf_counter() - begin) * 1e3)
        found[typed] = round(statistics.median(times), 2), count
    return found


def main() -> None:
    """Measure and print."""
    given = arguments(__doc__ or "")
    path = made(given.orders, given.data)
    store = Store.open(path, KEY, clock=SystemClock())
    tried, missed = complete(store, given.data, given.orders, 2_000)
    asked = {"ours": timed(lambda typed: len(store.register(RegisterQuery(text=typed), after=None, limit=50).rows))}
    store.close()
    if not given.quick:
        plain = others(path.with_name("others.db"), given.data, given.orders)
        like = "SELECT row FROM bare WHERE text LIKE ? ORDER BY row DESC LIMIT 50"
        three = "SELECT rowid FROM three WHERE three MATCH ? ORDER BY rowid DESC LIMIT 50"
        asked["like"] = timed(lambda typed: len(plain.execute(like, (f"%{typed}%",)).fetchall()))
        asked["trigram"] = timed(lambda typed: len(plain.execute(three, (f'"{typed}"',)).fetchall()))
    late = {who: round(statistics.quantiles([ms for ms, _ in each.values()], n=20)[18], 2) for who, each in asked.items()}
    if given.json:
        print(json.dumps({"tried": tried, "missed": missed, "p95_ms": late, "asked": asked, "target_ms": TARGET_MS}))
        return
    print(f"complete   {tried:,} pieces tried, {missed} did not find their order")
    print(f"p95        {', '.join(f'{who} {ms} ms' for who, ms in late.items())} (target ≤ {TARGET_MS:.0f} ms)")
    for typed in TYPED:
        print(f"{typed:12}" + "   ".join(f"{who} {each[typed][0]:>8.1f} ms {each[typed][1]:>3}" for who, each in asked.items()))


if __name__ == "__main__":
    main()
