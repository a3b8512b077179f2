"""Sync beside its peers: ours, one raw zstd POST, Anki's sync server, PouchDB to pouchdb-server; on loopback and on a bad line, in one run.

    python benchmarks/peers.py [--orders 2000] [--bad-orders 500] [--patience 120] [--cuts 0,5,15] [--data texts.jsonl] [--only ours,anki]

The bad line: 256 kbit/s up, 1 Mbit/s down, 600 ms there and back, 2 % of packets lost, 60 packets queued; between two network namespaces
(needs root on Linux). "cut every n s": every connection is reset each n seconds. Bytes are TCP payload that passed a counting gateway.
All send the same records; ours with chain, signatures, encrypted databases and tables, the POST into two plain columns.
"""

from __future__ import annotations

import argparse
import json
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks import sync
from benchmarks._peers import installing, systems
from benchmarks._peers.measuring import NEVER, Place, Row, measure
from county_hotline.paths import Home
from tests.support import bad_line
from tests.support.bad_line import BadLine, Quality


def rounds(home: Path, url: str, patience_s: float) -> None:
    """Rounds as the program does them, at once again while the line breaks, until all is there."""
    start, cpu = time.perf_counter(), time.process_time()
    done = False
    while not done and time.perf_counter() - start < patience_s:
        report = sync.round_at(Home(home), url)
        done = report.complete and not report.fault
        if not done:
            time.sleep(0.2)
    _say(done, start, cpu)


def post(path: Path, url: str, patience_s: float) -> None:
    start, cpu = time.perf_counter(), time.process_time()
    done = False
    while not done and time.perf_counter() - start < patience_s:
        try:
            sync.the_limit(path, url)
            done = True
        except (OSError, SystemExit):
            time.sleep(0.2)
    _say(done, start, cpu)


def _say(done: bool, start: float, cpu: float) -> None:
    print(json.dumps({"done": done, "seconds": time.perf_counter() - start, "cpu": time.process_time() - cpu}), flush=True)


def _source(folder: Path, count: int, data: Path | None) -> Path:
    """Orders at a station, and the same records plain."""
    source = folder / f"source{count}"
    sync.a_station(Home(source / "station"), Home(source / "hub"), count, data)
    sync.records_of(Home(source / "station"), source / "plain.db")
    with (source / "records.jsonl").open("w", encoding="utf-8") as file:
        for key, body in sqlite3.connect(source / "plain.db").execute("SELECT id, body FROM cases ORDER BY seq"):
            file.write(json.dumps({"id": key, **json.loads(body)}, ensure_ascii=False) + "\n")
    return source


def _table(title: str, count: int, rows: Sequence[Row]) -> None:
    print(f"\n{title}: {count:,} orders")
    print(f"{'':20}{'seconds':>9}{'x POST':>8}{'B/order up':>12}{'down':>9}{'cpu here':>10}{'there':>8}")
    limit = next((row.seconds for row in rows if row.name == "one raw zstd POST" and row.done), None)
    for row in rows:
        seconds = f"{row.seconds:.2f}" if row.done else f"> {row.seconds:.0f}"
        ratio = f"{row.seconds / limit:.2f}" if limit and row.done else "never" if not row.done else "-"
        print(
            f"{row.name:20}{seconds:>9}{ratio:>8}{row.bytes_up / count:>12.0f}{row.bytes_down / count:>9.0f}"
            f"{row.cpu:>10.2f}{row.server_cpu:>8.2f}{'' if row.done else f'   there: {row.stored}'}",
            flush=True,
        )


def compare(options: argparse.Namespace) -> None:
    measured = systems.chosen(installing.installed(), options.only)
    folder = Path(tempfile.mkdtemp(prefix="bench-peers-"))
    try:
        source = _source(folder, options.orders, options.data)
        _table("loopback", options.orders, [measure(each, source, Place(), options.patience) for each in measured])
        source = _source(folder, options.bad_orders, options.data)
        for cut in map(float, options.cuts.split(",") if options.cuts else []):
            rows = []
            for each in measured:
                line = BadLine(Quality())
                try:
                    line.lay()
                    rows.append(measure(each, source, Place(bad_line.HUB_ADDRESS, line, cut or NEVER), options.patience))
                finally:
                    line.end()
            _table(f"bad line, cut every {cut:.0f} s" if cut else "bad line", options.bad_orders, rows)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--orders", type=int, default=2_000)
    parser.add_argument("--bad-orders", type=int, default=500)
    parser.add_argument("--patience", type=float, default=120.0)
    parser.add_argument("--cuts", default="0,5,15")
    parser.add_argument("--only", default="")
    parser.add_argument("--data", type=Path)
    for name, count in (("--rounds", 3), ("--post", 3), ("--serve-limit", 3)):
        parser.add_argument(name, nargs=count, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.rounds:
        rounds(Path(options.rounds[0]), options.rounds[1], float(options.rounds[2]))
    elif options.post:
        post(Path(options.post[0]), options.post[1], float(options.post[2]))
    elif options.serve_limit:
        sync.serve_limit(Path(options.serve_limit[0]), options.serve_limit[1], int(options.serve_limit[2]))
    else:
        compare(options)


if __name__ == "__main__":
    main()
