"""When rounds begin by themselves: on time with a clock set back, once after sleep, at once when the line returns."""

from __future__ import annotations

import datetime as dt
import random
import types
from collections.abc import Callable

import pytest
import schedule

from county_hotline.background import InlineRunner
from county_hotline.sync.backoff import Backoff
from county_hotline.sync.line_probe import LineProbe
from county_hotline.sync.timetable import Timetable
from tests.support.ticking_clock import TickingClock


@pytest.fixture
def timetable(clock: TickingClock, monkeypatch: pytest.MonkeyPatch) -> Timetable:
    """`schedule` reads the turned clock as it would the PC's."""

    class Turned(dt.datetime):
        @classmethod
        def now(cls, tz: dt.tzinfo | None = None) -> dt.datetime:  # type: ignore[override]
            return dt.datetime.fromtimestamp(clock.now_ms() / 1000, tz)

    turned = types.SimpleNamespace(datetime=Turned, timedelta=dt.timedelta, time=dt.time, timezone=dt.timezone)
    monkeypatch.setattr(schedule, "datetime", turned)
    return Timetable(clock)


def runs_in(timetable: Timetable, clock: TickingClock, minutes: int, done: list[float]) -> int:
    before = len(done)
    for _ in range(minutes * 6):
        clock.advance(seconds=10)
        timetable.tick()
    return len(done) - before


def noted(clock: TickingClock, done: list[float]) -> Callable[[], None]:
    return lambda: done.append(clock.monotonic_s())


def test_a_round_every_five_minutes_is_twelve_an_hour(timetable: Timetable, clock: TickingClock) -> None:
    done: list[float] = []
    timetable.every(5, noted(clock, done))

    assert runs_in(timetable, clock, 60, done) == 12


@pytest.mark.parametrize("hours", [0.5, 12, 24 * 365 * 5])
def test_a_clock_set_back_stops_nothing(hours: float, timetable: Timetable, clock: TickingClock) -> None:
    done: list[float] = []
    timetable.every(5, noted(clock, done))
    runs_in(timetable, clock, 30, done)

    clock.wind_back(seconds=hours * 3_600)

    assert runs_in(timetable, clock, 60, done) in (12, 13)


@pytest.mark.parametrize("hours", [1, 12, 24 * 365])
def test_a_clock_set_forward_runs_a_job_once_early_and_then_on_time(
    hours: int, timetable: Timetable, clock: TickingClock
) -> None:
    done: list[float] = []
    timetable.every(5, noted(clock, done))
    runs_in(timetable, clock, 31, done)

    clock.wind_back(seconds=-hours * 3_600)

    assert runs_in(timetable, clock, 60, done) in (12, 13)


def test_a_pc_that_slept_makes_up_for_what_it_missed_once(timetable: Timetable, clock: TickingClock) -> None:
    done: list[float] = []
    timetable.every(5, noted(clock, done))

    clock.advance(hours=9)
    timetable.tick()
    timetable.tick()

    assert len(done) == 1


def test_clocks_creeping_apart_move_no_job(timetable: Timetable, clock: TickingClock) -> None:
    done: list[float] = []
    timetable.every(5, noted(clock, done))

    for _ in range(60):
        clock.wind_back(ms=500)
        runs_in(timetable, clock, 1, done)

    assert len(done) in (11, 12)


@pytest.mark.parametrize("hours_back", [12, 23, 24 * 40])
def test_a_time_of_day_comes_within_a_day_however_far_the_clock_was_set_back(
    hours_back: int, timetable: Timetable, clock: TickingClock
) -> None:
    done: list[float] = []
    timetable.daily("12:30", noted(clock, done))
    runs_in(timetable, clock, 24 * 60, done)

    clock.wind_back(seconds=hours_back * 3_600)

    assert runs_in(timetable, clock, 24 * 60 + 1, done) == 1


def test_a_job_that_fails_does_not_keep_the_others_nor_itself_from_running(timetable: Timetable, clock: TickingClock) -> None:
    done: list[float] = []

    def fails() -> None:
        done.append(0)
        raise ZeroDivisionError

    timetable.every(5, fails)
    timetable.every(5, noted(clock, done))

    assert runs_in(timetable, clock, 15, done) == 6


def test_a_cancelled_job_runs_no_more(timetable: Timetable, clock: TickingClock) -> None:
    done: list[float] = []
    cancel = timetable.every(5, noted(clock, done))

    cancel()

    assert runs_in(timetable, clock, 15, done) == 0


class Line:
    """A line that is there or not, and counts how often it was asked."""

    def __init__(self, clock: TickingClock) -> None:
        self.there = False
        self.asked = 0
        self.rounds = 0
        self.probe = LineProbe(is_there=self.ask, returned=self.returned, runner=InlineRunner(), clock=clock)

    def ask(self) -> bool:
        self.asked += 1
        return self.there

    def returned(self) -> None:
        self.rounds += 1


def wait(line: Line, clock: TickingClock, seconds: int) -> None:
    for _ in range(seconds):
        clock.advance(seconds=1)
        line.probe.tick()


def test_a_line_that_is_there_is_not_asked_after(clock: TickingClock) -> None:
    line = Line(clock)

    wait(line, clock, 600)

    assert line.asked == 0


def test_the_lines_return_starts_one_round_within_a_minute(clock: TickingClock) -> None:
    line = Line(clock)
    line.probe.line_lost()
    wait(line, clock, 3_600)
    asked_while_down = line.asked
    line.there = True

    wait(line, clock, 61)
    wait(line, clock, 600)

    assert line.rounds == 1
    assert 50 < asked_while_down < 150


def test_a_round_that_got_through_ends_the_asking(clock: TickingClock) -> None:
    line = Line(clock)
    line.probe.line_lost()

    line.probe.line_found()
    wait(line, clock, 600)

    assert line.asked == 0


def test_a_probe_that_fails_is_a_no(clock: TickingClock) -> None:
    line = Line(clock)

    def broken() -> bool:
        line.asked += 1
        raise OSError

    line.probe = LineProbe(is_there=broken, returned=line.returned, runner=InlineRunner(), clock=clock)
    line.probe.line_lost()
    wait(line, clock, 60)

    assert line.asked > 1
    assert line.rounds == 0


def test_waits_double_up_to_the_cap_and_start_over_after_a_reset() -> None:
    backoff = Backoff(first_s=5, most_s=60, chance=random.Random(1))

    waits = [backoff.failed() for _ in range(10)]
    backoff.reset()
    again = backoff.failed()

    for place, wait_s in enumerate(waits):
        full = min(60, 5 * 2**place)
        assert full / 2 <= wait_s <= full
    assert again <= 5
    assert len(set(waits)) == 10, "two stations are not in step"
