"""The station with its window: two lanes, the news, the timetable, the probe of the line; and the order in which they are closed."""

from __future__ import annotations

import logging
import signal
import threading
from collections.abc import Callable
from dataclasses import dataclass, field

from county_hotline import __version__
from county_hotline import settings as chosen
from county_hotline.app.station import Station, open_station
from county_hotline.background import Answers, Lane
from county_hotline.clock import Clock
from county_hotline.domain.views import LineState, RoundReport
from county_hotline.paths import Home
from county_hotline.signals import Bulletin, Changes
from county_hotline.sync.backoff import Backoff
from county_hotline.sync.line_probe import LineProbe
from county_hotline.sync.timetable import Timetable
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
    desk_lane: Lane
    wire_lane: Lane
    stopping: threading.Event
    services: Services
    timetable: Timetable
    probe: LineProbe
    _data_version: int = -1
    _intervals: dict[str, tuple[float, Callable[[], None]]] = field(default_factory=dict)

    def tick(self) -> None:
        """About once a second, on the screen's thread."""
        settings = self.station.settings
        self._every("round", settings.value(chosen.SYNC_EVERY), self.sync)
        self._every("watch", settings.value(chosen.SYNC_PROBE) / 60, self.watch)
        self._every("others", LOOK_FOR_OTHERS_S / 60, self.look_for_others)
        self.timetable.tick()
        self.probe.tick()

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
            self.wire_lane.run(lambda: line.sync_now(self.station.desk), lambda _: None, _failed("round"))

    def watch(self) -> None:
        """A line that went away between two rounds is said on the strip before somebody counts on it."""
        if self.station.desk.run_round is not None:
            self.wire_lane.run(self._is_gone, lambda gone: self.probe.line_lost() if gone else None, _failed("watch"))

    def look_for_others(self) -> None:
        """A command of another process may have written: then the screens look again."""
        self.desk_lane.run(self._look, lambda _: None, _failed("look"))

    def _every(self, name: str, minutes: float, work: Callable[[], None]) -> None:
        """Set the job where it is new, or where its interval was changed in the settings."""
        before = self._intervals.get(name)
        if before is not None and before[0] == minutes:
            return
        if before is not None:
            before[1]()
        self._intervals[name] = (minutes, self.timetable.every(minutes, work))

    def _is_gone(self) -> bool:
        from county_hotline.desk import line

        desk = self.station.desk
        if line.line(desk).state is not LineState.ONLINE or is_hub_listening(self.station.home):
            return False
        line.seen_offline(desk, fault="N101")
        return True

    def _look(self) -> None:
        version = self.station.store.data_version()
        if self._data_version not in (-1, version):
            self.station.store.reference.forget()
            self.station.desk.tell(Changes(counts=True, reference=True))
        self._data_version = version


def is_hub_listening(home: Home) -> bool:
    """Whether something takes connections at this home's hub."""
    from county_hotline.desk import joining
    from county_hotline.sync.transport import is_listening

    hub = joining.address_of(home)
    return hub is not None and is_listening(hub.url)


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

    def came_back() -> None:
        running.sync()

    probe = LineProbe(
        is_there=lambda: is_hub_listening(home),
        returned=came_back,
        runner=wire_lane,
        clock=clock,
        backoff=Backoff(first_s=5.0, most_s=float(station.settings.value(chosen.SYNC_PROBE))),
    )
    running = Running(station, answers, desk_lane, wire_lane, stopping, services, Timetable(clock), probe)
    _tell_the_probe(running)
    return running


def _tell_the_probe(running: Running) -> None:
    """After every round, whoever asked for it, the probe knows whether there is a line."""
    desk, probe = running.station.desk, running.probe
    one_round = desk.run_round
    if one_round is None:
        return

    def watched_round() -> RoundReport:
        report = one_round()
        running.answers.put(probe.line_lost if report.fault.startswith("N") else probe.line_found)
        return report

    desk.run_round = watched_round


def show(running: Running) -> None:
    """The window, until it is closed."""
    from county_hotline.ui.window import Window

    window = Window(running.services)

    def tick() -> None:
        window.root.after(TICK_MS, tick)  # first, so that nothing below can stop it
        running.tick()

    window.root.after(TICK_MS, tick)
    window.root.after(TICK_MS, running.sync)
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(
            name, lambda *_: running.answers.put(window.close)
        )  # logging off, Ctrl+C: drafts are saved as by the cross
    try:
        window.run()
    finally:
        running.close()


def _failed(what: str) -> Callable[[Exception], None]:
    def failed(fault: Exception) -> None:
        log.warning("background_failed what=%s fault=%s", what, fault, exc_info=fault)

    return failed
