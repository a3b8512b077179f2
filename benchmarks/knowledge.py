"""The knowledge base with 27,000 articles: finding them against LIKE in the same file and run, complete or not, ranked well or not.

    python benchmarks/knowledge.py [--data DIR] [--articles 27000] [--json]

`--data` (or HOTLINE_MESSAGES): real messages and their answers as JSON lines, gzipped (`*.jsonl.gz` with 留言详情, 答复意见, 内容, 答复内容,
诉求内容). Answers then are the articles, the rest stands between them, and each message is asked for its own answer. Without it the articles
are made of the sample county's own, and only speed and completeness are measured.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from county_hotline.clock import SystemClock
from county_hotline.db.store import Store
from county_hotline.db.tables.search import flat
from county_hotline.domain.articles import ArticleQuery, Edition
from county_hotline.domain.likeness import held
from county_hotline.ids import StationId

TODAY, VERSION = "2026-11-21", "2026-01-01"
TARGET_P95_MS = 50.0
TEXT = 1_100
QUERIES, LIKES, MESSAGES = 100, 12, 120
QUESTIONS = (("留言主题", "留言详情", "答复意见"), ("标题", "内容", "答复内容"))
OTHERS = ("留言详情", "诉求内容")


def rows_of(folder: Path) -> Iterator[dict[str, str]]:
    for file in sorted(folder.glob("*.jsonl.gz")):
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                yield json.loads(line)


def articles_of(folder: Path | None, many: int, chance: random.Random) -> tuple[list[Edition], list[tuple[str, str]]]:
    """Articles, and (message, code) of those whose question is known."""
    made: list[Edition] = []
    asked: list[tuple[str, str]] = []
    other: list[str] = []
    for row in rows_of(folder) if folder else ():
        names = next((each for each in QUESTIONS if all(row.get(name) for name in each)), None)
        if names is not None and len(made) < many // 3:
            title, question, answer = (str(row[name]).strip() for name in names)
            code = f"A{len(made):05}"
            made.append(_edition(code, title, answer))
            asked.append((question, code))
        else:
            other += [str(row[name]).strip() for name in OTHERS if row.get(name)]
    if not other:
        listed = json.loads((ROOT / "county_hotline/data/sample_county/articles.json").read_text(encoding="utf-8"))
        other = [part for each in listed for part in each["text"].split("。") if part]
    while len(made) < many:
        text = chance.choice(other)
        title = text[:24].splitlines()[0] or "条目"
        while len(text) < TEXT / 3:
            text += "\n" + chance.choice(other)
        made.append(_edition(f"B{len(made):05}", title, text))
    return made, asked


def _edition(code: str, title: str, text: str) -> Edition:
    return Edition(code, title[:200] or "条目", text[:TEXT] or "无", VERSION, station=StationId("370323-90"))


def timed(ask: Callable[[str], object], queries: Sequence[str]) -> tuple[float, float]:
    """Median and p95, ms."""
    spent = []
    for query in queries:
        began = time.perf_counter()
        ask(query)
        spent.append((time.perf_counter() - began) * 1000)
    spent.sort()
    return statistics.median(spent), spent[min(len(spent) - 1, int(len(spent) * 0.95))]


def measure(folder: Path | None, many: int) -> dict[str, object]:
    chance = random.Random(26)
    made, asked = articles_of(folder, many, chance)
    with tempfile.TemporaryDirectory() as place:
        store = Store.open(Path(place) / "journal.db", bytes(32), clock=SystemClock())
        began = time.perf_counter()
        for start in range(0, len(made), 250):
            store.knowledge.add_editions(made[start : start + 250])
        filled_s = time.perf_counter() - began
        try:
            return {
                "articles": len(made),
                "text_mb": round(sum(len(each.text.encode()) for each in made) / 1e6, 1),
                "file_mb": round((Path(place) / "journal.db").stat().st_size / 1e6, 1),
                "filled_per_s": round(len(made) / filled_s),
                **_speed(store, made, asked, chance),
                **_ranking(store, made, asked),
            }
        finally:
            store.close()


def _speed(store: Store, made: list[Edition], asked: list[tuple[str, str]], chance: random.Random) -> dict[str, object]:
    def find(text: str) -> int:
        return store.knowledge.find(ArticleQuery(text, today=TODAY), limit=30).total

    with store.immediate() as db:
        db.execute("CREATE TABLE plain (code TEXT, title TEXT, text TEXT)")
        db.executemany("INSERT INTO plain VALUES (?,?,?)", ((each.code, flat(each.title), flat(each.text)) for each in made))
    connection = store.database.connection()

    def like(text: str) -> list[object]:
        wanted = f"%{flat(text)}%"
        sql = "SELECT code FROM plain WHERE title LIKE ? OR text LIKE ? ORDER BY title LIMIT 30"
        return list(connection.execute(sql, (wanted, wanted)))

    queries = {}
    for length in (2, 4, 8):
        texts = [flat(chance.choice(made).text) for _ in range(QUERIES)]
        queries[length] = [
            text[at : at + length] for text in texts if len(text) > length for at in [chance.randrange(len(text) - length)]
        ]
    figures: dict[str, object] = {}
    for length, some in queries.items():
        figures[f"ours_{length}_ms"] = timed(find, some)
        figures[f"like_{length}_ms"] = timed(like, some[:LIKES])
    said = [question for question, _ in asked[:MESSAGES]] or [chance.choice(made).text[:120] for _ in range(100)]
    figures["ours_message_ms"] = timed(find, said)
    flats = [(flat(each.title), flat(each.text)) for each in made]

    def holding(query: str) -> int:
        wanted = flat(query)
        return sum(wanted in title or wanted in text for title, text in flats)

    checked = [query for some in queries.values() for query in some[:12] if len(flat(query)) >= 2]
    lost = [query for query in checked if find(query) < holding(query)]
    figures["queries_checked"], figures["incomplete"] = len(checked), len(lost)
    return figures


def _ranking(store: Store, made: list[Edition], asked: list[tuple[str, str]]) -> dict[str, object]:
    """Of the messages the share whose own answer stands first, among the first five, among the first twenty."""
    if not asked:
        return {}
    places = []
    some = asked[:: max(1, len(asked) // MESSAGES)]
    for question, code in some:
        rows = store.knowledge.find(ArticleQuery(question, today=TODAY), limit=30).rows
        places.append(next((at for at, row in enumerate(rows) if row.code == code), 99))
    figures = {f"found_in_{top}": round(sum(place < top for place in places) / len(places), 3) for top in (1, 5, 20)}
    began = time.perf_counter()
    old = []
    for question, code in some[:3]:
        scored = sorted(made, key=lambda each: -(2 * held(question, each.title) + held(question, each.text)))
        old.append(next(at for at, each in enumerate(scored) if each.code == code))
    return {**figures, "every_article_scored_ms": round((time.perf_counter() - began) * 1000 / len(old))}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", default=os.environ.get("HOTLINE_MESSAGES", ""), help="real messages, JSON lines, gzipped")
    parser.add_argument("--articles", type=int, default=27_000)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    figures = measure(Path(options.data) if options.data else None, options.articles)
    if options.json:
        print(json.dumps(figures, ensure_ascii=False))
    else:
        for name, value in figures.items():
            shown = f"median {value[0]:.1f}, p95 {value[1]:.1f}" if isinstance(value, tuple) else value
            print(f"{name:28}{shown}")
    slowest = max(value[1] for name, value in figures.items() if name.startswith("ours_") and isinstance(value, tuple))
    return 0 if figures["incomplete"] == 0 and slowest <= TARGET_P95_MS else 1


if __name__ == "__main__":
    raise SystemExit(main())
