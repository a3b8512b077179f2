"""Accepting one request durably (journal, chain, tables and search, encrypted) against one raw sqlite3 insert of the same record, in turn.

    python benchmarks/accept.py [--rounds 12] [--each 150] [--before 2000] [--json]

The anchor: one row of 32 columns, a text primary key and four indexes, WAL, synchronous=FULL, a commit each, by the standard library's
sqlite3. Beside it the same insert by raw SQLCipher: what encryption alone costs. `--before`: so many orders are there already.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from sqlcipher3 import dbapi2 as sqlcipher

from county_hotline.clock import SystemClock
from county_hotline.db.store import Store
from county_hotline.domain.facts import Accepted, Person
from county_hotline.domain.reference import StationCard
from county_hotline.domain.vocabulary import Channel, MatterKind, StationRole
from county_hotline.ids import AgencyCode, Number, OfficerId, StationId, new_query_code

TARGET = 2.0
KEY = bytes(range(32))
COLUMNS = 32
INDEXED = (3, 5, 7, 9)
SAID = (
    "西洪村三组村道塌陷，学生上学要绕行两里路，请尽快派人查看。",
    "振兴路与人民路交叉口的路灯已经三天不亮，晚上老人出门不方便。",
    "小区二次供水水压不足，六楼以上白天没有水，物业说要等通知。",
    "楼下烧烤店夜间油烟和噪声扰民，多次投诉后仍营业到凌晨两点。",
    "村口垃圾池一周没有清运，气味很大，苍蝇多，请安排清理。",
)


def records(count: int, seed: int = 7) -> list[tuple[Accepted, Person]]:
    """Requests of the length real ones have (a third of a page of text)."""
    chance = random.Random(seed)
    made = []
    for place in range(count):
        said = "".join(chance.sample(SAID, 3))
        accepted = Accepted(
            query_code=new_query_code(), unit=AgencyCode("370323103"), channel=Channel.PHONE, matter_kind=MatterKind.HELP,
            category=f"01{chance.randint(1, 20):02d}", place=f"370323103{chance.randint(200, 240)}", title=said[:18],
            content=f"{said}（第{place}次反映）", came_at=1_795_223_520_000 + place, demand="请尽快处理并答复",
            place_detail=f"振兴路{chance.randint(1, 300)}号", agency_hint=AgencyCode("37032320"), rule_pack="shandong-2020@1", due_on="2026-11-30",
        )  # fmt: skip
        phone = f"13{chance.randint(100_000_000, 999_999_999)}"
        made.append((accepted, Person(name=chance.choice("王李张刘陈") + "某某", phone=phone, address="振兴路8号院")))
    return made


def row_of(accepted: Accepted, person: Person, number: str) -> list[object]:
    """The same record as one flat row."""
    fields = [
        number,
        "370323-03",
        "A",
        person.phone,
        person.name,
        accepted.came_at,
        person.address,
        20,
        accepted.query_code,
        accepted.due_on,
    ]
    fields += [
        getattr(accepted, name) for name in Accepted.__struct_fields__ if name not in ("query_code", "due_on", "original")
    ]
    fields = [getattr(field, "value", field) for field in fields]
    return (fields + [""] * COLUMNS)[:COLUMNS]


def raw(module: Any, path: Path, *, key: bytes | None = None) -> Callable[[list[object]], object]:  # noqa: ANN401 - either of two drivers
    """One insert, one commit."""
    connection = module.connect(str(path), isolation_level=None)
    if key is not None:
        connection.execute(f"PRAGMA key = \"x'{key.hex()}'\"")
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA synchronous = FULL")
    names = [f"c{place}" for place in range(COLUMNS)]
    connection.execute(f"CREATE TABLE cases (c0 TEXT PRIMARY KEY, {', '.join(names[1:])})")
    for place in INDEXED:
        connection.execute(f"CREATE INDEX i{place} ON cases (c{place})")
    insert = f"INSERT INTO cases VALUES ({','.join('?' * COLUMNS)})"  # noqa: S608 - our own names
    return lambda row: connection.execute(insert, row)


def station(path: Path) -> Store:
    """A station of its own."""
    store = Store.open(path, KEY, clock=SystemClock())
    card = StationCard(StationId("370323-03"), "370323", "沂源县", AgencyCode("370323103"), "示例站", StationRole.HALL)
    store.set_station(card)
    return store


def measure(folder: Path, rounds: int, each: int, before: int) -> dict[str, list[float]]:
    """Milliseconds of every single save, by who saved; rounds interleaved."""
    store = station(folder / "ours.db")
    officer = OfficerId("0301 受理员甲")
    plain, cipher = raw(sqlite3, folder / "plain.db"), raw(sqlcipher, folder / "cipher.db", key=KEY)
    for place, (accepted, person) in enumerate(records(before, seed=1)):
        store.accept(lambda number, a=accepted, p=person: (a, p), officer=officer)  # type: ignore[misc]
        row = row_of(accepted, person, f"before-{place}")
        plain(row)
        cipher(row)
    given = records(rounds * each)
    times: dict[str, list[float]] = {"sqlite3": [], "sqlcipher": [], "ours": []}
    for begin in range(0, len(given), each):
        part = given[begin : begin + each]
        rows = [row_of(a, p, Number(f"370323-03A-261121-{begin + n:06d}")) for n, (a, p) in enumerate(part)]
        times["sqlite3"] += [timed(plain, row) for row in rows]
        times["sqlcipher"] += [timed(cipher, row) for row in rows]
        times["ours"] += [timed(lambda r: store.accept(lambda _: r, officer=officer), record) for record in part]
    if not store.verify().sound:
        raise SystemExit("what was measured is not sound")
    store.close()
    return times


def timed(save: Callable[[Any], object], given: object) -> float:
    begin = time.perf_counter()
    save(given)
    return (time.perf_counter() - begin) * 1e3


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=12)
    parser.add_argument("--each", type=int, default=150)
    parser.add_argument("--before", type=int, default=2_000)
    parser.add_argument("--json", action="store_true")
    asked = parser.parse_args()
    (ROOT / "var").mkdir(exist_ok=True)  # on the disk the program is on, not in memory
    with tempfile.TemporaryDirectory(dir=ROOT / "var") as name:
        times = measure(Path(name), asked.rounds, asked.each, asked.before)
    medians = {who: statistics.median(each) for who, each in times.items()}
    means = {who: statistics.fmean(each) for who, each in times.items()}
    late = {who: statistics.quantiles(each, n=100)[98] for who, each in times.items()}
    result = {
        "accept": round(medians["ours"] / medians["sqlite3"], 2), "encryption_alone": round(medians["sqlcipher"] / medians["sqlite3"], 2),
        "accept_mean": round(means["ours"] / means["sqlite3"], 2), "median_ms": {who: round(ms, 3) for who, ms in medians.items()},
        "p99_ms": {who: round(ms, 2) for who, ms in late.items()}, "target": TARGET,
    }  # fmt: skip
    if asked.json:
        print(json.dumps(result))
        return
    print(
        f"accept            {result['accept']} (target ≤ {TARGET})   {medians['ours']:.2f} ms against {medians['sqlite3']:.2f} ms"
    )
    print(f"accept_mean       {result['accept_mean']}   p99 {late['ours']:.1f} ms against {late['sqlite3']:.1f} ms")
    print(f"encryption_alone  {result['encryption_alone']}   raw SQLCipher {medians['sqlcipher']:.2f} ms")


if __name__ == "__main__":
    main()
