"""The frame round the pages, without a screen: when it looks again, what F5 says."""

from __future__ import annotations

from county_hotline.background import InlineRunner
from county_hotline.domain.views import RoundReport
from county_hotline.errors import HotlineError, NotTrusted, Unreachable
from county_hotline.ids import Number
from county_hotline.signals import Bulletin, Changes
from county_hotline.ui.station import StationPresenter
from county_hotline.ui.tones import Tone
from county_hotline.wording import say, sentence
from tests.support.fake_views import FakeFrame, FakeStationWork, HeldRunner


class Station:
    """A frame with everything round it."""

    def __init__(self, wire: InlineRunner | HeldRunner | None = None, desk: InlineRunner | HeldRunner | None = None) -> None:
        self.frame, self.work, self.bulletin = FakeFrame(), FakeStationWork(), Bulletin()
        self.presenter = StationPresenter(
            self.frame, self.work, desk_lane=desk or InlineRunner(), wire_lane=wire or InlineRunner(), bulletin=self.bulletin
        )


def test_news_of_orders_or_counts_make_it_look_again() -> None:
    station = Station()

    station.bulletin.post(Changes(counts=True))
    station.bulletin.post(Changes(work_orders=frozenset({Number("370323-03A-261121-0007K")})))
    station.bulletin.post(Changes())

    assert station.work.looks == 2
    assert len(station.frame.standings) == 2


def test_news_during_a_look_are_looked_at_after_it_and_only_once() -> None:
    lane = HeldRunner()
    station = Station(desk=lane)

    for _ in range(3):
        station.bulletin.post(Changes(counts=True))
    lane.let_go()

    assert station.work.looks == 2


def test_f5_says_what_was_sent_and_received() -> None:
    station = Station()

    station.presenter.sync()

    assert station.frame.busy == 1
    assert station.frame.murmurs == [(say("ui.synced", sent=3, received=1), Tone.GREEN)]
    assert station.work.looks == 1


def test_f5_pressed_twice_does_one_round() -> None:
    held = HeldRunner()
    station = Station(held)

    station.presenter.sync()
    station.presenter.sync()
    held.let_go()

    assert station.work.rounds == 1


def test_no_line_is_daily_bread_and_said_quietly() -> None:
    station = Station()
    station.work.report = RoundReport(started_at=1, fault="N101")

    station.presenter.sync()

    assert station.frame.murmurs == [(sentence(HotlineError("N101")), Tone.AMBER)]
    assert station.frame.faults == []


def test_a_round_that_never_began_for_want_of_a_line_is_said_quietly_too() -> None:
    station = Station()
    station.work.fault = Unreachable("N101")

    station.presenter.sync()

    assert station.frame.faults == []
    assert station.frame.murmurs[0][1] is Tone.AMBER


def test_doubt_about_who_is_who_is_told_aloud() -> None:
    station = Station()
    station.work.fault = NotTrusted("A301")

    station.presenter.sync()

    assert [str(fault) for fault in station.frame.faults] == ["A301"]


def test_after_closing_no_news_is_heard() -> None:
    station = Station()

    station.presenter.close()

    assert len(station.bulletin) == 0
