"""The systems that are measured: ours, one raw POST, Anki, PouchDB; how each is made ready, served, run, and asked what it holds."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

from benchmarks._peers.installing import Peers
from benchmarks._peers.measuring import Place, System, free_port, running

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent


def chosen(found: Peers, wanted: str) -> list[System]:
    """Those that are here and whose names were asked for (all)."""
    systems = [_post(), _ours()]
    if found.anki:
        systems.append(_anki(found.anki))
    if found.pouch and found.pouch_server:
        systems.append(_pouch(found.pouch, found.pouch_server))
    parts = wanted.lower().split(",") if wanted else []
    return [each for each in systems if not parts or any(part in each.name.lower() for part in parts)]


def _us(*words: str | Path | float) -> list[str]:
    return [sys.executable, str(ROOT / "benchmarks" / "peers.py"), *map(str, words)]


def _ours() -> System:
    def prepare(source: Path, folder: Path) -> None:
        for name in ("station", "hub"):
            shutil.copytree(source / name, folder / name)

    def serve(folder: Path, place: Place, port: int) -> list[str]:
        return [
            sys.executable,
            str(ROOT / "main.py"),
            "hub",
            "--home",
            str(folder / "hub"),
            "--host",
            place.host,
            "--port",
            str(port),
        ]

    def stored(folder: Path) -> int:
        said = subprocess.run(
            [sys.executable, str(ROOT / "main.py"), "verify", "--home", str(folder / "hub"), "--json"],
            capture_output=True,
            check=False,
        )
        return int(json.loads(said.stdout)["report"]["orders"])

    return System(
        "ours", prepare, serve, lambda folder, url, patience: _us("--rounds", folder / "station", url, patience), stored
    )


def _post() -> System:
    def prepare(source: Path, folder: Path) -> None:
        shutil.copy(source / "plain.db", folder / "plain.db")

    def stored(folder: Path) -> int:
        return int(sqlite3.connect(folder / "above.db").execute("SELECT count(*) FROM cases").fetchone()[0])

    return System(
        "one raw zstd POST",
        prepare,
        lambda folder, place, port: _us("--serve-limit", folder / "above.db", place.host, port),
        lambda folder, url, patience: _us("--post", folder / "plain.db", url, patience),
        stored,
    )


def _anki(python: Path) -> System:
    end = [str(python), str(HERE / "anki_end.py")]

    def serve(folder: Path, place: Place, port: int) -> list[str]:
        settings = {
            "SYNC_BASE": folder / "server",
            "SYNC_USER1": "u:p",
            "SYNC_HOST": place.host,
            "SYNC_PORT": port,
            "RUST_LOG": "error",
        }
        return ["env", *(f"{name}={value}" for name, value in settings.items()), str(python), "-m", "anki.syncserver"]

    def prepare(source: Path, folder: Path) -> None:
        port = free_port()
        (folder / "server").mkdir()
        with running(serve(folder, Place(), port), ("127.0.0.1", port)):
            subprocess.run([*end, "base", f"http://127.0.0.1:{port}/", str(folder / "client")], check=True, capture_output=True)
        subprocess.run([*end, "add", str(folder / "client"), str(source / "records.jsonl")], check=True, capture_output=True)

    def stored(folder: Path) -> int:
        file = folder / "server" / "u" / "collection.anki2"
        return int(sqlite3.connect(file).execute("SELECT count(*) FROM notes").fetchone()[0])

    return System(
        "Anki",
        prepare,
        serve,
        lambda folder, url, patience: [*end, "sync", f"{url}/", str(folder / "client"), str(patience)],
        stored,
    )


def _pouch(module: Path, server: Path) -> System:
    end = ["node", str(HERE / "pouch_end.cjs"), str(module)]

    def prepare(source: Path, folder: Path) -> None:
        (folder / "server").mkdir()
        subprocess.run([*end, "add", str(folder / "client"), str(source / "records.jsonl")], check=True, capture_output=True)

    def serve(folder: Path, place: Place, port: int) -> list[str]:
        quiet = ["--no-stdout-logs", "--no-color", "--level", "error"]
        return [
            "env",
            "-C",
            str(folder / "server"),
            "node",
            str(server),
            "--port",
            str(port),
            "--host",
            place.host,
            "--dir",
            ".",
            *quiet,
        ]

    return System(
        "PouchDB",
        prepare,
        serve,
        lambda folder, url, patience: [*end, "sync", str(folder / "client"), f"{url}/x", str(patience)],
        lambda folder: -1,
    )
