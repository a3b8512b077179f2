"""A gateway that forgets: connections through it are reset every so often, whatever they were doing."""

from __future__ import annotations

import select
import socket
import struct
import threading
import time
from contextlib import suppress
from typing import Self

from tests.support.bad_line import enter


class Cutter:
    """A gateway that passes connections on to the hub and, every so often, forgets them all: each is reset in whatever
    it was doing. Counts what it passed."""

    def __init__(self, network: str, hub: tuple[str, int], every_s: float, *, host: str = "127.0.0.1") -> None:
        """`network`: where it stands (empty: here); `host`: the address there at which it takes connections."""
        self.address = (host, 0)
        self.cuts = self.passed_up = self.passed_down = 0
        self._network, self._hub, self._every_s = network, hub, every_s
        self._is_over = threading.Event()
        self._ready = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        assert self._ready.wait(10)
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._thread.join(10)

    def _run(self) -> None:
        if self._network:
            enter(self._network)
        listener = socket.create_server(self.address)
        self.address = listener.getsockname()
        self._ready.set()
        partner: dict[socket.socket, socket.socket] = {}
        above: set[socket.socket] = set()
        next_cut = time.monotonic() + self._every_s
        while not self._is_over.is_set():
            if time.monotonic() >= next_cut:
                self._forget(partner, above)
                next_cut += self._every_s
            for each in select.select([listener, *partner], [], [], 0.05)[0]:
                if each is listener:
                    self._connect(listener, partner, above)
                elif each in partner:
                    self._pass_on(each, partner, above)
        for each in (listener, *partner):
            each.close()

    def _forget(self, partner: dict[socket.socket, socket.socket], above: set[socket.socket]) -> None:
        self.cuts += bool(partner)
        for each in partner:
            _reset(each)
        partner.clear()
        above.clear()

    def _connect(self, listener: socket.socket, partner: dict[socket.socket, socket.socket], above: set[socket.socket]) -> None:
        near, _ = listener.accept()
        try:
            far = socket.create_connection(self._hub, 10)
        except OSError:
            _reset(near)
            return
        partner[near], partner[far] = far, near
        above.add(far)

    def _pass_on(self, each: socket.socket, partner: dict[socket.socket, socket.socket], above: set[socket.socket]) -> None:
        other = partner[each]
        try:
            piece = each.recv(16 << 10)
            if piece:
                other.sendall(piece)
        except OSError:
            piece = b""
        if each in above:
            self.passed_down += len(piece)
        else:
            self.passed_up += len(piece)
        if not piece:
            for end in (each, other):
                del partner[end]
                above.discard(end)
                end.close()


def _reset(end: socket.socket) -> None:
    """Gone at once, with what was on its way."""
    with suppress(OSError):
        end.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    end.close()
