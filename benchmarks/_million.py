"""A station's file with a million orders: a real journal (sealed, chained, with receipts) and everything folded from it, made once and kept.

    python -m benchmarks._million [--orders 1000000] [--data FOLDER_OR_FILE] [--cache build/million]

Entries are written by `placing.put`, the very way a page from the hub is taken; only the disk's safety while it is made is left out. Texts
cycle over real messages where `--data` or $HOTLINE_MESSAGES names some (`_messages`), else over sentences put together here; caller, place,
number, moment and filters differ from order to order. `--cache` or $HOTLINE_MILLION: where it is kept. Where it was made by an older schema or fold
it is brought up to date: indexes are made, and where that is not enough everything is folded anew from its journal.
"""

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import sys
import time
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import islice
from pathlib import Path
from typing import Final, NamedTuple

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from sqlcipher3.dbapi2 import Connection

from benchmarks import _renewing
from benchmarks._messages import kept_by, messages
from benchmarks.accept import KEY
from county_hotline.clock import SystemClock
from county_hotline.db.line import placing
from county_hotline.db.store import Store
from county_hotline.db.tables import search
from county_hotline.domain.civil_time import civil
from county_hotline.domain.entries import GENESIS, Entry, Words, seal
from county_hotline.domain.facts import Accepted, Dispatched, Fact, Finished, FollowedUp, Person
from county_hotline.domain.numbering import make
from county_hotline.domain.receipts import Received
from county_hotline.domain.reference import StationCard
from county_hotline.domain.upcasts import words_of
from county_hotline.domain.vocabulary import Channel, FollowUpResult, MatterKind, Outcome, Satisfaction, StationRole, Urgency
from county_hotline.ids import AgencyCode, Life, Number, OfficerId, StationId, chained_entry_id, new_salt

LAST_DAY = date(2026, 11, 21)
HOUR_MS, DAY_MS = 3_600_000, 86_400_000
DAY_ORDERS = 900
LAST_MS = 1_795_219_200_000
SURNAMES = "王李张刘陈杨黄赵周吴徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程苏魏吕丁任卢姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱江尹薛闫段雷侯龙史陶黎贺顾毛郝龚邵万钱严赖覃洪武莫孔汤向单解仇缪翟"
GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂兰香玉萍红鹏辉建华国庆志文博宇轩浩然子涵梓欣怡佳雨婷思琪晓东海燕春梅德福贵祥瑞永康荣昌喆堃淼"
ROADS = "人民振兴和平建设解放中山文化新华胜利健康育才工业迎宾长江黄河沂河荆山历山瑞阳鲁山药玻华源富源润生"
PERSONS = "西关东村北坡前崖后峪上枝下枝悦庄石桥张家庄李家泉大刘小官徐家宅"
CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
STATIONS = tuple(StationId(f"370323-{number:02d}") for number in range(1, 13))
OFFICER = OfficerId("0301 受理员甲")
SHAPE = 7
"""Raise it when this script makes another journal than before."""
RARE_CATEGORY = "019901"
RARE_AGENCY = AgencyCode("37032399")
OPEN_OF_ALL: Final = 40
"""One of so many waits to be dispatched, however old: more than any county has."""
AT_WORK: Final = 20_000
"""The newest are not finished."""
AT_ONCE: Final = 2_000


class Request(NamedTuple):
    """One order: under which number, accepted when and where, what was done of it."""

    number: Number
    station: StationId
    life: Life
    moment: int
    accepted: Accepted
    person: Person
    further: tuple[tuple[int, Fact], ...]


def requests(count: int, texts: list[str]) -> Iterator[Request]:
    """The orders as they arrive at the county's centre: nearly in the order of acceptance. The same ones each time."""
    chance = random.Random(11)
    days = count * 103 // 100 // DAY_ORDERS + 1
    place = 0
    for at in itertools.count():
        day, nth = divmod(at, DAY_ORDERS)
        number = make("370323", STATIONS[at % len(STATIONS)][-2:], Life("A"), LAST_DAY - timedelta(days=days - day), nth + 1)
        if number is None:  # its check character is never printed
            continue
        if place == count:
            return
        moment = LAST_MS - (days - day) * DAY_MS + nth * 40_000 - chance.choice((0, 0, 0, HOUR_MS, 20_000_000, 3 * DAY_MS))
        acts = 1 if place % OPEN_OF_ALL == 0 else 2 if place >= count - AT_WORK else 3
        accepted, person = _said(place, texts[place % len(texts)], moment, chance)
        further = tuple(_done(place, acts, moment, chance))
        yield Request(number, STATIONS[at % len(STATIONS)], Life("A"), moment, accepted, person, further)
        place += 1


def _said(place: int, text: str, moment: int, chance: random.Random) -> tuple[Accepted, Person]:
    name = chance.choice(SURNAMES) + "".join(chance.choice(GIVEN) for _ in range(chance.choice((1, 2, 2))))
    where = f"{chance.choice(ROADS)}{chance.choice(ROADS)}路{chance.randint(1, 300)}号{chance.choice(PERSONS)}"
    due_at = moment + chance.randint(1, 20) * DAY_MS
    accepted = Accepted(
        query_code="".join(chance.choices(CROCKFORD, k=8)), unit=AgencyCode("370323103"),
        channel=Channel(chance.choice(("phone", "phone", "visit"))), matter_kind=MatterKind(chance.choice(("complaint", "help", "inquiry"))),
        urgency=Urgency.CRITICAL if place % 3_001 == 7 else Urgency.NORMAL,
        category=RARE_CATEGORY if place % 20_011 == 7 else f"01{chance.randint(1, 20):02d}",
        place=f"37032310{chance.randint(1, 9)}{chance.randint(200, 240)}", title=text[:20], content=text, came_at=moment,
        demand="请尽快处理并答复", place_detail=where, rule_pack="shandong-2020@1", agency_hint=AgencyCode("37032320"),
        due_on=civil(due_at).date().isoformat(), due_at=due_at, confidential=place % 200 == 150,
    )  # fmt: skip
    return accepted, Person(name=name, phone=f"1{chance.randint(3_000_000_000, 9_999_999_999)}", address=where)


def _done(place: int, acts: int, moment: int, chance: random.Random) -> Iterator[tuple[int, Fact]]:
    agency = RARE_AGENCY if place % 10_007 == 3 else AgencyCode(f"370323{chance.randint(20, 59)}")
    dispatched, due_at = moment + chance.randint(1, 20) * HOUR_MS // 4, moment + chance.randint(3, 20) * DAY_MS
    day = civil(due_at).date().isoformat()
    finished = moment + chance.randint(1, 20) * DAY_MS
    if acts > 1:
        yield dispatched, Dispatched(agency=agency, due_on=day, due_at=due_at, sign_by=dispatched + DAY_MS)
    if acts > 2:
        yield finished, Finished(outcome=Outcome.SOLVED, opinion="属实")
    if acts > 2 and place % 3 == 0:
        rated, solved = chance.choice(list(Satisfaction)), chance.random() < 0.9
        called = FollowedUp(
            result=FollowUpResult.RATED, called_at=finished + HOUR_MS, contacted=True, solved=solved, satisfaction=rated
        )
        yield finished + HOUR_MS, called


class _Chains:
    """Where each station's chain stands, and how many orders the centre itself was the first hand in."""

    def __init__(self) -> None:
        self.ends: dict[StationId, tuple[int, bytes]] = {}
        self.orders, self.place = 0, 0

    def entries_of(self, request: Request) -> Iterator[Received]:
        acts = ((request.moment, request.accepted), *request.further)
        self.orders += request.station == card().station
        for moment, fact in acts:
            serial, before = self.ends.get(request.station, (0, GENESIS))
            entry = _sealed(request, serial + 1, before, moment, fact)
            self.ends[request.station] = (serial + 1, entry.hash)
            self.place += 1
            yield Received(self.place, moment + 60_000, entry)


def _sealed(request: Request, serial: int, before: bytes, moment: int, fact: Fact) -> Entry:
    person = Words(new_salt(), words_of(request.person)) if isinstance(fact, Accepted) else None
    return seal(
        entry_id=chained_entry_id(moment, request.station + request.life, serial, before), work_order=request.number,
        station=request.station, life=request.life, serial=serial, basis=None, officer=OFFICER, recorded_at=moment, clock_note="",
        kind=fact.kind, version=fact.version, prev_hash=before, words=Words(new_salt(), words_of(fact)), person=person,
    )  # fmt: skip


def card() -> StationCard:
    """The county's centre, where everything arrives."""
    return StationCard(StationId("370323-01"), "370323", "沂源县", AgencyCode("37032300"), "示例中心", StationRole.CENTRE)


def kept(orders: int, given: str = "", *, cache: str = "") -> Path:
    """Where the file is, or would be."""
    return Path(cache or kept_by()) / f"{orders}-{SHAPE}-{_renewing.mark_of(messages(given))}" / "journal.db"


def made(orders: int, given: str = "", *, cache: str = "") -> Path:
    """The file, made now unless it is there, and up to date with the schema and the fold of now."""
    texts = messages(given)
    path = kept(orders, given, cache=cache)
    folder = path.parent
    if not (folder / "done").exists():
        folder.mkdir(parents=True, exist_ok=True)
        for left in folder.glob("*"):
            left.unlink()
        begin = time.perf_counter()
        _fill(path, orders, texts)
        (folder / "done").write_text(f"{time.perf_counter() - begin:.0f} s\n")
    elif not _renewing.renewed(path, KEY):
        (folder / "done").unlink()
        return made(orders, given, cache=cache)
    return path


def _fill(path: Path, orders: int, texts: list[str]) -> None:
    store = Store.open(path, KEY, clock=SystemClock())
    store.set_station(card())
    db = store.database.connection()
    chains, coming = _Chains(), requests(orders, texts)
    begin = time.perf_counter()
    with _renewing.in_one_go(db):
        written = 0
        while some := list(islice(coming, AT_ONCE)):
            placing.put(db, [each for request in some for each in chains.entries_of(request)], card())
            written += len(some)
            if written % 50_000 < AT_ONCE:
                print(f"{written:,} of {orders:,} in {time.perf_counter() - begin:.0f} s", file=sys.stderr, flush=True)
        _end_own_chain(db, chains)
    store.close()


def _end_own_chain(db: Connection, chains: _Chains) -> None:
    serial, last = chains.ends.get(card().station, (0, GENESIS))
    if serial:
        sql = "INSERT INTO chains (station, life, serial, hash, receipted, orders) VALUES (?,'A',?,?,?,?)"
        db.execute(sql, (card().station, serial, last, serial, chains.orders))


def sizes(path: Path) -> dict[str, float]:
    """MB of the file, and how many orders are searched."""
    store = Store.open(path, KEY, clock=SystemClock())
    count = search.size(store.database.connection())
    store.close()
    return {"mb": round(path.stat().st_size / 1e6), "orders": count}


def with_arguments(parser: argparse.ArgumentParser) -> argparse.ArgumentParser:
    """What every measurement over such a file asks for."""
    parser.add_argument("--orders", type=int, default=1_000_000)
    parser.add_argument("--data", default=os.environ.get("HOTLINE_MESSAGES", ""), help="real messages, JSON lines")
    parser.add_argument("--cache", default="", help="where the file is kept (else $HOTLINE_MILLION, else build/million)")
    parser.add_argument("--json", action="store_true")
    return parser


def main() -> None:
    """Make it, or bring it up to date; `--check`: and check every hash, and that the tables are what the journal folds to."""
    parser = with_arguments(argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0]))
    parser.add_argument("--check", action="store_true")
    asked = parser.parse_args()
    path = made(asked.orders, asked.data, cache=asked.cache)
    print(json.dumps({"path": str(path), **sizes(path)}))
    if asked.check:
        store = Store.open(path, KEY, clock=SystemClock())
        print(store.verify())
        store.close()


if __name__ == "__main__":
    main()
