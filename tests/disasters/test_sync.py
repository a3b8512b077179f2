"""What befell users of other programs when they synchronised, and why it cannot befall ours: threads 1 to 10 of docs/disasters.md."""

from __future__ import annotations

import itertools
import threading
from pathlib import Path

import httpx2
import pytest

from county_hotline.db.beside import memos
from county_hotline.db.store import Store
from county_hotline.errors import StoreFault
from county_hotline.hub.asking import Hub
from county_hotline.sync.round.engine import NOT_OURS
from county_hotline.sync.wire import batches
from tests.disasters.conftest import over, wire_of
from tests.support.flaky import Act, FlakyWire
from tests.support.line import DirectWire, Post
from tests.support.ticking_clock import TickingClock
from tests.support.world import picture


@pytest.mark.parametrize("every", [1, 2, 3, 4, 5])
def test_01_a_line_that_loses_every_kth_answer_loses_and_doubles_no_record(every: int, hall: Post, hub: Hub) -> None:
    """getodk/getodk#50: duplicates and missing submissions on an unstable network."""
    numbers = [hall.accept(f"第{place}件") for place in range(7)]
    acts = [Act.CUT_AFTER if place % every == every - 1 else Act.PASS for place in range(40)]
    wire_of(hall).follow(acts)

    for _ in range(8):
        hall.sync()
    wire_of(hall).follow(())
    hall.sync()

    assert hub.store.verify().entries == len(numbers)
    assert all(hub.store.order(number).accepted for number in numbers)


def test_04_a_record_made_while_the_upload_runs_arrives_and_in_its_order(hall: Post, hub: Hub) -> None:
    """medic/cht-core#6442: an edit made right after creation was lost."""
    number = hall.accept()
    hall.store.set_note("sync.batch", "1")
    corrections = iter(["再改一次", "又改一次"])

    class MeanwhileWire(FlakyWire):
        def handle_request(self, request: httpx2.Request) -> httpx2.Response:
            if request.method == "POST" and (title := next(corrections, None)):
                hall.correct(number, title)
            return super().handle_request(request)

    hall.transport = over(hall, MeanwhileWire(DirectWire(hub)))

    hall.sync()
    hall.sync()

    assert [event.fact.kind.partition(".")[2] for event in hub.store.view(number).story] == [
        "accepted",
        "corrected",
        "corrected",
    ]
    assert hub.store.order(number) == hall.store.order(number)


@pytest.mark.parametrize("act", [Act.TRUNCATE, Act.PORTAL, Act.GARBLE, Act.STALE, Act.GATEWAY])
def test_05_an_interrupted_or_foreign_answer_to_the_pull_changes_no_row_here(act: Act, hall: Post, centre: Post) -> None:
    """medic/cht-core#7419: an interrupted initial replication triggered a purge."""
    hall.accept()
    hall.sync()
    centre.sync()
    before = picture(hall.store)

    for place in range(4):
        wire_of(hall).follow([Act.PASS] * place + [act] * 3)
        hall.sync()

        assert picture(hall.store) == before


def _type(post: Post, words: bytes) -> None:
    with post.store.immediate() as db:
        memos.save_draft(db, "intake", 1, words)


def test_07_no_round_can_write_into_what_is_half_typed(hall: Post, hub: Hub) -> None:
    """dimagi/formplayer#704: a sync silently deleted incomplete forms."""
    _type(hall, b"half typed")
    tried: list[str] = []

    class GreedyWire(FlakyWire):
        def handle_request(self, request: httpx2.Request) -> httpx2.Response:
            for table in NOT_OURS:
                with pytest.raises(StoreFault), hall.store.immediate() as db:
                    db.execute(f"DELETE FROM {table}")
                tried.append(table)
            return super().handle_request(request)

    hall.accept()
    hall.transport = over(hall, GreedyWire(DirectWire(hub)))

    assert hall.sync().complete
    assert set(tried) == set(NOT_OURS)
    assert [draft.body for draft in hall.store.drafts()] == [b"half typed"]
    _type(hall, b"typed on")  # after the round they are the desk's again


def test_08_an_empty_hub_in_the_place_of_ours_changes_no_row(hall: Post, empty_hub: Hub) -> None:
    """laurent22/joplin#10117: changing the sync target made all notes vanish."""
    hall.accept()
    hall.sync()
    hall.accept()
    before = picture(hall.store)
    hall.transport = over(hall, FlakyWire(DirectWire(empty_hub)))

    report = hall.sync()

    assert report.fault == "A101"
    assert picture(hall.store) == before
    assert empty_hub.store.verify().entries == 0


def test_10_eight_posts_of_the_same_batch_at_once_make_one_record(hall: Post, hub: Hub) -> None:
    """kobotoolbox/kpi#5047: a race created duplicate submissions although a check existed."""
    hall.accept()
    entries = hall.store.unsent(hall.store.life(), after=0, limit=10)
    sent = batches.decode(batches.encode(entries, hall.pair), lambda station: hall.pair.public, hub.limits)
    station = hall.store.station()
    assert station is not None
    faults: list[BaseException] = []
    start = threading.Barrier(8)

    def post() -> None:
        try:
            with hub.store.connected():
                start.wait()
                hub.store.receive(station.station, sent.entries, signature=sent.signature, now_ms=1)
        except BaseException as fault:  # noqa: BLE001 - told by the main thread
            faults.append(fault)

    threads = [threading.Thread(target=post) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert faults == []
    assert hub.store.verify().entries == 1


def test_09_whatever_request_a_killed_round_had_reached_the_next_one_goes_on(hall: Post, hub: Hub) -> None:
    """powersync-ja/powersync.dart#307, #308: after a partition or a kill the client never uploaded again. Nothing a round needs is kept in
    memory alone: a new engine on a new connection goes on. (Kills between statements: the simulator; of processes: tests/stories.)"""
    made = deaths = 0
    for reached in range(12):
        for _ in range(10):
            hall.accept(f"第{(made := made + 1)}件")
        hall.store.set_note("sync.batch", "1")
        deaths += _died_at(hall, hub, reached)
        hall.store.close()
        hall.store = Store.open(_path_of(hall), bytes(32), clock=TickingClock())

    assert deaths > 6
    hall.transport = over(hall, FlakyWire(DirectWire(hub)))
    assert hall.sync().complete
    assert hub.store.verify().entries == made
    assert hall.store.counts().waiting == 0


class _Killed(BaseException):
    """The process is gone."""


def _died_at(hall: Post, hub: Hub, reached: int) -> bool:
    """A round whose process dies at its nth request, before or after the hub has heard it; whether it came so far."""
    count = itertools.count()

    class DeadlyWire(FlakyWire):
        def handle_request(self, request: httpx2.Request) -> httpx2.Response:
            at = next(count)
            if at == reached and reached % 2:
                raise _Killed
            answer = super().handle_request(request)
            if at == reached:
                raise _Killed
            return answer

    hall.transport = over(hall, DeadlyWire(DirectWire(hub)))
    try:
        hall.sync()
    except _Killed:
        return True
    return False


def _path_of(hall: Post) -> Path:
    return Path(hall.store.database.database)
