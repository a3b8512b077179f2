"""Running a hub: from its folder to a port, until it is told to stop. Loopback unless told otherwise."""

from __future__ import annotations

import logging
import socket
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Self

import uvicorn

from county_hotline.clock import Clock, SystemClock
from county_hotline.db.keys import database_key
from county_hotline.db.store import Store
from county_hotline.errors import BadInput, HotlineError
from county_hotline.hub import above
from county_hotline.hub.app import create_app
from county_hotline.hub.asking import Hub
from county_hotline.hub.parcel_ferry import FerryThread
from county_hotline.hub.storage import Storage
from county_hotline.paths import Home
from county_hotline.sync import keys
from county_hotline.sync.backoff import Backoff
from county_hotline.sync.wire.http_line import Wire

log = logging.getLogger(__name__)

LOOPBACK: Final = "127.0.0.1"
PORT: Final = 8480
_GRACE_S: Final = 5


@dataclass(frozen=True, slots=True)
class Tls:
    """Certificate and key of the hub itself; without them a gateway in front does TLS, or the line is a private one."""

    certificate: Path
    key: Path


def open_hub(home: Home, *, clock: Clock | None = None) -> Hub:
    """The hub in this folder, made on first use. The calling thread is connected. Raises StoreFault, BadInput."""
    clock = clock or SystemClock()
    home.ensure()
    pair = keys.keep(home.keys, "hub")
    store = Store.open(home.database, database_key(home.keys), clock=clock)
    storage = Storage(store)
    if store.quarantine.is_due():
        storage.recheck()
    return Hub(store=store, storage=storage, pair=pair, clock=clock)


def run_hub(
    home: Home, host: str = LOOPBACK, port: int = PORT, *, announce: Callable[[str], None], tls: Tls | None = None
) -> None:
    """Serve until SIGTERM or SIGINT; requests under way are finished. `announce` is given the address once the port is taken.

    Raises BadInput I620 where the port cannot be had.
    """
    hub = open_hub(home)
    listener = _listen(host, port)
    announce(_url(listener, tls))
    log.info("hub_started hub_id=%s port=%d", hub.pair.key_id, listener.getsockname()[1])
    upward, ferry = UpwardThread(hub, home).start(), FerryThread(hub, home).start()
    try:
        _server(hub, tls).run(sockets=[listener])
    finally:
        listener.close()
        upward.stop()
        ferry.stop()
        hub.store.close()
        log.info("hub_stopped hub_id=%s", hub.pair.key_id)


class HubThread:
    """A hub on a free loopback port inside this process: for the demo and for tests. Use as a context, or start and stop."""

    def __init__(self, hub: Hub, port: int = 0) -> None:
        self._listener = _listen(LOOPBACK, port)
        self._server = _server(hub, None)
        self._thread = threading.Thread(  # noqa: TID251 - a server is no job for a Runner: it lasts as long as the program
            target=self._server.run, kwargs={"sockets": [self._listener]}, name="hub", daemon=True
        )
        self.url = _url(self._listener, None)

    def start(self) -> Self:
        self._thread.start()
        return self

    def stop(self) -> None:
        """Finish what is under way, then end; at most a few seconds."""
        self._server.should_exit = True
        if self._thread.is_alive():
            self._thread.join(_GRACE_S * 2)
        self._listener.close()

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()


class UpwardThread:
    """Rounds with the hub above, one a minute and later ones where the line is dead; none while no hub stands above."""

    def __init__(self, hub: Hub, home: Home, *, every_s: float = 60.0, wire: Wire | None = None) -> None:
        self._hub, self._home, self._every_s, self._wire = hub, home, every_s, wire
        self._backoff = Backoff()
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="above", daemon=True)  # noqa: TID251 - as above

    def start(self) -> Self:
        self._thread.start()
        return self

    def stop(self) -> None:
        """End with the request that is under way; at most a few seconds."""
        self._ending.set()
        if self._thread.is_alive():
            self._thread.join(_GRACE_S)

    def is_alive(self) -> bool:
        """Whether rounds are still being done."""
        return self._thread.is_alive()

    def _run(self) -> None:
        while not self._ending.is_set():
            self._ending.wait(self._round())

    def _round(self) -> float:
        """How many seconds to wait now. Nothing that goes wrong ends the hub's other work."""
        try:
            with self._hub.store.connected():
                report = above.one_round(self._hub, self._home, wire=self._wire, is_stopping=self._ending.is_set)
        except HotlineError as fault:
            log.warning("round_above_failed code=%s", fault.code)
            return self._backoff.failed() + self._every_s
        except Exception:
            log.exception("round_above_failed")
            return self._backoff.failed() + self._every_s
        if report is not None and report.fault.startswith("N"):
            return self._backoff.failed()
        self._backoff.reset()
        return self._every_s


def _listen(host: str, port: int) -> socket.socket:
    """The port is taken here, so that a port in use is our error, not a traceback; connections wait in it until the server runs."""
    try:
        family = socket.AF_INET6 if ":" in host else socket.AF_INET
        # asyncio turns Nagle's waiting off only where the protocol is named; else every answer is 40 ms late.
        listener = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        try:
            if sys.platform != "win32":  # there it would let two hubs share one port
                listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((host, port))
            listener.listen(256)
        except OSError:
            listener.close()
            raise
    except OSError as fault:
        raise BadInput("I620", host=host, port=port) from fault
    return listener


def _url(listener: socket.socket, tls: Tls | None) -> str:
    host, port = listener.getsockname()[:2]
    return f"{'https' if tls else 'http'}://{f'[{host}]' if ':' in host else host}:{port}"


def _server(hub: Hub, tls: Tls | None) -> uvicorn.Server:
    config = uvicorn.Config(
        create_app(hub),
        access_log=False,
        log_config=None,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=_GRACE_S,
        timeout_keep_alive=30,
        ssl_certfile=str(tls.certificate) if tls else None,
        ssl_keyfile=str(tls.key) if tls else None,
        ws="none",
        lifespan="off",
    )
    return uvicorn.Server(config)
