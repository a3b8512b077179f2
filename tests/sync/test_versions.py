"""P8: a station two releases behind can still sync, and so can one whose hub is; whose windows do not meet is told so."""

from __future__ import annotations

from pathlib import Path

import msgspec
import pytest

from county_hotline.errors import NotTrusted
from county_hotline.hub.asking import Hub
from county_hotline.ids import Number
from county_hotline.sync import protocol
from tests.support.builders import an_entry, an_order
from tests.support.line import CENTRE_CARD, Post, a_card
from tests.support.protocol_one import StationOne, WireOfOne
from tests.support.ticking_clock import TickingClock

WINDOWS = [(1, 1), (1, 2), (2, 4), (1, 4), (2, 2), (4, 6), (0, 0)]


def best(ours: tuple[int, int], theirs: tuple[int, int]) -> int | None:
    """The newest version both speak, told by trying all."""
    both = set(range(ours[0], ours[1] + 1)) & set(range(theirs[0], theirs[1] + 1))
    return max(both, default=None)


@pytest.mark.parametrize("theirs", WINDOWS)
@pytest.mark.parametrize("ours", [(1, 1), (1, 2), (1, 3), (2, 4), (3, 5)])
def test_both_ends_agree_on_the_newest_version_both_speak(
    ours: tuple[int, int], theirs: tuple[int, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(protocol, "OLDEST", ours[0])
    monkeypatch.setattr(protocol, "NEWEST", ours[1])
    wanted = best(ours, theirs)

    if wanted is None:
        with pytest.raises(NotTrusted, match="A105"):
            protocol.agreed_version(*theirs)
    else:
        assert protocol.agreed_version(*theirs) == wanted


def test_the_window_is_of_three_versions_at_most() -> None:
    assert protocol.OLDEST <= protocol.NEWEST <= protocol.OLDEST + 2


@pytest.mark.parametrize("theirs", [(1, 1), (1, 2), (2, 4), (4, 6)])
def test_a_hub_of_another_window_is_met_rightly(theirs: tuple[int, int], hall: Post, monkeypatch: pytest.MonkeyPatch) -> None:
    hall.accept()
    plain = hall.transport.hello

    def other() -> protocol.Hello:
        return msgspec.structs.replace(plain(), oldest=theirs[0], newest=theirs[1])

    monkeypatch.setattr(hall.transport, "hello", other)
    wanted = best((protocol.OLDEST, protocol.NEWEST), theirs)

    report = hall.sync()

    assert report.fault == ("" if wanted else "A105")
    assert hall.store.counts().waiting == (0 if wanted else 1)


def test_a_station_of_the_first_release_syncs_with_todays_hub(hub: Hub, centre: Post) -> None:
    old = StationOne(hub)
    old.hello()
    old.enrol()

    receipt = old.push([an_entry("370323-03A-261121-00018", an_order(), station="370323-03")])
    centre.sync()
    centre.dispatch(centre_numbers(centre)[0])
    centre.sync()
    head, rows = old.page()

    assert (receipt.last_serial, receipt.held) == (1, ())
    assert [run.first for run in receipt.runs] == [1]
    assert head["count"] == 1
    assert rows == 2
    assert hub.store.verify().sound


def centre_numbers(centre: Post) -> list[Number]:
    return [Number(row[0]) for row in centre.store.database.execute_sql("SELECT number FROM work_orders").fetchall()]


def test_a_station_of_the_first_release_reads_the_hello_of_a_hub_that_was_restored(hub: Hub, centre: Post) -> None:
    for _ in range(20):
        hub.store.epochs.begin()

    assert StationOne(hub).hello().epoch == hub.store.epoch()


def test_a_hub_of_the_first_release_is_synced_with_by_todays_station(hub: Hub, tmp_path: Path) -> None:
    wire = WireOfOne(hub)
    hall = Post.enrolled(tmp_path / "hall", hub, a_card(), clock=TickingClock(), wire=wire)
    centre = Post.enrolled(tmp_path / "centre", hub, CENTRE_CARD, clock=TickingClock(), wire=WireOfOne(hub))
    number = hall.accept("𠮷某的路灯")

    reports = [hall.sync(), centre.sync()]
    centre.dispatch(number)
    reports += [centre.sync(), hall.sync()]

    assert [(report.fault, report.complete) for report in reports] == [("", True)] * 4
    assert set(wire.asked) <= {"/v1/hello", "/v1/heads", "/v1/entries", "/v1/receipts", "/v1/reference"}
    assert hall.store.order(number) == centre.store.order(number) == hub.store.order(number)
    hall.close()
    centre.close()


def test_a_hub_of_the_first_release_that_is_put_back_still_asks_a_person(hub: Hub, tmp_path: Path) -> None:
    """It names no earlier epochs, so nobody can follow it by himself."""
    hall = Post.enrolled(tmp_path / "hall", hub, a_card(), clock=TickingClock(), wire=WireOfOne(hub))
    hall.accept()
    hall.sync()
    hub.store.epochs.begin()

    assert hall.sync().fault == "A102"
    hall.close()
