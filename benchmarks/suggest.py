"""How good 建议 from past orders is, on public work orders: learnt from the earlier part, asked about the later.

    python -m benchmarks.suggest haikou-tickets.jsonl.gz

Figures only; no text leaves this process.
"""

from __future__ import annotations

import gzip
import json
import sys
import time
from pathlib import Path

from county_hotline.domain.headlines import headline
from county_hotline.domain.suggesting import SPEAKS_OF_CATEGORY, Confidence, Past, PastOrders, Vote, voted

SCHEME = "新"
"""The category scheme changed in the middle of the data; the two are never mixed."""
LATER = 0.2


def main(path: Path) -> None:
    """One line for each question asked."""
    with gzip.open(path, "rt", encoding="utf-8") as file:
        rows = [row for line in file if (row := json.loads(line))["分类体系"] == SCHEME and row["处置单位"] and row["诉求内容"]]
    rows.sort(key=lambda row: (row["受理日期"], row["工单编号"]))
    cut = round(len(rows) * (1 - LATER))
    print(f"learnt {cut}, asked {len(rows) - cut}, {rows[0]['受理日期']} … {rows[cut]['受理日期']} … {rows[-1]['受理日期']}")
    for name, long in (("title only", False), ("whole text", True)):
        past = PastOrders()
        begin = time.perf_counter()
        for row in rows[:cut]:
            past.learn(_text(row, long=long), _past(row))
        learnt = time.perf_counter() - begin
        begin = time.perf_counter()
        found = [(past.near(_text(row, long=long)), _past(row)) for row in rows[cut:]]
        asked = time.perf_counter() - begin
        print(f"{name}: learning {learnt / cut * 1e3:.2f} ms an order, asking {asked / len(found) * 1e3:.1f} ms")
        _figures("  agency  ", [(voted(near, lambda each: each.agency), truth.agency) for near, truth in found])
        _figures(
            "  category",
            [(voted(near, lambda each: each.category, speaks=SPEAKS_OF_CATEGORY), truth.category) for near, truth in found],
        )


def _text(row: dict[str, str], *, long: bool) -> str:
    return str(row["诉求内容"]) if long else headline(str(row["诉求内容"]))


def _past(row: dict[str, str]) -> Past:
    return Past(str(row["处置单位"]), "/".join(str(row[f"行业分类{level}级"]) for level in (1, 2, 3)))


def _figures(name: str, asked: list[tuple[tuple[Vote, ...], str]]) -> None:
    spoke = [(votes, truth) for votes, truth in asked if votes]
    first = sum(votes[0].label == truth for votes, truth in spoke)
    three = sum(truth in {vote.label for vote in votes} for votes, truth in spoke)
    sure = [(votes[0].label == truth) for votes, truth in spoke if votes[0].confidence is Confidence.HIGH]
    print(
        f"{name}: silent {1 - len(spoke) / len(asked):6.1%}   of what it said: first right {first / len(spoke):6.1%}, "
        f"among three {three / len(spoke):6.1%}   把握大 {len(sure) / len(asked):6.1%} of all, right {sum(sure) / max(1, len(sure)):6.1%}"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
