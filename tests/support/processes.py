"""The program as real processes: commands that answer, and a hub that may be killed; each in a network of its own where asked."""

from __future__ import annotations

import contextlib
import io
import json
import random
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from county_hotline.cli import main

PROGRAM = (sys.executable, str(Path(__file__).resolve().parents[2] / "main.py"))
PASSWORD = "mima1234"


def begun(*command: str | Path, within: Sequence[str] = ()) -> subprocess.Popen[bytes]:
    """A command under way. `within` goes before it, e.g. `ip netns exec …`."""
    line = [*within, *PROGRAM, *map(str, command)]
    return subprocess.Popen(line, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def answered(process: subprocess.Popen[bytes]) -> dict[str, Any]:
    """What it said in the end (with --json), whether it succeeded or not."""
    out, err = process.communicate(timeout=300)
    assert b"Traceback" not in err, err.decode()
    found: dict[str, Any] = json.loads(out)
    return found


def ask(*command: str | Path, within: Sequence[str] = ()) -> dict[str, Any]:
    """The answer of a command that is to succeed."""
    process = begun(*command, "--json", within=within)
    found = answered(process)
    assert process.returncode == 0, found
    return found


def done_here(*command: str | Path) -> None:
    """The same in this process, which is quicker: for commands whose answer is only whether they succeed."""
    with contextlib.redirect_stdout(io.StringIO()) as out:
        assert main([*map(str, command), "--json"]) == 0, out.getvalue()


def requests(folder: Path, count: int, seed: str) -> Path:
    """So many requests for `register --from-json`, each with a text that hardly packs."""
    chance = random.Random(seed)
    wanted = [
        {
            "姓名": "来件人",
            "电话": f"138{chance.randrange(10**8):08}",
            "事发地": "燕崖镇",
            "标题": f"路灯不亮 {seed} {place}",
            "内容": "村口的路灯不亮。" + "".join(chr(chance.randrange(0x4E00, 0x9FA5)) for _ in range(120)),
        }
        for place in range(count)
    ]
    file = folder / f"requests-{seed}.json"
    file.write_text(json.dumps(wanted, ensure_ascii=False), encoding="utf-8")
    return file


class HubProcess:
    """`county-hotline hub`, begun, killed and begun again at the same place."""

    def __init__(self, home: Path, *, host: str = "127.0.0.1", within: Sequence[str] = ()) -> None:
        self.home = home
        self._host = host
        self._within = within
        self._port = "0"
        self.url = ""
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> str:
        """Its address, once it listens there."""
        place = ("--host", self._host, "--port", self._port)
        self._process = begun("hub", "--home", self.home, *place, within=self._within)
        assert self._process.stdout is not None
        said = self._process.stdout.readline()
        assert said, self._process.communicate()
        self.url = said.decode().split()[-1]
        self._port = self.url.rpartition(":")[2]
        return self.url

    def kill(self) -> None:
        """Without a word, at once."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
            self._process = None


def join(hub: HubProcess, url: str, station: Path, *, within: Sequence[str] = ()) -> None:
    """The hall 03 comes in by a code made at the hub."""
    code = ask("enrol", "--home", hub.home, "--station", "03", "--role", "hall")["code"]
    ask("join", "--home", station, "--hub", url, "--code", code, "--password", PASSWORD, within=within)


def agree(hub_home: Path, station_home: Path, orders: int) -> None:
    """Nothing lost, nothing doubled, both sound, the counts add up."""
    for home in (hub_home, station_home):
        report = ask("verify", "--home", home)["report"]
        assert report["sound"], report
        assert (report["orders"], report["entries"]) == (orders, orders)
    counts = ask("list", "--home", station_home, "--limit", "1")["counts"]
    assert counts["balanced"]
    assert (counts["stored"], counts["received"], counts["waiting"]) == (orders, orders, 0)
