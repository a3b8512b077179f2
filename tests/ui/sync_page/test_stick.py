"""U 盘: where it is not plain what is meant, it is asked; what came of it is told."""

from __future__ import annotations

from pathlib import Path

import pytest

from county_hotline.desk.media import Medium
from county_hotline.domain.views import (
    Line,
    LineState,
    ParcelFound,
    RoundReport,
    RoundWay,
)
from county_hotline.errors import BadInput
from county_hotline.sync.parcel.remarks import Remark
from county_hotline.ui.screens.sync.carrying import CarryTold
from county_hotline.ui.screens.sync.presenter import SyncPresenter
from county_hotline.ui.screens.sync.telling import sync_told
from tests.support.fake_sync import FakeSync, FakeWork, facts
from tests.support.ticking_clock import MORNING

STICK, OTHER = Medium(Path("/media/stick/KINGSTON"), 3 << 30), Medium(Path("/media/stick/ADATA"), 1 << 30)


def carried(view: FakeSync) -> CarryTold:
    told = view.carried[-1]
    assert told is not None
    return told


def test_with_one_stick_plugged_in_one_press_puts_the_parcel_on_it(
    presenter: SyncPresenter, view: FakeSync, work: FakeWork
) -> None:
    work.sticks = (STICK,)

    presenter.give()

    assert work.exported == ["/media/stick/KINGSTON"]
    told = carried(view)
    assert (told.tone, told.sheet) == ("green", "/slips/370323-03-up-000001.pdf")
    assert "核对码 3F2A 91C0" in told.words
    assert work.looks == 1, "the figures are looked at again"


def test_with_two_sticks_a_person_says_which(presenter: SyncPresenter, view: FakeSync, work: FakeWork) -> None:
    work.sticks = (STICK, OTHER)

    presenter.give()

    assert work.exported == []
    told = carried(view)
    assert [each.words for each in told.offers] == [
        "存到 KINGSTON（剩 3,072 MB）",
        "存到 ADATA（剩 1,024 MB）",
        "选一个文件夹…",
    ]
    presenter.carry(told.what, told.offers[1].path)
    assert work.exported == ["/media/stick/ADATA"]


def test_without_a_stick_a_folder_may_be_chosen_and_a_dialog_that_is_left_does_nothing(
    presenter: SyncPresenter, view: FakeSync, work: FakeWork
) -> None:
    presenter.give()
    told = carried(view)
    assert told.head == "没有看到 U 盘"

    presenter.carry(told.what, told.offers[-1].path)
    assert work.exported == []

    view.folder = "/srv/ferry"
    presenter.carry(told.what, told.offers[-1].path)
    assert work.exported == ["/srv/ferry"]


def a_parcel(serial: int, *, was_read: bool = False) -> ParcelFound:
    return ParcelFound(f"/media/stick/KINGSTON/{serial}.zip", serial, MORNING, 5, was_read)


def test_the_one_unread_parcel_on_a_stick_is_read_at_one_press(
    presenter: SyncPresenter, view: FakeSync, work: FakeWork
) -> None:
    work.found = (a_parcel(1, was_read=True), a_parcel(2))

    presenter.take()

    assert work.brought == ["/media/stick/KINGSTON/2.zip"]
    assert "县中心签收 12 条，收到 3 条，2 件有变化" in carried(view).words


@pytest.mark.parametrize(
    ("found", "head"),
    [
        ((), "没有看到给本站的数据包"),
        ((a_parcel(1, was_read=True),), "U 盘上给本站的数据包都读过了"),
        ((a_parcel(1), a_parcel(2)), "U 盘上有不止一个给本站的数据包，读哪一个？"),
    ],
)
def test_where_it_is_not_plain_which_parcel_is_meant_it_is_asked(
    found: tuple[ParcelFound, ...], head: str, presenter: SyncPresenter, view: FakeSync, work: FakeWork
) -> None:
    work.found = found

    presenter.take()

    assert work.brought == []
    assert carried(view).head == head
    assert carried(view).offers[-1].words == "选一个数据包文件…"


def test_what_is_odd_about_a_parcel_that_was_read_is_told_in_amber(
    presenter: SyncPresenter, view: FakeSync, work: FakeWork
) -> None:
    work.found, work.remarks = (a_parcel(2),), (Remark("I193", {"serial": 2, "last": 3}),)

    presenter.take()

    assert carried(view).tone == "amber"


def test_a_stick_that_cannot_be_written_to_is_told_and_the_notice_goes(
    presenter: SyncPresenter, view: FakeSync, work: FakeWork
) -> None:
    work.sticks, work.fault = (STICK,), BadInput("I199", path="/media/stick/KINGSTON")

    presenter.give()

    assert view.carried[-1] is None
    assert view.failures == ["I199"]
    work.fault = None
    presenter.give()
    assert work.exported == ["/media/stick/KINGSTON"], "it can be tried again"


def test_without_a_line_the_page_says_so_for_its_main_act() -> None:
    assert sync_told(facts(line=Line(LineState.OFFLINE, MORNING))).is_offline
    assert not sync_told(facts()).is_offline


def test_each_round_says_by_which_way_it_went() -> None:
    rounds = tuple(RoundReport(started_at=MORNING, way=way) for way in RoundWay)

    assert [each.way.words for each in sync_told(facts(rounds=rounds)).rounds] == ["线路", "U 盘", "摆渡目录"]
