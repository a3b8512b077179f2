"""同步: the equation, why something waits, what a doubt about trust says, rounds, and how far one has come."""

from __future__ import annotations

import msgspec
import pytest

from county_hotline.domain.views import (
    Counts,
    FilesWaiting,
    HeldRecord,
    Line,
    LineState,
    Progress,
    RoundReport,
)
from county_hotline.ids import EntryId
from county_hotline.signals import Bulletin, Changes
from county_hotline.ui.screens.sync.presenter import SyncPresenter
from county_hotline.ui.screens.sync.telling import sync_told
from tests.support.fake_sync import NUMBER, WAITING, FakeSync, FakeWork, facts
from tests.support.ticking_clock import MORNING


def test_everything_sent_says_so() -> None:
    told = sync_told(facts())

    assert (told.stored, told.received, told.waiting) == ("12", "12", "0")
    assert told.verdict.words == "对得上"
    assert told.reasons == ()


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (LineState.OFFLINE, "等线路　3 件"),
        (LineState.REFUSED, "等处理好了再传　3 件"),
        (LineState.UNENROLLED, "等接入县中心　3 件"),
        (LineState.ONLINE, "等下一轮　3 件"),
        (LineState.UNKNOWN, "等下一轮　3 件"),
    ],
)
def test_why_something_waits_depends_on_the_line(state: LineState, words: str) -> None:
    told = sync_told(facts(counts=WAITING, line=Line(state, MORNING)))

    assert told.reasons[0].head == words
    assert "5" in told.reasons[0].words


def test_what_is_held_is_said_in_words_with_its_order() -> None:
    record = HeldRecord(EntryId("1"), NUMBER, "三盏路灯不亮", "H102")

    told = sync_told(facts(held=(record,)))

    assert told.reasons[0].head == "单独放着 1 条"
    assert "县中心单独放着" in told.reasons[0].words
    assert "三盏路灯不亮" in told.reasons[0].words
    assert (told.reasons[0].opens, told.reasons[0].number) == ("repair", "1")


def test_records_that_differ_at_the_two_ends_stand_above_all_with_what_to_do() -> None:
    told = sync_told(facts(counts=msgspec.structs.replace(WAITING, balanced=False, differences=2)))

    assert told.verdict.words == "对不上"
    assert "2 条" in told.warnings[0].head
    assert "没有删" in told.warnings[0].words


def test_records_held_for_different_reasons_are_told_apart() -> None:
    records = (HeldRecord(EntryId("1"), NUMBER, "甲", "H102"), HeldRecord(EntryId("2"), NUMBER, "乙", "H103"))

    assert len(sync_told(facts(held=records)).reasons) == 2


def test_a_doubt_about_trust_stands_above_all_with_what_to_do() -> None:
    report = RoundReport(started_at=MORNING, fault="A101", fault_details={"theirs": "HUB-B", "ours": "HUB-A"})
    told = sync_told(facts(counts=WAITING, line=Line(LineState.REFUSED, MORNING, "A101"), rounds=(report,)))

    assert told.warnings[0].tone == "red"
    assert "HUB-B" in told.warnings[0].head
    assert told.rounds[0].result.words == "停了"


def test_a_station_that_is_not_enrolled_is_told_what_to_do() -> None:
    told = sync_told(facts(line=Line(LineState.UNENROLLED)))

    assert "接入码" in told.warnings[0].words
    assert not told.is_enrolled


@pytest.mark.parametrize(
    ("skew_ms", "head"),
    [
        (4 * 60_000, None),
        (-4 * 60_000, None),
        (7 * 60_000, "这台电脑的钟快了 7 分钟"),
        (-3 * 3_600_000, "这台电脑的钟慢了 3 小时"),
        (400 * 86_400_000, "这台电脑的钟快了 400 天"),
    ],
)
def test_a_clock_more_than_five_minutes_off_is_told(skew_ms: int, head: str | None) -> None:
    told = sync_told(facts(line=Line(LineState.ONLINE, MORNING, skew_ms=skew_ms)))

    assert [warning.head for warning in told.warnings] == ([head] if head else [])


def test_an_equation_that_does_not_hold_is_red_and_says_by_how_much() -> None:
    told = sync_told(facts(counts=Counts(stored=1241, received=990, waiting=37, balanced=False)))

    assert told.verdict.words == "差 214 件"
    assert told.verdict.tone == "red"
    assert told.warnings


def test_rounds_say_what_they_did_newest_first() -> None:
    rounds = (
        RoundReport(started_at=MORNING, sent=12, received=3, orders=4, complete=True, number=118),
        RoundReport(started_at=MORNING - 86_400_000, fault="N101"),
        RoundReport(started_at=MORNING - 86_400_000, sent=8, fault="N105"),
        RoundReport(started_at=MORNING - 400 * 86_400_000, held=("1",), number=1),
    )

    told = sync_told(facts(rounds=rounds)).rounds

    assert [each.result.words for each in told] == ["已签收", "连不上", "断了，会续传", "放着 1 条"]
    assert [each.when for each in told] == ["今天 09:12", "11-20 09:12", "11-20 09:12", "2025-10-17"]
    assert told[0].words == "送出 12 条都已签收，收到 3 条，4 件有变化。"
    assert [each.number for each in told] == ["118", "—", "—", "1"]


def test_figures_follow_the_news_while_a_round_runs(
    presenter: SyncPresenter, view: FakeSync, work: FakeWork, bulletin: Bulletin
) -> None:
    presenter.shown()
    presenter.running(yes=True)

    work.facts = facts(counts=Counts(stored=12, received=11, waiting=1, entries=30, entries_received=29))
    bulletin.post(Changes(counts=True))

    assert [told.waiting for told in view.told] == ["3", "1"]
    assert view.running == [True]


def test_a_press_while_a_round_runs_starts_no_other(presenter: SyncPresenter, view: FakeSync) -> None:
    presenter.running(yes=True)
    presenter.start()
    assert view.started == 0

    presenter.running(yes=False)
    presenter.start()

    assert view.started == 1


def test_what_did_not_change_is_not_drawn_again(presenter: SyncPresenter, view: FakeSync, bulletin: Bulletin) -> None:
    presenter.shown()

    bulletin.post(Changes(counts=True))

    assert len(view.told) == 1


def test_a_hidden_page_asks_nothing(presenter: SyncPresenter, view: FakeSync, work: FakeWork, bulletin: Bulletin) -> None:
    view.is_front = False

    bulletin.post(Changes(counts=True))
    presenter.running(yes=False)

    assert work.looks == 0


def test_a_closed_page_hears_no_more_news(presenter: SyncPresenter, bulletin: Bulletin) -> None:
    presenter.close()

    assert len(bulletin) == 0


def test_a_running_round_can_be_stopped_and_one_that_does_not_run_cannot(presenter: SyncPresenter, work: FakeWork) -> None:
    presenter.stop()
    assert work.done == []

    presenter.running(yes=True)
    presenter.stop()

    assert work.done == ["halt"]


def test_while_a_round_runs_the_page_says_how_far_it_has_come_and_how_long_it_will_take() -> None:
    told = sync_told(facts(counts=WAITING, progress=Progress(sent=30, to_send=120, received=7), seconds_left=200))

    assert told.share == pytest.approx(0.25)
    assert told.running == "已签收 30 / 120 条　已收 7 条　还要 4 分钟"


def test_a_round_with_nothing_to_send_has_no_bar() -> None:
    assert sync_told(facts(progress=Progress())).share is None
    assert sync_told(facts()).running == ""


def test_what_waits_says_how_long_it_will_take_where_the_line_has_told_its_speed() -> None:
    told = sync_told(facts(counts=WAITING, seconds_left=45))

    assert "传完要 不到 1 分钟" in told.reasons[0].words
    assert "传完要" not in sync_told(facts(counts=WAITING)).reasons[0].words


def test_attachments_that_have_not_arrived_are_told_apart_from_the_text() -> None:
    told = sync_told(facts(files=FilesWaiting(6, 9_646_899, 2)))

    assert told.reasons[0].head == "附件随后　6 个"
    assert "还有 9.2 MB" in told.reasons[0].words
    assert "其中 2 个先等着" in told.reasons[0].words


def test_what_keeps_attachments_back_is_said_with_them() -> None:
    failed = RoundReport(started_at=MORNING, requests=3, files_fault="N104")

    told = sync_told(facts(files=FilesWaiting(1, 10), rounds=(failed,)))

    assert "线路太慢" in told.reasons[0].words
