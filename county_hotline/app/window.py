"""The station with its window: two lanes, the news, the timetable, the probe of the line; and the order in which they are closed.

The window is on the screen before anything slow starts: libraries of the database, the database itself and the timetable are loaded on the
desk's lane when the sign-in page first asks for something.
"""

from __future__ import annotations

import logging
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from county_hotline import __version__, paths, wording
from county_hotline import settings as chosen
from county_hotline.background import Answers, Lane, Step
from county_hotline.clock import Clock
from county_hotline.errors import BadInput, HotlineError, Refusal
from county_hotline.paths import Hold, Home
from county_hotline.settings import Settings
from county_hotline.signals import Bulletin, Changes
from county_hotline.ui.services import LineSwitch, Services

if TYPE_CHECKING:
    from county_hotline.app.station import Station
    from county_hotline.desk.carrying import Ferry
    from county_hotline.domain.views import RoundReport
    from county_hotline.sync.line_probe import LineProbe
    from county_hotline.sync.timetable import Timetable

log = logging.getLogger(__name__)

TICK_MS = 1000
RINGS_MS = 200
LOOK_FOR_OTHERS_S = 2
FERRY_MINUTES = 2
PATIENCE_S = 5.0


@dataclass(frozen=True, slots=True)
class Opened:
    """What there is once the database is open."""

    station: Station
    timetable: Timetable
    probe: LineProbe
    ferry: Ferry


@dataclass(slots=True)
class Running:
    """Everything a station's window stands on. Made by `begin`, ended by `close`, in the order that loses nothing."""

    home: Home
    held: Hold
    clock: Clock
    answers: Answers
    desk_lane: Lane
    wire_lane: Lane
    stopping: threading.Event
    services: Services
    opened: Opened | None = None
    fault: HotlineError | None = None
    """Why the database could not be opened, last time."""
    _data_version: int = -1
    _intervals: dict[str, tuple[float, Callable[[], None]]] = field(default_factory=dict)

    @property
    def station(self) -> Station:
        """The open station. Refuses (R200) before it is."""
        if self.opened is None:
            raise Refusal("R200")
        return self.opened.station

    @property
    def probe(self) -> LineProbe:
        """Of the line. Refuses (R200) before the station is open."""
        if self.opened is None:
            raise Refusal("R200")
        return self.opened.probe

    def open(self) -> None:
        """Open the station, on the desk's lane. Raises what `open_station` raises; the next job tries again."""
        from county_hotline.app.station import open_station
        from county_hotline.desk.carrying import Ferry
        from county_hotline.desk.files import forget_opened
        from county_hotline.sync.backoff import Backoff
        from county_hotline.sync.line_probe import LineProbe
        from county_hotline.sync.timetable import Timetable

        settings = self.services.settings
        try:
            station = open_station(
                self.home,
                clock=self.clock,
                tell=self._tell,
                is_stopping=self.stopping.is_set,
                settings=settings,
                told=self._opening,
            )
        except HotlineError as fault:
            self.fault = None if fault.code == "R671" else fault  # closed while it was under way: it goes on next time
            raise
        probe = LineProbe(
            is_there=lambda: is_hub_listening(self.home),
            returned=self.sync,
            runner=self.wire_lane,
            clock=self.clock,
            backoff=Backoff(first_s=5.0, most_s=float(settings.value(chosen.SYNC_PROBE))),
        )
        self._tell_the_probe(station, probe)
        self.services.desk = station.desk
        forget_opened(station.desk)  # a crash or a pulled plug left them
        self.opened, self.fault = Opened(station, Timetable(self.clock), probe, Ferry(station.desk)), None

    def tick(self) -> None:
        """About once a second, on the screen's thread."""
        if self.opened is None:
            return
        settings = self.services.settings
        self._every("round", settings.value(chosen.SYNC_EVERY), self.sync)
        self._every("watch", settings.value(chosen.SYNC_PROBE) / 60, self.watch)
        self._every("parcels", FERRY_MINUTES, self.ferry_parcels)
        self._every("others", LOOK_FOR_OTHERS_S / 60, self.look_for_others)
        self.opened.timetable.tick()
        self.opened.probe.tick()

    def close(self) -> None:
        """No new work; the wire stops after its batch, then the desk; then the home is let go."""
        self.stopping.set()
        self.wire_lane.stop(PATIENCE_S)
        self.desk_lane.stop(PATIENCE_S)
        self.held.release()
        log.info("window_closed")

    def sync(self) -> None:
        """A round on the wire's lane; screens hear of it by the bulletin."""
        from county_hotline.desk import line

        if self.opened is not None and self.station.desk.run_round is not None:
            self.wire_lane.run(lambda: line.sync_now(self.station.desk), lambda _: None, _failed("round"))

    def watch(self) -> None:
        """A line that went away between two rounds is said on the strip before somebody counts on it."""
        if self.station.desk.run_round is not None:
            self.wire_lane.run(self._is_gone, lambda gone: self.probe.line_lost() if gone else None, _failed("watch"))

    def ferry_parcels(self) -> None:
        """网闸摆渡目录, where folders were chosen: on the wire's lane, after the round that may be under way."""
        if self.opened is not None:
            self.wire_lane.run(self.opened.ferry.run, lambda _: None, _failed("parcels"))

    def look_for_others(self) -> None:
        """A command of another process may have written: then the screens look again."""
        self.desk_lane.run(self._look, lambda _: None, _failed("look"))

    def _every(self, name: str, minutes: float, work: Callable[[], None]) -> None:
        """Set the job where it is new, or where its interval was changed in the settings."""
        before = self._intervals.get(name)
        if self.opened is None or (before is not None and before[0] == minutes):
            return
        if before is not None:
            before[1]()
        self._intervals[name] = (minutes, self.opened.timetable.every(minutes, work))

    def _is_gone(self) -> bool:
        from county_hotline.desk import line
        from county_hotline.domain.views import LineState

        desk = self.station.desk
        if line.line(desk).state is not LineState.ONLINE or is_hub_listening(self.home):
            return False
        line.seen_offline(desk, fault="N101")
        return True

    def _look(self) -> None:
        version = self.station.store.data_version()
        if self._data_version not in (-1, version):
            self.station.store.reference.forget()
            self.station.desk.tell(Changes(counts=True, reference=True))
        self._data_version = version

    def _opening(self, step: Step) -> bool:
        self._tell(Changes(opening=step))
        return not self.stopping.is_set()

    def _tell(self, changes: Changes) -> None:
        self.answers.put(lambda: self.services.bulletin.post(changes))

    def _tell_the_probe(self, station: Station, probe: LineProbe) -> None:
        """After every round, whoever asked for it, the probe knows whether there is a line."""
        one_round = station.desk.run_round
        if one_round is None:
            return

        def watched_round() -> RoundReport:
            report = one_round()
            self.answers.put(probe.line_lost if report.fault.startswith("N") else probe.line_found)
            return report

        station.desk.run_round = watched_round


def is_hub_listening(home: Home) -> bool:
    """Whether something takes connections at this home's hub."""
    from county_hotline.desk import joining
    from county_hotline.sync.wire.http_line import is_listening

    hub = joining.address_of(home)
    return hub is not None and is_listening(hub.url)


def begin(home: Home, *, clock: Clock, line_switch: LineSwitch | None = None) -> Running:
    """The station in this folder, held for one window, not yet opened. Raises BadInput I107 where there is none, StoreFault S104 where
    another window has it."""
    if not home.database.exists():
        raise BadInput("I107", path=str(home.path))
    home.ensure()
    held = paths.hold(home)
    if home.wording.exists():
        wording.overlay(home.wording)
    answers = Answers()
    is_training = home.training.exists()
    if is_training:
        from county_hotline.forms.page import mark_every_paper

        mark_every_paper(wording.say("training.mark"))

    def open_station() -> None:
        running.open()

    def connect() -> None:
        running.station.store.connect()

    def disconnect() -> None:
        running.station.close()

    def end() -> None:
        from county_hotline.desk.files import forget_opened

        forget_opened(running.station.desk)
        disconnect()

    desk_lane = Lane("desk", answers, open_station, end)
    wire_lane = Lane("wire", answers, connect, disconnect)
    services = Services(
        desk_lane=desk_lane,
        wire_lane=wire_lane,
        answers=answers,
        bulletin=Bulletin(),
        settings=Settings(home.settings),
        clock=clock,
        folder=home.path / "screen",
        version=__version__,
        line_switch=line_switch,
        is_training=is_training,
        practise=None if is_training else lambda: practise(home),
    )
    running = Running(home, held, clock, answers, desk_lane, wire_lane, threading.Event(), services)
    return running


def practise(home: Home) -> bool:
    """Start the program once more, for 练习 beside this home; whether it could be started."""
    frozen = getattr(sys, "frozen", False)
    program = [sys.executable] if frozen else [sys.executable, "-m", "county_hotline"]
    source = None if frozen else Path(__file__).resolve().parents[2]
    try:
        subprocess.Popen([*program, "--home", str(home.path.resolve()), "train"], start_new_session=True, cwd=source)  # noqa: S603 - this very program
    except OSError:
        log.warning("practice_not_started")
        return False
    return True


def show(running: Running) -> None:
    """The window, until it is closed. Refuses (R218) where there is no screen; raises what kept the station from opening, if it never did."""
    from tkinter import TclError

    from county_hotline.ui.window import Window

    try:
        window = Window(running.services)
    except TclError as exc:
        running.close()
        raise Refusal("R218") from exc

    def tick() -> None:
        window.root.after(TICK_MS, tick)  # first, so that nothing below can stop it
        running.tick()

    def look_for_rings() -> None:
        window.root.after(RINGS_MS, look_for_rings)
        if window.is_at_work:
            from county_hotline.desk import popping

            for number in popping.rung(running.home, now=running.clock.now_ms()):
                window.go("intake", f"caller {number}")

    window.root.after(TICK_MS, tick)
    window.root.after(TICK_MS, look_for_rings)
    window.root.after(TICK_MS, running.sync)
    for name in (signal.SIGTERM, signal.SIGINT):
        signal.signal(
            name, lambda *_: running.answers.put(window.close)
        )  # logging off, Ctrl+C: drafts are saved as by the cross
    try:
        window.run()
    finally:
        running.close()
    if running.fault is not None:
        raise running.fault


def _failed(what: str) -> Callable[[Exception], None]:
    def failed(fault: Exception) -> None:
        log.warning("background_failed what=%s fault=%s", what, fault, exc_info=fault)

    return failed
