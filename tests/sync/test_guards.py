"""A round stops, and deletes nothing, when the hub is not what it was or this PC's data are not what they were."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest

from county_hotline.db.store import Store
from county_hotline.domain.receipts import Head, Page, Receipt
from county_hotline.domain.reference import StationCard
from county_hotline.domain.views import RoundReport
from county_hotline.errors import HotlineError
from county_hotline.hub.asking import Hub
from county_hotline.ids import Life, Number, StationId
from county_hotline.sync import guards
from county_hotline.sync.protocol import Hello
from county_hotline.sync.wire.transport import Transport
from tests.support.flaky import FlakyWire
from tests.support.line import KEY, DirectWire, Post, a_card, a_hub
from tests.support.ticking_clock import TickingClock


class Altered:
    """A transport whose answers are changed on the way, by name of the call."""

    def __init__(self, plain: Transport, **changes: Callable[..., object]) -> None:
        self._plain = plain
        self._changes = changes
        self.traffic = plain.traffic
        self.calls: list[str] = []

    def __getattr__(self, name: str) -> Callable[..., object]:
        def call(*args: object, **named: object) -> object:
            self.calls.append(name)
            answer = getattr(self._plain, name)(*args, **named)
            return self._changes[name](answer) if name in self._changes else answer

        return call


def altered(post: Post, **changes: Callable[..., object]) -> RoundReport:
    post.transport = Altered(post.transport, **changes)  # type: ignore[assignment]
    return post.sync()


def no_heads(heads: tuple[Head, ...]) -> tuple[Head, ...]:
    return ()


def test_a_hub_that_holds_fewer_than_it_signed_for_stops_the_round(hall: Post) -> None:
    number = hall.accept()
    hall.sync()
    before = hall.store.verify()

    report = altered(hall, heads=no_heads)

    assert report.fault == "A103"
    assert report.fault_details == {"life": "A", "signed": 1, "held": 0}
    assert hall.store.verify() == before
    assert hall.store.order(number).accepted is not None


def test_an_empty_hub_with_our_hubs_key_changes_no_row_here(tmp_path: Path, hall: Post, hub: Hub, clock: TickingClock) -> None:
    hall.accept()
    hall.sync()
    empty = a_hub(tmp_path / "empty", clock)
    empty.pair = hub.pair
    before = hall.store.verify()
    assert isinstance(hall.wire, FlakyWire)
    hall.wire._wire = DirectWire(empty)

    report = hall.sync()
    empty.store.close()

    assert report.fault == "A102"
    assert hall.store.verify() == before


def test_a_hub_that_speaks_of_another_station_stops_the_round(hall: Post) -> None:
    hall.accept()
    hall.sync()

    report = altered(hall, heads=lambda heads: (msgspec.structs.replace(heads[0], station=StationId("370323-99")),))

    assert report.fault == "A106"


def test_a_hub_with_another_chain_of_ours_stops_the_round(hall: Post, hub: Hub) -> None:
    hall.accept()
    hall.accept()
    hall.sync()
    hall.accept()

    report = altered(hall, heads=lambda heads: (msgspec.structs.replace(heads[0], hash=bytes(32)),))

    assert report.fault == "A354"
    assert hub.store.verify().entries == 2


def restored(post: Post, backup: Path, folder: Path) -> None:
    """The PC's data as they were in `backup`, the mark beside them and all, so that nothing here can notice."""
    post.store.close()
    for file in folder.glob("*"):
        if file.is_file():
            file.unlink()
    for file in backup.glob("*"):
        if file.is_file():
            shutil.copy(file, folder / file.name)
    post.store = Store.open(folder / "journal.db", KEY, clock=post.clock)


def backed_up(post: Post, folder: Path, backup: Path) -> None:
    post.store.database.connection().execute("PRAGMA wal_checkpoint(TRUNCATE)")
    backup.mkdir()
    for name in ("journal.db", ".mark"):
        shutil.copy(folder / name, backup / name)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / a_card().station


def test_data_put_back_and_written_on_in_are_noticed_before_anything_is_sent(hall: Post, folder: Path, tmp_path: Path) -> None:
    hall.accept()
    backed_up(hall, folder, tmp_path / "backup")
    hall.accept()
    hall.accept()
    hall.sync()
    restored(hall, tmp_path / "backup", folder)
    hall.accept("县中心在这个序号上有另一条")

    report = hall.sync()

    assert report.fault == "A354"
    assert report.fault_details == {"first": 2, "count": 1}
    assert hall.store.life() == "A"


def test_after_a_new_life_was_begun_what_was_lost_here_comes_back_from_the_hub(
    hall: Post, folder: Path, tmp_path: Path, hub: Hub
) -> None:
    kept = hall.accept("路灯不亮")
    backed_up(hall, folder, tmp_path / "backup")
    lost = hall.accept("水压不足")
    hall.sync()
    restored(hall, tmp_path / "backup", folder)
    hall.store.begin_life()
    new = hall.accept("垃圾未清")

    report = hall.sync()
    again = hall.sync()

    assert (report.fault, again.fault, again.complete) == ("", "", True)
    assert hall.store.order(lost).accepted is not None
    assert {hub.store.order(n).entries for n in (kept, lost, new)} == {1}
    assert hub.store.verify().sound
    assert hall.store.verify().sound
    assert hall.store.counts().waiting == 0


def test_a_clone_that_wrote_on_is_told_apart(hall: Post, folder: Path, tmp_path: Path, hub: Hub) -> None:
    hall.accept()
    backed_up(hall, folder, tmp_path / "backup")
    hall.accept("路灯不亮")
    hall.sync()
    restored(hall, tmp_path / "backup", folder)
    other = hall.accept("水压不足")

    report = hall.sync()

    assert report.fault == "A354"
    assert hall.store.order(other).accepted is not None
    assert hub.store.verify().entries == 2


@pytest.mark.parametrize("cursor", [0, 4])
def test_a_page_that_leads_nowhere_ends_the_round(cursor: int) -> None:
    with pytest.raises(HotlineError) as met:
        guards.moves_on(Page((), cursor=cursor, complete=False), 4)

    assert met.value.code == "N118"


def test_a_receipt_that_signs_for_nothing_ends_the_round(hall: Post) -> None:
    hall.accept()

    def nothing(receipt: Receipt) -> Receipt:
        return msgspec.structs.replace(receipt, runs=())

    report = altered(hall, stream=nothing)

    assert report.fault == "N118"
    assert hall.store.counts().waiting == 1


def test_a_hub_too_new_for_this_release_is_named(hall: Post) -> None:
    hall.accept()

    def future(hello: Hello) -> Hello:
        return msgspec.structs.replace(hello, oldest=7, newest=9)

    assert altered(hall, hello=future).fault == "A105"


def test_a_receipt_for_another_chain_is_not_believed(hall: Post) -> None:
    hall.accept()

    def other(receipt: Receipt) -> Receipt:
        return msgspec.structs.replace(receipt, last_hash=bytes(32))

    report = altered(hall, stream=other)

    assert report.fault == "A315"
    assert hall.store.counts().waiting == 1


def test_a_round_ends_when_the_program_closes(hall: Post) -> None:
    from county_hotline.domain.views import LineState
    from county_hotline.sync import line_state
    from county_hotline.sync.round.engine import Engine

    hall.accept()
    engine = Engine(hall.store, hall.transport, hub=hall.hub, pair=hall.pair, clock=hall.clock, is_stopping=lambda: True)

    report = engine.round()

    assert (report.fault, report.requests) == ("N117", 0)
    assert line_state.recall(hall.store, enrolled=True).state is LineState.UNKNOWN


def test_a_round_that_lasts_too_long_ends_and_the_next_goes_on(hall: Post, hub: Hub) -> None:
    hall.accept()

    def slow(heads: tuple[Head, ...]) -> tuple[Head, ...]:
        hall.clock.advance(hours=2)
        hub.clock.advance(hours=2)  # type: ignore[attr-defined]
        return heads

    first = altered(hall, heads=slow)
    hall.transport = hall.transport._plain  # type: ignore[attr-defined]

    assert first.fault == "N116"
    assert hall.sync().complete


def test_several_stations_numbers_never_meet(enrolled: Callable[[StationCard, TickingClock], Post]) -> None:
    posts = [enrolled(a_card(f"{n:02}"), TickingClock()) for n in (3, 4)]

    numbers: list[Number] = [post.accept() for post in posts for _ in range(3)]

    assert len(set(numbers)) == 6
    assert {Life("A")} == {post.store.life() for post in posts}
