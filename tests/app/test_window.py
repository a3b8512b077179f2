"""The station as its window stands on it: lanes, news, timetable and probe, over a real hub, with no screen."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from county_hotline.app import window as app_window
from county_hotline.app.station import open_station
from county_hotline.app.window import Running
from county_hotline.background import Step
from county_hotline.cli.sample_county import SampleCounty
from county_hotline.db.beside import memos
from county_hotline.db.tables import projection
from county_hotline.desk import founding, intake, looking_up
from county_hotline.desk.intake import IntakeForm
from county_hotline.domain.views import Counts
from county_hotline.domain.vocabulary import OfficerRole
from county_hotline.errors import StoreFault
from county_hotline.signals import Changes
from tests.support.ticking_clock import TickingClock

REQUEST = IntakeForm(anonymous=True, place="370323109", title="路灯不亮", content="村口的路灯三天不亮。")
PATIENCE_S = 20.0


@pytest.fixture
def county(tmp_path: Path, clock: TickingClock) -> Iterator[SampleCounty]:
    """A hub with its line up, and one hall enrolled, without accounts (argon2 is slow on purpose)."""
    made = SampleCounty(tmp_path, clock)
    made.turn()
    made.enrol("hall")
    yield made
    made.close()


@pytest.fixture
def running(county: SampleCounty, clock: TickingClock) -> Iterator[Running]:
    """The hall as its window has it."""
    made = app_window.begin(county.home("hall"), clock=clock, line_switch=county)
    open_up(made)
    made.station.desk.officer = founding.named("0301", "受理员甲", tuple(OfficerRole))
    yield made
    made.close()


def failed(fault: Exception) -> None:
    raise fault


def until(running: Running, holds: Callable[[], bool]) -> None:
    """Do what the screen's thread would do until something holds; a thread's work is waited for, never slept for."""
    end = time.monotonic() + PATIENCE_S
    while not holds():
        assert time.monotonic() < end, "it never came to hold"
        if running.answers.take(20) == 0:
            time.sleep(0.005)


def open_up(running: Running) -> None:
    """The first thing the sign-in page asks for opens the station."""
    done: list[int] = []
    running.desk_lane.run(lambda: 1, done.append, failed)
    until(running, lambda: bool(done))


def counts(running: Running) -> Counts:
    found: list[Counts] = []
    running.desk_lane.run(lambda: looking_up.counts(running.station.desk), found.append, failed)
    until(running, lambda: bool(found))
    return found[0]


def accept(running: Running) -> None:
    done: list[object] = []
    running.desk_lane.run(lambda: intake.accept(running.station.desk, REQUEST), done.append, failed)
    until(running, lambda: bool(done))


def test_a_window_closed_while_tables_are_folded_anew_goes_on_the_next_time(county: SampleCounty, clock: TickingClock) -> None:
    station = open_station(county.home("hall"), clock=clock)
    station.desk.officer = founding.named("0301", "受理员甲", tuple(OfficerRole))
    intake.accept(station.desk, REQUEST)
    with station.store.immediate() as db:
        memos.set_note(db, projection.FOLDED_BY, "another release")
    station.close()
    heard: list[Step] = []
    closed = app_window.begin(county.home("hall"), clock=clock)
    closed.services.bulletin.subscribe(lambda changes: heard.append(changes.opening) if changes.opening else None)
    closed.stopping.set()
    faults: list[Exception] = []
    closed.desk_lane.run(lambda: 1, lambda _: None, faults.append)
    until(closed, lambda: bool(faults))
    closed.close()

    again = app_window.begin(county.home("hall"), clock=clock)
    open_up(again)

    assert [getattr(fault, "code", "") for fault in faults] == ["R671"]
    assert closed.fault is None, "to close it is no fault that the command line tells of"
    assert heard
    assert counts(again).stored == 1
    again.close()


def test_a_round_of_the_timetable_sends_what_waits(running: Running) -> None:
    accept(running)

    running.sync()

    until(running, lambda: counts(running).waiting == 0)


def test_news_of_a_commit_reaches_readers_on_the_screens_thread(running: Running) -> None:
    heard: list[Changes] = []
    running.services.bulletin.subscribe(heard.append)

    accept(running)

    until(running, lambda: any(changes.work_orders for changes in heard))


def test_what_another_process_writes_is_noticed(running: Running, county: SampleCounty, clock: TickingClock) -> None:
    heard: list[Changes] = []
    looked: list[int] = []
    running.look_for_others()
    running.desk_lane.run(lambda: 1, looked.append, failed)
    until(running, lambda: bool(looked))
    running.services.bulletin.subscribe(heard.append)

    other = open_station(county.home("hall"), clock=clock)
    other.desk.officer = running.station.desk.officer
    intake.accept(other.desk, REQUEST)
    other.close()
    running.look_for_others()

    until(running, lambda: any(changes.counts for changes in heard))


def test_the_line_that_comes_back_starts_a_round(running: Running, county: SampleCounty, clock: TickingClock) -> None:
    county.turn()
    accept(running)
    done: list[object] = []
    running.wire_lane.run(lambda: running.station.desk.run_round and running.station.desk.run_round(), done.append, failed)
    until(running, lambda: bool(done))
    running.answers.take(20)

    county.turn()
    clock.advance(minutes=2)
    running.probe.tick()

    until(running, lambda: counts(running).waiting == 0)


def test_a_second_window_on_the_same_home_is_refused(running: Running, county: SampleCounty, clock: TickingClock) -> None:
    with pytest.raises(StoreFault, match="S104"):
        app_window.begin(county.home("hall"), clock=clock)


def test_after_the_window_is_closed_another_may_open(county: SampleCounty, clock: TickingClock) -> None:
    app_window.begin(county.home("hall"), clock=clock).close()

    app_window.begin(county.home("hall"), clock=clock).close()


def test_what_keeps_the_station_from_opening_is_told_and_tried_again(county: SampleCounty, clock: TickingClock) -> None:
    home = county.home("hall")
    good = home.database.read_bytes()
    home.database.write_bytes(b"not a database" * 1000)
    for leftover in home.path.glob("journal.db-*"):
        leftover.unlink()
    running = app_window.begin(home, clock=clock)
    told: list[Exception] = []

    running.desk_lane.run(lambda: None, lambda _: None, told.append)
    until(running, lambda: bool(told))
    home.database.write_bytes(good)
    open_up(running)
    running.close()

    assert isinstance(told[0], StoreFault)
    assert running.fault is None


def test_an_interval_changed_in_the_settings_holds_at_once(running: Running) -> None:
    from county_hotline.settings import SYNC_EVERY

    running.tick()
    running.station.settings.change(SYNC_EVERY, 3)

    running.tick()

    assert running._intervals["round"][0] == 3
