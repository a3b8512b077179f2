"""The station with its window: two lanes, the news, the timetable, the probe of the line; and the order in which they are closed."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from county_hotline import __version__
from county_hotline import settings as chosen
from county_hotline.app.station import Station, open_station
from county_hotline.app.timetable import Timetable
from county_hotline.background import Answers, Lane
from county_hotline.clock import Clock
from county_hotline.domain.views import LineState, RoundReport
from county_hotline.paths import Home
from county_hotline.signals import Bulletin, Changes
from county_hotline.ui.services import LineSwitch, Services

log = logging.getLogger(__name__)

TICK_MS = 1000
LOOK_FOR_OTHERS_S = 2
PATIENCE_S = 5.0


@dataclass(slots=True)
class Running:
    """Everything a station's window stands on. Made by `prepare`, ended by `close`, in the order that loses nothing."""

    station: Station
    answers: Answers
    bulletin: Bulletin
    desk_lane: Lane
    wire_lane: Lane
    stopping: threading.Event
    services: Services
    timetable: Timetable
    _data_version: int = field(default=-1)

    def close(self) -> None:
        """No new work; the wire stops after its batch, then the desk; then the home is let go."""
        self.stopping.set()
        self.wire_lane.stop(PATIENCE_S)
        self.desk_lane.stop(PATIENCE_S)
        self.station.close()
        log.info("window_closed")

    def sync(self) -> None:
        """A round on the wire's lane; screens hear of it by the bulletin."""
        from county_hotline.desk import line

        if self.station.desk.run_round is not None:
            self.wire_lane.run(lambda: line.sync_now(self.station.desk), _round_done, _failed("round"))

    def probe(self) -> None:
        """Is there a line? A line that is back starts a round at once; one that is gone is said on the strip."""
        if self.station.desk.run_round is not None:
            self.wire_lane.run(self._probe, lambda is_back: self.sync() if is_back else None, _failed("probe"))

    def look_for_others(self) -> None:
        """A command of another process may have written: then the screens look again."""
        self.desk_lane.run(self._look, lambda _: None, _failed("look"))

    def _probe(self) -> bool:
        """Whether the line has come back. On the wire's lane."""
        from county_hotline.desk import joining, line
        from county_hotline.sync.transport import is_listening

        desk = self.station.desk
        hub = joining.address_of(self.station.home)
        if hub is None:
            return False
        listening, state = is_listening(hub.url), line.line(desk).state
        if not listening and state is LineState.ONLINE:
            line.seen_offline(desk, fault="N101")
        return listening and state in (LineState.OFFLINE, LineState.UNKNOWN)

    def _look(self) -> None:
        version = self.station.store.data_version()
        if self._data_version not in (-1, version):
            self.station.store.reference.forget()
            self.station.desk.tell(Changes(counts=True, reference=True))
        self._data_version = version


def prepare(home: Home, *, clock: Clock, line_switch: LineSwitch | None = None) -> Running:
    """The station in this folder as its one window needs it. Raises what `open_station` raises."""
    answers, bulletin, stopping = Answers(), Bulletin(), threading.Event()

    def tell(changes: Changes) -> None:
        answers.put(lambda: bulletin.post(changes))

    station = open_station(home, clock=clock, tell=tell, is_stopping=stopping.is_set, alone=True)
    station.store.close()  # from here on only the lanes touch the database
    desk_lane = Lane("desk", answers, station.store.connect, station.store.close)
    wire_lane = Lane("wire", answers, station.store.connect, station.store.close)
    services = Services(
        desk=station.desk,
        desk_lane=desk_lane,
        wire_lane=wire_lane,
        answers=answers,
        bulletin=bulletin,
        settings=station.settings,
        clock=clock,
        folder=home.path / "screen",
        version=__version__,
        line_switch=line_switch,
    )
    running = Running(station, answers, bulletin, desk_lane, wire_lane, stopping, services, Timetable(clock))
    _set_timetable(running)
    return running


def _set_timetable(running: Running) -> None:
    settings = running.station.settings
    running.timetable.every("round", lambda: settings.value(chosen.SYNC_EVERY) * 60, running.sync)
    running.timetable.every("probe", lambda: settings.value(chosen.SYNC_PROBE), running.probe)
    running.timetable.every("others", lambda: LOOK_FOR_OTHERS_S, running.look_for_others)


def show(running: Running) -> None:
    """The window, until it is closed."""
    from county_hotline.ui.window import Window

    window = Window(running.services)

    def tick() -> None:
        window.root.after(TICK_MS, tick)  # first, so that nothing below can stop it
        running.timetable.tick()

    window.root.after(TICK_MS, tick)
    window.root.after(TICK_MS, running.probe)
    try:
        window.run()
    finally:
        running.close()


def _round_done(report: RoundReport) -> None:
    log.debug("round_of_timetable fault=%s", report.fault or "none")


def _failed(what: str) -> Callable[[Exception], None]:
    def failed(fault: Exception) -> None:
        log.warning("background_failed what=%s fault=%s", what, fault, exc_info=fault)

    return failed
