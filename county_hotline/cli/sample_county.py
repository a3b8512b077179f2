"""A whole sample county on this PC: a hub and three stations, enrolled with one-time codes over a real line. For demo and try."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from county_hotline.app.station import Station, open_station
from county_hotline.cli.station import acting_officer
from county_hotline.clock import Clock
from county_hotline.desk import Desk, founding, joining
from county_hotline.desk.founding import NewStation
from county_hotline.domain.vocabulary import StationRole
from county_hotline.hub import stations as enrolment
from county_hotline.hub.asking import Hub
from county_hotline.hub.serve import HubThread, open_hub
from county_hotline.paths import Home
from county_hotline.settings import Settings

HUB = "hub"
ROLES = {"hall": StationRole.HALL, "centre": StationRole.CENTRE, "agency": StationRole.AGENCY}
"""The three stations by the name of their folder."""


@dataclass(slots=True)
class SampleCounty:
    """Four homes in one folder. The hub is served on loopback while the line is not cut."""

    folder: Path
    clock: Clock
    hub: Hub = field(init=False)
    _thread: HubThread | None = None
    _port: int = 0

    def __post_init__(self) -> None:
        home = self.home(HUB)
        store = founding.open_store(home, self.clock)
        founding.settle_hub(store)
        store.close()
        self.hub = open_hub(home, clock=self.clock)

    def home(self, name: str) -> Home:
        return Home(self.folder / name)

    # -- the line, as a ui.services.LineSwitch ------------------------------------------------------------------------

    @property
    def is_cut(self) -> bool:
        return self._thread is None

    def turn(self) -> None:
        """Cut the line by taking the hub from its port; mend it by putting it back there."""
        if self._thread is not None:
            self._thread.stop()
            self._thread = None
            return
        self._thread = HubThread(self.hub, self._port).start()
        self._port = int(self._thread.url.rpartition(":")[2])

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self._port}"

    def close(self) -> None:
        if not self.is_cut:
            self.turn()
        self.hub.store.close()

    # -- its stations -------------------------------------------------------------------------------------------------

    def found(self, name: str, password: str) -> bool:
        """Found and enrol a station with accounts; False where it was there already. The line must not be cut."""
        self.enrol(name)
        home = self.home(name)
        store = founding.open_store(home, self.clock)
        try:
            is_new = not store.accounts()
            if is_new:
                desk = Desk(store, home, self.clock, Settings(home.settings), lambda _: None)
                founding.make_accounts(desk, password=password)
        finally:
            store.close()
        return is_new

    def enrol(self, name: str) -> None:
        """The station knows the hub where it is now: its port is another one each time."""
        home = self.home(name)
        store = founding.open_store(home, self.clock)
        try:
            hub = joining.address_of(home)
            if hub is None or hub.url != self.url:
                joining.join(store, home, url=self.url, code=self._code(ROLES[name]), clock=self.clock)
        finally:
            store.close()

    def _code(self, role: StationRole) -> str:
        card = founding.card_for(self.hub.store.reference.bundle(), NewStation(role=role))
        return enrolment.make_code(self.hub.storage, card, now_ms=self.clock.now_ms())

    @contextmanager
    def at(self, name: str) -> Iterator[Station]:
        """A station opened, its first officer signed in."""
        station = open_station(self.home(name), clock=self.clock)
        try:
            station.desk.officer = acting_officer(station.desk, station.store.accounts()[0].badge)
            yield station
        finally:
            station.close()
