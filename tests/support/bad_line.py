"""A bad line between two networks of one PC: narrow, slow, losing packets, cut at will. This kernel has no netem; a process between two TUN
devices does its work, so both ends speak the kernel's own TCP. Needs root on Linux, `ip`, and /dev/net/tun.

Run as a program it is that process: `python -m tests.support.bad_line HUB_NET POST_NET UP_KBIT DOWN_KBIT DELAY_MS LOSS_PERCENT SEED`; it
writes one line when the line stands, and the bytes that went each way, as JSON, when it is told to end (SIGTERM).
"""

from __future__ import annotations

import ctypes
import fcntl
import heapq
import itertools
import json
import os
import random
import select
import shutil
import signal
import struct
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from typing import Final

import pytest

HUB_ADDRESS: Final = "10.199.7.1"
POST_ADDRESS: Final = "10.199.7.2"
QUEUE: Final = 60
"""Packets that wait for the line; more are dropped, as a cheap router does."""
MTU: Final = 1500
_CLONE_NEWNET: Final = 0x40000000
_TUNSETIFF: Final = 0x400454CA
_TUN_WITHOUT_HEAD: Final = 0x1001


@dataclass(frozen=True)
class Quality:
    """How bad it is."""

    up_kbit: int = 256
    down_kbit: int = 1024
    delay_ms: int = 300
    """Each way."""
    loss_percent: float = 2.0


# ---------------------------------------------------------------- the process in between


@dataclass
class _Way:
    """One direction."""

    out: int
    bytes_per_s: float
    free_at: float = 0.0
    waiting: int = 0
    counts: dict[str, int] = field(default_factory=lambda: {"bytes": 0, "packets": 0, "lost": 0, "full": 0})


class _Emulator:
    """Every packet waits for its turn, may be lost, and arrives after the delay."""

    def __init__(self, post: int, hub: int, quality: Quality, seed: int) -> None:
        self._ways = {post: _Way(hub, quality.up_kbit * 125), hub: _Way(post, quality.down_kbit * 125)}
        self._delay_s = quality.delay_ms / 1000
        self._loss = quality.loss_percent / 100
        self._chance = random.Random(seed)
        self._events: list[tuple[float, int, _Way, bytes | None]] = []
        self._count = itertools.count()
        self.is_over = False

    def run(self) -> dict[str, dict[str, int]]:
        while not self.is_over:
            now = time.monotonic()
            while self._events and self._events[0][0] <= now:
                self._arrive(*heapq.heappop(self._events)[2:])
            patience = min(0.2, max(0.0, self._events[0][0] - now)) if self._events else 0.2
            for device in select.select(list(self._ways), [], [], patience)[0]:
                with suppress(BlockingIOError):
                    self._depart(self._ways[device], os.read(device, 65535))
        return dict(zip(("up", "down"), (way.counts for way in self._ways.values()), strict=True))

    def _depart(self, way: _Way, packet: bytes) -> None:
        if way.waiting >= QUEUE:
            way.counts["full"] += 1
            return
        way.free_at = max(time.monotonic(), way.free_at) + len(packet) / way.bytes_per_s
        way.waiting += 1
        way.counts["bytes"] += len(packet)
        way.counts["packets"] += 1
        heapq.heappush(self._events, (way.free_at, next(self._count), way, None))
        if self._chance.random() < self._loss:
            way.counts["lost"] += 1
        else:
            heapq.heappush(self._events, (way.free_at + self._delay_s, next(self._count), way, packet))

    def _arrive(self, way: _Way, packet: bytes | None) -> None:
        if packet is None:
            way.waiting -= 1
        else:
            with suppress(OSError):
                os.write(way.out, packet)


def enter(network: str) -> None:
    """From here on the calling thread lives in that network."""
    handle = os.open(f"/var/run/netns/{network}", os.O_RDONLY)
    try:
        if ctypes.CDLL(None, use_errno=True).setns(handle, _CLONE_NEWNET):
            raise OSError(ctypes.get_errno(), "setns")
    finally:
        os.close(handle)


def _tun(network: str, address: str) -> int:
    enter(network)
    device = os.open("/dev/net/tun", os.O_RDWR | os.O_NONBLOCK)
    fcntl.ioctl(device, _TUNSETIFF, struct.pack("16sH", b"line", _TUN_WITHOUT_HEAD))
    for words in (
        ("link", "set", "lo", "up"),
        ("address", "add", f"{address}/30", "dev", "line"),
        ("link", "set", "line", "mtu", str(MTU), "up"),
    ):
        subprocess.run(["ip", *words], check=True, capture_output=True)
    return device


def main(words: Sequence[str]) -> None:
    hub_net, post_net = words[:2]
    quality = Quality(int(words[2]), int(words[3]), int(words[4]), float(words[5]))
    post, hub = _tun(post_net, POST_ADDRESS), _tun(hub_net, HUB_ADDRESS)
    emulator = _Emulator(post, hub, quality, int(words[6]))

    def end(*_: object) -> None:
        emulator.is_over = True

    signal.signal(signal.SIGTERM, end)
    _tell("standing")
    _tell(json.dumps(emulator.run()))


def _tell(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


# ---------------------------------------------------------------- for tests and benchmarks


class BadLine:
    """Two networks with this line between them; `within` goes before a command that is to live at one end."""

    def __init__(self, quality: Quality, seed: int = 7) -> None:
        self.hub, self.post = f"hotline-{os.getpid()}-h", f"hotline-{os.getpid()}-p"
        self._quality, self._seed = quality, seed
        self._emulator: subprocess.Popen[bytes] | None = None

    def lay(self) -> None:
        for name in (self.hub, self.post):
            subprocess.run(["ip", "netns", "add", name], check=True, capture_output=True)
        each = self._quality
        figures = map(str, (each.up_kbit, each.down_kbit, each.delay_ms, each.loss_percent, self._seed))
        self._emulator = subprocess.Popen(
            [sys.executable, "-m", "tests.support.bad_line", self.hub, self.post, *figures], stdout=subprocess.PIPE
        )
        assert self._emulator.stdout is not None
        assert self._emulator.stdout.readline() == b"standing\n"

    def within(self, name: str) -> tuple[str, ...]:
        return ("ip", "netns", "exec", name)

    def end(self) -> dict[str, dict[str, int]]:
        """Take it down; what went each way, in IP packets and bytes."""
        counts: dict[str, dict[str, int]] = {}
        if self._emulator is not None:
            self._emulator.terminate()
            said, _ = self._emulator.communicate(timeout=10)
            counts = json.loads(said or b"{}")
            self._emulator = None
        for name in (self.hub, self.post):
            subprocess.run(["ip", "netns", "delete", name], check=False, capture_output=True)
        return counts


@contextmanager
def bad_line(quality: Quality | None = None, seed: int = 7) -> Iterator[BadLine]:
    """Skips the test where this PC lays no networks of its own."""
    if sys.platform != "linux" or os.geteuid() != 0 or not shutil.which("ip") or not os.path.exists("/dev/net/tun"):  # noqa: PTH110 - a device
        pytest.skip("needs root on Linux, ip (iproute2) and /dev/net/tun")
    line = BadLine(quality or Quality(), seed)
    try:
        try:
            line.lay()
        except (subprocess.CalledProcessError, AssertionError) as fault:
            pytest.skip(f"this PC lays no network of its own: {fault}")
        yield line
    finally:
        line.end()


if __name__ == "__main__":
    main(sys.argv[1:])
