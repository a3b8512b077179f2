"""One measurement: a server, a counting gateway that may forget, a client; on loopback or at the ends of a bad line."""

from __future__ import annotations

import contextlib
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.support.bad_line import BadLine
from tests.support.cutter import Cutter

NEVER = 1e9


@dataclass(frozen=True)
class Place:
    """Where both ends stand: on loopback, or at the ends of a bad line."""

    host: str = "127.0.0.1"
    line: BadLine | None = None
    every_s: float = NEVER

    def at_hub(self) -> tuple[str, ...]:
        return self.line.within(self.line.hub) if self.line else ()

    def at_post(self) -> tuple[str, ...]:
        return self.line.within(self.line.post) if self.line else ()


@dataclass(frozen=True)
class System:
    """One way to get the records there. `serve` answers with a command and the port it will listen on; `client` with the command that
    sends, prints one line of JSON, and gives up after its patience."""

    name: str
    prepare: Callable[[Path, Path], None]
    serve: Callable[[Path, Place, int], Sequence[str]]
    client: Callable[[Path, str, float], Sequence[str]]
    stored: Callable[[Path], int]
    """How many records are there, as far as its files tell it; -1 where they do not."""


@dataclass(frozen=True)
class Row:
    """What one system did in one place."""

    name: str
    done: bool
    seconds: float
    bytes_up: int
    bytes_down: int
    cpu: float
    server_cpu: float
    stored: int


@dataclass(frozen=True)
class Said:
    """What a client says when it has ended."""

    done: bool
    seconds: float
    cpu: float


def measure(system: System, source: Path, place: Place, patience_s: float) -> Row:
    folder = Path(tempfile.mkdtemp(prefix="bench-peers-"))
    try:
        system.prepare(source, folder)
        port = free_port()
        with running([*place.at_hub(), *system.serve(folder, place, port)], (place.host, port), place.at_hub()) as server:
            network = place.line.hub if place.line else ""
            with Cutter(network, (place.host, port), place.every_s, host=place.host) as gateway:
                url = f"http://{place.host}:{gateway.address[1]}"
                said = _told([*place.at_post(), *system.client(folder, url, patience_s)], patience_s + 60)
            cpu = _cpu_of(server.pid)
            stored = -1 if said.done else system.stored(folder)
        return Row(system.name, said.done, said.seconds, gateway.passed_up, gateway.passed_down, said.cpu, cpu, stored)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@contextlib.contextmanager
def running(command: Sequence[str], place: tuple[str, int], within: Sequence[str] = ()) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    try:
        asks = "import socket,sys; socket.create_connection((sys.argv[1], int(sys.argv[2])), 1).close()"
        for _ in range(300):
            if (
                subprocess.run(
                    [*within, sys.executable, "-c", asks, place[0], str(place[1])], capture_output=True, check=False
                ).returncode
                == 0
            ):
                break
            time.sleep(0.1)
        else:
            raise SystemExit(f"does not listen: {command}")
        yield process
    finally:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(10)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _told(command: Sequence[str], patience_s: float) -> Said:
    said = subprocess.run(command, capture_output=True, text=True, timeout=patience_s, check=False)
    lines = [line for line in said.stdout.splitlines() if line.startswith("{")]
    if not lines:
        raise SystemExit(f"{command}: {said.stderr[-800:]}")
    return Said(**json.loads(lines[-1]))


def _cpu_of(pid: int) -> float:
    """Seconds of the process and all below it."""
    ticks = os.sysconf("SC_CLK_TCK")
    parents = {}
    used = {}
    for place in Path("/proc").iterdir():
        if place.name.isdecimal():
            with contextlib.suppress(OSError):
                fields = (place / "stat").read_text().rpartition(")")[2].split()
                parents[int(place.name)] = int(fields[1])
                used[int(place.name)] = sum(map(int, fields[11:15])) / ticks
    family = {pid}
    while more := {child for child, parent in parents.items() if parent in family} - family:
        family |= more
    return sum(used.get(each, 0.0) for each in family)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])
