"""Texts for orders that are only measured: real messages where a folder or file of them is named, else sentences of our own."""

from __future__ import annotations

import gzip
import json
import os
import random
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEPT = "HOTLINE_MILLION"
"""Names the folder in which what takes long to make is kept."""
FIELDS = ("诉求内容", "留言详情", "内容", "content", "text")
SENTENCES = (
    "西洪村三组村道塌陷，学生上学要绕行两里路，请尽快派人查看。",
    "振兴路与人民路交叉口的路灯已经三天不亮，晚上老人出门不方便。",
    "小区二次供水水压不足，六楼以上白天没有水，物业说要等通知。",
    "楼下烧烤店夜间油烟和噪音扰民，多次投诉后仍营业到凌晨两点。",
    "村口垃圾池一周没有清运，气味很大，苍蝇多，请安排清理。",
    "公交末班车提前半小时收车，下夜班的市民回不了家。",
)
ROADS = "人民振兴和平建设解放中山文化新华胜利健康育才工业迎宾"


def kept_by() -> str:
    """Where what takes long to make is kept."""
    return os.environ.get(KEPT) or str(ROOT / "build" / "million")


def messages(given: str) -> list[str]:
    """Each text once: of the JSON lines of a file, or of all such files of a folder (`.jsonl`, `.jsonl.gz`), else our own."""
    source = Path(given) if given else None
    files = [] if source is None else sorted(source.glob("*.jsonl*")) if source.is_dir() else [source]
    texts = ["".join(text.split()) for file in files for text in _texts(file)]
    texts = [text for text in dict.fromkeys(texts) if len(text) > 8]
    if texts:
        return texts
    chance = random.Random(3)
    return [f"{''.join(chance.sample(SENTENCES, 3))}（{chance.choice(ROADS)}路第{place}次反映）" for place in range(5_000)]


def _texts(file: Path) -> Iterator[str]:
    with gzip.open(file, "rt", encoding="utf-8") if file.suffix == ".gz" else file.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield next((str(row[key]) for key in FIELDS if row.get(key)), "")
