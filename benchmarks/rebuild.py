"""Folding a whole journal again: 300,000 entries of 50,000 orders; and checking it (`verify`). Time, and whether memory stays flat.

    python -m benchmarks.rebuild [--orders 50000] [--json] [--profile]
    python -m benchmarks.rebuild --million [--data MESSAGES] [--cache FOLDER]     the kept file of a million orders (`_million`) folded anew

The anchor is the raw read of the same entries and words, joined and in the same order, by the same driver: what no fold can be faster than.
The same with a tenth of the orders shows whether memory grows with the journal.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import os
import pstats
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks._million import kept
from benchmarks.accept import KEY, records
from county_hotline.clock import SystemClock, local
from county_hotline.db.store import Store
from county_hotline.domain.entries import GENESIS, Entry, Words, seal
from county_hotline.domain.facts import Dispatched, Fact, Finished, NoteAdded, Person, Replied, SignedFor
from county_hotline.domain.numbering import make
from county_hotline.domain.reference import StationCard
from county_hotline.domain.upcasts import words_of
from county_hotline.domain.vocabulary import Outcome, StationRole
from county_hotline.ids import AgencyCode, Life, Number, OfficerId, StationId, new_entry_id, new_salt

TARGET_S = 6.0
TARGET_FOR = 300_000
AT = 1_795_223_520_000
BATCH = 5_000
WATER = AgencyCode("37032320")
RAW = (
    "SELECT e.*, w.body, p.body, r.hub_seq FROM entries e LEFT JOIN words w ON w.entry = e.entry "
    "LEFT JOIN persons p ON p.entry = e.entry LEFT JOIN receipts r ON r.entry = e.entry ORDER BY e.work_order, e.entry"
)


def life_of(number: Number, place: int, requests: Sequence[tuple[Fact, Person]]) -> Iterator[tuple[Fact, Person | None]]:
    """The six acts of an order's life."""
    accepted, person = requests[place % len(requests)]
    yield accepted, person
    yield NoteAdded(text=f"已电话核实，编号{number}"), None
    yield Dispatched(agency=WATER, due_on="2026-11-30", advice="请按时限办理"), None
    yield SignedFor(agency=WATER), None
    yield Replied(agency=WATER, internal="已派人到场修复，现场恢复正常。", public="您反映的问题已修复。", solved=True), None
    yield Finished(outcome=Outcome.SOLVED, opinion="属实，已办结"), None


def entries(orders: int) -> Iterator[Entry]:
    """One station's chain in which the orders' lives are interleaved, a day's thousand at a time."""
    requests = records(500)
    serial, previous = 0, GENESIS
    for begin in range(0, orders, 1_000):
        day = local(AT + begin * 86_400).date()
        numbers = [n for each in range(begin + 1, begin + 1_001) if (n := make("370323", "03", Life("A"), day, each))]
        for acts in zip(*(life_of(number, place, requests) for place, number in enumerate(numbers)), strict=True):
            for number, (fact, person) in zip(numbers, acts, strict=True):
                serial += 1
                entry = seal(
                    entry_id=new_entry_id(AT + serial), work_order=number, station=StationId("370323-03"), life=Life("A"), serial=serial,
                    basis=None, officer=OfficerId("0301 受理员甲"), recorded_at=AT + serial, clock_note="", kind=fact.kind, version=1,
                    prev_hash=previous, words=Words(new_salt(), words_of(fact)),
                    person=None if person is None else Words(new_salt(), words_of(person)),
                )  # fmt: skip
                previous = entry.hash
                yield entry


def filled(folder: Path, orders: int) -> float:
    """A file with all of it, taken in batches as a hub takes them; then it becomes a station's, which indexes more. Seconds."""
    store = Store.open(folder / "journal.db", KEY, clock=SystemClock())
    begin, batch = time.perf_counter(), list[Entry]()
    spent = 0.0
    for entry in entries(orders):
        batch.append(entry)
        if len(batch) == BATCH:
            spent += timed(lambda: store.receive(StationId("370323-03"), batch, signature=b"", now_ms=AT))
            batch.clear()
    if batch:
        spent += timed(lambda: store.receive(StationId("370323-03"), batch, signature=b"", now_ms=AT))
    store.set_station(StationCard(StationId("370323-01"), "370323", "沂源县", WATER, "示例站", StationRole.CENTRE))
    store.close()
    print(f"filled in {time.perf_counter() - begin:.0f} s, of which {spent:.1f} s in receive", file=sys.stderr)
    return spent


def timed(act: Callable[[], object]) -> float:
    begin = time.perf_counter()
    act()
    return time.perf_counter() - begin


def peak_mb() -> float:
    """The most memory this process ever held."""
    line = next(line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmHWM"))
    return int(line.split()[1]) / 1024


def child(act: str, folder: Path, *, profile: bool) -> None:
    """One measurement in a process of its own, as one line of JSON."""
    store = Store.open(folder / "journal.db", KEY, clock=SystemClock())
    before = peak_mb()
    acts: dict[str, Callable[[], object]] = {
        "rebuild": store.rebuild,
        "verify": store.verify,
        "read": lambda: sum(1 for _ in store.database.connection().execute(RAW)),
    }
    profiler = cProfile.Profile() if profile else None
    cpu = time.process_time()
    seconds = timed(lambda: profiler.runcall(acts[act]) if profiler else acts[act]())
    cpu = time.process_time() - cpu
    if profiler:
        pstats.Stats(profiler, stream=sys.stderr).sort_stats("tottime").print_stats(25)
    print(json.dumps({"s": seconds, "cpu": cpu, "mb": peak_mb() - before}))


def in_a_child(act: str, folder: Path, *, profile: bool) -> dict[str, float]:
    line = [sys.executable, __file__, "--child", act, str(folder), *(["--profile"] if profile else [])]
    told: dict[str, float] = json.loads(subprocess.run(line, check=True, stdout=subprocess.PIPE, text=True).stdout)
    return told


def of_a_million(data: str, cache: str, *, profile: bool) -> None:
    """The kept file folded anew and checked, each in a process of its own."""
    folder = kept(1_000_000, data, cache=cache).parent
    for act in ("read", "rebuild", "verify"):
        told = in_a_child(act, folder, profile=profile)
        print(f"{act:8} {told['s']:8.1f} s, {told['cpu']:.1f} s of CPU, {told['mb']:.0f} MB more at the peak", flush=True)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--orders", type=int, default=50_000)
    parser.add_argument("--json", action="store_true")
    parser.add_argument("--profile", action="store_true")
    parser.add_argument("--million", action="store_true", help="fold the kept file of a million orders anew")
    parser.add_argument("--data", default=os.environ.get("HOTLINE_MESSAGES", ""), help="real messages, JSON lines")
    parser.add_argument("--cache", default="", help="where that file is kept")
    parser.add_argument("--child", nargs=2, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.child:
        child(asked.child[0], Path(asked.child[1]), profile=asked.profile)
        return
    if asked.million:
        of_a_million(asked.data, asked.cache, profile=asked.profile)
        return
    (ROOT / "var").mkdir(exist_ok=True)
    received = 0.0
    with tempfile.TemporaryDirectory(dir=ROOT / "var") as name:
        small, large = Path(name) / "small", Path(name) / "large"
        for folder, orders in ((small, asked.orders // 10), (large, asked.orders)):
            folder.mkdir()
            received = filled(folder, orders)
        told = {act: in_a_child(act, large, profile=asked.profile) for act in ("read", "rebuild", "verify")}
        few = in_a_child("rebuild", small, profile=False)
        megabytes = (large / "journal.db").stat().st_size / 1e6
    count = asked.orders * 6
    result = {
        "entries": count, "rebuild_s": round(told["rebuild"]["s"], 1), "verify_s": round(told["verify"]["s"], 1),
        "rebuild_cpu_s": round(told["rebuild"]["cpu"], 1), "verify_cpu_s": round(told["verify"]["cpu"], 1),
        "read_s": round(told["read"]["s"], 2), "rebuild_to_read": round(told["rebuild"]["s"] / told["read"]["s"], 1),
        "rebuild_mb": round(told["rebuild"]["mb"]), "rebuild_mb_of_a_tenth": round(few["mb"]), "verify_mb": round(told["verify"]["mb"]),
        "receive_entries_per_s": round(count / received), "file_mb": round(megabytes), "target_s": TARGET_S,
    }  # fmt: skip
    if asked.json:
        print(json.dumps(result))
        return
    print(
        f"rebuild  {result['rebuild_s']} s for {count:,} entries (target ≤ {TARGET_S * count / TARGET_FOR:.1f} s)   {result['rebuild_cpu_s']} s of CPU, raw read {result['read_s']} s"
    )
    print(
        f"memory   {result['rebuild_mb']} MB more at the peak; with a tenth of the entries {result['rebuild_mb_of_a_tenth']} MB"
    )
    print(f"verify   {result['verify_s']} s, {result['verify_cpu_s']} s of CPU   {result['verify_mb']} MB")
    print(f"receive  {result['receive_entries_per_s']:,} entries/s in batches of {BATCH}   file {result['file_mb']} MB")


if __name__ == "__main__":
    main()
