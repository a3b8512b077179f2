"""Sync of many orders over loopback HTTP, chain, signatures and tables included, against one raw zstd POST of the same records.

    python benchmarks/sync.py [--orders 10,100,1000,10000] [--reps 3] [--data texts.jsonl] [--profile]

The limit: the records as JSON Lines, zstd level 3, one POST to a minimal http.server that inserts (id, body) into SQLite with
synchronous=FULL. Ours: `county-hotline`'s own engine against its own hub, each in its own process, both databases encrypted.
`--data` takes one JSON object a line with `content` (and perhaps `title`); else texts are put together here.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import pstats
import random
import shutil
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import zstandard

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from county_hotline.clock import SystemClock
from county_hotline.db.keys import database_key
from county_hotline.db.store import Store
from county_hotline.domain.facts import Accepted, Person
from county_hotline.domain.reference import StationCard
from county_hotline.domain.views import RoundReport
from county_hotline.domain.vocabulary import Channel, MatterKind, StationRole
from county_hotline.hub.serve import open_hub, run_hub
from county_hotline.hub.stations import make_code
from county_hotline.ids import AgencyCode, Number, OfficerId, StationId, new_query_code
from county_hotline.paths import Home
from county_hotline.sync import enrolling, identity
from county_hotline.sync.keys import keep
from county_hotline.sync.round.engine import Engine
from county_hotline.sync.wire import frames, streams

CARD = StationCard(
    station=StationId("370323-03"),
    county="370323",
    county_name="沂源县",
    unit=AgencyCode("370323103"),
    unit_name="示例便民服务中心",
    role=StationRole.HALL,
)
WORDS = [
    "小区",
    "物业",
    "路灯",
    "不亮",
    "已经",
    "多次",
    "反映",
    "没有",
    "解决",
    "希望",
    "部门",
    "尽快",
    "处理",
    "居民",
    "夜间",
    "出行",
    "不便",
    "存在",
    "安全",
    "隐患",
    "村口",
    "道路",
    "坑洼",
    "积水",
    "垃圾",
    "清运",
    "不及时",
    "自来水",
    "水压",
    "不足",
    "停水",
    "通知",
    "医保",
    "报销",
    "窗口",
    "工作人员",
    "答复",
    "材料",
    "养老金",
    "发放",
    "低保",
    "申请",
    "公示",
    "学校",
    "门口",
    "停车",
    "拥堵",
    "施工",
    "噪音",
    "扰民",
    "凌晨",
    "工地",
    "扬尘",
    "拖欠",
    "工资",
    "老板",
    "承诺",
    "月底",
    "合同",
    "燃气",
    "管道",
    "改造",
    "电梯",
    "故障",
    "维修",
    "基金",
    "楼道",
    "堆放",
    "杂物",
    "消防",
    "通道",
    "占用",
    "河道",
    "污水",
    "异味",
    "养殖",
    "化肥",
    "宅基地",
    "确权",
    "补偿",
]


def texts(count: int, data: Path | None) -> Iterator[tuple[str, str]]:
    """(title, content), about as long as people's own."""
    if data is not None:
        with data.open(encoding="utf-8") as file:
            rows = [json.loads(line) for _, line in zip(range(count), file, strict=False)]
        for place in range(count):
            row = rows[place % len(rows)]
            content = str(row.get("content") or row.get("text") or "")[:5_000] or "无"
            yield str(row.get("title") or content)[:40] or "无", content
        return
    chance = random.Random(1)
    for _ in range(count):
        words = chance.choices(WORDS, k=max(20, min(400, int(chance.lognormvariate(4.3, 0.6)))))
        yield "".join(words[:6])[:40], "".join(words)


def a_station(home: Home, hub_home: Home, count: int, data: Path | None) -> None:
    """A station with so many orders and nothing sent, enrolled at a hub that holds nothing."""
    from tests.support.line import DirectWire

    clock = SystemClock()
    home.ensure()
    store = Store.open(home.database, database_key(home.keys), clock=clock)
    hub = open_hub(hub_home)
    code = make_code(hub.storage, CARD, now_ms=clock.now_ms())
    enrolling.enrol(store, home, url="http://127.0.0.1:1", code=code, clock=clock, wire=DirectWire(hub))
    hub.store.close()
    store.database.connection().execute("PRAGMA synchronous = OFF")
    chance = random.Random(2)
    for title, content in texts(count, data):

        def make(number: Number, title: str = title, content: str = content) -> tuple[Accepted, Person]:
            fact = Accepted(
                query_code=new_query_code(),
                unit=CARD.unit,
                channel=chance.choice(list(Channel)),
                matter_kind=chance.choice(list(MatterKind)),
                category=f"{chance.randrange(1, 20):02}{chance.randrange(1, 20):02}",
                place=f"370323103{chance.randrange(200, 280)}",
                title=title,
                content=content,
                came_at=clock.now_ms(),
                rule_pack="shandong-2020@1",
                due_on="2026-12-04",
            )
            return fact, Person(name=chance.choice("王李张刘陈杨赵黄") + "某", phone=f"13{chance.randrange(10**9):09}")

        store.accept(make, officer=OfficerId("0301 受理员甲"))
    store.database.connection().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    store.close()


def round_at(home: Home, url: str, profiler: cProfile.Profile | None = None) -> RoundReport:
    """One round with the hub found at `url`, as a station does it."""
    found = identity.load(home.identity)
    if found is None or found.hub is None:
        raise SystemExit("not enrolled")
    clock = SystemClock()
    store = Store.open(home.database, database_key(home.keys), clock=clock)
    hub = identity.HubAddress(url, found.hub.hub_id, found.hub.algorithm, found.hub.public_key, found.hub.epoch)
    transport = enrolling.line_to(home, hub, clock=clock)
    engine = Engine(store, transport, hub=hub, pair=keep(home.keys, "station"), clock=clock)
    if profiler:
        profiler.enable()
    report = engine.round()
    if profiler:
        profiler.disable()
    transport.close()
    store.close()
    return report


def one_round(home: Home, url: str, *, profile: bool) -> dict[str, float]:
    """What one round cost, from opening the store to closing it."""
    profiler = cProfile.Profile() if profile else None
    start, cpu = time.perf_counter(), time.process_time()
    report = round_at(home, url, profiler)
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    if profiler:
        pstats.Stats(profiler).sort_stats("cumulative").print_stats(25)
    if not report.complete or report.fault:
        raise SystemExit(f"round failed: {report}")
    return {"seconds": seconds, "cpu": cpu, "sent": report.sent, "bytes": report.bytes_sent, "requests": report.requests}


class Minimal(BaseHTTPRequestHandler):
    """The limit's server: unpack, split, insert, commit."""

    protocol_version = "HTTP/1.1"
    database: sqlite3.Connection

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        lines = zstandard.ZstdDecompressor().decompressobj().decompress(body).splitlines()
        self.database.execute("BEGIN IMMEDIATE")
        rows = ((json.loads(line)["id"], line) for line in lines)
        self.database.executemany("INSERT OR IGNORE INTO cases (id, body) VALUES (?,?)", rows)
        self.database.execute("COMMIT")
        self.send_response_only(200)
        self.send_header("Content-Length", "2")
        self.end_headers()
        self.wfile.write(b"{}")

    def log_message(self, *_: object) -> None:
        return


def serve_limit(path: Path, host: str = "127.0.0.1", port: int = 0) -> None:
    Minimal.database = _plain(path)
    Minimal.database.execute("CREATE TABLE cases (seq INTEGER PRIMARY KEY, id TEXT UNIQUE, body BLOB)")
    server = HTTPServer((host, port), Minimal)
    print(f"http://127.0.0.1:{server.server_port}", flush=True)
    server.serve_forever()


def _plain(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
    database.execute("PRAGMA journal_mode = WAL")
    database.execute("PRAGMA synchronous = FULL")
    return database


def the_limit(path: Path, url: str) -> dict[str, float]:
    """The same records from a plain SQLite table, encoded, packed, posted once, marked as sent."""
    database = _plain(path)
    start = time.perf_counter()
    rows = database.execute("SELECT id, body FROM cases ORDER BY seq").fetchall()
    encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
    plain = "\n".join(encode({"id": key, **json.loads(body)}) for key, body in rows).encode()
    packed = zstandard.ZstdCompressor(level=3).compress(plain)
    host, port = url.removeprefix("http://").split(":")
    connection = HTTPConnection(host, int(port), timeout=120)
    connection.request("POST", "/", packed)
    answer = connection.getresponse()
    if answer.status != 200 or answer.read() != b"{}":
        raise SystemExit("limit failed")
    database.execute("BEGIN IMMEDIATE")
    database.executemany("UPDATE cases SET sent = 1 WHERE id = ?", [(key,) for key, _ in rows])
    database.execute("COMMIT")
    connection.close()
    return {"seconds": time.perf_counter() - start, "bytes": len(packed)}


def records_of(home: Home, path: Path) -> None:
    """The station's orders as plain records in a plain table."""
    store = Store.open(home.database, database_key(home.keys), clock=SystemClock())
    rows = store.database.connection().execute(
        "SELECT e.entry_id, e.work_order, e.officer, e.recorded_at, w.body, p.body FROM entries e "
        "JOIN words w ON w.entry = e.entry JOIN persons p ON p.entry = e.entry ORDER BY e.entry"
    )
    database = _plain(path)
    database.execute("CREATE TABLE cases (seq INTEGER PRIMARY KEY, id TEXT UNIQUE, body TEXT, sent INTEGER DEFAULT 0)")
    database.execute("BEGIN")
    for key, number, officer, at, words, person in rows:
        record = {"number": number, "officer": officer, "at": at, **json.loads(words), **json.loads(person)}
        database.execute("INSERT INTO cases (id, body) VALUES (?,?)", (key, json.dumps(record, ensure_ascii=False)))
    database.execute("COMMIT")
    database.close()
    store.close()


def started(*arguments: str) -> tuple[subprocess.Popen[str], str]:
    """This script again as a server; its first line is the address."""
    process = subprocess.Popen([sys.executable, __file__, *arguments], stdout=subprocess.PIPE, text=True, cwd=ROOT)
    if process.stdout is None:
        raise SystemExit("no output")
    return process, process.stdout.readline().strip()


def stopped(process: subprocess.Popen[str]) -> None:
    process.terminate()
    process.wait(20)
    if process.stdout is not None:
        process.stdout.close()


def bytes_packed_hard(home: Home) -> float:
    """Bytes an order of the stream that a slow line is sent: level 19, frames of ten."""
    store = Store.open(home.database, database_key(home.keys), clock=SystemClock())
    pair, card = keep(home.keys, "station"), store.station()
    if card is None:
        raise SystemExit("not enrolled")
    count, after, size = store.counts().entries, 0, 0
    packer = streams.Packer(streams.SLOW.level, 1 if count <= streams.FEW else 0)
    before = frames.Context(card.station, store.life())
    while entries := store.unsent(store.life(), after=after, limit=200):
        size += sum(
            len(packer.pack(frames.encode(part, pair, before))) for part in streams.parts(entries, streams.SLOW.entries)
        )
        after = entries[-1].serial
    store.close()
    return size / count


def compare(count: int, reps: int, data: Path | None, *, profile: bool) -> None:
    folder = Path(tempfile.mkdtemp(prefix="bench-sync-"))
    try:
        a_station(Home(folder / "station"), Home(folder / "hub"), count, data)
        records_of(Home(folder / "station"), folder / "plain.db")
        hard = bytes_packed_hard(Home(folder / "station"))
        ours, limits = [], []
        for rep in range(reps):
            ours.append(_ours(folder, rep, profile=profile and rep == reps - 1))
            limits.append(_limit(folder, rep))
        _report(count, ours, limits)
        print(f"packed for a slow line       {hard:.0f} bytes an order   (target 190; 250 in a round of 10)")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _ours(folder: Path, rep: int, *, profile: bool) -> dict[str, float]:
    for name in ("station", "hub"):
        shutil.copytree(folder / name, folder / f"{name}{rep}")
    process, url = started("--serve-hub", str(folder / f"hub{rep}"))
    try:
        return one_round(Home(folder / f"station{rep}"), url, profile=profile)
    finally:
        stopped(process)
        shutil.rmtree(folder / f"station{rep}")
        shutil.rmtree(folder / f"hub{rep}")


def _limit(folder: Path, rep: int) -> dict[str, float]:
    source = folder / f"plain{rep}.db"
    shutil.copy(folder / "plain.db", source)
    process, url = started("--serve-limit", str(folder / f"limit{rep}.db"))
    try:
        return the_limit(source, url)
    finally:
        stopped(process)


def _report(count: int, ours: list[dict[str, float]], limits: list[dict[str, float]]) -> None:
    def median(rows: list[dict[str, float]], key: str) -> float:
        return statistics.median(row[key] for row in rows)

    mine, limit = median(ours, "seconds"), median(limits, "seconds")
    print(f"orders                       {count:,}")
    print(f"one raw zstd POST            {limit:.3f} s   {median(limits, 'bytes') / count:.0f} bytes an order")
    print(
        f"a round of ours              {mine:.3f} s   {median(ours, 'bytes') / count:.0f} bytes an order   "
        f"{median(ours, 'requests'):.0f} requests   station cpu {median(ours, 'cpu'):.2f} s"
    )
    print(f"ratio                        {mine / limit:.2f}   (target 1.3)")
    print(f"spread ours {[round(row['seconds'], 2) for row in ours]} limit {[round(row['seconds'], 2) for row in limits]}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--orders", default="10000", help="one size of a round, or several with commas")
    parser.add_argument("--reps", type=int, default=3)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--serve-hub", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--serve-limit", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.serve_hub:
        run_hub(Home(options.serve_hub), port=0, announce=lambda url: print(url, flush=True))
    elif options.serve_limit:
        serve_limit(options.serve_limit)
    else:
        for count in options.orders.split(","):
            compare(int(count), options.reps, options.data, profile=options.profile)


if __name__ == "__main__":
    main()
