"""网闸摆渡目录 of a hub, looked after every few minutes: stations' parcels that lie there are read and answered, what is new for them goes out."""

from __future__ import annotations

import logging
import threading
from pathlib import Path
from typing import Final, Self

from county_hotline.errors import HotlineError
from county_hotline.hub import parcel_answers, parcels
from county_hotline.hub.asking import Hub
from county_hotline.hub.parcel_answers import Prepared
from county_hotline.paths import Home
from county_hotline.settings import PARCEL_IN, PARCEL_OUT, Settings
from county_hotline.sync.parcel import stick
from county_hotline.sync.parcel.watched import WatchedFolder

log = logging.getLogger(__name__)

EVERY_S: Final = 60.0
_GRACE_S: Final = 5.0
PARTS_KEPT_S: Final = 14 * 86_400.0
"""A station that has been away for so long begins a half sent file again."""
_SWEEP_EVERY_S: Final = 86_400.0


class HubFerry:
    """Both folders of one hub. The settings say where they are, each time anew."""

    def __init__(self, hub: Hub, settings: Settings) -> None:
        self._hub = hub
        self.settings = settings
        self._watched: WatchedFolder | None = None

    def run(self) -> None:
        """Read what came and put out what is new. Raises BadInput I196 to I199 where what goes out cannot be put down, StoreFault."""
        folder = self.settings.value(PARCEL_IN)
        if not folder:
            return
        if self._watched is None or self._watched.folder != Path(folder):
            self._watched = WatchedFolder(Path(folder), self._read)
        self._watched.look()
        for station in self._hub.storage.stations():
            if parcel_answers.is_waited_for(self._hub, station):
                self._put(parcel_answers.answer_later(self._hub, station))

    def _read(self, path: Path) -> None:
        received = parcels.take(self._hub, path, by_folder=True)
        prepared = received.answer(self._hub, only_news=True)
        if prepared is not None:
            self._put(prepared)

    def _put(self, prepared: Prepared) -> None:
        out = self.settings.value(PARCEL_OUT)
        if not out:
            return
        stick.put(prepared.parcel, Path(out))
        parcel_answers.is_sent(self._hub, prepared)


class FerryThread:
    """Looks after the folders of a hub that serves, once a minute. The settings are read anew each time: a command may have changed them."""

    def __init__(self, hub: Hub, home: Home, *, every_s: float = EVERY_S) -> None:
        self._hub, self._home, self._every_s = hub, home, every_s
        self._ferry: HubFerry | None = None
        self._sweeps_at = hub.clock.monotonic_s()
        self._ending = threading.Event()
        self._thread = threading.Thread(target=self._run, name="ferry", daemon=True)  # noqa: TID251 - it lasts as long as the hub

    def start(self) -> Self:
        self._thread.start()
        return self

    def stop(self) -> None:
        """End with the parcel that is under way; at most a few seconds."""
        self._ending.set()
        if self._thread.is_alive():
            self._thread.join(_GRACE_S)

    def _run(self) -> None:
        while not self._ending.wait(self._every_s):
            self._look()

    def _look(self) -> None:
        """Nothing that goes wrong here ends the hub's other work."""
        try:
            self._sweep()
            settings = Settings(self._home.settings)
            if self._ferry is None:
                self._ferry = HubFerry(self._hub, settings)
            self._ferry.settings = settings
            with self._hub.store.connected():
                self._ferry.run()
        except HotlineError as fault:
            log.warning("ferry_failed code=%s", fault.code)
        except Exception:
            log.exception("ferry_failed")

    def _sweep(self) -> None:
        """Once a day, and soon after the hub was started."""
        if self._hub.clock.monotonic_s() < self._sweeps_at:
            return
        self._sweeps_at = self._hub.clock.monotonic_s() + _SWEEP_EVERY_S
        if gone := self._hub.store.files.shelf.sweep(self._hub.clock.now_ms() / 1000 - PARTS_KEPT_S):
            log.info("parts_swept count=%d", gone)
