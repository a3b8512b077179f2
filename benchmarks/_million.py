"""A station's file with a million orders, made in minutes and kept under var/: tables and text index as folding makes them, no journal.

    python -m benchmarks._million [--orders 1000000] [--data FOLDER_OR_FILE.jsonl.gz]

Orders are folded from stories (accepted, for most dispatched and finished), one a text; each further order of a text gets a caller, place,
number, moment and filters of its own. All is written by `projection.write_new`; only the journal below and the disk's safety while it is
made are left out. Texts cycle over real messages where `--data` or $HOTLINE_MESSAGES names some
(JSON lines, gzipped), else over sentences put together here; names, phones and places differ from order to order.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import os
import random
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import msgspec

from benchmarks.accept import KEY, SAID
from county_hotline.clock import SystemClock
from county_hotline.db.store import Store
from county_hotline.db.tables import projection, search
from county_hotline.domain.facts import Accepted, Dispatched, Finished
from county_hotline.domain.happened import Happened
from county_hotline.domain.numbering import make
from county_hotline.domain.reference import StationCard
from county_hotline.domain.vocabulary import Channel, MatterKind, Outcome, StationRole
from county_hotline.ids import AgencyCode, EntryId, Life, Number, OfficerId, StationId, new_query_code

LAST_DAY = date(2026, 11, 21)
DAY_MS = 86_400_000
DAY_ORDERS = 900
LAST_MS = 1_795_219_200_000
SURNAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程苏魏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严赖覃洪武莫孔汤向单解仇缪翟"
GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂兰香玉萍红鹏辉建华国庆志文博宇轩浩然子涵梓欣怡佳雨婷思琪晓东海燕春梅德福贵祥瑞永康荣昌喆堃淼"
ROADS = "人民振兴和平建设解放中山文化新华胜利健康育才工业迎宾长江黄河沂河荆山历山瑞阳鲁山药玻华源富源润生"
PERSONS = "西关东村北坡前崖后峪上枝下枝悦庄石桥张家庄李家泉大刘小官徐家宅"
STATIONS = tuple(StationId(f"370323-{number:02d}") for number in range(1, 13))
SHAPE = 6
"""Raise it when this script makes another file than before."""
_LIKE = Number("370323-09A-260101-0001B")
RARE_CATEGORY = "019901"
RARE_AGENCY = AgencyCode("37032399")


def messages(given: str) -> list[str]:
    """Real texts, or sentences of our own."""
    source = Path(given) if given else None
    files = [] if source is None else sorted(source.glob("*.jsonl.gz")) if source.is_dir() else [source]
    texts = []
    for file in files:
        with gzip.open(file, "rt", encoding="utf-8") as lines:
            for line in lines:
                row = json.loads(line)
                text = next((row[key] for key in ("诉求内容", "留言详情", "内容") if row.get(key)), "")
                texts.append("".join(str(text).split()))
    texts = [text for text in dict.fromkeys(texts) if len(text) > 8]
    if texts:
        return texts
    chance = random.Random(3)
    return [f"{''.join(chance.sample(SAID, 3))}（{chance.choice(ROADS)}路第{place}次反映）" for place in range(5_000)]


def folded(count: int, texts: list[str]) -> Iterator[projection.Folded]:
    """The orders as the tables hold them, as they arrive at the county's centre: nearly in the order of acceptance."""
    chance = random.Random(11)
    known: dict[tuple[int, int], projection.Folded] = {}
    days = count // DAY_ORDERS + 1
    for place in range(count):
        day, nth = divmod(place, DAY_ORDERS)
        station = STATIONS[place % len(STATIONS)]
        number = make("370323", station[-2:], Life("A"), LAST_DAY - timedelta(days=days - day), nth + 1)
        if number is None:  # its check character is never printed
            number = make("370323", station[-2:], Life("B"), LAST_DAY - timedelta(days=days - day), nth + 1)
        if number is None:
            continue
        delay = chance.choice((0, 0, 0, 3_600_000, 20_000_000, 3 * DAY_MS))
        moment = LAST_MS - (days - day) * DAY_MS + nth * 40_000 - delay
        acts = 1 if place % 40 == 0 else 2 if place >= count - 20_000 else 3
        shape = place % len(texts), acts
        if shape not in known:
            story = tuple(_story(place, acts, texts[place % len(texts)], chance))
            known[shape] = projection.folded(_LIKE, 1, story, card())
        yield _own(known[shape], 6 * place + 1, number, moment, chance)


def _own(like: projection.Folded, row: int, number: Number, moment: int, chance: random.Random) -> projection.Folded:
    """The same order with a caller, a place, a number, a moment and filters of its own."""
    road = chance.choice(ROADS) + chance.choice(ROADS)
    name = chance.choice(SURNAMES) + "".join(chance.choice(GIVEN) for _ in range(chance.choice((1, 2, 2))))
    phone, code = f"1{chance.randint(3_000_000_000, 9_999_999_999)}", new_query_code()
    where = f"{road}路{chance.randint(1, 300)}号{chance.choice(PERSONS)}"
    kinds = {
        "c": RARE_CATEGORY if row % 20_011 == 7 else f"01{chance.randint(1, 20):02d}",
        "p": f"37032310{chance.randint(1, 9)}{chance.randint(200, 240)}",
        "h": chance.choice(("phone", "phone", "visit")),
        "k": chance.choice(("complaint", "help", "inquiry")),
        "u": "critical" if row % 3_001 == 0 else "normal",
    }
    agency = RARE_AGENCY if row % 10_007 == 3 else f"370323{chance.randint(20, 59)}"
    order = msgspec.structs.replace(like.order, number=number)
    own = search.line_of(
        row,
        (number, code, name, phone, where),
        projection._names(order),  # noqa: SLF001
        (name, where),
        [*kinds.items(), ("a", agency), ("p", kinds["p"][:9]), ("c", kinds["c"][:2])],
    )
    line = search.Line(row, own.text + like.line.text, own.names)
    due_at = moment + chance.randint(1, 20) * DAY_MS
    new = {
        0: row, 1: number, 7: name[0] + "**", 8: f"{phone[:3]}****{phone[-4:]}", 9: phone, 10: kinds["k"], 11: kinds["h"], 12: kinds["u"],
        13: kinds["c"], 14: kinds["p"], 17: agency, 20: due_at, 22: moment, 25: code, 32: search.key_of(line),
    }  # fmt: skip
    cells = list(like.row)
    for at, value in new.items():
        cells[at] = value
    if cells[23] is not None:
        cells[23] = moment + chance.randint(1, 20) * DAY_MS
    return like._replace(
        order=order, row=tuple(cells), line=line, assignments=_numbered(like.assignments, row), tasks=_numbered(like.tasks, row),
        measures=_numbered(like.measures, row),
    )  # fmt: skip


def _numbered(parts: Iterable[tuple[object, ...]], row: int) -> tuple[tuple[object, ...], ...]:
    return tuple((row, *part[1:]) for part in parts)


def _story(place: int, acts: int, text: str, chance: random.Random) -> Iterator[Happened]:
    accepted = Accepted(
        query_code="", unit=AgencyCode("370323103"), channel=Channel.PHONE, matter_kind=MatterKind.HELP, category="0101", place="370323103201",
        title=text[:20], content=text, came_at=LAST_MS, demand="请尽快处理并答复", rule_pack="shandong-2020@1",
        agency_hint=AgencyCode("37032320"), due_on="2026-11-30", due_at=LAST_MS,
    )  # fmt: skip
    agency = AgencyCode(f"370323{chance.randint(20, 59)}")
    facts = (accepted, Dispatched(agency=agency, due_on="2026-11-30"), Finished(outcome=Outcome.SOLVED, opinion="属实"))
    for nth, fact in enumerate(facts[:acts]):
        yield Happened(
            entry_id=EntryId(f"{place:020d}{nth:06d}"), fact=fact, station=StationId("370323-09"), life=Life("A"), serial=place * 3 + nth + 1,
            officer=OfficerId("0301 受理员甲"), recorded_at=LAST_MS + nth * 60_000, hub_seq=6 * place + nth + 1, received_at=LAST_MS,
        )  # fmt: skip


def card() -> StationCard:
    return StationCard(StationId("370323-01"), "370323", "沂源县", AgencyCode("37032300"), "示例中心", StationRole.CENTRE)


def made(orders: int, given: str = "", *, tell: bool = True) -> Path:
    """The file, made now unless it is there: its folder's name says of how many orders, which texts and which fold."""
    texts = messages(given)
    mark = hashlib.sha256(f"{projection.FOLD}{SHAPE}{len(texts)}{texts[0]}{texts[-1]}".encode()).hexdigest()[:8]
    folder = ROOT / "var" / "million" / f"{orders}-{mark}"
    path = folder / "journal.db"
    if (folder / "done").exists():
        return path
    folder.mkdir(parents=True, exist_ok=True)
    for left in folder.iterdir():
        left.unlink()
    begin = time.perf_counter()
    store = Store.open(path, KEY, clock=SystemClock())
    store.set_station(card())
    db = store.database.connection()
    for pragma in ("journal_mode = MEMORY", "synchronous = OFF", "cache_size = -400000", "secure_delete = OFF"):
        db.execute(f"PRAGMA {pragma}")
    db.execute("INSERT INTO search (search, rank) VALUES ('hashsize', ?)", (32 << 20,))
    db.execute("BEGIN")
    waiting = []
    for order in folded(orders, texts):
        waiting.append(order)
        if len(waiting) == 2_000:
            projection.write_new(db, waiting)
            waiting.clear()
            if tell and order.line.row % 600_000 < 12_000:
                print(
                    f"{order.line.row // 6:,} of {orders:,} in {time.perf_counter() - begin:.0f} s", file=sys.stderr, flush=True
                )
    for at in range(0, len(waiting), 90):
        projection.write_new(db, waiting[at : at + 90])
    db.execute("INSERT INTO search (search, rank) VALUES ('hashsize', ?)", (1 << 20,))
    db.execute("COMMIT")
    db.execute("PRAGMA journal_mode = WAL")
    store.close()
    (folder / "done").write_text(f"{time.perf_counter() - begin:.0f} s\n")
    return path


def sizes(path: Path) -> dict[str, float]:
    """MB of the file, and how many orders are searched."""
    store = Store.open(path, KEY, clock=SystemClock())
    count = search.size(store.database.connection())
    store.close()
    return {"mb": round(path.stat().st_size / 1e6), "orders": count}


def arguments(about: str) -> argparse.Namespace:
    """What both measurements ask for."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--orders", type=int, default=1_000_000)
    parser.add_argument("--data", default=os.environ.get("HOTLINE_MESSAGES", ""), help="real messages, JSON lines, gzipped")
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--quick", action="store_true", help="without what takes minutes")
    return parser.parse_args()


if __name__ == "__main__":
    asked = arguments(__doc__ or "")
    print(json.dumps(sizes(made(asked.orders, asked.data))))
