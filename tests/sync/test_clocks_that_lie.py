"""P7: the clock may lie by years: order, completeness and, after the first contact, deadlines are right."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from county_hotline.clock import local
from county_hotline.db.line.county_time import CountyTime
from county_hotline.domain.civil_time import civil
from county_hotline.domain.facts import NoteAdded
from county_hotline.domain.reference import StationCard
from county_hotline.domain.segments import segments_of
from county_hotline.domain.tasks import CENTRE
from county_hotline.ids import Number
from tests.support.line import CENTRE_CARD, DirectWire, Post, a_card, a_hub
from tests.support.ticking_clock import MORNING, TickingClock

DAYS = 3_652
DAY = 86_400_000
LIES = st.sampled_from([-DAYS, -366, -1, 0, 1, 366, DAYS])
STEPS = st.lists(st.one_of(LIES, st.sampled_from(["accept", "note", "sync", "restart"])), min_size=4, max_size=14)
EnrolAs = Callable[[StationCard, TickingClock], Post]


class Twin:
    """A hall and a centre at one hub, whose own clocks are right."""

    def __init__(self, folder: Path) -> None:
        self.real = TickingClock()
        self.hub = a_hub(folder / "hub", self.real)
        self.folder = folder
        self.hall = Post.enrolled(folder / "hall", self.hub, a_card(), clock=TickingClock(), wire=DirectWire(self.hub))
        self.centre = Post.enrolled(folder / "centre", self.hub, CENTRE_CARD, clock=TickingClock(), wire=DirectWire(self.hub))
        self.numbers: list[Number] = []
        self.dues: list[date] = []
        """By what the hall took for the time when it accepted."""

    def step(self, step: str | int, *, lies: bool) -> None:
        for clock in (self.real, self.hall.clock, self.centre.clock):
            clock.advance(minutes=2)
        if isinstance(step, int):
            if lies:
                self.hall.clock.wind_back(days=-step)
        elif step == "accept":
            self.dues.append(local(self.hall.store.time.now_ms()).date())
            self.numbers.append(self.hall.accept())
        elif step == "note" and self.numbers:
            self.hall.record(self.numbers[0], NoteAdded(text="备注"))
        elif step == "sync":
            assert self.hall.sync().fault == ""
        elif step == "restart":
            self.hall.store.time = CountyTime(self.hall.clock, self.hall.store.note, self.hall.store.set_note)

    def told(self) -> list[tuple[list[str], str]]:
        """Of each order: what happened in which order, and the day its limit is counted from."""
        assert self.hall.sync().complete
        assert self.centre.sync().complete
        found = []
        for number in self.numbers:
            views = [post.store.view(number) for post in (self.hall, self.centre)]
            assert views[0].order == views[1].order == self.hub.store.order(number)
            found.append(([event.fact.kind for event in views[0].story], str(civil(views[0].order.accepted_at).date())))
        return found

    def close(self) -> None:
        for post in (self.hall, self.centre):
            post.close()
        self.hub.store.close()


@given(STEPS)
@settings(max_examples=15, deadline=None)
def test_years_of_lies_change_neither_the_order_nor_the_day_that_counts(steps: list[str | int]) -> None:
    """Everything reaches the hub on the day it was written, so nothing but the lie could move a day. A day's lie backwards before the first
    contact is the honest limit: it cannot be told from a day without a line."""
    told = []
    for lies in (True, False):
        with TemporaryDirectory() as name:
            twin = Twin(Path(name))
            twin.hall.sync()
            for step in steps:
                twin.step(step, lies=lies)
            told.append(twin.told())
            twin.close()

    assert told[0] == told[1]


@pytest.mark.parametrize("days", [-DAYS, DAYS])
def test_an_order_taken_before_the_first_contact_counts_from_when_the_hub_had_it(days: int, hall: Post, centre: Post) -> None:
    hall.clock.wind_back(days=-days)
    number = hall.accept()
    before = hall.store.order(number)
    hall.sync()
    centre.sync()

    for post in (hall, centre):
        order = post.store.order(number)
        assert (order.accepted_at, order.clocked_at) == (MORNING, MORNING + days * DAY)
    assert before.accepted_at == MORNING + days * DAY
    assert hall.store.verify().sound


def test_after_the_first_contact_limits_are_counted_from_the_right_day_at_once(hall: Post) -> None:
    hall.clock.wind_back(days=-DAYS)
    hall.sync()

    number = hall.accept()

    assert hall.store.time.now_ms() == MORNING
    assert hall.store.order(number).accepted_at == MORNING
    assert hall.store.view(number).story[0].clock_note == f"skew={DAYS * DAY}"


def test_a_clock_set_back_after_the_contact_is_noticed_without_a_line(hall: Post) -> None:
    hall.sync()
    hall.clock.advance(hours=1)
    hall.clock.wind_back(days=DAYS)

    number = hall.accept()

    assert hall.store.order(number).accepted_at == MORNING + 3_600_000


def test_a_clock_that_starts_in_another_century_at_every_boot_counts_from_the_last_contact(hall: Post) -> None:
    hall.sync()
    hall.clock.advance(hours=1)
    hall.clock.wind_back(days=DAYS)
    hall.store.time = CountyTime(hall.clock, hall.store.note, hall.store.set_note)

    number = hall.accept()

    assert hall.store.view(number).story[0].clock_note == f"seen={MORNING}"
    assert hall.store.order(number).accepted_at == MORNING


def test_a_pc_that_slept_is_not_taken_for_one_whose_clock_was_set(hall: Post) -> None:
    hall.sync()
    hall.clock.wind_back(days=-2)

    assert hall.store.time.now_ms() == MORNING + 2 * DAY
    assert hall.store.view(hall.accept()).story[0].clock_note == ""


def test_the_stretches_of_an_order_dated_years_ahead_are_not_empty(hall: Post, centre: Post) -> None:
    hall.clock.wind_back(days=-DAYS)
    number = hall.accept()
    hall.sync()
    centre.sync()
    centre.clock.advance(days=1)

    (segment,) = segments_of(number, centre.store.view(number).story, until_ms=centre.clock.now)

    assert (segment.holder, segment.length_ms) == (CENTRE, DAY)


def test_a_round_without_a_lie_is_written_down_once_an_hour_at_most(hall: Post, clock: TickingClock) -> None:
    hall.sync()
    first = hall.store.note("clock.heard")
    hall.clock.advance(minutes=10)
    clock.advance(minutes=10)

    hall.sync()

    assert hall.store.note("clock.heard") == first
