"""A stream at the hub: its head is proved before a byte is looked at, whole frames are kept however it ends, and nothing else is."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

from county_hotline.db.store import Store
from county_hotline.domain.facts import NoteAdded
from county_hotline.domain.receipts import Receipt
from county_hotline.errors import Unreachable
from county_hotline.hub import endpoints
from county_hotline.hub.asking import Hub
from county_hotline.hub.serve import HubThread
from county_hotline.sync import keys, protocol
from county_hotline.sync.protocol import Limits
from county_hotline.sync.wire.transport import HttpTransport
from tests.support.line import KEY, Post
from tests.support.streams import A, answered, code_of, head_of, in_bytes, made_of, of_post


def held(hub: Hub) -> int:
    """How many entries the hub has; all of them sound, and its tables what they fold to."""
    report = hub.store.verify()
    assert report.problems == ()
    return report.entries


def test_a_stream_is_answered_by_one_receipt_for_all_of_it(hall: Post, hub: Hub) -> None:
    made = of_post(hall, 8)

    answer = answered(hub, head_of(hall, hub), list(in_bytes(made.body, 50)))

    receipt = protocol.decoded(answer.body, Receipt)
    assert (receipt.last_serial, receipt.last_hash) == (8, made.entries[-1].hash)
    assert [(run.first, run.last) for run in receipt.runs] == [(1, 8)]
    assert held(hub) == 8


def test_a_frame_is_kept_when_it_is_whole_not_when_the_stream_ends(hall: Post, hub: Hub) -> None:
    """The end may never come: the hub's own power may go meanwhile."""
    made = of_post(hall, 9)
    stream = endpoints.Stream(hub, head_of(hall, hub))
    answers = [stream.begin()]
    kept = []
    for piece in made.pieces:
        answers.append(stream.take(piece))
        kept.append(held(hub))
    stream.settle()

    assert answers == [None] * 4
    assert kept == [3, 6, 9]


@pytest.mark.parametrize("off", [-1, 0, 1])
@pytest.mark.parametrize("frame", [1, 2, 3])
def test_a_stream_torn_around_a_frames_end_keeps_whole_frames(frame: int, off: int, hall: Post, hub: Hub) -> None:
    made = of_post(hall, 9)
    cut = sum(map(len, made.pieces[:frame])) + off

    answered(hub, head_of(hall, hub), [made.body[:cut]])

    assert held(hub) == made.whole_before(cut)


def test_after_a_cut_the_next_stream_begins_where_the_hub_got_and_a_frame_is_all_that_goes_twice(hall: Post, hub: Hub) -> None:
    made = of_post(hall, 9)
    answered(hub, head_of(hall, hub), [*made.pieces[:2], made.pieces[2][:-1]])
    kept = held(hub)

    report = hall.sync()

    assert kept == 6
    assert report.sent == 9
    assert report.bytes_sent < len(made.body), "three of nine, not all of them"
    assert (report.fault, report.complete, held(hub)) == ("", True, 9)


def test_the_same_stream_again_is_the_same_success(hall: Post, hub: Hub) -> None:
    made = of_post(hall, 5)
    head = head_of(hall, hub)

    answers = [answered(hub, head, [made.body]) for _ in range(2)]

    assert [code_of(answer) for answer in answers] == ["", ""]
    assert answers[0].body == answers[1].body
    assert held(hub) == 5


@pytest.mark.parametrize("order", [(0, 0, 1, 2), (1, 0, 2), (0, 2, 1)], ids=["doubled", "turned", "later ones turned"])
def test_frames_doubled_or_out_of_order_are_kept_as_far_as_they_follow(order: tuple[int, ...], hall: Post, hub: Hub) -> None:
    """Packed one after another as they lie, by someone who holds no key."""
    entries = of_post(hall, 9).entries
    follows = next((place for place, frame in enumerate(order) if frame != place), len(order))
    chosen = [entry for frame in order for entry in entries[3 * frame : 3 * frame + 3]]

    answer = answered(hub, head_of(hall, hub), [made_of(chosen, hall.pair, size=3).body])

    assert code_of(answer) == "A301"
    assert held(hub) == 3 * follows


def test_a_frame_under_anothers_seal_is_not_believed_and_what_came_before_it_is_kept(hall: Post, hub: Hub) -> None:
    made = of_post(hall, 9)
    forged = made_of(made.entries, keys.make())

    answer = answered(hub, head_of(hall, hub), [forged.body])

    assert code_of(answer) == "A301"
    assert held(hub) == 0


def test_a_stream_that_begins_behind_a_gap_is_refused_before_a_byte(hall: Post, hub: Hub) -> None:
    made = of_post(hall, 9)

    answer = answered(hub, head_of(hall, hub, after=4), [made.body])

    assert code_of(answer) == "A310"
    assert held(hub) == 0


def test_another_stations_chain_cannot_be_streamed(hall: Post, centre: Post, hub: Hub) -> None:
    made = of_post(hall, 3)

    answer = answered(hub, head_of(centre, hub), [made.body])

    assert code_of(answer) == "A301"
    assert held(hub) == 0


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("hotline-nonce", "another", "A202"),
        ("content-encoding", "gzip", "A202"),
        ("hotline-protocol", "1", "A202"),
        ("signature", "hotline=:AAAA:", "A202"),
        ("signature-input", "", "A201"),
    ],
)
def test_nothing_is_unpacked_under_a_head_that_is_not_proved(field: str, value: str, code: str, hall: Post, hub: Hub) -> None:
    made = of_post(hall, 3)
    head = head_of(hall, hub)
    head.headers[field] = value

    answer = answered(hub, head, [made.body])

    assert code_of(answer) == code
    assert held(hub) == 0


def test_a_stranger_is_told_so_and_the_query_cannot_be_turned(hall: Post, hub: Hub) -> None:
    made = of_post(hall, 3)
    turned = head_of(hall, hub)
    turned.target = turned.target.replace("after=0", "after=00")
    known, hall.pair = hall.pair, keys.make()

    codes = [code_of(answered(hub, head, [made.body])) for head in (turned, head_of(hall, hub))]

    hall.pair = known
    assert codes == ["A202", "A201"]
    assert held(hub) == 0


def test_a_request_signed_over_its_body_is_no_head_of_a_stream_and_the_other_way_round(hall: Post, hub: Hub) -> None:
    head = head_of(hall, hub)
    head.target = head.target.replace("/v2/frames", "/v1/entries")

    assert code_of(answered(hub, head, [b""])) == "A202"


def test_a_dictionary_or_packing_unknown_to_the_hub_is_named(hall: Post, hub: Hub) -> None:
    made = of_post(hall, 3)

    assert code_of(answered(hub, head_of(hall, hub, version=9), [made.body])) == "H206"


def test_a_record_too_large_is_named_and_the_frames_before_it_are_kept(hall: Post, hub: Hub) -> None:
    of_post(hall, 4)
    hall.accept(content="长" * 5_000)
    made = made_of(hall.store.unsent(A, after=0, limit=9), hall.pair, size=2)
    hub.limits = Limits(line_bytes=4_000)

    answer = answered(hub, head_of(hall, hub), [made.body])

    assert code_of(answer) == "H201"
    assert held(hub) == 4


def test_what_is_no_stream_is_named_and_an_empty_one_too(hall: Post, hub: Hub) -> None:
    assert code_of(answered(hub, head_of(hall, hub), [b"<html>"])) == "H202"
    assert code_of(answered(hub, head_of(hall, hub), [])) == "H202"


def test_a_stream_longer_than_any_may_be_is_refused_and_its_first_frames_are_kept(hall: Post, hub: Hub) -> None:
    made = of_post(hall, 30)
    hub.limits = Limits(batch_bytes=len(made.body) // 2)

    answer = answered(hub, head_of(hall, hub), list(in_bytes(made.body, 100)))

    assert code_of(answer) == "H203"
    assert 0 < held(hub) < 30


def test_what_is_put_off_is_left_out_of_the_check_and_folded_at_the_next_opening(hall: Post, hub: Hub) -> None:
    made = of_post(hall, 5)
    card = hall.store.station()
    assert card is not None

    hub.store.receive(card.station, made.entries, signature=b"", now_ms=1, writer=card, streamed=True)
    rows_before = hub.store.database.execute_sql("SELECT count(*) FROM work_orders").fetchone()[0]
    sound_before = hub.store.verify().sound
    path = hub.store.database.database
    hub.store.close()
    hub.store = Store.open(Path(path), KEY, clock=hub.clock)
    hub.storage._store = hub.store

    assert (rows_before, sound_before) == (0, True)
    assert held(hub) == 5
    assert hub.store.database.execute_sql("SELECT count(*) FROM work_orders").fetchone()[0] == 5


def test_an_order_written_of_again_before_it_was_folded_is_folded_with_all_of_it(hall: Post, hub: Hub) -> None:
    card = hall.store.station()
    assert card is not None
    number = hall.accept()
    first = hall.store.unsent(A, after=0, limit=1)
    hall.record(number, NoteAdded(text="又来电"))
    second = hall.store.unsent(A, after=1, limit=1)

    hub.store.receive(card.station, first, signature=b"", now_ms=1, writer=card, streamed=True)
    hub.store.receive(card.station, second, signature=b"", now_ms=1, writer=card)
    between = hub.store.verify().problems
    hub.store.fold_put_off()

    assert between == ()
    assert held(hub) == 2
    assert hub.store.order(number).entries == 2


def cut_after(pieces: tuple[bytes, ...], hub: Hub, kept: int) -> Iterator[bytes]:
    """The line lasts until the hub has so many entries: what lies in a server's buffers when the other end is gone, it throws away."""
    yield from pieces
    for _ in range(2_000):
        if hub.store.verify().entries == kept:
            break
    raise httpx2.WriteError("cut")


def test_a_server_keeps_whole_frames_of_a_connection_that_breaks(hall: Post, hub: Hub) -> None:
    made = of_post(hall, 9)
    with HubThread(hub) as served:
        line = HttpTransport(served.url, hall.pair, hall.hub.key, clock=hall.clock)
        line.hello()
        with pytest.raises(Unreachable) as met:
            line.stream(A, after=0, vocabulary=1, pieces=cut_after((made.pieces[0], made.pieces[1][:-9]), hub, 3))
        line.close()

    assert met.value.code == "N105"
    assert held(hub) == 3


def test_a_hub_that_takes_no_streams_is_sent_batches(hall: Post, hub: Hub) -> None:
    hub.vocabularies = ()
    for _ in range(3):
        hall.accept()

    report = hall.sync()

    assert (report.fault, report.complete, held(hub)) == ("", True, 3)


def test_a_hub_that_says_it_takes_streams_and_does_not_is_sent_batches(hall: Post, hub: Hub) -> None:
    """As one does that was put back to an older release between hello and stream."""
    for _ in range(3):
        hall.accept()
    greet = hall.transport.hello

    def hello() -> protocol.Hello:
        found = greet()
        hub.vocabularies = ()
        return found

    hall.transport.hello = hello  # type: ignore[method-assign]

    report = hall.sync()

    assert (report.fault, report.complete, held(hub)) == ("", True, 3)
